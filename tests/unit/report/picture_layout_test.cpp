// SPDX-License-Identifier: Apache-2.0
//
// No label touches another, none leaves its picture, whatever is drawn; and
// the same picture every time.
#include <doctest/doctest.h>

#include <clocale>
#include <numeric>

#include "../../support/random.hpp"
#include "fangtan/report/label_placement.hpp"
#include "fangtan/report/network_layout.hpp"
#include "fangtan/report/picture.hpp"
#include "picture_reading.hpp"

using namespace fangtan;
using namespace fangtan::report;
using testing::Picture;
using testing::Random;

namespace {

const std::vector<std::string> kWords = {
    "信任", "矛盾调解", "邻里互助", "多方协作与部门之间的长期沟通机制", "老人", "Trust", "Mediation", "WWWW MMMM",
    "Neighbours helping each other", "communicationbetweendepartments",
    "夜间巡逻（冬季）", "“熟人”社会", "P1", "", "社区民警与网格员的分工、配合以及信息上报过程中的重复劳动", "🙂🙂", "\u05E9\u05DB\u05E0\u05D9\u05DD"};

std::string label(Random& random) {
    std::string text = random.pick(kWords);
    if (random.chance(30)) text += (random.chance(50) ? " " : "") + random.pick(kWords);
    return text;
}

PictureOptions some_options(Random& random) {
    PictureOptions options;
    options.title = label(random);
    options.value_label = label(random);
    options.language = random.chance(50) ? "zh-Hans" : "en";
    options.embedded = random.chance(30);
    options.width = 320 + static_cast<double>(random.below(700));
    return options;
}

std::vector<Bar> some_bars(Random& random) {
    std::vector<Bar> bars;
    const double scale = random.chance(20) ? 1e9 : random.chance(20) ? 0.01 : 1;
    std::string group;
    for (std::size_t n = 1 + random.below(40); n > 0; --n) {
        if (random.chance(20)) group = label(random);
        bars.push_back({label(random), group, static_cast<double>(random.below(100)) * scale, label(random), "", ""});
    }
    return bars;
}

HeatMap some_map(Random& random) {
    HeatMap map;
    const std::size_t columns = 1 + random.below(30);
    for (std::size_t j = 0; j < columns; ++j) map.columns.push_back(label(random));
    for (std::size_t n = 1 + random.below(20); n > 0; --n) {
        map.rows.push_back(label(random));
        map.row_groups.push_back(random.chance(50) && !map.row_groups.empty() ? map.row_groups.back() : label(random));
        map.values.emplace_back();
        map.printed.emplace_back();
        for (std::size_t j = 0; j < columns; ++j) {
            const std::size_t value = random.below(20000);
            map.values.back().push_back(random.chance(10) ? std::nullopt : std::optional<double>(static_cast<double>(value)));
            map.printed.back().push_back(random.chance(3) ? label(random) : std::to_string(value));
        }
    }
    if (random.chance(40)) map.printed.clear();  // cells as narrow as they get
    return map;
}

SaturationCurve some_curve(Random& random) {
    SaturationCurve curve;
    double codes = 0;
    const bool long_names = random.chance(50);
    for (std::size_t n = 1 + random.below(random.chance(20) ? 400 : 40); n > 0; --n) {
        const double added = static_cast<double>(random.below(20));
        codes += added;
        curve.interviews.push_back(long_names ? label(random) : "R" + std::to_string(curve.interviews.size() + 1));
        curve.cumulative.push_back(codes);
        curve.new_codes.push_back(added);
    }
    if (random.chance(50)) curve.low = curve.middle = curve.high = curve.cumulative;
    if (random.chance(70)) curve.saturated_after = random.below(curve.interviews.size() + 1);
    curve.x_label = label(random);
    curve.y_label = label(random);
    curve.new_label = label(random);
    curve.band_label = label(random);
    curve.saturated_label = label(random);
    return curve;
}

std::pair<std::vector<NetworkNode>, std::vector<NetworkEdge>> some_network(Random& random) {
    std::vector<NetworkNode> nodes;
    std::vector<NetworkEdge> edges;
    const std::size_t count = 1 + random.below(kNetworkNodesMaximum + 5);
    for (std::size_t i = 0; i < count; ++i) {
        nodes.push_back({label(random), random.chance(70) ? random.pick(kWords) : "", static_cast<double>(random.below(100)), "", ""});
    }
    for (std::size_t n = random.below(4 * count); n > 0; --n) edges.push_back({random.below(count), random.below(count), static_cast<double>(random.below(30))});
    return {nodes, edges};
}

}  // namespace

TEST_CASE("labels of random bars, maps and curves never overlap") {
    Random random(42);
    for (std::size_t i = 0; i < testing::cases(150); ++i) {
        CAPTURE(i);
        const PictureOptions options = some_options(random);
        REQUIRE(Picture(bar_chart(some_bars(random), options)).fault() == "");
        REQUIRE(Picture(heat_map(some_map(random), options)).fault() == "");
        REQUIRE(Picture(saturation_curve(some_curve(random), options)).fault() == "");
    }
}

TEST_CASE("labels of random networks never overlap") {
    Random random(43);
    for (std::size_t i = 0; i < testing::cases(60); ++i) {
        CAPTURE(i);
        const PictureOptions options = some_options(random);
        const auto [nodes, edges] = some_network(random);
        const Picture picture(network(nodes, edges, options));
        REQUIRE(picture.fault() == "");
        for (const pugi::xml_node& circle : picture.all("//g[@class='node']/circle")) {
            const double radius = circle.attribute("r").as_double();
            CHECK(circle.attribute("cx").as_double() >= radius);
            CHECK(circle.attribute("cx").as_double() + radius <= picture.width);
        }
    }
}

TEST_CASE("circles of a network do not touch") {
    Random random(44);
    for (std::size_t i = 0; i < testing::cases(40); ++i) {
        const std::size_t count = 1 + random.below(60);
        std::vector<double> radii;
        std::vector<Link> links;
        for (std::size_t k = 0; k < count; ++k) radii.push_back(3 + static_cast<double>(random.below(12)));
        for (std::size_t n = random.below(3 * count); n > 0 && count > 1; --n) {
            const std::size_t from = random.below(count);
            const std::size_t to = (from + 1 + random.below(count - 1)) % count;
            links.push_back({from, to, static_cast<double>(1 + random.below(10)) / 10});
        }
        std::vector<std::size_t> start(count);
        std::iota(start.begin(), start.end(), std::size_t{0});
        const std::vector<Point> places = network_layout(radii, start, links, 600, 500);
        REQUIRE(places.size() == count);
        for (std::size_t one = 0; one < count; ++one) {
            CHECK((places[one].x >= radii[one] && places[one].x <= 600 - radii[one] && places[one].y >= radii[one] && places[one].y <= 500 - radii[one]));
            for (std::size_t other = 0; other < one; ++other) {
                CHECK(std::hypot(places[one].x - places[other].x, places[one].y - places[other].y) > radii[one] + radii[other]);
            }
        }
    }
}

TEST_CASE("linked codes stand closer than others") {
    // Two groups of four, all linked within, one link between them.
    std::vector<Link> links;
    for (std::size_t group : {0, 4}) {
        for (std::size_t i = 0; i < 4; ++i) {
            for (std::size_t j = 0; j < i; ++j) links.push_back({group + i, group + j, 1});
        }
    }
    links.push_back({3, 4, 0.1});
    const std::vector<Point> places = network_layout(std::vector<double>(8, 5), {0, 4, 1, 5, 2, 6, 3, 7}, links, 600, 500);
    double within = 0, between = 1e9;
    for (std::size_t i = 0; i < 8; ++i) {
        for (std::size_t j = 0; j < i; ++j) {
            const double distance = std::hypot(places[i].x - places[j].x, places[i].y - places[j].y);
            if ((i < 4) == (j < 4)) {
                within = std::max(within, distance);
            } else if (!(i == 4 && j == 3)) {
                between = std::min(between, distance);
            }
        }
    }
    CHECK(within / 2 < between);
}

TEST_CASE("labels find their places") {
    // Alone: to the right, three px away, in the middle.
    const auto alone = place_labels({{{100, 100}, 10, 40, 12}}, {0, 0, 200, 200});
    REQUIRE(alone[0]);
    CHECK(alone[0]->box.left == doctest::Approx(113));
    CHECK(alone[0]->box.top == doctest::Approx(94));
    CHECK_FALSE(alone[0]->apart);
    // At the right border: below.
    const auto border = place_labels({{{180, 100}, 10, 40, 12}}, {0, 0, 200, 200});
    REQUIRE(border[0]);
    CHECK(border[0]->box.right <= 200);
    CHECK(border[0]->box.top == doctest::Approx(113));
    // Three of the same place: all apart. No room at all: none.
    const auto three = place_labels({{{100, 100}, 5, 150, 12}, {{100, 100}, 5, 150, 12}, {{100, 100}, 5, 150, 12}}, {0, 0, 200, 200});
    REQUIRE((three[0] && three[1] && three[2]));
    CHECK_FALSE(three[0]->box.overlaps(three[1]->box));
    CHECK_FALSE(three[0]->box.overlaps(three[2]->box));
    CHECK_FALSE(three[1]->box.overlaps(three[2]->box));
    CHECK_FALSE(place_labels({{{10, 10}, 5, 50, 12}}, {0, 0, 30, 30})[0]);
}

TEST_CASE("a shortened label takes the room that is free") {
    // The whole one to the right, where the shortened one was.
    const auto whole = place_labels({{{50, 100}, 10, 40, 12, 120}}, {0, 0, 200, 200});
    REQUIRE(whole[0]);
    CHECK(whole[0]->box.left == doctest::Approx(63));
    CHECK(whole[0]->box.right == doctest::Approx(183));
    // Too long for any side: below its circle to both edges.
    const auto edges = place_labels({{{100, 100}, 10, 90, 12, 500}}, {0, 0, 200, 200});
    REQUIRE(edges[0]);
    CHECK(edges[0]->box.left >= 0);
    CHECK(edges[0]->box.right <= 200);
    CHECK(edges[0]->box.right - edges[0]->box.left > 90);
    // Up to the next circle, which it must not cover, nor its label.
    const auto next = place_labels({{{30, 10}, 8, 20, 12, 500}, {{150, 10}, 8, 20, 12}}, {0, 0, 200, 20});
    REQUIRE((next[0] && next[1]));
    CHECK(next[0]->box.left == doctest::Approx(41));
    CHECK(next[0]->box.right == doctest::Approx(139));
    CHECK_FALSE(next[0]->box.overlaps(next[1]->box));
    // What fits is left alone.
    const auto fits = place_labels({{{50, 100}, 10, 40, 12, 40}}, {0, 0, 200, 200});
    CHECK(fits[0]->box.right == doctest::Approx(103));
}

TEST_CASE("the same picture every time, whatever the locale") {
    const auto everything = [] {
        Random random(7);
        std::string all;
        for (int i = 0; i < 3; ++i) {
            const PictureOptions options = some_options(random);
            const auto [nodes, edges] = some_network(random);
            all += bar_chart(some_bars(random), options) + heat_map(some_map(random), options);
            all += saturation_curve(some_curve(random), options) + network(nodes, edges, options);
        }
        return all;
    };
    const std::string first = everything();
    CHECK(first == everything());
    for (const char* name : {"de_DE.UTF-8", "fr_FR.UTF-8"}) {
        if (std::setlocale(LC_ALL, name) != nullptr) CHECK(first == everything());
    }
    std::setlocale(LC_ALL, "C");
    // Coordinates have one decimal at most.
    for (std::size_t at = first.find(" x=\""); at != std::string::npos; at = first.find(" x=\"", at + 1)) {
        const std::string value = first.substr(at + 4, first.find('"', at + 4) - at - 4);
        const std::size_t point = value.find('.');
        REQUIRE((point == std::string::npos || point + 2 == value.size()));
    }
}
