// SPDX-License-Identifier: Apache-2.0
//
// The units of a turn: what a rule is evaluated in and what one coding covers.
#pragma once

#include <vector>

#include "fangtan/codebook/codebook.hpp"
#include "fangtan/text/span.hpp"

namespace fangtan::coding {

// Appends the units of `kind` inside `body`, ascending. For `turn` (and `document`, which goes beyond a turn)
// the body itself; for `match` its sentences, because a rule is evaluated in a sentence and codes its match.
void append_units(std::string_view text, Span body, UnitKind kind, std::vector<Span>& units);

}  // namespace fangtan::coding
