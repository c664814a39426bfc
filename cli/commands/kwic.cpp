// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <memory>

#include "../command.hpp"
#include "../options/choice.hpp"
#include "../options/coded_corpus.hpp"
#include "../options/corpus_options.hpp"
#include "../options/dimension.hpp"
#include "../options/output_options.hpp"
#include "fangtan/analysis/concordance_render.hpp"
#include "fangtan/base/file.hpp"
#include "fangtan/coding/read.hpp"
#include "fangtan/coding/run.hpp"
#include "fangtan/text/diagnostic_text.hpp"

namespace fangtan::cli {
namespace {

using analysis::ConcordanceFormat;
using analysis::ConcordanceOrder;

struct KwicOptions {
    std::string query;
    CorpusOptions corpus;
    UnitOptions unit;  // its codebook has no option here
    OutputOptions output;
    analysis::ConcordanceSpec spec;
    std::string format;
    std::string codings;
    bool count = false;
    std::size_t top = 0;  // 0: all
};

const std::map<std::string, ConcordanceFormat>& formats() {
    static const std::map<std::string, ConcordanceFormat> names = {{"text", ConcordanceFormat::text}, {"txt", ConcordanceFormat::text}, {"csv", ConcordanceFormat::csv},
                                                                   {"tsv", ConcordanceFormat::tsv},   {"jsonl", ConcordanceFormat::jsonl}, {"html", ConcordanceFormat::html}};
    return names;
}

class KwicRun {
 public:
    KwicRun(const KwicOptions& options, const Streams& streams) : options_(options), streams_(streams), messages_(streams) {}

    int run() {
        const ConcordanceFormat format = options_.output.format(options_.format, formats(), ConcordanceFormat::text, ConcordanceFormat::text, streams_);
        if (options_.count && options_.top > 0) throw Error(ErrorKind::usage, "--top", "stands against --count, which lists nothing; give one of them");
        options_.output.refuse(options_.codings);
        options_.output.refuse(options_.corpus.participants);
        std::optional<CodingSet> codings;
        if (!options_.codings.empty()) {
            codings.emplace();
            if (!read_codings(options_.codings, *codings, streams_)) return kBadInput;
        }
        const std::optional<Corpus> corpus = open_corpus(options_.corpus, streams_);
        if (!corpus) return kBadInput;
        for (const InputFile& file : corpus->inputs.files) options_.output.refuse(file.path);
        check_dimension(corpus->participants);
        Diagnostics diagnostics;
        const auto retrieval = analysis::Retrieval::open(options_.query, "QUERY", {options_.unit.unit, options_.unit.include_interviewer}, corpus->participants,
                                                         codings ? &*codings : nullptr, diagnostics);
        messages_.diagnostics(diagnostics);
        if (!retrieval) return kBadUsage;
        if (codings) note_strange_codings(*codings, *corpus);
        codings.reset();
        Output out = options_.output.open(streams_);  // now, so that a folder that cannot be written is found before the work
        std::vector<analysis::ConcordanceDocument> documents = search(*retrieval, *corpus);
        const analysis::Concordance concordance = analysis::arrange(std::move(documents), options_.spec, options_.top > 0 ? options_.top : SIZE_MAX);
        const bool bold = streams_.color && streams_.out_is_terminal && !options_.output.to_file();
        const analysis::ConcordanceStyle style{format, options_.query, options_.output.excel, bold};
        out.write(options_.count ? analysis::render_counts(concordance, style) : analysis::render(concordance, style));
        out.commit();
        return report(concordance, *retrieval);
    }

 private:
    void check_dimension(const ParticipantTable& participants) const {
        std::vector<std::string> known = {"speaker", "participant", "group", "role", "document"};
        for (const std::string& attribute : analysis::attributes_of(participants)) known.push_back(attribute);
        cli::check_dimension(options_.spec.by, known);
    }

    // Codings of other interviews would make every code: false without a word.
    void note_strange_codings(const CodingSet& codings, const Corpus& corpus) const {
        for (std::size_t i = 0; i < corpus.size(); ++i) {
            if (codings.document_ids.find(corpus.file(i).id)) return;
        }
        messages_.note(options_.codings + " knows none of these documents; document ids must be the same as when they were coded");
    }

    // In the order of the corpus; a document that was set aside is empty.
    std::vector<analysis::ConcordanceDocument> search(const analysis::Retrieval& retrieval, const Corpus& corpus) {
        struct Outcome {
            std::vector<std::string> notes;
            std::string skipped_because;
        };
        std::vector<Outcome> outcomes(corpus.size());
        std::vector<analysis::ConcordanceDocument> documents(corpus.size());
        const unsigned threads = options_.unit.thread_count(corpus.size());
        std::vector<analysis::Retriever> retrievers;
        for (unsigned i = 0; i < threads; ++i) retrievers.emplace_back(retrieval);
        for (const std::string& file : corpus.skipped) set_aside(file + ": this format cannot be read");
        Progress progress(streams_, corpus.size());
        coding::run_in_order(
            corpus.size(), threads,
            [&](unsigned worker, std::size_t i, coding::OrderedSlot&) {
                Transcript transcript;
                try {
                    ReadOptions read = corpus.read;
                    read.dialogue.participants = &corpus.participants;
                    transcript = reader::read(corpus.file(i), read, outcomes[i].notes);
                } catch (const Error& error) {
                    if (!options_.corpus.keep_going || error.kind() != ErrorKind::input) throw;
                    const InputFile& file = corpus.file(i);
                    outcomes[i].skipped_because = (error.place() == file.path ? file.file : error.place()) + ": " + error.what();
                    return;
                }
                documents[i] = analysis::concordance_of(transcript, retrievers[worker], corpus.participants, options_.spec);
            },
            [&](std::size_t i) {
                progress.show(i);
                for (const std::string& note : outcomes[i].notes) messages_.note(note);
                if (!outcomes[i].skipped_because.empty()) set_aside(outcomes[i].skipped_because);
                outcomes[i] = {};
                return std::string();
            },
            [](std::string_view) {});
        fitted_.assign(retrieval.fields().size(), false);
        for (const analysis::Retriever& retriever : retrievers) {
            for (std::size_t field = 0; field < fitted_.size(); ++field) fitted_[field] = fitted_[field] || retriever.fitted()[field];
        }
        return documents;
    }

    void set_aside(const std::string& what) {
        messages_.warning("set aside: " + what);
        ++skipped_;
    }

    int report(const analysis::Concordance& concordance, const analysis::Retrieval& retrieval) const {
        for (std::size_t field = 0; field < fitted_.size(); ++field) {
            if (fitted_[field]) continue;
            const Field& entry = retrieval.fields()[field];
            const char* nothing = entry.name == "code" ? "no code of the codings" : entry.name == "document" ? "no document" : "nobody who is heard";
            messages_.note("the field " + entry.name + ":" + entry.value + " fits " + nothing);
        }
        const std::uint64_t hits = concordance.counts.hits;
        if (hits == 0) messages_.note("nothing matches");
        if (!options_.count && concordance.shown < hits) messages_.note("the first " + std::to_string(concordance.shown) + " of " + std::to_string(hits) + " hits are listed");
        if (skipped_ > 0) messages_.warning("files set aside: " + std::to_string(skipped_) + "; the hits lack them");
        return hits == 0 || skipped_ > 0 ? kAnswerIsNo : kDone;
    }

    const KwicOptions& options_;
    const Streams& streams_;
    Messages messages_;
    std::vector<bool> fitted_;  // by field of the query
    std::size_t skipped_ = 0;
};

}  // namespace

Action setup_kwic(CLI::App& app) {
    const auto options = std::make_shared<KwicOptions>();
    app.add_option("QUERY", options->query, "What to look for (fangtan-query(7)), fields too: speaker:P1 AND 报警")->required();
    options->corpus.add_to(app, "Interviews: files, folders (walked), - for standard input");
    app.add_option("--context", options->spec.context, "Characters on either side of the hit [20]")->type_name("N")->check(CLI::Range(0, 10'000));
    add_choice<ConcordanceOrder>(app, "--sort", options->spec.order,
                                 {{"left", ConcordanceOrder::left}, {"right", ConcordanceOrder::right}, {"hit", ConcordanceOrder::hit}, {"document", ConcordanceOrder::document}},
                                 "Order of the lines: left, right (by what stands there, from the hit on), hit or document [document]", "ORDER");
    app.add_option("--by", options->spec.by, "Lines in groups: by speaker, participant, group, role, document or an attribute of participants.csv")->type_name("WHAT");
    add_choice<UnitKind>(app, "--unit", options->unit.unit,
                         {{"clause", UnitKind::clause}, {"sentence", UnitKind::sentence}, {"turn", UnitKind::turn}, {"paragraph", UnitKind::paragraph}, {"document", UnitKind::document}},
                         "What the query is evaluated in: clause, sentence, turn, paragraph or document [sentence]", "UNIT");
    app.add_flag("--include-interviewer", options->unit.include_interviewer, "Search the interviewer's turns too");
    app.add_option("--codings", options->codings, "Codings of these interviews (JSON Lines, CSV or TSV), for the field code:")->type_name("FILE");
    app.add_flag("--count", options->count, "Print the numbers only: hits, units, documents, participants");
    app.add_option("-n,--top", options->top, "List the first N lines only")->type_name("N")->check(CLI::Range(1, 1'000'000'000));
    app.add_option("-j,--threads", options->unit.threads, "Number of threads [one for each processor]; the result is the same")->type_name("N")->check(CLI::Range(1, 256));
    app.add_option("-f,--format", options->format, "text, csv, tsv, jsonl or html [the ending of -o; else text]")->type_name("FORMAT");
    options->output.add_to(app);
    app.footer("Example: fangtan kwic '报警 NEAR/8 噪音' interviews/ --sort right");
    return [options](const Streams& streams) { return KwicRun(*options, streams).run(); };
}

}  // namespace fangtan::cli
