// SPDX-License-Identifier: Apache-2.0
#include "fangtan/agreement/krippendorff.hpp"

#include <algorithm>
#include <cmath>

#include "fangtan/agreement/disagreement.hpp"
#include "fangtan/base/error.hpp"

namespace fangtan::agreement {

Disagreement::Disagreement(const Ratings& ratings, Level level) : ratings_(ratings), level_(level) {
    const bool needs_numbers = level == Level::interval || level == Level::ratio;
    if (needs_numbers && ratings.scale().values.empty() && ratings.categories() > 0) {
        throw Error(ErrorKind::usage, "", "定距与定比水平要求类别为数字 (interval and ratio need categories that are numbers)");
    }
    scores_ = needs_numbers ? ratings.scale().values : std::vector<double>(ratings.categories(), 0.0);
    for (std::size_t i = 0; i < ratings.count_patterns(); ++i) {
        const UnitCounts unit = ratings.counts(i);
        if (unit.ratings < 2) continue;
        pairable_.push_back(i);
        if (level != Level::ordinal) fixed_.push_back(within(unit));
    }
}

double Disagreement::squared(std::size_t category1, std::size_t category2) const {
    if (category1 == category2) return 0;
    if (level_ == Level::nominal) return 1;
    const double difference = scores_[category1] - scores_[category2];
    if (level_ != Level::ratio) return difference * difference;
    if (difference == 0) return 0;
    const double sum = scores_[category1] + scores_[category2];
    if (sum == 0) throw Error(ErrorKind::usage, "", "定比水平不允许相反的数：其和为零 (the ratio level knows no numbers of opposite sign: their sum is zero)");
    return difference * difference / (sum * sum);
}

double Disagreement::within(const UnitCounts& unit) const {
    double sum = 0;
    for (std::size_t i = 0; i < unit.entries.size(); ++i) {
        for (std::size_t j = 0; j < i; ++j) {
            const UnitCounts::Entry& a = unit.entries[i];
            const UnitCounts::Entry& b = unit.entries[j];
            sum += 2.0 * a.coders * b.coders * squared(a.category, b.category);
        }
    }
    return sum / (unit.ratings - 1.0);
}

double Disagreement::between() const {
    const double values = static_cast<double>(values_);
    double sum = 0;
    if (level_ == Level::ratio) {
        for (std::size_t i = 0; i < totals_.size(); ++i) {
            if (totals_[i] == 0) continue;
            for (std::size_t j = 0; j < i; ++j) {
                if (totals_[j] > 0) sum += 2 * static_cast<double>(totals_[i]) * static_cast<double>(totals_[j]) * squared(i, j);
            }
        }
        return sum / (values * (values - 1));
    }
    if (level_ == Level::nominal) {
        for (const std::uint64_t total : totals_) sum += static_cast<double>(total) * (values - static_cast<double>(total));
        return sum / (values * (values - 1));
    }
    // Σ n_c n_k (x_c - x_k)² = 2 n Σ n_c (x_c - x̄)², which is linear in the categories.
    double mean = 0;
    for (std::size_t i = 0; i < totals_.size(); ++i) mean += static_cast<double>(totals_[i]) * scores_[i];
    mean /= values;
    for (std::size_t i = 0; i < totals_.size(); ++i) sum += static_cast<double>(totals_[i]) * (scores_[i] - mean) * (scores_[i] - mean);
    return 2 * sum / (values - 1);
}

Alpha Disagreement::alpha(const std::vector<std::uint64_t>& units) {
    Alpha result;
    totals_.assign(ratings_.categories(), 0);
    values_ = 0;
    for (std::size_t i = 0; i < pairable_.size(); ++i) {
        if (units[i] == 0) continue;
        const UnitCounts unit = ratings_.counts(pairable_[i]);
        for (const UnitCounts::Entry& entry : unit.entries) totals_[entry.category] += units[i] * entry.coders;
        values_ += units[i] * unit.ratings;
    }
    result.values = values_;
    if (values_ == 0) return result;
    if (level_ == Level::ordinal) {
        // Σ_{g=c..k} n_g - (n_c + n_k) / 2 is the difference of the categories' middles on the line of all values.
        std::uint64_t before = 0;
        for (std::size_t i = 0; i < totals_.size(); ++i) {
            scores_[i] = static_cast<double>(before) + static_cast<double>(totals_[i]) / 2;
            before += totals_[i];
        }
    }
    double observed = 0;
    for (std::size_t i = 0; i < pairable_.size(); ++i) {
        if (units[i] == 0) continue;
        observed += static_cast<double>(units[i]) * (level_ == Level::ordinal ? within(ratings_.counts(pairable_[i])) : fixed_[i]);
    }
    observed /= static_cast<double>(values_);
    const auto different = std::count_if(totals_.begin(), totals_.end(), [](std::uint64_t total) { return total > 0; });
    const double expected = different < 2 ? 0 : between();
    result.observed = observed;
    result.expected = expected;
    result.value = expected == 0 ? Value(Undefined::no_variation) : Value(1 - observed / expected);
    return result;
}

Alpha krippendorff_alpha(const Ratings& ratings, Level level) {
    if (ratings.coders() < 2) return {Undefined::single_coder, Undefined::single_coder, Undefined::single_coder, 0};
    Disagreement disagreement(ratings, level);
    std::vector<std::uint64_t> units;
    for (const std::size_t pattern : disagreement.pairable()) units.push_back(ratings.counts(pattern).units);
    return disagreement.alpha(units);
}

}  // namespace fangtan::agreement
