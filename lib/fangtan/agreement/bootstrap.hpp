// SPDX-License-Identifier: Apache-2.0
//
// Confidence intervals of α by drawing again and again from what was rated.
// Two methods that give very different widths: say which one was used.
#pragma once

#include <cstdint>

#include "fangtan/agreement/kappa.hpp"
#include "fangtan/agreement/krippendorff.hpp"
#include "fangtan/agreement/ratings.hpp"
#include "fangtan/agreement/value.hpp"

namespace fangtan::agreement {

struct BootstrapOptions {
    std::uint64_t rounds = 1000;
    std::uint64_t seed = 1;
    double confidence = kConfidence;
};

struct BootstrapInterval {
    Value low = Undefined::no_pairs;   // percentiles of the defined rounds, between two of them by proportion
    Value high = Undefined::no_pairs;  // (Hyndman & Fan 1996, definition 7)
    std::uint64_t rounds = 0;
    std::uint64_t undefined = 0;       // rounds in which α has no value: report them, they are not in the interval
};

// The same options and the same units give the same interval, in whatever order units and coders come; the drawing is
// of our own and alike on every machine. Undefined as α itself is, and if all rounds are. Throw Error(usage) if rounds
// is 0 or confidence not within 0 … 1, and as krippendorff_alpha.

// Draws as many units as can be paired, with replacement (Efron & Tibshirani 1993). The ratings of a unit stay
// together. O(rounds · (units + patterns)).
[[nodiscard]] BootstrapInterval bootstrap_units(const Ratings& ratings, Level level, const BootstrapOptions& options = {});

// Krippendorff's own method (2006; Hayes & Krippendorff 2007, KALPHA): D_e stays, the deviations of single pairs of
// values are drawn. For each unit and each of its pairs the δ² of any of the observed pairs is drawn, and
// α = 1 - Σ 2 δ² / ((m_u - 1) n D_e). Much narrower than the bootstrap over units, as if pairs of one unit were independent
// (Gwet 2015). No round gives more than 1. O(rounds · pairs).
[[nodiscard]] BootstrapInterval bootstrap_pairs(const Ratings& ratings, Level level, const BootstrapOptions& options = {});

}  // namespace fangtan::agreement
