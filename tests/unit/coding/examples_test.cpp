// SPDX-License-Identifier: Apache-2.0
#include "fangtan/coding/examples.hpp"

#include <doctest/doctest.h>

#include <string>

#include "applied.hpp"

using namespace fangtan;

namespace {

// "code index example|counterexample rule;" for faults, then "idle code#rule;".
std::string report_of(const std::string& codes, UnitKind unit = UnitKind::sentence) {
    const Codebook codebook = testing::codebook_of("name: 测试\ncodes:\n" + codes);
    const coding::ExampleReport report = coding::run_examples(codebook, unit);
    std::string all = std::to_string(report.examples) + "/" + std::to_string(report.counterexamples) + "/" + std::to_string(report.rules) + ":";
    for (const auto& fault : report.faults) {
        all += " " + codebook.code(fault.code).id + " " + (fault.counterexample ? "counterexample " : "example ") + std::to_string(fault.index) + " #" + std::to_string(fault.rule) + ";";
    }
    for (const auto& idle : report.idle_rules) all += " idle " + codebook.code(idle.code).id + "#" + std::to_string(idle.rule) + ";";
    return all;
}

}  // namespace

TEST_CASE("examples that must be coded, and those that must not") {
    CHECK(report_of("  - {name: 甲, rules: [报警, 纠纷], examples: [报警多。, 纠纷多。], counterexamples: [没事。]}\n") == "2/1/2:");
    CHECK(report_of("  - {name: 甲, rules: [报警, 纠纷], examples: [报警多。, 没事。], counterexamples: [没事。, 有纠纷。]}\n") == "2/2/2: 甲 example 1 #0; 甲 counterexample 1 #2; idle 甲#2;");
    // All rules are tried, not only the first that fires.
    CHECK(report_of("  - {name: 甲, rules: [报警, 纠纷], examples: [报警和纠纷。]}\n") == "1/0/2:");
    // A rule that fires on a counterexample only is idle.
    CHECK(report_of("  - {name: 甲, rules: [报警], counterexamples: [报警。]}\n") == "0/1/1: 甲 counterexample 0 #1; idle 甲#1;");
}

TEST_CASE("codes below count for their parents, and codes without rules are asked nothing") {
    const std::string tree =
        "  - name: 上\n    examples: [报警。, 没事。]\n    counterexamples: [报警。]\n    codes:\n"
        "      - {name: 下, rules: [报警], examples: [报警。]}\n"
        "  - {name: 空, examples: [随便。]}\n";
    CHECK(report_of(tree) == "3/1/1: 上 example 1 #0; 上 counterexample 0 #1;");
    // A parent's rule is none of its child's.
    CHECK(report_of("  - name: 上\n    rules: [报警]\n    codes:\n      - {name: 下, rules: [纠纷], examples: [报警。]}\n") == "1/0/2: 上/下 example 0 #0; idle 上#1; idle 上/下#1;");
}

TEST_CASE("examples are cut into units") {
    const std::string far = "rules: [报警 AND 纠纷], examples: [报警。纠纷。]}\n";
    CHECK(report_of("  - {name: 甲, " + far) == "1/0/1: 甲 example 0 #0; idle 甲#1;");
    CHECK(report_of("  - {name: 甲, " + far, UnitKind::paragraph) == "1/0/1:");
    CHECK(report_of("  - {name: 甲, unit: turn, " + far) == "1/0/1:");
    CHECK(report_of("  - {name: 甲, rules: ['/。/'], examples: [。]}\n") == "1/0/1:");  // nothing but punctuation is a unit here
}
