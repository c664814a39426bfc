// SPDX-License-Identifier: Apache-2.0
#include "fangtan/agreement/weights.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "fangtan/base/error.hpp"

namespace fangtan::agreement {
namespace {

void require(bool condition, const char* sentence) {
    if (!condition) throw Error(ErrorKind::usage, "", sentence);
}

}  // namespace

Weights Weights::identity(std::size_t categories) {
    Weights weights(categories);
    for (std::size_t i = 0; i < categories; ++i) weights.cells_[i * categories + i] = 1;
    return weights;
}

Weights Weights::by_distance(std::span<const double> values, bool squared) {
    Weights weights(values.size());
    if (values.empty()) return weights;
    const auto [low, high] = std::minmax_element(values.begin(), values.end());
    const double range = *high - *low;
    for (std::size_t i = 0; i < values.size(); ++i) {
        for (std::size_t j = 0; j < values.size(); ++j) {
            const double distance = range == 0 ? 0 : std::abs(values[i] - values[j]) / range;
            weights.cells_[i * values.size() + j] = 1 - (squared ? distance * distance : distance);
        }
    }
    return weights;
}

Weights Weights::linear(std::span<const double> values) { return by_distance(values, false); }
Weights Weights::quadratic(std::span<const double> values) { return by_distance(values, true); }

Weights Weights::linear(std::size_t categories) {
    std::vector<double> places(categories);
    std::iota(places.begin(), places.end(), 0.0);
    return by_distance(places, false);
}

Weights Weights::quadratic(std::size_t categories) {
    std::vector<double> places(categories);
    std::iota(places.begin(), places.end(), 0.0);
    return by_distance(places, true);
}

Weights Weights::similarity(const std::vector<std::vector<double>>& matrix) {
    Weights weights(matrix.size());
    for (std::size_t i = 0; i < matrix.size(); ++i) {
        require(matrix[i].size() == matrix.size(), "权重矩阵应为方阵：行数与列数须等于类别数 (the weights must be a square matrix)");
        for (std::size_t j = 0; j < matrix.size(); ++j) {
            require(std::isfinite(matrix[i][j]) && matrix[i][j] >= 0 && matrix[i][j] <= 1, "权重须在 0 与 1 之间 (weights must lie within 0 and 1)");
            require(i != j || matrix[i][j] == 1, "同一类别的权重须为 1 (a category must agree with itself: 1 on the diagonal)");
            weights.cells_[i * matrix.size() + j] = matrix[i][j];
        }
    }
    for (std::size_t i = 0; i < matrix.size(); ++i) {
        for (std::size_t j = 0; j < i; ++j) require(weights(i, j) == weights(j, i), "权重矩阵须对称 (the weights must be symmetric)");
    }
    return weights;
}

Weights Weights::disagreement(const std::vector<std::vector<double>>& matrix) {
    double largest = 0;
    for (const std::vector<double>& row : matrix) {
        for (const double cell : row) {
            require(std::isfinite(cell) && cell >= 0, "不一致权重不得为负 (disagreement weights must not be negative)");
            largest = std::max(largest, cell);
        }
    }
    require(largest > 0, "不一致权重不得全为 0 (at least one disagreement weight must be positive)");
    std::vector<std::vector<double>> similar = matrix;
    for (std::vector<double>& row : similar) {
        for (double& cell : row) cell = 1 - cell / largest;
    }
    return similarity(similar);
}

}  // namespace fangtan::agreement
