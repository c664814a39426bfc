// SPDX-License-Identifier: Apache-2.0
//
// Headings of papers and notes: 一、 （一） 1. 1.1 (1) 第一章 第一节 and Markdown's
// number signs. Internal to the transcript module.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "fangtan/text/span.hpp"

namespace fangtan::transcript {

enum class HeadingKind : std::uint8_t {
    markdown,          // depth: number of signs
    part,              // 第一章, 第二部分
    section,           // 第一节
    han,               // 一、
    bracketed_han,     // （一）
    number,            // 1. 1.1 1.1.1: depth counts the numbers
    bracketed_number,  // (1)
};

struct Numbering {
    HeadingKind kind;
    std::uint32_t depth = 1;
    std::uint32_t end = 0;  // byte behind the numbering and the blanks that follow it
};

// The numbering that stands at `begin`, whatever follows it. `1 引言` (a bare number and a blank) is none: it
// cannot be told from a footnote or a count.
[[nodiscard]] std::optional<Numbering> numbering_at(std::string_view text, std::uint32_t begin, std::uint32_t end);

struct HeadingShape {
    HeadingKind kind;
    std::uint32_t depth = 1;
    Span title;  // without the numbering; the whole of it where nothing else stands (第一章)
};

// The line text[begin, end) as a heading: numbered or with number signs, at most 40 characters, no full stop and
// no mark at its end that would make it a sentence, no line of a table of contents (dots or blanks and a page).
[[nodiscard]] std::optional<HeadingShape> heading_shape(std::string_view text, std::uint32_t begin, std::uint32_t end);

// Where in the outline one is. Kinds of numbering rank in the order in which they first appear, the number signs
// of Markdown among each other by their number.
class Outline {
 public:
    void enter(const HeadingShape& shape, std::string title);
    [[nodiscard]] std::vector<std::string> path() const;

 private:
    using Kind = std::pair<HeadingKind, std::uint32_t>;
    [[nodiscard]] std::size_t rank(Kind kind);

    std::vector<Kind> order_;
    std::vector<std::pair<Kind, std::string>> open_;
};

}  // namespace fangtan::transcript
