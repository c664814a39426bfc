// SPDX-License-Identifier: Apache-2.0
#include "fangtan/analysis/dispersion.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "../../support/random.hpp"

using namespace fangtan::analysis;
using fangtan::testing::Random;

namespace {

using Parts = std::vector<PartFrequency>;

doctest::Approx near(double value) { return doctest::Approx(value).epsilon(1e-12); }

}  // namespace

TEST_CASE("five parts of unequal size, by hand") {
    // The shape of the worked example of Gries 2008: 50 tokens, 1 to 5 occurrences.
    const Parts parts = {{1, 9}, {2, 10}, {3, 10}, {4, 10}, {5, 11}};
    // Shares of tokens 0.18 0.2 0.2 0.2 0.22, of occurrences 1/15 … 5/15.
    CHECK(deviation_of_proportions(parts).value() == near(0.18));
    CHECK(normalized_deviation(parts).value() == near(0.18 / 0.82));
    // Relative frequencies .1111 .2 .3 .4 .4545: mean .293131, population standard deviation .125957.
    CHECK(juilland_d(parts).value() == doctest::Approx(0.7851504).epsilon(1e-6));
}

TEST_CASE("evenly, and all in one of two") {
    const Parts even = {{3, 30}, {1, 10}, {6, 60}};
    CHECK(juilland_d(even).value() == near(1));
    CHECK(deviation_of_proportions(even).value() == doctest::Approx(0).scale(1));
    const Parts one = {{4, 25}, {0, 75}};
    CHECK(juilland_d(one).value() == doctest::Approx(0).scale(1));
    CHECK(deviation_of_proportions(one).value() == near(0.75));
    CHECK(normalized_deviation(one).value() == near(1));
    const Parts other = {{0, 25}, {4, 75}};
    CHECK(deviation_of_proportions(other).value() == near(0.25));
    CHECK(normalized_deviation(other).value() == near(1.0 / 3));
}

TEST_CASE("undefined: one part, no occurrence, nothing") {
    CHECK(!juilland_d(Parts{{4, 25}}));
    CHECK(deviation_of_proportions(Parts{{4, 25}}).value() == 0);
    CHECK(!normalized_deviation(Parts{{4, 25}}));
    CHECK(!juilland_d(Parts{{0, 25}, {0, 10}}));
    CHECK(!deviation_of_proportions(Parts{{0, 25}, {0, 10}}));
    CHECK(!deviation_of_proportions(Parts{}));
}

TEST_CASE("a part without tokens changes nothing") {
    const Parts parts = {{4, 25}, {1, 75}};
    const Parts with_empty = {{0, 0}, {4, 25}, {0, 0}, {1, 75}};
    CHECK(juilland_d(parts) == juilland_d(with_empty));
    CHECK(deviation_of_proportions(parts) == deviation_of_proportions(with_empty));
    CHECK(normalized_deviation(parts) == normalized_deviation(with_empty));
    CHECK(!juilland_d(Parts{{4, 25}, {0, 0}}));
}

TEST_CASE("all three stay between 0 and 1") {
    Random random(7);
    for (std::size_t i = 0; i < fangtan::testing::cases(2000); ++i) {
        Parts parts(2 + random.below(8));
        for (PartFrequency& part : parts) {
            part.size = 1 + random.below(200);
            part.frequency = random.below(std::min<std::size_t>(part.size, 5) + 1);
        }
        if (std::all_of(parts.begin(), parts.end(), [](const PartFrequency& part) { return part.frequency == 0; })) continue;
        for (const auto& value : {juilland_d(parts), deviation_of_proportions(parts), normalized_deviation(parts)}) {
            CHECK(value.value() >= -1e-12);
            CHECK(value.value() <= 1 + 1e-12);
        }
        Parts turned(parts.rbegin(), parts.rend());
        CHECK(juilland_d(parts).value() == doctest::Approx(juilland_d(turned).value()).scale(1));
    }
}
