// SPDX-License-Identifier: Apache-2.0
//
// Coefficients of two coders: Cohen's κ, plain and weighted, Scott's π, and
// the mean κ of many pairs. A unit that one of them did not rate is left out.
// p_ij is the share of units in cell (i, j), p_i. and p_.j its margins.
#pragma once

#include <cstddef>

#include "fangtan/agreement/ratings.hpp"
#include "fangtan/agreement/value.hpp"
#include "fangtan/agreement/weights.hpp"

namespace fangtan::agreement {

inline constexpr double kConfidence = 0.95;

struct Kappa {
    Value value = Undefined::no_pairs;
    Value observed = Undefined::no_pairs;
    Value expected = Undefined::no_pairs;
    Value standard_error = Undefined::no_pairs;  // for intervals
    Value null_error = Undefined::no_pairs;      // under κ = 0, for the test
    Value low = Undefined::no_pairs;             // κ ∓ z · standard_error, not cut at ±1
    Value high = Undefined::no_pairs;
    Value z = Undefined::no_pairs;               // κ / null_error; no_variation if that is 0
};

// κ = (P_o - P_e) / (1 - P_e), P_o = Σ w_ij p_ij, P_e = Σ w_ij p_i. p_.j: Cohen (1960), Educ. Psychol. Meas. 20:37-46;
// weighted: Cohen (1968), Psychol. Bull. 70:213-220. Standard errors: Fleiss, Cohen & Everitt (1969), Psychol. Bull.
// 72:323-327. P_e = 1: no_variation. One coder constant and the other not: κ = 0
// with standard errors of 0, which say nothing: show no test.
// Throws Error(usage) if `weights` has another size than the table. O(q²).
[[nodiscard]] Kappa cohen_kappa(const Contingency& table, double confidence = kConfidence);
[[nodiscard]] Kappa weighted_kappa(const Contingency& table, const Weights& weights, double confidence = kConfidence);

// The largest κ that these margins allow: P_o = Σ min(p_i., p_.i). Cohen (1960).
[[nodiscard]] Value kappa_maximum(const Contingency& table);

// π: as κ, with P_e = Σ w_ij π_i π_j, π_i = (p_i. + p_.i) / 2. Scott (1955), Public Opin. Q. 19:321-325.
[[nodiscard]] Value scott_pi(const Contingency& table);
[[nodiscard]] Value weighted_pi(const Contingency& table, const Weights& weights);

// The mean of κ over all pairs of coders: Light (1971), Psychol. Bull. 76:365-377. Undefined if any κ is.
[[nodiscard]] Value light_kappa(const Ratings& ratings);

}  // namespace fangtan::agreement
