// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <filesystem>
#include <memory>

#include "../command.hpp"
#include "../options/choice.hpp"
#include "../options/corpus_options.hpp"
#include "../options/output_options.hpp"
#include "fangtan/analysis/count_corpus.hpp"
#include "fangtan/base/file.hpp"
#include "fangtan/coding/read.hpp"
#include "fangtan/table/render.hpp"
#include "fangtan/table/rounding.hpp"
#include "fangtan/text/decode.hpp"
#include "fangtan/text/diagnostic_text.hpp"
#include "fangtan/text/natural_order.hpp"

namespace fangtan::cli {
namespace {

enum class TableFormat { text, markdown, csv, tsv, json };

struct TabulateOptions {
    CorpusOptions corpus;
    UnitOptions unit;
    OutputOptions output;
    std::string format;
    std::optional<Language> language;
    unsigned level = 0;
    bool no_zero = false;
    bool no_totals = false;
    TabulateSpec spec;
};

std::optional<Language> language_of(const std::string& name) {
    if (name == "zh-Hans") return Language::zh_hans;
    if (name == "zh-Hant") return Language::zh_hant;
    return name == "en" ? std::optional(Language::english) : std::nullopt;
}

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr std::string_view kBlanks = " \t\r\n";

// Codings by their ending; what comes from standard input is looked at.
bool names_codings(const std::string& argument) {
    std::string name = argument;
    std::transform(name.begin(), name.end(), name.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    static constexpr std::array kEndings = {".jsonl", ".csv", ".tsv", ".json", ".ndjson"};
    return std::any_of(kEndings.begin(), kEndings.end(), [&](const char* ending) { return name.ends_with(ending); });
}

class TabulateRun {
 public:
    TabulateRun(TabulateOptions options, const Streams& streams) : options_(std::move(options)), streams_(streams), messages_(streams) {}

    int run() {
        complete_specification();
        options_.output.refuse(options_.unit.codebook);
        options_.output.refuse(options_.corpus.participants);
        for (const std::string& input : options_.corpus.inputs) options_.output.refuse(input);
        const TableFormat format = chosen_format();
        Output out = options_.output.open(streams_);  // now, so that a folder that cannot be written is found before the work
        if (!options_.unit.codebook.empty()) {
            codebook_ = open_codebook(options_.unit.codebook, streams_);
            if (!codebook_) return kBadInput;
            set_language(codebook_->language());
        }
        if (!sort_inputs()) return kBadInput;
        std::optional<Table> table;
        if (codings_.empty()) {
            table = from_interviews();
        } else {
            table = from_codings();
        }
        if (!table) return kBadInput;
        write(*table, format, out);
        if (skipped_ > 0) messages_.warning("files set aside: " + std::to_string(skipped_) + "; the counts lack them");
        if (nothing_counted(*table)) messages_.note("no coding was counted");
        return skipped_ > 0 || nothing_counted(*table) ? kAnswerIsNo : kDone;
    }

 private:
    // Codings: a file, opened when its turn comes, or standard input.
    struct Stream {
        std::string name;
        std::string path;  // empty: standard input
        std::unique_ptr<LineBlocks> open;  // of a pipe, which gives its bytes once only
        std::string head;                  // likewise
    };

    void complete_specification() {
        TabulateSpec& spec = options_.spec;
        if (options_.level > 0) spec.level = options_.level;
        spec.zero_rows = !options_.no_zero;
        spec.totals = !options_.no_totals;
        if (options_.language) spec.language = *options_.language;
    }

    void set_language(const std::string& language) {
        if (options_.language) return;
        if (const auto found = language_of(language)) options_.spec.language = *found;
    }

    // Which arguments are codings and which interviews. Of codings the beginning is looked at.
    bool sort_inputs() {
        std::vector<std::string> interviews;
        if (options_.corpus.inputs.empty() && options_.corpus.files_from.empty()) options_.corpus.inputs = {"-"};
        for (const std::string& argument : options_.corpus.inputs) {
            if (argument == "-") {
                if (streams_.in == 0 && codebook_ && !standard_input_holds_codings()) {
                    interviews.push_back(argument);
                } else {
                    add_stream({"standard input", {}, {}, {}}, standard_input_head());
                }
            } else if (names_codings(argument) && !(codebook_ && is_chat(argument))) {
                add_file(argument);
            } else if (codebook_) {
                interviews.push_back(argument);
            } else {
                add_file_without_ending(argument);
            }
        }
        options_.corpus.inputs = interviews;
        return true;
    }

    // A table of who said what is an interview, whatever its ending.
    static bool is_chat(const std::string& argument) { return reader::format_of(argument) == reader::Format::table && std::filesystem::is_regular_file(argument) && reader::holds_chat(argument); }

    void add_file(const std::string& argument, bool any_name = false) {
        Stream stream{argument, argument, {}, {}};
        LineBlocks blocks = LineBlocks::of_file(argument);
        std::string head;
        blocks.next(head);
        if (any_name && !coding::looks_like_json_lines(head) && head.find("document") == std::string::npos) {
            throw Error(ErrorKind::usage, argument, "holds no codings; to code and tabulate interviews in one step, give the codebook with -b");
        }
        if (!std::filesystem::is_regular_file(argument)) {
            stream.open = std::make_unique<LineBlocks>(std::move(blocks));
            stream.head = head;
        }
        add_stream(std::move(stream), head);
    }

    // Without a codebook only codings make sense, whatever the file is called.
    void add_file_without_ending(const std::string& argument) {
        std::error_code error;
        if (std::filesystem::is_directory(argument, error)) {
            throw Error(ErrorKind::usage, argument, "is a folder; to code and tabulate interviews in one step, give the codebook with -b");
        }
        add_file(argument, true);
    }

    // The first lines; they stay to be read.
    const std::string& standard_input_head() {
        if (!standard_input_) {
            standard_input_.emplace(LineBlocks::of_descriptor(streams_.in, "standard input"));
            standard_input_->next(standard_head_);
        }
        return standard_head_;
    }
    const std::string& standard_text() {
        if (!standard_text_) {
            standard_text_ = standard_input_head();
            for (std::string block; standard_input_->next(block);) *standard_text_ += block;
        }
        return *standard_text_;
    }
    bool standard_input_holds_codings() {
        std::string_view text = standard_input_head();
        if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
        text.remove_prefix(std::min(text.find_first_not_of(kBlanks), text.size()));
        if (text.empty()) return true;  // add_stream() refuses it: never a table of zeros because a pipeline failed
        if (text.front() == '{') return true;
        if (text.front() == '[') {
            const std::size_t next = text.find_first_not_of(kBlanks, 1);
            return next != std::string_view::npos && text[next] == '{';
        }
        std::string head(text.substr(0, text.find('\n')));
        std::erase(head, '\0');  // rows may be in UTF-16
        return head.find("document") != std::string::npos && head.find("code") != std::string::npos;
    }

    void add_stream(Stream stream, std::string_view head) {
        const bool marked = head.starts_with(kByteOrderMark);
        if (head.find_first_not_of(kBlanks, marked ? kByteOrderMark.size() : 0) == std::string::npos) {
            throw Error(ErrorKind::input, stream.name, "holds nothing; if a pipeline feeds it, the command before it failed");
        }
        codings_.push_back(std::move(stream));
    }

    void read_stream(Stream& stream, CodingSet& set, Diagnostics& diagnostics) {
        std::optional<LineBlocks> file;
        if (!stream.path.empty() && !stream.open) file.emplace(LineBlocks::of_file(stream.path));
        LineBlocks& blocks = file ? *file : stream.open ? *stream.open : *standard_input_;
        std::string block;
        if (file) {
            blocks.next(block);
        } else {
            block = std::move(stream.open ? stream.head : standard_head_);
            block.reserve(block.size() + coding::kPaddingAfter);
        }
        // Rows keep a byte-order mark, which says how to decode them.
        const std::size_t mark = block.starts_with(kByteOrderMark) ? kByteOrderMark.size() : 0;
        if (coding::looks_like_json_lines(std::string_view(block).substr(mark))) {
            coding::JsonLinesReader reader(stream.name, set, diagnostics);
            reader.add(std::string_view(block).substr(mark));
            while (blocks.next(block)) reader.add(block);
            reader.finish();
            return;
        }
        for (std::string more; blocks.next(more);) block += more;
        const DecodedText decoded = decode(std::move(block), stream.name);
        note_decoding(decoded, stream.name, streams_);
        coding::read_rows(decoded.text, stream.name, set, diagnostics);
    }

    std::optional<Table> from_codings() {
        CodingSet set;
        if (codebook_) {
            set.codebook = codebook_->name();
            set.levels = codebook_->levels();
            for (CodeEntry& entry : code_entries(*codebook_)) {
                set.code_ids.number(entry.id);
                set.codes.push_back(std::move(entry));
            }
        }
        if (!add_interviews(set)) return std::nullopt;
        Diagnostics diagnostics;
        for (Stream& stream : codings_) read_stream(stream, set, diagnostics);
        messages_.diagnostics(diagnostics);
        if (diagnostics.has_errors()) return std::nullopt;
        if (!codebook_ || !language_of(codebook_->language())) set_language(set.language);
        skipped_ = set.skipped.size();
        check_dimension(set.participants);
        return analysis::tabulate(set, options_.spec);
    }

    // Interviews given beside codings supply what rows cannot say: all documents, who speaks in them, how long they are.
    bool add_interviews(CodingSet& set) {
        if (options_.corpus.inputs.empty() && options_.corpus.files_from.empty()) return add_participants_only(set);
        const std::optional<Corpus> corpus = open_corpus(options_.corpus, streams_);
        if (!corpus) return false;
        for (const Participant& participant : corpus->participants.all()) {
            set.participant_ids.number(participant.id);
            set.participants.push_back(participant);
        }
        ReadOptions read = corpus->read;
        read.dialogue.participants = &corpus->participants;
        const Codebook none;
        const Application application(none, options_.unit.apply(), corpus->participants);
        set.skipped.insert(set.skipped.end(), corpus->skipped.begin(), corpus->skipped.end());
        for (const std::string& file : corpus->skipped) messages_.warning(file + ": set aside: this format cannot be read");
        for (std::size_t i = 0; i < corpus->size(); ++i) {
            std::vector<std::string> notes;
            try {
                analysis::add_document(reader::read(corpus->file(i), read, notes), application, set);
            } catch (const Error& error) {
                if (!options_.corpus.keep_going || error.kind() != ErrorKind::input) throw;
                messages_.warning("set aside: " + error.place() + ": " + error.what());
                set.skipped.push_back(corpus->file(i).file);
            }
            for (const std::string& note : notes) messages_.note(note);
        }
        return true;
    }

    bool add_participants_only(CodingSet& set) {
        if (options_.corpus.participants.empty()) return true;
        Diagnostics diagnostics;
        ParticipantTable table;
        const DecodedText decoded = decode(read_file(options_.corpus.participants), options_.corpus.participants);
        note_decoding(decoded, options_.corpus.participants, streams_);
        read_participants(decoded.text, options_.corpus.participants, table, diagnostics);
        messages_.diagnostics(diagnostics);
        for (const Participant& participant : table.all()) {
            set.participant_ids.number(participant.id);
            set.participants.push_back(participant);
        }
        return !diagnostics.has_errors();
    }

    std::optional<Table> from_interviews() {
        const std::optional<Corpus> corpus = open_corpus(options_.corpus, streams_);
        if (!corpus) return std::nullopt;
        for (const InputFile& file : corpus->inputs.files) options_.output.refuse(file.path);
        check_dimension(corpus->participants.all());
        analysis::CorpusJob job;
        job.documents = corpus->size();
        job.threads = options_.unit.thread_count(corpus->size());
        std::vector<std::vector<std::string>> notes(corpus->size());
        std::vector<std::string> set_aside(corpus->size());
        ReadOptions read = corpus->read;
        read.dialogue.participants = &corpus->participants;
        job.load = [&](std::size_t i) -> std::optional<Transcript> {
            notes[i].clear();
            try {
                if (corpus->file(i).path == "-") return standard_input_transcript(*corpus, i, read, notes[i]);
                return reader::read(corpus->file(i), read, notes[i]);
            } catch (const Error& error) {
                if (!options_.corpus.keep_going || error.kind() != ErrorKind::input) throw;
                set_aside[i] = error.place() + ": " + error.what();
                return std::nullopt;
            }
        };
        Progress progress(streams_, corpus->size());
        job.done = [&](std::size_t i) {
            progress.show(i);
            for (const std::string& note : notes[i]) messages_.note(note);
            if (!set_aside[i].empty()) messages_.warning("set aside: " + set_aside[i]);
        };
        job.skipped = corpus->skipped;
        for (const std::string& file : corpus->skipped) messages_.warning(file + ": set aside: this format cannot be read");
        job.name = [&](std::size_t i) { return corpus->file(i).file; };
        const analysis::CorpusTable result = analysis::count_corpus(*codebook_, options_.unit.apply(), corpus->participants, options_.spec, job);
        skipped_ = result.skipped;
        return result.table;
    }

    // Standard input can be read once only, and may have been, to see what it holds.
    Transcript standard_input_transcript(const Corpus& corpus, std::size_t i, const ReadOptions& read, std::vector<std::string>& notes) {
        return reader::read_bytes(standard_text(), corpus.file(i), read, notes);
    }

    void check_dimension(const std::vector<Participant>& participants) const {
        const std::string& by = options_.spec.by;
        if (by.empty()) return;
        const std::vector<std::string> known = analysis::known_dimensions(participants);
        if (std::find(known.begin(), known.end(), by) != known.end()) return;
        std::string names;
        for (const std::string& name : known) names += (names.empty() ? "" : ", ") + name;
        const std::string near = nearest(by, known);
        throw Error(ErrorKind::usage, "--by " + by, "no participant has this attribute; known are " + names + (near.empty() ? "" : "; did you mean " + near + "?"));
    }

    [[nodiscard]] TableFormat chosen_format() const {
        const std::map<std::string, TableFormat> formats = {{"text", TableFormat::text}, {"txt", TableFormat::text}, {"markdown", TableFormat::markdown}, {"md", TableFormat::markdown},
                                                            {"csv", TableFormat::csv},   {"tsv", TableFormat::tsv},  {"json", TableFormat::json}};
        return options_.output.format(options_.format, formats, TableFormat::text, TableFormat::csv, streams_);
    }

    void write(const Table& table, TableFormat format, Output& out) const {
        const table::ForSpreadsheet excel = options_.output.excel ? table::ForSpreadsheet::yes : table::ForSpreadsheet::no;
        switch (format) {
            case TableFormat::text: out.write(table::to_text(table)); break;
            case TableFormat::markdown: out.write(table::to_markdown(table)); break;
            case TableFormat::csv: out.write(table::to_csv(table, excel)); break;
            case TableFormat::tsv: out.write(table::to_tsv(table, excel)); break;
            case TableFormat::json: out.write(table::to_json(table)); break;
        }
        out.commit();
    }

    static bool nothing_counted(const Table& table) {
        const auto is_positive = [](const Cell& cell) {
            const auto* count = std::get_if<std::uint64_t>(&cell);
            return count != nullptr && *count > 0;
        };
        return std::none_of(table.rows.begin(), table.rows.end(), [&](const TableRow& row) { return std::any_of(row.cells.begin(), row.cells.end(), is_positive); });
    }

    TabulateOptions options_;
    const Streams& streams_;
    Messages messages_;
    std::optional<Codebook> codebook_;
    std::vector<Stream> codings_;
    std::optional<LineBlocks> standard_input_;
    std::string standard_head_;
    std::optional<std::string> standard_text_;  // once an interview was read from there
    std::size_t skipped_ = 0;
};

}  // namespace

Action setup_tabulate(CLI::App& app) {
    const auto options = std::make_shared<TabulateOptions>();
    TabulateSpec& spec = options->spec;
    app.add_option("--by", spec.by, "Columns: participant, group, role, document, speaker, coder, or an attribute of participants.csv")->type_name("WHAT");
    add_choice<CountKind>(app, "--count", spec.count,
                          {{"references", CountKind::references}, {"documents", CountKind::documents}, {"participants", CountKind::participants}, {"characters", CountKind::characters}},
                          "references, documents, participants or characters [references; without --by also documents]", "WHAT");
    add_choice<PercentKind>(app, "--percent", spec.percent,
                            {{"total", PercentKind::total}, {"row", PercentKind::row}, {"column", PercentKind::column}, {"base", PercentKind::base}, {"none", PercentKind::none}},
                            "Of what: total, row, column, base (documents, people … of the column), none [total; none with --by]", "WHAT");
    app.add_option("--level", options->level, "Roll deeper codes up to level N of the tree, each segment once")->check(CLI::Range(1, 64))->type_name("N");
    app.add_flag("--parents", spec.parents, "Add a subtotal row for every parent, each segment once");
    add_choice<RowOrder>(app, "--sort", spec.order, {{"codebook", RowOrder::codebook}, {"count", RowOrder::count}, {"name", RowOrder::name}},
                         "Order of the codes under their parents: codebook, count or name [codebook]", "ORDER");
    app.add_flag("--no-zero", options->no_zero, "Leave out codes that never occur");
    app.add_flag("--no-totals", options->no_totals, "Leave out total row and column");
    app.add_option("--decimals", spec.decimals, "Decimals of percentages [0]")->check(CLI::Range(0, kDecimalsMaximum))->type_name("N");
    add_choice<Rounding>(app, "--round", spec.rounding, {{"half-up", Rounding::half_up}, {"sum", Rounding::sum}},
                         "half-up, or sum: printed percentages add up to exactly 100 [half-up]", "HOW");
    add_choice<StatusChoice>(app, "--status", spec.status, {{"proposed", StatusChoice::proposed}, {"accepted", StatusChoice::accepted}, {"all", StatusChoice::all}},
                             "Count only proposed or accepted codings, or all, the rejected too [all but the rejected]", "STATUS");
    add_choice<Language>(app, "--lang", options->language, {{"zh-Hans", Language::zh_hans}, {"zh-Hant", Language::zh_hant}, {"en", Language::english}},
                         "Language of headings and notes: zh-Hans, zh-Hant, en [the codebook's]", "LANGUAGE");
    app.add_option("-f,--format", options->format, "text, markdown, csv, tsv or json [the ending of -o; text on a terminal, else csv]")->type_name("FORMAT");
    options->output.add_to(app);
    options->unit.add_to(app, false);
    options->corpus.add_to(app, "Codings (.jsonl, .csv, .tsv, - for standard input); with -b also interviews and folders");
    app.footer("Examples: fangtan tabulate codings.jsonl --by participant\n          fangtan tabulate -b codebook.yaml interviews/ --by group --percent column");
    return [options](const Streams& streams) { return TabulateRun(*options, streams).run(); };
}

}  // namespace fangtan::cli
