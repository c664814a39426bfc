// SPDX-License-Identifier: Apache-2.0
//
// What a file format yields before lines are understood: the text of a
// transcript, with every paragraph a line. Formats that say themselves who
// speaks (subtitles, tables) write `label：text` lines and name the labels, so
// that one parser of dialogue serves them all, and so that the text written to
// a .txt file is read the same way again. Internal to the reader module.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "fangtan/transcript/transcript.hpp"

namespace fangtan::reader {

struct Extracted {
    std::string text;                 // valid UTF-8, LF; no leading BOM
    std::vector<std::string> labels;  // speakers' labels the format itself vouches for, in order of first appearance, each once
    std::vector<std::pair<std::string, std::string>> metadata;  // title, author, date … as far as the format states them
    std::vector<LeftOut> left_out;    // what the file holds and `text` does not, in order
    std::vector<Mark> marks;          // comments, in the order in which the file lists them; spans of `text`
};

}  // namespace fangtan::reader
