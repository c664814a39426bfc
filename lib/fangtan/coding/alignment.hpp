// SPDX-License-Identifier: Apache-2.0
//
// Where in a text something similar to a passage stands: approximate search
// with edit distance (P. H. Sellers, The theory and computation of
// evolutionary distances: pattern recognition, Journal of Algorithms 1,
// 1980, 359-373).
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace fangtan::coding {

// [start, end) in code points of the text that was searched.
struct Alignment {
    std::uint32_t start = 0;
    std::uint32_t end = 0;
    std::uint32_t distance = 0;  // Levenshtein: characters put in, taken out or replaced
    double similarity = 0;       // 1 - distance / length of the longer of the two; in [0, 1]
};

// The place with the smallest distance; among those the most similar, then the one that starts nearest to `expected`, then the
// first. Empty if `passage` or `text` is. O(|passage| * |text|) time, O(|passage|) memory.
[[nodiscard]] std::optional<Alignment> best_place(std::u32string_view passage, std::u32string_view text, std::int64_t expected);

}  // namespace fangtan::coding
