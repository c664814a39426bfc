// SPDX-License-Identifier: Apache-2.0
//
// Hidden counts: worked examples, and random tables that are attacked by solving all their sums.
#include "fangtan/analysis/suppression.hpp"

#include <doctest/doctest.h>

#include <cmath>

#include "../../support/random.hpp"

using namespace fangtan;
using namespace fangtan::analysis;
using testing::Random;

namespace {

// Rows and columns with their totals, the last of each.
SummedNumbers with_totals(const std::vector<std::vector<std::uint64_t>>& counts) {
    const std::size_t rows = counts.size();
    const std::size_t columns = counts[0].size();
    SummedNumbers table;
    std::vector<std::uint64_t> foot(columns + 1, 0);
    for (const auto& row : counts) {
        std::uint64_t sum = 0;
        for (std::size_t i = 0; i < columns; ++i) {
            table.numbers.push_back({row[i], false});
            foot[i] += row[i];
            sum += row[i];
        }
        table.numbers.push_back({sum, true});
        foot[columns] += sum;
    }
    for (const std::uint64_t number : foot) table.numbers.push_back({number, true});
    for (std::size_t row = 0; row <= rows; ++row) {
        std::vector<std::size_t> line{row * (columns + 1) + columns};
        for (std::size_t i = 0; i < columns; ++i) line.push_back(row * (columns + 1) + i);
        table.lines.push_back(line);
    }
    for (std::size_t i = 0; i <= columns; ++i) {
        std::vector<std::size_t> line{rows * (columns + 1) + i};
        for (std::size_t row = 0; row < rows; ++row) line.push_back(row * (columns + 1) + i);
        table.lines.push_back(line);
    }
    return table;
}

// As the table is printed: . shown, s small, x to protect others.
std::string picture(const std::vector<Withheld>& withheld, std::size_t width) {
    std::string text;
    for (std::size_t i = 0; i < withheld.size(); ++i) {
        if (i > 0 && i % width == 0) text += '/';
        text += withheld[i] == Withheld::no ? '.' : withheld[i] == Withheld::small ? 's' : 'x';
    }
    return text;
}

// Numbers that all sums together give away: real elimination, written apart from the library's.
std::vector<std::size_t> solved(const SummedNumbers& table, const std::vector<Withheld>& withheld) {
    const std::size_t n = table.numbers.size();
    std::vector<std::vector<double>> matrix;
    for (const auto& line : table.lines) {
        std::vector<double> row(n, 0.0);
        for (std::size_t k = 0; k < line.size(); ++k) {
            if (withheld[line[k]] != Withheld::no) row[line[k]] = k == 0 ? -1.0 : 1.0;
        }
        matrix.push_back(row);
    }
    std::size_t rank = 0;
    for (std::size_t column = 0; column < n && rank < matrix.size(); ++column) {
        std::size_t best = rank;
        for (std::size_t row = rank; row < matrix.size(); ++row) {
            if (std::abs(matrix[row][column]) > std::abs(matrix[best][column])) best = row;
        }
        if (std::abs(matrix[best][column]) < 1e-9) continue;
        std::swap(matrix[rank], matrix[best]);
        for (std::size_t row = 0; row < matrix.size(); ++row) {
            if (row == rank) continue;
            const double factor = matrix[row][column] / matrix[rank][column];
            for (std::size_t i = 0; i < n; ++i) matrix[row][i] -= factor * matrix[rank][i];
        }
        ++rank;
    }
    std::vector<std::size_t> known;
    for (const auto& row : matrix) {
        std::size_t count = 0;
        std::size_t last = 0;
        for (std::size_t i = 0; i < n; ++i) {
            if (std::abs(row[i]) < 1e-9) continue;
            ++count;
            last = i;
        }
        if (count == 1) known.push_back(last);
    }
    return known;
}

// Fills in line after line whatever has one unknown.
std::size_t still_hidden(const SummedNumbers& table, std::vector<Withheld> withheld) {
    for (bool changed = true; changed;) {
        changed = false;
        for (const auto& line : table.lines) {
            std::vector<std::size_t> unknown;
            for (const std::size_t number : line) {
                if (withheld[number] != Withheld::no) unknown.push_back(number);
            }
            if (unknown.size() != 1) continue;
            withheld[unknown[0]] = Withheld::no;
            changed = true;
        }
    }
    return static_cast<std::size_t>(std::count_if(withheld.begin(), withheld.end(), [](Withheld w) { return w != Withheld::no; }));
}

}  // namespace

TEST_CASE("nothing small, nothing hidden; zeros hide nobody") {
    CHECK(picture(withhold_small(with_totals({{5, 0}, {7, 9}}), 5), 3) == ".../.../...");
}

TEST_CASE("one small count takes its row, its column and the corner between them with it") {
    // 2 is small; 6 in its row and 7 in its column are the least others; 8 closes the rectangle.
    CHECK(picture(withhold_small(with_totals({{2, 6, 30}, {7, 8, 40}, {50, 60, 70}}), 5), 4) == "sx../xx../..../....");
}

TEST_CASE("of other numbers none that is zero or a total is hidden while another will do") {
    const std::string hidden = picture(withhold_small(with_totals({{3, 0, 9}, {12, 15, 9}, {20, 0, 11}}), 5), 4);
    CHECK(hidden[0] == 's');
    CHECK(hidden[1] == '.');
    CHECK(hidden[3] == '.');
}

TEST_CASE("where there is one column only, its total goes too") {
    SummedNumbers table;
    table.numbers = {{2, false}, {0, false}, {2, true}};
    table.lines = {{2, 0, 1}};
    const std::vector<Withheld> withheld = withhold_small(table, 5);
    CHECK(withheld[0] == Withheld::small);
    CHECK(withheld[2] == Withheld::small);  // both small, and each would give the other away but for the zero
}

TEST_CASE("the sign <3 with its sum gives nothing away") {
    // 1 + 1 = 2 could be nothing else, were both known to be 1 or 2: a third number is hidden.
    SummedNumbers table;
    table.numbers = {{1, false}, {1, false}, {9, false}, {11, true}};
    table.lines = {{3, 0, 1, 2}};
    CHECK(picture(withhold_small(table, 3), 4) == "ssx.");
    table.numbers = {{1, false}, {2, false}, {9, false}, {12, true}};
    CHECK(picture(withhold_small(table, 3), 4) == "ss..");
}

TEST_CASE("what only rows and columns together give away is protected too") {
    // Two rectangles of hidden numbers and one that joins them: no line has it alone, all together do.
    SummedNumbers table = with_totals({{3, 3, 20, 20}, {3, 3, 3, 20}, {20, 20, 3, 3}, {20, 20, 3, 3}});
    const std::vector<Withheld> withheld = withhold_small(table, 5);
    CHECK(solved(table, withheld).empty());
    // The small ones alone are not safe.
    std::vector<Withheld> small(withheld.size(), Withheld::no);
    for (std::size_t i = 0; i < small.size(); ++i) small[i] = withheld[i] == Withheld::small ? Withheld::small : Withheld::no;
    CHECK(solved(table, small) == std::vector<std::size_t>{7});
    CHECK(still_hidden(table, small) == 9);
}

TEST_CASE("no hidden number of a random table follows from the printed ones") {
    for (std::uint64_t seed = 1; seed <= testing::cases(600); ++seed) {
        CAPTURE(seed);
        Random random(seed);
        const std::size_t rows = 1 + random.below(6);
        const std::size_t columns = 1 + random.below(6);
        const std::uint64_t minimum = 3 + random.below(4);
        std::vector<std::vector<std::uint64_t>> counts(rows, std::vector<std::uint64_t>(columns, 0));
        for (auto& row : counts) {
            for (std::uint64_t& count : row) count = random.chance(30) ? 0 : random.below(random.chance(50) ? 8 : 60);
        }
        SummedNumbers table = with_totals(counts);
        // Every other row or so under a subtotal.
        std::vector<std::size_t> under;
        for (std::size_t row = 0; row < rows; ++row) {
            if (random.chance(50)) under.push_back(row);
        }
        for (std::size_t column = 0; column <= columns && !under.empty(); ++column) {
            std::vector<std::size_t> line{table.numbers.size()};
            std::uint64_t sum = 0;
            for (const std::size_t row : under) {
                line.push_back(row * (columns + 1) + column);
                sum += table.numbers[line.back()].value;
            }
            table.numbers.push_back({sum, true});
            table.lines.push_back(line);
        }
        const std::vector<Withheld> withheld = withhold_small(table, minimum);
        std::size_t hidden = 0;
        for (std::size_t i = 0; i < withheld.size(); ++i) {
            const std::uint64_t value = table.numbers[i].value;
            REQUIRE((withheld[i] == Withheld::small) == (value > 0 && value < minimum));
            hidden += withheld[i] != Withheld::no ? 1U : 0U;
        }
        // A table of which everything is hidden says nothing at all; what is forced to be zero then is no secret.
        if (hidden == withheld.size()) continue;
        REQUIRE(still_hidden(table, withheld) == hidden);
        for (const std::size_t number : solved(table, withheld)) REQUIRE(withheld[number] == Withheld::no);
        CHECK(withhold_small(table, minimum) == withheld);
    }
}
