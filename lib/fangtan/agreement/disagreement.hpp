// SPDX-License-Identifier: Apache-2.0
//
// What α is made of, so that a bootstrap can weigh the units anew without
// going through the ratings again.
#pragma once

#include <cstdint>
#include <vector>

#include "fangtan/agreement/krippendorff.hpp"
#include "fangtan/agreement/ratings.hpp"

namespace fangtan::agreement {

class Disagreement {
 public:
    // `ratings` must outlive this. Throws as krippendorff_alpha.
    Disagreement(const Ratings& ratings, Level level);

    // The count patterns with two or more ratings; `units` of the others is ordered like them.
    [[nodiscard]] const std::vector<std::size_t>& pairable() const { return pairable_; }

    // α if the unit of pairable()[i] occurred units[i] times.
    [[nodiscard]] Alpha alpha(const std::vector<std::uint64_t>& units);

    // δ² of two categories under the margins of the last alpha().
    [[nodiscard]] double squared(std::size_t category1, std::size_t category2) const;

 private:
    [[nodiscard]] double within(const UnitCounts& unit) const;
    [[nodiscard]] double between() const;

    const Ratings& ratings_;
    Level level_;
    std::vector<std::size_t> pairable_;
    std::vector<double> fixed_;   // Σ δ² / (m - 1) of a pattern, where the margins do not matter
    std::vector<double> scores_;  // ordinal: mid-ranks; interval and ratio: the numbers
    std::vector<std::uint64_t> totals_;
    std::uint64_t values_ = 0;
};

}  // namespace fangtan::agreement
