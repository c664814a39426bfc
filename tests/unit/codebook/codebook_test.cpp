// SPDX-License-Identifier: Apache-2.0
//
// What load() accepts, and word for word what it says about what it does not.
#include "fangtan/codebook/codebook.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <string>
#include <vector>

#include "fangtan/base/sha256.hpp"
#include "fangtan/text/diagnostic_text.hpp"

namespace fangtan::codebook_test {
namespace {

std::string head_lines(const Diagnostics& diagnostics) {
    std::string text;
    for (const Diagnostic& entry : diagnostics.entries()) {
        Diagnostic without_line = entry;
        without_line.source_line.clear();
        text += to_text(without_line);
    }
    return text;
}

// All messages of a file, without the lines they quote.
std::string messages(const std::string& bytes) {
    Diagnostics diagnostics;
    const auto codebook = codebook::load(bytes, "f", diagnostics);
    CHECK(codebook.has_value() == !diagnostics.has_errors());
    return head_lines(diagnostics);
}

Codebook loaded(const std::string& bytes) {
    Diagnostics diagnostics;
    auto codebook = codebook::load(bytes, "f", diagnostics);
    INFO(to_text(diagnostics));
    REQUIRE(codebook.has_value());
    CHECK(diagnostics.entries().empty());
    return std::move(*codebook);
}

struct Case {
    std::string yaml;
    std::string expected;
};

void check_all(const std::vector<Case>& cases) {
    for (const Case& each : cases) {
        CAPTURE(each.yaml);
        CHECK(messages(each.yaml) == each.expected);
    }
}

constexpr const char* kWhole = R"(name: 基层警务困境
version: "1.0"
language: zh-Hans
source: 访谈与文献
levels: [维度, 编码]
codes:
  - name: 警务职能泛化
    definition: 公安做了别的部门的事
    codes:
      - name: 非警务报警
        id: non-police-calls      # a comment
        definition: '其他: "部门"'
        include: [when to apply, in words]
        exclude: [when not to]
        color: "#c0392b"
        examples: [天天都是邻里噪音、家庭矛盾的报警。]
        counterexamples: [昨天抓了一个偷车的嫌疑人。]
        unit: sentence
        speakers: [P]
        rules:
          - 非警务警情
          - (噪音 OR 纠纷) NEAR/8 报警
          - /\d+宗(警情|求助)/
          - 报警 NOT 刑事
      - name: 无效警情
  - name: 警力不足
)";

// In front of a fault: Chinese, so that bytes and characters differ.
const std::string kHead = "name: 基层警务困境\ncodes:\n  - name: 非警务报警\n";

}  // namespace

TEST_CASE("codebook: every field of a whole file") {
    const Codebook book = loaded(kWhole);
    CHECK(book.name() == "基层警务困境");
    CHECK(book.version() == "1.0");
    CHECK(book.language() == "zh-Hans");
    CHECK(book.source() == "访谈与文献");
    CHECK(book.levels() == std::vector<std::string>{"维度", "编码"});
    CHECK(book.sha256() == sha256_hex(kWhole));
    REQUIRE(book.codes().size() == 4);
    const Code& parent = book.codes()[0];
    CHECK(parent.id == "警务职能泛化");
    CHECK(parent.has_children);
    CHECK(!parent.parent);
    CHECK(parent.level == 1);
    CHECK(parent.position == Position{7, 11});
    const Code& code = book.codes()[1];
    CHECK(code.id == "non-police-calls");
    CHECK(code.path == std::vector<std::string>{"警务职能泛化", "非警务报警"});
    CHECK(code.parent == CodeId{0});
    CHECK(code.level == 2);
    CHECK(!code.has_children);
    CHECK(code.definition == "其他: \"部门\"");
    CHECK(code.include == std::vector<std::string>{"when to apply", "in words"});
    CHECK(code.exclude == std::vector<std::string>{"when not to"});
    CHECK(code.color == "#c0392b");
    REQUIRE(code.examples.size() == 1);
    CHECK(code.examples[0].text == "天天都是邻里噪音、家庭矛盾的报警。");
    CHECK(code.examples[0].position == Position{16, 20});
    REQUIRE(code.counterexamples.size() == 1);
    CHECK(code.counterexamples[0].position == Position{17, 27});
    CHECK(code.unit == UnitKind::sentence);
    CHECK(code.speakers == std::vector<std::string>{"P"});
    REQUIRE(code.rules.size() == 4);
    CHECK(code.rules[2].source.text == "/\\d+宗(警情|求助)/");
    CHECK(code.rules[2].source.position == Position{23, 13});
    CHECK(query::print(code.rules[3].query) == "报警 NOT 刑事");
    CHECK(book.codes()[2].id == "警务职能泛化/无效警情");
    CHECK(book.codes()[3].parent == std::nullopt);
}

TEST_CASE("codebook: CRLF and a byte order mark change nothing but the hash") {
    std::string crlf = "\xEF\xBB\xBF";
    for (const char c : std::string(kWhole)) crlf += c == '\n' ? std::string("\r\n") : std::string(1, c);
    const Codebook book = loaded(crlf);
    CHECK(codebook::to_json(book) == codebook::to_json(loaded(kWhole)));
    CHECK(book.codes()[1].rules[2].source.position == Position{23, 13});
    CHECK(book.sha256() == sha256_hex(crlf));
}

TEST_CASE("codebook: scalars stay the strings they are") {
    for (const std::string text : {"no", "0755", "1.0", "~", "2020-01-01", "null", "true", "0x1F", "1e3",
                                   ".5", "12:30:45", "Yes", "=", "<<", "-1", "1_000"}) {
        CAPTURE(text);
        const Codebook book =
            loaded("name: " + text + "\nversion: " + text + "\ncodes:\n  - name: " + text +
                   "\n    definition: " + text + "\n    examples: [" + text + "]\n    id: " + text + "\n");
        CHECK(book.name() == text);
        CHECK(book.version() == text);
        CHECK(book.codes()[0].name == text);
        CHECK(book.codes()[0].id == text);
        CHECK(book.codes()[0].definition == text);
        CHECK(book.codes()[0].examples[0].text == text);
    }
}

TEST_CASE("codebook: what may be left out or empty") {
    const Codebook book = loaded(
        "name: 甲\nversion:\nlanguage:\nsource:\nlevels:\ncodes:\n  - name: 乙\n    id:\n"
        "    definition:\n    include:\n    exclude: []\n    color:\n    examples:\n    unit:\n"
        "    speakers:\n    rules:   # none yet\n    codes:\n");
    REQUIRE(book.codes().size() == 1);
    CHECK(book.codes()[0].id == "乙");
    CHECK(!book.codes()[0].unit);
    CHECK(!book.codes()[0].has_children);
    CHECK(book.codes()[0].rules.empty());
    CHECK(loaded("%YAML 1.2\n---\nname: 甲\ncodes: [{name: 乙}, {name: 丙}]\n...\n").codes().size() == 2);
    CHECK(loaded("name: 甲\ncodes:\n- name: 乙\n  codes:\n  - name: 丙\n- name: 丁").codes().size() == 3);
}

TEST_CASE("codebook: one name under two parents, and in an explicit id") {
    const Codebook book = loaded(
        "name: 甲\ncodes:\n  - name: 乙\n    codes: [{name: 其他}]\n  - name: 丙\n    codes: [{name: 其他}]\n"
        "  - name: 乙/丁\n    id: 乙丁\n  - name: 丁\n    codes: [{name: 乙}]\n");
    CHECK(book.codes()[1].id == "乙/其他");
    CHECK(book.codes()[3].id == "丙/其他");
    CHECK(book.codes()[4].id == "乙丁");
}

TEST_CASE("codebook: keys") {
    check_all({
        {kHead + "    defintion: x\n",
         "f:4:5: error: unknown key \"defintion\"; did you mean \"definition\"?\n"},
        {kHead + "    定義: x\n", "f:4:5: error: unknown key \"定義\"; did you mean \"definition\"?\n"},
        {kHead + "    Name: x\n", "f:4:5: error: unknown key \"Name\"; did you mean \"name\"?\n"},
        {kHead + "    zzz: x\n",
         "f:4:5: error: unknown key \"zzz\"; the keys of a code are name, id, definition, include, exclude, "
         "color, examples, "
         "counterexamples, unit, speakers, rules, codes\n"},
        {kHead + "作者: x\n",
         "f:4:1: error: unknown key \"作者\"; the keys of a codebook are name, version, language, source, "
         "levels, codes\n"},
        {kHead + "    language: zh\n",
         "f:4:5: error: the key \"language\" belongs to the codebook, not to a code; move it to the top of "
         "the file, without "
         "indentation\n"},
        {kHead + "rules: [甲]\n",
         "f:4:1: error: the key \"rules\" belongs to a code, not to the codebook; indent it under the "
         "\"name\" of its code\n"},
        {kHead + "    definition: x\n    rules: [乙]\n    definition: y\n",
         "f:6:5: error: the key \"definition\" stands here and on line 4; join them or delete one\n"},
        {kHead + "codes:\n  - name: 乙\n",
         "f:4:1: error: the key \"codes\" stands here and on line 2; join them or delete one\n"},
        {kHead + "    [甲]: x\n",
         "f:4:5: error: a key must be a word; put text that begins with \"[\" or \"{\" in quotes\n"},
    });
}

TEST_CASE("codebook: what is missing") {
    check_all({
        {"codes:\n  - name: 甲\n",
         "f:1:1: error: the codebook has no name; add a line \"name: …\" at the top\n"},
        {"name: 甲\n",
         "f:1:1: error: the codebook has no codes; add \"codes:\" and below it \"- name: …\" for each\n"},
        {"name: 甲\ncodes:\n",
         "f:2:7: error: \"codes\" is empty; a codebook needs at least one code: \"- name: …\"\n"},
        {"name: 甲\ncodes: []\n",
         "f:2:8: error: \"codes\" is empty; a codebook needs at least one code: \"- name: …\"\n"},
        {"name: 甲\ncodes:\n  - definition: 乙\n",
         "f:3:5: error: this code has no name; add \"name: …\" to it\n"},
        {"name: 甲\ncodes:\n  - name:\n", "f:3:10: error: \"name\" is empty; write one after the colon\n"},
        {"name: 甲\ncodes:\n  - name: \"　\\u200B \"\n",
         "f:3:11: error: \"name\" is empty; write one after the colon\n"},
        {"name: ''\ncodes:\n  - name: 甲\n    id: ' '\n",
         "f:1:7: error: \"name\" is empty; write one after the colon\n"
         "f:4:9: error: \"id\" is empty; write one after the colon, or delete the key\n"},
        {"name: 甲\nlanguage: ''\ncodes: [{name: 甲}]\n",
         "f:2:11: error: \"language\" is empty; write one after the colon\n"},
        {"name: 甲\ncodes:\n  -\n  - name: 乙\n",
         "f:3:4: error: this code is empty; write \"- name: …\", or delete the line\n"},
        {"name: 甲\ncodes:\n  - name: #乙\n",
         "f:3:11: error: \"name\" has no value, because \"#\" begins a comment; put a value that begins with "
         "\"#\" in quotes, or "
         "delete the key\n"},
        {"name: 甲\ncodes:\n  - name: |\n      乙\n",
         "f:3:11: error: \"name\" holds a line break or a tab; write it on one line, after the colon, "
         "without \"|\"\n"},
        {"name: 甲\ncodes:\n  - name: " + std::string(257, 'x') + "\n",
         "f:3:11: error: \"name\" has 257 characters; at most 256 are allowed (explanations belong into "
         "\"definition\")\n"},
    });
}

TEST_CASE("codebook: types") {
    check_all({
        {kHead + "    definition: [甲, 乙]\n",
         "f:4:17: error: \"definition\" must be text, but a list was found; put text that begins with \"[\" "
         "in quotes\n"},
        {kHead + "    definition:\n      - 甲\n",
         "f:5:7: error: \"definition\" must be text, but a list was found; write it after the colon, without "
         "\"- \"\n"},
        {kHead + "    definition: {甲: 乙}\n",
         "f:4:17: error: \"definition\" must be text, but a mapping was found; put text that holds \": \" or "
         "begins with \"{\" in "
         "quotes\n"},
        {kHead + "    rules: 噪音\n",
         "f:4:12: error: \"rules\" must be a list, but text was found; write each entry on a line of its "
         "own, below the key, as "
         "\"- …\"\n"},
        {kHead + "    examples:\n      甲: 乙\n",
         "f:5:7: error: \"examples\" must be a list, but a mapping was found; begin each entry with \"- \", "
         "and put text that "
         "holds \": \" in quotes\n"},
        {kHead + "    examples:\n      - 他说: 好\n      - [甲]\n      - - 乙\n      -\n      - '　'\n      "
                 "- #丙\n",
         "f:5:9: error: an entry of \"examples\" must be text, but a mapping was found; put text that holds "
         "\": \" or begins with "
         "\"{\" in quotes\n"
         "f:6:9: error: an entry of \"examples\" must be text, but a list was found; put text that begins "
         "with \"[\" in quotes\n"
         "f:7:9: error: an entry of \"examples\" must be text, but a list was found; begin an entry with one "
         "\"- \", or put text "
         "that begins so in quotes\n"
         "f:8:8: error: this entry of \"examples\" is empty; write its text after \"- \", or delete the "
         "line\n"
         "f:9:9: error: this entry of \"examples\" is empty; write its text after \"- \", or delete the "
         "line\n"
         "f:10:9: error: this entry of \"examples\" is empty, because \"#\" begins a comment; put text that "
         "begins with \"#\" in "
         "quotes\n"},
        {kHead + "    codes: 噪音\n",
         "f:4:12: error: \"codes\" must be a list, but text was found; begin each code with \"- name: …\"\n"},
        {"name: 甲\ncodes:\n  噪音:\n    id: x\n",
         "f:3:3: error: \"codes\" must be a list, but a mapping was found; begin each code with \"- name: "
         "…\"\n"},
        {"name: 甲\ncodes:\n  - 噪音\n  - - name: 纠纷\n  - name：其他\n  - name:其他\n",
         "f:3:5: error: a code must be a mapping, but text was found; write \"- name: 噪音\"\n"
         "f:4:5: error: a code must be a mapping, but a list was found; write \"- name: …\", with one \"- "
         "\"\n"
         "f:5:5: error: a code must be a mapping, but text was found; the colon is full-width (：): write "
         "\"name: \", with a "
         "half-width colon and a blank\n"
         "f:6:5: error: a code must be a mapping, but text was found; a blank must follow the colon: write "
         "\"name: \"\n"},
    });
}

TEST_CASE("codebook: color, unit, speakers") {
    check_all({
        {kHead + "    color: #c0392b\n",
         "f:4:12: error: \"color\" has no value, because \"#\" begins a comment; put a value that begins "
         "with \"#\" in quotes, or "
         "delete the key\n"},
        {kHead + "    color: 红\n",
         "f:4:12: error: the color \"红\" must be \"#\" and six hexadecimal digits, in quotes: "
         "\"#c0392b\"\n"},
        {kHead + "    color: '#abc'\n",
         "f:4:12: error: the color \"#abc\" must be \"#\" and six hexadecimal digits, in quotes: "
         "\"#c0392b\"\n"},
        {kHead + "    color: '#ABCDEF'\n", ""},
        {kHead + "    color: '#abcdeg'\n",
         "f:4:12: error: the color \"#abcdeg\" must be \"#\" and six hexadecimal digits, in quotes: "
         "\"#c0392b\"\n"},
        {kHead + "    unit: 句子\n",
         "f:4:11: error: unknown unit \"句子\"; the units are match, clause, sentence, turn, paragraph, "
         "document (did you mean "
         "\"sentence\"?)\n"},
        {kHead + "    unit: page\n",
         "f:4:11: error: unknown unit \"page\"; the units are match, clause, sentence, turn, paragraph, "
         "document\n"},
        {kHead + "    speakers: [P，S]\n",
         "f:4:16: warning: the speaker \"P，S\" holds \"，\"; if these are several, separate them by \", \" "
         "or give each its line\n"},
    });
    for (const UnitKind unit : {UnitKind::match, UnitKind::clause, UnitKind::sentence, UnitKind::turn,
                                UnitKind::paragraph, UnitKind::document}) {
        CHECK(unit_kind_of(name_of(unit)) == unit);
        CHECK(loaded(kHead + "    unit: " + std::string(name_of(unit)) + "\n").codes()[0].unit == unit);
    }
    CHECK(!unit_kind_of("Sentence"));
}

TEST_CASE("codebook: faults of a rule stand at their character") {
    const auto first_place = [](const std::string& rules) {
        Diagnostics diagnostics;
        CHECK(!codebook::load(kHead + "    rules:\n" + rules, "f", diagnostics));
        REQUIRE(!diagnostics.entries().empty());
        return diagnostics.entries()[0].position;
    };
    CHECK(first_place("      - 噪音 NEAR 报警\n") == Position{5, 12});
    CHECK(first_place("      - 噪音 NEAR/8 (报警\n") == Position{5, 19});
    CHECK(first_place("      - '噪音 NEAR 报警'\n") == Position{5, 13});
    CHECK(first_place("      - \"噪音 NEAR 报警\"\n") == Position{5, 13});
    CHECK(first_place("      - '它''s NEAR 报警'\n") == Position{5, 15});
    CHECK(first_place("      - \"\\u8B66\\x41\\t😀 NEAR 报警\"\n") == Position{5, 24});
    CHECK(first_place("    - ! '噪音'\n") == Position{5, 7});
    CHECK(first_place("      - 噪音 OR\n        纠纷 NEAR 报警\n") == Position{6, 12});
    CHECK(first_place("      - '噪音 OR\n        纠纷 NEAR 报警'\n") == Position{6, 12});
    CHECK(first_place("      - \"噪音 OR \\\n        纠纷 NEAR 报警\"\n") == Position{6, 12});
    CHECK(first_place("      - |\n        噪音 OR\n        纠纷 NEAR 报警\n") == Position{7, 12});
    CHECK(first_place("      - |2-\n          噪音 OR\n        纠纷 NEAR 报警\n").line == 7);
    CHECK(first_place("      - >-\n        噪音 OR\n\n        纠纷 NEAR 报警\n") == Position{8, 12});
    CHECK(first_place("      - 甲 AND\n") == Position{5, 14});
    CHECK(first_place("      - '甲 AND'\n") == Position{5, 15});
    CHECK(messages(kHead + "    rules:\n      - 噪音 NEAR 报警\n      - (纠纷\n      - NOT 刑事\n      -\n   "
                           "   - 噪音\n      - 噪 音\n      - 噪音\n") ==
          "f:5:12: error: NEAR needs a distance in characters, for example NEAR/8\n"
          "f:6:9: error: the bracket that opens here is never closed; add )\n"
          "f:7:9: warning: this rule only says what must be absent, so it fires on every unit without it; "
          "add what must be "
          "there: \"A NOT B\"\n"
          "f:8:8: error: empty rule; write what to search for after \"- \", or delete the line\n"
          "f:11:9: warning: this rule says the same as the one on line 9; delete one\n");
}

TEST_CASE("codebook: names and ids that collide") {
    check_all({
        {"name: 甲\ncodes:\n  - name: 噪音\n  - name: 噪音\n",
         "f:4:11: error: the name \"噪音\" is taken by a sibling on line 3; join the two codes, or rename "
         "one\n"},
        {"name: 甲\ncodes:\n  - name: 噪音\n    id: a\n    codes: [{name: 丙}]\n  - name: 噪音\n    id: b\n  "
         "  codes: [{name: 丙}]\n",
         "f:6:11: error: the name \"噪音\" is taken by a sibling on line 3; join the two codes, or rename "
         "one\n"},
        {"name: 甲\ncodes:\n  - name: 乙\n    id: 扰民\n  - name: 丙\n    id: 扰民\n",
         "f:6:9: error: the id \"扰民\" is taken by the code on line 4; change one\n"},
        {"name: 书\ncodes:\n  - name: 甲/乙\n  - name: 甲\n    codes:\n      - name: 乙\n",
         "f:6:15: error: the id \"甲/乙\" is taken by the code on line 3 (without \"id\" a code's id is its "
         "path of names, joined "
         "by \"/\"); give one of them an \"id\" of its own\n"},
        {"name: 书\ncodes:\n  - name: 乙\n  - name: 甲\n    id: 乙\n",
         "f:5:9: error: the id \"乙\" is taken by the code on line 3 (without \"id\" a code's id is its path "
         "of names, joined by "
         "\"/\"); give one of them an \"id\" of its own\n"},
        {"name: 书\ncodes:\n  - name: 甲/乙\n    id: x\n  - name: 甲\n    codes:\n      - name: 乙\n", ""},
    });
}

TEST_CASE("codebook: names and ids that look alike") {
    const auto pair = [](const std::string& a, const std::string& b) {
        return messages("name: 书\ncodes:\n  - name: \"" + a + "\"\n  - name: \"" + b + "\"\n");
    };
    const auto warning = [](const std::string& b, const std::string& a) {
        return "f:4:11: warning: the name \"" + b + "\" looks like \"" + a +
               "\" on line 3; rename one, or make them the same code\n";
    };
    CHECK(pair("访谈", "访 谈") == warning("访 谈", "访谈"));
    CHECK(pair("访谈", "訪談") == warning("訪談", "访谈"));
    CHECK(pair("访谈", "访\u200B谈") == warning("访<U+200B>谈", "访谈"));
    CHECK(pair("ABC", "ａｂｃ") == warning("ａｂｃ", "ABC"));
    CHECK(pair("caf\u00E9", "cafe\u0301") == warning("cafe\u0301", "caf\u00E9"));
    CHECK(pair("甲", " 甲") == warning(" 甲", "甲"));
    CHECK(pair("访谈", "访谈录").empty());
    CHECK(messages("name: 书\ncodes: [{name: 甲}, {name: ' 甲'}, {name: 甲 甲}, {name: '甲 '}]\n") ==
          "f:2:27: warning: the name \" 甲\" looks like \"甲\" on line 2; rename one, or make them the same "
          "code\n"
          "f:2:54: warning: the name \"甲 \" looks like \"甲\" on line 2; rename one, or make them the same "
          "code\n"
          "f:2:54: warning: the name \"甲 \" looks like \" 甲\" on line 2; rename one, or make them the same "
          "code\n");
    CHECK(messages("name: 书\ncodes:\n  - name: 甲\n    id: Noise\n  - name: 乙\n    id: noise\n") ==
          "f:6:9: warning: the id \"noise\" looks like \"Noise\" on line 4; change one\n");
    CHECK(messages("name: 书\ncodes:\n  - name: 甲\n    codes: [{name: 丙}]\n  - name: 甲 \u200B\n    codes: "
                   "[{name: 丙}]\n") ==
          "f:5:11: warning: the name \"甲 <U+200B>\" looks like \"甲\" on line 3; rename one, or make them "
          "the same code\n");
    for (const std::string ids : {"甲\n    id: x\n  - name: ' 甲'\n    id: 'x '",
                                  "x\n  - name: ' x'\n    id: 'x '", "' x'\n    id: 'x '\n  - name: x"}) {
        CAPTURE(ids);
        const std::string both = messages("name: 书\ncodes:\n  - name: " + ids + "\n");
        CHECK(both.find("the name ") != std::string::npos);
        CHECK(both.find("the id ") != std::string::npos);
    }
    std::string many = "name: 书\ncodes:\n";
    for (int i = 1; i <= 20; ++i)
        many += "  - name: '" + std::string(static_cast<std::size_t>(i), ' ') + "甲'\n";
    many += "  - name: '                    甲'\n";  // the last of them again
    CHECK(messages(many).find("f:23:11: error: the name") != std::string::npos);
}

TEST_CASE("codebook: all faults at once, in the order of the file") {
    CHECK(
        messages(
            "name: 基层警务困境\nversoin: 1\ncodes:\n  - name: 甲\n    unit: 句\n    rules: [(乙, &x 丙]\n  "
            "- definition: 丁\n"
            "    color: 红\n  - name: 甲\n  - name: 戊\n    rules:\n      - 己 NEAR 庚\n  - 辛\n壬: 癸\n") ==
        "f:2:1: error: unknown key \"versoin\"; did you mean \"version\"?\n"
        "f:5:11: error: unknown unit \"句\"; the units are match, clause, sentence, turn, paragraph, "
        "document (did you mean "
        "\"sentence\"?)\n"
        "f:6:13: error: the bracket that opens here is never closed; add )\n"
        "f:6:17: error: the anchor \"&x\" is not allowed; delete it, or put '…' around text that begins with "
        "&\n"
        "f:7:5: error: this code has no name; add \"name: …\" to it\n"
        "f:8:12: error: the color \"红\" must be \"#\" and six hexadecimal digits, in quotes: \"#c0392b\"\n"
        "f:9:11: error: the name \"甲\" is taken by a sibling on line 4; join the two codes, or rename one\n"
        "f:12:11: error: NEAR needs a distance in characters, for example NEAR/8\n"
        "f:13:5: error: a code must be a mapping, but text was found; write \"- name: 辛\"\n"
        "f:14:1: error: unknown key \"壬\"; the keys of a codebook are name, version, language, source, "
        "levels, codes\n");
    // A syntax error ends the reading; what stands before it is checked, and nothing is called missing.
    CHECK(messages("nmae: 甲\ncodes:\n  - unit: 页\n    definition: 见: 乙\n  - name: 丙\n") ==
          "f:1:1: error: unknown key \"nmae\"; did you mean \"name\"?\n"
          "f:3:11: error: unknown unit \"页\"; the units are match, clause, sentence, turn, paragraph, "
          "document\n"
          "f:4:18: error: a second \": \" on one line; if it belongs to the text, put the whole text in "
          "quotes\n");
}

TEST_CASE("codebook: the offending line and a caret under the character") {
    Diagnostics diagnostics;
    CHECK(!codebook::load(kHead + "    rules: [警情, 噪音 NEAR 报警]\r\n", "编码簿.yaml", diagnostics));
    CHECK(to_text(diagnostics) ==
          "编码簿.yaml:4:20: error: NEAR needs a distance in characters, for example NEAR/8\n"
          "        rules: [警情, 噪音 NEAR 报警]\n"
          "                           ^\n");
}

TEST_CASE("codebook: earlier diagnostics of the caller do not make a good file bad") {
    Diagnostics diagnostics;
    diagnostics.error("other", {1, 1}, "x");
    CHECK(codebook::load(kWhole, "f", diagnostics).has_value());
    CHECK(diagnostics.errors() == 1);
}

TEST_CASE("codebook: code trees of 64 levels, no more") {
    std::string yaml = "name: 树\ncodes:\n- name: 级\n";
    std::string indentation = "  ";
    for (int i = 2; i <= 64; ++i, indentation += "  ")
        yaml += indentation + "codes:\n" + indentation + "- name: 级\n";
    const Codebook book = loaded(yaml);
    CHECK(book.codes().back().level == 64);
    CHECK(loaded(codebook::to_yaml(book)).codes().back().path.size() == 64);
    yaml += indentation + "codes:\n" + indentation + "- name: 级\n";
    CHECK(messages(yaml) ==
          "f:131:131: error: codes are nested more than 64 levels deep; check the indentation\n");
}

TEST_CASE("codebook: limits of size") {
    const auto path_of = [](std::size_t last) {
        const std::string name(200, 'x');
        return "name: 书\ncodes:\n- name: " + name + "\n  codes:\n  - name: " + name +
               "\n    codes:\n    - name: " + name + "\n      codes:\n      - name: " + name +
               "\n        codes:\n        - name: " + std::string(last, 'x') + "\n";
    };
    CHECK(messages(path_of(220)).empty());
    CHECK(messages(path_of(221)) ==
          "f:11:17: error: the names from the top down to this code have more than 1024 characters together; "
          "shorten them\n");
    std::string codes = "name: 书\ncodes:\n";
    for (int i = 0; i < 100'001; ++i) codes += "- name: 码" + std::to_string(i) + "\n";
    CHECK(messages(codes) == "f:100003:3: error: more than 100000 codes; split the codebook\n");
}

// Each file of tests/bad/codebook with the first line of what must be said about it.
TEST_CASE("codebook: files with realistic mistakes") {
    const std::filesystem::path folder =
        std::filesystem::path(__FILE__).parent_path().parent_path().parent_path() / "bad" / "codebook";
    const auto bytes_of = [](const std::filesystem::path& path) {
        std::ifstream file(path, std::ios::binary);
        REQUIRE(file);
        return std::string(std::istreambuf_iterator<char>(file), {});
    };
    std::set<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        if (entry.path().extension() == ".yaml") files.insert(entry.path());
    }
    CHECK(files.size() >= 50);
    for (const auto& path : files) {
        CAPTURE(path.filename().string());
        Diagnostics diagnostics;
        CHECK(!codebook::load(bytes_of(path), path.filename().string(), diagnostics));
        const std::string text = to_text(diagnostics);
        std::filesystem::path expected = path;
        CHECK(text.substr(0, text.find('\n') + 1) == bytes_of(expected.replace_extension(".expected")));
    }
}

}  // namespace fangtan::codebook_test
