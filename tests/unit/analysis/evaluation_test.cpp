// SPDX-License-Identifier: Apache-2.0
//
// Rules against hand codings: counts and measures by hand, and against a
// naive count of random codings; which rules work, and why one does not.
#include "fangtan/analysis/evaluation.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "../../support/random.hpp"
#include "../coding/applied.hpp"
#include "fangtan/analysis/explanation.hpp"
#include "fangtan/base/error.hpp"
#include "fangtan/coding/unit.hpp"

using namespace fangtan;
using namespace fangtan::analysis;
using testing::simple_codebook;
using testing::transcript_of;

namespace {

const char* const kTalk =
    "问：报警多吗？\n"
    "P1：报警多。纠纷也多。社工来了。我们去调解。\n"
    "S1：社工调解纠纷。我们人少。\n";

std::vector<RuleFiring> firings_of(const SingleRules& rules, const Transcript& transcript, UnitKind unit = UnitKind::sentence) {
    const ParticipantTable nobody;
    const Application application(rules.codebook(), {unit, false, false}, nobody);
    Applier applier(application);
    FiringSink sink;
    applier.apply(transcript, sink);
    return sink.firings;
}

CodedSpan coded(const std::string& text, const std::string& passage, std::uint32_t code) {
    const auto at = static_cast<std::uint32_t>(text.find(passage));
    return {span_of(at, at + static_cast<std::uint32_t>(passage.size())), code};
}

std::vector<std::uint64_t> cells(const Confusion& counts) { return {counts.true_positives, counts.false_positives, counts.false_negatives, counts.true_negatives}; }

// "depth state query", one a line.
std::string parts_of(const std::string& rule, const std::string& text) {
    const Codebook codebook = simple_codebook({{"甲", "rules: ['" + rule + "']"}});
    std::string all;
    for (const RulePart& part : explain_query(codebook.codes()[0].rules[0].query, text, span_of(0, static_cast<std::uint32_t>(text.size())), false)) {
        all += std::to_string(part.depth) + " " + std::string(name_of(part.state)) + " " + part.query;
        if (part.state == PartState::too_far) all += " " + std::to_string(part.gap) + ">" + std::to_string(part.limit);
        all += "\n";
    }
    return all;
}

}  // namespace

TEST_CASE("measures by hand") {
    // P = 6/8, R = 6/10, F1 = 12/18; P_o = 14/20, P_e = (10·8 + 10·12)/400 = 0.5, κ = 0.4
    const Quality quality = quality_of({6, 2, 4, 8});
    CHECK(quality.precision.number() == doctest::Approx(0.75));
    CHECK(quality.recall.number() == doctest::Approx(0.6));
    CHECK(quality.f1.number() == doctest::Approx(2.0 / 3));
    CHECK(quality.kappa.number() == doctest::Approx(0.4));

    const Quality silent = quality_of({0, 0, 3, 7});
    CHECK_FALSE(silent.precision.defined());
    CHECK(silent.recall.number() == 0);
    CHECK(silent.f1.number() == 0);
    CHECK(silent.kappa.number() == 0);

    const Quality nothing = quality_of({0, 0, 0, 9});
    CHECK(nothing.f1.reason() == agreement::Undefined::no_data);
    CHECK(nothing.kappa.reason() == agreement::Undefined::no_variation);
}

TEST_CASE("units, codes and rules are counted") {
    const Codebook codebook = simple_codebook({{"合作", "rules: [社工, 调解]"}, {"报警", "rules: [报警]"}, {"人手", "definition: 人不够"}, {"空", "definition: 无"}});
    const SingleRules rules(codebook);
    const Transcript transcript = transcript_of(kTalk);
    EvaluationOptions options;
    options.keep_disputed = true;
    Evaluator evaluator(codebook, rules, options);
    const std::string& text = transcript.text;
    // The last one lies on the interviewer's turn.
    evaluator.add(transcript, {coded(text, "我们去调解", 0), coded(text, "纠纷也多", 0), coded(text, "调解纠纷", 0), coded(text, "报警多。", 1), coded(text, "我们人少", 2), coded(text, "报警多吗", 1)},
                  firings_of(rules, transcript));
    const Evaluation evaluation = evaluator.evaluation();
    CHECK(evaluation.units == 6);
    CHECK(evaluation.outside == 1);
    REQUIRE(evaluation.codes.size() == 3);  // 空 has neither rules nor codings
    CHECK(cells(evaluation.codes[0].counts) == std::vector<std::uint64_t>{2, 1, 1, 2});
    CHECK(cells(evaluation.codes[1].counts) == std::vector<std::uint64_t>{1, 0, 0, 5});
    CHECK(cells(evaluation.codes[2].counts) == std::vector<std::uint64_t>{0, 0, 1, 5});
    CHECK(cells(evaluation.total()) == std::vector<std::uint64_t>{3, 1, 2, 12});

    REQUIRE(evaluation.rules.size() == 3);
    const RuleEvaluation& first = evaluation.rules[0];  // 社工: 社工来了 (wrong), 社工调解纠纷 (right, 调解 too)
    CHECK(std::vector<std::uint64_t>{first.units, first.right, first.wrong(), first.only, first.only_right} == std::vector<std::uint64_t>{2, 1, 1, 1, 0});
    const RuleEvaluation& second = evaluation.rules[1];  // 调解: 我们去调解 and 社工调解纠纷, both right
    CHECK(std::vector<std::uint64_t>{second.units, second.right, second.wrong(), second.only, second.only_right} == std::vector<std::uint64_t>{2, 2, 0, 1, 1});

    REQUIRE(evaluation.disputed.size() == 3);
    CHECK(evaluation.disputed[0].text == "纠纷也多。");
    CHECK(evaluation.disputed[0].missed);
    CHECK(evaluation.disputed[1].text == "社工来了。");
    CHECK(evaluation.disputed[1].rules == std::vector<std::uint32_t>{1});
    CHECK(evaluation.disputed[2].participant == "S1");

    // Precision 2/3 and 1 (人手 has none), recall 2/3, 1 and 0.
    const MacroQuality macro = macro_quality(evaluation);
    CHECK(macro.mean.precision.number() == doctest::Approx(5.0 / 6));
    CHECK(macro.mean.recall.number() == doctest::Approx(5.0 / 9));
    CHECK(macro.undefined.at("precision") == std::vector<std::uint32_t>{2});
    CHECK(macro.undefined.count("recall") == 0);
}

TEST_CASE("random codings against a naive count") {
    testing::Random random(7);
    const Codebook codebook = simple_codebook({{"甲", "rules: [社工, 调解, 纠纷]"}, {"乙", "unit: turn\n    rules: [报警]"}, {"丙", "unit: match\n    rules: [社工 NEAR/4 调解]"}});
    const SingleRules rules(codebook);
    const std::vector<std::string> words = {"社工", "调解", "纠纷", "报警", "我们", "，", "。", "来了"};
    for (std::size_t round = 0; round < testing::cases(300); ++round) {
        std::string talk;
        for (std::size_t turn = 0; turn <= random.below(4); ++turn) {
            talk += random.chance(30) ? "问：" : "P1：";
            for (std::size_t i = 0; i <= random.below(12); ++i) talk += random.pick(words);
            talk += "好。\n";
        }
        const Transcript transcript = transcript_of(talk);
        std::vector<CodedSpan> hand;
        for (std::size_t i = 0; i < random.below(5); ++i) {
            // At the start of a character; every one but P, 1 and the line feed has three bytes.
            std::vector<std::uint32_t> starts;
            for (std::uint32_t at = 0; at < transcript.text.size(); ++at) {
                if ((static_cast<unsigned char>(transcript.text[at]) & 0xC0U) != 0x80U) starts.push_back(at);
            }
            const std::uint32_t a = random.pick(starts);
            const std::uint32_t b = random.pick(starts);
            if (a == b) continue;
            hand.push_back({span_of(std::min(a, b), std::max(a, b)), static_cast<std::uint32_t>(random.below(3))});
        }
        const std::vector<RuleFiring> firings = firings_of(rules, transcript);
        EvaluationOptions options;
        Evaluator evaluator(codebook, rules, options);
        evaluator.add(transcript, hand, firings);
        const Evaluation evaluation = evaluator.evaluation();
        for (std::uint32_t code = 0; code < 3; ++code) {
            Confusion naive;
            for (const Turn& turn : transcript.turns) {
                if (transcript.speakers[turn.speaker].interviewer) continue;
                std::vector<Span> units;
                coding::append_units(transcript.text, turn.body, code == 1 ? UnitKind::turn : UnitKind::sentence, units);
                for (const Span unit : units) {
                    bool people = false;
                    bool machine = false;
                    for (const CodedSpan& span : hand) people = people || (span.code == code && span.span.begin < unit.end && unit.begin < span.span.end);
                    for (const RuleFiring& firing : firings) machine = machine || (rules.rules()[firing.rule].code == code && firing.span.begin < unit.end && unit.begin < firing.span.end);
                    ++(people ? (machine ? naive.true_positives : naive.false_negatives) : (machine ? naive.false_positives : naive.true_negatives));
                }
            }
            CHECK(cells(evaluation.codes[code].counts) == cells(naive));
        }
    }
}

TEST_CASE("rules that never fire, rules that cannot be told apart") {
    const Codebook codebook = simple_codebook({{"甲", "rules: [报警, 警车, 消防]"}, {"乙", "rules: [报 NEAR/0 警]"}, {"丙", "rules: [义诊, 助餐]"}, {"丁", "definition: 无"}});
    const SingleRules rules(codebook);
    RuleUse use(codebook, rules);
    for (const char* text : {"P1：报警多。警车来了。\n", "P1：有人报警。他又报警。\n"}) use.add(firings_of(rules, transcript_of(text)));
    const RuleUseReport report = use.report();
    CHECK(report.idle_codes == std::vector<std::uint32_t>{2});
    CHECK(report.idle_rules == std::vector<RuleName>{{0, 3}});
    REQUIRE(report.twins.size() == 1);
    CHECK(report.twins[0].rules == std::vector<RuleName>{{0, 1}, {1, 1}});
    CHECK(report.twins[0].units == 3);
    CHECK(use.report(4).twins.empty());
}

TEST_CASE("what a rule lacks") {
    CHECK(parts_of("社工 AND 配合", "社工来了。") == "0 incomplete 社工 AND 配合\n1 holds 社工\n1 absent 配合\n");
    CHECK(parts_of("社工 NEAR/3 配合", "社工和我们慢慢配合。") == "0 too_far 社工 NEAR/3 配合 5>3\n1 holds 社工\n1 holds 配合\n");
    CHECK(parts_of("社工 NEAR/5 配合", "社工和我们慢慢配合。").starts_with("0 holds"));
    CHECK(parts_of("社工 BEFORE/3 配合", "配合社工。") == "0 wrong_order 社工 BEFORE/3 配合\n1 holds 社工\n1 holds 配合\n");
    CHECK(parts_of("社区服务 NEAR/3 服务", "社区服务好。").starts_with("0 overlapping"));
    CHECK(parts_of("报警 NOT 刑事", "刑事报警。") == "0 incomplete 报警 NOT 刑事\n1 holds 报警\n1 forbidden NOT 刑事\n2 holds 刑事\n");
    CHECK(parts_of("社区 EXCEPT 社区矫正", "他去社区矫正。") == "0 excepted 社区 EXCEPT 社区矫正\n1 holds 社区\n1 holds 社区矫正\n");
    CHECK(parts_of("噪音 OR /狗+/", "猫在叫。") == "0 none_of 噪音 OR /狗+/\n1 absent 噪音\n1 absent /狗+/\n");
}

TEST_CASE("a turn explained") {
    const Codebook codebook = simple_codebook({{"合作", "rules: [社工, 社工 AND 调解]"}, {"报警", "speakers: [S]\n    rules: [报警]"}});
    const Transcript transcript = transcript_of(kTalk);
    const ParticipantTable nobody;
    const ApplyOptions options;
    Explainer explainer(codebook, options, nobody, SingleRules::Speakers::as_written);

    const Explanation all = explainer.explain(transcript, 3, std::nullopt);
    REQUIRE(all.units.size() == 2);
    REQUIRE(all.units[0].fired.size() == 2);
    CHECK(all.units[0].fired[0].decides);
    CHECK_FALSE(all.units[0].fired[1].decides);
    CHECK(all.units[0].fired[1].evidence.size() == 2);
    CHECK(all.units[1].fired.empty());
    CHECK(marked_text(transcript.text, all.units[0].span, all.units[0].fired[1].evidence) == "【社工】【调解】纠纷。");

    CHECK(explainer.explain(transcript, 1, std::nullopt).interviewer);
    const Explanation other = explainer.explain(transcript, 2, CodeId{1});
    CHECK(other.other_speaker);
    CHECK(other.units[0].fired.empty());
    CHECK(explainer.explain(transcript, 3, CodeId{1}).units[0].silent.size() == 1);
    CHECK_THROWS_AS((void)explainer.explain(transcript, 4, std::nullopt), Error);

    Explainer everybody(codebook, options, nobody, SingleRules::Speakers::everybody);
    CHECK(everybody.explain(transcript, 2, CodeId{1}).units[0].fired.size() == 1);
}
