// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <filesystem>
#include <map>
#include <memory>
#include <system_error>

#include "../command.hpp"
#include "../options/corpus_options.hpp"
#include "../options/output_options.hpp"
#include "fangtan/reader/dialogue_file.hpp"
#include "fangtan/text/character.hpp"
#include "fangtan/text/utf8.hpp"
#include "fangtan/transcript/label.hpp"
#include "import_codings.hpp"
#include "import_report.hpp"

namespace fangtan::cli {
namespace {

namespace fs = std::filesystem;

struct ImportOptions {
    CorpusOptions corpus;
    std::string folder = "imported";
    std::string format;
    CodingsOptions codings;
    bool force = false;
    bool dry_run = false;
    bool rename_speakers = false;
};

// A name that participants.csv gives for somebody, and who that is.
struct Alias {
    std::string name;
    std::string participant;
};

// The longest come first: 张伟明 is not 张伟.
std::vector<Alias> aliases_of(const ParticipantTable& participants) {
    std::vector<Alias> aliases;
    for (const Participant& participant : participants.all()) {
        for (const std::string& name : names_of(participant)) {
            const std::string plain = transcript::plain_label(name);
            if (!plain.empty()) aliases.push_back({plain, participant.id});
        }
    }
    std::stable_sort(aliases.begin(), aliases.end(), [](const Alias& a, const Alias& b) { return a.name.size() > b.name.size(); });
    return aliases;
}

// 张伟 and 张伟（所长）, but 说话人1 does not stand in 说话人10.
bool is_called(std::string_view label, std::string_view name) {
    if (!label.starts_with(name)) return false;
    if (label.size() == name.size()) return true;
    const char32_t next = utf8::at(label, name.size());
    const char32_t last = utf8::before(name, name.size());
    return !(is_word_character(last) && is_word_character(next));
}

void rename_speakers(Transcript& transcript, const std::vector<Alias>& aliases) {
    for (Speaker& speaker : transcript.speakers) {
        const std::string label = transcript::plain_label(speaker.label);
        const auto alias = std::find_if(aliases.begin(), aliases.end(), [&](const Alias& entry) { return is_called(label, entry.name); });
        if (alias == aliases.end()) continue;
        speaker.participant = alias->participant;
        speaker.interviewer = false;
    }
}

class ImportRun {
 public:
    ImportRun(const ImportOptions& options, const Streams& streams, const Corpus& corpus)
        : options_(options), streams_(streams), messages_(streams), corpus_(corpus), codings_(options.codings, streams) {}

    int run() {
        const ReportFormat format = report_format();
        if (options_.rename_speakers) {
            aliases_ = aliases_of(corpus_.participants);
            if (aliases_.empty()) throw Error(ErrorKind::usage, "--rename-speakers", "no participant has a name: participants.csv needs a column names");
        }
        Progress progress(streams_, corpus_.size());
        for (std::size_t i = 0; i < corpus_.size(); ++i) {
            progress.show(i);
            import(corpus_.file(i));
        }
        const std::optional<MadeCodings> made = codings_.make(corpus_.participants);
        if (!made) return kBadInput;
        if (!options_.dry_run) write_files(*made);
        Output out = Output::to_descriptor(streams_.out, "standard output");
        out.write(report_.printed(format));
        out.commit();
        return differing_ > 0 || skipped_ > 0 || made->is_missing ? kAnswerIsNo : kDone;
    }

 private:
    struct File {
        fs::path path;
        std::string bytes;
    };

    [[nodiscard]] ReportFormat report_format() const {
        const std::map<std::string, ReportFormat> formats = {{"text", ReportFormat::text}, {"markdown", ReportFormat::markdown}, {"csv", ReportFormat::csv}, {"tsv", ReportFormat::tsv}, {"json", ReportFormat::json}};
        return OutputOptions{}.format(options_.format, formats, ReportFormat::text, ReportFormat::text, streams_);
    }

    void import(const InputFile& file) {
        std::vector<std::string> notes;
        ReadOptions read = corpus_.read;
        read.dialogue.participants = &corpus_.participants;
        try {
            Transcript transcript = reader::read(file, read, notes);
            for (const std::string& note : notes) messages_.note(note);
            rename_speakers(transcript, aliases_);
            codings_.prepare(transcript);
            report_.add(transcript);
            add_file(file, std::move(transcript));
        } catch (const Error& error) {
            if (!options_.corpus.keep_going || error.kind() != ErrorKind::input) throw;
            messages_.warning("set aside: " + error.place() + ": " + error.what());
            ++skipped_;
        }
    }

    // What was written must read as what was read: nobody's words may get lost or change their speaker on the way.
    void add_file(const InputFile& file, Transcript transcript) {
        File written{fs::path(options_.folder) / (file.id + ".txt"), reader::to_dialogue(transcript)};
        InputFile again = file;
        again.path = written.path.string();
        again.file = file.id + ".txt";
        again.stem = written.path.stem().string();
        ReadOptions read;
        read.dialogue.participants = &corpus_.participants;
        std::vector<std::string> ignored;
        Transcript reread = reader::read_bytes(written.bytes, again, read, ignored);
        const bool same = reader::says_the_same(transcript, reread);
        if (!same) {
            messages_.warning(file.file + ": the imported file does not read as the original does; look at its labels before you use it" + (options_.codings.kind.empty() ? "" : "; none of its codings is taken over"));
            ++differing_;
        }
        if (same) codings_.add(std::move(transcript), std::move(reread));
        files_.push_back(std::move(written));
    }

    void write_files(const MadeCodings& made) {
        if (!made.stream.empty()) files_.push_back({fs::path(options_.folder) / "codings.jsonl", made.stream});
        if (!made.codebook.empty()) files_.push_back({fs::path(options_.codings.new_codes), made.codebook});
        std::vector<std::string> inputs = {options_.codings.codebook, options_.codings.kind};  // a kind may be a file
        for (std::size_t i = 0; i < corpus_.size(); ++i) inputs.push_back(corpus_.file(i).path);
        for (const File& file : files_) {
            std::error_code none;
            for (const std::string& input : inputs) {
                const bool same = fs::exists(file.path, none) && fs::equivalent(file.path, input, none);
                if (same) throw Error(ErrorKind::usage, file.path.string(), "is an input of this command and would be written over; name another " + std::string(file.path == options_.codings.new_codes ? "file with --new-codes" : "folder with -o"));
            }
            if (!options_.force && fs::exists(file.path, none)) throw Error(ErrorKind::output, file.path.string(), "exists already; name another " + std::string(file.path == options_.codings.new_codes ? "file with --new-codes" : "folder with -o") + ", or write over it with --force");
        }
        for (const File& file : files_) {
            std::error_code error;
            if (file.path.has_parent_path()) fs::create_directories(file.path.parent_path(), error);
            if (error) throw Error(ErrorKind::output, file.path.parent_path().string(), "cannot be made: " + error.message());
            Output out = Output::to_file(file.path.string());
            out.write(file.bytes);
            out.commit();
        }
    }

    const ImportOptions& options_;
    const Streams& streams_;
    Messages messages_;
    const Corpus& corpus_;
    std::vector<Alias> aliases_;
    ImportReport report_;
    ImportedCodings codings_;
    std::vector<File> files_;
    std::size_t differing_ = 0;
    std::size_t skipped_ = 0;
};

int import(const ImportOptions& options, const Streams& streams) {
    check(options.codings);
    const std::optional<Corpus> corpus = open_corpus(options.corpus, streams);
    if (!corpus) return kBadInput;
    return ImportRun(options, streams, *corpus).run();
}

}  // namespace

Action setup_import(CLI::App& app) {
    const auto options = std::make_shared<ImportOptions>();
    app.add_option("-o,--output", options->folder, "Folder for the dialogue files; it is made if need be [imported]")->type_name("DIR");
    app.add_flag("--force", options->force, "Write over files that exist already (never over an input)");
    app.add_flag("--dry-run", options->dry_run, "Print the table of what was understood and write nothing");
    options->codings.add_to(app);
    app.add_flag("--rename-speakers", options->rename_speakers, "Give speakers the ids of participants whose names (column names of participants.csv) their labels are");
    app.add_option("-f,--format", options->format, "Of the table: text, markdown, csv, tsv or json [text]")->type_name("FORMAT");
    options->corpus.add_to(app, "Interviews and papers: files, folders (walked), - for standard input");
    app.footer("Example: fangtan import --dry-run recordings/");
    return [options](const Streams& streams) { return import(*options, streams); };
}

}  // namespace fangtan::cli
