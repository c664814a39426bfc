// SPDX-License-Identifier: Apache-2.0
#include <memory>
#include <mutex>

#include "../app.hpp"
#include "../command.hpp"
#include "../options/corpus_options.hpp"
#include "../options/output_options.hpp"
#include "fangtan/coding/run.hpp"
#include "fangtan/coding/write.hpp"

namespace fangtan::cli {
namespace {

struct CodeOptions {
    CorpusOptions corpus;
    UnitOptions unit;
    OutputOptions output;
    std::string format;
};

const std::map<std::string, CodingFormat>& formats() {
    static const std::map<std::string, CodingFormat> names = {
        {"jsonl", CodingFormat::jsonl}, {"csv", CodingFormat::csv}, {"tsv", CodingFormat::tsv}, {"text", CodingFormat::text}, {"txt", CodingFormat::text}};
    return names;
}

// What one document came to; told to the user in the order of the corpus.
struct Outcome {
    std::vector<std::string> notes;
    std::vector<Participant> participants;  // who speak in it
    std::string skipped_because;
};

class CodeRun {
 public:
    CodeRun(const CodeOptions& options, const Streams& streams, const Codebook& codebook, const Corpus& corpus)
        : options_(options),
          streams_(streams),
          codebook_(codebook),
          corpus_(corpus),
          application_(codebook, options.unit.apply(), corpus.participants),
          known_(corpus.participants),
          outcomes_(corpus.size()) {
        stream_.format = options.output.format(options.format, formats(), CodingFormat::text, CodingFormat::jsonl, streams);
        stream_.tool = tool_name();
        stream_.excel = options.output.excel;
    }

    int run() {
        // Only JSON Lines show by their end record that they are whole.
        if (stream_.format != CodingFormat::jsonl && !options_.output.to_file()) read_everything_once();
        options_.output.refuse(options_.unit.codebook);
        options_.output.refuse(options_.corpus.participants);
        for (const InputFile& file : corpus_.inputs.files) options_.output.refuse(file.path);
        Output out = options_.output.open(streams_);
        out.write(coding::opening(stream_, options_.unit.apply(), codebook_, corpus_.participants));
        for (const std::string& file : corpus_.skipped) skip(out, file, "this format cannot be read");
        const unsigned threads = options_.unit.thread_count(corpus_.size());
        prepare_workers(threads);
        Progress progress(streams_, corpus_.size());
        coding::run_in_order(
            corpus_.size(), threads, [&](unsigned worker, std::size_t i, coding::OrderedSlot& slot) { work(worker, i, slot); },
            [&](std::size_t i) {
                progress.show(i);
                return before(i);
            },
            [&](std::string_view bytes) { out.write(bytes); });
        out.write(coding::closing(stream_, corpus_.size() - skipped_documents_));
        out.commit();
        return report();
    }

 private:
    struct Worker {
        Applier applier;
        coding::DocumentWriter writer;
        std::string buffer;
    };

    void prepare_workers(unsigned threads) {
        for (unsigned i = 0; i < threads; ++i) {
            workers_.push_back(std::make_unique<Worker>(Worker{Applier(application_), coding::DocumentWriter(stream_, codebook_, corpus_.participants), {}}));
        }
    }

    void skip(Output& out, const std::string& file, const std::string& reason) {
        Messages(streams_).warning(file + ": set aside: " + reason);
        out.write(coding::skipped_line(stream_, file, reason));
        ++skipped_;
    }

    void read_everything_once() {
        for (std::size_t i = 0; i < corpus_.size(); ++i) {
            if (corpus_.file(i).path == "-" || options_.corpus.keep_going) continue;
            std::vector<std::string> notes;
            (void)reader::read(corpus_.file(i), corpus_.read, notes);
        }
    }

    // On any thread.
    void work(unsigned number, std::size_t i, coding::OrderedSlot& slot) {
        Worker& worker = *workers_[number];
        Outcome& outcome = outcomes_[i];
        Transcript transcript;
        try {
            ReadOptions read = corpus_.read;
            read.dialogue.participants = &corpus_.participants;
            transcript = reader::read(corpus_.file(i), read, outcome.notes);
        } catch (const Error& error) {
            if (!options_.corpus.keep_going || error.kind() != ErrorKind::input) throw;
            const InputFile& file = corpus_.file(i);
            outcome.skipped_because = (error.place() == file.path ? file.file : error.place()) + ": " + error.what();  // never an absolute path
            return;
        }
        for (const Speaker& speaker : transcript.speakers) {
            if (speaker.participant.empty() || speaker.interviewer) continue;
            outcome.participants.push_back({speaker.participant, group_of_id(speaker.participant), speaker.role, {}});
        }
        worker.writer.begin(worker.buffer, [&](std::string& buffer) { slot.put(buffer); });
        worker.applier.apply(transcript, worker.writer);
        slot.put(worker.buffer);
    }

    // In the order of the corpus, before the document's own bytes.
    std::string before(std::size_t i) {
        Outcome& outcome = outcomes_[i];
        for (const std::string& note : outcome.notes) Messages(streams_).note(note);
        std::string bytes;
        if (!outcome.skipped_because.empty()) {
            Messages(streams_).warning("set aside: " + outcome.skipped_because);
            bytes = coding::skipped_line(stream_, corpus_.file(i).file, outcome.skipped_because);
            ++skipped_;
            ++skipped_documents_;
        }
        for (Participant& participant : outcome.participants) {
            if (known_.find(participant.id) != nullptr) continue;
            bytes += coding::participant_line(stream_, participant);
            known_.add(std::move(participant));
        }
        outcome = {};
        return bytes;
    }

    int report() {
        std::size_t codings = 0;
        for (const auto& worker : workers_) codings += worker->writer.codings();
        const Messages messages(streams_);
        if (codings == 0) messages.note("no rule matched anything: no codings");
        if (skipped_ > 0) messages.warning("files set aside: " + std::to_string(skipped_) + "; the counts lack them");
        return codings == 0 || skipped_ > 0 ? kAnswerIsNo : kDone;
    }

    const CodeOptions& options_;
    const Streams& streams_;
    const Codebook& codebook_;
    const Corpus& corpus_;
    Application application_;
    StreamOptions stream_;
    ParticipantTable known_;
    std::vector<Outcome> outcomes_;
    std::vector<std::unique_ptr<Worker>> workers_;
    std::size_t skipped_ = 0;
    std::size_t skipped_documents_ = 0;
};

int code(const CodeOptions& options, const Streams& streams) {
    const std::optional<Codebook> codebook = open_codebook(options.unit.codebook, streams);
    if (!codebook) return kBadInput;
    const std::optional<Corpus> corpus = open_corpus(options.corpus, streams);
    if (!corpus) return kBadInput;
    return CodeRun(options, streams, *codebook, *corpus).run();
}

}  // namespace

Action setup_code(CLI::App& app) {
    const auto options = std::make_shared<CodeOptions>();
    options->unit.add_to(app, true);
    options->corpus.add_to(app, "Interviews: files, folders (walked), - for standard input");
    app.add_option("-f,--format", options->format, "jsonl, csv, tsv or text [the ending of -o; text on a terminal, else jsonl]")->type_name("FORMAT");
    options->output.add_to(app);
    app.footer("Example: fangtan code -b codebooks/police-social-work.yaml interviews/ -o codings.jsonl");
    return [options](const Streams& streams) { return code(*options, streams); };
}

}  // namespace fangtan::cli
