// SPDX-License-Identifier: Apache-2.0
#include "fangtan/report/label_placement.hpp"

#include <array>
#include <cmath>

namespace fangtan::report {

namespace {

constexpr double kBeside = 3;   // px between circle and label
constexpr double kApart = 12;   // from here on a line leads to the label
constexpr double kRing = 9;
constexpr int kRings = 24;

// Right first, as one reads; then below, left, above, and between them.
constexpr std::array<Point, 12> kDirections = {{
    {1, 0}, {0, 1}, {-1, 0}, {0, -1}, {0.8, 0.6}, {0.8, -0.6}, {-0.8, 0.6}, {-0.8, -0.6}, {0.6, 0.8}, {0.6, -0.8}, {-0.6, 0.8}, {-0.6, -0.8},
}};

// The box that touches a circle of `reach` around the middle from outside, in the given direction.
Rectangle box_at(const LabelledCircle& circle, const Point& direction, double reach) {
    const double x = circle.middle.x + direction.x * reach;
    const double y = circle.middle.y + direction.y * reach;
    const double left = direction.x > 0.1 ? x : direction.x < -0.1 ? x - circle.label_width : x - circle.label_width / 2;
    const double top = direction.y > 0.7 ? y : direction.y < -0.7 ? y - circle.label_height : y - circle.label_height * (0.5 - direction.y / 2);
    return {left, top, left + circle.label_width, top + circle.label_height};
}

bool covers(const Rectangle& box, const LabelledCircle& circle) {
    const double x = circle.middle.x - std::clamp(circle.middle.x, box.left, box.right);
    const double y = circle.middle.y - std::clamp(circle.middle.y, box.top, box.bottom);
    return x * x + y * y < circle.radius * circle.radius;
}

class Placement {
 public:
    Placement(const std::vector<LabelledCircle>& circles, const Rectangle& bounds) : circles_(circles), bounds_(bounds) {}

    std::optional<PlacedLabel> place(const LabelledCircle& circle) {
        std::optional<PlacedLabel> found = beside(circle);
        if (!found) found = anywhere(circle);
        if (found) taken_.push_back(found->box);
        return found;
    }

 private:
    [[nodiscard]] bool is_free(const Rectangle& box) const {
        return box.within(bounds_) && std::none_of(taken_.begin(), taken_.end(), [&](const Rectangle& other) { return box.overlaps(other); });
    }

    [[nodiscard]] std::size_t covered(const Rectangle& box) const {
        const auto count = std::count_if(circles_.begin(), circles_.end(), [&](const LabelledCircle& circle) { return covers(box, circle); });
        return static_cast<std::size_t>(count);
    }

    // A circle that is covered counts as three rings.
    [[nodiscard]] std::optional<PlacedLabel> beside(const LabelledCircle& circle) const {
        constexpr double kCovered = 3;
        std::optional<PlacedLabel> best;
        double least = 0;
        for (int ring = 0; ring < kRings; ++ring) {
            if (best && least <= ring) break;
            const double away = kBeside + ring * kRing;
            for (const Point& direction : kDirections) {
                const Rectangle box = box_at(circle, direction, circle.radius + away);
                if (!is_free(box)) continue;
                const double cost = ring + kCovered * static_cast<double>(covered(box));
                if (best && cost >= least) continue;
                best = PlacedLabel{box, away > kApart};
                least = cost;
            }
        }
        return best;
    }

    [[nodiscard]] std::optional<PlacedLabel> anywhere(const LabelledCircle& circle) const {
        constexpr double kStep = 6;
        for (double top = bounds_.top; top + circle.label_height <= bounds_.bottom; top += kStep) {
            for (double left = bounds_.left; left + circle.label_width <= bounds_.right; left += kStep) {
                const Rectangle box{left, top, left + circle.label_width, top + circle.label_height};
                if (is_free(box)) return PlacedLabel{box, true};
            }
        }
        return std::nullopt;
    }

    const std::vector<LabelledCircle>& circles_;
    Rectangle bounds_;
    std::vector<Rectangle> taken_;
};

}  // namespace

std::vector<std::optional<PlacedLabel>> place_labels(const std::vector<LabelledCircle>& circles, const Rectangle& bounds) {
    Placement placement(circles, bounds);
    std::vector<std::optional<PlacedLabel>> placed;
    for (const LabelledCircle& circle : circles) placed.push_back(placement.place(circle));
    return placed;
}

}  // namespace fangtan::report
