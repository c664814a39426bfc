// SPDX-License-Identifier: Apache-2.0
//
// Reads one transcript, whatever it is written in: bytes, hash, text, layout,
// turns.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "fangtan/reader/inputs.hpp"
#include "fangtan/text/decode.hpp"
#include "fangtan/transcript/dialogue.hpp"
#include "fangtan/transcript/transcript.hpp"

namespace fangtan {

enum class Reflow { automatic, always, never };

struct ReadOptions {
    std::optional<Encoding> encoding;  // empty: found for each file
    DialogueOptions dialogue;
    std::optional<Layout> layout;      // empty: found for each file
    Reflow reflow = Reflow::automatic; // whether lines broken hard are joined to paragraphs
};

namespace reader {

// What the ending of a file's name says; empty for endings that hold no transcript that can be read. CSV and TSV are
// transcripts only if they are chat tables, which their content says.
enum class Format { text, markdown, docx, odt, html, srt, vtt, pdf, table };
[[nodiscard]] std::optional<Format> format_of(std::string_view file_name);

// Throws Error(input) if the file cannot be read exactly. Appends to `notes` what the user should know (a guessed
// encoding or layout, an empty file), one sentence each with the file named.
[[nodiscard]] Transcript read(const InputFile& input, const ReadOptions& options, std::vector<std::string>& notes);

// The same for bytes that are in memory already (not for PDF).
[[nodiscard]] Transcript read_bytes(std::string bytes, const InputFile& input, const ReadOptions& options, std::vector<std::string>& notes);

}  // namespace reader
}  // namespace fangtan
