// SPDX-License-Identifier: Apache-2.0
//
// What a coefficient may be: a finite number, or nothing with a reason. A
// coefficient that is 0/0 (all units in one category, nothing coded twice …)
// says nothing about agreement: it is never NaN, never 1, and a mean in which
// it takes part is undefined too.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace fangtan::agreement {

enum class Undefined : std::uint8_t {
    no_variation,  // only one category (or no gap, no mark) occurs: chance alone explains everything
    no_pairs,      // no unit has two ratings
    single_coder,
    one_unit,      // a standard error needs two
    q_lt_2,        // fewer than two categories, where their number is the chance
    no_data,       // nothing was counted: a denominator is zero
    overlap,       // segments of one coder overlap, where each must partition the text
    not_reached,   // the state that was asked for does not occur in the data
    too_large,     // an exact answer would take too long
};

// As machine-readable output has it: "no_variation", …
[[nodiscard]] std::string_view reason_name(Undefined reason);

class Value {
 public:
    // Throws Error(internal) if the number is not finite: somebody forgot a case that is undefined.
    Value(double number);  // NOLINT: a number is a value
    Value(Undefined reason) : defined_(false), reason_(reason) {}  // NOLINT

    [[nodiscard]] bool defined() const { return defined_; }
    // Throws Error(internal) if undefined.
    [[nodiscard]] double number() const;
    // Only of a value that is undefined.
    [[nodiscard]] Undefined reason() const { return reason_; }

    friend bool operator==(const Value&, const Value&) = default;

 private:
    double number_ = 0;
    bool defined_ = true;
    Undefined reason_ = Undefined::no_data;
};

// part / whole; undefined for this reason if whole is 0.
[[nodiscard]] Value ratio(double part, double whole, Undefined reason);

// The mean of all; undefined for the reason of the first that is. None at all: no_data.
[[nodiscard]] Value mean(const std::vector<Value>& values);

// One number of a report under the name that machine-readable output gives it.
struct Metric {
    std::string name;
    Value value;
};

}  // namespace fangtan::agreement
