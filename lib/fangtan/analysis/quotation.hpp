// SPDX-License-Identifier: Apache-2.0
//
// Quotations: coded passages, or those a query stands for (quotation_query.hpp),
// widened, grouped and put in order, with everything their source is made from.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "fangtan/analysis/quotation_query.hpp"
#include "fangtan/analysis/tabulate.hpp"
#include "fangtan/coding/coding_set.hpp"
#include "fangtan/transcript/participant.hpp"
#include "fangtan/transcript/transcript.hpp"

namespace fangtan::analysis {

enum class QuotationOrder {
    document,  // as in the corpus
    longest,   // by characters of the text
    shortest,
    typical,   // by mean likeness to all other passages of the group (likenesses())
};

struct QuotationSpec {
    std::vector<std::uint32_t> codes;        // indices into CodingSet::codes; empty: all
    std::string by = "code";                 // code, participant, group, role, document, an attribute; empty: one group
    std::optional<UnitKind> whole;           // sentence or turn: passages are widened to whole ones; those that become alike are one
    std::uint32_t context = 0;               // characters (code points) of the turn before and after
    QuotationOrder order = QuotationOrder::document;
    std::size_t top = SIZE_MAX;              // of each group
    std::size_t minimum_length = 0;          // characters of the text, as widened
    StatusChoice status = StatusChoice::not_rejected;
};

struct QuotationSource {
    std::string participant;  // id, else the label the transcript gives; empty: nobody
    std::string group;
    std::string role;
    std::vector<std::pair<std::string, std::string>> attributes;
};

struct Quotation {
    std::string document;  // id
    QuotationSource source;
    std::uint32_t turn = 0;   // from 1; 0: the document as a whole, or not known
    std::uint32_t start = 0;  // code points
    std::uint32_t end = 0;
    std::string text;
    std::string before;
    std::string after;
    bool before_goes_on = false;  // the turn has more before `before`
    bool after_goes_on = false;
    std::vector<std::uint32_t> codings;  // indices into CodingSet::codings, ascending; of a query: those that touch the passage
};

struct QuotationGroup {
    std::string name;                   // empty: none is known, or there is no `by`
    std::optional<std::uint32_t> code;  // with by = code; empty there: passages of a query that are not coded
    std::size_t total = 0;              // passages before `top`
    std::vector<std::uint32_t> quotations;  // indices into Quotations::all, in the order asked for
};

struct Quotations {
    QuotationSpec spec;
    std::vector<Quotation> all;  // documents in the order of the interviews, then the others in that of the codings; in each by start, end
    std::vector<QuotationGroup> groups;  // codes in codebook order, documents in theirs, else names in natural order, the nameless last; none empty
    std::size_t rejected = 0;    // codings left out
};

// What the work is done on. References must outlive the call.
struct QuotationInput {
    const CodingSet& set;
    const std::vector<std::string>& texts;       // by coding, "" where it has none; or empty
    const std::vector<std::string>& memos;       // likewise
    const ParticipantTable& participants;        // go before those of the set
    const std::vector<Transcript>& transcripts;  // those that are at hand; of others the texts of the codings are all there is
};

// Passages of the codings; with `retriever` those of its query instead, of which a code that is asked for must touch each.
// The same span twice (by two rules or coders) is one passage. Where the interview of a document is missing the text is that of
// its codings. Throws Error(input) if spec.whole, spec.context or the query needs a missing interview (usage if there are none at
// all), if one is shorter than a coding says, or if there is no text at all for a coding. O(n log n) in codings and characters,
// but for crossing codings and, in missing interviews, passages times codings of a document.
[[nodiscard]] Quotations quotations(const QuotationInput& input, const QuotationSpec& spec, SpanRetriever* retriever = nullptr);

// The codes that `names` name (id, path with / or >, name, or last part of a path), each once, ascending, with all below them.
// Throws Error(usage) for a name of none or several, with the nearest names.
[[nodiscard]] std::vector<std::uint32_t> codes_called(const std::vector<std::string>& names, const std::vector<CodeEntry>& codes, bool and_below = true);

// The attributes of all participants, each once: those of the table, then those of the set.
[[nodiscard]] std::vector<std::string> known_attributes(const QuotationInput& input);

// How typical each text is: the mean of the cosines between its counts of character pairs and those of every other text.
// Pairs are of neighbouring characters, folded, white space left out; a text of fewer than two has none and is like nothing.
// In [0, 1], rounded to 9 decimals so that equals are equal on every machine; 0 for a text alone. O(characters log characters).
[[nodiscard]] std::vector<double> likenesses(const std::vector<std::string_view>& texts);

// The copy of a set without the codings that `status` leaves out; those it keeps count as proposed; texts and memos are
// dropped. For Retrieval::open().
[[nodiscard]] CodingSet with_status(const CodingSet& set, StatusChoice status);

}  // namespace fangtan::analysis
