// SPDX-License-Identifier: Apache-2.0
//
// Folding for matching: Traditional and variant characters to Simplified,
// full width to half, upper case to lower, compatibility ideographs to their
// unified form. One code point becomes one code point, so a folded text needs
// no map back to the original. Several Traditional characters may share one
// Simplified character (後 and 后); folding joins them by design.
//
// The table is generated when the program is built: from OpenCC's
// TSCharacters, TWVariantsRev and HKVariantsRev dictionaries, ICU's case,
// width and compatibility data, and a short list of our own.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace fangtan {

// Idempotent: fold(fold(c)) == fold(c). O(1).
[[nodiscard]] char32_t fold(char32_t c);

// Code point by code point. `text` is valid UTF-8; the result may differ in bytes, not in code points.
[[nodiscard]] std::string fold(std::string_view text);

// Every (character, folded character) pair in which the two differ, sorted by character.
struct FoldPair {
    char32_t from;
    char32_t to;
};
[[nodiscard]] std::span<const FoldPair> fold_pairs();

// One code point that stands for several, folded: ㎏ for kg, ﬁ for fi. Sorted by character.
struct Ligature {
    char32_t from;
    const char* to;  // UTF-8, folded, at least two code points
};
[[nodiscard]] std::span<const Ligature> ligatures();

// SHA-256 of the table: two runs with the same value fold alike.
[[nodiscard]] std::string_view fold_table_sha256();

// Canonical composition and decomposition (NFC, NFD), for terms: "é" may be one character or two.
[[nodiscard]] std::string composed(std::string_view text);
[[nodiscard]] std::string decomposed(std::string_view text);

}  // namespace fangtan
