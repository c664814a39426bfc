// SPDX-License-Identifier: Apache-2.0
#include "fangtan/report/axis.hpp"
#include "fangtan/report/label_text.hpp"
#include "fangtan/report/picture.hpp"
#include "fangtan/report/row_labels.hpp"
#include "fangtan/report/svg_canvas.hpp"

namespace fangtan::report {

namespace {

constexpr double kRowHeight = 22;
constexpr double kBarHeight = 14;
constexpr double kGap = 8;

// As many ticks as stand beside each other without touching.
Axis fitting_axis(double maximum, Numbers numbers, double length) {
    for (std::size_t steps = 5; steps > 1; --steps) {
        Axis axis = nice_axis(maximum, numbers, steps);
        double widest = 0;
        for (const std::string& tick : axis.ticks) widest = std::max(widest, text_width(tick, kSmallSize));
        if (widest + 10 <= length / static_cast<double>(axis.ticks.size() - 1)) return axis;
    }
    return nice_axis(maximum, numbers, 1);
}

void draw_grid(SvgCanvas& canvas, const Axis& axis, double left, double right, double top, double bottom) {
    const double steps = static_cast<double>(axis.ticks.size() - 1);
    TextStyle style;
    style.size = kSmallSize;
    style.anchor = Anchor::middle;
    style.fill = canvas.inks().muted;
    for (std::size_t i = 0; i < axis.ticks.size(); ++i) {
        const double x = left + (right - left) * static_cast<double>(i) / steps;
        if (i > 0) canvas.line(x, top, x, bottom, {{"stroke", canvas.inks().grid}});
        canvas.text(x, bottom + 4 + kSmallSize, axis.ticks[i], style);
    }
}

std::string sentence_of(const Bar& bar, const std::string& label, std::string_view language) {
    std::string sentence = isolated(label);
    if (!bar.group.empty()) sentence = isolated(displayable(bar.group)) + " › " + sentence;
    return sentence + colon(language) + (bar.printed.empty() ? number_text(bar.value) : isolated(displayable(bar.printed)));
}

}  // namespace

std::string bar_chart(const std::vector<Bar>& bars, const PictureOptions& options) {
    std::vector<std::string> labels, groups;
    std::vector<double> values;
    double maximum = 0;
    for (const Bar& bar : bars) {
        require_amount(bar.value);
        labels.push_back(bar.label);
        groups.push_back(bar.group);
        values.push_back(bar.value);
        maximum = std::max(maximum, bar.value);
    }
    if (bars.empty()) return empty_picture(options);
    SvgCanvas canvas(options);
    const double top = canvas.draw_title();
    const RowLabels rows = place_rows(labels, groups, top + 4, canvas.width() * 0.34, kRowHeight, canvas);

    std::vector<std::string> printed;
    double widest = 0;
    for (const Bar& bar : bars) {
        printed.push_back(shortened(displayable(bar.printed), canvas.width() * 0.25, kLabelSize));
        widest = std::max(widest, text_width(printed.back(), kLabelSize));
    }
    const double left = rows.right + kGap;
    double right = canvas.right() - std::max(widest + 6, kGap);
    Axis axis = fitting_axis(maximum, numbers_of(values), right - left);
    const double half_tick = text_width(axis.ticks.back(), kSmallSize) / 2;
    if (right + half_tick > canvas.right()) {
        right = canvas.right() - half_tick;
        axis = fitting_axis(maximum, numbers_of(values), right - left);
    }
    canvas.open("g", {{"class", "axis"}, {"aria-hidden", "true"}});
    draw_grid(canvas, axis, left, right, top, rows.bottom + 4);
    canvas.close("g");
    draw_headings(canvas, rows);
    GroupColors colors;
    for (std::size_t i = 0; i < bars.size(); ++i) {
        const RowLabel& row = rows.rows[i];
        const double length = (right - left) * axis.share(bars[i].value);
        Attributes attributes = {{"class", "bar"}};
        if (!bars[i].key.empty()) attributes.emplace_back("data-key", displayable(bars[i].key));
        canvas.open("g", attributes);
        canvas.title(sentence_of(bars[i], row.full, options.language));
        draw_label(canvas, rows, i);
        Attributes shape = {{"fill", colors.color(bars[i].color, bars[i].group)}};
        if (const std::string outline = canvas.outline(shape[0].second); length > 0 && !outline.empty()) shape.emplace_back("stroke", outline);
        canvas.rectangle(left, row.middle - kBarHeight / 2, length, kBarHeight, shape);
        if (!printed[i].empty()) {
            TextStyle style;
            if (printed[i] != displayable(bars[i].printed)) style.title = displayable(bars[i].printed);
            style.halo = true;
            canvas.text(left + length + 6, base_line(row.middle, kLabelSize), printed[i], style);
        }
        canvas.close("g");
    }
    canvas.line(left, top, left, rows.bottom + 4, {{"stroke", canvas.inks().muted}});
    double bottom = rows.bottom + 8 + kSmallSize;
    if (!options.value_label.empty()) {
        const std::string& full = canvas.options().value_label;
        TextStyle style;
        style.size = kSmallSize;
        style.fill = canvas.inks().muted;
        style.anchor = Anchor::end;
        const std::string text = shortened(full, canvas.width() - 2 * kMargin, kSmallSize);
        if (text != full) style.title = full;
        bottom += line_height(kSmallSize) + 2;
        canvas.text(text_width(text, kSmallSize) > right - kMargin ? canvas.right() : right, bottom, text, style);
    }
    return canvas.finish(bottom + kMargin);
}

}  // namespace fangtan::report
