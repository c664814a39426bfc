// SPDX-License-Identifier: Apache-2.0
//
// Codings as a sheet in which people decide about them, and back. The columns
// are described in fangtan-review(1).
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "fangtan/base/diagnostic.hpp"
#include "fangtan/codebook/codebook.hpp"
#include "fangtan/coding/record.hpp"
#include "fangtan/transcript/transcript.hpp"

namespace fangtan::coding {

using TranscriptsById = std::map<std::string, Transcript, std::less<>>;

// CSV for a spreadsheet (byte-order mark, CRLF, cells guarded against formulas), one row for each of `rows` (indices of codings).
// `transcripts` hold every document of a coding; `context` counts characters on either side, within the turn.
[[nodiscard]] std::string to_sheet(const CodingStream& stream, const TranscriptsById& transcripts, const Codebook* codebook, std::size_t context,
                                   const std::vector<std::size_t>& rows);

struct SheetResult {
    CodingStream stream;
    std::size_t accepted = 0;
    std::size_t rejected = 0;
    std::size_t moved = 0;
    std::size_t added = 0;      // rows without id: passages somebody coded without a proposal
    std::size_t undecided = 0;  // rows without a decision
    std::size_t memos = 0;      // that were written, changed or taken away
    std::size_t missing = 0;    // codings without a row; they stay as they are
};

// `text` is the decoded sheet. New codes are those of `codebook`, or without one those of the stream. `transcripts` may lack
// documents, unless a row moves a coding to other characters. `reviewer`, if not empty, is written to what was decided, and is the
// coder of what was added. Rows without id, and all rows of a sheet without that column, are codings of their own, read as
// sheet.hpp says, for which the transcripts are needed. All faults of the sheet are reported.
[[nodiscard]] std::optional<SheetResult> apply_sheet(const CodingStream& stream, std::string_view text, const std::string& file, const Codebook* codebook,
                                                     const TranscriptsById& transcripts, const std::string& reviewer, Diagnostics& diagnostics);

}  // namespace fangtan::coding
