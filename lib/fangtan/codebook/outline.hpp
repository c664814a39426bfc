// SPDX-License-Identifier: Apache-2.0
//
// A codebook at a glance: its tree, one code a line, for the terminal.
#pragma once

#include <string>

#include "fangtan/codebook/codebook.hpp"

namespace fangtan::codebook {

// Name and id of every code, indented by level, with the number of its rules and examples; columns aligned by
// display width.
[[nodiscard]] std::string outline(const Codebook& codebook);

}  // namespace fangtan::codebook
