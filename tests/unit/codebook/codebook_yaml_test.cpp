// SPDX-License-Identifier: Apache-2.0
//
// Hostile, damaged and misunderstood YAML: refused by name, in time.
#include <doctest/doctest.h>

#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "fangtan/codebook/codebook.hpp"
#include "fangtan/codebook/yaml_node.hpp"
#include "fangtan/text/diagnostic_text.hpp"
#include "fangtan/text/utf8.hpp"

namespace fangtan::codebook_yaml_test {
namespace {

Diagnostics diagnostics_of(const std::string& bytes) {
    Diagnostics diagnostics;
    const auto codebook = codebook::load(bytes, "f", diagnostics);
    CHECK(codebook.has_value() == !diagnostics.has_errors());
    return diagnostics;
}

// The first message without the line it quotes.
std::string first(const std::string& bytes) {
    const std::string text = to_text(diagnostics_of(bytes));
    return text.substr(0, text.find('\n'));
}

std::string repeated(std::string_view text, int times) {
    std::string result;
    for (int i = 0; i < times; ++i) result += text;
    return result;
}

const std::string kHead = "name: 基层警务困境\ncodes:\n  - name: 非警务报警\n";

}  // namespace

TEST_CASE("yaml: billion laughs, alias cycles, merge keys") {
    std::string laughs = "name: 一\na: &a [x, x, x, x, x, x, x, x, x, x]\n";
    for (char c = 'b'; c <= 'k'; ++c) {
        const std::string before(1, static_cast<char>(c - 1));
        laughs +=
            std::string(1, c) + ": &" + c + " [" + repeated("*" + before + ", ", 9) + "*" + before + "]\n";
    }
    const Diagnostics diagnostics = diagnostics_of(laughs + "codes: *k\n");
    CHECK(diagnostics.errors() == 11 + 11 + 100 + 1);  // unknown keys, anchors, aliases
    CHECK(first("name: 书\ncodes: &all\n  - name: 甲\n    codes: *all\n") ==
          "f:2:8: error: the anchor \"&all\" is not allowed; delete it, or put '…' around text that begins "
          "with &");
    CHECK(diagnostics_of("name: 书\ncodes: &all\n  - name: 甲\n    codes: *all\n").errors() == 2);
    CHECK(diagnostics_of("name: 书\ncodes:\n  - &a\n    name: 甲\n  - <<: *a\n    name: 乙\n").errors() == 3);
    CHECK(first("name: &警 甲\n") ==
          "f:1:7: error: text that begins with \"&\" must stand in quotes: put '…' around it (YAML takes it "
          "for an anchor)");
    CHECK(first("name: *警\n") ==
          "f:1:7: error: text that begins with \"*\" must stand in quotes: put '…' around it (YAML takes it "
          "for an alias)");
}

TEST_CASE("yaml: tags") {
    const std::string refused =
        "tags (\"!\") are not allowed, every value is text; delete it, or put '…' around text that begins "
        "with !";
    CHECK(first("name: !!str 书\ncodes: [{name: 甲}]\n") == "f:1:7: error: " + refused);
    CHECK(first("name: 书\ncodes: !list [{name: 甲}]\n") == "f:2:8: error: " + refused);
    CHECK(first("name: 书\ncodes:\n  - !code {name: 甲}\n") == "f:3:5: error: " + refused);
    CHECK(first("name: ! 书\ncodes: [{name: 甲}]\n") == "f:1:7: error: " + refused);
    CHECK(first("name: !x!y 书\ncodes: [{name: 甲}]\n")
              .starts_with("f:1:7: error: text that begins with \"!\""));
    CHECK(first("name: !警\n").starts_with("f:1:7: error: text that begins with \"!\""));
    CHECK(first("%TAG !x! tag:x,2020:\n---\nname: 书\ncodes: [{name: 甲}]\n") ==
          "f:1:1: error: tags are not allowed; delete the line \"%TAG\"");
}

TEST_CASE("yaml: depth is limited before it costs time") {
    const std::string flow =
        " error: brackets are nested more than 64 deep; close them, or put text that begins with \"[\" or "
        "\"{\" in quotes";
    CHECK(first("name: " + repeated("[", 100'000)).ends_with("put text that begins with \"[\" in quotes"));
    CHECK(to_text(diagnostics_of("name: " + repeated("[", 100'000))).find("f:1:71:" + flow) !=
          std::string::npos);
    CHECK(first(repeated("[", 100'000)).find("error") != std::string::npos);
    CHECK(first("x: " + repeated("[\n", 100'000)).find("error") != std::string::npos);
    CHECK(first("x: " + repeated("{a: ", 100'000)).find("error") != std::string::npos);
    CHECK(first("x: " + repeated("[{a: ", 100'000)).find("error") != std::string::npos);
    const std::string block = "lists and mappings are nested more than 132 deep; check the indentation";
    CHECK(to_text(diagnostics_of("x:\n" + repeated("- ", 3000) + "y\n")).find(block) != std::string::npos);
    std::string deep;
    for (int i = 0; i < 3000; ++i) deep += std::string(static_cast<std::size_t>(i), ' ') + "x:\n";
    CHECK(to_text(diagnostics_of(deep)).find(block) != std::string::npos);
    // Brackets that are text do not count.
    CHECK(first(kHead + "    definition: 见" + repeated("[", 200) + "\n    examples:\n      - '" +
                repeated("{", 200) + "'\n")
              .empty());
}

TEST_CASE("yaml: large files") {
    CHECK(first(std::string((16U << 20U) + 1, ' ')) ==
          "f: error: has 16777217 bytes; a codebook may have at most 16777216 (16 MiB): split it");
    // One long line, a fault in every entry.
    std::string line = "name: 书\ncodes: [";
    for (int i = 0; i < 20'000; ++i) line += "{nmae: 甲}, ";
    const Diagnostics diagnostics = diagnostics_of(line + "]\n");
    CHECK(diagnostics.entries().size() == Diagnostics::kMaximum);
    CHECK(diagnostics.errors() == 40'000);
    std::string alike = "name: 书\ncodes:\n";
    for (unsigned i = 0; i < 3'000; ++i) {  // the same twelve characters, blanks after other ones
        std::string name = "甲";
        for (unsigned bit = 0; bit < 12; ++bit) name += (i >> bit & 1U) != 0 ? " 甲" : "甲";
        alike += "- name: " + name + "\n";
    }
    CHECK(first(alike).find("looks like") != std::string::npos);
    CHECK(first("name: 书\nlevels: [" + repeated("甲,", 2'000'001) + "]\n")
              .find("more than 2000000 values in one file") != std::string::npos);
}

TEST_CASE("yaml: documents and roots") {
    CHECK(first(kHead + "---\nname: 乙\n") ==
          "f:4:1: error: a second document begins here; a codebook is one document: put it in a file of its "
          "own, or delete the "
          "line \"---\"");
    CHECK(first(kHead + "...\nname: 乙\n")
              .starts_with("f:5:1: error: the document has ended before this line"));
    for (const std::string empty : {"", "\n\n", "# 注\n", "---\n", "\xEF\xBB\xBF", "   \n", "---\n...\n"}) {
        CAPTURE(empty);
        CHECK(first(empty).ends_with(
            "error: the file is empty; a codebook has at least \"name: …\" and \"codes:\""));
    }
    CHECK(first("基层警务\n") ==
          "f:1:1: error: a codebook begins with \"name: …\" and \"codes:\", but text was found; is this the "
          "right file?");
    CHECK(first("name：基层警务\n") ==
          "f:1:1: error: a codebook begins with \"name: …\" and \"codes:\", but text was found; the colon is "
          "full-width (：): "
          "write \"name: \", with a half-width colon and a blank");
    CHECK(first("- name: 甲\n").find("but a list was found; put \"codes:\" on a line before the list") !=
          std::string::npos);
    CHECK(first("%YAML 2.0\n---\nname: 甲\n") ==
          "f:1:1: error: only YAML 1.1 and 1.2 can be read; delete the line");
    CHECK(first("%警\n---\nname: 甲\n").starts_with("f:1:1: error: "));
}

TEST_CASE("yaml: bytes that are not text") {
    CHECK(first("name: \xC5\xED\n") ==
          "f:1:7: error: byte 0xC5 at offset 6 is not UTF-8; the file looks like GB18030 (GBK) or Big5: save "
          "it as UTF-8");
    CHECK(first("\xEF\xBB\xBFname: 警\n甲\xFF乙: x\n") ==
          "f:2:2: error: byte 0xFF at offset 16 is not UTF-8; mend the character and save the file as UTF-8");
    CHECK(first("name: 警务\nx: 警\xE5\x8A") ==
          "f:2:5: error: byte 0xE5 at offset 19 is not UTF-8; the file ends in the middle of a character and "
          "may have been cut "
          "off: fetch it again, or mend its end and save it as UTF-8");
    CHECK(first("name: \xED\xA0\x80\n").starts_with("f:1:7: error: byte 0xED at offset 6 is not UTF-8"));
    CHECK(first("name: \xC0\xAF\n").starts_with("f:1:7: error: byte 0xC0 at offset 6 is not UTF-8"));
    CHECK(first(std::string("\xFF\xFEn\0", 4)) == "f:1:1: error: the file is UTF-16; save it as UTF-8");
    const std::string nul =
        "NUL character; the file is damaged, or is not plain UTF-8 text: save it as UTF-8 without NUL";
    CHECK(first("name: 警" + std::string(1, '\0') + "务\ncodes: [{name: 甲}]\n") == "f:1:8: error: " + nul);
    CHECK(diagnostics_of(kHead + std::string(4096, '\0')).errors() == 1);
    CHECK(first("name: 警\x07务\ncodes: [{name: 甲}]\n") ==
          "f:1:8: error: control character U+0007; delete it");
    CHECK(first("name: 警\u0085务\ncodes: [{name: 甲}]\n").find("line separator U+0085") !=
          std::string::npos);
    CHECK(first("name: 警\u2028务\ncodes: [{name: 甲}]\n").find("line separator U+2028") !=
          std::string::npos);
    CHECK(first("name: 警\uFEFF务\ncodes: [{name: 甲}]\n").find("byte order mark U+FEFF inside the text") !=
          std::string::npos);
    CHECK(first("name: 警\uFFFF务\ncodes: [{name: 甲}]\n").find("U+FFFF, which is no character") !=
          std::string::npos);
    CHECK(first("name: 警\rcodes: [{name: 甲}]\n")
              .starts_with("f:1:8: error: carriage return without a line feed"));
    CHECK(first("name: \"警\\0务\"\ncodes: [{name: 甲}]\n") ==
          "f:1:9: error: this escape is a control character, which text may not hold; delete it, or use "
          "single quotes if the "
          "backslash is meant");
    // What follows a refused character is checked all the same.
    const Diagnostics both = diagnostics_of("name: 警\x07务\ncodes:\n  - nmae: 甲\n");
    REQUIRE(both.entries().size() == 3);
    CHECK(both.entries()[1].position == Position{3, 5});
}

TEST_CASE("yaml: tabs") {
    const std::string indentation =
        "error: a tab in the indentation; YAML is indented with blanks only: replace the tab by blanks";
    CHECK(first("name: 书\ncodes:\n  - name: 甲\n\tid: x\n") == "f:4:1: " + indentation);
    CHECK(first("name: 书\ncodes:\n\t- name: 甲\n") == "f:3:1: " + indentation);
    CHECK(first("name: 书\ncodes:\n  \t- name: 甲\n") == "f:3:3: " + indentation);
    CHECK(first("name: 书\ncodes:\n  -\tname: 甲\n") ==
          "f:3:4: error: a tab where only blanks may stand; replace it by one blank");
    CHECK(first(kHead + "    definition: >-\n\t甲\n") == "f:5:1: " + indentation);
    CHECK(first(kHead + "    definition: 甲\t乙\n").empty());
}

TEST_CASE("yaml: syntax errors in words") {
    const std::vector<std::pair<std::string, std::string>> cases = {
        {"    definition: 见: 乙\n",
         "f:4:18: error: a second \": \" on one line; if it belongs to the text, put the whole text in "
         "quotes"},
        {"    definition: '甲\n",
         "f:4:17: error: the quotation mark that opens here is never closed; add the closing one"},
        {"    definition: \"甲\n---\n",
         "f:4:17: error: the quotation mark that opens here is not closed before the line \"---\" or "
         "\"...\"; close it"},
        {"    rules:\n      - \"\\d+宗\"\n",
         "f:5:10: error: \"\\d\" means nothing inside \"…\"; in single quotes '…' a backslash is itself"},
        {"    rules:\n      - \"社区\" AND 乙\n",
         "f:5:14: error: text goes on after the closing quotation mark; put all of it in quotes, as "
         "'\"社区\" AND …'"},
        {"    definition: '甲' 乙\n",
         "f:4:21: error: text goes on after the closing quotation mark; put all of it in quotes, as "
         "'\"社区\" AND …'"},
        {"    rules: [甲, 乙\n    unit: turn\n",
         "f:4:12: error: the list \"[\" that opens here goes wrong at line 5, column 9, where \",\" or \"]\" "
         "is expected; close it, or put text that begins so in quotes"},
        {"    rules: {甲, 乙: 丙\n",
         "f:4:12: error: the mapping \"{\" that opens here goes wrong at line 5, column 1, where \",\" or "
         "\"}\" is expected; close it, or put text that begins so in quotes"},
        {"    rules: - 甲\n",
         "f:4:12: error: a list cannot begin on the line of its key; put \"- …\" on the next line"},
        {"    rules:\n      - @甲\n",
         "f:5:9: error: text that begins with \"@\" must stand in quotes: put '…' around it"},
        {"    rules:\n      - %甲\n",
         "f:5:9: error: text that begins with \"%\" must stand in quotes: put '…' around it"},
        {"    rules:\n      - `甲`\n",
         "f:5:9: error: text that begins with \"`\" must stand in quotes: put '…' around it"},
        {"    definition：甲\n    id: x\n",
         "f:4:5: error: \"definition：甲\" is neither \"key: value\" nor an entry \"- …\"; the colon is "
         "full-width (：): write \"definition: \", with a half-width colon and a blank"},
        {"    definition:甲\n    id: x\n",
         "f:4:5: error: \"definition:甲\" is neither \"key: value\" nor an entry \"- …\"; a blank must "
         "follow the colon: write \"definition: \""},
        {"    甲乙\n    id: x\n",
         "f:4:5: error: \"甲乙\" is neither \"key: value\" nor an entry \"- …\"; add the colon, or indent "
         "the line if it continues the one before"},
        {"   id: x\n",
         "f:4:4: error: this line does not fit the list that began on line 3: its entries begin with \"- \" "
         "in column 3, and the keys of an entry stand under its first key"},
        {" id: x\n",
         "f:4:2: error: this line does not fit the keys that began on line 1: they stand in column 1, each "
         "as \"key: value\"; check the indentation"},
        {"    definition: |甲\n      乙\n",
         "f:4:17: error: after \"|\" or \">\" the text begins on the next line; put text that begins so in "
         "quotes"},
        {"    definition: |0\n      乙\n",
         "f:4:17: error: the indentation of \"|\" or \">\" is a digit from 1 to 9; leave it out"},
        {"    definition: \"\\xZZ\"\n",
         "f:4:20: error: \"\\x\", \"\\u\" and \"\\U\" need 2, 4 and 8 hexadecimal digits; in single quotes "
         "'…' a backslash is itself"},
        {"    definition: \"\\uD800\"\n",
         "f:4:20: error: this escape names no character; write the character itself, or use single quotes"},
        {"    rules: [甲, , 乙]\n",
         "f:4:16: error: text is expected here; put text that begins with this character in quotes"},
        {"    rules: ]\n",
         "f:4:12: error: text is expected here; put text that begins with this character in quotes"},
    };
    for (const auto& [lines, expected] : cases) {
        CAPTURE(lines);
        CHECK(first(kHead + lines) == expected);
    }
}

TEST_CASE("yaml: one cause, one message") {
    const Diagnostics diagnostics = diagnostics_of("name: 书\ncodes:\n  - name：甲\n    definition: 乙\n");
    CHECK(to_text(diagnostics) ==
          "f:3:5: error: this text runs on to line 4, where \": \" follows; the colon is full-width (：): "
          "write \"name: \", with a "
          "half-width colon and a blank\n      - name：甲\n        ^\n");
}

TEST_CASE("yaml: text that is silently not what it seems") {
    CHECK(first(kHead + "    rules:\n      - 甲\n        - 乙\n") ==
          "f:6:9: error: \"-\" begins no entry here: the line is indented as a part of the text on line 5; "
          "align it with the entry "
          "before (\"- \"), or put the text in quotes");
    CHECK(first(kHead + "    rules:\n      - 甲\n       -乙\n")
              .starts_with("f:6:8: error: \"-\" begins no entry here"));
    CHECK(first(kHead + "    definition: 转发 #警民合作# 的微博\n") ==
          "f:4:20: warning: \"#\" begins a comment here, and the text ends before it; if it belongs to the "
          "text, put the text in "
          "quotes, else put a blank after it");
    CHECK(first(kHead + "    definition: 转发 # 注\n").empty());
    CHECK(first(kHead + "    definition: 转发#警民合作#的微博\n").empty());
    CHECK(first(kHead + "    definition: 第一行\n      第二行\n").empty());
}

TEST_CASE("yaml: every character of a value is found again in the source") {
    const std::string text =
        "- 警务 a\n- '警''务'\n- \"\\u8B66 务\\t\\\"\\\\\"\n- |\n  警务\n    乙\n- 多行\n  文字\n- '多行\n\n "
        " 文字'\n";
    Diagnostics diagnostics;
    const std::string file = "f";
    const codebook::yaml::Source source(text, file, diagnostics);
    const auto root = codebook::yaml::compose(source);
    REQUIRE(root);
    CHECK(diagnostics.entries().empty());
    REQUIRE(root->items.size() == 6);
    for (const codebook::yaml::Node& node : root->items) {
        CAPTURE(node.text);
        const std::u32string value = utf8::to_code_points(node.text);
        std::uint32_t before = node.begin;
        for (std::size_t i = 0; i < value.size(); ++i) {
            const std::uint32_t at = offset_in_source(source, node, i);
            CHECK(at >= before);
            before = at;
            const bool is_written_as_itself = value[i] > 0x80 && text[at] != '\\';
            if (is_written_as_itself) CHECK(utf8::at(text, at) == value[i]);
        }
        CHECK(offset_in_source(source, node, value.size()) <= node.end);
    }
}

TEST_CASE("yaml: random damage is refused or read, never worse") {
    const std::string whole = kHead +
                              "    definition: '甲''乙'\n    rules:\n      - \"丙\\t丁\"\n      - |\n        "
                              "戊 AND 己\n    speakers: [P, S]\n";
    const std::vector<std::string> pieces = {"[",  "]",  "{",     "}",   "\"",  "'",    ": ",  "- ",
                                             "\n", "\t", "#",     "&a ", "*a ", "!x ",  "|\n", "\\",
                                             "  ", "%",  "---\n", "?",   "：",  "\xE8", ""};
    std::mt19937 random(20240607);
    for (int round = 0; round < 3000; ++round) {
        std::string bytes = whole;
        for (std::size_t faults = 1 + random() % 3; faults > 0; --faults) {
            bytes.replace(random() % bytes.size(), random() % 4, pieces[random() % pieces.size()]);
        }
        CAPTURE(bytes);
        const Diagnostics diagnostics = diagnostics_of(bytes);
        for (const Diagnostic& entry : diagnostics.entries()) {
            CHECK(entry.position.line >= 1);
            CHECK(entry.position.column >= 1);
            CHECK(!entry.message.empty());
            CHECK(entry.message.find("this is not YAML: ") == std::string::npos);
            CHECK(!utf8::first_fault(entry.source_line));
        }
    }
}

}  // namespace fangtan::codebook_yaml_test
