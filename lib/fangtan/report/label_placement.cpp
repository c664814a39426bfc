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
        taken_.push_back(found ? found->box : Rectangle());
        return found;
    }

    // The k-th label that was placed, which was shortened.
    void widen(std::size_t k, const LabelledCircle& circle, PlacedLabel& label) {
        taken_[k] = {};  // it is not in its own way
        LabelledCircle whole = circle;
        whole.label_width = circle.full_width;
        for (int ring = 0; ring < 2; ++ring) {
            const double away = kBeside + ring * kRing;
            for (const Point& direction : kDirections) {
                const Rectangle box = box_at(whole, direction, circle.radius + away);
                if (!is_free(box) || covered(box) > 0) continue;
                label = {box, away > kApart};
                taken_[k] = box;
                return;
            }
        }
        label.box = widened(label.box, circle);
        taken_[k] = label.box;
    }

 private:
    // Away from its circle; above or below it to both sides alike.
    [[nodiscard]] Rectangle widened(const Rectangle& box, const LabelledCircle& circle) const {
        double left = bounds_.left;
        double right = bounds_.right;
        const auto keep_apart = [&](const Rectangle& other) {
            if (other.top >= box.bottom || other.bottom <= box.top) return;
            if (other.right <= box.left) left = std::max(left, other.right + kBeside);
            if (other.left >= box.right) right = std::min(right, other.left - kBeside);
        };
        for (const Rectangle& other : taken_) keep_apart(other);
        for (const LabelledCircle& other : circles_) {
            keep_apart({other.middle.x - other.radius, other.middle.y - other.radius, other.middle.x + other.radius, other.middle.y + other.radius});
        }
        const double middle = (box.left + box.right) / 2;
        if (std::abs(middle - circle.middle.x) < 0.01) {
            const double half = std::min({middle - left, right - middle, circle.full_width / 2});
            return half * 2 <= box.right - box.left ? box : Rectangle{middle - half, box.top, middle + half, box.bottom};
        }
        if (middle < circle.middle.x) return {std::min(box.left, std::max(left, box.right - circle.full_width)), box.top, box.right, box.bottom};
        return {box.left, box.top, std::max(box.right, std::min(right, box.left + circle.full_width)), box.bottom};
    }

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
    for (std::size_t k = 0; k < circles.size(); ++k) {
        if (placed[k] && circles[k].full_width > circles[k].label_width) placement.widen(k, circles[k], *placed[k]);
    }
    return placed;
}

}  // namespace fangtan::report
