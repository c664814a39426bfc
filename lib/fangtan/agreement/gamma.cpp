// SPDX-License-Identifier: Apache-2.0
#include "fangtan/agreement/gamma.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>
#include <utility>
#include <vector>

namespace fangtan::agreement {
namespace {

double dissimilarity(const Segment& a, const Segment& b, const GammaOptions& options) {
    const auto apart = [](std::uint64_t x, std::uint64_t y) { return static_cast<double>(x > y ? x - y : y - x); };
    const double position = (apart(a.start, b.start) + apart(a.end, b.end)) / static_cast<double>(a.length() + b.length());
    return options.position * position * position * options.empty + options.code * (a.code == b.code ? 0 : options.empty);
}

struct Group {
    std::vector<std::size_t> units;  // ascending
    double cost = 0;
};

class Aligner {
 public:
    Aligner(std::vector<Segment> units, std::size_t coders, const GammaOptions& options)
        : units_(std::move(units)), options_(options), coders_(coders), pairs_(static_cast<double>(coders * (coders - 1)) / 2), groups_(units_.size()) {}

    // Groups that are worse than their units alone are never in the best alignment.
    bool collect() {
        for (std::size_t first = 0; first < units_.size(); ++first) {
            Group group{{first}, 0};
            grow(group, 0);
            if (too_many()) return false;
        }
        return true;
    }

    // The smallest sum of group costs, or nothing if there are too many states.
    Value best() {
        // What is done is all before a unit and some after it: the state is the first open one and the done ones behind it.
        std::map<std::pair<std::size_t, std::vector<std::size_t>>, double> states{{{0, {}}, 0.0}};
        std::size_t seen = 0;
        while (true) {
            const auto [state, cost] = *states.begin();
            if (state.first == units_.size()) return cost;
            states.erase(states.begin());
            if (++seen > options_.states) return Undefined::too_large;
            if (states.size() > options_.states) return Undefined::too_large;
            for (const Group& group : groups_[state.first]) {
                const bool free = std::none_of(group.units.begin(), group.units.end(), [&](std::size_t unit) {
                    return std::binary_search(state.second.begin(), state.second.end(), unit);
                });
                if (!free) continue;
                std::vector<std::size_t> done;
                std::merge(state.second.begin(), state.second.end(), group.units.begin(), group.units.end(), std::back_inserter(done));
                std::size_t open = state.first;
                std::size_t closed = 0;
                while (closed < done.size() && done[closed] == open) {
                    ++open;
                    ++closed;
                }
                done.erase(done.begin(), done.begin() + static_cast<std::ptrdiff_t>(closed));
                const auto [next, is_new] = states.try_emplace({open, std::move(done)}, cost + group.cost);
                if (!is_new) next->second = std::min(next->second, cost + group.cost);
            }
        }
    }

 private:
    // Without a weight of the position everything may go with everything.
    [[nodiscard]] bool too_many() const { return groups_count_ > options_.states || tried_ / 100 > options_.states; }

    // The mean over all pairs of coders, where what is not there costs `empty` with anything.
    [[nodiscard]] double mean_cost(std::size_t units, double between) const {
        const double present = static_cast<double>(units * (units - 1)) / 2;
        return (between + (pairs_ - present) * options_.empty) / pairs_;
    }

    void grow(Group& group, double between) {
        const double cost = mean_cost(group.units.size(), between);
        const double alone = static_cast<double>(group.units.size()) * options_.empty;
        if (group.units.size() == 1 || cost <= alone) {
            groups_[group.units.front()].push_back({group.units, cost});
            ++groups_count_;
        }
        // Costs only grow: a group that would be too dear with all other coders agreeing perfectly has no future.
        if (between > pairs_ * static_cast<double>(coders_) * options_.empty || too_many()) return;
        for (std::size_t unit = group.units.back() + 1; unit < units_.size(); ++unit) {
            const bool taken = std::any_of(group.units.begin(), group.units.end(), [&](std::size_t other) { return units_[other].coder == units_[unit].coder; });
            if (taken) continue;
            ++tried_;
            double more = between;
            for (const std::size_t other : group.units) more += dissimilarity(units_[other], units_[unit], options_);
            group.units.push_back(unit);
            grow(group, more);
            group.units.pop_back();
        }
    }

    std::vector<Segment> units_;
    const GammaOptions& options_;
    std::size_t coders_;
    double pairs_;
    std::vector<std::vector<Group>> groups_;  // by their first unit
    std::size_t groups_count_ = 0;
    std::size_t tried_ = 0;
};

}  // namespace

Value gamma_disorder(const Continuum& continuum, const GammaOptions& options) {
    check(continuum);
    if (continuum.coders < 2) return Undefined::single_coder;
    if (continuum.segments.empty()) return Undefined::no_data;
    std::vector<Segment> units = continuum.segments;
    std::sort(units.begin(), units.end(), [](const Segment& a, const Segment& b) {
        return std::tuple(a.start + a.end, a.start, a.coder, a.code) < std::tuple(b.start + b.end, b.start, b.coder, b.code);
    });
    const double mean_units = static_cast<double>(units.size()) / static_cast<double>(continuum.coders);
    Aligner aligner(std::move(units), continuum.coders, options);
    if (!aligner.collect()) return Undefined::too_large;
    const Value sum = aligner.best();
    return sum.defined() ? Value(sum.number() / mean_units) : sum;
}

}  // namespace fangtan::agreement
