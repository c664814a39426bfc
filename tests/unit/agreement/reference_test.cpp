// SPDX-License-Identifier: Apache-2.0
//
// The published and independently reproduced cases of tests/reference/agreement.
#include <doctest/doctest.h>

#include "fangtan/agreement/bootstrap.hpp"
#include "fangtan/agreement/holsti.hpp"
#include "fangtan/agreement/report.hpp"
#include "reference.hpp"

using namespace fangtan::agreement;
using fangtan::testing::check_case;
using fangtan::testing::Checked;
using fangtan::testing::Json;
using fangtan::testing::ratings_of;
using fangtan::testing::reference_cases;

namespace {

std::optional<Weights> weights_of(const Json& params, std::size_t categories) {
    if (params.contains("weights_matrix")) return Weights::similarity(params["weights_matrix"].get<std::vector<std::vector<double>>>());
    if (!params.contains("weights")) return std::nullopt;
    const std::string name = params["weights"];
    REQUIRE((name == "equal" || name == "quadratic" || name == "squared"));
    return name == "equal" ? Weights::linear(categories) : Weights::quadratic(categories);
}

Continuum continuum_of(const Json& one) {
    Continuum continuum;
    continuum.begin = one["params"].value("begin", 0);
    continuum.length = one["params"]["length"];
    std::vector<std::string> coders;
    const auto number = [](std::vector<std::string>& names, const std::string& name) {
        const auto found = std::find(names.begin(), names.end(), name);
        const auto index = static_cast<std::uint32_t>(found - names.begin());
        if (found == names.end()) names.push_back(name);
        return index;
    };
    for (const Json& row : one["segments"]) {
        const std::uint32_t coder = number(coders, row[0]);
        if (row[1] != "") continuum.segments.push_back({coder, number(continuum.codes, row[1]), row[2], row[3]});
    }
    continuum.coders = coders.size();
    return continuum;
}

SegmentsReportOptions options_of(const Json& params) {
    SegmentsReportOptions options;
    options.alpha_1995 = params.value("alpha_u_1995", false);
    options.alpha_2016 = params.value("u_alpha", false);
    options.characters = params.value("char", false);
    options.codes = params.value("ncodes", 0);
    if (params.contains("match")) {
        for (const Json& match : params["match"]) {
            const std::string how = match.value("how", "iou");
            const OverlapBase base = how == "iou" ? OverlapBase::unite : how == "min" ? OverlapBase::shorter : OverlapBase::longer;
            options.overlaps.push_back({match["threshold"], base});
        }
    }
    if (params.contains("gamma")) {
        const Json& gamma = params["gamma"];
        options.gamma = GammaOptions{gamma["alpha"], gamma["beta"], gamma["delta_empty"]};
    }
    return options;
}

Level level_of(const std::string& name) { return name == "ordinal" ? Level::ordinal : Level::nominal; }

}  // namespace

TEST_CASE("ratings: every coefficient of the reference cases") {
    Checked checked;
    for (const Json& one : reference_cases("ratings")) {
        const Ratings ratings = ratings_of(one);
        check_case(one, ratings_metrics(ratings, {weights_of(one["params"], ratings.categories())}), checked);
    }
    CHECK(checked.cases == 27);
    CHECK(checked.metrics == 1107);
}

TEST_CASE("tables of two coders: every coefficient of the reference cases") {
    Checked checked;
    for (const Json& one : reference_cases("tables")) {
        Contingency table(one["counts"].size());
        for (std::size_t i = 0; i < table.size(); ++i) {
            for (std::size_t j = 0; j < table.size(); ++j) table.add(i, j, one["counts"][i][j]);
        }
        const Ratings ratings = Ratings::from_table({one["rows"].get<std::vector<std::string>>(), {}, false}, table);
        check_case(one, ratings_metrics(ratings, {weights_of(one["params"], table.size())}), checked);
    }
    CHECK(checked.cases == 12);
    CHECK(checked.metrics == 298);
}

TEST_CASE("segments: every coefficient of the reference cases") {
    Checked checked;
    for (const Json& one : reference_cases("segments")) {
        // QualCoder's κ takes the product of the chances of yes and no where it should take their sum.
        check_case(one, segments_metrics(continuum_of(one), options_of(one["params"])), checked, {"qualcoder_as_implemented_"});
    }
    CHECK(checked.cases == 12);
    CHECK(checked.metrics == 170);
    CHECK(checked.left_out == 8);
}

TEST_CASE("mutual agreement and composite reliability of the reference cases") {
    Checked checked;
    for (const Json& one : reference_cases("holsti")) {
        const Json& params = one["params"];
        std::vector<Metric> metrics;
        if (one["kind"] == "composite") {
            metrics.push_back({"R", composite_reliability(params["K"].get<double>(), params["n"])});
        } else {
            std::vector<Value> pairs;
            for (const Json& pair : params["pairs"]) {
                pairs.push_back(mutual_agreement(pair[0], pair[1], pair[2]));
                metrics.push_back({"K" + std::to_string(pairs.size()), pairs.back()});
            }
            metrics.push_back({"K_mean", mean(pairs)});
            metrics.push_back({"R", composite_reliability(mean(pairs), params["n"])});
        }
        check_case(one, metrics, checked);
    }
    CHECK(checked.cases == 4);
    CHECK(checked.metrics == 10);
}

TEST_CASE("bootstrap intervals lie where other programs have them") {
    std::map<std::string, Json> ratings;
    for (const Json& one : reference_cases("ratings")) ratings[one["id"]] = one;
    std::size_t bounds = 0;
    for (const Json& one : reference_cases("bootstrap")) {
        const Ratings data = ratings_of(ratings.at(one["ratings"]));
        const Level level = level_of(one["level"]);
        CHECK(krippendorff_alpha(data, level).value.number() == doctest::Approx(one["alpha"].get<double>()).epsilon(1e-12));
        const BootstrapInterval units = bootstrap_units(data, level, {20000, 7, 0.95});
        const BootstrapInterval pairs = bootstrap_pairs(data, level, {20000, 7, 0.95});
        INFO(one["ratings"].get<std::string>(), " ", one["level"].get<std::string>());
        INFO("units ", units.low.number(), " ", units.high.number(), " pairs ", pairs.low.number(), " ", pairs.high.number());
        CHECK(std::abs(units.low.number() - one["units"]["reference"][0].get<double>()) <= 0.01);
        CHECK(std::abs(units.high.number() - one["units"]["reference"][1].get<double>()) <= 0.01);
        // With twelve units the values of α lie 0.0107 apart, and 2.5 % fall just between two of them.
        const double step = one["ratings"] == "krippendorff_c_data" ? 0.0108 : 0.01;
        CHECK(std::abs(pairs.low.number() - one["pairs"]["reference"][0].get<double>()) <= step);
        CHECK(std::abs(pairs.high.number() - one["pairs"]["reference"][1].get<double>()) <= step);
        bounds += 4;
    }
    CHECK(bounds == 12);
}
