// SPDX-License-Identifier: Apache-2.0
//
// Where the circles of a network stand: a fixed number of steps of a force
// model, from a circle on which groups are together. Nothing is random.
#pragma once

#include <cstddef>
#include <vector>

namespace fangtan::report {

struct Point {
    double x = 0, y = 0;
};

struct Link {
    std::size_t from = 0, to = 0;
    double strength = 0;  // above 0, at most 1
};

// The middles of circles with the given radii, within 0 … width and 0 … height; circles do not touch where there is room.
// `start` is the order on the circle to begin with: each index once. Fruchterman & Reingold (1991) with a pull to the middle;
// after each step every coordinate is rounded to 1/1024 px, so that all machines go the same way. O(n² + links) a step.
[[nodiscard]] std::vector<Point> network_layout(const std::vector<double>& radii, const std::vector<std::size_t>& start, const std::vector<Link>& links,
                                                double width, double height);

}  // namespace fangtan::report
