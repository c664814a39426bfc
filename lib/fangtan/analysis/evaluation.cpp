// SPDX-License-Identifier: Apache-2.0
#include "fangtan/analysis/evaluation.hpp"

#include <algorithm>
#include <optional>

#include "fangtan/agreement/kappa.hpp"
#include "fangtan/coding/unit.hpp"
#include "fangtan/text/code_point_index.hpp"

namespace fangtan::analysis {
namespace {

using agreement::Undefined;
using agreement::Value;

// Calls `touch(i)` for each of the ascending, disjoint units that the span overlaps; false if there is none.
template <class Units, class Touch>
bool for_overlapping(const Units& units, Span span, Touch touch) {
    auto at = std::partition_point(units.begin(), units.end(), [&](const auto& unit) { return unit.span.end <= span.begin; });
    bool any = false;
    for (; at != units.end() && at->span.begin < span.end; ++at) {
        touch(static_cast<std::size_t>(at - units.begin()));
        any = true;
    }
    return any;
}

}  // namespace

Confusion& Confusion::operator+=(const Confusion& other) {
    true_positives += other.true_positives;
    false_positives += other.false_positives;
    false_negatives += other.false_negatives;
    true_negatives += other.true_negatives;
    return *this;
}

Quality quality_of(const Confusion& counts) {
    const auto tp = static_cast<double>(counts.true_positives);
    const auto fp = static_cast<double>(counts.false_positives);
    const auto fn = static_cast<double>(counts.false_negatives);
    Quality quality;
    quality.precision = agreement::ratio(tp, tp + fp, Undefined::no_data);
    quality.recall = agreement::ratio(tp, tp + fn, Undefined::no_data);
    quality.f1 = agreement::ratio(2 * tp, 2 * tp + fp + fn, Undefined::no_data);
    agreement::Contingency table(2);  // rows: people; 0: coded
    table.add(0, 0, counts.true_positives);
    table.add(0, 1, counts.false_negatives);
    table.add(1, 0, counts.false_positives);
    table.add(1, 1, counts.true_negatives);
    quality.kappa = agreement::cohen_kappa(table).value;
    return quality;
}

Confusion Evaluation::total() const {
    Confusion sum;
    for (const CodeEvaluation& code : codes) sum += code.counts;
    return sum;
}

MacroQuality macro_quality(const Evaluation& evaluation) {
    MacroQuality macro;
    const auto mean_of = [&](const char* name, Value Quality::* measure) {
        std::vector<Value> defined;
        for (const CodeEvaluation& code : evaluation.codes) {
            const Value value = quality_of(code.counts).*measure;
            if (value.defined()) {
                defined.push_back(value);
            } else {
                macro.undefined[name].push_back(code.code);
            }
        }
        macro.mean.*measure = agreement::mean(defined);
    };
    mean_of("precision", &Quality::precision);
    mean_of("recall", &Quality::recall);
    mean_of("f1", &Quality::f1);
    mean_of("kappa", &Quality::kappa);
    return macro;
}

Evaluator::Evaluator(const Codebook& codebook, const SingleRules& rules, const EvaluationOptions& options)
    : codebook_(codebook), rules_(rules), options_(options), rules_of_(codebook.codes().size()), counts_(codebook.codes().size()), used_by_hand_(codebook.codes().size(), false) {
    for (std::uint32_t i = 0; i < rules.rules().size(); ++i) {
        rules_of_[rules.rules()[i].code].push_back(i);
        sums_.rules.push_back({rules.rules()[i], 0, 0, 0, 0});
    }
}

UnitKind Evaluator::kind_of(std::uint32_t code) const { return codebook_.codes()[code].unit.value_or(options_.unit); }

std::vector<Evaluator::Unit> Evaluator::units_of(const Transcript& transcript, UnitKind kind) const {
    std::vector<Unit> units;
    std::vector<Span> found;
    for (std::uint32_t turn = 0; turn < transcript.turns.size(); ++turn) {
        const Turn& entry = transcript.turns[turn];
        if (transcript.speakers[entry.speaker].interviewer && !options_.include_interviewer) continue;
        if (kind == UnitKind::document) {
            return {{span_of(0, static_cast<std::uint32_t>(transcript.text.size())), 0, entry.speaker}};
        }
        found.clear();
        coding::append_units(transcript.text, entry.body, kind, found);
        for (const Span span : found) units.push_back({span, turn + 1, entry.speaker});
    }
    return units;
}

void Evaluator::add(const Transcript& transcript, const std::vector<CodedSpan>& hand, const std::vector<RuleFiring>& firings) {
    std::map<UnitKind, std::vector<Unit>> units_by_kind;
    const auto units_for = [&](UnitKind kind) -> const std::vector<Unit>& {
        const auto [entry, added] = units_by_kind.try_emplace(kind);
        if (added) entry->second = units_of(transcript, kind);
        return entry->second;
    };
    std::vector<std::vector<Span>> hand_of(codebook_.codes().size());
    std::vector<std::vector<Span>> firings_of(rules_.rules().size());
    for (const CodedSpan& coding : hand) hand_of[coding.code].push_back(coding.span);
    for (const RuleFiring& firing : firings) firings_of[firing.rule].push_back(firing.span);

    ++sums_.documents;
    sums_.units += units_for(options_.unit).size();
    sums_.codings += hand.size();
    const CodePointIndex index(transcript.text);
    std::vector<DisputedUnit> disputed;
    for (std::uint32_t code = 0; code < codebook_.codes().size(); ++code) {
        const std::vector<Unit>& units = units_for(kind_of(code));
        std::vector<bool> by_hand(units.size(), false);
        for (const Span span : hand_of[code]) {
            if (!for_overlapping(units, span, [&](std::size_t i) { by_hand[i] = true; })) ++sums_.outside;
        }
        used_by_hand_[code] = used_by_hand_[code] || !hand_of[code].empty();
        std::vector<std::vector<bool>> fires;
        std::vector<std::uint32_t> firing_rules(units.size(), 0);
        for (const std::uint32_t rule : rules_of_[code]) {
            std::vector<bool>& marks = fires.emplace_back(units.size(), false);
            for (const Span span : firings_of[rule]) {
                for_overlapping(units, span, [&](std::size_t i) {
                    if (!marks[i]) ++firing_rules[i];
                    marks[i] = true;
                });
            }
        }
        for (std::size_t r = 0; r < fires.size(); ++r) {
            RuleEvaluation& sum = sums_.rules[rules_of_[code][r]];
            for (std::size_t i = 0; i < units.size(); ++i) {
                if (!fires[r][i]) continue;
                const bool only = firing_rules[i] == 1;
                ++sum.units;
                sum.right += by_hand[i] ? 1 : 0;
                sum.only += only ? 1 : 0;
                sum.only_right += only && by_hand[i] ? 1 : 0;
            }
        }
        for (std::size_t i = 0; i < units.size(); ++i) {
            const bool by_rules = firing_rules[i] > 0;
            Confusion& counts = counts_[code];
            ++(by_rules ? (by_hand[i] ? counts.true_positives : counts.false_positives) : (by_hand[i] ? counts.false_negatives : counts.true_negatives));
            if (by_rules == by_hand[i] || !options_.keep_disputed) continue;
            const Unit& unit = units[i];
            const bool whole = unit.turn == 0;
            const Speaker& speaker = transcript.speakers[unit.speaker];
            DisputedUnit entry{transcript.id, unit.turn, whole || speaker.interviewer ? "" : speaker.participant, index.to_character(unit.span.begin).value, index.to_character(unit.span.end).value,
                               code, by_hand[i], {}, whole ? "" : std::string(unit.span.of(transcript.text))};
            for (std::size_t r = 0; r < fires.size(); ++r) {
                if (fires[r][i]) entry.rules.push_back(static_cast<std::uint32_t>(r + 1));
            }
            disputed.push_back(std::move(entry));
        }
    }
    std::stable_sort(disputed.begin(), disputed.end(), [](const DisputedUnit& a, const DisputedUnit& b) { return std::pair(a.start, a.end) < std::pair(b.start, b.end); });
    std::move(disputed.begin(), disputed.end(), std::back_inserter(sums_.disputed));
}

Evaluation Evaluator::evaluation() const {
    Evaluation result = sums_;
    for (std::uint32_t code = 0; code < counts_.size(); ++code) {
        if (used_by_hand_[code] || !rules_of_[code].empty()) result.codes.push_back({code, counts_[code]});
    }
    return result;
}

}  // namespace fangtan::analysis
