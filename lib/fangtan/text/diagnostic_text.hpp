// SPDX-License-Identifier: Apache-2.0
//
// Diagnostics as people read them:
//
//   codebook.yaml:12:9: error: unknown key "defintion"; did you mean "definition"?
//       defintion: …
//       ^
#pragma once

#include <string>
#include <vector>

#include "fangtan/base/diagnostic.hpp"

namespace fangtan {

// One message, ending in a line feed; the caret line is aligned by display width, long lines are cut
// to the part around the fault, controls are escaped.
[[nodiscard]] std::string to_text(const Diagnostic& diagnostic);

// All of them in their order, and a last line if some were not kept.
[[nodiscard]] std::string to_text(const Diagnostics& diagnostics);

// The candidate nearest to `word` (optimal string alignment distance of at most a third of its length), or "".
[[nodiscard]] std::string nearest(const std::string& word, const std::vector<std::string>& candidates);

}  // namespace fangtan
