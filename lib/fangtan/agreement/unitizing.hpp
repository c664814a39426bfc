// SPDX-License-Identifier: Apache-2.0
//
// Agreement on where segments begin and end: Krippendorff's α for unitized
// text, in the form of 1995/2004 and as the family of 2016.
#pragma once

#include <vector>

#include "fangtan/agreement/continuum.hpp"
#include "fangtan/agreement/value.hpp"

namespace fangtan::agreement {

// α_U of 1995, as corrected in Krippendorff (2004), Content Analysis, 2nd ed. (the example of p. 254 is a test). Code by code, so that
// segments of different codes may overlap; those of one code and coder may not (reason overlap; see merge_overlaps).
//
//   δ²   of two intersecting units (b_g - b_h)² + (e_g - e_h)²; of a unit that lies in a gap of the other coder its L²
//   D_o  Σ_i Σ_{j≠i} Σ_g Σ_h δ² / (m (m - 1) L²)
//   D_e  2/L Σ_g [(N_c - 1)/3 · (2l³ - 3l² + l) + l² Σ_{gaps h, l_h >= l} (l_h - l + 1)] / (mL (mL - 1) - Σ l (l - 1))
struct UnitizingAlpha1995 {
    struct Code {
        Value value;     // no_variation if nobody marked anything
        Value observed;  // D_o
        Value expected;  // D_e
    };
    std::vector<Code> codes;  // as in the continuum
    Value value;              // 1 - Σ D_o / Σ D_e
};
// Throws as check(). O(n log n) for each code, plus the pairs that intersect, plus units times gaps for D_e.
[[nodiscard]] UnitizingAlpha1995 unitizing_alpha_1995(const Continuum& continuum);

// The family of Krippendorff, Mathet, Bouvry & Widlöcher (2016), Qual. Quant. 50:2347-2364, nominal codes. Each coder's
// continuum is cut into units and gaps ø, so no two segments of a coder may overlap (reason overlap). With
// ℓ_ck = Σ_{i≠j} |S_i,c ∩ S_j,k| / (m - 1) and
// ε_ck = ℓ.. (ℓ_c. ℓ_.k - [c=k] Σ (L of gaps, L² of units)) / (ℓ..² - Σ (the same over all)):
struct UnitizingAlpha {
    Value u = Undefined::no_data;            // 1 - (ℓ.. - Σ ℓ_cc) / (ℓ.. - Σ ε_cc): units, codes and gaps
    Value binary = Undefined::no_data;       // |uα: 1 - (ℓ_ø. - ℓ_øø) / (ε_ø. - ε_øø): marked or not
    // cuα: codes where both marked. ε*_ck = (ℓ*_c ℓ*_k - [c=k] A_c) / (ℓ* - Σ A / ℓ*), A_c = Σ_i Σ_g Σ_{j≠i} |g ∩ valued_j|² / (m - 1).
    Value cu = Undefined::no_data;
    Value cu_union = Undefined::no_data;     // with A_c = Σ_i Σ_g |g ∩ ∪_j valued_j|²; differs from cu for more than two coders
    Value cu_coverage = Undefined::no_data;  // ℓ* / ℓ..: how much of the continuum cu is about
    struct Code {
        Value value = Undefined::no_data;     // (k)uα: 1 - (ε*_.k / ℓ*_.k) (ℓ*_.k - ℓ*_kk) / (ε*_.k - ε*_kk)
        Value coverage = Undefined::no_data;  // ℓ*_.k / ℓ_.k
    };
    std::vector<Code> codes;
    // With more than two coders programs differ in A_c and the article was not at hand: call cu and codes provisional.
    bool provisional = false;
};
// Throws as check(). O(n log n) for each pair of coders.
[[nodiscard]] UnitizingAlpha unitizing_alpha(const Continuum& continuum);

}  // namespace fangtan::agreement
