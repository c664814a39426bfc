// SPDX-License-Identifier: Apache-2.0
//
// Codes × codes: numbers worked out by hand, and random codings against a
// double loop over the definitions.
#include "fangtan/analysis/cooccurrence.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <string>
#include <tuple>

#include "../../support/random.hpp"
#include "fangtan/base/error.hpp"
#include "fangtan/coding/unit.hpp"
#include "fangtan/text/code_point_index.hpp"
#include "set_builder.hpp"
#include "talk_builder.hpp"

using namespace fangtan;
using analysis::CooccurrenceMeasure;
using analysis::CooccurrencePair;
using analysis::CooccurrenceSpec;
using analysis::CooccurrenceTable;
using analysis::CooccurrenceUnit;
using testing::SetBuilder;

namespace {

CooccurrenceTable within(const CodingSet& set, CooccurrenceUnit unit, const std::vector<Transcript>& transcripts = {}) {
    CooccurrenceSpec spec;
    spec.within = unit;
    return analysis::cooccurrence(set, transcripts, spec);
}

std::string counts(const CooccurrencePair& pair) {
    const std::string neither = pair.counts.neither ? std::to_string(*pair.counts.neither) : "?";
    return std::to_string(pair.count) + ": " + std::to_string(pair.counts.both) + " " + std::to_string(pair.counts.first_only) + " " +
           std::to_string(pair.counts.second_only) + " " + neither;
}

SetBuilder three_codes() {
    SetBuilder builder;
    builder.code("甲").code("乙").code("丙").document("P1", 100, {{"P1", 100}}).document("S1", 50, {{"S1", 50}}).document("R1", 50, {{"R1", 20}, {"R2", 30}});
    return builder;
}

bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("Segments meet where they share a character") {
    SetBuilder builder = three_codes();
    builder.coding("P1", 0, 10, "甲", "P1").coding("P1", 20, 30, "甲", "P1").coding("P1", 0, 10, "甲", "P1", "李");  // the third is the first again
    builder.coding("P1", 5, 15, "乙", "P1").coding("P1", 8, 9, "乙", "P1").coding("P1", 25, 26, "乙", "P1");
    builder.coding("P1", 0, 10, "丙", "P1").coding("S1", 20, 30, "丙", "S1");
    builder.coding("P1", 20, 30, "丙", "P1", "李", CodingStatus::rejected);
    const CooccurrenceTable result = within(builder.set, CooccurrenceUnit::segment);
    REQUIRE(result.codes.size() == 3);
    CHECK(result.rejected == 1);
    CHECK(!result.units);
    CHECK(result.codes[0].frequency == 2);
    CHECK(result.codes[1].frequency == 3);
    CHECK(result.codes[2].frequency == 2);
    // Pairs: 0-10 with 5-15 and 8-9, 20-30 with 25-26. Every span of either touches one of the other.
    CHECK(counts(result.pair(0, 1)) == "3: 5 0 0 ?");
    CHECK(result.pair(0, 1).measures.c_coefficient.number() == doctest::Approx(3.0 / (2 + 3 - 3)));
    CHECK(result.pair(0, 1).measures.jaccard.number() == 1);
    // The same span in both is one span that has both; S1's 20-30 is another document.
    CHECK(counts(result.pair(0, 2)) == "1: 1 1 1 ?");
    CHECK(result.pair(0, 2).measures.jaccard.number() == doctest::Approx(1.0 / 3));
    CHECK(result.pair(0, 2).measures.c_coefficient.number() == doctest::Approx(1.0 / (2 + 2 - 1)));
    CHECK(result.pair(0, 2).measures.dice.number() == doctest::Approx(0.5));
    CHECK(result.pair(0, 2).measures.ochiai.number() == doctest::Approx(0.5));
    CHECK(!result.pair(0, 2).measures.phi.defined());
    CHECK(counts(result.pair(2, 1)) == "2: 3 1 1 ?");
}

TEST_CASE("Segments that only touch do not meet") {
    SetBuilder builder = three_codes();
    builder.coding("P1", 0, 10, "甲", "P1").coding("P1", 10, 20, "乙", "P1").coding("P1", 9, 10, "丙", "P1");
    const CooccurrenceTable result = within(builder.set, CooccurrenceUnit::segment);
    CHECK(counts(result.pair(0, 1)) == "0: 0 1 1 ?");
    CHECK(counts(result.pair(1, 2)) == "0: 0 1 1 ?");
    CHECK(counts(result.pair(0, 2)) == "1: 2 0 0 ?");
}

TEST_CASE("Documents and participants are counted once, and those without a code belong to the whole") {
    SetBuilder builder = three_codes();
    builder.coding("P1", 0, 10, "甲", "P1").coding("P1", 50, 60, "乙", "P1").coding("P1", 70, 80, "乙", "P1");
    builder.coding("R1", 0, 5, "甲", "R1").coding("R1", 30, 35, "乙", "R2").coding("R1", 30, 35, "丙", "");
    for (DocumentEntry& document : builder.set.documents) document.sha256 = "known";
    const CooccurrenceTable documents = within(builder.set, CooccurrenceUnit::document);
    CHECK(documents.units == 3);
    CHECK(counts(documents.pair(0, 1)) == "2: 2 0 0 1");
    CHECK(documents.pair(0, 1).measures.phi.number() == doctest::Approx(1));
    CHECK(documents.pair(0, 1).measures.lift.number() == doctest::Approx(1.5));  // 2 * 3 / (2 * 2)
    CHECK(counts(documents.pair(0, 2)) == "1: 1 1 0 1");
    CHECK(documents.pair(0, 2).measures.phi.number() == doctest::Approx(0.5));  // (1*1 - 1*0) / sqrt(2*1*1*2)
    const CooccurrenceTable people = within(builder.set, CooccurrenceUnit::participant);
    CHECK(people.units == 4);  // P1, S1, R1, R2
    CHECK(people.without_unit == 1);
    CHECK(counts(people.pair(0, 1)) == "1: 1 1 1 1");
    CHECK(people.pair(0, 1).measures.phi.number() == doctest::Approx(0));
    CHECK(people.pair(0, 1).measures.jaccard.number() == doctest::Approx(1.0 / 3));
}

TEST_CASE("Of rows alone nobody knows how many documents there were") {
    SetBuilder builder = three_codes();
    builder.coding("P1", 0, 10, "甲", "P1").coding("P1", 0, 10, "乙", "P1");
    for (DocumentEntry& document : builder.set.documents) document.characters = 0;
    const CooccurrenceTable result = within(builder.set, CooccurrenceUnit::document);
    CHECK(!result.units);
    CHECK(!result.pair(0, 1).measures.phi.defined());
    CHECK(contains(analysis::cooccurrence_pairs(builder.set, result).notes.at(1), "no_data"));
}

TEST_CASE("Sentences and turns come from the interviews") {
    const std::vector<Transcript> transcripts = {testing::talk("P1", {{"访", "", "你们怎么分工？"}, {"P1", "P1", "我去敲门。她坐下来听。"}, {"P1", "P1", "门开了。"}})};
    // 7 characters and a line end before 我; 她 is 13; the second turn of P1 begins at 20.
    SetBuilder builder;
    builder.code("敲门").code("倾听").document("P1", 25, {{"P1", 15}});
    builder.coding("P1", 8, 13, "敲门", "P1").coding("P1", 13, 19, "倾听", "P1").coding("P1", 20, 24, "敲门", "P1");
    const CooccurrenceTable sentences = within(builder.set, CooccurrenceUnit::sentence, transcripts);
    CHECK(sentences.units == 3);  // the interviewer's is none
    CHECK(counts(sentences.pair(0, 1)) == "0: 0 2 1 0");
    const CooccurrenceTable turns = within(builder.set, CooccurrenceUnit::turn, transcripts);
    CHECK(turns.units == 2);
    CHECK(counts(turns.pair(0, 1)) == "1: 1 1 0 0");
    builder.coding("P1", 11, 14, "倾听", "P1").coding("P1", 0, 2, "倾听", "");  // over two sentences; the interviewer, who is coded now
    const CooccurrenceTable more = within(builder.set, CooccurrenceUnit::sentence, transcripts);
    CHECK(more.units == 4);
    CHECK(counts(more.pair(0, 1)) == "1: 1 1 2 0");
    CHECK_THROWS_AS((void)within(builder.set, CooccurrenceUnit::sentence), Error);
    builder.coding("P1", 20, 99, "倾听", "P1");
    CHECK_THROWS_AS((void)within(builder.set, CooccurrenceUnit::sentence, transcripts), Error);
}

TEST_CASE("Turns of codings alone have no total") {
    SetBuilder builder = three_codes();
    builder.coding("P1", 0, 10, "甲", "P1").coding("P1", 12, 20, "乙", "P1").coding("P1", 30, 40, "乙", "P1");
    builder.set.codings[0].turn = 2;
    builder.set.codings[1].turn = 2;
    const CooccurrenceTable result = within(builder.set, CooccurrenceUnit::turn);
    CHECK(counts(result.pair(0, 1)) == "1: 1 0 0 ?");
    CHECK(result.without_unit == 1);
}

TEST_CASE("Deeper codes roll up, and their segments are counted once") {
    SetBuilder builder;
    builder.code("困境").code("困境/人手").code("困境/经费").code("合作").document("P1", 100, {});
    builder.coding("P1", 0, 10, "困境/人手", "P1").coding("P1", 0, 10, "困境/经费", "P1").coding("P1", 0, 10, "合作", "P1").coding("P1", 40, 50, "困境", "P1");
    CooccurrenceSpec spec;
    CHECK(analysis::cooccurrence(builder.set, {}, spec).codes.size() == 4);
    spec.level = 1;
    const CooccurrenceTable result = analysis::cooccurrence(builder.set, {}, spec);
    REQUIRE(result.codes.size() == 2);
    CHECK(result.codes[0].frequency == 2);
    CHECK(counts(result.pair(0, 1)) == "1: 1 1 0 ?");
}

TEST_CASE("Random segments agree with the definitions") {
    testing::Random random(5);
    const std::vector<std::string> names = {"甲", "乙", "丙", "丁"};
    for (std::size_t round = testing::cases(600); round > 0; --round) {
        SetBuilder builder;
        for (const std::string& name : names) builder.code(name);
        builder.document("P1", 40, {}).document("P2", 40, {});
        using Place = std::tuple<int, std::uint32_t, std::uint32_t>;
        std::vector<std::set<Place>> spans(names.size());
        for (std::size_t i = random.below(14) + 1; i > 0; --i) {
            const std::size_t code = random.below(names.size());
            const int document = random.chance(70) ? 1 : 2;
            const auto start = static_cast<std::uint32_t>(random.below(20));
            const auto end = start + 1 + static_cast<std::uint32_t>(random.below(8));
            const bool rejected = random.chance(10);
            builder.coding("P" + std::to_string(document), start, end, names[code], "P1", random.chance(50) ? "甲" : "乙", rejected ? CodingStatus::rejected : CodingStatus::proposed);
            if (!rejected) spans[code].emplace(document, start, end);
        }
        const auto touch = [](const Place& a, const Place& b) {
            return std::get<0>(a) == std::get<0>(b) && std::max(std::get<1>(a), std::get<1>(b)) < std::min(std::get<2>(a), std::get<2>(b));
        };
        const auto touches_any = [&](const Place& place, const std::set<Place>& others) {
            return std::any_of(others.begin(), others.end(), [&](const Place& other) { return touch(place, other); });
        };
        const CooccurrenceTable result = within(builder.set, CooccurrenceUnit::segment);
        for (std::uint32_t a = 0; a < result.codes.size(); ++a) {
            const std::set<Place>& first = spans[result.codes[a].code];
            CHECK(result.codes[a].frequency == first.size());
            for (std::uint32_t b = a + 1; b < result.codes.size(); ++b) {
                const std::set<Place>& second = spans[result.codes[b].code];
                std::uint64_t pairs = 0;
                for (const Place& x : first) {
                    for (const Place& y : second) pairs += touch(x, y) ? 1 : 0;
                }
                std::set<Place> all = first;
                all.insert(second.begin(), second.end());
                std::uint64_t both = 0;
                std::uint64_t only_first = 0;
                for (const Place& place : all) {
                    const bool in_first = touches_any(place, first);
                    const bool in_second = touches_any(place, second);
                    both += in_first && in_second ? 1 : 0;
                    only_first += in_first && !in_second ? 1 : 0;
                }
                const CooccurrencePair& pair = result.pair(b, a);
                CHECK(pair.count == pairs);
                CHECK(pair.counts.both == both);
                CHECK(pair.counts.first_only == only_first);
                CHECK(pair.counts.second_only == all.size() - both - only_first);
            }
        }
    }
}

TEST_CASE("Random codings in sentences agree with looking at every sentence") {
    testing::Random random(6);
    const std::vector<std::string> names = {"甲", "乙", "丙"};
    const std::vector<std::string> said = {"门开了。", "她说先坐，我说好。后来就好了。", "嗯。嗯！", "没有句号"};
    for (std::size_t round = testing::cases(400); round > 0; --round) {
        std::vector<testing::Said> turns;
        for (std::size_t i = random.below(4) + 1; i > 0; --i) turns.push_back({random.chance(30) ? "访" : "P1", "P1", random.pick(said)});
        const std::vector<Transcript> transcripts = {testing::talk("P1", turns)};
        const Transcript& transcript = transcripts[0];
        const CodePointIndex index(transcript.text);
        SetBuilder builder;
        for (const std::string& name : names) builder.code(name);
        builder.document("P1", index.size(), {});
        for (std::size_t i = random.below(7) + 1; i > 0; --i) {
            const auto start = static_cast<std::uint32_t>(random.below(index.size() - 1));
            const auto end = std::min(index.size(), start + 1 + static_cast<std::uint32_t>(random.below(9)));
            builder.coding("P1", start, end, random.pick(names), "P1");
        }
        const CooccurrenceTable result = within(builder.set, CooccurrenceUnit::sentence, transcripts);
        std::vector<std::set<std::uint32_t>> units;  // the codes of each
        std::uint64_t expected = 0;
        for (const Turn& turn : transcript.turns) {
            std::vector<Span> sentences;
            coding::append_units(transcript.text, turn.body, UnitKind::sentence, sentences);
            for (const Span sentence : sentences) {
                std::set<std::uint32_t>& codes = units.emplace_back();
                for (const CodingEntry& coding : builder.set.codings) {
                    const std::uint32_t start = index.to_character(sentence.begin).value;
                    const std::uint32_t end = index.to_character(sentence.end).value;
                    if (std::max(start, coding.start) < std::min(end, coding.end)) codes.insert(coding.code);
                }
                expected += !codes.empty() || !transcript.speakers[turn.speaker].interviewer ? 1 : 0;
            }
        }
        CHECK(result.units == expected);
        for (const CooccurrencePair& pair : result.pairs) {
            std::uint64_t both = 0;
            for (const auto& codes : units) both += codes.contains(result.codes[pair.first].code) && codes.contains(result.codes[pair.second].code) ? 1 : 0;
            CHECK(pair.count == both);
        }
    }
}

TEST_CASE("The matrix is symmetric, and its diagonal says how often a code occurs") {
    SetBuilder builder = three_codes();
    builder.coding("P1", 0, 10, "甲", "P1").coding("P1", 5, 15, "乙", "P1").coding("P1", 30, 40, "甲", "P1");
    CooccurrenceSpec spec;
    const Table matrix = analysis::cooccurrence_matrix(builder.set, analysis::cooccurrence(builder.set, {}, spec));
    REQUIRE(matrix.rows.size() == 2);  // 丙 never occurs
    CHECK(matrix.columns == std::vector<std::string>{"甲", "乙"});
    CHECK(std::get<std::uint64_t>(matrix.rows[0].cells[0]) == 2);
    CHECK(std::get<std::uint64_t>(matrix.rows[0].cells[1]) == 1);
    CHECK(std::get<std::uint64_t>(matrix.rows[1].cells[0]) == 1);
    spec.measure = CooccurrenceMeasure::jaccard;
    const Table jaccard = analysis::cooccurrence_matrix(builder.set, analysis::cooccurrence(builder.set, {}, spec));
    CHECK(std::holds_alternative<std::monostate>(jaccard.rows[0].cells[0]));
    CHECK(std::get<Decimal>(jaccard.rows[1].cells[0]).value == doctest::Approx(2.0 / 3));
}

TEST_CASE("A pair of which one code is more than five times as frequent is marked") {
    SetBuilder builder = three_codes();
    for (std::uint32_t i = 0; i < 6; ++i) builder.coding("P1", i * 10, i * 10 + 5, "甲", "P1");
    for (std::uint32_t i = 0; i < 5; ++i) builder.coding("S1", i * 10, i * 10 + 5, "丙", "S1");
    builder.coding("P1", 0, 5, "乙", "P1").coding("S1", 0, 5, "乙", "S1", "rules", CodingStatus::rejected);
    const CooccurrenceTable result = within(builder.set, CooccurrenceUnit::segment);
    CHECK(result.pair(0, 1).measures.lopsided);   // 6 and 1
    CHECK(!result.pair(1, 2).measures.lopsided);  // 1 and 5
    const Table pairs = analysis::cooccurrence_pairs(builder.set, result);
    CHECK(std::get<std::string>(pairs.rows[0].cells.back()) == ">5×");
    CHECK(pairs.columns.back() == "频次悬殊");
}

TEST_CASE("Pairs are ordered by the measure that is asked for, those without it last") {
    const auto order = [](const CodingSet& set, CooccurrenceUnit within, CooccurrenceMeasure measure) {
        CooccurrenceSpec spec;
        spec.within = within;
        spec.measure = measure;
        spec.minimum = 1;
        std::string all;
        for (const TableRow& row : analysis::cooccurrence_pairs(set, analysis::cooccurrence(set, {}, spec)).rows) all += row.path[0] + row.path[1] + " ";
        return all;
    };
    SetBuilder segments = three_codes();
    segments.code("丁");
    for (std::uint32_t i = 0; i < 4; ++i) segments.coding("P1", i * 10, i * 10 + 5, "甲", "P1");
    segments.coding("P1", 0, 5, "乙", "P1").coding("P1", 10, 15, "乙", "P1");  // meets 甲 twice: 2 of 4 segments
    segments.coding("P1", 60, 70, "丙", "P1").coding("P1", 60, 70, "丁", "P1");  // once: 1 of 1
    CHECK(order(segments.set, CooccurrenceUnit::segment, CooccurrenceMeasure::count) == "甲乙 丙丁 ");
    CHECK(order(segments.set, CooccurrenceUnit::segment, CooccurrenceMeasure::jaccard) == "丙丁 甲乙 ");
    CHECK(order(segments.set, CooccurrenceUnit::segment, CooccurrenceMeasure::phi) == "甲乙 丙丁 ");  // undefined for both
    SetBuilder documents = three_codes();
    documents.coding("P1", 0, 5, "甲", "P1").coding("S1", 0, 5, "甲", "S1").coding("R1", 0, 5, "甲", "R1");  // in all documents: no φ
    documents.coding("P1", 10, 15, "乙", "P1").coding("P1", 20, 25, "丙", "P1");
    CHECK(order(documents.set, CooccurrenceUnit::document, CooccurrenceMeasure::count) == "甲乙 甲丙 乙丙 ");
    CHECK(order(documents.set, CooccurrenceUnit::document, CooccurrenceMeasure::phi) == "乙丙 甲乙 甲丙 ");
}

TEST_CASE("Edges and graphs hold whatever a code is called") {
    SetBuilder builder;
    builder.code("=HYPERLINK(\"x\")").code("<script>alert(1)").code("]]>&\x1b[31m").document("P1", 20, {});
    for (const CodeEntry& code : builder.set.codes) builder.coding("P1", 0, 10, code.id, "P1");
    builder.set.codes[1].name = "<b>";
    CooccurrenceSpec spec;
    const CooccurrenceTable result = analysis::cooccurrence(builder.set, {}, spec);
    const std::string edges = analysis::cooccurrence_edges(builder.set, result, false);
    CHECK(edges.starts_with("Source,Target,Weight,Type\n\"=HYPERLINK(\"\"x\"\")\",<script>alert(1),1,Undirected\n"));
    CHECK(contains(analysis::cooccurrence_edges(builder.set, result, true), "\r\n\"'=HYPERLINK"));
    const std::string graph = analysis::cooccurrence_graph(builder.set, result);
    CHECK(!contains(graph, "<script>"));
    CHECK(!contains(graph, "\x1b"));
    CHECK(!contains(graph, "]]>"));
    CHECK(contains(graph, "<data key=\"name\">&lt;b&gt;</data>"));
    CHECK(contains(graph, "<node id=\"]]&gt;&amp;\uFFFD[31m\">"));
    CHECK(graph == analysis::cooccurrence_graph(builder.set, result));
}

TEST_CASE("An edge needs a weight and a pair that meets often enough") {
    SetBuilder builder = three_codes();
    builder.code("丁").coding("P1", 60, 70, "丁", "P1");  // meets nothing
    builder.coding("P1", 0, 10, "甲", "P1").coding("P1", 0, 10, "乙", "P1").coding("P1", 20, 30, "甲", "P1").coding("P1", 20, 30, "乙", "P1").coding("P1", 0, 5, "丙", "P1");
    CooccurrenceSpec spec;
    const auto edges = [&] { return analysis::cooccurrence_edges(builder.set, analysis::cooccurrence(builder.set, {}, spec), false); };
    CHECK(edges() == "Source,Target,Weight,Type\n甲,乙,2,Undirected\n甲,丙,1,Undirected\n乙,丙,1,Undirected\n");
    spec.minimum = 2;
    CHECK(edges() == "Source,Target,Weight,Type\n甲,乙,2,Undirected\n");
    spec.measure = CooccurrenceMeasure::phi;  // undefined for segments
    CHECK(edges() == "Source,Target,Weight,Type\n");
}
