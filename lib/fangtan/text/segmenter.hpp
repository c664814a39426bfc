// SPDX-License-Identifier: Apache-2.0
//
// Splits running Chinese text into words, in both scripts and in Cantonese-
// coloured speech. Words are looked up on the folded text (fold.hpp); what is
// given out are spans of the original.
//
// A lattice of all words that could stand somewhere is weighed by an n-gram
// model of spoken and written Chinese (libime's zh_CN.lm) or, where it is not
// installed, by the word frequencies of jieba's dictionary, else by ICU's word
// list. Over it lie terms of the researcher's own:
//
//   hard   each leftmost-longest occurrence is exactly one token, whatever the
//          segmenter and its data: blind to script, width and case; it begins
//          and ends at no place inside a run of Latin letters and digits
//   soft   a word like others, and a likely one; the context may overrule it
//
// Counts of words change with the segmenter and its data. Store its identity
// with whatever is derived from its tokens.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "fangtan/text/span.hpp"

namespace fangtan {

enum class SegmenterKind { libime, jieba, icu };
[[nodiscard]] std::string_view name_of(SegmenterKind kind);

struct SegmenterOptions {
    std::optional<SegmenterKind> kind;    // none: the first of libime, jieba, icu that is installed
    std::vector<std::string> hard_terms;  // as typed; blank ones and repetitions do not matter
    std::vector<std::string> soft_terms;
};

// What a token stream depends on.
struct SegmenterIdentity {
    SegmenterKind kind = SegmenterKind::icu;
    std::string data;          // name of the data file: "zh_CN.lm", "dict.txt", "ICU 72.1"
    std::string data_sha256;   // of that file; of the word list for ICU
    std::string terms_sha256;  // of the folded terms; empty without terms
};

// Immutable once open; threads share one.
class Segmenter {
 public:
    // Throws Error(usage) if `kind` is asked for and its data are not installed, with what to install.
    [[nodiscard]] static Segmenter open(const SegmenterOptions& options);
    [[nodiscard]] static bool is_installed(SegmenterKind kind);
    // The same segmenter with other terms; the two share model or dictionary. About 0.1 ms.
    [[nodiscard]] Segmenter with_terms(const std::vector<std::string>& hard_terms, const std::vector<std::string>& soft_terms) const;

    Segmenter(Segmenter&&) noexcept;
    Segmenter& operator=(Segmenter&&) noexcept;
    ~Segmenter();

    // The first call hashes the data: 10 to 20 ms for libime's model. Safe from any thread.
    [[nodiscard]] const SegmenterIdentity& identity() const;

    struct Parts;

 private:
    friend class Tokenizer;
    explicit Segmenter(std::unique_ptr<const Parts> parts);
    std::unique_ptr<const Parts> parts_;
};

enum class TokenKind : std::uint8_t {
    word,    // Han or other letters; mixed words (T恤) and terms too
    latin,   // a run of letters and digits with at least one letter: APP, P1, COVID-19
    number,  // digits, or two and more Chinese numerals
    mark,    // punctuation and symbols; repeated ones (……) are one token
};

struct Token {
    Span span;
    TokenKind kind = TokenKind::word;
    bool term = false;  // a hard term

    friend bool operator==(const Token&, const Token&) = default;
};

// One thread's working memory. The segmenter must outlive it.
class Tokenizer {
 public:
    explicit Tokenizer(const Segmenter& segmenter);
    Tokenizer(Tokenizer&&) noexcept;
    ~Tokenizer();

    // Appends the tokens of text[whole], ascending; `text` is valid UTF-8. Every character but white space is in
    // exactly one token, and no token reaches over white space unless a hard term does. What stands around
    // `whole` is not looked at. Linear.
    void append_tokens(std::string_view text, Span whole, std::vector<Token>& tokens);

 private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace fangtan
