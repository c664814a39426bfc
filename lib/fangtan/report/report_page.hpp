// SPDX-License-Identifier: Apache-2.0
//
// Everything about a set of codings on one page: figures, bars, the matrix of
// codes and people, co-occurrence, saturation, agreement, and every transcript
// with its codings, which can be filtered. One file of HTML that loads nothing,
// runs nothing but its own script, works without a mouse, and prints.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "fangtan/analysis/tabulate.hpp"
#include "fangtan/coding/coding_set.hpp"
#include "fangtan/transcript/transcript.hpp"

namespace fangtan::report {

struct ReportOptions {
    std::string title;  // empty: from the codebook's name
    Language language = Language::zh_hans;
    std::optional<std::uint32_t> level;  // of the codes in the pictures and the matrix; none: leaves
    std::uint64_t seed = 1;              // of the random orders of the saturation curve
    std::vector<std::pair<std::string, std::string>> facts;  // name and value, for the foot of the page: where the numbers come from
};

// `set` keeps texts. `transcripts` (may lack documents, or be empty) are those that the codings were made from: of documents
// without one only the coded passages can be read. Rejected codings count nowhere, but can be asked for in the transcripts.
// Everything that people wrote is escaped, and a Content-Security-Policy allows the page its own style and script, by their
// hashes, and nothing else. Same input, same bytes. O(text + codings log codings + codes²).
[[nodiscard]] std::string report_page(const CodingSet& set, const std::vector<Transcript>& transcripts, const ReportOptions& options);

}  // namespace fangtan::report
