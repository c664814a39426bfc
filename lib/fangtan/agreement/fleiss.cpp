// SPDX-License-Identifier: Apache-2.0
#include "fangtan/agreement/fleiss.hpp"

#include <cmath>

#include "fangtan/agreement/gwet.hpp"

namespace fangtan::agreement {
namespace {

constexpr double kCertain = 1 - 1e-14;

Value conger(const Ratings& ratings, const Weights& weights) {
    const Value observed = weighted_agreement(ratings, weights);
    if (!observed.defined()) return observed;
    const std::size_t q = ratings.categories();
    std::vector<double> shares(ratings.coders() * q, 0.0);
    for (std::size_t i = 0; i < ratings.patterns(); ++i) {
        for (std::size_t coder = 0; coder < ratings.coders(); ++coder) {
            const std::int32_t cell = ratings.pattern(i)[coder];
            if (cell != kMissing) shares[coder * q + static_cast<std::size_t>(cell)] += static_cast<double>(ratings.pattern_units(i));
        }
    }
    std::vector<double> sum(q, 0.0);
    for (std::size_t coder = 0; coder < ratings.coders(); ++coder) {
        if (ratings.ratings_of(coder) == 0) return Undefined::no_pairs;
        for (std::size_t k = 0; k < q; ++k) sum[k] += shares[coder * q + k] /= static_cast<double>(ratings.ratings_of(coder));
    }
    // Σ over g ≠ h is the square of the sum without the coders' own.
    double chance = 0;
    for (std::size_t k = 0; k < q; ++k) {
        for (std::size_t l = 0; l < q; ++l) {
            double pairs = sum[k] * sum[l];
            for (std::size_t coder = 0; coder < ratings.coders(); ++coder) pairs -= shares[coder * q + k] * shares[coder * q + l];
            chance += weights(k, l) * pairs;
        }
    }
    const double coders = static_cast<double>(ratings.coders());
    chance /= coders * (coders - 1);
    if (chance >= kCertain) return Undefined::no_variation;
    return (observed.number() - chance) / (1 - chance);
}

}  // namespace

Fleiss1971 fleiss_1971(const Ratings& ratings) {
    Fleiss1971 result;
    if (ratings.coders() < 2) {
        result.value = result.observed = result.expected = result.null_error = result.z = Undefined::single_coder;
        return result;
    }
    if (ratings.complete_units() == 0) return result;
    const double units = static_cast<double>(ratings.complete_units());
    const double coders = static_cast<double>(ratings.coders());
    std::vector<double> totals(ratings.categories(), 0.0);
    std::vector<double> differing(ratings.categories(), 0.0);
    double agreeing = 0;
    for (std::size_t i = 0; i < ratings.count_patterns(); ++i) {
        const UnitCounts unit = ratings.counts(i);
        if (unit.ratings != ratings.coders()) continue;
        for (const UnitCounts::Entry& entry : unit.entries) {
            const double often = static_cast<double>(unit.units);
            const double count = entry.coders;
            totals[entry.category] += often * count;
            differing[entry.category] += often * count * (coders - count);
            agreeing += often * count * (count - 1);
        }
    }
    const double pairs = units * coders * (coders - 1);
    const double observed = agreeing / pairs;
    double expected = 0;
    double spread = 0;
    double skew = 0;
    for (std::size_t k = 0; k < totals.size(); ++k) {
        if (totals[k] == 0) continue;
        const double p = totals[k] / (units * coders);
        expected += p * p;
        spread += p * (1 - p);
        skew += p * (1 - p) * (1 - 2 * p);
        const Value category = totals[k] == units * coders ? Value(Undefined::no_variation) : Value(1 - differing[k] / (pairs * p * (1 - p)));
        result.categories.push_back({k, category});
    }
    result.observed = observed;
    result.expected = expected;
    if (result.categories.size() < 2) {
        result.value = result.null_error = result.z = Undefined::no_variation;
        return result;
    }
    const double value = (observed - expected) / (1 - expected);
    const double null_error = std::sqrt(2 * std::fmax(0, spread * spread - skew) / pairs) / spread;
    result.value = value;
    result.null_error = null_error;
    result.z = ratio(value, null_error, Undefined::no_variation);
    return result;
}

Value conger_kappa(const Ratings& ratings, const Weights& weights) { return conger(ratings, weights); }
Value conger_kappa(const Ratings& ratings) { return conger(ratings, Weights::identity(ratings.categories())); }

}  // namespace fangtan::agreement
