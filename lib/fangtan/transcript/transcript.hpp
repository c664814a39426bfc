// SPDX-License-Identifier: Apache-2.0
//
// One source text and what is known about who speaks where. The text is kept
// as it was decoded; turns are spans of it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "fangtan/base/diagnostic.hpp"
#include "fangtan/text/decode.hpp"
#include "fangtan/text/span.hpp"

namespace fangtan {

struct Speaker {
    std::string label;        // as the transcript writes it; empty in a text without labels
    std::string participant;  // id; empty for interviewers, and where nobody is named
    std::string role;         // from brackets behind the label; may be empty
    bool interviewer = false;
};

struct Turn {
    std::uint32_t speaker = 0;  // index into Transcript::speakers
    Span body;                  // what was said, without the label, trimmed; may be empty
    std::uint32_t heading = 0;  // index into Transcript::headings; 0: stands under no heading
};

// Something of the source that is nobody's speech and was not taken over: for the report of `import`.
struct LeftOut {
    std::string what;   // "page number", "footnote", "deleted text", "closing line of the service" …
    std::string where;  // "line 120", "page 3", "cue 17"; empty: the file as a whole
};

// What somebody wrote about a passage with the means of the file itself: a comment of Word, {==…==}{>>…<<} in plain text.
struct Mark {
    Span span;               // trimmed; empty: what it was written about is not in the text (deleted, a footnote)
    std::string note;        // as written, trimmed; its lines parted by LF
    std::string author;      // empty where the file does not say
    std::string discussion;  // answers, each "author: text", a line each
    std::string where;       // "comment 2 (paragraph 7)"; empty where `position` says it
    Position position;       // of the mark in the file, for text files
};

// How a text says who speaks.
enum class Layout {
    dialogue,  // labels before the turns, or none at all
    subtitle,  // cues with times
    quotes,    // quotations in a paper, each with its source
    plain,     // everything is one turn
};
[[nodiscard]] std::string_view name_of(Layout layout);

struct Transcript {
    std::string id;    // unique in a corpus
    std::string file;  // as outputs name it
    std::string sha256;  // of the file's bytes
    Encoding encoding = Encoding::utf8;  // of plain text; containers say it themselves
    std::string format = "txt";          // "txt", "md", "docx", "odt", "html", "srt", "vtt", "pdf", "table"
    Layout layout = Layout::dialogue;
    bool reflowed = false;               // lines broken hard were joined
    std::string text;
    std::vector<Speaker> speakers;  // in order of first appearance
    std::vector<Turn> turns;        // ascending
    std::vector<std::pair<std::string, std::string>> metadata;  // header lines and front matter, in their order
    std::vector<std::vector<std::string>> headings{{}};  // paths of headings, numbering stripped; the first is empty
    std::vector<LeftOut> left_out;
    std::vector<Mark> marks;  // in the order of the file; no part of `text`

    // The participants that speak, in order of first appearance; interviewers are not among them.
    [[nodiscard]] std::vector<std::string> participants() const;
};

}  // namespace fangtan
