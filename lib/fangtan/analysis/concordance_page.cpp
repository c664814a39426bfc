// SPDX-License-Identifier: Apache-2.0
#include "fangtan/analysis/concordance_page.hpp"

#include "fangtan/text/html.hpp"
#include "fangtan/text/utf8.hpp"

namespace fangtan::analysis {
namespace {

constexpr std::string_view kStyle = R"(
:root { color-scheme: light dark; }
body { margin: 1.5rem; font: 1rem/1.6 "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", sans-serif; color: #1a1a1a; background: #ffffff; }
h1 { font-size: 1.2rem; }
table { border-collapse: collapse; width: 100%; }
th, td { padding: .15rem .5rem; text-align: left; vertical-align: baseline; border-bottom: 1px solid #d5d5d5; }
td.number, th.number { text-align: right; }
td.left { text-align: right; }
td.place, td.who { white-space: nowrap; color: #555555; }
th.group { padding-top: 1rem; }
mark { padding: 0 .1em; color: inherit; background: #ffe08a; }
@media (prefers-color-scheme: dark) {
  body { color: #e6e6e6; background: #161616; }
  th, td { border-color: #3c3c3c; }
  td.place, td.who { color: #a5a5a5; }
  mark { background: #6b5200; }
}
@media print {
  body { margin: 0; color: #000000; background: #ffffff; font-size: 10pt; }
  thead { display: table-header-group; }
  tr { break-inside: avoid; }
  mark { background: none; font-weight: bold; }
}
)";

void append_escaped(std::string& page, std::string_view text) { append_escaped_html(page, in_one_line(text)); }

void append_cell(std::string& page, std::string_view kind, std::string_view text) {
    page += "<td class=\"";
    page += kind;
    page += "\">";
    append_escaped(page, text);
    page += "</td>";
}

std::string beginning(const ConcordanceStyle& style) {
    std::string page = "<!DOCTYPE html>\n<html lang=\"zh\">\n<head>\n<meta charset=\"utf-8\">\n";
    page += "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'sha256-" + base64_of_sha256(kStyle) + "'; base-uri 'none'; form-action 'none'\">\n";
    page += "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>";
    append_escaped(page, style.query);
    page += " – fangtan kwic</title>\n<style>";
    page += kStyle;
    page += "</style>\n</head>\n<body>\n<h1>";
    append_escaped(page, style.query);
    return page + "</h1>\n";
}

std::string sentence(const Concordance& concordance) {
    const ConcordanceCounts& counts = concordance.counts;
    std::string text = "<p>" + std::to_string(counts.hits) + " 处，" + std::to_string(counts.units) + " 个分析单元，" + std::to_string(counts.documents) + " 份材料，" +
                       std::to_string(counts.participants) + " 位受访者";
    if (concordance.shown < counts.hits) text += "；列出前 " + std::to_string(concordance.shown) + " 处";
    return text + "。</p>\n";
}

std::string shown_name(const ConcordanceGroup& group) { return group.name.empty() ? "（未注明）" : group.name; }

void append_line(std::string& page, const ConcordanceLine& line, const ConcordanceDocument& document) {
    const ConcordanceSpeaker& speaker = document.speakers[line.speaker];
    page += "<tr>";
    append_cell(page, "place", document.id + ":" + std::to_string(line.turn));
    append_cell(page, "who", speaker.participant.empty() ? speaker.label : speaker.participant);
    append_cell(page, "who", speaker.group);
    append_cell(page, "left", (line.left_goes_on ? "…" : "") + line.left);
    page += "<td class=\"hit\"><mark>";
    append_escaped(page, line.hit);
    page += "</mark></td>";
    append_cell(page, "right", line.right + (line.right_goes_on ? "…" : ""));
    page += "</tr>\n";
}

}  // namespace

std::string in_one_line(std::string_view text) {
    std::string line(text);
    for (char& c : line) {
        if (c == '\n' || c == '\r') c = ' ';
    }
    return utf8::escaped(line);
}

std::string page_of(const Concordance& concordance, const ConcordanceStyle& style) {
    std::string page = beginning(style) + sentence(concordance);
    page += "<table>\n<thead><tr><th scope=\"col\">位置</th><th scope=\"col\">说话人</th><th scope=\"col\">组别</th><th scope=\"col\">上文</th>"
            "<th scope=\"col\">命中</th><th scope=\"col\">下文</th></tr></thead>\n";
    for (const ConcordanceGroup& group : concordance.groups) {
        if (group.lines.empty()) continue;
        page += "<tbody>\n";
        if (!concordance.spec.by.empty()) {
            page += "<tr><th class=\"group\" scope=\"rowgroup\" colspan=\"6\">";
            append_escaped(page, shown_name(group));
            page += "（" + std::to_string(group.counts.hits) + "）</th></tr>\n";
        }
        for (const ConcordanceLine* line : group.lines) append_line(page, *line, concordance.documents[line->document]);
        page += "</tbody>\n";
    }
    return page + "</table>\n</body>\n</html>\n";
}

std::string counts_page_of(const Concordance& concordance, const ConcordanceStyle& style) {
    std::string page = beginning(style) + "<table>\n<thead><tr>";
    const bool grouped = !concordance.spec.by.empty();
    if (grouped) {
        page += "<th scope=\"col\">";
        append_escaped(page, concordance.spec.by);
        page += "</th>";
    }
    for (const char* name : {"命中", "分析单元", "材料", "受访者"}) page += "<th class=\"number\" scope=\"col\">" + std::string(name) + "</th>";
    page += "</tr></thead>\n<tbody>\n";
    const auto row = [&](const std::string& name, const ConcordanceCounts& counts) {
        page += "<tr>";
        if (grouped) append_cell(page, "name", name);
        for (const std::uint64_t number : {counts.hits, counts.units, counts.documents, counts.participants}) append_cell(page, "number", std::to_string(number));
        page += "</tr>\n";
    };
    if (grouped) {
        for (const ConcordanceGroup& group : concordance.groups) row(shown_name(group), group.counts);
    }
    row("合计", concordance.counts);
    return page + "</tbody>\n</table>\n</body>\n</html>\n";
}

}  // namespace fangtan::analysis
