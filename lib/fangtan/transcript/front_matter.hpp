// SPDX-License-Identifier: Apache-2.0
//
// The block of `key: value` lines between two lines of `---` at the very start
// of a text. Internal to the transcript module.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace fangtan::transcript {

// Appends the block's lines to `metadata`; the byte where the text behind it begins. 0 if there is no block: an opening
// line without a closing one, or a line without a colon in between.
std::uint32_t read_front_matter(std::string_view text, std::vector<std::pair<std::string, std::string>>& metadata);

}  // namespace fangtan::transcript
