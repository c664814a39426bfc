// SPDX-License-Identifier: Apache-2.0
//
// Table statistics: the reference cases (tests/reference/agreement), values worked out by hand, and what is undefined.
#include <doctest/doctest.h>

#include <cmath>

#include "../agreement/reference.hpp"
#include "fangtan/analysis/cooccurrence_measures.hpp"
#include "fangtan/analysis/crosstab.hpp"
#include "fangtan/analysis/multiple_response.hpp"
#include "fangtan/analysis/saturation_measures.hpp"
#include "fangtan/base/error.hpp"
#include "fangtan/table/rounding.hpp"

using namespace fangtan::analysis;
using fangtan::Error;
using fangtan::agreement::Metric;
using fangtan::agreement::Undefined;
using fangtan::agreement::Value;
using fangtan::testing::check_case;
using fangtan::testing::Checked;
using fangtan::testing::Json;
using fangtan::testing::reference_cases;

namespace {

InterviewCodes interviews_of(const Json& params) {
    InterviewCodes interviews;
    for (const Json& codes : params["interviews"]) {
        interviews.emplace_back();
        for (const Json& code : codes) interviews.back().push_back(static_cast<std::uint32_t>(code.get<std::string>()[0]));
    }
    return interviews;
}

}  // namespace

TEST_CASE("crosstabs of the reference cases") {
    Checked checked;
    for (const Json& one : reference_cases("crosstab")) {
        const Crosstab table = crosstab(one["counts"].get<std::vector<std::vector<std::uint64_t>>>());
        check_case(one, crosstab_metrics(table), checked);
        // The tails are far below any absolute tolerance.
        CHECK(table.p.number() == doctest::Approx(one["expected"]["p"].get<double>()).epsilon(1e-9));
        CHECK(!table.sparse());
    }
    CHECK(checked.cases == 4);
    CHECK(checked.metrics == 134);
}

TEST_CASE("an empty row or column is no category") {
    const Crosstab whole = crosstab({{10, 20}, {30, 5}});
    const Crosstab gaps = crosstab({{10, 0, 20}, {0, 0, 0}, {30, 0, 5}});
    CHECK(gaps.degrees == 1);
    CHECK(gaps.chi_square == whole.chi_square);
    CHECK(gaps.yates == whole.yates);
    CHECK(gaps.cells[2][2].adjusted == whole.cells[1][1].adjusted);
    CHECK(gaps.cells[1][1].expected == Value(Undefined::no_data));
    // By hand: 65 (10·5 - 20·30)² / (30·35·40·25) = 18.7298…
    CHECK(whole.chi_square.number() == doctest::Approx(65.0 * 550 * 550 / (30.0 * 35 * 40 * 25)).epsilon(1e-12));
    // Yates by hand: 65 (550 - 32.5)² / (30·35·40·25)
    CHECK(whole.yates.number() == doctest::Approx(65.0 * 517.5 * 517.5 / (30.0 * 35 * 40 * 25)).epsilon(1e-12));
}

TEST_CASE("crosstabs that say nothing") {
    const Crosstab row = crosstab({{3, 4, 5}});
    CHECK(row.chi_square == Value(Undefined::no_variation));
    CHECK(row.p == Value(Undefined::no_variation));
    CHECK(row.cells[0][0].adjusted == Value(Undefined::no_variation));
    CHECK(row.cells[0][1].expected == Value(4));
    CHECK(crosstab({{0, 0}, {0, 0}}).chi_square == Value(Undefined::no_data));
    CHECK(crosstab({}).cramers_v == Value(Undefined::no_data));
    const Crosstab even = crosstab({{10, 10}, {10, 10}});
    CHECK(even.chi_square == Value(0));
    CHECK(even.yates == Value(0));  // not (0.5)²: the correction goes no further than the difference
    CHECK(even.p == Value(1));
    CHECK(crosstab({{1, 2}, {3, 4}}).sparse());
    CHECK(crosstab({{1, 2}, {3, 4}}).small_cells == 4);
    CHECK_THROWS_AS(static_cast<void>(crosstab({{1, 2}, {3}})), Error);
}

TEST_CASE("co-occurrence of the reference cases") {
    Checked checked;
    for (const Json& one : reference_cases("cooccurrence")) {
        const Json& params = one["params"];
        check_case(one, cooccurrence_metrics(cooccurrence_measures({params["a"], params["b"], params["c"], params["d"].get<std::uint64_t>()})), checked);
    }
    CHECK(checked.cases == 3);
    CHECK(checked.metrics == 26);
}

TEST_CASE("co-occurrence where a margin is empty or the rest is unknown") {
    const CooccurrenceMeasures never = cooccurrence_measures({0, 0, 5, 10});
    CHECK(never.jaccard == Value(0));
    CHECK(never.overlap_min == Value(Undefined::no_data));
    CHECK(never.phi == Value(Undefined::no_variation));
    CHECK(never.lift == Value(Undefined::no_data));
    CHECK(never.kulczynski2 == Value(Undefined::no_data));
    CHECK(never.lopsided);
    CHECK(cooccurrence_measures({0, 0, 0, 10}).jaccard == Value(Undefined::no_data));
    const CooccurrenceMeasures open = cooccurrence_measures({5, 95, 5, std::nullopt});
    CHECK(open.jaccard.number() == doctest::Approx(5.0 / 105));
    CHECK(open.phi == Value(Undefined::no_data));
    CHECK(open.simple_matching == Value(Undefined::no_data));
    CHECK(open.lopsided);
    CHECK(!cooccurrence_measures({5, 45, 5, 1}).lopsided);  // 50 and 10: five times is not more than five times
    CHECK(c_coefficient(4, 4, 6) == Value(3));
    CHECK(c_coefficient(2, 2, 4) == Value(Undefined::no_data));
}

TEST_CASE("saturation of the reference cases") {
    Checked checked;
    for (const Json& one : reference_cases("saturation")) {
        const Json& params = one["params"];
        if (one["kind"] == "s_coefficient") {
            check_case(one, saturation_step_metrics(saturation_steps(interviews_of(params))), checked);
            continue;
        }
        const auto counts = params.contains("new_codes") ? params["new_codes"].get<std::vector<std::uint64_t>>() : new_codes(interviews_of(params));
        const Saturation result = saturation(counts, {params["base"], params["run"], params["threshold"]});
        Json numbers = one;
        numbers["expected"].erase("label");
        check_case(numbers, saturation_metrics(result), checked);
        CHECK(result.label(params["run"]) == one["expected"]["label"].get<std::string>());
        ++checked.metrics;
    }
    CHECK(checked.cases == 3);
    CHECK(checked.metrics == 24);
}

TEST_CASE("saturation that is not reached, has no base, or just meets the threshold") {
    const Saturation early = saturation({5, 3, 2, 1, 4});
    CHECK(early.runs.empty());
    CHECK(!early.saturated_after);
    CHECK(early.label(2).empty());
    CHECK(saturation_metrics(early).back().value == Value(Undefined::not_reached));
    const Saturation none = saturation({0, 0, 0, 0, 1, 1});
    CHECK(none.runs[0].ratio == Value(Undefined::no_data));
    CHECK(!none.saturated_after);
    CHECK(saturation({10, 5, 3, 2, 1, 0}).label(2) == "4+2");  // 1 of 20 is 5 %
    CHECK(saturation({100, 0, 0, 0, 29, 0}, {4, 2, 0.29}).label(2) == "4+2");  // 0.29 · 100 is a little less than 29
    CHECK(!saturation({10, 5, 3, 1, 1, 0}).saturated_after);  // 1 of 19 is more
    CHECK_THROWS_AS(static_cast<void>(saturation({1}, {0, 2, 0.05})), Error);
    CHECK_THROWS_AS(static_cast<void>(saturation({1}, {4, 2, 1.5})), Error);
    CHECK(new_codes({{1, 1, 2}, {}, {2, 3}}) == std::vector<std::uint64_t>{2, 0, 1});
}

TEST_CASE("three interviews in a row with nothing new are saturation, an empty one is none") {
    const auto at = [](const InterviewCodes& interviews, std::size_t times) { return saturated_at(saturation_steps(interviews), 0.95, times); };
    CHECK(at({{1, 2, 3}, {1}, {2, 3}, {1, 3}, {4}}, 3) == 4);
    CHECK(at({{1, 2, 3}, {1}, {2, 3}, {1, 3}, {4}}, 2) == 3);
    CHECK(!at({{1, 2, 3}, {1}, {}, {1, 3}, {2}}, 3));
    CHECK(!at({{1, 2}, {1}, {3}, {1}, {2}}, 3));
    const auto steps = saturation_steps({{1, 2}, {}, {1, 5}});
    CHECK(steps[0].s == Value(Undefined::no_data));
    CHECK(steps[0].jaccard == Value(0));
    CHECK(steps[1].s == Value(0.5));
    CHECK(steps[1].jaccard.number() == doctest::Approx(1.0 / 3));
    CHECK(saturation_steps({{}, {}})[0].jaccard == Value(Undefined::no_data));
}

TEST_CASE("multiple responses of the reference cases") {
    Checked checked;
    for (const Json& one : reference_cases("multiple_response")) {
        std::vector<ResponseCase> cases;
        for (const Json& row : one["cases"]) {
            ResponseCase next;
            next.asked = false;
            for (std::uint32_t i = 0; i < row.size(); ++i) {
                if (row[i] != "") next.asked = true;
                if (row[i] == "1") next.chosen.push_back(i);
            }
            cases.push_back(next);
        }
        const auto names = one["options"].get<std::vector<std::string>>();
        const CaseBase base = one["params"].value("base", "answered") == "all" ? CaseBase::all : CaseBase::answered;
        check_case(one, multiple_response_metrics(multiple_response(cases, names.size(), base), names), checked);
    }
    CHECK(checked.cases == 3);
    CHECK(checked.metrics == 45);
}

TEST_CASE("the base of multiple responses") {
    const std::vector<ResponseCase> cases{{true, {0, 1}}, {true, {}}, {false, {}}, {true, {1}}};
    CHECK(multiple_response(cases, 2).cases == 2);
    CHECK(multiple_response(cases, 2, CaseBase::all).cases == 3);
    CHECK(multiple_response(cases, 2).options[1].of_cases == Value(1));
    CHECK(multiple_response({}, 2).total_of_cases == Value(Undefined::no_data));
    CHECK(multiple_response({{true, {}}}, 1, CaseBase::all).options[0].of_responses == Value(Undefined::no_data));
    CHECK(multiple_response({{true, {}}}, 1, CaseBase::all).options[0].of_cases == Value(0));
    CHECK_THROWS_AS(static_cast<void>(multiple_response({{true, {2}}}, 2)), Error);
    CHECK_THROWS_AS(static_cast<void>(multiple_response({{true, {1, 1}}}, 2)), Error);
}

TEST_CASE("percentages that add up, of the reference cases") {
    std::size_t checked = 0;
    for (const Json& one : reference_cases("rounding")) {
        const auto counts = one["params"]["counts"].get<std::vector<std::uint64_t>>();
        const int digits = one["params"]["digits"];
        std::uint64_t sum = 0;
        for (const std::uint64_t count : counts) sum += count;
        const bool seats = one["params"].contains("total");  // one case hands out seats, the others hundredths
        const std::vector<std::uint64_t> units =
            seats ? fangtan::largest_remainders(counts, sum, one["params"]["total"].get<std::uint64_t>()) : fangtan::rounded_to_sum(counts, sum, digits);
        for (std::size_t i = 0; i < units.size(); ++i) {
            CHECK(static_cast<double>(units[i]) / std::pow(10, digits) == doctest::Approx(one["expected"]["r" + std::to_string(i + 1)].get<double>()));
            ++checked;
        }
    }
    CHECK(checked == 19);
}
