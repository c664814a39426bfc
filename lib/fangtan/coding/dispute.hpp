// SPDX-License-Identifier: Apache-2.0
//
// Which codings of a stream several people made are not everybody's: what a
// meeting has to talk about.
#pragma once

#include <cstddef>
#include <vector>

#include "fangtan/coding/record.hpp"

namespace fangtan::coding {

// Indices into stream.codings, ascending. A coding counts for whoever decided about it, else for its coder; proposals nobody decided
// about are left out once anybody decided. A coding is agreed upon if everybody who coded or rejected anything in its
// document coded at least one of its characters with its code, and nobody rejected such a coding; disputed are all others, and
// every coding and rejection of the same code that shares a character with one of them. O(n log n) but for codings
// that overlap.
[[nodiscard]] std::vector<std::size_t> disputed(const CodingStream& stream);

}  // namespace fangtan::coding
