// SPDX-License-Identifier: Apache-2.0
#include "fangtan/analysis/keyness.hpp"

#include <doctest/doctest.h>

#include <cmath>

#include "../../support/random.hpp"

using namespace fangtan::analysis;
using fangtan::testing::Random;

namespace {

struct Expected {
    const char* source;
    KeynessCounts counts;
    double two_cells;
    double four_cells;
    int sign;
    double log_ratio;
    double percent_difference;
};

doctest::Approx near(double value) { return doctest::Approx(value).epsilon(1e-12).scale(1e3); }  // 1e-9 for values below 1000

}  // namespace

TEST_CASE("published and constructed values, to 1e-9") {
    const Expected cases[] = {
        {"quanteda.textstats, test of textstat_keyness: 7 of 10 against 2 of 9; G² without correction", {7, 2, 10, 9}, 2.44010043069663, 4.53493933225623, 1, 1.65535182861255, 215},
        {"UCREL log-likelihood wizard (Rayson & Garside 2000): 100 and 50 in a million each", {100, 50, 1'000'000, 1'000'000}, 16.9899036795397, 16.9911537732969, 1, 1, 100},
        {"constructed, checked with scipy: under-use in corpora of unequal size", {15, 240, 20'000, 60'000}, 65.5800068168763, 65.7388647042802, -1, -2.41503749927884, -81.25},
    };
    for (const Expected& expected : cases) {
        CAPTURE(expected.source);
        CHECK(log_likelihood_two_cells(expected.counts) == near(expected.two_cells));
        CHECK(log_likelihood_four_cells(expected.counts) == near(expected.four_cells));
        CHECK(direction(expected.counts) == expected.sign);
        CHECK(log_ratio(expected.counts).value() == near(expected.log_ratio));
        CHECK(percent_difference(expected.counts).value() == near(expected.percent_difference));
    }
}

TEST_CASE("by hand: 20 of 100 against 0 of 100") {
    const KeynessCounts counts{20, 0, 100, 100};  // expected 10 and 10, of the other words 90 and 90
    CHECK(log_likelihood_two_cells(counts) == near(40 * std::log(2.0)));
    CHECK(log_likelihood_four_cells(counts) == near(40 * std::log(2.0) + 160 * std::log(8.0 / 9) + 200 * std::log(10.0 / 9)));
    CHECK(log_likelihood_four_cells(counts) == doctest::Approx(29.9529).epsilon(1e-5));
    CHECK(bayes_factor(counts).value() == near(40 * std::log(2.0) - std::log(200.0)));
    CHECK(bayes_factor(counts).value() == doctest::Approx(22.4276).epsilon(1e-5));
    CHECK(!log_ratio(counts));
    CHECK(!percent_difference(counts));
    const KeynessCounts never{0, 20, 100, 100};
    CHECK(direction(never) == -1);
    CHECK(!log_ratio(never));
    CHECK(percent_difference(never).value() == near(-100));
}

TEST_CASE("the tail of the chi-square distribution") {
    CHECK(chi_square_p(0) == 1);
    CHECK(chi_square_p(3.841458820694124) == near(0.05));
    CHECK(chi_square_p(6.634896601021213) == near(0.01));
    CHECK(chi_square_p(10.827566170662733) == near(0.001));
}

TEST_CASE("nothing against something has no direction and no size") {
    for (const KeynessCounts& counts : {KeynessCounts{0, 0, 0, 0}, KeynessCounts{3, 0, 10, 0}, KeynessCounts{0, 3, 0, 10}, KeynessCounts{0, 0, 10, 10}}) {
        CHECK(direction(counts) == 0);
        CHECK(log_likelihood_two_cells(counts) == 0);
        CHECK(log_likelihood_four_cells(counts) == 0);
        CHECK(!log_ratio(counts));
        CHECK(!percent_difference(counts));
    }
    CHECK(!bayes_factor({}));
    CHECK(bayes_factor({0, 0, 10, 10}).value() == near(-std::log(20.0)));
}

TEST_CASE("equal shares and whole corpora") {
    const KeynessCounts equal{3, 6, 10, 20};
    CHECK(direction(equal) == 0);
    CHECK(log_likelihood_two_cells(equal) == 0);
    CHECK(log_likelihood_four_cells(equal) == 0);
    CHECK(log_ratio(equal).value() == near(0));
    // Every token is the word: the cells of the other words are empty.
    const KeynessCounts all{10, 5, 10, 20};
    CHECK(log_likelihood_four_cells(all) == near(2 * (10 * std::log(2.0) + 5 * std::log(0.5) + 15 * std::log(1.5))));
    // Rounding alone would make it -1e-7.
    const KeynessCounts large{113'740'631, 331'145'879, 244'272'509, 711'178'002};
    CHECK(direction(large) != 0);
    CHECK(log_likelihood_two_cells(large) >= 0);
    CHECK(log_likelihood_four_cells(large) >= 0);
    // Products beyond 2^53 still tell more from less.
    CHECK(direction({3'000'000'001, 3'000'000'000, 4'000'000'000, 4'000'000'000}) == 1);
}

TEST_CASE("swapping the two sides turns the sign and keeps the size") {
    Random random(41);
    for (std::size_t i = 0; i < fangtan::testing::cases(3000); ++i) {
        const std::uint64_t c = 1 + random.below(5000);
        const std::uint64_t d = 1 + random.below(5000);
        const KeynessCounts counts{random.below(c + 1), random.below(d + 1), c, d};
        const KeynessCounts swapped{counts.rest, counts.group, d, c};
        CHECK(direction(counts) == -direction(swapped));
        CHECK(log_likelihood_two_cells(counts) == near(log_likelihood_two_cells(swapped)));
        CHECK(log_likelihood_four_cells(counts) == near(log_likelihood_four_cells(swapped)));
        CHECK(log_likelihood_four_cells(counts) >= log_likelihood_two_cells(counts) - 1e-9);
        CHECK((log_likelihood_two_cells(counts) > 0) == (direction(counts) != 0));
        if (log_ratio(counts)) {
            CHECK(log_ratio(counts).value() == near(-log_ratio(swapped).value()));
            CHECK(std::exp2(*log_ratio(counts)) == near(1 + *percent_difference(counts) / 100));
        }
        const double p = chi_square_p(log_likelihood_four_cells(counts));
        CHECK(p >= 0);
        CHECK(p <= 1);
    }
}
