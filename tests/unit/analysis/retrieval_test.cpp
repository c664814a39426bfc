// SPDX-License-Identifier: Apache-2.0
//
// Queries with fields: what is taken for a field, whom values fit, and which
// units hold.
#include "fangtan/analysis/retrieval.hpp"

#include <doctest/doctest.h>

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "../../support/random.hpp"
#include "../coding/applied.hpp"
#include "fangtan/analysis/field_pattern.hpp"
#include "fangtan/analysis/field_query.hpp"
#include "fangtan/base/error.hpp"
#include "fangtan/query/query.hpp"
#include "set_builder.hpp"

using namespace fangtan;
using analysis::FieldPattern;
using analysis::RetrievalOptions;
using testing::SetBuilder;
using testing::transcript_of;

namespace {

const char* const kDialogue =
    "问：报警多吗？\n"
    "P1（民警）：报警多，纠纷多。没有报警也去。\n"
    "噪音也报警。\n"
    "S2：社工处理纠纷。\n";

ParticipantTable people() {
    ParticipantTable table;
    table.add({"P1", "P", "民警", {{"station", "北门派出所"}, {"年资", "12"}}});
    table.add({"S2", "S", "社工", {{"station", "南桥社工站"}}});
    return table;
}

// "2[报警] 2[报警]", a unit a line.
std::string retrieved(const std::string& query, const RetrievalOptions& options = {}, const CodingSet* codings = nullptr, const std::string& text = kDialogue) {
    const ParticipantTable table = people();
    Diagnostics diagnostics;
    const auto retrieval = analysis::Retrieval::open(query, "QUERY", options, table, codings, diagnostics);
    INFO(query, "\n", to_text(diagnostics));
    REQUIRE(retrieval.has_value());
    const Transcript transcript = transcript_of(text);
    analysis::Retriever retriever(*retrieval);
    std::string all;
    retriever.retrieve(transcript, [&](const analysis::RetrievedUnit& unit) {
        for (const auto& place : unit.places) all += (&place == unit.places.data() ? "" : " ") + std::to_string(place.turn) + "[" + std::string(place.span.of(transcript.text)) + "]";
        all += "\n";
    });
    return all;
}

// "column: sentence" of the first fault.
std::string fault(const std::string& query, bool codings = false) {
    Diagnostics diagnostics;
    const auto parsed = analysis::parse_with_fields(query, "QUERY", {{"station", "年资"}, codings}, diagnostics);
    if (parsed) return "good";
    REQUIRE(!diagnostics.entries().empty());
    const Diagnostic& first = diagnostics.entries()[0];
    return std::to_string(first.position.column) + ": " + first.message;
}

std::string understood(const std::string& query) {
    Diagnostics diagnostics;
    const auto parsed = analysis::parse_with_fields(query, "QUERY", {{"station", "年资"}, true}, diagnostics);
    INFO(query, "\n", to_text(diagnostics));
    REQUIRE(parsed.has_value());
    return query::print(*parsed);
}

}  // namespace

TEST_CASE("values fit whole names, folded, with wildcards") {
    CHECK(FieldPattern("P1").fits("Ｐ１"));
    CHECK(FieldPattern("p?").fits("P1"));
    CHECK_FALSE(FieldPattern("p?").fits("P12"));
    CHECK_FALSE(FieldPattern("P").fits("P1"));
    CHECK(FieldPattern("北*所").fits("北門派出所"));
    CHECK(FieldPattern("*派*").fits("北门派出所"));
    CHECK(FieldPattern("**").fits("甲"));
    CHECK(FieldPattern("*a*ab").fits("aaab"));
    CHECK_FALSE(FieldPattern("*a*abc").fits("aaab"));
    CHECK_FALSE(FieldPattern("*").fits(""));     // what is not known fits nothing
    CHECK_FALSE(FieldPattern("＊").fits("甲"));  // a full-width asterisk is none
    CHECK(FieldPattern("caf\xC3\xA9").fits("CAFE\xCC\x81"));
}

TEST_CASE("what is a field and what is text") {
    CHECK(understood("speaker:P1 AND station:北门*") == "speaker:P1 AND station:北门*");
    CHECK(understood("年资:12 OR code:合作/顺畅") == "年资:12 OR code:\"合作/顺畅\"");  // print() quotes what holds a slash
    CHECK(understood("NOT (station:「北 门」 OR station:南桥)") == "NOT (station:\"北 门\" OR station:南桥)");
    CHECK(understood("station：北门") == "station:北门");
    for (const char* text : {"12:30", "他说：好", "\"station:北门\"", "问: 报警", "/station:北/", "/a\\/b:c/"}) {
        INFO(text);
        Diagnostics diagnostics;
        const auto parsed = analysis::parse_with_fields(text, "QUERY", {{"station"}, true}, diagnostics);
        REQUIRE(parsed.has_value());
        CHECK_FALSE(std::holds_alternative<Field>(parsed->node));
    }
}

TEST_CASE("faults stand where they were typed") {
    const std::string known = "; known are speaker, participant, group, role, document, code, station, 年资";
    CHECK(fault("噪音 AND staton:北") == "8: there is no field staton:" + known + "; did you mean station:? (a text with a colon stands in quotation marks)");
    CHECK(fault("sation：北").starts_with("1: there is no field sation:"));
    CHECK(fault("coder:甲").starts_with("1: there is no field coder:"));
    CHECK(fault("status:甲").starts_with("1: there is no field status:"));
    CHECK(fault("code:甲") == "1: the field code: needs codings to look into; none are given (option --codings)");
    CHECK(fault("code:甲", true) == "good");
    CHECK(fault("甲 AND station: 乙").starts_with("7: the field station: has no value"));
    CHECK(fault("甲 AND station:「」").starts_with("7: the field station: has no value"));
    CHECK(fault("甲 AND group:").starts_with("7: the field group: has no value"));
    // Behind an attribute, which stands under another name while it is parsed.
    CHECK(fault("station:北门 AND 年资:12 AND (报警").starts_with("26: the bracket that opens here"));
    CHECK(fault("station:北门 AND").starts_with("15: the query ends"));
    CHECK(fault("station:「北门").starts_with("9: the quotation mark that opens here"));
    CHECK(fault("station:北 NEAR/3 甲").starts_with("11: NEAR needs a text on its left side"));
    CHECK_THROWS_AS((void)fault("\xE5\x8C"), Error);
}

TEST_CASE("fields about people") {
    const std::string p1 = "2[报警]\n2[报警]\n2[报警]\n";
    CHECK(retrieved("报警") == p1);
    CHECK(retrieved("報警 AND speaker:p1") == p1);
    CHECK(retrieved("报警 AND participant:P? AND group:P AND role:民警 AND document:t") == p1);
    CHECK(retrieved("报警 AND document:T.txt") == p1);
    CHECK(retrieved("报警 AND station:北門*") == p1);
    CHECK(retrieved("报警 AND station:南*") == "");
    CHECK(retrieved("NOT station:北* AND 纠纷") == "3[纠纷]\n");
    CHECK(retrieved("年资:* AND 纠纷") == "2[纠纷]\n");      // S2 has none
    CHECK(retrieved("NOT 年资:* AND 纠纷") == "3[纠纷]\n");
    CHECK(retrieved("报警 AND speaker:问") == "");
    CHECK(retrieved("报警 AND speaker:问", {UnitKind::sentence, true}) == "1[报警]\n");
}

TEST_CASE("each term of AND once, nothing inside another, whole units without a place") {
    CHECK(retrieved("报警 AND 多") == "2[报警] 2[多] 2[多]\n");
    CHECK(retrieved("噪音 OR 报警 AND 纠纷") == "2[报警] 2[纠纷]\n2[噪音]\n");
    CHECK(retrieved("报警 OR 报警多") == "2[报警多]\n2[报警]\n2[报警]\n");
    CHECK(retrieved("报警 OR 报警") == "2[报警]\n2[报警]\n2[报警]\n");
    CHECK(retrieved("报警 NEAR/3 多") == "2[报警多]\n");         // 报警多，纠纷多: the second is four away
    CHECK(retrieved("报警 NEAR/4 多") == "2[报警多，纠纷多]\n");  // the first pair lies inside
    CHECK(retrieved("speaker:S2") == "3[社工处理纠纷。]\n");
    CHECK(retrieved("NOT 报警") == "3[社工处理纠纷。]\n");
    CHECK(retrieved("speaker:S2 OR 噪音") == "2[噪音]\n3[社工处理纠纷。]\n");
    CHECK(retrieved("speaker:P1 NOT 纠纷", {UnitKind::turn, false}) == "");
    CHECK(retrieved("社区 EXCEPT 社区矫正", {}, nullptr, "P1：社区矫正在社区做。") == "1[社区]\n");
}

TEST_CASE("each kind of unit") {
    CHECK(retrieved("报警 AND 纠纷", {UnitKind::clause, false}) == "");
    CHECK(retrieved("报警 AND 纠纷", {UnitKind::paragraph, false}) == "2[报警] 2[纠纷] 2[报警]\n");
    CHECK(retrieved("报警 AND 噪音", {UnitKind::turn, false}) == "2[报警] 2[报警] 2[噪音] 2[报警]\n");
    CHECK(retrieved("噪音 AND 社工", {UnitKind::document, false}) == "2[噪音] 3[社工]\n");
    CHECK(retrieved("噪音 BEFORE/20 社工", {UnitKind::document, false}) == "2[噪音] 3[社工]\n");  // only the terms
    CHECK(retrieved("噪音 BEFORE/2 报警", {UnitKind::document, false}) == "2[噪音也报警]\n");
    CHECK(retrieved("speaker:S2 AND 噪音", {UnitKind::document, false}) == "2[噪音]\n");
    CHECK(retrieved("speaker:S9 AND 噪音", {UnitKind::document, false}) == "");
    CHECK(retrieved("speaker:S2", {UnitKind::document, false}, nullptr, "P1：甲。\nS2：乙。") == "1[甲。] 2[乙。]\n");
}

TEST_CASE("codes: id, name or path, with everything below") {
    // Body of P1: 报警多，纠纷多。 = [15,23), 没有报警也去。 = [23,30), line end, 噪音也报警。 = [31,37). S2: [41,48).
    SetBuilder builder;
    builder.code("困扰").code("困扰/噪音").code("合作").document("T", 49, {{"P1", 22}, {"S2", 7}});
    builder.coding("T", 15, 23, "困扰", "P1").coding("T", 31, 37, "困扰/噪音", "P1").coding("T", 41, 48, "合作", "S2", "甲", CodingStatus::rejected);
    const CodingSet& set = builder.set;
    CHECK(retrieved("code:困扰", {}, &set) == "2[报警多，纠纷多。]\n2[噪音也报警。]\n");
    CHECK(retrieved("code:困扰/噪音", {}, &set) == "2[噪音也报警。]\n");
    CHECK(retrieved("code:噪音", {}, &set) == "2[噪音也报警。]\n");
    CHECK(retrieved("code:\"困擾 > 噪音\"", {}, &set) == "2[噪音也报警。]\n");
    CHECK(retrieved("code:困扰/*", {}, &set) == "2[噪音也报警。]\n");
    CHECK(retrieved("code:合作", {}, &set) == "");  // rejected
    CHECK(retrieved("报警 NOT code:困扰", {}, &set) == "2[报警]\n");
    CHECK(retrieved("code:噪音 AND 没有", {UnitKind::turn, false}, &set) == "2[没有]\n");
    CHECK(retrieved("code:困扰 AND code:噪音 AND 社工", {UnitKind::document, false}, &set) == "3[社工]\n");
}

TEST_CASE("a coding touches the units it shares a character with") {
    for (std::uint32_t start = 0; start < 49; ++start) {
        SetBuilder builder;
        builder.code("甲").document("T", 49, {}).coding("T", start, start + 1, "甲", "");
        const std::string expected = start >= 15 && start < 23 ? "2[报警多，纠纷多。]\n" : start >= 23 && start < 30 ? "2[没有报警也去。]\n" : start >= 31 && start < 37 ? "2[噪音也报警。]\n" : start >= 41 && start < 48 ? "3[社工处理纠纷。]\n" : "";
        INFO(start);
        CHECK(retrieved("code:甲", {}, &builder.set) == expected);
    }
}

TEST_CASE("codings of another version are refused") {
    SetBuilder builder;
    builder.code("甲").document("T", 49, {});
    builder.set.documents[0].sha256 = std::string(64, 'a');
    CHECK(retrieved("噪音", {}, &builder.set) == "2[噪音]\n");
    builder.set.documents[0].sha256 = std::string(64, 'b');
    CHECK_THROWS_WITH_AS((void)retrieved("噪音", {}, &builder.set), "the codings were made from another version of this document (\"T\"); code it again", Error);
    builder.set.documents[0].sha256.clear();
    builder.coding("T", 50, 99, "甲", "");
    CHECK_THROWS_AS((void)retrieved("噪音", {}, &builder.set), Error);
}

TEST_CASE("which fields fitted") {
    const ParticipantTable table = people();
    Diagnostics diagnostics;
    SetBuilder builder;
    builder.code("甲");
    const auto retrieval = analysis::Retrieval::open("speaker:S2 OR station:火星 OR code:甲 OR code:乙 OR document:T OR document:X OR speaker:问", "QUERY", {}, table, &builder.set, diagnostics);
    REQUIRE(retrieval.has_value());
    analysis::Retriever retriever(*retrieval);
    retriever.retrieve(transcript_of(kDialogue), [](const analysis::RetrievedUnit&) {});
    CHECK(retriever.fitted() == std::vector<bool>{true, false, true, false, true, false, false});
}

TEST_CASE("a turn longer than a stretch") {
    std::string text = "P1：";
    for (int i = 0; i < 12'000; ++i) text += i % 4'000 == 17 ? "有人报警。" : "天气不错。";
    CHECK(retrieved("报警", {}, nullptr, text) == "1[报警]\n1[报警]\n1[报警]\n");
    CHECK(retrieved("报警 AND 天气", {UnitKind::turn, false}, nullptr, text).size() > 12'000);
}

namespace {

// A random query as text, and whether it holds in a unit: worked out by looking, not by the program's own means.
struct RandomQuery {
    std::string text;
    std::function<bool(const std::string& speaker, const std::string& unit)> holds;
};

RandomQuery random_query(testing::Random& random, int depth) {
    const std::vector<std::string> terms = {"报", "警", "忙", "碌", "报警"};
    const std::vector<std::string> speakers = {"P1", "P2", "S1"};
    const std::size_t kind = depth == 0 ? random.below(2) : random.below(6);
    if (kind == 0) {
        const std::string term = random.pick(terms);
        return {term, [term](const std::string&, const std::string& unit) { return unit.find(term) != std::string::npos; }};
    }
    if (kind == 1) {
        if (random.chance(30)) return {"group:P", [](const std::string& speaker, const std::string&) { return speaker[0] == 'P'; }};
        const std::string wanted = random.pick(speakers);
        return {"speaker:" + wanted, [wanted](const std::string& speaker, const std::string&) { return speaker == wanted; }};
    }
    const RandomQuery a = random_query(random, depth - 1);
    if (kind == 2) return {"NOT (" + a.text + ")", [a](const std::string& speaker, const std::string& unit) { return !a.holds(speaker, unit); }};
    const RandomQuery b = random_query(random, depth - 1);
    if (kind == 3) return {"(" + a.text + ") OR (" + b.text + ")", [a, b](const std::string& speaker, const std::string& unit) { return a.holds(speaker, unit) || b.holds(speaker, unit); }};
    return {"(" + a.text + ") AND (" + b.text + ")", [a, b](const std::string& speaker, const std::string& unit) { return a.holds(speaker, unit) && b.holds(speaker, unit); }};
}

}  // namespace

TEST_CASE("random queries hold where looking says they hold") {
    testing::Random random(7);
    const std::vector<std::string> characters = {"报", "警", "忙", "碌", "天"};
    std::size_t held = 0;
    for (std::size_t round = 0; round < testing::cases(500); ++round) {
        std::string text;
        std::vector<std::pair<std::string, std::string>> turns;
        for (const char* speaker : {"P1", "P2", "S1", "P1"}) {
            std::string unit;
            for (std::size_t i = 0; i < 1 + random.below(6); ++i) unit += random.pick(characters);
            text += std::string(speaker) + "：" + unit + "\n";
            turns.emplace_back(speaker, unit);
        }
        const RandomQuery query = random_query(random, 4);
        const ParticipantTable table = people();
        Diagnostics diagnostics;
        const auto retrieval = analysis::Retrieval::open(query.text, "QUERY", {UnitKind::turn, false}, table, nullptr, diagnostics);
        INFO(query.text, "\n", text, to_text(diagnostics));
        REQUIRE(retrieval.has_value());
        std::vector<bool> found(turns.size(), false);
        analysis::Retriever retriever(*retrieval);
        const Transcript transcript = transcript_of(text);
        REQUIRE(transcript.turns.size() == turns.size());
        retriever.retrieve(transcript, [&](const analysis::RetrievedUnit& unit) {
            REQUIRE_FALSE(unit.places.empty());
            CHECK_FALSE(found[unit.places[0].turn - 1]);
            found[unit.places[0].turn - 1] = true;
            for (std::size_t i = 1; i < unit.places.size(); ++i) {
                CHECK(unit.places[i - 1].span.begin < unit.places[i].span.begin);
                CHECK(unit.places[i - 1].span.end < unit.places[i].span.end);
            }
        });
        for (std::size_t i = 0; i < turns.size(); ++i) {
            CHECK(found[i] == query.holds(turns[i].first, turns[i].second));
            held += found[i] ? 1 : 0;
        }
    }
    CHECK(held > testing::cases(300));
}
