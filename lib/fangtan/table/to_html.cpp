// SPDX-License-Identifier: Apache-2.0
#include "fangtan/table/grid.hpp"
#include "fangtan/table/render.hpp"
#include "fangtan/text/html.hpp"

namespace fangtan::table {
namespace {

constexpr std::string_view kStyle = R"(
:root { color-scheme: light dark; }
body { margin: 1.5rem; font: 1rem/1.5 "Times New Roman", SimSun, "Noto Serif CJK SC", serif; color: #1a1a1a; background: #ffffff; }
table { margin: 0 auto; border-collapse: collapse; border-top: 1.5pt solid; border-bottom: 1.5pt solid; }
caption { padding-bottom: .4rem; font-weight: bold; }
thead { border-bottom: .75pt solid; }
th, td { padding: .15rem .8rem; font-weight: normal; text-align: left; vertical-align: middle; }
td, th.number { text-align: right; }
.notes { width: fit-content; margin: .4rem auto 0; font-size: .85rem; }
.notes p { margin: 0; }
@media (prefers-color-scheme: dark) { body { color: #e6e6e6; background: #161616; } }
@media print {
  body { margin: 0; color: #000000; background: #ffffff; font-size: 10.5pt; }
  thead { display: table-header-group; }
  tr { break-inside: avoid; }
}
)";

void append_heading(std::string& page, const Grid& grid) {
    page += "<thead>\n<tr>";
    for (std::size_t i = 0; i < grid.lines[0].size(); ++i) {
        page += i < grid.path_columns ? "<th scope=\"col\">" : "<th class=\"number\" scope=\"col\">";
        append_escaped_html(page, grid.lines[0][i].text);
        page += "</th>";
    }
    page += "</tr>\n</thead>\n";
}

void append_line(std::string& page, const Grid& grid, const std::vector<GridCell>& line) {
    page += "<tr>";
    for (std::size_t i = 0; i < line.size(); ++i) {
        if (line[i].rows == 0) continue;
        std::size_t spanned = 1;
        if (i < grid.path_columns) {
            // A name with none below it: an empty cell would be read aloud as a heading without a name.
            while (line[i].rows == 1 && i + spanned < grid.path_columns && line[i + spanned].rows == 1 && line[i + spanned].text.empty()) ++spanned;
            page += line[i].rows > 1 ? "<th scope=\"rowgroup\" rowspan=\"" + std::to_string(line[i].rows) + "\">"
                    : spanned > 1    ? "<th scope=\"row\" colspan=\"" + std::to_string(spanned) + "\">"
                                     : "<th scope=\"row\">";
        } else {
            page += "<td>";
        }
        append_escaped_html(page, line[i].text);
        page += i < grid.path_columns ? "</th>" : "</td>";
        i += spanned - 1;
    }
    page += "</tr>\n";
}

}  // namespace

void append_html_table(std::string& page, const Table& table) {
    const Grid grid = grid_of(table, Parents::merged, Marks::shown);
    page += "<table>\n";
    if (!table.title.empty()) {
        page += "<caption>";
        append_escaped_html(page, table.title);
        page += "</caption>\n";
    }
    append_heading(page, grid);
    page += "<tbody>\n";
    for (std::size_t n = 1; n <= grid.body; ++n) append_line(page, grid, grid.lines[n]);
    page += "</tbody>\n";
    if (table.total) {
        page += "<tbody>\n";
        append_line(page, grid, grid.lines.back());
        page += "</tbody>\n";
    }
    page += "</table>\n";
    if (table.notes.empty()) return;
    page += "<div class=\"notes\">\n";
    for (const std::string& note : table.notes) {
        page += "<p>";
        append_escaped_html(page, table.note_heading + note);
        page += "</p>\n";
    }
    page += "</div>\n";
}

std::string to_html(const Table& table) {
    std::string page = "<!DOCTYPE html>\n<html lang=\"" + table.language + "\">\n<head>\n<meta charset=\"utf-8\">\n";
    page += "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'sha256-" + base64_of_sha256(kStyle) +
            "'; base-uri 'none'; form-action 'none'\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>";
    append_escaped_html(page, table.title);
    page += "</title>\n<style>";
    page += kStyle;
    page += "</style>\n</head>\n<body>\n";
    append_html_table(page, table);
    return page + "</body>\n</html>\n";
}

}  // namespace fangtan::table
