// SPDX-License-Identifier: Apache-2.0
//
// Transcripts as words, for the eye and for other programs: one line a turn
// with blanks between the words, or one row or record a token with its place.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "fangtan/codebook/codebook.hpp"
#include "fangtan/text/script_conversion.hpp"
#include "fangtan/text/segmenter.hpp"
#include "fangtan/transcript/transcript.hpp"

namespace fangtan {

enum class TokenFormat { text, tsv, jsonl };

struct TokenOptions {
    TokenFormat format = TokenFormat::text;
    UnitKind unit = UnitKind::turn;  // what makes a line; in tsv and jsonl, what words are not looked for across
    bool include_interviewer = false;
    std::optional<Script> script;    // of the printed words; none: as they stand in the text
    std::string tool;                // for the run record
};

namespace analysis {

// Before all documents and after them; empty in text. TSV begins with a row of headings: document, turn, speaker,
// start, end, token. JSON Lines begin with the run record, which names the segmenter, its data and their SHA-256.
[[nodiscard]] std::string token_opening(const TokenOptions& options, const Segmenter& segmenter);
[[nodiscard]] std::string token_closing(const TokenOptions& options, std::size_t documents);
[[nodiscard]] std::string token_skipped(const TokenOptions& options, const std::string& file, const std::string& reason);

// One thread's writer.
class TokenWriter {
 public:
    // Both must outlive the writer.
    TokenWriter(const Segmenter& segmenter, const TokenOptions& options);

    // Appends the tokens of the transcript's units, in order. Positions count code points of the document. A turn in
    // which nothing was said has no line.
    void append(const Transcript& transcript, std::string& out);

    // The same for plain text: every line is one unit, whatever it looks like, and has one line in text format, also
    // where it holds no word. `turn` counts the lines, from 1.
    void append_lines(std::string_view text, std::string_view document, std::string& out);

    [[nodiscard]] std::size_t tokens() const { return count_; }

 private:
    struct Place {
        std::string_view document;
        std::size_t turn;
        std::string_view speaker;
        std::string_view participant;
    };
    void append_unit(std::string_view text, Span unit, const Place& place, std::string& out);
    void append_token(const Token& token, std::string_view shown, const Place& place, std::string& out);
    // Characters before `at`, which never goes back within a document.
    std::size_t character_at(std::string_view text, std::size_t at);

    const TokenOptions& options_;
    Tokenizer tokenizer_;
    std::optional<ScriptConverter> converter_;
    std::vector<Token> tokens_;
    std::vector<Span> spans_;
    std::vector<Span> units_;
    std::size_t bytes_ = 0;       // counted so far
    std::size_t characters_ = 0;  // in them
    std::size_t start_ = 0;       // of the token, in characters
    std::size_t end_ = 0;
    std::size_t count_ = 0;
};

}  // namespace analysis
}  // namespace fangtan
