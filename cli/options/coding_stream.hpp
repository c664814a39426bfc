// SPDX-License-Identifier: Apache-2.0
//
// Reading streams of codings to hand them on, and the transcripts they were
// made from. Shared by review, merge, relocate and recode.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "corpus_options.hpp"
#include "fangtan/coding/record.hpp"
#include "fangtan/coding/review_sheet.hpp"

namespace fangtan::cli {

// "-" is standard input. Throws Error(input) if it cannot be read; prints diagnostics and returns empty if it is faulty.
[[nodiscard]] std::optional<coding::CodingStream> open_stream(const std::string& path, const Streams& streams);

// Every transcript of a corpus. Throws Error.
[[nodiscard]] coding::TranscriptsById read_transcripts(const Corpus& corpus, const Streams& streams);

// True if every document that is in both is the same file in both; else prints which is not, with both hashes.
[[nodiscard]] bool same_documents(const coding::CodingStream& stream, const std::string& file, const coding::TranscriptsById& transcripts, const Streams& streams);

// The documents of a stream that have codings but no transcript, in order of id.
[[nodiscard]] std::vector<std::string> without_transcript(const coding::CodingStream& stream, const coding::TranscriptsById& transcripts);

// Throws Error(usage) if `path`, which `option` names for writing, is one of `inputs`.
void refuse_input(const std::string& option, const std::string& path, const std::vector<std::string>& inputs);

// One row of CSV with its line end; for a spreadsheet guarded, with CRLF.
[[nodiscard]] std::string csv_row(const std::vector<std::string>& cells, bool excel);

}  // namespace fangtan::cli
