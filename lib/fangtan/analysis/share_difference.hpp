// SPDX-License-Identifier: Apache-2.0
//
// The difference of two shares and how far it may be off.
#pragma once

#include <cstdint>

namespace fangtan::analysis {

struct Interval {
    double low = 0;
    double high = 0;
};

// Wilson's score interval (1927) for part of whole: (2np + z² ± z √(z² + 4npq)) / (2 (n + z²)), within 0 … 1.
// 0 <= part <= whole, whole > 0, 0 < confidence < 1, else Error(internal).
[[nodiscard]] Interval wilson_interval(std::uint64_t part, std::uint64_t whole, double confidence);

// Of part1/whole1 - part2/whole2, two independent proportions: Newcombe's hybrid score interval, method 10 of Newcombe
// (1998), Statistics in Medicine 17:873-890. With Wilson's limits l, u of each,
//   low = d - √((p1 - l1)² + (u2 - p2)²), high = d + √((u1 - p1)² + (p2 - l2)²).
// Never outside of -1 … 1, and never of width 0. Errors as above. O(1).
[[nodiscard]] Interval newcombe_interval(std::uint64_t part1, std::uint64_t whole1, std::uint64_t part2, std::uint64_t whole2, double confidence);

}  // namespace fangtan::analysis
