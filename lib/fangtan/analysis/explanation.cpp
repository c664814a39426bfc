// SPDX-License-Identifier: Apache-2.0
#include "fangtan/analysis/explanation.hpp"

#include <algorithm>
#include <map>
#include <tuple>
#include <type_traits>

#include "fangtan/analysis/retrieval.hpp"
#include "fangtan/base/error.hpp"
#include "fangtan/coding/unit.hpp"
#include "fangtan/query/matcher.hpp"
#include "fangtan/text/sound_mark.hpp"
#include "fangtan/text/utf8.hpp"

namespace fangtan::analysis {
namespace {

// Every node of a query, itself first, each before the nodes below it.
void collect(const Query& query, std::uint32_t depth, std::vector<std::pair<const Query*, std::uint32_t>>& nodes) {
    nodes.emplace_back(&query, depth);
    const auto below = [&](const Query& operand) { collect(operand, depth + 1, nodes); };
    std::visit(
        [&](const auto& node) {
            using Node = std::decay_t<decltype(node)>;
            if constexpr (std::is_same_v<Node, Not>) {
                below(*node.operand);
            } else if constexpr (std::is_same_v<Node, And> || std::is_same_v<Node, Or>) {
                for (const Query& operand : node.operands) below(operand);
            } else if constexpr (std::is_same_v<Node, Near>) {
                below(*node.left);
                below(*node.right);
            } else if constexpr (std::is_same_v<Node, Except>) {
                below(*node.base);
                below(*node.exception);
            }
        },
        query.node);
}

// Evaluates every node of one query by itself in one unit.
class PartWalk {
 public:
    PartWalk(const Query& query, std::string_view text, Span unit, bool skip_marks) : text_(text) {
        collect(query, 0, nodes_);
        std::vector<const Query*> queries;
        std::vector<QueryGroup> groups;
        for (const auto& [node, depth] : nodes_) {
            groups.push_back(static_cast<QueryGroup>(queries.size()));
            queries.push_back(node);
        }
        const Matcher matcher = Matcher::compile(queries, groups);
        Scan scan(matcher);
        if (skip_marks) append_sound_marks(text, unit, marks_);
        scan.read(text, unit, marks_);
        scan.enter(unit);
        holds_.assign(nodes_.size(), false);
        for (const Fired& fired : scan.fired({})) holds_[fired.query] = true;
        places_.resize(nodes_.size());
        for (QueryNumber i = 0; i < nodes_.size(); ++i) {
            for (const Place& place : scan.places(i)) places_[i].push_back(place.span);
            std::sort(places_[i].begin(), places_[i].end());
            places_[i].erase(std::unique(places_[i].begin(), places_[i].end()), places_[i].end());
        }
    }

    std::vector<RulePart> parts() const {
        std::vector<RulePart> parts;
        for (std::size_t i = 0; i < nodes_.size(); ++i) {
            RulePart part;
            part.depth = nodes_[i].second;
            part.query = query::print(*nodes_[i].first);
            part.places = places_[i];
            if (!holds_[i]) std::visit([&](const auto& node) { fail(node, i, part); }, nodes_[i].first->node);
            parts.push_back(std::move(part));
        }
        return parts;
    }

 private:
    [[nodiscard]] std::size_t index_of(const Query& query) const {
        return static_cast<std::size_t>(std::find_if(nodes_.begin(), nodes_.end(), [&](const auto& node) { return node.first == &query; }) - nodes_.begin());
    }

    void fail(const Not& node, std::size_t, RulePart& part) const {
        part.state = PartState::forbidden;
        part.places = places_[index_of(*node.operand)];
    }
    void fail(const And&, std::size_t, RulePart& part) const { part.state = PartState::incomplete; }
    void fail(const Or&, std::size_t, RulePart& part) const { part.state = PartState::none_of; }
    void fail(const Except& node, std::size_t, RulePart& part) const {
        const std::size_t base = index_of(*node.base);
        part.state = holds_[base] ? PartState::excepted : PartState::incomplete;
        if (holds_[base]) part.places = places_[index_of(*node.exception)];
    }
    void fail(const Near& node, std::size_t, RulePart& part) const {
        const std::size_t left = index_of(*node.left);
        const std::size_t right = index_of(*node.right);
        part.state = PartState::incomplete;
        if (!holds_[left] || !holds_[right]) return;
        part.limit = node.distance;
        std::optional<std::uint64_t> gap;
        bool turned = false;
        for (const Span& a : places_[left]) {
            for (const Span& b : places_[right]) {
                const bool after = a.end <= b.begin;
                const bool ahead = b.end <= a.begin;
                if (!after && (node.ordered || !ahead)) {
                    turned = turned || ahead;
                    continue;
                }
                const std::uint64_t between = distance(a, b);
                gap = std::min(gap.value_or(between), between);
            }
        }
        part.state = gap ? PartState::too_far : turned ? PartState::wrong_order : PartState::overlapping;
        part.gap = gap.value_or(0);
    }
    template <class Leaf>
    void fail(const Leaf&, std::size_t, RulePart& part) const {
        part.state = PartState::absent;
    }

    // What matching steps over does not count.
    [[nodiscard]] std::uint64_t distance(Span a, Span b) const {
        std::uint64_t between = characters_between(text_, a, b);
        const Span gap{std::min(a.end, b.end), std::max(a.begin, b.begin)};
        for (const Span& mark : marks_) {
            if (gap.contains(mark)) between -= utf8::count(mark.of(text_));
        }
        return between;
    }

    std::string_view text_;
    std::vector<std::pair<const Query*, std::uint32_t>> nodes_;
    std::vector<Span> marks_;
    std::vector<bool> holds_;
    std::vector<std::vector<Span>> places_;
};

// All that some speakers say as one text, as coding makes it for the unit document, and the way back.
struct JoinedText {
    std::string text;
    std::vector<std::pair<std::uint32_t, std::uint32_t>> origins;  // byte of the copy, byte of the document

    void add(const Transcript& transcript, Span body) {
        origins.emplace_back(static_cast<std::uint32_t>(text.size()), body.begin.value);
        text += body.of(transcript.text);
        text += '\n';
    }
    [[nodiscard]] std::uint32_t original(std::uint32_t at) const {
        const auto after = std::upper_bound(origins.begin(), origins.end(), std::pair(at, UINT32_MAX));
        return (after - 1)->second + (at - (after - 1)->first);
    }
    [[nodiscard]] Span original(Span span) const { return span_of(original(span.begin.value), original(span.end.value - 1) + 1); }
};

}  // namespace

std::string_view name_of(PartState state) {
    static constexpr std::string_view kNames[] = {"holds", "absent", "incomplete", "none_of", "too_far", "wrong_order", "overlapping", "forbidden", "excepted"};
    return kNames[static_cast<std::size_t>(state)];
}

std::uint64_t characters_between(std::string_view text, Span a, Span b) {
    const Span gap{std::min(a.end, b.end), std::max(a.begin, b.begin)};
    return gap.begin < gap.end ? utf8::count(gap.of(text)) : 0;
}

std::vector<RulePart> explain_query(const Query& query, std::string_view text, Span unit, bool skip_marks) { return PartWalk(query, text, unit, skip_marks).parts(); }

Explainer::Explainer(const Codebook& codebook, const ApplyOptions& options, const ParticipantTable& participants, SingleRules::Speakers speakers)
    : codebook_(codebook), options_(options), participants_(participants), speakers_(speakers), rules_(codebook, speakers), application_(rules_.codebook(), options, participants) {}

bool Explainer::is_for(const Code& code, const Speaker& speaker) const {
    if (code.speakers.empty() || speakers_ == SingleRules::Speakers::everybody) return true;
    const std::string group = value_of(speaker, participants_, "group");
    const std::string role = value_of(speaker, participants_, "role");
    return std::any_of(code.speakers.begin(), code.speakers.end(), [&](const std::string& name) {
        return !name.empty() && (name == speaker.participant || name == group || name == role || name == speaker.label);
    });
}

Explanation Explainer::explain(const Transcript& transcript, std::uint32_t turn, std::optional<CodeId> code) {
    if (turn == 0 || turn > transcript.turns.size()) {
        throw Error(ErrorKind::usage, transcript.id + ":" + std::to_string(turn), "there is no such turn; " + transcript.file + " has turns 1 to " + std::to_string(transcript.turns.size()));
    }
    Explanation explanation;
    explanation.turn = turn;
    const Turn& entry = transcript.turns[turn - 1];
    const Speaker& speaker = transcript.speakers[entry.speaker];
    explanation.interviewer = speaker.interviewer && !options_.include_interviewer;
    if (explanation.interviewer) return explanation;
    const auto wanted = [&](std::uint32_t number) { return !code || static_cast<std::uint32_t>(*code) == number; };
    const auto kind_of = [&](std::uint32_t number) { return codebook_.codes()[number].unit.value_or(options_.unit); };
    explanation.other_speaker = code && !is_for(codebook_.code(*code), speaker);
    const UnitKind asked = code ? kind_of(static_cast<std::uint32_t>(*code)) : options_.unit;

    std::map<UnitKind, std::vector<ExplainedUnit>> by_kind;
    const auto units_for = [&](UnitKind kind) -> std::vector<ExplainedUnit>& {
        const auto [place, added] = by_kind.try_emplace(kind);
        if (!added) return place->second;
        std::vector<Span> spans;
        if (kind == UnitKind::document) {
            spans = {span_of(0, static_cast<std::uint32_t>(transcript.text.size()))};
        } else {
            coding::append_units(transcript.text, entry.body, kind, spans);
        }
        for (const Span span : spans) place->second.push_back({kind, span, {}, {}});
        return place->second;
    };
    (void)units_for(asked);

    Applier applier(application_);
    FiringSink sink;
    applier.apply(transcript, sink);
    for (const RuleFiring& firing : sink.firings) {
        const RuleName name = rules_.rules()[firing.rule];
        if (!wanted(name.code) || (firing.turn != turn && firing.turn != 0)) continue;
        FiredRule fired{name, false, {}};
        for (const Span& span : firing.evidence) {
            if (entry.body.contains(span)) fired.evidence.push_back(span);
        }
        if (firing.turn == 0 && fired.evidence.empty() && !code) continue;  // it fires because of other turns
        for (ExplainedUnit& unit : units_for(kind_of(name.code))) {
            if (!unit.span.contains(firing.span)) continue;
            // With the unit match a rule may fire several times in a sentence.
            const auto same = std::find_if(unit.fired.begin(), unit.fired.end(), [&](const FiredRule& other) { return other.rule == name; });
            if (same == unit.fired.end()) {
                unit.fired.push_back(fired);
            } else {
                same->evidence.insert(same->evidence.end(), fired.evidence.begin(), fired.evidence.end());
            }
        }
    }

    JoinedText joined;
    if (code && asked == UnitKind::document) {
        for (const Turn& other : transcript.turns) {
            const Speaker& who = transcript.speakers[other.speaker];
            if ((options_.include_interviewer || !who.interviewer) && is_for(codebook_.code(*code), who) && !other.body.empty()) joined.add(transcript, other.body);
        }
    }
    for (auto& [kind, units] : by_kind) {
        for (ExplainedUnit& unit : units) {
            std::sort(unit.fired.begin(), unit.fired.end(), [](const FiredRule& a, const FiredRule& b) { return a.rule < b.rule; });
            for (std::size_t i = 0; i < unit.fired.size(); ++i) unit.fired[i].decides = i == 0 || unit.fired[i - 1].rule.code != unit.fired[i].rule.code;
            if (code && !explanation.other_speaker && unit.fired.empty()) {
                const auto number = static_cast<std::uint32_t>(*code);
                const std::vector<Rule>& rules = codebook_.codes()[number].rules;
                for (std::uint32_t i = 0; i < rules.size(); ++i) {
                    SilentRule silent{{number, i + 1}, {}};
                    if (kind != UnitKind::document) {
                        silent.parts = explain_query(rules[i].query, transcript.text, unit.span, options_.skip_marks);
                    } else if (!joined.text.empty()) {
                        silent.parts = explain_query(rules[i].query, joined.text, span_of(0, static_cast<std::uint32_t>(joined.text.size())), options_.skip_marks);
                        for (RulePart& part : silent.parts) {
                            for (Span& place : part.places) place = joined.original(place);
                        }
                    }
                    unit.silent.push_back(std::move(silent));
                }
            }
            if (kind == asked || !unit.fired.empty()) explanation.units.push_back(std::move(unit));
        }
    }
    std::stable_sort(explanation.units.begin(), explanation.units.end(), [](const ExplainedUnit& a, const ExplainedUnit& b) {
        return std::tie(a.span.begin, b.span.end, b.kind) < std::tie(b.span.begin, a.span.end, a.kind);
    });
    return explanation;
}

}  // namespace fangtan::analysis
