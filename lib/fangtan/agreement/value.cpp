// SPDX-License-Identifier: Apache-2.0
#include "fangtan/agreement/value.hpp"

#include <cmath>

#include "fangtan/base/error.hpp"

namespace fangtan::agreement {

std::string_view reason_name(Undefined reason) {
    switch (reason) {
        case Undefined::no_variation: return "no_variation";
        case Undefined::no_pairs: return "no_pairs";
        case Undefined::single_coder: return "single_coder";
        case Undefined::one_unit: return "one_unit";
        case Undefined::q_lt_2: return "q_lt_2";
        case Undefined::no_data: return "no_data";
        case Undefined::overlap: return "overlap";
        case Undefined::not_reached: return "not_reached";
        case Undefined::too_large: return "too_large";
    }
    return "no_data";
}

Value::Value(double number) : number_(number) {
    if (!std::isfinite(number)) throw Error(ErrorKind::internal, "", "a coefficient is not a finite number");
}

double Value::number() const {
    if (!defined_) throw Error(ErrorKind::internal, "", "an undefined coefficient was used as a number: " + std::string(reason_name(reason_)));
    return number_;
}

Value ratio(double part, double whole, Undefined reason) {
    if (whole == 0) return reason;
    return part / whole;
}

Value mean(const std::vector<Value>& values) {
    if (values.empty()) return Undefined::no_data;
    double sum = 0;
    for (const Value& value : values) {
        if (!value.defined()) return value;
        sum += value.number();
    }
    return sum / static_cast<double>(values.size());
}

}  // namespace fangtan::agreement
