// SPDX-License-Identifier: Apache-2.0
//
// A table as cells of text, as all renderers print it: the heading, the rows,
// the total; the names of a row's parents first. A parent may span the rows
// below it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "fangtan/table/table.hpp"

namespace fangtan::table {

struct GridCell {
    std::string text;             // with its mark
    std::size_t rows = 1;         // how many it spans; 0: covered by the one above
    const Cell* value = nullptr;  // none for headings and names
};

struct Grid {
    std::size_t path_columns = 0;
    std::size_t body = 0;                      // rows between heading and total
    std::vector<std::vector<GridCell>> lines;  // the heading first; all of equal length
};

enum class Parents { repeated, merged };
enum class Marks { shown, left_out };

// Refers to `table`, which must outlive it. O(cells).
[[nodiscard]] Grid grid_of(const Table& table, Parents parents, Marks marks);

// A cell as it is printed, without mark.
[[nodiscard]] std::string printed_cell(const Cell& cell, const Table& table);

}  // namespace fangtan::table
