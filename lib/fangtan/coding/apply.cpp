// SPDX-License-Identifier: Apache-2.0
#include "fangtan/coding/apply.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <tuple>

#include "fangtan/coding/unit.hpp"
#include "fangtan/query/matcher.hpp"
#include "fangtan/text/sound_mark.hpp"
#include "fangtan/text/utf8.hpp"

namespace fangtan {
namespace {

constexpr std::uint32_t kStretch = 64U << 10;  // bytes of text given to the matcher at once
constexpr std::size_t kKinds = 6;

std::size_t index_of(UnitKind kind) { return static_cast<std::size_t>(kind); }

// From fine to coarse; every unit of one lies inside a unit of the next. `match` is evaluated in sentences.
constexpr std::array kFineToCoarse = {UnitKind::clause, UnitKind::match, UnitKind::sentence, UnitKind::paragraph, UnitKind::turn};

// A coding before its evidence has a final place.
struct Pending {
    Span span;
    CodeId code;
    std::uint32_t rule;
    std::optional<std::uint32_t> speaker;
    std::uint32_t evidence_begin;
    std::uint32_t evidence_end;
};

}  // namespace

struct Application::Plan {
    const Codebook& codebook;
    ApplyOptions options;
    const ParticipantTable& participants;
    Matcher matcher;
    std::vector<QueryNumber> first_query;     // by code; one more at the end
    std::vector<CodeId> code_of;              // by query
    std::array<bool, kKinds> used{};          // kinds of unit that some code with rules has
    std::array<std::vector<bool>, kKinds> of_kind;  // by query: belongs to a code of that kind; empty: all do
    bool speakers_matter = false;             // some code is limited to speakers

    [[nodiscard]] UnitKind kind_of(CodeId code) const { return codebook.code(code).unit.value_or(options.unit); }
};

namespace {

Matcher compile(const Codebook& codebook) {
    std::vector<const Query*> queries;
    std::vector<QueryGroup> groups;
    for (std::uint32_t code = 0; code < codebook.codes().size(); ++code) {
        for (const Rule& rule : codebook.codes()[code].rules) {
            queries.push_back(&rule.query);
            groups.push_back(code);
        }
    }
    return Matcher::compile(queries, groups);
}

bool applies_to(const Code& code, const Speaker& speaker, const ParticipantTable& participants) {
    if (code.speakers.empty()) return true;
    const Participant* known = participants.find(speaker.participant);
    const std::string group = known != nullptr ? known->group : group_of_id(speaker.participant);
    const std::string role = known != nullptr && !known->role.empty() ? known->role : speaker.role;
    return std::any_of(code.speakers.begin(), code.speakers.end(), [&](const std::string& name) {
        return !name.empty() && (name == speaker.participant || name == group || name == role || name == speaker.label);
    });
}

}  // namespace

Application::Application(const Codebook& codebook, const ApplyOptions& options, const ParticipantTable& participants) {
    auto plan = std::make_unique<Plan>(Plan{codebook, options, participants, compile(codebook), {}, {}, {}, {}, false});
    for (std::uint32_t code = 0; code < codebook.codes().size(); ++code) {
        plan->first_query.push_back(static_cast<QueryNumber>(plan->code_of.size()));
        const Code& entry = codebook.codes()[code];
        plan->code_of.insert(plan->code_of.end(), entry.rules.size(), CodeId{code});
        if (entry.rules.empty()) continue;
        plan->used[index_of(plan->kind_of(CodeId{code}))] = true;
        plan->speakers_matter = plan->speakers_matter || !entry.speakers.empty();
    }
    plan->first_query.push_back(static_cast<QueryNumber>(plan->code_of.size()));
    if (std::count(plan->used.begin(), plan->used.end(), true) > 1) {
        for (std::size_t kind = 0; kind < kKinds; ++kind) {
            for (const CodeId code : plan->code_of) plan->of_kind[kind].push_back(index_of(plan->kind_of(code)) == kind);
        }
    }
    plan_ = std::move(plan);
}

Application::Application(Application&&) noexcept = default;
Application::~Application() = default;

struct Applier::State {
    const Application::Plan& plan;
    Scan scan;
    UnitKind coarsest = UnitKind::clause;  // of the kinds in use inside turns
    bool codes_turns = false;              // some code has rules and a unit inside turns
    bool ordered = false;                  // codings come out of the scan in their final order
    bool atoms_are_counted = false;        // the units of the document's counts are of the coarsest kind
    std::vector<Span> atoms;               // units of the coarsest kind in use: of a turn, or of the document
    std::vector<std::size_t> first_atom;   // by turn, if atoms_are_counted; one more at the end
    std::vector<Span> units;
    std::vector<Span> marks;       // of what is no speech, in the stretch at hand
    std::vector<Pending> pending;  // codings of one stretch
    std::vector<Span> evidence;    // of pending
    std::array<std::vector<std::vector<bool>>, kKinds> enabled;  // by kind and speaker; the speaker's list may be empty: all

    explicit State(const Application::Plan& application) : plan(application), scan(application.matcher) {
        for (const UnitKind kind : kFineToCoarse) {
            if (!plan.used[index_of(kind)]) continue;
            coarsest = kind;
            codes_turns = true;
        }
        const bool same = index_of(coarsest) == index_of(plan.options.unit) ||
                          (coarsest == UnitKind::match && plan.options.unit == UnitKind::sentence);
        atoms_are_counted = codes_turns && same;
        // One kind of unit: ascending, apart from each other, and each code fires once in each.
        ordered = coarsest != UnitKind::match && std::count(plan.used.begin(), plan.used.end(), true) == 1;
    }

    [[nodiscard]] bool is_coded(const Speaker& speaker) const { return plan.options.include_interviewer || !speaker.interviewer; }
    [[nodiscard]] std::span<const Span> marks_of(std::string_view text, Span stretch) {
        marks.clear();
        if (plan.options.skip_marks) append_sound_marks(text, stretch, marks);
        return marks;
    }
    void prepare_speakers(const Transcript& transcript);
    [[nodiscard]] DocumentCounts count(const Transcript& transcript);
    void code_document(const Transcript& transcript, CodingSink& sink);
    void code_document_for(const Transcript& transcript, const std::vector<bool>& heard, const std::vector<bool>& queries);
    void code_turn(const Transcript& transcript, std::uint32_t turn, CodingSink& sink);
    void code_stretch(const Transcript& transcript, Span stretch, std::span<const Span> stretch_atoms, std::uint32_t turn, CodingSink& sink);
    void code_in_order(const Transcript& transcript, Span unit, std::uint32_t turn, const std::vector<bool>& enabled_queries, CodingSink& sink);
    void code_unit(Span unit, UnitKind kind, std::uint32_t speaker, const std::vector<bool>& enabled_queries);
    void code_matches(const std::vector<Fired>& fired, std::uint32_t speaker);
    void keep(Span span, QueryNumber query, std::span<const Span> found, std::optional<std::uint32_t> speaker);
    void sort_pending();
    void hand_over(const Transcript& transcript, std::uint32_t turn, CodingSink& sink);
};

Applier::Applier(const Application& application) : state_(std::make_unique<State>(*application.plan_)) {}
Applier::Applier(Applier&&) noexcept = default;
Applier::~Applier() = default;

void Applier::apply(const Transcript& transcript, CodingSink& sink) {
    State& s = *state_;
    s.prepare_speakers(transcript);
    sink.document(transcript, s.count(transcript));
    if (s.plan.used[index_of(UnitKind::document)]) s.code_document(transcript, sink);
    for (std::uint32_t turn = 0; turn < transcript.turns.size(); ++turn) {
        if (s.is_coded(transcript.speakers[transcript.turns[turn].speaker])) s.code_turn(transcript, turn, sink);
    }
}

void Applier::State::prepare_speakers(const Transcript& transcript) {
    for (std::size_t kind = 0; kind < kKinds; ++kind) {
        enabled[kind].assign(transcript.speakers.size(), plan.of_kind[kind]);
        if (!plan.speakers_matter) continue;
        for (std::size_t speaker = 0; speaker < transcript.speakers.size(); ++speaker) {
            std::vector<bool>& list = enabled[kind][speaker];
            if (list.empty()) list.assign(plan.code_of.size(), true);
            for (std::size_t query = 0; query < list.size(); ++query) {
                const Code& code = plan.codebook.code(plan.code_of[query]);
                list[query] = list[query] && applies_to(code, transcript.speakers[speaker], plan.participants);
            }
        }
    }
}

DocumentCounts Applier::State::count(const Transcript& transcript) {
    DocumentCounts counts;
    counts.turns = static_cast<std::uint32_t>(transcript.turns.size());
    std::vector<std::size_t> speech_of(transcript.speakers.size(), SIZE_MAX);
    std::map<std::pair<bool, std::string_view>, std::size_t> speech_of_person;
    atoms.clear();
    first_atom.clear();
    for (const Turn& turn : transcript.turns) {
        first_atom.push_back(atoms.size());
        const Speaker& speaker = transcript.speakers[turn.speaker];
        if (!is_coded(speaker)) continue;
        std::size_t& place = speech_of[turn.speaker];
        if (place == SIZE_MAX) {
            // Two labels may be one person (受访者 and P1).
            const auto [entry, added] = speech_of_person.try_emplace({speaker.interviewer, speaker.participant}, counts.speech.size());
            place = entry->second;
            if (added) counts.speech.push_back({turn.speaker, 0, 0, 0});
        }
        units.clear();
        std::vector<Span>& found = atoms_are_counted ? atoms : units;
        const std::size_t before = found.size();
        if (plan.options.unit != UnitKind::document) coding::append_units(transcript.text, turn.body, plan.options.unit, found);
        const auto added = static_cast<std::uint32_t>(found.size() - before);
        Speech& speech = counts.speech[place];
        ++speech.turns;
        speech.units += added;
        speech.characters += static_cast<std::uint32_t>(utf8::count(turn.body.of(transcript.text)));
        counts.units += added;
    }
    first_atom.push_back(atoms.size());
    if (plan.options.unit == UnitKind::document) counts.units = counts.speech.empty() ? 0 : 1;
    return counts;
}

void Applier::State::keep(Span span, QueryNumber query, std::span<const Span> found, std::optional<std::uint32_t> speaker) {
    const CodeId code = plan.code_of[query];
    const auto from = static_cast<std::uint32_t>(evidence.size());
    evidence.insert(evidence.end(), found.begin(), found.end());
    pending.push_back({span, code, query - plan.first_query[static_cast<std::size_t>(code)] + 1, speaker, from, static_cast<std::uint32_t>(evidence.size())});
}

// A document unit is all that the speakers a code applies to say: a rule may find its terms in different
// turns. The coding covers the whole document; it has a participant if only one of them speaks.
void Applier::State::code_document(const Transcript& transcript, CodingSink& sink) {
    const std::size_t queries = plan.code_of.size();
    std::map<std::vector<bool>, std::vector<bool>> groups;  // speakers heard -> queries for which that is so
    for (QueryNumber query = 0; query < queries; ++query) {
        if (plan.kind_of(plan.code_of[query]) != UnitKind::document) continue;
        std::vector<bool> heard(transcript.speakers.size(), false);
        for (const Turn& turn : transcript.turns) {
            const std::vector<bool>& list = enabled[index_of(UnitKind::document)][turn.speaker];
            heard[turn.speaker] = is_coded(transcript.speakers[turn.speaker]) && (list.empty() || list[query]);
        }
        std::vector<bool>& members = groups[heard];
        members.resize(queries, false);
        members[query] = true;
    }
    for (const auto& [heard, members] : groups) code_document_for(transcript, heard, members);
    sort_pending();
    hand_over(transcript, 0, sink);
}

void Applier::State::code_document_for(const Transcript& transcript, const std::vector<bool>& heard, const std::vector<bool>& queries) {
    // The matcher wants one run of text: what is not heard is left out of a copy, and spans are carried back.
    std::string joined;
    std::vector<std::pair<std::uint32_t, std::uint32_t>> origins;  // byte of the copy, byte of the document
    std::optional<std::uint32_t> speaker;
    bool one_participant = true;
    for (const Turn& turn : transcript.turns) {
        if (!heard[turn.speaker] || turn.body.empty()) continue;
        origins.emplace_back(static_cast<std::uint32_t>(joined.size()), turn.body.begin.value);
        joined += turn.body.of(transcript.text);
        joined += '\n';
        if (!speaker) speaker = turn.speaker;
        one_participant = one_participant && transcript.speakers[*speaker].participant == transcript.speakers[turn.speaker].participant;
    }
    if (joined.empty()) return;
    const auto original = [&](std::uint32_t at) {
        const auto after = std::upper_bound(origins.begin(), origins.end(), std::pair(at, UINT32_MAX));
        return (after - 1)->second + (at - (after - 1)->first);
    };
    const Span whole = span_of(0, static_cast<std::uint32_t>(joined.size()));
    scan.read(joined, whole, marks_of(joined, whole));
    scan.enter(whole);
    for (const Fired& fired : scan.fired(queries)) {
        std::vector<Span> found(scan.evidence().begin() + fired.evidence_begin, scan.evidence().begin() + fired.evidence_end);
        for (Span& span : found) span = span_of(original(span.begin.value), original(span.end.value - 1) + 1);
        keep(span_of(0, static_cast<std::uint32_t>(transcript.text.size())), fired.query, found,
             one_participant ? speaker : std::nullopt);
    }
}

void Applier::State::code_turn(const Transcript& transcript, std::uint32_t turn, CodingSink& sink) {
    if (!codes_turns) return;
    std::size_t first = 0;
    if (atoms_are_counted) {
        first = first_atom[turn];
    } else {
        atoms.clear();
        coding::append_units(transcript.text, transcript.turns[turn].body, coarsest, atoms);
    }
    const std::size_t end = atoms_are_counted ? first_atom[turn + 1] : atoms.size();
    while (first < end) {
        std::size_t last = first + 1;
        while (last < end && atoms[last].end.value - atoms[first].begin.value <= kStretch) ++last;
        code_stretch(transcript, {atoms[first].begin, atoms[last - 1].end}, std::span(atoms).subspan(first, last - first), turn, sink);
        first = last;
    }
}

void Applier::State::code_stretch(const Transcript& transcript, Span stretch, std::span<const Span> stretch_atoms, std::uint32_t turn, CodingSink& sink) {
    const std::uint32_t speaker = transcript.turns[turn].speaker;
    for (const UnitKind kind : kFineToCoarse) {
        if (!plan.used[index_of(kind)]) continue;
        // Units are entered in ascending order: another kind begins again at the start of the stretch.
        scan.read(transcript.text, stretch, marks_of(transcript.text, stretch));
        const std::vector<bool>& list = enabled[index_of(kind)][speaker];
        if (ordered) {
            for (const Span atom : stretch_atoms) code_in_order(transcript, atom, turn, list, sink);
            return;
        }
        if (kind == coarsest) {
            for (const Span atom : stretch_atoms) code_unit(atom, kind, speaker, list);
            continue;
        }
        for (const Span atom : stretch_atoms) {
            units.clear();
            coding::append_units(transcript.text, atom, kind, units);
            for (const Span unit : units) code_unit(unit, kind, speaker, list);
        }
    }
    sort_pending();
    hand_over(transcript, turn + 1, sink);
}

void Applier::State::sort_pending() {
    // No two are equal: a rule codes a span once.
    std::sort(pending.begin(), pending.end(), [](const Pending& a, const Pending& b) {
        return std::tie(a.span, a.code, a.rule) < std::tie(b.span, b.code, b.rule);
    });
}

void Applier::State::code_in_order(const Transcript& transcript, Span unit, std::uint32_t turn, const std::vector<bool>& enabled_queries, CodingSink& sink) {
    scan.enter(unit);
    RuleCoding coding{.span = unit, .turn = turn + 1, .speaker = transcript.turns[turn].speaker, .evidence = {}};
    for (const Fired& fired : scan.fired(enabled_queries)) {
        coding.code = plan.code_of[fired.query];
        coding.rule = fired.query - plan.first_query[static_cast<std::size_t>(coding.code)] + 1;
        coding.evidence = std::span(scan.evidence()).subspan(fired.evidence_begin, fired.evidence_end - fired.evidence_begin);
        sink.coding(transcript, coding);
    }
}

void Applier::State::code_unit(Span unit, UnitKind kind, std::uint32_t speaker, const std::vector<bool>& enabled_queries) {
    scan.enter(unit);
    const std::vector<Fired>& fired = scan.fired(enabled_queries);
    if (fired.empty()) return;
    if (kind == UnitKind::match) return code_matches(std::vector<Fired>(fired), speaker);
    for (const Fired& entry : fired) {
        keep(unit, entry.query, std::span(scan.evidence()).subspan(entry.evidence_begin, entry.evidence_end - entry.evidence_begin), speaker);
    }
}

// Every place a rule of the code matches at is a coding; one that lies inside another of the same code is not
// counted again.
void Applier::State::code_matches(const std::vector<Fired>& fired, std::uint32_t speaker) {
    struct Match {
        Span span;
        QueryNumber query;
        std::vector<Span> evidence;
    };
    for (const Fired& entry : fired) {
        const auto code = static_cast<std::size_t>(plan.code_of[entry.query]);
        std::vector<Match> matches;
        for (QueryNumber query = plan.first_query[code]; query < plan.first_query[code + 1]; ++query) {
            for (const Place& place : scan.places(query)) {
                const auto from = scan.evidence().begin();
                matches.push_back({place.span, query, {from + place.evidence_begin, from + place.evidence_end}});
            }
        }
        std::stable_sort(matches.begin(), matches.end(), [](const Match& a, const Match& b) {
            return std::pair(a.span.begin, b.span.end) < std::pair(b.span.begin, a.span.end);  // the longer first
        });
        ByteOffset furthest{0};
        bool first = true;
        for (const Match& match : matches) {
            if (!first && match.span.end <= furthest) continue;
            first = false;
            furthest = match.span.end;
            keep(match.span, match.query, match.evidence, speaker);
        }
    }
}

void Applier::State::hand_over(const Transcript& transcript, std::uint32_t turn, CodingSink& sink) {
    for (const Pending& entry : pending) {
        RuleCoding coding;
        coding.span = entry.span;
        coding.turn = turn;
        coding.speaker = entry.speaker;
        coding.code = entry.code;
        coding.rule = entry.rule;
        coding.evidence = std::span(evidence).subspan(entry.evidence_begin, entry.evidence_end - entry.evidence_begin);
        sink.coding(transcript, coding);
    }
    pending.clear();
    evidence.clear();
}

}  // namespace fangtan
