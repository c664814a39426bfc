// SPDX-License-Identifier: Apache-2.0
#include "fangtan/analysis/quotation.hpp"

#include <algorithm>
#include <map>
#include <string_view>
#include <tuple>
#include <unordered_map>

#include "fangtan/base/error.hpp"
#include "fangtan/coding/unit.hpp"
#include "fangtan/text/code_point_index.hpp"
#include "fangtan/text/natural_order.hpp"
#include "fangtan/text/utf8.hpp"

namespace fangtan::analysis {
namespace {

using Place = std::pair<std::uint32_t, std::uint32_t>;  // code points

// One interview, and what its offsets mean.
class Interview {
 public:
    explicit Interview(const Transcript& transcript) : transcript_(transcript), index_(transcript.text) {}

    [[nodiscard]] const Transcript& transcript() const { return transcript_; }
    [[nodiscard]] std::uint32_t characters() const { return index_.size(); }
    [[nodiscard]] Span bytes(Place place) const { return {index_.to_byte({place.first}), index_.to_byte({place.second})}; }
    [[nodiscard]] Place place(Span span) const { return {index_.to_character(span.begin).value, index_.to_character(span.end).value}; }

    // The first turn that ends behind `at`, where a passage begins; none if it begins after all that is said, or before
    // the turn and touches it nowhere.
    [[nodiscard]] const Turn* turn_of(Span span) const {
        const std::vector<Turn>& turns = transcript_.turns;
        const auto turn = std::partition_point(turns.begin(), turns.end(), [&](const Turn& entry) { return entry.body.end <= span.begin; });
        return turn == turns.end() || turn->body.begin >= span.end ? nullptr : &*turn;
    }
    // The last turn that it touches.
    [[nodiscard]] const Turn& last_turn_of(Span span) const {
        const std::vector<Turn>& turns = transcript_.turns;
        return *(std::partition_point(turns.begin(), turns.end(), [&](const Turn& entry) { return entry.body.begin < span.end; }) - 1);
    }

    // From the first to the last sentence (or turn) that the passage touches. What lies in no turn stays as it is.
    [[nodiscard]] Span widened(Span span, UnitKind kind) const {
        const Turn* first = turn_of(span);
        if (first == nullptr) return span;
        const Turn& last = last_turn_of(span);
        if (kind == UnitKind::turn) return {std::min(span.begin, first->body.begin), std::max(span.end, last.body.end)};
        Span wide = span;
        for (const Turn* turn : {first, &last}) {
            std::vector<Span> sentences;
            coding::append_units(transcript_.text, turn->body, kind, sentences);
            for (const Span& sentence : sentences) {
                if (sentence.end <= span.begin || sentence.begin >= span.end) continue;
                wide = {std::min(wide.begin, sentence.begin), std::max(wide.end, sentence.end)};
            }
        }
        return wide;
    }

 private:
    const Transcript& transcript_;
    CodePointIndex index_;
};

// Up to `characters` before `from`, not before `limit`; and after it.
std::uint32_t back(std::string_view text, std::uint32_t from, std::uint32_t limit, std::uint32_t characters) {
    for (; from > limit && characters > 0; --characters) {
        do {
            --from;
        } while (utf8::is_continuation(text[from]));
    }
    return from;
}
std::uint32_t forward(std::string_view text, std::uint32_t from, std::uint32_t limit, std::uint32_t characters) {
    for (; from < limit && characters > 0; --characters) from += utf8::length(text[from]);
    return from;
}

class Collector {
 public:
    Collector(const QuotationInput& input, const QuotationSpec& spec, SpanRetriever* retriever) : input_(input), spec_(spec), retriever_(retriever) {
        result_.spec = spec;
        wanted_.assign(input.set.codes.size(), spec.codes.empty());
        for (const std::uint32_t code : spec.codes) wanted_[code] = true;
    }

    Quotations run() {
        take_codings();
        std::vector<bool> given(input_.set.documents.size(), false);
        for (const Transcript& transcript : input_.transcripts) {
            if (const auto document = input_.set.document_ids.find(transcript.id)) given[*document] = true;
        }
        const std::map<std::uint32_t, Passages> missing = passages_without_interview(given);
        for (const Transcript& transcript : input_.transcripts) {
            const auto document = input_.set.document_ids.find(transcript.id);
            static const std::vector<std::uint32_t> kNone;
            const std::vector<std::uint32_t>& codings = document ? codings_[*document] : kNone;
            if (!codings.empty() || retriever_ != nullptr) collect(transcript, codings);
        }
        for (const auto& [document, passages] : missing) collect_without_interview(document, passages);
        group();
        return std::move(result_);
    }

 private:
    using Passages = std::map<Place, std::vector<std::uint32_t>>;  // the codings of each

    // By document. Throws if one has passages, or may have, for which its text is needed.
    [[nodiscard]] std::map<std::uint32_t, Passages> passages_without_interview(const std::vector<bool>& given) const {
        std::map<std::uint32_t, Passages> missing;
        std::vector<std::uint32_t> needed;
        const char* needing = nullptr;
        for (std::uint32_t document = 0; document < given.size(); ++document) {
            if (given[document]) continue;
            Passages passages;
            bool known = true;
            if (retriever_ != nullptr) {
                const auto places = retriever_->retrieve_coded(input_.set.documents[document].id);
                known = places.has_value();
                if (places) {
                    for (const Place& place : *places) passages[place];
                }
                attach(codings_[document], passages);
            } else {
                for (const std::uint32_t coding : codings_[document]) {
                    const CodingEntry& entry = input_.set.codings[coding];
                    if (wanted_[entry.code]) passages[{entry.start, entry.end}].push_back(coding);
                }
            }
            if (!known || (!passages.empty() && (spec_.whole || spec_.context > 0))) {
                needed.push_back(document);
                if (needing == nullptr) needing = !known ? "--query" : spec_.whole ? "--whole" : "--context";
            }
            if (!passages.empty()) missing.emplace(document, std::move(passages));
        }
        if (needed.empty()) return missing;
        if (input_.transcripts.empty()) throw Error(ErrorKind::usage, needing, "needs the text around the codings; give the interviews too");
        const std::string others = needed.size() == 1 ? "" : " (nor those of " + std::to_string(needed.size() - 1) + (needed.size() == 2 ? " other document)" : " other documents)");
        throw Error(ErrorKind::input, input_.set.documents[needed[0]].id,
                    std::string("has codings, but its interview was not given") + others + ", and " + needing + " needs the text around them; give the interviews too");
    }

    void take_codings() {
        const CodingSet& set = input_.set;
        codings_.resize(set.documents.size());
        for (std::uint32_t i = 0; i < set.codings.size(); ++i) {
            if (is_counted(set.codings[i].status, spec_.status)) {
                codings_[set.codings[i].document].push_back(i);
            } else if (set.codings[i].status == CodingStatus::rejected) {
                ++result_.rejected;
            }
        }
        for (std::vector<std::uint32_t>& codings : codings_) {
            std::sort(codings.begin(), codings.end(), [&](std::uint32_t a, std::uint32_t b) { return order_of(a) < order_of(b); });
        }
    }
    [[nodiscard]] std::tuple<std::uint32_t, std::uint32_t, std::uint32_t> order_of(std::uint32_t coding) const {
        return {input_.set.codings[coding].start, input_.set.codings[coding].end, coding};
    }

    void collect(const Transcript& transcript, const std::vector<std::uint32_t>& codings) {
        const Interview interview(transcript);
        for (const std::uint32_t coding : codings) {
            if (input_.set.codings[coding].end <= interview.characters()) continue;
            throw Error(ErrorKind::input, transcript.file, "the codings were made from another version of this document (\"" + transcript.id + "\"); code it again");
        }
        Passages passages;
        if (retriever_ != nullptr) {
            for (const Span& span : retriever_->retrieve(transcript)) passages[widened(interview, span)];
            attach(codings, passages);
        } else {
            for (const std::uint32_t coding : codings) {
                const CodingEntry& entry = input_.set.codings[coding];
                if (wanted_[entry.code]) passages[widened(interview, interview.bytes({entry.start, entry.end}))].push_back(coding);
            }
        }
        for (auto& [place, own] : passages) add(interview, place, std::move(own));
    }

    [[nodiscard]] Place widened(const Interview& interview, Span span) const {
        return interview.place(spec_.whole ? interview.widened(span, *spec_.whole) : span);
    }

    // To each passage of a query the codings that touch it; those without a code that is asked for are dropped.
    void attach(const std::vector<std::uint32_t>& codings, Passages& passages) const {
        std::vector<std::uint32_t> open;
        auto next = codings.begin();
        for (auto& [place, own] : passages) {
            for (; next != codings.end() && input_.set.codings[*next].start < place.second; ++next) open.push_back(*next);
            // Passages ascend by start, but a later one may end earlier: `open` may hold what begins behind it.
            std::erase_if(open, [&](std::uint32_t coding) { return input_.set.codings[coding].end <= place.first; });
            for (const std::uint32_t coding : open) {
                const CodingEntry& entry = input_.set.codings[coding];
                if (entry.start < place.second && wanted_[entry.code]) own.push_back(coding);
            }
        }
        if (!spec_.codes.empty()) std::erase_if(passages, [](const auto& passage) { return passage.second.empty(); });
    }

    void add(const Interview& interview, Place place, std::vector<std::uint32_t> codings) {
        if (place.second - place.first < spec_.minimum_length) return;
        const Transcript& transcript = interview.transcript();
        const std::string_view text = transcript.text;
        const Span span = interview.bytes(place);
        Quotation quotation;
        quotation.document = transcript.id;
        quotation.start = place.first;
        quotation.end = place.second;
        quotation.text = span.of(text);
        quotation.codings = std::move(codings);
        std::sort(quotation.codings.begin(), quotation.codings.end());
        const Turn* turn = interview.turn_of(span);
        // A coding of the whole document is nobody's, wherever it begins.
        const bool of_document = !quotation.codings.empty() && retriever_ == nullptr && std::all_of(quotation.codings.begin(), quotation.codings.end(), [&](std::uint32_t coding) {
            return input_.set.codings[coding].turn == 0 && input_.set.codings[coding].participant == kNobody;
        }) && turn != nullptr && turn != &interview.last_turn_of(span);
        if (turn != nullptr && !of_document) {
            const Speaker& speaker = transcript.speakers[turn->speaker];
            quotation.turn = static_cast<std::uint32_t>(turn - transcript.turns.data()) + 1;
            quotation.source = source_of(speaker.participant.empty() ? whose(quotation) : speaker.participant, speaker.label, speaker.role);
            const Span last = interview.last_turn_of(span).body;
            const std::uint32_t from = back(text, span.begin.value, std::min(span.begin, turn->body.begin).value, spec_.context);
            const std::uint32_t to = forward(text, span.end.value, std::max(span.end, last.end).value, spec_.context);
            quotation.before = span_of(from, span.begin.value).of(text);
            quotation.after = span_of(span.end.value, to).of(text);
            quotation.before_goes_on = from > turn->body.begin.value;
            quotation.after_goes_on = to < last.end.value;
        } else {
            quotation.source = source_of(whose(quotation), {}, {});
        }
        result_.all.push_back(std::move(quotation));
    }

    // What the codings say, where a transcript does not.
    [[nodiscard]] std::string whose(const Quotation& quotation) const {
        for (const std::uint32_t coding : quotation.codings) {
            const std::uint32_t participant = input_.set.codings[coding].participant;
            if (participant != kNobody) return input_.set.participants[participant].id;
        }
        return {};
    }

    [[nodiscard]] QuotationSource source_of(const std::string& participant, const std::string& label, const std::string& role) const {
        QuotationSource source{participant.empty() ? label : participant, group_of_id(participant), role, {}};
        if (participant.empty()) return source;
        const Participant* known = input_.participants.find(participant);
        if (known == nullptr) {
            const auto number = input_.set.participant_ids.find(participant);
            if (number) known = &input_.set.participants[*number];
        }
        if (known == nullptr) return source;
        source.group = known->group;
        if (!known->role.empty()) source.role = known->role;
        source.attributes = known->attributes;
        return source;
    }

    // The text of a passage as some coding around it holds it, its `own` first; nothing if none does.
    [[nodiscard]] std::optional<std::string> coded_text(std::uint32_t document, Place place, const std::vector<std::uint32_t>& own) const {
        for (const std::uint32_t coding : own) {
            const CodingEntry& entry = input_.set.codings[coding];
            if (Place{entry.start, entry.end} == place && coding < input_.texts.size() && !input_.texts[coding].empty()) return input_.texts[coding];
        }
        for (const std::uint32_t coding : codings_[document]) {
            const CodingEntry& entry = input_.set.codings[coding];
            if (entry.start > place.first) break;
            if (entry.end < place.second || coding >= input_.texts.size() || input_.texts[coding].empty()) continue;
            const std::string& text = input_.texts[coding];
            if (utf8::count(text) != entry.end - entry.start) continue;
            const auto size = static_cast<std::uint32_t>(text.size());
            const std::uint32_t from = forward(text, 0, size, place.first - entry.start);
            return text.substr(from, forward(text, from, size, place.second - place.first) - from);
        }
        return std::nullopt;
    }

    void collect_without_interview(std::uint32_t document, const Passages& passages) {
        const std::string& id = input_.set.documents[document].id;
        for (const auto& [place, own] : passages) {
            const std::optional<std::string> text = coded_text(document, place, own);
            if (!text) throw Error(ErrorKind::input, id, "its codings hold no text; give the interviews too");
            if (place.second - place.first < spec_.minimum_length) continue;
            const CodingEntry& first = input_.set.codings[own.front()];
            Quotation quotation;
            quotation.document = id;
            quotation.turn = first.turn;
            quotation.start = place.first;
            quotation.end = place.second;
            quotation.text = *text;
            quotation.codings = own;
            std::sort(quotation.codings.begin(), quotation.codings.end());
            quotation.source = source_of(whose(quotation), first.speaker == kNobody ? std::string() : input_.set.labels.name(first.speaker), {});
            result_.all.push_back(std::move(quotation));
        }
    }

    [[nodiscard]] std::string group_name(const Quotation& quotation) const {
        if (spec_.by == "document") return quotation.document;
        if (spec_.by == "participant") return quotation.source.participant;
        if (spec_.by == "group") return quotation.source.group;
        if (spec_.by == "role") return quotation.source.role;
        for (const auto& [name, value] : quotation.source.attributes) {
            if (name == spec_.by) return value;
        }
        return {};
    }

    void group() {
        if (spec_.by == "code") {
            group_by_code();
        } else {
            std::unordered_map<std::string, std::size_t> places;
            for (std::uint32_t i = 0; i < result_.all.size(); ++i) {
                const std::string name = group_name(result_.all[i]);
                const auto [place, added] = places.try_emplace(name, result_.groups.size());
                if (added) result_.groups.push_back({name, std::nullopt, 0, {}});
                result_.groups[place->second].quotations.push_back(i);
            }
            if (spec_.by != "document") {
                std::sort(result_.groups.begin(), result_.groups.end(), [](const QuotationGroup& a, const QuotationGroup& b) {
                    return a.name.empty() != b.name.empty() ? b.name.empty() : natural_less(a.name, b.name);
                });
            }
        }
        for (QuotationGroup& group : result_.groups) {
            sort(group.quotations);
            group.total = group.quotations.size();
            group.quotations.resize(std::min(group.total, spec_.top));
        }
    }

    void group_by_code() {
        std::vector<QuotationGroup> groups(input_.set.codes.size() + 1);  // the last: not coded
        for (std::uint32_t i = 0; i < result_.all.size(); ++i) {
            const std::vector<std::uint32_t>& codings = result_.all[i].codings;
            for (const std::uint32_t coding : codings) {
                std::vector<std::uint32_t>& own = groups[input_.set.codings[coding].code].quotations;
                if (own.empty() || own.back() != i) own.push_back(i);
            }
            if (codings.empty()) groups.back().quotations.push_back(i);
        }
        for (std::uint32_t code = 0; code < groups.size(); ++code) {
            if (groups[code].quotations.empty()) continue;
            if (code < input_.set.codes.size()) {
                groups[code].code = code;
                for (const std::string& name : input_.set.codes[code].path) groups[code].name += (groups[code].name.empty() ? "" : " > ") + name;
            }
            result_.groups.push_back(std::move(groups[code]));
        }
    }

    void sort(std::vector<std::uint32_t>& quotations) const {
        if (spec_.order == QuotationOrder::document) return;
        std::vector<double> weights;
        if (spec_.order == QuotationOrder::typical) {
            std::vector<std::string_view> texts;
            for (const std::uint32_t i : quotations) texts.emplace_back(result_.all[i].text);
            weights = likenesses(texts);
        } else {
            for (const std::uint32_t i : quotations) {
                const double length = result_.all[i].end - result_.all[i].start;
                weights.push_back(spec_.order == QuotationOrder::longest ? length : -length);
            }
        }
        std::vector<std::pair<double, std::uint32_t>> keyed;
        for (std::size_t i = 0; i < quotations.size(); ++i) keyed.emplace_back(weights[i], quotations[i]);
        std::stable_sort(keyed.begin(), keyed.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
        for (std::size_t i = 0; i < quotations.size(); ++i) quotations[i] = keyed[i].second;
    }

    const QuotationInput& input_;
    const QuotationSpec& spec_;
    SpanRetriever* retriever_;
    std::vector<bool> wanted_;                       // by code
    std::vector<std::vector<std::uint32_t>> codings_;  // by document: those that count, by start, end
    Quotations result_;
};

}  // namespace

Quotations quotations(const QuotationInput& input, const QuotationSpec& spec, SpanRetriever* retriever) { return Collector(input, spec, retriever).run(); }

CodingSet with_status(const CodingSet& set, StatusChoice status) {
    CodingSet kept = set;
    kept.texts.clear();  // they would no longer stand beside their codings
    kept.memos.clear();
    std::erase_if(kept.codings, [&](const CodingEntry& coding) { return !is_counted(coding.status, status); });
    for (CodingEntry& coding : kept.codings) coding.status = CodingStatus::proposed;
    return kept;
}

}  // namespace fangtan::analysis
