// SPDX-License-Identifier: Apache-2.0
#include "fangtan/analysis/suppression_search.hpp"

#include <algorithm>
#include <utility>

namespace fangtan::analysis {
namespace {

constexpr std::int64_t kLargest = std::int64_t{1} << 40;
constexpr std::size_t kUnknownAtMost = 40;  // for the search everywhere
constexpr int kNearBudget = 300;
constexpr int kWideBudget = 4000;

}  // namespace

OtherValues::OtherValues(const SummedNumbers& table, std::uint64_t minimum)
    : table_(table), minimum_(static_cast<std::int64_t>(std::min<std::uint64_t>(minimum, kLargest))), lines_of_(table.numbers.size()), changed_(table.numbers.size(), false) {
    for (const SummedNumbers::Number& number : table.numbers) {
        truth_.push_back(static_cast<std::int64_t>(std::min<std::uint64_t>(number.value, kLargest)));
        ceiling_ = std::max(ceiling_, truth_.back());
    }
    ceiling_ = 4 * (ceiling_ + minimum_);
    for (std::size_t line = 0; line < table.lines.size(); ++line) {
        std::int64_t sum = 0;
        for (std::size_t k = 1; k < table.lines[line].size(); ++k) sum += truth_[table.lines[line][k]];
        exact_.push_back(sum == truth_[table.lines[line][0]]);
        for (const std::size_t number : table.lines[line]) lines_of_[number].push_back(line);
    }
    values_ = truth_;
}

bool OtherValues::fits(std::size_t line) const {
    const std::vector<std::size_t>& numbers = table_.lines[line];
    steps_ += numbers.size();
    std::int64_t sum = 0;
    std::int64_t largest = 0;
    for (std::size_t k = 1; k < numbers.size(); ++k) {
        sum += values_[numbers[k]];
        largest = std::max(largest, values_[numbers[k]]);
    }
    const std::int64_t total = values_[numbers[0]];
    return exact_[line] ? total == sum : total >= largest && total <= sum;
}

bool OtherValues::allowed(std::size_t number, std::int64_t value, const std::vector<Possible>& possible) const {
    const Possible& range = possible[number];
    return value >= range.low && value <= range.high && !(range.gap && value > 0 && value < minimum_);
}

// Puts one line right after the other, each by one number that was not changed yet.
bool OtherValues::repair(const std::vector<Possible>& possible, int& budget) {
    const auto broken = std::find_if(dirty_.begin(), dirty_.end(), [&](std::size_t line) { return !fits(line); });
    if (broken == dirty_.end()) return true;
    const std::vector<std::size_t>& numbers = table_.lines[*broken];
    std::int64_t missing = values_[numbers[0]];
    for (std::size_t k = 1; k < numbers.size(); ++k) missing -= values_[numbers[k]];
    if (!exact_[*broken] && missing <= 0) {
        std::int64_t largest = 0;
        for (std::size_t k = 1; k < numbers.size(); ++k) largest = std::max(largest, values_[numbers[k]]);
        if (changed_[numbers[0]] || !allowed(numbers[0], largest, possible)) return false;
        return change(numbers[0], largest, possible, budget);
    }
    // Those that close a circle first.
    std::vector<std::pair<std::size_t, std::size_t>> candidates;
    for (std::size_t k = 0; k < numbers.size(); ++k) {
        const std::size_t number = numbers[k];
        const std::int64_t before = values_[number];
        const std::int64_t value = before + (k == 0 ? -missing : missing);
        if (changed_[number] || !allowed(number, value, possible)) continue;
        values_[number] = value;
        std::size_t breaks = 0;
        for (const std::size_t line : lines_of_[number]) breaks += fits(line) ? 0U : 1U;
        values_[number] = before;
        candidates.emplace_back(breaks, k);
    }
    std::sort(candidates.begin(), candidates.end());
    for (const auto& [breaks, k] : candidates) {
        if (change(numbers[k], values_[numbers[k]] + (k == 0 ? -missing : missing), possible, budget)) return true;
        if (budget <= 0) return false;
    }
    return false;
}

bool OtherValues::change(std::size_t number, std::int64_t value, const std::vector<Possible>& possible, int& budget) {
    if (--budget <= 0) return false;
    const std::int64_t before = values_[number];
    const std::size_t dirty = dirty_.size();
    values_[number] = value;
    changed_[number] = true;
    dirty_.insert(dirty_.end(), lines_of_[number].begin(), lines_of_[number].end());
    const bool done = repair(possible, budget);
    changed_[number] = false;
    dirty_.resize(dirty);
    if (!done) values_[number] = before;
    return done;
}

bool OtherValues::clip(Possible& range, std::int64_t low, std::int64_t high, bool& changed) const {
    if (low > range.low) {
        range.low = low;
        changed = true;
    }
    if (high < range.high) {
        range.high = high;
        changed = true;
    }
    if (range.gap && range.low > 0 && range.low < minimum_) range.low = minimum_;
    if (range.gap && range.high > 0 && range.high < minimum_) range.high = 0;
    return range.low <= range.high;
}

bool OtherValues::narrow_line(std::size_t line, std::vector<Possible>& possible, bool& changed) const {
    const std::vector<std::size_t>& numbers = table_.lines[line];
    steps_ += numbers.size();
    std::int64_t low = 0;
    std::int64_t high = 0;
    std::int64_t largest_low = 0;
    for (std::size_t k = 1; k < numbers.size(); ++k) {
        low += possible[numbers[k]].low;
        high += possible[numbers[k]].high;
        largest_low = std::max(largest_low, possible[numbers[k]].low);
    }
    if (!clip(possible[numbers[0]], exact_[line] ? low : largest_low, high, changed)) return false;
    const Possible total = possible[numbers[0]];
    for (std::size_t k = 1; k < numbers.size(); ++k) {
        Possible& range = possible[numbers[k]];
        const Possible before = range;
        const std::int64_t at_most = exact_[line] ? total.high - (low - before.low) : total.high;
        if (!clip(range, total.low - (high - before.high), at_most, changed)) return false;
        low += range.low - before.low;
        high += range.high - before.high;
    }
    return true;
}

bool OtherValues::narrow(std::vector<Possible>& possible) const {
    bool changed = true;
    for (int round = 0; changed && round < 100; ++round) {
        changed = false;
        for (std::size_t line = 0; line < table_.lines.size(); ++line) {
            if (!narrow_line(line, possible, changed)) return false;
        }
    }
    return true;
}

bool OtherValues::search(std::vector<Possible> possible, int& budget) {
    if (--budget <= 0 || !narrow(possible)) return false;
    std::optional<std::size_t> open;
    for (std::size_t i = 0; i < possible.size(); ++i) {
        if (!possible[i].known() && (!open || possible[i].high - possible[i].low < possible[*open].high - possible[*open].low)) open = i;
    }
    if (!open) {
        for (std::size_t i = 0; i < possible.size(); ++i) values_[i] = possible[i].low;
        for (std::size_t line = 0; line < table_.lines.size(); ++line) {
            if (!fits(line)) return false;
        }
        return true;
    }
    const Possible range = possible[*open];
    const auto within = [&](std::int64_t low, std::int64_t high) {
        bool changed = false;
        std::vector<Possible> part = possible;
        return low <= high && clip(part[*open], low, high, changed) && search(std::move(part), budget);
    };
    const std::int64_t own = std::clamp(truth_[*open], range.low, range.high);
    return within(own, own) || within(range.low, own - 1) || within(own + 1, range.high);
}

std::optional<std::vector<std::int64_t>> OtherValues::find(std::size_t number, const std::vector<Possible>& possible) {
    const std::int64_t own = truth_[number];
    if (own >= kLargest) return std::nullopt;
    const auto found = [&] {
        std::vector<std::int64_t> result = truth_;
        std::swap(result, values_);
        return result;
    };
    for (const std::int64_t step : {std::int64_t{1}, std::int64_t{-1}, std::int64_t{2}, std::int64_t{-2}, minimum_, -own, minimum_ - own}) {
        int budget = kNearBudget;
        if (step != 0 && allowed(number, own + step, possible) && change(number, own + step, possible, budget)) return found();
    }
    std::vector<Possible> bounded = possible;
    for (Possible& range : bounded) range.high = std::min(range.high, std::max(ceiling_, range.low));
    if (std::count_if(bounded.begin(), bounded.end(), [](const Possible& range) { return !range.known(); }) > static_cast<std::ptrdiff_t>(kUnknownAtMost)) return std::nullopt;
    for (const bool less : {true, false}) {
        std::vector<Possible> other = bounded;
        bool changed = false;
        if (!clip(other[number], less ? other[number].low : own + 1, less ? own - 1 : other[number].high, changed)) continue;
        int budget = kWideBudget;
        if (search(std::move(other), budget)) return found();
        values_ = truth_;
    }
    return std::nullopt;
}

}  // namespace fangtan::analysis
