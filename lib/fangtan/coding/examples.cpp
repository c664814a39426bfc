// SPDX-License-Identifier: Apache-2.0
#include "fangtan/coding/examples.hpp"

#include <algorithm>
#include <optional>

#include "fangtan/coding/unit.hpp"
#include "fangtan/query/matcher.hpp"

namespace fangtan::coding {
namespace {

// Every rule in a group of its own: all that fire are wanted, not the first of each code.
class ExampleRun {
 public:
    ExampleRun(const Codebook& codebook, UnitKind unit) : codebook_(codebook), unit_(unit), matcher_(compile()), scan_(matcher_), fired_(code_of_.size(), false) {}

    ExampleReport run() {
        for (std::uint32_t code = 0; code < codebook_.codes().size(); ++code) {
            if (!has_rules(CodeId{code})) continue;
            const Code& entry = codebook_.codes()[code];
            for (std::size_t i = 0; i < entry.examples.size(); ++i) check(CodeId{code}, i, false, entry.examples[i].text);
            for (std::size_t i = 0; i < entry.counterexamples.size(); ++i) check(CodeId{code}, i, true, entry.counterexamples[i].text);
        }
        report_.rules = code_of_.size();
        for (std::size_t query = 0; query < fired_.size(); ++query) {
            if (!fired_[query]) report_.idle_rules.push_back({code_of_[query], rule_of_[query]});
        }
        return std::move(report_);
    }

 private:
    Matcher compile() {
        std::vector<const Query*> queries;
        std::vector<QueryGroup> groups;
        for (std::uint32_t code = 0; code < codebook_.codes().size(); ++code) {
            for (const Rule& rule : codebook_.codes()[code].rules) {
                groups.push_back(static_cast<QueryGroup>(queries.size()));
                queries.push_back(&rule.query);
                code_of_.push_back(CodeId{code});
                rule_of_.push_back(static_cast<std::size_t>(&rule - codebook_.codes()[code].rules.data()) + 1);
            }
        }
        return Matcher::compile(queries, groups);
    }

    [[nodiscard]] bool is_at_or_below(CodeId code, CodeId ancestor) const {
        for (std::optional<CodeId> at = code; at; at = codebook_.code(*at).parent) {
            if (*at == ancestor) return true;
        }
        return false;
    }

    [[nodiscard]] bool has_rules(CodeId code) const {
        return std::any_of(code_of_.begin(), code_of_.end(), [&](CodeId other) { return is_at_or_below(other, code); });
    }

    void check(CodeId code, std::size_t index, bool counterexample, const std::string& text) {
        ++(counterexample ? report_.counterexamples : report_.examples);
        std::optional<QueryNumber> hit;
        std::vector<Span> units;
        append_units(text, span_of(0, static_cast<std::uint32_t>(text.size())), codebook_.code(code).unit.value_or(unit_), units);
        if (units.empty()) units.push_back(span_of(0, static_cast<std::uint32_t>(text.size())));
        scan_.read(text, {units.front().begin, units.back().end});
        for (const Span unit : units) {
            scan_.enter(unit);
            for (const Fired& fired : scan_.fired({})) {
                if (!is_at_or_below(code_of_[fired.query], code)) continue;
                if (!counterexample) fired_[fired.query] = true;
                if (!hit) hit = fired.query;
            }
        }
        if (hit.has_value() == counterexample) report_.faults.push_back({code, index, counterexample, hit ? rule_of_[*hit] : 0});
    }

    const Codebook& codebook_;
    UnitKind unit_;
    std::vector<CodeId> code_of_;
    std::vector<std::size_t> rule_of_;
    Matcher matcher_;
    Scan scan_;
    std::vector<bool> fired_;  // by query
    ExampleReport report_;
};

}  // namespace

ExampleReport run_examples(const Codebook& codebook, UnitKind unit) { return ExampleRun(codebook, unit).run(); }

}  // namespace fangtan::coding
