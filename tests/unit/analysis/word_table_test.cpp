// SPDX-License-Identifier: Apache-2.0
#include "fangtan/analysis/word_table.hpp"

#include "fangtan/codebook/terms.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

#include "fangtan/analysis/collocation.hpp"
#include "fangtan/analysis/keyness.hpp"
#include "fangtan/table/render.hpp"
#include "talk_builder.hpp"

using namespace fangtan;
using namespace fangtan::analysis;
using testing::talk;

namespace {

WordCounts counted(const std::vector<Transcript>& talks, const WordCountOptions& options, const std::set<std::string>& terms = {}) {
    WordCounter counter(options);
    const auto tokenize = [&](std::string_view text, Span whole, std::vector<Token>& tokens) { testing::split_at_blanks(text, whole, tokens, terms); };
    for (std::size_t i = 0; i < talks.size(); ++i) counter.add(talks[i], i, tokenize);
    return counter.result();
}

WordCountOptions by(PartKind parts) {
    WordCountOptions options;
    options.parts = parts;
    return options;
}

// 20 tokens: P1 says 12, S1 says 8.
std::vector<Transcript> street() {
    return {talk("一", {{"P1", "P1", "巡逻 巡逻 巡逻 社区 社区 我们 我们 钱 APP 的 的 的"}, {"S1", "S1", "社区 走访"}}),
            talk("二", {{"S1", "S1", "走访 走访 我们 社区 社区 社區"}})};
}

std::string column(const Table& table, const std::string& name) {
    const auto found = std::find(table.columns.begin(), table.columns.end(), name);
    REQUIRE(found != table.columns.end());
    std::string text;
    Table single;
    single.columns = {name};
    single.decimals = table.decimals;
    for (const TableRow& row : table.rows) single.rows.push_back({row.code, {}, {row.cells[static_cast<std::size_t>(found - table.columns.begin())]}});
    text = table::to_csv(single, table::ForSpreadsheet::no);
    text.erase(0, text.find('\n') + 1);
    std::replace(text.begin(), text.end(), '\n', ' ');
    return text;
}

std::string words_of(const Table& table) {
    std::string text;
    for (const TableRow& row : table.rows) text += row.path.at(0) + " ";
    return text;
}

bool has_note(const Table& table, const std::string& part) {
    return std::any_of(table.notes.begin(), table.notes.end(), [&](const std::string& note) { return note.find(part) != std::string::npos; });
}

WordTableSpec plain() {
    WordTableSpec spec;
    spec.segmenter = {SegmenterKind::libime, "zh_CN.lm", "e4097ca9ca10ffffffffffff", {}};
    spec.filter.stop_words.add("的");
    spec.filter.stop_words.add("我们");
    spec.filter.own_stop_words = 2;
    return spec;
}

Codebook book() {
    Diagnostics diagnostics;
    const std::string yaml =
        "name: 词\n"
        "codes:\n"
        "  - name: 走访\n"
        "    rules: [走訪 NOT 钱, \"巡*察\", 社区 EXCEPT 社区报]\n";
    std::optional<Codebook> loaded = codebook::load(yaml, "词.yaml", diagnostics);
    for (const Diagnostic& diagnostic : diagnostics.entries()) MESSAGE(diagnostic.message);
    REQUIRE(loaded);
    return std::move(*loaded);
}

}  // namespace

TEST_CASE("frequencies: order, filter and base") {
    const WordCounts counts = counted(street(), {});
    const Table table = frequency_table(counts, columns_of(counts, "", {}), plain());
    CHECK(table.title == "词频表");
    CHECK(words_of(table) == "社区 巡逻 走访 APP ");  // of equally frequent words the first folded form; stop words and 钱 are not listed
    CHECK(column(table, "词频（次）") == "6 3 3 1 ");
    CHECK(column(table, "每万词") == "3000.00 1500.00 1500.00 500.00 ");
    CHECK(column(table, "材料来源（份）") == "2 1 2 1 ");
    CHECK(column(table, "材料来源百分比（%）") == "100.0 50.0 100.0 50.0 ");
    CHECK(table.rows[3].code == "app");
    CHECK(has_note(table, "全部词 20 个"));
    CHECK(has_note(table, "材料 2 份，受访者 2 人"));
    CHECK(has_note(table, "分词：libime zh_CN.lm e4097ca9ca10。"));
    CHECK(has_note(table, "停用词表 2 个词，其中自定 2 个"));
    CHECK(has_note(table, "单个汉字的词不列出"));
}

TEST_CASE("which words are listed") {
    const WordCounts counts = counted(street(), {});
    const WordColumns columns = columns_of(counts, "", {});
    const auto listed = [&](const WordTableSpec& spec) { return words_of(frequency_table(counts, columns, spec)); };
    WordTableSpec spec = plain();
    spec.filter.minimum_length = 1;
    CHECK(listed(spec) == "社区 巡逻 走访 APP 钱 ");
    spec.filter.minimum_length = 3;
    CHECK(listed(spec) == "APP ");
    spec = plain();
    spec.filter.stop_words = {};
    CHECK(listed(spec) == "社区 巡逻 我们 走访 APP ");
    CHECK(has_note(frequency_table(counts, columns, spec), "未用停用词表"));
    spec = plain();
    spec.filter.minimum_count = 3;
    CHECK(listed(spec) == "社区 巡逻 走访 ");
    spec.filter.top = 2;
    CHECK(listed(spec) == "社区 巡逻 ");
    const WordCounts with_terms = counted(street(), {}, {"钱", "我们"});
    CHECK(words_of(frequency_table(with_terms, columns, plain())) == "社区 巡逻 我们 走访 APP 钱 ");
}

TEST_CASE("the codebook's plain terms") {
    const std::vector<std::string> found = codebook::plain_terms(book(), codebook::TermChoice::positive);
    const std::set<std::string, std::less<>> terms(found.begin(), found.end());
    CHECK(terms == std::set<std::string, std::less<>>{"社区", "走访"});
    const WordCounts counts = counted(street(), {});
    WordTableSpec spec = plain();
    spec.filter.codebook = terms;
    Table table = frequency_table(counts, columns_of(counts, "", {}), spec);
    CHECK(column(table, "编码簿") == "是 否 是 否 ");
    CHECK(table.columns[0] == "编码簿");
    spec.filter.in_codebook = CodebookChoice::inside;
    CHECK(words_of(frequency_table(counts, columns_of(counts, "", {}), spec)) == "社区 走访 ");
    spec.filter.in_codebook = CodebookChoice::outside;
    CHECK(words_of(frequency_table(counts, columns_of(counts, "", {}), spec)) == "巡逻 APP ");
}

TEST_CASE("a sequence is in the codebook with any of its words, terms of two words too") {
    WordCountOptions options;
    options.length = 2;
    const WordCounts counts = counted({talk("一", {{"S1", "S1", "走访 居民 楼长 New Deal"}})}, options);
    WordTableSpec spec;
    spec.length = 2;
    spec.filter.codebook = {"走访", "new deal", "居民 楼"};
    const Table table = frequency_table(counts, columns_of(counts, "", {}), spec);
    CHECK(words_of(table) == "New Deal 居民 楼长 楼长 New 走访 居民 ");
    CHECK(column(table, "编码簿") == "是 否 否 是 ");
    CHECK(table.path_headings == std::vector<std::string>{"词串"});
    CHECK(has_note(table, "相邻的 2 个词"));
    spec.filter.minimum_length = 6;  // 楼长 New has five, the blank is none
    CHECK(words_of(frequency_table(counts, columns_of(counts, "", {}), spec)) == "New Deal ");
}

TEST_CASE("columns and dispersion") {
    const WordCounts counts = counted(street(), by(PartKind::participant));
    WordTableSpec spec = plain();
    spec.by = "group";
    spec.dispersion = true;
    const Table table = frequency_table(counts, columns_of(counts, "group", {}), spec);
    CHECK(column(table, "P") == "2 3 0 1 ");
    CHECK(column(table, "S") == "4 0 3 0 ");
    // 巡逻: all in P, 12 of 20 tokens; 走访: all in S.
    CHECK(column(table, "DP") == "0.267 0.400 0.600 0.400 ");
    // 社区: relative frequencies 1/6 and 1/2, mean 1/3, standard deviation 1/6.
    CHECK(column(table, "D") == "0.500 0.000 0.000 0.000 ");
    CHECK(has_note(table, "各列词数：P 12，S 8。"));
    CHECK(has_note(table, "按 2 列计算"));

    WordTableSpec over_documents = plain();
    over_documents.dispersion = true;
    const WordCounts apart = counted(street(), by(PartKind::document));
    const Table documents = frequency_table(apart, columns_of(apart, "", {}), over_documents);
    CHECK(documents.columns.back() == "DP");
    CHECK(has_note(documents, "按 2 份材料计算"));
    CHECK(column(documents, "DP") == "0.200 0.300 0.367 0.300 ");  // 社区: 3/6, 3/6 against 14/20, 6/20
}

TEST_CASE("nobody's column is the last and named; a group may be called D") {
    const WordCounts counts = counted({talk("一", {{"D1", "D1", "病床 病床"}, {"众", "", "病床"}})}, by(PartKind::participant));
    WordTableSpec spec;
    spec.by = "group";
    spec.dispersion = true;
    const WordColumns columns = columns_of(counts, "group", {});
    CHECK(printed_names(columns, Language::zh_hans) == std::vector<std::string>{"D", "（无归属）"});
    const Table table = frequency_table(counts, columns, spec);
    CHECK(column(table, "D 词频（次）") == "2 ");
    CHECK(column(table, "（无归属）") == "1 ");
    CHECK(has_note(table, "1 个词没有归属"));
    CHECK(std::set<std::string>(table.columns.begin(), table.columns.end()).size() == table.columns.size());
}

TEST_CASE("keywords: signed, over-used first, undefined cells empty") {
    const WordCounts counts = counted(street(), by(PartKind::participant));
    const WordColumns columns = columns_of(counts, "group", {});
    WordTableSpec spec = plain();
    spec.by = "group";
    const Table table = keyness_table(counts, columns, 0, spec);
    CHECK(table.title == "关键词表：P对其余");
    CHECK(words_of(table) == "巡逻 APP 社区 走访 ");
    CHECK(column(table, "本组词频（次）") == "3 1 2 0 ");
    CHECK(column(table, "其余词频（次）") == "0 0 4 3 ");
    CHECK(column(table, "本组每万词") == "2500.00 833.33 1666.67 0.00 ");
    CHECK(column(table, "其余每万词") == "0.00 0.00 5000.00 3750.00 ");
    // 2/12 against 4/8: a third.
    CHECK(std::get<Decimal>(table.rows[2].cells[5]).value == doctest::Approx(-std::log2(3.0)));
    CHECK(column(table, "对数比") == "  -1.58  ");
    CHECK(column(table, "%DIFF") == "  -66.7 -100.0 ");
    const KeynessCounts third{2, 4, 12, 8};
    CHECK(std::get<Decimal>(table.rows[2].cells[4]).value == doctest::Approx(-log_likelihood_four_cells(third)));
    CHECK(std::get<Decimal>(table.rows[2].cells[7]).value == doctest::Approx(bayes_factor(third).value()));
    CHECK(std::get<Decimal>(table.rows[2].cells[8]).value == doctest::Approx(chi_square_p(log_likelihood_four_cells(third))));
    CHECK(has_note(table, "本组词数 12，其余词数 8"));
    CHECK(has_note(table, "四格"));
    spec.filter.top = 1;
    CHECK(words_of(keyness_table(counts, columns, 0, spec)) == "巡逻 走访 ");
    spec.filter.top = 5;
    CHECK(words_of(keyness_table(counts, columns, 0, spec)) == "巡逻 APP 社区 走访 ");
    CHECK(words_of(keyness_table(counts, columns, 1, spec)) == "走访 社区 APP 巡逻 ");
}

TEST_CASE("with --top a word that both sides use alike is key for neither") {
    const WordCounts counts = counted({talk("一", {{"P1", "P1", "街道 会议"}, {"S1", "S1", "街道 家访"}})}, by(PartKind::participant));
    const WordColumns columns = columns_of(counts, "group", {});
    WordTableSpec spec;
    CHECK(words_of(keyness_table(counts, columns, 0, spec)) == "会议 街道 家访 ");
    spec.filter.top = 9;
    CHECK(words_of(keyness_table(counts, columns, 0, spec)) == "会议 家访 ");
}

TEST_CASE("collocates of a term") {
    WordCountOptions options;
    options.node = "社区";
    options.window = 1;
    const WordCounts counts = counted(street(), options);
    WordTableSpec spec = plain();
    spec.node = "社區";
    spec.window = 1;
    const Table table = collocation_table(counts, spec);
    CHECK(table.title == "搭配词表：社區");
    CHECK(words_of(table) == "巡逻 走访 ");
    // Windows: 巡逻 and 我们 at P1's two, 走访 behind S1's first, 我们 before the last three: 4 tokens of 14.
    CHECK(counts.node == 6);
    CHECK(counts.window_tokens == 4);
    CHECK(column(table, "共现（次）") == "1 1 ");
    CHECK(column(table, "期望值") == "0.86 0.86 ");
    CHECK(column(table, "左") == "1 0 ");
    CHECK(column(table, "右") == "0 1 ");
    const CollocationCounts by_hand{1, 6, 3, 20, 4};
    CHECK(std::get<Decimal>(table.rows[0].cells[3]).value == doctest::Approx(log_likelihood(by_hand)));
    CHECK(std::get<Decimal>(table.rows[0].cells[4]).value == doctest::Approx(std::log2(14.0 / 12)));
    CHECK(std::get<Decimal>(table.rows[0].cells[5]).value == doctest::Approx(14 + std::log2(2.0 / 9)));
    CHECK(has_note(table, "“社區”出现 6 次；窗口为同一话轮内左右各 1 个词，共 4 个词"));
    spec.filter.minimum_count = 2;
    CHECK(collocation_table(counts, spec).rows.empty());
}

TEST_CASE("three languages") {
    const WordCounts counts = counted(street(), by(PartKind::participant));
    const WordColumns columns = columns_of(counts, "group", {});
    WordTableSpec spec = plain();
    spec.by = "group";
    spec.language = Language::zh_hant;
    CHECK(frequency_table(counts, columns, spec).title == "詞頻表");
    CHECK(has_note(frequency_table(counts, columns, spec), "基數：全部詞 20 個"));
    CHECK(keyness_table(counts, columns, 1, spec).title == "關鍵詞表：S對其餘");
    spec.language = Language::english;
    spec.skipped = {"b.docx"};
    const Table table = keyness_table(counts, columns, 1, spec);
    CHECK(table.title == "Keywords: S against the rest");
    CHECK(has_note(table, "all 20 tokens (stop words included, numbers and punctuation not)"));
    CHECK(has_note(table, "b.docx"));
    CHECK(table.note_heading == "Note: ");
    // All but names is in the language.
    for (const std::string& note : table.notes) CHECK(std::none_of(note.begin(), note.end(), [](char c) { return static_cast<unsigned char>(c) >= 0xE3; }));
}
