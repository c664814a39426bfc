// SPDX-License-Identifier: Apache-2.0
//
// Rebuilds the paragraphs of text that was copied out of a PDF: every line
// broken hard at the edge of the page, perhaps every line followed by an empty
// one, with page numbers, running heads and footnotes in between.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "fangtan/transcript/transcript.hpp"

namespace fangtan::transcript {

struct Reflowed {
    std::string text;                // a paragraph a line, LF
    std::vector<LeftOut> left_out;   // page numbers, running heads, footnotes, each with the line of the source
};

// True if the lines of `text` (valid UTF-8, LF) are broken hard beyond doubt: most of them have nearly the same
// width and end in the middle of a sentence. False for dialogue, lists, verse, and ordinary text. O(n).
[[nodiscard]] bool is_hard_broken(std::string_view text);

// Joins the lines of each paragraph: without a blank between Han characters, with one between Latin words, the hyphen of a
// word divided at a line's end taken out. Headings (一、 （一） 1. 1.1 (1) 第一章 #), labels of speakers, list items and
// paragraphs that begin with an indentation stay lines of their own. Nothing but what `left_out` names is lost: apart
// from white space the rest stands in the result, in its order. O(n).
[[nodiscard]] Reflowed reflow(std::string_view text);

}  // namespace fangtan::transcript
