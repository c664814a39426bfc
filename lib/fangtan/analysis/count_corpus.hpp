// SPDX-License-Identifier: Apache-2.0
//
// Codes and counts a corpus in one step, on several threads: no coding is
// ever written or kept. The table is the same as by way of a stream.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "fangtan/analysis/tabulate.hpp"
#include "fangtan/codebook/codebook.hpp"
#include "fangtan/coding/apply.hpp"
#include "fangtan/transcript/participant.hpp"
#include "fangtan/transcript/transcript.hpp"

namespace fangtan::analysis {

struct CorpusJob {
    std::size_t documents = 0;
    unsigned threads = 1;
    std::function<std::optional<Transcript>(std::size_t)> load;  // on any thread; empty: set aside
    std::function<void(std::size_t)> done;                       // in order, by one thread at a time
    std::function<std::string(std::size_t)> name;                // of a document that was set aside
    std::vector<std::string> skipped;                            // set aside before
};

struct CorpusTable {
    Table table;
    std::size_t skipped = 0;
};

[[nodiscard]] CorpusTable count_corpus(const Codebook& codebook, const ApplyOptions& options, const ParticipantTable& participants, const TabulateSpec& spec,
                                       const CorpusJob& job);

// Adds a document, who speaks in it and how much, and what the rules of the application code in it (nothing, if its
// codebook is empty). Somebody who is new to the set has the role that the transcript gives.
void add_document(const Transcript& transcript, const Application& application, CodingSet& set);

}  // namespace fangtan::analysis
