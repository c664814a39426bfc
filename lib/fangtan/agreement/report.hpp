// SPDX-License-Identifier: Apache-2.0
//
// All coefficients under the names that machine-readable output gives them,
// in a fixed order. What cannot be asked of the data (a κ for five coders, an
// interval α of names) is not in the list; what is undefined is, with a reason.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "fangtan/agreement/continuum.hpp"
#include "fangtan/agreement/gamma.hpp"
#include "fangtan/agreement/kappa.hpp"
#include "fangtan/agreement/overlap.hpp"
#include "fangtan/agreement/ratings.hpp"
#include "fangtan/agreement/value.hpp"
#include "fangtan/agreement/weights.hpp"

namespace fangtan::agreement {

struct RatingsReportOptions {
    std::optional<Weights> weights;  // also wkappa … and w_pa, w_scott, w_bp, w_ac2, w_fleiss, w_conger
    double confidence = kConfidence;
};

// Coders are numbered from 1 in the names (K_12; with ten or more K_112 is coders 1 and 12, the smaller first),
// categories go by their names (fleiss1971_cat_X).
//
//   n                                  units with two ratings or more
//   pa_units pa_se pa_pooled pa_kripp pa_all_agree   percent.hpp; two coders: pa
//   K_ab holsti_mean composite_R       holsti.hpp
//   cohen_* kappa_max scott_pi scott_cat_X           kappa.hpp, two coders; kappa_linear, kappa_quadratic on ordered scales
//   light_kappa                        kappa.hpp
//   fleiss1971* conger                 fleiss.hpp
//   fleiss* bp* ac1*                   gwet.hpp, each with _se, _ci_low, _ci_high
//   alpha_nominal alpha_do alpha_de alpha_n_pairable alpha_ordinal alpha_interval alpha_ratio   krippendorff.hpp
[[nodiscard]] std::vector<Metric> ratings_metrics(const Ratings& ratings, const RatingsReportOptions& options = {});

struct OverlapRequest {
    double threshold = 0.5;
    OverlapBase base = OverlapBase::unite;
};

struct SegmentsReportOptions {
    bool alpha_1995 = false;
    bool alpha_2016 = false;
    bool characters = false;               // of the first two coders, as are overlaps
    std::vector<OverlapRequest> overlaps;
    std::size_t codes = 0;                 // to choose from, for kappa_rk; 0: those of the continuum
    std::optional<GammaOptions> gamma;
};

//   alpha_u1995 alpha_u1995_X Do_X De_X                                            X: a code
//   u_alpha u_alpha_binary cu_alpha cu_alpha_union cu_coverage ku_alpha_X ku_coverage_X
//   both_X a_only_X b_only_X none_X agreement_X kappa_X kappa_nvivo_X jaccard_X dice_X
//   iouT_* minT_* maxT_*   T the threshold, over the union, the shorter, the longer segment:
//                          agree_a agree_b agreements disagreements percent one_to_one holsti kappa_rk
//   gamma_disorder
// Throws as the functions behind it; Error(usage) if characters or overlaps are asked of a single coder.
[[nodiscard]] std::vector<Metric> segments_metrics(const Continuum& continuum, const SegmentsReportOptions& options);

}  // namespace fangtan::agreement
