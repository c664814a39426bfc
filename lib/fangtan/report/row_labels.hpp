// SPDX-License-Identifier: Apache-2.0
//
// The column of labels left of bars and of the rows of a heat map, with the
// headings of their groups.
#pragma once

#include <string>
#include <vector>

#include "fangtan/report/label_text.hpp"
#include "fangtan/report/svg_canvas.hpp"

namespace fangtan::report {

struct RowLabel {
    WrappedText text;
    std::string full;  // displayable
    double middle = 0;
    double height = 0;
};

struct RowHeading {
    std::string text;
    std::string full;
    double middle = 0;
};

struct RowLabels {
    std::vector<RowLabel> rows;
    std::vector<RowHeading> headings;
    double right = 0;   // where the labels end
    double bottom = 0;
};

// Rows of at least `row_height` from `top` downwards. `groups` has one for each label, or none. The labels take at most `room`
// from the margin; a heading as much as the picture is wide.
[[nodiscard]] RowLabels place_rows(const std::vector<std::string>& labels, const std::vector<std::string>& groups, double top, double room,
                                   double row_height, const SvgCanvas& canvas);

void draw_headings(SvgCanvas& canvas, const RowLabels& labels);
void draw_label(SvgCanvas& canvas, const RowLabels& labels, std::size_t row);

}  // namespace fangtan::report
