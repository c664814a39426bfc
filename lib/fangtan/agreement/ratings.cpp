// SPDX-License-Identifier: Apache-2.0
#include "fangtan/agreement/ratings.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <numeric>
#include <optional>
#include <utility>

#include "fangtan/base/error.hpp"

namespace fangtan::agreement {
namespace {

std::optional<double> number(const std::string& name) {
    double value = 0;
    const char* end = name.data() + name.size();
    const auto [stop, error] = std::from_chars(name.data(), end, value);
    if (error != std::errc() || stop != end || !std::isfinite(value)) return std::nullopt;
    return value;
}

}  // namespace

std::uint64_t Contingency::total() const { return std::accumulate(cells_.begin(), cells_.end(), std::uint64_t{0}); }

std::vector<std::uint64_t> Contingency::rows() const {
    std::vector<std::uint64_t> totals(size_, 0);
    for (std::size_t i = 0; i < size_; ++i) {
        for (std::size_t j = 0; j < size_; ++j) totals[i] += at(i, j);
    }
    return totals;
}

std::vector<std::uint64_t> Contingency::columns() const {
    std::vector<std::uint64_t> totals(size_, 0);
    for (std::size_t i = 0; i < size_; ++i) {
        for (std::size_t j = 0; j < size_; ++j) totals[j] += at(i, j);
    }
    return totals;
}

Contingency Contingency::collapsed(std::size_t category) const {
    Contingency two(2);
    for (std::size_t i = 0; i < size_; ++i) {
        for (std::size_t j = 0; j < size_; ++j) two.add(i == category ? 0 : 1, j == category ? 0 : 1, at(i, j));
    }
    return two;
}

Ratings::Ratings(std::size_t coders, Scale scale, std::span<const std::int32_t> cells, std::span<const std::uint64_t> times)
    : coders_(coders), scale_(std::move(scale)), totals_(scale_.size(), 0), ratings_of_(coders, 0) {
    const bool fits = coders > 0 && cells.size() % coders == 0 && (times.empty() || times.size() == cells.size() / coders) &&
                      (scale_.values.empty() || scale_.values.size() == scale_.names.size());
    if (!fits) throw Error(ErrorKind::internal, "", "ratings do not fit their coders, units or categories");
    for (const std::int32_t cell : cells) {
        if (cell < kMissing || cell >= static_cast<std::int32_t>(scale_.size())) throw Error(ErrorKind::internal, "", "a rating names no category of the scale");
    }
    std::vector<std::size_t> order(cells.size() / coders);
    std::iota(order.begin(), order.end(), std::size_t{0});
    const auto row = [&](std::size_t unit) { return cells.subspan(unit * coders, coders); };
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        return std::lexicographical_compare(row(a).begin(), row(a).end(), row(b).begin(), row(b).end());
    });
    for (const std::size_t unit : order) {
        const std::uint64_t often = times.empty() ? 1 : times[unit];
        if (often == 0) continue;
        const auto rated = static_cast<std::size_t>(std::count_if(row(unit).begin(), row(unit).end(), [](std::int32_t cell) { return cell != kMissing; }));
        if (rated == 0) {
            unrated_ += often;
            continue;
        }
        units_ += often;
        if (rated >= 2) pairable_ += often;
        if (rated == coders) complete_ += often;
        for (std::size_t coder = 0; coder < coders; ++coder) {
            const std::int32_t cell = row(unit)[coder];
            if (cell == kMissing) continue;
            ratings_of_[coder] += often;
            totals_[static_cast<std::size_t>(cell)] += often;
        }
        const bool same = !pattern_units_.empty() && std::equal(row(unit).begin(), row(unit).end(), pattern_cells_.end() - static_cast<std::ptrdiff_t>(coders));
        if (same) {
            pattern_units_.back() += often;
        } else {
            pattern_cells_.insert(pattern_cells_.end(), row(unit).begin(), row(unit).end());
            pattern_units_.push_back(often);
        }
    }
    collect_counts();
}

void Ratings::collect_counts() {
    std::vector<CountPattern> all;
    std::vector<UnitCounts::Entry> entries;
    std::vector<std::int32_t> cells;
    for (std::size_t i = 0; i < patterns(); ++i) {
        cells.assign(pattern(i).begin(), pattern(i).end());
        std::sort(cells.begin(), cells.end());
        CountPattern found{entries.size(), entries.size(), 0, pattern_units_[i]};
        for (const std::int32_t cell : cells) {
            if (cell == kMissing) continue;
            const auto category = static_cast<std::uint32_t>(cell);
            if (entries.size() == found.first || entries.back().category != category) entries.push_back({category, 0});
            ++entries.back().coders;
            ++found.ratings;
        }
        found.last = entries.size();
        all.push_back(found);
    }
    const auto begin_of = [&](const CountPattern& pattern) { return entries.begin() + static_cast<std::ptrdiff_t>(pattern.first); };
    const auto end_of = [&](const CountPattern& pattern) { return entries.begin() + static_cast<std::ptrdiff_t>(pattern.last); };
    std::sort(all.begin(), all.end(), [&](const CountPattern& a, const CountPattern& b) {
        return std::lexicographical_compare(begin_of(a), end_of(a), begin_of(b), end_of(b));
    });
    const CountPattern* before = nullptr;
    for (const CountPattern& found : all) {
        if (before != nullptr && std::equal(begin_of(*before), end_of(*before), begin_of(found), end_of(found))) {
            counts_.back().units += found.units;
            continue;
        }
        before = &found;
        counts_.push_back({entries_.size(), entries_.size() + (found.last - found.first), found.ratings, found.units});
        entries_.insert(entries_.end(), begin_of(found), end_of(found));
    }
}

Ratings Ratings::from_table(Scale scale, const Contingency& table) {
    std::vector<std::int32_t> cells;
    std::vector<std::uint64_t> times;
    for (std::size_t i = 0; i < table.size(); ++i) {
        for (std::size_t j = 0; j < table.size(); ++j) {
            cells.push_back(static_cast<std::int32_t>(i));
            cells.push_back(static_cast<std::int32_t>(j));
            times.push_back(table.at(i, j));
        }
    }
    return {2, std::move(scale), cells, times};
}

std::size_t Ratings::categories_used() const {
    return static_cast<std::size_t>(std::count_if(totals_.begin(), totals_.end(), [](std::uint64_t total) { return total > 0; }));
}

UnitCounts Ratings::counts(std::size_t pattern) const {
    const CountPattern& found = counts_[pattern];
    return {std::span(entries_).subspan(found.first, found.last - found.first), found.ratings, found.units};
}

Contingency Ratings::contingency(std::size_t coder1, std::size_t coder2) const {
    Contingency table(categories());
    for (std::size_t i = 0; i < patterns(); ++i) {
        const std::int32_t row = pattern(i)[coder1];
        const std::int32_t column = pattern(i)[coder2];
        if (row != kMissing && column != kMissing) table.add(static_cast<std::size_t>(row), static_cast<std::size_t>(column), pattern_units_[i]);
    }
    return table;
}

Scale scale_of(std::span<const std::string> names) {
    Scale scale;
    for (const std::string& name : names) {
        if (!name.empty()) scale.names.push_back(name);
    }
    std::sort(scale.names.begin(), scale.names.end());
    scale.names.erase(std::unique(scale.names.begin(), scale.names.end()), scale.names.end());
    std::vector<std::pair<double, std::string>> numbers;
    for (const std::string& name : scale.names) {
        const std::optional<double> value = number(name);
        if (!value) return scale;
        numbers.emplace_back(*value, name);
    }
    std::sort(numbers.begin(), numbers.end());
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        scale.names[i] = numbers[i].second;
        scale.values.push_back(numbers[i].first);
    }
    scale.ordered = !numbers.empty();
    return scale;
}

}  // namespace fangtan::agreement
