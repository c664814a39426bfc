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
#include "fangtan/analysis/saturation_report.hpp"
#include "fangtan/base/error.hpp"
#include "fangtan/base/file.hpp"
#include "fangtan/text/decode.hpp"

namespace fangtan::cli {
namespace {

struct SaturateOptions {
    CodedCorpusOptions corpus;
    OutputOptions output;
    analysis::SaturationStudySpec spec;
    std::string order;     // file
    std::string hold_out;  // as typed
    std::string format;
    std::optional<Language> language;
    unsigned level = 0;
    bool sentence = false;
};

class SaturateRun {
 public:
    SaturateRun(SaturateOptions options, const Streams& streams) : options_(std::move(options)), streams_(streams), messages_(streams) {}

    int run() {
        complete_specification();
        options_.output.refuse(options_.order);
        refuse_inputs(options_.output, options_.corpus);
        const TableFormat format = chosen_table_format(options_.format, options_.output, streams_);
        Output out = options_.output.open(streams_);  // now, so that a folder that cannot be written is found before the work
        const std::optional<CodedCorpus> corpus = open_coded_corpus(options_.corpus, streams_);
        if (!corpus || !read_order(corpus->set)) return kBadInput;
        const analysis::SaturationStudy study = analysis::saturation_study(corpus->set, options_.spec);
        const Language language = chosen_language(options_.language, *corpus);
        write(study, corpus->set, language, format, out);
        if (corpus->skipped > 0) messages_.warning("files set aside: " + std::to_string(corpus->skipped) + "; the interviews lack them");
        if (study.cumulative.empty() || study.cumulative.back() == 0) messages_.note("no coding was counted");
        const bool saturated = study.verdict() == analysis::SaturationStudy::Verdict::saturated && study.held_out_new.empty();
        return saturated && corpus->skipped == 0 ? kDone : kAnswerIsNo;
    }

 private:
    void complete_specification() {
        analysis::SaturationStudySpec& spec = options_.spec;
        if (options_.level > 0) spec.level = options_.level;
        if (options_.sentence && !options_.format.empty()) throw Error(ErrorKind::usage, "--sentence", "is plain text and stands against -f; give one of them");
        if (options_.hold_out.empty()) return;
        spec.hold_out_third = options_.hold_out == "third";
        if (spec.hold_out_third) return;
        const std::string& typed = options_.hold_out;
        if (typed.size() > 9 || typed.find_first_not_of("0123456789") != std::string::npos || typed.find_first_not_of('0') == std::string::npos) {
            throw Error(ErrorKind::usage, "--hold-out " + typed, "expected a number of interviews, at least 1, or third");
        }
        spec.hold_out = std::stoul(typed);
    }

    [[nodiscard]] bool read_order(const CodingSet& set) {
        if (options_.order.empty()) return true;
        if (options_.order == "date") return read_dates(set);
        Diagnostics diagnostics;
        const DecodedText decoded = decode(read_file(options_.order), options_.order);
        note_decoding(decoded, options_.order, streams_);
        auto order = analysis::read_interview_order(decoded.text, options_.order, analysis::interview_ids(set, options_.spec.unit), diagnostics);
        messages_.diagnostics(diagnostics);
        if (!order) return false;
        options_.spec.order = std::move(*order);
        return true;
    }

    [[nodiscard]] bool read_dates(const CodingSet& set) {
        std::vector<std::string> undated;
        options_.spec.order = analysis::interview_ids_by_date(set, options_.spec.unit, undated);
        if (undated.empty()) return true;
        std::string names;
        for (const std::string& id : undated) names += (names.empty() ? "" : ", ") + id;
        throw Error(ErrorKind::input, "--order date", "these interviews do not say when they were held: " + names + "; write a line 日期：2024-03-12 at their head, or give the order in a file");
    }

    void write(const analysis::SaturationStudy& study, const CodingSet& set, Language language, TableFormat format, Output& out) const {
        // Names of codes make rows too wide to read, but are what a program looks for.
        const bool listed = format == TableFormat::csv || format == TableFormat::tsv || format == TableFormat::xlsx;
        if (options_.sentence) {
            out.write(analysis::saturation_sentence(study, set, language) + "\n");
        } else if (format == TableFormat::json) {
            out.write(analysis::saturation_json(study, set, language));
        } else {
            const Table table = analysis::saturation_table(study, set, language, listed ? analysis::NewCodeNames::listed : analysis::NewCodeNames::left_out);
            out.write(rendered(table, format, options_.output.excel, provenance(set.codebook, options_.corpus.corpus.inputs)));
        }
        out.commit();
    }

    SaturateOptions options_;
    const Streams& streams_;
    Messages messages_;
};

}  // namespace

Action setup_saturate(CLI::App& app) {
    const auto options = std::make_shared<SaturateOptions>();
    analysis::SaturationStudySpec& spec = options->spec;
    add_choice<analysis::InterviewUnit>(app, "--by", spec.unit, {{"document", analysis::InterviewUnit::document}, {"participant", analysis::InterviewUnit::participant}},
                                        "What an interview is: document or participant [document]", "WHAT");
    app.add_option("--order", options->order, "The interviews in their order, one id a line; or date, by the dates they bear [by their names, P2 before P10]")->type_name("FILE");
    app.add_option("--base", spec.base, "Interviews whose codes are the base [4]")->check(CLI::Range(1, 1'000'000))->type_name("N");
    app.add_option("--run", spec.runs, "Interviews of a run, separated by commas; the first decides [2,3]")->delimiter(',')->allow_extra_args(false)->check(CLI::Range(1, 1'000'000))->type_name("LIST");
    app.add_option("--threshold", spec.threshold, "Saturated at this share of new codes or less [0.05]")->check(CLI::Range(0.0, 1.0))->type_name("SHARE");
    app.add_option("--s-times", spec.s_times, "S must be at least 0.95 so many times in a row [3]")->check(CLI::Range(1, 1'000'000))->type_name("N");
    app.add_option("--orders", spec.orders, "Random orders for median and band; 0 for none [100]")->check(CLI::Range(0, 1'000'000))->type_name("N");
    app.add_option("--seed", spec.seed, "Seed of the random orders [1]")->check(CLI::Range(std::int64_t{0}, INT64_MAX))->type_name("N");
    app.add_option("--hold-out", options->hold_out, "Hold back the last N interviews as a check, or third")->type_name("N");
    app.add_option("--level", options->level, "Roll deeper codes up to level N of the tree")->check(CLI::Range(1, 64))->type_name("N");
    add_choice<StatusChoice>(app, "--status", spec.status, {{"proposed", StatusChoice::proposed}, {"accepted", StatusChoice::accepted}, {"all", StatusChoice::all}},
                             "Count only proposed or accepted codings, or all, the rejected too [all but the rejected]", "STATUS");
    app.add_flag("--sentence", options->sentence, "Print only the statement for the methods section");
    add_language(app, options->language);
    app.add_option("-f,--format", options->format, kTableFormats)->type_name("FORMAT");
    options->output.add_to(app);
    options->corpus.add_to(app);
    app.footer("Example: fangtan saturate codings.jsonl --order order.txt --hold-out 2 -f text");
    return [options](const Streams& streams) { return SaturateRun(*options, streams).run(); };
}

}  // namespace fangtan::cli
