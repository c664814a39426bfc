// SPDX-License-Identifier: Apache-2.0
//
// `fangtan codebook suggest`.
#include <memory>

#include "../command.hpp"
#include "../options/choice.hpp"
#include "../options/coded_corpus.hpp"
#include "../options/corpus_options.hpp"
#include "../options/output_options.hpp"
#include "../options/segmenter_options.hpp"
#include "fangtan/analysis/suggestion.hpp"
#include "fangtan/table/render.hpp"
#include "fangtan/text/code_point_index.hpp"

namespace fangtan::cli {
namespace {

enum class TableFormat { text, markdown, csv, tsv, json };

struct SuggestCommandOptions {
    CorpusOptions corpus;
    SegmenterChoice segmenter;
    OutputOptions output;
    analysis::SuggestOptions suggest;
    std::string codebook;
    std::string codings;
    std::string stop;
    std::string format;
    bool no_stop = false;
};

// The codings of the rules, as spans.
class SpanSink : public CodingSink {
 public:
    void document(const Transcript&, const DocumentCounts&) override { spans.clear(); }
    void coding(const Transcript&, const RuleCoding& coding) override { spans.push_back({coding.span, static_cast<std::uint32_t>(coding.code)}); }

    std::vector<analysis::CodedSpan> spans;
};

class SuggestRun {
 public:
    SuggestRun(const SuggestCommandOptions& options, const Streams& streams, const Codebook& codebook, const Corpus& corpus, const CodingSet* codings)
        : options_(options),
          streams_(streams),
          codebook_(codebook),
          corpus_(corpus),
          codings_(codings),
          application_(codebook, {options.suggest.unit, options.suggest.include_interviewer, false}, corpus.participants),
          segmenter_(options.segmenter.open(&codebook, corpus.participants, streams)) {}

    int run() {
        const std::map<std::string, TableFormat> formats = {{"text", TableFormat::text}, {"txt", TableFormat::text}, {"markdown", TableFormat::markdown}, {"md", TableFormat::markdown},
                                                            {"csv", TableFormat::csv},   {"tsv", TableFormat::tsv},  {"json", TableFormat::json}};
        const TableFormat format = options_.output.format(options_.format, formats, TableFormat::text, TableFormat::csv, streams_);
        Output out = options_.output.open(streams_);  // now, so that a folder that cannot be written is found before the work
        StopWords stop = options_.no_stop ? StopWords() : StopWords::built_in();
        if (!options_.stop.empty()) {
            for (const std::string& word : read_word_list(options_.stop, streams_)) stop.add(word);
        }
        analysis::Suggester suggester(codebook_, stop, options_.suggest);
        Applier applier(application_);
        Tokenizer tokenizer(segmenter_);
        Progress progress(streams_, corpus_.size());
        for (std::size_t i = 0; i < corpus_.size(); ++i) {
            progress.show(i);
            add(corpus_.file(i), suggester, applier, tokenizer);
        }
        const std::vector<analysis::Suggestion> suggestions = suggester.suggestions();
        const Table table = analysis::suggestion_table(suggestions, codebook_, options_.suggest, segmenter_.identity());
        const auto spreadsheet = options_.output.excel ? table::ForSpreadsheet::yes : table::ForSpreadsheet::no;
        out.write(format == TableFormat::text       ? table::to_text(table)
                  : format == TableFormat::markdown ? table::to_markdown(table)
                  : format == TableFormat::json     ? table::to_json(table)
                  : format == TableFormat::csv      ? table::to_csv(table, spreadsheet)
                                                    : table::to_tsv(table, spreadsheet));
        out.commit();
        const Messages messages(streams_);
        if (suggestions.empty()) messages.note("nothing to suggest: no word is typical of coded units and unknown to the rules");
        if (skipped_ > 0) messages.warning("files set aside: " + std::to_string(skipped_));
        return suggestions.empty() || skipped_ > 0 ? kAnswerIsNo : kDone;
    }

 private:
    void add(const InputFile& file, analysis::Suggester& suggester, Applier& applier, Tokenizer& tokenizer) {
        const Messages messages(streams_);
        std::vector<std::string> notes;
        Transcript transcript;
        try {
            ReadOptions read = corpus_.read;
            read.dialogue.participants = &corpus_.participants;
            transcript = reader::read(file, read, notes);
        } catch (const Error& error) {
            if (!options_.corpus.keep_going || error.kind() != ErrorKind::input) throw;
            messages.warning("set aside: " + (error.place() == file.path ? file.file : error.place()) + ": " + error.what());
            ++skipped_;
            return;
        }
        for (const std::string& note : notes) messages.note(note);
        SpanSink sink;
        applier.apply(transcript, sink);
        suggester.add(transcript, codings_ != nullptr ? spans_of(transcript) : sink.spans, sink.spans, tokenizer);
    }

    // The given codings of a document; those that were rejected do not count.
    [[nodiscard]] std::vector<analysis::CodedSpan> spans_of(const Transcript& transcript) const {
        std::vector<analysis::CodedSpan> spans;
        const std::optional<std::uint32_t> number = codings_->document_ids.find(transcript.id);
        if (!number) return spans;
        const DocumentEntry& document = codings_->documents[*number];
        if (!document.sha256.empty() && document.sha256 != transcript.sha256) {
            throw Error(ErrorKind::input, options_.codings, "has codings of another version of " + transcript.file + " (its SHA-256 differs); code the present one");
        }
        const CodePointIndex index(transcript.text);
        for (const CodingEntry& coding : codings_->codings) {
            if (coding.document != *number || coding.status == CodingStatus::rejected) continue;
            if (coding.end > index.size()) throw Error(ErrorKind::input, options_.codings, "has a coding behind the end of " + transcript.file);
            // The codes of the set are those of the codebook, in its order.
            spans.push_back({{index.to_byte(CharacterOffset{coding.start}), index.to_byte(CharacterOffset{coding.end})}, coding.code});
        }
        return spans;
    }

    const SuggestCommandOptions& options_;
    const Streams& streams_;
    const Codebook& codebook_;
    const Corpus& corpus_;
    const CodingSet* codings_;
    Application application_;
    Segmenter segmenter_;
    std::size_t skipped_ = 0;
};

int suggest(const SuggestCommandOptions& options, const Streams& streams) {
    for (const std::string& input : {options.codebook, options.codings, options.stop, options.corpus.participants, options.segmenter.terms}) options.output.refuse(input);
    const std::optional<Codebook> codebook = open_codebook(options.codebook, streams);
    if (!codebook) return kBadInput;
    CodingSet codings;
    if (!options.codings.empty()) {
        codings.codes = code_entries(*codebook);
        for (const CodeEntry& code : codings.codes) codings.code_ids.number(code.id);
        if (!read_codings(options.codings, codings, streams)) return kBadInput;
        if (codings.codes.size() > codebook->codes().size()) {
            throw Error(ErrorKind::input, options.codings, "has the code " + codings.codes.back().id + ", which the codebook does not know");
        }
    }
    const std::optional<Corpus> corpus = open_corpus(options.corpus, streams);
    if (!corpus) return kBadInput;
    for (const InputFile& file : corpus->inputs.files) options.output.refuse(file.path);
    return SuggestRun(options, streams, *codebook, *corpus, options.codings.empty() ? nullptr : &codings).run();
}

}  // namespace

Action setup_codebook_suggest(CLI::App& app) {
    const auto options = std::make_shared<SuggestCommandOptions>();
    app.add_option("CODEBOOK", options->codebook, "The codebook (YAML, see fangtan-codebook(5))")->required();
    options->corpus.add_to(app, "Interviews: files, folders (walked), - for standard input");
    app.add_option("--codings", options->codings, "What counts as coded: codings of these interviews (JSON Lines, CSV or TSV) [those of the rules]")->type_name("FILE");
    options->segmenter.add_to(app);
    add_choice<UnitKind>(app, "--unit", options->suggest.unit,
                         {{"clause", UnitKind::clause}, {"sentence", UnitKind::sentence}, {"turn", UnitKind::turn}, {"paragraph", UnitKind::paragraph}},
                         "What is counted: clause, sentence, turn or paragraph [sentence]", "UNIT");
    app.add_option("-n,--length", options->suggest.longest, "Words of a candidate, at most [3]")->type_name("N")->check(CLI::Range(1, 5));
    app.add_option("--minimum-count", options->suggest.minimum_count, "Coded units that hold a candidate, at least [2]")->type_name("N")->check(CLI::Range(1, 1'000'000));
    app.add_option("--top", options->suggest.top, "Candidates of each code, at most [10]")->type_name("N")->check(CLI::Range(1, 10'000));
    app.add_option("--stop", options->stop, "Further words that begin or end no candidate: FILE names them, one a line")->type_name("FILE");
    app.add_flag("--no-stop", options->no_stop, "Do not use the program's own stop words");
    app.add_flag("--include-interviewer", options->suggest.include_interviewer, "The interviewer's turns too");
    add_choice<Language>(app, "--lang", options->suggest.language, {{"zh-Hans", Language::zh_hans}, {"zh-Hant", Language::zh_hant}, {"en", Language::english}},
                         "Of headings and notes: zh-Hans, zh-Hant or en [zh-Hans]", "LANGUAGE");
    app.add_option("-f,--format", options->format, "text, markdown, csv, tsv or json [the ending of -o; text on a terminal, else csv]")->type_name("FORMAT");
    options->output.add_to(app);
    return [options](const Streams& streams) { return suggest(*options, streams); };
}

}  // namespace fangtan::cli
