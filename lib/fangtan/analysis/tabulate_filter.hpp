// SPDX-License-Identifier: Apache-2.0
//
// Which codings and people a table is about: --filter FIELD=VALUE. Several
// values of one field are alternatives, different fields must all hold.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "fangtan/analysis/field_pattern.hpp"
#include "fangtan/coding/coding_set.hpp"

namespace fangtan {

struct FilterCondition {
    std::string field;  // document, participant, code, coder, status, group, role or an attribute
    std::string value;  // * and ? as in queries
};

struct DocumentFacts;
struct CountedCoding;

namespace analysis {

// "station=城北". Throws Error(usage) if there is no "=" or nothing before or behind it.
[[nodiscard]] FilterCondition parse_condition(const std::string& text);

// By code: whether it fits the conditions on codes, by its id, its name or its path (街道/项目指标), or lies below one
// that does; all if there are none. Throws Error(usage), with the nearest name, if a condition fits no code.
[[nodiscard]] std::vector<bool> wanted_codes(const std::vector<CodeEntry>& codes, const std::vector<FilterCondition>& conditions);

[[nodiscard]] bool filters(const std::vector<FilterCondition>& conditions, std::string_view field);

// Takes documents, people and codings that fit. Remembers what it saw, so that a value that is nowhere is told from
// one without codings.
class TabulateFilter {
 public:
    // `known` must outlive the filter. Throws Error(usage) if a field is unknown.
    TabulateFilter(const std::vector<FilterCondition>& conditions, const std::vector<Participant>& known);

    [[nodiscard]] bool empty() const { return fields_.empty(); }
    [[nodiscard]] bool takes_person(std::string_view id) const;  // "" is nobody: only if people do not matter
    [[nodiscard]] bool takes(std::string_view document, const CountedCoding& coding) const;

    // What is left of a document; empty if nothing of it is about the people asked for.
    [[nodiscard]] std::optional<DocumentFacts> reduced(const DocumentFacts& document, const std::vector<CountedCoding>& codings, std::vector<CountedCoding>& kept);

    void merge(const TabulateFilter& other);

    // Throws Error(usage), with the nearest value, if a value was nowhere.
    void refuse_unknown_values() const;

 private:
    struct Field {
        std::vector<std::string> values;
        std::vector<FieldPattern> patterns;
        std::set<std::string> seen;
    };
    [[nodiscard]] static bool fits(const Field& field, std::string_view value);
    [[nodiscard]] bool field_takes(const std::string& name, std::string_view value) const;
    void see(const DocumentFacts& document, const std::vector<CountedCoding>& codings);
    void see_person(std::string_view id);
    [[nodiscard]] Participant person(std::string_view id) const;

    std::map<std::string, Field> fields_;
    std::set<std::string> people_;  // of fields_, those that ask for people
    std::unordered_map<std::string_view, const Participant*> known_;
};

// What a participant has under the name of a column; empty if nothing.
[[nodiscard]] std::string attribute_of(const Participant& participant, const std::string& name);

}  // namespace analysis
}  // namespace fangtan
