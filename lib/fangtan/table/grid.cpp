// SPDX-License-Identifier: Apache-2.0
#include "fangtan/table/grid.hpp"

#include <array>
#include <charconv>

#include "fangtan/table/rounding.hpp"

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

struct Printer {
    const Table& table;

    std::string operator()(std::monostate) const { return {}; }
    std::string operator()(std::uint64_t count) const { return std::to_string(count); }
    std::string operator()(const Percentage& share) const { return share.whole == 0 ? "-" : printed_number(share.printed, table.decimals); }
    std::string operator()(const Decimal& number) const { return printed_decimal(number); }
    std::string operator()(const std::string& words) const { return words; }
    std::string operator()(const CountAndShare& both) const {
        const std::string share = both.share.whole == 0 ? "-" : printed_number(both.share.printed, table.decimals) + "%";
        return std::to_string(both.count) + (table.language != "en" ? "（" + share + "）" : " (" + share + ")");
    }
    std::string operator()(const Hidden& hidden) const { return hidden.below == 0 ? "×" : "<" + std::to_string(hidden.below); }
};

}  // namespace

std::string printed_cell(const Cell& cell, const Table& table) { return std::visit(Printer{table}, cell); }

Grid grid_of(const Table& table, Parents parents, Marks marks) {
    Grid grid;
    grid.path_columns = table.path_headings.size();
    grid.body = table.rows.size();
    std::vector<GridCell> heading;
    for (const std::string& name : table.path_headings) heading.push_back({name});
    for (const std::string& name : table.columns) heading.push_back({name});
    grid.lines.push_back(std::move(heading));
    const TableRow* above = nullptr;
    std::vector<std::size_t> opened(grid.path_columns, 0);  // line in which the name that goes on stands
    const auto add = [&](const TableRow& row) {
        std::vector<GridCell> line;
        bool same = above != nullptr && parents == Parents::merged;
        for (std::size_t i = 0; i < grid.path_columns; ++i) {
            const bool has = i < row.path.size();
            same = same && has && i < above->path.size() && i + 1 < row.path.size() && above->path[i] == row.path[i];
            if (same) {
                line.push_back({"", 0});
                ++grid.lines[opened[i]][i].rows;
            } else {
                line.push_back({has ? row.path[i] : ""});
                opened[i] = grid.lines.size();
            }
        }
        for (std::size_t i = 0; i < row.cells.size(); ++i) {
            GridCell cell{printed_cell(row.cells[i], table), 1, &row.cells[i]};
            if (marks == Marks::shown && i < row.marks.size()) cell.text += row.marks[i];
            line.push_back(std::move(cell));
        }
        line.resize(grid.lines[0].size());
        grid.lines.push_back(std::move(line));
        above = &row;
    };
    for (const TableRow& row : table.rows) add(row);
    above = nullptr;
    if (table.total) add(*table.total);
    return grid;
}

}  // namespace fangtan::table
