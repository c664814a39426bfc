// SPDX-License-Identifier: Apache-2.0
//
// How much two categories agree: 1 for the same, down to 0 for those that are
// farthest apart. Weighted coefficients give half-right answers their due.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace fangtan::agreement {

class Weights {
 public:
    // 1 for equal categories, 0 for all others.
    [[nodiscard]] static Weights identity(std::size_t categories);

    // 1 - |i-j| / (q-1), and 1 - ((i-j) / (q-1))² (Cicchetti & Allison 1971; Fleiss & Cohen 1973), by the places of
    // the categories on the scale. Where the scale was declared these are its places, used or not.
    [[nodiscard]] static Weights linear(std::size_t categories);
    [[nodiscard]] static Weights quadratic(std::size_t categories);

    // The same with the distances of numbers (Gwet 2014): 1 - |x-y| / (max-min). All equal: 1 everywhere.
    [[nodiscard]] static Weights linear(std::span<const double> values);
    [[nodiscard]] static Weights quadratic(std::span<const double> values);

    // Row by row. Throws Error(usage) unless it is square and symmetric, with 1 on the diagonal and all within 0 … 1.
    [[nodiscard]] static Weights similarity(const std::vector<std::vector<double>>& matrix);

    // From disagreements v (Cohen 1968): w = 1 - v / max v. Throws Error(usage) unless square, symmetric, with 0 on
    // the diagonal, none negative and one positive.
    [[nodiscard]] static Weights disagreement(const std::vector<std::vector<double>>& matrix);

    [[nodiscard]] std::size_t size() const { return size_; }
    [[nodiscard]] double operator()(std::size_t a, std::size_t b) const { return cells_[a * size_ + b]; }

 private:
    explicit Weights(std::size_t size) : size_(size), cells_(size * size, 0.0) {}
    [[nodiscard]] static Weights by_distance(std::span<const double> values, bool squared);

    std::size_t size_;
    std::vector<double> cells_;
};

}  // namespace fangtan::agreement
