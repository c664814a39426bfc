// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <memory>

#include "../command.hpp"
#include "../options/choice.hpp"
#include "../options/coded_corpus.hpp"
#include "../options/output_options.hpp"
#include "../options/refuse_inputs.hpp"
#include "fangtan/analysis/quotation_render.hpp"
#include "fangtan/text/diagnostic_text.hpp"

namespace fangtan::cli {
namespace {

using analysis::QuotationFormat;
using analysis::QuotationOrder;

struct QuotesOptions {
    CodedCorpusOptions corpus;
    OutputOptions output;
    std::vector<std::string> codes;
    std::string query;
    std::string by;
    analysis::QuotationSpec spec;
    std::size_t top = 0;  // 0: all
    std::optional<std::string> source;
    std::optional<Language> language;
    bool memos = false;
    std::string format;
};

const std::map<std::string, QuotationFormat>& formats() {
    static const std::map<std::string, QuotationFormat> names = {{"text", QuotationFormat::text}, {"txt", QuotationFormat::text},   {"markdown", QuotationFormat::markdown},
                                                                 {"md", QuotationFormat::markdown}, {"csv", QuotationFormat::csv},   {"tsv", QuotationFormat::tsv},
                                                                 {"jsonl", QuotationFormat::jsonl}, {"html", QuotationFormat::html}, {"docx", QuotationFormat::docx}};
    return names;
}

Language language_of(const std::string& name) { return name == "en" ? Language::english : name == "zh-Hant" ? Language::zh_hant : Language::zh_hans; }

class QuotesRun {
 public:
    QuotesRun(const QuotesOptions& options, const Streams& streams) : options_(options), streams_(streams), messages_(streams) {}

    int run() {
        const QuotationFormat format = options_.output.format(options_.format, formats(), QuotationFormat::text, QuotationFormat::csv, streams_);
        if (format == QuotationFormat::docx && !options_.output.to_file() && streams_.out_is_terminal) {
            throw Error(ErrorKind::usage, "-f docx", "is no text for a terminal; name a file with -o");
        }
        refuse_inputs(options_.output, options_.corpus);
        Output out = options_.output.open(streams_);  // now, so that a folder that cannot be written is found before the work
        const std::optional<CodedCorpus> corpus = open_coded_corpus(options_.corpus, streams_);
        if (!corpus) return kBadInput;
        const ParticipantTable people = everybody(*corpus);
        const analysis::QuotationInput input{corpus->set, corpus->set.texts, corpus->set.memos, people, corpus->transcripts};
        analysis::QuotationSpec spec = options_.spec;
        spec.codes = analysis::codes_called(options_.codes, corpus->set.codes);
        spec.by = chosen_groups(input);
        if (options_.top > 0) spec.top = options_.top;
        analysis::QuotationStyle style{format, options_.language.value_or(language_of(corpus->codebook ? corpus->codebook->language() : corpus->set.language)), {}, options_.memos,
                                       options_.output.excel};
        style.source = options_.source.value_or(analysis::SourceFormat::usual(style.language));
        (void)analysis::SourceFormat(style.source, analysis::known_attributes(input), "--source");  // a fault there is told before the work
        std::optional<analysis::Retrieval> retrieval;
        std::optional<analysis::SpanRetriever> retriever;
        if (!options_.query.empty()) {
            retrieval = open_query(corpus->set, people);
            if (!retrieval) return kBadUsage;
            retriever.emplace(*retrieval);
        }
        const analysis::Quotations quotations = analysis::quotations(input, spec, retriever ? &*retriever : nullptr);
        out.write(analysis::render(input, quotations, style));
        out.commit();
        if (retriever) note_fields(*retrieval, *retriever);
        if (quotations.all.empty()) messages_.note("there is no such passage");
        if (corpus->skipped > 0) messages_.warning("files set aside: " + std::to_string(corpus->skipped) + "; their passages are missing");
        return quotations.all.empty() || corpus->skipped > 0 ? kAnswerIsNo : kDone;
    }

 private:
    // The table of participants, and whom only the codings know.
    static ParticipantTable everybody(const CodedCorpus& corpus) {
        ParticipantTable people = corpus.participants;
        for (const Participant& participant : corpus.set.participants) {
            if (people.find(participant.id) == nullptr) people.add(participant);
        }
        return people;
    }

    [[nodiscard]] std::string chosen_groups(const analysis::QuotationInput& input) const {
        if (options_.by.empty()) return options_.query.empty() ? "code" : "";
        if (options_.by == "none") return "";
        std::vector<std::string> known = {"code", "participant", "group", "role", "document", "none"};
        for (const std::string& attribute : analysis::known_attributes(input)) known.push_back(attribute);
        if (std::find(known.begin(), known.end(), options_.by) != known.end()) return options_.by;
        std::string names;
        for (const std::string& name : known) names += (names.empty() ? "" : ", ") + name;
        const std::string near = nearest(options_.by, known);
        throw Error(ErrorKind::usage, "--by " + options_.by, "no participant has this attribute; known are " + names + (near.empty() ? "" : "; did you mean " + near + "?"));
    }

    [[nodiscard]] std::optional<analysis::Retrieval> open_query(const CodingSet& set, const ParticipantTable& people) const {
        Diagnostics diagnostics;
        const CodingSet counted = analysis::with_status(set, options_.spec.status);
        std::optional<analysis::Retrieval> retrieval = analysis::Retrieval::open(
            options_.query, "--query", {options_.corpus.unit.unit, options_.corpus.unit.include_interviewer}, people, &counted, diagnostics);
        messages_.diagnostics(diagnostics);
        return retrieval;
    }

    void note_fields(const analysis::Retrieval& retrieval, const analysis::SpanRetriever& retriever) const {
        for (std::size_t field = 0; field < retrieval.fields().size(); ++field) {
            if (retriever.fitted()[field]) continue;
            const Field& entry = retrieval.fields()[field];
            const char* nothing = entry.name == "code" ? "no code of the codings" : entry.name == "document" ? "no document" : "nobody who is heard";
            messages_.note("the field " + entry.name + ":" + entry.value + " fits " + nothing);
        }
    }

    const QuotesOptions& options_;
    const Streams& streams_;
    Messages messages_;
};

}  // namespace

Action setup_quotes(CLI::App& app) {
    const auto options = std::make_shared<QuotesOptions>();
    options->corpus.keep_texts = true;
    analysis::QuotationSpec& spec = options->spec;
    app.add_option("--code", options->codes, "Passages of this code and those below it: name, id or path; may be given again [all codes]")->type_name("NAME")->allow_extra_args(false);
    app.add_option("--query", options->query, "Passages that a query stands for (fangtan-query(7)): code:A AND code:B is the text they share")->type_name("QUERY");
    app.add_option("--by", options->by, "Groups: code, participant, group, role, document, an attribute of participants.csv, or none [code; none with --query]")->type_name("WHAT");
    add_choice<UnitKind>(app, "--whole", spec.whole, {{"sentence", UnitKind::sentence}, {"turn", UnitKind::turn}}, "Widen each passage to whole sentences or turns", "UNIT");
    app.add_option("--context", spec.context, "Characters of the turn before and after the passage [0]")->type_name("N")->check(CLI::Range(0, 10'000));
    add_choice<QuotationOrder>(app, "--sort", spec.order,
                               {{"document", QuotationOrder::document}, {"longest", QuotationOrder::longest}, {"shortest", QuotationOrder::shortest}, {"typical", QuotationOrder::typical}},
                               "Order in a group: document, longest, shortest or typical (most like the others first) [document]", "ORDER");
    app.add_option("-n,--top", options->top, "The first N passages of each group only")->type_name("N")->check(CLI::Range(1, 1'000'000'000));
    app.add_option("--min-length", spec.minimum_length, "Leave out passages shorter than N characters")->type_name("N")->check(CLI::Range(0, 1'000'000'000));
    add_choice<StatusChoice>(app, "--status", spec.status, {{"proposed", StatusChoice::proposed}, {"accepted", StatusChoice::accepted}, {"all", StatusChoice::all}},
                             "Only proposed or accepted codings, or all, the rejected too [all but the rejected]", "STATUS");
    app.add_option("--source", options->source, "How the source is written: {participant} {role} {group} {document} {turn} {start} {end} {ATTRIBUTE} [（{participant}，{role}）]")
        ->type_name("FORMAT");
    app.add_flag("--memos", options->memos, "Print the memos of the codings too (rows have them always)");
    add_choice<Language>(app, "--lang", options->language, {{"zh-Hans", Language::zh_hans}, {"zh-Hant", Language::zh_hant}, {"en", Language::english}},
                         "Language of headings, sources and quotation marks: zh-Hans, zh-Hant, en [the codebook's]", "LANGUAGE");
    app.add_option("-f,--format", options->format, "text, markdown, csv, tsv, jsonl, html or docx [the ending of -o; text on a terminal, else csv]")->type_name("FORMAT");
    options->output.add_to(app);
    options->corpus.add_to(app);
    app.footer("Example: fangtan quotes codings.jsonl interviews/ --code 合作服务 --by group --whole sentence -o 引文.docx");
    return [options](const Streams& streams) { return QuotesRun(*options, streams).run(); };
}

}  // namespace fangtan::cli
