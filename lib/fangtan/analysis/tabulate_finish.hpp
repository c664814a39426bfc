// SPDX-License-Identifier: Apache-2.0
//
// What is done to a coding matrix once its numbers stand: small counts are
// withheld, rows and columns are tested, counts and shares are joined.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "fangtan/analysis/tabulate.hpp"

namespace fangtan::analysis {

// The counts behind the cells of a table.
struct CountGrid {
    std::vector<std::vector<std::uint64_t>> counts;  // the table's rows, then the total; columns, then with --by the total
    std::vector<bool> in_total;                      // by row of the table: counts towards the total
    std::vector<std::vector<std::size_t>> below;     // by row: of a subtotal, the rows that it sums
    std::size_t columns = 0;                         // without the column of totals
    bool matrix = false;                             // with --by: columns are summed, too
    CountKind kind = CountKind::references;          // of a matrix
    PercentKind percent = PercentKind::none;
    std::uint64_t nobody = 0;                        // codings of the last column, which nobody is in
    std::vector<CountKind> kinds;                    // of the columns of a table without --by
};

void withhold_counts(Table& table, const CountGrid& grid, const TabulateSpec& spec);
void join_shares(Table& table, const CountGrid& grid, const TabulateSpec& spec);
// After join_shares(): marks stand behind the cells.
void add_test(Table& table, const CountGrid& grid, const TabulateSpec& spec);

}  // namespace fangtan::analysis
