// SPDX-License-Identifier: Apache-2.0
//
// Cuts running text into clauses, sentences and paragraphs, by Chinese
// punctuation first and Latin rules where Latin text stands.
//
// A sentence ends after 。！？；…… (and ! ? ;), at a line end, and after a
// Latin full stop that is followed by white space or the end and stands after
// no abbreviation or initial. Closing quotation marks and brackets go with
// what they close; when a quotation ends and the sentence goes on behind it
// (“不用了。”他说), there is no end. A clause ends there and after ，、 and a
// comma that is not inside a number.
#pragma once

#include <string_view>
#include <vector>

#include "fangtan/text/span.hpp"

namespace fangtan {

enum class Boundary { clause, sentence, paragraph };

// Appends the pieces of text[whole], ascending, trimmed of white space, each with at least one letter or
// digit. Together they hold every letter and digit of the whole. O(n), about 1 ns a character.
void append_pieces(std::string_view text, Span whole, Boundary boundary, std::vector<Span>& pieces);

// `whole` without white space at its ends.
[[nodiscard]] Span trimmed(std::string_view text, Span whole);

}  // namespace fangtan
