// SPDX-License-Identifier: Apache-2.0
//
// Whole tables: hand-made ones cell by cell, random ones against a count that
// goes through all codings for every cell.
#include "fangtan/analysis/tabulate.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "../../support/random.hpp"
#include "fangtan/table/render.hpp"
#include "set_builder.hpp"

using namespace fangtan;
using testing::Random;
using testing::SetBuilder;

namespace {

TabulateSpec by(const std::string& dimension, std::optional<CountKind> count = std::nullopt, std::optional<PercentKind> percent = std::nullopt) {
    TabulateSpec spec;
    spec.by = dimension;
    spec.count = count;
    spec.percent = percent;
    return spec;
}

std::string csv_of(const CodingSet& set, const TabulateSpec& spec) { return table::to_csv(analysis::tabulate(set, spec), table::ForSpreadsheet::no); }

// Two documents with three participants, one without anything coded, one participant who never speaks.
SetBuilder small_study() {
    SetBuilder builder;
    builder.code("甲").code("甲/一").code("甲/二").code("乙").code("丙");
    builder.participant("P1", "警").participant("P2", "警").participant("P10", "警").participant("S1", "社");
    builder.document("D1", 100, {{"P1", 40}, {"S1", 20}}).document("D2", 50, {{"P10", 30}}).document("D3", 10, {{"P1", 10}});
    builder.coding("D1", 0, 10, "甲/一", "P1").coding("D1", 0, 10, "甲/二", "P1").coding("D1", 5, 15, "甲/一", "P1");
    builder.coding("D1", 50, 60, "乙", "S1").coding("D2", 0, 4, "甲/一", "P10").coding("D2", 4, 8, "甲", "P10");
    return builder;
}

}  // namespace

TEST_CASE("the published example: shares of 234 references") {
    const std::vector<std::pair<std::string, std::uint32_t>> counts = {{"一", 10}, {"二", 65}, {"三", 77}, {"四", 42}, {"五", 22}, {"六", 18}};
    SetBuilder builder;
    for (const auto& [code, count] : counts) builder.code(code);
    builder.document("D", 1000, {{"P1", 1000}});
    std::uint32_t at = 0;
    for (const auto& [code, count] : counts) {
        for (std::uint32_t n = 0; n < count; ++n, ++at) builder.coding("D", at, at + 1, code, "P1");
    }
    CHECK(csv_of(builder.set, by("", CountKind::references)) ==
          "编码,参考点（次）,百分比（%）\n"
          "一,10,4\n二,65,28\n三,77,33\n四,42,18\n五,22,9\n六,18,8\n合计,234,100\n");
    Table table = analysis::tabulate(builder.set, by("", CountKind::references));
    CHECK(table.notes == std::vector<std::string>{"参考点百分比的基数：参考点合计 234。"});
    // With a decimal the printed shares make 100.1, and the table says so; largest remainders make them 100.
    TabulateSpec spec = by("", CountKind::references);
    spec.decimals = 1;
    table = analysis::tabulate(builder.set, spec);
    std::uint64_t sum = 0;
    for (const TableRow& row : table.rows) sum += std::get<Percentage>(row.cells[1]).printed;
    CHECK(sum == 1000);  // 4.3 27.8 32.9 17.9 9.4 7.7
    CHECK(table.notes.size() == 1);
    builder.coding("D", at, at + 1, "一", "P1");
    table = analysis::tabulate(builder.set, spec);
    sum = 0;
    for (const TableRow& row : table.rows) sum += std::get<Percentage>(row.cells[1]).printed;
    REQUIRE(sum != 1000);
    CHECK(table.notes.size() == 2);
    CHECK(table.notes[1] == "百分比经四舍五入，各行相加不等于 100（--round sum 使其相加为 100）。");
    spec.rounding = Rounding::sum;
    table = analysis::tabulate(builder.set, spec);
    sum = 0;
    for (const TableRow& row : table.rows) sum += std::get<Percentage>(row.cells[1]).printed;
    CHECK(sum == 1000);
    CHECK(table.notes.size() == 1);
}

TEST_CASE("without columns: references and documents, each with its base") {
    CHECK(csv_of(small_study().set, by("")) ==
          "上级编码,编码,参考点（次）,参考点百分比（%）,材料来源（份）,材料来源百分比（%）\n"
          "甲,（本级）,1,17,1,33\n"
          "甲,一,3,50,2,67\n"
          "甲,二,1,17,1,33\n"
          "乙,,1,17,1,33\n"
          "丙,,0,0,0,0\n"
          "合计,,6,100,2,67\n");
    const Table table = analysis::tabulate(small_study().set, by(""));
    CHECK(table.title == "编码频次表");
    CHECK(table.notes == std::vector<std::string>{"参考点百分比的基数：参考点合计 6。", "百分比经四舍五入，各行相加不等于 100（--round sum 使其相加为 100）。",
                                                  "材料来源百分比的基数：材料份数 3。", "同一来源可提及多个编码，材料来源百分比相加不必为 100。"});
}

TEST_CASE("columns in natural order, those without a coding too") {
    CHECK(csv_of(small_study().set, by("participant")) ==
          "上级编码,编码,P1,P2,P10,S1,合计\n"
          "甲,（本级）,0,0,1,0,1\n"
          "甲,一,2,0,1,0,3\n"
          "甲,二,1,0,0,0,1\n"
          "乙,,0,0,0,1,1\n"
          "丙,,0,0,0,0,0\n"
          "合计,,3,0,2,1,6\n");
    CHECK(csv_of(small_study().set, by("document")) ==
          "上级编码,编码,D1,D2,D3,合计\n"
          "甲,（本级）,0,1,0,1\n"
          "甲,一,2,1,0,3\n"
          "甲,二,1,0,0,1\n"
          "乙,,1,0,0,1\n"
          "丙,,0,0,0,0\n"
          "合计,,4,2,0,6\n");
    CHECK(csv_of(small_study().set, by("group", CountKind::participants)) ==
          "上级编码,编码,社,警,合计\n"
          "甲,（本级）,0,1,1\n"
          "甲,一,0,2,2\n"
          "甲,二,0,1,1\n"
          "乙,,1,0,1\n"
          "丙,,0,0,0\n"
          "合计,,1,2,3\n");
}

TEST_CASE("bases of the columns") {
    // P1 speaks in two documents and says 50 characters, S1 in one and 20, P10 in one and 30, P2 in none.
    CHECK(csv_of(small_study().set, by("participant", CountKind::documents, PercentKind::base)) ==
          "上级编码,编码,P1,P1 %,P2,P2 %,P10,P10 %,S1,S1 %,合计,合计 %\n"
          "甲,（本级）,0,0,0,-,1,100,0,0,1,33\n"
          "甲,一,1,50,0,-,1,100,0,0,2,67\n"
          "甲,二,1,50,0,-,0,0,0,0,1,33\n"
          "乙,,0,0,0,-,0,0,1,100,1,33\n"
          "丙,,0,0,0,-,0,0,0,0,0,0\n"
          "合计,,1,50,0,-,1,100,1,100,2,67\n");
    CHECK(csv_of(small_study().set, by("group", CountKind::characters, PercentKind::base)) ==
          "上级编码,编码,社,社 %,警,警 %,合计,合计 %\n"
          "甲,（本级）,0,0,4,5,4,4\n"
          "甲,一,0,0,19,24,19,19\n"
          "甲,二,0,0,10,13,10,10\n"
          "乙,,10,50,0,0,10,10\n"
          "丙,,0,0,0,0,0,0\n"
          "合计,,10,50,23,29,33,33\n");
    CHECK(csv_of(small_study().set, by("group", CountKind::participants, PercentKind::base)) ==
          "上级编码,编码,社,社 %,警,警 %,合计,合计 %\n"
          "甲,（本级）,0,0,1,50,1,33\n"
          "甲,一,0,0,2,100,2,67\n"
          "甲,二,0,0,1,50,1,33\n"
          "乙,,1,100,0,0,1,33\n"
          "丙,,0,0,0,0,0,0\n"
          "合计,,1,100,2,100,3,100\n");
    // Shares of the whole, of the row, of the column.
    CHECK(csv_of(small_study().set, by("group", CountKind::references, PercentKind::row)) ==
          "上级编码,编码,社,社 %,警,警 %,合计,合计 %\n"
          "甲,（本级）,0,0,1,100,1,100\n"
          "甲,一,0,0,3,100,3,100\n"
          "甲,二,0,0,1,100,1,100\n"
          "乙,,1,100,0,0,1,100\n"
          "丙,,0,-,0,-,0,-\n"
          "合计,,1,17,5,83,6,100\n");
    CHECK(csv_of(small_study().set, by("group", CountKind::references, PercentKind::column)).find("甲,一,0,0,3,60,3,50\n") != std::string::npos);
    CHECK(csv_of(small_study().set, by("group", CountKind::references, PercentKind::total)).find("甲,一,0,0,3,50,3,50\n") != std::string::npos);
}

TEST_CASE("whoever speaks has a base, interviewers that are coded and nobody too") {
    SetBuilder builder;
    builder.code("甲");
    builder.document("D1", 100, {{"P1", 40}});
    builder.set.documents[0].speech.push_back({builder.set.participant("问"), 20});  // speaks, but is no participant of the study
    builder.set.documents.push_back({"D2", "", "", 30, {}, {{kNobody, 30}}});
    builder.set.document_ids.number("D2");
    builder.coding("D1", 0, 10, "甲", "P1").coding("D1", 50, 60, "甲", "问").coding("D2", 0, 15, "甲", "");
    CHECK(csv_of(builder.set, by("participant", CountKind::documents, PercentKind::base)) ==
          "编码,P1,P1 %,问,问 %,（无归属）,（无归属） %,合计,合计 %\n"
          "甲,1,100,1,100,1,100,2,100\n"
          "合计,1,100,1,100,1,100,2,100\n");
    CHECK(csv_of(builder.set, by("participant", CountKind::characters, PercentKind::base)) ==
          "编码,P1,P1 %,问,问 %,（无归属）,（无归属） %,合计,合计 %\n"
          "甲,10,25,10,50,15,50,35,39\n"
          "合计,10,25,10,50,15,50,35,39\n");
    // How many people there are does not depend on the columns.
    const Table plain = analysis::tabulate(builder.set, by("", CountKind::participants));
    const Table columns = analysis::tabulate(builder.set, by("participant", CountKind::participants, PercentKind::base));
    CHECK(std::get<Percentage>(plain.total->cells.back()).whole == 2);
    CHECK(std::get<Percentage>(columns.total->cells.back()).whole == 2);
}

TEST_CASE("a segment that two coders coded counts once, and once for each") {
    SetBuilder builder;
    builder.code("甲").code("乙");
    builder.document("D", 100, {{"P1", 100}});
    builder.coding("D", 0, 10, "甲", "P1", "小王").coding("D", 0, 10, "甲", "P1", "小李").coding("D", 0, 10, "乙", "P1", "小李").coding("D", 20, 30, "甲", "P1", "小王");
    CHECK(csv_of(builder.set, by("coder")) ==
          "编码,小李,小王,合计\n"
          "甲,1,2,2\n"
          "乙,1,0,1\n"
          "合计,2,2,3\n");
    CHECK(csv_of(builder.set, by("", CountKind::references, PercentKind::none)) == "编码,参考点（次）\n甲,2\n乙,1\n合计,3\n");
}

TEST_CASE("levels and parents") {
    TabulateSpec spec = by("", CountKind::references, PercentKind::none);
    spec.level = 1;
    // The segment with both codes of 甲 is one segment of 甲.
    CHECK(csv_of(small_study().set, spec) == "编码,参考点（次）\n甲,4\n乙,1\n丙,0\n合计,5\n");
    spec.level = 2;
    CHECK(csv_of(small_study().set, spec) == "上级编码,编码,参考点（次）\n甲,（本级）,1\n甲,一,3\n甲,二,1\n乙,,1\n丙,,0\n合计,,6\n");
    spec.level.reset();
    spec.parents = true;
    CHECK(csv_of(small_study().set, spec) == "上级编码,编码,参考点（次）\n甲,（小计）,4\n甲,（本级）,1\n甲,一,3\n甲,二,1\n乙,,1\n丙,,0\n合计,,6\n");
    spec.count = CountKind::documents;
    CHECK(csv_of(small_study().set, spec) == "上级编码,编码,材料来源（份）\n甲,（小计）,2\n甲,（本级）,1\n甲,一,2\n甲,二,1\n乙,,1\n丙,,0\n合计,,2\n");
}

TEST_CASE("order of the rows, and rows without references") {
    TabulateSpec spec = by("", CountKind::references, PercentKind::none);
    spec.zero_rows = false;
    CHECK(csv_of(small_study().set, spec) == "上级编码,编码,参考点（次）\n甲,（本级）,1\n甲,一,3\n甲,二,1\n乙,,1\n合计,,6\n");
    spec.totals = false;
    CHECK(csv_of(small_study().set, spec) == "上级编码,编码,参考点（次）\n甲,（本级）,1\n甲,一,3\n甲,二,1\n乙,,1\n");
    SetBuilder builder;
    builder.code("码10").code("码10/b").code("码10/a").code("码2").code("码1");
    builder.document("D", 100, {{"P1", 100}});
    builder.coding("D", 0, 1, "码10/a", "P1").coding("D", 1, 2, "码1", "P1").coding("D", 2, 3, "码1", "P1").coding("D", 3, 4, "码10/a", "P1").coding("D", 4, 5, "码10/b", "P1");
    TabulateSpec ordered = by("", CountKind::references, PercentKind::none);
    ordered.totals = false;
    ordered.order = RowOrder::count;
    CHECK(csv_of(builder.set, ordered) == "上级编码,编码,参考点（次）\n码10,a,2\n码10,b,1\n码1,,2\n码2,,0\n");
    ordered.order = RowOrder::name;
    CHECK(csv_of(builder.set, ordered) == "上级编码,编码,参考点（次）\n码1,,2\n码2,,0\n码10,a,2\n码10,b,1\n");
}

TEST_CASE("codings by their status") {
    SetBuilder builder;
    builder.code("甲");
    builder.document("D", 100, {{"P1", 100}});
    builder.coding("D", 0, 1, "甲", "P1", "a", CodingStatus::proposed).coding("D", 1, 2, "甲", "P1", "a", CodingStatus::accepted).coding("D", 2, 3, "甲", "P1", "a", CodingStatus::accepted);
    for (std::uint32_t i = 0; i < 3; ++i) builder.coding("D", 10 + i, 11 + i, "甲", "P1", "a", CodingStatus::rejected);
    const auto counted = [&](StatusChoice status) {
        TabulateSpec spec = by("", CountKind::references, PercentKind::none);
        spec.status = status;
        return std::get<std::uint64_t>(analysis::tabulate(builder.set, spec).rows[0].cells[0]);
    };
    CHECK(counted(StatusChoice::not_rejected) == 3);
    CHECK(counted(StatusChoice::proposed) == 1);
    CHECK(counted(StatusChoice::accepted) == 2);
    CHECK(counted(StatusChoice::all) == 6);
    CHECK(analysis::tabulate(builder.set, by("")).notes.back() == "已排除被否决的编码 3 个。");
}

TEST_CASE("an attribute with gaps, and codings of nobody") {
    SetBuilder builder;
    builder.code("甲");
    builder.participant("P1", "P", {{"站", "河湾"}}).participant("P2", "P", {{"站", ""}});
    builder.document("D", 100, {{"P1", 50}, {"P2", 50}});
    builder.coding("D", 0, 1, "甲", "P1").coding("D", 1, 2, "甲", "P2").coding("D", 2, 3, "甲", "");
    CHECK(csv_of(builder.set, by("站")) == "编码,河湾,（无归属）,合计\n甲,1,2,3\n合计,1,2,3\n");
    CHECK(analysis::tabulate(builder.set, by("站")).notes == std::vector<std::string>{"2 个编码没有归属，列于最后一列。"});
    CHECK(analysis::known_dimensions(builder.set.participants) == std::vector<std::string>{"participant", "group", "role", "document", "speaker", "coder", "站"});
}

TEST_CASE("an empty set makes a table of zeros") {
    SetBuilder builder;
    CHECK(csv_of(builder.set, by("")) == "编码,参考点（次）,参考点百分比（%）,材料来源（份）,材料来源百分比（%）\n合计,0,-,0,-\n");
    builder.code("甲");
    CHECK(csv_of(builder.set, by("participant", CountKind::references, PercentKind::column)) == "编码,合计,合计 %\n甲,0,-\n合计,0,-\n");
    TabulateSpec spec = by("", CountKind::references);
    spec.rounding = Rounding::sum;
    CHECK(csv_of(builder.set, spec) == "编码,参考点（次）,百分比（%）\n甲,0,-\n合计,0,-\n");
}

TEST_CASE("printed shares add up to 100, or a note says that they do not") {
    // Three participants with one reference each: 33 + 33 + 33.
    SetBuilder builder;
    builder.code("甲").code("乙");
    builder.document("D", 100, {{"P1", 50}, {"P2", 50}, {"P3", 5}});
    builder.coding("D", 0, 1, "甲", "P1").coding("D", 1, 2, "甲", "P2").coding("D", 2, 3, "甲", "P3");
    for (const PercentKind percent : {PercentKind::row, PercentKind::total}) {
        CAPTURE(static_cast<int>(percent));
        TabulateSpec spec = by("participant", CountKind::references, percent);
        const Table half_up = analysis::tabulate(builder.set, spec);
        CHECK(std::count_if(half_up.notes.begin(), half_up.notes.end(), [](const std::string& note) { return note.find("--round sum") != std::string::npos; }) == 1);
        spec.rounding = Rounding::sum;
        const Table summed = analysis::tabulate(builder.set, spec);
        CHECK(std::count_if(summed.notes.begin(), summed.notes.end(), [](const std::string& note) { return note.find("--round sum") != std::string::npos; }) == 0);
        for (const TableRow* row : {&summed.rows[0], &*summed.total}) {
            std::uint64_t sum = 0;
            for (std::size_t i = 1; i < 6; i += 2) sum += std::get<Percentage>(row->cells[i]).printed;
            CHECK(sum == 100);
        }
    }
}

namespace {

// What a cell must hold, found by going through all codings.
class NaiveTable {
 public:
    NaiveTable(const CodingSet& set, const std::string& dimension) : set_(set), by_(dimension) {}

    // `codes`: those whose codings count; `column` empty optional: all of them.
    [[nodiscard]] std::uint64_t value(const std::set<std::uint32_t>& codes, const std::optional<std::string>& column, CountKind kind) const {
        std::set<std::tuple<std::uint32_t, std::uint32_t, std::uint32_t>> segments;
        std::set<std::uint32_t> documents;
        std::set<std::uint32_t> participants;
        std::set<std::pair<std::uint32_t, std::uint32_t>> characters;
        for (const CodingEntry& coding : set_.codings) {
            if (coding.status == CodingStatus::rejected || !codes.contains(coding.code) || (column && column_of(coding) != *column)) continue;
            segments.insert({coding.document, coding.start, coding.end});
            documents.insert(coding.document);
            if (coding.participant != kNobody) participants.insert(coding.participant);
            for (std::uint32_t at = coding.start; at < coding.end; ++at) characters.insert({coding.document, at});
        }
        switch (kind) {
            case CountKind::references: return segments.size();
            case CountKind::documents: return documents.size();
            case CountKind::participants: return participants.size();
            case CountKind::characters: return characters.size();
        }
        return 0;
    }

    [[nodiscard]] std::string column_of(const CodingEntry& coding) const {
        if (by_ == "document") return set_.documents[coding.document].id;
        if (by_ == "coder") return set_.labels.name(coding.coder);
        if (by_ == "speaker" && coding.speaker != kNobody) return set_.labels.name(coding.speaker);
        if (coding.participant == kNobody) return "";
        const Participant& participant = set_.participants[coding.participant];
        if (by_ == "participant" || by_ == "speaker") return participant.id;
        if (by_ == "group") return participant.group;
        return participant.attributes.empty() ? "" : participant.attributes[0].second;
    }

 private:
    const CodingSet& set_;
    const std::string& by_;
};

CodingSet random_set(Random& random) {
    SetBuilder builder;
    builder.code("甲").code("甲/一").code("甲/一/a").code("甲/二").code("乙").code("丙").code("丙/三");
    static const std::vector<std::string> people = {"P1", "P2", "P10", "S1", "张三"};
    for (const std::string& id : people) builder.participant(id, group_of_id(id), {{"站", random.chance(30) ? "" : random.pick(std::vector<std::string>{"河湾", "青松"})}});
    const std::size_t documents = random.below(4);
    for (std::size_t i = 0; i < documents; ++i) {
        builder.document("D" + std::to_string(i * 5), 40, {{random.pick(people), 10 + random.below(10)}});
        for (std::size_t n = random.below(14); n > 0; --n) {
            const auto start = static_cast<std::uint32_t>(random.below(12));
            const auto end = start + 1 + static_cast<std::uint32_t>(random.below(5));
            builder.coding("D" + std::to_string(i * 5), start, end, builder.set.codes[random.below(7)].id, random.chance(15) ? "" : random.pick(people),
                           random.pick(std::vector<std::string>{"rules", "小王"}), random.chance(10) ? CodingStatus::rejected : CodingStatus::proposed);
            if (random.chance(20)) builder.set.codings.back().speaker = builder.set.labels.number("答");
        }
    }
    std::vector<CodingEntry>& codings = builder.set.codings;
    for (std::size_t i = codings.size(); i > 1; --i) std::swap(codings[i - 1], codings[random.below(i)]);
    return std::move(builder.set);
}

std::uint64_t number(const Cell& cell) { return std::get<std::uint64_t>(cell); }

}  // namespace

TEST_CASE("tables agree with a count of all codings, for every dimension, count, level and share") {
    static const std::vector<std::string> dimensions = {"", "participant", "group", "document", "speaker", "coder", "站"};
    static const std::vector<CountKind> kinds = {CountKind::references, CountKind::documents, CountKind::participants, CountKind::characters};
    std::uint64_t counted = 0;
    for (std::uint64_t seed = 1; seed <= testing::cases(3'000); ++seed) {
        CAPTURE(seed);
        Random random(seed);
        const CodingSet set = random_set(random);
        TabulateSpec spec = by(random.pick(dimensions), random.pick(kinds), random.pick(std::vector<PercentKind>{PercentKind::none, PercentKind::row, PercentKind::column, PercentKind::total}));
        if (random.chance(30)) spec.level = 1 + static_cast<std::uint32_t>(random.below(3));
        spec.parents = random.chance(50);
        if (spec.by.empty()) spec.percent = PercentKind::none;
        CAPTURE(spec.by);
        const CountKind kind = *spec.count;
        const bool shares = *spec.percent != PercentKind::none;
        const Table table = analysis::tabulate(set, spec);
        const NaiveTable naive(set, spec.by);

        // The columns: what codings say, who speaks, who is listed.
        std::set<std::string> expected_columns;
        for (const CodingEntry& coding : set.codings) {
            if (coding.status != CodingStatus::rejected) expected_columns.insert(naive.column_of(coding));
        }
        if (spec.by == "document") {
            for (const DocumentEntry& document : set.documents) expected_columns.insert(document.id);
        }
        for (const Participant& participant : set.participants) {
            if (spec.by == "participant") expected_columns.insert(participant.id);
            if (spec.by == "group" && !participant.group.empty()) expected_columns.insert(participant.group);
            if (spec.by == "站" && !participant.attributes[0].second.empty()) expected_columns.insert(participant.attributes[0].second);
        }
        std::vector<std::optional<std::string>> columns;
        if (!spec.by.empty()) {
            columns.assign(expected_columns.begin(), expected_columns.end());
            REQUIRE(table.columns.size() == (columns.size() + 1) * (shares ? 2 : 1));
            for (std::size_t i = 0; i < columns.size(); ++i) {
                std::string heading = table.columns[i * (shares ? 2 : 1)];
                if (heading == "（无归属）") heading.clear();
                REQUIRE(expected_columns.contains(heading));
                columns[i] = heading;
            }
            REQUIRE(std::set<std::optional<std::string>>(columns.begin(), columns.end()).size() == expected_columns.size());
        }
        columns.emplace_back(std::nullopt);

        // Which codings a row counts.
        const auto at_or_below = [&](std::uint32_t code, std::uint32_t ancestor) {
            for (std::optional<std::uint32_t> at = code; at; at = set.codes[*at].parent) {
                if (*at == ancestor) return true;
            }
            return false;
        };
        std::set<std::uint32_t> everything;
        std::vector<std::uint64_t> totals(columns.size(), 0);
        std::set<std::string> seen;
        std::vector<std::set<std::uint32_t>> row_codes;
        for (const TableRow& row : table.rows) {
            const auto code = *set.code_ids.find(row.code);
            const bool subtotal = row.path.back() == "（小计）";
            const bool own = row.path.back() == "（本级）";
            std::set<std::uint32_t> codes;
            for (std::uint32_t other = 0; other < set.codes.size(); ++other) {
                if (own ? other == code : at_or_below(other, code)) codes.insert(other);
                everything.insert(other);
            }
            if (!own && !subtotal) seen.insert(row.code);
            row_codes.push_back(codes);
            REQUIRE(row.cells.size() == table.columns.size());
            for (std::size_t i = 0; i < columns.size(); ++i) {
                const std::uint64_t got = number(row.cells[i * (shares ? 2 : 1)]);
                REQUIRE(got == naive.value(codes, columns[i], kind));
                counted += got;
                if (!subtotal) totals[i] += got;
            }
        }
        // Every leaf, or code of the last level, has its row.
        for (std::uint32_t code = 0; code < set.codes.size(); ++code) {
            const bool deepest = spec.level && set.codes[code].path.size() == *spec.level;
            const bool leaf = std::none_of(set.codes.begin(), set.codes.end(), [&](const CodeEntry& other) { return other.parent == code; });
            const bool too_deep = spec.level && set.codes[code].path.size() > *spec.level;
            REQUIRE(seen.contains(set.codes[code].id) == ((leaf || deepest) && !too_deep));
        }
        // The total row: references add up, the rest is distinct; shares have the base they say.
        for (std::size_t i = 0; i < columns.size(); ++i) {
            const std::size_t cell = i * (shares ? 2 : 1);
            const std::uint64_t total = number(table.total->cells[cell]);
            REQUIRE(total == (kind == CountKind::references ? totals[i] : naive.value(everything, columns[i], kind)));
            if (!shares) continue;
            for (std::size_t r = 0; r < table.rows.size(); ++r) {
                const Percentage share = std::get<Percentage>(table.rows[r].cells[cell + 1]);
                const std::size_t all = 2 * (columns.size() - 1);
                const Cell& base = *spec.percent == PercentKind::row ? table.rows[r].cells[all] : *spec.percent == PercentKind::column ? table.total->cells[cell] : table.total->cells[all];
                REQUIRE(share.part == number(table.rows[r].cells[cell]));
                REQUIRE(share.whole == number(base));
            }
        }
    }
    CHECK(counted > 20 * testing::cases(3'000));
}

TEST_CASE("counters of some documents each add up to the counter of all") {
    for (std::uint64_t seed = 1; seed <= testing::cases(500); ++seed) {
        Random random(seed);
        const CodingSet set = random_set(random);
        TabulateSpec spec = by(random.pick(std::vector<std::string>{"", "participant", "group", "document", "coder", "站"}), random.pick(std::vector<CountKind>{CountKind::references, CountKind::documents, CountKind::participants, CountKind::characters}), PercentKind::base);
        if (spec.by.empty()) spec.percent = PercentKind::total;
        const analysis::RowLayout layout = analysis::lay_out_rows(set.codes, spec);
        std::vector<analysis::Counter> counters(1 + random.below(3), analysis::Counter(layout, spec, set.participants));
        for (std::uint32_t number = 0; number < set.documents.size(); ++number) {
            const DocumentEntry& document = set.documents[number];
            DocumentFacts facts{document.id, document.date, document.characters, {}, {}, true};
            for (const SpeechEntry& speech : document.speech) {
                facts.participants.push_back(set.participants[speech.participant].id);
                facts.speech.emplace_back(set.participants[speech.participant].id, speech.characters);
            }
            analysis::Counter& counter = counters[random.below(counters.size())];
            std::vector<CountedCoding> codings;
            for (const CodingEntry& coding : set.codings) {
                if (coding.document != number) continue;
                if (coding.status == CodingStatus::rejected) {
                    ++counter.rejected;
                    continue;
                }
                CountedCoding counted{coding.start, coding.end, coding.code, {}, {}, set.labels.name(coding.coder)};
                if (coding.participant != kNobody) counted.participant = set.participants[coding.participant].id;
                codings.push_back(counted);
            }
            counter.add(facts, codings);
        }
        for (std::size_t i = 1; i < counters.size(); ++i) counters[0].merge(counters[i]);
        const Table merged = analysis::make_table(set.codes, layout, counters[0], {});
        CAPTURE(seed);
        // Documents without speech have characters of their own: the whole set must know its speech, as above.
        REQUIRE(table::to_json(merged) == table::to_json(analysis::tabulate(set, spec)));
    }
}
