// SPDX-License-Identifier: Apache-2.0
//
// Studies of saturation: worked out by hand, against the cases of
// saturation.json, and random ones against a recount.
#include "fangtan/analysis/saturation_study.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>
#include <numeric>
#include <set>
#include <string>
#include <vector>

#include "../../support/random.hpp"
#include "fangtan/analysis/saturation_report.hpp"
#include "fangtan/base/error.hpp"
#include "fangtan/table/render.hpp"
#include "set_builder.hpp"

using namespace fangtan;
using namespace fangtan::analysis;
using testing::Random;
using testing::SetBuilder;

namespace {

// One letter is one code, one string one interview: D1, D2 …
SetBuilder letters(const std::vector<std::string>& interviews) {
    SetBuilder builder;
    std::set<char> all;
    for (const std::string& interview : interviews) all.insert(interview.begin(), interview.end());
    for (const char code : all) builder.code(std::string(1, code));
    for (std::size_t i = 0; i < interviews.size(); ++i) {
        const std::string id = "D" + std::to_string(i + 1);
        builder.document(id, 100, {{"P" + std::to_string(i + 1), 100}});
        std::uint32_t at = 0;
        for (const char code : interviews[i]) builder.coding(id, at, at + 1, std::string(1, code), "P" + std::to_string(i + 1)), ++at;
    }
    return builder;
}

const std::vector<std::string> kSets = {"abc", "bd", "ae", "cf", "ga", "ab", "d"};  // saturation_sets of saturation.json

SaturationStudySpec spec_of(std::size_t hold_out = 0, std::size_t base = 4, std::vector<std::size_t> runs = {2}) {
    SaturationStudySpec spec;
    spec.orders = 0;
    spec.hold_out = hold_out;
    spec.base = base;
    spec.runs = std::move(runs);
    return spec;
}

std::string sentence(const SetBuilder& builder, const SaturationStudySpec& spec, Language language = Language::zh_hans) {
    return saturation_sentence(saturation_study(builder.set, spec), builder.set, language);
}

std::string complaints(const std::string& text, const std::vector<std::string>& known) {
    Diagnostics diagnostics;
    const auto order = read_interview_order(text, "order.txt", known, diagnostics);
    CHECK(order.has_value() != diagnostics.has_errors());
    std::string all;
    for (const Diagnostic& one : diagnostics.entries()) all += std::to_string(one.position.line) + ":" + std::to_string(one.position.column) + ": " + one.message + "\n";
    return all;
}

void check_numbers(const std::vector<double>& found, const std::vector<double>& expected) {
    REQUIRE(found.size() == expected.size());
    for (std::size_t i = 0; i < found.size(); ++i) CHECK(found[i] == doctest::Approx(expected[i]));
}

}  // namespace

TEST_CASE("the reference cases come out of codings as they do out of sets") {
    const SaturationStudy study = saturation_study(letters(kSets).set, spec_of(0, 4, {2, 3}));
    CHECK(study.interviews == std::vector<std::string>{"D1", "D2", "D3", "D4", "D5", "D6", "D7"});
    CHECK(study.cumulative == std::vector<std::uint64_t>{3, 4, 5, 6, 7, 7, 7});
    CHECK(study.runs[0].base_codes == 6);
    CHECK(study.runs[0].label(2) == "5+2");
    CHECK(study.runs[0].runs[0].ratio.number() == doctest::Approx(1.0 / 6));
    CHECK(!study.runs[1].saturated_after);  // one run of three, with g in it
    CHECK(study.verdict() == SaturationStudy::Verdict::saturated);
    CHECK(study.studied == 7);
    CHECK(study.band.middle.empty());

    std::ifstream file(FANGTAN_SOURCE_FOLDER "/tests/reference/agreement/saturation.json");
    int cases = 0;
    for (const auto& one : nlohmann::json::parse(file)) {
        if (!one["params"].contains("interviews")) continue;
        std::vector<std::string> interviews;
        for (const auto& codes : one["params"]["interviews"]) {
            std::string& text = interviews.emplace_back();
            for (const std::string code : codes) text += code;
        }
        const SaturationStudy result = saturation_study(letters(interviews).set, spec_of());
        for (const auto& [name, value] : one["expected"].items()) {
            if (!name.starts_with("S_") && !name.starts_with("jaccard_")) continue;
            const SaturationStep& step = result.steps[std::stoul(name.substr(name.find('_') + 1)) - 2];
            CHECK((name[0] == 'S' ? step.s : step.jaccard).number() == doctest::Approx(value.get<double>()));
            ++cases;
        }
    }
    CHECK(cases == 8);
}

TEST_CASE("the statement is true whatever came out, in three languages") {
    // 16, 11, 7 and 3 new codes, then 4, 3, 1, 0: Guest, Namey & Chen's own example.
    SetBuilder guest;
    std::uint32_t next = 0;
    const std::vector<int> fresh = {16, 11, 7, 3, 4, 3, 1, 0};
    for (std::size_t i = 0; i < fresh.size(); ++i) {
        guest.document("D" + std::to_string(i + 1), 100, {});
        for (int n = 0; n < fresh[i]; ++n, ++next) guest.code("c" + std::to_string(next)).coding("D" + std::to_string(i + 1), next, next + 1, "c" + std::to_string(next), "");
    }
    SUBCASE("saturated at the end") {
        CHECK(sentence(guest, spec_of()) == "按材料排列顺序，前 4 份访谈得到 37 个编码；第 7、8 份访谈出现新编码 1 个（占基数的 2.7%，不高于 5%），编码在 6+2 份时达到饱和（Guest, Namey & Chen, 2020）。");
        CHECK(sentence(guest, spec_of(), Language::english) ==
              "In the order in which the interviews are listed, the first 4 interviews yielded 37 codes; interviews 7 and 8 brought 1 new code (2.7% of the base, not above 5%): "
              "code saturation was reached at 6+2 interviews (Guest, Namey & Chen, 2020).");
        SaturationStudySpec given = spec_of();
        given.order = interview_ids(guest.set, InterviewUnit::document);
        CHECK(sentence(guest, given, Language::zh_hant).starts_with("按訪談先後順序，前 4 份訪談得到 37 個編碼；"));
    }
    SUBCASE("not saturated") {
        const SaturationStudySpec spec = spec_of(0, 4, {3});
        CHECK(saturation_study(guest.set, spec).verdict() == SaturationStudy::Verdict::not_saturated);
        CHECK(sentence(guest, spec) == "按材料排列顺序，前 4 份访谈得到 37 个编码；最后一轮（第 6、7、8 份访谈）仍出现新编码 4 个（占基数的 10.8%，高于 5%），编码尚未达到饱和（Guest, Namey & Chen, 2020）。");
        CHECK(sentence(guest, spec, Language::english).find("the last run (interviews 6, 7 and 8) still brought 4 new codes (10.8% of the base, above 5%): code saturation was not reached") !=
              std::string::npos);
    }
    SUBCASE("interviews held back bring something") {
        CHECK(sentence(guest, spec_of(3), Language::zh_hans) == "除留作检验的 3 份外，共 5 份访谈，少于基数（4 份）与一轮（2 份）之和，无法判断编码是否饱和（Guest, Namey & Chen, 2020）。"
                                                                "另留 3 份访谈检验，出现新编码 4 个：c41、c42、c43、c44。");
        CHECK(saturation_study(guest.set, spec_of(3)).verdict() == SaturationStudy::Verdict::cannot_say);
        CHECK(sentence(guest, spec_of(3), Language::english).ends_with("As a check, 3 further interviews were held back: 4 new codes appeared (c41, c42, c43, c44)."));
    }
    SUBCASE("they bring nothing; later interviews are told of") {
        const SetBuilder builder = letters({"ab", "ac", "b", "bc", "a", "c", "ab", "d", "a"});
        CHECK(sentence(builder, spec_of(1)) == "按材料排列顺序，前 4 份访谈得到 3 个编码；第 5、6 份访谈出现新编码 0 个（占基数的 0%，不高于 5%），编码在 4+2 份时达到饱和（Guest, Namey & Chen, 2020）。"
                                               "其后 2 份访谈又出现新编码 1 个。另留 1 份访谈检验，未出现新的编码。");
        CHECK(sentence(builder, spec_of(2)).find("其后 1 份访谈未再出现新编码。另留 2 份访谈检验，出现新编码 1 个：d。") != std::string::npos);
        // In the interview right behind the quiet run.
        CHECK(sentence(letters({"ab", "ac", "b", "bc", "a", "c", "d", "a"}), spec_of()).ends_with("其后 2 份访谈又出现新编码 1 个。"));
        SaturationStudySpec people = spec_of(1);
        people.unit = InterviewUnit::participant;
        CHECK(sentence(builder, people).starts_with("按受访者排列顺序，前 4 位受访者得到 3 个编码；第 5、6 位受访者出现新编码 0 个"));
    }
    SUBCASE("no code in the base, too few, none at all") {
        CHECK(sentence(letters({"", "", "", "", "a", "", "b"}), spec_of()) == "前 4 份访谈没有出现编码，新编码所占比例无从计算，无法判断编码是否饱和（Guest, Namey & Chen, 2020）。");
        CHECK(sentence(letters({"", "a", "b"}), spec_of(0, 1, {1}), Language::english) ==
              "In the first interview there was no code, so there is no base to measure new codes against; saturation cannot be judged (Guest, Namey & Chen, 2020).");
        CHECK(sentence(letters({"a", "a"}), spec_of(0, 1, {1})).starts_with("按材料排列顺序，第 1 份访谈得到 1 个编码；第 2 份访谈出现新编码 0 个"));
        CHECK(sentence(letters({"a", "b"}), spec_of()) == "共 2 份访谈，少于基数（4 份）与一轮（2 份）之和，无法判断编码是否饱和（Guest, Namey & Chen, 2020）。");
        CHECK(sentence(SetBuilder(), spec_of(), Language::english) ==
              "There were 0 interviews, fewer than a base of 4 and a run of 2; saturation cannot be judged (Guest, Namey & Chen, 2020).");
    }
    SUBCASE("a share just above the threshold does not look like it") {
        SetBuilder builder;
        builder.document("D1", 1, {}).document("D2", 1, {});
        for (int n = 0; n < 1998 + 100; ++n) {
            const std::string code = "c" + std::to_string(n);
            builder.code(code).coding(n < 1998 ? "D1" : "D2", 0, 1, code, "");
        }
        // 100 / 1998 = 5.005 %
        CHECK(sentence(builder, spec_of(0, 1, {1})).find("（占基数的 5.01%，高于 5%）") != std::string::npos);
        SaturationStudySpec seven = spec_of(0, 1, {1});
        seven.threshold = 0.07;
        CHECK(sentence(builder, seven).find("（占基数的 5%，不高于 7%）") != std::string::npos);
    }
}

TEST_CASE("what an interview is, and what counts") {
    SetBuilder builder;
    builder.code("甲").code("甲/一").code("甲/二").code("乙");
    builder.participant("P9", "警");  // listed, but never heard
    builder.document("D1", 9, {{"S1", 4}, {"P1", 5}}).document("D2", 9, {{"P1", 9}});
    builder.coding("D1", 0, 1, "甲/一", "P1").coding("D1", 1, 2, "甲/二", "S1").coding("D2", 0, 1, "甲/二", "P1").coding("D2", 1, 2, "甲", "P1");
    builder.coding("D2", 2, 3, "乙", "P1", "L", CodingStatus::rejected).coding("D2", 3, 4, "乙", "");
    CHECK(interview_ids(builder.set, InterviewUnit::document) == std::vector<std::string>{"D1", "D2"});
    CHECK(interview_ids(builder.set, InterviewUnit::participant) == std::vector<std::string>{"S1", "P1"});
    SaturationStudySpec spec = spec_of();
    SaturationStudy study = saturation_study(builder.set, spec);
    CHECK(study.codes == InterviewCodes{{1, 2}, {0, 2, 3}});
    CHECK(study.first == InterviewCodes{{1, 2}, {0, 3}});
    CHECK(study.rejected == 1);
    spec.level = 1;
    CHECK(saturation_study(builder.set, spec).codes == InterviewCodes{{0}, {0, 3}});
    spec.level.reset();
    spec.unit = InterviewUnit::participant;
    spec.order = {"P1", "S1"};
    study = saturation_study(builder.set, spec);
    CHECK(study.codes == InterviewCodes{{0, 1, 2}, {2}});
    CHECK(study.nobodys == 1);
    CHECK(study.steps[0].s.number() == 1);
    CHECK(study.steps[0].jaccard.number() == doctest::Approx(1.0 / 3));
    spec.status = StatusChoice::all;
    CHECK(saturation_study(builder.set, spec).codes[0] == std::vector<std::uint32_t>{0, 1, 2, 3});
    spec.status = StatusChoice::accepted;
    study = saturation_study(builder.set, spec);
    CHECK(study.without_codes() == std::vector<std::size_t>{0, 1});
    CHECK(study.verdict() == SaturationStudy::Verdict::cannot_say);
    spec.order = {"P1", "P1"};
    CHECK_THROWS_AS(static_cast<void>(saturation_study(builder.set, spec)), Error);
}

TEST_CASE("holding back") {
    const CodingSet set = letters(kSets).set;
    SaturationStudySpec spec = spec_of(3, 2, {1});
    const SaturationStudy study = saturation_study(set, spec);
    CHECK(study.studied == 4);
    CHECK(study.held_out_new == std::vector<std::uint32_t>{6});  // g
    CHECK(study.runs[0].runs.size() == 2);
    spec.hold_out_third = true;
    CHECK(saturation_study(set, spec).spec.hold_out == 2);  // of 7
    spec.hold_out_third = false;
    spec.hold_out = 7;
    CHECK_THROWS_WITH_AS(static_cast<void>(saturation_study(set, spec)), "of 7 interviews 7 cannot be held back; at least one must stay", Error);
    spec.hold_out_third = true;
    CHECK_THROWS_AS(static_cast<void>(saturation_study(letters({"a", "b"}).set, spec)), Error);
}

TEST_CASE("the table, cell by cell") {
    const CodingSet set = letters({"abc", "bd", "ae", ""}).set;
    SaturationStudySpec spec = spec_of(1, 1, {1});
    const SaturationStudy study = saturation_study(set, spec);
    const Table table = saturation_table(study, set, Language::english, NewCodeNames::listed);
    CHECK(table::to_csv(table, table::ForSpreadsheet::no) ==
          "Interview,Codes,New codes,New,Cumulative,S,Jaccard,Held back\n"
          "D1,3,3,\"a, b, c\",3,,,\n"
          "D2,2,1,d,4,0.500,0.250,\n"
          "D3,2,1,e,5,0.500,0.200,\n"
          "D4,0,0,,5,,0.000,yes\n");
    CHECK(table.notes == std::vector<std::string>{
                             "Base 1, run 1, threshold 5%: not saturated (interview 3: 1 new code, 33.3% of 3).", "S (Yang et al., 2022): never 3 in a row of at least 95%.",
                             "As a check, 1 further interview was held back: no new code appeared.",
                             "Interviews in the order of their names, which need not be the order in which they were held; give that with --order.",
                             "Without any coding, so bringing nothing new: D4.",
                             "For the methods section: In the order in which the interviews are listed, the first interview yielded 3 codes; the last run (interview 3) still brought 1 new code "
                             "(33.3% of the base, above 5%): code saturation was not reached (Guest, Namey & Chen, 2020). As a check, 1 further interview was held back: no new code appeared."});
    CHECK(saturation_table(study, set, Language::english, NewCodeNames::left_out).columns.size() == table.columns.size() - 1);
    spec.orders = 3;
    const Table with_band = saturation_table(saturation_study(set, spec), set, Language::zh_hans, NewCodeNames::left_out);
    CHECK(with_band.rows[3].cells.size() == with_band.columns.size());
    CHECK(std::get<Decimal>(with_band.rows[2].cells[5]).value == 5);
}

TEST_CASE("S three times in a row, of the interviews that were not held back") {
    const CodingSet set = letters({"abc", "ab", "bc", "d", "a", "b", "c"}).set;
    CHECK(saturation_study(set, spec_of()).s_saturated_at == 7);
    CHECK(!saturation_study(set, spec_of(1)).s_saturated_at);
    SaturationStudySpec twice = spec_of(1);
    twice.s_times = 2;
    CHECK(saturation_study(set, twice).s_saturated_at == 3);
}

TEST_CASE("the order as a file: all faults at once, with their lines") {
    Diagnostics diagnostics;
    CHECK(read_interview_order("# 先后\nP2\r\n\n  P10 \n#3\nP1", "f", {"P1", "P2", "#3", "P10"}, diagnostics) == std::vector<std::string>{"P2", "P10", "#3", "P1"});
    CHECK(!diagnostics.has_errors());
    CHECK(complaints("访谈一\n\n  访谈三\n访谈一\n", {"访谈一", "访谈二", "座谈"}) ==
          "3:3: there is no interview \"访谈三\" in the codings; did you mean \"访谈一\"?\n4:1: \"访谈一\" stands in line 1 already; every interview is named once\n"
          "0:0: these interviews of the codings are missing: 访谈二, 座谈; add each in its place\n");
    CHECK(complaints("", {"D1"}) == "0:0: these interviews of the codings are missing: D1; add each in its place\n");
}

TEST_CASE("random orders: the numbers an independent program draws") {
    SaturationStudySpec spec = spec_of();
    const CodingSet set = letters(kSets).set;
    spec.orders = 20;
    OrderBand band = saturation_study(set, spec).band;
    check_numbers(band.low, {1.0, 2.95, 3.95, 4.0, 5.0, 6.0, 7.0});
    check_numbers(band.middle, {2.0, 4.0, 5.0, 5.0, 6.0, 6.5, 7.0});
    check_numbers(band.high, {3.0, 4.0, 5.05, 6.0, 6.05, 7.0, 7.0});
    CHECK(band.reached == std::vector<std::uint64_t>{0, 0, 0, 0, 0, 3, 4});
    spec.seed = 7;
    band = saturation_study(set, spec).band;
    check_numbers(band.low, {1.0, 2.0, 3.95, 4.95, 5.0, 6.0, 7.0});
    CHECK(band.reached == std::vector<std::uint64_t>{0, 0, 0, 0, 0, 2, 5});
    spec.seed = 1;
    spec.orders = 1;
    band = saturation_study(set, spec).band;
    CHECK(band.middle == std::vector<double>{3, 4, 5, 5, 5, 6, 7});
    CHECK(band.low == band.middle);
    CHECK(band.high == band.middle);
    // One interview has one order only: that of the file.
    const SaturationStudy single = saturation_study(letters({"abc"}).set, spec);
    CHECK(single.band.middle == std::vector<double>{3});
}

TEST_CASE("random orders come near to all orders") {
    const std::vector<std::string> interviews = {"a", "ab", "c", "ad"};
    SaturationStudySpec spec = spec_of(0, 1, {1});
    spec.orders = 24'000;
    const OrderBand band = saturation_study(letters(interviews).set, spec).band;
    std::vector<std::size_t> order = {0, 1, 2, 3};
    std::vector<double> reached(4, 0);
    std::vector<std::vector<double>> counts(4);
    do {
        std::vector<std::string> ordered;
        for (const std::size_t i : order) ordered.push_back(interviews[i]);
        const SaturationStudy one = saturation_study(letters(ordered).set, spec_of(0, 1, {1}));
        for (std::size_t i = 0; i < 4; ++i) {
            counts[i].push_back(static_cast<double>(one.cumulative[i]));
            if (one.runs[0].saturated_after && *one.runs[0].saturated_after + 1 <= i + 1) ++reached[i];
        }
    } while (std::next_permutation(order.begin(), order.end()));
    for (std::size_t i = 0; i < 4; ++i) {
        CHECK(static_cast<double>(band.reached[i]) / 24'000 == doctest::Approx(reached[i] / 24).epsilon(0.03));
        std::sort(counts[i].begin(), counts[i].end());
        CHECK(band.middle[i] >= counts[i][11]);
        CHECK(band.middle[i] <= counts[i][12]);
        CHECK(band.low[i] >= counts[i].front());
        CHECK(band.high[i] <= counts[i].back());
    }
}

TEST_CASE("random studies against a recount") {
    Random random(11);
    for (std::size_t round = 0; round < testing::cases(300); ++round) {
        std::vector<std::string> interviews(1 + random.below(12));
        for (std::string& interview : interviews) {
            for (std::size_t n = random.below(6); n > 0; --n) interview += static_cast<char>('a' + random.below(9));
        }
        const SetBuilder builder = letters(interviews);
        SaturationStudySpec spec = spec_of(0, 1 + random.below(4), {1 + random.below(3), 2});
        spec.orders = 1 + random.below(30);
        spec.seed = random.next();
        if (interviews.size() > 1) spec.hold_out = random.below(interviews.size());
        spec.order = interview_ids(builder.set, InterviewUnit::document);
        for (std::size_t i = spec.order.size(); i > 1; --i) std::swap(spec.order[i - 1], spec.order[random.below(i)]);
        const SaturationStudy study = saturation_study(builder.set, spec);
        std::set<char> together;
        for (std::size_t i = 0; i < interviews.size(); ++i) {
            const std::string& here = interviews[std::stoul(spec.order[i].substr(1)) - 1];
            const std::set<char> codes(here.begin(), here.end());
            const auto old = static_cast<std::size_t>(std::count_if(codes.begin(), codes.end(), [&](char code) { return together.contains(code); }));
            together.insert(codes.begin(), codes.end());
            CHECK(study.codes[i].size() == codes.size());
            CHECK(study.first[i].size() == codes.size() - old);
            CHECK(study.cumulative[i] == together.size());
            if (i > 0 && !codes.empty()) CHECK(study.steps[i - 1].s.number() == doctest::Approx(static_cast<double>(old) / static_cast<double>(codes.size())));
        }
        CHECK(study.held_out_new.size() == study.cumulative.back() - study.cumulative[study.studied - 1]);
        CHECK(study.band.middle.size() == study.studied);
        for (std::size_t i = 0; i < study.studied; ++i) {
            CHECK(study.band.low[i] <= study.band.middle[i]);
            CHECK(study.band.middle[i] <= study.band.high[i]);
            if (i > 0) CHECK(study.band.low[i - 1] <= study.band.low[i]);
        }
        const auto end = static_cast<double>(study.cumulative[study.studied - 1]);
        CHECK(study.band.low.back() == end);
        CHECK(study.band.high.back() == end);
        CHECK(study.band.reached.back() <= spec.orders);
        // The same seed gives the same bytes; the JSON can be read and agrees.
        const std::string json = saturation_json(study, builder.set, Language::english);
        CHECK(json == saturation_json(saturation_study(builder.set, spec), builder.set, Language::english));
        const auto read = nlohmann::json::parse(json);
        CHECK(read["interviews"].size() == interviews.size());
        CHECK(read["saturated_after"].is_null() == (study.verdict() != SaturationStudy::Verdict::saturated));
        CHECK(!table::to_text(saturation_table(study, builder.set, Language::zh_hans, NewCodeNames::listed)).empty());
    }
}
