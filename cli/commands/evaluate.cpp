// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <charconv>
#include <cmath>
#include <memory>

#include "../command.hpp"
#include "../options/choice.hpp"
#include "../options/coded_corpus.hpp"
#include "../options/coding_stream.hpp"
#include "../options/corpus_options.hpp"
#include "../options/output_options.hpp"
#include "fangtan/analysis/evaluation.hpp"
#include "fangtan/table/render.hpp"
#include "fangtan/text/code_point_index.hpp"
#include "fangtan/text/diagnostic_text.hpp"

namespace fangtan::cli {
namespace {

enum class EvaluateFormat { text, markdown, csv, tsv, json };

struct EvaluateOptions {
    CorpusOptions corpus;
    OutputOptions output;
    std::string codebook;
    std::string codings;
    std::vector<std::string> coders;
    analysis::EvaluationOptions evaluation;
    bool skip_marks = false;
    bool by_rule = false;
    std::string passages;
    std::vector<std::string> limits;
    std::optional<Language> language;
    std::string format;
};

struct Limit {
    std::string typed;
    std::string name;
    double least = 0;
};

Limit limit_of(const std::string& typed) {
    const std::size_t equals = typed.find('=');
    Limit limit{typed, typed.substr(0, equals), 0};
    const std::string number = equals == std::string::npos ? "" : typed.substr(equals + 1);
    const char* end = number.data() + number.size();
    const auto [stop, error] = std::from_chars(number.data(), end, limit.least);
    if (number.empty() || error != std::errc() || stop != end || !std::isfinite(limit.least)) throw Error(ErrorKind::usage, "--min " + typed, "expected NAME=NUMBER, for example --min f1=0.8");
    std::string names;
    for (const agreement::Metric& metric : analysis::evaluation_metrics({})) {
        if (metric.name == limit.name) return limit;
        names += (names.empty() ? "" : ", ") + metric.name;
    }
    throw Error(ErrorKind::usage, "--min " + typed, "there is no such measure; known are " + names);
}

class EvaluateRun {
 public:
    EvaluateRun(const EvaluateOptions& options, const Streams& streams, const Codebook& codebook, const Corpus& corpus, const CodingSet& hand)
        : options_(options),
          streams_(streams),
          messages_(streams),
          codebook_(codebook),
          corpus_(corpus),
          hand_(hand),
          rules_(codebook),
          application_(rules_.codebook(), {options.evaluation.unit, options.evaluation.include_interviewer, options.skip_marks}, corpus.participants),
          evaluator_(codebook, rules_, options.evaluation) {}

    int run(const std::vector<Limit>& limits) {
        const std::map<std::string, EvaluateFormat> formats = {{"text", EvaluateFormat::text}, {"txt", EvaluateFormat::text}, {"markdown", EvaluateFormat::markdown}, {"md", EvaluateFormat::markdown},
                                                               {"csv", EvaluateFormat::csv},   {"tsv", EvaluateFormat::tsv},  {"json", EvaluateFormat::json}};
        const EvaluateFormat format = options_.output.format(options_.format, formats, EvaluateFormat::text, EvaluateFormat::csv, streams_);
        const OutputOptions passages{options_.passages, options_.output.excel};
        for (const InputFile& file : corpus_.inputs.files) {
            options_.output.refuse(file.path);
            passages.refuse(file.path);
        }
        choose_codings();
        Output out = options_.output.open(streams_);  // now, so that a folder that cannot be written is found before the work
        std::optional<Output> sheet;
        if (!options_.passages.empty()) sheet.emplace(passages.open(streams_));
        for (const std::string& file : corpus_.skipped) set_aside(file + ": this format cannot be read");
        Applier applier(application_);
        Progress progress(streams_, corpus_.size());
        for (std::size_t i = 0; i < corpus_.size(); ++i) {
            progress.show(i);
            add(corpus_.file(i), applier);
        }
        report_documents();
        const analysis::Evaluation evaluation = evaluator_.evaluation();
        out.write(rendered({codebook_, evaluation, options_.evaluation, options_.by_rule, language(), coders_}, format));
        if (sheet) {
            sheet->write(analysis::disputed_sheet(evaluation, codebook_, options_.output.excel));
            sheet->commit();
        }
        out.commit();
        return verdict(analysis::evaluation_metrics(evaluation), limits);
    }

 private:
    // Which of the given codings are the standard: not what was rejected, not what rules proposed and nobody looked at.
    void choose_codings() {
        std::vector<bool> wanted(hand_.labels.size(), options_.coders.empty());
        std::vector<std::string> known;
        std::vector<bool> seen(hand_.labels.size(), false);
        for (const CodingEntry& coding : hand_.codings) seen[coding.coder] = true;
        for (std::uint32_t i = 0; i < seen.size(); ++i) {
            if (seen[i]) known.push_back(hand_.labels.name(i));
        }
        for (const std::string& coder : options_.coders) {
            const auto number = hand_.labels.find(coder);
            if (!number || !seen[*number]) {
                std::string names;
                for (const std::string& name : known) names += (names.empty() ? "" : ", ") + name;
                const std::string near = nearest(coder, known);
                throw Error(ErrorKind::usage, "--coder " + coder, options_.codings + " has no coding by this coder; it has " + (names.empty() ? "none at all" : names) + (near.empty() ? "" : "; did you mean " + near + "?"));
            }
            wanted[*number] = true;
        }
        by_document_.resize(hand_.documents.size());
        std::vector<bool> counted(hand_.labels.size(), false);
        for (const CodingEntry& coding : hand_.codings) {
            const bool untouched = coding.status == CodingStatus::proposed && hand_.labels.name(coding.coder) == "rules";
            if (!wanted[coding.coder] || coding.status == CodingStatus::rejected || untouched) continue;
            by_document_[coding.document].push_back(&coding);
            counted[coding.coder] = true;
        }
        for (std::uint32_t i = 0; i < counted.size(); ++i) {
            if (counted[i]) coders_.push_back(hand_.labels.name(i));
        }
        std::sort(coders_.begin(), coders_.end());
        if (coders_.empty()) {
            throw Error(ErrorKind::input, options_.codings, "holds no coding that could be the standard: rejected ones and those that rules propose do not count; give codings by people, or accept proposals with fangtan review");
        }
        used_.assign(hand_.documents.size(), false);
    }

    void add(const InputFile& file, Applier& applier) {
        std::vector<std::string> notes;
        Transcript transcript;
        try {
            ReadOptions read = corpus_.read;
            read.dialogue.participants = &corpus_.participants;
            transcript = reader::read(file, read, notes);
        } catch (const Error& error) {
            if (!options_.corpus.keep_going || error.kind() != ErrorKind::input) throw;
            set_aside((error.place() == file.path ? file.file : error.place()) + ": " + error.what());
            return;
        }
        for (const std::string& note : notes) messages_.note(note);
        const std::optional<std::uint32_t> number = hand_.document_ids.find(transcript.id);
        if (!number) {
            left_out_.push_back(transcript.id);
            return;
        }
        used_[*number] = true;
        const std::vector<analysis::CodedSpan> spans = spans_of(transcript, *number);
        applier.apply(transcript, sink_);
        evaluator_.add(transcript, spans, sink_.firings);
    }

    [[nodiscard]] std::vector<analysis::CodedSpan> spans_of(const Transcript& transcript, std::uint32_t number) const {
        const DocumentEntry& document = hand_.documents[number];
        if (!document.sha256.empty() && document.sha256 != transcript.sha256) {
            throw Error(ErrorKind::input, options_.codings, "has codings of another version of " + transcript.file + " (its SHA-256 differs); move them over with fangtan relocate");
        }
        std::vector<analysis::CodedSpan> spans;
        const CodePointIndex index(transcript.text);
        for (const CodingEntry* coding : by_document_[number]) {
            if (coding->end > index.size()) throw Error(ErrorKind::input, options_.codings, "has a coding behind the end of " + transcript.file);
            // The codes of the set are those of the codebook, in its order.
            spans.push_back({{index.to_byte(CharacterOffset{coding->start}), index.to_byte(CharacterOffset{coding->end})}, coding->code});
        }
        return spans;
    }

    void set_aside(const std::string& what) {
        messages_.warning("set aside: " + what);
        ++skipped_;
    }

    static std::string some_of(const std::vector<std::string>& names) {
        std::string list;
        for (std::size_t i = 0; i < names.size() && i < 5; ++i) list += (i == 0 ? "" : ", ") + names[i];
        return list + (names.size() > 5 ? " and " + std::to_string(names.size() - 5) + " more" : "");
    }

    // What nobody coded says nothing about rules: it is left out, and that must be seen.
    void report_documents() const {
        std::vector<std::string> missing;
        for (std::size_t i = 0; i < used_.size(); ++i) {
            if (!used_[i] && !by_document_[i].empty()) missing.push_back(hand_.documents[i].id);
        }
        if (left_out_.size() + skipped_ == corpus_.size() + corpus_.skipped.size()) {
            throw Error(ErrorKind::input, options_.codings, "knows none of these documents (it has " + some_of(missing) + "); document ids must be the same as when they were coded");
        }
        if (!left_out_.empty()) messages_.note("left out, because " + options_.codings + " does not know them: " + some_of(left_out_));
        if (!missing.empty()) messages_.warning(options_.codings + " has codings of documents that are not among the inputs: " + some_of(missing));
    }

    [[nodiscard]] Language language() const {
        if (options_.language) return *options_.language;
        return codebook_.language() == "zh-Hant" ? Language::zh_hant : codebook_.language() == "en" ? Language::english : Language::zh_hans;
    }

    [[nodiscard]] std::string rendered(const analysis::EvaluationReport& report, EvaluateFormat format) const {
        const auto excel = options_.output.excel ? table::ForSpreadsheet::yes : table::ForSpreadsheet::no;
        if (format == EvaluateFormat::json) return analysis::evaluation_json(report);
        if (format == EvaluateFormat::csv) return table::to_csv(analysis::evaluation_rows(report), excel);
        if (format == EvaluateFormat::tsv) return table::to_tsv(analysis::evaluation_rows(report), excel);
        std::string text;
        for (const Table& table : analysis::evaluation_tables(report)) {
            text += text.empty() ? "" : "\n";
            text += format == EvaluateFormat::markdown ? table::to_markdown(table) : table::to_text(table);
        }
        return text;
    }

    [[nodiscard]] int verdict(const std::vector<agreement::Metric>& metrics, const std::vector<Limit>& limits) const {
        bool good = skipped_ == 0;
        if (skipped_ > 0) messages_.warning("files set aside: " + std::to_string(skipped_));
        for (const Limit& limit : limits) {
            const auto metric = std::find_if(metrics.begin(), metrics.end(), [&](const agreement::Metric& other) { return other.name == limit.name; });
            const std::string wanted = limit.typed.substr(limit.name.size() + 1);
            if (!metric->value.defined()) {
                messages_.note(limit.name + " is undefined (" + std::string(agreement::reason_name(metric->value.reason())) + "), which is not " + wanted + " or more");
                good = false;
            } else if (metric->value.number() < limit.least) {
                char digits[32];
                const auto end = std::to_chars(digits, digits + sizeof digits, metric->value.number(), std::chars_format::general, 4).ptr;
                messages_.note(limit.name + " is " + std::string(digits, end) + ", below " + wanted);
                good = false;
            }
        }
        return good ? kDone : kAnswerIsNo;
    }

    const EvaluateOptions& options_;
    const Streams& streams_;
    Messages messages_;
    const Codebook& codebook_;
    const Corpus& corpus_;
    const CodingSet& hand_;
    analysis::SingleRules rules_;
    Application application_;
    analysis::Evaluator evaluator_;
    analysis::FiringSink sink_;
    std::vector<std::vector<const CodingEntry*>> by_document_;  // that are the standard
    std::vector<bool> used_;                                    // by document of hand_: its transcript was read
    std::vector<std::string> coders_;                           // of the standard
    std::vector<std::string> left_out_;
    std::size_t skipped_ = 0;
};

int evaluate(const EvaluateOptions& options, const Streams& streams) {
    std::vector<Limit> limits;
    for (const std::string& typed : options.limits) limits.push_back(limit_of(typed));
    if (options.passages == "-") throw Error(ErrorKind::usage, "--passages -", "is a file of its own; standard output is for the measures");
    if (!options.passages.empty() && options.output.to_file() && std::filesystem::absolute(options.passages).lexically_normal() == std::filesystem::absolute(options.output.path).lexically_normal()) {
        throw Error(ErrorKind::usage, "--passages " + options.passages, "is also the file of -o; name two files");
    }
    const std::vector<std::string> files = {options.codebook, options.codings, options.corpus.participants};
    for (const std::string& file : files) options.output.refuse(file);
    if (!options.passages.empty()) refuse_input("--passages", options.passages, files);
    const std::optional<Codebook> codebook = open_codebook(options.codebook, streams);
    if (!codebook) return kBadInput;
    CodingSet hand;
    hand.codes = code_entries(*codebook);
    for (const CodeEntry& code : hand.codes) hand.code_ids.number(code.id);
    if (!read_codings(options.codings, hand, streams)) return kBadInput;
    if (hand.codes.size() > codebook->codes().size()) {
        throw Error(ErrorKind::input, options.codings, "has the code " + hand.codes.back().id + ", which the codebook does not know; rename codes with fangtan recode");
    }
    const std::optional<Corpus> corpus = open_corpus(options.corpus, streams);
    if (!corpus) return kBadInput;
    return EvaluateRun(options, streams, *codebook, *corpus, hand).run(limits);
}

}  // namespace

Action setup_evaluate(CLI::App& app) {
    const auto options = std::make_shared<EvaluateOptions>();
    app.add_option("-b,--codebook", options->codebook, "The codebook (YAML, see fangtan-codebook(5))")->type_name("FILE")->required();
    app.add_option("--codings", options->codings, "The standard: codings of these interviews by people (JSON Lines, CSV or TSV)")->type_name("FILE")->required();
    app.add_option("--coder", options->coders, "Only codings by this coder are the standard; repeatable [all]")->type_name("NAME")->allow_extra_args(false);
    options->corpus.add_to(app, "The same interviews: files, folders (walked), - for standard input");
    add_choice<UnitKind>(app, "--unit", options->evaluation.unit,
                         {{"match", UnitKind::match}, {"clause", UnitKind::clause}, {"sentence", UnitKind::sentence},
                          {"turn", UnitKind::turn}, {"paragraph", UnitKind::paragraph}, {"document", UnitKind::document}},
                         "What is counted, and what a rule is evaluated in: match (counted by sentence), clause, sentence, turn, paragraph or document [sentence]", "UNIT");
    app.add_flag("--include-interviewer", options->evaluation.include_interviewer, "Count and code the interviewer's turns too");
    app.add_flag("--skip-marks", options->skip_marks, "Match as if marks of what is no speech, such as [停顿] and （笑）, did not stand in the text");
    app.add_flag("--by-rule", options->by_rule, "A row for each rule too: where it fires, how much of that is right, what only it reaches");
    app.add_option("--passages", options->passages, "Write the passages missed and the false alarms to a CSV file")->type_name("FILE");
    app.add_option("--min", options->limits, "End with status 1 if a measure is undefined or less: f1=0.8, macro_recall=0.7; repeatable")->type_name("LIMIT")->allow_extra_args(false);
    add_choice<Language>(app, "--lang", options->language, {{"zh-Hans", Language::zh_hans}, {"zh-Hant", Language::zh_hant}, {"en", Language::english}},
                         "Language of headings and notes: zh-Hans, zh-Hant, en [the codebook's]", "LANGUAGE");
    app.add_option("-f,--format", options->format, "text, markdown, csv, tsv or json [the ending of -o; text on a terminal, else csv]")->type_name("FORMAT");
    options->output.add_to(app);
    app.footer("Example: fangtan evaluate -b codebook.yaml --codings hand.jsonl interviews/ --by-rule --passages wrong.csv");
    return [options](const Streams& streams) {
        options->evaluation.keep_disputed = !options->passages.empty();
        return evaluate(*options, streams);
    };
}

}  // namespace fangtan::cli
