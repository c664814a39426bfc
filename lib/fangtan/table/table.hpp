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

// A count with its share in one cell: 10（4%）.
struct CountAndShare {
    std::uint64_t count = 0;
    Percentage share;
};

// A number that is withheld so that nobody is recognized by it.
struct Hidden {
    std::uint64_t below = 0;  // it is from 1 to below - 1, printed "<5"; 0: hidden only to protect others, printed "×"
};

// Nothing, a count, a share, a number, words, a count with its share, or what is withheld.
using Cell = std::variant<std::monostate, std::uint64_t, Percentage, Decimal, std::string, CountAndShare, Hidden>;

struct TableRow {
    std::string code;               // id of what the row is about; empty for a total
    std::vector<std::string> path;  // names from the root; at most as many as Table::path_headings
    std::vector<Cell> cells;        // one for each column
    std::vector<std::string> marks{};  // behind the cells, as printed ("**"); none, or one for each cell. CSV and JSON leave them out
};

// What a test of the counts says, for other programs. Rows are named by their codes, columns by their headings.
struct TableTest {
    std::string name;  // "chi2" or "g2"
    double statistic = 0;
    std::uint64_t degrees = 0;
    double p = 0;
    std::optional<double> cramers_v;
    bool corrected = false;  // Yates
    std::vector<std::string> codes;
    std::vector<std::string> columns;
    std::vector<std::vector<double>> expected;
    std::vector<std::vector<std::optional<double>>> adjusted;
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
    std::string language = "zh-Hans";        // zh-Hans, zh-Hant or en: fonts, and brackets as in 10（4%） or 10 (4%)
    std::optional<TableTest> test{};
};

}  // namespace fangtan
