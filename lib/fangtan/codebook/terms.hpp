// SPDX-License-Identifier: Apache-2.0
//
// The words a codebook looks for, as plain text: what a segmenter must never
// cut in two.
#pragma once

#include <string>
#include <vector>

#include "fangtan/codebook/codebook.hpp"

namespace fangtan::codebook {

// Folded terms of all rules that are text alone (no * ?, no regular expression), sorted, each once. Single Han
// characters are not among them: they cannot be cut, and as words of their own they would cut others (警 in 警察).
[[nodiscard]] std::vector<std::string> plain_terms(const Codebook& codebook);

}  // namespace fangtan::codebook
