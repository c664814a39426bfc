// SPDX-License-Identifier: Apache-2.0
//
// Codings of random dialogues against a naive reading: for every turn and unit, every rule by the naive matcher.
#include "../../support/random.hpp"
#include "../query/naive_matcher.hpp"
#include "coded.hpp"
#include "fangtan/coding/unit.hpp"

using namespace fangtan;
using namespace fangtan::testing;

TEST_CASE("codings of random dialogues are those of the naive matcher") {
    const std::vector<std::string> pieces = {"警察", "報警", "报警", "噪音", "。", "，", "！", "”", "“", "\n", "a", "APP", " ", "社区", "社區矯正", "😀", "……", "说"};
    const std::vector<std::string> labels = {"P1：", "P2：", "问：", "S1（社工）："};
    const std::vector<std::string> rules = {"报警", "报警 NOT 噪音", "报警 NEAR/3 噪音", "社区 EXCEPT 社区矫正", "app OR 警*报", "/报警|噪./"};
    const Codebook codebook = book_of_rules(rules);
    std::size_t codings = 0;
    for (std::uint64_t seed = 1; seed <= cases(3000); ++seed) {
        Random random(seed);
        std::string text;
        for (std::size_t turns = 1 + random.below(5); turns > 0; --turns) {
            text += random.pick(labels) + "好";
            for (std::size_t n = random.below(25); n > 0; --n) text += random.pick(pieces);
            text += "\n";
        }
        const UnitKind kind = random.pick(std::vector<UnitKind>{UnitKind::sentence, UnitKind::clause, UnitKind::turn, UnitKind::paragraph});
        const Transcript transcript = transcript_of(text);
        std::vector<std::string> expected;
        const CodePointIndex index(transcript.text);
        const auto range = [&](Span span) {
            return std::to_string(index.to_character(span.begin).value) + "-" + std::to_string(index.to_character(span.end).value);
        };
        for (std::size_t turn = 0; turn < transcript.turns.size(); ++turn) {
            const Speaker& speaker = transcript.speakers[transcript.turns[turn].speaker];
            if (speaker.interviewer) continue;
            std::vector<Span> units;
            coding::append_units(transcript.text, transcript.turns[turn].body, kind, units);
            for (const Span unit : units) {
                const NaiveMatcher naive(transcript.text, unit);
                for (std::size_t code = 0; code < rules.size(); ++code) {
                    const auto places = naive.places(codebook.codes()[code].rules[0].query);
                    if (!places) continue;
                    std::set<Span> evidence;
                    for (const auto& place : *places) evidence.insert(place.evidence.begin(), place.evidence.end());
                    std::string line = std::to_string(turn + 1) + " " + speaker.participant + " " + range(unit) + " " + std::to_string(code) + " 1 [";
                    for (const Span span : evidence) line += (line.back() == '[' ? "" : " ") + range(span);
                    expected.push_back(line + "]");
                }
            }
        }
        const std::vector<std::string> found = coded(codebook, transcript, {kind, false});
        codings += found.size();
        if (found != expected) {
            CAPTURE(seed);
            CAPTURE(text);
            REQUIRE(found.size() == expected.size());
            REQUIRE(found == expected);
        }
    }
    CHECK(codings > cases(3000));
}
