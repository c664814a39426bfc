// SPDX-License-Identifier: Apache-2.0
//
// How much more often a word is used in one part of a corpus than in the
// rest: a measure of evidence (log-likelihood, Bayes factor) and measures of
// size (log ratio, %DIFF), which should be read together.
//
// Pure functions of four counts. 0 · ln 0 is 0; what has no value is an empty
// optional, never an infinity. O(1).
#pragma once

#include <cstdint>
#include <optional>

namespace fangtan::analysis {

// Frequency of a word in the group (a) and in the rest (b); tokens of the group (c) and of the rest (d).
// a <= c and b <= d.
struct KeynessCounts {
    std::uint64_t group = 0;
    std::uint64_t rest = 0;
    std::uint64_t group_size = 0;
    std::uint64_t rest_size = 0;
};

// 1: relatively more frequent in the group, -1: in the rest, 0: equally frequent, or one of the two is empty.
[[nodiscard]] int direction(const KeynessCounts& counts);

// G² over the two cells of the word: 2 (a ln(a/E1) + b ln(b/E2)), E1 = c (a+b)/(c+d), E2 = d (a+b)/(c+d). Never
// negative. Rayson & Garside 2000, as in the UCREL log-likelihood wizard.
[[nodiscard]] double log_likelihood_two_cells(const KeynessCounts& counts);

// G² over all four cells, those of the other words (c-a, d-b) too: 2 Σ O ln(O/E). Never negative, never less than
// that over two. Dunning 1993; what statistics packages call the G-test of the 2 × 2 table.
[[nodiscard]] double log_likelihood_four_cells(const KeynessCounts& counts);

// log2((a/c) / (b/d)): each 1 doubles the relative frequency. Empty if a frequency or a size is 0. Hardie 2014.
[[nodiscard]] std::optional<double> log_ratio(const KeynessCounts& counts);

// 100 (a/c - b/d) / (b/d). Empty if b or a size is 0. Gabrielatos & Marchi 2011.
[[nodiscard]] std::optional<double> percent_difference(const KeynessCounts& counts);

// BIC approximation of the Bayes factor: G² over two cells - ln(c+d), one degree of freedom. Above 2 there is
// positive, above 6 strong, above 10 very strong evidence of a difference; below 0 evidence of none. Empty if both
// sizes are 0. Wilson 2013.
[[nodiscard]] std::optional<double> bayes_factor(const KeynessCounts& counts);

// P(χ² >= statistic) with one degree of freedom: erfc(√(statistic/2)). `statistic` >= 0.
[[nodiscard]] double chi_square_p(double statistic);

}  // namespace fangtan::analysis
