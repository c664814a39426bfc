// SPDX-License-Identifier: Apache-2.0
//
// How wide a text stands in a terminal: a Han character takes two columns, a
// combining mark none. Used wherever columns or carets must line up.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace fangtan {

// Columns of `text` (valid UTF-8, one line). Ambiguous characters count one.
[[nodiscard]] std::size_t display_width(std::string_view text);

// `text` followed, or preceded, by blanks up to `width` columns.
[[nodiscard]] std::string padded_right(std::string_view text, std::size_t width);
[[nodiscard]] std::string padded_left(std::string_view text, std::size_t width);

}  // namespace fangtan
