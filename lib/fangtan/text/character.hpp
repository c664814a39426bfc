// SPDX-License-Identifier: Apache-2.0
//
// What kind of character something is, as far as matching and units care.
// Fixed by Unicode (ICU's data), never by the locale.
#pragma once

namespace fangtan {

// Letters, digits and marks of scripts that put blanks between words (Latin, Greek, Cyrillic …), full-width
// forms included. A term that begins or ends with one matches only at the edge of a run of them.
[[nodiscard]] bool is_word_character(char32_t c);

// 0 to 9 of any script, full width included.
[[nodiscard]] bool is_decimal_digit(char32_t c);

// Han, kana, hangul, bopomofo and the like.
[[nodiscard]] bool is_han(char32_t c);

// Unicode's P categories, half and full width.
[[nodiscard]] bool is_punctuation(char32_t c);

// Blanks, tabs, line ends, U+3000, U+00A0.
[[nodiscard]] bool is_white_space(char32_t c);

// Characters that show nothing and separate nothing: zero-width, bidirectional controls, variation
// selectors, soft hyphen. Matching steps over them; terminals are shown their code points.
[[nodiscard]] bool is_ignorable(char32_t c);

// A letter or digit of any script: what makes a unit more than punctuation.
[[nodiscard]] bool is_letter_or_digit(char32_t c);

}  // namespace fangtan
