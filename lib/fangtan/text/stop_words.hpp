// SPDX-License-Identifier: Apache-2.0
//
// Words that say little about what a conversation is about: lists of our own
// for spoken Mandarin and Cantonese, and those a researcher adds.
//
// A word is in the lists if it belongs to a closed class (particles,
// pronouns, demonstratives with their measures, prepositions, conjunctions,
// auxiliaries, adverbs of degree, scope, time and negation) or fills a pause
// (那个, 就是说, 对吧). No content word is, however frequent: 工作, 问题, 社区, 觉得,
// 知道 carry what is said. Adverbs that take a stance (肯定, 必须, 其实) are function
// words all the same and are listed; --no-stop brings them back.
#pragma once

#include <cstddef>
#include <set>
#include <span>
#include <string>
#include <string_view>

namespace fangtan {

enum class StopList { mandarin, cantonese };

// Folded (text/fold.hpp), so each entry stands for both scripts; sorted by code point, each once.
[[nodiscard]] std::span<const std::string_view> stop_words(StopList list);

class StopWords {
 public:
    // Nothing.
    StopWords() = default;
    // Both lists.
    [[nodiscard]] static StopWords built_in();

    // One word a line, in either script; blanks at its ends, empty lines and what follows # are passed over. `text`
    // is decoded (text/decode.hpp).
    void add_lines(std::string_view text);
    void add(std::string_view word);

    // `folded` is a folded word. O(log n).
    [[nodiscard]] bool contains(std::string_view folded) const { return words_.find(folded) != words_.end(); }
    [[nodiscard]] std::size_t size() const { return words_.size(); }
    // Of the words, sorted, each with a line feed: two lists with the same value leave the same words out.
    [[nodiscard]] std::string sha256() const;

 private:
    std::set<std::string, std::less<>> words_;
};

}  // namespace fangtan
