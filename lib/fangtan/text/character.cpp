// SPDX-License-Identifier: Apache-2.0
#include "fangtan/text/character.hpp"

#include <unicode/uchar.h>
#include <unicode/uscript.h>

namespace fangtan {

bool is_ignorable(char32_t c) {
    if (c < 0xAD) return false;
    return c == 0xAD || c == 0x61C || c == 0x180E || (c >= 0x200B && c <= 0x200F) ||
           (c >= 0x202A && c <= 0x202E) || (c >= 0x2060 && c <= 0x2069) || (c >= 0xFE00 && c <= 0xFE0F) ||
           c == 0xFEFF || (c >= 0xE0001 && c <= 0xE007F) || (c >= 0xE0100 && c <= 0xE01EF);
}

bool is_han(char32_t c) {
    if (c < 0x1100) return false;
    if (c >= 0x4E00 && c <= 0x9FFF) return true;
    UErrorCode status = U_ZERO_ERROR;
    switch (uscript_getScript(static_cast<UChar32>(c), &status)) {
        case USCRIPT_HAN:
        case USCRIPT_HIRAGANA:
        case USCRIPT_KATAKANA:
        case USCRIPT_HANGUL:
        case USCRIPT_BOPOMOFO:
        case USCRIPT_YI: return true;
        default: return false;
    }
}

bool is_word_character(char32_t c) {
    if (c < 0x80) return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (c >= 0x2E80 && c <= 0x9FFF) return false;
    constexpr uint32_t kMask = U_GC_L_MASK | U_GC_M_MASK | U_GC_ND_MASK;
    return (U_GET_GC_MASK(static_cast<UChar32>(c)) & kMask) != 0 && !is_han(c) && !is_ignorable(c);
}

bool is_decimal_digit(char32_t c) {
    return c < 0x80 ? c >= '0' && c <= '9' : u_charType(static_cast<UChar32>(c)) == U_DECIMAL_DIGIT_NUMBER;
}

bool is_punctuation(char32_t c) {
    if (c >= 0x3400 && c <= 0x9FFF) return false;
    return (U_GET_GC_MASK(static_cast<UChar32>(c)) & U_GC_P_MASK) != 0;
}

// Unicode's White_Space property, which is stable; asked for every character of every line.
bool is_white_space(char32_t c) {
    if (c < 0x80) return c == ' ' || (c >= 9 && c <= 13);
    if (c > 0x3000) return false;
    return c == 0x85 || c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 || c == 0x202F ||
           c == 0x205F || c == 0x3000;
}

bool is_letter_or_digit(char32_t c) {
    if (c >= 0x3400 && c <= 0x9FFF) return true;
    constexpr uint32_t kMask = U_GC_L_MASK | U_GC_N_MASK;
    return (U_GET_GC_MASK(static_cast<UChar32>(c)) & kMask) != 0;
}

}  // namespace fangtan
