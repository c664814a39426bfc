// SPDX-License-Identifier: Apache-2.0
//
// Agreement of two coders character by character: is this character coded
// with this code or not. Long stretches that nobody coded raise agreement and
// κ, so that Jaccard and Dice, which leave them out, belong beside them.
#pragma once

#include <cstdint>

#include "fangtan/agreement/continuum.hpp"
#include "fangtan/agreement/value.hpp"

namespace fangtan::agreement {

struct CharacterCounts {
    std::uint64_t both = 0;         // a
    std::uint64_t first_only = 0;   // b
    std::uint64_t second_only = 0;  // c
    std::uint64_t neither = 0;      // d

    // Documents and codes add up: coefficients of the sums are micro-averages.
    CharacterCounts& operator+=(const CharacterCounts& other);
    [[nodiscard]] std::uint64_t total() const { return both + first_only + second_only + neither; }
};

// Overlapping segments of a coder count once. Throws as check(), and Error(usage) for a coder or code that is not there.
[[nodiscard]] CharacterCounts compare_characters(const Continuum& continuum, std::uint32_t coder1, std::uint32_t coder2, std::uint32_t code);

// The sum over all codes of the continuum.
[[nodiscard]] CharacterCounts compare_characters(const Continuum& continuum, std::uint32_t coder1, std::uint32_t coder2);

struct CharacterAgreement {
    Value agreement;    // (a + d) / L; no_data if L is 0
    // Cohen's κ of the four: P_e = (A B / L + (L - A) (L - B) / L) / L, A and B coded by each. no_variation if neither
    // coded anything, or both everything; 0 if one coded nothing.
    Value kappa;
    Value kappa_nvivo;  // the same, but 1 at complete agreement, as NVivo prints it
    Value jaccard;      // a / (a + b + c); no_data if nobody coded
    Value dice;         // 2a / (2a + b + c)
};
[[nodiscard]] CharacterAgreement character_agreement(const CharacterCounts& counts);

}  // namespace fangtan::agreement
