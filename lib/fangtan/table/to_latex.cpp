// SPDX-License-Identifier: Apache-2.0
#include "fangtan/table/grid.hpp"
#include "fangtan/table/render.hpp"
#include "fangtan/text/utf8.hpp"

#include <array>
#include <utility>

namespace fangtan::table {
namespace {

// Columns from which a table is set smaller, and from which it is shrunk to the width of the page.
constexpr std::size_t kSmallFrom = 7;
constexpr std::size_t kShrunkFrom = 13;

// What tables say that the roman fonts of LaTeX lack: XeLaTeX would leave it out without an error.
constexpr std::array<std::pair<std::string_view, std::string_view>, 13> kMathematics{{
    {"α", "$\\alpha$"}, {"β", "$\\beta$"}, {"κ", "$\\kappa$"}, {"π", "$\\pi$"}, {"ρ", "$\\rho$"}, {"φ", "$\\varphi$"}, {"χ", "$\\chi$"},
    {"²", "\\textsuperscript{2}"}, {"×", "$\\times$"}, {"↑", "$\\uparrow$"}, {"↓", "$\\downarrow$"}, {"≤", "$\\leq$"}, {"≥", "$\\geq$"},
}};

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
    for (const auto& [sign, command] : kMathematics) {
        for (std::size_t at = out.find(sign); at != std::string::npos; at = out.find(sign, at + command.size())) out.replace(at, sign.size(), command);
    }
    return out;
}

}  // namespace

std::string to_latex(const Table& table) {
    const Grid grid = grid_of(table, Parents::merged, Marks::shown);
    const std::size_t columns = grid.lines[0].size();
    const bool shrunk = columns >= kShrunkFrom;
    std::string out = std::string("% \\usepackage{booktabs,multirow") + (shrunk ? ",graphicx" : "") + "}\n\\begin{table}[htbp]\n\\centering\n";
    if (!table.title.empty()) out += "\\caption{" + escaped(table.title) + "}\n";
    if (columns >= kSmallFrom) out += "\\small\n\\setlength{\\tabcolsep}{3pt}\n";
    if (shrunk) out += "\\resizebox{\\linewidth}{!}{%\n";
    out += "\\begin{tabular}{" + std::string(grid.path_columns, 'l') + std::string(columns - grid.path_columns, 'r') + "}\n\\toprule\n";
    for (std::size_t n = 0; n < grid.lines.size(); ++n) {
        for (std::size_t i = 0; i < grid.lines[n].size(); ++i) {
            const GridCell& cell = grid.lines[n][i];
            if (i > 0) out += " & ";
            if (cell.rows > 1) out += "\\multirow{" + std::to_string(cell.rows) + "}{*}{" + escaped(cell.text) + "}";
            if (cell.rows == 1) out += escaped(cell.text);
        }
        out += n == 0 ? " \\\\\n\\midrule\n" : " \\\\\n";
    }
    out += "\\bottomrule\n\\end{tabular}";
    out += shrunk ? "}\n" : "\n";
    if (!table.notes.empty()) {
        out += "\\par\\smallskip\n\\begin{minipage}{\\linewidth}\\footnotesize\n";
        for (const std::string& note : table.notes) out += "\\noindent " + escaped(table.note_heading + note) + "\\par\n";
        out += "\\end{minipage}\n";
    }
    return out + "\\end{table}\n";
}

}  // namespace fangtan::table
