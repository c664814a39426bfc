// SPDX-License-Identifier: Apache-2.0
//
// Ticks that people read without reckoning: steps of 1, 2 or 5 × 10^k from 0.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace fangtan::report {

struct Axis {
    std::vector<std::string> ticks;  // from 0, evenly spaced; at least two. The last is not below the maximum
    double step = 1;

    // Where `value` stands between the first and the last tick, 0 … 1.
    [[nodiscard]] double share(double value) const { return value / step / static_cast<double>(ticks.size() - 1); }
};

enum class Numbers { any, whole };  // whole: no fractional ticks

// At most `most_steps` ≥ 1 steps. `maximum` ≥ 0 is finite; 0, and what is less
// than 10^-290, gives the ticks 0 and 1.
[[nodiscard]] Axis nice_axis(double maximum, Numbers numbers, std::size_t most_steps);

// whole if all are, below 2^53.
[[nodiscard]] Numbers numbers_of(const std::vector<double>& values);

}  // namespace fangtan::report
