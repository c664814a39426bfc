// SPDX-License-Identifier: Apache-2.0
#include "fangtan/analysis/crosstab.hpp"

#include <algorithm>
#include <cmath>
#include <string>

#include "fangtan/agreement/distributions.hpp"
#include "fangtan/base/error.hpp"

namespace fangtan::analysis {

using agreement::Undefined;

Crosstab crosstab(const std::vector<std::vector<std::uint64_t>>& table) {
    Crosstab result;
    const std::size_t width = table.empty() ? 0 : table.front().size();
    std::vector<double> rows(table.size(), 0.0);
    std::vector<double> columns(width, 0.0);
    for (std::size_t i = 0; i < table.size(); ++i) {
        if (table[i].size() != width) throw Error(ErrorKind::internal, "", "the rows of a table differ in length");
        for (std::size_t j = 0; j < width; ++j) {
            rows[i] += static_cast<double>(table[i][j]);
            columns[j] += static_cast<double>(table[i][j]);
            result.total += table[i][j];
        }
    }
    const auto used = [](const std::vector<double>& totals) {
        return static_cast<std::size_t>(std::count_if(totals.begin(), totals.end(), [](double total) { return total > 0; }));
    };
    result.rows = used(rows);
    result.columns = used(columns);
    result.cells.assign(table.size(), std::vector<CrosstabCell>(width));
    if (result.total == 0) {
        result.chi_square = result.p = result.likelihood = result.cramers_v = result.phi = result.contingency = Undefined::no_data;
        return result;
    }
    result.degrees = (result.rows - 1) * (result.columns - 1);
    const double n = static_cast<double>(result.total);
    const bool two_by_two = result.rows == 2 && result.columns == 2;
    double chi_square = 0;
    double likelihood = 0;
    double yates = 0;
    double smallest = n;
    for (std::size_t i = 0; i < table.size(); ++i) {
        for (std::size_t j = 0; j < width; ++j) {
            const double expected = rows[i] * columns[j] / n;
            if (expected == 0) continue;
            const double count = static_cast<double>(table[i][j]);
            const double difference = count - expected;
            chi_square += difference * difference / expected;
            if (count > 0) likelihood += 2 * count * std::log(count / expected);
            yates += std::pow(std::max(0.0, std::abs(difference) - 0.5), 2) / expected;
            smallest = std::min(smallest, expected);
            if (expected < 5) ++result.small_cells;
            const double free = (1 - rows[i] / n) * (1 - columns[j] / n);
            CrosstabCell& cell = result.cells[i][j];
            cell.expected = expected;
            cell.pearson = difference / std::sqrt(expected);
            cell.adjusted = result.degrees == 0 ? agreement::Value(Undefined::no_variation) : agreement::Value(difference / std::sqrt(expected * free));
        }
    }
    result.smallest_expected = smallest;
    if (result.degrees == 0) return result;
    const double degrees = static_cast<double>(result.degrees);
    result.chi_square = chi_square;
    result.p = agreement::chi_square_tail(chi_square, degrees);
    result.likelihood = std::max(0.0, likelihood);
    result.cramers_v = std::sqrt(chi_square / (n * static_cast<double>(std::min(result.rows, result.columns) - 1)));
    result.phi = std::sqrt(chi_square / n);
    result.contingency = std::sqrt(chi_square / (chi_square + n));
    if (two_by_two) {
        result.yates = yates;
        result.yates_p = agreement::chi_square_tail(yates, degrees);
    }
    return result;
}

std::vector<agreement::Metric> crosstab_metrics(const Crosstab& crosstab) {
    std::vector<agreement::Metric> metrics{
        {"n", static_cast<double>(crosstab.total)}, {"df", static_cast<double>(crosstab.degrees)}, {"chi2", crosstab.chi_square},
        {"p", crosstab.p},                          {"g2", crosstab.likelihood},                   {"cramers_v", crosstab.cramers_v},
        {"phi", crosstab.phi},                      {"contingency_c", crosstab.contingency},       {"min_expected", crosstab.smallest_expected},
    };
    if (crosstab.yates.defined()) {
        metrics.push_back({"chi2_yates", crosstab.yates});
        metrics.push_back({"p_yates", crosstab.yates_p});
    }
    for (std::size_t i = 0; i < crosstab.cells.size(); ++i) {
        for (std::size_t j = 0; j < crosstab.cells[i].size(); ++j) {
            const std::string place = std::to_string(i + 1) + "_" + std::to_string(j + 1);
            metrics.push_back({"expected_" + place, crosstab.cells[i][j].expected});
            metrics.push_back({"pearson_" + place, crosstab.cells[i][j].pearson});
            metrics.push_back({"adjusted_" + place, crosstab.cells[i][j].adjusted});
        }
    }
    return metrics;
}

}  // namespace fangtan::analysis
