// SPDX-License-Identifier: Apache-2.0
//
// The words a codebook looks for, as plain text.
#pragma once

#include <string>
#include <vector>

#include "fangtan/codebook/codebook.hpp"

namespace fangtan::codebook {

enum class TermChoice {
    all,       // also those behind NOT and EXCEPT (社区 EXCEPT 社区矫正): none of them is ever to be cut
    positive,  // what a rule looks for
};

// Folded terms of all rules that are text alone (no * ?, no regular expression), sorted, each once.
[[nodiscard]] std::vector<std::string> plain_terms(const Codebook& codebook, TermChoice choice);

// The same of one code.
[[nodiscard]] std::vector<std::string> plain_terms(const Code& code, TermChoice choice);

}  // namespace fangtan::codebook
