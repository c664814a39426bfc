// SPDX-License-Identifier: Apache-2.0
//
// Cases with known results (tests/reference/agreement), each with its source.
#pragma once

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "fangtan/agreement/ratings.hpp"
#include "fangtan/agreement/value.hpp"

namespace fangtan::testing {

using Json = nlohmann::ordered_json;

inline Json reference_cases(const std::string& name) {
    std::ifstream file(std::string(FANGTAN_SOURCE_FOLDER) + "/tests/reference/agreement/" + name + ".json");
    REQUIRE(file.good());
    return Json::parse(file);
}

struct Checked {
    std::size_t cases = 0;
    std::size_t metrics = 0;
    std::size_t left_out = 0;
};

// Every metric the case expects must be there, once, and have the value; null: undefined. `left_out` names the
// beginnings of metrics that no program should compute.
inline void check_case(const Json& one, const std::vector<agreement::Metric>& metrics, Checked& checked, const std::vector<std::string>& left_out = {}) {
    const std::string id = one["id"];
    const double tolerance = one["tolerance"];
    std::map<std::string, const agreement::Metric*> by_name;
    for (const agreement::Metric& metric : metrics) {
        INFO(id, " ", metric.name);
        CHECK(by_name.emplace(metric.name, &metric).second);
    }
    ++checked.cases;
    for (const auto& [name, expected] : one["expected"].items()) {
        const std::string metric = name;
        if (std::any_of(left_out.begin(), left_out.end(), [&](const std::string& prefix) { return metric.rfind(prefix, 0) == 0; })) {
            ++checked.left_out;
            continue;
        }
        INFO(id, " ", metric, " expected ", expected.dump());
        const auto found = by_name.find(metric);
        CHECK_MESSAGE(found != by_name.end(), "not computed");
        if (found == by_name.end()) continue;
        ++checked.metrics;
        const agreement::Value& value = found->second->value;
        if (expected.is_null()) {
            CHECK(!value.defined());
        } else if (!value.defined()) {
            FAIL_CHECK("undefined: ", agreement::reason_name(value.reason()));
        } else {
            CHECK(std::abs(value.number() - expected.get<double>()) <= tolerance);
        }
    }
}

inline agreement::Ratings ratings_of(const Json& one) {
    std::vector<std::string> names;
    for (const Json& unit : one["units"]) {
        for (const Json& cell : unit) names.push_back(cell);
    }
    agreement::Scale scale = agreement::scale_of(names);
    if (one["params"].contains("categories")) {
        scale = {};
        for (const Json& name : one["params"]["categories"]) scale.names.push_back(name);
    }
    std::vector<std::int32_t> cells;
    for (const std::string& name : names) {
        const auto found = std::find(scale.names.begin(), scale.names.end(), name);
        REQUIRE((name.empty() || found != scale.names.end()));
        cells.push_back(name.empty() ? agreement::kMissing : static_cast<std::int32_t>(found - scale.names.begin()));
    }
    return {one["coders"].size(), scale, cells};
}

inline double number_of(const std::vector<agreement::Metric>& metrics, const std::string& name) {
    for (const agreement::Metric& metric : metrics) {
        if (metric.name == name) return metric.value.number();
    }
    FAIL("there is no ", name);
    return 0;
}

}  // namespace fangtan::testing
