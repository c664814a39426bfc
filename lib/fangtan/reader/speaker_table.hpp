// SPDX-License-Identifier: Apache-2.0
//
// Tables of Word and OpenDocument files: dialogue in columns (speaker | text,
// with a time or without) becomes lines with labels, any other table becomes
// plain lines. Internal to the reader module.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "fangtan/reader/extracted.hpp"

namespace fangtan::reader {

using TableCell = std::vector<std::string>;  // its paragraphs; no LF inside
using TableRow = std::vector<TableCell>;

// Appends the table as lines. Rows of two cells (speaker | text) or three (time | speaker | text, or speaker | time
// | text) are dialogue if every speaker's cell holds a short label and one of them is a word for a speaker or recurs;
// a row of one cell may stand in between. Then the labels are added to out.labels and a row of column names goes to
// out.left_out; `number` is the table's, for messages. Of any other table the cells of a row are joined by tabs; a
// cell of several paragraphs keeps them as lines of its own, because they may be dialogue. O(n).
void append_table(const std::vector<TableRow>& rows, std::size_t number, std::vector<std::string>& lines, Extracted& out);

// Splits at LF, so that a break inside a paragraph is a line of the cell.
void append_paragraph(TableCell& cell, std::string_view paragraph);

// Appends to out.left_out unless the last entry says the same: what Word cuts into ten runs is one deletion.
void leave_out(Extracted& out, std::string what, std::string where);

// Every line with an LF behind it.
[[nodiscard]] std::string joined_lines(const std::vector<std::string>& lines);

}  // namespace fangtan::reader
