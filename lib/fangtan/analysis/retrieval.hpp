// SPDX-License-Identifier: Apache-2.0
//
// Finds the units of interviews for which a query with fields holds, and the
// places in them: what concordance, collected quotations and co-occurrence
// start from.
//
// A Retrieval is the query compiled for one corpus, shared by all threads; a
// Retriever is one thread's worker. Text has places, a field is a condition on
// the unit: who says it, in which document, and with which codes it was coded.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "fangtan/base/diagnostic.hpp"
#include "fangtan/codebook/codebook.hpp"
#include "fangtan/coding/coding_set.hpp"
#include "fangtan/query/query.hpp"
#include "fangtan/text/span.hpp"
#include "fangtan/transcript/participant.hpp"
#include "fangtan/transcript/transcript.hpp"

namespace fangtan::analysis {

// What is known of a speaker under the name of a field: "speaker" (the label, else the id), "participant", "group", "role"
// or an attribute; empty where nothing is known. Group and role are those of the table, else of the id and the label.
[[nodiscard]] std::string value_of(const Speaker& speaker, const ParticipantTable& participants, std::string_view field);

// The attributes of a table of participants, each once, in their order.
[[nodiscard]] std::vector<std::string> attributes_of(const ParticipantTable& participants);

struct RetrievalOptions {
    UnitKind unit = UnitKind::sentence;  // match is taken as sentence
    bool include_interviewer = false;
};

// Where something of the query stands.
struct RetrievedPlace {
    std::uint32_t turn = 0;  // from 1, counted over all turns of the document, as codings do
    Span span;               // inside the body of the turn
};

// A unit for which the query holds. Its places are those of the terms that made it hold: of all operands of AND, of those
// of OR that hold, from the first to the last term of NEAR and BEFORE. Ascending, each once; one that lies inside
// another is not listed. A unit without any (the query is made of fields, or of NOT) is a place as a whole; never empty.
struct RetrievedUnit {
    std::vector<RetrievedPlace> places;
};

class Retrieval {
 public:
    // Empty after errors were added, at their characters; `file` names the query in messages. `participants` must outlive
    // the object; `codings` (null: code: is not known) need not. Throws Error(usage) if the query is not UTF-8 or a
    // regular expression is too large.
    [[nodiscard]] static std::optional<Retrieval> open(std::string_view expression, const std::string& file, const RetrievalOptions& options,
                                                       const ParticipantTable& participants, const CodingSet* codings, Diagnostics& diagnostics);
    Retrieval(Retrieval&&) noexcept;
    Retrieval& operator=(Retrieval&&) noexcept;
    ~Retrieval();

    // The fields of the query, in the order in which they are written.
    [[nodiscard]] const std::vector<Field>& fields() const;

    struct Plan;

 private:
    friend class Retriever;
    friend class SpanRetriever;  // quotation_query.hpp
    explicit Retrieval(std::unique_ptr<const Plan> plan);
    std::unique_ptr<const Plan> plan_;
};

class Retriever {
 public:
    // `retrieval` must outlive the retriever.
    explicit Retriever(const Retrieval& retrieval);
    Retriever(Retriever&&) noexcept;
    ~Retriever();

    // Calls `found` for every unit that holds, in order. With the unit document all that those who are heard say is one text:
    // a field about people holds if it does for one of them, and a place that runs over several turns is given as the
    // places of its terms. Linear in the text. Throws Error(input) if the codings were made from another version of
    // the document (its SHA-256 differs), or one of them ends behind the text.
    void retrieve(const Transcript& transcript, const std::function<void(const RetrievedUnit&)>& found);

    // By field of the query: whether it fitted anybody, any document or any code so far.
    [[nodiscard]] const std::vector<bool>& fitted() const;

 private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace fangtan::analysis
