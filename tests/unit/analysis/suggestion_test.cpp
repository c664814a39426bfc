// SPDX-License-Identifier: Apache-2.0
#include "fangtan/analysis/suggestion.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <string>
#include <vector>

#include "talk_builder.hpp"

using namespace fangtan;
using namespace fangtan::analysis;
using testing::talk;

namespace {

Codebook book() {
    Diagnostics diagnostics;
    auto codebook = codebook::load("name: n\ncodes:\n  - name: 噪音扰民\n    rules: [噪音]\n  - name: 养老\n    rules: [养老]\n", "f", diagnostics);
    return std::move(*codebook);
}

// Blanks part the words, which are hard terms, so that the outcome does not hang on a segmenter.
Segmenter segmenter() {
    SegmenterOptions options;
    options.kind = SegmenterKind::icu;
    options.hard_terms = {"噪音", "广场舞", "装修", "投诉", "养老", "老人", "社区", "我们", "半夜"};
    return Segmenter::open(options);
}

// Sentence number n of the only turn.
CodedSpan coded(const Transcript& transcript, std::size_t n, std::uint32_t code) {
    std::size_t begin = transcript.turns[0].body.begin.value;
    for (; n > 0; --n) begin = transcript.text.find("。", begin) + 3;
    return {span_of(static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(transcript.text.find("。", begin))), code};
}

}  // namespace

TEST_CASE("words typical of coded units, with what a rule for them would add") {
    const Codebook codebook = book();
    const Segmenter words = segmenter();
    Tokenizer tokenizer(words);
    const Transcript transcript = talk("R1", {{"R1", "R1", "噪音 广场舞 半夜。噪音 广场舞。广场舞 投诉。装修 噪音。广场舞 社区。社区 老人。我们 老人。养老 老人。社区 我们。社区 投诉。社区。我们。老人。社区。老人 社区。"}});
    // By hand: sentences 0, 1, 2, 3 are coded 0; the rules reach 0, 1 and 3.
    const std::vector<CodedSpan> by_hand = {coded(transcript, 0, 0), coded(transcript, 1, 0), coded(transcript, 2, 0), coded(transcript, 3, 0)};
    const std::vector<CodedSpan> by_rules = {coded(transcript, 0, 0), coded(transcript, 1, 0), coded(transcript, 3, 0), coded(transcript, 7, 1)};
    SuggestOptions options;
    options.longest = 2;
    const StopWords stop = StopWords::built_in();
    Suggester suggester(codebook, stop, options);
    suggester.add(transcript, by_hand, by_rules, tokenizer);
    CHECK(suggester.units() == 15);
    const std::vector<Suggestion> found = suggester.suggestions();
    // 广场舞: in 3 of 4 coded units, 1 of 11 others; 噪音 is in the rules, 投诉 in one coded unit only.
    REQUIRE(found.size() == 1);
    CHECK(found[0].text == "广场舞");
    CHECK(found[0].code == 0);
    CHECK(found[0].coded == 3);
    CHECK(found[0].unreached == 1);
    CHECK(found[0].gain == 1);
    // 4 of 15 units hold it: expected 4·4/15 in coded ones, and so on.
    CHECK(found[0].log_likelihood == doctest::Approx(2 * (3 * std::log(3 / (16 / 15.0)) + std::log(1 / (44 / 15.0)) + std::log(1 / (44 / 15.0)) + 10 * std::log(10 / (121 / 15.0)))).epsilon(1e-12));
    CHECK(found[0].log_ratio == doctest::Approx(std::log2((3.0 / 4) / (1.0 / 11))).epsilon(1e-12));
    const Table table = suggestion_table(found, codebook, options, words.identity());
    REQUIRE(table.rows.size() == 1);
    CHECK(table.rows[0].path == std::vector<std::string>{"噪音扰民", "广场舞"});
}

TEST_CASE("what would change nothing, what is rare and what the rules hold is not suggested") {
    const Codebook codebook = book();
    const Segmenter words = segmenter();
    Tokenizer tokenizer(words);
    const Transcript transcript = talk("R1", {{"R1", "R1", "噪音 广场舞。噪音 广场舞。噪音。社区 我们。社区。社区 老人。老人。养老。我们。社区 投诉。"}});
    const std::vector<CodedSpan> rules = {coded(transcript, 0, 0), coded(transcript, 1, 0), coded(transcript, 2, 0)};
    SuggestOptions options;
    const StopWords stop;
    Suggester suggester(codebook, stop, options);
    suggester.add(transcript, rules, rules, tokenizer);
    // 广场舞 stands only where 噪音 does.
    CHECK(suggester.suggestions().empty());
    Suggester by_hand(codebook, stop, options);
    by_hand.add(transcript, rules, {}, tokenizer);
    REQUIRE(by_hand.suggestions().size() == 1);
    CHECK(by_hand.suggestions()[0].text == "广场舞");
    CHECK(by_hand.suggestions()[0].unreached == 2);
    options.minimum_count = 3;
    CHECK(by_hand.suggestions().empty());
}
