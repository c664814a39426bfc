// SPDX-License-Identifier: Apache-2.0
#include "fangtan/table/grid.hpp"
#include "fangtan/table/render.hpp"
#include "fangtan/text/utf8.hpp"

namespace fangtan::table {
namespace {

std::string escaped(std::string_view text) {
    std::string out;
    for (const char c : utf8::escaped(text)) {
        switch (c) {
            case '\\': out += "\\textbackslash{}"; break;
            case '~': out += "\\textasciitilde{}"; break;
            case '^': out += "\\textasciicircum{}"; break;
            case '<': out += "\\textless{}"; break;
            case '>': out += "\\textgreater{}"; break;
            case '|': out += "\\textbar{}"; break;
            case '"': out += "\\textquotedbl{}"; break;
            case '`': out += "\\textasciigrave{}"; break;
            case '{':
            case '}':
            case '%':
            case '&':
            case '_':
            case '#':
            case '$': out += std::string("\\") + c; break;
            // At the beginning of a row they would be arguments of the line break before it; hyphens and quotes would join.
            case '[':
            case ']':
            case '*':
            case '-':
            case '\'': out += std::string("{") + c + "}"; break;
            default: out += c;
        }
    }
    return out;
}

}  // namespace

std::string to_latex(const Table& table) {
    const Grid grid = grid_of(table, Parents::merged, Marks::shown);
    std::string out = "% \\usepackage{booktabs,multirow}\n\\begin{table}[htbp]\n\\centering\n";
    if (!table.title.empty()) out += "\\caption{" + escaped(table.title) + "}\n";
    out += "\\begin{tabular}{" + std::string(grid.path_columns, 'l') + std::string(grid.lines[0].size() - grid.path_columns, 'r') + "}\n\\toprule\n";
    for (std::size_t n = 0; n < grid.lines.size(); ++n) {
        for (std::size_t i = 0; i < grid.lines[n].size(); ++i) {
            const GridCell& cell = grid.lines[n][i];
            if (i > 0) out += " & ";
            if (cell.rows > 1) out += "\\multirow{" + std::to_string(cell.rows) + "}{*}{" + escaped(cell.text) + "}";
            if (cell.rows == 1) out += escaped(cell.text);
        }
        out += n == 0 ? " \\\\\n\\midrule\n" : " \\\\\n";
    }
    out += "\\bottomrule\n\\end{tabular}\n";
    if (!table.notes.empty()) {
        out += "\\par\\smallskip\n\\begin{minipage}{\\linewidth}\\footnotesize\n";
        for (const std::string& note : table.notes) out += "\\noindent " + escaped(table.note_heading + note) + "\\par\n";
        out += "\\end{minipage}\n";
    }
    return out + "\\end{table}\n";
}

}  // namespace fangtan::table
