// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <memory>

#include "../command.hpp"
#include "../options/choice.hpp"
#include "../options/coded_corpus.hpp"
#include "../options/corpus_options.hpp"
#include "../options/dimension.hpp"
#include "../options/output_options.hpp"
#include "../options/table_output.hpp"
#include "fangtan/analysis/count_corpus.hpp"
#include "fangtan/table/rounding.hpp"
#include "fangtan/text/diagnostic_text.hpp"
#include "fangtan/text/natural_order.hpp"

namespace fangtan::cli {
namespace {

struct TabulateOptions {
    CorpusOptions corpus;
    UnitOptions unit;
    OutputOptions output;
    std::string format;
    std::optional<Language> language;
    unsigned level = 0;
    bool no_zero = false;
    bool no_totals = false;
    std::vector<std::string> by;
    std::vector<std::string> filter;
    TabulateSpec spec;
};

std::optional<Language> language_of(const std::string& name) {
    if (name == "zh-Hans") return Language::zh_hans;
    if (name == "zh-Hant") return Language::zh_hant;
    return name == "en" ? std::optional(Language::english) : std::nullopt;
}

class TabulateRun {
 public:
    TabulateRun(TabulateOptions options, const Streams& streams) : options_(std::move(options)), streams_(streams), messages_(streams), sources_(streams, CodingSources::Interviews::need_codebook) {}

    int run() {
        complete_specification();
        options_.output.refuse(options_.unit.codebook);
        options_.output.refuse(options_.corpus.participants);
        for (const std::string& input : options_.corpus.inputs) options_.output.refuse(input);
        const TableFormat format = chosen_table_format(options_.format, options_.output, streams_);
        inputs_ = options_.corpus.inputs;
        options_.spec.source_note = format == TableFormat::html || format == TableFormat::latex || format == TableFormat::xlsx || format == TableFormat::docx;
        Output out = options_.output.open(streams_);  // now, so that a folder that cannot be written is found before the work
        if (!options_.unit.codebook.empty()) {
            codebook_ = open_codebook(options_.unit.codebook, streams_);
            if (!codebook_) return kBadInput;
            set_language(codebook_->language());
            codebook_name_ = codebook_->name();
        }
        sources_.take(options_.corpus.inputs, options_.corpus.files_from.empty(), codebook_.has_value());
        const std::optional<Table> table = sources_.empty() ? from_interviews() : from_codings();
        if (!table) return kBadInput;
        out.write(rendered(*table, format, options_.output.excel, provenance(codebook_name_, inputs_)));
        out.commit();
        if (skipped_ > 0) messages_.warning("files set aside: " + std::to_string(skipped_) + "; the counts lack them");
        if (nothing_counted(*table)) messages_.note("no coding was counted");
        return skipped_ > 0 || nothing_counted(*table) ? kAnswerIsNo : kDone;
    }

 private:
    void complete_specification() {
        TabulateSpec& spec = options_.spec;
        if (options_.level > 0) spec.level = options_.level;
        spec.zero_rows = !options_.no_zero;
        spec.totals = !options_.no_totals;
        if (options_.language) spec.language = *options_.language;
        if (!options_.by.empty()) spec.by = options_.by[0];
        if (options_.by.size() > 1) spec.then_by.assign(options_.by.begin() + 1, options_.by.end());
        for (const std::string& text : options_.filter) spec.filter.push_back(analysis::parse_condition(text));
        check_combination(spec);
        // A filter names the status itself, the rejected too.
        if (analysis::filters(spec.filter, "status")) spec.status = StatusChoice::all;
    }

    // What cannot go together, whatever is counted.
    static void check_combination(const TabulateSpec& spec) {
        if (!spec.then_by.empty()) {
            std::vector<std::string> all = spec.then_by;
            all.push_back(spec.by);
            std::sort(all.begin(), all.end());
            for (const std::string& name : all) {
                if (name == "document" || name == "speaker" || name == "coder") throw Error(ErrorKind::usage, "--by " + name, "only attributes of people can be crossed with others");
            }
            if (const auto same = std::adjacent_find(all.begin(), all.end()); same != all.end()) throw Error(ErrorKind::usage, "--by " + *same, "is given twice");
        }
        const bool shares = spec.percent.value_or(spec.by.empty() ? PercentKind::total : PercentKind::none) != PercentKind::none;
        if (spec.cell == CellKind::count_and_share && !shares) throw Error(ErrorKind::usage, "--cell n-percent", "there are no percentages; add --percent row, column, base or total");
        if (spec.test != TestKind::none && spec.by.empty()) throw Error(ErrorKind::usage, "--test", "compares columns; say which with --by");
        if (spec.test != TestKind::none && spec.count == CountKind::characters) throw Error(ErrorKind::usage, "--test", "characters are no cases; count references, documents or participants");
        if (spec.test != TestKind::none && spec.by == "coder") {
            throw Error(ErrorKind::usage, "--test with --by coder", "a segment that several coders coded is in several columns, so it would be counted several times; to compare coders see fangtan agree");
        }
        if (spec.test != TestKind::none && spec.minimum_cell > 0) throw Error(ErrorKind::usage, "--test with --min-cell", "the statistic and the residuals would give hidden counts away; make two tables");
        if (spec.status != StatusChoice::not_rejected && analysis::filters(spec.filter, "status")) throw Error(ErrorKind::usage, "--status with --filter status", "say it once");
    }

    void set_language(const std::string& language) {
        if (options_.language) return;
        if (const auto found = language_of(language)) options_.spec.language = *found;
    }

    std::optional<Table> from_codings() {
        CodedCorpusOptions options{options_.corpus, options_.unit, false};
        std::optional<CodedCorpus> corpus = read_coded_corpus(sources_, options, std::move(codebook_), streams_);
        if (!corpus) return std::nullopt;
        if (codebook_name_.empty()) codebook_name_ = corpus->set.codebook;
        if (!corpus->codebook || !language_of(corpus->codebook->language())) set_language(corpus->set.language);
        skipped_ = corpus->skipped;
        check_dimension(corpus->set.participants);
        options_.spec.units = corpus->set.units;
        return analysis::tabulate(corpus->set, options_.spec);
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
        options_.spec.units = {std::string(name_of(options_.unit.unit))};
        const analysis::CorpusTable result = analysis::count_corpus(*codebook_, options_.unit.apply(), corpus->participants, options_.spec, job);
        skipped_ = result.skipped;
        return result.table;
    }

    // Standard input can be read once only, and may have been, to see what it holds.
    Transcript standard_input_transcript(const Corpus& corpus, std::size_t i, const ReadOptions& read, std::vector<std::string>& notes) {
        return reader::read_bytes(sources_.standard_text(), corpus.file(i), read, notes);
    }

    void check_dimension(const std::vector<Participant>& participants) const {
        for (const std::string& by : options_.by) cli::check_dimension(by, analysis::known_dimensions(participants));
    }

    static bool nothing_counted(const Table& table) {
        const auto is_positive = [](const Cell& cell) {
            const auto* count = std::get_if<std::uint64_t>(&cell);
            if (const auto* both = std::get_if<CountAndShare>(&cell)) return both->count > 0;
            return std::holds_alternative<Hidden>(cell) || (count != nullptr && *count > 0);
        };
        return std::none_of(table.rows.begin(), table.rows.end(), [&](const TableRow& row) { return std::any_of(row.cells.begin(), row.cells.end(), is_positive); });
    }

    TabulateOptions options_;
    const Streams& streams_;
    Messages messages_;
    std::optional<Codebook> codebook_;
    CodingSources sources_;
    std::size_t skipped_ = 0;
    std::vector<std::string> inputs_;  // as given
    std::string codebook_name_;        // the codebook itself is handed on
};

// What goes into the paper: crossed columns, choices among the codings, tests, protection.
void add_paper_options(CLI::App& app, TabulateOptions& options) {
    TabulateSpec& spec = options.spec;
    app.add_option("--by", options.by, "Columns: participant, group, role, document, speaker, coder, or an attribute of participants.csv; given twice: their combinations")
        ->type_name("WHAT")->allow_extra_args(false);
    app.add_option("--filter", options.filter, "Count only what fits FIELD=VALUE, FIELD being document, participant, group, role, an attribute, code, coder or status; may be given again")
        ->type_name("CONDITION")->allow_extra_args(false);
    add_choice<CellKind>(app, "--cell", spec.cell, {{"n", CellKind::count}, {"n-percent", CellKind::count_and_share}}, "n, or n-percent: count and share in one cell [n]", "WHAT");
    add_choice<TestKind>(app, "--test", spec.test, {{"none", TestKind::none}, {"chi2", TestKind::chi_square}, {"g2", TestKind::likelihood}},
                         "Test rows against columns: chi2 or g2, with Cramér's V and marked residuals [none]", "TEST");
    app.add_option("--min-cell", spec.minimum_cell, "Hide counts from 1 to N-1, and others from which they would follow")->check(CLI::Range(3, 1'000'000))->type_name("N");
}

}  // namespace

Action setup_tabulate(CLI::App& app) {
    const auto options = std::make_shared<TabulateOptions>();
    TabulateSpec& spec = options->spec;
    add_paper_options(app, *options);
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
    app.add_option("-f,--format", options->format, kTableFormats)->type_name("FORMAT");
    options->output.add_to(app);
    options->unit.add_to(app, false);
    options->corpus.add_to(app, "Codings (.jsonl, .csv, .tsv, - for standard input); with -b also interviews and folders");
    app.footer("Examples: fangtan tabulate codings.jsonl --by participant\n          fangtan tabulate -b codebook.yaml interviews/ --by group --percent column");
    return [options](const Streams& streams) { return TabulateRun(*options, streams).run(); };
}

}  // namespace fangtan::cli
