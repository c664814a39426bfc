// SPDX-License-Identifier: Apache-2.0
#include "fangtan/table/rounding.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <numeric>
#include <vector>

#include "../../support/random.hpp"

using namespace fangtan;
using testing::Random;

namespace {

std::vector<std::uint64_t> rounded(const std::vector<std::uint64_t>& parts, std::uint64_t whole, int decimals) {
    std::vector<std::uint64_t> units;
    for (const std::uint64_t part : parts) units.push_back(rounded_half_up(part, whole, decimals));
    return units;
}

std::uint64_t sum(const std::vector<std::uint64_t>& values) { return std::accumulate(values.begin(), values.end(), std::uint64_t{0}); }

std::uint64_t hundred(int decimals) {
    std::uint64_t value = 100;
    for (int i = 0; i < decimals; ++i) value *= 10;
    return value;
}

}  // namespace

TEST_CASE("halves are rounded up, in whole numbers") {
    CHECK(rounded({10, 65, 77, 42, 22, 18}, 234, 0) == std::vector<std::uint64_t>{4, 28, 33, 18, 9, 8});
    CHECK(rounded({1, 1, 1}, 3, 1) == std::vector<std::uint64_t>{333, 333, 333});
    CHECK(rounded({1, 3, 5, 7}, 8, 0) == std::vector<std::uint64_t>{13, 38, 63, 88});      // 12.5 37.5 62.5 87.5
    CHECK(rounded({1, 201, 203}, 200, 0) == std::vector<std::uint64_t>{1, 101, 102});      // 0.5 100.5 101.5
    CHECK(rounded_half_up(1, 2000, 1) == 1);                                               // 0.05, which no double is
    CHECK(rounded_half_up(3, 2000, 1) == 2);                                               // 0.15
    CHECK(rounded_half_up(57, 2000, 2) == 285);
    CHECK(rounded_half_up(2, 3, 6) == 66666667);
    CHECK(rounded_half_up(0, 7, 2) == 0);
    CHECK(rounded_half_up(7, 7, 2) == 10000);
    CHECK(rounded_half_up(5, 0, 2) == 0);
    CHECK(rounded_half_up(0, 0, 0) == 0);
    // counts so large that a product would not fit 64 bits
    CHECK(rounded_half_up(1'000'000'000'000'000'000, 3'000'000'000'000'000'000, 6) == 33333333);
}

TEST_CASE("half up agrees with long division") {
    for (std::uint64_t seed = 1; seed <= testing::cases(20'000); ++seed) {
        Random random(seed);
        const std::uint64_t whole = 1 + random.below(random.chance(50) ? 40 : 5'000);
        const std::uint64_t part = random.below(whole + 10);
        const int decimals = static_cast<int>(random.below(4));
        // Digit by digit: the whole units, then the rest doubled against the whole.
        const std::uint64_t scaled = part * hundred(decimals);
        const std::uint64_t down = scaled / whole;
        const std::uint64_t expected = 2 * (scaled - down * whole) >= whole ? down + 1 : down;
        REQUIRE(rounded_half_up(part, whole, decimals) == expected);
    }
}

TEST_CASE("largest remainders") {
    CHECK(rounded_to_sum({1, 1, 1}, 3, 0) == std::vector<std::uint64_t>{34, 33, 33});           // of equals the earlier
    CHECK(rounded_to_sum({1, 1, 1}, 3, 1) == std::vector<std::uint64_t>{334, 333, 333});
    CHECK(rounded_to_sum({10, 65, 77, 42, 22, 18}, 234, 0) == std::vector<std::uint64_t>{4, 28, 33, 18, 9, 8});
    CHECK(rounded_to_sum({1, 2, 3}, 6, 0) == std::vector<std::uint64_t>{17, 33, 50});
    CHECK(rounded_to_sum({1, 5, 2}, 8, 0) == std::vector<std::uint64_t>{12, 63, 25});           // .5 and .5: the larger part
    CHECK(rounded_to_sum({7}, 7, 2) == std::vector<std::uint64_t>{10000});
    CHECK(rounded_to_sum({0, 0, 4}, 4, 0) == std::vector<std::uint64_t>{0, 0, 100});
    CHECK(rounded_to_sum({3, 4}, 0, 0) == std::vector<std::uint64_t>{0, 0});
    CHECK(rounded_to_sum({}, 5, 0).empty());
    // Parts of a larger whole add up to their share of it: 2/3 is 67.
    CHECK(rounded_to_sum({1, 1}, 3, 0) == std::vector<std::uint64_t>{34, 33});
}

TEST_CASE("rounded shares add up, and none is further than a unit from the truth") {
    std::size_t differs = 0;
    for (std::uint64_t seed = 1; seed <= testing::cases(20'000); ++seed) {
        Random random(seed);
        std::vector<std::uint64_t> parts;
        for (std::size_t n = 1 + random.below(40); n > 0; --n) parts.push_back(random.chance(20) ? 0 : random.below(random.chance(50) ? 6 : 500));
        const std::uint64_t all = sum(parts);
        const std::uint64_t whole = random.chance(80) ? all : all + random.below(50);
        const int decimals = static_cast<int>(random.below(4));
        const std::vector<std::uint64_t> units = rounded_to_sum(parts, whole, decimals);
        CAPTURE(seed);
        REQUIRE(units.size() == parts.size());
        if (whole == 0) {
            REQUIRE(sum(units) == 0);
            continue;
        }
        REQUIRE(sum(units) == (whole == all ? hundred(decimals) : rounded_half_up(all, whole, decimals)));
        bool ordered = true;  // a larger part is never printed as the smaller
        for (std::size_t i = 0; i < parts.size(); ++i) {
            const std::uint64_t scaled = parts[i] * hundred(decimals);
            REQUIRE(units[i] * whole < scaled + whole);
            REQUIRE(units[i] * whole + whole > scaled);
            REQUIRE((parts[i] > 0 || units[i] == 0));
            for (std::size_t j = 0; j < parts.size(); ++j) ordered = ordered && (parts[i] <= parts[j] || units[i] >= units[j]);
        }
        REQUIRE(ordered);
        differs += units != rounded(parts, whole, decimals) ? 1 : 0;
    }
    CHECK(differs * 5 > testing::cases(20'000));  // else the property would say little
}

TEST_CASE("printed numbers") {
    CHECK(printed_number(28, 0) == "28");
    CHECK(printed_number(283, 1) == "28.3");
    CHECK(printed_number(5, 1) == "0.5");
    CHECK(printed_number(5, 3) == "0.005");
    CHECK(printed_number(0, 2) == "0.00");
    CHECK(printed_number(0, 0) == "0");
    CHECK(printed_number(10000, 2) == "100.00");
}
