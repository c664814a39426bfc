// SPDX-License-Identifier: Apache-2.0
//
// A table of results, apart from how it is printed: headings, rows in groups,
// cells with exact values, notes. Knows no codings; the renderers (render.hpp)
// know no analysis.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace fangtan {

// part of whole, in percent. Undefined if whole is 0.
struct Percentage {
    std::uint64_t part = 0;
    std::uint64_t whole = 0;
    std::uint64_t printed = 0;  // rounded, in units of 10^-decimals percent (rounding.hpp)
};

// A measured or computed number: a coefficient, a statistic.
struct Decimal {
    double value = 0;  // finite; what is undefined is an empty cell, and a note says why
    int decimals = 0;  // printed, rounded; JSON has the full value
};

// Nothing, a count, a share, a number, or words.
using Cell = std::variant<std::monostate, std::uint64_t, Percentage, Decimal, std::string>;

struct TableRow {
    std::string code;               // id of what the row is about; empty for a total
    std::vector<std::string> path;  // names from the root; at most as many as Table::path_headings
    std::vector<Cell> cells;        // one for each column
};

struct Table {
    std::string title;
    std::vector<std::string> path_headings;  // of the columns that hold the path
    std::vector<std::string> columns;        // headings of the cells; distinct
    std::vector<TableRow> rows;
    std::optional<TableRow> total;
    std::vector<std::string> notes;
    std::string note_heading;                // "注："
    int decimals = 0;                        // of every percentage
};

}  // namespace fangtan
