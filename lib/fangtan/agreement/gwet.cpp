// SPDX-License-Identifier: Apache-2.0
#include "fangtan/agreement/gwet.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <optional>
#include <vector>

#include "fangtan/agreement/distributions.hpp"
#include "fangtan/base/error.hpp"

namespace fangtan::agreement {
namespace {

constexpr double kCertain = 1 - 1e-14;

std::optional<Undefined> obstacle(const Ratings& ratings) {
    if (ratings.coders() < 2) return Undefined::single_coder;
    if (ratings.pairable_units() == 0) return Undefined::no_pairs;
    return std::nullopt;
}

Estimate undefined(Undefined reason) { return {reason, reason, reason, reason, reason, reason}; }

void require_size(const Ratings& ratings, const Weights& weights) {
    if (weights.size() != ratings.categories()) throw Error(ErrorKind::usage, "", "权重矩阵的大小须等于类别数 (the weights must have one row for each category)");
}

// Only for units with two ratings.
double unit_agreement(const UnitCounts& unit, const Weights& weights) {
    double agreeing = 0;
    for (const UnitCounts::Entry& a : unit.entries) {
        double like = 0;
        for (const UnitCounts::Entry& b : unit.entries) like += weights(a.category, b.category) * b.coders;
        agreeing += a.coders * (like - 1);
    }
    const double coders = unit.ratings;
    return agreeing / (coders * (coders - 1));
}

double observed_agreement(const Ratings& ratings, const Weights& weights) {
    double sum = 0;
    for (std::size_t i = 0; i < ratings.count_patterns(); ++i) {
        const UnitCounts unit = ratings.counts(i);
        if (unit.ratings >= 2) sum += static_cast<double>(unit.units) * unit_agreement(unit, weights);
    }
    return sum / static_cast<double>(ratings.pairable_units());
}

std::vector<double> category_shares(const Ratings& ratings) {
    std::vector<double> shares(ratings.categories(), 0.0);
    for (std::size_t i = 0; i < ratings.count_patterns(); ++i) {
        const UnitCounts unit = ratings.counts(i);
        for (const UnitCounts::Entry& entry : unit.entries) {
            shares[entry.category] += static_cast<double>(unit.units) * entry.coders / unit.ratings;
        }
    }
    for (double& share : shares) share /= static_cast<double>(ratings.units());
    return shares;
}

// The mean of `by_category` over the ratings of a unit: what the unit adds to chance agreement.
double unit_chance(const UnitCounts& unit, const std::vector<double>& by_category) {
    double sum = 0;
    for (const UnitCounts::Entry& entry : unit.entries) sum += by_category[entry.category] * entry.coders;
    return sum / unit.ratings;
}

// `chance_of_category` is empty where chance does not depend on the data.
Estimate estimate(const Ratings& ratings, const Weights& weights, double expected, const std::vector<double>& chance_of_category, double confidence) {
    Estimate result = undefined(Undefined::no_variation);
    const double observed = observed_agreement(ratings, weights);
    result.observed = observed;
    result.expected = expected;
    if (expected >= kCertain) return result;
    const double value = (observed - expected) / (1 - expected);
    result.value = value;
    result.standard_error = result.low = result.high = Undefined::one_unit;
    if (ratings.units() < 2) return result;
    const double all = static_cast<double>(ratings.units());
    const double stretch = all / static_cast<double>(ratings.pairable_units());
    double squares = 0;
    for (std::size_t i = 0; i < ratings.count_patterns(); ++i) {
        const UnitCounts unit = ratings.counts(i);
        double part = unit.ratings < 2 ? 0 : stretch * (unit_agreement(unit, weights) - expected) / (1 - expected);
        if (!chance_of_category.empty()) part -= 2 * (1 - value) * (unit_chance(unit, chance_of_category) - expected) / (1 - expected);
        squares += static_cast<double>(unit.units) * (part - value) * (part - value);
    }
    const double error = std::sqrt(squares / (all * (all - 1)));
    const double t = student_quantile(0.5 + confidence / 2, all - 1);
    result.standard_error = error;
    result.low = value - t * error;
    result.high = std::min(1.0, value + t * error);
    return result;
}

double total_weight(const Weights& weights) {
    double total = 0;
    for (std::size_t i = 0; i < weights.size(); ++i) {
        for (std::size_t j = 0; j < weights.size(); ++j) total += weights(i, j);
    }
    return total;
}

}  // namespace

Estimate gwet_ac(const Ratings& ratings, const Weights& weights, double confidence) {
    require_size(ratings, weights);
    if (const auto reason = obstacle(ratings)) return undefined(*reason);
    const double q = static_cast<double>(ratings.categories());
    if (ratings.categories() < 2) return undefined(Undefined::q_lt_2);
    const double factor = total_weight(weights) / (q * (q - 1));
    const std::vector<double> shares = category_shares(ratings);
    double expected = 0;
    std::vector<double> chance;
    for (const double share : shares) {
        expected += factor * share * (1 - share);
        chance.push_back(factor * (1 - share));
    }
    return estimate(ratings, weights, expected, chance, confidence);
}

Estimate brennan_prediger(const Ratings& ratings, const Weights& weights, double confidence) {
    require_size(ratings, weights);
    if (const auto reason = obstacle(ratings)) return undefined(*reason);
    const double q = static_cast<double>(ratings.categories());
    if (ratings.categories() < 2) return undefined(Undefined::q_lt_2);
    return estimate(ratings, weights, total_weight(weights) / (q * q), {}, confidence);
}

Estimate fleiss_kappa(const Ratings& ratings, const Weights& weights, double confidence) {
    require_size(ratings, weights);
    if (const auto reason = obstacle(ratings)) return undefined(*reason);
    const std::vector<double> shares = category_shares(ratings);
    double expected = 0;
    std::vector<double> chance(shares.size(), 0.0);
    for (std::size_t i = 0; i < shares.size(); ++i) {
        for (std::size_t j = 0; j < shares.size(); ++j) chance[i] += weights(i, j) * shares[j];
        expected += shares[i] * chance[i];
    }
    return estimate(ratings, weights, expected, chance, confidence);
}

Estimate gwet_ac(const Ratings& ratings, double confidence) { return gwet_ac(ratings, Weights::identity(ratings.categories()), confidence); }

Estimate brennan_prediger(const Ratings& ratings, double confidence) {
    return brennan_prediger(ratings, Weights::identity(ratings.categories()), confidence);
}

Estimate fleiss_kappa(const Ratings& ratings, double confidence) { return fleiss_kappa(ratings, Weights::identity(ratings.categories()), confidence); }

Value weighted_agreement(const Ratings& ratings, const Weights& weights) {
    require_size(ratings, weights);
    if (const auto reason = obstacle(ratings)) return *reason;
    return observed_agreement(ratings, weights);
}

}  // namespace fangtan::agreement
