// SPDX-License-Identifier: Apache-2.0
//
// The passages that a query stands for: a retrieval (retrieval.hpp) worked out
// over sets of passages instead of unit by unit.
//
//   code:X           the segments coded with X or a code below it, as they were coded
//   a term, NEAR, …  the units in which it is found
//   speaker:, group: the turns of the people whom the field fits; document: all turns of the document
//   A AND B          what a passage of A and one of B have in common, for every pair
//   A OR B           the passages of both
//   A NOT B          the passages of A that touch none of B; without A, the units that touch none
//
// Passages that are alike are one; one that lies inside another stays.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "fangtan/analysis/retrieval.hpp"
#include "fangtan/analysis/span_set.hpp"

namespace fangtan::analysis {

class SpanRetriever {
 public:
    // `retrieval` must outlive the object. Its unit document is taken as turn: a passage lies in one.
    explicit SpanRetriever(const Retrieval& retrieval);
    SpanRetriever(SpanRetriever&&) noexcept;
    ~SpanRetriever();

    // Linear in the text and the pairs. Throws Error(input) if a coding ends behind the text.
    [[nodiscard]] SpanSet retrieve(const Transcript& transcript);

    // The passages in a document whose text is not at hand, as code points, ascending, each once: those that follow from code:
    // alone. `document:` is compared with the id only. Empty if the query cannot be answered without the text.
    [[nodiscard]] std::optional<std::vector<std::pair<std::uint32_t, std::uint32_t>>> retrieve_coded(std::string_view document);

    // By field of the query: whether it fitted anybody, any document or any code so far.
    [[nodiscard]] const std::vector<bool>& fitted() const;

 private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace fangtan::analysis
