// SPDX-License-Identifier: Apache-2.0
//
// Coefficients of segments against direct implementations that go character by character, and what is undefined.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "../../support/random.hpp"
#include "fangtan/agreement/characters.hpp"
#include "fangtan/agreement/continuum.hpp"
#include "fangtan/agreement/gamma.hpp"
#include "fangtan/agreement/overlap.hpp"
#include "fangtan/agreement/report.hpp"
#include "fangtan/agreement/unitizing.hpp"
#include "fangtan/base/error.hpp"

using namespace fangtan::agreement;
using fangtan::Error;
using fangtan::testing::cases;
using fangtan::testing::Random;

namespace {

Continuum text(std::uint64_t length, std::size_t coders, std::vector<Segment> segments, std::size_t codes = 2) {
    Continuum continuum{0, length, coders, {}, std::move(segments)};
    const std::vector<std::string> names{"支持", "困难", "动机", "期待"};
    continuum.codes.assign(names.begin(), names.begin() + static_cast<std::ptrdiff_t>(codes));
    return continuum;
}

// No two segments of a coder overlap.
Continuum random_partition(Random& random, std::uint64_t length, std::size_t coders, std::size_t codes) {
    std::vector<Segment> segments;
    for (std::uint32_t coder = 0; coder < coders; ++coder) {
        std::uint64_t place = random.below(5);
        while (true) {
            const std::uint64_t end = place + 1 + random.below(8);
            if (end > length) break;
            segments.push_back({coder, static_cast<std::uint32_t>(random.below(codes)), place, end});
            place = end + (random.chance(30) ? 0 : random.below(9));
        }
    }
    return text(length, coders, segments, codes);
}

Continuum random_overlaps(Random& random, std::uint64_t length, std::size_t coders, std::size_t codes, std::size_t each) {
    std::vector<Segment> segments;
    for (std::uint32_t coder = 0; coder < coders; ++coder) {
        for (std::size_t i = random.below(each + 1); i > 0; --i) {
            const std::uint64_t start = random.below(length);
            segments.push_back({coder, static_cast<std::uint32_t>(random.below(codes)), start, std::min(length, start + 1 + random.below(12))});
        }
    }
    return text(length, coders, segments, codes);
}

bool near(const Value& value, double expected) {
    if (!std::isfinite(expected)) return !value.defined();
    return value.defined() && std::abs(value.number() - expected) <= 1e-9 * std::max(1.0, std::abs(expected));
}

// The 2016 family for two coders, by characters: labels[coder][position], 0 a gap.
struct Direct {
    double u, binary, cu;
};
Direct direct_family(const Continuum& continuum) {
    const std::size_t size = continuum.codes.size() + 1;
    std::vector<std::vector<std::size_t>> labels(2, std::vector<std::size_t>(continuum.length, 0));
    for (const Segment& segment : continuum.segments) {
        for (std::uint64_t i = segment.start; i < segment.end; ++i) labels[segment.coder][i] = segment.code + 1;
    }
    std::vector<std::vector<double>> l(size, std::vector<double>(size, 0.0));
    for (std::size_t i = 0; i < continuum.length; ++i) {
        l[labels[0][i]][labels[1][i]] += 1;
        l[labels[1][i]][labels[0][i]] += 1;
    }
    std::vector<double> same(size, 0.0);
    std::vector<double> own(size, 0.0);
    for (std::size_t coder = 0; coder < 2; ++coder) same[0] += static_cast<double>(std::count(labels[coder].begin(), labels[coder].end(), std::size_t{0}));
    for (const Segment& segment : continuum.segments) {
        same[segment.code + 1] += static_cast<double>(segment.length() * segment.length());
        double met = 0;
        for (std::uint64_t i = segment.start; i < segment.end; ++i) met += labels[1 - segment.coder][i] != 0 ? 1 : 0;
        own[segment.code + 1] += met * met;
    }
    const auto block = [&](std::size_t first, const std::vector<double>& taken, double denominator_less) {
        double total = 0, agree = 0, chance = 0;
        std::vector<double> margin(size, 0.0);
        for (std::size_t c = first; c < size; ++c) {
            for (std::size_t k = first; k < size; ++k) margin[c] += l[c][k];
            total += margin[c];
            agree += l[c][c];
        }
        const double scale = total - denominator_less / total;
        for (std::size_t c = first; c < size; ++c) chance += (margin[c] * margin[c] - taken[c]) / scale;
        const double apart = total - chance;
        return apart <= 1e-9 ? std::numeric_limits<double>::quiet_NaN() : 1 - (total - agree) / apart;
    };
    double all_same = 0, all_own = 0, l_gap = 0, l_all = 0;
    for (std::size_t c = 0; c < size; ++c) {
        all_same += same[c];
        all_own += own[c];
        for (std::size_t k = 0; k < size; ++k) {
            l_all += l[c][k];
            if (c == 0) l_gap += l[c][k];
        }
    }
    const double crossed = l_all * l_gap * (l_all - l_gap) / (l_all * l_all - all_same);
    return {block(0, same, all_same), crossed <= 1e-9 ? std::numeric_limits<double>::quiet_NaN() : 1 - (l_gap - l[0][0]) / crossed, block(1, own, all_own)};
}

// D_o and D_e of 1995 by every pair of units, every gap and every place a unit could have had.
std::pair<double, double> direct_1995(const Continuum& continuum, std::uint32_t code) {
    struct Part {
        double start, end;
        bool unit;
    };
    std::vector<std::vector<Part>> coders;
    const double length = static_cast<double>(continuum.length);
    for (std::uint32_t coder = 0; coder < continuum.coders; ++coder) {
        std::vector<Part> parts;
        double place = 0;
        for (const Segment& segment : segments_of(continuum, coder, code)) {
            if (static_cast<double>(segment.start) > place) parts.push_back({place, static_cast<double>(segment.start), false});
            parts.push_back({static_cast<double>(segment.start), static_cast<double>(segment.end), true});
            place = static_cast<double>(segment.end);
        }
        if (place < length) parts.push_back({place, length, false});
        coders.push_back(parts);
    }
    const double m = static_cast<double>(coders.size());
    double observed = 0, expected = 0, same = 0, count = 0;
    for (std::size_t i = 0; i < coders.size(); ++i) {
        for (const Part& g : coders[i]) {
            if (g.unit) count += 1;
            for (std::size_t j = 0; j < coders.size(); ++j) {
                for (const Part& h : coders[j]) {
                    if (i == j) continue;
                    if (g.unit && h.unit && g.start < h.end && h.start < g.end) observed += std::pow(g.start - h.start, 2) + std::pow(g.end - h.end, 2);
                    if (g.unit && !h.unit && h.start <= g.start && g.end <= h.end) observed += std::pow(g.end - g.start, 2);
                    if (!g.unit && h.unit && g.start <= h.start && h.end <= g.end) observed += std::pow(h.end - h.start, 2);
                }
            }
        }
    }
    for (const auto& parts : coders) {
        for (const Part& g : parts) {
            if (!g.unit) continue;
            const double l = g.end - g.start;
            same += l * (l - 1);
            expected += (count - 1) / 3 * (2 * l * l * l - 3 * l * l + l);
            for (const auto& others : coders) {
                for (const Part& h : others) {
                    if (!h.unit && h.end - h.start >= l) expected += l * l * (h.end - h.start - l + 1);
                }
            }
        }
    }
    return {observed / (m * (m - 1) * length * length), 2 / length * expected / (m * length * (m * length - 1) - same)};
}

// The cheapest way to put every unit into a group, by trying all.
double direct_disorder(const std::vector<Segment>& units, std::size_t coders, std::vector<std::vector<std::size_t>>& groups, std::size_t next) {
    if (next == units.size()) {
        double sum = 0;
        for (const auto& group : groups) {
            double cost = static_cast<double>(coders * (coders - 1)) / 2 - static_cast<double>(group.size() * (group.size() - 1)) / 2;
            for (std::size_t i = 0; i < group.size(); ++i) {
                for (std::size_t j = 0; j < i; ++j) {
                    const Segment& a = units[group[i]];
                    const Segment& b = units[group[j]];
                    const double apart = std::abs(static_cast<double>(a.start) - static_cast<double>(b.start)) + std::abs(static_cast<double>(a.end) - static_cast<double>(b.end));
                    cost += std::pow(apart / static_cast<double>(a.length() + b.length()), 2) + (a.code == b.code ? 0 : 1);
                }
            }
            sum += cost / (static_cast<double>(coders * (coders - 1)) / 2);
        }
        return sum;
    }
    double best = std::numeric_limits<double>::infinity();
    for (std::size_t g = 0; g < groups.size(); ++g) {
        if (std::any_of(groups[g].begin(), groups[g].end(), [&](std::size_t unit) { return units[unit].coder == units[next].coder; })) continue;
        groups[g].push_back(next);
        best = std::min(best, direct_disorder(units, coders, groups, next + 1));
        groups[g].pop_back();
    }
    groups.push_back({next});
    best = std::min(best, direct_disorder(units, coders, groups, next + 1));
    groups.pop_back();
    return best;
}

}  // namespace

TEST_CASE("characters agree with counting one by one") {
    Random random(21);
    for (std::size_t i = 0; i < cases(200); ++i) {
        const Continuum continuum = random_overlaps(random, 60, 2, 2, 6);
        CharacterCounts expected;
        for (std::uint64_t place = 0; place < 60; ++place) {
            bool coded[2] = {false, false};
            for (const Segment& segment : continuum.segments) {
                if (segment.code == 1 && segment.start <= place && place < segment.end) coded[segment.coder] = true;
            }
            ++(coded[0] ? (coded[1] ? expected.both : expected.first_only) : (coded[1] ? expected.second_only : expected.neither));
        }
        const CharacterCounts counts = compare_characters(continuum, 0, 1, 1);
        CHECK(counts.both == expected.both);
        CHECK(counts.first_only == expected.first_only);
        CHECK(counts.second_only == expected.second_only);
        CHECK(counts.neither == expected.neither);
        CharacterCounts sum = compare_characters(continuum, 0, 1, 0);
        sum += counts;
        CHECK(compare_characters(continuum, 0, 1).both == sum.both);
        CHECK(compare_characters(continuum, 0, 1).total() == 120);
        CHECK(compare_characters(continuum, 1, 0, 1).first_only == counts.second_only);
    }
}

TEST_CASE("characters: nobody coded, one coded, both coded everything") {
    const CharacterAgreement nobody = character_agreement({0, 0, 0, 10});
    CHECK(nobody.agreement == Value(1));
    CHECK(nobody.kappa == Value(Undefined::no_variation));
    CHECK(nobody.kappa_nvivo == Value(1));
    CHECK(nobody.jaccard == Value(Undefined::no_data));
    CHECK(nobody.dice == Value(Undefined::no_data));
    const CharacterAgreement one = character_agreement({0, 4, 0, 6});
    CHECK(one.kappa.number() == doctest::Approx(0));
    CHECK(one.kappa_nvivo.number() == doctest::Approx(0));
    CHECK(one.jaccard == Value(0));
    CHECK(one.agreement == Value(0.6));
    CHECK(character_agreement({8, 0, 0, 0}).kappa == Value(Undefined::no_variation));
    CHECK(character_agreement({8, 0, 0, 0}).jaccard == Value(1));
    CHECK(character_agreement({0, 0, 0, 0}).agreement == Value(Undefined::no_data));
}

TEST_CASE("the 2016 family agrees with counting characters, two coders") {
    Random random(22);
    std::size_t defined = 0;
    for (std::size_t i = 0; i < cases(300); ++i) {
        const Continuum continuum = random_partition(random, 20 + random.below(40), 2, 1 + random.below(3));
        const Direct expected = direct_family(continuum);
        const UnitizingAlpha alpha = unitizing_alpha(continuum);
        CHECK(near(alpha.u, expected.u));
        CHECK(near(alpha.binary, expected.binary));
        CHECK(near(alpha.cu, expected.cu));
        CHECK(alpha.cu == alpha.cu_union);
        CHECK(!alpha.provisional);
        defined += alpha.cu.defined() ? 1 : 0;
    }
    CHECK(defined > cases(300) / 3);
}

TEST_CASE("the α of 1995 agrees with going through all pairs") {
    Random random(23);
    for (std::size_t i = 0; i < cases(200); ++i) {
        const std::size_t coders = 2 + random.below(3);
        const Continuum continuum = random_partition(random, 20 + random.below(40), coders, 2);
        const UnitizingAlpha1995 alpha = unitizing_alpha_1995(continuum);
        double observed = 0, expected = 0;
        for (std::uint32_t code = 0; code < 2; ++code) {
            const auto [one, other] = direct_1995(continuum, code);
            CHECK(near(alpha.codes[code].observed, one));
            CHECK(near(alpha.codes[code].expected, other));
            observed += one;
            expected += other;
        }
        CHECK(near(alpha.value, expected == 0 ? std::numeric_limits<double>::quiet_NaN() : 1 - observed / expected));
    }
}

TEST_CASE("unitizing: order and names of coders change nothing, identical marking is 1") {
    Random random(24);
    for (std::size_t i = 0; i < cases(60); ++i) {
        const Continuum continuum = random_partition(random, 50, 3, 2);
        Continuum turned = continuum;
        std::reverse(turned.segments.begin(), turned.segments.end());
        for (Segment& segment : turned.segments) segment.coder = (segment.coder + 1) % 3;
        Continuum copied = text(50, 3, {}, 2);
        for (const Segment& segment : continuum.segments) {
            if (segment.coder != 0) continue;
            for (std::uint32_t coder = 0; coder < 3; ++coder) copied.segments.push_back({coder, segment.code, segment.start, segment.end});
        }
        CHECK(std::abs(unitizing_alpha(continuum).u.number() - unitizing_alpha(turned).u.number()) < 1e-12);
        CHECK(std::abs(unitizing_alpha_1995(continuum).value.number() - unitizing_alpha_1995(turned).value.number()) < 1e-12);
        CHECK(unitizing_alpha(continuum).provisional);
        if (!copied.segments.empty()) {
            CHECK(unitizing_alpha(copied).u.number() == doctest::Approx(1));
            CHECK(unitizing_alpha_1995(copied).value == Value(1));
            CHECK(std::abs(gamma_disorder(copied).number()) < 1e-12);
        }
    }
}

TEST_CASE("segments: what is undefined says why, what is wrong is refused") {
    const Continuum empty = text(50, 2, {});
    CHECK(unitizing_alpha(empty).u == Value(Undefined::no_variation));
    CHECK(unitizing_alpha(empty).binary == Value(Undefined::no_variation));
    CHECK(unitizing_alpha(empty).cu == Value(Undefined::no_variation));
    CHECK(unitizing_alpha(empty).cu_coverage == Value(0));
    CHECK(unitizing_alpha_1995(empty).value == Value(Undefined::no_variation));
    CHECK(gamma_disorder(empty) == Value(Undefined::no_data));
    CHECK(overlap_agreement(empty, 0, 1, 0.5, OverlapBase::unite).percent == Value(Undefined::no_data));
    const Continuum alone = text(50, 1, {{0, 0, 3, 9}});
    CHECK(unitizing_alpha(alone).u == Value(Undefined::single_coder));
    CHECK(unitizing_alpha_1995(alone).value == Value(Undefined::single_coder));
    CHECK(gamma_disorder(alone) == Value(Undefined::single_coder));
    // Different codes of a coder may overlap for the α of 1995, the same may not; the family allows neither.
    const Continuum across = text(50, 2, {{0, 0, 3, 9}, {0, 1, 5, 12}, {1, 0, 3, 9}});
    CHECK(unitizing_alpha(across).u == Value(Undefined::overlap));
    CHECK(unitizing_alpha_1995(across).value.defined());
    Continuum within = text(50, 2, {{0, 0, 3, 9}, {0, 0, 5, 12}, {1, 0, 3, 12}});
    CHECK(unitizing_alpha_1995(within).value == Value(Undefined::overlap));
    CHECK(unitizing_alpha_1995(within).codes[1].value == Value(Undefined::no_variation));
    within.segments = merge_overlaps(within.segments);
    CHECK(within.segments.size() == 2);
    CHECK(unitizing_alpha_1995(within).value == Value(1));
    CHECK(merge_overlaps({{0, 0, 1, 4}, {0, 0, 4, 6}, {0, 1, 2, 5}, {1, 0, 2, 5}}).size() == 4);
    CHECK_THROWS_AS(static_cast<void>(unitizing_alpha(text(50, 2, {{0, 0, 3, 51}}))), Error);
    CHECK_THROWS_AS(static_cast<void>(unitizing_alpha(text(50, 2, {{0, 0, 3, 3}}))), Error);
    CHECK_THROWS_AS(static_cast<void>(unitizing_alpha(text(50, 2, {{2, 0, 3, 4}}))), Error);
    CHECK_THROWS_AS(static_cast<void>(unitizing_alpha(text(50, 2, {{0, 2, 3, 4}}))), Error);
    CHECK_THROWS_AS(static_cast<void>(compare_characters(across, 0, 2)), Error);
    CHECK_THROWS_AS(static_cast<void>(overlap_agreement(across, 0, 1, 1.5, OverlapBase::unite)), Error);
    SegmentsReportOptions options;
    options.characters = true;
    CHECK_THROWS_AS(static_cast<void>(segments_metrics(alone, options)), Error);
}

TEST_CASE("a long segment that meets two short ones agrees with both, and is matched once") {
    const Continuum continuum = text(100, 2, {{0, 0, 0, 20}, {1, 0, 0, 8}, {1, 0, 10, 20}, {1, 1, 0, 20}});
    const OverlapAgreement shorter = overlap_agreement(continuum, 0, 1, 1, OverlapBase::shorter);
    CHECK(shorter.first_agree == 1);
    CHECK(shorter.second_agree == 2);
    CHECK(shorter.one_to_one == 1);
    CHECK(shorter.percent == Value(0.75));
    CHECK(shorter.holsti == Value(0.5));
    CHECK(shorter.kappa_rk == Value(0.5));
    CHECK(overlap_agreement(continuum, 0, 1, 0.5, OverlapBase::longer).second_agree == 1);   // 8/20, 10/20
    CHECK(overlap_agreement(continuum, 0, 1, 0.4, OverlapBase::unite).second_agree == 2);
    CHECK(overlap_agreement(continuum, 0, 1, 0.41, OverlapBase::unite).second_agree == 1);
    CHECK(overlap_agreement(text(10, 2, {{0, 0, 0, 7}, {1, 0, 0, 10}}), 0, 1, 0.7, OverlapBase::unite).one_to_one == 1);
    CHECK(overlap_agreement(text(10, 2, {{0, 0, 0, 5}, {1, 0, 5, 10}}), 0, 1, 0, OverlapBase::unite).first_agree == 0);  // they only touch
    CHECK(overlap_agreement(text(20, 2, {{0, 0, 5, 10}, {1, 0, 0, 20}, {1, 0, 2, 5}}), 0, 1, 0, OverlapBase::unite).second_agree == 1);
    CHECK(overlap_agreement(text(25, 2, {{0, 0, 0, 7}, {1, 0, 0, 25}}), 0, 1, 0.28, OverlapBase::unite).one_to_one == 1);  // 0.28 · 25 is a little more than 7
    CHECK(overlap_agreement(continuum, 0, 1, 0.5, OverlapBase::unite, 1).kappa_rk == Value(Undefined::q_lt_2));
}

TEST_CASE("matching finds as many pairs as trying everything does") {
    Random random(25);
    const auto best = [](auto& self, const std::vector<Segment>& a, const std::vector<Segment>& b, std::size_t next, std::vector<bool>& used) -> std::uint64_t {
        if (next == a.size()) return 0;
        std::uint64_t most = self(self, a, b, next + 1, used);
        for (std::size_t j = 0; j < b.size(); ++j) {
            const std::uint64_t start = std::max(a[next].start, b[j].start);
            const std::uint64_t end = std::min(a[next].end, b[j].end);
            if (used[j] || start >= end || 4 * (end - start) < a[next].length() + b[j].length() - (end - start)) continue;
            used[j] = true;
            most = std::max(most, 1 + self(self, a, b, next + 1, used));
            used[j] = false;
        }
        return most;
    };
    std::uint64_t all = 0;
    for (std::size_t i = 0; i < cases(200); ++i) {
        const Continuum continuum = random_overlaps(random, 30, 2, 1, 6);
        const std::vector<Segment> a = segments_of(continuum, 0);
        const std::vector<Segment> b = segments_of(continuum, 1);
        std::vector<bool> used(b.size(), false);
        const std::uint64_t expected = best(best, a, b, 0, used);
        CHECK(overlap_agreement(continuum, 0, 1, 0.25, OverlapBase::unite).one_to_one == expected);
        all += expected;
    }
    CHECK(all > cases(200) / 2);
}

TEST_CASE("the best alignment is as good as the best of all") {
    Random random(26);
    for (std::size_t i = 0; i < cases(150); ++i) {
        const std::size_t coders = 2 + random.below(2);
        const Continuum continuum = random_overlaps(random, 25, coders, 2, coders == 2 ? 4 : 3);
        if (continuum.segments.empty()) continue;
        std::vector<std::vector<std::size_t>> groups;
        const double sum = direct_disorder(continuum.segments, coders, groups, 0);
        const double mean_units = static_cast<double>(continuum.segments.size()) / static_cast<double>(coders);
        CHECK(near(gamma_disorder(continuum), sum / mean_units));
    }
    GammaOptions little;
    little.states = 3;
    CHECK(gamma_disorder(random_partition(random, 200, 3, 2), little) == Value(Undefined::too_large));
}
