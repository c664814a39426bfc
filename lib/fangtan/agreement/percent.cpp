// SPDX-License-Identifier: Apache-2.0
#include "fangtan/agreement/percent.hpp"

#include <cmath>

namespace fangtan::agreement {
namespace {

// Ordered pairs of coders that agree.
double agreeing_pairs(const UnitCounts& unit) {
    double pairs = 0;
    for (const UnitCounts::Entry& entry : unit.entries) pairs += static_cast<double>(entry.coders) * (static_cast<double>(entry.coders) - 1);
    return pairs;
}

}  // namespace

PercentAgreement percent_agreement(const Ratings& ratings) {
    if (ratings.coders() < 2) return {Undefined::single_coder, Undefined::single_coder, Undefined::single_coder, Undefined::single_coder, Undefined::single_coder};
    if (ratings.pairable_units() == 0) return {Undefined::no_pairs, Undefined::no_pairs, Undefined::no_pairs, Undefined::no_pairs, Undefined::no_pairs};
    double shares = 0;
    double agreeing = 0;
    double pairs = 0;
    double values = 0;
    double agreeing_by_values = 0;
    std::uint64_t unanimous = 0;
    for (std::size_t i = 0; i < ratings.count_patterns(); ++i) {
        const UnitCounts unit = ratings.counts(i);
        if (unit.ratings < 2) continue;
        const double units = static_cast<double>(unit.units);
        const double coders = unit.ratings;
        const double agree = agreeing_pairs(unit);
        shares += units * agree / (coders * (coders - 1));
        agreeing += units * agree;
        pairs += units * coders * (coders - 1);
        agreeing_by_values += units * agree / (coders - 1);
        values += units * coders;
        if (unit.ratings == ratings.coders() && unit.entries.size() == 1) unanimous += unit.units;
    }
    const double pairable = static_cast<double>(ratings.pairable_units());
    const double all = static_cast<double>(ratings.units());
    const double agreement = shares / pairable;
    Value error = Undefined::one_unit;
    if (ratings.units() > 1) {
        double squares = 0;
        for (std::size_t i = 0; i < ratings.count_patterns(); ++i) {
            const UnitCounts unit = ratings.counts(i);
            const double coders = unit.ratings;
            const double share = unit.ratings < 2 ? 0 : all / pairable * agreeing_pairs(unit) / (coders * (coders - 1));
            squares += static_cast<double>(unit.units) * (share - agreement) * (share - agreement);
        }
        error = std::sqrt(squares / (all * (all - 1)));
    }
    return {agreement, error, agreeing / pairs, agreeing_by_values / values,
            ratio(static_cast<double>(unanimous), static_cast<double>(ratings.complete_units()), Undefined::no_pairs)};
}

}  // namespace fangtan::agreement
