// SPDX-License-Identifier: Apache-2.0
#include "fangtan/agreement/kappa.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "fangtan/agreement/distributions.hpp"
#include "fangtan/base/error.hpp"

namespace fangtan::agreement {
namespace {

// Chance agreement this close to 1 is 1: sums of shares are not exact.
constexpr double kCertain = 1 - 1e-14;

struct Shares {
    std::size_t size = 0;
    double units = 0;
    std::vector<double> cells;
    std::vector<double> rows;
    std::vector<double> columns;
};

Shares shares_of(const Contingency& table) {
    Shares shares;
    shares.size = table.size();
    shares.units = static_cast<double>(table.total());
    const std::vector<std::uint64_t> rows = table.rows();
    const std::vector<std::uint64_t> columns = table.columns();
    for (std::size_t i = 0; i < table.size(); ++i) {
        shares.rows.push_back(static_cast<double>(rows[i]) / shares.units);
        shares.columns.push_back(static_cast<double>(columns[i]) / shares.units);
        for (std::size_t j = 0; j < table.size(); ++j) shares.cells.push_back(static_cast<double>(table.at(i, j)) / shares.units);
    }
    return shares;
}

void require_size(const Contingency& table, const Weights& weights) {
    if (weights.size() != table.size()) throw Error(ErrorKind::usage, "", "权重矩阵的大小须等于类别数 (the weights must have one row for each category)");
}

Value corrected(double observed, double expected) {
    if (expected >= kCertain) return Undefined::no_variation;
    return (observed - expected) / (1 - expected);
}

}  // namespace

Kappa weighted_kappa(const Contingency& table, const Weights& weights, double confidence) {
    require_size(table, weights);
    Kappa kappa;
    if (table.total() == 0) return kappa;
    const Shares p = shares_of(table);
    const std::size_t q = p.size;
    std::vector<double> row_weight(q, 0.0);     // w̄_i., the mean weight of a row category against coder 2
    std::vector<double> column_weight(q, 0.0);  // w̄_.j
    double observed = 0;
    double expected = 0;
    for (std::size_t i = 0; i < q; ++i) {
        for (std::size_t j = 0; j < q; ++j) {
            const double w = weights(i, j);
            row_weight[i] += w * p.columns[j];
            column_weight[j] += w * p.rows[i];
            observed += w * p.cells[i * q + j];
            expected += w * p.rows[i] * p.columns[j];
        }
    }
    kappa.observed = observed;
    kappa.expected = expected;
    kappa.value = corrected(observed, expected);
    kappa.standard_error = kappa.null_error = kappa.low = kappa.high = kappa.z = Undefined::no_variation;
    if (!kappa.value.defined()) return kappa;
    const double k = kappa.value.number();
    double sum = 0;
    double null_sum = 0;
    for (std::size_t i = 0; i < q; ++i) {
        for (std::size_t j = 0; j < q; ++j) {
            const double w = weights(i, j);
            const double margin = row_weight[i] + column_weight[j];
            sum += p.cells[i * q + j] * std::pow(w - margin * (1 - k), 2);
            null_sum += p.rows[i] * p.columns[j] * std::pow(w - margin, 2);
        }
    }
    const double scale = p.units * (1 - expected) * (1 - expected);
    // The differences vanish at perfect agreement and for a constant coder; what is left then is noise of the last digits.
    const auto root = [&](double variance) { return variance <= 1e-14 ? 0 : std::sqrt(variance / scale); };
    const double error = root(sum - std::pow(k - expected * (1 - k), 2));
    const double null_error = root(null_sum - expected * expected);
    const double z = normal_quantile(0.5 + confidence / 2);
    kappa.standard_error = error;
    kappa.null_error = null_error;
    kappa.low = k - z * error;
    kappa.high = k + z * error;
    kappa.z = ratio(k, null_error, Undefined::no_variation);
    return kappa;
}

Kappa cohen_kappa(const Contingency& table, double confidence) { return weighted_kappa(table, Weights::identity(table.size()), confidence); }

Value kappa_maximum(const Contingency& table) {
    if (table.total() == 0) return Undefined::no_pairs;
    const Shares p = shares_of(table);
    double observed = 0;
    double expected = 0;
    for (std::size_t i = 0; i < p.size; ++i) {
        observed += std::min(p.rows[i], p.columns[i]);
        expected += p.rows[i] * p.columns[i];
    }
    return corrected(observed, expected);
}

Value weighted_pi(const Contingency& table, const Weights& weights) {
    require_size(table, weights);
    if (table.total() == 0) return Undefined::no_pairs;
    const Shares p = shares_of(table);
    double observed = 0;
    double expected = 0;
    for (std::size_t i = 0; i < p.size; ++i) {
        for (std::size_t j = 0; j < p.size; ++j) {
            observed += weights(i, j) * p.cells[i * p.size + j];
            expected += weights(i, j) * (p.rows[i] + p.columns[i]) * (p.rows[j] + p.columns[j]) / 4;
        }
    }
    return corrected(observed, expected);
}

Value scott_pi(const Contingency& table) { return weighted_pi(table, Weights::identity(table.size())); }

Value light_kappa(const Ratings& ratings) {
    if (ratings.coders() < 2) return Undefined::single_coder;
    std::vector<Value> values;
    for (std::size_t i = 0; i < ratings.coders(); ++i) {
        for (std::size_t j = i + 1; j < ratings.coders(); ++j) values.push_back(cohen_kappa(ratings.contingency(i, j)).value);
    }
    return mean(values);
}

}  // namespace fangtan::agreement
