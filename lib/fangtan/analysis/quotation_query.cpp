// SPDX-License-Identifier: Apache-2.0
#include "fangtan/analysis/quotation_query.hpp"

#include <algorithm>

#include "fangtan/analysis/retrieval_plan.hpp"
#include "fangtan/base/error.hpp"
#include "fangtan/coding/unit.hpp"
#include "fangtan/text/code_point_index.hpp"

namespace fangtan::analysis {
namespace {

constexpr std::uint32_t kStretch = 64U << 10;  // bytes of text given to the matcher at once

}  // namespace

struct SpanRetriever::State {
    const Retrieval::Plan& plan;
    std::optional<Scan> scan;
    std::vector<bool> fitted;
    std::vector<SpanSet> of_field;
    std::vector<SpanSet> of_text;  // by query of the matcher
    SpanSet units;

    explicit State(const Retrieval::Plan& retrieval) : plan(retrieval), fitted(plan.fields.size(), false) {
        if (plan.matcher) scan.emplace(*plan.matcher);
        for (std::size_t field = 0; field < fitted.size(); ++field) fitted[field] = plan.field_plans[field].fits_a_code;
    }

    [[nodiscard]] bool is_heard(const Speaker& speaker) const { return plan.options.include_interviewer || !speaker.interviewer; }
    void find_fields(const Transcript& transcript);
    void find_texts(const Transcript& transcript);
    void find_in_turn(const Transcript& transcript, const Turn& turn);
    [[nodiscard]] SpanSet value(std::uint32_t node) const;
    [[nodiscard]] bool is_all_of(std::uint32_t node, std::string_view document) const;
    [[nodiscard]] std::optional<SpanSet> coded_value(std::uint32_t node, std::string_view document);
};

SpanRetriever::SpanRetriever(const Retrieval& retrieval) : state_(std::make_unique<State>(*retrieval.plan_)) {}
SpanRetriever::SpanRetriever(SpanRetriever&&) noexcept = default;
SpanRetriever::~SpanRetriever() = default;

const std::vector<bool>& SpanRetriever::fitted() const { return state_->fitted; }

SpanSet SpanRetriever::retrieve(const Transcript& transcript) {
    state_->find_fields(transcript);
    state_->find_texts(transcript);
    return state_->value(static_cast<std::uint32_t>(state_->plan.nodes.size() - 1));
}

std::optional<std::vector<std::pair<std::uint32_t, std::uint32_t>>> SpanRetriever::retrieve_coded(std::string_view document) {
    const std::optional<SpanSet> found = state_->coded_value(static_cast<std::uint32_t>(state_->plan.nodes.size() - 1), document);
    if (!found) return std::nullopt;
    std::vector<std::pair<std::uint32_t, std::uint32_t>> places;
    for (const Span& span : *found) places.emplace_back(span.begin.value, span.end.value);
    return places;
}

// A field that this whole document fits.
bool SpanRetriever::State::is_all_of(std::uint32_t number, std::string_view document) const {
    const QueryNode& node = plan.nodes[number];
    return node.kind == QueryNode::Kind::field && plan.field_plans[node.number].kind == FieldPlan::Kind::document && plan.field_plans[node.number].pattern.fits(document);
}

// Spans count characters here. Empty: it needs the text.
std::optional<SpanSet> SpanRetriever::State::coded_value(std::uint32_t number, std::string_view document) {
    const QueryNode& node = plan.nodes[number];
    if (node.kind == QueryNode::Kind::field) {
        const FieldPlan& field = plan.field_plans[node.number];
        if (field.kind == FieldPlan::Kind::document && !field.pattern.fits(document)) return SpanSet();
        if (field.kind != FieldPlan::Kind::code) return std::nullopt;
        std::vector<Span> spans;
        const auto found = field.segments.find(document);
        if (found == field.segments.end()) return SpanSet();
        for (const auto& [start, end] : found->second) spans.push_back(span_of(start, end));
        return span_set(std::move(spans));
    }
    if (node.kind == QueryNode::Kind::or_) {
        SpanSet all;
        for (const std::uint32_t operand : node.operands) {
            const std::optional<SpanSet> part = coded_value(operand, document);
            if (!part) return std::nullopt;
            all = united(all, *part);
        }
        return all;
    }
    if (node.kind != QueryNode::Kind::and_) return std::nullopt;
    std::optional<SpanSet> passages;
    bool unknown = false;
    for (const std::uint32_t operand : node.operands) {
        if (plan.nodes[operand].kind == QueryNode::Kind::not_) continue;
        if (is_all_of(operand, document)) {
            fitted[plan.nodes[operand].number] = true;
            continue;
        }
        std::optional<SpanSet> part = coded_value(operand, document);
        if (part && part->empty()) return SpanSet();  // whatever the others are
        unknown = unknown || !part;
        if (part) passages = passages ? common_parts(*passages, *part) : *std::move(part);
    }
    if (passages && passages->empty()) return SpanSet();
    for (const std::uint32_t operand : node.operands) {
        if (plan.nodes[operand].kind != QueryNode::Kind::not_) continue;
        const std::uint32_t without = plan.nodes[operand].operands[0];
        if (is_all_of(without, document)) {
            fitted[plan.nodes[without].number] = true;
            return SpanSet();
        }
        const std::optional<SpanSet> part = coded_value(without, document);
        unknown = unknown || !part;
        if (passages && part) passages = untouched(*passages, *part);
    }
    if (passages && passages->empty()) return SpanSet();
    return unknown ? std::nullopt : passages;
}

void SpanRetriever::State::find_fields(const Transcript& transcript) {
    of_field.assign(plan.fields.size(), {});
    std::optional<CodePointIndex> index;
    if (plan.needs_characters) index.emplace(transcript.text);
    for (std::size_t field = 0; field < plan.fields.size(); ++field) {
        const FieldPlan& entry = plan.field_plans[field];
        const std::string& name = plan.fields[field].name;
        std::vector<Span> spans;
        if (entry.kind == FieldPlan::Kind::code) {
            const auto found = entry.segments.find(transcript.id);
            if (found == entry.segments.end()) continue;
            for (const auto& [start, end] : found->second) {
                if (end > index->size()) {
                    throw Error(ErrorKind::input, transcript.file, "the codings were made from another version of this document (\"" + transcript.id + "\"); code it again");
                }
                spans.push_back({index->to_byte({start}), index->to_byte({end})});
            }
        } else {
            const bool document = entry.kind == FieldPlan::Kind::document && (entry.pattern.fits(transcript.id) || entry.pattern.fits(transcript.file));
            std::vector<bool> fits(transcript.speakers.size(), false);
            for (std::size_t i = 0; i < fits.size(); ++i) {
                const Speaker& speaker = transcript.speakers[i];
                if (!is_heard(speaker)) continue;
                fits[i] = document || (entry.kind == FieldPlan::Kind::person && (entry.pattern.fits(value_of(speaker, plan.participants, name)) ||
                                                                                 (name == "speaker" && entry.pattern.fits(speaker.participant))));
            }
            fitted[field] = fitted[field] || document || std::find(fits.begin(), fits.end(), true) != fits.end();
            for (const Turn& turn : transcript.turns) {
                if (fits[turn.speaker]) spans.push_back(turn.body);
            }
        }
        of_field[field] = span_set(std::move(spans));
    }
}

void SpanRetriever::State::find_texts(const Transcript& transcript) {
    units.clear();
    std::size_t texts = 0;
    for (const QueryNode& node : plan.nodes) texts += node.kind == QueryNode::Kind::text ? 1 : 0;
    of_text.assign(texts, {});
    for (const Turn& turn : transcript.turns) {
        if (is_heard(transcript.speakers[turn.speaker])) find_in_turn(transcript, turn);
    }
}

void SpanRetriever::State::find_in_turn(const Transcript& transcript, const Turn& turn) {
    const std::size_t first = units.size();
    coding::append_units(transcript.text, turn.body, plan.options.unit, units);
    if (!scan) return;
    std::size_t read_to = first;
    for (std::size_t i = first; i < units.size(); ++i) {
        const Span unit = units[i];
        if (i == read_to) {
            while (++read_to < units.size() && units[read_to].end.value - unit.begin.value <= kStretch) {}
            scan->read(transcript.text, {unit.begin, units[read_to - 1].end});
        }
        scan->enter(unit);
        for (std::uint32_t text = 0; text < of_text.size(); ++text) {
            if (!scan->places(text).empty()) of_text[text].push_back(unit);
        }
    }
}

SpanSet SpanRetriever::State::value(std::uint32_t number) const {
    const QueryNode& node = plan.nodes[number];
    switch (node.kind) {
        case QueryNode::Kind::text: return of_text[node.number];
        case QueryNode::Kind::field: return of_field[node.number];
        case QueryNode::Kind::not_: return untouched(units, value(node.operands[0]));
        case QueryNode::Kind::or_: {
            SpanSet all;
            for (const std::uint32_t operand : node.operands) all = united(all, value(operand));
            return all;
        }
        case QueryNode::Kind::and_: break;
    }
    std::optional<SpanSet> passages;
    for (const std::uint32_t operand : node.operands) {
        if (plan.nodes[operand].kind == QueryNode::Kind::not_) continue;
        passages = passages ? common_parts(*passages, value(operand)) : value(operand);
    }
    if (!passages) passages = units;
    for (const std::uint32_t operand : node.operands) {
        if (plan.nodes[operand].kind == QueryNode::Kind::not_) *passages = untouched(*passages, value(plan.nodes[operand].operands[0]));
    }
    return *std::move(passages);
}

}  // namespace fangtan::analysis
