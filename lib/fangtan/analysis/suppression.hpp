// SPDX-License-Identifier: Apache-2.0
//
// Withholds small counts of a table, and as many others as are needed so that
// none can be worked out from the sums that are printed (cell suppression;
// Cox 1980, JASA 75:377-385, on why rows and columns must be looked at together).
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace fangtan::analysis {

// The numbers of a table, and which of them are sums of others.
struct SummedNumbers {
    struct Number {
        std::uint64_t value = 0;
        bool total = false;  // withheld only if nothing else helps
    };
    std::vector<Number> numbers;
    // Indices: the first is the sum of the others. Where things overlap, it may be less than the sum: the others are
    // protected as if it were the sum.
    std::vector<std::vector<std::size_t>> lines;
};

enum class Withheld : unsigned char { no, small, to_protect_others };

// Numbers from 1 to minimum - 1 are `small`. No number that is withheld follows from those that are not: not by the
// lines one after the other, not by any combination of them, not by the bounds that the signs themselves give (a small
// one is from 1 to minimum - 1). Combinations are looked at where lines² · numbers withheld is at most 2 · 10^7: beyond
// it, lines one by one. Deterministic.
[[nodiscard]] std::vector<Withheld> withhold_small(const SummedNumbers& table, std::uint64_t minimum);

}  // namespace fangtan::analysis
