// SPDX-License-Identifier: Apache-2.0
//
// Small closed lists that no frequency dictionary has right: surnames, the
// grammatical words of Cantonese, words that mix Han and Latin, numerals. All
// folded (fold.hpp), so that one list serves both scripts.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace fangtan::word_lists {

// One character or two (欧阳).
[[nodiscard]] const std::vector<std::u32string>& surnames();

// Characters that only Cantonese uses, each a word of its own: 嘅 喺 咗 …
[[nodiscard]] std::u32string_view cantonese_characters();

// Grammatical words and the commonest everyday words of spoken Cantonese: 佢哋 点解 而家 …
[[nodiscard]] const std::vector<std::u32string>& cantonese_words();

// T恤, 卡拉ok: neither side of them is a word of its own here.
[[nodiscard]] const std::vector<std::u32string>& mixed_words();

// 〇零一二三四五六七八九十百千万亿两 and their like.
[[nodiscard]] std::u32string_view numerals();

}  // namespace fangtan::word_lists
