// SPDX-License-Identifier: Apache-2.0
//
// Hidden counts: worked examples, and random tables that are attacked by solving all their sums.
#include "fangtan/analysis/suppression.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <unordered_set>

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
    CHECK(withheld[2] == Withheld::small);  // 1 … 4 each
}

TEST_CASE("a line of which everything is hidden loses the sign < where it tells too much") {
    // Two from 1 to 2 whose sum is at most 2 are 1 and 1: the total must not say <3.
    SummedNumbers table;
    table.numbers = {{1, false}, {1, false}, {2, true}};
    table.lines = {{2, 0, 1}};
    CHECK(picture(withhold_small(table, 3), 3) == "ssx");
    // Three of them, as a reviewer found it: 1 + 1 + 1 = 3 for N = 4.
    table.numbers = {{1, false}, {1, false}, {1, false}, {3, true}};
    table.lines = {{3, 0, 1, 2}};
    CHECK(picture(withhold_small(table, 4), 4) == "sssx");
    // 2 + 2 = 4, printed: 1 + 3 is possible as soon as one may be more than 2.
    table.numbers = {{2, false}, {2, false}, {0, false}, {4, true}};
    CHECK(picture(withhold_small(table, 3), 4) == "xs..");
}

TEST_CASE("documents of several columns: the total is less than the sum, and leaves more open") {
    // 9 … 10 … 9 + 2 + 2: each of the two may be 1 or 2, whatever the other is.
    SummedNumbers table;
    table.numbers = {{1, false}, {2, false}, {9, false}, {10, true}};
    table.lines = {{3, 0, 1, 2}};
    CHECK(picture(withhold_small(table, 3), 4) == "ss..");
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

namespace {

// What a reader knows: each number is one of these, up to a ceiling.
struct Reader {
    std::vector<std::vector<std::uint64_t>> table;  // with totals, last
    std::vector<std::vector<char>> signs;           // '.', '<', 'x', and 'X' from which < was taken
    std::uint64_t minimum = 0;
    std::uint64_t ceiling = 0;
    bool few_values = false;
    std::vector<bool> occurs;
    std::uint64_t nodes = 0;
    std::size_t at_row = 0;  // what must differ
    std::size_t at_column = 0;
    std::vector<std::uint64_t> sums;  // of the columns so far
    std::unordered_set<std::uint64_t> dead;  // places from which nothing led on

    [[nodiscard]] bool may_be(std::size_t row, std::size_t column, std::uint64_t value) const {
        if (row == at_row && column == at_column && value == table[row][column]) return false;
        switch (signs[row][column]) {
            case '.': return value == table[row][column];
            case '<': return value >= 1 && value < minimum;
            case 'x': return value == 0 || value >= minimum;
            default: return true;
        }
    }
    [[nodiscard]] std::uint64_t most(std::size_t row, std::size_t column) const {
        return signs[row][column] == '.' ? table[row][column] : signs[row][column] == '<' ? minimum - 1 : ceiling;
    }
    // Cell by cell, row by row; true once all is filled in.
    bool fill(std::size_t row, std::size_t column, std::uint64_t row_sum, unsigned places) {
        if (++nodes > 20'000'000) return false;
        std::uint64_t place = (row * 8 + column) * 128 + places;
        for (const std::uint64_t sum : sums) place = place * 256 + sum;
        place = place * 256 + row_sum;  // 61 bits at most: no number of these tables is above 255
        if (dead.count(place) > 0) return false;
        if (go_on(row, column, row_sum, places)) return true;
        dead.insert(place);
        return false;
    }
    bool go_on(std::size_t row, std::size_t column, std::uint64_t row_sum, unsigned places) {
        const std::size_t rows = table.size() - 1;
        const std::size_t columns = table[0].size() - 1;
        if (row == rows) {
            std::uint64_t all = 0;
            for (std::size_t i = 0; i < columns; ++i) {
                if (!may_be(rows, i, sums[i])) return false;
                all += sums[i];
            }
            return may_be(rows, columns, all);
        }
        if (column == columns) {
            if (!may_be(row, columns, row_sum)) return false;
            return fill(row + 1, 0, 0, places);
        }
        const std::uint64_t own = table[row][column];
        const bool last = row + 1 == rows || column + 1 == columns;  // makes up for the others
        for (std::uint64_t step = 0; step <= 2 * ceiling; ++step) {
            const bool down = step % 2 == 1;
            const std::uint64_t by = (step + 1) / 2;
            if (down && by > own) continue;
            const std::uint64_t value = down ? own - by : own + by;
            if (by > 0 && !last && places == 0) break;
            if (value > ceiling) continue;
            if (by > 0 && !last && few_values && by > 2 && by != minimum && value != minimum && !occurs[value]) continue;
            if (!may_be(row, column, value)) continue;
            if (row_sum + value > most(row, columns) || sums[column] + value > most(rows, column)) continue;
            if (row + 1 == rows && !may_be(rows, column, sums[column] + value)) continue;
            // What is left of the column and of the row can still be reached.
            std::uint64_t rest = 0;
            for (std::size_t below = row + 1; below < rows; ++below) rest += most(below, column);
            if (signs[rows][column] == '.' && sums[column] + value + rest < table[rows][column]) continue;
            std::uint64_t right = 0;
            for (std::size_t next = column + 1; next < columns; ++next) right += most(row, next);
            if (signs[row][columns] == '.' && row_sum + value + right < table[row][columns]) continue;
            sums[column] += value;
            const bool done = fill(row, column + 1, row_sum + value, places - (by > 0 && !last ? 1U : 0U));
            sums[column] -= value;
            if (done) return true;
        }
        return false;
    }
    bool could_differ(std::size_t row, std::size_t column) {
        // The line in question first, so that the search fails early.
        Reader turned = *this;
        const std::size_t rows = table.size() - 1;
        const std::size_t columns = table[0].size() - 1;
        turned.at_row = row;
        turned.at_column = column;
        if (row < rows) {
            std::swap(turned.table[0], turned.table[row]);
            std::swap(turned.signs[0], turned.signs[row]);
            turned.at_row = 0;
        }
        if (column < columns) {
            for (std::size_t i = 0; i <= rows; ++i) {
                std::swap(turned.table[i][0], turned.table[i][column]);
                std::swap(turned.signs[i][0], turned.signs[i][column]);
            }
            turned.at_column = 0;
        }
        // Few other values in few places are found at once, and mostly do.
        for (const auto& [few, places] : {std::pair(true, 1U), std::pair(true, 3U), std::pair(true, 9U), std::pair(false, 9U)}) {
            turned.few_values = few;
            turned.sums.assign(columns, 0);
            turned.dead.clear();
            turned.nodes = 0;
            if (turned.fill(0, 0, 0, places)) return true;
        }
        return false;
    }
};

Reader reader_of(const std::vector<std::vector<std::uint64_t>>& counts, const std::vector<Withheld>& withheld, std::uint64_t minimum) {
    Reader reader;
    const SummedNumbers table = with_totals(counts);
    const std::size_t width = counts[0].size() + 1;
    std::uint64_t largest = 0;
    for (std::size_t i = 0; i < table.numbers.size(); ++i) {
        if (i % width == 0) {
            reader.table.emplace_back();
            reader.signs.emplace_back();
        }
        const std::uint64_t value = table.numbers[i].value;
        const bool small = value > 0 && value < minimum;
        reader.table.back().push_back(value);
        reader.signs.back().push_back(withheld[i] == Withheld::no ? '.' : withheld[i] == Withheld::small ? '<' : small ? 'X' : 'x');
        largest = std::max(largest, value);
    }
    reader.minimum = minimum;
    reader.ceiling = largest + 2 * minimum;
    reader.occurs.assign(reader.ceiling + 1, false);
    for (const SummedNumbers::Number& number : table.numbers) reader.occurs[number.value] = true;
    return reader;
}

}  // namespace

TEST_CASE("every hidden number of a random small table could be another, for a reader who knows the rule") {
    std::size_t hidden = 0;
    for (std::uint64_t seed = 1; seed <= testing::cases(300); ++seed) {
        CAPTURE(seed);
        Random random(seed + 90'000);
        const std::size_t rows = 2 + random.below(3);
        const std::size_t columns = 2 + random.below(3);
        const std::uint64_t minimum = 3 + random.below(4);
        const std::uint64_t most = random.chance(50) ? 4 : 12;
        std::vector<std::vector<std::uint64_t>> counts(rows, std::vector<std::uint64_t>(columns, 0));
        for (auto& row : counts) {
            for (std::uint64_t& count : row) count = random.chance(35) ? 0 : random.below(most);
        }
        const std::vector<Withheld> withheld = withhold_small(with_totals(counts), minimum);
        CAPTURE(picture(withheld, columns + 1));
        Reader reader = reader_of(counts, withheld, minimum);
        for (std::size_t row = 0; row <= rows; ++row) {
            for (std::size_t column = 0; column <= columns; ++column) {
                const std::uint64_t value = reader.table[row][column];
                if (value > 0 && value < minimum) REQUIRE(reader.signs[row][column] != '.');
                if (reader.signs[row][column] == '.') continue;
                ++hidden;
                CAPTURE(row);
                CAPTURE(column);
                REQUIRE(reader.could_differ(row, column));
            }
        }
    }
    CHECK(hidden > testing::cases(300));
}

TEST_CASE("the reader of the test above sees through what is not protected") {
    // 1 + 1 = 2, all with the sign <.
    const std::vector<std::vector<std::uint64_t>> counts{{1, 1}, {9, 9}};
    std::vector<Withheld> withheld(9, Withheld::no);
    withheld[0] = withheld[1] = withheld[2] = Withheld::small;
    Reader reader = reader_of(counts, withheld, 3);
    CHECK_FALSE(reader.could_differ(0, 0));
    CHECK_FALSE(reader.could_differ(0, 2));
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
            if (value > 0 && value < minimum) REQUIRE(withheld[i] != Withheld::no);
            if (withheld[i] == Withheld::small) REQUIRE((value > 0 && value < minimum));
            hidden += withheld[i] != Withheld::no ? 1U : 0U;
        }
        // A table of which everything is hidden says nothing at all; what is forced to be zero then is no secret.
        if (hidden == withheld.size()) continue;
        REQUIRE(still_hidden(table, withheld) == hidden);
        for (const std::size_t number : solved(table, withheld)) REQUIRE(withheld[number] == Withheld::no);
        CHECK(withhold_small(table, minimum) == withheld);
    }
}
