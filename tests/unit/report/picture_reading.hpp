// SPDX-License-Identifier: Apache-2.0
//
// Reads a picture back: is it well-formed, where does its text stand?
#pragma once

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <pugixml.hpp>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "fangtan/report/label_text.hpp"
#include "fangtan/text/utf8.hpp"

namespace fangtan::testing {

// A line of text as a rectangle that may be turned.
struct DrawnText {
    std::string text;
    std::array<std::pair<double, double>, 4> corners;
};

inline bool separated_along(double x, double y, const DrawnText& one, const DrawnText& other) {
    const auto range = [&](const DrawnText& drawn) {
        double low = 1e300, high = -1e300;
        for (const auto& [cx, cy] : drawn.corners) {
            low = std::min(low, cx * x + cy * y);
            high = std::max(high, cx * x + cy * y);
        }
        return std::pair(low, high);
    };
    const auto [low1, high1] = range(one);
    const auto [low2, high2] = range(other);
    // Coordinates are printed with one decimal.
    return high1 <= low2 + 0.3 || high2 <= low1 + 0.3;
}

// Two convex shapes are apart if some side's normal tells them apart.
inline bool overlap(const DrawnText& one, const DrawnText& other) {
    for (const DrawnText* drawn : {&one, &other}) {
        for (std::size_t i = 0; i < 2; ++i) {
            const auto [ax, ay] = drawn->corners[i];
            const auto [bx, by] = drawn->corners[i + 1];
            const double length = std::hypot(bx - ax, by - ay);
            if (length > 0 && separated_along((by - ay) / length, (ax - bx) / length, one, other)) return false;
        }
    }
    return true;
}

class Picture {
 public:
    explicit Picture(const std::string& svg) : svg_(svg) {
        const pugi::xml_parse_result result = document_.load_buffer(svg.data(), svg.size(), pugi::parse_full);
        INFO(svg);
        REQUIRE(result);
        REQUIRE(std::string(root().name()) == "svg");
        REQUIRE_FALSE(utf8::first_fault(svg));
        // What pugixml lets pass and XML 1.0 does not.
        bool admitted = true;
        for (std::size_t i = 0; i < svg.size(); i += utf8::length(svg[i])) {
            const char32_t c = utf8::at(svg, i);
            admitted = admitted && (c == '\n' || (c >= 0x20 && !(c >= 0x7F && c < 0xA0) && c != 0xFFFE && c != 0xFFFF));
        }
        REQUIRE(admitted);
        REQUIRE(svg.find("nan") == std::string::npos);
        REQUIRE(svg.find("inf\"") == std::string::npos);
        width = root().attribute("width").as_double();
        height = root().attribute("height").as_double();
        read(root(), 12);
    }

    [[nodiscard]] pugi::xml_node root() const { return document_.document_element(); }
    [[nodiscard]] const std::string& svg() const { return svg_; }

    [[nodiscard]] std::vector<pugi::xml_node> all(const std::string& path) const {
        std::vector<pugi::xml_node> nodes;
        for (const pugi::xpath_node& node : document_.select_nodes(path.c_str())) nodes.push_back(node.node());
        return nodes;
    }

    [[nodiscard]] bool says(const std::string& text) const {
        return std::any_of(texts.begin(), texts.end(), [&](const DrawnText& drawn) { return drawn.text == text; });
    }

    // Empty if no text touches another and all are in the picture.
    [[nodiscard]] std::string fault() const {
        for (std::size_t i = 0; i < texts.size(); ++i) {
            for (const auto& [x, y] : texts[i].corners) {
                if (x < -0.3 || y < -0.3 || x > width + 0.3 || y > height + 0.3) return "outside: " + texts[i].text;
            }
            for (std::size_t j = 0; j < i; ++j) {
                if (overlap(texts[i], texts[j])) return "overlap: " + texts[j].text + " | " + texts[i].text;
            }
        }
        return "";
    }

    double width = 0, height = 0;
    std::vector<DrawnText> texts;

 private:
    void read(const pugi::xml_node& node, double size) {
        for (const pugi::xml_node& child : node.children()) {
            if (std::string(child.name()) == "text") {
                read_text(child);
            } else {
                read(child, size);
            }
        }
    }

    void read_text(const pugi::xml_node& node) {
        const double size = node.attribute("font-size") ? node.attribute("font-size").as_double() : 12;
        if (!node.child("tspan")) add(node, node, size);
        for (const pugi::xml_node& line : node.children("tspan")) add(node, line, size);
    }

    void add(const pugi::xml_node& node, const pugi::xml_node& line, double size) {
        std::string text;
        for (const pugi::xml_node& child : line.children()) {
            if (child.type() == pugi::node_pcdata) text += child.value();
        }
        if (text.empty()) return;
        const double width_of = report::text_width(text, size);
        const double x = line.attribute("x").as_double();
        const double y = line.attribute("y").as_double();
        const std::string anchor = node.attribute("text-anchor").as_string("start");
        const double left = anchor == "start" ? x : anchor == "end" ? x - width_of : x - width_of / 2;
        const double top = y - report::kAscent * size;
        const double bottom = y + report::kDescent * size;
        DrawnText drawn{text, {{{left, top}, {left + width_of, top}, {left + width_of, bottom}, {left, bottom}}}};
        const std::string transform = node.attribute("transform").as_string();
        if (!transform.empty()) {
            REQUIRE(transform.rfind("rotate(", 0) == 0);
            std::istringstream numbers(transform.substr(7));
            double angle = 0, around_x = 0, around_y = 0;
            numbers >> angle >> around_x >> around_y;
            const double radians = angle * 3.14159265358979 / 180;
            for (auto& [cx, cy] : drawn.corners) {
                const double dx = cx - around_x;
                const double dy = cy - around_y;
                cx = around_x + dx * std::cos(radians) - dy * std::sin(radians);
                cy = around_y + dx * std::sin(radians) + dy * std::cos(radians);
            }
        }
        texts.push_back(std::move(drawn));
    }

    std::string svg_;
    pugi::xml_document document_;
};

}  // namespace fangtan::testing
