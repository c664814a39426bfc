// SPDX-License-Identifier: Apache-2.0
//
// The codings that `import` takes along: from headings, comments and marks of
// the files themselves, or from a sheet beside them.
#pragma once

#include <CLI/CLI.hpp>
#include <optional>
#include <string>
#include <vector>

#include "../streams.hpp"
#include "fangtan/coding/hand_codings.hpp"
#include "fangtan/coding/heading_codings.hpp"
#include "fangtan/transcript/participant.hpp"
#include "fangtan/transcript/transcript.hpp"

namespace fangtan::cli {

// As typed.
struct CodingsOptions {
    std::string kind;  // empty: none
    std::string codebook;
    std::string coder = "coder";
    std::string new_codes;

    void add_to(CLI::App& app);
};

// Throws Error(usage) for a kind that is none, and for options that are of no use together.
void check(const CodingsOptions& options);

struct MadeCodings {
    std::string stream;       // empty: none are wanted
    std::string codebook;     // YAML; empty: no new one is wanted
    bool is_missing = false;  // codings are wanted and there are none
};

class ImportedCodings {
 public:
    // Both must outlive this.
    ImportedCodings(const CodingsOptions& options, const Streams& streams) : options_(options), streams_(streams) {}

    // What becomes codings is not left out. Throws Error(input) for marks without beginning or end.
    void prepare(Transcript& transcript) const;
    // `imported` says the same as `original`.
    void add(Transcript original, Transcript imported);
    // Empty after diagnostics were printed. To be called once.
    [[nodiscard]] std::optional<MadeCodings> make(const ParticipantTable& participants);

 private:
    [[nodiscard]] std::optional<MadeCodings> made_by_hand(const ParticipantTable& participants);

    const CodingsOptions& options_;
    const Streams& streams_;
    std::vector<coding::HeadedDocument> headed_;
    std::vector<coding::ImportedDocument> documents_;
};

}  // namespace fangtan::cli
