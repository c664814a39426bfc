// SPDX-License-Identifier: Apache-2.0
//
// The page of a concordance. Internal to concordance_render.cpp.
#pragma once

#include <string>
#include <string_view>

#include "fangtan/analysis/concordance_render.hpp"

namespace fangtan::analysis {

// Line ends become blanks, controls are shown.
[[nodiscard]] std::string in_one_line(std::string_view text);

// Self-contained HTML. What stands in the interviews is escaped, and the page's own policy forbids scripts and loading.
[[nodiscard]] std::string page_of(const Concordance& concordance, const ConcordanceStyle& style);
[[nodiscard]] std::string counts_page_of(const Concordance& concordance, const ConcordanceStyle& style);

}  // namespace fangtan::analysis
