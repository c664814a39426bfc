// SPDX-License-Identifier: Apache-2.0
#include "fangtan/agreement/holsti.hpp"

#include <utility>

namespace fangtan::agreement {

Value mutual_agreement(std::uint64_t agreed, std::uint64_t decisions1, std::uint64_t decisions2) {
    return ratio(2 * static_cast<double>(agreed), static_cast<double>(decisions1) + static_cast<double>(decisions2), Undefined::no_data);
}

Value composite_reliability(const Value& mean_agreement, std::size_t coders) {
    if (coders == 0) return Undefined::single_coder;
    if (!mean_agreement.defined()) return mean_agreement;
    const double k = mean_agreement.number();
    const double n = static_cast<double>(coders);
    return ratio(n * k, 1 + (n - 1) * k, Undefined::no_data);
}

Holsti holsti(const Ratings& ratings) {
    std::vector<Holsti::Pair> pairs;
    std::vector<Value> values;
    for (std::size_t i = 0; i < ratings.coders(); ++i) {
        for (std::size_t j = i + 1; j < ratings.coders(); ++j) {
            std::uint64_t agreed = 0;
            for (std::size_t pattern = 0; pattern < ratings.patterns(); ++pattern) {
                const std::int32_t cell = ratings.pattern(pattern)[i];
                if (cell != kMissing && cell == ratings.pattern(pattern)[j]) agreed += ratings.pattern_units(pattern);
            }
            values.push_back(mutual_agreement(agreed, ratings.ratings_of(i), ratings.ratings_of(j)));
            pairs.push_back({i, j, values.back()});
        }
    }
    const Value middle = ratings.coders() < 2 ? Value(Undefined::single_coder) : mean(values);
    return {std::move(pairs), middle, composite_reliability(middle, ratings.coders())};
}

}  // namespace fangtan::agreement
