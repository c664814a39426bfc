// SPDX-License-Identifier: Apache-2.0
//
// Writes block-style YAML. Text is quoted only where it has to be: where it
// would not be read back as the same string, by this program or by a YAML
// reader that sees numbers, dates and truth values in text.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace fangtan::codebook::yaml {

// The line `key: text`, its key in column `column`, counted from 0.
void append_text(std::string& yaml, std::size_t column, std::string_view key, std::string_view text);

// `key:` and a line for each entry; nothing if there are none.
void append_list(std::string& yaml, std::size_t column, std::string_view key,
                 const std::vector<std::string>& entries);

// One value, without a line feed at its end; where it takes several lines the others are indented by
// `column`.
[[nodiscard]] std::string scalar(std::string_view text, std::size_t column);

}  // namespace fangtan::codebook::yaml
