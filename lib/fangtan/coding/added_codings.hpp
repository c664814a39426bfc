// SPDX-License-Identifier: Apache-2.0
//
// Passages that somebody coded in a sheet without a proposal. Internal to
// review_sheet.cpp.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "fangtan/base/diagnostic.hpp"
#include "fangtan/coding/code_names.hpp"
#include "fangtan/coding/record.hpp"
#include "fangtan/coding/review_sheet.hpp"
#include "fangtan/text/csv.hpp"

namespace fangtan::coding {

// The rows of `table`, read as sheet.hpp says, as codings of the documents of `stream`; without those that it holds already, so that
// a sheet may be applied twice. Empty after diagnostics.
[[nodiscard]] std::optional<std::vector<StoredCoding>> added_codings(const CsvTable& table, const std::string& file, const CodeNames& names, const CodingStream& stream,
                                                                     const TranscriptsById& transcripts, const std::string& coder, Diagnostics& diagnostics);

}  // namespace fangtan::coding
