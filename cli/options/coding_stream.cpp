// SPDX-License-Identifier: Apache-2.0
#include "coding_stream.hpp"

#include <filesystem>
#include <set>
#include <system_error>

#include "fangtan/base/error.hpp"
#include "fangtan/base/file.hpp"
#include "fangtan/text/csv.hpp"

namespace fangtan::cli {

std::optional<coding::CodingStream> open_stream(const std::string& path, const Streams& streams) {
    const bool standard = path == "-";
    const std::string name = standard ? "standard input" : path;
    LineBlocks blocks = standard ? LineBlocks::of_descriptor(streams.in, name) : LineBlocks::of_file(path);
    std::string text;
    for (std::string block; blocks.next(block);) text += block;
    Diagnostics diagnostics;
    auto stream = coding::read_stream(std::move(text), name, diagnostics);
    Messages(streams).diagnostics(diagnostics);
    return stream;
}

coding::TranscriptsById read_transcripts(const Corpus& corpus, const Streams& streams) {
    const Messages messages(streams);
    coding::TranscriptsById transcripts;
    ReadOptions read = corpus.read;
    read.dialogue.participants = &corpus.participants;
    Progress progress(streams, corpus.size());
    for (std::size_t i = 0; i < corpus.size(); ++i) {
        std::vector<std::string> notes;
        Transcript transcript = reader::read(corpus.file(i), read, notes);
        for (const std::string& note : notes) messages.note(note);
        std::string id = transcript.id;
        transcripts.emplace(std::move(id), std::move(transcript));
        progress.show(i);
    }
    return transcripts;
}

bool same_documents(const coding::CodingStream& stream, const std::string& file, const coding::TranscriptsById& transcripts, const Streams& streams) {
    Diagnostics diagnostics;
    constexpr std::size_t kShown = 12;  // digits of a hash
    for (const coding::Record& document : stream.documents) {
        const auto found = transcripts.find(document.text("document"));
        const std::string hash = document.text("sha256");
        if (found == transcripts.end() || hash.empty() || found->second.sha256 == hash) continue;
        diagnostics.error(file, {0, 0}, "the document \"" + found->first + "\" was coded as another file (SHA-256 " + hash.substr(0, kShown) + "…) than " + found->second.file + " is now (" +
                                            found->second.sha256.substr(0, kShown) + "…); find its codings again with fangtan relocate");
    }
    Messages(streams).diagnostics(diagnostics);
    return !diagnostics.has_errors();
}

std::vector<std::string> without_transcript(const coding::CodingStream& stream, const coding::TranscriptsById& transcripts) {
    std::set<std::string> missing;
    for (const coding::StoredCoding& coding : stream.codings) {
        if (!transcripts.contains(coding.document)) missing.insert(coding.document);
    }
    return {missing.begin(), missing.end()};
}

void refuse_input(const std::string& option, const std::string& path, const std::vector<std::string>& inputs) {
    std::error_code none;
    for (const std::string& input : inputs) {
        if (path.empty() || path == "-" || input.empty() || !std::filesystem::is_regular_file(path, none) || !std::filesystem::equivalent(path, input, none)) continue;
        throw Error(ErrorKind::usage, option + " " + path, "is an input of this command and would be written over; name another file");
    }
}

std::string csv_row(const std::vector<std::string>& cells, bool excel) {
    std::string row;
    for (const std::string& cell : cells) {
        if (&cell != &cells.front()) row += ',';
        if (excel) csv::append_cell(row, csv::guarded_for_spreadsheet(cell));
        else csv::append_cell(row, cell);
    }
    return row + (excel ? "\r\n" : "\n");
}

}  // namespace fangtan::cli
