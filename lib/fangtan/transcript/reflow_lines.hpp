// SPDX-License-Identifier: Apache-2.0
//
// The lines of hard-broken text: how wide they are, and which of them the page
// brought in. Internal to the transcript module.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "fangtan/text/span.hpp"

namespace fangtan::transcript {

enum class Furniture : std::uint8_t { none, page_number, running_head, footnote };

// A line that is not empty.
struct PageLine {
    std::uint32_t number = 0;    // in the source, from 1
    Span content;                // trimmed
    std::size_t indentation = 0; // columns before it
    std::size_t width = 0;       // columns of the content; quotation marks, dashes and ellipses count two
    std::uint32_t blanks = 0;    // empty lines before it
    bool blank_behind = false;   // white space stands at its end
    Furniture furniture = Furniture::none;
};

struct Measure {
    std::size_t edge = 0;         // the usual width of a full line
    std::size_t full = 0;         // lines that reach it
    std::size_t unfinished = 0;   // of these, the ones that end within a sentence
    std::size_t beyond = 0;       // lines clearly wider
    bool exact = false;           // most full lines reach the edge to the column: what fits is not guessed
};

[[nodiscard]] std::vector<PageLine> page_lines(std::string_view text);
[[nodiscard]] Measure measure(std::string_view text, const std::vector<PageLine>& lines);

// True if nothing of `next` would have fitted on `line`.
[[nodiscard]] bool is_full(std::string_view text, const PageLine& line, const PageLine& next, const Measure& page);
// Ends with 。！？；…：, a closing mark or bracket.
[[nodiscard]] bool ends_a_sentence(std::string_view text, const PageLine& line);

// Marks page numbers, running heads and footnotes.
void mark_furniture(std::string_view text, std::vector<PageLine>& lines, std::size_t edge);

}  // namespace fangtan::transcript
