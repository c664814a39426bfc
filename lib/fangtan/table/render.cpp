// SPDX-License-Identifier: Apache-2.0
#include "fangtan/table/render.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "fangtan/table/grid.hpp"
#include "fangtan/text/csv.hpp"
#include "fangtan/text/utf8.hpp"
#include "fangtan/text/width.hpp"

namespace fangtan::table {
namespace {

// Header row, body and total as cells of text; path columns first.
std::vector<std::vector<std::string>> lines_of(const Table& table, Parents parents, Marks marks = Marks::shown) {
    std::vector<std::vector<std::string>> lines;
    for (std::vector<GridCell>& cells : grid_of(table, parents, marks).lines) {
        lines.emplace_back();
        for (GridCell& cell : cells) lines.back().push_back(std::move(cell.text));
    }
    return lines;
}

std::string without_controls(const std::string& text) { return utf8::escaped(text); }

std::string separated(const Table& table, char separator, ForSpreadsheet spreadsheet) {
    const bool excel = spreadsheet == ForSpreadsheet::yes;
    std::string out = excel ? "\xEF\xBB\xBF" : "";
    const std::vector<std::vector<std::string>> lines = lines_of(table, Parents::repeated, Marks::left_out);
    for (std::size_t n = 0; n < lines.size(); ++n) {
        const TableRow* row = n == 0 ? nullptr : n <= table.rows.size() ? &table.rows[n - 1] : &*table.total;
        for (std::size_t i = 0; i < lines[n].size(); ++i) {
            if (i > 0) out += separator;
            // Names of codes and columns, and words in cells, come from people; numbers and the dash for none are ours.
            const std::size_t names = table.path_headings.size();
            const bool words = row == nullptr || i < names || i - names >= row->cells.size() || std::holds_alternative<std::string>(row->cells[i - names]);
            csv::append_cell(out, excel && words ? csv::guarded_for_spreadsheet(lines[n][i]) : lines[n][i], separator);
        }
        out += excel ? "\r\n" : "\n";
    }
    return out;
}

std::string markdown_cell(const std::string& text) {
    std::string out;
    for (const char c : without_controls(text)) {
        if (c == '|' || c == '\\' || c == '*' || c == '_' || c == '`' || c == '<' || c == '[') out += '\\';
        out += c;
    }
    return out;
}

nlohmann::ordered_json json_cell(const Cell& cell) {
    struct Visitor {
        nlohmann::ordered_json operator()(const CountAndShare& both) const { return {{"count", both.count}, {"percent", (*this)(both.share)}}; }
        nlohmann::ordered_json operator()(const Hidden&) const { return nullptr; }
        nlohmann::ordered_json operator()(std::monostate) const { return nullptr; }
        nlohmann::ordered_json operator()(std::uint64_t count) const { return count; }
        nlohmann::ordered_json operator()(const Percentage& share) const {
            if (share.whole == 0) return nullptr;
            return 100.0 * static_cast<double>(share.part) / static_cast<double>(share.whole);
        }
        nlohmann::ordered_json operator()(const Decimal& number) const { return number.value; }
        nlohmann::ordered_json operator()(const std::string& words) const { return words; }
    };
    return std::visit(Visitor{}, cell);
}

void add_json_cells(nlohmann::ordered_json& entry, const TableRow& row) {
    nlohmann::ordered_json cells = nlohmann::ordered_json::array();
    nlohmann::ordered_json hidden = nlohmann::ordered_json::array();
    for (const Cell& cell : row.cells) {
        if (std::holds_alternative<Hidden>(cell)) hidden.push_back(cells.size());
        cells.push_back(json_cell(cell));
    }
    entry["cells"] = std::move(cells);
    if (!hidden.empty()) entry["hidden"] = std::move(hidden);
}

nlohmann::ordered_json json_test(const TableTest& test) {
    nlohmann::ordered_json entry;
    entry["name"] = test.name;
    entry["statistic"] = test.statistic;
    entry["df"] = test.degrees;
    entry["p"] = test.p;
    entry["cramers_v"] = test.cramers_v ? nlohmann::ordered_json(*test.cramers_v) : nlohmann::ordered_json(nullptr);
    entry["yates"] = test.corrected;
    entry["rows"] = test.codes;
    entry["columns"] = test.columns;
    entry["expected"] = test.expected;
    entry["adjusted"] = nlohmann::ordered_json::array();
    for (const auto& row : test.adjusted) {
        nlohmann::ordered_json residuals = nlohmann::ordered_json::array();
        for (const std::optional<double>& residual : row) residuals.push_back(residual ? nlohmann::ordered_json(*residual) : nlohmann::ordered_json(nullptr));
        entry["adjusted"].push_back(std::move(residuals));
    }
    return entry;
}

}  // namespace

std::string to_text(const Table& table) {
    std::vector<std::vector<std::string>> lines = lines_of(table, Parents::merged);
    for (auto& line : lines) std::transform(line.begin(), line.end(), line.begin(), without_controls);
    std::vector<std::size_t> widths(lines[0].size(), 0);
    for (const auto& line : lines) {
        for (std::size_t i = 0; i < line.size(); ++i) widths[i] = std::max(widths[i], display_width(line[i]));
    }
    std::size_t whole = 2 * (widths.size() - 1);
    for (const std::size_t width : widths) whole += width;
    const std::string rule = std::string(whole, '-') + "\n";
    std::string out = table.title.empty() ? "" : without_controls(table.title) + "\n";
    out += rule;
    for (std::size_t n = 0; n < lines.size(); ++n) {
        if (n == 1 || (table.total && n + 1 == lines.size() && n > 1)) out += rule;
        std::string line;
        for (std::size_t i = 0; i < lines[n].size(); ++i) {
            if (i > 0) line += "  ";
            line += i < table.path_headings.size() ? padded_right(lines[n][i], widths[i]) : padded_left(lines[n][i], widths[i]);
        }
        line.erase(line.find_last_not_of(' ') + 1);
        out += line + "\n";
    }
    out += rule;
    for (const std::string& note : table.notes) out += table.note_heading + without_controls(note) + "\n";
    return out;
}

std::string to_markdown(const Table& table) {
    const std::vector<std::vector<std::string>> lines = lines_of(table, Parents::merged);
    std::string out = table.title.empty() ? "" : "**" + markdown_cell(table.title) + "**\n\n";
    for (std::size_t n = 0; n < lines.size(); ++n) {
        out += '|';
        for (const std::string& cell : lines[n]) out += ' ' + markdown_cell(cell) + (cell.empty() ? "|" : " |");
        out += '\n';
        if (n > 0) continue;
        out += '|';
        for (std::size_t i = 0; i < lines[0].size(); ++i) out += i < table.path_headings.size() ? "---|" : "---:|";
        out += '\n';
    }
    for (const std::string& note : table.notes) out += "\n" + table.note_heading + markdown_cell(note) + "\n";
    return out;
}

std::string to_csv(const Table& table, ForSpreadsheet spreadsheet) { return separated(table, ',', spreadsheet); }
std::string to_tsv(const Table& table, ForSpreadsheet spreadsheet) { return separated(table, '\t', spreadsheet); }

std::string to_json(const Table& table) {
    nlohmann::ordered_json document;
    document["title"] = table.title;
    document["columns"] = table.columns;
    document["rows"] = nlohmann::ordered_json::array();
    for (const TableRow& row : table.rows) {
        nlohmann::ordered_json entry;
        entry["code"] = row.code;
        entry["path"] = row.path;
        add_json_cells(entry, row);
        document["rows"].push_back(std::move(entry));
    }
    document["total"] = nullptr;
    if (table.total) {
        document["total"] = nlohmann::ordered_json::object();
        add_json_cells(document["total"], *table.total);
    }
    document["notes"] = table.notes;
    if (table.test) document["test"] = json_test(*table.test);
    return document.dump() + "\n";
}

}  // namespace fangtan::table
