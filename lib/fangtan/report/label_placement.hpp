// SPDX-License-Identifier: Apache-2.0
//
// Labels beside circles, none over another.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "fangtan/report/network_layout.hpp"

namespace fangtan::report {

struct Rectangle {
    double left = 0, top = 0, right = 0, bottom = 0;

    [[nodiscard]] bool overlaps(const Rectangle& other) const {
        return left < other.right && other.left < right && top < other.bottom && other.top < bottom;
    }
    [[nodiscard]] bool within(const Rectangle& other) const {
        return left >= other.left && right <= other.right && top >= other.top && bottom <= other.bottom;
    }
};

struct LabelledCircle {
    Point middle;
    double radius = 0;
    double label_width = 0;
    double label_height = 0;
    double full_width = 0;  // if larger than label_width: the label was shortened to that, and takes up to this if there is room
};

struct PlacedLabel {
    Rectangle box;
    bool apart = false;  // so far from its circle that a line should lead to it
};

// A place within `bounds` for the label of each circle, earlier circles first: beside it if possible, on no circle if
// possible, never over the label of another.
// Then, in the same order, those that were shortened take what is free: a place close by for the whole, else the room at their
// side up to the next label or circle. Empty for a label for which nothing is left. O(n²) for most.
[[nodiscard]] std::vector<std::optional<PlacedLabel>> place_labels(const std::vector<LabelledCircle>& circles, const Rectangle& bounds);

}  // namespace fangtan::report
