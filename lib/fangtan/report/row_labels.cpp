// SPDX-License-Identifier: Apache-2.0
#include "fangtan/report/row_labels.hpp"

namespace fangtan::report {

RowLabels place_rows(const std::vector<std::string>& labels, const std::vector<std::string>& groups, double top, double room,
                     double row_height, const SvgCanvas& canvas) {
    constexpr std::size_t kLinesMaximum = 2;
    constexpr double kHeadingHeight = 26;
    constexpr double kBoldFactor = 1.08;
    RowLabels placed;
    double y = top;
    double widest = 0;
    for (std::size_t i = 0; i < labels.size(); ++i) {
        const std::string group = groups.empty() ? "" : displayable(groups[i]);
        const bool begins = i == 0 ? !group.empty() : !groups.empty() && groups[i] != groups[i - 1];
        if (begins && i > 0) y += 6;
        if (begins && !group.empty()) {
            placed.headings.push_back({shortened(group, canvas.width() - 2 * kMargin, kLabelSize * kBoldFactor), group, y + kHeadingHeight / 2});
            y += kHeadingHeight;
        }
        RowLabel label;
        label.full = displayable(labels[i]);
        label.text = wrapped(label.full, room, kLabelSize, kLinesMaximum);
        for (const std::string& line : label.text.lines) widest = std::max(widest, text_width(line, kLabelSize));
        label.height = std::max(row_height, static_cast<double>(label.text.lines.size()) * line_height(kLabelSize) + 6);
        label.middle = y + label.height / 2;
        y += label.height;
        placed.rows.push_back(std::move(label));
    }
    placed.right = kMargin + widest;
    placed.bottom = y;
    return placed;
}

void draw_headings(SvgCanvas& canvas, const RowLabels& labels) {
    for (const RowHeading& heading : labels.headings) {
        TextStyle style;
        style.bold = true;
        style.halo = true;  // grid lines run behind a long one
        if (heading.text != heading.full) style.title = heading.full;
        canvas.text(kMargin, base_line(heading.middle, kLabelSize), heading.text, style);
    }
}

void draw_label(SvgCanvas& canvas, const RowLabels& labels, std::size_t row) {
    const RowLabel& label = labels.rows[row];
    TextStyle style;
    style.anchor = Anchor::end;
    if (label.text.cut) style.title = label.full;
    const double first = label.middle - static_cast<double>(label.text.lines.size() - 1) * line_height(kLabelSize) / 2;
    canvas.text(labels.right, base_line(first, kLabelSize), label.text.lines, style);
}

}  // namespace fangtan::report
