// SPDX-License-Identifier: Apache-2.0
#include "fangtan/agreement/value.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <set>

#include "fangtan/agreement/distributions.hpp"
#include "fangtan/agreement/weights.hpp"
#include "fangtan/base/error.hpp"

using namespace fangtan::agreement;
using fangtan::Error;

TEST_CASE("a value is a finite number or a reason") {
    CHECK(Value(0.5).number() == 0.5);
    CHECK(Value(0.5).defined());
    const Value nothing = Undefined::no_variation;
    CHECK(!nothing.defined());
    CHECK(nothing.reason() == Undefined::no_variation);
    CHECK_THROWS_AS(static_cast<void>(nothing.number()), Error);
    CHECK_THROWS_AS(Value(std::numeric_limits<double>::quiet_NaN()), Error);
    CHECK_THROWS_AS(Value(std::numeric_limits<double>::infinity()), Error);
    CHECK(ratio(1, 4, Undefined::no_data) == Value(0.25));
    CHECK(ratio(0, 0, Undefined::no_data) == Value(Undefined::no_data));
}

TEST_CASE("a mean does not drop what is undefined") {
    CHECK(mean({0.25, 0.75}) == Value(0.5));
    CHECK(mean({0.25, Undefined::no_variation, Undefined::no_pairs}) == Value(Undefined::no_variation));
    CHECK(mean({}) == Value(Undefined::no_data));
}

TEST_CASE("every reason has a name of its own") {
    std::set<std::string_view> names;
    for (int reason = 0; reason <= static_cast<int>(Undefined::too_large); ++reason) names.insert(reason_name(static_cast<Undefined>(reason)));
    CHECK(names.size() == static_cast<std::size_t>(Undefined::too_large) + 1);
    CHECK(reason_name(Undefined::no_variation) == "no_variation");
    CHECK(reason_name(Undefined::no_pairs) == "no_pairs");
    CHECK(reason_name(Undefined::single_coder) == "single_coder");
    CHECK(reason_name(Undefined::one_unit) == "one_unit");
    CHECK(reason_name(Undefined::q_lt_2) == "q_lt_2");
}

TEST_CASE("normal and Student quantiles as printed, and in closed form") {
    // Abramowitz & Stegun (1964), tables 26.1 and 26.10; more digits from NIST/SEMATECH and closed forms.
    CHECK(normal_quantile(0.975) == doctest::Approx(1.959963984540054).epsilon(1e-14));
    CHECK(normal_quantile(0.95) == doctest::Approx(1.644853626951473).epsilon(1e-14));
    CHECK(normal_quantile(0.995) == doctest::Approx(2.575829303548901).epsilon(1e-14));
    CHECK(normal_quantile(0.5) == 0);
    CHECK(normal_quantile(0.025) == doctest::Approx(-1.959963984540054).epsilon(1e-14));
    CHECK(normal_two_sided(1.959963984540054) == doctest::Approx(0.05).epsilon(1e-13));
    CHECK(student_quantile(0.975, 1) == doctest::Approx(12.706).epsilon(1e-4));
    CHECK(student_quantile(0.975, 10) == doctest::Approx(2.228138852).epsilon(1e-9));
    CHECK(student_quantile(0.975, 30) == doctest::Approx(2.042272456).epsilon(1e-9));
    CHECK(student_quantile(0.995, 5) == doctest::Approx(4.032142984).epsilon(1e-9));
    CHECK(student_quantile(0.025, 30) == doctest::Approx(-2.042272456).epsilon(1e-9));
    for (const double p : {0.55, 0.8, 0.95, 0.975, 0.999}) {
        CHECK(student_quantile(p, 1) == doctest::Approx(std::tan(3.14159265358979323846 * (p - 0.5))).epsilon(1e-11));
        CHECK(student_quantile(p, 2) == doctest::Approx((2 * p - 1) / std::sqrt(2 * p * (1 - p))).epsilon(1e-11));
        CHECK(student_quantile(p, 1e6) == doctest::Approx(normal_quantile(p)).epsilon(1e-5));
    }
    CHECK_THROWS_AS(static_cast<void>(normal_quantile(1)), Error);
    CHECK_THROWS_AS(static_cast<void>(student_quantile(0.9, 0)), Error);
}

TEST_CASE("chi-square tails as printed, and in closed form") {
    // The 5 % points of Abramowitz & Stegun (1964), table 26.8.
    CHECK(chi_square_tail(3.841458821, 1) == doctest::Approx(0.05).epsilon(1e-9));
    CHECK(chi_square_tail(18.307038053, 10) == doctest::Approx(0.05).epsilon(1e-9));
    CHECK(chi_square_tail(124.342113404, 100) == doctest::Approx(0.05).epsilon(1e-9));
    CHECK(chi_square_tail(0, 3) == 1);
    for (const double x : {0.1, 1.0, 5.0, 40.0, 700.0}) {
        CHECK(chi_square_tail(x, 2) == doctest::Approx(std::exp(-x / 2)).epsilon(1e-12));
        CHECK(chi_square_tail(x, 4) == doctest::Approx(std::exp(-x / 2) * (1 + x / 2)).epsilon(1e-12));
        CHECK(chi_square_tail(x, 1) == doctest::Approx(std::erfc(std::sqrt(x / 2))).epsilon(1e-12));
    }
}

TEST_CASE("weights by place, by number and as given") {
    const Weights linear = Weights::linear(5);
    CHECK(linear(0, 4) == 0);
    CHECK(linear(1, 2) == doctest::Approx(0.75));
    CHECK(linear(3, 3) == 1);
    CHECK(Weights::quadratic(5)(1, 2) == doctest::Approx(0.9375));
    const std::vector<double> values{1, 2, 3, 4, 6};
    CHECK(Weights::linear(values)(3, 4) == doctest::Approx(0.6));
    CHECK(Weights::quadratic(values)(3, 4) == doctest::Approx(0.84));
    CHECK(Weights::identity(3)(0, 1) == 0);
    CHECK(Weights::disagreement({{0, 1, 4}, {1, 0, 2}, {4, 2, 0}})(0, 1) == doctest::Approx(0.75));
    CHECK_THROWS_AS(static_cast<void>(Weights::similarity({{1, 0}, {0.5, 1}})), Error);
    CHECK_THROWS_AS(static_cast<void>(Weights::similarity({{1, 0}})), Error);
    CHECK_THROWS_AS(static_cast<void>(Weights::similarity({{0.9, 0}, {0, 1}})), Error);
    CHECK_THROWS_AS(static_cast<void>(Weights::similarity({{1, 2}, {2, 1}})), Error);
    CHECK_THROWS_AS(static_cast<void>(Weights::disagreement({{0, 0}, {0, 0}})), Error);
    CHECK_THROWS_AS(static_cast<void>(Weights::disagreement({{1, 2}, {2, 0}})), Error);
}
