// SPDX-License-Identifier: Apache-2.0
//
// Writing JSON by hand where it must be fast: strings and numbers appended to
// a buffer. (Documents that are small are left to a library.)
#pragma once

#include <charconv>
#include <cstdint>
#include <string>
#include <string_view>

namespace fangtan::json {

// How many bytes stand before the first quotation mark, backslash or control character of `text`.
[[nodiscard]] std::size_t plain_length(std::string_view text);

// `text` (valid UTF-8) in quotation marks; only what JSON demands is escaped.
void append_string(std::string& out, std::string_view text);

inline void append_number(std::string& out, std::uint64_t value) {
    char digits[20];
    const auto end = std::to_chars(digits, digits + sizeof digits, value).ptr;
    out.append(digits, end);
}

// `,"name":"text"`
void append_member(std::string& out, std::string_view name, std::string_view text);
void append_member(std::string& out, std::string_view name, std::uint64_t value);

}  // namespace fangtan::json
