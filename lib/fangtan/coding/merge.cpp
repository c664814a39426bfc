// SPDX-License-Identifier: Apache-2.0
#include "fangtan/coding/merge.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "fangtan/text/natural_order.hpp"
#include "fangtan/transcript/participant.hpp"

namespace fangtan::coding {
namespace {

// What a proposal and the decision about it share.
struct Segment {
    std::string document, coder, code;
    std::uint32_t start = 0;
    std::uint32_t end = 0;

    friend auto operator<=>(const Segment&, const Segment&) = default;
};

Segment segment_of(const StoredCoding& coding) { return {coding.document, coding.coder, coding.code, coding.start, coding.end}; }

Segment first_segment_of(const StoredCoding& coding) {
    return coding.origin ? Segment{coding.document, coding.coder, coding.origin->code, coding.origin->start, coding.origin->end} : segment_of(coding);
}

Passage passage_of(const StoredCoding& coding, std::string what) {
    return {coding.document, coding.turn, coding.participant, coding.start, coding.end, coding.code, coding.coder, std::move(what)};
}

std::string quoted(const std::string& id) { return "\"" + id + "\""; }

bool is_bare_participant(const Record& record) {
    return std::all_of(record.members.begin(), record.members.end(), [&](const Member& member) {
        return member.name == "participant" || (member.name == "group" && record.text("group") == group_of_id(record.text("participant"))) || member.json == "\"\"" || member.json == "null";
    });
}

// Numbers by size, all else as text.
bool is_less(const std::string& a, const std::string& b) {
    const auto whole = [](const std::string& json) { return !json.empty() && json.find_first_not_of("0123456789") == std::string::npos; };
    return whole(a) && whole(b) && a.size() != b.size() ? a.size() < b.size() : a < b;
}

// Two records of one thing: the members of both; of two values the greater, which is the same in either order.
Record united(const Record& a, const Record& b) {
    Record both = a;
    for (const Member& member : b.members) {
        const std::string* other = both.find(member.name);
        if (other == nullptr || is_less(*other, member.json)) both.set(member.name, member.json);
    }
    return both;
}

struct Named {
    Record record;
    std::string from;  // the first file that has it
};

class Merger {
 public:
    Merger(const std::vector<MergeInput>& inputs, Diagnostics& diagnostics) : inputs_(inputs), diagnostics_(diagnostics) {}

    std::optional<MergeResult> merge() {
        const std::size_t errors = diagnostics_.errors();
        for (const MergeInput& input : inputs_) add_records(input);
        for (const MergeInput& input : inputs_) check_bare(input);
        if (diagnostics_.errors() > errors) return std::nullopt;
        finish_records();
        unite_codings();
        find_conflicts();
        find_unproposed();
        return std::move(result_);
    }

 private:
    void add_records(const MergeInput& input) {
        const auto fault = [&](const std::string& message) { diagnostics_.error(input.name, {0, 0}, message); };
        CodingStream& out = result_.stream;
        for (const Record& run : input.stream.runs) {
            if (std::find(out.runs.begin(), out.runs.end(), run) == out.runs.end()) out.runs.push_back(run);
        }
        for (const Record& skipped : input.stream.skipped) {
            if (std::find(out.skipped.begin(), out.skipped.end(), skipped) == out.skipped.end()) out.skipped.push_back(skipped);
        }
        for (const Record& document : input.stream.documents) {
            const auto [found, is_new] = documents_.try_emplace(document.text("document"), Named{document, input.name});
            if (is_new) continue;
            Named& known = found->second;
            const std::string* here = document.find("sha256");
            const std::string* there = known.record.find("sha256");
            if ((here != nullptr && there != nullptr && *here != *there) || document.number("characters") != known.record.number("characters")) {
                fault("the document " + quoted(found->first) + " is another text here (SHA-256 " + document.text("sha256").substr(0, 12) + "…) than in " + known.from + " (" +
                      known.record.text("sha256").substr(0, 12) + "…); if the transcript was edited, bring the older codings up to date with fangtan relocate first");
                continue;
            }
            known.record = united(known.record, document);
        }
        for (const Record& code : input.stream.codes) {
            const auto [found, is_new] = codes_.try_emplace(code.text("code"), Named{code, input.name});
            if (is_new) continue;
            Named& known = found->second;
            if (code.text("name") != known.record.text("name") || list_of(code.find("path")) != list_of(known.record.find("path")) || code.text("parent") != known.record.text("parent")) {
                fault("the code " + quoted(found->first) + " has another name or place here than in " + known.from + "; bring one of them to the other's codebook with fangtan recode");
                continue;
            }
            known.record = united(known.record, code);
        }
        for (const Record& participant : input.stream.participants) {
            const auto [found, is_new] = participants_.try_emplace(participant.text("participant"), Named{participant, input.name});
            if (is_new || found->second.record == participant || is_bare_participant(participant)) continue;
            if (!is_bare_participant(found->second.record)) {
                fault("the participant " + quoted(found->first) + " is described differently here than in " + found->second.from);
                continue;
            }
            found->second = {participant, input.name};
        }
    }

    // Bare codings lean on the records of the others.
    void check_bare(const MergeInput& input) {
        if (!input.stream.runs.empty() || result_.stream.runs.empty()) return;
        for (const StoredCoding& coding : input.stream.codings) {
            const auto document = documents_.find(coding.document);
            if (document == documents_.end()) {
                diagnostics_.error(input.name, {coding.line, 1}, "no other input has a record of the document " + quoted(coding.document) + "; is its id spelled as there?");
            } else if (coding.end > document->second.record.number("characters").value_or(0)) {
                diagnostics_.error(input.name, {coding.line, 1}, "end " + std::to_string(coding.end) + " lies past the end of document " + quoted(coding.document));
            }
            if (!codes_.contains(coding.code)) {
                diagnostics_.error(input.name, {coding.line, 1}, "no other input has a record of the code " + quoted(coding.code) + "; is its id spelled as there?");
            }
        }
    }

    void finish_records() {
        CodingStream& out = result_.stream;
        const auto by_line = [](const Record& a, const Record& b) { return a.line() < b.line(); };
        std::sort(out.runs.begin(), out.runs.end(), by_line);
        std::sort(out.skipped.begin(), out.skipped.end(), by_line);
        for (auto& [id, named] : documents_) out.documents.push_back(std::move(named.record));
        std::stable_sort(out.documents.begin(), out.documents.end(), [](const Record& a, const Record& b) { return a.text("file") < b.text("file"); });
        for (auto& [id, named] : participants_) out.participants.push_back(std::move(named.record));
        std::sort(out.participants.begin(), out.participants.end(), [](const Record& a, const Record& b) { return natural_less(a.text("participant"), b.text("participant")); });
        order_codes();
    }

    static std::vector<std::string> code_list(const CodingStream& stream) {
        std::vector<std::string> list;
        for (const Record& code : stream.codes) list.push_back(code.text("code"));
        return list;
    }

    // The order of a codebook that all inputs share is kept; else only an order that follows from the codes themselves does
    // not depend on which file comes first.
    void order_codes() {
        std::optional<std::vector<std::string>> order;
        for (const MergeInput& input : inputs_) {
            if (input.stream.runs.empty()) continue;
            const std::vector<std::string> list = code_list(input.stream);
            if (order && *order != list) result_.code_order_differs = true;
            if (!order) order = list;
        }
        CodingStream& out = result_.stream;
        if (order && !result_.code_order_differs) {
            for (const std::string& id : *order) out.codes.push_back(codes_.at(id).record);
            return;
        }
        std::vector<std::pair<std::vector<std::string>, Record>> sorted;
        for (const auto& [id, named] : codes_) sorted.emplace_back(list_of(named.record.find("path")), named.record);
        // A parent's path is a prefix of its children's, so it stands before them.
        std::stable_sort(sorted.begin(), sorted.end(), [](const auto& a, const auto& b) {
            return std::lexicographical_compare(a.first.begin(), a.first.end(), b.first.begin(), b.first.end(), NaturalLess{});
        });
        for (auto& entry : sorted) out.codes.push_back(std::move(entry.second));
    }

    void unite_codings() {
        std::map<std::string, const StoredCoding*> distinct;
        for (const MergeInput& input : inputs_) {
            for (const StoredCoding& coding : input.stream.codings) {
                ++result_.read;
                if (!distinct.emplace(line_of(coding), &coding).second) ++result_.duplicates;
            }
        }
        std::map<Segment, std::vector<const StoredCoding*>> decisions;
        for (const auto& [line, coding] : distinct) {
            if (!coding->decided()) continue;
            decisions[segment_of(*coding)].push_back(coding);
            if (coding->origin) decisions[first_segment_of(*coding)].push_back(coding);
        }
        for (const auto& [line, coding] : distinct) {
            const auto found = coding->decided() ? decisions.end() : decisions.find(segment_of(*coding));
            if (found != decisions.end() && std::any_of(found->second.begin(), found->second.end(), [&](const StoredCoding* decision) { return says_all(*decision, *coding); })) {
                ++result_.settled;
            } else {
                result_.stream.codings.push_back(*coding);
            }
        }
        std::map<std::string, std::size_t> places;
        for (const Record& code : result_.stream.codes) places.emplace(code.text("code"), places.size());
        std::stable_sort(result_.stream.codings.begin(), result_.stream.codings.end(), [&](const StoredCoding& a, const StoredCoding& b) {
            const auto place = [&](const StoredCoding& coding) { return places.contains(coding.code) ? places.at(coding.code) : places.size(); };
            return std::tuple(std::string_view(a.document), a.start, a.end, place(a)) < std::tuple(std::string_view(b.document), b.start, b.end, place(b));
        });
    }

    static bool says_all(const StoredCoding& decision, const StoredCoding& proposal) {
        if (!proposal.memo.empty() && proposal.memo != decision.memo) return false;
        return std::includes(decision.others.begin(), decision.others.end(), proposal.others.begin(), proposal.others.end());
    }

    void find_conflicts() {
        std::map<Segment, std::vector<const StoredCoding*>> decided;
        for (const StoredCoding& coding : result_.stream.codings) {
            if (coding.decided()) decided[first_segment_of(coding)].push_back(&coding);
        }
        for (const auto& [segment, codings] : decided) {
            std::set<std::tuple<CodingStatus, std::uint32_t, std::uint32_t, std::string>> outcomes;
            std::string what;
            for (const StoredCoding* coding : codings) {
                outcomes.emplace(coding->status, coding->start, coding->end, coding->code);
                if (!what.empty()) what += "; ";
                const bool moved = coding->status == CodingStatus::accepted && segment_of(*coding) != segment;
                what += moved ? "moved to [" + std::to_string(coding->start) + "," + std::to_string(coding->end) + "] " + coding->code : std::string(name_of(coding->status));
                if (!coding->reviewer.empty()) what += " (" + coding->reviewer + ")";
            }
            if (outcomes.size() < 2) continue;
            Passage passage = passage_of(*codings.front(), what);
            passage.start = segment.start;
            passage.end = segment.end;
            passage.code = segment.code;
            result_.conflicts.push_back(std::move(passage));
        }
    }

    // A run of the rules is an input that holds proposals of a coder and no decision about them.
    void find_unproposed() {
        struct Run {
            std::set<std::string> documents, coders;
            std::set<Segment> segments;
        };
        std::vector<Run> runs;
        for (const MergeInput& input : inputs_) {
            Run run;
            for (const Record& document : input.stream.documents) run.documents.insert(document.text("document"));
            for (const StoredCoding& coding : input.stream.codings) {
                run.segments.insert(segment_of(coding));
                run.coders.insert(coding.coder);
            }
            for (const StoredCoding& coding : input.stream.codings) {
                if (coding.decided()) run.coders.erase(coding.coder);
            }
            runs.push_back(std::move(run));
        }
        for (const StoredCoding& coding : result_.stream.codings) {
            if (!coding.decided()) continue;
            const Segment segment = first_segment_of(coding);
            bool asked = false;
            bool proposed = false;
            std::string instead;
            for (const Run& run : runs) {
                if (!run.coders.contains(coding.coder) || !run.documents.contains(coding.document)) continue;
                asked = true;
                proposed = proposed || run.segments.contains(segment) || run.segments.contains(segment_of(coding));
                // Segments of one code are ordered by where they start.
                for (auto at = run.segments.lower_bound({segment.document, segment.coder, segment.code, 0, 0});
                     at != run.segments.end() && std::tie(at->document, at->coder, at->code) == std::tie(segment.document, segment.coder, segment.code) && at->start < segment.end; ++at) {
                    if (at->end > segment.start && instead.empty()) instead = "; they now propose [" + std::to_string(at->start) + "," + std::to_string(at->end) + "]";
                }
            }
            if (asked && !proposed) result_.unproposed.push_back(passage_of(coding, std::string(name_of(coding.status)) + ", but the rules no longer propose it" + instead));
        }
    }

    const std::vector<MergeInput>& inputs_;
    Diagnostics& diagnostics_;
    MergeResult result_;
    std::map<std::string, Named> documents_, codes_, participants_;
};

}  // namespace

std::optional<MergeResult> merge(const std::vector<MergeInput>& inputs, Diagnostics& diagnostics) { return Merger(inputs, diagnostics).merge(); }

}  // namespace fangtan::coding
