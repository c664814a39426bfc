// SPDX-License-Identifier: Apache-2.0
#include "fangtan/text/width.hpp"

#include <doctest/doctest.h>

#include <vector>

using namespace fangtan;

TEST_CASE("columns of a text in a terminal") {
    struct Case {
        std::string text;
        std::size_t width;
    };
    const std::vector<Case> cases = {
        {"", 0},        {"abc", 3},           {"社工", 4},      {"a社", 3},  {"，。：", 6},  {"ＡＢ", 4},      {"ｱ", 1},
        {"カ", 2},      {"한", 2},            {"é", 1},         {"e\u0301", 1},  {"\u200B", 0},  {"\u3000", 2},    {"😀", 2},
        {"𠮷", 2},      {"“”…", 3},           {"\uFEFF", 0},    {"①", 1},
    };
    for (const Case& each : cases) {
        CAPTURE(each.text);
        CHECK(display_width(each.text) == each.width);
    }
}

TEST_CASE("blanks up to a width") {
    CHECK(padded_right("社工", 6) == "社工  ");
    CHECK(padded_left("社工", 6) == "  社工");
    CHECK(padded_right("社工", 4) == "社工");
    CHECK(padded_left("社工", 5) == " 社工");
    CHECK(padded_right("社工", 3) == "社工");  // what is too wide stays whole
    CHECK(padded_left("社工", 0) == "社工");
    CHECK(padded_left("", 2) == "  ");
    CHECK(padded_right("e\u0301", 2) == "e\u0301 ");
}
