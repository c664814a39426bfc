// SPDX-License-Identifier: Apache-2.0
//
// Percent agreement, as shares of 1. With missing ratings there are three
// conventions that differ (.8182, .7818 and .8000 on the data of Krippendorff
// 2004): say which one was used. All O(patterns).
#pragma once

#include "fangtan/agreement/ratings.hpp"
#include "fangtan/agreement/value.hpp"

namespace fangtan::agreement {

struct PercentAgreement {
    // The mean over units with at least two ratings of the share of agreeing pairs of coders:
    // p_a = 1/n' Σ_i Σ_k r_ik (r_ik - 1) / (r_i (r_i - 1)). Gwet (2014), Handbook of Inter-Rater Reliability, 4th ed.
    Value units;
    // Its standard error over units, with n' / n for units that are rated once: Gwet (2014). one_unit if n < 2.
    Value standard_error;
    // Agreeing pairs / all pairs, over all units: units count by r_i (r_i - 1).
    Value pooled;
    // 1 - D_o: units count by their number of ratings. Krippendorff (2004), Content Analysis, 2nd ed.
    Value by_values;
    // The share of the units rated by all coders in which all agree.
    Value all_agree;
};

// single_coder, no_pairs (for all_agree: no complete unit).
[[nodiscard]] PercentAgreement percent_agreement(const Ratings& ratings);

}  // namespace fangtan::agreement
