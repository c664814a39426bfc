// SPDX-License-Identifier: Apache-2.0
//
// Which units, speakers and rules make which codings; and the whole of it
// against a plain loop over turns, units, codes and rules.
#include "fangtan/coding/apply.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "../../support/random.hpp"
#include "../query/naive_matcher.hpp"
#include "applied.hpp"
#include "fangtan/coding/unit.hpp"

using namespace fangtan;
using testing::applied;
using testing::KeptCoding;
using testing::Random;
using testing::simple_codebook;
using testing::transcript_of;

namespace {

const char* const kDialogue =
    "问：报警多吗？\n"
    "P1（民警）：报警多，纠纷多。没有报警。\n"
    "噪音也报警。\n"
    "S2：社工处理纠纷。\n";

ApplyOptions with(UnitKind unit, bool include_interviewer = false) { return {unit, include_interviewer}; }

}  // namespace

TEST_CASE("each kind of unit") {
    const Codebook codebook = simple_codebook({{"甲", "rules: [报警]"}, {"乙", "rules: [社工, 纠纷]"}});
    CHECK(applied(codebook, kDialogue, with(UnitKind::sentence)) ==
          "2 P1 甲#1 [报警多，纠纷多。] {报警}\n"
          "2 P1 乙#2 [报警多，纠纷多。] {纠纷}\n"
          "2 P1 甲#1 [没有报警。] {报警}\n"
          "2 P1 甲#1 [噪音也报警。] {报警}\n"
          "3 S2 乙#1 [社工处理纠纷。] {社工}\n");
    CHECK(applied(codebook, kDialogue, with(UnitKind::clause)) ==
          "2 P1 甲#1 [报警多，] {报警}\n"
          "2 P1 乙#2 [纠纷多。] {纠纷}\n"
          "2 P1 甲#1 [没有报警。] {报警}\n"
          "2 P1 甲#1 [噪音也报警。] {报警}\n"
          "3 S2 乙#1 [社工处理纠纷。] {社工}\n");
    CHECK(applied(codebook, kDialogue, with(UnitKind::paragraph)) ==
          "2 P1 甲#1 [报警多，纠纷多。没有报警。] {报警 报警}\n"
          "2 P1 乙#2 [报警多，纠纷多。没有报警。] {纠纷}\n"
          "2 P1 甲#1 [噪音也报警。] {报警}\n"
          "3 S2 乙#1 [社工处理纠纷。] {社工}\n");
    CHECK(applied(codebook, kDialogue, with(UnitKind::turn)) ==
          "2 P1 甲#1 [报警多，纠纷多。没有报警。\n噪音也报警。] {报警 报警 报警}\n"
          "2 P1 乙#2 [报警多，纠纷多。没有报警。\n噪音也报警。] {纠纷}\n"
          "3 S2 乙#1 [社工处理纠纷。] {社工}\n");
    CHECK(applied(codebook, kDialogue, with(UnitKind::match)) ==
          "2 P1 甲#1 [报警] {报警}\n"
          "2 P1 乙#2 [纠纷] {纠纷}\n"
          "2 P1 甲#1 [报警] {报警}\n"
          "2 P1 甲#1 [报警] {报警}\n"
          "3 S2 乙#1 [社工] {社工}\n"
          "3 S2 乙#2 [纠纷] {纠纷}\n");
    const std::string whole = kDialogue;
    CHECK(applied(codebook, kDialogue, with(UnitKind::document)) ==
          "0 - 甲#1 [" + whole + "] {报警 报警 报警}\n"
          "0 - 乙#1 [" + whole + "] {社工}\n");
}

TEST_CASE("a code's own unit stands before the option") {
    const Codebook mixed = testing::codebook_of(
        "name: 测试\ncodes:\n"
        "  - {name: 甲, unit: match, rules: [报警]}\n"
        "  - {name: 乙, unit: turn, rules: [纠纷]}\n"
        "  - {name: 丙, rules: [纠纷]}\n"
        "  - {name: 丁, unit: clause, rules: [纠纷]}\n");
    CHECK(applied(mixed, "S2：先报警，再处理纠纷。完。\n", with(UnitKind::sentence)) ==
          "1 S2 丙#1 [先报警，再处理纠纷。] {纠纷}\n"
          "1 S2 乙#1 [先报警，再处理纠纷。完。] {纠纷}\n"
          "1 S2 甲#1 [报警] {报警}\n"
          "1 S2 丁#1 [再处理纠纷。] {纠纷}\n");
}

TEST_CASE("rules are alternatives: the first that fires, with its evidence") {
    const Codebook codebook = simple_codebook({{"甲", "rules: [报警 NEAR/3 纠纷, 报警 AND 噪音, 报警 NOT 刑事, /\\d+宗/]"}});
    CHECK(applied(codebook, "P1：报警是纠纷。\n") == "1 P1 甲#1 [报警是纠纷。] {报警 纠纷}\n");
    CHECK(applied(codebook, "P1：噪音太大，就报警。\n") == "1 P1 甲#2 [噪音太大，就报警。] {噪音 报警}\n");
    CHECK(applied(codebook, "P1：报警。\n") == "1 P1 甲#3 [报警。] {报警}\n");
    CHECK(applied(codebook, "P1：刑事报警。\n").empty());
    CHECK(applied(codebook, "P1：刑事报警３０宗。\n") == "1 P1 甲#4 [刑事报警３０宗。] {３０宗}\n");
    // A rule that only denies fires without evidence.
    CHECK(applied(simple_codebook({{"乙", "rules: [NOT 报警]"}}), "P1：好。报警。\n") == "1 P1 乙#1 [好。]\n");
}

TEST_CASE("script, width and case do not matter, the original is kept") {
    CHECK(applied(simple_codebook({{"甲", "rules: [警务, abc]"}}), "P1：基層警務。ＡＢＣ。\n") ==
          "1 P1 甲#1 [基層警務。] {警務}\n1 P1 甲#2 [ＡＢＣ。] {ＡＢＣ}\n");
}

TEST_CASE("matches that overlap are codings each, those inside another of the same code are not") {
    // 社工站 holds 社工; 工站点 overlaps it.
    CHECK(applied(simple_codebook({{"甲", "rules: [社工, 社工站, 工站点]"}}), "P1：社工站点和社工。\n", with(UnitKind::match)) ==
          "1 P1 甲#2 [社工站] {社工站}\n"
          "1 P1 甲#3 [工站点] {工站点}\n"
          "1 P1 甲#1 [社工] {社工}\n");
    CHECK(applied(simple_codebook({{"甲", "rules: [社工]"}, {"乙", "rules: [社工站]"}}), "P1：社工站。\n", with(UnitKind::match)) ==
          "1 P1 甲#1 [社工] {社工}\n"
          "1 P1 乙#1 [社工站] {社工站}\n");
    // The same place by two rules: once, by the first.
    CHECK(applied(simple_codebook({{"甲", "rules: [社 NEAR/1 工, 社工]"}}), "P1：社工。\n", with(UnitKind::match)) == "1 P1 甲#1 [社工] {社 工}\n");
    CHECK(applied(simple_codebook({{"甲", "rules: [社 NEAR/2 站]"}}), "P1：社工站，完。\n", with(UnitKind::match)) == "1 P1 甲#1 [社工站] {社 站}\n");
}

TEST_CASE("a rule never reaches beyond its unit") {
    const Codebook near = simple_codebook({{"甲", "rules: [报警 NEAR/8 纠纷]"}});
    CHECK(applied(near, "P1：报警。纠纷。\n").empty());
    CHECK(applied(near, "P1：报警。纠纷。\n", with(UnitKind::paragraph)).starts_with("1 P1 甲#1"));
    CHECK(applied(near, "P1：报警。\n纠纷。\n", with(UnitKind::paragraph)).empty());
    CHECK(applied(near, "P1：报警。\n纠纷。\n", with(UnitKind::turn)).starts_with("1 P1 甲#1"));
    CHECK(applied(near, "P1：报警。\nP2：纠纷。\n", with(UnitKind::turn)).empty());
    CHECK(applied(near, "P1：报警。\nP1：纠纷。\n", with(UnitKind::document)).starts_with("0 P1 甲#1"));
    CHECK(applied(near, "P1：报警。\nP2：纠纷。\n", with(UnitKind::document)).starts_with("0 - 甲#1"));
    // The interviewer's words are not data, nor do they keep others apart.
    CHECK(applied(near, "P1：报警。\n问：好好好好好好好好好好好？\nP1：纠纷。\n", with(UnitKind::document)).starts_with("0 P1 甲#1"));
    CHECK(applied(near, "P1：报警。\n问：纠纷？\n", with(UnitKind::document)).empty());
    CHECK(applied(near, "P1：报警。\n问：纠纷？\n", with(UnitKind::document, true)).starts_with("0 - 甲#1"));
}

TEST_CASE("interviewers are left out unless they are asked for") {
    const Codebook codebook = simple_codebook({{"甲", "rules: [报警]"}});
    const std::string text = "问：报警多吗？\n答：报警多。\n";
    CHECK(applied(codebook, text) == "2 T 甲#1 [报警多。] {报警}\n");
    CHECK(applied(codebook, text, with(UnitKind::sentence, true)) == "1 问 甲#1 [报警多吗？] {报警}\n2 T 甲#1 [报警多。] {报警}\n");
}

TEST_CASE("codes that apply to some speakers only") {
    ParticipantTable participants;
    participants.add({"S2", "社", "社工", {}});
    participants.add({"P9", "P", "", {}});
    const std::string text = "P1（民警）：纠纷。\nS2：纠纷。\nP9（辅警）：纠纷。\n问：纠纷？\n";
    const auto whose = [&](const std::string& speakers, bool include_interviewer = false) {
        const Codebook codebook = testing::codebook_of("name: 测试\ncodes:\n  - {name: 甲, speakers: [" + speakers + "], rules: [纠纷]}\n");
        const Transcript transcript = transcript_of(text);
        std::string all;
        for (const KeptCoding& coding : testing::apply(codebook, transcript, with(UnitKind::sentence, include_interviewer), participants).codings) all += coding.who + " ";
        return all;
    };
    CHECK(whose("P1") == "P1 ");
    CHECK(whose("P") == "P1 P9 ");     // a group is the letters of the id …
    CHECK(whose("S").empty());         // … unless the table says otherwise
    CHECK(whose("社") == "S2 ");
    CHECK(whose("民警") == "P1 ");     // the role in brackets
    CHECK(whose("社工") == "S2 ");     // the role of the table
    CHECK(whose("辅警") == "P9 ");     // the table says none
    CHECK(whose("社工, P1") == "P1 S2 ");
    CHECK(whose("问").empty());
    CHECK(whose("问", true) == "问 ");
    CHECK(whose("甲").empty());
    // In a document only those are heard.
    const Codebook document = testing::codebook_of("name: 测试\ncodes:\n  - {name: 甲, unit: document, speakers: [P1], rules: [纠纷 AND 报警]}\n  - {name: 乙, unit: document, rules: [纠纷 AND 报警]}\n");
    CHECK(applied(document, "P1：纠纷。\nP2：报警。\n") == "0 - 乙#1 [P1：纠纷。\nP2：报警。\n] {纠纷 报警}\n");
    CHECK(applied(document, "P1：纠纷。\nP2：好。\nP1：报警。\n").starts_with("0 P1 甲#1"));
}

TEST_CASE("evidence of a document is where it stands, though what lies between was not heard") {
    const Codebook codebook = simple_codebook({{"甲", "rules: [一 AND 三]"}});
    const Transcript transcript = transcript_of("P1：一二。\n问：一三？\nP1：😀三。\n");
    const auto codings = testing::apply(codebook, transcript, with(UnitKind::document)).codings;
    REQUIRE(codings.size() == 1);
    REQUIRE(codings[0].evidence.size() == 2);
    CHECK(codings[0].evidence[0].begin.value == transcript.text.find("一二"));
    CHECK(codings[0].evidence[1].begin.value == transcript.text.find("三。"));
    CHECK(codings[0].span == span_of(0, static_cast<std::uint32_t>(transcript.text.size())));
}

TEST_CASE("what a document holds") {
    const Codebook codebook = simple_codebook({{"甲", "rules: [报警]"}});
    const auto counts = [&](UnitKind unit, bool include_interviewer) { return testing::apply(codebook, transcript_of("问：好吗？\nP1：好，好。真的。\nP2：嗯。\nP1：完\n"), with(unit, include_interviewer)).counts; };
    const DocumentCounts sentences = counts(UnitKind::sentence, false);
    CHECK(sentences.turns == 4);
    CHECK(sentences.units == 4);
    REQUIRE(sentences.speech.size() == 2);
    CHECK(sentences.speech[0].turns == 2);
    CHECK(sentences.speech[0].units == 3);
    CHECK(sentences.speech[0].characters == 8);
    CHECK(sentences.speech[1].turns == 1);
    CHECK(sentences.speech[1].characters == 2);
    CHECK(counts(UnitKind::clause, false).units == 5);
    CHECK(counts(UnitKind::turn, false).units == 3);
    CHECK(counts(UnitKind::document, false).units == 1);
    const DocumentCounts all = counts(UnitKind::sentence, true);
    CHECK(all.units == 5);
    REQUIRE(all.speech.size() == 3);
    CHECK(all.speech[0].characters == 3);
    const DocumentCounts nothing = testing::apply(codebook, transcript_of(""), with(UnitKind::document)).counts;
    CHECK(nothing.turns == 0);
    CHECK(nothing.units == 0);
    CHECK(nothing.speech.empty());
}

namespace {

// What must come out, by trying every rule in every unit of every turn.
std::vector<KeptCoding> naive(const Codebook& codebook, const Transcript& transcript, const ApplyOptions& options) {
    std::vector<KeptCoding> all;
    for (std::uint32_t number = 0; number < transcript.turns.size(); ++number) {
        const Turn& turn = transcript.turns[number];
        const Speaker& speaker = transcript.speakers[turn.speaker];
        if (speaker.interviewer && !options.include_interviewer) continue;
        const std::string who = speaker.interviewer ? speaker.label : speaker.participant;
        std::vector<KeptCoding> of_turn;
        for (std::uint32_t code = 0; code < codebook.codes().size(); ++code) {
            const Code& entry = codebook.codes()[code];
            const UnitKind kind = entry.unit.value_or(options.unit);
            std::vector<Span> units;
            coding::append_units(transcript.text, turn.body, kind, units);
            for (const Span unit : units) {
                const testing::NaiveMatcher matcher(transcript.text, unit);
                std::vector<std::pair<Span, KeptCoding>> matches;
                for (std::uint32_t rule = 0; rule < entry.rules.size(); ++rule) {
                    const auto places = matcher.places(entry.rules[rule].query);
                    if (!places) continue;
                    if (kind == UnitKind::match) {
                        for (const auto& place : *places) matches.push_back({place.span, {place.span, number + 1, who, CodeId{code}, rule + 1, {place.evidence.begin(), place.evidence.end()}}});
                        continue;
                    }
                    std::set<Span> evidence;
                    for (const auto& place : *places) evidence.insert(place.evidence.begin(), place.evidence.end());
                    of_turn.push_back({unit, number + 1, who, CodeId{code}, rule + 1, {evidence.begin(), evidence.end()}});
                    break;
                }
                for (std::size_t i = 0; i < matches.size(); ++i) {
                    const bool covered = std::any_of(matches.begin(), matches.end(), [&](const auto& other) {
                        return other.first.contains(matches[i].first) && (other.first != matches[i].first || other.second.rule < matches[i].second.rule);
                    });
                    if (!covered) of_turn.push_back(matches[i].second);
                }
            }
        }
        std::stable_sort(of_turn.begin(), of_turn.end(), [](const KeptCoding& a, const KeptCoding& b) { return std::tie(a.span, a.code) < std::tie(b.span, b.code); });
        all.insert(all.end(), of_turn.begin(), of_turn.end());
    }
    return all;
}

const std::vector<std::string> kRules = {"社工", "警", "a", "工站", "社工站", "警察 OR 社", "警 AND 工", "社 NEAR/2 站", "工 BEFORE/3 警", "警 NOT 社", "社 EXCEPT 社工", "社*站", "a b", "/[社警]./", "NOT 社"};

std::string random_dialogue(Random& random) {
    static const std::vector<std::string> characters = {"社", "工", "站", "警", "察", "务", "務", "a", "b", "A", " ", "，", "。", "！", "\n", "“", "”", "1", "😀"};
    std::string text;
    for (std::size_t turns = 1 + random.below(5); turns > 0; --turns) {
        text += random.pick(std::vector<std::string>{"问：", "P1：", "S2：", "P1（民警）："});
        for (std::size_t n = random.below(30); n > 0; --n) text += random.pick(characters);
        text += "\n";
    }
    return text;
}

}  // namespace

TEST_CASE("codings of random dialogues agree with a plain loop") {
    std::size_t codings = 0;
    for (std::uint64_t seed = 1; seed <= testing::cases(1'500); ++seed) {
        CAPTURE(seed);
        Random random(seed);
        std::string yaml = "name: 测试\ncodes:\n";
        const bool mixed = random.chance(30);
        for (std::size_t code = 0; code < 1 + random.below(4); ++code) {
            yaml += "  - name: 码" + std::to_string(code) + "\n";
            if (mixed) yaml += "    unit: " + random.pick(std::vector<std::string>{"clause", "sentence", "match", "paragraph", "turn"}) + "\n";
            yaml += "    rules:\n";
            for (std::size_t rule = 1 + random.below(3); rule > 0; --rule) yaml += "      - '" + random.pick(kRules) + "'\n";
        }
        const Codebook codebook = testing::codebook_of(yaml);
        const Transcript transcript = transcript_of(random_dialogue(random));
        const ApplyOptions options = with(random.pick(std::vector<UnitKind>{UnitKind::sentence, UnitKind::match, UnitKind::clause, UnitKind::turn}), random.chance(30));
        const auto expected = naive(codebook, transcript, options);
        const auto got = testing::apply(codebook, transcript, options).codings;
        codings += got.size();
        if (got == expected) continue;
        CAPTURE(yaml);
        CAPTURE(transcript.text);
        REQUIRE(testing::shown(codebook, transcript, got) == testing::shown(codebook, transcript, expected));
        REQUIRE(got == expected);
    }
    CHECK(codings > testing::cases(1'500));
}

TEST_CASE("documents longer than what the matcher reads at once") {
    const Codebook codebook = testing::codebook_of("name: 测试\ncodes:\n  - {name: 甲, rules: [社工]}\n  - {name: 乙, unit: match, rules: [站 NEAR/5 警]}\n");
    std::string text = "P1：";
    std::size_t expected = 0;
    for (int i = 0; i < 20'000; ++i) {
        text += i % 7 == 0 ? "社工来了。" : i % 11 == 0 ? "站在警察旁。" : "别的什么。";
        expected += i % 7 == 0 || i % 11 == 0 ? 1 : 0;
    }
    const Transcript transcript = transcript_of(text);
    const auto codings = testing::apply(codebook, transcript).codings;
    REQUIRE(codings.size() == expected);
    std::uint32_t last = 0;
    std::size_t wrong = 0;
    for (const KeptCoding& coding : codings) {
        const std::string_view passage = coding.span.of(transcript.text);
        wrong += coding.span.begin.value < last || (passage != "社工来了。" && passage != "站在警") ? 1 : 0;
        last = coding.span.begin.value;
    }
    CHECK(wrong == 0);
}
