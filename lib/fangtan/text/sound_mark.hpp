// SPDX-License-Identifier: Apache-2.0
//
// What transcribers write in brackets about how something was said or heard:
// [停顿] （笑） 【听不清】 (laughs) [?]. It is kept in the text; matching may be told
// to step over it.
#pragma once

#include <string_view>
#include <vector>

#include "fangtan/text/span.hpp"

namespace fangtan {

// Whether the words between two brackets are such a mark: one of a short list (笑 停顿 沉默 叹气 咳嗽 听不清 …, both scripts,
// and English), perhaps with 长/大/苦 … before or 着/了/声/3秒 … behind. （笑话） is none.
[[nodiscard]] bool is_sound_mark(std::string_view inside);

// Appends the marks in text[whole], brackets and all, ascending.
void append_sound_marks(std::string_view text, Span whole, std::vector<Span>& marks);

}  // namespace fangtan
