// SPDX-License-Identifier: Apache-2.0
#include "fangtan/report/svg_canvas.hpp"

#include <array>
#include <charconv>
#include <cmath>

#include "fangtan/base/error.hpp"
#include "fangtan/report/label_text.hpp"

namespace fangtan::report {

namespace {

constexpr double kTitleSize = 15;

std::string safe_id(std::string_view prefix) {
    std::string id;
    for (const char c : prefix) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
        id += plain ? c : '_';
    }
    // An id that begins with a digit or a hyphen is none in XML.
    if (!id.empty() && (id.front() == '-' || (id.front() >= '0' && id.front() <= '9'))) id.insert(0, "_");
    return id;
}

// As safe_id: a language tag has the same letters.
std::string safe_language(std::string_view language) { return language.empty() ? "und" : safe_id(language); }

void append_attributes(std::string& body, const Attributes& attributes) {
    for (const auto& [name, value] : attributes) body.append(" ").append(name).append("=\"").append(xml_escaped(value)).append("\"");
}

std::string two_decimals(double value) {
    std::array<char, 16> buffer{};
    const std::to_chars_result written = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, std::chars_format::fixed, 2);
    return {buffer.data(), written.ptr};
}

}  // namespace

std::string coordinate(double value) {
    require(std::isfinite(value), "a coordinate is not a finite number");
    std::array<char, 400> buffer{};
    const std::to_chars_result written = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, std::chars_format::fixed, 1);
    std::string text(buffer.data(), written.ptr);
    if (text.ends_with(".0")) text.resize(text.size() - 2);
    return text == "-0" ? "0" : text;
}

std::string xml_escaped(std::string_view displayable) {
    std::string result;
    for (const char c : displayable) {
        switch (c) {
            case '&': result += "&amp;"; break;
            case '<': result += "&lt;"; break;
            case '>': result += "&gt;"; break;
            case '"': result += "&quot;"; break;
            case '\'': result += "&#39;"; break;
            default: result += c;
        }
    }
    return result;
}

SvgCanvas::SvgCanvas(const PictureOptions& options) : options_(options), width_(options.width) {
    constexpr double kLeastWidth = 320;
    require(std::isfinite(width_) && width_ >= kLeastWidth && width_ <= 1e6, "a picture's width is not a number from 320 to a million");
    options_.title = displayable(options.title);
    options_.description = displayable(options.description);
    options_.value_label = displayable(options.value_label);
    if (options.embedded) {
        inks_ = {"currentColor", "var(--picture-muted,#767676)", "var(--picture-grid,#80808040)", "var(--picture-paper,Canvas)"};
    } else {
        inks_ = {"#1a1a1a", "#595959", "#dcdcdc", "#ffffff"};
    }
}

double SvgCanvas::draw_title() {
    if (options_.embedded || options_.title.empty()) return kMargin;
    TextStyle style;
    style.size = kTitleSize;
    style.bold = true;
    const WrappedText title = wrapped(options_.title, width_ - 2 * kMargin, kTitleSize * 1.08, 3);
    if (title.cut) style.title = options_.title;
    text(kMargin, kMargin + kTitleSize * kAscent, title.lines, style);
    return kMargin + static_cast<double>(title.lines.size()) * line_height(kTitleSize) + 10;
}

void SvgCanvas::indent() { body_.append(2 * depth_, ' '); }

void SvgCanvas::open(std::string_view element, const Attributes& attributes) {
    indent();
    body_.append("<").append(element);
    append_attributes(body_, attributes);
    body_ += ">\n";
    ++depth_;
}

void SvgCanvas::close(std::string_view element) {
    --depth_;
    indent();
    body_.append("</").append(element).append(">\n");
}

void SvgCanvas::empty(std::string_view element, const Attributes& attributes) {
    indent();
    body_.append("<").append(element);
    append_attributes(body_, attributes);
    body_ += "/>\n";
}

void SvgCanvas::title(std::string_view displayable) {
    indent();
    body_.append("<title>").append(xml_escaped(displayable)).append("</title>\n");
}

void SvgCanvas::line(double x1, double y1, double x2, double y2, const Attributes& attributes) {
    Attributes all = {{"x1", coordinate(x1)}, {"y1", coordinate(y1)}, {"x2", coordinate(x2)}, {"y2", coordinate(y2)}};
    all.insert(all.end(), attributes.begin(), attributes.end());
    empty("line", all);
}

void SvgCanvas::rectangle(double x, double y, double width, double height, const Attributes& attributes) {
    Attributes all = {{"x", coordinate(x)}, {"y", coordinate(y)}, {"width", coordinate(width)}, {"height", coordinate(height)}};
    all.insert(all.end(), attributes.begin(), attributes.end());
    empty("rect", all);
}

void SvgCanvas::circle(double x, double y, double radius, const Attributes& attributes) {
    Attributes all = {{"cx", coordinate(x)}, {"cy", coordinate(y)}, {"r", coordinate(radius)}};
    all.insert(all.end(), attributes.begin(), attributes.end());
    empty("circle", all);
}

std::string SvgCanvas::outline(std::string_view color) const {
    constexpr double kLeastContrast = 2;
    constexpr Color kLightPaper{255, 255, 255};
    constexpr Color kDarkPaper{23, 24, 26};  // of the report's dark scheme
    const std::optional<Color> fill = parse_color(color);
    if (!fill) return {};
    const bool vanishes = contrast_ratio(*fill, kLightPaper) < kLeastContrast || (options_.embedded && contrast_ratio(*fill, kDarkPaper) < kLeastContrast);
    return vanishes ? inks_.muted : std::string();
}

void SvgCanvas::cue_circle(double x, double y, double radius, std::string_view color, std::size_t cue) {
    const std::optional<Color> fill = parse_color(color);
    if (!fill || cue % 3 == 0) return;
    const std::string ink = to_string(ink_on(*fill));
    if (cue % 3 == 1) {
        circle(x, y, radius * 0.35, {{"class", "cue"}, {"fill", ink}});
    } else {
        circle(x, y, radius * 0.6, {{"class", "cue"}, {"fill", "none"}, {"stroke", ink}, {"stroke-width", coordinate(std::max(1.0, radius * 0.15))}});
    }
}

void SvgCanvas::text(double x, double y, std::string_view displayable, const TextStyle& style) {
    text(x, y, std::vector<std::string>{std::string(displayable)}, style);
}

void SvgCanvas::text(double x, double y, const std::vector<std::string>& lines, const TextStyle& style) {
    Attributes attributes = {{"x", coordinate(x)}, {"y", coordinate(y)}};
    if (style.size != kLabelSize) attributes.emplace_back("font-size", coordinate(style.size));
    if (style.anchor != Anchor::start) attributes.emplace_back("text-anchor", style.anchor == Anchor::middle ? "middle" : "end");
    if (!style.fill.empty()) attributes.emplace_back("fill", style.fill);
    if (style.bold) attributes.emplace_back("font-weight", "bold");
    if (style.angle != 0) attributes.emplace_back("transform", "rotate(" + coordinate(style.angle) + " " + coordinate(x) + " " + coordinate(y) + ")");
    if (style.halo) {
        attributes.emplace_back("stroke", inks_.paper);
        attributes.emplace_back("stroke-width", "3");
        attributes.emplace_back("stroke-linejoin", "round");
        attributes.emplace_back("paint-order", "stroke");
    }
    indent();
    body_ += "<text";
    append_attributes(body_, attributes);
    body_ += ">";
    if (!style.title.empty()) body_.append("<title>").append(xml_escaped(style.title)).append("</title>");
    if (lines.size() == 1) {
        body_ += xml_escaped(lines.front());
    } else {
        for (std::size_t i = 0; i < lines.size(); ++i) {
            const double down = y + static_cast<double>(i) * line_height(style.size);
            body_.append("<tspan x=\"").append(coordinate(x)).append("\" y=\"").append(coordinate(down)).append("\">");
            body_.append(xml_escaped(lines[i])).append("</tspan>");
        }
    }
    body_ += "</text>\n";
}

std::string SvgCanvas::finish(double height) const {
    const std::string prefix = safe_id(options_.id_prefix);
    const std::string language = safe_language(options_.language);
    const std::string title_id = prefix + "picture-title";
    const std::string description_id = prefix + "picture-description";
    std::string names;
    if (!options_.title.empty()) names = title_id;
    if (!options_.description.empty()) names.append(names.empty() ? "" : " ").append(description_id);
    Attributes attributes = {{"xmlns", "http://www.w3.org/2000/svg"},
                             {"width", coordinate(width_)},
                             {"height", coordinate(height)},
                             {"viewBox", "0 0 " + coordinate(width_) + " " + coordinate(height)},
                             {"role", focusable_ ? "group" : "img"}};
    if (!names.empty()) attributes.emplace_back("aria-labelledby", names);
    attributes.insert(attributes.end(), {{"lang", language},
                                         {"xml:lang", language},
                                         {"font-family", font_family(options_.language)},
                                         {"font-size", coordinate(kLabelSize)},
                                         {"fill", inks_.ink}});
    std::string picture = "<svg";
    append_attributes(picture, attributes);
    picture += ">\n";
    if (!options_.title.empty()) {
        picture.append("  <title id=\"").append(title_id).append("\">").append(xml_escaped(options_.title)).append("</title>\n");
    }
    if (!options_.description.empty()) {
        picture.append("  <desc id=\"").append(description_id).append("\">").append(xml_escaped(options_.description)).append("</desc>\n");
    }
    if (!options_.embedded) {
        picture.append("  <rect width=\"").append(coordinate(width_));
        picture.append("\" height=\"").append(coordinate(height)).append("\" fill=\"#ffffff\"/>\n");
    }
    return picture.append(body_).append("</svg>\n");
}

double draw_legend(SvgCanvas& canvas, const std::vector<LegendItem>& items, double left, double top) {
    constexpr double kMark = 12;
    constexpr double kLine = 24;
    constexpr double kGap = 6;
    constexpr double kBetween = 18;
    constexpr double kRow = 20;
    double x = left;
    double middle = top + kRow / 2;
    for (const LegendItem& item : items) {
        const double mark = item.mark == Mark::square || item.mark == Mark::ring ? kMark : kLine;
        TextStyle style;
        const std::string text = shortened(item.text, canvas.right() - left - mark - kGap, kLabelSize);
        if (text != item.text) style.title = item.text;
        const double width = mark + kGap + text_width(text, kLabelSize);
        if (x > left && x + width > canvas.right()) {
            x = left;
            middle += kRow;
        }
        Attributes shape = {{"fill", item.color}};
        if (const std::string outline = canvas.outline(item.color); !outline.empty()) shape.emplace_back("stroke", outline);
        switch (item.mark) {
            case Mark::square: canvas.rectangle(x, middle - kMark / 2, kMark, kMark, shape); break;
            case Mark::band:
                canvas.rectangle(x, middle - kMark / 2, kLine, kMark, {{"fill", item.color}, {"fill-opacity", two_decimals(item.opacity)}});
                break;
            case Mark::ring:
                canvas.circle(x + kMark / 2, middle, kMark / 2, shape);
                canvas.cue_circle(x + kMark / 2, middle, kMark / 2, item.color, item.cue);
                break;
            case Mark::line:
            case Mark::dashed_line:
            case Mark::dotted_line: {
                Attributes stroke = {{"stroke", item.color}, {"stroke-width", coordinate(item.thickness)}};
                if (item.opacity < 1) stroke.emplace_back("stroke-opacity", two_decimals(item.opacity));
                if (item.mark == Mark::dashed_line) stroke.emplace_back("stroke-dasharray", "5 4");
                if (item.mark == Mark::dotted_line) stroke.emplace_back("stroke-dasharray", std::string(kDots));
                canvas.line(x, middle, x + kLine, middle, stroke);
                break;
            }
        }
        canvas.text(x + mark + kGap, base_line(middle, kLabelSize), text, style);
        x += width + kBetween;
    }
    return items.empty() ? top : middle + kRow / 2;
}

std::string empty_picture(const PictureOptions& options) {
    SvgCanvas canvas(options);
    const double top = canvas.draw_title();
    TextStyle style;
    style.fill = canvas.inks().muted;
    canvas.text(kMargin, top + kLabelSize, nothing_to_draw(options.language), style);
    return canvas.finish(top + kLabelSize + kMargin);
}

void require(bool holds, const char* sentence) {
    if (!holds) throw Error(ErrorKind::internal, "", sentence);
}

void require_amount(double value) {
    require(std::isfinite(value), "a value of a picture is not a finite number");
    require(value >= 0, "a value of a picture is negative");
}

std::string GroupColors::color(const std::string& given, const std::string& group) {
    std::size_t at = 0;
    if (!group.empty()) {
        at = static_cast<std::size_t>(std::find(groups_.begin(), groups_.end(), group) - groups_.begin());
        if (at == groups_.size()) groups_.push_back(group);
    }
    if (const std::optional<Color> valid = parse_color(given)) return to_string(*valid);
    return to_string(category_color(at));
}

}  // namespace fangtan::report
