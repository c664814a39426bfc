// SPDX-License-Identifier: Apache-2.0
#include "fangtan/text/word_trie.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <string>

#include "../../support/random.hpp"

using namespace fangtan;
using testing::Random;

TEST_CASE("a trie finds the words that were added, with their larger value, and no others") {
    Random random(21);
    // Few characters, so that prefixes are shared; two of them outside plane 0.
    const std::u32string letters = U"一丁七万社区工作abc𠮶𠀀";
    const auto random_word = [&] {
        std::u32string word;
        for (std::size_t n = 1 + random.below(6); n > 0; --n) word += letters[random.below(letters.size())];
        return word;
    };
    for (std::size_t round = testing::cases(200); round > 0; --round) {
        WordTrie trie(round % 2 == 0 ? WordTrie::Size::small : WordTrie::Size::large);
        std::map<std::u32string, float> words;
        for (std::size_t n = random.below(400); n > 0; --n) {
            const std::u32string word = random_word();
            const auto value = static_cast<float>(random.below(100)) - 50;
            trie.add(word, value);
            const auto [entry, added] = words.try_emplace(word, value);
            if (!added) entry->second = std::max(entry->second, value);
        }
        REQUIRE(trie.empty() == words.empty());
        for (int n = 0; n < 500; ++n) {
            const std::u32string word = random_word();
            WordTrie::Place place = trie.first(word[0]);
            for (std::size_t i = 1; i < word.size() && place.exists(); ++i) {
                if (i == 1) REQUIRE(trie.second(place, word[1]).node == trie.next(place, word[1]).node);
                place = trie.next(place, word[i]);
            }
            const auto expected = words.find(word);
            REQUIRE((place.exists() && place.is_word()) == (expected != words.end()));
            if (expected != words.end()) REQUIRE(place.value == expected->second);
        }
    }
}
