// SPDX-License-Identifier: Apache-2.0
//
// What `fangtan agree` compares, as typed and as read: ratings, counts,
// segments, or codings with the transcripts they belong to.
#pragma once

#include <CLI/CLI.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "../options/corpus_options.hpp"
#include "../streams.hpp"
#include "fangtan/analysis/agreement_files.hpp"
#include "fangtan/analysis/agreement_results.hpp"
#include "fangtan/analysis/agreement_units.hpp"

namespace fangtan::cli {

struct AgreeInputOptions {
    std::vector<std::string> codings;
    std::string ratings;
    std::string table;
    std::string segments;
    std::optional<std::uint64_t> length;
    std::uint64_t begin = 0;
    std::optional<analysis::AgreementUnit> unit;
    std::string coders;
    bool only_shared = false;
    bool undecided = false;
    bool include_interviewer = false;
    CorpusOptions transcripts;  // its inputs are --transcripts
    std::string categories;
    std::string weights;        // linear, quadratic, or a file
    std::vector<std::string> before;
    agreement::Level level = agreement::Level::nominal;

    void add_to(CLI::App& app);
    [[nodiscard]] analysis::AgreementKind kind() const;
    // Every file that is read, so that none is written over.
    [[nodiscard]] std::vector<std::string> files() const;
    // Throws Error(usage) for options that do not go together.
    void check() const;
};

// One round, compared. What is needed beyond the numbers, for the sheet of disagreements, is here too.
struct AgreeRound {
    analysis::AgreementResult result;
    std::optional<analysis::RatingsFile> ratings;
    std::optional<analysis::CodedUnits> units;
    std::optional<CodingSet> set;
};

// `files`: of the kind that options.kind() says. Empty after diagnostics were printed; throws Error.
[[nodiscard]] std::optional<AgreeRound> read_round(const AgreeInputOptions& options, const std::vector<std::string>& files, const analysis::AgreementRequest& request,
                                                   const Streams& streams);

// "A,B，C" without blanks around the names; a comma of either width.
[[nodiscard]] std::vector<std::string> names_in(const std::string& list);

}  // namespace fangtan::cli
