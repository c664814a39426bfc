// SPDX-License-Identifier: Apache-2.0
//
// Codings that went through a spreadsheet: what `fangtan code -f csv` wrote,
// with rows deleted, changed and added by hand.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "fangtan/base/diagnostic.hpp"
#include "fangtan/coding/noted_codes.hpp"
#include "fangtan/coding/hand_codings.hpp"
#include "fangtan/text/csv.hpp"

namespace fangtan::coding {

// `text` is the decoded sheet: comma-, semicolon- or tab-separated, with a header row. Columns document and code are needed;
// turn, participant, start, end, text, coder, rule, status and memo may be there, others are ignored; sheet_columns.hpp
// says how headings may be written. Where the cell of the code is empty, its name (column name) will do. A row with start and end
// (code points of the transcript as it is read, not as it is imported) codes that span, which must be its text where it
// has one; a row without them codes the one place where its text stands, blanks aside, within its turn and what
// its participant says where these are given. A code is written as in a note (code_names.hpp). Without coder: `coder`.
// Without status: accepted, but proposed where the coder is "rules".
// `remedy` is put behind the message about a code that is unknown. All faults of the sheet are reported. O(text) for each row without start and end.
[[nodiscard]] std::optional<std::vector<HandCoding>> read_sheet(std::string_view text, const std::string& file, const CodeNames& names,
                                                                const std::vector<ImportedDocument>& documents, const std::string& coder,
                                                                const std::string& remedy, Diagnostics& diagnostics);

// The same of some rows of a sheet that was read as CSV. Faults are added in the order of the rows.
[[nodiscard]] std::optional<std::vector<HandCoding>> read_sheet(const CsvTable& table, const std::string& file, const CodeNames& names,
                                                                const std::vector<ImportedDocument>& documents, const std::string& coder,
                                                                const std::string& remedy, Diagnostics& diagnostics);

// The names in the column code that are no code's, each once, in order; none for a sheet that cannot be read.
[[nodiscard]] std::vector<std::string> unknown_names_of_sheet(std::string_view text, const std::string& file, const CodeNames& names);

}  // namespace fangtan::coding
