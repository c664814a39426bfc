// SPDX-License-Identifier: Apache-2.0
#include "fangtan/report/axis.hpp"
#include "fangtan/report/label_text.hpp"
#include "fangtan/report/palette.hpp"
#include "fangtan/report/picture.hpp"
#include "fangtan/report/svg_canvas.hpp"

namespace fangtan::report {

namespace {

constexpr double kTickGap = 6;
constexpr double kTurnedMaximum = 90;
constexpr double kSlope = 0.7071067811865476;  // sine and cosine of 45°

void check(const SaturationCurve& curve) {
    const std::size_t count = curve.interviews.size();
    require(curve.cumulative.size() == count, "a saturation curve has not one number of codes for each interview");
    require(curve.new_codes.empty() || curve.new_codes.size() == count, "a saturation curve has not one number of new codes for each interview");
    require(curve.low.size() == curve.high.size() && curve.low.size() == curve.middle.size() && (curve.low.empty() || curve.low.size() == count),
            "the band of a saturation curve has not three numbers for each interview");
    require(!curve.saturated_after || *curve.saturated_after <= count, "a saturation curve is saturated after more interviews than there are");
    for (const auto* values : {&curve.cumulative, &curve.new_codes, &curve.low, &curve.middle, &curve.high}) {
        for (const double value : *values) require_amount(value);
    }
}

// Where everything stands.
struct Plot {
    double left = 0, right = 0, top = 0, bottom = 0;
    std::size_t count = 0;
    Axis axis;

    [[nodiscard]] double slot() const { return (right - left) / static_cast<double>(count); }
    [[nodiscard]] double x(std::size_t interview) const { return left + (static_cast<double>(interview) + 0.5) * slot(); }
    [[nodiscard]] double y(double value) const { return bottom - (bottom - top) * axis.share(value); }
};

std::string point(const Plot& plot, std::size_t interview, double value) { return coordinate(plot.x(interview)) + "," + coordinate(plot.y(value)); }

std::string points(const Plot& plot, const std::vector<double>& values) {
    std::string text;
    for (std::size_t i = 0; i < values.size(); ++i) text.append(i == 0 ? "" : " ").append(point(plot, i, values[i]));
    return text;
}

void draw_y_axis(SvgCanvas& canvas, const Plot& plot) {
    TextStyle style;
    style.size = kSmallSize;
    style.anchor = Anchor::end;
    style.fill = canvas.inks().muted;
    for (std::size_t i = 0; i < plot.axis.ticks.size(); ++i) {
        const double y = plot.bottom - (plot.bottom - plot.top) * static_cast<double>(i) / static_cast<double>(plot.axis.ticks.size() - 1);
        canvas.line(plot.left, y, plot.right, y, {{"stroke", i == 0 ? canvas.inks().muted : canvas.inks().grid}});
        canvas.text(plot.left - kTickGap, base_line(y, kSmallSize), plot.axis.ticks[i], style);
    }
}

// The y below the labels. Upright if all fit, else turned; of very many every second, fifth, tenth ….
double draw_x_axis(SvgCanvas& canvas, const Plot& plot, const std::vector<std::string>& labels) {
    double widest = 0;
    for (const std::string& label : labels) widest = std::max(widest, text_width(label, kSmallSize));
    const bool upright = widest + 6 <= plot.slot();
    const double least_slot = kSmallSize * (kAscent + kDescent) / kSlope + 2;
    std::size_t every = 1;
    if (!upright) {
        for (std::size_t i = 0; static_cast<double>(every) * plot.slot() < least_slot; ++i) every = every * (i % 3 == 1 ? 5 : 2) / (i % 3 == 1 ? 2 : 1);
    }
    double bottom = 0;
    for (std::size_t i = 0; i < labels.size(); i += every) {
        TextStyle style;
        style.size = kSmallSize;
        style.fill = canvas.inks().muted;
        const double x = plot.x(i);
        if (upright) {
            style.anchor = Anchor::middle;
            canvas.text(x, plot.bottom + 6 + kSmallSize, labels[i], style);
            bottom = std::max(bottom, plot.bottom + 8 + kSmallSize);
            continue;
        }
        style.anchor = Anchor::end;
        style.angle = -45;
        // What hangs to the left must stay in the picture.
        const double end = x + kSmallSize * 0.3;
        const std::string text = shortened(labels[i], std::min(kTurnedMaximum, (end - kSmallSize) / kSlope), kSmallSize);
        if (text != labels[i]) style.title = labels[i];
        canvas.text(end, plot.bottom + 4 + kSmallSize, text, style);
        bottom = std::max(bottom, plot.bottom + 6 + kSmallSize + text_width(text, kSmallSize) * kSlope + kDescent * kSmallSize);
    }
    return bottom;
}

std::vector<LegendItem> legend_of(const SaturationCurve& curve, const std::string& line, const std::string& bars) {
    std::vector<LegendItem> items;
    if (!curve.y_label.empty()) items.push_back({displayable(curve.y_label), Mark::line, line, 2});
    if (!curve.low.empty() && !curve.band_label.empty()) items.push_back({displayable(curve.band_label), Mark::band, line, 0, 0.25});
    if (!curve.middle.empty() && !curve.middle_label.empty()) items.push_back({displayable(curve.middle_label), Mark::dotted_line, line, 1, 0.7});
    if (!curve.new_codes.empty() && !curve.new_label.empty()) items.push_back({displayable(curve.new_label), Mark::square, bars});
    return items;
}

// In the strip above the plot, on the side of the line where there is room.
void draw_saturation(SvgCanvas& canvas, const Plot& plot, std::size_t after, const std::string& label, const std::string& color) {
    const double x = plot.left + plot.slot() * static_cast<double>(after);
    canvas.line(x, plot.top - 18, x, plot.bottom, {{"stroke", color}, {"stroke-width", "1.5"}, {"stroke-dasharray", "5 4"}});
    if (label.empty()) return;
    const double room_right = canvas.right() - x - 6;
    const double room_left = x - 6 - kMargin;
    TextStyle style;
    style.size = kSmallSize;
    const bool to_right = text_width(label, kSmallSize) <= room_right || room_right >= room_left;
    const std::string text = shortened(label, to_right ? room_right : room_left, kSmallSize);
    if (text != label) style.title = label;
    if (!to_right) style.anchor = Anchor::end;
    canvas.text(to_right ? x + 6 : x - 6, plot.top - 10, text, style);
}

}  // namespace

std::string saturation_curve(const SaturationCurve& curve, const PictureOptions& options) {
    check(curve);
    if (curve.interviews.empty()) return empty_picture(options);
    SvgCanvas canvas(options);
    const std::string line_color = to_string(category_color(0));
    const std::string bar_color = to_string(category_color(1));
    const std::string saturated_color = to_string(category_color(3));

    double maximum = 0;
    Numbers numbers = numbers_of(curve.cumulative);
    for (const auto* values : {&curve.cumulative, &curve.new_codes, &curve.high}) {
        for (const double value : *values) maximum = std::max(maximum, value);
    }
    Plot plot;
    plot.count = curve.interviews.size();
    plot.axis = nice_axis(maximum, numbers, 6);
    plot.top = draw_legend(canvas, legend_of(curve, line_color, bar_color), kMargin, canvas.draw_title()) + (curve.saturated_after ? 30 : 12);
    plot.bottom = plot.top + canvas.width() * 0.42;
    double widest = 0;
    for (const std::string& tick : plot.axis.ticks) widest = std::max(widest, text_width(tick, kSmallSize));
    plot.left = kMargin + widest + kTickGap;
    plot.right = canvas.right();

    std::vector<std::string> labels;
    for (const std::string& interview : curve.interviews) labels.push_back(displayable(interview));
    canvas.open("g", {{"class", "axis"}, {"aria-hidden", "true"}});
    draw_y_axis(canvas, plot);
    double bottom = draw_x_axis(canvas, plot, labels);
    canvas.close("g");

    // The band below the bars, which it would tint.
    if (!curve.low.empty()) {
        std::string outline = points(plot, curve.high);
        for (std::size_t i = plot.count; i-- > 0;) outline.append(" ").append(point(plot, i, curve.low[i]));
        canvas.empty("polygon", {{"class", "band"}, {"points", outline}, {"fill", line_color}, {"fill-opacity", "0.18"}});
    }
    const double bar = std::min(28.0, plot.slot() * 0.6);
    for (std::size_t i = 0; i < plot.count && !curve.new_codes.empty(); ++i) {
        const double y = plot.y(curve.new_codes[i]);
        canvas.rectangle(plot.x(i) - bar / 2, y, bar, plot.bottom - y, {{"class", "new"}, {"fill", bar_color}});
    }
    if (!curve.middle.empty()) {
        canvas.empty("polyline", {{"class", "middle"},
                                  {"points", points(plot, curve.middle)},
                                  {"fill", "none"},
                                  {"stroke", line_color},
                                  {"stroke-opacity", "0.7"},
                                  {"stroke-dasharray", std::string(kDots)}});
    }
    if (curve.saturated_after) draw_saturation(canvas, plot, *curve.saturated_after, displayable(curve.saturated_label), saturated_color);
    canvas.empty("polyline", {{"class", "cumulative"},
                              {"points", points(plot, curve.cumulative)},
                              {"fill", "none"},
                              {"stroke", line_color},
                              {"stroke-width", "2"},
                              {"stroke-linejoin", "round"}});
    const double radius = std::clamp(plot.slot() * 0.2, 1.0, 3.0);
    for (std::size_t i = 0; i < plot.count; ++i) {
        std::string sentence = isolated(labels[i]) + colon(options.language) + number_text(curve.cumulative[i]);
        if (!curve.new_codes.empty()) sentence.append(" (+").append(number_text(curve.new_codes[i])).append(")");
        canvas.open("g", {{"class", "interview"}, {"data-number", std::to_string(i + 1)}});
        canvas.title(sentence);
        canvas.circle(plot.x(i), plot.y(curve.cumulative[i]), radius, {{"fill", line_color}});
        canvas.close("g");
    }
    if (!curve.x_label.empty()) {
        const std::string full = displayable(curve.x_label);
        TextStyle style;
        style.size = kSmallSize;
        style.anchor = Anchor::end;
        style.fill = canvas.inks().muted;
        const std::string text = shortened(full, plot.right - kMargin, kSmallSize);
        if (text != full) style.title = full;
        bottom += line_height(kSmallSize);
        canvas.text(plot.right, bottom, text, style);
    }
    return canvas.finish(bottom + kMargin);
}

}  // namespace fangtan::report
