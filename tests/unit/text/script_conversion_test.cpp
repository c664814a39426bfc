// SPDX-License-Identifier: Apache-2.0
#include "fangtan/text/script_conversion.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace fangtan;

TEST_CASE("phrases decide how a character is written") {
    const ScriptConverter traditional(Script::traditional);
    CHECK(traditional.convert("皇后后来发现头发很干净") == "皇后後來發現頭髮很乾淨");
    CHECK(ScriptConverter(Script::simplified).convert("皇后後來發現頭髮很乾淨") == "皇后后来发现头发很干净");
    CHECK(traditional.convert(std::string("后来\0后来", 13)) == std::string("後來\0後來", 13));
    CHECK(traditional.convert("").empty());
}

TEST_CASE("pieces are converted in the light of what stands around them") {
    const ScriptConverter traditional(Script::traditional);
    const std::string text = "x头发x";
    const std::vector<Span> pieces = {span_of(1, 4), span_of(4, 7)};
    CHECK(traditional.convert(text, span_of(0, static_cast<std::uint32_t>(text.size())), pieces) == std::vector<std::string>{"頭", "髮"});
    CHECK(traditional.convert(text, span_of(4, 7), {span_of(4, 7)}) == std::vector<std::string>{"發"});
}
