// SPDX-License-Identifier: Apache-2.0
#include "fangtan/analysis/dispersion.hpp"

#include <algorithm>
#include <cmath>

namespace fangtan::analysis {
namespace {

struct Whole {
    std::uint64_t frequency = 0;
    std::uint64_t size = 0;
    std::uint64_t smallest = 0;
    std::uint64_t parts = 0;
};

Whole whole_of(std::span<const PartFrequency> parts) {
    Whole whole;
    for (const PartFrequency& part : parts) {
        if (part.size == 0) continue;
        whole.smallest = whole.parts == 0 ? part.size : std::min(whole.smallest, part.size);
        whole.frequency += part.frequency;
        whole.size += part.size;
        ++whole.parts;
    }
    return whole;
}

double ratio(std::uint64_t a, std::uint64_t b) { return static_cast<double>(a) / static_cast<double>(b); }

}  // namespace

std::optional<double> juilland_d(std::span<const PartFrequency> parts) {
    const Whole whole = whole_of(parts);
    if (whole.parts < 2 || whole.frequency == 0) return std::nullopt;
    const auto count = static_cast<double>(whole.parts);
    double mean = 0;
    for (const PartFrequency& part : parts) mean += part.size == 0 ? 0 : ratio(part.frequency, part.size) / count;
    double squares = 0;
    for (const PartFrequency& part : parts) {
        if (part.size == 0) continue;
        const double deviation = ratio(part.frequency, part.size) - mean;
        squares += deviation * deviation;
    }
    return 1 - std::sqrt(squares / count) / mean / std::sqrt(count - 1);
}

std::optional<double> deviation_of_proportions(std::span<const PartFrequency> parts) {
    const Whole whole = whole_of(parts);
    if (whole.frequency == 0) return std::nullopt;
    double sum = 0;
    for (const PartFrequency& part : parts) {
        if (part.size > 0) sum += std::abs(ratio(part.frequency, whole.frequency) - ratio(part.size, whole.size));
    }
    return sum / 2;
}

std::optional<double> normalized_deviation(std::span<const PartFrequency> parts) {
    const Whole whole = whole_of(parts);
    const std::optional<double> deviation = deviation_of_proportions(parts);
    if (!deviation || whole.parts < 2) return std::nullopt;
    return *deviation / (1 - ratio(whole.smallest, whole.size));
}

}  // namespace fangtan::analysis
