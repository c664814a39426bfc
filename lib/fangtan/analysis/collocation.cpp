// SPDX-License-Identifier: Apache-2.0
#include "fangtan/analysis/collocation.hpp"

#include <cmath>

#include "fangtan/analysis/keyness.hpp"

namespace fangtan::analysis {
namespace {

double real(std::uint64_t count) { return static_cast<double>(count); }

// The windows against all other tokens: the same 2 × 2 table as of a group against the rest.
KeynessCounts as_contrast(const CollocationCounts& counts) {
    const std::uint64_t elsewhere = counts.tokens - counts.node - counts.window_tokens;
    return {counts.together, counts.collocate - counts.together, counts.window_tokens, elsewhere};
}

}  // namespace

double expected_together(const CollocationCounts& counts) {
    if (counts.tokens == counts.node) return 0;
    return real(counts.window_tokens) * real(counts.collocate) / real(counts.tokens - counts.node);
}

double log_likelihood(const CollocationCounts& counts) { return log_likelihood_four_cells(as_contrast(counts)); }

int direction(const CollocationCounts& counts) { return direction(as_contrast(counts)); }

std::optional<double> mutual_information(const CollocationCounts& counts) {
    if (counts.together == 0) return std::nullopt;
    return std::log2(real(counts.together) / expected_together(counts));
}

std::optional<double> log_dice(const CollocationCounts& counts) {
    if (counts.together == 0) return std::nullopt;
    return 14 + std::log2(2 * real(counts.together) / (real(counts.node) + real(counts.collocate)));
}

std::optional<double> t_score(const CollocationCounts& counts) {
    if (counts.together == 0) return std::nullopt;
    return (real(counts.together) - expected_together(counts)) / std::sqrt(real(counts.together));
}

}  // namespace fangtan::analysis
