// SPDX-License-Identifier: Apache-2.0
//
// How evenly a word is spread over the parts of a corpus (documents, people,
// groups): whether everybody says it or one person says it often.
//
// Parts without tokens say nothing and are left out of everything. The order
// of the parts does not matter but for rounding. O(parts).
#pragma once

#include <cstdint>
#include <optional>
#include <span>

namespace fangtan::analysis {

struct PartFrequency {
    std::uint64_t frequency = 0;  // of the word in the part; at most `size`
    std::uint64_t size = 0;       // tokens of the part
};

// D = 1 - V / √(n-1), V the coefficient of variation (population standard deviation over mean) of the relative
// frequencies in n parts. 1: the same in all; 0: in one part only. Empty for fewer than two parts and for a word
// that does not occur. Juilland, Brodin & Davidovitch 1970.
[[nodiscard]] std::optional<double> juilland_d(std::span<const PartFrequency> parts);

// DP = ½ Σ |v - s|, v the part's share of the word's occurrences, s its share of the tokens. 0: spread as the
// tokens are; towards 1: all in one small part. Empty for a word that does not occur. Gries 2008.
[[nodiscard]] std::optional<double> deviation_of_proportions(std::span<const PartFrequency> parts);

// DP / (1 - the smallest s), which reaches 1. Empty too for fewer than two parts. Lijffijt & Gries 2012.
[[nodiscard]] std::optional<double> normalized_deviation(std::span<const PartFrequency> parts);

}  // namespace fangtan::analysis
