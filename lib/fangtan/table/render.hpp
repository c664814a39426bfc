// SPDX-License-Identifier: Apache-2.0
//
// A table as text or as an office file. One renderer for each format; all are
// pure functions, the same table gives the same bytes.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "fangtan/table/table.hpp"

namespace fangtan::table {

// For the eye: columns aligned by display width (Han characters take two), a parent only in its first row.
[[nodiscard]] std::string to_text(const Table& table);

// A Markdown table, with the title above and the notes below it.
[[nodiscard]] std::string to_markdown(const Table& table);

enum class ForSpreadsheet { no, yes };  // yes: BOM, CRLF line ends, text that looks like a formula is guarded

// RFC 4180 with LF line ends: a header row, every parent in every row, the total as the last row; no title, no notes.
[[nodiscard]] std::string to_csv(const Table& table, ForSpreadsheet spreadsheet);
[[nodiscard]] std::string to_tsv(const Table& table, ForSpreadsheet spreadsheet);

// {"title":…,"columns":[…],"rows":[{"code":…,"path":[…],"cells":[…]}],"total":{"cells":[…]},"notes":[…]};
// percentages at full precision, null where undefined or empty. Where numbers are withheld they are null, and "hidden"
// beside "cells" lists their indices; a count with its share is {"count":…,"percent":…}; a test adds the member "test".
[[nodiscard]] std::string to_json(const Table& table);

// Three-line tables (三线表): a rule above and below the heading and below the last row, none between columns; parents
// span the rows of their children; title above, notes below.
[[nodiscard]] std::string to_html(const Table& table);   // a page by itself; nothing is fetched, nothing runs
void append_html_table(std::string& page, const Table& table);  // the same as a part of a page: <table> and <div class="notes">
[[nodiscard]] std::string to_latex(const Table& table);  // a table environment; needs booktabs and multirow, from 13 columns on graphicx, and for Chinese a document in ctex
[[nodiscard]] std::string to_docx(const Table& table);
// An Excel workbook: numbers are numbers, percentages in percent with the table's decimals, heading and names frozen; if
// there is a test, a sheet has what it expects of each cell (E) and the adjusted residuals (r); the last sheet has the
// notes and then `facts`, name and value.
[[nodiscard]] std::string to_xlsx(const Table& table, const std::vector<std::pair<std::string, std::string>>& facts);

}  // namespace fangtan::table
