// SPDX-License-Identifier: Apache-2.0
//
// How strongly two codes go together, from how often they are found in the
// same unit. Say what the unit is: a segment, a document, a case.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "fangtan/agreement/value.hpp"

namespace fangtan::analysis {

// Units with both codes, with one of them, with neither. n1 = both + first_only, n2 = both + second_only.
struct Cooccurrence {
    std::uint64_t both = 0;                // a
    std::uint64_t first_only = 0;          // b
    std::uint64_t second_only = 0;         // c
    std::optional<std::uint64_t> neither;  // d; nothing where units are not listed, and what needs d is no_data then
};

// no_data where a denominator is 0, φ and Q no_variation. n is the number of units. Names as in the metrics.
struct CooccurrenceMeasures {
    agreement::Value jaccard;          // a / (a + b + c): Jaccard (1901)
    agreement::Value c_coefficient;    // n12 / (n1 + n2 - n12), as ATLAS.ti prints it; equal to Jaccard for sets of units
    agreement::Value dice;             // 2a / (n1 + n2): Dice (1945)
    agreement::Value overlap_min;      // a / min(n1, n2): Simpson (1943)
    agreement::Value simple_matching;  // (a + d) / n: Sokal & Michener (1958)
    agreement::Value ochiai;           // a / √(n1 n2): Ochiai (1957)
    agreement::Value phi;              // (ad - bc) / √(n1 n2 (n - n1) (n - n2)): Pearson (1900)
    agreement::Value russell_rao;      // a / n: Russell & Rao (1940)
    agreement::Value kulczynski2;      // (a / n1 + a / n2) / 2: Kulczyński (1927)
    agreement::Value yule_q;           // (ad - bc) / (ad + bc): Yule (1900)
    agreement::Value lift;             // a n / (n1 n2): Brin et al. (1997)
    bool lopsided = false;             // one code is more than five times as frequent: the rarer cannot show (ATLAS.ti manual)
};
[[nodiscard]] CooccurrenceMeasures cooccurrence_measures(const Cooccurrence& counts);

// The c-coefficient of counted quotations, which may exceed 1 where overlapping quotations are counted more than once:
// it is not cut, warn. no_data if n1 + n2 <= n12.
[[nodiscard]] agreement::Value c_coefficient(std::uint64_t n1, std::uint64_t n2, std::uint64_t n12);

[[nodiscard]] std::vector<agreement::Metric> cooccurrence_metrics(const CooccurrenceMeasures& measures);

}  // namespace fangtan::analysis
