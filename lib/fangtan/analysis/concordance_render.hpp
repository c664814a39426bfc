// SPDX-License-Identifier: Apache-2.0
//
// A concordance as text for the eye, as rows, as JSON Lines and as a page.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "fangtan/analysis/concordance.hpp"

namespace fangtan::analysis {

enum class ConcordanceFormat { text, csv, tsv, jsonl, html };

struct ConcordanceStyle {
    ConcordanceFormat format = ConcordanceFormat::text;
    std::string query;   // for the heading of the page
    bool excel = false;  // csv and tsv: byte-order mark, CR LF, cells guarded against formulas
    bool bold = false;   // text: hits in bold, for a terminal
};

// text   DOCUMENT:TURN SPEAKER …left hit right…, hits below each other by display width; groups under headings with their hits
// csv    document, file, turn, speaker, participant, group, start, end, left, hit, right; likewise tsv and jsonl. Positions are code
//        points. Contexts as the interviews have them, line ends too; groups follow each other without headings
// html   one page without a script that loads nothing: a table, hits marked
// In text and html line ends are blanks and controls are shown (utf8::escaped).
[[nodiscard]] std::string render(const Concordance& concordance, const ConcordanceStyle& style);

// The numbers only: hits, units, documents and participants, with spec.by of each group and of all.
[[nodiscard]] std::string render_counts(const Concordance& concordance, const ConcordanceStyle& style);

}  // namespace fangtan::analysis
