// SPDX-License-Identifier: Apache-2.0
#include <cmath>

#include "fangtan/report/label_text.hpp"
#include "fangtan/report/palette.hpp"
#include "fangtan/report/picture.hpp"
#include "fangtan/report/row_labels.hpp"
#include "fangtan/report/svg_canvas.hpp"

namespace fangtan::report {

namespace {

constexpr double kRowHeight = 24;
constexpr double kCellMinimum = 22;  // turned labels need 0.7 of it for a line
constexpr double kCellMaximum = 76;
constexpr double kPrintedMaximum = 64;
constexpr double kTurnedMaximum = 150;
constexpr double kSlope = 0.7071067811865476;  // sine and cosine of 45°
constexpr double kGap = 8;

void check(const HeatMap& map) {
    const std::size_t rows = map.rows.size();
    const std::size_t columns = map.columns.size();
    require(map.values.size() == rows, "a heat map has not one row of values for each row");
    require(map.row_groups.empty() || map.row_groups.size() == rows, "a heat map has not one group for each row");
    require(map.row_keys.empty() || map.row_keys.size() == rows, "a heat map has not one key for each row");
    require(map.column_keys.empty() || map.column_keys.size() == columns, "a heat map has not one key for each column");
    require(map.printed.empty() || map.printed.size() == rows, "a heat map has not one row of printed numbers for each row");
    for (const auto& row : map.values) {
        require(row.size() == columns, "a row of a heat map has not one value for each column");
        for (const std::optional<double>& value : row) require(!value || std::isfinite(*value), "a value of a heat map is not a finite number");
    }
    for (const auto& row : map.printed) require(row.size() == columns, "a row of a heat map has not one printed number for each column");
}

struct Scale {
    double low = 0, high = 0;

    // Halves first: the difference of the largest numbers is no number any more.
    [[nodiscard]] double share(double value) const { return high > low ? (value / 2 - low / 2) / (high / 2 - low / 2) : 0; }
};

Scale scale_of(const HeatMap& map) {
    Scale scale;
    for (const auto& row : map.values) {
        for (const std::optional<double>& value : row) {
            if (!value) continue;
            scale.low = std::min(scale.low, *value);
            scale.high = std::max(scale.high, *value);
        }
    }
    return scale;
}

struct ColumnLabel {
    WrappedText text;
    std::string full;
};

struct ColumnLabels {
    std::vector<ColumnLabel> columns;
    bool turned = false;
    double height = 0;
    std::vector<double> overhang;  // of each label, to the right of the middle of its column
};

ColumnLabels straight_labels(const std::vector<std::string>& labels, double cell) {
    ColumnLabels placed;
    std::size_t lines = 1;
    for (const std::string& label : labels) {
        placed.columns.push_back({wrapped(label, cell - 6, kLabelSize, 2), label});
        lines = std::max(lines, placed.columns.back().text.lines.size());
    }
    placed.height = static_cast<double>(lines) * line_height(kLabelSize) + 4;
    placed.overhang.assign(labels.size(), cell / 2);
    return placed;
}

ColumnLabels turned_labels(const std::vector<std::string>& labels) {
    ColumnLabels placed;
    placed.turned = true;
    double longest = 0;
    for (const std::string& label : labels) {
        WrappedText text;
        text.lines = {shortened(label, kTurnedMaximum, kLabelSize)};
        text.cut = text.lines.front() != label;
        const double width = text_width(text.lines.front(), kLabelSize);
        longest = std::max(longest, width);
        placed.overhang.push_back((width + kLabelSize) * kSlope);
        placed.columns.push_back({std::move(text), label});
    }
    placed.height = (longest + kLabelSize) * kSlope + 8;
    return placed;
}

bool fits_straight(const ColumnLabels& labels) {
    return std::none_of(labels.columns.begin(), labels.columns.end(), [](const ColumnLabel& column) { return column.text.cut || column.text.broken; });
}

void draw_columns(SvgCanvas& canvas, const ColumnLabels& labels, double left, double cell, double bottom) {
    for (std::size_t i = 0; i < labels.columns.size(); ++i) {
        const ColumnLabel& column = labels.columns[i];
        const double middle = left + (static_cast<double>(i) + 0.5) * cell;
        TextStyle style;
        if (column.text.cut) style.title = column.full;
        if (labels.turned) {
            style.angle = -45;
            canvas.text(middle + kLabelSize * 0.3, bottom - 4, column.text.lines, style);
        } else {
            style.anchor = Anchor::middle;
            const double lines = static_cast<double>(column.text.lines.size());
            canvas.text(middle, bottom - 5 - (lines - 1) * line_height(kLabelSize), column.text.lines, style);
        }
    }
}

double draw_scale(SvgCanvas& canvas, const Scale& scale, double left, double top) {
    constexpr int kSteps = 7;
    constexpr double kStep = 22;
    constexpr double kHeight = 10;
    TextStyle style;
    style.size = kSmallSize;
    style.fill = canvas.inks().muted;
    const std::string low = number_text(scale.low);
    const std::string high = number_text(scale.high);
    const double base = base_line(top + kHeight / 2, kSmallSize);
    // A narrow picture with long labels of rows has no room for the scale below the cells only.
    const double length = text_width(low, kSmallSize) + text_width(high, kSmallSize) + 12 + kSteps * kStep;
    double x = left + length <= canvas.right() ? left : kMargin;
    canvas.text(x, base, low, style);
    x += text_width(low, kSmallSize) + 6;
    for (int i = 0; i < kSteps; ++i) {
        canvas.rectangle(x, top, kStep, kHeight, {{"fill", to_string(sequential_color(static_cast<double>(i) / (kSteps - 1)))}});
        x += kStep;
    }
    canvas.text(x + 6, base, high, style);
    x += 6 + text_width(high, kSmallSize) + 14;
    const std::string& full = canvas.options().value_label;
    if (!full.empty()) {
        const bool beside = text_width(full, kSmallSize) <= canvas.right() - x;
        const std::string text = shortened(full, beside ? canvas.right() - x : canvas.width() - 2 * kMargin, kSmallSize);
        if (text != full) style.title = full;
        if (!beside) {
            canvas.text(kMargin, base + line_height(kSmallSize) + 2, text, style);
            return top + kHeight + line_height(kSmallSize) + 2;
        }
        canvas.text(x, base, text, style);
    }
    return top + kHeight;
}

}  // namespace

std::string heat_map(const HeatMap& map, const PictureOptions& options) {
    check(map);
    if (map.rows.empty() || map.columns.empty()) return empty_picture(options);
    SvgCanvas canvas(options);
    const double top = canvas.draw_title();
    std::vector<std::string> labels;
    for (const std::string& column : map.columns) labels.push_back(displayable(column));

    double printed_width = 0;
    for (const auto& row : map.printed) {
        for (const std::string& printed : row) printed_width = std::max(printed_width, text_width(displayable(printed), kSmallSize));
    }
    const double least_cell = std::max(kCellMinimum, std::min(printed_width, kPrintedMaximum) + 6);
    const double label_room = options.width * 0.3;
    const double left = place_rows(map.rows, map.row_groups, 0, label_room, kRowHeight, canvas).right + kGap;
    const double count = static_cast<double>(labels.size());
    double cell = std::clamp((canvas.right() - left) / count, least_cell, kCellMaximum);
    ColumnLabels columns = straight_labels(labels, cell);
    if (!fits_straight(columns)) {
        columns = turned_labels(labels);
        for (std::size_t j = 0; j < labels.size(); ++j) {
            cell = std::min(cell, (canvas.right() - left - columns.overhang[j]) / (static_cast<double>(j) + 0.5));
        }
        cell = std::max(cell, least_cell);
    }
    double right = left + cell * count;
    for (std::size_t j = 0; j < labels.size(); ++j) right = std::max(right, left + cell * (static_cast<double>(j) + 0.5) + columns.overhang[j]);
    canvas.widen(std::max(canvas.width(), right + kMargin));

    const double grid_top = top + columns.height;
    const RowLabels rows = place_rows(map.rows, map.row_groups, grid_top, label_room, kRowHeight, canvas);
    const Scale scale = scale_of(map);
    canvas.open("g", {{"class", "columns"}, {"aria-hidden", "true"}});
    draw_columns(canvas, columns, left, cell, grid_top);
    canvas.close("g");
    draw_headings(canvas, rows);
    const bool with_focus = options.embedded && !map.row_keys.empty() && !map.column_keys.empty();
    if (with_focus) canvas.make_focusable();
    for (std::size_t i = 0; i < map.rows.size(); ++i) {
        const RowLabel& row = rows.rows[i];
        draw_label(canvas, rows, i);
        for (std::size_t j = 0; j < labels.size(); ++j) {
            const std::optional<double>& value = map.values[i][j];
            const std::string printed = map.printed.empty() ? "" : displayable(map.printed[i][j]);
            const std::string number = !printed.empty() ? isolated(printed) : value ? number_text(*value) : "–";
            const std::string sentence = isolated(row.full) + " × " + isolated(labels[j]) + colon(options.language) + number;
            Attributes attributes = {{"class", "cell"},
                                     {"data-row", displayable(map.row_keys.empty() ? map.rows[i] : map.row_keys[i])},
                                     {"data-column", displayable(map.column_keys.empty() ? map.columns[j] : map.column_keys[j])}};
            if (with_focus) {
                attributes.emplace_back("role", "img");
                attributes.emplace_back("aria-label", sentence);
                attributes.emplace_back("tabindex", i == 0 && j == 0 ? "0" : "-1");
            }
            canvas.open("g", attributes);
            canvas.title(sentence);
            const double x = left + cell * static_cast<double>(j);
            const double cell_top = row.middle - row.height / 2 + 0.5;
            TextStyle style;
            style.size = kSmallSize;
            style.anchor = Anchor::middle;
            if (value) {
                const Color color = sequential_color(scale.share(*value));
                canvas.rectangle(x + 0.5, cell_top, cell - 1, row.height - 1, {{"fill", to_string(color)}});
                style.fill = to_string(ink_on(color));
            } else {
                canvas.rectangle(x + 0.5, cell_top, cell - 1, row.height - 1, {{"fill", "none"}, {"stroke", canvas.inks().grid}});
                style.fill = canvas.inks().muted;
            }
            if (!printed.empty()) canvas.text(x + cell / 2, base_line(row.middle, kSmallSize), shortened(printed, cell - 4, kSmallSize), style);
            canvas.close("g");
        }
    }
    return canvas.finish(draw_scale(canvas, scale, left, rows.bottom + 14) + kMargin);
}

}  // namespace fangtan::report
