// SPDX-License-Identifier: Apache-2.0
//
// Tests a codebook by its own examples: each must be coded with its code,
// no counterexample may be, and every rule should fire somewhere.
#pragma once

#include <cstddef>
#include <vector>

#include "fangtan/codebook/codebook.hpp"

namespace fangtan::coding {

struct ExampleReport {
    struct Fault {
        CodeId code{};
        std::size_t index = 0;  // of the example in its list
        bool counterexample = false;
        std::size_t rule = 0;   // from 1: the rule that fires on a counterexample
    };
    struct IdleRule {
        CodeId code{};
        std::size_t rule = 0;  // from 1
    };
    std::vector<Fault> faults;         // in the order of the codebook
    std::vector<IdleRule> idle_rules;  // fire on no example of their code
    std::size_t examples = 0;          // of codes with rules
    std::size_t counterexamples = 0;
    std::size_t rules = 0;
};

// An example is cut into units of its code (else of `unit`) and passes if some unit is coded with the code or one
// below it; of codes without rules on or below them nothing is asked.
[[nodiscard]] ExampleReport run_examples(const Codebook& codebook, UnitKind unit);

}  // namespace fangtan::coding
