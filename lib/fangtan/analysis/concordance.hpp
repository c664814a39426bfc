// SPDX-License-Identifier: Apache-2.0
//
// A concordance, key word in context (Luhn, 1960): every place of a query on a
// line of its own, with what stands before and behind it in the same turn.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "fangtan/analysis/retrieval.hpp"
#include "fangtan/text/span.hpp"
#include "fangtan/transcript/participant.hpp"
#include "fangtan/transcript/transcript.hpp"

namespace fangtan::analysis {

enum class ConcordanceOrder {
    document,  // as in the corpus
    left,      // by the context before the hit, its nearest character first
    right,     // by the context behind it
    hit,       // by the hit itself
};

struct ConcordanceSpec {
    std::uint32_t context = 20;  // characters (code points) on either side
    ConcordanceOrder order = ConcordanceOrder::document;
    std::string by;              // empty, speaker, participant, group, role, document, or an attribute
};

struct ConcordanceLine {
    std::uint32_t document = 0;  // index into the documents given to arrange()
    std::uint32_t unit = 0;      // of the document, counted over those for which the query holds
    std::uint32_t turn = 0;      // from 1, counted over all turns, as codings do
    std::uint32_t speaker = 0;   // index into ConcordanceDocument::speakers
    Span span;                   // bytes of the document's text
    CharacterOffset start;       // the same in code points
    CharacterOffset end;
    std::string left;            // as the text has it: left + hit + right is a part of the turn
    std::string hit;
    std::string right;
    bool left_goes_on = false;   // the turn has more before `left`
    bool right_goes_on = false;
};

struct ConcordanceSpeaker {
    std::string label;
    std::string participant;  // empty: nobody is named, or an interviewer
    std::string group;
    std::string by;           // what ConcordanceSpec::by asks for; empty where nothing is known
};

struct ConcordanceDocument {
    std::string id;
    std::string file;
    std::vector<ConcordanceSpeaker> speakers;
    std::vector<ConcordanceLine> lines;  // ascending
};

// The lines of one document. Linear in its text and its hits.
[[nodiscard]] ConcordanceDocument concordance_of(const Transcript& transcript, Retriever& retriever, const ParticipantTable& participants, const ConcordanceSpec& spec);

// What lines come to: distinct units, documents and participants that have one.
struct ConcordanceCounts {
    std::uint64_t hits = 0;
    std::uint64_t units = 0;
    std::uint64_t documents = 0;
    std::uint64_t participants = 0;
};

struct ConcordanceGroup {
    std::string name;  // a value of spec.by; empty: none is known, or there is no `by`
    ConcordanceCounts counts;
    std::vector<const ConcordanceLine*> lines;
};

struct Concordance {
    ConcordanceSpec spec;
    std::vector<ConcordanceDocument> documents;  // in the order of the corpus
    std::vector<ConcordanceGroup> groups;        // point into `documents`; documents in their order, else in natural order, the nameless last
    ConcordanceCounts counts;                    // of all
    std::size_t shown = 0;                       // lines in `groups`
};

// Sorts and groups. Contexts compare folded, by code point; equals stay in the order of the corpus. Of all groups together the
// first `top` lines are kept; counts are those of all. O(n log n).
[[nodiscard]] Concordance arrange(std::vector<ConcordanceDocument> documents, const ConcordanceSpec& spec, std::size_t top = SIZE_MAX);

}  // namespace fangtan::analysis
