// SPDX-License-Identifier: Apache-2.0
//
// Writes SVG elements one by one: escaping, numbers, and the frame around them
// with its names for screen readers. y grows downwards; all lengths in px.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "fangtan/report/palette.hpp"
#include "fangtan/report/picture.hpp"

namespace fangtan::report {

inline constexpr double kMargin = 16;
inline constexpr double kLabelSize = 12;
inline constexpr double kSmallSize = 11;

// With one decimal at most, without "-0": the same digits wherever the last bits of a computation differ.
[[nodiscard]] std::string coordinate(double value);

// For element content and attribute values in double quotes.
[[nodiscard]] std::string xml_escaped(std::string_view displayable);

using Attributes = std::vector<std::pair<std::string_view, std::string>>;

enum class Anchor { start, middle, end };

struct TextStyle {
    double size = kLabelSize;
    Anchor anchor = Anchor::start;
    std::string fill;    // empty: the ink
    bool bold = false;
    double angle = 0;    // degrees, clockwise around the place of the text
    bool halo = false;   // the paper's colour around the letters, so that lines do not run through them
    std::string title;   // the full text of what was shortened
};

// A colour that follows the page when embedded.
struct Inks {
    std::string ink, muted, grid, paper;
};

class SvgCanvas {
 public:
    // Throws Error(internal) if the width is not a number of at least 320.
    explicit SvgCanvas(const PictureOptions& options);

    [[nodiscard]] const PictureOptions& options() const { return options_; }
    [[nodiscard]] const Inks& inks() const { return inks_; }
    [[nodiscard]] double width() const { return width_; }
    void widen(double width) { width_ = width; }
    [[nodiscard]] double right() const { return width_ - kMargin; }

    // The title above the picture. The y at which the picture may begin.
    [[nodiscard]] double draw_title();

    void open(std::string_view element, const Attributes& attributes);
    void close(std::string_view element);
    void empty(std::string_view element, const Attributes& attributes);
    void title(std::string_view displayable);
    void line(double x1, double y1, double x2, double y2, const Attributes& attributes);
    void rectangle(double x, double y, double width, double height, const Attributes& attributes);
    void circle(double x, double y, double radius, const Attributes& attributes);
    // (x, y) is on the base line of the first line; the others follow below. `displayable` text only.
    void text(double x, double y, std::string_view displayable, const TextStyle& style);
    void text(double x, double y, const std::vector<std::string>& lines, const TextStyle& style);

    // The stroke that a shape of this colour needs so that it does not vanish in the paper: white and near it on the white one,
    // embedded also black and near it, since the page may be dark. Empty if it needs none.
    [[nodiscard]] std::string outline(std::string_view color) const;

    // The second cue of a circle whose colour is hard to tell from others: 0 none, 1 a dot, 2 a ring, and so on in turn.
    void cue_circle(double x, double y, double radius, std::string_view color, std::size_t cue);

    // The cells of a picture can have the focus: a group of pictures instead of one.
    void make_focusable() { focusable_ = true; }

    [[nodiscard]] std::string finish(double height) const;

 private:
    void indent();

    PictureOptions options_;
    Inks inks_;
    double width_;
    std::string body_;
    std::size_t depth_ = 1;
    bool focusable_ = false;
};

// Distance between the base lines of wrapped text, and from the middle of a line of text down to its base line.
[[nodiscard]] inline double line_height(double size) { return size * 1.3; }
[[nodiscard]] inline double base_line(double middle, double size) { return middle + size * 0.36; }

inline constexpr std::string_view kDots = "2 3";  // stroke-dasharray of a dotted line

enum class Mark { square, line, dashed_line, dotted_line, band, ring };

struct LegendItem {
    std::string text;  // displayable
    Mark mark = Mark::square;
    std::string color;
    double thickness = 2;  // of a line
    double opacity = 1;    // of a line or a band
    std::size_t cue = 0;   // of a ring; see cue_circle()
};

// One beside the other from left to right, in as many rows as it takes. The y below them; `top` if there are none.
[[nodiscard]] double draw_legend(SvgCanvas& canvas, const std::vector<LegendItem>& items, double left, double top);

// The picture of nothing.
[[nodiscard]] std::string empty_picture(const PictureOptions& options);

// Throws Error(internal) if `value` is no number, infinite, or negative.
void require_amount(double value);
void require(bool holds, const char* sentence);

// The given colour if it is one, else that of the group: colours go round in the order in which groups first appear.
class GroupColors {
 public:
    [[nodiscard]] std::string color(const std::string& given, const std::string& group);

 private:
    std::vector<std::string> groups_;
};

}  // namespace fangtan::report
