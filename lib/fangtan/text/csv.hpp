// SPDX-License-Identifier: Apache-2.0
//
// Comma- and tab-separated values as spreadsheets write them (RFC 4180 with
// the usual liberties): participants.csv, codings, tables. Knows where every
// cell stood, so that messages can name line and column.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "fangtan/base/diagnostic.hpp"

namespace fangtan {

struct CsvCell {
    std::string text;
    Position position;
};

struct CsvTable {
    std::vector<CsvCell> header;             // as written, blanks trimmed
    std::vector<std::vector<CsvCell>> rows;  // each as long as the header
    char separator = ',';

    // Index of the column called `name`; empty if there is none.
    [[nodiscard]] std::optional<std::size_t> column(std::string_view name) const;
};

namespace csv {

// `text` is valid UTF-8 without BOM, line ends LF. The separator is found in the header row: comma,
// semicolon or tab. Blank lines are skipped. Errors: unclosed quote (at the line where it opened), rows
// longer or shorter than the header, two columns of one name, no header.
[[nodiscard]] std::optional<CsvTable> read(std::string_view text, const std::string& file, Diagnostics& diagnostics);

// Appends one cell, quoted if it must be. Fields are joined by the caller.
void append_cell(std::string& line, std::string_view cell, char separator = ',');

// What a spreadsheet would take for a formula (= + - @ and their full-width forms, tab, CR, LF, or a blank
// before them) gets a leading apostrophe; anything else is returned as it is.
[[nodiscard]] std::string guarded_for_spreadsheet(std::string_view cell);

}  // namespace csv
}  // namespace fangtan
