// SPDX-License-Identifier: Apache-2.0
//
// Two groups compared: intervals against published ones, a study worked out by
// hand, random ones against a recount.
#include "fangtan/analysis/comparison.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "../../support/random.hpp"
#include "fangtan/base/error.hpp"
#include "fangtan/table/render.hpp"
#include "set_builder.hpp"

using namespace fangtan;
using namespace fangtan::analysis;
using testing::Random;
using testing::SetBuilder;

namespace {

void check_interval(const Interval& found, double low, double high) {
    CHECK(std::abs(found.low - low) < 5.1e-5);
    CHECK(std::abs(found.high - high) < 5.1e-5);
}

// P: 4 references, S: 6. P3 is in the table but never heard, R1 is in neither group.
SetBuilder small_study() {
    SetBuilder builder;
    builder.code("甲").code("甲/一").code("甲/二").code("乙");
    builder.participant("P1", "P", {{"wave", "1"}}).participant("P2", "P", {{"wave", "2"}}).participant("P3", "P", {{"wave", "3"}});
    builder.participant("S1", "S", {{"wave", "1"}}).participant("S2", "S").participant("R1", "R");
    builder.document("2023甲", 70, {{"P1", 40}, {"S1", 20}}).document("2023乙", 100, {{"P2", 60}, {"S2", 30}}).document("2024甲", 10, {{"S1", 10}, {"R1", 5}});
    builder.coding("2023甲", 0, 10, "甲/一", "P1").coding("2023甲", 5, 20, "甲/一", "P1").coding("2023乙", 0, 5, "甲/一", "P2").coding("2023甲", 50, 60, "甲/一", "S1");
    builder.coding("2023甲", 60, 61, "甲/二", "S1").coding("2023乙", 70, 72, "甲/二", "S2").coding("2024甲", 0, 3, "甲/二", "S1");
    builder.coding("2023甲", 0, 10, "乙", "P1").coding("2024甲", 0, 3, "乙", "S1").coding("2024甲", 4, 6, "乙", "S1");
    builder.coding("2024甲", 7, 9, "乙", "R1").coding("2024甲", 7, 9, "乙", "S1", "L", CodingStatus::rejected);
    return builder;
}

ComparisonSpec groups(const std::string& first, const std::string& second, CountKind count = CountKind::references) {
    ComparisonSpec spec;
    spec.groups = {first, second};
    spec.count = count;
    return spec;
}

// code: counts of both
std::string counts_of(const Comparison& comparison, const CodingSet& set) {
    std::string text = std::to_string(comparison.bases[0]) + "/" + std::to_string(comparison.bases[1]);
    for (const ComparedCode& code : comparison.codes) {
        text += " " + set.codes[code.code].name + (code.own ? "!" : "") + " " + std::to_string(code.counts[0]) + ":" + std::to_string(code.counts[1]);
    }
    return text;
}

}  // namespace

TEST_CASE("Newcombe's intervals as he printed them (1998, table II, method 10)") {
    check_interval(newcombe_interval(56, 70, 48, 80, 0.95), 0.0524, 0.3339);
    check_interval(newcombe_interval(9, 10, 3, 10, 0.95), 0.1705, 0.8090);
    check_interval(newcombe_interval(6, 7, 2, 7, 0.95), 0.0582, 0.8062);
    check_interval(newcombe_interval(5, 56, 0, 29, 0.95), -0.0381, 0.1926);
    check_interval(newcombe_interval(10, 10, 0, 10, 0.95), 0.6075, 1.0000);
}

TEST_CASE("intervals are symmetric, within bounds, and wider with confidence") {
    // 81 of 263: (0.2553, 0.3662), the score interval in Newcombe's companion paper on single proportions.
    check_interval(wilson_interval(81, 263, 0.95), 0.2553, 0.3662);
    CHECK(wilson_interval(0, 20, 0.95).low == 0);
    CHECK(wilson_interval(20, 20, 0.95).high == 1);
    CHECK_THROWS_AS(static_cast<void>(wilson_interval(1, 0, 0.95)), Error);
    CHECK_THROWS_AS(static_cast<void>(wilson_interval(3, 2, 0.95)), Error);
    CHECK_THROWS_AS(static_cast<void>(newcombe_interval(1, 2, 1, 2, 1)), Error);
    Random random(3);
    for (std::size_t round = 0; round < testing::cases(500); ++round) {
        const std::uint64_t m = 1 + random.below(40);
        const std::uint64_t n = 1 + random.below(40);
        const std::uint64_t a = random.below(m + 1);
        const std::uint64_t b = random.below(n + 1);
        const Interval one = newcombe_interval(a, m, b, n, 0.95);
        const Interval other = newcombe_interval(b, n, a, m, 0.95);
        const double difference = static_cast<double>(a) / static_cast<double>(m) - static_cast<double>(b) / static_cast<double>(n);
        CHECK(one.low == doctest::Approx(-other.high));
        CHECK(one.low >= -1);
        CHECK(one.high <= 1);
        CHECK(one.low <= difference + 1e-12);
        CHECK(one.high >= difference - 1e-12);
        CHECK(one.high - one.low > 0);
        const Interval wide = newcombe_interval(a, m, b, n, 0.99);
        CHECK(wide.low <= one.low);
        CHECK(wide.high >= one.high);
    }
}

TEST_CASE("a study worked out by hand") {
    const CodingSet set = small_study().set;
    Comparison result = compare(set, groups("P", "S"));
    CHECK(result.names == std::array<std::string, 2>{"P", "S"});
    // |58.3|, |50|, |8.3| points
    CHECK(counts_of(result, set) == "4/6 一 3:1 二 0:3 乙 1:2");
    CHECK(result.elsewhere == 1);
    CHECK(result.rejected == 1);
    CHECK(*result.codes[0].difference == doctest::Approx(7.0 / 12));
    CHECK(*result.codes[0].g2 == doctest::Approx(2.0207144818264444));
    CHECK(*result.codes[0].p == doctest::Approx(0.15516611643250158));
    CHECK(*result.codes[0].bayes_factor == doctest::Approx(-0.2818706111676015));
    CHECK(*result.codes[0].log_ratio == doctest::Approx(2.169925001442312));
    check_interval(*result.codes[0].interval, -0.016168, 0.829195);
    CHECK(!result.codes[1].log_ratio);
    CHECK(*result.codes[1].difference == -0.5);
    CHECK(*result.codes[1].g2 == doctest::Approx(3.0649537425959443));
    check_interval(*result.codes[2].interval, -0.503136, 0.424490);

    ComparisonSpec spec = groups("P", "S");
    spec.order = ComparisonOrder::g2;
    CHECK(counts_of(compare(set, spec), set) == "4/6 二 0:3 一 3:1 乙 1:2");
    spec.order = ComparisonOrder::codebook;
    CHECK(counts_of(compare(set, spec), set) == "4/6 一 3:1 二 0:3 乙 1:2");
    spec.minimum = 4;
    CHECK(counts_of(compare(set, spec), set) == "4/6 一 3:1");
    spec.minimum = 0;
    spec.level = 1;
    CHECK(counts_of(compare(set, spec), set) == "4/6 甲 3:4 乙 1:2");
    CHECK(counts_of(compare(set, groups("S", "P")), set) == "6/4 一 1:3 二 3:0 乙 2:1");
}

TEST_CASE("each measure has its base") {
    const CodingSet set = small_study().set;
    CHECK(counts_of(compare(set, groups("P", "S", CountKind::documents)), set) == "2/3 二 0:3 一 2:1 乙 1:1");
    // P3 was never heard.
    CHECK(counts_of(compare(set, groups("P", "S", CountKind::participants)), set) == "2/2 二 0:2 一 2:1 乙 1:1");
    // 一 of P: 0 to 20 and 0 to 5.
    CHECK(counts_of(compare(set, groups("P", "S", CountKind::characters)), set) == "100/60 二 0:6 一 25:10 乙 10:5");
}

TEST_CASE("attributes and documents") {
    const CodingSet set = small_study().set;
    ComparisonSpec wave;
    wave.by = "wave";  // the third value belongs to nobody who speaks
    Comparison result = compare(set, wave);
    CHECK(result.names == std::array<std::string, 2>{"1", "2"});
    CHECK(counts_of(result, set) == "8/1 一 3:1 乙 3:0 二 2:0");
    ComparisonSpec years;
    years.documents = {"2023*", "2024甲"};
    result = compare(set, years);
    CHECK(counts_of(result, set) == "7/4 乙 1:3 一 4:0 二 2:1");
    CHECK(result.elsewhere == 0);
    years.count = CountKind::participants;
    CHECK(counts_of(compare(set, years), set) == "4/2 一 3:0 乙 1:2 二 2:1");  // S1 in both years
    years.count = CountKind::documents;
    CHECK(counts_of(compare(set, years), set) == "2/1 一 2:0 乙 1:1 二 2:1");
    years.count = CountKind::characters;
    CHECK(compare(set, years).bases == std::array<std::uint64_t, 2>{150, 15});
}

TEST_CASE("what cannot be compared") {
    const CodingSet set = small_study().set;
    const auto fault = [&](const ComparisonSpec& spec) {
        try {
            static_cast<void>(compare(set, spec));
        } catch (const Error& error) {
            CHECK(error.kind() == ErrorKind::usage);
            return error.place() + ": " + error.what();
        }
        return std::string("none");
    };
    ComparisonSpec spec;
    CHECK(fault(spec) == "--by group: there are 3 values, P, R, S; choose two with --groups");
    spec.by = "wav";
    CHECK(fault(spec) == "--by wav: no participant has this attribute; known are participant, group, role, wave; did you mean wave?");
    spec.by = "role";
    CHECK(fault(spec) == "--by role: nobody who speaks or is coded has a value; two are needed");
    CHECK(fault(groups("P", "Q")) == "--groups Q: nobody who speaks or is coded has this group; known are P, R, S");
    CHECK(fault(groups("P", "P")) == "--groups P: is named twice; two different groups are compared");
    ComparisonSpec certain = groups("P", "S");
    certain.confidence = 1;
    CHECK(fault(certain) == "--confidence: must lie between 0 and 1");
    spec.documents = {"2023*", "*甲"};
    CHECK(fault(spec) == "--documents-second *甲: fits 2023甲, and so does 2023*; a document belongs to one side");
    spec.documents = {"2022*", "2023*"};
    CHECK(fault(spec) == "--documents-first 2022*: fits no document");
}

TEST_CASE("where a base is missing, cells are empty and a note says so") {
    SetBuilder builder;
    builder.code("甲").participant("P1", "P").participant("S1", "S");
    builder.document("D1", 10, {{"P1", 10}}).document("D2", 10, {{"S1", 2}});
    builder.coding("D1", 0, 4, "甲", "P1").coding("D2", 0, 4, "甲", "S1");
    Comparison result = compare(builder.set, groups("P", "S", CountKind::characters));
    CHECK(!result.codes[0].difference);  // 4 coded of 2 said
    CHECK(table::to_csv(comparison_table(result, builder.set, Language::zh_hans, 1), table::ForSpreadsheet::no).ends_with("甲,4,,4,,,,,,,,\n"));
    builder.set.documents[1].speech.clear();
    builder.set.documents[1].participants = {1};
    result = compare(builder.set, groups("P", "S", CountKind::characters));
    CHECK(result.speech_unknown);
    const Table table = comparison_table(result, builder.set, Language::zh_hans, 1);
    CHECK(table.notes[0] == "百分比的基数为各组讲话字数：P 10，S 不详。");
    CHECK(std::find(table.notes.begin(), table.notes.end(), "基数为 0、不详或小于次数的，百分比及其后各列无定义，留空。") != table.notes.end());
}

TEST_CASE("the table") {
    const CodingSet set = small_study().set;
    const Table table = comparison_table(compare(set, groups("P", "S")), set, Language::zh_hans, 1);
    CHECK(table.title == "编码比较：P与S");
    CHECK(table::to_csv(table, table::ForSpreadsheet::no) ==
          "上级编码,编码,P（次）,P（%）,S（次）,S（%）,差值（百分点）,95% 下限,95% 上限,对数比,G²,p,贝叶斯因子\n"
          "甲,一,3,75.0,1,16.7,58.3,-1.6,82.9,2.17,2.02,0.1552,-0.28\n"
          "甲,二,0,0.0,3,50.0,-50.0,-81.2,8.1,,3.06,0.0800,0.76\n"
          "乙,,1,25.0,2,33.3,-8.3,-50.3,42.4,-0.42,0.06,0.8116,-2.25\n");
}

TEST_CASE("random comparisons against a recount") {
    Random random(5);
    const std::vector<std::string> codes = {"甲", "甲/一", "甲/二", "乙"};
    for (std::size_t round = 0; round < testing::cases(300); ++round) {
        SetBuilder builder;
        for (const std::string& code : codes) builder.code(code);
        const std::vector<std::string> people = {"P1", "P2", "S1", "S2", "R1"};
        std::map<std::string, std::set<std::string>> heard;  // by group: documents
        std::map<std::string, std::set<std::string>> members;
        for (std::size_t d = 0; d < 4; ++d) {
            std::vector<std::pair<std::string, std::uint64_t>> speech;
            const std::string id = "D" + std::to_string(d);
            for (const std::string& person : people) {
                if (!random.chance(60) && d > 0) continue;  // all are heard in the first
                speech.emplace_back(person, 10);
                heard[person.substr(0, 1)].insert(id);
                members[person.substr(0, 1)].insert(person);
            }
            builder.document(id, 100, speech);
        }
        std::map<std::string, std::set<std::tuple<std::string, std::string, std::uint32_t>>> segments;  // group: code, document, start
        std::map<std::string, std::map<std::string, std::set<std::string>>> coded;
        std::map<std::string, std::map<std::string, std::set<std::string>>> in_document;
        for (std::size_t n = random.below(40); n > 0; --n) {
            const std::string document = "D" + std::to_string(random.below(4));
            const std::string person = random.pick(people);
            const std::string code = random.pick(codes);
            const auto start = static_cast<std::uint32_t>(random.below(8));
            const bool rejected = random.chance(10);
            builder.coding(document, start, start + 2, code, person, "rules", rejected ? CodingStatus::rejected : CodingStatus::proposed);
            if (rejected) continue;
            const std::string group = person.substr(0, 1);
            segments[group].emplace(code, document, start);
            coded[group][code].insert(person);
            in_document[group][code].insert(document);
            heard[group].insert(document);
        }
        for (const CountKind count : {CountKind::references, CountKind::participants, CountKind::documents}) {
            const Comparison result = compare(builder.set, groups("P", "S", count));
            for (std::size_t side = 0; side < 2; ++side) {
                const std::string group = side == 0 ? "P" : "S";
                const std::size_t base = count == CountKind::references ? segments[group].size() : count == CountKind::participants ? members[group].size() : heard[group].size();
                CHECK(result.bases[side] == base);
                for (const ComparedCode& one : result.codes) {
                    const std::string& code = builder.set.codes[one.code].id;
                    const auto references = std::count_if(segments[group].begin(), segments[group].end(), [&](const auto& segment) { return std::get<0>(segment) == code; });
                    CHECK(one.counts[side] == (count == CountKind::references ? static_cast<std::size_t>(references)
                                               : count == CountKind::participants ? coded[group][code].size() : in_document[group][code].size()));
                }
            }
            for (std::size_t i = 1; i < result.codes.size(); ++i) {
                if (!result.codes[i].difference) continue;
                CHECK(std::abs(*result.codes[i - 1].difference) >= std::abs(*result.codes[i].difference) - 1e-12);
            }
        }
    }
}
