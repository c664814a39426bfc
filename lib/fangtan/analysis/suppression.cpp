// SPDX-License-Identifier: Apache-2.0
#include "fangtan/analysis/suppression.hpp"

#include <algorithm>
#include <optional>
#include <tuple>

namespace fangtan::analysis {
namespace {

constexpr std::uint64_t kWorkMaximum = 20'000'000;
// Coefficients are 1 and -1: modulo a large prime their combinations vanish where they vanish in whole numbers.
constexpr std::uint64_t kPrime = 2'147'483'647;
constexpr std::int64_t kUnbounded = INT64_MAX / 4;

std::uint64_t power(std::uint64_t base, std::uint64_t exponent) {
    std::uint64_t result = 1;
    for (; exponent > 0; exponent >>= 1) {
        if ((exponent & 1) != 0) result = result * base % kPrime;
        base = base * base % kPrime;
    }
    return result;
}

class Suppressor {
 public:
    Suppressor(const SummedNumbers& table, std::uint64_t minimum) : table_(table), minimum_(minimum), withheld_(table.numbers.size(), Withheld::no), lines_of_(table.numbers.size()), touched_(table.lines.size(), false) {
        for (std::size_t line = 0; line < table.lines.size(); ++line) {
            for (const std::size_t number : table.lines[line]) lines_of_[number].push_back(line);
        }
    }

    std::vector<Withheld> run() {
        for (std::size_t i = 0; i < withheld_.size(); ++i) {
            const std::uint64_t value = table_.numbers[i].value;
            if (value > 0 && value < minimum_) withheld_[i] = Withheld::small;
        }
        // Each round withholds a number more, or is the last.
        while (protect_single() || protect_combined() || protect_bounded()) {
        }
        return withheld_;
    }

 private:
    [[nodiscard]] bool hidden(std::size_t number) const { return withheld_[number] != Withheld::no; }
    [[nodiscard]] std::size_t hidden_in(std::size_t line) const {
        return static_cast<std::size_t>(std::count_if(table_.lines[line].begin(), table_.lines[line].end(), [&](std::size_t number) { return hidden(number); }));
    }

    // Withholds the printed number of a line that costs least: no total, no zero, where others are withheld already, a small one.
    bool withhold_in(std::size_t line) {
        std::optional<std::size_t> best;
        const auto rank = [&](std::size_t number) {
            bool alone = false;
            for (const std::size_t other : lines_of_[number]) alone = alone || (other != line && hidden_in(other) == 0);
            const SummedNumbers::Number& entry = table_.numbers[number];
            return std::tuple(entry.total, entry.value == 0, alone, entry.value, number);
        };
        for (const std::size_t number : table_.lines[line]) {
            if (!hidden(number) && (!best || rank(number) < rank(*best))) best = number;
        }
        if (!best) return false;
        withheld_[*best] = Withheld::to_protect_others;
        for (const std::size_t touched : lines_of_[*best]) touched_[touched] = true;
        return true;
    }

    // Likewise in any line of each number; once for each line, since one may help several.
    bool withhold_beside(const std::vector<std::size_t>& numbers) {
        bool any = false;
        touched_.assign(table_.lines.size(), false);
        for (const std::size_t number : numbers) {
            const bool helped = std::any_of(lines_of_[number].begin(), lines_of_[number].end(), [&](std::size_t line) { return touched_[line]; });
            any = helped || withhold_beside(number) || any;
        }
        return any;
    }
    bool withhold_beside(std::size_t number) {
        // Lines may be withheld as a whole; then what betrays it stands in those that cross them, or cross these.
        std::vector<std::size_t> lines = lines_of_[number];
        std::vector<bool> reached(table_.lines.size(), false);
        for (const std::size_t line : lines) reached[line] = true;
        for (std::size_t i = 0; i < lines.size(); ++i) {
            if (withhold_in(lines[i])) return true;
            for (const std::size_t other : table_.lines[lines[i]]) {
                for (const std::size_t crossing : lines_of_[other]) {
                    if (!reached[crossing]) lines.push_back(crossing);
                    reached[crossing] = true;
                }
            }
        }
        return false;
    }

    bool protect_single() {
        bool any = false;
        for (std::size_t line = 0; line < table_.lines.size(); ++line) {
            if (hidden_in(line) == 1 && withhold_in(line)) any = true;
        }
        return any;
    }

    // Solves all lines together for what is withheld: a row of the reduced matrix with one unknown gives it away.
    bool protect_combined() {
        std::vector<std::size_t> unknowns;
        for (std::size_t i = 0; i < withheld_.size(); ++i) {
            if (hidden(i)) unknowns.push_back(i);
        }
        std::vector<std::vector<std::uint64_t>> rows;
        for (const auto& line : table_.lines) {
            std::vector<std::uint64_t> row(unknowns.size(), 0);
            bool any = false;
            for (std::size_t k = 0; k < line.size(); ++k) {
                if (!hidden(line[k])) continue;
                row[static_cast<std::size_t>(std::lower_bound(unknowns.begin(), unknowns.end(), line[k]) - unknowns.begin())] = k == 0 ? kPrime - 1 : 1;
                any = true;
            }
            if (any) rows.push_back(std::move(row));
            if (rows.size() * rows.size() * unknowns.size() > kWorkMaximum) return false;
        }
        std::size_t rank = 0;
        for (std::size_t column = 0; column < unknowns.size() && rank < rows.size(); ++column) {
            const auto pivot = std::find_if(rows.begin() + static_cast<std::ptrdiff_t>(rank), rows.end(), [&](const auto& row) { return row[column] != 0; });
            if (pivot == rows.end()) continue;
            std::swap(rows[rank], *pivot);
            const std::uint64_t inverse = power(rows[rank][column], kPrime - 2);
            for (std::uint64_t& value : rows[rank]) value = value * inverse % kPrime;
            for (std::size_t other = 0; other < rows.size(); ++other) {
                if (other == rank || rows[other][column] == 0) continue;
                const std::uint64_t factor = kPrime - rows[other][column];
                for (std::size_t i = column; i < unknowns.size(); ++i) rows[other][i] = (rows[other][i] + factor * rows[rank][i]) % kPrime;
            }
            ++rank;
        }
        std::vector<std::size_t> betrayed;
        for (std::size_t n = 0; n < rank; ++n) {
            std::optional<std::size_t> only;
            std::size_t count = 0;
            for (std::size_t i = 0; i < unknowns.size(); ++i) {
                if (rows[n][i] == 0) continue;
                only = i;
                ++count;
            }
            if (count == 1) betrayed.push_back(unknowns[*only]);
        }
        return withhold_beside(betrayed);
    }

    // Everybody knows that a small one is from 1 to minimum - 1 and no other is negative. Where that leaves one value only,
    // it is as good as printed.
    bool protect_bounded() {
        std::vector<std::pair<std::int64_t, std::int64_t>> range(withheld_.size());
        for (std::size_t i = 0; i < range.size(); ++i) {
            const auto value = static_cast<std::int64_t>(std::min<std::uint64_t>(table_.numbers[i].value, static_cast<std::uint64_t>(kUnbounded)));
            range[i] = withheld_[i] == Withheld::no ? std::pair(value, value)
                       : withheld_[i] == Withheld::small ? std::pair(std::int64_t{1}, static_cast<std::int64_t>(minimum_) - 1) : std::pair(std::int64_t{0}, kUnbounded);
        }
        bool changed = true;
        for (int round = 0; changed && round < 100; ++round) {
            changed = false;
            for (const auto& line : table_.lines) changed = tighten(line, range) || changed;
        }
        std::vector<std::size_t> betrayed;
        for (std::size_t i = 0; i < range.size(); ++i) {
            if (hidden(i) && range[i].first >= range[i].second) betrayed.push_back(i);
        }
        return withhold_beside(betrayed);
    }

    bool tighten(const std::vector<std::size_t>& line, std::vector<std::pair<std::int64_t, std::int64_t>>& range) const {
        std::uint64_t sum = 0;
        for (std::size_t k = 1; k < line.size(); ++k) sum += table_.numbers[line[k]].value;
        if (sum != table_.numbers[line[0]].value) return false;  // things overlap: nothing follows
        std::int64_t low = 0;
        std::int64_t high = 0;  // of those that are bounded
        std::size_t unbounded = 0;
        for (std::size_t k = 1; k < line.size(); ++k) {
            low += range[line[k]].first;
            if (range[line[k]].second >= kUnbounded) {
                ++unbounded;
            } else {
                high += range[line[k]].second;
            }
        }
        bool changed = false;
        const auto narrow = [&](std::size_t number, std::int64_t from, std::int64_t to) {
            auto& [first, second] = range[number];
            changed = changed || from > first || to < second;
            first = std::max(first, from);
            second = std::min(second, to);
        };
        narrow(line[0], low, unbounded > 0 ? kUnbounded : high);
        const auto [total_low, total_high] = range[line[0]];
        for (std::size_t k = 1; k < line.size(); ++k) {
            const auto [first, second] = range[line[k]];
            const bool is_unbounded = second >= kUnbounded;
            const bool others_unbounded = unbounded > (is_unbounded ? 1U : 0U);
            const std::int64_t others_high = high - (is_unbounded ? 0 : second);
            narrow(line[k], others_unbounded ? first : total_low - others_high, total_high >= kUnbounded ? second : total_high - (low - first));
            low += range[line[k]].first - first;
            if (is_unbounded && range[line[k]].second < kUnbounded) {
                --unbounded;
                high += range[line[k]].second;
            } else if (!is_unbounded) {
                high += range[line[k]].second - second;
            }
        }
        return changed;
    }

    const SummedNumbers& table_;
    std::uint64_t minimum_;
    std::vector<Withheld> withheld_;
    std::vector<std::vector<std::size_t>> lines_of_;
    std::vector<bool> touched_;  // lines in which a number was withheld of late
};

}  // namespace

std::vector<Withheld> withhold_small(const SummedNumbers& table, std::uint64_t minimum) { return Suppressor(table, minimum).run(); }

}  // namespace fangtan::analysis
