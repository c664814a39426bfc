// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <memory>

#include "../command.hpp"
#include "../options/choice.hpp"
#include "../options/coded_corpus.hpp"
#include "../options/language.hpp"
#include "../options/output_options.hpp"
#include "../options/refuse_inputs.hpp"
#include "../options/table_output.hpp"
#include "fangtan/analysis/comparison.hpp"
#include "fangtan/base/error.hpp"
#include "fangtan/table/rounding.hpp"

namespace fangtan::cli {
namespace {

struct CompareOptions {
    CodedCorpusOptions corpus;
    OutputOptions output;
    analysis::ComparisonSpec spec;
    std::string by;
    std::vector<std::string> groups;
    std::string format;
    std::optional<Language> language;
    unsigned level = 0;
    int decimals = 1;
};

class CompareRun {
 public:
    CompareRun(CompareOptions options, const Streams& streams) : options_(std::move(options)), streams_(streams), messages_(streams) {}

    int run() {
        complete_specification();
        refuse_inputs(options_.output, options_.corpus);
        const TableFormat format = chosen_table_format(options_.format, options_.output, streams_);
        Output out = options_.output.open(streams_);  // now, so that a folder that cannot be written is found before the work
        const std::optional<CodedCorpus> corpus = open_coded_corpus(options_.corpus, streams_);
        if (!corpus) return kBadInput;
        const analysis::Comparison comparison = analysis::compare(corpus->set, options_.spec);
        const Language language = chosen_language(options_.language, *corpus);
        const Table table = analysis::comparison_table(comparison, corpus->set, language, options_.decimals);
        out.write(rendered(table, format, options_.output.excel, provenance(corpus->set.codebook, options_.corpus.corpus.inputs)));
        out.commit();
        if (corpus->skipped > 0) messages_.warning("files set aside: " + std::to_string(corpus->skipped) + "; the counts lack them");
        const bool nothing = std::none_of(comparison.codes.begin(), comparison.codes.end(), [](const analysis::ComparedCode& code) { return code.counts[0] + code.counts[1] > 0; });
        if (nothing) messages_.note(comparison.spec.minimum > 1 ? "no code has that many" : "no coding was counted");
        return corpus->skipped > 0 || nothing ? kAnswerIsNo : kDone;
    }

 private:
    void complete_specification() {
        analysis::ComparisonSpec& spec = options_.spec;
        if (options_.level > 0) spec.level = options_.level;
        if (!options_.by.empty()) spec.by = options_.by;
        const bool documents = !spec.documents[0].empty();
        if (documents && (!options_.by.empty() || !options_.groups.empty())) {
            throw Error(ErrorKind::usage, options_.by.empty() ? "--groups" : "--by " + options_.by, "chooses people, --documents-first and --documents-second documents; give one of them");
        }
        if (options_.groups.empty()) return;
        if (options_.groups.size() != 2 || options_.groups[0].empty() || options_.groups[1].empty()) {
            throw Error(ErrorKind::usage, "--groups", "takes two values, separated by a comma, as in --groups P,S");
        }
        spec.groups = {options_.groups[0], options_.groups[1]};
    }

    CompareOptions options_;
    const Streams& streams_;
    Messages messages_;
};

}  // namespace

Action setup_compare(CLI::App& app) {
    using analysis::ComparisonOrder;
    const auto options = std::make_shared<CompareOptions>();
    analysis::ComparisonSpec& spec = options->spec;
    app.add_option("--by", options->by, "Compare people by group, role, participant or an attribute of participants.csv [group]")->type_name("WHAT");
    app.add_option("--groups", options->groups, "The two values to compare [the only two there are]")->delimiter(',')->allow_extra_args(false)->type_name("LIST");
    CLI::Option* first = app.add_option("--documents-first", spec.documents[0], "Compare documents: ids of the first side, * for anything")->type_name("PATTERN");
    CLI::Option* second = app.add_option("--documents-second", spec.documents[1], "Ids of the second side")->type_name("PATTERN");
    first->needs(second);
    second->needs(first);
    add_choice<CountKind>(app, "--count", spec.count,
                          {{"references", CountKind::references}, {"documents", CountKind::documents}, {"participants", CountKind::participants}, {"characters", CountKind::characters}},
                          "references, documents, participants or characters [references]", "WHAT");
    app.add_option("--confidence", spec.confidence, "Of the interval of the difference [0.95]")->check(CLI::Range(0.5, 0.9999))->type_name("SHARE");
    app.add_option("--level", options->level, "Roll deeper codes up to level N of the tree, each segment once")->check(CLI::Range(1, 64))->type_name("N");
    app.add_option("--min", spec.minimum, "Leave out codes with less than N in both groups together [1]")->check(CLI::Range(0, 1'000'000'000))->type_name("N");
    add_choice<ComparisonOrder>(app, "--sort", spec.order,
                                {{"difference", ComparisonOrder::difference}, {"g2", ComparisonOrder::g2}, {"codebook", ComparisonOrder::codebook}},
                                "difference or g2 (the largest first), or codebook [difference]", "ORDER");
    app.add_option("--decimals", options->decimals, "Decimals of percentages and differences [1]")->check(CLI::Range(0, kDecimalsMaximum))->type_name("N");
    add_choice<StatusChoice>(app, "--status", spec.status, {{"proposed", StatusChoice::proposed}, {"accepted", StatusChoice::accepted}, {"all", StatusChoice::all}},
                             "Count only proposed or accepted codings, or all, the rejected too [all but the rejected]", "STATUS");
    add_language(app, options->language);
    app.add_option("-f,--format", options->format, kTableFormats)->type_name("FORMAT");
    options->output.add_to(app);
    options->corpus.add_to(app);
    app.footer("Example: fangtan compare codings.jsonl --by group --groups P,S -f text");
    return [options](const Streams& streams) { return CompareRun(*options, streams).run(); };
}

}  // namespace fangtan::cli
