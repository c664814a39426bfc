// SPDX-License-Identifier: Apache-2.0
#include "fangtan/analysis/share_difference.hpp"

#include <algorithm>
#include <cmath>

#include "fangtan/agreement/distributions.hpp"
#include "fangtan/base/error.hpp"

namespace fangtan::analysis {
namespace {

double share(std::uint64_t part, std::uint64_t whole) { return static_cast<double>(part) / static_cast<double>(whole); }

}  // namespace

Interval wilson_interval(std::uint64_t part, std::uint64_t whole, double confidence) {
    if (whole == 0 || part > whole || !(confidence > 0 && confidence < 1)) throw Error(ErrorKind::internal, "", "an interval of what is no share");
    const double n = static_cast<double>(whole);
    const double p = share(part, whole);
    const double z = agreement::normal_quantile((1 + confidence) / 2);
    const double middle = 2 * n * p + z * z;
    const double half = z * std::sqrt(z * z + 4 * n * p * (1 - p));
    // Of none and of all one limit is exact, which rounding would miss.
    const double low = part == 0 ? 0 : (middle - half) / (2 * (n + z * z));
    const double high = part == whole ? 1 : (middle + half) / (2 * (n + z * z));
    return {std::max(0.0, low), std::min(1.0, high)};
}

Interval newcombe_interval(std::uint64_t part1, std::uint64_t whole1, std::uint64_t part2, std::uint64_t whole2, double confidence) {
    const Interval first = wilson_interval(part1, whole1, confidence);
    const Interval second = wilson_interval(part2, whole2, confidence);
    const double p1 = share(part1, whole1);
    const double p2 = share(part2, whole2);
    const double low = p1 - p2 - std::hypot(p1 - first.low, second.high - p2);
    const double high = p1 - p2 + std::hypot(first.high - p1, p2 - second.low);
    return {std::max(-1.0, low), std::min(1.0, high)};
}

}  // namespace fangtan::analysis
