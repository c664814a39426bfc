// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "fangtan/analysis/field_query.hpp"
#include "fangtan/analysis/retrieval_plan.hpp"

namespace fangtan::analysis {
namespace {

// "照料 > 助餐", as codings are listed, is the path 照料/助餐 as ids are written.
std::string as_path(std::string_view value) {
    std::string path;
    for (const char c : value) {
        const bool separates = c == '/' || c == '>';
        while (separates && path.ends_with(' ')) path.pop_back();
        if (c != ' ' || !path.ends_with('/')) path += separates ? '/' : c;
    }
    return path;
}

std::string joined(const std::vector<std::string>& names) {
    std::string path;
    for (const std::string& name : names) path += (path.empty() ? "" : "/") + name;
    return path;
}

// The codes that `value` names, with everything below them.
std::vector<bool> codes_named(std::string_view value, const std::vector<CodeEntry>& codes) {
    const FieldPattern pattern(value);
    const FieldPattern path(as_path(value));
    std::vector<bool> named(codes.size(), false);
    for (std::size_t code = 0; code < codes.size(); ++code) {
        const CodeEntry& entry = codes[code];
        const bool below = entry.parent && named[*entry.parent];
        named[code] = below || pattern.fits(entry.id) || pattern.fits(entry.name) || path.fits(joined(entry.path));
    }
    return named;
}

Intervals merged(Intervals intervals) {
    std::sort(intervals.begin(), intervals.end());
    Intervals result;
    for (const auto& interval : intervals) {
        if (!result.empty() && interval.first <= result.back().second) {
            result.back().second = std::max(result.back().second, interval.second);
        } else {
            result.push_back(interval);
        }
    }
    return result;
}

void look_up_code(FieldPlan& field, const std::string& value, const CodingSet& codings) {
    const std::vector<bool> named = codes_named(value, codings.codes);
    field.fits_a_code = std::find(named.begin(), named.end(), true) != named.end();
    for (const CodingEntry& coding : codings.codings) {
        if (coding.status == CodingStatus::rejected || !named[coding.code]) continue;
        field.coded[codings.documents[coding.document].id].emplace_back(coding.start, coding.end);
    }
    field.segments = field.coded;
    for (auto& entry : field.segments) {
        std::sort(entry.second.begin(), entry.second.end());
        entry.second.erase(std::unique(entry.second.begin(), entry.second.end()), entry.second.end());
    }
    for (auto& entry : field.coded) entry.second = merged(std::move(entry.second));
}

}  // namespace

std::string value_of(const Speaker& speaker, const ParticipantTable& participants, std::string_view field) {
    if (field == "speaker") return speaker.label.empty() ? speaker.participant : speaker.label;
    if (field == "participant") return speaker.participant;
    const Participant* known = participants.find(speaker.participant);
    if (field == "group") return known != nullptr ? known->group : group_of_id(speaker.participant);
    if (field == "role") return known != nullptr && !known->role.empty() ? known->role : speaker.role;
    if (known == nullptr) return {};
    for (const auto& [name, value] : known->attributes) {
        if (name == field) return value;
    }
    return {};
}

std::vector<std::string> attributes_of(const ParticipantTable& participants) {
    std::vector<std::string> names;
    for (const Participant& participant : participants.all()) {
        for (const auto& attribute : participant.attributes) {
            if (std::find(names.begin(), names.end(), attribute.first) == names.end()) names.push_back(attribute.first);
        }
    }
    return names;
}

std::uint32_t Retrieval::Plan::add_field(const Field& field, const CodingSet* codings) {
    FieldPlan entry{FieldPlan::Kind::person, FieldPattern(field.value), false, {}, {}};
    if (field.name == "document") entry.kind = FieldPlan::Kind::document;
    if (field.name == "code") {
        entry.kind = FieldPlan::Kind::code;
        needs_characters = true;
        if (codings != nullptr) look_up_code(entry, field.value, *codings);
    }
    fields.push_back(field);
    field_plans.push_back(std::move(entry));
    return static_cast<std::uint32_t>(fields.size() - 1);
}

std::uint32_t Retrieval::Plan::add(const Query& part, const CodingSet* codings, std::vector<const Query*>& texts) {
    QueryNode node;
    const auto add_all = [&](const std::vector<Query>& operands) {
        for (const Query& operand : operands) node.operands.push_back(add(operand, codings, texts));
    };
    if (const auto* field = std::get_if<Field>(&part.node)) {
        node.kind = QueryNode::Kind::field;
        node.number = add_field(*field, codings);
    } else if (const auto* negation = std::get_if<Not>(&part.node)) {
        node.kind = QueryNode::Kind::not_;
        node.operands.push_back(add(*negation->operand, codings, texts));
    } else if (const auto* all = std::get_if<And>(&part.node)) {
        node.kind = QueryNode::Kind::and_;
        add_all(all->operands);
    } else if (const auto* any = std::get_if<Or>(&part.node)) {
        node.kind = QueryNode::Kind::or_;
        add_all(any->operands);
    } else {
        node.number = static_cast<std::uint32_t>(texts.size());
        texts.push_back(&part);
    }
    nodes.push_back(std::move(node));
    return static_cast<std::uint32_t>(nodes.size() - 1);
}

void Retrieval::Plan::note_documents(const CodingSet& codings) {
    for (const DocumentEntry& document : codings.documents) coded_documents[document.id].sha256 = document.sha256;
    for (const CodingEntry& coding : codings.codings) {
        std::uint32_t& end = coded_documents[codings.documents[coding.document].id].end;
        end = std::max(end, coding.end);
    }
}

std::optional<Retrieval> Retrieval::open(std::string_view expression, const std::string& file, const RetrievalOptions& options,
                                         const ParticipantTable& participants, const CodingSet* codings, Diagnostics& diagnostics) {
    std::optional<Query> query = parse_with_fields(expression, file, {attributes_of(participants), codings != nullptr}, diagnostics);
    if (!query) return std::nullopt;
    auto plan = std::make_unique<Plan>(Plan{options, participants, std::move(*query), {}, {}, {}, {}, false, {}});
    std::vector<const Query*> texts;
    (void)plan->add(plan->query, codings, texts);
    if (!texts.empty()) {
        std::vector<QueryGroup> groups;  // each its own: none replaces another
        for (QueryGroup group = 0; group < texts.size(); ++group) groups.push_back(group);
        plan->matcher = Matcher::compile(texts, groups);
    }
    if (codings != nullptr) plan->note_documents(*codings);
    return Retrieval(std::move(plan));
}

Retrieval::Retrieval(std::unique_ptr<const Plan> plan) : plan_(std::move(plan)) {}
Retrieval::Retrieval(Retrieval&&) noexcept = default;
Retrieval& Retrieval::operator=(Retrieval&&) noexcept = default;
Retrieval::~Retrieval() = default;

const std::vector<Field>& Retrieval::fields() const { return plan_->fields; }

}  // namespace fangtan::analysis
