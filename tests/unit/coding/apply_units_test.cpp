// SPDX-License-Identifier: Apache-2.0
#include "fangtan/coding/apply.hpp"

#include "coded.hpp"

using namespace fangtan;
using namespace fangtan::testing;
using Lines = std::vector<std::string>;

namespace {

//                                 0         1         2         3         4
//                                 0123456789012345678901234567890123456789012345
const std::string kDialogue = "问：噪音多吗？\nP1：噪音，天天有。报警也多！\n有人报警说噪音。\nP2：报警少。\n";

ApplyOptions unit(UnitKind kind) { return {kind, false}; }

}  // namespace

TEST_CASE("each unit covers what it says") {
    const Codebook rules = book_of_rules({"噪音", "报警"});
    const Transcript transcript = transcript_of(kDialogue);
    CHECK(coded(rules, transcript) == Lines{"2 P1 11-18 0 1 [11-13]", "2 P1 18-23 1 1 [18-20]", "2 P1 24-32 0 1 [29-31]", "2 P1 24-32 1 1 [26-28]", "3 P2 36-40 1 1 [36-38]"});
    CHECK(coded(rules, transcript, unit(UnitKind::clause)) ==
          Lines{"2 P1 11-14 0 1 [11-13]", "2 P1 18-23 1 1 [18-20]", "2 P1 24-32 0 1 [29-31]", "2 P1 24-32 1 1 [26-28]", "3 P2 36-40 1 1 [36-38]"});
    CHECK(coded(rules, transcript, unit(UnitKind::paragraph)) ==
          Lines{"2 P1 11-23 0 1 [11-13]", "2 P1 11-23 1 1 [18-20]", "2 P1 24-32 0 1 [29-31]", "2 P1 24-32 1 1 [26-28]", "3 P2 36-40 1 1 [36-38]"});
    CHECK(coded(rules, transcript, unit(UnitKind::turn)) == Lines{"2 P1 11-32 0 1 [11-13 29-31]", "2 P1 11-32 1 1 [18-20 26-28]", "3 P2 36-40 1 1 [36-38]"});
    CHECK(coded(rules, transcript, unit(UnitKind::match)) ==
          Lines{"2 P1 11-13 0 1 [11-13]", "2 P1 18-20 1 1 [18-20]", "2 P1 26-28 1 1 [26-28]", "2 P1 29-31 0 1 [29-31]", "3 P2 36-38 1 1 [36-38]"});
    CHECK(coded(rules, transcript, unit(UnitKind::document)) == Lines{"0 - 0-41 0 1 [11-13 29-31]", "0 - 0-41 1 1 [18-20 26-28 36-38]"});
}

TEST_CASE("the interviewer is left out unless asked for") {
    const Codebook rules = book_of_rules({"噪音"});
    CHECK(coded(rules, transcript_of("问：噪音？\n答：没有。\n")).empty());
    CHECK(coded(rules, transcript_of("问：噪音？\n答：没有。\n"), {UnitKind::sentence, true}) == Lines{"1  2-5 0 1 [2-4]"});
}

TEST_CASE("rules of a code are alternatives: one coding a unit, by the first that fires") {
    const Codebook rules = book("name: 试\ncodes:\n  - name: 甲\n    rules: [报警, 噪音]\n");
    CHECK(coded(rules, transcript_of("P1：噪音多，报警多。\n")) == Lines{"1 P1 3-11 0 1 [7-9]"});
    CHECK(coded(rules, transcript_of("P1：噪音多。\n")) == Lines{"1 P1 3-7 0 2 [3-5]"});
}

TEST_CASE("a rule never reaches beyond its unit") {
    const Codebook rules = book_of_rules({"噪音 AND 报警", "噪音 NEAR/9 报警", "报警 NOT 噪音"});
    CHECK(coded(rules, transcript_of("P1：噪音多。报警多。\n")) == Lines{"1 P1 7-11 2 1 [7-9]"});
    CHECK(coded(rules, transcript_of("P1：噪音多。报警多。\n"), unit(UnitKind::turn)) == Lines{"1 P1 3-11 0 1 [3-5 7-9]", "1 P1 3-11 1 1 [3-5 7-9]"});
    CHECK(coded(rules, transcript_of("P1：噪音\nP2：报警\n"), unit(UnitKind::turn)) == Lines{"2 P2 9-11 2 1 [9-11]"});
}

TEST_CASE("a document unit hears only those who are coded") {
    const Codebook rules = book_of_rules({"噪音 AND 报警"});
    CHECK(coded(rules, transcript_of("问：噪音？\nP1：报警。\n"), unit(UnitKind::document)).empty());
    CHECK(coded(rules, transcript_of("P1：噪音。\nP1：报警。\n"), unit(UnitKind::document)) == Lines{"0 P1 0-14 0 1 [3-5 10-12]"});
    const Codebook only_p = book("name: 试\ncodes:\n  - name: 甲\n    unit: document\n    speakers: [P]\n    rules: ['噪音 AND 报警']\n");
    CHECK(coded(only_p, transcript_of("P1：噪音。\nS1：报警。\n")).empty());
    CHECK(coded(only_p, transcript_of("P1：噪音。\nS1：算了。\nP2：报警。\n")).size() == 1);
}

TEST_CASE("codes may have a unit of their own and may be limited to speakers") {
    const Codebook mixed = book(
        "name: 试\ncodes:\n"
        "  - name: 甲\n    rules: [噪音]\n"
        "  - name: 乙\n    unit: turn\n    rules: [噪音]\n"
        "  - name: 丙\n    unit: match\n    rules: [噪音]\n"
        "  - name: 丁\n    unit: document\n    rules: [噪音]\n");
    CHECK(coded(mixed, transcript_of("P1：好。噪音多。\n")) == Lines{"0 P1 0-10 3 1 [5-7]", "1 P1 3-9 1 1 [5-7]", "1 P1 5-7 2 1 [5-7]", "1 P1 5-9 0 1 [5-7]"});
    const Codebook limited = book(
        "name: 试\ncodes:\n"
        "  - name: 甲\n    speakers: [P]\n    rules: [噪音]\n"
        "  - name: 乙\n    speakers: [社工]\n    rules: [噪音]\n"
        "  - name: 丙\n    speakers: [P2, S1]\n    rules: [噪音]\n");
    ParticipantTable participants;
    participants.add({"S1", "S", "社工", {}});
    const std::string text = "P1：噪音\nP2：噪音\nS1：噪音\nS2（社工）：噪音\n";
    CHECK(coded(limited, transcript_of(text, "x", &participants), {}, participants) ==
          Lines{"1 P1 3-5 0 1 [3-5]", "2 P2 9-11 0 1 [9-11]", "2 P2 9-11 2 1 [9-11]", "3 S1 15-17 1 1 [15-17]", "3 S1 15-17 2 1 [15-17]", "4 S2 25-27 1 1 [25-27]"});
}

TEST_CASE("matches: all overlapping ones, but none inside another of the same code") {
    const Codebook rules = book("name: 试\ncodes:\n  - name: 甲\n    rules: [社工, 社工站, 哈哈, 报警 NEAR/2 噪音]\n");
    CHECK(coded(rules, transcript_of("P1：社工站，社工。\n"), unit(UnitKind::match)) == Lines{"1 P1 3-6 0 2 [3-6]", "1 P1 7-9 0 1 [7-9]"});
    CHECK(coded(rules, transcript_of("P1：哈哈哈\n"), unit(UnitKind::match)) == Lines{"1 P1 3-5 0 3 [3-5]", "1 P1 4-6 0 3 [4-6]"});
    CHECK(coded(rules, transcript_of("P1：报警说噪音\n"), unit(UnitKind::match)) == Lines{"1 P1 3-8 0 4 [3-5 6-8]"});
}

TEST_CASE("counts of a document: turns of all, units and characters of those who are coded") {
    const Application application(book_of_rules({"噪音"}), {}, {});
    Applier applier(application);
    LineSink sink;
    applier.apply(transcript_of(kDialogue), sink);
    CHECK(sink.turns == 3);
    CHECK(sink.units == 4);
    REQUIRE(sink.speech.size() == 2);
    CHECK(sink.speech[0].units == 3);
    CHECK(sink.speech[0].characters == 21);
    CHECK(sink.speech[1].characters == 4);
}

TEST_CASE("a long text without line ends is worked through in pieces") {
    std::string text;
    for (int i = 0; i < 30'000; ++i) text += i % 1000 == 999 ? "噪音多。" : "没有什么。";
    const std::vector<std::string> lines = coded(book_of_rules({"噪音"}), transcript_of(text));
    CHECK(lines.size() == 30);
    CHECK(lines[0] == "1 P1 4995-4999 0 1 [4995-4997]");
    CHECK(lines[29] == "1 P1 149966-149970 0 1 [149966-149968]");
}
