// SPDX-License-Identifier: Apache-2.0
//
// Quotations as a page and as a Word document.
#include "fangtan/analysis/quotation_render.hpp"
#include "fangtan/table/word_document.hpp"
#include "fangtan/text/html.hpp"

namespace fangtan::analysis {
namespace {

constexpr std::string_view kStyle = R"(
:root { color-scheme: light dark; }
body { max-width: 44rem; margin: 1.5rem auto; padding: 0 1rem; font: 1rem/1.7 "Noto Serif CJK SC", "Songti SC", SimSun, serif; color: #1a1a1a; background: #ffffff; }
h1 { font-size: 1.4rem; }
h2 { margin-top: 2rem; font-size: 1.1rem; }
blockquote, p { white-space: pre-wrap; overflow-wrap: anywhere; }
blockquote { margin: .4rem 0 .4rem 2em; }
p.context, p.note { margin: .2rem 0; font-size: .9rem; color: #595959; }
@media (prefers-color-scheme: dark) {
  body { color: #e6e6e6; background: #161616; }
  p.context, p.note { color: #a5a5a5; }
}
@media print {
  body { max-width: none; margin: 0; color: #000000; background: #ffffff; }
  blockquote { break-inside: avoid; }
}
)";

void append_paragraph(std::string& page, std::string_view kind, std::string_view text) {
    page += "<p class=\"";
    page += kind;
    page += "\">";
    append_escaped_html(page, text);
    page += "</p>\n";
}

}  // namespace

std::string quotation_page(const PrintedQuotations& printed, Language language) {
    std::string page = "<!DOCTYPE html>\n<html lang=\"" + std::string(tag_of(language)) + "\">\n<head>\n<meta charset=\"utf-8\">\n";
    page += "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'sha256-" + base64_of_sha256(kStyle) + "'; base-uri 'none'; form-action 'none'\">\n";
    page += "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>";
    append_escaped_html(page, printed.title);
    page += "</title>\n<style>";
    page += kStyle;
    page += "</style>\n</head>\n<body>\n<h1>";
    append_escaped_html(page, printed.title);
    page += "</h1>\n";
    append_paragraph(page, "note", printed.sentence);
    for (const PrintedGroup& group : printed.groups) {
        page += "<section>\n";
        if (!group.heading.empty()) {
            page += "<h2>";
            append_escaped_html(page, group.heading);
            page += "</h2>\n";
        }
        for (const PrintedQuotation& quotation : group.quotations) {
            if (!quotation.before.empty()) append_paragraph(page, "context", quotation.before);
            page += "<blockquote>";
            append_escaped_html(page, quotation.text);
            page += "</blockquote>\n";
            if (!quotation.after.empty()) append_paragraph(page, "context", quotation.after);
            if (!quotation.codes.empty()) append_paragraph(page, "note", quotation.codes);
            for (const std::string& memo : quotation.memos) append_paragraph(page, "note", printed.memo + memo);
        }
        page += "</section>\n";
    }
    return page + "</body>\n</html>\n";
}

std::string quotation_document(const PrintedQuotations& printed, Language language) {
    WordDocument document(printed.title, tag_of(language));
    document.paragraph(printed.sentence, ParagraphStyle::note);
    for (const PrintedGroup& group : printed.groups) {
        if (!group.heading.empty()) document.heading(group.heading, 2);
        for (const PrintedQuotation& quotation : group.quotations) {
            if (!quotation.before.empty()) document.paragraph(quotation.before, ParagraphStyle::note);
            document.paragraph(quotation.text, ParagraphStyle::quotation);
            if (!quotation.after.empty()) document.paragraph(quotation.after, ParagraphStyle::note);
            if (!quotation.codes.empty()) document.paragraph(quotation.codes, ParagraphStyle::note);
            for (const std::string& memo : quotation.memos) document.paragraph(printed.memo + memo, ParagraphStyle::note);
        }
    }
    return document.bytes();
}

}  // namespace fangtan::analysis
