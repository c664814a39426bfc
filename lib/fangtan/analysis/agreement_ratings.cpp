// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>

#include "fangtan/agreement/krippendorff.hpp"
#include "fangtan/analysis/agreement_units.hpp"
#include "fangtan/base/error.hpp"

namespace fangtan::analysis {
namespace {

using agreement::Ratings;
using agreement::Undefined;
using agreement::Value;

std::uint64_t size_of(const CodedUnits& units, std::uint32_t place) {
    return units.characters ? units.places[place].end - units.places[place].start : 1;
}

// Ratings as they are gathered: one row for each unit that has a mark, and what is left is "not coded" by all.
class Rows {
 public:
    explicit Rows(std::size_t coders) : coders_(coders) {}

    std::span<std::int32_t> add(std::uint64_t times) {
        cells_.resize(cells_.size() + coders_, 0);
        times_.push_back(times);
        total_ += times;
        return std::span(cells_).last(coders_);
    }
    Ratings ratings(std::uint64_t units, agreement::Scale scale) {
        if (units > total_) add(units - total_);
        return {coders_, std::move(scale), cells_, times_};
    }

 private:
    std::size_t coders_;
    std::vector<std::int32_t> cells_;
    std::vector<std::uint64_t> times_;
    std::uint64_t total_ = 0;
};

agreement::Scale yes_or_no() { return {{"0", "1"}, {}, false}; }

// How many pairs of decisions of one unit fall where: 0-0, 0-1 (either order) and 1-1, over all codes.
struct PairCounts {
    std::uint64_t no = 0;
    std::uint64_t mixed = 0;
    std::uint64_t yes = 0;

    PairCounts& operator+=(const PairCounts& other) {
        no += other.no;
        mixed += other.mixed;
        yes += other.yes;
        return *this;
    }
    friend auto operator<=>(const PairCounts&, const PairCounts&) = default;
};

// Every decision has m - 1 partners, so that pairs stand for values: α = 1 - (n - 1) o_01 / (n_0 n_1) with each value counted m - 1 times.
Value alpha_of(const PairCounts& pairs, std::uint64_t coders) {
    const double partners = static_cast<double>(coders - 1);
    const double zeros = static_cast<double>(2 * pairs.no + pairs.mixed) / partners;
    const double ones = static_cast<double>(2 * pairs.yes + pairs.mixed) / partners;
    if (zeros == 0 || ones == 0) return Undefined::no_variation;
    return 1 - (zeros + ones - 1) * (static_cast<double>(pairs.mixed) / partners) / (zeros * ones);
}

// splitmix64 (Steele, Lea & Flood 2014), numbers below a bound after Lemire (2019): alike on every machine.
class Draw {
 public:
    explicit Draw(std::uint64_t seed) : state_(seed) {}
    // Below `bound`, which is less than 2^32.
    std::uint32_t below(std::uint32_t bound) {
        state_ += 0x9E3779B97F4A7C15ULL;
        std::uint64_t z = state_;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
        return static_cast<std::uint32_t>(((z ^ (z >> 31)) >> 32) * bound >> 32);
    }

 private:
    std::uint64_t state_;
};

double percentile(const std::vector<double>& sorted, double share) {
    const double place = share * static_cast<double>(sorted.size() - 1);
    const auto below = static_cast<std::size_t>(place);
    if (below + 1 >= sorted.size()) return sorted.back();
    return sorted[below] + (place - static_cast<double>(below)) * (sorted[below + 1] - sorted[below]);
}

}  // namespace

Ratings ratings_of_code(const CodedUnits& units, std::uint32_t code) {
    Rows rows(units.coders.size());
    std::span<std::int32_t> row;
    const UnitMark* last = nullptr;
    for (const UnitMark& mark : units.marks) {
        if (mark.code != code) continue;
        if (last == nullptr || last->unit != mark.unit) row = rows.add(size_of(units, mark.unit));
        row[mark.coder] = 1;
        last = &mark;
    }
    return rows.ratings(units.units, yes_or_no());
}

Ratings pooled_ratings(const CodedUnits& units) {
    Rows rows(units.coders.size());
    std::span<std::int32_t> row;
    const UnitMark* last = nullptr;
    for (const UnitMark& mark : units.marks) {
        if (last == nullptr || last->unit != mark.unit || last->code != mark.code) row = rows.add(size_of(units, mark.unit));
        row[mark.coder] = 1;
        last = &mark;
    }
    return rows.ratings(units.units * units.codes.size(), yes_or_no());
}

std::optional<Ratings> nominal_ratings(const CodedUnits& units) {
    agreement::Scale scale{{kNoCode}, {}, false};
    scale.names.insert(scale.names.end(), units.code_names.begin(), units.code_names.end());
    Rows rows(units.coders.size());
    std::span<std::int32_t> row;
    const UnitMark* last = nullptr;
    for (const UnitMark& mark : units.marks) {
        if (last == nullptr || last->unit != mark.unit) row = rows.add(size_of(units, mark.unit));
        if (row[mark.coder] != 0) return std::nullopt;
        row[mark.coder] = static_cast<std::int32_t>(mark.code) + 1;
        last = &mark;
    }
    return rows.ratings(units.units, std::move(scale));
}

agreement::BootstrapInterval bootstrap_pooled(const CodedUnits& units, const agreement::BootstrapOptions& options) {
    if (options.rounds == 0) throw Error(ErrorKind::usage, "", "a bootstrap needs at least one round");
    const std::uint64_t coders = units.coders.size();
    const std::uint64_t codes = units.codes.size();
    if (units.units > 0xFFFFFFFFULL) throw Error(ErrorKind::usage, "", "there are too many units for a bootstrap; use --no-bootstrap");
    const std::uint64_t all_no = coders * (coders - 1) / 2;
    std::vector<PairCounts> of_unit(units.units, PairCounts{codes * all_no, 0, 0});
    for (std::size_t i = 0; i < units.marks.size();) {
        std::size_t end = i;
        while (end < units.marks.size() && units.marks[end].unit == units.marks[i].unit && units.marks[end].code == units.marks[i].code) ++end;
        const std::uint64_t yes = end - i;
        const std::uint64_t no = coders - yes;
        PairCounts& counts = of_unit[units.marks[i].unit];
        counts.no += no * (no - (no > 0 ? 1 : 0)) / 2;
        counts.no -= all_no;
        counts.mixed += yes * no;
        counts.yes += yes * (yes - 1) / 2;
        i = end;
    }
    agreement::BootstrapInterval result{Undefined::no_variation, Undefined::no_variation, options.rounds, options.rounds};
    PairCounts whole;
    for (const PairCounts& counts : of_unit) whole += counts;
    if (of_unit.empty() || !alpha_of(whole, coders).defined()) return result;
    // The order of coders and of units must not change what is drawn.
    std::sort(of_unit.begin(), of_unit.end());
    Draw draw(options.seed);
    std::vector<double> values;
    for (std::uint64_t round = 0; round < options.rounds; ++round) {
        PairCounts sum;
        for (std::size_t i = 0; i < of_unit.size(); ++i) sum += of_unit[draw.below(static_cast<std::uint32_t>(of_unit.size()))];
        const Value alpha = alpha_of(sum, coders);
        if (alpha.defined()) values.push_back(alpha.number());
    }
    result.undefined = options.rounds - values.size();
    if (values.empty()) return result;
    std::sort(values.begin(), values.end());
    result.low = percentile(values, (1 - options.confidence) / 2);
    result.high = percentile(values, (1 + options.confidence) / 2);
    return result;
}

std::vector<UnitDispute> disputes(const CodedUnits& units) {
    std::vector<UnitDispute> found;
    for (std::size_t i = 0; i < units.marks.size();) {
        const std::uint32_t unit = units.marks[i].unit;
        UnitDispute dispute{units.places[unit], std::vector<std::vector<std::uint32_t>>(units.coders.size())};
        for (; i < units.marks.size() && units.marks[i].unit == unit; ++i) dispute.codes[units.marks[i].coder].push_back(units.marks[i].code);
        if (std::all_of(dispute.codes.begin(), dispute.codes.end(), [&](const auto& codes) { return codes == dispute.codes[0]; })) continue;
        const bool goes_on = units.characters && !found.empty() && found.back().place.document == dispute.place.document && found.back().place.end == dispute.place.start &&
                             found.back().place.turn == dispute.place.turn && found.back().codes == dispute.codes;
        if (goes_on) {
            found.back().place.end = dispute.place.end;
        } else {
            found.push_back(std::move(dispute));
        }
    }
    return found;
}

}  // namespace fangtan::analysis
