// SPDX-License-Identifier: Apache-2.0
//
// Fleiss' κ in its first form, for units that all coders rated, with its test
// and its categories; and the κ of Conger, which gives every coder margins of
// his own. With missing ratings see fleiss_kappa (gwet.hpp).
#pragma once

#include <cstddef>
#include <vector>

#include "fangtan/agreement/ratings.hpp"
#include "fangtan/agreement/value.hpp"
#include "fangtan/agreement/weights.hpp"

namespace fangtan::agreement {

struct Fleiss1971 {
    Value value = Undefined::no_pairs;     // (P̄ - P_e) / (1 - P_e)
    Value observed = Undefined::no_pairs;  // P̄: the mean of Σ_k r_ik (r_ik - 1) / (r (r - 1))
    Value expected = Undefined::no_pairs;  // P_e = Σ p_k²
    // Under κ = 0: Var = 2 [(Σ p_k q_k)² - Σ p_k q_k (q_k - p_k)] / (n r (r - 1) (Σ p_k q_k)²), q_k = 1 - p_k.
    // Fleiss, Nee & Landis (1979), Psychol. Bull. 86:974-977; the variance of 1971 is superseded.
    Value null_error = Undefined::no_pairs;
    Value z = Undefined::no_pairs;
    struct Category {
        std::size_t category = 0;
        // 1 - Σ_i r_ik (r - r_ik) / (n r (r - 1) p_k q_k); no_variation if all ratings are of this category.
        Value value = Undefined::no_pairs;
    };
    std::vector<Category> categories;  // those that occur, ascending
};

// Fleiss (1971), Psychol. Bull. 76:378-382. Units that some coder did not rate are left out; no_pairs if none remains.
[[nodiscard]] Fleiss1971 fleiss_1971(const Ratings& ratings);

// p_a as in gwet.hpp, p_e the mean over pairs of coders g ≠ h of Σ w_kl p_gk p_hl, each over all that the coder rated.
// Conger (1980), Psychol. Bull. 88:322-328; Hubert (1977). For two coders without missing ratings it is Cohen's κ.
// no_pairs also if a coder rated nothing. O(patterns · coders + coders · q²).
[[nodiscard]] Value conger_kappa(const Ratings& ratings, const Weights& weights);
[[nodiscard]] Value conger_kappa(const Ratings& ratings);

}  // namespace fangtan::agreement
