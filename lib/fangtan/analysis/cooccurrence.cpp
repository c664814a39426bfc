// SPDX-License-Identifier: Apache-2.0
#include "fangtan/analysis/cooccurrence.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <string_view>
#include <tuple>
#include <unordered_map>

#include "fangtan/base/error.hpp"
#include "fangtan/coding/unit.hpp"
#include "fangtan/text/code_point_index.hpp"

namespace fangtan::analysis {
namespace {

constexpr std::uint32_t kNowhere = 0xFFFFFFFFU;

// A square of counts; [a, b] and [b, a] are kept apart.
class Square {
 public:
    explicit Square(std::size_t side) : side_(side), values_(side * side, 0) {}
    std::uint64_t& operator()(std::size_t a, std::size_t b) { return values_[a * side_ + b]; }
    [[nodiscard]] std::uint64_t operator()(std::size_t a, std::size_t b) const { return values_[a * side_ + b]; }

 private:
    std::size_t side_;
    std::vector<std::uint64_t> values_;
};

struct Segment {
    std::uint32_t document = 0;
    std::uint32_t start = 0;
    std::uint32_t end = 0;
    std::vector<std::uint32_t> codes;    // ascending, each once
    std::vector<std::uint32_t> touched;  // the codes of all segments that overlap, its own too

    [[nodiscard]] auto place() const { return std::tuple(document, start, end); }
};

void sort_once(std::vector<std::uint32_t>& numbers) {
    std::sort(numbers.begin(), numbers.end());
    numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
}

class CooccurrenceCount {
 public:
    CooccurrenceCount(const CodingSet& set, const std::vector<Transcript>& transcripts, const CooccurrenceSpec& spec)
        : set_(set), transcripts_(transcripts), spec_(spec), number_(set.codes.size(), kNowhere) {
        result_.spec = spec;
    }

    CooccurrenceTable run() {
        take_codings();
        number_codes();
        const std::size_t side = result_.codes.size();
        pairs_.emplace(side);
        both_.emplace(side);
        only_.emplace(side);
        switch (spec_.within) {
            case CooccurrenceUnit::segment: count_segments(); break;
            case CooccurrenceUnit::sentence:
            case CooccurrenceUnit::turn: count_parts(); break;
            case CooccurrenceUnit::document: count_documents(); break;
            case CooccurrenceUnit::participant: count_participants(); break;
        }
        make_pairs();
        return std::move(result_);
    }

 private:
    [[nodiscard]] std::uint32_t row_of(std::uint32_t code) const {
        while (spec_.level && set_.codes[code].path.size() > *spec_.level && set_.codes[code].parent) code = *set_.codes[code].parent;
        return code;
    }

    void take_codings() {
        for (const CodingEntry& coding : set_.codings) {
            if (coding.status == CodingStatus::rejected) {
                ++result_.rejected;
                continue;
            }
            taken_.push_back(coding);
            taken_.back().code = row_of(coding.code);
        }
    }

    void number_codes() {
        std::vector<bool> occurs(set_.codes.size(), false);
        std::vector<bool> has_children(set_.codes.size(), false);
        for (const CodingEntry& coding : taken_) occurs[coding.code] = true;
        for (std::uint32_t code = 0; code < set_.codes.size(); ++code) {
            if (row_of(code) == code && set_.codes[code].parent) has_children[*set_.codes[code].parent] = true;
        }
        for (std::uint32_t code = 0; code < set_.codes.size(); ++code) {
            if (occurs[code]) {
                number_[code] = static_cast<std::uint32_t>(result_.codes.size());
                result_.codes.push_back({code, 0});
            } else if (row_of(code) == code && !has_children[code]) {
                ++result_.silent;
            }
        }
        for (CodingEntry& coding : taken_) coding.code = number_[coding.code];
    }

    void count_segments() {
        std::vector<Segment> segments;
        std::sort(taken_.begin(), taken_.end(), [](const CodingEntry& a, const CodingEntry& b) {
            return std::tuple(a.document, a.start, a.end, a.code) < std::tuple(b.document, b.start, b.end, b.code);
        });
        for (const CodingEntry& coding : taken_) {
            if (segments.empty() || segments.back().place() != std::tuple(coding.document, coding.start, coding.end)) {
                segments.push_back({coding.document, coding.start, coding.end, {}, {}});
            }
            std::vector<std::uint32_t>& codes = segments.back().codes;
            if (codes.empty() || codes.back() != coding.code) codes.push_back(coding.code);
        }
        for (Segment& segment : segments) segment.touched = segment.codes;
        for (std::size_t i = 0; i < segments.size(); ++i) {
            Segment& segment = segments[i];
            for (const std::uint32_t a : segment.codes) {
                ++result_.codes[a].frequency;
                for (const std::uint32_t b : segment.codes) (*pairs_)(a, b) += a < b ? 1 : 0;
            }
            for (std::size_t k = i + 1; k < segments.size() && segments[k].document == segment.document && segments[k].start < segment.end; ++k) {
                if (segments[k].end <= segment.start) continue;  // of no length
                for (const std::uint32_t a : segment.codes) {
                    for (const std::uint32_t b : segments[k].codes) ++(*pairs_)(std::min(a, b), std::max(a, b));
                }
                segment.touched.insert(segment.touched.end(), segments[k].codes.begin(), segments[k].codes.end());
                segments[k].touched.insert(segments[k].touched.end(), segment.codes.begin(), segment.codes.end());
            }
            sort_once(segment.touched);
            for (const std::uint32_t a : segment.codes) {
                for (const std::uint32_t b : segment.touched) {
                    ++(*only_)(a, b);  // spans of a that touch b; make_pairs() takes the rest
                    const bool has_both = std::binary_search(segment.codes.begin(), segment.codes.end(), b);
                    if (!has_both || a < b) ++(*both_)(std::min(a, b), std::max(a, b));
                }
            }
        }
    }

    // One unit and the codes it has, in any order.
    void count_unit(std::vector<std::uint32_t>& codes) {
        sort_once(codes);
        for (std::size_t i = 0; i < codes.size(); ++i) {
            ++result_.codes[codes[i]].frequency;
            for (std::size_t k = i + 1; k < codes.size(); ++k) ++(*both_)(codes[i], codes[k]);
        }
    }

    [[nodiscard]] std::vector<std::vector<const CodingEntry*>> by_document() const {
        std::vector<std::vector<const CodingEntry*>> codings(set_.documents.size());
        for (const CodingEntry& coding : taken_) codings[coding.document].push_back(&coding);
        return codings;
    }

    // Rows name the documents that have codings, not those that have none.
    [[nodiscard]] bool all_documents_known() const {
        return std::all_of(set_.documents.begin(), set_.documents.end(), [&](const DocumentEntry& document) {
            return !document.sha256.empty() || document.characters > 0 ||
                   std::any_of(transcripts_.begin(), transcripts_.end(), [&](const Transcript& transcript) { return transcript.id == document.id; });
        });
    }

    void count_documents() {
        for (const auto& codings : by_document()) {
            std::vector<std::uint32_t> codes;
            for (const CodingEntry* coding : codings) codes.push_back(coding->code);
            count_unit(codes);
        }
        if (!all_documents_known()) return;
        std::size_t more = 0;  // interviews that have no entry
        for (const Transcript& transcript : transcripts_) more += set_.document_ids.find(transcript.id) ? 0 : 1;
        result_.units = set_.documents.size() + more;
    }

    void count_participants() {
        std::vector<std::vector<std::uint32_t>> codes(set_.participants.size());
        std::set<std::string_view> people;
        for (const CodingEntry& coding : taken_) {
            if (coding.participant == kNobody) {
                ++result_.without_unit;
                continue;
            }
            codes[coding.participant].push_back(coding.code);
            people.insert(set_.participants[coding.participant].id);
        }
        for (auto& own : codes) count_unit(own);
        if (!all_documents_known()) return;
        for (const DocumentEntry& document : set_.documents) {
            for (const std::uint32_t participant : document.participants) people.insert(set_.participants[participant].id);
        }
        std::set<std::string> heard;
        for (const Transcript& transcript : transcripts_) {
            for (std::string& id : transcript.participants()) heard.insert(std::move(id));
        }
        people.insert(heard.begin(), heard.end());
        result_.units = people.size();
    }

    // Sentences and turns.
    void count_parts() {
        if (transcripts_.empty()) {
            if (spec_.within == CooccurrenceUnit::sentence) {
                throw Error(ErrorKind::usage, "--within sentence", "needs the interviews to find the sentences; give the interviews too");
            }
            return count_turns_of_codings();
        }
        const auto codings = by_document();
        std::unordered_map<std::string_view, const Transcript*> by_id;
        for (const Transcript& transcript : transcripts_) by_id.emplace(transcript.id, &transcript);
        for (std::size_t document = 0; document < codings.size(); ++document) {
            if (!codings[document].empty() && !by_id.contains(set_.documents[document].id)) {
                throw Error(ErrorKind::input, set_.documents[document].id, "has codings, but its interview was not given; give all interviews that were coded");
            }
        }
        std::uint64_t units = 0;
        for (const Transcript& transcript : transcripts_) {
            const auto document = set_.document_ids.find(transcript.id);
            static const std::vector<const CodingEntry*> kNone;
            units += count_parts_of(transcript, document ? codings[*document] : kNone);
        }
        result_.units = units;
    }

    std::uint64_t count_parts_of(const Transcript& transcript, std::vector<const CodingEntry*> codings) {
        const CodePointIndex index(transcript.text);
        struct Part {
            Span span;
            bool heard;
        };
        std::vector<Part> parts;
        for (const Turn& turn : transcript.turns) {
            std::vector<Span> spans;
            coding::append_units(transcript.text, turn.body, spec_.within == CooccurrenceUnit::turn ? UnitKind::turn : UnitKind::sentence, spans);
            for (const Span span : spans) parts.push_back({span, spec_.include_interviewer || !transcript.speakers[turn.speaker].interviewer});
        }
        std::vector<std::vector<std::uint32_t>> codes(parts.size());
        for (const CodingEntry* coding : codings) {
            if (coding->end > index.size()) {
                throw Error(ErrorKind::input, transcript.file, "the codings were made from another version of this document (\"" + transcript.id + "\"); code it again");
            }
            const Span span{index.to_byte({coding->start}), index.to_byte({coding->end})};
            auto part = std::partition_point(parts.begin(), parts.end(), [&](const Part& entry) { return entry.span.end <= span.begin; });
            if (part == parts.end() || part->span.begin >= span.end) ++result_.without_unit;
            for (; part != parts.end() && part->span.begin < span.end; ++part) codes[static_cast<std::size_t>(part - parts.begin())].push_back(coding->code);
        }
        std::uint64_t units = 0;
        for (std::size_t i = 0; i < parts.size(); ++i) {
            units += parts[i].heard || !codes[i].empty() ? 1 : 0;
            count_unit(codes[i]);
        }
        return units;
    }

    // Without interviews a coding says in which turn it begins, and how many turns there are is not known.
    void count_turns_of_codings() {
        std::map<std::pair<std::uint32_t, std::uint32_t>, std::vector<std::uint32_t>> turns;
        for (const CodingEntry& coding : taken_) {
            if (coding.turn == 0) {
                ++result_.without_unit;
            } else {
                turns[{coding.document, coding.turn}].push_back(coding.code);
            }
        }
        for (auto& entry : turns) count_unit(entry.second);
    }

    void make_pairs() {
        const bool segments = spec_.within == CooccurrenceUnit::segment;
        const auto side = static_cast<std::uint32_t>(result_.codes.size());
        for (std::uint32_t a = 0; a < side; ++a) {
            for (std::uint32_t b = a + 1; b < side; ++b) {
                const std::uint64_t of_a = result_.codes[a].frequency;
                const std::uint64_t of_b = result_.codes[b].frequency;
                CooccurrencePair pair{a, b, segments ? (*pairs_)(a, b) : (*both_)(a, b), {}, cooccurrence_measures({})};
                pair.counts.both = (*both_)(a, b);
                pair.counts.first_only = of_a - (segments ? (*only_)(a, b) : pair.counts.both);
                pair.counts.second_only = of_b - (segments ? (*only_)(b, a) : pair.counts.both);
                const std::uint64_t any = pair.counts.both + pair.counts.first_only + pair.counts.second_only;
                if (!segments && result_.units) pair.counts.neither = *result_.units - any;
                pair.measures = cooccurrence_measures(pair.counts);
                pair.measures.c_coefficient = c_coefficient(of_a, of_b, pair.count);
                pair.measures.lopsided = std::max(of_a, of_b) > 5 * std::min(of_a, of_b);
                result_.pairs.push_back(pair);
            }
        }
    }

    const CodingSet& set_;
    const std::vector<Transcript>& transcripts_;
    const CooccurrenceSpec& spec_;
    std::vector<std::uint32_t> number_;  // by code: index into result_.codes
    std::vector<CodingEntry> taken_;     // their codes are rows, then numbers of rows
    std::optional<Square> pairs_;        // a < b
    std::optional<Square> both_;         // a < b
    std::optional<Square> only_;
    CooccurrenceTable result_;
};

}  // namespace

const CooccurrencePair& CooccurrenceTable::pair(std::uint32_t a, std::uint32_t b) const {
    const std::size_t first = std::min(a, b);
    const std::size_t before = first * (2 * codes.size() - first - 1) / 2;  // pairs of the rows above
    return pairs[before + std::max(a, b) - first - 1];
}

CooccurrenceTable cooccurrence(const CodingSet& set, const std::vector<Transcript>& transcripts, const CooccurrenceSpec& spec) {
    return CooccurrenceCount(set, transcripts, spec).run();
}

}  // namespace fangtan::analysis
