// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <filesystem>
#include <map>
#include <memory>
#include <system_error>

#include "../command.hpp"
#include "../options/corpus_options.hpp"
#include "../options/output_options.hpp"
#include "fangtan/coding/heading_codings.hpp"
#include "fangtan/reader/dialogue_file.hpp"
#include "fangtan/table/render.hpp"
#include "fangtan/text/character.hpp"
#include "fangtan/text/utf8.hpp"
#include "fangtan/text/width.hpp"
#include "fangtan/transcript/label.hpp"

namespace fangtan::cli {
namespace {

namespace fs = std::filesystem;

struct ImportOptions {
    CorpusOptions corpus;
    std::string folder = "imported";
    std::string format;
    std::string codings;
    bool force = false;
    bool dry_run = false;
    bool rename_speakers = false;
};

enum class ReportFormat { text, markdown, csv, tsv, json };

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
    ImportRun(const ImportOptions& options, const Streams& streams, const Corpus& corpus) : options_(options), streams_(streams), messages_(streams), corpus_(corpus) {}

    int run() {
        const ReportFormat format = report_format();
        if (options_.rename_speakers) {
            aliases_ = aliases_of(corpus_.participants);
            if (aliases_.empty()) throw Error(ErrorKind::usage, "--rename-speakers", "no participant has a name: participants.csv needs a column names");
        }
        report_.path_headings = {"file"};
        report_.columns = {"format", "encoding", "layout", "turns", "characters", "speakers", "left out"};
        Progress progress(streams_, corpus_.size());
        for (std::size_t i = 0; i < corpus_.size(); ++i) {
            progress.show(i);
            import(corpus_.file(i));
        }
        if (!options_.dry_run) write_files();
        Output out = Output::to_descriptor(streams_.out, "standard output");
        out.write(printed(format));
        out.commit();
        return differing_ > 0 || skipped_ > 0 || without_headings() ? kAnswerIsNo : kDone;
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
            add_to_report(transcript);
            add_file(file, transcript);
        } catch (const Error& error) {
            if (!options_.corpus.keep_going || error.kind() != ErrorKind::input) throw;
            messages_.warning("set aside: " + error.place() + ": " + error.what());
            ++skipped_;
        }
    }

    // What was written must read as what was read: nobody's words may get lost or change their speaker on the way.
    void add_file(const InputFile& file, const Transcript& transcript) {
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
            messages_.warning(file.file + ": the imported file does not read as the original does; look at its labels before you use it");
            ++differing_;
        }
        if (!options_.codings.empty() && same) headed_.push_back({std::move(reread), paths_of(transcript)});
        files_.push_back(std::move(written));
    }

    // By turn of the imported file, which says the same and has no turns without words.
    static std::vector<std::vector<std::string>> paths_of(const Transcript& transcript) {
        std::vector<std::vector<std::string>> paths;
        for (const Turn& turn : transcript.turns) {
            if (!turn.body.empty()) paths.push_back(transcript.headings[turn.heading]);
        }
        return paths;
    }

    void add_to_report(const Transcript& transcript) {
        std::map<std::string, std::pair<std::size_t, std::size_t>> by_speaker;  // name -> order, turns
        for (const Turn& turn : transcript.turns) {
            const Speaker& speaker = transcript.speakers[turn.speaker];
            const std::string name = speaker.interviewer ? speaker.label + " (interviewer)" : speaker.participant.empty() ? speaker.label : speaker.participant;
            ++by_speaker.try_emplace(name, turn.speaker, 0).first->second.second;
        }
        std::vector<std::pair<std::size_t, std::string>> ordered;
        for (const auto& [name, value] : by_speaker) ordered.emplace_back(value.first, (name.empty() ? std::string("nobody") : name) + " " + std::to_string(value.second));
        std::sort(ordered.begin(), ordered.end());
        std::string speakers;
        for (const auto& entry : ordered) speakers += (speakers.empty() ? "" : ", ") + entry.second;
        TableRow row;
        row.code = transcript.file;
        row.path = {transcript.file};
        const bool is_text = transcript.format == "txt" || transcript.format == "md" || transcript.format == "html" || transcript.format == "srt" || transcript.format == "vtt" || transcript.format == "table";
        row.cells = {transcript.format, is_text ? std::string(name_of(transcript.encoding)) : std::string(),
                     std::string(name_of(transcript.layout)) + (transcript.reflowed ? ", reflowed" : ""), static_cast<std::uint64_t>(transcript.turns.size()),
                     static_cast<std::uint64_t>(utf8::count(transcript.text)), speakers, left_out_of(transcript)};
        report_.rows.push_back(std::move(row));
    }

    // "page number 3 (page 1, page 2, page 3), footnote 1 (line 20)"
    static std::string left_out_of(const Transcript& transcript) {
        constexpr std::size_t kShown = 3;
        std::vector<std::pair<std::string, std::vector<std::string>>> kinds;
        for (const LeftOut& left : transcript.left_out) {
            auto kind = std::find_if(kinds.begin(), kinds.end(), [&](const auto& entry) { return entry.first == left.what; });
            if (kind == kinds.end()) kind = kinds.insert(kinds.end(), {left.what, {}});
            kind->second.push_back(left.where);
        }
        std::string text;
        for (const auto& [what, places] : kinds) {
            text += (text.empty() ? "" : "; ") + what + " " + std::to_string(places.size());
            std::string shown;
            for (std::size_t i = 0; i < std::min(kShown, places.size()); ++i) {
                if (!places[i].empty()) shown += (shown.empty() ? "" : ", ") + places[i];
            }
            if (!shown.empty()) text += " (" + shown + (places.size() > kShown ? ", …" : "") + ")";
        }
        return text;
    }

    void write_files() {
        if (!options_.codings.empty()) {
            StreamOptions stream;
            stream.tool = std::string("fangtan ") + FANGTAN_VERSION;
            files_.push_back({fs::path(options_.folder) / "codings.jsonl", coding::heading_codings(headed_, stream, corpus_.participants)});
        }
        for (const File& file : files_) {
            std::error_code none;
            for (std::size_t i = 0; i < corpus_.size(); ++i) {
                const bool same = fs::exists(file.path, none) && fs::equivalent(file.path, corpus_.file(i).path, none);
                if (same) throw Error(ErrorKind::usage, file.path.string(), "is an input of this command and would be written over; name another folder with -o");
            }
            if (!options_.force && fs::exists(file.path, none)) throw Error(ErrorKind::output, file.path.string(), "exists already; name another folder with -o, or write over it with --force");
        }
        for (const File& file : files_) {
            std::error_code error;
            fs::create_directories(file.path.parent_path(), error);
            if (error) throw Error(ErrorKind::output, file.path.parent_path().string(), "cannot be made: " + error.message());
            Output out = Output::to_file(file.path.string());
            out.write(file.bytes);
            out.commit();
        }
    }

    [[nodiscard]] bool without_headings() const {
        if (options_.codings.empty()) return false;
        const bool any = std::any_of(headed_.begin(), headed_.end(), [](const coding::HeadedDocument& document) {
            return std::any_of(document.paths.begin(), document.paths.end(), [](const auto& path) { return !path.empty(); });
        });
        if (!any) messages_.note("no turn stands under a heading: no codings");
        return !any;
    }

    [[nodiscard]] std::string printed(ReportFormat format) const {
        switch (format) {
            case ReportFormat::markdown: return table::to_markdown(report_);
            case ReportFormat::csv: return table::to_csv(report_, table::ForSpreadsheet::no);
            case ReportFormat::tsv: return table::to_tsv(report_, table::ForSpreadsheet::no);
            case ReportFormat::json: return table::to_json(report_);
            case ReportFormat::text: break;
        }
        return report_as_text();
    }

    // For the eye: what is long (many speakers, what was left out) stands at the end and below.
    [[nodiscard]] std::string report_as_text() const {
        constexpr std::size_t kLast = 5;  // the cell of the speakers; behind it what was left out
        std::vector<std::vector<std::string>> lines = {{"file", "format", "encoding", "layout", "turns", "characters"}};
        for (const TableRow& row : report_.rows) {
            std::vector<std::string> line = {row.path[0]};
            for (std::size_t i = 0; i < kLast; ++i) line.push_back(words_of(row.cells[i]));
            lines.push_back(std::move(line));
        }
        std::vector<std::size_t> widths(lines[0].size(), 0);
        for (const auto& line : lines) {
            for (std::size_t i = 0; i < line.size(); ++i) widths[i] = std::max(widths[i], display_width(line[i]));
        }
        std::string text;
        for (std::size_t n = 0; n < lines.size(); ++n) {
            for (std::size_t i = 0; i < lines[n].size(); ++i) {
                const bool number = i + 2 >= lines[n].size();
                text += (number ? padded_left(lines[n][i], widths[i]) : padded_right(lines[n][i], widths[i])) + "  ";
            }
            text += n == 0 ? "speakers" : shortened(words_of(report_.rows[n - 1].cells[kLast]));
            text += '\n';
            const std::string left = n == 0 ? std::string() : words_of(report_.rows[n - 1].cells[kLast + 1]);
            if (!left.empty()) text += std::string(widths[0] + 2, ' ') + "left out: " + left + "\n";
        }
        return text;
    }

    static std::string words_of(const Cell& cell) {
        if (const auto* text = std::get_if<std::string>(&cell)) return *text;
        const auto* number = std::get_if<std::uint64_t>(&cell);
        return number != nullptr ? std::to_string(*number) : std::string();
    }

    // "P1 7, S1 5, … (38 speakers)"
    static std::string shortened(const std::string& speakers) {
        constexpr std::size_t kWidth = 60;
        if (display_width(speakers) <= kWidth) return speakers;
        std::string shown;
        std::size_t at = 0;
        while (true) {
            const std::size_t end = speakers.find(", ", at);
            const std::string_view next = std::string_view(speakers).substr(0, end);
            if (end == std::string::npos || display_width(next) > kWidth) break;
            shown = next;
            at = end + 2;
        }
        const auto count = 1 + std::count(speakers.begin(), speakers.end(), ',');
        return shown + ", … (" + std::to_string(count) + " speakers)";
    }

    const ImportOptions& options_;
    const Streams& streams_;
    Messages messages_;
    const Corpus& corpus_;
    std::vector<Alias> aliases_;
    Table report_;
    std::vector<File> files_;
    std::vector<coding::HeadedDocument> headed_;
    std::size_t differing_ = 0;
    std::size_t skipped_ = 0;
};

int import(const ImportOptions& options, const Streams& streams) {
    if (!options.codings.empty() && options.codings != "headings") {
        throw Error(ErrorKind::usage, "--codings " + options.codings, "unknown kind of codings; known is headings");
    }
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
    app.add_option("--codings", options->codings, "headings: also write codings.jsonl, a coding for each turn under a heading, with the headings as code")->type_name("KIND");
    app.add_flag("--rename-speakers", options->rename_speakers, "Give speakers the ids of participants whose names (column names of participants.csv) their labels are");
    app.add_option("-f,--format", options->format, "Of the table: text, markdown, csv, tsv or json [text]")->type_name("FORMAT");
    options->corpus.add_to(app, "Interviews and papers: files, folders (walked), - for standard input");
    app.footer("Example: fangtan import --dry-run recordings/");
    return [options](const Streams& streams) { return import(*options, streams); };
}

}  // namespace fangtan::cli
