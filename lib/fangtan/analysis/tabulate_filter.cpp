// SPDX-License-Identifier: Apache-2.0
#include "fangtan/analysis/tabulate_filter.hpp"

#include <algorithm>

#include "fangtan/analysis/tabulate.hpp"
#include "fangtan/base/error.hpp"
#include "fangtan/text/diagnostic_text.hpp"

namespace fangtan::analysis {
namespace {

constexpr std::size_t kNamed = 12;  // values that a message lists

[[noreturn]] void refuse(const std::string& field, const std::string& value, const std::string& sentence, const std::vector<std::string>& known) {
    std::string names;
    for (std::size_t i = 0; i < known.size() && i < kNamed; ++i) names += (i == 0 ? "" : ", ") + known[i];
    if (known.size() > kNamed) names += " …";
    const std::string near = nearest(value.empty() ? field : value, known);
    throw Error(ErrorKind::usage, "--filter " + field + (value.empty() ? "" : "=" + value),
                sentence + (names.empty() ? "; there is none at all" : "; known are " + names) + (near.empty() ? "" : "; did you mean " + near + "?"));
}

std::string path_of(const CodeEntry& code) {
    std::string path;
    for (const std::string& name : code.path) path += (path.empty() ? "" : "/") + name;
    return path;
}

constexpr std::string_view kStatusNames[] = {"proposed", "accepted", "rejected"};

}  // namespace

FilterCondition parse_condition(const std::string& text) {
    const std::size_t sign = text.find('=');
    if (sign == std::string::npos || sign == 0 || sign + 1 == text.size()) {
        throw Error(ErrorKind::usage, "--filter " + text, "expected FIELD=VALUE, as in station=城北 or code=合作服务");
    }
    return {text.substr(0, sign), text.substr(sign + 1)};
}

bool filters(const std::vector<FilterCondition>& conditions, std::string_view field) {
    return std::any_of(conditions.begin(), conditions.end(), [&](const FilterCondition& condition) { return condition.field == field; });
}

std::vector<bool> wanted_codes(const std::vector<CodeEntry>& codes, const std::vector<FilterCondition>& conditions) {
    std::vector<bool> wanted(codes.size(), !filters(conditions, "code"));
    for (const FilterCondition& condition : conditions) {
        if (condition.field != "code") continue;
        const FieldPattern pattern(condition.value);
        bool any = false;
        for (std::size_t i = 0; i < codes.size(); ++i) {
            if (!pattern.fits(codes[i].id) && !pattern.fits(codes[i].name) && !pattern.fits(path_of(codes[i]))) continue;
            wanted[i] = true;
            any = true;
        }
        if (any) continue;
        std::vector<std::string> names;
        for (const CodeEntry& code : codes) names.push_back(code.name);
        if (nearest(condition.value, names).empty()) {
            for (const CodeEntry& code : codes) names.push_back(code.id);
        }
        refuse("code", condition.value, "no code has this name, id or path", names);
    }
    // A parent's entry comes before those of its children.
    for (std::size_t i = 0; i < codes.size(); ++i) {
        if (codes[i].parent && wanted[*codes[i].parent]) wanted[i] = true;
    }
    return wanted;
}

std::string attribute_of(const Participant& participant, const std::string& name) {
    if (name == "participant") return participant.id;
    if (name == "group") return participant.group;
    if (name == "role") return participant.role;
    for (const auto& [key, value] : participant.attributes) {
        if (key == name) return value;
    }
    return {};
}

TabulateFilter::TabulateFilter(const std::vector<FilterCondition>& conditions, const std::vector<Participant>& known) {
    if (conditions.empty()) return;
    std::vector<std::string> names = known_dimensions(known);
    std::erase(names, "speaker");
    names.insert(names.begin(), {"code", "status"});
    for (const Participant& participant : known) known_.emplace(participant.id, &participant);
    for (const FilterCondition& condition : conditions) {
        const std::string& name = condition.field;
        if (std::find(names.begin(), names.end(), name) == names.end()) refuse(name, "", "there is no such field", names);
        if (name == "code") continue;  // which rows there are: wanted_codes()
        Field& field = fields_[name];
        field.values.push_back(condition.value);
        field.patterns.emplace_back(condition.value);
        if (name != "document" && name != "coder" && name != "status") people_.insert(name);
        if (name == "status") field.seen = {std::begin(kStatusNames), std::end(kStatusNames)};
    }
    // People of the table who never speak are known all the same.
    for (const Participant& participant : known) see_person(participant.id);
}

bool TabulateFilter::fits(const Field& field, std::string_view value) {
    return std::any_of(field.patterns.begin(), field.patterns.end(), [&](const FieldPattern& pattern) { return pattern.fits(value); });
}

bool TabulateFilter::field_takes(const std::string& name, std::string_view value) const {
    const auto field = fields_.find(name);
    return field == fields_.end() || fits(field->second, value);
}

Participant TabulateFilter::person(std::string_view id) const {
    const auto found = known_.find(id);
    return found != known_.end() ? *found->second : Participant{std::string(id), group_of_id(id), {}, {}};
}

bool TabulateFilter::takes_person(std::string_view id) const {
    if (people_.empty()) return true;
    if (id.empty()) return false;
    const Participant who = person(id);
    return std::all_of(people_.begin(), people_.end(), [&](const std::string& name) { return fits(fields_.at(name), attribute_of(who, name)); });
}

bool TabulateFilter::takes(std::string_view document, const CountedCoding& coding) const {
    return field_takes("document", document) && field_takes("coder", coding.coder) &&
           field_takes("status", kStatusNames[static_cast<std::size_t>(coding.status)]) && takes_person(coding.participant);
}

void TabulateFilter::see_person(std::string_view id) {
    if (id.empty() || people_.empty()) return;
    const Participant who = person(id);
    for (const std::string& name : people_) fields_.at(name).seen.insert(attribute_of(who, name));
}

void TabulateFilter::see(const DocumentFacts& document, const std::vector<CountedCoding>& codings) {
    for (auto& [name, field] : fields_) {
        if (name == "document") field.seen.emplace(document.id);
        if (name != "coder") continue;
        for (const CountedCoding& coding : codings) field.seen.emplace(coding.coder);
    }
    for (const std::string_view id : document.participants) see_person(id);
    for (const CountedCoding& coding : codings) see_person(coding.participant);
}

std::optional<DocumentFacts> TabulateFilter::reduced(const DocumentFacts& document, const std::vector<CountedCoding>& codings, std::vector<CountedCoding>& kept) {
    // Before anything is left out: a value of another document is known, too.
    see(document, codings);
    kept.clear();
    if (!field_takes("document", document.id)) return std::nullopt;
    for (const CountedCoding& coding : codings) {
        if (takes(document.id, coding)) kept.push_back(coding);
    }
    DocumentFacts facts = document;
    std::erase_if(facts.participants, [&](std::string_view id) { return !takes_person(id); });
    std::erase_if(facts.speech, [&](const auto& speech) { return !takes_person(speech.first); });
    if (!people_.empty() && facts.participants.empty() && facts.speech.empty() && kept.empty()) return std::nullopt;
    return facts;
}

void TabulateFilter::merge(const TabulateFilter& other) {
    for (const auto& [name, field] : other.fields_) fields_.at(name).seen.insert(field.seen.begin(), field.seen.end());
}

void TabulateFilter::refuse_unknown_values() const {
    for (const auto& [name, field] : fields_) {
        for (std::size_t i = 0; i < field.values.size(); ++i) {
            if (std::any_of(field.seen.begin(), field.seen.end(), [&](const std::string& value) { return field.patterns[i].fits(value); })) continue;
            std::vector<std::string> known;
            std::copy_if(field.seen.begin(), field.seen.end(), std::back_inserter(known), [](const std::string& value) { return !value.empty(); });
            refuse(name, field.values[i], "nothing has this value", known);
        }
    }
}

}  // namespace fangtan::analysis
