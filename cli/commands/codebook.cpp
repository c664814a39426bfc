// SPDX-License-Identifier: Apache-2.0
#include <memory>

#include "../command.hpp"
#include "../options/corpus_options.hpp"
#include "../options/output_options.hpp"
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

// Faults of examples as diagnostics: they have a place in the file like any other.
void add_faults(const Codebook& codebook, const coding::ExampleReport& report, const std::string& file, const std::string& text, Diagnostics& diagnostics) {
    const CodePointIndex index(text);
    const auto line_at = [&](Position position) {
        std::size_t at = 0;
        for (std::uint32_t line = 1; line < position.line && at != std::string::npos; ++line) at = text.find('\n', at) + 1;
        return std::string(line_in(text, at));
    };
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

int check(const CodebookOptions& options, const Streams& streams) {
    const Messages messages(streams);
    const std::string text = read_file(options.file);
    Diagnostics diagnostics;
    const std::optional<Codebook> codebook = codebook::load(text, options.file, diagnostics);
    coding::ExampleReport report;
    if (codebook) {
        report = coding::run_examples(*codebook, UnitKind::sentence);
        add_faults(*codebook, report, options.file, text, diagnostics);
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
