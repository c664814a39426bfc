// SPDX-License-Identifier: Apache-2.0
//
// The best way to cut a stretch of Han characters into words: a lattice of all
// words that could stand somewhere, and the path through it with the highest
// probability (dynamic programming; with a model, two states are kept for
// each position).
//
// Words come from an n-gram model or from a lexicon; to these the lattice adds
// what neither has: numerals as one number, surname and given name, the
// closed classes of Cantonese, and soft terms. Costs are log10 probabilities,
// found on the development sentences of UD Chinese-GSD.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "fangtan/text/language_model.hpp"
#include "fangtan/text/lexicon.hpp"
#include "fangtan/text/word_trie.hpp"

namespace fangtan {

struct FurtherWords;

struct Stretch {
    std::u32string_view characters;         // folded; see kLongestStretch
    std::span<const std::uint32_t> forced;  // by character: how many of them make a forced word that begins here, or 0
    bool begins = true;                     // after punctuation or at the start; not after letters or digits
};

// Characters of a stretch, at most, unless it is one forced word: bounds the memory of the lattice.
inline constexpr std::size_t kLongestStretch = 2048;

class WordLattice {
 public:
    // Exactly one of `model` and `lexicon` is given. All must outlive the lattice.
    WordLattice(const LanguageModel* model, const Lexicon* lexicon, const WordTrie& soft_terms);

    // Appends the ends of the words, ascending; the last is the number of characters. Ends of forced words
    // are among them, places inside forced words are not.
    void cut(const Stretch& stretch, std::vector<std::uint32_t>& ends);

 private:
    // One of the best ways to reach a place.
    struct Way {
        float score;
        std::uint32_t state;
        std::uint32_t from;  // place before the last word
        std::uint32_t way;   // which of the ways there
    };
    static constexpr std::uint32_t kWays = 2;
    struct Ways {
        Way way[kWays];
        std::uint32_t count = 0;
    };

    void cut_with_model(const Stretch& stretch);
    void cut_with_lexicon(const Stretch& stretch);
    void look_up_pairs(std::u32string_view characters);
    void reach(std::uint32_t place, const Way& way);
    void add_model_words(const Stretch& stretch, std::uint32_t at, std::uint32_t limit);
    void add_known_word(std::uint32_t at, std::uint32_t length, LanguageModelCursor::Word word);
    void add_further_words(const Stretch& stretch, std::uint32_t at, std::uint32_t limit);
    // Calls add(length, cost) for the words that neither model nor lexicon knows.
    template <class Add>
    void find_further_words(const Stretch& stretch, std::uint32_t at, std::uint32_t limit, const Add& add) const;

    std::optional<LanguageModelCursor> cursor_;
    const Lexicon* lexicon_;
    const WordTrie& soft_terms_;
    const FurtherWords& further_;
    std::vector<Ways> ways_;  // by place, 0 to the number of characters; with a model
    // With a lexicon there is one way to each place.
    struct OneWay {
        float score;
        std::uint32_t from;
    };
    std::vector<OneWay> one_way_;
    std::vector<WordTrie::Place> firsts_;   // of the lexicon, by character: the words that begin here …
    std::vector<WordTrie::Place> seconds_;  // … and go on with the next character
};

}  // namespace fangtan
