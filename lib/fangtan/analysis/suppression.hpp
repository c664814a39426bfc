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

// small: it is said that the number is from 1 to minimum - 1. The others are withheld and nothing is said of them; they
// are small ones, too, where even that would give something away.
enum class Withheld : unsigned char { no, small, to_protect_others };

// All numbers from 1 to minimum - 1 are withheld, and as many others as it takes: every number that is withheld could
// have another value, and the table would look the same. That holds for a reader who takes into account all lines at
// once, what the signs themselves say, that nothing is negative, and that what is not `small` is 0 or at least minimum
// unless a sign was taken from it (even if told from which). It is shown by finding such values (suppression_search.hpp);
// where none are found more is withheld, though there may be some. The search ends once it has looked at 10^9 numbers, which
// takes thousands that are withheld; what it did not come to loses its sign, and in its lines three numbers are withheld. Deterministic.
[[nodiscard]] std::vector<Withheld> withhold_small(const SummedNumbers& table, std::uint64_t minimum);

}  // namespace fangtan::analysis
