// SPDX-License-Identifier: Apache-2.0
//
// A researcher's next rule: words and n-grams that are typical of the units
// coded with a code, and that none of its rules looks for yet.
//
// What is counted are units (sentences, turns …), not words: the four cells of
// keyness are units coded with the code that hold the candidate, others that
// hold it, all coded and all others (keyness.hpp, G² of four cells).
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "fangtan/analysis/tabulate.hpp"
#include "fangtan/codebook/codebook.hpp"
#include "fangtan/table/table.hpp"
#include "fangtan/text/segmenter.hpp"
#include "fangtan/text/stop_words.hpp"
#include "fangtan/transcript/transcript.hpp"

namespace fangtan::analysis {

struct SuggestOptions {
    UnitKind unit = UnitKind::sentence;
    bool include_interviewer = false;
    std::uint32_t longest = 3;        // words of an n-gram
    std::uint64_t minimum_count = 2;  // coded units that hold a candidate
    std::size_t top = 10;             // candidates of a code
    Language language = Language::zh_hans;
};

struct CodedSpan {
    Span span;
    std::uint32_t code = 0;  // index into Codebook::codes()
};

struct Suggestion {
    std::uint32_t code = 0;
    std::string text;              // as it stands in the first unit that holds it
    std::uint64_t coded = 0;       // units coded with the code that hold it
    std::uint64_t unreached = 0;   // of them, those that no rule of the code codes: what the rules miss
    std::uint64_t gain = 0;        // units not coded with the code that hold it: what the rule would add
    double log_likelihood = 0;     // G²
    double log_ratio = 0;          // of the shares of units; gain counts at least a half
};

class Suggester {
 public:
    // All must outlive the suggester.
    Suggester(const Codebook& codebook, const StopWords& stop_words, const SuggestOptions& options);

    // A document after the other, in the order of the corpus. `coded`: what counts as coded, by people or by rules;
    // `reached`: what the rules code. Both in any order.
    void add(const Transcript& transcript, const std::vector<CodedSpan>& coded, const std::vector<CodedSpan>& reached, Tokenizer& tokenizer);

    // By code in the order of the codebook, then by G², the highest first, then by text. Only candidates that are
    // relatively more frequent in coded units, with G² of at least 3.84 (p < 0.05), that hold no term of the code's rules,
    // and that as a rule would reach a unit the rules do not.
    [[nodiscard]] std::vector<Suggestion> suggestions() const;

    [[nodiscard]] std::uint64_t units() const { return units_; }

 private:
    struct Held {
        std::uint64_t coded = 0;
        std::uint64_t unreached = 0;
    };
    struct Candidate {
        std::string shown;
        std::uint32_t words = 0;
        std::uint64_t units = 0;
        std::map<std::uint32_t, Held> by_code;
    };
    void add_unit(std::string_view text, Span unit, Tokenizer& tokenizer);
    void add_candidates(std::string_view text, std::size_t first, std::size_t last, std::map<std::string, Candidate>& found) const;

    const Codebook& codebook_;
    const StopWords& stop_words_;
    const SuggestOptions& options_;
    std::map<std::string, Candidate> candidates_;  // by folded text
    std::vector<std::uint64_t> coded_units_;       // by code
    std::uint64_t units_ = 0;
    std::vector<Token> tokens_;
    std::vector<bool> coded_here_;
    std::vector<bool> reached_here_;
};

[[nodiscard]] Table suggestion_table(const std::vector<Suggestion>& suggestions, const Codebook& codebook, const SuggestOptions& options, const SegmenterIdentity& segmenter);

}  // namespace fangtan::analysis
