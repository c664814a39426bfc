// SPDX-License-Identifier: Apache-2.0
#include "fangtan/agreement/bootstrap.hpp"

#include <algorithm>
#include <map>
#include <vector>

#include "fangtan/agreement/disagreement.hpp"
#include "fangtan/base/draw.hpp"
#include "fangtan/base/error.hpp"

namespace fangtan::agreement {
namespace {

// All observed pairs in a row, those that differ first, sorted by how much.
class PairLottery {
 public:
    PairLottery(const std::map<double, std::uint64_t>& pairs_by_deviation, std::uint64_t pairs) : guide_(kGuide + 1, 0), step_(pairs / kGuide + 1) {
        for (const auto& [deviation, count] : pairs_by_deviation) {
            differing_ += count;
            up_to_.push_back(differing_);
            deviations_.push_back(deviation);
        }
        std::size_t at = 0;
        for (std::size_t i = 0; i < guide_.size(); ++i) {
            while (at < up_to_.size() && up_to_[at] <= i * step_) ++at;
            guide_[i] = at;
        }
    }

    // Of the pair with this number. A billion are asked for in a bootstrap: no search from the beginning.
    [[nodiscard]] double deviation(std::uint64_t pair) const {
        if (pair >= differing_) return 0;
        std::size_t at = guide_[pair / step_];
        while (up_to_[at] <= pair) ++at;
        return deviations_[at];
    }

 private:
    static constexpr std::size_t kGuide = 4096;
    std::vector<std::uint64_t> up_to_;
    std::vector<double> deviations_;
    std::vector<std::size_t> guide_;
    std::uint64_t step_;
    std::uint64_t differing_ = 0;
};

void check(const BootstrapOptions& options) {
    if (options.rounds == 0) throw Error(ErrorKind::usage, "", "自助法的轮数须至少为 1 (a bootstrap needs at least one round)");
    if (!(options.confidence > 0 && options.confidence < 1)) throw Error(ErrorKind::usage, "", "置信水平须在 0 与 1 之间 (the confidence must lie between 0 and 1)");
}

double percentile(const std::vector<double>& sorted, double share) {
    const double place = share * static_cast<double>(sorted.size() - 1);
    const auto below = static_cast<std::size_t>(place);
    if (below + 1 >= sorted.size()) return sorted.back();
    return sorted[below] + (place - static_cast<double>(below)) * (sorted[below + 1] - sorted[below]);
}

BootstrapInterval interval(std::vector<double>& values, const BootstrapOptions& options) {
    BootstrapInterval result;
    result.rounds = options.rounds;
    result.undefined = options.rounds - values.size();
    if (values.empty()) {
        result.low = result.high = Undefined::no_variation;
        return result;
    }
    std::sort(values.begin(), values.end());
    result.low = percentile(values, (1 - options.confidence) / 2);
    result.high = percentile(values, (1 + options.confidence) / 2);
    return result;
}

BootstrapInterval undefined(Undefined reason, const BootstrapOptions& options) { return {reason, reason, options.rounds, options.rounds}; }

}  // namespace

BootstrapInterval bootstrap_units(const Ratings& ratings, Level level, const BootstrapOptions& options) {
    check(options);
    const Alpha whole = krippendorff_alpha(ratings, level);
    if (!whole.value.defined()) return undefined(whole.value.reason(), options);
    Disagreement disagreement(ratings, level);
    std::vector<std::uint32_t> pattern_of_unit;
    for (std::size_t i = 0; i < disagreement.pairable().size(); ++i) {
        pattern_of_unit.insert(pattern_of_unit.end(), ratings.counts(disagreement.pairable()[i]).units, static_cast<std::uint32_t>(i));
    }
    Draw draw(options.seed);
    std::vector<double> values;
    std::vector<std::uint64_t> units;
    for (std::uint64_t round = 0; round < options.rounds; ++round) {
        units.assign(disagreement.pairable().size(), 0);
        for (std::size_t i = 0; i < pattern_of_unit.size(); ++i) ++units[pattern_of_unit[draw.below(pattern_of_unit.size())]];
        const Alpha alpha = disagreement.alpha(units);
        if (alpha.value.defined()) values.push_back(alpha.value.number());
    }
    return interval(values, options);
}

BootstrapInterval bootstrap_pairs(const Ratings& ratings, Level level, const BootstrapOptions& options) {
    check(options);
    const Alpha whole = krippendorff_alpha(ratings, level);
    if (!whole.value.defined()) return undefined(whole.value.reason(), options);
    Disagreement disagreement(ratings, level);
    std::vector<std::uint64_t> units;
    for (const std::size_t pattern : disagreement.pairable()) units.push_back(ratings.counts(pattern).units);
    static_cast<void>(disagreement.alpha(units));  // for the margins on which ordinal deviations rest
    std::map<double, std::uint64_t> pairs_by_deviation;         // of pairs that differ
    std::map<std::uint32_t, std::uint64_t> pairs_by_ratings;    // of units with so many ratings
    std::uint64_t pairs = 0;
    for (std::size_t i = 0; i < units.size(); ++i) {
        const UnitCounts unit = ratings.counts(disagreement.pairable()[i]);
        const std::uint64_t of_unit = std::uint64_t{unit.ratings} * (unit.ratings - 1) / 2 * unit.units;
        pairs += of_unit;
        pairs_by_ratings[unit.ratings] += of_unit;
        for (std::size_t a = 0; a < unit.entries.size(); ++a) {
            for (std::size_t b = 0; b < a; ++b) {
                const double squared = disagreement.squared(unit.entries[a].category, unit.entries[b].category);
                pairs_by_deviation[squared] += std::uint64_t{unit.entries[a].coders} * unit.entries[b].coders * unit.units;
            }
        }
    }
    const PairLottery lottery(pairs_by_deviation, pairs);
    const double spread = static_cast<double>(whole.values) * whole.expected.number();
    Draw draw(options.seed);
    std::vector<double> values;
    for (std::uint64_t round = 0; round < options.rounds; ++round) {
        double alpha = 1;
        for (const auto& [coders, count] : pairs_by_ratings) {
            double sum = 0;
            for (std::uint64_t i = 0; i < count; ++i) sum += lottery.deviation(draw.below(pairs));
            alpha -= 2 * sum / ((coders - 1.0) * spread);
        }
        values.push_back(alpha);
    }
    return interval(values, options);
}

}  // namespace fangtan::agreement
