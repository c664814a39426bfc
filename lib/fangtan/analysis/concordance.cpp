// SPDX-License-Identifier: Apache-2.0
#include "fangtan/analysis/concordance.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <string_view>
#include <utility>

#include "fangtan/text/code_point_index.hpp"
#include "fangtan/text/fold.hpp"
#include "fangtan/text/natural_order.hpp"
#include "fangtan/text/utf8.hpp"

namespace fangtan::analysis {
namespace {

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

std::u32string sort_key(const ConcordanceLine& line, ConcordanceOrder order) {
    std::u32string key = utf8::to_code_points(fold(order == ConcordanceOrder::left ? line.left : order == ConcordanceOrder::right ? line.right : line.hit));
    if (order == ConcordanceOrder::left) std::reverse(key.begin(), key.end());
    return key;
}

void sort_lines(std::vector<const ConcordanceLine*>& lines, ConcordanceOrder order) {
    if (order == ConcordanceOrder::document) return;
    std::vector<std::pair<std::u32string, const ConcordanceLine*>> keyed;
    for (const ConcordanceLine* line : lines) keyed.emplace_back(sort_key(*line, order), line);
    std::stable_sort(keyed.begin(), keyed.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    for (std::size_t i = 0; i < lines.size(); ++i) lines[i] = keyed[i].second;
}

ConcordanceCounts count(const std::vector<const ConcordanceLine*>& lines, const std::vector<ConcordanceDocument>& documents) {
    std::set<std::pair<std::uint32_t, std::uint32_t>> units;
    std::set<std::uint32_t> in_documents;
    std::set<std::string_view> participants;
    for (const ConcordanceLine* line : lines) {
        units.emplace(line->document, line->unit);
        in_documents.insert(line->document);
        const std::string& participant = documents[line->document].speakers[line->speaker].participant;
        if (!participant.empty()) participants.insert(participant);
    }
    return {lines.size(), units.size(), in_documents.size(), participants.size()};
}

}  // namespace

ConcordanceDocument concordance_of(const Transcript& transcript, Retriever& retriever, const ParticipantTable& participants, const ConcordanceSpec& spec) {
    ConcordanceDocument document;
    document.id = transcript.id;
    document.file = transcript.file;
    for (const Speaker& speaker : transcript.speakers) {
        std::string by;
        if (!spec.by.empty()) by = spec.by == "document" ? transcript.id : value_of(speaker, participants, spec.by);
        document.speakers.push_back({speaker.label, speaker.participant, value_of(speaker, participants, "group"), std::move(by)});
    }
    const std::string_view text = transcript.text;
    std::optional<CodePointIndex> index;
    std::uint32_t unit = 0;
    retriever.retrieve(transcript, [&](const RetrievedUnit& found) {
        if (!index) index.emplace(text);
        for (const RetrievedPlace& place : found.places) {
            const Turn& turn = transcript.turns[place.turn - 1];
            const std::uint32_t from = back(text, place.span.begin.value, turn.body.begin.value, spec.context);
            const std::uint32_t to = forward(text, place.span.end.value, turn.body.end.value, spec.context);
            ConcordanceLine line;
            line.unit = unit;
            line.turn = place.turn;
            line.speaker = turn.speaker;
            line.span = place.span;
            line.start = index->to_character(place.span.begin);
            line.end = index->to_character(place.span.end);
            line.left = span_of(from, place.span.begin.value).of(text);
            line.hit = place.span.of(text);
            line.right = span_of(place.span.end.value, to).of(text);
            line.left_goes_on = from > turn.body.begin.value;
            line.right_goes_on = to < turn.body.end.value;
            document.lines.push_back(std::move(line));
        }
        ++unit;
    });
    return document;
}

Concordance arrange(std::vector<ConcordanceDocument> documents, const ConcordanceSpec& spec, std::size_t top) {
    Concordance result{spec, std::move(documents), {}, {}, 0};
    std::vector<const ConcordanceLine*> all;
    std::map<std::string_view, std::size_t> places;  // of groups, by name
    for (std::uint32_t number = 0; number < result.documents.size(); ++number) {
        ConcordanceDocument& document = result.documents[number];
        for (ConcordanceLine& line : document.lines) {
            line.document = number;
            all.push_back(&line);
            const std::string& name = document.speakers[line.speaker].by;
            const auto [place, added] = places.try_emplace(name, result.groups.size());
            if (added) result.groups.push_back({name, {}, {}});
            result.groups[place->second].lines.push_back(&line);
        }
    }
    result.counts = count(all, result.documents);
    if (spec.by != "document") {
        std::sort(result.groups.begin(), result.groups.end(), [](const ConcordanceGroup& a, const ConcordanceGroup& b) {
            return a.name.empty() != b.name.empty() ? b.name.empty() : natural_less(a.name, b.name);
        });
    }
    for (ConcordanceGroup& group : result.groups) {
        group.counts = count(group.lines, result.documents);
        sort_lines(group.lines, spec.order);
        group.lines.resize(std::min(group.lines.size(), top - result.shown));
        result.shown += group.lines.size();
    }
    return result;
}

}  // namespace fangtan::analysis
