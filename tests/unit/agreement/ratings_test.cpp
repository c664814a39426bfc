// SPDX-License-Identifier: Apache-2.0
//
// Coefficients against direct implementations written from their formulas, their invariances, and what is undefined.
#include "fangtan/agreement/ratings.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "../../support/random.hpp"
#include "fangtan/agreement/bootstrap.hpp"
#include "fangtan/agreement/fleiss.hpp"
#include "fangtan/agreement/gwet.hpp"
#include "fangtan/agreement/holsti.hpp"
#include "fangtan/agreement/percent.hpp"
#include "fangtan/agreement/report.hpp"
#include "fangtan/base/error.hpp"
#include "reference.hpp"

using namespace fangtan::agreement;
using fangtan::Error;
using fangtan::testing::cases;
using fangtan::testing::number_of;
using fangtan::testing::Random;

namespace {

using Rows = std::vector<std::vector<std::int32_t>>;

Scale numbers(std::size_t count) {
    Scale scale;
    for (std::size_t i = 0; i < count; ++i) {
        scale.names.push_back(std::to_string(i + 1));
        scale.values.push_back(static_cast<double>(i + 1));
    }
    scale.ordered = true;
    return scale;
}

Ratings make(const Rows& rows, std::size_t coders, const Scale& scale) {
    std::vector<std::int32_t> cells;
    for (const auto& row : rows) cells.insert(cells.end(), row.begin(), row.end());
    return {coders, scale, cells};
}

Rows random_rows(Random& random, std::size_t units, std::size_t coders, std::size_t categories, unsigned missing) {
    Rows rows(units, std::vector<std::int32_t>(coders));
    for (auto& row : rows) {
        const std::size_t truth = random.below(categories);
        for (auto& cell : row) cell = random.chance(missing) ? kMissing : static_cast<std::int32_t>(random.chance(60) ? truth : random.below(categories));
    }
    return rows;
}

// α straight from its definition, pair of values by pair of values; NaN where it is undefined.
double direct_alpha(const Rows& rows, std::size_t categories, Level level, const std::vector<double>& values) {
    std::vector<double> totals(categories, 0.0);
    double n = 0;
    for (const auto& row : rows) {
        const auto rated = std::count_if(row.begin(), row.end(), [](auto cell) { return cell != kMissing; });
        if (rated < 2) continue;
        for (const auto cell : row) {
            if (cell == kMissing) continue;
            totals[static_cast<std::size_t>(cell)] += 1;
            n += 1;
        }
    }
    const auto delta = [&](std::size_t c, std::size_t k) -> double {
        if (c == k) return 0;
        if (level == Level::nominal) return 1;
        if (level == Level::interval) return (values[c] - values[k]) * (values[c] - values[k]);
        if (level == Level::ratio) return std::pow((values[c] - values[k]) / (values[c] + values[k]), 2);
        double sum = 0;
        for (std::size_t g = std::min(c, k); g <= std::max(c, k); ++g) sum += totals[g];
        return std::pow(sum - (totals[c] + totals[k]) / 2, 2);
    };
    double observed = 0;
    for (const auto& row : rows) {
        std::vector<std::size_t> rated;
        for (const auto cell : row) {
            if (cell != kMissing) rated.push_back(static_cast<std::size_t>(cell));
        }
        if (rated.size() < 2) continue;
        for (std::size_t i = 0; i < rated.size(); ++i) {
            for (std::size_t j = 0; j < rated.size(); ++j) {
                if (i != j) observed += delta(rated[i], rated[j]) / static_cast<double>(rated.size() - 1);
            }
        }
    }
    double expected = 0;
    for (std::size_t c = 0; c < categories; ++c) {
        for (std::size_t k = 0; k < categories; ++k) expected += totals[c] * totals[k] * delta(c, k);
    }
    return 1 - (observed / n) / (expected / (n * (n - 1)));
}

bool same(const Value& a, const Value& b, double tolerance = 1e-11) {
    if (a.defined() != b.defined()) return false;
    return a.defined() ? std::abs(a.number() - b.number()) <= tolerance : a.reason() == b.reason();
}

Value value_or(double number, Undefined reason) { return std::isfinite(number) ? Value(number) : Value(reason); }

}  // namespace

TEST_CASE("units that are alike are kept once, in an order of their own") {
    const Scale scale{{"困难", "支持", "动机"}, {}, false};
    const Rows rows{{1, 0}, {0, 0}, {1, 0}, {kMissing, 2}, {kMissing, kMissing}, {0, 1}};
    const Ratings ratings = make(rows, 2, scale);
    CHECK(ratings.units() == 5);
    CHECK(ratings.unrated_units() == 1);
    CHECK(ratings.pairable_units() == 4);
    CHECK(ratings.complete_units() == 4);
    CHECK(ratings.patterns() == 4);
    CHECK(ratings.count_patterns() == 3);  // {0,1} and {1,0} are one
    CHECK(ratings.ratings_of(0) == 4);
    CHECK(ratings.ratings_of(1) == 5);
    CHECK(ratings.category_totals() == std::vector<std::uint64_t>{5, 3, 1});
    CHECK(ratings.contingency(0, 1).at(1, 0) == 2);
    CHECK(ratings.contingency(1, 0).at(0, 1) == 2);
    CHECK(ratings.contingency(0, 1).total() == 4);
    std::uint64_t mixed = 0;
    for (std::size_t i = 0; i < ratings.count_patterns(); ++i) {
        if (ratings.counts(i).entries.size() == 2) mixed += ratings.counts(i).units;
    }
    CHECK(mixed == 3);
}

TEST_CASE("ratings that do not fit are refused") {
    const std::vector<std::int32_t> cells{0, 1, 2};
    CHECK_THROWS_AS(Ratings(2, numbers(3), cells), Error);
    CHECK_THROWS_AS(Ratings(0, numbers(3), {}), Error);
    CHECK_THROWS_AS(Ratings(3, numbers(2), cells), Error);
    CHECK_THROWS_AS(Ratings(3, numbers(3), std::vector<std::int32_t>{0, -2, 1}), Error);
    CHECK_NOTHROW(Ratings(3, numbers(3), cells));
    const Ratings named(2, {{"甲", "乙"}, {}, false}, std::vector<std::int32_t>{0, 1, 1, 1});
    CHECK_THROWS_AS(static_cast<void>(krippendorff_alpha(named, Level::interval)), Error);
    CHECK_THROWS_AS(static_cast<void>(gwet_ac(named, Weights::linear(3))), Error);
}

TEST_CASE("numbers are sorted as numbers, names by code points") {
    const std::vector<std::string> digits{"10", "9", "", "2", "10"};
    CHECK(scale_of(digits).names == std::vector<std::string>{"2", "9", "10"});
    CHECK(scale_of(digits).values == std::vector<double>{2, 9, 10});
    CHECK(scale_of(digits).ordered);
    const std::vector<std::string> words{"10", "支持", "动机"};
    CHECK(scale_of(words).names == std::vector<std::string>{"10", "动机", "支持"});
    CHECK(scale_of(words).values.empty());
    CHECK(!scale_of(words).ordered);
    CHECK(scale_of({}).names.empty());
}

TEST_CASE("α agrees with its definition") {
    Random random(1);
    std::size_t defined = 0;
    for (std::size_t i = 0; i < cases(400); ++i) {
        const std::size_t categories = 2 + random.below(5);
        const std::size_t coders = 2 + random.below(4);
        const Rows rows = random_rows(random, 1 + random.below(12), coders, categories, 25);
        const Scale scale = numbers(categories);
        for (const Level level : {Level::nominal, Level::ordinal, Level::interval, Level::ratio}) {
            const double expected = direct_alpha(rows, categories, level, scale.values);
            const Alpha alpha = krippendorff_alpha(make(rows, coders, scale), level);
            const bool none = alpha.values == 0;
            CHECK(same(alpha.value, value_or(expected, none ? Undefined::no_pairs : Undefined::no_variation)));
            defined += alpha.value.defined() ? 1 : 0;
        }
    }
    CHECK(defined > cases(400) * 2);
}

TEST_CASE("κ, π, Fleiss, Conger, Brennan-Prediger and AC1 agree with their definitions") {
    Random random(2);
    for (std::size_t i = 0; i < cases(300); ++i) {
        const std::size_t q = 2 + random.below(4);
        const std::size_t r = 2 + random.below(3);
        const std::size_t n = 2 + random.below(10);
        const Rows rows = random_rows(random, n, r, q, 0);
        const Ratings ratings = make(rows, r, numbers(q));
        double agree = 0;
        std::vector<std::vector<double>> margins(r, std::vector<double>(q, 0.0));
        for (const auto& row : rows) {
            for (std::size_t g = 0; g < r; ++g) {
                margins[g][static_cast<std::size_t>(row[g])] += 1.0 / static_cast<double>(n);
                for (std::size_t h = 0; h < r; ++h) agree += g != h && row[g] == row[h] ? 1 : 0;
            }
        }
        const double pairs = static_cast<double>(r * (r - 1));
        const double po = agree / (static_cast<double>(n) * pairs);
        double fleiss = 0;
        double conger = 0;
        double ac = 0;
        for (std::size_t k = 0; k < q; ++k) {
            double mean_share = 0;
            for (std::size_t g = 0; g < r; ++g) {
                mean_share += margins[g][k] / static_cast<double>(r);
                for (std::size_t h = 0; h < r; ++h) conger += g != h ? margins[g][k] * margins[h][k] / pairs : 0;
            }
            fleiss += mean_share * mean_share;
            ac += mean_share * (1 - mean_share) / static_cast<double>(q - 1);
        }
        const auto corrected = [&](double pe) { return pe > 1 - 1e-12 ? Value(Undefined::no_variation) : Value((po - pe) / (1 - pe)); };
        CHECK(same(percent_agreement(ratings).units, po));
        CHECK(same(percent_agreement(ratings).pooled, po));
        CHECK(same(percent_agreement(ratings).by_values, po));
        CHECK(same(fleiss_kappa(ratings).value, corrected(fleiss)));
        CHECK(same(fleiss_1971(ratings).value, corrected(fleiss)));
        CHECK(same(conger_kappa(ratings), corrected(conger)));
        CHECK(same(gwet_ac(ratings).value, corrected(ac)));
        CHECK(same(brennan_prediger(ratings).value, corrected(1 / static_cast<double>(q))));
        CHECK(same(holsti(ratings).mean, po));
        if (r != 2) continue;
        CHECK(same(cohen_kappa(ratings.contingency(0, 1)).value, corrected(conger)));
        CHECK(same(light_kappa(ratings), corrected(conger)));
        const Value pi = scott_pi(ratings.contingency(0, 1));
        CHECK(same(pi, corrected(fleiss)));
        // α of two coders is π with the finite number of values: 1 - (1 - π)(2n - 1) / (2n). Krippendorff (2004), p. 248.
        const double values = 2 * static_cast<double>(n);
        const Value alpha = pi.defined() ? Value(1 - (1 - pi.number()) * (values - 1) / values) : pi;
        CHECK(same(krippendorff_alpha(ratings, Level::nominal).value, alpha));
    }
}

TEST_CASE("weights of identity change nothing") {
    Random random(3);
    for (std::size_t i = 0; i < cases(100); ++i) {
        const Rows rows = random_rows(random, 8, 3, 3, 20);
        const Ratings ratings = make(rows, 3, numbers(3));
        const auto metrics = ratings_metrics(ratings, {Weights::identity(3)});
        const auto value = [&](const std::string& name) {
            for (const Metric& metric : metrics) {
                if (metric.name == name) return metric.value;
            }
            return Value(Undefined::no_data);
        };
        CHECK(same(value("w_ac2"), value("ac1")));
        CHECK(same(value("w_fleiss"), value("fleiss")));
        CHECK(same(value("w_bp"), value("bp")));
        CHECK(same(value("w_conger"), value("conger")));
        CHECK(same(value("w_pa"), value("pa_units")));
    }
}

TEST_CASE("quadratic κ is the intraclass relation of the numbers") {
    // κ_w = 2 s_xy / (s_x² + s_y² + (x̄ - ȳ)²), all with divisor n: Fleiss & Cohen (1973), Educ. Psychol. Meas. 33:613-619.
    Random random(4);
    for (std::size_t i = 0; i < cases(100); ++i) {
        const Rows rows = random_rows(random, 12, 2, 5, 0);
        double x = 0, y = 0, xx = 0, yy = 0, xy = 0;
        for (const auto& row : rows) {
            x += row[0] / 12.0;
            y += row[1] / 12.0;
            xx += row[0] * row[0] / 12.0;
            yy += row[1] * row[1] / 12.0;
            xy += row[0] * row[1] / 12.0;
        }
        const double spread = (xx - x * x) + (yy - y * y) + (x - y) * (x - y);
        const Kappa kappa = weighted_kappa(make(rows, 2, numbers(5)).contingency(0, 1), Weights::quadratic(5));
        if (spread > 1e-9) CHECK(same(kappa.value, 2 * (xy - x * y) / spread));
    }
}

TEST_CASE("permuting units, coders and categories changes nothing") {
    Random random(5);
    const auto shuffle = [&](auto& list) {
        for (std::size_t i = list.size(); i > 1; --i) std::swap(list[i - 1], list[random.below(i)]);
    };
    for (std::size_t i = 0; i < cases(60); ++i) {
        const std::size_t coders = 2 + random.below(3);
        const Rows rows = random_rows(random, 15, coders, 4, 15);
        const auto before = ratings_metrics(make(rows, coders, numbers(4)));
        Rows shuffled = rows;
        shuffle(shuffled);
        const auto after = ratings_metrics(make(shuffled, coders, numbers(4)));
        REQUIRE(before.size() == after.size());
        for (std::size_t m = 0; m < before.size(); ++m) CHECK(before[m].value == after[m].value);  // to the last bit

        std::vector<std::size_t> coder_order(coders);
        std::iota(coder_order.begin(), coder_order.end(), std::size_t{0});
        shuffle(coder_order);
        std::vector<std::int32_t> label{0, 1, 2, 3};
        shuffle(label);
        Rows renamed = rows;
        for (std::size_t u = 0; u < rows.size(); ++u) {
            for (std::size_t c = 0; c < coders; ++c) {
                const std::int32_t cell = rows[u][coder_order[c]];
                renamed[u][c] = cell == kMissing ? kMissing : label[static_cast<std::size_t>(cell)];
            }
        }
        const auto symmetric = ratings_metrics(make(renamed, coders, numbers(4)));
        for (const Metric& metric : before) {
            const bool nominal = metric.name.find("_cat_") == std::string::npos && metric.name.rfind("K_", 0) != 0 && metric.name != "kappa_linear" &&
                                 metric.name != "kappa_quadratic" && metric.name != "alpha_ordinal" && metric.name != "alpha_interval" && metric.name != "alpha_ratio";
            if (!nominal) continue;
            for (const Metric& other : symmetric) {
                INFO(metric.name);
                if (other.name == metric.name) CHECK(same(metric.value, other.value, 1e-10));
            }
        }
    }
}

TEST_CASE("what is undefined says why") {
    const auto reason = [](const Ratings& ratings, const std::string& name) {
        for (const Metric& metric : ratings_metrics(ratings)) {
            if (metric.name == name) return metric.value.defined() ? std::string("defined") : std::string(reason_name(metric.value.reason()));
        }
        return std::string("absent");
    };
    const Ratings alone = make({{0}, {1}}, 1, numbers(2));
    for (const char* name : {"pa_units", "holsti_mean", "light_kappa", "fleiss1971", "fleiss", "bp", "ac1", "conger", "alpha_nominal"}) CHECK(reason(alone, name) == "single_coder");
    CHECK(reason(alone, "cohen_kappa") == "absent");
    const Ratings apart = make({{0, kMissing}, {kMissing, 1}}, 2, numbers(2));
    for (const char* name : {"pa_units", "pa_all_agree", "cohen_kappa", "scott_pi", "fleiss1971", "fleiss", "bp", "ac1", "conger", "alpha_ordinal"}) CHECK(reason(apart, name) == "no_pairs");
    CHECK(number_of(ratings_metrics(apart), "holsti_mean") == 0);
    const Ratings constant = make({{0, 0}, {0, 0}, {0, 0}}, 2, numbers(2));
    for (const char* name : {"cohen_kappa", "cohen_se", "scott_pi", "kappa_max", "light_kappa", "fleiss1971", "fleiss", "conger", "alpha_nominal", "alpha_interval"}) CHECK(reason(constant, name) == "no_variation");
    CHECK(number_of(ratings_metrics(constant), "pa_units") == 1);
    CHECK(number_of(ratings_metrics(constant), "ac1") == 1);
    const Ratings single = make({{0, 0}, {0, 0}}, 2, numbers(1));
    for (const char* name : {"bp", "ac1"}) CHECK(reason(single, name) == "q_lt_2");
    const Ratings once = make({{0, 1}}, 2, numbers(2));
    for (const char* name : {"pa_se", "fleiss_se", "bp_se", "ac1_ci_high"}) CHECK(reason(once, name) == "one_unit");
    CHECK(reason(once, "ac1") == "defined");
    // Two of three coders never differ from "1": their κ is 0/0, and so is the mean of all.
    const Ratings third = make({{0, 0, 0}, {0, 0, 1}, {0, 0, 0}}, 3, numbers(2));
    CHECK(reason(third, "light_kappa") == "no_variation");
    const Ratings idle = make({{0, 0, kMissing}, {1, 0, kMissing}}, 3, numbers(2));
    CHECK(reason(idle, "conger") == "no_pairs");
    CHECK(reason(idle, "fleiss1971") == "no_pairs");
    CHECK(reason(idle, "alpha_nominal") == "defined");
    // The mean of many 0.1 is not quite 0.1.
    for (std::size_t units = 1; units < 12; ++units) {
        const Ratings tenths = make(Rows(units, {0, 0, 0}), 3, {{"0.1", "0.3"}, {0.1, 0.3}, true});
        for (const char* name : {"alpha_ordinal", "alpha_interval", "alpha_ratio"}) CHECK(reason(tenths, name) == "no_variation");
    }
    CHECK_NOTHROW(static_cast<void>(ratings_metrics(make({}, 2, numbers(0)))));
    CHECK_NOTHROW(static_cast<void>(ratings_metrics(make({{kMissing, kMissing}}, 2, numbers(2)))));
}

TEST_CASE("the bootstrap is the same for the same seed, whatever the order") {
    Random random(6);
    Rows rows = random_rows(random, 40, 4, 3, 10);
    const Ratings ratings = make(rows, 4, numbers(3));
    Rows turned(rows.rbegin(), rows.rend());
    for (auto& row : turned) std::reverse(row.begin(), row.end());
    const Ratings other = make(turned, 4, numbers(3));
    for (const Level level : {Level::nominal, Level::ordinal, Level::interval, Level::ratio}) {
        const BootstrapOptions options{400, 11, 0.9};
        const BootstrapInterval units = bootstrap_units(ratings, level, options);
        const BootstrapInterval pairs = bootstrap_pairs(ratings, level, options);
        CHECK(units.low == bootstrap_units(other, level, options).low);
        CHECK(units.high == bootstrap_units(other, level, options).high);
        CHECK(pairs.low == bootstrap_pairs(other, level, options).low);
        CHECK(pairs.high == bootstrap_pairs(other, level, options).high);
        CHECK(!(units.low == bootstrap_units(ratings, level, {400, 12, 0.9}).low));
        const double alpha = krippendorff_alpha(ratings, level).value.number();
        CHECK(units.low.number() < alpha);
        CHECK(alpha < units.high.number());
        CHECK(units.rounds == 400);
    }
}

TEST_CASE("a bootstrap counts the rounds without a value") {
    // Of ten units one differs: (9/10)^10 = 34.9 % of the rounds miss it, and another 10^-10 has nothing else.
    Rows rows(9, std::vector<std::int32_t>{0, 0});
    rows.push_back({1, 1});
    const BootstrapInterval interval = bootstrap_units(make(rows, 2, numbers(2)), Level::nominal, {10000, 3, 0.95});
    CHECK(interval.undefined > 3350);
    CHECK(interval.undefined < 3630);
    CHECK(interval.low == Value(1));
    const Ratings constant = make({{0, 0}, {0, 0}}, 2, numbers(2));
    CHECK(bootstrap_units(constant, Level::nominal).low == Value(Undefined::no_variation));
    CHECK(bootstrap_pairs(constant, Level::nominal).high == Value(Undefined::no_variation));
    CHECK(bootstrap_units(make({{0}}, 1, numbers(2)), Level::nominal).low == Value(Undefined::single_coder));
    CHECK_THROWS_AS(static_cast<void>(bootstrap_units(constant, Level::nominal, {0, 1, 0.95})), Error);
    CHECK_THROWS_AS(static_cast<void>(bootstrap_pairs(constant, Level::nominal, {10, 1, 1.0})), Error);
}
