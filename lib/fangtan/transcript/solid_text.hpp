// SPDX-License-Identifier: Apache-2.0
//
// A text without its white space, and where each byte of it stood: the common
// ground of two copies of a text that differ in nothing but blanks and line
// breaks, and of a quotation and the text it was taken from.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "fangtan/text/span.hpp"
#include "fangtan/transcript/transcript.hpp"

namespace fangtan::transcript {

class SolidText {
 public:
    // `text` is valid UTF-8 of less than 4 GiB and is not kept. O(n); five bytes of memory a byte.
    explicit SolidText(std::string_view text);

    [[nodiscard]] const std::string& text() const { return text_; }
    // How much of text() stands before byte `at` of the original. O(log n).
    [[nodiscard]] std::size_t solid_before(std::uint32_t at) const;
    // What text()[begin, end) is in the original, without blanks at its ends; empty at 0 if begin >= end.
    [[nodiscard]] Span span(std::size_t begin, std::size_t end) const;
    // Every place of `solid`, which is solid itself; they may overlap. Empty for an empty one.
    [[nodiscard]] std::vector<Span> find_all(std::string_view solid) const;

 private:
    std::string text_;
    std::vector<std::uint32_t> places_;  // of each byte of text_
};

// Takes marks from one text to another that was made of it by moving blanks and dropping lines. Where more than blanks
// differs, a passage is the n-th of its wording in both; if it does not occur equally often in both, its span becomes
// empty.
void move_marks(std::vector<Mark>& marks, std::string_view from, std::string_view to);

}  // namespace fangtan::transcript
