// SPDX-License-Identifier: Apache-2.0
#include "fangtan/analysis/span_set.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>
#include <string>

#include "../../support/random.hpp"

using namespace fangtan;
using analysis::SpanSet;

namespace {

SpanSet spans(const std::vector<std::pair<std::uint32_t, std::uint32_t>>& pairs) {
    std::vector<Span> all;
    for (const auto& [begin, end] : pairs) all.push_back(span_of(begin, end));
    return analysis::span_set(all);
}

SpanSet random_set(testing::Random& random) {
    std::vector<Span> all;
    for (std::size_t i = random.below(9); i > 0; --i) {
        const auto begin = static_cast<std::uint32_t>(random.below(24));
        all.push_back(span_of(begin, begin + static_cast<std::uint32_t>(random.below(9))));
    }
    return analysis::span_set(all);
}

bool touch(Span a, Span b) {
    for (std::uint32_t at = a.begin.value; at < a.end.value; ++at) {
        if (b.begin.value <= at && at < b.end.value) return true;
    }
    return false;
}

}  // namespace

TEST_CASE("A set of passages keeps what overlaps and drops what is there twice or empty") {
    CHECK(spans({{5, 9}, {0, 4}, {5, 9}, {3, 3}, {0, 6}}) == spans({{0, 4}, {0, 6}, {5, 9}}));
    CHECK(spans({{3, 3}}).empty());
}

TEST_CASE("Passages have in common what every pair of them shares") {
    CHECK(analysis::common_parts(spans({{0, 10}, {20, 30}}), spans({{5, 15}, {8, 22}})) == spans({{5, 10}, {8, 10}, {20, 22}}));
    CHECK(analysis::common_parts(spans({{0, 5}}), spans({{5, 9}})).empty());  // they touch at a point only
    CHECK(analysis::common_parts(spans({{0, 9}}), spans({{2, 3}, {2, 3}, {4, 6}})) == spans({{2, 3}, {4, 6}}));
    CHECK(analysis::common_parts(spans({{0, 9}}), {}).empty());
}

TEST_CASE("A passage is untouched if nothing of the other set reaches it") {
    CHECK(analysis::untouched(spans({{0, 4}, {4, 8}, {10, 12}}), spans({{3, 5}})) == spans({{10, 12}}));
    CHECK(analysis::untouched(spans({{0, 20}, {10, 12}}), spans({{15, 16}})) == spans({{10, 12}}));
    CHECK(analysis::untouched(spans({{8, 9}}), spans({{0, 20}, {1, 2}})).empty());  // a long one that began before short ones
    CHECK(analysis::untouched(spans({{0, 4}}), {}) == spans({{0, 4}}));
}

TEST_CASE("Sets of passages agree with trying every pair") {
    testing::Random random(17);
    for (std::size_t round = testing::cases(4000); round > 0; --round) {
        const SpanSet a = random_set(random);
        const SpanSet b = random_set(random);
        std::vector<Span> common;
        std::vector<Span> rest;
        for (const Span x : a) {
            bool touched = false;
            for (const Span y : b) {
                if (!touch(x, y)) continue;
                touched = true;
                common.push_back({std::max(x.begin, y.begin), std::min(x.end, y.end)});
            }
            if (!touched) rest.push_back(x);
        }
        CHECK(analysis::common_parts(a, b) == analysis::span_set(common));
        CHECK(analysis::common_parts(b, a) == analysis::span_set(common));
        CHECK(analysis::untouched(a, b) == analysis::span_set(rest));
        std::vector<Span> all(a);
        all.insert(all.end(), b.begin(), b.end());
        CHECK(analysis::united(a, b) == analysis::span_set(all));
    }
}
