// SPDX-License-Identifier: Apache-2.0
#include "fangtan/report/network_layout.hpp"

#include <cmath>
#include <numbers>

namespace fangtan::report {

namespace {

constexpr int kSteps = 400;
constexpr int kPushes = 200;
constexpr double kBetween = 8;  // px between two circles

double rounded(double value) { return std::round(value * 1024) / 1024; }

struct Layout {
    const std::vector<double>& radii;
    double width, height;
    std::vector<Point> places;

    void keep_inside(std::size_t i) {
        places[i].x = rounded(std::clamp(places[i].x, std::min(radii[i], width / 2), std::max(width - radii[i], width / 2)));
        places[i].y = rounded(std::clamp(places[i].y, std::min(radii[i], height / 2), std::max(height - radii[i], height / 2)));
    }

    void begin_on_circle(const std::vector<std::size_t>& start) {
        for (std::size_t k = 0; k < start.size(); ++k) {
            const double angle = 2 * std::numbers::pi * static_cast<double>(k) / static_cast<double>(start.size()) - std::numbers::pi / 2;
            places[start[k]] = {width / 2 + 0.4 * width * std::cos(angle), height / 2 + 0.4 * height * std::sin(angle)};
            keep_inside(start[k]);
        }
    }

    // From i to j; never nothing, so that circles in the same place part.
    [[nodiscard]] Point between(std::size_t i, std::size_t j) const {
        const Point way{places[j].x - places[i].x, places[j].y - places[i].y};
        if (std::abs(way.x) + std::abs(way.y) > 0.01) return way;
        const double turn = static_cast<double>(i + 7 * j);
        return {0.1 * std::cos(turn), 0.1 * std::sin(turn)};
    }

    void move(const std::vector<Link>& links, double spacing, double longest) {
        constexpr double kPull = 0.9;
        std::vector<Point> forces(places.size());
        for (std::size_t i = 0; i < places.size(); ++i) {
            for (std::size_t j = i + 1; j < places.size(); ++j) {
                const Point way = between(i, j);
                const double share = spacing * spacing / (way.x * way.x + way.y * way.y);
                forces[i].x -= way.x * share;
                forces[i].y -= way.y * share;
                forces[j].x += way.x * share;
                forces[j].y += way.y * share;
            }
        }
        for (const Link& link : links) {
            const Point way = between(link.from, link.to);
            const double share = std::sqrt(way.x * way.x + way.y * way.y) / spacing * (0.15 + 0.85 * link.strength);
            forces[link.from].x += way.x * share;
            forces[link.from].y += way.y * share;
            forces[link.to].x -= way.x * share;
            forces[link.to].y -= way.y * share;
        }
        for (std::size_t i = 0; i < places.size(); ++i) {
            forces[i].x += (width / 2 - places[i].x) * kPull * height / width;
            forces[i].y += (height / 2 - places[i].y) * kPull;
            const double force = std::sqrt(forces[i].x * forces[i].x + forces[i].y * forces[i].y);
            const double factor = force > longest ? longest / force : 1;
            places[i].x += forces[i].x * factor;
            places[i].y += forces[i].y * factor;
            keep_inside(i);
        }
    }

    // The force model knows no borders: what it found takes the whole room.
    void spread() {
        Point least = places.front();
        Point most = places.front();
        for (const Point& place : places) {
            least = {std::min(least.x, place.x), std::min(least.y, place.y)};
            most = {std::max(most.x, place.x), std::max(most.y, place.y)};
        }
        const double radius = *std::max_element(radii.begin(), radii.end());
        const auto scaled = [radius](double value, double low, double high, double room) {
            return high - low < 1 ? room / 2 : radius + (value - low) / (high - low) * std::max(0.0, room - 2 * radius);
        };
        for (std::size_t i = 0; i < places.size(); ++i) {
            places[i] = {scaled(places[i].x, least.x, most.x, width), scaled(places[i].y, least.y, most.y, height)};
            keep_inside(i);
        }
    }

    bool push_apart() {
        bool moved = false;
        for (std::size_t i = 0; i < places.size(); ++i) {
            for (std::size_t j = i + 1; j < places.size(); ++j) {
                const Point way = between(i, j);
                const double distance = std::sqrt(way.x * way.x + way.y * way.y);
                const double missing = radii[i] + radii[j] + kBetween - distance;
                if (missing <= 0.01) continue;
                moved = true;
                const double share = missing / distance / 2;
                places[i].x -= way.x * share;
                places[i].y -= way.y * share;
                places[j].x += way.x * share;
                places[j].y += way.y * share;
                keep_inside(i);
                keep_inside(j);
            }
        }
        return moved;
    }
};

}  // namespace

std::vector<Point> network_layout(const std::vector<double>& radii, const std::vector<std::size_t>& start, const std::vector<Link>& links, double width,
                                  double height) {
    if (radii.empty()) return {};
    Layout layout{radii, width, height, std::vector<Point>(radii.size())};
    layout.begin_on_circle(start);
    const double spacing = 0.55 * std::sqrt(width * height / static_cast<double>(radii.size()));
    for (int step = 0; step < kSteps; ++step) layout.move(links, spacing, 0.1 * height * (1 - static_cast<double>(step) / kSteps));
    layout.spread();
    for (int push = 0; push < kPushes && layout.push_apart(); ++push) {
    }
    return layout.places;
}

}  // namespace fangtan::report
