// SPDX-License-Identifier: Apache-2.0
#include "fangtan/analysis/suppression.hpp"

#include <algorithm>
#include <optional>
#include <tuple>

#include "fangtan/analysis/suppression_search.hpp"

namespace fangtan::analysis {
namespace {

constexpr std::uint64_t kStepsAtMost = 1'000'000'000;
constexpr std::int64_t kUnbounded = INT64_MAX / 1024;
constexpr std::size_t kHiddenInLine = 3;  // where there is no time to look

class Suppressor {
 public:
    Suppressor(const SummedNumbers& table, std::uint64_t minimum) : table_(table), minimum_(minimum), withheld_(table.numbers.size(), Withheld::no), others_(table, minimum) {}

    std::vector<Withheld> run() {
        for (std::size_t i = 0; i < withheld_.size(); ++i) {
            if (is_small(i)) withheld_[i] = Withheld::small;
        }
        // What was found once stays possible, since all that follows says less.
        std::vector<bool> safe(withheld_.size(), false);
        for (bool again = true; again;) {
            again = false;
            while (protect_single()) {
            }
            for (std::size_t i = 0; i < withheld_.size() && !again; ++i) {
                if (!hidden(i) || safe[i]) continue;
                if (others_.steps() > kStepsAtMost) {
                    safe[i] = true;
                    again = protect_roughly(i);
                } else if (const auto values = others_.find(i, possible())) {
                    for (std::size_t k = 0; k < safe.size(); ++k) safe[k] = safe[k] || (*values)[k] != static_cast<std::int64_t>(table_.numbers[k].value);
                } else {
                    again = strengthen(i);
                }
            }
        }
        return withheld_;
    }

 private:
    [[nodiscard]] bool is_small(std::size_t number) const { return table_.numbers[number].value > 0 && table_.numbers[number].value < minimum_; }
    [[nodiscard]] bool hidden(std::size_t number) const { return withheld_[number] != Withheld::no; }
    [[nodiscard]] std::size_t hidden_in(std::size_t line) const {
        return static_cast<std::size_t>(std::count_if(table_.lines[line].begin(), table_.lines[line].end(), [&](std::size_t number) { return hidden(number); }));
    }

    // For somebody who knows how this is done: × is no small number, unless the sign < was taken from it.
    [[nodiscard]] std::vector<Possible> possible() const {
        std::vector<Possible> ranges;
        for (std::size_t i = 0; i < withheld_.size(); ++i) {
            const auto value = static_cast<std::int64_t>(std::min<std::uint64_t>(table_.numbers[i].value, static_cast<std::uint64_t>(kUnbounded)));
            ranges.push_back(withheld_[i] == Withheld::no      ? Possible{value, value, false}
                             : withheld_[i] == Withheld::small ? Possible{1, static_cast<std::int64_t>(minimum_) - 1, false}
                                                               : Possible{0, kUnbounded, !is_small(i)});
        }
        return ranges;
    }

    // What it costs to withhold a number of a line: least if it is no total, no zero, and others are withheld where it stands.
    [[nodiscard]] auto rank(std::size_t number, std::size_t line) const {
        const std::vector<std::size_t>& lines = others_.lines_of(number);
        const bool alone = std::any_of(lines.begin(), lines.end(), [&](std::size_t other) { return other != line && hidden_in(other) == 0; });
        return std::tuple(table_.numbers[number].total, table_.numbers[number].value == 0, alone, table_.numbers[number].value, number);
    }
    template <typename Taken>
    bool withhold_in(std::size_t line, const Taken& taken) {
        std::optional<std::size_t> best;
        for (const std::size_t number : table_.lines[line]) {
            if (!hidden(number) && taken(table_.numbers[number]) && (!best || rank(number, line) < rank(*best, line))) best = number;
        }
        if (best) withheld_[*best] = Withheld::to_protect_others;
        return best.has_value();
    }
    static bool any(const SummedNumbers::Number&) { return true; }

    bool protect_single() {
        bool found = false;
        for (std::size_t line = 0; line < table_.lines.size(); ++line) {
            if (hidden_in(line) == 1 && withhold_in(line, any)) found = true;
        }
        return found;
    }

    // Prints × for <N in a line: for the total first, and for `number` before others.
    bool drop_bound(std::size_t line, bool total, std::size_t number) {
        std::optional<std::size_t> best;
        for (const std::size_t other : table_.lines[line]) {
            if (withheld_[other] == Withheld::small && table_.numbers[other].total == total && (!best || other == number)) best = other;
        }
        if (best) withheld_[*best] = Withheld::to_protect_others;
        return best.has_value();
    }

    // Says one thing less, if anything is left, as near to the number as can be.
    bool strengthen(std::size_t number) {
        std::vector<std::size_t> lines = others_.lines_of(number);
        const auto in_lines = [&](auto&& act) { return std::any_of(lines.begin(), lines.end(), act); };
        if (in_lines([&](std::size_t line) { return withhold_in(line, [](const auto& entry) { return !entry.total && entry.value > 0; }); })) return true;
        if (in_lines([&](std::size_t line) { return drop_bound(line, true, number); })) return true;
        if (in_lines([&](std::size_t line) { return drop_bound(line, false, number); })) return true;
        if (in_lines([&](std::size_t line) { return withhold_in(line, any); })) return true;
        // Its lines say nothing any more; then what betrays it stands in those that cross them, or cross these.
        std::vector<bool> reached(table_.lines.size(), false);
        for (const std::size_t line : lines) reached[line] = true;
        for (std::size_t i = 0; i < lines.size(); ++i) {
            if (withhold_in(lines[i], any) || drop_bound(lines[i], true, number) || drop_bound(lines[i], false, number)) return true;
            for (const std::size_t other : table_.lines[lines[i]]) {
                for (const std::size_t crossing : others_.lines_of(other)) {
                    if (!reached[crossing]) lines.push_back(crossing);
                    reached[crossing] = true;
                }
            }
        }
        return false;
    }

    // No sign < where it could tell something, and three or more withheld in a line.
    bool protect_roughly(std::size_t number) {
        bool any_change = withheld_[number] == Withheld::small;
        withheld_[number] = Withheld::to_protect_others;
        for (const std::size_t line : others_.lines_of(number)) {
            while (hidden_in(line) < kHiddenInLine && withhold_in(line, any)) any_change = true;
        }
        return any_change;
    }

    const SummedNumbers& table_;
    std::uint64_t minimum_;
    std::vector<Withheld> withheld_;
    OtherValues others_;
};

}  // namespace

std::vector<Withheld> withhold_small(const SummedNumbers& table, std::uint64_t minimum) { return Suppressor(table, minimum).run(); }

}  // namespace fangtan::analysis
