// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <numeric>

#include "fangtan/analysis/tabulate.hpp"

namespace fangtan::analysis {

Table tabulate(const CodingSet& set, const TabulateSpec& spec) {
    const RowLayout layout = lay_out_rows(set.codes, spec);
    Counter counter(layout, spec, set.participants);
    std::vector<std::uint32_t> order(set.codings.size());
    std::iota(order.begin(), order.end(), 0U);
    const auto by_document = [&](std::uint32_t a, std::uint32_t b) { return set.codings[a].document < set.codings[b].document; };
    if (!std::is_sorted(order.begin(), order.end(), by_document)) std::stable_sort(order.begin(), order.end(), by_document);
    std::size_t next = 0;
    std::vector<CountedCoding> codings;
    for (std::uint32_t number = 0; number < set.documents.size(); ++number) {
        const DocumentEntry& document = set.documents[number];
        DocumentFacts facts{document.id, document.date, document.characters, {}, {}, !document.speech.empty()};
        for (const std::uint32_t participant : document.participants) facts.participants.push_back(set.participants[participant].id);
        for (const SpeechEntry& speech : document.speech) {
            facts.speech.emplace_back(speech.participant == kNobody ? std::string_view() : std::string_view(set.participants[speech.participant].id), speech.characters);
        }
        codings.clear();
        for (; next < order.size() && set.codings[order[next]].document == number; ++next) {
            const CodingEntry& coding = set.codings[order[next]];
            // Who decided about a proposal is its coder, as for `agree`.
            CountedCoding counted{coding.start, coding.end, coding.code, {}, {}, set.labels.name(coding.reviewer != kNobody ? coding.reviewer : coding.coder), coding.status};
            if (coding.participant != kNobody) counted.participant = set.participants[coding.participant].id;
            if (coding.speaker != kNobody) counted.speaker = set.labels.name(coding.speaker);
            if (is_counted(coding.status, spec.status)) {
                codings.push_back(counted);
            } else if (coding.status == CodingStatus::rejected && counter.takes(facts, counted)) {
                ++counter.rejected;
            }
        }
        counter.add(facts, codings);
    }
    counter.skipped = set.skipped;
    return make_table(set.codes, layout, counter, {set.codebook, set.levels});
}

}  // namespace fangtan::analysis
