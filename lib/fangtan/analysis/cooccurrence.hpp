// SPDX-License-Identifier: Apache-2.0
//
// Codes × codes: how often two codes are found together, within overlapping
// segments, the same sentence, turn, document or participant.
//
// Within units (sentence, turn, document, participant) a unit has a code if one
// of its codings shares a character with it; count = both = the units that have
// both codes. Within segments nothing lists the units, so two things are said,
// each symmetric in the two codes. S(X) are the distinct spans (document, start,
// end) of the codings of X:
//
//   count  the pairs (s, t) of S(A) × S(B) that share a character: the n12 of the
//          c-coefficient. It may exceed the number of spans, and c may exceed 1.
//   both   the distinct spans of S(A) ∪ S(B) that touch both a span of A and a span
//          of B; first_only those of A that touch none of B, second_only those of
//          B that touch none of A. All other measures are made from these.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "fangtan/analysis/cooccurrence_measures.hpp"
#include "fangtan/analysis/tabulate.hpp"
#include "fangtan/coding/coding_set.hpp"
#include "fangtan/table/table.hpp"
#include "fangtan/transcript/transcript.hpp"

namespace fangtan::analysis {

enum class CooccurrenceUnit { segment, sentence, turn, document, participant };
enum class CooccurrenceMeasure { count, jaccard, c_coefficient, dice, ochiai, phi, lift };

struct CooccurrenceSpec {
    CooccurrenceUnit within = CooccurrenceUnit::segment;
    std::optional<std::uint32_t> level;   // rolls deeper codes up to this level of the tree
    bool include_interviewer = false;     // their turns and sentences are units even where nothing of them is coded
    std::uint64_t minimum = 0;            // pairs with a smaller count are left out of pairs, edges, and as empty cells of the matrix
    CooccurrenceMeasure measure = CooccurrenceMeasure::count;  // of the matrix, the weight of edges, and the order of pairs
    Language language = Language::zh_hans;
};

struct CooccurrenceCode {
    std::uint32_t code = 0;        // index into CodingSet::codes
    std::uint64_t frequency = 0;   // distinct spans or units; 0 if all its codings lie in no unit
};

struct CooccurrencePair {
    std::uint32_t first = 0;   // index into CooccurrenceTable::codes, less than second
    std::uint32_t second = 0;
    std::uint64_t count = 0;
    Cooccurrence counts;
    CooccurrenceMeasures measures;  // c_coefficient from `count` and the frequencies; lopsided from the frequencies
};

struct CooccurrenceTable {
    CooccurrenceSpec spec;
    std::vector<CooccurrenceCode> codes;   // that occur, in the order of the codebook
    std::vector<CooccurrencePair> pairs;   // every pair of them, by first, then second
    std::optional<std::uint64_t> units;    // n; empty: not known
    std::uint64_t without_unit = 0;        // codings that lie in no unit (nobody's, for participants)
    std::uint64_t rejected = 0;            // codings that were left out
    std::size_t silent = 0;                // codes (leaves, or at the level) that never occur

    [[nodiscard]] const CooccurrencePair& pair(std::uint32_t a, std::uint32_t b) const;  // a != b, in any order
};

// Rejected codings never count. `transcripts` (empty: not at hand) are those the codings were made from; sentences need them:
// Error(usage) if there are none, Error(input) if one of a coded document is missing or shorter than a coding says. n is the
// number of sentences or turns of the transcripts (of those who are interviewed, and whatever else is coded), of the documents
// known, of the people known to speak; where not all documents are known (rows alone), it is empty. Codes c, segments s with p
// overlapping pairs: O(s log s + p c_s² + c²), where c_s is the number of codes of a segment.
[[nodiscard]] CooccurrenceTable cooccurrence(const CodingSet& set, const std::vector<Transcript>& transcripts, const CooccurrenceSpec& spec);

[[nodiscard]] agreement::Value weight_of(const CooccurrencePair& pair, CooccurrenceMeasure measure);

// Codes as rows and columns. The diagonal of counts is how often the code occurs; of measures it is empty.
[[nodiscard]] Table cooccurrence_matrix(const CodingSet& set, const CooccurrenceTable& result);

// A row for each pair whose count is at least spec.minimum: the highest spec.measure first, those of which it is undefined last;
// then the largest count first, then in codebook order.
[[nodiscard]] Table cooccurrence_pairs(const CodingSet& set, const CooccurrenceTable& result);

// For network programs. Pairs that never occur together, and those of which the weight is undefined, have no edge.
// CSV: Source, Target, Weight, Type, as Gephi imports; code ids. `excel`: byte-order mark, CR LF, guarded cells.
[[nodiscard]] std::string cooccurrence_edges(const CodingSet& set, const CooccurrenceTable& result, bool excel);
[[nodiscard]] std::string cooccurrence_graph(const CodingSet& set, const CooccurrenceTable& result);  // GraphML

}  // namespace fangtan::analysis
