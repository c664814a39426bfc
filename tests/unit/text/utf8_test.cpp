// SPDX-License-Identifier: Apache-2.0
//
// The validator against Unicode's table of well-formed sequences, and the
// small functions against each other.
#include "fangtan/text/utf8.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <string>
#include <vector>

#include "../../support/random.hpp"

using namespace fangtan;
using namespace std::string_literals;
using testing::Random;

namespace {

// The Unicode Standard, table 3-7: the bytes a well-formed sequence may have, row by row.
struct Range {
    unsigned low;
    unsigned high;
};
const std::vector<std::vector<Range>> kWellFormed = {
    {{0x00, 0x7F}},
    {{0xC2, 0xDF}, {0x80, 0xBF}},
    {{0xE0, 0xE0}, {0xA0, 0xBF}, {0x80, 0xBF}},
    {{0xE1, 0xEC}, {0x80, 0xBF}, {0x80, 0xBF}},
    {{0xED, 0xED}, {0x80, 0x9F}, {0x80, 0xBF}},
    {{0xEE, 0xEF}, {0x80, 0xBF}, {0x80, 0xBF}},
    {{0xF0, 0xF0}, {0x90, 0xBF}, {0x80, 0xBF}, {0x80, 0xBF}},
    {{0xF1, 0xF3}, {0x80, 0xBF}, {0x80, 0xBF}, {0x80, 0xBF}},
    {{0xF4, 0xF4}, {0x80, 0x8F}, {0x80, 0xBF}, {0x80, 0xBF}},
};

std::optional<std::size_t> naive_first_fault(const std::string& bytes) {
    std::size_t at = 0;
    while (at < bytes.size()) {
        const auto row = std::find_if(kWellFormed.begin(), kWellFormed.end(), [&](const std::vector<Range>& ranges) {
            if (at + ranges.size() > bytes.size()) return false;
            for (std::size_t i = 0; i < ranges.size(); ++i) {
                const unsigned byte = static_cast<unsigned char>(bytes[at + i]);
                if (byte < ranges[i].low || byte > ranges[i].high) return false;
            }
            return true;
        });
        if (row == kWellFormed.end()) return at;
        at += row->size();
    }
    return std::nullopt;
}

std::string hex(const std::string& bytes) {
    std::string text;
    std::array<char, 4> digits{};
    for (const char byte : bytes) {
        std::snprintf(digits.data(), digits.size(), "%02X ", static_cast<unsigned>(static_cast<unsigned char>(byte)));
        text += digits.data();
    }
    return text;
}

// Every plane and every length; never a surrogate.
char32_t random_code_point(Random& random) {
    static const std::vector<Range> blocks = {{0x00, 0x7F}, {0x80, 0x7FF}, {0x800, 0xD7FF}, {0x4E00, 0x9FFF}, {0xE000, 0xFFFF}, {0x10000, 0x10FFFF}};
    const Range block = random.pick(blocks);
    return static_cast<char32_t>(block.low + random.below(block.high - block.low + 1));
}

void check_fault(const std::string& bytes, std::optional<std::size_t> expected) {
    CAPTURE(hex(bytes));
    CHECK(utf8::first_fault(bytes) == expected);
}

}  // namespace

TEST_CASE("the first fault of bytes that are not UTF-8") {
    check_fault("", std::nullopt);
    check_fault("abc", std::nullopt);
    check_fault("社工", std::nullopt);
    check_fault("\xF4\x8F\xBF\xBF", std::nullopt);            // U+10FFFF
    check_fault("\xEF\xBF\xBF", std::nullopt);                // a non-character is a code point all the same
    check_fault("\x80", 0);                                   // a continuation byte alone
    check_fault("a\xC0\xAF", 1);                              // overlong
    check_fault("a\xE0\x80\xAF", 1);                          // overlong
    check_fault("a\xF0\x80\x80\xAF", 1);                      // overlong
    check_fault("社\xED\xA0\x80", 3);                         // a surrogate
    check_fault("社\xED\xA0\xBD\xED\xB8\x80", 3);             // a pair of them (CESU-8)
    check_fault("\xF4\x90\x80\x80", 0);                       // U+110000
    check_fault("\xF8\x88\x80\x80\x80", 0);                   // five bytes
    check_fault("\xFF\xFE", 0);
    check_fault("社工\xE7\xA4", 6);                           // cut off
    check_fault("社\xE7\xA4工", 3);                           // cut in the middle
    check_fault(std::string(70, 'a') + "\xFE" + std::string(70, 'a'), 70);
}

TEST_CASE("every sequence of two bytes, and every one of three that begins with E0 or ED") {
    for (unsigned first = 0; first < 256; ++first) {
        for (unsigned second = 0; second < 256; ++second) {
            std::string bytes = {static_cast<char>(first), static_cast<char>(second)};
            if (first == 0xE0 || first == 0xED) bytes += '\x80';
            if (utf8::first_fault(bytes) != naive_first_fault(bytes)) check_fault(bytes, naive_first_fault(bytes));
        }
    }
}

TEST_CASE("the first fault is where the table says on random bytes") {
    static const std::vector<std::string> near_misses = {"\xC1\xBF", "\xE0\x9F\xBF", "\xED\xA0\x80", "\xF0\x8F\xBF\xBF", "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xE7\xA4", "\xF0\x9F\x98", "\x80", "\xFF"};
    std::size_t valid = 0;
    const std::size_t total = testing::cases(20'000);
    for (std::uint64_t seed = 1; seed <= total; ++seed) {
        Random random(seed);
        std::string bytes;
        const bool spoil = random.chance(70);
        for (std::size_t n = random.below(60); n > 0; --n) {
            if (!spoil || random.chance(95)) {
                utf8::append(bytes, random_code_point(random));
            } else if (random.chance(50)) {
                bytes += random.pick(near_misses);
            } else {
                bytes += static_cast<char>(random.below(256));
            }
        }
        if (spoil && !bytes.empty() && random.chance(30)) bytes.resize(bytes.size() - 1);
        const auto expected = naive_first_fault(bytes);
        valid += expected ? 0 : 1;
        if (utf8::first_fault(bytes) != expected) check_fault(bytes, expected);
    }
    CHECK(valid * 5 > total);
    CHECK(valid * 5 < total * 4);
}

TEST_CASE("code points survive the way to UTF-8 and back") {
    for (std::uint64_t seed = 1; seed <= testing::cases(5'000); ++seed) {
        Random random(seed);
        std::u32string code_points;
        for (std::size_t n = random.below(80); n > 0; --n) code_points += random_code_point(random);
        const std::string text = utf8::from_code_points(code_points);
        REQUIRE_FALSE(naive_first_fault(text));
        REQUIRE(utf8::to_code_points(text) == code_points);
        REQUIRE(utf8::count(text) == code_points.size());
        std::size_t byte = 0;
        for (const char32_t c : code_points) {
            REQUIRE(utf8::at(text, byte) == c);
            byte += utf8::length(text[byte]);
            REQUIRE(utf8::before(text, byte) == c);
        }
        REQUIRE(byte == text.size());
    }
}

TEST_CASE("code points are counted right in texts of any length and at any place") {
    for (const std::string& character : {"a"s, "é"s, "社"s, "😀"s}) {
        std::string text;
        for (int i = 0; i < 6'000; ++i) text += character;
        const std::string_view all = text;
        for (std::size_t from = 0; from < 12; ++from) {
            for (std::size_t n = 0; n < 6'000 - from; n = n < 40 ? n + 1 : n * 3) {
                REQUIRE(utf8::count(all.substr(from * character.size(), n * character.size())) == n);
            }
        }
    }
    for (std::uint64_t seed = 1; seed <= testing::cases(300); ++seed) {
        Random random(seed);
        std::u32string code_points;
        for (std::size_t n = random.below(9'000); n > 0; --n) code_points += random_code_point(random);
        REQUIRE(utf8::count(utf8::from_code_points(code_points)) == code_points.size());
    }
}

TEST_CASE("what a terminal must not be sent is shown by number") {
    struct Case {
        std::string text;
        std::string shown;
    };
    const std::vector<Case> cases = {
        {"社工 ok", "社工 ok"},
        {"a\tb\nc", "a\\x09b\\x0ac"},
        {"\x1B[31m红", "\\x1b[31m红"},
        {"\x7F", "\\x7f"},
        {"\u0085", "\\x85"},            // a C1 control
        {"a\u202Eb", "a<U+202E>b"},     // turns the direction of writing round
        {"零\u200B宽", "零<U+200B>宽"},
        {"\uFEFF", "<U+FEFF>"},
        {"\U000E0041", "<U+E0041>"},    // a tag character
        {"\xFF社\xE7\xA4", "\\xff社\\xe7\\xa4"},  // the name of a file may hold any bytes
        {"\xE7", "\\xe7"},
        {"e\u0301 😀", "e\u0301 😀"},
    };
    for (const Case& each : cases) {
        CAPTURE(hex(each.text));
        CHECK(utf8::escaped(each.text) == each.shown);
    }
}
