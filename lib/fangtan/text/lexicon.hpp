// SPDX-License-Identifier: Apache-2.0
//
// Words with their frequencies, from dictionaries that other projects keep:
// jieba's dict.txt and the Chinese word list inside ICU. Where no n-gram model
// is installed they are what the lattice weighs by.
#pragma once

#include <optional>
#include <string>

#include "fangtan/text/word_trie.hpp"

namespace fangtan {

struct Lexicon {
    WordTrie words{WordTrie::Size::large};  // folded; value: log10 of the word's share of all running words
    float unknown = 0;       // of a single character that is no word, log10
    std::string sha256;      // of the data it was read from
};

// Where jieba's dictionary is installed.
[[nodiscard]] std::optional<std::string> find_jieba_dictionary();

// One word a line: word, frequency, part of speech. Numeral + measure (一个), demonstrative + measure (这个) and
// adverb + verb (就是, 不能) of two characters are left out: they are two words each. Throws Error(input) with the line.
// About 0.2 s.
[[nodiscard]] Lexicon read_jieba_dictionary(const std::string& path);

// Throws Error(input) if this ICU was built without it. About 0.1 s.
[[nodiscard]] Lexicon read_icu_dictionary();

}  // namespace fangtan
