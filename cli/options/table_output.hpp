// SPDX-License-Identifier: Apache-2.0
//
// Tables of results in every format there is. Shared by the commands whose
// result is one table.
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "../streams.hpp"
#include "fangtan/table/table.hpp"
#include "output_options.hpp"

namespace fangtan::cli {

enum class TableFormat { text, markdown, csv, tsv, json, html, latex, xlsx, docx };

inline constexpr const char* kTableFormats = "text, markdown, csv, tsv, json, html, latex, xlsx or docx [the ending of -o; text on a terminal, else csv]";

// By what -f and the ending of a file call them.
[[nodiscard]] const std::map<std::string, TableFormat>& table_formats();

// Throws Error(usage) for an unknown one, and for a workbook or document that would go to the terminal.
[[nodiscard]] TableFormat chosen_table_format(const std::string& typed, const OutputOptions& output, const Streams& streams);
void refuse_terminal(bool office_file, const OutputOptions& output, const Streams& streams);

// `facts` go onto the second sheet of a workbook.
using Facts = std::vector<std::pair<std::string, std::string>>;
[[nodiscard]] std::string rendered(const Table& table, TableFormat format, bool excel, const Facts& facts);

// The program, the codebook if there is one, and the names of the inputs.
[[nodiscard]] Facts provenance(const std::string& codebook, const std::vector<std::string>& inputs);

}  // namespace fangtan::cli
