// SPDX-License-Identifier: Apache-2.0
#include "fangtan/table/render.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <nlohmann/json.hpp>

#include "fangtan/table/rounding.hpp"
#include "fangtan/text/csv.hpp"
#include "fangtan/text/utf8.hpp"
#include "fangtan/text/width.hpp"

namespace fangtan::table {
namespace {

std::string printed_decimal(const Decimal& number) {
    std::array<char, 400> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number.value, std::chars_format::fixed, number.decimals).ptr;
    std::string text(digits.data(), end);
    // Nothing is less than nothing: -0.00 is 0.00.
    if (text.find_first_not_of("-0.") == std::string::npos && text.starts_with('-')) text.erase(0, 1);
    return text;
}

std::string shown(const Cell& cell, int decimals) {
    struct Visitor {
        int decimals;
        std::string operator()(std::monostate) const { return {}; }
        std::string operator()(std::uint64_t count) const { return std::to_string(count); }
        std::string operator()(const Percentage& share) const { return share.whole == 0 ? "-" : printed_number(share.printed, decimals); }
        std::string operator()(const Decimal& number) const { return printed_decimal(number); }
        std::string operator()(const std::string& words) const { return words; }
    };
    return std::visit(Visitor{decimals}, cell);
}

enum class Parents { repeated, first_row_only };

// Header row, body and total as cells of text; path columns first.
std::vector<std::vector<std::string>> grid(const Table& table, Parents parents) {
    std::vector<std::vector<std::string>> lines;
    lines.push_back(table.path_headings);
    lines.back().insert(lines.back().end(), table.columns.begin(), table.columns.end());
    const std::vector<std::string>* above = nullptr;
    const auto add = [&](const TableRow& row) {
        std::vector<std::string> line;
        bool same = above != nullptr && parents == Parents::first_row_only;
        for (std::size_t i = 0; i < table.path_headings.size(); ++i) {
            const bool has = i < row.path.size();
            same = same && has && i < above->size() && i + 1 < row.path.size() && (*above)[i] == row.path[i];
            line.push_back(has && !same ? row.path[i] : "");
        }
        for (const Cell& cell : row.cells) line.push_back(shown(cell, table.decimals));
        lines.push_back(std::move(line));
        above = &row.path;
    };
    for (const TableRow& row : table.rows) add(row);
    above = nullptr;
    if (table.total) add(*table.total);
    return lines;
}

std::string without_controls(const std::string& text) { return utf8::escaped(text); }

std::string separated(const Table& table, char separator, ForSpreadsheet spreadsheet) {
    const bool excel = spreadsheet == ForSpreadsheet::yes;
    std::string out = excel ? "\xEF\xBB\xBF" : "";
    const std::vector<std::vector<std::string>> lines = grid(table, Parents::repeated);
    for (std::size_t n = 0; n < lines.size(); ++n) {
        const TableRow* row = n == 0 ? nullptr : n <= table.rows.size() ? &table.rows[n - 1] : &*table.total;
        for (std::size_t i = 0; i < lines[n].size(); ++i) {
            if (i > 0) out += separator;
            // Names of codes and columns, and words in cells, come from people; numbers and the dash for none are ours.
            const bool words = row == nullptr || i < table.path_headings.size() || std::holds_alternative<std::string>(row->cells[i - table.path_headings.size()]);
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

nlohmann::ordered_json json_cells(const TableRow& row) {
    nlohmann::ordered_json cells = nlohmann::ordered_json::array();
    for (const Cell& cell : row.cells) cells.push_back(json_cell(cell));
    return cells;
}

}  // namespace

std::string to_text(const Table& table) {
    std::vector<std::vector<std::string>> lines = grid(table, Parents::first_row_only);
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
    const std::vector<std::vector<std::string>> lines = grid(table, Parents::first_row_only);
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
        entry["cells"] = json_cells(row);
        document["rows"].push_back(std::move(entry));
    }
    document["total"] = nullptr;
    if (table.total) document["total"] = {{"cells", json_cells(*table.total)}};
    document["notes"] = table.notes;
    return document.dump() + "\n";
}

}  // namespace fangtan::table
