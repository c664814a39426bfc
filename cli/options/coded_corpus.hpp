// SPDX-License-Identifier: Apache-2.0
//
// What the commands that show results of coding work on: codings from files or
// from standard input, or made on the way (-b), and the interviews, where they
// are given. Their arguments are told apart here.
#pragma once

#include <CLI/CLI.hpp>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "../streams.hpp"
#include "corpus_options.hpp"
#include "fangtan/base/file.hpp"
#include "fangtan/codebook/codebook.hpp"
#include "fangtan/coding/coding_set.hpp"
#include "fangtan/transcript/transcript.hpp"

namespace fangtan::cli {

// Arguments that are codings, to be read when their turn comes.
class CodingSources {
 public:
    // What an argument that is no codings may be without a codebook.
    enum class Interviews { need_codebook, welcome };

    CodingSources(const Streams& streams, Interviews interviews) : streams_(streams), interviews_(interviews), messages_(streams) {}

    // Takes the codings out of `arguments`: what their ending says (.jsonl, .csv, .tsv, .json, .ndjson), standard input
    // (also if there is no argument and `only` is set) and files without such an ending if they begin like codings; what stays are
    // interviews. Throws Error: nothing there, or interviews that are not wanted.
    void take(std::vector<std::string>& arguments, bool only, bool with_codebook);

    [[nodiscard]] bool empty() const { return sources_.empty(); }
    // Adds all to `set`, prints diagnostics; false if there is a fault. Once only.
    [[nodiscard]] bool read_into(CodingSet& set);
    // All of standard input, if take() left "-" among the interviews.
    const std::string& standard_text();

 private:
    struct Source {
        std::string name;
        std::string path;                  // empty: standard input
        std::unique_ptr<LineBlocks> open;  // of a pipe, which gives its bytes once only
        std::string head;                  // likewise
    };
    bool standard_input_holds_codings();
    const std::string& standard_input_head();
    void add_file(const std::string& path, bool any_name);
    void add(Source source, std::string_view head);
    void read(Source& source, CodingSet& set, Diagnostics& diagnostics);

    const Streams& streams_;
    Interviews interviews_;
    Messages messages_;
    std::vector<Source> sources_;
    std::optional<LineBlocks> standard_input_;
    std::string standard_head_;
    std::optional<std::string> standard_text_;
};

// Adds the codings of one file, whichever format they are in, to `set` (which may hold a codebook's codes). Throws
// Error(input) if it cannot be read; prints diagnostics and returns false if it is faulty.
[[nodiscard]] bool read_codings(const std::string& path, CodingSet& set, const Streams& streams);

// As typed.
struct CodedCorpusOptions {
    CorpusOptions corpus;
    UnitOptions unit;
    bool keep_texts = false;        // CodingSet::texts and memos, and the transcripts

    // INPUT…, the options of reading interviews, -b and those of coding.
    void add_to(CLI::App& app);
};

struct CodedCorpus {
    CodingSet set;
    std::optional<Codebook> codebook;     // -b
    ParticipantTable participants;        // of participants.csv
    std::vector<Transcript> transcripts;  // of the interviews given, in their order, if texts are kept
    std::size_t skipped = 0;              // files set aside, also by the command that made the codings

    // The transcript of a document of the set; null if it was not given.
    [[nodiscard]] const Transcript* transcript_of(std::uint32_t document) const;
};

// With interviews and a codebook but no codings, the rules are applied. A document that is given as codings and as a
// transcript must be the same text: else a fault. Throws Error; empty after diagnostics were printed.
[[nodiscard]] std::optional<CodedCorpus> open_coded_corpus(const CodedCorpusOptions& options, const Streams& streams);

// The same from arguments that were told apart and a codebook that was opened.
[[nodiscard]] std::optional<CodedCorpus> read_coded_corpus(CodingSources& sources, const CodedCorpusOptions& options, std::optional<Codebook> codebook,
                                                           const Streams& streams);

}  // namespace fangtan::cli
