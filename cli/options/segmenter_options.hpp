// SPDX-License-Identifier: Apache-2.0
//
// The options by which a command is told how to split text into words, and
// the segmenter they lead to. Shared by every command that counts words.
#pragma once

#include <CLI/CLI.hpp>
#include <optional>
#include <string>
#include <vector>

#include "../streams.hpp"
#include "fangtan/codebook/codebook.hpp"
#include "fangtan/text/segmenter.hpp"
#include "fangtan/transcript/participant.hpp"

namespace fangtan::cli {

// One word or phrase a line, trimmed; blank lines and lines that begin with # are passed over. Throws Error(input).
[[nodiscard]] std::vector<std::string> read_word_list(const std::string& path, const Streams& streams);

// As typed.
struct SegmenterChoice {
    std::optional<SegmenterKind> kind;
    std::string terms;
    std::string soft_terms;

    // --segmenter, --terms, --soft-terms. The command itself has -b.
    void add_to(CLI::App& app);

    // Hard terms: those of --terms, the plain terms of the rules of `codebook` (may be null) but for single Han
    // characters, which as words of their own would cut others (警 in 警察), and `more_terms`. Soft ones: those of
    // --soft-terms, and the names of the participants. Throws Error.
    [[nodiscard]] Segmenter open(const Codebook* codebook, const ParticipantTable& participants, const Streams& streams,
                                 const std::vector<std::string>& more_terms = {}) const;
};

}  // namespace fangtan::cli
