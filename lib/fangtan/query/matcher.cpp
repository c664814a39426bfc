// SPDX-License-Identifier: Apache-2.0
#include "fangtan/query/matcher.hpp"

#include <algorithm>
#include <limits>

#include "fangtan/query/pattern_match.hpp"
#include "fangtan/query/program.hpp"
#include "fangtan/text/fold.hpp"
#include "fangtan/text/utf8.hpp"

namespace fangtan {
namespace {

using query::ClassText;
using query::Occurrence;
using query::ProgramNode;
using query::TermHit;
using query::TermNumber;

// Above this many hits in a unit it pays to order them by term.
constexpr std::size_t kIndexAbove = 48;

// A place while it is worked out: characters of the stretch. Evidence: its own span, or a range of the pool.
struct Candidate {
    std::uint32_t begin;
    std::uint32_t end;
    std::uint32_t pool_begin = 0;
    std::uint32_t pool_end = 0;
};

// A query worth evaluating in the unit; one that fires for certain is proposed once for every hit.
struct Proposal {
    QueryNumber query;
    std::uint32_t hit;  // index into unit_hits
};

bool by_begin(const Candidate& a, const Candidate& b) { return std::pair(a.begin, a.end) < std::pair(b.begin, b.end); }

}  // namespace

struct Scan::State {
    const Matcher::Program& program;
    std::string_view text;
    ClassText classes;
    std::vector<Occurrence> occurrences;
    std::vector<TermHit> hits;  // of the stretch, by begin, then end
    std::size_t next_hit = 0;
    Span unit;
    std::vector<TermHit> unit_hits;
    std::vector<TermHit> unit_hits_by_term;  // made when first needed
    bool indexed = false;
    std::string folded_unit;                 // likewise
    std::vector<std::uint32_t> seen;         // by query: the call in which it was last proposed
    std::uint32_t serial = 0;
    std::vector<Proposal> proposals;
    std::vector<Candidate> pool_of_places;   // scratch
    std::vector<std::pair<std::uint32_t, std::uint32_t>> pool;
    std::vector<Fired> fired;
    std::vector<Place> places;
    std::vector<Span> evidence;

    explicit State(const Matcher::Program& matcher_program) : program(matcher_program), seen(program.roots.size(), 0) {}

    [[nodiscard]] std::uint32_t begin_byte(std::uint32_t character) const { return classes.bytes[character]; }
    // Not the start of the next character: an ignorable one may stand between.
    [[nodiscard]] std::uint32_t end_byte(std::uint32_t character) const {
        const std::uint32_t last = classes.bytes[character - 1];
        return last + utf8::length(text[last]);
    }
    [[nodiscard]] std::uint32_t character_at(std::uint32_t byte) const {
        const auto begin = classes.bytes.begin();
        return static_cast<std::uint32_t>(std::lower_bound(begin, begin + classes.size, byte) - begin);
    }

    void propose(const std::vector<bool>& enabled);
    [[nodiscard]] std::span<const TermHit> hits_of(TermNumber term);
    [[nodiscard]] bool evaluate(std::uint32_t node, std::vector<Candidate>& out);
    bool evaluate_term(TermNumber term, std::vector<Candidate>& out);
    bool evaluate_regex(const query::CompiledRegexEntry& entry, std::vector<Candidate>& out);
    bool evaluate_and(const ProgramNode& node, std::vector<Candidate>& out);
    bool evaluate_near(const ProgramNode& node, std::vector<Candidate>& out);
    bool evaluate_except(const ProgramNode& node, std::vector<Candidate>& out);
    void add_pair(const Candidate& a, const Candidate& b, std::vector<Candidate>& out);
    void add_evidence(const Candidate& candidate);
    void finish_evidence(std::uint32_t from);
};

Scan::Scan(const Matcher& matcher) : state_(std::make_unique<State>(*matcher.program_)) {}
Scan::Scan(Scan&&) noexcept = default;
Scan::~Scan() = default;

void Scan::read(std::string_view text, Span stretch, std::span<const Span> skipped) {
    State& s = *state_;
    s.text = text;
    s.hits.clear();
    s.occurrences.clear();
    s.next_hit = 0;
    s.program.automaton->read(text, stretch, skipped, s.classes);
    s.program.automaton->find(s.classes, s.occurrences);
    const query::PatternMatch match(text, stretch, s.classes);
    for (const Occurrence& found : s.occurrences) {
        for (std::uint32_t i = s.program.key_begin[found.key]; i < s.program.key_begin[found.key + 1]; ++i) {
            const TermNumber term = s.program.key_terms[i];
            match.extend(s.program.patterns[term], term, found, s.hits);
        }
    }
    if (s.program.hits_need_sorting) std::sort(s.hits.begin(), s.hits.end(), query::by_place);
}

void Scan::enter(Span unit) {
    State& s = *state_;
    s.unit = unit;
    s.unit_hits.clear();
    s.indexed = false;
    s.folded_unit.clear();
    s.pool.clear();
    s.evidence.clear();
    ++s.serial;
    while (s.next_hit < s.hits.size() && s.begin_byte(s.hits[s.next_hit].begin) < unit.end.value) {
        const TermHit& hit = s.hits[s.next_hit++];
        if (s.begin_byte(hit.begin) >= unit.begin.value && s.end_byte(hit.end) <= unit.end.value) s.unit_hits.push_back(hit);
    }
}

const std::vector<Fired>& Scan::fired(const std::vector<bool>& enabled) {
    State& s = *state_;
    s.fired.clear();
    s.evidence.clear();
    if (s.unit_hits.empty() && s.program.always.empty()) return s.fired;
    s.propose(enabled);
    for (std::size_t i = 0; i < s.proposals.size();) {
        const QueryNumber query = s.proposals[i].query;
        std::size_t next = i + 1;
        while (next < s.proposals.size() && s.proposals[next].query == query) ++next;
        const std::span<const Proposal> proposed(&s.proposals[i], next - i);
        i = next;
        if (!s.fired.empty() && s.program.groups[s.fired.back().query] == s.program.groups[query]) continue;
        const auto from = static_cast<std::uint32_t>(s.evidence.size());
        if (s.program.certain[query]) {
            for (const Proposal& proposal : proposed) {
                const TermHit& hit = s.unit_hits[proposal.hit];
                s.evidence.push_back(span_of(s.begin_byte(hit.begin), s.end_byte(hit.end)));
            }
        } else {
            s.pool_of_places.clear();
            s.pool.clear();
            if (!s.evaluate(s.program.roots[query], s.pool_of_places)) continue;
            for (const Candidate& place : s.pool_of_places) s.add_evidence(place);
        }
        s.finish_evidence(from);
        s.fired.push_back({query, from, static_cast<std::uint32_t>(s.evidence.size())});
    }
    return s.fired;
}

// Ascending by query, then by hit.
void Scan::State::propose(const std::vector<bool>& enabled) {
    proposals.clear();
    ++serial;
    const auto add = [&](QueryNumber query, std::uint32_t hit) {
        if (!program.certain[query] && seen[query] == serial) return;
        if (!enabled.empty() && !enabled[query]) return;
        seen[query] = serial;
        proposals.push_back({query, hit});
    };
    for (std::uint32_t hit = 0; hit < unit_hits.size(); ++hit) {
        const TermNumber term = unit_hits[hit].term;
        for (std::uint32_t i = program.term_begin[term]; i < program.term_begin[term + 1]; ++i) add(program.term_queries[i], hit);
    }
    for (const QueryNumber query : program.always) add(query, 0);
    if (proposals.size() < 2) return;
    std::sort(proposals.begin(), proposals.end(), [](const Proposal& a, const Proposal& b) {
        return std::pair(a.query, a.hit) < std::pair(b.query, b.hit);
    });
}

const std::vector<Place>& Scan::places(QueryNumber query) {
    State& s = *state_;
    s.places.clear();
    s.evidence.clear();
    s.pool.clear();
    std::vector<Candidate> found;
    if (!s.evaluate(s.program.roots[query], found)) return s.places;
    std::stable_sort(found.begin(), found.end(), by_begin);
    for (std::size_t i = 0; i < found.size();) {
        const Candidate first = found[i];
        const auto from = static_cast<std::uint32_t>(s.evidence.size());
        for (; i < found.size() && found[i].begin == first.begin && found[i].end == first.end; ++i) s.add_evidence(found[i]);
        s.finish_evidence(from);
        s.places.push_back({span_of(s.begin_byte(first.begin), s.end_byte(first.end)), from, static_cast<std::uint32_t>(s.evidence.size())});
    }
    return s.places;
}

const std::vector<Span>& Scan::evidence() const { return state_->evidence; }

void Scan::State::add_evidence(const Candidate& candidate) {
    if (candidate.pool_begin == candidate.pool_end) {
        evidence.push_back(span_of(begin_byte(candidate.begin), end_byte(candidate.end)));
        return;
    }
    for (std::uint32_t i = candidate.pool_begin; i < candidate.pool_end; ++i) {
        evidence.push_back(span_of(begin_byte(pool[i].first), end_byte(pool[i].second)));
    }
}

void Scan::State::finish_evidence(std::uint32_t from) {
    if (evidence.size() - from < 2) return;
    const auto begin = evidence.begin() + from;
    std::sort(begin, evidence.end());
    evidence.erase(std::unique(begin, evidence.end()), evidence.end());
}

std::span<const TermHit> Scan::State::hits_of(TermNumber term) {
    if (!indexed) {
        unit_hits_by_term = unit_hits;
        std::stable_sort(unit_hits_by_term.begin(), unit_hits_by_term.end(),
                         [](const TermHit& a, const TermHit& b) { return a.term < b.term; });
        indexed = true;
    }
    const auto range = std::equal_range(unit_hits_by_term.begin(), unit_hits_by_term.end(), TermHit{0, 0, term},
                                        [](const TermHit& a, const TermHit& b) { return a.term < b.term; });
    return {range.first, range.second};
}

bool Scan::State::evaluate(std::uint32_t index, std::vector<Candidate>& out) {
    const ProgramNode& node = program.nodes[index];
    switch (node.kind) {
        case ProgramNode::Kind::term: return evaluate_term(node.number, out);
        case ProgramNode::Kind::regex: return evaluate_regex(program.regexes[node.number], out);
        case ProgramNode::Kind::and_: return evaluate_and(node, out);
        case ProgramNode::Kind::near: return evaluate_near(node, out);
        case ProgramNode::Kind::except: return evaluate_except(node, out);
        case ProgramNode::Kind::not_: {
            std::vector<Candidate> ignored;
            return !evaluate(node.operands[0], ignored);
        }
        case ProgramNode::Kind::or_: break;
    }
    bool any = false;
    for (const std::uint32_t operand : node.operands) any = evaluate(operand, out) || any;
    return any;
}

bool Scan::State::evaluate_term(TermNumber term, std::vector<Candidate>& out) {
    const std::size_t before = out.size();
    if (unit_hits.size() <= kIndexAbove) {
        for (const TermHit& hit : unit_hits) {
            if (hit.term == term) out.push_back({hit.begin, hit.end});
        }
    } else {
        for (const TermHit& hit : hits_of(term)) out.push_back({hit.begin, hit.end});
    }
    return out.size() > before;
}

bool Scan::State::evaluate_regex(const query::CompiledRegexEntry& entry, std::vector<Candidate>& out) {
    if (!entry.literals.empty()) {
        std::vector<int> found;
        std::vector<Candidate> ignored;
        for (std::size_t i = 0; i < entry.literals.size(); ++i) {
            if (evaluate_term(entry.literals[i], ignored)) found.push_back(static_cast<int>(i));
        }
        if (!entry.regex.possible(found)) return false;
    }
    const std::size_t before = out.size();
    const std::uint32_t first = character_at(unit.begin.value);
    if (entry.regex.original()) {
        entry.regex.each_match(unit.of(text), [&](std::size_t begin, std::size_t end) {
            const std::uint32_t from = character_at(unit.begin.value + static_cast<std::uint32_t>(begin));
            const std::uint32_t to = character_at(unit.begin.value + static_cast<std::uint32_t>(end));
            if (to > from) out.push_back({from, to});
        });
        return out.size() > before;
    }
    if (folded_unit.empty()) {
        const std::uint32_t last = character_at(unit.end.value);
        for (std::uint32_t i = first; i < last; ++i) utf8::append(folded_unit, fold(utf8::at(text, begin_byte(i))));
    }
    std::size_t counted_bytes = 0;
    std::uint32_t counted = first;
    const auto character = [&](std::size_t byte) {
        counted += static_cast<std::uint32_t>(utf8::count(std::string_view(folded_unit).substr(counted_bytes, byte - counted_bytes)));
        counted_bytes = byte;
        return counted;
    };
    entry.regex.each_match(folded_unit, [&](std::size_t begin, std::size_t end) {
        const std::uint32_t from = character(begin);
        out.push_back({from, character(end)});
    });
    return out.size() > before;
}

bool Scan::State::evaluate_and(const ProgramNode& node, std::vector<Candidate>& out) {
    const std::size_t before = out.size();
    for (const std::uint32_t operand : node.operands) {
        if (evaluate(operand, out)) continue;
        out.resize(before, Candidate{0, 0});
        return false;
    }
    return true;
}

void Scan::State::add_pair(const Candidate& a, const Candidate& b, std::vector<Candidate>& out) {
    const auto from = static_cast<std::uint32_t>(pool.size());
    for (const Candidate* part : {&a, &b}) {
        if (part->pool_begin == part->pool_end) {
            pool.emplace_back(part->begin, part->end);
        } else {
            for (std::uint32_t i = part->pool_begin; i < part->pool_end; ++i) pool.push_back(std::pair(pool[i]));
        }
    }
    out.push_back({std::min(a.begin, b.begin), std::max(a.end, b.end), from, static_cast<std::uint32_t>(pool.size())});
}

bool Scan::State::evaluate_near(const ProgramNode& node, std::vector<Candidate>& out) {
    std::vector<Candidate> left;
    std::vector<Candidate> right;
    if (!evaluate(node.operands[0], left) || !evaluate(node.operands[1], right)) return false;
    std::sort(right.begin(), right.end(), by_begin);
    std::uint32_t longest = 0;
    for (const Candidate& place : right) longest = std::max(longest, place.end - place.begin);
    const std::size_t before = out.size();
    for (const Candidate& a : left) {
        const std::uint32_t reach = node.distance + longest;
        const std::uint32_t earliest = node.ordered ? a.end : a.begin > reach ? a.begin - reach : 0;
        auto b = std::lower_bound(right.begin(), right.end(), earliest, [](const Candidate& place, std::uint32_t at) { return place.begin < at; });
        for (; b != right.end() && b->begin <= a.end + node.distance; ++b) {
            const bool after = b->begin >= a.end;
            const bool ahead = b->end <= a.begin && a.begin - b->end <= node.distance;
            if (after || (ahead && !node.ordered)) add_pair(a, *b, out);
        }
    }
    return out.size() > before;
}

bool Scan::State::evaluate_except(const ProgramNode& node, std::vector<Candidate>& out) {
    std::vector<Candidate> base;
    std::vector<Candidate> exceptions;
    if (!evaluate(node.operands[0], base)) return false;
    (void)evaluate(node.operands[1], exceptions);
    std::sort(exceptions.begin(), exceptions.end(), by_begin);
    std::stable_sort(base.begin(), base.end(), by_begin);
    const std::size_t before = out.size();
    std::uint32_t furthest = 0;  // end of the exceptions that begin no later
    std::size_t next = 0;
    for (const Candidate& place : base) {
        while (next < exceptions.size() && exceptions[next].begin <= place.begin) furthest = std::max(furthest, exceptions[next++].end);
        if (furthest < place.end) out.push_back(place);
    }
    return out.size() > before;
}

}  // namespace fangtan
