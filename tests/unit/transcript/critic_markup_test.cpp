// SPDX-License-Identifier: Apache-2.0
#include "fangtan/transcript/critic_markup.hpp"

#include <doctest/doctest.h>

#include "fangtan/base/error.hpp"
#include "fangtan/reader/read.hpp"
#include "fangtan/text/boundary.hpp"
#include "fangtan/transcript/solid_text.hpp"
#include "support/random.hpp"

using namespace fangtan;
using transcript::Unmarked;
using transcript::without_critic_marks;

namespace {

Unmarked unmarked(const std::string& text) {
    Diagnostics diagnostics;
    std::optional<Unmarked> result = without_critic_marks(text, "P1.txt", diagnostics);
    REQUIRE(result);
    return std::move(*result);
}

// "line:column beginning of the message; …"
std::string faults(const std::string& text) {
    Diagnostics diagnostics;
    CHECK(!without_critic_marks(text, "P1.txt", diagnostics));
    diagnostics.sort();
    std::string all;
    for (const Diagnostic& fault : diagnostics.entries()) {
        all += (all.empty() ? "" : "; ") + std::to_string(fault.position.line) + ":" + std::to_string(fault.position.column) + " " + fault.message.substr(0, fault.message.find_first_of(":;"));
    }
    return all;
}

Transcript read(const std::string& text, const std::string& name = "P1.txt") {
    std::vector<std::string> notes;
    return reader::read_bytes(text, InputFile{name, name, name, "P1", "P1"}, ReadOptions(), notes);
}

}  // namespace

TEST_CASE("marks are taken out of the text, and their spans are of the clean text") {
    const Unmarked result = unmarked("P1：我{==先听完==}{>>柔性技术; 合作服务 // 语气很轻<<}再说。\nP1：{== 填表 ==}{>>a<<}{>>\n b <<}太多。\n");
    CHECK(result.text == "P1：我先听完再说。\nP1： 填表 太多。\n");
    REQUIRE(result.marks.size() == 3);
    CHECK(result.marks[0].span.of(result.text) == "先听完");
    CHECK(result.marks[0].note == "柔性技术; 合作服务 // 语气很轻");
    CHECK(result.marks[0].position == Position{1, 5});
    CHECK(result.marks[0].author.empty());
    CHECK(result.marks[1].span.of(result.text) == "填表");
    CHECK(result.marks[2].span == result.marks[1].span);
    CHECK(result.marks[2].note == "b");
    CHECK(result.marks[2].position == Position{2, 4});
}

TEST_CASE("half a mark is text, but not to a reader of marks") {
    CHECK(!transcript::has_critic_marks("P1：代码里写 {==，也写 <<}。"));
    CHECK(!transcript::has_critic_marks("==}{>>甲<<} {==乙"));
    CHECK(transcript::has_critic_marks("{==甲==}{>>乙<<}"));
    CHECK(read("P1：他写了 {==，没写完。\n").text == "P1：他写了 {==，没写完。\n");
}

TEST_CASE("all faults of marks are told, with line and column") {
    CHECK(faults("{==甲==}{>>a<<}\n乙{==丙{==丁==}{>>b<<}戊==}{>>c<<}") == "2:6 a marked passage begins inside the one of line 2, column 2");
    CHECK(faults("甲{==乙") == "1:2 this marked passage is not ended");
    CHECK(faults("甲{==乙==}丙") == "1:6 the passage marked at line 1, column 2 has no note right behind it");
    CHECK(faults("甲{>>乙<<}\n丙==}丁<<}") == "1:2 this note has no marked passage right before it; 2:2 ==} ends no marked passage; 2:6 <<} ends no note");
    CHECK(faults("{==甲==}{>>乙") == "1:8 this note is not ended");
    CHECK(faults("{==甲==}{>>乙{==丙==}{>>丁<<}") == "1:8 this note is not ended before line 1, column 12");
    CHECK(faults("{==甲{>>乙<<}==}{>>丙<<}") == "1:5 this note begins inside the passage marked at line 1, column 1");
    CHECK(faults("{== ==}{>>乙<<}") == "1:1 this marked passage holds no text");
}

TEST_CASE("a file with marks is read without them; faults are one error that names all places") {
    const Transcript clean = read("P1：我先听完再说。\n问：后来呢？\nP1：好多了。\n");
    const Transcript marked = read("P1：我{==先听完==}{>>a<<}再说。\n问：后来呢？\nP1：{==好多了==}{>>b<<}。\n");
    CHECK(marked.text == clean.text);
    REQUIRE(marked.turns.size() == 3);
    CHECK(marked.turns[2].body == clean.turns[2].body);
    REQUIRE(marked.marks.size() == 2);
    CHECK(marked.marks[1].span.of(marked.text) == "好多了");
    try {
        (void)read("P1：{==好==}{>>a<<}\nP1：{==坏\nP1：<<}\n");
        FAIL("accepted");
    } catch (const Error& error) {
        CHECK(error.place() == "P1.txt:2:4");
        CHECK(std::string(error.what()).find("; P1.txt:3:4: <<} ends no note") != std::string::npos);
    }
    // In a web page the same characters are somebody's text.
    CHECK(read("<p>P1：{==好==}{>>a<<}</p>", "P1.html").marks.empty());
}

TEST_CASE("marks follow a text whose lines are joined") {
    std::vector<Mark> marks(3);
    const std::string from = "P1：先听\n完再说。\n3\n再听听。";
    const std::string to = "P1：先听完再说。\n再听听。";
    const auto span = [](std::size_t begin, std::size_t length) { return span_of(static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(begin + length)); };
    marks[0].span = span(from.find("听\n完"), std::string("听\n完").size());
    marks[1].span = span(from.find("听听"), 3);  // the second of three
    marks[2].span = span(from.find("3"), 1);
    transcript::move_marks(marks, from, to);
    CHECK(marks[0].span.of(to) == "听完");
    CHECK(marks[1].span == span(to.find("听听"), 3));
    CHECK(marks[2].span.empty());
}

TEST_CASE("property: stripping random marks gives the text, and each span is what was marked") {
    const std::vector<std::string> pieces = {"我", "先听完", "。", "\n", " ", "P1：", "{", "==", "}", "<", "note", "𠮷", "{=", "<}", "　"};
    std::size_t marks_seen = 0;
    for (std::size_t seed = 0; seed < testing::cases(3000); ++seed) {
        testing::Random random(seed);
        const auto words = [&](std::size_t most) {
            std::string text;
            for (std::size_t i = random.below(most + 1); i > 0; --i) text += random.pick(pieces);
            return text;
        };
        std::string clean;
        std::string marked;
        std::vector<std::pair<Span, std::string>> wanted;
        for (std::size_t i = random.below(6); i > 0; --i) {
            const std::string before = words(4);
            const std::string passage = words(3) + "字" + words(2);
            const std::string note = "码" + std::to_string(i);
            // Signs that come about where pieces meet are no random text.
            clean += before + "，";
            const auto begin = static_cast<std::uint32_t>(clean.size());
            clean += passage;
            wanted.emplace_back(trimmed(clean, span_of(begin, static_cast<std::uint32_t>(clean.size()))), note);
            clean += "，";
            marked += before + "，{==" + passage + "==}{>>" + note + "<<}，";
        }
        bool has_sign = false;
        for (const char* sign : {"{==", "==}", "{>>", "<<}"}) has_sign = has_sign || clean.find(sign) != std::string::npos;
        // A passage that ends like a sign or begins like one makes another sign with its mark.
        for (const auto& [span, note] : wanted) {
            const std::string_view passage = span.of(clean);
            has_sign = has_sign || passage.ends_with('=') || passage.ends_with('{') || passage.starts_with('=') || passage.starts_with('}');
        }
        if (has_sign) continue;
        Diagnostics diagnostics;
        const std::optional<Unmarked> result = without_critic_marks(marked, "P1.txt", diagnostics);
        INFO("seed ", seed, ": ", marked);
        REQUIRE(result);
        REQUIRE(result->text == clean);
        REQUIRE(result->marks.size() == wanted.size());
        for (std::size_t i = 0; i < wanted.size(); ++i) {
            REQUIRE(result->marks[i].span == wanted[i].first);
            REQUIRE(result->marks[i].note == wanted[i].second);
            ++marks_seen;
        }
    }
    CHECK(marks_seen > testing::cases(1000));
}
