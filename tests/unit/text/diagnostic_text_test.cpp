// SPDX-License-Identifier: Apache-2.0
//
// Messages word for word: place, message, line and caret.
#include "fangtan/text/diagnostic_text.hpp"

#include <doctest/doctest.h>

#include <string>

#include "fangtan/text/utf8.hpp"
#include "fangtan/text/width.hpp"

using namespace fangtan;

namespace {

std::string text_of(Position position, const std::string& line, const std::string& message = "wrong") {
    Diagnostic diagnostic;
    diagnostic.file = "f.yaml";
    diagnostic.position = position;
    diagnostic.message = message;
    diagnostic.source_line = line;
    return to_text(diagnostic);
}

}  // namespace

TEST_CASE("place and severity") {
    CHECK(text_of({3, 7}, "") == "f.yaml:3:7: error: wrong\n");
    CHECK(text_of({3, 0}, "") == "f.yaml:3: error: wrong\n");
    CHECK(text_of({0, 0}, "") == "f.yaml: error: wrong\n");
    Diagnostic warning;
    warning.severity = Severity::warning;
    warning.file = "访谈\x1B.csv";
    warning.message = "a\u202Eb";
    CHECK(to_text(warning) == "访谈\\x1b.csv: warning: a<U+202E>b\n");
}

TEST_CASE("the caret stands under the fault, however wide the characters before it are") {
    CHECK(text_of({1, 1}, "id,group") == "f.yaml:1:1: error: wrong\n    id,group\n    ^\n");
    CHECK(text_of({1, 4}, "id,group") == "f.yaml:1:4: error: wrong\n    id,group\n       ^\n");
    CHECK(text_of({1, 4}, "编号：P1") == "f.yaml:1:4: error: wrong\n    编号：P1\n          ^\n");
    CHECK(text_of({1, 3}, "e\u0301x") == "f.yaml:1:3: error: wrong\n    e\u0301x\n     ^\n");
    CHECK(text_of({1, 3}, "a\tb") == "f.yaml:1:3: error: wrong\n    a\\x09b\n         ^\n");
    CHECK(text_of({1, 3}, "😀 x") == "f.yaml:1:3: error: wrong\n    😀 x\n       ^\n");
    CHECK(text_of({1, 3}, "ab") == "f.yaml:1:3: error: wrong\n    ab\n      ^\n");    // at the end of the line
    CHECK(text_of({1, 99}, "ab") == "f.yaml:1:99: error: wrong\n    ab\n      ^\n");  // never past it
}

TEST_CASE("a long line is cut to the part around the fault") {
    std::string line;
    for (int i = 0; i < 300; ++i) line += "社";
    line += "错";
    for (int i = 0; i < 300; ++i) line += "工";
    const std::string text = text_of({1, 301}, line);
    const std::size_t first = text.find('\n') + 1;
    const std::size_t second = text.find('\n', first) + 1;
    const std::string shown = text.substr(first, second - 1 - first);
    const std::string caret = text.substr(second, text.size() - 1 - second);
    CHECK(utf8::count(shown) < 120);
    CHECK(shown.starts_with("    …社"));
    CHECK(shown.ends_with("工…"));
    CHECK(display_width(shown.substr(0, shown.find("错"))) == caret.size() - 1);
    CHECK(caret.back() == '^');
    // Neither end is marked as cut where nothing was cut off.
    CHECK(text_of({1, 1}, "ab").find("…") == std::string::npos);
}

TEST_CASE("faults that were only counted are mentioned at the end") {
    Diagnostics diagnostics;
    for (std::uint32_t i = 1; i <= Diagnostics::kMaximum + 20; ++i) diagnostics.error("f", {i, 1}, "wrong");
    const std::string text = to_text(diagnostics);
    CHECK(text.starts_with("f:1:1: error: wrong\nf:2:1: error: wrong\n"));
    CHECK(text.ends_with("f:100:1: error: wrong\n… and 20 more\n"));
    Diagnostics one;
    one.warning("f", {1, 1}, "odd");
    CHECK(to_text(one) == "f:1:1: warning: odd\n");
}

TEST_CASE("the nearest of some names, if one is near") {
    const std::vector<std::string> keys = {"name", "definition", "include", "exclude", "examples", "counterexamples", "unit"};
    CHECK(nearest("defintion", keys) == "definition");
    CHECK(nearest("exmaples", keys) == "examples");  // two letters exchanged are one step
    CHECK(nearest("exlude", keys) == "exclude");
    CHECK(nearest("unti", keys) == "unit");
    CHECK(nearest("colour", keys).empty());
    CHECK(nearest("非警务报井", {"非警务报警", "刑事警情"}) == "非警务报警");
    CHECK(nearest("", keys).empty());
    CHECK(nearest("name", {}).empty());
    // At most a third of the letters may differ: two of five may not, none of one.
    CHECK(nearest("与社工配合", {"与社工合作"}).empty());
    CHECK(nearest("甲", {"乙"}).empty());
    CHECK(nearest("abc", {"abd"}) == "abd");
    CHECK(nearest("abc", {"aed"}).empty());
}
