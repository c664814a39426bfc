// SPDX-License-Identifier: Apache-2.0
#include <memory>

#include "../command.hpp"
#include "../options/choice.hpp"
#include "../options/coded_corpus.hpp"
#include "../options/corpus_options.hpp"
#include "../options/output_options.hpp"
#include "fangtan/analysis/rule_use.hpp"
#include "fangtan/base/file.hpp"
#include "fangtan/codebook/outline.hpp"
#include "fangtan/coding/examples.hpp"
#include "fangtan/text/code_point_index.hpp"
#include "fangtan/text/diagnostic_text.hpp"

namespace fangtan::cli {
namespace {

std::string counted(std::size_t number, const char* what) { return std::to_string(number) + " " + what + (number == 1 ? "" : "s"); }

enum class CodebookFormat { text, markdown, yaml, json, csv };

struct CodebookOptions {
    std::string file;
    std::string format;
    OutputOptions output;
    bool strict = false;
    CorpusOptions corpus;  // inputs are those of --corpus
    std::string codings;
    UnitKind unit = UnitKind::sentence;
};

std::string rendered(const Codebook& codebook, CodebookFormat format) {
    switch (format) {
        case CodebookFormat::text: return codebook::outline(codebook);
        case CodebookFormat::markdown: return codebook::to_markdown(codebook);
        case CodebookFormat::yaml: return codebook::to_yaml(codebook);
        case CodebookFormat::json: return codebook::to_json(codebook);
        case CodebookFormat::csv: break;
    }
    return codebook::to_csv(codebook);
}

int write_as(const CodebookOptions& options, CodebookFormat format, const Streams& streams) {
    const std::optional<Codebook> codebook = open_codebook(options.file, streams);
    if (!codebook) return kBadInput;
    Output out = options.output.open(streams);
    out.write(rendered(*codebook, format));
    out.commit();
    return kDone;
}

int show(const CodebookOptions& options, const Streams& streams) {
    const std::map<std::string, CodebookFormat> formats = {{"text", CodebookFormat::text}, {"markdown", CodebookFormat::markdown}, {"md", CodebookFormat::markdown}};
    return write_as(options, options.output.format(options.format, formats, CodebookFormat::text, CodebookFormat::text, streams), streams);
}

int convert(const CodebookOptions& options, const Streams& streams) {
    const std::map<std::string, CodebookFormat> formats = {{"yaml", CodebookFormat::yaml}, {"yml", CodebookFormat::yaml},         {"json", CodebookFormat::json},
                                                           {"csv", CodebookFormat::csv},   {"markdown", CodebookFormat::markdown}, {"md", CodebookFormat::markdown}};
    return write_as(options, options.output.format(options.format, formats, CodebookFormat::yaml, CodebookFormat::yaml, streams), streams);
}

std::string line_of(const std::string& text, Position position) {
    std::size_t at = 0;
    for (std::uint32_t line = 1; line < position.line && at != std::string::npos; ++line) at = text.find('\n', at) + 1;
    return std::string(line_in(text, at));
}

// Faults of examples as diagnostics: they have a place in the file like any other.
void add_faults(const Codebook& codebook, const coding::ExampleReport& report, const std::string& file, const std::string& text, Diagnostics& diagnostics) {
    const auto line_at = [&](Position position) { return line_of(text, position); };
    for (const coding::ExampleReport::Fault& fault : report.faults) {
        const Code& code = codebook.code(fault.code);
        const Written& example = fault.counterexample ? code.counterexamples[fault.index] : code.examples[fault.index];
        const std::string message = fault.counterexample
                                        ? "this counterexample of " + code.name + " is coded by its rule " + std::to_string(fault.rule) + "; narrow the rule (EXCEPT, NOT, NEAR)"
                                        : "this example of " + code.name + " is not coded; no rule of the code fires";
        diagnostics.error(file, example.position, message, line_at(example.position));
    }
    for (const coding::ExampleReport::IdleRule& idle : report.idle_rules) {
        const Code& code = codebook.code(idle.code);
        if (code.examples.empty()) continue;
        const Written& rule = code.rules[idle.rule - 1].source;
        diagnostics.warning(file, rule.position, "rule " + std::to_string(idle.rule) + " of " + code.name + " fires on no example; add one that shows it", line_at(rule.position));
    }
}

// What the rules do in real interviews, as warnings at the rules and names of codes. False if the interviews cannot be had.
bool add_rule_use(const Codebook& codebook, const CodebookOptions& options, const std::string& text, const Streams& streams, Diagnostics& diagnostics) {
    const std::optional<Corpus> corpus = open_corpus(options.corpus, streams);
    if (!corpus) return false;
    const analysis::SingleRules rules(codebook);
    const Application application(rules.codebook(), {options.unit, false, false}, corpus->participants);
    Applier applier(application);
    analysis::RuleUse use(codebook, rules);
    analysis::FiringSink sink;
    for (std::size_t i = 0; i < corpus->size(); ++i) {
        std::vector<std::string> notes;
        ReadOptions read = corpus->read;
        read.dialogue.participants = &corpus->participants;
        const Transcript transcript = reader::read(corpus->file(i), read, notes);
        for (const std::string& note : notes) Messages(streams).note(note);
        applier.apply(transcript, sink);
        use.add(sink.firings);
    }
    const auto warn = [&](Position position, const std::string& message) { diagnostics.warning(options.file, position, message, line_of(text, position)); };
    const auto source = [&](const analysis::RuleName& name) -> const Written& { return codebook.codes()[name.code].rules[name.rule - 1].source; };
    const std::string documents = counted(corpus->size(), "document");
    const analysis::RuleUseReport report = use.report();
    for (const std::uint32_t number : report.idle_codes) {
        const Code& code = codebook.codes()[number];
        warn(code.position, "no rule of " + code.name + " (" + counted(code.rules.size(), "rule") + ") fires anywhere in the corpus of " + documents + "; widen one, or ask whether the code is needed");
    }
    for (const analysis::RuleName& name : report.idle_rules) {
        warn(source(name).position, "rule " + std::to_string(name.rule) + " of " + codebook.codes()[name.code].name + " never fires in the corpus of " + documents + "; remove it, or widen it");
    }
    for (const analysis::RuleUseReport::Twins& twins : report.twins) {
        const analysis::RuleName& first = twins.rules.front();
        for (std::size_t i = 1; i < twins.rules.size(); ++i) {
            const analysis::RuleName& name = twins.rules[i];
            warn(source(name).position, "rule " + std::to_string(name.rule) + " of " + codebook.codes()[name.code].name + " fires in the same " + counted(twins.units, "unit") + " of the corpus as rule " + std::to_string(first.rule) + " of " +
                                            codebook.codes()[first.code].name + " (line " + std::to_string(source(first).position.line) + "), and in no other; " +
                                            (name.code == first.code ? "one of them is enough" : "the two codes cannot be told apart by them"));
        }
    }
    return true;
}

// Codes that nobody used, neither themselves nor one below them. False if the codings cannot be read.
bool add_unused_codes(const Codebook& codebook, const CodebookOptions& options, const std::string& text, const Streams& streams, Diagnostics& diagnostics) {
    CodingSet set;
    set.codes = code_entries(codebook);
    for (const CodeEntry& code : set.codes) set.code_ids.number(code.id);
    if (!read_codings(options.codings, set, streams)) return false;
    std::vector<bool> used(set.codes.size(), false);
    for (const CodingEntry& coding : set.codings) {
        const bool untouched = coding.status == CodingStatus::proposed && set.labels.name(coding.coder) == "rules";
        used[coding.code] = used[coding.code] || (coding.status != CodingStatus::rejected && !untouched);
    }
    // Parents come before their children.
    for (std::size_t i = codebook.codes().size(); i-- > 0;) {
        const std::optional<CodeId> parent = codebook.codes()[i].parent;
        if (used[i] && parent) used[static_cast<std::size_t>(*parent)] = true;
    }
    for (std::size_t i = 0; i < codebook.codes().size(); ++i) {
        const Code& code = codebook.codes()[i];
        if (!used[i]) diagnostics.warning(options.file, code.position, "nobody used " + code.name + " in " + options.codings + "; remove it, or see whether coders know it", line_of(text, code.position));
    }
    return true;
}

int check(const CodebookOptions& options, const Streams& streams) {
    const Messages messages(streams);
    const std::string text = read_file(options.file);
    Diagnostics diagnostics;
    const std::optional<Codebook> codebook = codebook::load(text, options.file, diagnostics);
    coding::ExampleReport report;
    if (codebook) {
        report = coding::run_examples(*codebook, UnitKind::sentence);
        add_faults(*codebook, report, options.file, text, diagnostics);
        if (!options.corpus.inputs.empty() && !add_rule_use(*codebook, options, text, streams, diagnostics)) return kBadInput;
        if (!options.codings.empty() && !add_unused_codes(*codebook, options, text, streams, diagnostics)) return kBadInput;
        diagnostics.sort();
    }
    messages.diagnostics(diagnostics);
    const bool good = !diagnostics.has_errors() && !(options.strict && diagnostics.warnings() > 0);
    Output out = options.output.open(streams);
    std::string summary = options.file + ": ";
    if (codebook) {
        summary += std::to_string(codebook->codes().size()) + " codes, " + std::to_string(report.rules) + " rules, " + std::to_string(report.examples) + " examples, " +
                   std::to_string(report.counterexamples) + " counterexamples: ";
    }
    summary += good && diagnostics.warnings() == 0 ? "no faults" : counted(diagnostics.errors(), "error") + ", " + counted(diagnostics.warnings(), "warning");
    out.write(summary + "\n");
    out.commit();
    return good ? kDone : kAnswerIsNo;
}

}  // namespace

Action setup_codebook(CLI::App& app) {
    const auto options = std::make_shared<CodebookOptions>();
    app.require_subcommand(1);
    CLI::App* check_app = app.add_subcommand("check", "Read a codebook strictly and run its examples and counterexamples");
    CLI::App* show_app = app.add_subcommand("show", "Print the tree of codes, or all of the codebook as Markdown");
    CLI::App* convert_app = app.add_subcommand("convert", "Write a codebook as YAML, JSON, CSV or Markdown");
    CLI::App* suggest_app = app.add_subcommand("suggest", "Words that are typical of coded units and that no rule looks for yet");
    suggest_app->set_help_flag("-h,--help", "Show this help and end");
    const Action suggest = setup_codebook_suggest(*suggest_app);
    for (CLI::App* sub : {check_app, show_app, convert_app}) {
        sub->set_help_flag("-h,--help", "Show this help and end");
        sub->add_option("FILE", options->file, "The codebook (YAML, see fangtan-codebook(5))")->required();
    }
    check_app->add_flag("--strict", options->strict, "Warnings count as faults");
    check_app->add_option("--corpus", options->corpus.inputs, "Interviews to try the rules on (files, folders): which never fire, which always fire together; repeatable")->type_name("PATH")->allow_extra_args(false);
    check_app->add_option("--codings", options->codings, "Codings by people (JSON Lines, CSV or TSV): which codes nobody used")->type_name("FILE");
    add_choice<UnitKind>(*check_app, "--unit", options->unit,
                         {{"match", UnitKind::match}, {"clause", UnitKind::clause}, {"sentence", UnitKind::sentence},
                          {"turn", UnitKind::turn}, {"paragraph", UnitKind::paragraph}, {"document", UnitKind::document}},
                         "What rules are evaluated in on the corpus, for codes that name no unit: match, clause, sentence, turn, paragraph or document [sentence]", "UNIT");
    show_app->add_option("-f,--format", options->format, "text or markdown [text]")->type_name("FORMAT");
    convert_app->add_option("-f,--format", options->format, "yaml, json, csv or markdown [the ending of -o, else yaml]")->type_name("FORMAT");
    for (CLI::App* sub : {show_app, convert_app}) {
        sub->add_option("-o,--output", options->output.path, "Write to FILE, whole or not at all [standard output]")->type_name("FILE");
    }
    return [options, check_app, show_app, suggest_app, suggest](const Streams& streams) {
        if (suggest_app->parsed()) return suggest(streams);
        if (check_app->parsed()) return check(*options, streams);
        return show_app->parsed() ? show(*options, streams) : convert(*options, streams);
    };
}

}  // namespace fangtan::cli
