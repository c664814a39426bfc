// SPDX-License-Identifier: Apache-2.0
#include <memory>

#include "../command.hpp"
#include "../options/choice.hpp"
#include "../options/coded_corpus.hpp"
#include "../options/language.hpp"
#include "../options/output_options.hpp"
#include "../options/refuse_inputs.hpp"
#include "../options/table_output.hpp"
#include "fangtan/report/report_page.hpp"

namespace fangtan::cli {
namespace {

struct ReportCommandOptions {
    CodedCorpusOptions corpus;
    OutputOptions output;
    std::string title;
    std::optional<Language> language;
    unsigned level = 0;
};

int run(const ReportCommandOptions& options, const Streams& streams) {
    const Messages messages(streams);
    if (!options.output.to_file() && streams.out_is_terminal) throw Error(ErrorKind::usage, "report", "a page is not for the terminal; name a file with -o report.html");
    options.output.require_ending("html");
    refuse_inputs(options.output, options.corpus);
    Output out = options.output.open(streams);  // now, so that a folder that cannot be written is found before the work
    const std::optional<CodedCorpus> corpus = open_coded_corpus(options.corpus, streams);
    if (!corpus) return kBadInput;
    report::ReportOptions report;
    report.title = options.title;
    report.language = chosen_language(options.language, *corpus);
    if (options.level > 0) report.level = options.level;
    report.facts = provenance(corpus->set.codebook, options.corpus.corpus.inputs);
    out.write(report::report_page(corpus->set, corpus->transcripts, report));
    out.commit();
    const bool nothing = corpus->set.codings.empty();
    if (nothing) messages.note("there are no codings");
    if (corpus->skipped > 0) messages.warning("files set aside: " + std::to_string(corpus->skipped) + "; the report lacks them");
    return nothing || corpus->skipped > 0 ? kAnswerIsNo : kDone;
}

}  // namespace

Action setup_report(CLI::App& app) {
    const auto options = std::make_shared<ReportCommandOptions>();
    options->corpus.keep_texts = true;
    app.add_option("--title", options->title, "Title of the page [from the codebook]")->type_name("TEXT");
    app.add_option("--level", options->level, "Roll deeper codes up to level N of the tree, in the pictures and the matrix")->check(CLI::Range(1, 64))->type_name("N");
    add_language(app, options->language);
    options->output.add_to(app);
    app.remove_option(app.get_option("--excel"));
    options->corpus.add_to(app);
    app.footer("Example: fangtan report codings.jsonl interviews/ -o report.html");
    return [options](const Streams& streams) { return run(*options, streams); };
}

}  // namespace fangtan::cli
