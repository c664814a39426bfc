// SPDX-License-Identifier: Apache-2.0
#include "fangtan/coding/json_text.hpp"

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "../../support/random.hpp"

using namespace fangtan;
using namespace std::string_literals;
using testing::Random;

namespace {

std::string written(const std::string& text) {
    std::string out;
    json::append_string(out, text);
    return out;
}

}  // namespace

TEST_CASE("only what JSON demands is escaped") {
    CHECK(written("") == "\"\"");
    CHECK(written("社工😀") == "\"社工😀\"");
    CHECK(written("a\"b\\c/d") == "\"a\\\"b\\\\c/d\"");
    CHECK(written("\n\r\t\b\f") == "\"\\n\\r\\t\\b\\f\"");
    CHECK(written("\0\x01\x1F\x7F"s) == "\"\\u0000\\u0001\\u001f\x7F\"");
    CHECK(written("\u2028") == "\"\u2028\"");
}

TEST_CASE("every string comes back, wherever in it the odd characters stand") {
    // Eight bytes are looked at together: each place and each byte that needs an escape, or nearly does.
    for (const char c : "\"\\\n\x1F\x20\x21\x01\0\x7F"s) {
        for (std::size_t length = 1; length < 20; ++length) {
            for (std::size_t at = 0; at < length; ++at) {
                std::string text(length, 'a');
                text[at] = c;
                REQUIRE(nlohmann::json::parse(written(text)).get<std::string>() == text);
            }
        }
    }
    static const std::vector<std::string> pieces = {"a", "社", "😀", "\"", "\\", "\n", "\t", "\x01", "\x7F", "é", " ", "{", "\u2028"};
    for (std::uint64_t seed = 1; seed <= testing::cases(5'000); ++seed) {
        Random random(seed);
        std::string text;
        for (std::size_t n = random.below(30); n > 0; --n) text += random.pick(pieces);
        REQUIRE(nlohmann::json::parse(written(text)).get<std::string>() == text);
    }
}

TEST_CASE("members and numbers") {
    std::string out = "{\"a\":1";
    json::append_member(out, "b", "x\"y");
    json::append_member(out, "c", std::uint64_t{18446744073709551615ULL});
    json::append_member(out, "d", std::uint64_t{0});
    CHECK(out == "{\"a\":1,\"b\":\"x\\\"y\",\"c\":18446744073709551615,\"d\":0");
}
