// SPDX-License-Identifier: Apache-2.0
//
// The index against maps made character by character.
#include "fangtan/text/code_point_index.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "../../support/random.hpp"
#include "fangtan/text/utf8.hpp"

using namespace fangtan;
using testing::Random;

namespace {

const std::vector<std::string> kCharacters = {"社", "工", "a", "é", "e\u0301", "😀", "𠮷", "\n", "。", "\u200B", " ", "\r", "\u2028"};

std::string random_text(Random& random, std::size_t length) {
    // Now and then lines far longer than the steps of the index, and texts of one kind of character.
    const std::size_t only = random.chance(20) ? random.below(kCharacters.size()) : kCharacters.size();
    std::string text;
    for (std::size_t n = 0; n < length; ++n) text += only < kCharacters.size() && !random.chance(1) ? kCharacters[only] : random.pick(kCharacters);
    return text;
}

ByteOffset byte(std::size_t value) { return {static_cast<std::uint32_t>(value)}; }

// Everything the index says, worked out one character after the other.
void check_against_map(const std::string& text) {
    const CodePointIndex index(text);
    std::uint32_t character = 0;
    Position position{1, 1};
    std::size_t line_start = 0;
    for (std::size_t at = 0;; at += utf8::length(text[at])) {
        const bool at_end = at == text.size();
        const std::size_t line_end = std::min(text.find('\n', at), text.size());
        const std::string line = text.substr(line_start, line_end - line_start);
        REQUIRE(index.to_character(byte(at)).value == character);
        REQUIRE(index.to_byte({character}).value == at);
        REQUIRE(index.position(byte(at)) == position);
        REQUIRE(position_in(text, at) == position);
        REQUIRE(index.line_of(byte(at)) == line);
        REQUIRE(line_in(text, at) == line);
        if (at_end) break;
        ++character;
        ++position.column;
        if (text[at] == '\n') {
            position = {position.line + 1, 1};
            line_start = at + 1;
        }
    }
    REQUIRE(index.size() == character);
}

}  // namespace

TEST_CASE("an index of nothing") {
    const CodePointIndex index("");
    CHECK(index.size() == 0);
    CHECK(index.to_character(byte(0)).value == 0);
    CHECK(index.to_byte({0}).value == 0);
    CHECK(index.position(byte(0)) == Position{1, 1});
    CHECK(index.line_of(byte(0)).empty());
}

TEST_CASE("positions count code points, not bytes, units or graphemes") {
    const std::string text = "访😀e\u0301\n工";
    const CodePointIndex index(text);
    CHECK(index.size() == 6);
    CHECK(index.to_character(byte(3)).value == 1);
    CHECK(index.to_character(byte(7)).value == 2);  // an astral character is one
    CHECK(index.to_character(byte(8)).value == 3);  // a combining mark is one
    CHECK(index.position(byte(8)) == Position{1, 4});
    CHECK(index.position(byte(10)) == Position{1, 5});  // the line feed belongs to its line
    CHECK(index.position(byte(11)) == Position{2, 1});
    CHECK(index.line_of(byte(11)) == "工");
}

TEST_CASE("the index agrees with a map of every character") {
    for (std::uint64_t seed = 1; seed <= testing::cases(300); ++seed) {
        CAPTURE(seed);
        Random random(seed);
        check_against_map(random_text(random, random.below(random.chance(30) ? 1500 : 40)));
    }
}

TEST_CASE("characters that lie across the steps of the index") {
    // Steps are some power of two; the lead byte of every character falls on, before and after each.
    for (std::size_t lead = 0; lead < 4; ++lead) {
        std::string text(lead, 'a');
        while (text.size() < 2100) text += "😀";
        check_against_map(text);
    }
}
