// SPDX-License-Identifier: Apache-2.0
//
// Counts the words of a corpus, or its n-grams, and what stands near a node
// word. A document is counted at once and then forgotten; counters of
// different documents add up, so threads and shards count apart. The result
// depends neither on the order of the documents nor on who counted which.
//
//   tokens  word and Latin tokens (numbers too, if asked for) of the turns that are counted, stop words
//           included: the base of relative frequencies, keyness and collocations. Marks of what is no
//           speech, such as （笑）, are no tokens.
//   word    all tokens with one folded form (text/fold.hpp): both scripts, any width and case
//   n-gram  n tokens that follow each other in one turn with no mark, no number that is left out and no
//           line end between them; left out if it begins or ends with a stop word that is no hard term.
//           Their relative frequencies refer to tokens too.
//
// Terms and stop words never change how many tokens there are, only which are listed.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "fangtan/coding/coding_set.hpp"
#include "fangtan/text/segmenter.hpp"
#include "fangtan/text/stop_words.hpp"
#include "fangtan/transcript/participant.hpp"
#include "fangtan/transcript/transcript.hpp"

namespace fangtan::analysis {

// What frequencies are kept apart by. Groups, roles and attributes are sums over participants (columns_of).
enum class PartKind { none, participant, speaker, document };

struct WordCountOptions {
    std::uint32_t length = 1;              // words of an n-gram, from 1
    bool numbers = false;
    bool include_interviewer = false;
    PartKind parts = PartKind::none;
    std::string node;                      // folded; empty: no collocates. For words, not for n-grams.
    std::uint32_t window = 5;              // tokens on either side of the node, within its turn
    const StopWords* stop_words = nullptr; // null: none; outlives the counter
};

struct PartCount {
    std::uint32_t part = 0;  // index into WordCounts::parts
    std::uint64_t frequency = 0;

    friend bool operator==(const PartCount&, const PartCount&) = default;
};

struct CountedWord {
    std::string folded;               // the words of an n-gram with a blank between them
    std::string shown;                // its most frequent form; of equally frequent ones the first by code points
    bool term = false;                // a hard term of the segmenter; never an n-gram
    std::uint64_t frequency = 0;
    std::uint64_t documents = 0;      // with at least one
    std::uint64_t participants = 0;   // people who say it
    std::uint64_t left = 0;           // in the windows of the node, before it …
    std::uint64_t right = 0;          // … and after it; a token between two nodes is counted once, with the nearer one, of equal
                                      // distances with the one that follows
    std::vector<PartCount> parts;     // ascending; only those with at least one

    friend bool operator==(const CountedWord&, const CountedWord&) = default;
};

struct WordPart {
    std::string name;          // id of the participant, label, id of the document; empty: nobody
    std::uint64_t tokens = 0;  // may be 0

    friend bool operator==(const WordPart&, const WordPart&) = default;
};

struct WordCounts {
    std::vector<CountedWord> words;   // by folded form, in the order of code points
    std::vector<WordPart> parts;      // in natural order, nobody last
    std::uint64_t tokens = 0;
    std::uint64_t documents = 0;      // all that were read
    std::uint64_t participants = 0;   // all whose turns were counted
    std::uint64_t node = 0;           // occurrences of the node …
    std::uint64_t window_tokens = 0;  // … and distinct tokens in its windows, without the node's
    std::map<std::string, std::string, std::less<>> roles;  // by participant, as the transcripts give them

    friend bool operator==(const WordCounts&, const WordCounts&) = default;
};

class WordCounter {
 public:
    // Appends the tokens of text[whole], ascending (Tokenizer::append_tokens).
    using Tokenize = std::function<void(std::string_view text, Span whole, std::vector<Token>& tokens)>;

    explicit WordCounter(WordCountOptions options);

    // `number` is the document's place in the corpus; no two documents share one. Linear in the text.
    void add(const Transcript& transcript, std::size_t number, const Tokenize& tokenize);

    // Adds what another counter with the same options counted in other documents.
    void merge(const WordCounter& other);

    // O(n log n) in the number of words.
    [[nodiscard]] WordCounts result() const;

 private:
    static constexpr std::size_t kNoDocument = std::numeric_limits<std::size_t>::max();
    struct Form {
        std::uint32_t word = 0;
        std::uint64_t count = 0;
    };
    struct Word {
        std::uint64_t frequency = 0;
        std::uint64_t documents = 0;
        std::uint64_t left = 0;
        std::uint64_t right = 0;
        std::size_t last_document = kNoDocument;
        bool term = false;
        std::vector<PartCount> parts;       // a part may stand there several times, once for each of its stretches
        std::vector<std::uint32_t> people;  // likewise
    };
    // One counted token of the turn at hand.
    struct Item {
        std::uint32_t form = 0;  // into forms_, or into singles_ for n-grams
        bool follows = false;    // nothing stands between it and the item before
        bool edge = true;        // an n-gram may begin or end here
        bool term = false;
    };
    struct Role {
        std::size_t document = kNoDocument;
        std::string role;
    };
    struct Place {
        std::uint32_t part = 0;
        std::uint32_t person = kNobody;
        std::size_t document = 0;
    };

    void find_roles(const Transcript& transcript, std::size_t number);
    void take_items(std::string_view text, Span body, const Tokenize& tokenize);
    void count_words(const Place& place);
    void count_sequences(const Place& place);
    void count_windows();
    [[nodiscard]] std::uint32_t form_of(std::string_view text);
    [[nodiscard]] std::uint32_t single_of(std::string_view text);
    [[nodiscard]] Word& count(std::uint32_t form, const Place& place);
    [[nodiscard]] bool is_stop_word(std::string_view folded) const { return options_.stop_words != nullptr && options_.stop_words->contains(folded); }

    WordCountOptions options_;
    NameList form_names_;  // as written
    std::vector<Form> forms_;
    NameList word_names_;  // folded
    std::vector<Word> words_;
    NameList single_names_;             // words of n-grams, as written
    std::vector<std::string> singles_;  // folded
    std::vector<char> single_is_stop_;
    NameList part_names_;
    std::vector<std::uint64_t> part_tokens_;
    NameList people_;
    std::map<std::string, Role, std::less<>> roles_;
    std::uint64_t tokens_ = 0;
    std::uint64_t documents_ = 0;
    std::uint64_t node_ = 0;
    std::uint64_t window_tokens_ = 0;
    std::vector<Token> tokens_of_turn_;
    std::vector<Span> marks_;
    std::vector<Item> items_;
};

// The columns of --by.
struct WordColumns {
    std::vector<std::string> names;             // in natural order; empty, the last: those who have none
    std::vector<std::uint64_t> tokens;          // above 0: who says nothing has no column
    std::vector<std::uint32_t> column_of_part;  // kNobody for a part without tokens
};

// `by` is participant, group, role, document, speaker or an attribute (known_dimensions; codings have coders, words
// have none), or empty: then the parts themselves. `known` are the people of the study; of others the group is the
// letters of the id, the role what a transcript says first.
[[nodiscard]] WordColumns columns_of(const WordCounts& counts, const std::string& by, const std::vector<Participant>& known);

// The parts `by` needs.
[[nodiscard]] PartKind part_kind_of(const std::string& by);

}  // namespace fangtan::analysis
