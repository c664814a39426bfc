// SPDX-License-Identifier: Apache-2.0
//
// What the paper asks of a table: crossed columns, filters, tests, counts
// with shares, hidden counts.
#include <doctest/doctest.h>

#include <cmath>
#include <string>
#include <vector>

#include "fangtan/analysis/tabulate.hpp"
#include "fangtan/base/error.hpp"
#include "fangtan/table/render.hpp"
#include "set_builder.hpp"

using namespace fangtan;
using testing::SetBuilder;

namespace {

std::string csv_of(const CodingSet& set, const TabulateSpec& spec) { return table::to_csv(analysis::tabulate(set, spec), table::ForSpreadsheet::no); }

bool has_note(const Table& table, const std::string& piece) {
    return std::any_of(table.notes.begin(), table.notes.end(), [&](const std::string& note) { return note.find(piece) != std::string::npos; });
}

// Police and a social worker at two stations.
SetBuilder stations() {
    SetBuilder builder;
    builder.code("走访").code("走访/入户").code("走访/巡逻").code("调解");
    builder.participant("P1", "P", {{"身份", "民警"}, {"站", "城北"}}).participant("P2", "P", {{"身份", "民警"}, {"站", "城南"}});
    builder.participant("S1", "S", {{"身份", "社工"}, {"站", "城北"}}).participant("S2", "S", {{"身份", "社工"}, {"站", ""}});
    builder.document("D1", 100, {{"P1", 40}, {"S1", 20}}).document("D2", 50, {{"P2", 30}}).document("D3", 50, {{"S2", 10}});
    builder.coding("D1", 0, 5, "走访/入户", "P1", "甲").coding("D1", 5, 9, "走访/巡逻", "P1", "乙").coding("D1", 20, 25, "调解", "S1", "甲");
    builder.coding("D2", 0, 5, "走访/入户", "P2", "甲").coding("D2", 7, 9, "调解", "P2", "甲").coding("D3", 0, 4, "调解", "S2", "甲");
    builder.coding("D3", 5, 8, "走访/入户", "S2", "甲", CodingStatus::rejected);
    return builder;
}

// `counts` references: rows are codes, columns people.
SetBuilder grid(const std::vector<std::vector<std::uint32_t>>& counts) {
    SetBuilder builder;
    for (std::size_t row = 0; row < counts.size(); ++row) builder.code("码" + std::to_string(row + 1));
    std::vector<std::pair<std::string, std::uint64_t>> speech;
    for (std::size_t column = 0; column < counts[0].size(); ++column) speech.emplace_back("P" + std::to_string(column + 1), 100);
    builder.document("D", 100000, speech);
    std::uint32_t at = 0;
    for (std::size_t row = 0; row < counts.size(); ++row) {
        for (std::size_t column = 0; column < counts[row].size(); ++column) {
            for (std::uint32_t n = 0; n < counts[row][column]; ++n, ++at) builder.coding("D", at, at + 1, "码" + std::to_string(row + 1), "P" + std::to_string(column + 1));
        }
    }
    return builder;
}

std::string refusal(const CodingSet& set, const std::vector<FilterCondition>& filter) {
    TabulateSpec spec;
    spec.filter = filter;
    try {
        (void)analysis::tabulate(set, spec);
    } catch (const Error& error) {
        CHECK(error.kind() == ErrorKind::usage);
        return error.place() + ": " + error.what();
    }
    return {};
}

}  // namespace

TEST_CASE("crossed attributes: the combinations that occur") {
    TabulateSpec spec;
    spec.by = "身份";
    spec.then_by = {"站"};
    CHECK(csv_of(stations().set, spec) ==
          "上级编码,编码,民警 / 城北,民警 / 城南,社工 / —,社工 / 城北,合计\n"
          "走访,入户,1,1,0,0,2\n走访,巡逻,1,0,0,0,1\n调解,,0,1,1,1,3\n合计,,2,2,1,1,6\n");
}

TEST_CASE("filters: one field's values are alternatives, fields must all hold, denominators follow") {
    const SetBuilder builder = stations();
    TabulateSpec spec;
    spec.filter = {{"站", "城北"}};
    // Of three documents only D1 has somebody of the north; three references there.
    CHECK(csv_of(builder.set, spec) == "上级编码,编码,参考点（次）,参考点百分比（%）,材料来源（份）,材料来源百分比（%）\n走访,入户,1,33,1,100\n走访,巡逻,1,33,1,100\n调解,,1,33,1,100\n合计,,3,100,1,100\n");
    CHECK(has_note(analysis::tabulate(builder.set, spec), "筛选：站=城北。"));
    CHECK(has_note(analysis::tabulate(builder.set, spec), "材料份数 1。"));
    CHECK_FALSE(has_note(analysis::tabulate(builder.set, spec), "否决"));  // the rejected one is of nobody there
    spec.filter = {{"participant", "P1"}, {"participant", "P2"}, {"coder", "甲"}};
    spec.count = CountKind::participants;
    CHECK(csv_of(builder.set, spec) == "上级编码,编码,受访者（人）,百分比（%）\n走访,入户,2,100\n走访,巡逻,0,0\n调解,,1,50\n合计,,2,100\n");
    spec.filter = {{"document", "D?"}, {"document", "nowhere*"}};
    CHECK_THROWS_AS((void)analysis::tabulate(builder.set, spec), Error);
    spec.filter = {{"code", "走访"}};
    CHECK(csv_of(builder.set, spec) == "上级编码,编码,受访者（人）,百分比（%）\n走访,入户,2,50\n走访,巡逻,1,25\n合计,,2,50\n");
    spec.filter = {{"code", "走访/巡逻"}, {"code", "调解"}};
    CHECK(csv_of(builder.set, spec) == "上级编码,编码,受访者（人）,百分比（%）\n走访,巡逻,1,25\n调解,,3,75\n合计,,4,100\n");
    spec.filter = {{"status", "rejected"}};
    spec.status = StatusChoice::all;
    spec.count = CountKind::references;
    CHECK(csv_of(builder.set, spec) == "上级编码,编码,参考点（次）,百分比（%）\n走访,入户,1,100\n走访,巡逻,0,0\n调解,,0,0\n合计,,1,100\n");
}

TEST_CASE("columns follow the filter; a code below the level counts in its ancestor") {
    TabulateSpec spec;
    spec.by = "participant";
    spec.filter = {{"身份", "社工"}};
    CHECK(csv_of(stations().set, spec) == "上级编码,编码,S1,S2,合计\n走访,入户,0,0,0\n走访,巡逻,0,0,0\n调解,,1,1,2\n合计,,1,1,2\n");
    spec.filter = {{"code", "巡逻"}};
    spec.level = 1;
    CHECK(csv_of(stations().set, spec) == "编码,P1,P2,S1,S2,合计\n走访,1,0,0,0,1\n合计,1,0,0,0,1\n");
}

TEST_CASE("a filter that names nothing is refused with what is near") {
    const SetBuilder builder = stations();
    CHECK(refusal(builder.set, {{"站", "城比"}}).find("--filter 站=城比: nothing has this value; known are 城北, 城南") == 0);
    CHECK(refusal(builder.set, {{"partcipant", "P1"}}).find("did you mean participant?") != std::string::npos);
    CHECK(refusal(builder.set, {{"status", "acepted"}}).find("did you mean accepted?") != std::string::npos);
    CHECK(refusal(builder.set, {{"coder", "丙"}}).find("known are 乙, 甲") != std::string::npos);
    CHECK(refusal(builder.set, {{"code", "没有"}}).find("no code has this name, id or path") != std::string::npos);
    CHECK(refusal(builder.set, {{"participant", "P9"}}).find("known are P1, P2, S1, S2") != std::string::npos);
    // Known, though not in the document: nothing is counted, nothing is refused.
    CHECK(refusal(builder.set, {{"document", "D2"}, {"participant", "S2"}}).empty());
    CHECK_THROWS_AS((void)analysis::parse_condition("城北"), Error);
    CHECK_THROWS_AS((void)analysis::parse_condition("=城北"), Error);
    CHECK_THROWS_AS((void)analysis::parse_condition("站="), Error);
    CHECK(analysis::parse_condition("站=a=b").value == "a=b");
}

TEST_CASE("χ² of two by two with Yates: 80 (|900 - 100| - 40)² / 40⁴ = 18.05") {
    TabulateSpec spec;
    spec.by = "participant";
    spec.test = TestKind::chi_square;
    const Table table = analysis::tabulate(grid({{30, 10}, {10, 30}, {0, 0}}).set, spec);
    REQUIRE(table.test);
    CHECK(table.test->statistic == doctest::Approx(18.05));
    CHECK(table.test->degrees == 1);
    CHECK(table.test->corrected);
    CHECK(*table.test->cramers_v == doctest::Approx(0.5));
    CHECK(table.test->expected[0] == std::vector<double>{20, 20});
    CHECK(*table.test->adjusted[0][0] == doctest::Approx(std::sqrt(20.0)));
    CHECK_FALSE(table.test->adjusted[2][0]);
    CHECK(table.test->codes == std::vector<std::string>{"码1", "码2", "码3"});
    CHECK(table.test->columns == std::vector<std::string>{"P1", "P2"});
    CHECK(table.rows[0].marks == std::vector<std::string>{"**↑", "**↓", ""});
    CHECK(table.rows[2].marks == std::vector<std::string>{"", "", ""});
    CHECK(has_note(table, "χ²(1) = 18.050（Yates 校正），p < 0.001，Cramér's V = 0.500，n = 80。"));
    CHECK(has_note(table, "并不相互独立"));
    CHECK(has_note(table, "|r| > 1.96"));
    CHECK_FALSE(has_note(table, "小于 5"));
    CHECK(table::to_text(table).find("30**↑") != std::string::npos);
    CHECK(table::to_csv(table, table::ForSpreadsheet::no) == "编码,P1,P2,合计\n码1,30,10,40\n码2,10,30,40\n码3,0,0,0\n合计,40,40,80\n");
}

TEST_CASE("G² and the warning of small expectations") {
    TabulateSpec spec;
    spec.by = "participant";
    spec.test = TestKind::likelihood;
    spec.language = Language::english;
    const Table table = analysis::tabulate(grid({{4, 1}, {1, 4}, {2, 2}}).set, spec);
    REQUIRE(table.test);
    // 2 (8 ln(4/2.5) + 2 ln(1/2.5))
    CHECK(table.test->statistic == doctest::Approx(2 * (8 * std::log(1.6) + 2 * std::log(0.4))));
    CHECK(table.test->degrees == 2);
    CHECK_FALSE(table.test->corrected);
    CHECK(has_note(table, "6 of 6 cells expect fewer than 5"));
    CHECK_FALSE(has_note(table, "Adjusted residuals"));
    const Table none = analysis::tabulate(grid({{4, 1}}).set, spec);
    CHECK_FALSE(none.test);
    CHECK(has_note(none, "nothing can be tested"));
}

TEST_CASE("count and share in one cell, marks behind it") {
    TabulateSpec spec;
    spec.by = "participant";
    spec.percent = PercentKind::column;
    spec.cell = CellKind::count_and_share;
    spec.test = TestKind::chi_square;
    const CodingSet set = grid({{30, 10}, {10, 30}}).set;
    Table table = analysis::tabulate(set, spec);
    CHECK(table.columns == std::vector<std::string>{"P1", "P2", "合计"});
    CHECK(table::to_csv(table, table::ForSpreadsheet::no) == "编码,P1,P2,合计\n码1,30（75%）,10（25%）,40（50%）\n码2,10（25%）,30（75%）,40（50%）\n合计,40（100%）,40（100%）,80（100%）\n");
    CHECK(table::to_markdown(table).find("30（75%）\\*\\*↑") != std::string::npos);
    CHECK(table::to_json(table).find("{\"count\":30,\"percent\":75.0}") != std::string::npos);
    CHECK(table.test->columns == std::vector<std::string>{"P1", "P2"});
    spec.language = Language::english;
    CHECK(csv_of(set, spec).find("30 (75%)") != std::string::npos);
}

TEST_CASE("hidden counts take their shares, and a hidden whole those that it is the whole of") {
    TabulateSpec spec;
    spec.by = "participant";
    spec.percent = PercentKind::column;
    spec.minimum_cell = 5;
    const CodingSet set = grid({{2, 6, 30}, {7, 8, 40}, {50, 60, 70}}).set;
    const Table table = analysis::tabulate(set, spec);
    CHECK(table::to_csv(table, table::ForSpreadsheet::no) ==
          "编码,P1,P1 %,P2,P2 %,P3,P3 %,合计,合计 %\n码1,<5,×,×,×,30,21,38,14\n码2,×,×,×,×,40,29,55,20\n码3,50,85,60,81,70,50,180,66\n合计,59,100,74,100,140,100,273,100\n");
    CHECK(table::to_json(table).find("\"cells\":[null,null,null,null,30,") != std::string::npos);
    CHECK(table::to_json(table).find("\"hidden\":[0,1,2,3]") != std::string::npos);
    CHECK(has_note(table, "1 至 4 的频次写作“<5”"));
    // A column of one small count: its total is hidden, and no share of it is left; nor the note that names it.
    spec = {};
    spec.count = CountKind::references;
    spec.minimum_cell = 5;
    const Table small = analysis::tabulate(grid({{3}, {0}}).set, spec);
    CHECK(table::to_csv(small, table::ForSpreadsheet::no).find('3') == std::string::npos);
    CHECK_FALSE(has_note(small, "3"));
    spec.minimum_cell = 3;
    CHECK(csv_of(grid({{3}, {5}}).set, spec) == "编码,参考点（次）,百分比（%）\n码1,3,38\n码2,5,63\n合计,8,100\n");
}

TEST_CASE("shares of people who mention a code are never forced to a sum") {
    TabulateSpec spec;
    spec.count = CountKind::participants;
    spec.percent = PercentKind::base;
    spec.rounding = Rounding::sum;
    const Table table = analysis::tabulate(stations().set, spec);
    // Of four people two went in, one patrolled, three mediated: 150 % together.
    CHECK(table::to_csv(table, table::ForSpreadsheet::no) == "上级编码,编码,受访者（人）,百分比（%）\n走访,入户,2,50\n走访,巡逻,1,25\n调解,,3,75\n合计,,4,100\n");
    CHECK(has_note(table, "同一受访者可提及多个编码"));
    CHECK(has_note(table, "--round sum 只调整参考点"));
}
