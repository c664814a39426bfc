// SPDX-License-Identifier: Apache-2.0
#include "fangtan/report/report_page.hpp"

#include "fangtan/report/palette.hpp"
#include "fangtan/report/report_assets.hpp"
#include "fangtan/report/report_parts.hpp"
#include "fangtan/text/html.hpp"

namespace fangtan::report {
namespace {

// The cells of a matrix: the same colours by day and by night, with ink that can be read on them.
std::string matrix_colors() {
    std::string css;
    constexpr int kSteps = 8;
    for (int i = 1; i <= kSteps; ++i) {
        const Color color = sequential_color(static_cast<double>(i) / kSteps);
        css += ".h" + std::to_string(i) + "{background:" + to_string(color) + ";color:" + to_string(ink_on(color)) + "}";
    }
    return css;
}

}  // namespace

std::string report_page(const CodingSet& set, const std::vector<Transcript>& transcripts, const ReportOptions& options) {
    const ReportWords& words = report_words(options.language);
    ReportContext context{set, transcripts, options, words, {}, {}, {}};
    prepare(context);
    const std::string title = !options.title.empty() ? options.title : set.codebook.empty() ? words.title : set.codebook + (options.language == Language::english ? ": " : "：") + words.title;
    const std::string style = std::string(kReportStyle) + matrix_colors() + code_colors(context);
    std::string page = "<!DOCTYPE html>\n<html lang=\"" + std::string(words.tag) + "\">\n<head>\n<meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'sha256-" +
                       base64_of_sha256(style) + "'; script-src 'sha256-" + base64_of_sha256(kReportScript) +
                       "'; img-src data:; base-uri 'none'; form-action 'none'\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"referrer\" content=\"no-referrer\">\n<link rel=\"icon\" href=\"data:,\">\n<title>";
    append_text(page, title);
    page += "</title>\n<style>" + style + "</style>\n</head>\n<body>\n<a class=\"skip\" href=\"#main\">" + words.skip + "</a>\n<header><h1>";
    append_text(page, title);
    page += "</h1></header>\n<nav><ul>";
    const std::pair<const char*, const char*> parts[] = {{"overview", words.overview},         {"frequencies", words.frequencies}, {"matrix", words.matrix},          {"cooccurrence", words.cooccurrence},
                                                         {"saturation", words.saturation}, {"agreement", words.agreement},     {"transcripts", words.transcripts}};
    for (const auto& [id, name] : parts) page += "<li><a href=\"#" + std::string(id) + "\">" + name + "</a></li>";
    page += "</ul></nav>\n<main id=\"main\">\n";
    append_overview(page, context);
    append_frequencies(page, context);
    append_matrix(page, context);
    append_cooccurrence(page, context);
    append_saturation(page, context);
    append_agreement(page, context);
    append_transcripts(page, context);
    page += "</main>\n<dialog id=\"passages\" aria-labelledby=\"passages-title\"><header><h2 id=\"passages-title\"></h2><span id=\"passages-count\" class=\"quiet\"></span><button type=\"button\" id=\"passages-close\">" +
            std::string(words.close) + "</button></header><ol id=\"passages-list\"></ol></dialog>\n<footer><p>" + words.made;
    for (const auto& [name, value] : options.facts) page += " · " + escaped_text(name) + " " + escaped_text(value);
    page += "</p></footer>\n<script type=\"application/json\" id=\"data\">" + report_data(context) + "</script>\n<script>";
    page += kReportScript;
    page += "</script>\n</body>\n</html>\n";
    return page;
}

}  // namespace fangtan::report
