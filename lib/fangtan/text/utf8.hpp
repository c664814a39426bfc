// SPDX-License-Identifier: Apache-2.0
//
// The small change of UTF-8: check once at the border, then walk without
// checks. Everything past decode() may rely on valid UTF-8.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace fangtan::utf8 {

// Strict (RFC 3629): no overlong forms, no surrogates, nothing above U+10FFFF.
// The byte offset of the first fault; empty if `bytes` is valid. O(n), many GB/s for valid input.
[[nodiscard]] std::optional<std::size_t> first_fault(std::string_view bytes);

[[nodiscard]] inline bool is_continuation(char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U; }

// Length in bytes of the character that starts with `lead`; `lead` starts a character.
[[nodiscard]] inline std::uint32_t length(char lead) {
    const auto byte = static_cast<unsigned char>(lead);
    return byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
}

// The code point at `at`, which starts a character of the valid `text`.
[[nodiscard]] inline char32_t at(std::string_view text, std::size_t at) {
    const auto byte = [&](std::size_t i) { return static_cast<char32_t>(static_cast<unsigned char>(text[at + i])); };
    const char32_t lead = byte(0);
    if (lead < 0x80) return lead;
    if (lead < 0xE0) return (lead & 0x1F) << 6 | (byte(1) & 0x3F);
    if (lead < 0xF0) return (lead & 0x0F) << 12 | (byte(1) & 0x3F) << 6 | (byte(2) & 0x3F);
    return (lead & 0x07) << 18 | (byte(1) & 0x3F) << 12 | (byte(2) & 0x3F) << 6 | (byte(3) & 0x3F);
}

// The code point that ends just before `at` > 0.
[[nodiscard]] char32_t before(std::string_view text, std::size_t at);

void append(std::string& text, char32_t code_point);

[[nodiscard]] std::u32string to_code_points(std::string_view text);
[[nodiscard]] std::string from_code_points(std::u32string_view code_points);

// Number of code points.
[[nodiscard]] std::size_t count(std::string_view text);

// `text` made safe for a terminal or a message: controls, bidirectional and zero-width characters
// appear as \x1b or <U+202E>; line feed and tab are controls too.
[[nodiscard]] std::string escaped(std::string_view text);

}  // namespace fangtan::utf8
