// SPDX-License-Identifier: Apache-2.0
//
// Where the comments of a Word or OpenDocument file stand in its text. The
// document is read a second time with signs in the text, made of control
// characters that XML does not allow; what the signs stand between is then
// sought in the text that was read without them, so that a comment never
// changes what is understood. Internal to the reader module.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "fangtan/reader/extracted.hpp"
#include "fangtan/reader/speaker_table.hpp"

namespace fangtan::reader {

struct Comment {
    std::string id;
    std::string author;
    std::string note;        // its paragraphs, parted by LF
    std::string discussion;  // answers, "author: text", a line each
    std::size_t paragraph = 0;  // where it stands, from 1; 0: not met in the text
    bool has_range = false;     // it is about what lies between two signs, else about its paragraph
};

enum class SignKind { range_begin, range_end, paragraph_begin, paragraph_end };

[[nodiscard]] std::string sign_of(std::size_t comment, SignKind kind);
[[nodiscard]] std::string without_signs(std::string_view text);

// append_table() for rows with signs: what it understands is what it would understand without them. A sign in a cell
// that becomes a label goes to the beginning of what is said behind it.
void append_signed_table(const std::vector<TableRow>& rows, std::size_t number, std::vector<std::string>& lines, Extracted& out);

// `signed_text` is `text` with signs, and may differ from it in blanks.
[[nodiscard]] std::vector<Mark> marks_of(const std::vector<Comment>& comments, std::string_view signed_text, std::string_view text);

}  // namespace fangtan::reader
