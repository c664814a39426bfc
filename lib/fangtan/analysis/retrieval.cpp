// SPDX-License-Identifier: Apache-2.0
#include "fangtan/analysis/retrieval.hpp"

#include <algorithm>

#include "fangtan/analysis/retrieval_plan.hpp"
#include "fangtan/base/error.hpp"
#include "fangtan/coding/unit.hpp"
#include "fangtan/text/code_point_index.hpp"

namespace fangtan::analysis {
namespace {

constexpr std::uint32_t kStretch = 64U << 10;  // bytes of text given to the matcher at once

// A turn in the copy of a document that is one unit.
struct Part {
    std::uint32_t begin;  // byte of the copy
    std::uint32_t turn;
};

}  // namespace

struct Retriever::State {
    const Retrieval::Plan& plan;
    std::optional<Scan> scan;
    std::vector<bool> fitted;
    std::vector<std::vector<bool>> of_speaker;    // by field and speaker
    std::vector<bool> of_document;                // by field
    std::vector<const Intervals*> coded;          // by field; null: nothing of the document
    std::optional<CodePointIndex> index;
    std::vector<bool> holds;                      // by field, in the unit at hand
    std::vector<Span> units;
    std::vector<Span> spans;                      // scratch
    std::vector<Part> parts;                      // of the document as one unit; empty: a unit lies in a turn
    RetrievedUnit result;

    explicit State(const Retrieval::Plan& retrieval) : plan(retrieval), fitted(plan.fields.size(), false), holds(plan.fields.size(), false) {
        if (plan.matcher) scan.emplace(*plan.matcher);
        for (std::size_t field = 0; field < fitted.size(); ++field) fitted[field] = plan.field_plans[field].fits_a_code;
    }

    [[nodiscard]] bool is_heard(const Speaker& speaker) const { return plan.options.include_interviewer || !speaker.interviewer; }
    void check_codings(const Transcript& transcript) const;
    void prepare(const Transcript& transcript);
    [[nodiscard]] bool is_coded(std::size_t field, Span span) const;
    [[nodiscard]] std::optional<bool> settled(std::uint32_t node) const;
    [[nodiscard]] bool evaluate(std::uint32_t node, std::vector<Span>& places);
    void retrieve_turn(const Transcript& transcript, std::uint32_t turn, const std::function<void(const RetrievedUnit&)>& found);
    void retrieve_document(const Transcript& transcript, const std::function<void(const RetrievedUnit&)>& found);
    void append(const Place& place, std::vector<Span>& places) const;
    [[nodiscard]] std::vector<Part>::const_iterator part_of(std::uint32_t byte) const;
    void finish(const std::function<void(const RetrievedUnit&)>& found);
};

Retriever::Retriever(const Retrieval& retrieval) : state_(std::make_unique<State>(*retrieval.plan_)) {}
Retriever::Retriever(Retriever&&) noexcept = default;
Retriever::~Retriever() = default;

const std::vector<bool>& Retriever::fitted() const { return state_->fitted; }

void Retriever::retrieve(const Transcript& transcript, const std::function<void(const RetrievedUnit&)>& found) {
    State& s = *state_;
    s.check_codings(transcript);
    s.prepare(transcript);
    if (s.plan.options.unit == UnitKind::document) return s.retrieve_document(transcript, found);
    for (std::uint32_t turn = 0; turn < transcript.turns.size(); ++turn) {
        if (s.is_heard(transcript.speakers[transcript.turns[turn].speaker])) s.retrieve_turn(transcript, turn, found);
    }
}

// Spans of another version would point at other words.
void Retriever::State::check_codings(const Transcript& transcript) const {
    const auto known = plan.coded_documents.find(transcript.id);
    if (known == plan.coded_documents.end()) return;
    const CodedDocument& version = known->second;
    const bool other = !version.sha256.empty() && !transcript.sha256.empty() && version.sha256 != transcript.sha256;
    if (other || version.end > CodePointIndex(transcript.text).size()) {
        throw Error(ErrorKind::input, transcript.file, "the codings were made from another version of this document (\"" + transcript.id + "\"); code it again");
    }
}

void Retriever::State::prepare(const Transcript& transcript) {
    const std::size_t fields = plan.fields.size();
    of_speaker.assign(fields, {});
    of_document.assign(fields, false);
    coded.assign(fields, nullptr);
    index.reset();
    if (plan.needs_characters) index.emplace(transcript.text);
    for (std::size_t field = 0; field < fields; ++field) {
        const FieldPlan& entry = plan.field_plans[field];
        if (entry.kind == FieldPlan::Kind::document) {
            of_document[field] = entry.pattern.fits(transcript.id) || entry.pattern.fits(transcript.file);
            fitted[field] = fitted[field] || of_document[field];
        } else if (entry.kind == FieldPlan::Kind::code) {
            const auto found = entry.coded.find(transcript.id);
            if (found != entry.coded.end()) coded[field] = &found->second;
        } else {
            for (const Speaker& speaker : transcript.speakers) {
                const std::string& name = plan.fields[field].name;
                const bool fits = is_heard(speaker) && (entry.pattern.fits(value_of(speaker, plan.participants, name)) ||
                                                        (name == "speaker" && entry.pattern.fits(speaker.participant)));
                of_speaker[field].push_back(fits);
                fitted[field] = fitted[field] || fits;
            }
        }
    }
}

bool Retriever::State::is_coded(std::size_t field, Span span) const {
    if (coded[field] == nullptr) return false;
    const std::uint32_t begin = index->to_character(span.begin).value;
    const std::uint32_t end = index->to_character(span.end).value;
    const auto first = std::upper_bound(coded[field]->begin(), coded[field]->end(), begin,
                                        [](std::uint32_t at, const auto& interval) { return at < interval.second; });
    return first != coded[field]->end() && first->first < end;
}

// What the fields about people and documents decide alone; empty if text or codes decide. Spares the search in most turns
// of a query like speaker:P1 AND 报警.
std::optional<bool> Retriever::State::settled(std::uint32_t number) const {
    const QueryNode& node = plan.nodes[number];
    switch (node.kind) {
        case QueryNode::Kind::text: return std::nullopt;
        case QueryNode::Kind::field: return plan.field_plans[node.number].kind == FieldPlan::Kind::code ? std::nullopt : std::optional(bool(holds[node.number]));
        case QueryNode::Kind::not_: {
            const std::optional<bool> operand = settled(node.operands[0]);
            return operand ? std::optional(!*operand) : std::nullopt;
        }
        case QueryNode::Kind::and_:
        case QueryNode::Kind::or_: break;
    }
    const bool decides = node.kind == QueryNode::Kind::or_;
    std::optional<bool> answer = !decides;
    for (const std::uint32_t operand : node.operands) {
        const std::optional<bool> value = settled(operand);
        if (value == decides) return decides;
        if (!value) answer.reset();
    }
    return answer;
}

std::vector<Part>::const_iterator Retriever::State::part_of(std::uint32_t byte) const {
    return std::upper_bound(parts.begin(), parts.end(), byte, [](std::uint32_t at, const Part& part) { return at < part.begin; }) - 1;
}

// From one turn to another lies what nobody asked for: only the terms themselves count.
void Retriever::State::append(const Place& place, std::vector<Span>& places) const {
    const bool apart = !parts.empty() && part_of(place.span.begin.value) != part_of(place.span.end.value - 1);
    if (!apart) return places.push_back(place.span);
    const auto evidence = scan->evidence().begin();
    places.insert(places.end(), evidence + place.evidence_begin, evidence + place.evidence_end);
}

bool Retriever::State::evaluate(std::uint32_t number, std::vector<Span>& places) {
    const QueryNode& node = plan.nodes[number];
    const std::size_t before = places.size();
    switch (node.kind) {
        case QueryNode::Kind::field: return holds[node.number];
        case QueryNode::Kind::text: {
            for (const Place& place : scan->places(node.number)) append(place, places);
            return places.size() > before;
        }
        case QueryNode::Kind::not_: {
            std::vector<Span> ignored;
            return !evaluate(node.operands[0], ignored);
        }
        case QueryNode::Kind::and_:
            for (const std::uint32_t operand : node.operands) {
                if (evaluate(operand, places)) continue;
                places.resize(before);
                return false;
            }
            return true;
        case QueryNode::Kind::or_: break;
    }
    bool any = false;
    for (const std::uint32_t operand : node.operands) any = evaluate(operand, places) || any;
    return any;
}

void Retriever::State::retrieve_turn(const Transcript& transcript, std::uint32_t turn, const std::function<void(const RetrievedUnit&)>& found) {
    for (std::size_t field = 0; field < holds.size(); ++field) {
        holds[field] = of_document[field] || (!of_speaker[field].empty() && of_speaker[field][transcript.turns[turn].speaker]);
    }
    const auto root = static_cast<std::uint32_t>(plan.nodes.size() - 1);
    if (settled(root) == false) return;
    units.clear();
    coding::append_units(transcript.text, transcript.turns[turn].body, plan.options.unit, units);
    std::size_t read_to = 0;
    for (std::size_t i = 0; i < units.size(); ++i) {
        const Span unit = units[i];
        if (scan && i == read_to) {
            while (++read_to < units.size() && units[read_to].end.value - unit.begin.value <= kStretch) {}
            scan->read(transcript.text, {unit.begin, units[read_to - 1].end});
        }
        if (scan) scan->enter(unit);
        for (std::size_t field = 0; field < holds.size(); ++field) {
            if (plan.field_plans[field].kind == FieldPlan::Kind::code) holds[field] = is_coded(field, unit);
        }
        spans.clear();
        if (!evaluate(root, spans)) continue;
        if (spans.empty()) spans.push_back(unit);
        for (const Span& span : spans) result.places.push_back({turn + 1, span});
        finish(found);
    }
}

void Retriever::State::retrieve_document(const Transcript& transcript, const std::function<void(const RetrievedUnit&)>& found) {
    // One run of text for the matcher: what is not heard is left out of a copy, and places are carried back.
    std::string copy;
    parts.clear();
    holds = of_document;
    for (std::uint32_t turn = 0; turn < transcript.turns.size(); ++turn) {
        const Turn& entry = transcript.turns[turn];
        if (!is_heard(transcript.speakers[entry.speaker]) || entry.body.empty()) continue;
        for (std::size_t field = 0; field < holds.size(); ++field) {
            const bool here = plan.field_plans[field].kind == FieldPlan::Kind::code ? is_coded(field, entry.body) : !of_speaker[field].empty() && of_speaker[field][entry.speaker];
            holds[field] = holds[field] || here;
        }
        parts.push_back({static_cast<std::uint32_t>(copy.size()), turn});
        if (scan) copy += entry.body.of(transcript.text);
        if (scan) copy += '\n';
    }
    const auto root = static_cast<std::uint32_t>(plan.nodes.size() - 1);
    if (parts.empty() || settled(root) == false) return;
    if (scan) {
        const Span whole = span_of(0, static_cast<std::uint32_t>(copy.size()));
        scan->read(copy, whole);
        scan->enter(whole);
    }
    spans.clear();
    if (!evaluate(root, spans)) return;
    for (const Span& span : spans) {
        // A line feed that ends a turn of the copy belongs to no turn.
        auto part = part_of(span.begin.value);
        const auto last = part_of(span.end.value - 1);
        for (;; ++part) {
            const Span body = transcript.turns[part->turn].body;
            const std::uint32_t begin = std::max(span.begin.value, part->begin) - part->begin;
            const std::uint32_t end = std::min(span.end.value - part->begin, body.size());
            if (begin < end) result.places.push_back({part->turn + 1, span_of(body.begin.value + begin, body.begin.value + end)});
            if (part == last) break;
        }
    }
    if (spans.empty()) {
        for (const Part& part : parts) result.places.push_back({part.turn + 1, transcript.turns[part.turn].body});
    }
    finish(found);
}

// Sorts the places, drops those that lie inside another, and hands the unit over.
void Retriever::State::finish(const std::function<void(const RetrievedUnit&)>& found) {
    std::vector<RetrievedPlace>& places = result.places;
    std::sort(places.begin(), places.end(), [](const RetrievedPlace& a, const RetrievedPlace& b) {
        return std::pair(a.span.begin, b.span.end) < std::pair(b.span.begin, a.span.end);  // the longer first
    });
    std::size_t kept = 0;
    for (const RetrievedPlace& place : places) {
        if (kept == 0 || place.span.end > places[kept - 1].span.end) places[kept++] = place;
    }
    places.resize(kept);
    if (!places.empty()) found(result);
    places.clear();
}

}  // namespace fangtan::analysis
