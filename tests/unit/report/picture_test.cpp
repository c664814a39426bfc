// SPDX-License-Identifier: Apache-2.0
//
// The four pictures: what they say, numbers worked out by hand, and what must
// never get into them.
#include "fangtan/report/picture.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <functional>
#include <limits>

#include "fangtan/base/error.hpp"
#include "fangtan/report/palette.hpp"
#include "picture_reading.hpp"

using namespace fangtan;
using namespace fangtan::report;
using testing::Picture;

namespace {

PictureOptions named(const std::string& title) {
    PictureOptions options;
    options.title = title;
    options.description = "三组受访者，共 24 人。";
    options.value_label = "参考点";
    return options;
}

std::vector<Bar> bars() {
    return {{"信任", "关系", 10, "10（25%）", "", "r/trust"}, {"邻里互助", "关系", 40, "40（100%）", "#AA3377", ""}, {"夜间巡逻", "工作", 0, "", "blue", ""}};
}

HeatMap map_of_two() {
    HeatMap map;
    map.rows = {"信任", "调解"};
    map.columns = {"警察", "社工", "居民"};
    map.values = {{0, 5, 10}, {std::nullopt, 10, 2.5}};
    map.printed = {{"0", "5", "10"}, {"", "10", "2.5"}};
    map.row_keys = {"trust", "mediate"};
    map.column_keys = {"P", "S", "R"};
    return map;
}

SaturationCurve curve() {
    SaturationCurve result;
    result.interviews = {"P1", "S1", "R1", "R2"};
    result.cumulative = {4, 7, 8, 8};
    result.new_codes = {4, 3, 1, 0};
    result.low = {2, 4, 6, 8};
    result.middle = {3, 5, 7, 8};
    result.high = {5, 7, 8, 8};
    result.saturated_after = 3;
    result.x_label = "访谈";
    result.y_label = "累计编码数";
    result.new_label = "新编码数";
    result.band_label = "随机顺序";
    result.middle_label = "随机顺序的中位数";
    result.saturated_label = "第 3 次访谈后饱和";
    return result;
}

// Of each bar whether it has an outline.
std::string outlined(const std::string& svg) {
    std::string result;
    const Picture picture(svg);  // lives as long as its nodes are looked at
    for (const pugi::xml_node& bar : picture.all("//g[@class='bar']/rect")) result += bar.attribute("stroke") ? '1' : '0';
    return result;
}

double number(const pugi::xml_node& node, const char* name) { return node.attribute(name).as_double(); }

bool is_internal(const std::function<void()>& action) {
    try {
        action();
    } catch (const Error& error) {
        return error.kind() == ErrorKind::internal;
    }
    return false;
}

const std::vector<std::string> kHostile = {
    "<script>alert(1)</script>", "]]>", "\" onload=\"x", "'&amp;", "\x1b]0;x\x07", std::string("a\0b", 3), "\xED\xA0\x80", "\xFF\xFE",
    "\u202Eabc", "\u2067\u05D0\u05D1",
    "\uFFFE\uFFFF", "--><!--", "\u05E9\u05DC\u05D5\u05DD", "a\nb\tc", "", " ", "e\u0301\u0302\u0303", "%s%n", "&#0;", "\u0085\u2028"};

}  // namespace

TEST_CASE("bars are as long as their values") {
    const Picture picture(bar_chart(bars(), named("参考点数")));
    const auto drawn = picture.all("//g[@class='bar']/rect");
    REQUIRE(drawn.size() == 3);
    // 40 is the last tick: its bar is as long as the axis, from the first tick to the last.
    const auto ticks = picture.all("//g[@class='axis']/text");
    REQUIRE(ticks.size() == 5);
    CHECK(std::string(ticks.back().child_value()) == "40");
    CHECK(number(drawn[1], "width") == doctest::Approx(number(ticks[4], "x") - number(ticks[0], "x")).epsilon(0.001));
    CHECK(number(drawn[0], "width") == doctest::Approx(number(drawn[1], "width") / 4).epsilon(0.001));
    CHECK(number(drawn[2], "width") == 0);
    CHECK(std::string(drawn[0].attribute("fill").value()) == "#0072b2");
    CHECK(std::string(drawn[1].attribute("fill").value()) == "#aa3377");
    CHECK(std::string(drawn[2].attribute("fill").value()) == to_string(category_color(1)));  // "blue" is none of ours
    const auto groups = picture.all("//g[@class='bar']");
    CHECK(std::string(groups[0].attribute("data-key").value()) == "r/trust");
    CHECK_FALSE(groups[1].attribute("data-key"));
    CHECK(std::string(groups[0].child_value("title")) == "关系 › 信任：10（25%）");
    CHECK(std::string(groups[2].child_value("title")) == "工作 › 夜间巡逻：0");
    for (const char* text : {"参考点数", "关系", "工作", "信任", "10（25%）", "参考点"}) {
        CAPTURE(text);
        CHECK(picture.says(text));
    }
    CHECK(picture.fault() == "");
}

TEST_CASE("a picture has its names, and stands alone") {
    const Picture picture(bar_chart(bars(), named("参考点数")));
    const pugi::xml_node root = picture.root();
    CHECK(std::string(root.attribute("xmlns").value()) == "http://www.w3.org/2000/svg");
    CHECK(std::string(root.attribute("role").value()) == "img");
    CHECK(std::string(root.attribute("aria-labelledby").value()) == "picture-title picture-description");
    CHECK(std::string(root.attribute("xml:lang").value()) == "zh-Hans");
    CHECK(std::string(root.child_value("title")) == "参考点数");
    CHECK(std::string(root.child("title").attribute("id").value()) == "picture-title");
    CHECK(std::string(root.child_value("desc")) == "三组受访者，共 24 人。");
    CHECK(std::string(root.attribute("viewBox").value()) == "0 0 720 " + std::string(root.attribute("height").value()));
    CHECK(std::string(root.child("rect").attribute("fill").value()) == "#ffffff");
    CHECK(picture.svg().find("var(") == std::string::npos);
    CHECK(picture.svg().find("currentColor") == std::string::npos);

    PictureOptions inside = named("参考点数");
    inside.embedded = true;
    inside.id_prefix = "1 \"x";
    const Picture embedded(bar_chart(bars(), inside));
    CHECK_FALSE(embedded.root().child("rect"));
    CHECK(std::string(embedded.root().attribute("fill").value()) == "currentColor");
    CHECK(std::string(embedded.root().child("title").attribute("id").value()) == "_1__xpicture-title");
    CHECK(embedded.svg().find("var(--picture-grid,#80808040)") != std::string::npos);
    CHECK_FALSE(embedded.says("参考点数"));  // the page has the heading

    const Picture nameless(bar_chart(bars(), {}));
    CHECK_FALSE(nameless.root().attribute("aria-labelledby"));
    CHECK_FALSE(nameless.root().child("title"));
}

TEST_CASE("the cells of a heat map") {
    const Picture picture(heat_map(map_of_two(), named("编码与身份")));
    const auto cells = picture.all("//g[@class='cell']");
    REQUIRE(cells.size() == 6);
    CHECK(std::string(cells[1].attribute("data-row").value()) == "trust");
    CHECK(std::string(cells[1].attribute("data-column").value()) == "S");
    CHECK(std::string(cells[1].child_value("title")) == "信任 × 社工：5");
    CHECK(std::string(cells[3].child_value("title")) == "调解 × 警察：–");
    CHECK(std::string(cells[0].child("rect").attribute("fill").value()) == to_string(sequential_color(0)));
    CHECK(std::string(cells[1].child("rect").attribute("fill").value()) == to_string(sequential_color(0.5)));
    CHECK(std::string(cells[2].child("rect").attribute("fill").value()) == to_string(sequential_color(1)));
    CHECK(std::string(cells[3].child("rect").attribute("fill").value()) == "none");
    CHECK(std::string(cells[5].child("rect").attribute("fill").value()) == to_string(sequential_color(0.25)));
    for (const pugi::xml_node& cell : cells) {
        if (!cell.child("text") || std::string(cell.child_value("text")).empty()) continue;
        const auto background = parse_color(cell.child("rect").attribute("fill").value());
        const auto ink = parse_color(cell.child("text").attribute("fill").value());
        REQUIRE(background);
        REQUIRE(ink);
        CHECK(contrast_ratio(*background, *ink) >= 4.5);
    }
    CHECK_FALSE(cells[0].attribute("tabindex"));
    CHECK(picture.says("参考点"));
    CHECK(picture.fault() == "");

    PictureOptions inside = named("编码与身份");
    inside.embedded = true;
    const Picture embedded(heat_map(map_of_two(), inside));
    CHECK(std::string(embedded.root().attribute("role").value()) == "group");
    CHECK(embedded.all("//g[@tabindex='0']").size() == 1);
    CHECK(embedded.all("//g[@tabindex='-1']").size() == 5);
    CHECK(std::string(embedded.all("//g[@tabindex='0']")[0].attribute("aria-label").value()) == "信任 × 警察：0");

    HeatMap negative = map_of_two();
    negative.values = {{-10, 0, 10}, {0, 0, 0}};
    const Picture centred(heat_map(negative, {}));
    CHECK(std::string(centred.all("//g[@class='cell']/rect")[1].attribute("fill").value()) == to_string(sequential_color(0.5)));
}

TEST_CASE("labels of columns are turned only if they do not fit") {
    HeatMap map = map_of_two();
    CHECK(Picture(heat_map(map, {})).svg().find("rotate") == std::string::npos);
    map.columns = {"邻里互助与调解", "社工", "居民"};  // two lines
    const Picture straight(heat_map(map, {}));
    CHECK(straight.svg().find("rotate") == std::string::npos);
    CHECK(straight.says("邻里互助与"));
    map.columns = {"neighbourhood", "社工", "居民"};
    const Picture turned(heat_map(map, {}));
    CHECK(turned.svg().find("rotate(-45 ") != std::string::npos);
    CHECK(turned.says("neighbourhood"));
    CHECK(turned.fault() == "");
}

TEST_CASE("the saturation curve") {
    const Picture picture(saturation_curve(curve(), named("饱和曲线")));
    const auto ticks = picture.all("//g[@class='axis']/text");
    REQUIRE(ticks.size() == 5 + 4);  // 0 2 4 6 8, and four interviews
    CHECK(std::string(ticks[4].child_value()) == "8");
    const auto lines = picture.all("//g[@class='axis']/line");
    const double zero = number(lines[0], "y1");
    const double eight = number(lines[4], "y1");
    const auto circles = picture.all("//g[@class='interview']/circle");
    REQUIRE(circles.size() == 4);
    CHECK(number(circles[0], "cy") == doctest::Approx((zero + eight) / 2).epsilon(0.001));
    CHECK(number(circles[3], "cy") == doctest::Approx(eight).epsilon(0.001));
    const auto news = picture.all("//rect[@class='new']");
    REQUIRE(news.size() == 4);
    CHECK(number(news[1], "height") == doctest::Approx((zero - eight) * 3 / 8).epsilon(0.001));
    CHECK(number(news[3], "height") == 0);
    // The mark stands between the third interview and the fourth.
    const auto mark = picture.all("//line[@stroke-dasharray='5 4']");
    REQUIRE(mark.size() == 1);
    CHECK(number(mark[0], "x1") == doctest::Approx((number(circles[2], "cx") + number(circles[3], "cx")) / 2).epsilon(0.001));
    CHECK(std::string(picture.all("//g[@data-number='2']")[0].child_value("title")) == "S1：7 (+3)");
    CHECK(picture.all("//polygon[@class='band']").size() == 1);
    // Bars lie above the band, not under it; the dotted line is as in its legend.
    CHECK(picture.all("//polygon[@class='band']/following-sibling::rect[@class='new']").size() == 4);
    CHECK(picture.all("//rect[@class='new']/following-sibling::polyline[@class='middle']").size() == 1);
    CHECK(picture.all("//*[@stroke-dasharray='2 3']").size() == 2);
    for (const char* text : {"累计编码数", "新编码数", "随机顺序", "随机顺序的中位数", "第 3 次访谈后饱和", "访谈", "P1", "R2"}) {
        CAPTURE(text);
        CHECK(picture.says(text));
    }
    CHECK(picture.fault() == "");

    SaturationCurve bare = curve();
    bare.low.clear();
    bare.middle.clear();
    bare.high.clear();
    bare.new_codes.clear();
    bare.saturated_after.reset();
    const Picture plain(saturation_curve(bare, {}));
    CHECK(plain.all("//polygon").empty());
    CHECK(plain.all("//rect[@class='new']").empty());
    CHECK(plain.all("//line[@stroke-dasharray]").empty());
    CHECK_FALSE(plain.says("新编码数"));
}

TEST_CASE("the network") {
    const std::vector<NetworkNode> nodes = {{"信任", "关系", 100, "", "trust"}, {"调解", "关系", 25, "", ""}, {"巡逻", "工作", 0, "#112233", ""}};
    const std::vector<NetworkEdge> edges = {{0, 1, 8}, {1, 0, 3}, {2, 1, 2}, {0, 0, 50}, {0, 2, 0}};
    const Picture picture(network(nodes, edges, named("共现")));
    const auto circles = picture.all("//g[@class='node']/circle");
    REQUIRE(circles.size() == 3);
    CHECK(number(circles[0], "r") == doctest::Approx(2 * number(circles[1], "r")));
    CHECK(number(circles[2], "r") > 0);
    CHECK(std::string(circles[2].attribute("fill").value()) == "#112233");
    CHECK(std::string(circles[0].attribute("fill").value()) == std::string(circles[1].attribute("fill").value()));
    // Neither the loop, nor the edge of weight 0, nor the lighter one of a pair.
    const auto drawn = picture.all("//g[@class='edge']");
    REQUIRE(drawn.size() == 2);
    CHECK(std::string(drawn[1].attribute("data-from").value()) == "trust");
    CHECK(std::string(drawn[1].attribute("data-to").value()) == "调解");
    CHECK(std::string(drawn[1].child_value("title")) == "信任 — 调解：8");
    CHECK(number(drawn[1].child("line"), "stroke-width") == 6);    // 0.8 + 5.2
    CHECK(number(drawn[0].child("line"), "stroke-width") == 2.1);  // 0.8 + 5.2 × 2/8
    CHECK(number(drawn[1].child("line"), "x1") == number(circles[0], "cx"));
    for (const char* text : {"信任", "调解", "巡逻", "关系", "工作", "参考点 2", "8"}) {
        CAPTURE(text);
        CHECK(picture.says(text));
    }
    CHECK(picture.fault() == "");
}

TEST_CASE("what would vanish in the paper has an outline") {
    const auto bars_of = [](bool embedded) {
        PictureOptions options;
        options.embedded = embedded;
        return outlined(bar_chart({{"白", "", 3, "", "#ffffff", ""}, {"黑", "", 2, "", "#000000", ""}, {"红", "", 1, "", "#c0392b", ""}, {"空", "", 0, "", "#fffff0", ""}}, options));
    };
    CHECK(bars_of(false) == "1000");
    CHECK(bars_of(true) == "1100");
    PictureOptions options;
    const Picture picture(network({{"白", "甲组", 3, "#fefefe", ""}, {"红", "乙组", 3, "#c0392b", ""}}, {}, options));
    const auto circles = picture.all("//g[@class='node']/circle");
    CHECK(std::string(circles[0].attribute("stroke").value()) == "#595959");
    CHECK(std::string(circles[1].attribute("stroke").value()) == "#ffffff");
    CHECK(picture.all("//svg/circle[@stroke='#595959']").size() == 1);  // in the legend
}

TEST_CASE("groups of colours that deuteranopes hardly tell apart have another cue") {
    const auto cues = [](const std::string& first, const std::string& second) {
        const Picture picture(network({{"信任", "关系", 9, first, ""}, {"调解", "关系", 4, first, ""}, {"巡逻", "工作", 4, second, ""}}, {}, {}));
        return std::to_string(picture.all("//g[@class='node']/circle[@class='cue']").size()) + " " + std::to_string(picture.all("//svg/circle[@class='cue']").size());
    };
    CHECK(cues("#c0392b", "#2e8b57") == "1 1");
    CHECK(cues("#0072b2", "#e69f00") == "0 0");
    CHECK(cues("#c0392b", "#c0392b") == "1 1");
}

TEST_CASE("of a large network the heaviest codes are drawn") {
    std::vector<NetworkNode> nodes;
    for (std::size_t i = 0; i < 75; ++i) nodes.push_back({"编码" + std::to_string(i), "", static_cast<double>(i), "", std::to_string(i)});
    const Picture picture(network(nodes, {{0, 74, 5}, {73, 74, 1}}, named("共现")));
    const auto drawn = picture.all("//g[@class='node']");
    REQUIRE(drawn.size() == kNetworkNodesMaximum);
    CHECK(std::string(drawn[0].attribute("data-key").value()) == "15");
    CHECK(std::string(drawn[59].attribute("data-key").value()) == "74");
    CHECK(picture.all("//g[@class='edge']").size() == 1);
    CHECK(picture.says("共 75 个编码，只画最重的 60 个。"));
    CHECK(picture.fault() == "");
}

TEST_CASE("nothing, one value, zeros and huge numbers") {
    PictureOptions english = named("Codes");
    english.language = "en";
    for (const std::string& svg : {bar_chart({}, {}), heat_map({}, {}), saturation_curve({}, {}), network({}, {}, {})}) {
        CHECK(Picture(svg).says("没有可画的编码"));
    }
    CHECK(Picture(bar_chart({}, english)).says("There are no codes to draw."));
    for (const double value : {0.0, 1.0, 1e19, 1.7e308, 5e-324, 0.1}) {
        CAPTURE(value);
        CHECK(Picture(bar_chart({{"信任", "", value, "x", "", ""}}, {})).fault() == "");
        HeatMap map;
        map.rows = {"信任"};
        map.columns = {"警察"};
        map.values = {{value}};
        CHECK(Picture(heat_map(map, {})).fault() == "");
        map.columns = {"警察", "社工"};
        map.values = {{value, -value}};
        CHECK(Picture(heat_map(map, {})).fault() == "");
        SaturationCurve one;
        one.interviews = {"P1"};
        one.cumulative = {value};
        one.saturated_after = 1;
        one.saturated_label = "第 1 次访谈后饱和";
        CHECK(Picture(saturation_curve(one, {})).fault() == "");
        CHECK(Picture(network({{"信任", "", value, "", ""}}, {}, {})).fault() == "");
        CHECK(Picture(network({{"信任", "", value, "", ""}, {"调解", "", value, "", ""}}, {{0, 1, value}}, {})).fault() == "");
    }
}

TEST_CASE("what is no picture") {
    for (const double wrong : {std::nan(""), std::numeric_limits<double>::infinity(), -1.0}) {
        CAPTURE(wrong);
        CHECK(is_internal([&] { (void)bar_chart({{"信任", "", wrong, "", "", ""}}, {}); }));
        SaturationCurve bent = curve();
        bent.high[1] = wrong;
        CHECK(is_internal([&] { (void)saturation_curve(bent, {}); }));
        CHECK(is_internal([&] { (void)network({{"信任", "", wrong, "", ""}}, {}, {}); }));
        CHECK(is_internal([&] { (void)network({{"信任", "", 1, "", ""}}, {{0, 0, wrong}}, {}); }));
        HeatMap map = map_of_two();
        map.values[0][1] = wrong;
        CHECK(is_internal([&] { (void)heat_map(map, {}); }) == !(wrong == -1.0));
    }
    CHECK(is_internal([] { (void)network({{"信任", "", 1, "", ""}}, {{0, 1, 1}}, {}); }));
    SaturationCurve short_curve = curve();
    short_curve.new_codes.pop_back();
    CHECK(is_internal([&] { (void)saturation_curve(short_curve, {}); }));
    SaturationCurve late = curve();
    late.saturated_after = 5;
    CHECK(is_internal([&] { (void)saturation_curve(late, {}); }));
    HeatMap ragged = map_of_two();
    ragged.values[1].pop_back();
    CHECK(is_internal([&] { (void)heat_map(ragged, {}); }));
    ragged = map_of_two();
    ragged.printed.pop_back();
    CHECK(is_internal([&] { (void)heat_map(ragged, {}); }));
    ragged = map_of_two();
    ragged.row_groups = {"关系"};
    CHECK(is_internal([&] { (void)heat_map(ragged, {}); }));
    PictureOptions narrow;
    narrow.width = 100;
    CHECK(is_internal([&] { (void)bar_chart({}, narrow); }));
}

TEST_CASE("nothing hostile gets through") {
    for (const std::string& bad : kHostile) {
        CAPTURE(bad);
        for (const bool embedded : {false, true}) {
            PictureOptions options;
            options.title = options.description = options.language = options.id_prefix = options.value_label = bad;
            options.embedded = embedded;
            HeatMap map = map_of_two();
            map.rows = map.row_groups = map.row_keys = {bad, bad};
            map.columns = map.column_keys = {bad, bad, bad};
            map.printed = {{bad, bad, bad}, {bad, bad, bad}};
            SaturationCurve bent = curve();
            bent.interviews = {bad, bad, bad, bad};
            bent.x_label = bent.y_label = bent.new_label = bent.band_label = bent.saturated_label = bad;
            for (const std::string& svg : {bar_chart({{bad, bad, 3, bad, bad, bad}, {bad, "", 1, bad, bad, bad}}, options),
                                           heat_map(map, options), saturation_curve(bent, options),
                                           network({{bad, bad, 3, bad, bad}, {bad, bad, 1, bad, bad}}, {{0, 1, 1}}, options), bar_chart({}, options)}) {
                const Picture picture(svg);
                CHECK(picture.fault() == "");
                CHECK(picture.all("//script").empty());
                CHECK(picture.all("//comment()").empty());
                CHECK(picture.all("//*[@onload]").empty());
                CHECK(svg.find("\u202E") == std::string::npos);
                CHECK(svg.find('\x1b') == std::string::npos);
            }
        }
    }
}
