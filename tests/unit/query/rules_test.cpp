// SPDX-License-Identifier: Apache-2.0
//
// Runs tests/spec/rules.test, which researchers can read.
#include <doctest/doctest.h>

#include <fstream>

#include "fangtan/query/matcher.hpp"
#include "fangtan/text/code_point_index.hpp"

using namespace fangtan;

namespace {

struct Block {
    std::string kind;  // "", "print" or "fail"
    std::vector<std::string> lines;
    int line = 0;
};

std::vector<Block> read_blocks() {
    std::ifstream file(FANGTAN_SOURCE_FOLDER "/tests/spec/rules.test");
    std::vector<Block> blocks;
    Block block;
    std::string line;
    int number = 0;
    while (true) {
        const bool more = static_cast<bool>(std::getline(file, line));
        ++number;
        if (!more || line.empty()) {
            if (!block.lines.empty()) blocks.push_back(block);
            block = {};
            if (!more) return blocks;
        } else if (line[0] == '#' && block.lines.empty() && block.kind.empty()) {
            continue;
        } else if (line[0] == '%') {
            block.kind = line.substr(1);
        } else {
            if (block.lines.empty()) block.line = number;
            block.lines.push_back(line);
        }
    }
}

std::string unescaped(std::string text) {
    for (const auto& [from, to] : {std::pair<std::string, std::string>{"\\n", "\n"}, {"\\z", "\u200B"}, {"\\m", "\u0301"}}) {
        for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at)) text.replace(at, from.size(), to);
    }
    return text;
}

std::string evidence_of(const Query& query, const std::string& text) {
    const Query* pointer = &query;
    const QueryGroup group = 0;
    const Matcher matcher = Matcher::compile({&pointer, 1}, {&group, 1});
    Scan scan(matcher);
    const Span whole = span_of(0, static_cast<std::uint32_t>(text.size()));
    scan.read(text, whole);
    scan.enter(whole);
    const std::vector<Fired>& fired = scan.fired({});
    if (fired.empty()) return "no";
    const CodePointIndex index(text);
    std::string result;
    for (const Span span : scan.evidence()) {
        result += (result.empty() ? "" : " ") + std::to_string(index.to_character(span.begin).value) + "-" + std::to_string(index.to_character(span.end).value);
    }
    return result.empty() ? "yes" : result;
}

}  // namespace

TEST_CASE("rules match what tests/spec/rules.test says") {
    const std::vector<Block> blocks = read_blocks();
    REQUIRE(blocks.size() > 80);
    for (const Block& block : blocks) {
        CAPTURE(block.line);
        REQUIRE(block.lines.size() == (block.kind.empty() ? 3 : 2));
        Diagnostics diagnostics;
        const std::optional<Query> query = query::parse(block.lines[0], {"rules.test", {1, 1}, block.lines[0]}, diagnostics);
        if (block.kind == "fail") {
            CHECK(!query);
            REQUIRE(diagnostics.errors() == 1);
            const Diagnostic& fault = diagnostics.entries()[0];
            CHECK(std::to_string(fault.position.column) + ": " + fault.message == block.lines[1]);
            continue;
        }
        REQUIRE(query);
        if (block.kind == "print") {
            CHECK(query::print(*query) == block.lines[1]);
            continue;
        }
        CHECK(evidence_of(*query, unescaped(block.lines[1])) == block.lines[2]);
        // The canonical form means the same and prints as itself.
        const std::string canonical = query::print(*query);
        const std::optional<Query> again = query::parse(canonical, {"rules.test", {1, 1}, canonical}, diagnostics);
        REQUIRE(again);
        CHECK(query::print(*again) == canonical);
        CHECK(evidence_of(*again, unescaped(block.lines[1])) == block.lines[2]);
    }
}

TEST_CASE("text made to be slow takes linear time and finds the same") {
    std::string word;
    for (int i = 0; i < 63; ++i) word += "哈";
    Diagnostics diagnostics;
    std::vector<Query> queries;
    for (const std::string& rule : {word + "工", std::string("哈工"), std::string("哈哈工")}) {
        std::optional<Query> query = query::parse(rule, {"", {1, 1}, ""}, diagnostics);
        REQUIRE(query);
        queries.push_back(std::move(*query));
    }
    std::vector<const Query*> pointers;
    std::vector<QueryGroup> groups;
    for (const Query& query : queries) {
        pointers.push_back(&query);
        groups.push_back(static_cast<QueryGroup>(groups.size()));
    }
    const Matcher matcher = Matcher::compile(pointers, groups);
    std::string text;
    for (int i = 0; i < 200'000; ++i) text += "哈";
    text += "工";
    Scan scan(matcher);
    const Span whole = span_of(0, static_cast<std::uint32_t>(text.size()));
    scan.read(text, whole);
    scan.enter(whole);
    CHECK(scan.fired({}).size() == 3);
    const std::uint32_t end = whole.end.value;
    CHECK(scan.evidence() == std::vector<Span>{span_of(end - 64 * 3, end), span_of(end - 6, end), span_of(end - 9, end)});
}

TEST_CASE("every fault of a query is reported at its character") {
    Diagnostics diagnostics;
    CHECK(!query::parse("社工 NEAR 警察 AND /[/ OR x near/3 y", {"book.yaml", {7, 9}, ""}, diagnostics));
    REQUIRE(diagnostics.errors() == 3);
    CHECK(diagnostics.entries()[0].position == Position{7, 12});
    CHECK(diagnostics.entries()[1].position == Position{7, 25});
    CHECK(diagnostics.entries()[2].position == Position{7, 33});
}

TEST_CASE("fields are parsed where they are allowed") {
    Diagnostics diagnostics;
    const auto query = query::parse("speaker:P1 AND code:\"合作 服务\" NOT 社工", {"", {1, 1}, ""}, diagnostics, {"speaker", "code"});
    REQUIRE(query);
    CHECK(query::print(*query) == "speaker:P1 AND code:\"合作 服务\" NOT 社工");
    CHECK(!query::parse("group:S", {"", {1, 1}, ""}, diagnostics, {"speaker"}));
}

TEST_CASE("brackets nested too deep are refused, not followed") {
    Diagnostics diagnostics;
    CHECK(!query::parse(std::string(5000, '(') + "a" + std::string(5000, ')'), {"", {1, 1}, ""}, diagnostics));
    REQUIRE(diagnostics.errors() == 1);
    CHECK(diagnostics.entries()[0].message == "brackets and NOT are nested more than 64 deep");
}
