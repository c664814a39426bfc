// SPDX-License-Identifier: Apache-2.0
//
// A table as text. One renderer for each format; all are pure functions, the
// same table gives the same bytes.
#pragma once

#include <string>

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
// percentages at full precision, null where undefined or empty.
[[nodiscard]] std::string to_json(const Table& table);

}  // namespace fangtan::table
