// SPDX-License-Identifier: Apache-2.0
//
// The observed disorder of the best alignment of what coders marked, the half
// of γ that does not depend on chance: Mathet, Widlöcher & Métivier (2015),
// Computational Linguistics 41:437-479. (γ = 1 - observed / expected, and the
// expected disorder is sampled.)
#pragma once

#include <cstddef>

#include "fangtan/agreement/continuum.hpp"
#include "fangtan/agreement/value.hpp"

namespace fangtan::agreement {

struct GammaOptions {
    double position = 1;  // α: weight of the positional dissimilarity ((|Δstart| + |Δend|) / (l_u + l_v))² · empty
    double code = 1;      // β: of the code's, 0 or `empty`
    double empty = 1;     // Δ_ø: of a unit that has no partner
    std::size_t states = 1'000'000;
};

// An alignment puts every unit into one group with at most one unit of each coder; a group costs the mean
// dissimilarity of its pairs of coders, an empty place costs `empty` with anything; the disorder is the sum over groups / the mean
// number of units of a coder. The smallest disorder is found exactly, by dynamic programming from the left; too_large
// if more than `states` partial alignments had to be remembered. single_coder; no_data if nothing is marked.
// Throws as check().
[[nodiscard]] Value gamma_disorder(const Continuum& continuum, const GammaOptions& options = {});

}  // namespace fangtan::agreement
