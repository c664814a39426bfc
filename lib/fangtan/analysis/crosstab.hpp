// SPDX-License-Identifier: Apache-2.0
//
// Whether rows and columns of a table of counts have to do with each other:
// χ², its effect sizes and residuals. Counts must be of things that are
// independent (cases, not several segments of one person).
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "fangtan/agreement/value.hpp"

namespace fangtan::analysis {

struct CrosstabCell {
    agreement::Value expected = agreement::Undefined::no_data;  // row total · column total / n
    agreement::Value pearson = agreement::Undefined::no_data;   // (O - E) / √E
    // (O - E) / √(E (1 - r/n) (1 - c/n)): Haberman (1973), Biometrics 29:205-220. no_variation in a table of one row or column.
    agreement::Value adjusted = agreement::Undefined::no_data;
};

struct Crosstab {
    std::uint64_t total = 0;
    std::size_t rows = 0;     // that are not empty; empty ones count nowhere below, and their cells are undefined
    std::size_t columns = 0;
    std::uint64_t degrees = 0;  // (rows - 1) (columns - 1)
    agreement::Value chi_square = agreement::Undefined::no_variation;  // Σ (O - E)² / E; no_variation if degrees is 0, no_data if n is
    agreement::Value p = agreement::Undefined::no_variation;
    agreement::Value likelihood = agreement::Undefined::no_variation;  // G² = 2 Σ O ln (O / E), 0 ln 0 = 0
    agreement::Value cramers_v = agreement::Undefined::no_variation;   // √(χ² / (n (min(rows, columns) - 1))): Cramér (1946)
    agreement::Value phi = agreement::Undefined::no_variation;         // √(χ² / n)
    agreement::Value contingency = agreement::Undefined::no_variation; // Pearson's C = √(χ² / (χ² + n))
    // Two by two only, else no_data: Σ max(0, |O - E| - ½)² / E (Yates 1934, never beyond E).
    agreement::Value yates = agreement::Undefined::no_data;
    agreement::Value yates_p = agreement::Undefined::no_data;
    agreement::Value smallest_expected = agreement::Undefined::no_data;
    std::size_t small_cells = 0;  // with E < 5
    std::vector<std::vector<CrosstabCell>> cells;  // as the table

    // More than 20 % of the cells have E < 5: p is not to be trusted (Cochran 1954).
    [[nodiscard]] bool sparse() const { return 5 * small_cells > rows * columns; }
};

// Rows must be of equal length: else Error(internal). O(cells).
[[nodiscard]] Crosstab crosstab(const std::vector<std::vector<std::uint64_t>>& table);

// n df chi2 p g2 cramers_v phi contingency_c min_expected, two by two chi2_yates p_yates, then expected_i_j pearson_i_j
// adjusted_i_j from 1.
[[nodiscard]] std::vector<agreement::Metric> crosstab_metrics(const Crosstab& crosstab);

}  // namespace fangtan::analysis
