// SPDX-License-Identifier: Apache-2.0
#include "fangtan/analysis/tabulate_finish.hpp"

#include <algorithm>
#include <cmath>

#include "fangtan/agreement/distributions.hpp"
#include "fangtan/analysis/crosstab.hpp"
#include "fangtan/analysis/suppression.hpp"
#include "fangtan/analysis/wording.hpp"

namespace fangtan::analysis {
namespace {

// Index of a count among the numbers of a grid.
struct Numbering {
    std::size_t columns;  // with the totals
    [[nodiscard]] std::size_t operator()(std::size_t row, std::size_t column) const { return row * columns + column; }
};

SummedNumbers summed(const CountGrid& grid) {
    const std::size_t rows = grid.counts.size() - 1;
    const Numbering number{grid.counts[0].size()};
    SummedNumbers sums;
    for (std::size_t row = 0; row <= rows; ++row) {
        for (std::size_t column = 0; column < number.columns; ++column) {
            const bool total = row == rows || (grid.matrix && column == grid.columns) || !grid.in_total[row];
            sums.numbers.push_back({grid.counts[row][column], total});
        }
    }
    for (std::size_t row = 0; grid.matrix && row <= rows; ++row) {
        std::vector<std::size_t> line{number(row, grid.columns)};
        for (std::size_t column = 0; column < grid.columns; ++column) line.push_back(number(row, column));
        sums.lines.push_back(std::move(line));
    }
    for (std::size_t column = 0; column < number.columns; ++column) {
        std::vector<std::size_t> line{number(rows, column)};
        for (std::size_t row = 0; row < rows; ++row) {
            if (grid.in_total[row]) line.push_back(number(row, column));
        }
        sums.lines.push_back(std::move(line));
        for (std::size_t row = 0; row < rows; ++row) {
            if (grid.below[row].empty()) continue;
            std::vector<std::size_t> part{number(row, column)};
            for (const std::size_t under : grid.below[row]) part.push_back(number(under, column));
            sums.lines.push_back(std::move(part));
        }
    }
    return sums;
}

std::size_t step_of(const CountGrid& grid, const TabulateSpec& spec) { return grid.percent == PercentKind::none || spec.cell == CellKind::count_and_share ? 1 : 2; }

}  // namespace

void withhold_counts(Table& table, const CountGrid& grid, const TabulateSpec& spec) {
    const std::size_t rows = grid.counts.size() - 1;
    const Numbering number{grid.counts[0].size()};
    const std::vector<Withheld> withheld = withhold_small(summed(grid), spec.minimum_cell);
    if (std::all_of(withheld.begin(), withheld.end(), [](Withheld w) { return w == Withheld::no; })) return;
    const bool with_share = grid.percent != PercentKind::none;
    const auto hidden = [&](std::size_t row, std::size_t column) { return withheld[number(row, column)] != Withheld::no; };
    // A share whose whole is withheld would give it away.
    const auto whole_hidden = [&](std::size_t row, std::size_t column) {
        const CountKind kind = grid.matrix ? grid.kind : grid.kinds[column];
        if (grid.percent == PercentKind::row) return hidden(row, grid.matrix ? grid.columns : column);
        if (grid.matrix && grid.percent == PercentKind::total) return hidden(rows, grid.columns);
        if (grid.matrix && grid.percent == PercentKind::column) return hidden(rows, column);
        return kind == CountKind::references && hidden(rows, column);
    };
    const auto withhold = [&](TableRow& printed, std::size_t row) {
        for (std::size_t column = 0; column < number.columns; ++column) {
            const std::size_t cell = column * (with_share ? 2 : 1);
            if (cell >= printed.cells.size()) break;  // the column of totals is not printed
            if (hidden(row, column)) printed.cells[cell] = Hidden{withheld[number(row, column)] == Withheld::small ? spec.minimum_cell : 0};
            if (with_share && (hidden(row, column) || whole_hidden(row, column))) printed.cells[cell + 1] = Hidden{};
        }
    };
    for (std::size_t row = 0; row < rows; ++row) withhold(table.rows[row], row);
    if (table.total) withhold(*table.total, rows);
    // Notes that name a number that is withheld now.
    const auto drop = [&](const std::string& note) { std::erase(table.notes, note); };
    if (grid.matrix && with_share && hidden(rows, grid.columns)) {
        drop(base_note(spec.language, grid.kind, grid.percent, true, grid.counts[rows][grid.columns]));
    }
    for (std::size_t column = 0; !grid.matrix && with_share && column < grid.kinds.size(); ++column) {
        if (hidden(rows, column)) drop(base_note(spec.language, grid.kinds[column], grid.percent, false, grid.counts[rows][column]));
    }
    if (grid.nobody > 0 && (grid.nobody < spec.minimum_cell || !grid.matrix || hidden(rows, grid.columns - 1))) drop(no_column_note(spec.language, grid.nobody));
    table.notes.push_back(withheld_note(spec.language, spec.minimum_cell));
}

void join_shares(Table& table, const CountGrid& grid, const TabulateSpec& spec) {
    if (spec.cell != CellKind::count_and_share || grid.percent == PercentKind::none) return;
    const auto join = [](TableRow& row) {
        std::vector<Cell> cells;
        for (std::size_t i = 0; i + 1 < row.cells.size(); i += 2) {
            const auto* count = std::get_if<std::uint64_t>(&row.cells[i]);
            const auto* share = std::get_if<Percentage>(&row.cells[i + 1]);
            cells.push_back(count != nullptr && share != nullptr ? Cell(CountAndShare{*count, *share}) : row.cells[i]);
        }
        row.cells = std::move(cells);
    };
    for (TableRow& row : table.rows) join(row);
    if (table.total) join(*table.total);
    std::vector<std::string> columns;
    for (std::size_t i = 0; i < table.columns.size(); i += 2) columns.push_back(table.columns[i]);
    table.columns = std::move(columns);
}

void add_test(Table& table, const CountGrid& grid, const TabulateSpec& spec) {
    const Language language = spec.language;
    // Codings of nobody are no group.
    const std::size_t groups = grid.columns - (grid.nobody > 0 ? 1 : 0);
    std::vector<std::size_t> tested;
    std::vector<std::vector<std::uint64_t>> counts;
    for (std::size_t row = 0; row + 1 < grid.counts.size(); ++row) {
        if (!grid.in_total[row]) continue;
        tested.push_back(row);
        counts.emplace_back(grid.counts[row].begin(), grid.counts[row].begin() + static_cast<std::ptrdiff_t>(groups));
    }
    const Crosstab result = crosstab(counts);
    const bool corrected = spec.test == TestKind::chi_square && result.rows == 2 && result.columns == 2;
    const agreement::Value statistic = spec.test == TestKind::likelihood ? result.likelihood : corrected ? result.yates : result.chi_square;
    table.notes.push_back(dependence_note(language, grid.kind));
    if (grid.nobody > 0) table.notes.push_back(untested_note(language));
    if (!statistic.defined() || result.degrees == 0) {
        table.notes.push_back(no_test_note(language));
        return;
    }
    TableTest test;
    test.name = spec.test == TestKind::likelihood ? "g2" : "chi2";
    test.statistic = statistic.number();
    test.degrees = result.degrees;
    test.p = corrected ? result.yates_p.number() : agreement::chi_square_tail(test.statistic, static_cast<double>(result.degrees));
    if (result.cramers_v.defined()) test.cramers_v = result.cramers_v.number();
    test.corrected = corrected;
    const std::size_t step = step_of(grid, spec);
    for (std::size_t i = 0; i < groups; ++i) test.columns.push_back(table.columns[i * step]);
    bool marked = false;
    for (std::size_t k = 0; k < tested.size(); ++k) {
        TableRow& row = table.rows[tested[k]];
        test.codes.push_back(row.code);
        test.expected.emplace_back();
        test.adjusted.emplace_back();
        row.marks.assign(row.cells.size(), "");
        for (std::size_t i = 0; i < groups; ++i) {
            const CrosstabCell& cell = result.cells[k][i];
            test.expected.back().push_back(cell.expected.defined() ? cell.expected.number() : 0);
            test.adjusted.back().push_back(cell.adjusted.defined() ? std::optional(cell.adjusted.number()) : std::nullopt);
            const double size = cell.adjusted.defined() ? std::abs(cell.adjusted.number()) : 0;
            if (size > 1.96) row.marks[i * step] = std::string(size > 2.58 ? "**" : "*") + (cell.adjusted.number() > 0 ? "↑" : "↓");
            marked = marked || size > 1.96;
        }
    }
    table.notes.push_back(test_note(language, test, result.total));
    if (marked) table.notes.push_back(residual_note(language));
    if (result.sparse()) table.notes.push_back(sparse_note(language, result.small_cells, result.rows * result.columns));
    table.test = std::move(test);
}

}  // namespace fangtan::analysis
