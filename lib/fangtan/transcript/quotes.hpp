// SPDX-License-Identifier: Apache-2.0
//
// Papers and notes that quote interviews: under numbered headings stand
// quotations, each ending with its source in brackets: “……”（P1，民警）. A
// quotation is a turn of that participant; the author's own words are no one's.
#pragma once

#include <cstddef>
#include <string_view>

#include "fangtan/transcript/participant.hpp"
#include "fangtan/transcript/transcript.hpp"

namespace fangtan::transcript {

// How many sources in brackets `text` holds that stand behind a quotation. Decides the layout. O(n).
[[nodiscard]] std::size_t count_quotations(std::string_view text);

// A quotation stands in marks (“” "" 「」 『』) and its source directly behind them, at most marks and the sign of a
// note between; or, without marks, it is a paragraph of its own that ends with its source (the source may stand on
// the next line). A closing mark may be missing. Parts in marks belong to one source, each a turn, if at most 30
// characters without an end mark stand between them and they are speech (hold punctuation or follow a colon) or
// are enumerated (“天天跑”、“夜夜守”（P1）). Two ids: the first speaks, metadata "source shared, line N" names all.
// （访谈记录） names nobody: a speaker without participant.
//
// Fills speakers, turns, headings of `transcript` from its text (paragraphs whole: reflow() first if need be). `participants`
// may be null; it tells which names in a source are participants. Needs text and nothing else of `transcript`.
void find_quotations(Transcript& transcript, const ParticipantTable* participants);

}  // namespace fangtan::transcript
