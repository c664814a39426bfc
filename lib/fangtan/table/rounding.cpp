// SPDX-License-Identifier: Apache-2.0
#include "fangtan/table/rounding.hpp"

#include <algorithm>
#include <numeric>
#include <tuple>

namespace fangtan {
namespace {

__extension__ using Wide = unsigned __int128;  // 100 * 10^6 * part may pass 64 bits

std::uint64_t hundred_percent(int decimals) {
    std::uint64_t units = 100;
    for (int i = 0; i < decimals; ++i) units *= 10;
    return units;
}

// units * part / whole, halves up.
std::uint64_t share(std::uint64_t part, std::uint64_t whole, std::uint64_t units) {
    return static_cast<std::uint64_t>((2 * Wide{units} * part + whole) / (2 * Wide{whole}));
}

}  // namespace

std::uint64_t rounded_half_up(std::uint64_t part, std::uint64_t whole, int decimals) {
    return whole == 0 ? 0 : share(part, whole, hundred_percent(decimals));
}

std::vector<std::uint64_t> largest_remainders(const std::vector<std::uint64_t>& parts, std::uint64_t whole, std::uint64_t units) {
    std::vector<std::uint64_t> shares(parts.size(), 0);
    if (whole == 0) return shares;
    std::vector<std::uint64_t> remainders(parts.size());
    for (std::size_t i = 0; i < parts.size(); ++i) {
        const Wide product = Wide{units} * parts[i];
        shares[i] = static_cast<std::uint64_t>(product / whole);
        remainders[i] = static_cast<std::uint64_t>(product % whole);
    }
    const std::uint64_t sum = std::accumulate(parts.begin(), parts.end(), std::uint64_t{0});
    const std::uint64_t given = std::accumulate(shares.begin(), shares.end(), std::uint64_t{0});
    std::uint64_t missing = share(sum, whole, units) - given;
    std::vector<std::size_t> order(parts.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        return std::tuple(remainders[b], parts[b], a) < std::tuple(remainders[a], parts[a], b);
    });
    for (const std::size_t i : order) {
        if (missing == 0) break;
        ++shares[i];
        --missing;
    }
    return shares;
}

std::vector<std::uint64_t> rounded_to_sum(const std::vector<std::uint64_t>& parts, std::uint64_t whole, int decimals) {
    return largest_remainders(parts, whole, hundred_percent(decimals));
}

std::string printed_number(std::uint64_t units, int decimals) {
    std::string digits = std::to_string(units);
    if (decimals == 0) return digits;
    const auto fraction = static_cast<std::size_t>(decimals);
    if (digits.size() <= fraction) digits.insert(0, fraction + 1 - digits.size(), '0');
    return digits.substr(0, digits.size() - fraction) + "." + digits.substr(digits.size() - fraction);
}

}  // namespace fangtan
