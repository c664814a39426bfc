// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <set>

#include "fangtan/agreement/krippendorff.hpp"
#include "fangtan/agreement/kappa.hpp"
#include "fangtan/analysis/agreement_results.hpp"
#include "fangtan/analysis/agreement_sheet.hpp"
#include "fangtan/analysis/agreement_units.hpp"
#include "fangtan/base/error.hpp"
#include "set_builder.hpp"
#include "support/random.hpp"

using namespace fangtan;
using namespace fangtan::analysis;
using fangtan::testing::Random;
using fangtan::testing::SetBuilder;

namespace {

// Ten characters, four units: 0-2, 3-5, 5-8, 9-10.
AgreementDocument four_units(const std::string& id) {
    AgreementDocument document{id, {}, 10, {}, {}, {}};
    document.units = {{0, 1, 0, 2, "P1"}, {0, 1, 3, 5, "P1"}, {0, 2, 5, 8, "S1"}, {0, 2, 9, 10, "S1"}};
    return document;
}

CodedUnits units_of(const CodingSet& set, std::vector<AgreementDocument> documents, AgreementUnit unit = AgreementUnit::sentence) {
    CodedUnitsOptions options;
    options.unit = unit;
    return coded_units(set, std::move(documents), options);
}

ErrorKind kind_of_error(const CodingSet& set, std::vector<AgreementDocument> documents, const CodedUnitsOptions& options) {
    try {
        static_cast<void>(coded_units(set, std::move(documents), options));
    } catch (const Error& error) {
        return error.kind();
    }
    return ErrorKind::internal;
}

}  // namespace

TEST_CASE("a coding marks every unit that it shares a character with, each once") {
    SetBuilder builder;
    builder.code("报警").code("调解").document("P1", 10, {});
    builder.coding("P1", 0, 4, "报警", "", "林");   // units 0 and 1
    builder.coding("P1", 4, 5, "报警", "", "林");   // unit 1 again
    builder.coding("P1", 2, 3, "报警", "", "林");   // between units
    builder.coding("P1", 4, 6, "调解", "", "周");   // units 1 and 2
    builder.coding("P1", 8, 9, "调解", "", "周");   // between units
    builder.coding("P1", 9, 10, "报警", "", "周", CodingStatus::rejected);
    const CodedUnits units = units_of(builder.set, {four_units("P1")});
    CHECK(units.coders == std::vector<std::string>{"林", "周"});
    CHECK(units.code_names == std::vector<std::string>{"报警", "调解"});
    CHECK(units.units == 4);
    CHECK(units.beside == 2);
    CHECK(units.rejected == 1);
    const std::vector<UnitMark> expected = {{0, 0, 0}, {1, 0, 0}, {1, 1, 1}, {2, 1, 1}};
    CHECK(units.marks == expected);
    const auto found = disputes(units);
    REQUIRE(found.size() == 3);
    CHECK(found[1].codes == std::vector<std::vector<std::uint32_t>>{{0}, {1}});
    CHECK(found[2].place.participant == "S1");
}

TEST_CASE("two coders by hand: a b c d by code, pooled, and which code") {
    // Units: 林 codes 0 and 1, 周 codes 1 and 2; so a = 1, b = 1, c = 1, d = 1.
    SetBuilder builder;
    builder.code("报警").document("P1", 10, {});
    builder.coding("P1", 0, 5, "报警", "", "林").coding("P1", 3, 8, "报警", "", "周");
    const CodedUnits units = units_of(builder.set, {four_units("P1")});
    const agreement::Ratings ratings = ratings_of_code(units, 0);
    const agreement::Contingency table = ratings.contingency(0, 1);
    CHECK(table.at(1, 1) == 1);
    CHECK(table.at(1, 0) == 1);
    CHECK(table.at(0, 1) == 1);
    CHECK(table.at(0, 0) == 1);
    CHECK(agreement::cohen_kappa(table).value.number() == doctest::Approx(0));
    // α = 1 - (n - 1) o_01 / (n_0 n_1) = 1 - 7 · 2 / (4 · 4)
    const AgreementResult result = agreement_of_codings(units, builder.set, AgreementUnit::sentence, {});
    CHECK(find_metric(result, "alpha")->value.number() == doctest::Approx(0.125));
    CHECK(find_metric(result, "alpha_nominal")->value.number() == doctest::Approx(0.125));
    CHECK(find_metric(result, "pa")->value.number() == doctest::Approx(0.5));
    CHECK(find_metric(result, "jaccard")->value.number() == doctest::Approx(1.0 / 3));
    CHECK(find_metric(result, "dice")->value.number() == doctest::Approx(0.5));
    CHECK(find_metric(result, "no such") == nullptr);
}

TEST_CASE("one code on each unit gives nominal ratings, two codes of one coder do not") {
    SetBuilder builder;
    builder.code("报警").code("调解").document("P1", 10, {});
    builder.coding("P1", 0, 2, "报警", "", "林").coding("P1", 0, 2, "调解", "", "周").coding("P1", 5, 8, "调解", "", "林").coding("P1", 5, 6, "调解", "", "周");
    const auto nominal = nominal_ratings(units_of(builder.set, {four_units("P1")}));
    REQUIRE(nominal);
    CHECK(nominal->scale().names == std::vector<std::string>{kNoCode, "报警", "调解"});
    const agreement::Contingency table = nominal->contingency(0, 1);
    CHECK(table.at(0, 0) == 2);
    CHECK(table.at(1, 2) == 1);
    CHECK(table.at(2, 2) == 1);
    builder.coding("P1", 1, 2, "调解", "", "林");
    CHECK(!nominal_ratings(units_of(builder.set, {four_units("P1")})));
}

TEST_CASE("documents that a coder left empty count, or are left out") {
    SetBuilder builder;
    builder.code("报警").document("P1", 10, {}).document("P2", 10, {});
    builder.coding("P1", 0, 2, "报警", "", "林").coding("P1", 0, 2, "报警", "", "周").coding("P2", 0, 2, "报警", "", "林");
    CodedUnitsOptions options;
    CodedUnits units = coded_units(builder.set, {four_units("P1"), four_units("P2"), four_units("S9")}, options);
    CHECK(units.units == 8);
    CHECK(units.unknown == std::vector<std::string>{"S9"});
    REQUIRE(units.silent.size() == 1);
    CHECK(units.silent[0].document == "P2");
    CHECK(units.silent[0].coder == "周");
    options.only_shared = true;
    units = coded_units(builder.set, {four_units("P1"), four_units("P2")}, options);
    CHECK(units.units == 4);
    CHECK(units.silent.empty());
    CHECK(units.left_out == std::vector<std::string>{"P2"});
    // Both coded the same unit there and nothing else.
    CHECK(ratings_of_code(units, 0).contingency(0, 1).at(1, 1) == 1);
    CHECK(ratings_of_code(units, 0).contingency(0, 1).at(0, 0) == 3);
}

TEST_CASE("what does not fit together is refused") {
    SetBuilder builder;
    builder.code("报警").document("P1", 10, {});
    builder.set.documents[0].sha256 = "aa";
    builder.coding("P1", 0, 2, "报警", "", "林");
    CHECK(kind_of_error(builder.set, {four_units("P1")}, {}) == ErrorKind::usage);  // one coder
    builder.coding("P1", 0, 2, "报警", "", "周");
    CHECK(kind_of_error(builder.set, {}, {}) == ErrorKind::input);                  // no transcript
    AgreementDocument other = four_units("P1");
    other.sha256 = "bb";
    CHECK(kind_of_error(builder.set, {other}, {}) == ErrorKind::input);             // another version
    other.sha256 = "aa";
    CHECK(kind_of_error(builder.set, {other}, {}) == ErrorKind::internal);          // fits
    other.characters = 1;
    CHECK(kind_of_error(builder.set, {other}, {}) == ErrorKind::input);             // too short
    other.characters = 0;
    CHECK(kind_of_error(builder.set, {other}, {AgreementUnit::character, {}, false}) == ErrorKind::input);
    CHECK(kind_of_error(builder.set, {four_units("P1")}, {AgreementUnit::sentence, {"林", "吴"}, false}) == ErrorKind::usage);
}

TEST_CASE("by character: documents end to end, a b c d of the sums") {
    SetBuilder builder;
    builder.code("报警").document("P1", 10, {}).document("P2", 20, {});
    builder.coding("P1", 0, 6, "报警", "", "林").coding("P1", 4, 8, "报警", "", "周");
    builder.coding("P2", 10, 12, "报警", "", "林").coding("P2", 11, 14, "报警", "", "林").coding("P2", 10, 14, "报警", "", "周");
    const CodedUnits units = units_of(builder.set, agreement_documents(builder.set, AgreementUnit::character), AgreementUnit::character);
    CHECK(units.units == 30);
    CHECK(units.continuum.length == 30);
    CHECK(units.continuum.segments.size() == 4);  // two of 林 in P2 overlap and are one
    const AgreementResult result = agreement_of_codings(units, builder.set, AgreementUnit::character, {});
    REQUIRE(result.codes.size() == 1);
    REQUIRE(result.codes[0].counts);
    CHECK(result.codes[0].counts->both == 6);        // 2 in P1, 4 in P2
    CHECK(result.codes[0].counts->first_only == 4);
    CHECK(result.codes[0].counts->second_only == 2);
    CHECK(result.codes[0].counts->neither == 18);
    CHECK(find_metric(result, "jaccard")->value.number() == doctest::Approx(0.5));
    // P_e = (10 · 8 + 20 · 22) / 900
    CHECK(find_metric(result, "kappa")->value.number() == doctest::Approx((0.8 - 520.0 / 900) / (1 - 520.0 / 900)));
    CHECK(find_metric(result, "alpha_u1995") != nullptr);
    CHECK(find_metric(result, "alpha_ci_low") == nullptr);
    const auto found = disputes(units);
    REQUIRE(found.size() == 2);
    CHECK(found[0].place.start == 0);
    CHECK(found[0].place.end == 4);
    CHECK(found[1].place.start == 6);
    CHECK(found[1].place.end == 8);
}

TEST_CASE("random codings against counting unit by unit and character by character") {
    for (std::size_t round = 0; round < fangtan::testing::cases(300); ++round) {
        Random random(round + 1);
        SetBuilder builder;
        const std::vector<std::string> codes = {"报警", "调解", "人手"};
        const std::vector<std::string> coders = {"林", "周", "吴"};
        for (const std::string& code : codes) builder.code(code);
        std::vector<AgreementDocument> documents;
        const std::size_t count = 1 + random.below(3);
        for (std::size_t d = 0; d < count; ++d) {
            const std::string id = "P" + std::to_string(d + 1);
            builder.document(id, 40, {});
            AgreementDocument document{id, {}, 40, {}, {}, {}};
            for (std::uint32_t at = 0; at < 38;) {
                const auto start = static_cast<std::uint32_t>(at + random.below(3));
                const auto end = static_cast<std::uint32_t>(start + 1 + random.below(8));
                if (end > 40) break;
                document.units.push_back({0, 1, start, end, "P1"});
                at = end;
            }
            documents.push_back(document);
        }
        std::set<std::vector<std::size_t>> units_coded;       // document, unit, code, coder
        std::set<std::vector<std::size_t>> characters_coded;  // document, character, code, coder
        for (std::size_t i = 0; i < 3 + random.below(12); ++i) {
            const std::size_t d = random.below(count);
            const std::size_t code = random.below(3);
            const std::size_t coder = i < 3 ? i : random.below(3);  // all take part
            const auto start = static_cast<std::uint32_t>(random.below(39));
            const auto end = static_cast<std::uint32_t>(start + 1 + random.below(40 - start));
            const bool rejected = i >= 3 && random.chance(10);
            builder.coding("P" + std::to_string(d + 1), start, end, codes[code], "", coders[coder], rejected ? CodingStatus::rejected : CodingStatus::accepted);
            if (rejected) continue;
            for (std::size_t u = 0; u < documents[d].units.size(); ++u) {
                if (documents[d].units[u].start < end && start < documents[d].units[u].end) units_coded.insert({d, u, code, coder});
            }
            for (std::size_t c = start; c < end; ++c) characters_coded.insert({d, c, code, coder});
        }
        INFO("round ", round);
        for (const AgreementUnit unit : {AgreementUnit::sentence, AgreementUnit::character}) {
            const bool characters = unit == AgreementUnit::character;
            const auto& coded = characters ? characters_coded : units_coded;
            const CodedUnits units = units_of(builder.set, documents, unit);
            std::size_t all = 0;
            std::size_t disputed = 0;
            std::vector<std::int32_t> pooled;
            std::map<std::size_t, std::vector<std::int32_t>> by_code;
            for (std::size_t d = 0; d < count; ++d) {
                const std::size_t size = characters ? 40 : documents[d].units.size();
                all += size;
                for (std::size_t u = 0; u < size; ++u) {
                    bool differs = false;
                    for (std::size_t k = 0; k < units.codes.size(); ++k) {
                        const std::size_t code = units.codes[k];
                        std::vector<std::int32_t> row;
                        for (const std::string& coder : units.coders) {
                            const auto number = static_cast<std::size_t>(std::find(coders.begin(), coders.end(), coder) - coders.begin());
                            row.push_back(coded.count({d, u, code, number}) > 0 ? 1 : 0);
                        }
                        differs = differs || std::count(row.begin(), row.end(), row[0]) != 3;
                        pooled.insert(pooled.end(), row.begin(), row.end());
                        by_code[k].insert(by_code[k].end(), row.begin(), row.end());
                    }
                    disputed += differs ? 1 : 0;
                }
            }
            CHECK(units.units == all);
            const agreement::Scale scale{{"0", "1"}, {}, false};
            const auto same = [&](const agreement::Ratings& found, const std::vector<std::int32_t>& cells) {
                const agreement::Ratings expected(3, scale, cells);
                REQUIRE(found.patterns() == expected.patterns());
                for (std::size_t i = 0; i < found.patterns(); ++i) {
                    CHECK(std::equal(found.pattern(i).begin(), found.pattern(i).end(), expected.pattern(i).begin()));
                    CHECK(found.pattern_units(i) == expected.pattern_units(i));
                }
            };
            same(pooled_ratings(units), pooled);
            for (const auto& [k, cells] : by_code) same(ratings_of_code(units, static_cast<std::uint32_t>(k)), cells);
            std::size_t found = 0;
            for (const UnitDispute& dispute : disputes(units)) found += characters ? dispute.place.end - dispute.place.start : 1;
            CHECK(found == disputed);
        }
    }
}

TEST_CASE("the bootstrap over whole units: of one code as over its ratings, and the same for any order of coders") {
    SetBuilder builder;
    builder.code("报警").document("P1", 400, {});
    AgreementDocument document{"P1", {}, 400, {}, {}, {}};
    for (std::uint32_t i = 0; i < 100; ++i) document.units.push_back({0, 1, 4 * i, 4 * i + 4, ""});
    Random random(5);
    for (std::uint32_t i = 0; i < 100; ++i) {
        const bool first = random.chance(40);
        const bool second = random.chance(20) ? !first : first;
        if (first) builder.coding("P1", 4 * i, 4 * i + 2, "报警", "", "林");
        if (second) builder.coding("P1", 4 * i, 4 * i + 2, "报警", "", "周");
    }
    CodedUnitsOptions options;
    const CodedUnits units = coded_units(builder.set, {document}, options);
    const agreement::BootstrapInterval pooled = bootstrap_pooled(units, {5000, 1, 0.95});
    const agreement::BootstrapInterval plain = agreement::bootstrap_units(ratings_of_code(units, 0), agreement::Level::nominal, {5000, 1, 0.95});
    CHECK(std::abs(pooled.low.number() - plain.low.number()) < 0.02);
    CHECK(std::abs(pooled.high.number() - plain.high.number()) < 0.02);
    CHECK(pooled.low.number() < agreement::krippendorff_alpha(pooled_ratings(units), agreement::Level::nominal).value.number());
    options.coders = {"周", "林"};
    const agreement::BootstrapInterval turned = bootstrap_pooled(coded_units(builder.set, {document}, options), {5000, 1, 0.95});
    CHECK(turned.low == pooled.low);
    CHECK(turned.high == pooled.high);
}

TEST_CASE("the sheet of disagreements names the text and the codes of each coder") {
    SetBuilder builder;
    builder.code("报警").code("调解").document("P1", 10, {});
    builder.coding("P1", 0, 2, "报警", "", "林").coding("P1", 0, 2, "调解", "", "林").coding("P1", 5, 8, "调解", "", "周").coding("P1", 3, 5, "调解", "", "周").coding("P1", 3, 5, "调解", "", "林");
    AgreementDocument document = four_units("P1");
    document.text = "一二，三四五六七。八";
    const CodedUnits units = units_of(builder.set, {document});
    CHECK(disagreement_sheet(units, false) == "document,turn,participant,start,end,text,林,周\nP1,1,P1,0,2,一二,报警; 调解,\nP1,2,S1,5,8,五六七,,调解\n");
}
