// SPDX-License-Identifier: Apache-2.0
#include "fangtan/analysis/keyness.hpp"

#include <algorithm>
#include <cmath>

namespace fangtan::analysis {
namespace {

double real(std::uint64_t count) { return static_cast<double>(count); }

double term(double observed, double expected) { return observed > 0 ? observed * std::log(observed / expected) : 0; }

// Of equal shares nothing is left but rounding, which may be negative.
double statistic(double sum) { return std::max(0.0, 2 * sum); }

double sum_over_word(double a, double b, double c, double d) {
    const double share = (a + b) / (c + d);
    return term(a, c * share) + term(b, d * share);
}

}  // namespace

int direction(const KeynessCounts& counts) {
    if (counts.group_size == 0 || counts.rest_size == 0) return 0;
    // A product of two counts may not fit into 53 bits.
    const auto wide = [](std::uint64_t count) { return static_cast<long double>(count); };
    const long double group = wide(counts.group) * wide(counts.rest_size);
    const long double rest = wide(counts.rest) * wide(counts.group_size);
    return group > rest ? 1 : group < rest ? -1 : 0;
}

double log_likelihood_two_cells(const KeynessCounts& counts) {
    if (direction(counts) == 0) return 0;
    return statistic(sum_over_word(real(counts.group), real(counts.rest), real(counts.group_size), real(counts.rest_size)));
}

double log_likelihood_four_cells(const KeynessCounts& counts) {
    if (direction(counts) == 0) return 0;
    const double c = real(counts.group_size);
    const double d = real(counts.rest_size);
    return statistic(sum_over_word(real(counts.group), real(counts.rest), c, d) +
                     sum_over_word(real(counts.group_size - counts.group), real(counts.rest_size - counts.rest), c, d));
}

std::optional<double> log_ratio(const KeynessCounts& counts) {
    if (counts.group == 0 || counts.rest == 0 || counts.group_size == 0 || counts.rest_size == 0) return std::nullopt;
    return std::log2(real(counts.group) / real(counts.group_size) / (real(counts.rest) / real(counts.rest_size)));
}

std::optional<double> percent_difference(const KeynessCounts& counts) {
    if (counts.rest == 0 || counts.group_size == 0 || counts.rest_size == 0) return std::nullopt;
    const double rest = real(counts.rest) / real(counts.rest_size);
    return 100 * (real(counts.group) / real(counts.group_size) - rest) / rest;
}

std::optional<double> bayes_factor(const KeynessCounts& counts) {
    const std::uint64_t size = counts.group_size + counts.rest_size;
    if (size == 0) return std::nullopt;
    return log_likelihood_two_cells(counts) - std::log(real(size));
}

double chi_square_p(double statistic) { return std::erfc(std::sqrt(statistic / 2)); }

}  // namespace fangtan::analysis
