// SPDX-License-Identifier: Apache-2.0
//
// Agreement of two coders segment by segment: a segment agrees if the other
// coder has one of the same code that overlaps it enough (as MAXQDA asks).
#pragma once

#include <cstddef>
#include <cstdint>

#include "fangtan/agreement/continuum.hpp"
#include "fangtan/agreement/value.hpp"

namespace fangtan::agreement {

// What the shared part is measured against.
enum class OverlapBase { unite, shorter, longer };

struct OverlapAgreement {
    std::uint64_t first = 0;          // segments of each coder
    std::uint64_t second = 0;
    std::uint64_t first_agree = 0;    // that meet at least one of the other's
    std::uint64_t second_agree = 0;
    std::uint64_t one_to_one = 0;     // the most that can be matched if each is used once
    Value percent = Undefined::no_data;    // (first_agree + second_agree) / (first + second)
    Value holsti = Undefined::no_data;     // 2 one_to_one / (first + second)
    // (P - 1/c) / (1 - 1/c), P the percentage, c the number of codes (Brennan & Prediger 1981; MAXQDA's κ "RK").
    Value kappa_rk = Undefined::no_data;   // q_lt_2 for a single code
};

// `threshold` 0 … 1; segments that share nothing never agree. `codes`: how many there are to choose from, 0 for those of
// the continuum. Throws as check(), and Error(usage) for a coder that is not there or a threshold out of range.
// O(n log n + p · min) for p pairs that overlap, matched by augmenting paths.
[[nodiscard]] OverlapAgreement overlap_agreement(const Continuum& continuum, std::uint32_t coder1, std::uint32_t coder2, double threshold, OverlapBase base,
                                                 std::size_t codes = 0);

}  // namespace fangtan::agreement
