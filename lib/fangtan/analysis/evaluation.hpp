// SPDX-License-Identifier: Apache-2.0
//
// The rules of a codebook against what people coded: how much of it they find
// (recall), how much of what they find is right (precision), and which
// passages they miss or take wrongly. The hand codings are the standard.
//
// What is counted are units, once for each code: a unit is positive if a
// coding of the code overlaps it. The units of a code are of its own kind if
// the codebook gives one, else of the kind that was asked for; `match` counts
// as sentence, and the unit document is one for each document.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "fangtan/agreement/value.hpp"
#include "fangtan/analysis/rule_use.hpp"
#include "fangtan/analysis/suggestion.hpp"
#include "fangtan/analysis/tabulate.hpp"
#include "fangtan/table/table.hpp"

namespace fangtan::analysis {

struct Confusion {
    std::uint64_t true_positives = 0;
    std::uint64_t false_positives = 0;
    std::uint64_t false_negatives = 0;
    std::uint64_t true_negatives = 0;

    Confusion& operator+=(const Confusion& other);
    friend bool operator==(const Confusion&, const Confusion&) = default;
};

// precision = TP / (TP + FP), recall = TP / (TP + FN), F1 = 2 TP / (2 TP + FP + FN), which is their harmonic mean (van Rijsbergen
// 1979, ch. 7, with β = 1); each no_data where the denominator is 0. κ: Cohen's, rules and people as the two coders (kappa.hpp).
struct Quality {
    agreement::Value precision = agreement::Undefined::no_data;
    agreement::Value recall = agreement::Undefined::no_data;
    agreement::Value f1 = agreement::Undefined::no_data;
    agreement::Value kappa = agreement::Undefined::no_data;
};
[[nodiscard]] Quality quality_of(const Confusion& counts);

struct CodeEvaluation {
    std::uint32_t code = 0;  // index into Codebook::codes()
    Confusion counts;
};

struct RuleEvaluation {
    RuleName rule;
    std::uint64_t units = 0;       // in which it fires, also where an earlier rule of the code does
    std::uint64_t right = 0;       // of them, coded by people too
    std::uint64_t only = 0;        // of `units`, those that no other rule of the code reaches
    std::uint64_t only_right = 0;  // of `only`, coded by people too: what recall would lose without the rule

    [[nodiscard]] std::uint64_t wrong() const { return units - right; }
};

// A unit on which rules and people differ.
struct DisputedUnit {
    std::string document;
    std::uint32_t turn = 0;  // from 1; 0: the document as a whole
    std::string participant;
    std::uint32_t start = 0;  // characters of the document
    std::uint32_t end = 0;
    std::uint32_t code = 0;
    bool missed = false;                // coded by people only; else by rules only
    std::vector<std::uint32_t> rules;   // that fire, from 1; none if missed
    std::string text;                   // empty for a document as a whole
};

struct EvaluationOptions {
    UnitKind unit = UnitKind::sentence;
    bool include_interviewer = false;
    bool keep_disputed = false;
};

struct Evaluation {
    std::vector<CodeEvaluation> codes;  // that have rules or hand codings, in the order of the codebook
    std::vector<RuleEvaluation> rules;  // all, likewise
    std::vector<DisputedUnit> disputed;  // by document as added, then start, end, code
    std::uint64_t documents = 0;
    std::uint64_t units = 0;    // of the kind that was asked for
    std::uint64_t codings = 0;  // by hand
    std::uint64_t outside = 0;  // of them, those that overlap no unit: on the interviewer's turns, on labels

    [[nodiscard]] Confusion total() const;
};

// Means over codes. A code for which a measure is undefined takes no part in it, and is named.
struct MacroQuality {
    Quality mean;
    std::map<std::string, std::vector<std::uint32_t>> undefined;  // by "precision" …: codes
};
[[nodiscard]] MacroQuality macro_quality(const Evaluation& evaluation);

class Evaluator {
 public:
    // All must outlive the evaluator; `rules` was made from `codebook`.
    Evaluator(const Codebook& codebook, const SingleRules& rules, const EvaluationOptions& options);

    // One document after the other. `hand`: in any order. Linear in units times codes and rules.
    void add(const Transcript& transcript, const std::vector<CodedSpan>& hand, const std::vector<RuleFiring>& firings);

    [[nodiscard]] Evaluation evaluation() const;

 private:
    struct Unit {
        Span span;
        std::uint32_t turn = 0;
        std::uint32_t speaker = 0;
    };
    [[nodiscard]] UnitKind kind_of(std::uint32_t code) const;
    [[nodiscard]] std::vector<Unit> units_of(const Transcript& transcript, UnitKind kind) const;

    const Codebook& codebook_;
    const SingleRules& rules_;
    const EvaluationOptions& options_;
    std::vector<std::vector<std::uint32_t>> rules_of_;  // by code: indices into SingleRules::rules()
    std::vector<Confusion> counts_;                     // by code
    std::vector<bool> used_by_hand_;                    // by code
    Evaluation sums_;
};

struct EvaluationReport {
    const Codebook& codebook;
    const Evaluation& evaluation;
    EvaluationOptions options;
    bool by_rule = false;
    Language language = Language::zh_hans;
    std::vector<std::string> coders;  // whose codings are the standard
};

// For reading: the codes with both means, then the rules if they were asked for. What is undefined is said to be, with the reason.
[[nodiscard]] std::vector<Table> evaluation_tables(const EvaluationReport& report);

// For programs: columns part (code, micro, macro, rule), code, rule, counts, measures at full precision, and reasons
// ("kappa=no_variation") where one is missing. English in every language.
[[nodiscard]] Table evaluation_rows(const EvaluationReport& report);
[[nodiscard]] std::string evaluation_json(const EvaluationReport& report);

// The measures of both means under the names that --min and JSON know: precision recall f1 kappa, macro_precision …
[[nodiscard]] std::vector<agreement::Metric> evaluation_metrics(const Evaluation& evaluation);

// CSV: document,turn,participant,start,end,code,kind,rule,text; kind is "missed" or "false alarm". `excel` as in table/render.hpp.
[[nodiscard]] std::string disputed_sheet(const Evaluation& evaluation, const Codebook& codebook, bool excel);

}  // namespace fangtan::analysis
