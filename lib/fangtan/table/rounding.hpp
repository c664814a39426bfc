// SPDX-License-Identifier: Apache-2.0
//
// Percentages as they are printed, worked out in whole numbers: no half is
// ever lost to binary fractions.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace fangtan {

inline constexpr int kDecimalsMaximum = 6;

// 100 * part / whole in units of 10^-decimals, halves up. 0 if whole is 0.
[[nodiscard]] std::uint64_t rounded_half_up(std::uint64_t part, std::uint64_t whole, int decimals);

// Shares of `units` whole ones in proportion to parts of one whole, by largest remainders: everyone is rounded down, and
// what is missing goes to the largest remainders (Hamilton's method, Hare's quota; of equal ones to the larger part, then the
// earlier). If the parts do not add up to `whole`, the shares add up to their part of `units`, rounded half up. All 0 if whole
// is 0. O(n log n).
[[nodiscard]] std::vector<std::uint64_t> largest_remainders(const std::vector<std::uint64_t>& parts, std::uint64_t whole, std::uint64_t units);

// rounded_half_up() for all parts of one whole, so that they add up to exactly 100: the largest
// remainders of 100 * 10^decimals. If the parts do not add up to `whole`, they add up to its rounded share.
[[nodiscard]] std::vector<std::uint64_t> rounded_to_sum(const std::vector<std::uint64_t>& parts, std::uint64_t whole, int decimals);

// 283 with one decimal: "28.3".
[[nodiscard]] std::string printed_number(std::uint64_t units, int decimals);

}  // namespace fangtan
