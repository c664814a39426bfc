// SPDX-License-Identifier: Apache-2.0
//
// Labels: harmless, measured, shortened, wrapped; and ticks of axes.
#include "fangtan/report/label_text.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <string>

#include "../../support/random.hpp"
#include "fangtan/report/axis.hpp"
#include "fangtan/text/utf8.hpp"

using namespace fangtan;
using namespace fangtan::report;
using testing::Random;

TEST_CASE("what is drawn of a label") {
    CHECK(displayable("居民参与") == "居民参与");
    CHECK(displayable("  信任\t与\r\n\u3000合作 ") == "信任 与 合作");
    CHECK(displayable("红\x1b[31m色") == "红\\x1b[31m色");
    CHECK(displayable("a\u202Eb") == "a<U+202E>b");
    CHECK(displayable("a\xC3(b") == "a\\xc3(b");
    CHECK(displayable("\xED\xA0\x80") == "\\xed\\xa0\\x80");  // a lone surrogate
    CHECK(displayable("x\uFFFEy\uFFFF") == "x\uFFFDy\uFFFD");
    CHECK(displayable("\u2764\uFE0F") == "\u2764");
    CHECK(displayable(std::string("a\0b", 3)) == "a\\x00b");
    CHECK(displayable("").empty());
}

TEST_CASE("any bytes become valid text of one line") {
    Random random(11);
    for (std::size_t i = 0; i < testing::cases(2000); ++i) {
        std::string bytes;
        for (std::size_t n = random.below(12); n > 0; --n) bytes += static_cast<char>(random.below(256));
        const std::string text = displayable(bytes);
        REQUIRE_FALSE(utf8::first_fault(text));
        for (const char c : text) REQUIRE((static_cast<unsigned char>(c) >= 0x20 && c != 0x7F));
        CHECK(shortened(text, 40, 12).size() <= text.size() + 3);
        for (const std::string& line : wrapped(text, 40, 12, 3).lines) REQUIRE_FALSE(utf8::first_fault(line));
    }
}

TEST_CASE("widths") {
    CHECK(text_width("", 12) == 0);
    CHECK(text_width("社工", 10) == doctest::Approx(20.6));
    CHECK(text_width("12", 10) == doctest::Approx(12.6));
    CHECK(text_width("e\u0301", 10) == doctest::Approx(text_width("e", 10)));
}

TEST_CASE("shortened to the room there is") {
    CHECK(shortened("社区工作", 49.5, 12) == "社区工作");  // 4 × 12.36
    CHECK(shortened("社区工作", 49, 12) == "社区…");       // 3 × 12.36 = 37.1, a fourth is too much
    CHECK(shortened("社区工作", 5, 12) == "…");
    CHECK(shortened("night patrol", 47, 12) == "night…");  // never a blank before the …
    Random random(5);
    const std::vector<std::string> signs = {"社", "区", "a", "W", " ", "，", "e\u0301", "🙂", "1"};
    for (std::size_t i = 0; i < testing::cases(2000); ++i) {
        std::string text;
        for (std::size_t n = 1 + random.below(20); n > 0; --n) text += random.pick(signs);
        const double room = 13 + static_cast<double>(random.below(150));
        const std::string result = shortened(text, room, 12);
        CHECK(text_width(result, 12) <= room + 1e-9);
        CHECK((result == text) == (text_width(text, 12) <= room));
        const WrappedText lines = wrapped(text, room, 12, 1 + random.below(3));
        for (const std::string& line : lines.lines) CHECK((text_width(line, 12) <= room + 1e-9 || utf8::count(line) <= 2));
    }
}

TEST_CASE("wrapped between words and Han characters") {
    const auto lines = [](std::string_view text, double room, std::size_t most) { return wrapped(text, room, 10, most).lines; };
    using Lines = std::vector<std::string>;
    CHECK(lines("night patrol", 50, 2) == Lines{"night", "patrol"});
    CHECK(lines("多方协作机制", 42, 2) == Lines{"多方协作", "机制"});
    CHECK(lines("多方协作，机制", 42, 2) == Lines{"多方协", "作，机制"});  // no comma begins a line
    CHECK(lines("社工（夜班）", 32, 3) == Lines{"社工", "（夜", "班）"});  // no bracket ends one
    CHECK(lines("", 42, 2) == Lines{""});
    const WrappedText cut = wrapped("多方协作与长期沟通机制", 42, 10, 2);
    CHECK(cut.lines == Lines{"多方协作", "与长期…"});
    CHECK(cut.cut);
    CHECK_FALSE(cut.broken);
    CHECK(wrapped("communication", 30, 10, 9).broken);
    CHECK_FALSE(wrapped("night patrol", 50, 10, 2).broken);
}

TEST_CASE("labels in a sentence are isolated if they need it") {
    CHECK(isolated("居民") == "居民");
    CHECK(isolated("\u05D0\u05D1") == "\u2068\u05D0\u05D1\u2069");
}

TEST_CASE("numbers of legends") {
    CHECK(number_text(0) == "0");
    CHECK(number_text(-0.0) == "0");
    CHECK(number_text(12) == "12");
    CHECK(number_text(1.0 / 3) == "0.333");
    CHECK(number_text(1234.5678) == "1235");
    CHECK(number_text(1e19) == "1e+19");
    CHECK(number_text(-2.5) == "-2.5");
}

TEST_CASE("sentences in the picture's language") {
    CHECK(nothing_to_draw("zh-Hans") == "没有可画的编码");
    CHECK(nothing_to_draw("zh-TW") == "沒有可畫的編碼");
    CHECK(nothing_to_draw("zh") == "没有可画的编码");
    CHECK(nothing_to_draw("en") == "There are no codes to draw.");
    CHECK(nothing_to_draw("de") == "There are no codes to draw.");
}

TEST_CASE("ticks are 1, 2 or 5 times a power of ten") {
    using Ticks = std::vector<std::string>;
    CHECK(nice_axis(65, Numbers::whole, 5).ticks == Ticks{"0", "20", "40", "60", "80"});
    CHECK(nice_axis(3, Numbers::whole, 5).ticks == Ticks{"0", "1", "2", "3"});
    CHECK(nice_axis(1, Numbers::whole, 5).ticks == Ticks{"0", "1"});
    CHECK(nice_axis(1, Numbers::any, 5).ticks == Ticks{"0", "0.2", "0.4", "0.6", "0.8", "1.0"});
    CHECK(nice_axis(0.3, Numbers::any, 3).ticks == Ticks{"0", "0.1", "0.2", "0.3"});
    CHECK(nice_axis(0.031, Numbers::any, 4).ticks == Ticks{"0", "0.01", "0.02", "0.03", "0.04"});
    CHECK(nice_axis(0, Numbers::whole, 5).ticks == Ticks{"0", "1"});
    CHECK(nice_axis(2e15, Numbers::whole, 2).ticks == Ticks{"0", "1e15", "2e15"});
    CHECK(nice_axis(250000, Numbers::whole, 5).ticks.back() == "250000");
    CHECK(nice_axis(65, Numbers::whole, 5).share(20) == doctest::Approx(0.25));
    CHECK(nice_axis(1.7e308, Numbers::any, 1).ticks.size() == 2);
    CHECK(numbers_of({1, 2, 0}) == Numbers::whole);
    CHECK(numbers_of({1, 2.5}) == Numbers::any);
    Random random(3);
    for (std::size_t i = 0; i < testing::cases(5000); ++i) {
        const double maximum = static_cast<double>(1 + random.below(100000)) * std::pow(10.0, static_cast<double>(random.below(20)) - 10);
        const std::size_t most = 1 + random.below(8);
        const Axis axis = nice_axis(maximum, random.chance(50) ? Numbers::whole : Numbers::any, most);
        CAPTURE(maximum);
        CHECK(axis.ticks.size() <= most + 1);
        CHECK(axis.share(maximum) <= 1 + 1e-8);
        CHECK(axis.share(maximum) > 0);
    }
}
