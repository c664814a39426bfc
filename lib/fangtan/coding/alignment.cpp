// SPDX-License-Identifier: Apache-2.0
#include "fangtan/coding/alignment.hpp"

#include <algorithm>
#include <compare>
#include <cstdlib>
#include <vector>

namespace fangtan::coding {

std::optional<Alignment> best_place(std::u32string_view passage, std::u32string_view text, std::int64_t expected) {
    if (passage.empty() || text.empty()) return std::nullopt;
    struct Cell {
        std::uint32_t distance;
        std::uint32_t start;  // where in the text the aligned part begins
        auto operator<=>(const Cell&) const = default;
    };
    const auto length = static_cast<std::uint32_t>(passage.size());
    std::vector<Cell> column(passage.size() + 1);
    for (std::uint32_t row = 0; row <= length; ++row) column[row] = {row, 0};
    std::optional<Alignment> best;
    for (std::uint32_t end = 1; end <= text.size(); ++end) {
        Cell diagonal = column[0];
        column[0] = {0, end};
        for (std::uint32_t row = 1; row <= length; ++row) {
            const Cell left = column[row];
            // Of equal distances the longer place: it is the more similar one, and a word put in stays inside.
            const Cell above = column[row - 1];
            const Cell cell = std::min({Cell{diagonal.distance + (passage[row - 1] == text[end - 1] ? 0U : 1U), diagonal.start}, Cell{left.distance + 1, left.start}, Cell{above.distance + 1, above.start}});
            diagonal = left;
            column[row] = cell;
        }
        const Cell last = column[length];
        if (last.start >= end || (best && last.distance > best->distance)) continue;
        const std::uint32_t longer = std::max(length, end - last.start);
        const Alignment found{last.start, end, last.distance, 1.0 - static_cast<double>(last.distance) / longer};
        const auto away = [&](const Alignment& place) { return std::llabs(static_cast<std::int64_t>(place.start) - expected); };
        if (!best || found.distance < best->distance || found.similarity > best->similarity || (found.similarity == best->similarity && away(found) < away(*best))) best = found;
    }
    return best;
}

}  // namespace fangtan::coding
