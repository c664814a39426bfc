// SPDX-License-Identifier: Apache-2.0
//
// Codings that people made, as a stream: read from comments and marks in the
// transcripts themselves, from a spreadsheet (sheet.hpp) or from headings
// (heading_codings.hpp).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "fangtan/base/diagnostic.hpp"
#include "fangtan/coding/noted_codes.hpp"
#include "fangtan/coding/coding_set.hpp"
#include "fangtan/coding/write.hpp"
#include "fangtan/transcript/transcript.hpp"

namespace fangtan::coding {

// A transcript as it was read, and the dialogue file made of it as it reads again: both say the same, turn by turn.
struct ImportedDocument {
    Transcript original;
    Transcript imported;
};

struct HandCoding {
    std::size_t document = 0;
    std::uint32_t turn = 0;  // from 1, of the imported file; 0: more than one
    std::optional<std::uint32_t> speaker;  // of the imported file
    Span span;                             // of the imported file's text
    CodeId code{};
    std::string coder;
    std::optional<std::uint32_t> rule;
    CodingStatus status = CodingStatus::accepted;
    std::string memo;
};

// The part of a span that lies in one turn.
struct SpokenPiece {
    std::uint32_t turn = 0;  // from 1, of the imported file
    std::uint32_t speaker = 0;
    Span span;               // of the imported file's text, trimmed
    bool interviewer = false;
};

// What of `span` of the original text is speech, and where that stands in the imported text; ascending. O(turns).
[[nodiscard]] std::vector<SpokenPiece> spoken_pieces(const ImportedDocument& document, Span span);

// What a mark codes: one coding for each of its codes in each turn that it touches; of several turns the interviewer's are
// left out, unless all are. Status accepted, no rule; the coder is the author, or `coder` where the file names none; the memo is
// the note's and the discussion. `diagnostics` gets an error for each code that is unknown or not unique and for each mark
// on no speech, and a warning for each note that holds no code (a remark that begins with // is none).
[[nodiscard]] std::vector<HandCoding> codings_of_marks(const std::vector<ImportedDocument>& documents, const CodeNames& names, const std::string& coder,
                                                       Diagnostics& diagnostics);

// The names in the marks' notes that are no code's, each once, in order.
[[nodiscard]] std::vector<std::string> unknown_names(const std::vector<ImportedDocument>& documents, const CodeNames& names);

// The whole stream, as JSON Lines. `transcripts` and `codings` agree about HandCoding::document; codings are put into order:
// document, start, end, place of the code in the codebook; what is alike in that stays in its order.
[[nodiscard]] std::string hand_stream(const std::vector<const Transcript*>& transcripts, std::vector<HandCoding> codings, const StreamOptions& options,
                                      const Codebook& codebook, const ParticipantTable& participants);

}  // namespace fangtan::coding
