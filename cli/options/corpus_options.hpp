// SPDX-License-Identifier: Apache-2.0
//
// The options by which a command is told which interviews to read and how,
// and the corpus they lead to. Shared by every command that reads interviews.
#pragma once

#include <CLI/CLI.hpp>
#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "../streams.hpp"
#include "fangtan/coding/apply.hpp"
#include "fangtan/reader/inputs.hpp"
#include "fangtan/reader/read.hpp"
#include "fangtan/text/decode.hpp"
#include "fangtan/transcript/participant.hpp"

namespace fangtan::cli {

// As typed.
struct CorpusOptions {
    std::vector<std::string> inputs;
    std::string files_from;
    std::string participants;
    std::string encoding;
    std::string speakers;
    std::string layout;
    bool reflow = false;
    bool no_reflow = false;
    std::string shard;
    bool keep_going = false;

    void add_to(CLI::App& app, const std::string& input_help);
};

// Inputs listed, participants read, options understood. Nothing of the interviews is read yet.
struct Corpus {
    InputList inputs;
    std::size_t first = 0;  // the shard: inputs.files[first .. last)
    std::size_t last = 0;
    ParticipantTable participants;
    ReadOptions read;
    std::vector<std::string> skipped;  // formats that cannot be read, under --keep-going

    [[nodiscard]] std::size_t size() const { return last - first; }
    [[nodiscard]] const InputFile& file(std::size_t i) const { return inputs.files[first + i]; }
};

// Throws Error; empty after diagnostics were printed. Warns of files that were passed over.
[[nodiscard]] std::optional<Corpus> open_corpus(const CorpusOptions& options, const Streams& streams);

// As many threads as were asked for (0: one for each processor), but no more than documents.
[[nodiscard]] unsigned thread_count(unsigned asked, std::size_t documents);

// Options of coding proper.
struct UnitOptions {
    std::string codebook;
    UnitKind unit = UnitKind::sentence;
    bool include_interviewer = false;
    bool skip_marks = false;
    unsigned threads = 0;  // 0: one for each processor

    void add_to(CLI::App& app, bool codebook_required);
    [[nodiscard]] ApplyOptions apply() const { return {unit, include_interviewer, skip_marks}; }
    [[nodiscard]] unsigned thread_count(std::size_t documents) const { return cli::thread_count(threads, documents); }
};

// Says how a table (participants, codings as rows) was decoded, where that was not certain.
void note_decoding(const DecodedText& decoded, const std::string& file, const Streams& streams);

// Throws Error(input) if the file cannot be read; prints diagnostics and returns empty if it is faulty.
[[nodiscard]] std::optional<Codebook> open_codebook(const std::string& path, const Streams& streams);

// "12 of 5000 documents" on a terminal once work takes more than a second; silent in a pipe.
class Progress {
 public:
    Progress(const Streams& streams, std::size_t total);
    ~Progress();
    Progress(const Progress&) = delete;
    Progress& operator=(const Progress&) = delete;
    void show(std::size_t done);

 private:
    const Streams& streams_;
    std::size_t total_;
    double started_;
    double shown_ = 0;
    bool visible_ = false;
};

}  // namespace fangtan::cli
