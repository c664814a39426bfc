// SPDX-License-Identifier: Apache-2.0
//
// Codings that a command reads whole, in whichever format they are.
#pragma once

#include <optional>
#include <string>

#include "../streams.hpp"
#include "fangtan/coding/coding_set.hpp"

namespace fangtan::cli {

// JSON Lines or rows (CSV, TSV), told apart by how they begin, added to `set` (which may hold a codebook's codes).
// Throws Error(input) if the file cannot be read; prints diagnostics and returns false if it is faulty.
[[nodiscard]] bool read_codings(const std::string& path, CodingSet& set, const Streams& streams);

}  // namespace fangtan::cli
