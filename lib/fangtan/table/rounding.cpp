// SPDX-License-Identifier: Apache-2.0
#include "fangtan/table/rounding.hpp"

#include <algorithm>
#include <numeric>
#include <tuple>

namespace fangtan {
namespace {

__extension__ using Wide = unsigned __int128;  // 100 * 10^6 * part may pass 64 bits

Wide scaled(std::uint64_t part, int decimals) {
    Wide value = Wide{part} * 100;
    for (int i = 0; i < decimals; ++i) value *= 10;
    return value;
}

}  // namespace

std::uint64_t rounded_half_up(std::uint64_t part, std::uint64_t whole, int decimals) {
    if (whole == 0) return 0;
    return static_cast<std::uint64_t>((2 * scaled(part, decimals) + whole) / (2 * Wide{whole}));
}

std::vector<std::uint64_t> rounded_to_sum(const std::vector<std::uint64_t>& parts, std::uint64_t whole, int decimals) {
    std::vector<std::uint64_t> units(parts.size(), 0);
    if (whole == 0) return units;
    std::vector<std::uint64_t> remainders(parts.size());
    for (std::size_t i = 0; i < parts.size(); ++i) {
        units[i] = static_cast<std::uint64_t>(scaled(parts[i], decimals) / whole);
        remainders[i] = static_cast<std::uint64_t>(scaled(parts[i], decimals) % whole);
    }
    const std::uint64_t sum = std::accumulate(parts.begin(), parts.end(), std::uint64_t{0});
    const std::uint64_t given = std::accumulate(units.begin(), units.end(), std::uint64_t{0});
    std::uint64_t missing = rounded_half_up(sum, whole, decimals) - given;
    std::vector<std::size_t> order(parts.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        return std::tuple(remainders[b], parts[b], a) < std::tuple(remainders[a], parts[a], b);
    });
    for (const std::size_t i : order) {
        if (missing == 0) break;
        ++units[i];
        --missing;
    }
    return units;
}

std::string printed_number(std::uint64_t units, int decimals) {
    std::string digits = std::to_string(units);
    if (decimals == 0) return digits;
    const auto fraction = static_cast<std::size_t>(decimals);
    if (digits.size() <= fraction) digits.insert(0, fraction + 1 - digits.size(), '0');
    return digits.substr(0, digits.size() - fraction) + "." + digits.substr(digits.size() - fraction);
}

}  // namespace fangtan
