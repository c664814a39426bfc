// SPDX-License-Identifier: Apache-2.0
#include "fangtan/report/axis.hpp"

#include <cmath>

namespace fangtan::report {

namespace {

constexpr double kSlack = 1e-9;  // a maximum of 0.3 is three steps of 0.1, whatever the last bits say
constexpr int kZerosMaximum = 12;
constexpr int kDecimalsMaximum = 6;

// mantissa × 10^exponent, exactly.
std::string tick_text(std::size_t mantissa, int exponent) {
    std::string digits = std::to_string(mantissa);
    if (mantissa == 0) return "0";
    if (exponent >= 0 && exponent <= kZerosMaximum) return digits + std::string(static_cast<std::size_t>(exponent), '0');
    if (exponent < 0 && exponent >= -kDecimalsMaximum) {
        const auto decimals = static_cast<std::size_t>(-exponent);
        if (digits.size() <= decimals) digits.insert(0, decimals + 1 - digits.size(), '0');
        return digits.insert(digits.size() - decimals, ".");
    }
    return digits + "e" + std::to_string(exponent);
}

}  // namespace

Axis nice_axis(double maximum, Numbers numbers, std::size_t most_steps) {
    constexpr double kSmallest = 1e-290;
    Axis axis;
    if (maximum < kSmallest) {
        axis.ticks = {"0", "1"};
        return axis;
    }
    const double least_step = maximum / static_cast<double>(most_steps);
    int exponent = static_cast<int>(std::floor(std::log10(least_step) + kSlack));
    std::size_t mantissa = 1;
    while (static_cast<double>(mantissa) * std::pow(10.0, exponent) < least_step * (1 - kSlack)) {
        if (mantissa == 5) {
            mantissa = 1;
            ++exponent;
        } else {
            mantissa = mantissa == 1 ? 2 : 5;
        }
    }
    if (numbers == Numbers::whole && exponent < 0) {
        mantissa = 1;
        exponent = 0;
    }
    axis.step = static_cast<double>(mantissa) * std::pow(10.0, exponent);
    const auto steps = std::max<std::size_t>(1, static_cast<std::size_t>(std::ceil(maximum / axis.step * (1 - kSlack))));
    for (std::size_t i = 0; i <= steps; ++i) axis.ticks.push_back(tick_text(i * mantissa, exponent));
    return axis;
}

Numbers numbers_of(const std::vector<double>& values) {
    constexpr double kExact = 9007199254740992.0;
    for (const double value : values) {
        if (value != std::trunc(value) || std::abs(value) > kExact) return Numbers::any;
    }
    return Numbers::whole;
}

}  // namespace fangtan::report
