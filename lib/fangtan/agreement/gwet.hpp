// SPDX-License-Identifier: Apache-2.0
//
// Coefficients of any number of coders with missing ratings, in the common
// form of Gwet (2014), Handbook of Inter-Rater Reliability, 4th ed.: observed
// agreement p_a over the units with two or more ratings, chance agreement p_e
// from the mean shares of the categories over all rated units, standard error
// by linearisation over units, interval by Student's t.
//
//   r_ik   coders that put unit i into category k; r_i their sum; n units
//   r*_ik  Σ_l w_kl r_il
//   π_k    1/n Σ_i r_ik / r_i
//   p_a    1/n' Σ_i Σ_k r_ik (r*_ik - 1) / (r_i (r_i - 1)), over n' units with r_i >= 2
#pragma once

#include <cstdint>

#include "fangtan/agreement/kappa.hpp"
#include "fangtan/agreement/ratings.hpp"
#include "fangtan/agreement/value.hpp"
#include "fangtan/agreement/weights.hpp"

namespace fangtan::agreement {

struct Estimate {
    Value value = Undefined::no_pairs;
    Value observed = Undefined::no_pairs;
    Value expected = Undefined::no_pairs;
    Value standard_error = Undefined::no_pairs;  // one_unit if there are no two
    Value low = Undefined::no_pairs;             // value ∓ t(n - 1) · standard_error
    Value high = Undefined::no_pairs;            // … cut at 1
};

// The reasons of all: single_coder, no_pairs, then as named. All cost O(patterns · q), with weights O(patterns · q + q²).
// All throw Error(usage) if `weights` has another size than the scale.

// AC1, and AC2 with weights: p_e = T_w / (q (q - 1)) Σ π_k (1 - π_k), T_w = Σ w_kl. Gwet (2008), Br. J. Math. Stat.
// Psychol. 61:29-48; (2014). q is the number of categories of the scale: q_lt_2 if there is but one.
[[nodiscard]] Estimate gwet_ac(const Ratings& ratings, double confidence = kConfidence);
[[nodiscard]] Estimate gwet_ac(const Ratings& ratings, const Weights& weights, double confidence = kConfidence);

// Brennan & Prediger (1981), Educ. Psychol. Meas. 41:687-699 (also Bennett's S, Randolph's free-marginal κ): p_e = T_w / q².
// q as above.
[[nodiscard]] Estimate brennan_prediger(const Ratings& ratings, double confidence = kConfidence);
[[nodiscard]] Estimate brennan_prediger(const Ratings& ratings, const Weights& weights, double confidence = kConfidence);

// Fleiss' κ where ratings may be missing: p_e = Σ w_kl π_k π_l. Gwet (2014); no_variation if p_e is 1.
[[nodiscard]] Estimate fleiss_kappa(const Ratings& ratings, double confidence = kConfidence);
[[nodiscard]] Estimate fleiss_kappa(const Ratings& ratings, const Weights& weights, double confidence = kConfidence);

// p_a with weights.
[[nodiscard]] Value weighted_agreement(const Ratings& ratings, const Weights& weights);

}  // namespace fangtan::agreement
