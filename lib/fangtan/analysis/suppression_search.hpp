// SPDX-License-Identifier: Apache-2.0
//
// What somebody who reads a table with withheld numbers could take them for:
// looks for other numbers that fit everything that is printed.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "fangtan/analysis/suppression.hpp"

namespace fangtan::analysis {

// What a number may be for the reader: low … high, and with `gap` not from 1 to minimum - 1.
struct Possible {
    std::int64_t low = 0;
    std::int64_t high = 0;
    bool gap = false;
    [[nodiscard]] bool known() const { return low == high; }
};

// Values of a table are taken up to 2^40; beyond it no others are found.
class OtherValues {
 public:
    // `table` must outlive it.
    OtherValues(const SummedNumbers& table, std::uint64_t minimum);

    // Values of all numbers that are possible, fit all lines and differ from the table's at `number`. A line whose total is
    // the sum of the others must remain so; where things overlap the total stays between the largest and the sum. None if
    // there are none, or if they are not found in the steps that are allowed: looks near the table's own values, and where
    // at most 40 numbers are unknown also everywhere up to four times the largest of them.
    [[nodiscard]] std::optional<std::vector<std::int64_t>> find(std::size_t number, const std::vector<Possible>& possible);

    [[nodiscard]] const std::vector<std::size_t>& lines_of(std::size_t number) const { return lines_of_[number]; }
    [[nodiscard]] std::uint64_t steps() const { return steps_; }  // numbers looked at in all searches so far

 private:
    [[nodiscard]] bool fits(std::size_t line) const;
    [[nodiscard]] bool allowed(std::size_t number, std::int64_t value, const std::vector<Possible>& possible) const;
    bool repair(const std::vector<Possible>& possible, int& budget);
    bool change(std::size_t number, std::int64_t value, const std::vector<Possible>& possible, int& budget);
    bool narrow(std::vector<Possible>& possible) const;
    bool narrow_line(std::size_t line, std::vector<Possible>& possible, bool& changed) const;
    bool clip(Possible& range, std::int64_t low, std::int64_t high, bool& changed) const;
    bool search(std::vector<Possible> possible, int& budget);

    const SummedNumbers& table_;
    std::int64_t minimum_;
    std::int64_t ceiling_ = 0;
    std::vector<std::int64_t> truth_;
    std::vector<bool> exact_;  // by line: the total is the sum
    std::vector<std::vector<std::size_t>> lines_of_;
    std::vector<std::int64_t> values_;
    std::vector<bool> changed_;
    std::vector<std::size_t> dirty_;  // lines in which something was changed
    mutable std::uint64_t steps_ = 0;
};

}  // namespace fangtan::analysis
