// SPDX-License-Identifier: Apache-2.0
//
// Web pages: which of their text is speech, and on which line it stands.
#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "../../support/random.hpp"
#include "fangtan/base/error.hpp"
#include "fangtan/base/file.hpp"
#include "fangtan/reader/formats.hpp"
#include "fangtan/text/utf8.hpp"
#include "fangtan/transcript/dialogue.hpp"

using namespace fangtan;
using testing::Random;

namespace {

std::string fixture(const std::string& name) { return read_file(std::string(FANGTAN_SOURCE_FOLDER) + "/tests/fixtures/html/" + name); }

std::string joined(const std::vector<std::string>& parts) {
    std::string all;
    for (const std::string& part : parts) all += (all.empty() ? "" : "|") + part;
    return all;
}

std::string shown(const std::vector<LeftOut>& left_out) {
    std::string all;
    for (const LeftOut& each : left_out) all += each.what + "@" + each.where + ";";
    return all;
}

std::string text(const std::string& page) { return reader::extract_html(page, "a.html").text; }

std::string repeated(const std::string& part, std::size_t times) {
    std::string all;
    for (std::size_t i = 0; i < times; ++i) all += part;
    return all;
}

}  // namespace

TEST_CASE("an interview as a page") {
    const auto extracted = reader::extract_html(fixture("interview.html"), "interview.html");
    CHECK(extracted.text ==
          "# 访谈记录\n"
          "## 一、日常工作\n"
          "访谈者：您一天里，花时间最多的是什么？\n"
          "P1：说实话，是接电话。微信 群里一喊，\n"
          "我就得回。\n"
          "访谈者：回不过来呢？\n"
          "P1：那就先回着急的。All right, the urgent ones.\n");
    CHECK(extracted.labels.empty());
    REQUIRE(extracted.metadata.size() == 1);
    CHECK(extracted.metadata[0].first == "title");
    CHECK(extracted.metadata[0].second == "社区民警访谈第一次");
    CHECK(shown(extracted.left_out) == "comment@line 17;hidden text@line 18;hidden text@line 19;text for browsers without scripts@line 23;");
}

TEST_CASE("tables in which people speak, and others") {
    const auto extracted = reader::extract_html(fixture("table.html"), "table.html");
    CHECK(extracted.text ==
          "2026年3月 社区活动室\n"
          "访谈者：巡逻队是怎么来的？\n"
          "王阿姨：退休的几个人，晚上睡不着，\n"
          "就下楼转。\n"
          "后来戴上了红袖章。\n"
          "王阿姨：再后来就有了名册。\n"
          "[00:10:02] S1：名册是我做的。\n"
          "[00:10:09] 王阿姨：对，她做的。\n"
          "年份\t人数\n2024\t12\n2025\t31\n");
    CHECK(joined(extracted.labels) == "访谈者|王阿姨|S1");
    CHECK(shown(extracted.left_out) == "column 备注@;");
    Transcript transcript;
    transcript.text = extracted.text;
    transcript::find_turns(transcript, "T", {});
    CHECK(transcript.turns.size() == 5);
}

TEST_CASE("tables are dialogues only by their labels") {
    // One unknown name, once, is no dialogue; a header of a known kind names nobody who speaks.
    CHECK(text("<table><tr><td>甲<td>来了<tr><td>乙<td>走了</table>") == "甲\t来了\n乙\t走了\n");
    CHECK(text("<table><tr><td>甲<td>来了<tr><td>甲<td>走了</table>") == "甲：来了\n甲：走了\n");
    const auto extracted = reader::extract_html("<table><tr><td>时间<td>周三<tr><td>P1<td>来了</table>", "a.html");
    CHECK(extracted.text == "时间：周三\nP1：来了\n");
    CHECK(joined(extracted.labels) == "P1");
    CHECK(text("<table><tr><td>P1<td>来了<td>走了</table>") == "P1\t来了\t走了\n");
    CHECK(text("<table><tr><td>P1<td>来了<tr><td>一句很长很长很长很长很长很长很长很长很长的话<td>走了</table>") == "P1\t来了\n一句很长很长很长很长很长很长很长很长很长的话\t走了\n");
    CHECK(text("<table></table><table><tr></table><table><tr><td></table>") == "");
}

TEST_CASE("pages as they should not be") {
    const auto extracted = reader::extract_html(fixture("awkward.html"), "awkward.html");
    CHECK(extracted.text ==
          "P3：没有标签的开头 & <笑> 居民\n"
          "访谈者：嵌套的行内文字\n"
          "没有关闭的段落\n"
          "P3：戴队长说，都下楼！\n"
          "  22:00  巡逻\n"
          "    22:30 回所\n"
          "\n"
          "左栏第一段\n左栏第二段\n里\t面\n"
          "### 没有关闭的标题\n"
          "P3：缩进的段落 , with English\n");
    CHECK(shown(extracted.left_out) == "reading above characters@line 3;reading above characters@line 3;reading above characters@line 3;embedded object@line 10;");
    CHECK(text("") == "");
    CHECK(text("<h2> </h2><p>居民") == "居民\n");
    CHECK(text("纯文本\n第二行") == "纯文本第二行\n");
}

TEST_CASE("white space collapses as a browser does it, but Chinese has none at a line's end") {
    CHECK(text("<p>居民\n  楼") == "居民楼\n");
    CHECK(text("<p>居民  楼") == "居民 楼\n");
    CHECK(text("<p>community\n  police\t\tstation ") == "community police station\n");
    CHECK(text("<p>居民<b>\n</b>楼") == "居民楼\n");
    CHECK(text("<p>a<b> b</b> <i> c</i>") == "a b c\n");
    CHECK(text("<p>社&shy;区") == "社区\n");
}

TEST_CASE("deep nesting is bounded, in memory and in time") {
    CHECK(text(repeated("<div>", 1500) + "到底了") == "到底了\n");
    CHECK(text(repeated("<p>段", 20000)).size() == 80000);
    CHECK(text(repeated("<table><tr><td>", 150) + "里面") == "里面\n");
    for (const char* tag : {"<div>", "<b>", "<table>", "<x-y>", "<DIV\n>"}) {
        CAPTURE(tag);
        try {
            (void)text("\n" + repeated(tag, 100000));
            FAIL("no error");
        } catch (const Error& error) {
            CHECK(error.kind() == ErrorKind::input);
            CHECK(error.place().starts_with("a.html:"));
        }
    }
}

TEST_CASE("any page gives valid lines") {
    Random random(11);
    const std::vector<std::string> pieces = {"<table>", "</table>", "<tr>", "<td>", "</td>", "<th>", "<p>", "</p>", "<div>", "</div>", "<b>", "<h2>", "</h2>", "<pre>", "</pre>", "\n", " ", "居民", "P1：", "P1", "访谈者", "<ruby>", "<rt>", "</ruby>", "<svg>", "</svg>", "<title>", "</title>", "<!--", "-->", "<template>", "</template>", "&amp;", "&#0;", "&#xD800;", "<br>", "<select>", "<option>", "<frameset>", "</body>", "说话人", "内容", "<td hidden>", "<caption>", "<math>"};
    for (std::size_t i = 0; i < testing::cases(4000); ++i) {
        std::string page;
        for (std::size_t piece = random.below(40); piece > 0; --piece) page += random.pick(pieces);
        CAPTURE(page);
        const auto extracted = reader::extract_html(page, "a.html");
        REQUIRE_FALSE(utf8::first_fault(extracted.text));
        REQUIRE((extracted.text.empty() || extracted.text.back() == '\n'));
    }
}

TEST_CASE("what is written in plain elements all comes through") {
    Random random(12);
    const std::vector<std::string> tags = {"<p>", "<div>", "</div>", "<b>", "</b>", "<table><tr><td>", "<td>", "<tr><td>", "</table>", "<li>", "<h1>", "</h1>", "<pre>", "</pre>", " ", "\n"};
    for (std::size_t i = 0; i < testing::cases(3000); ++i) {
        std::string page;
        std::size_t marks = 0;
        for (std::size_t piece = random.below(30); piece > 0; --piece) {
            page += random.pick(tags);
            if (random.chance(50)) {
                page += "居";
                ++marks;
            }
        }
        const std::string found = text(page);
        std::size_t count = 0;
        for (std::size_t at = found.find("居"); at != std::string::npos; at = found.find("居", at + 1)) ++count;
        CAPTURE(page);
        REQUIRE(count == marks);
    }
}
