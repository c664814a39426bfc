// SPDX-License-Identifier: Apache-2.0
#include "fangtan/analysis/collocation.hpp"

#include <doctest/doctest.h>

#include <cmath>

using namespace fangtan::analysis;

namespace {

doctest::Approx near(double value) { return doctest::Approx(value).epsilon(1e-12).scale(1e3); }

// 110 tokens, the node 10 of them; 20 in its windows, 6 of the collocate's 10. Without the node:
//
//   observed   6  14     expected   2  18
//              4  76                8  72
constexpr CollocationCounts kByHand{6, 10, 10, 110, 20};

}  // namespace

TEST_CASE("a table by hand") {
    CHECK(expected_together(kByHand) == near(2));
    CHECK(direction(kByHand) == 1);
    CHECK(log_likelihood(kByHand) == near(2 * (6 * std::log(3.0) + 14 * std::log(14.0 / 18) + 4 * std::log(0.5) + 76 * std::log(76.0 / 72))));
    CHECK(log_likelihood(kByHand) == doctest::Approx(8.81958).epsilon(1e-5));
    CHECK(mutual_information(kByHand).value() == near(std::log2(3.0)));
    CHECK(log_dice(kByHand).value() == near(14 + std::log2(12.0 / 20)));
    CHECK(log_dice(kByHand).value() == doctest::Approx(13.26303).epsilon(1e-6));
    CHECK(t_score(kByHand).value() == near(4 / std::sqrt(6.0)));
}

TEST_CASE("as often as expected, less often, never") {
    const CollocationCounts even{2, 10, 10, 110, 20};
    CHECK(direction(even) == 0);
    CHECK(log_likelihood(even) == 0);
    CHECK(mutual_information(even).value() == near(0));
    CHECK(t_score(even).value() == near(0));
    const CollocationCounts rare{1, 10, 20, 110, 20};  // expected 4
    CHECK(direction(rare) == -1);
    CHECK(log_likelihood(rare) > 0);
    CHECK(mutual_information(rare).value() == near(-2));
    CHECK(t_score(rare).value() == near(-3));
    const CollocationCounts never{0, 10, 10, 110, 20};
    CHECK(direction(never) == -1);
    CHECK(log_likelihood(never) == near(2 * (20 * std::log(20.0 / 18) + 10 * std::log(10.0 / 8) + 70 * std::log(70.0 / 72))));
    CHECK(!mutual_information(never));
    CHECK(!log_dice(never));
    CHECK(!t_score(never));
}

TEST_CASE("the windows are the whole corpus, or the node is") {
    const CollocationCounts whole{5, 2, 5, 22, 20};
    CHECK(expected_together(whole) == near(5));
    CHECK(direction(whole) == 0);
    CHECK(log_likelihood(whole) == 0);
    const CollocationCounts alone{0, 7, 0, 7, 0};
    CHECK(expected_together(alone) == 0);
    CHECK(log_likelihood(alone) == 0);
}

TEST_CASE("two that are always and only together, one beside each node") { CHECK(log_dice({30, 30, 30, 1000, 60}).value() == near(14)); }
