// SPDX-License-Identifier: Apache-2.0
//
// What is written is read back the same, and looks as a person would write it.
#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <random>
#include <string>
#include <vector>

#include "fangtan/codebook/codebook.hpp"
#include "fangtan/codebook/yaml_writer.hpp"
#include "fangtan/text/csv.hpp"
#include "fangtan/text/diagnostic_text.hpp"

namespace fangtan::codebook_write_test {
namespace {

Codebook loaded(const std::string& bytes) {
    Diagnostics diagnostics;
    auto codebook = codebook::load(bytes, "f", diagnostics);
    INFO(bytes);
    INFO(to_text(diagnostics));
    REQUIRE(codebook.has_value());
    return std::move(*codebook);
}

// Everything but positions and the hash.
nlohmann::ordered_json fields_of(const Codebook& book) {
    nlohmann::ordered_json json = {{"name", book.name()},
                                   {"version", book.version()},
                                   {"language", book.language()},
                                   {"source", book.source()},
                                   {"levels", book.levels()}};
    const auto texts = [](const std::vector<Written>& written) {
        std::vector<std::string> result;
        for (const Written& each : written) result.push_back(each.text);
        return result;
    };
    for (const Code& code : book.codes()) {
        std::vector<std::string> rules;
        for (const Rule& rule : code.rules) {
            rules.push_back(rule.source.text);
            rules.push_back(query::print(rule.query));
        }
        json["codes"].push_back({{"id", code.id},
                                 {"name", code.name},
                                 {"path", code.path},
                                 {"parent", code.parent ? static_cast<int>(*code.parent) : -1},
                                 {"level", code.level},
                                 {"has_children", code.has_children},
                                 {"definition", code.definition},
                                 {"include", code.include},
                                 {"exclude", code.exclude},
                                 {"color", code.color},
                                 {"examples", texts(code.examples)},
                                 {"counterexamples", texts(code.counterexamples)},
                                 {"unit", code.unit ? std::string(name_of(*code.unit)) : ""},
                                 {"speakers", code.speakers},
                                 {"rules", rules}});
    }
    return json;
}

// Makes codebooks whose texts are as nasty as YAML allows.
class Generator {
 public:
    explicit Generator(std::uint32_t seed) : random_(seed) {}

    Codebook codebook() {
        std::vector<Code> codes;
        add_codes(codes, std::nullopt, 1);
        return Codebook(label(), below(2) == 0 ? text() : "", below(2) == 0 ? label() : "",
                        below(2) == 0 ? text() : "", texts(), std::move(codes), "");
    }

 private:
    std::uint32_t below(std::uint32_t bound) { return static_cast<std::uint32_t>(random_() % bound); }

    std::string text(bool one_line = false) {
        static const std::vector<std::string> kPieces = {
            " ",      "  ",      "\n",     "\n\n",   "\t",     ": ",   ":",   " #",   "#",          "'",
            "\"",     "''",      "\\",     "\\n",    "- ",     "-",    "---", "...",  "? ",         "?",
            "&a",     "*",       "!",      "|",      ">",      "%",    "@",   "`",    "[",          "]",
            "{",      "}",       ",",      "no",     "~",      "null", "1.0", "0755", "2020-01-01", "=",
            "<<",     "警",      "访谈",   "，",     "：",     "　",   "😀",   "é",    "e\u0301",    "\u200B",
            "\u2028", "\u2029",  "\uFEFF", "\u00A0", "\uFFFE", "𠮷",   "a",   "B",    "。",         "\n ",
            " \n",    "\\u0041", "true",   ".5",     "+1",     "yes"};
        std::string result;
        do {
            result.clear();
            for (std::uint32_t n = 1 + below(6); n > 0; --n)
                result += kPieces[below(static_cast<std::uint32_t>(kPieces.size()))];
            if (one_line) std::erase_if(result, [](char c) { return c == '\n' || c == '\t'; });
        } while (is_blank(result));
        return result;
    }
    // Blank texts are refused where a text must be.
    static bool is_blank(std::string rest) {
        for (const std::string blank :
             {" ", "\n", "\t", "　", "\u200B", "\u2028", "\u2029", "\uFEFF", "\u00A0"}) {
            for (std::size_t at = rest.find(blank); at != std::string::npos; at = rest.find(blank))
                rest.erase(at, blank.size());
        }
        return rest.empty();
    }
    std::string label() { return text(true); }
    std::vector<std::string> texts() {
        std::vector<std::string> result;
        for (std::uint32_t n = below(3); n > 0; --n) result.push_back(text());
        return result;
    }
    std::vector<Written> written() {
        std::vector<Written> result;
        for (std::string& each : texts()) result.push_back({std::move(each), {}});
        return result;
    }
    std::vector<Rule> rules() {
        static const std::vector<std::string> kRules = {"\"社区\" AND 报警",
                                                        "'a b'",
                                                        "*警情",
                                                        "/\\d+: #(x|y)/",
                                                        "(噪音 OR 纠纷) NEAR/8 报警",
                                                        "警?察",
                                                        "「 : 」",
                                                        "甲\nAND 乙",
                                                        " 甲 ",
                                                        "/[\"'&*]+/c",
                                                        "no",
                                                        "1.0",
                                                        "- 甲",
                                                        "\"# 甲\" NOT \"乙: \"",
                                                        "😀 BEFORE/3 𠮷",
                                                        "甲 EXCEPT ~",
                                                        "“a”"};
        std::vector<Rule> result;
        for (std::uint32_t n = below(4); n > 0; --n) {
            const std::string& source = kRules[below(static_cast<std::uint32_t>(kRules.size()))];
            Diagnostics diagnostics;
            auto query = query::parse(source, {"g", {1, 1}, ""}, diagnostics);
            INFO(source);
            REQUIRE(query);
            result.push_back({{source, {}}, std::move(*query)});
        }
        return result;
    }

    void add_codes(std::vector<Code>& codes, std::optional<CodeId> parent, std::uint32_t level) {
        for (std::uint32_t n = 1 + below(3); n > 0; --n) {
            const std::size_t index = codes.size();
            codes.push_back(code(codes, parent, level));
            if (level < 4 && below(3) == 0) {
                codes[index].has_children = true;
                add_codes(codes, CodeId{static_cast<std::uint32_t>(index)}, level + 1);
            }
        }
    }
    Code code(const std::vector<Code>& codes, std::optional<CodeId> parent, std::uint32_t level) {
        Code code;
        code.name = label() + std::to_string(codes.size());  // unique
        code.parent = parent;
        code.level = level;
        if (parent) code.path = codes[static_cast<std::size_t>(*parent)].path;
        code.path.push_back(code.name);
        for (const std::string& name : code.path) code.id += (code.id.empty() ? "" : "/") + name;
        if (below(3) == 0) code.id = label() + "#" + std::to_string(codes.size());
        if (below(2) == 0) code.definition = below(8) == 0 ? " \n" : text();
        code.include = texts();
        code.exclude = texts();
        if (below(2) == 0) code.color = "#c0392b";
        code.examples = written();
        code.counterexamples = written();
        if (below(2) == 0) code.unit = UnitKind::clause;
        for (std::string& each : texts()) code.speakers.push_back(std::move(each));
        code.rules = rules();
        return code;
    }

    std::mt19937 random_;
};

constexpr const char* kPlain = R"(name: 基层警务困境
version: '1.0'
language: zh-Hans
levels:
  - 维度
  - 编码
codes:
  - name: 警务职能泛化
    definition: |-
      第一行
        第二行
    codes:
      - name: 非警务报警
        id: non-police-calls
        definition: '其他: 部门'
        include:
          - 不涉及违法
        color: '#c0392b'
        examples:
          - 天天都是"邻里噪音"。
          - '- 好'
        counterexamples:
          - 'no'
        unit: sentence
        speakers:
          - P
        rules:
          - (噪音 OR 纠纷) NEAR/8 报警
          - '"社区" AND a''s'
          - /\d+宗(警情|求助)/
      - name: 无效警情
  - name: 警力不足
)";

}  // namespace

TEST_CASE("codebook: to_yaml writes what a person would") {
    CHECK(codebook::to_yaml(loaded(kPlain)) == kPlain);
}

TEST_CASE("codebook: quotes exactly where they are needed") {
    using codebook::yaml::scalar;
    for (const std::string plain :
         {"警务",       "a b",  "a:b",  "a#b",      "-x",   "?x",         ":x",
          "报警，噪音", "it's", "a\"b", "(a OR b)", "/x/",  "http://x.y", "110报警",
          "3个",        "“好”", "👮",    "x - y",    "a, b", "nobody",     "3 of 10"}) {
        CAPTURE(plain);
        CHECK(scalar(plain, 2) == plain);
    }
    for (const std::string quoted :
         {" a", "a ",   "a: b",       "a:",       "a #b", "- x",  "-",   "? x", ": x",  ",a",   "[a",
          "]",  "{a",   "}",          "#a",       "&a",   "*a",   "!a",  "|",   ">",    "%a",   "@a",
          "`a", "no",   "NO",         "Yes",      "~",    "null", "1.0", "-1",  "0755", "0x1F", "1e3",
          ".5", ".inf", "2020-01-01", "12:30:45", "=",    "<<",   "---", ""}) {
        CAPTURE(quoted);
        CHECK(scalar(quoted, 2) == "'" + quoted + "'");
    }
    CHECK(scalar("'a'", 2) == "'''a'''");
    CHECK(scalar("\"a\"", 2) == "'\"a\"'");
    CHECK(scalar("a\tb", 2) == "\"a\\tb\"");
    CHECK(scalar("a\u2028\uFEFF\"\\", 2) == "\"a\\u2028\\uFEFF\\\"\\\\\"");
    CHECK(scalar("a\nb", 2) == "|-\n  a\n  b");
    CHECK(scalar("a\n\nb\n", 2) == "|\n  a\n\n  b");
    CHECK(scalar(" a\nb", 2) == "\" a\\nb\"");
    CHECK(scalar("a \nb", 2) == "\"a \\nb\"");
    CHECK(scalar("a\n\n", 2) == "\"a\\n\\n\"");
}

TEST_CASE("codebook: load(to_yaml(x)) equals x") {
    for (std::uint32_t seed = 1; seed <= 2000; ++seed) {
        CAPTURE(seed);
        const Codebook book = Generator(seed).codebook();
        const std::string yaml = codebook::to_yaml(book);
        CAPTURE(yaml);
        const Codebook again = loaded(yaml);
        REQUIRE(fields_of(again) == fields_of(book));
        CHECK(codebook::to_yaml(again) == yaml);
    }
}

TEST_CASE("codebook: to_json keeps the keys and their order") {
    CHECK(codebook::to_json(loaded(
              "name: 书\nversion: 1.0\ncodes:\n  - name: 甲\n    codes:\n      - name: 乙\n        id: b\n   "
              "     "
              "rules: [丙 OR 丁]\n        unit: turn\n  - name: 戊\n    definition: \"a\\\"\\n\"\n")) ==
          R"({
  "name": "书",
  "version": "1.0",
  "codes": [
    {
      "name": "甲",
      "id": "甲",
      "codes": [
        {
          "name": "乙",
          "id": "b",
          "unit": "turn",
          "rules": [
            "丙 OR 丁"
          ]
        }
      ]
    },
    {
      "name": "戊",
      "id": "戊",
      "definition": "a\"\n"
    }
  ]
}
)");
}

TEST_CASE("codebook: to_markdown in the codebook's language") {
    const auto text = [](const std::string& language) {
        return codebook::to_markdown(
            loaded("name: 基层*警务\n" + language +
                   "codes:\n  - name: 甲\n    definition: \"1. 好\\n# 坏\"\n    codes:\n      - name: 乙\n   "
                   "     id: b\n"
                   "        include: [丙]\n        exclude: [丁]\n        examples: [戊 < 己]\n"
                   "        counterexamples: [庚]\n        rules: [辛 OR `壬`]\n        unit: turn\n"
                   "        speakers: [P, S]\n        color: '#c0392b'\n"));
    };
    CHECK(text("language: zh-Hans\nversion: v1\n") == R"(# 基层\*警务

- 版本：v1

## 甲

**定义：**1\. 好  
\# 坏

### 乙

**适用：**

- 丙

**不适用：**

- 丁

**例：**

- 戊 \< 己

**反例：**

- 庚

**规则：**

- `` 辛 OR `壬` ``

- id：`b`
- 分析单元：turn
- 说话人：P、S
- 颜色：`#c0392b`
)");
    CHECK(text("language: zh-Hant\n").find("**定義：**") != std::string::npos);
    CHECK(text("language: zh-Hant\n").find("**不適用：**") != std::string::npos);
    CHECK(text("language: zh-TW\n").find("**規則：**") != std::string::npos);
    CHECK(text("language: en\n").find("**Definition:** 1") != std::string::npos);
    CHECK(text("language: en\n").find("**Does not apply:**\n\n") != std::string::npos);
    CHECK(text("language: ja\n").find("**Rules:**") != std::string::npos);
    CHECK(text("").find("**定义：**") != std::string::npos);
}

TEST_CASE("codebook: to_csv") {
    const std::string text = codebook::to_csv(loaded(kPlain));
    CHECK(text.starts_with(
        "id,parent,name,path,definition,include,exclude,examples,counterexamples,unit,speakers,color,rules\n"
        "警务职能泛化,,警务职能泛化,警务职能泛化,\"第一行\n  第二行\",,,,,,,,\n"
        "non-police-calls,警务职能泛化,非警务报警,警务职能泛化/非警务报警,其他: 部门,不涉及违法,,"
        "\"天天都是\"\"邻里噪音\"\"。\n- 好\",no,sentence,P,#c0392b,\""));
    Diagnostics diagnostics;
    const auto table = csv::read(text, "t", diagnostics);
    REQUIRE(table);
    CHECK(table->header.size() == 13);
    REQUIRE(table->rows.size() == 4);
    CHECK(table->rows[1][12].text == "(噪音 OR 纠纷) NEAR/8 报警\n\"社区\" AND a's\n/\\d+宗(警情|求助)/");
}

}  // namespace fangtan::codebook_write_test
