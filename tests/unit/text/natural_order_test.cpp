// SPDX-License-Identifier: Apache-2.0
#include "fangtan/text/natural_order.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "../../support/random.hpp"

using namespace fangtan;
using testing::Random;

TEST_CASE("names with numbers in the order people expect") {
    const std::vector<std::vector<std::string>> lists = {
        {"P1", "P2", "P10", "P11", "P100"},
        {"P1", "R2", "S1", "S10"},
        {"", "P", "P1", "P1a", "P2"},
        {"访谈1", "访谈2", "访谈10"},
        {"1.2", "1.10", "1.10.1", "2"},
        {"P001", "P01", "P1", "P001a", "P2"},  // alike but for zeros: bytewise
        {"P0", "P00", "P1"},
        {"P-1", "P-2", "P-10"},
        {"18446744073709551615", "18446744073709551616", "100000000000000000000000"},
        {"A1", "a1"},
        {"z", "é"},
    };
    for (const auto& list : lists) {
        for (std::size_t i = 0; i < list.size(); ++i) {
            for (std::size_t j = 0; j < list.size(); ++j) {
                CAPTURE(list[i]);
                CAPTURE(list[j]);
                CHECK(natural_less(list[i], list[j]) == (i < j));
                CHECK(NaturalLess{}(list[i], list[j]) == (i < j));
            }
        }
    }
}

TEST_CASE("natural order is a total order") {
    static const std::vector<std::string> pieces = {"P", "p", "0", "00", "1", "9", "10", "-", "/", ":", "访", "é", " "};
    for (std::uint64_t seed = 1; seed <= testing::cases(2'000); ++seed) {
        Random random(seed);
        std::vector<std::string> names;
        for (int n = 0; n < 12; ++n) {
            std::string name;
            for (std::size_t k = random.below(5); k > 0; --k) name += random.pick(pieces);
            names.push_back(std::move(name));
        }
        for (const std::string& a : names) {
            for (const std::string& b : names) {
                // Exactly one of less, equal, greater.
                const int holds = (natural_less(a, b) ? 1 : 0) + (natural_less(b, a) ? 1 : 0) + (a == b ? 1 : 0);
                if (holds != 1) {
                    CAPTURE(a);
                    CAPTURE(b);
                    REQUIRE(holds == 1);
                }
                for (const std::string& c : names) {
                    if (!natural_less(a, b) || !natural_less(b, c) || natural_less(a, c)) continue;
                    CAPTURE(a);
                    CAPTURE(b);
                    CAPTURE(c);
                    REQUIRE(natural_less(a, c));
                }
            }
        }
    }
}
