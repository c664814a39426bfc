// SPDX-License-Identifier: Apache-2.0
//
// Krippendorff's α for any number of coders, missing ratings and four levels
// of measurement.
//
//   α   = 1 - D_o / D_e
//   D_o = 1/n Σ_u 1/(m_u - 1) Σ_{i≠j} δ²(x_ui, x_uj), over units u with m_u >= 2 values, n values in all
//   D_e = 1/(n (n - 1)) Σ_c Σ_k n_c n_k δ²(c, k)
//   δ²  nominal 0 or 1; interval (c - k)²; ratio ((c - k) / (c + k))², 0 for two zeros;
//       ordinal (Σ_{g=c..k} n_g - (n_c + n_k) / 2)²
//
// Krippendorff (2018), Content Analysis, 4th ed.; (2011), Computing Krippendorff's Alpha-Reliability.
#pragma once

#include <cstdint>

#include "fangtan/agreement/ratings.hpp"
#include "fangtan/agreement/value.hpp"

namespace fangtan::agreement {

enum class Level { nominal, ordinal, interval, ratio };

struct Alpha {
    // single_coder; no_pairs; no_variation if the paired values are all alike (0/0, not 1).
    Value value = Undefined::no_pairs;
    Value observed = Undefined::no_pairs;  // D_o; ordinal: in squared ranks
    Value expected = Undefined::no_pairs;  // D_e
    std::uint64_t values = 0;              // n, the values that have a partner in their unit
};

// Ordinal goes by the order of the scale. Throws Error(usage) if the level is interval or ratio and the scale has no
// numbers, and at the ratio level if two of them add up to zero (it knows no numbers below zero). O(ratings of the patterns + q), ratio O(q²).
[[nodiscard]] Alpha krippendorff_alpha(const Ratings& ratings, Level level);

}  // namespace fangtan::agreement
