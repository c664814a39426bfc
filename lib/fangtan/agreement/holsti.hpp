// SPDX-License-Identifier: Apache-2.0
//
// 相互同意度 and 信度 as Chinese content analyses report them: the coefficient
// of Holsti (1969), Content Analysis for the Social Sciences and Humanities,
// p. 140, and the composite reliability made from its mean. Neither corrects
// for chance.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "fangtan/agreement/ratings.hpp"
#include "fangtan/agreement/value.hpp"

namespace fangtan::agreement {

// K = 2 M / (N1 + N2): M decisions on which both agree, N1 and N2 decisions of each. no_data if both made none;
// 0 if the two share no unit, which is no sign of disagreement: warn.
[[nodiscard]] Value mutual_agreement(std::uint64_t agreed, std::uint64_t decisions1, std::uint64_t decisions2);

// R = n K / (1 + (n - 1) K), the mean K of n coders (Holsti 1969, after Spearman and Brown). For n = 1 it is K.
// single_coder if n is 0; undefined as K is; K = -1/(n-1), which no data have, is no_data.
[[nodiscard]] Value composite_reliability(const Value& mean_agreement, std::size_t coders);

struct Holsti {
    struct Pair {
        std::size_t coder1 = 0;
        std::size_t coder2 = 0;
        Value agreement = Undefined::no_pairs;
    };
    std::vector<Pair> pairs;  // coder1 < coder2, ascending
    Value mean;               // of the pairs; undefined if any is
    Value composite;
};

// O(coders² patterns).
[[nodiscard]] Holsti holsti(const Ratings& ratings);

}  // namespace fangtan::agreement
