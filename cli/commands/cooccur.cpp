// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <memory>
#include <variant>

#include "../command.hpp"
#include "../options/choice.hpp"
#include "../options/coded_corpus.hpp"
#include "../options/language.hpp"
#include "../options/output_options.hpp"
#include "../options/refuse_inputs.hpp"
#include "../options/table_output.hpp"
#include "fangtan/analysis/cooccurrence.hpp"

namespace fangtan::cli {
namespace {

using analysis::CooccurrenceMeasure;
using analysis::CooccurrenceUnit;

// Beside the formats of tables.
enum class GraphFormat { edges, graphml };
using CooccurFormat = std::variant<TableFormat, GraphFormat>;

struct CooccurOptions {
    CodedCorpusOptions corpus;
    OutputOptions output;
    analysis::CooccurrenceSpec spec;
    unsigned level = 0;
    bool pairs = false;
    std::optional<std::uint64_t> minimum;
    std::optional<Language> language;
    std::string format;
};

const std::map<std::string, CooccurFormat>& formats() {
    static const std::map<std::string, CooccurFormat> names = [] {
        std::map<std::string, CooccurFormat> all = {{"edges", GraphFormat::edges}, {"graphml", GraphFormat::graphml}};
        for (const auto& [name, format] : table_formats()) all.emplace(name, format);
        return all;
    }();
    return names;
}

class CooccurRun {
 public:
    CooccurRun(const CooccurOptions& options, const Streams& streams) : options_(options), streams_(streams), messages_(streams) {}

    int run() {
        const CooccurFormat format = options_.output.format(options_.format, formats(), CooccurFormat(TableFormat::text), CooccurFormat(TableFormat::csv), streams_);
        const GraphFormat* graph_format = std::get_if<GraphFormat>(&format);
        refuse_terminal(format == CooccurFormat(TableFormat::xlsx) || format == CooccurFormat(TableFormat::docx), options_.output, streams_);
        const bool graph = graph_format != nullptr;
        if (options_.pairs && graph) throw Error(ErrorKind::usage, "--pairs", "is a table; edges and graphml list pairs anyway, leave it out");
        refuse_inputs(options_.output, options_.corpus);
        Output out = options_.output.open(streams_);  // now, so that a folder that cannot be written is found before the work
        const std::optional<CodedCorpus> corpus = open_coded_corpus(options_.corpus, streams_);
        if (!corpus) return kBadInput;
        analysis::CooccurrenceSpec spec = options_.spec;
        if (options_.level > 0) spec.level = options_.level;
        spec.include_interviewer = options_.corpus.unit.include_interviewer;
        spec.minimum = options_.minimum.value_or(options_.pairs ? 1 : 0);
        spec.language = chosen_language(options_.language, *corpus);
        const analysis::CooccurrenceTable result = analysis::cooccurrence(corpus->set, corpus->transcripts, spec);
        if (graph) {
            out.write(*graph_format == GraphFormat::edges ? analysis::cooccurrence_edges(corpus->set, result, options_.output.excel) : analysis::cooccurrence_graph(corpus->set, result));
        } else {
            const Table table = options_.pairs ? analysis::cooccurrence_pairs(corpus->set, result) : analysis::cooccurrence_matrix(corpus->set, result);
            out.write(rendered(table, std::get<TableFormat>(format), options_.output.excel, provenance(corpus->set.codebook, options_.corpus.corpus.inputs)));
        }
        out.commit();
        return report(result, corpus->skipped, graph);
    }

 private:
    // What rows and edges cannot say of themselves.
    int report(const analysis::CooccurrenceTable& result, std::size_t skipped, bool graph) const {
        std::size_t undefined = 0;
        bool together = false;
        for (const analysis::CooccurrencePair& pair : result.pairs) {
            together = together || pair.count > 0;
            if (graph && pair.count > 0 && pair.count >= result.spec.minimum && !analysis::weight_of(pair, result.spec.measure).defined()) ++undefined;
        }
        if (undefined > 0) messages_.warning("pairs of which the measure is undefined, left out: " + std::to_string(undefined));
        if (result.without_unit > 0) messages_.note("codings that lie in no such unit and are not counted: " + std::to_string(result.without_unit));
        if (!together) messages_.note("no two codes occur together");
        if (skipped > 0) messages_.warning("files set aside: " + std::to_string(skipped) + "; the counts lack them");
        return !together || skipped > 0 ? kAnswerIsNo : kDone;
    }

    const CooccurOptions& options_;
    const Streams& streams_;
    Messages messages_;
};

}  // namespace

Action setup_cooccur(CLI::App& app) {
    const auto options = std::make_shared<CooccurOptions>();
    options->corpus.keep_texts = true;  // sentences and turns need the interviews
    analysis::CooccurrenceSpec& spec = options->spec;
    add_choice<CooccurrenceUnit>(app, "--within", spec.within,
                                 {{"segment", CooccurrenceUnit::segment}, {"sentence", CooccurrenceUnit::sentence}, {"turn", CooccurrenceUnit::turn},
                                  {"document", CooccurrenceUnit::document}, {"participant", CooccurrenceUnit::participant}},
                                 "Where two codes must meet: segment (their segments overlap), sentence, turn, document or participant [segment]", "UNIT");
    add_choice<CooccurrenceMeasure>(app, "--measure", spec.measure,
                                    {{"count", CooccurrenceMeasure::count}, {"jaccard", CooccurrenceMeasure::jaccard}, {"c", CooccurrenceMeasure::c_coefficient},
                                     {"dice", CooccurrenceMeasure::dice}, {"ochiai", CooccurrenceMeasure::ochiai}, {"phi", CooccurrenceMeasure::phi}, {"lift", CooccurrenceMeasure::lift}},
                                    "Of the matrix, the weight of edges, and what --pairs are ordered by: count, jaccard, c, dice, ochiai, phi or lift [count]", "MEASURE");
    app.add_flag("--pairs", options->pairs, "List every pair with all measures instead of a matrix, the highest --measure first");
    app.add_option("--min", options->minimum, "Leave out pairs with a smaller count [1 with --pairs and for edges, else 0]")->type_name("N")->check(CLI::Range(0, 1'000'000'000));
    app.add_option("--level", options->level, "Roll deeper codes up to level N of the tree")->check(CLI::Range(1, 64))->type_name("N");
    add_language(app, options->language);
    app.add_option("-f,--format", options->format,
                   "text, markdown, csv, tsv, json, html, latex, xlsx, docx; edges (CSV for Gephi) or graphml, for network programs [the ending of -o; text on a terminal, else csv]")
        ->type_name("FORMAT");
    options->output.add_to(app);
    options->corpus.add_to(app);
    app.footer("Example: fangtan cooccur codings.jsonl --within participant --level 1 -f graphml -o codes.graphml");
    return [options](const Streams& streams) { return CooccurRun(*options, streams).run(); };
}

}  // namespace fangtan::cli
