// SPDX-License-Identifier: Apache-2.0
//
// The tables that the build generates for fold.hpp (see generate_fold_table.cpp).
#pragma once

#include <cstddef>

#include "fangtan/text/fold.hpp"

namespace fangtan::generated {

extern const FoldPair kFoldPairs[];
extern const std::size_t kFoldPairCount;
extern const Ligature kLigatures[];
extern const std::size_t kLigatureCount;
extern const char* const kFoldTableSha256;

}  // namespace fangtan::generated
