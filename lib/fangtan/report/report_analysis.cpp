// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <set>

#include "fangtan/analysis/agreement_results.hpp"
#include "fangtan/analysis/agreement_table.hpp"
#include "fangtan/analysis/agreement_units.hpp"
#include "fangtan/analysis/cooccurrence.hpp"
#include "fangtan/report/report_parts.hpp"
#include "fangtan/report/report_pictures.hpp"
#include "fangtan/table/render.hpp"

namespace fangtan::report {
namespace {

PictureOptions picture(const ReportContext& context, const char* title, const char* prefix) {
    PictureOptions options;
    options.title = title;
    options.language = context.words.tag;
    options.embedded = true;
    options.id_prefix = prefix;
    options.width = kPictureWidth;
    return options;
}

// The pairs that occur together most often, as a table.
void append_pairs(std::string& page, const ReportContext& context, const analysis::CooccurrenceTable& result) {
    constexpr std::size_t kListed = 20;
    std::vector<const analysis::CooccurrencePair*> pairs;
    for (const analysis::CooccurrencePair& pair : result.pairs) {
        if (pair.count > 0) pairs.push_back(&pair);
    }
    std::stable_sort(pairs.begin(), pairs.end(), [](const auto* a, const auto* b) { return a->count > b->count; });
    const auto name = [&](std::uint32_t index) { return escaped_text(context.set.codes[result.codes[index].code].name); };
    page += "<details><summary>" + std::string(context.words.table_of) + "</summary><div class=\"wide\"><table class=\"ruled\"><thead><tr><th scope=\"col\">" + context.words.first_code +
            "</th><th scope=\"col\">" + context.words.second_code + "</th><th scope=\"col\" class=\"number\">" + context.words.together + "</th></tr></thead><tbody>\n";
    for (std::size_t i = 0; i < std::min(kListed, pairs.size()); ++i) {
        page += "<tr><td>" + name(pairs[i]->first) + "</td><td>" + name(pairs[i]->second) + "</td><td class=\"number\">" + std::to_string(pairs[i]->count) + "</td></tr>\n";
    }
    page += "</tbody></table></div>";
    if (pairs.size() > kListed) page += "<p class=\"quiet\">" + filled(context.words.more_pairs, {{"n", std::to_string(pairs.size() - kListed)}}) + "</p>";
    page += "</details>\n";
}

// What people compare: without proposals nobody decided about, once somebody decided at all.
CodingSet compared_codings(const CodingSet& set) {
    CodingSet copy = set;
    const std::vector<bool> compared = analysis::settle_coders(copy);
    std::size_t kept = 0;
    for (std::size_t i = 0; i < copy.codings.size(); ++i) {
        if (compared[i]) copy.codings[kept++] = copy.codings[i];
    }
    copy.codings.resize(kept);
    return copy;
}

}  // namespace

void append_cooccurrence(std::string& page, const ReportContext& context) {
    const ReportWords& words = context.words;
    analysis::CooccurrenceSpec spec;
    spec.level = context.options.level;
    spec.language = context.options.language;
    const analysis::CooccurrenceTable result = analysis::cooccurrence(context.set, context.transcripts, spec);
    page += "<section id=\"cooccurrence\"><h2>" + std::string(words.cooccurrence) + "</h2>\n";
    const bool any = std::any_of(result.pairs.begin(), result.pairs.end(), [](const auto& pair) { return pair.count > 0; });
    if (!any) {
        page += "<p>" + std::string(words.none_together) + "</p></section>\n";
        return;
    }
    PictureOptions options = picture(context, words.cooccurrence, "net-");
    options.value_label = words.together;
    page += "<p class=\"quiet\">" + std::string(words.cooccurrence_help) + "</p>\n<figure>" + code_network(context.set, result, options).svg + "</figure>\n";
    append_pairs(page, context, result);
    page += "</section>\n";
}

void append_saturation(std::string& page, const ReportContext& context) {
    const ReportWords& words = context.words;
    page += "<section id=\"saturation\"><h2>" + std::string(words.saturation) + "</h2>\n";
    if (!context.set.documents.empty()) {
        analysis::SaturationStudySpec spec;
        spec.level = context.options.level;
        spec.seed = context.options.seed;
        const analysis::SaturationStudy study = analysis::saturation_study(context.set, spec);
        using Verdict = analysis::SaturationStudy::Verdict;
        const Verdict verdict = study.verdict();
        const char* blank = context.options.language == Language::english ? " " : "";
        const std::string said = verdict == Verdict::saturated ? "" : blank + std::string(verdict == Verdict::not_saturated ? words.not_saturated : words.too_few);
        page += "<p class=\"quiet\">" + std::string(words.saturation_help) + said + "</p>\n<figure>" +
                saturation_picture(study, context.options.language, picture(context, words.saturation, "sat-")).svg + "</figure>\n";
    }
    page += "</section>\n";
}

void append_agreement(std::string& page, const ReportContext& context) {
    const ReportWords& words = context.words;
    const CodingSet set = compared_codings(context.set);
    const std::vector<std::string> coders = analysis::coders_of(set);
    page += "<section id=\"agreement\"><h2>" + std::string(words.agreement) + "</h2>\n";
    const bool all_texts = std::all_of(context.transcript_of.begin(), context.transcript_of.end(), [](const Transcript* transcript) { return transcript != nullptr; });
    if (coders.size() < 2 || !all_texts) {
        page += "<p>" + std::string(coders.size() < 2 ? words.only_one_coder : words.no_text) + "</p></section>\n";
        return;
    }
    constexpr analysis::AgreementUnit kUnit = analysis::AgreementUnit::sentence;
    std::vector<analysis::AgreementDocument> documents;
    for (const Transcript* transcript : context.transcript_of) documents.push_back(analysis::agreement_document(*transcript, kUnit, false));
    const analysis::CodedUnits units = analysis::coded_units(set, std::move(documents), {kUnit, coders, false});
    const analysis::AgreementRequest request;
    const analysis::AgreementResult result = analysis::agreement_of_codings(units, set, kUnit, request);
    analysis::AgreementReport report;
    report.now = &result;
    report.language = context.options.language;
    report.drawing = request.drawing;
    page += "<p class=\"quiet\">" + std::string(words.agreement_help) + "</p>\n";
    const std::vector<Table> tables = analysis::agreement_tables(report);
    for (std::size_t i = 0; i < tables.size(); ++i) {
        if (i == 1) page += "<details><summary>" + std::string(words.table_of) + "</summary>\n";
        page += "<div class=\"wide\">";
        table::append_html_table(page, tables[i]);
        page += "</div>\n";
    }
    page += tables.size() > 1 ? "</details></section>\n" : "</section>\n";
}

}  // namespace fangtan::report
