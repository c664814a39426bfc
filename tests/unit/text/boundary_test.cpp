// SPDX-License-Identifier: Apache-2.0
//
// Clauses, sentences and paragraphs: what is cut where, and that nothing said
// is ever lost between the pieces.
#include "fangtan/text/boundary.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "../../support/random.hpp"
#include "fangtan/text/character.hpp"
#include "fangtan/text/utf8.hpp"

using namespace fangtan;
using testing::Random;

namespace {

Span whole(std::string_view text) { return span_of(0, static_cast<std::uint32_t>(text.size())); }

std::vector<Span> pieces_of(std::string_view text, Boundary boundary) {
    std::vector<Span> pieces;
    append_pieces(text, whole(text), boundary, pieces);
    return pieces;
}

// "甲。|乙。"
std::string cut(std::string_view text, Boundary boundary) {
    std::string joined;
    for (const Span piece : pieces_of(text, boundary)) joined += (joined.empty() ? "" : "|") + std::string(piece.of(text));
    return joined;
}

struct Case {
    std::string text;
    std::string pieces;
};

void check_all(const std::vector<Case>& cases, Boundary boundary) {
    for (const Case& each : cases) {
        CAPTURE(each.text);
        CHECK(cut(each.text, boundary) == each.pieces);
    }
}

}  // namespace

TEST_CASE("Chinese sentences") {
    check_all(
        {
            {"", ""},
            {"没有标点", "没有标点"},
            {"甲说。乙说！丙说？丁说；戊说", "甲说。|乙说！|丙说？|丁说；|戊说"},
            {"甲说!乙说?丙说;丁说", "甲说!|乙说?|丙说;|丁说"},
            {"甲说｡乙说", "甲说｡|乙说"},
            {"真的？！你说。。。好", "真的？！|你说。。。|好"},  // marks go together
            {"我想……还是不说了。", "我想……|还是不说了。"},
            {"我想…还是不说了。", "我想…|还是不说了。"},
            {"我想……。好", "我想……。|好"},
            {"我想...还是算了", "我想...|还是算了"},
            {"一，二、三：四", "一，二、三：四"},
            {"第一行\n第二行\n\n第三行", "第一行|第二行|第三行"},
            {"  甲说。 　乙说。\t\n", "甲说。|乙说。"},
            {"。。。！", ""},               // no letter, no sentence
            {"甲说。……乙说。", "甲说。……|乙说。"},
            {"——\n甲说", "甲说"},
            {"㛹。𠮷！", "㛹。|𠮷！"},
            {"甲说。\r乙说", "甲说。|乙说"},
        },
        Boundary::sentence);
}

TEST_CASE("quotations and brackets") {
    check_all(
        {
            {"“不用了。”他说。我就走了。", "“不用了。”他说。|我就走了。"},
            {"「不用了。」他說。我就走了。", "「不用了。」他說。|我就走了。"},
            {"\"不用了。\"他说。我就走了。", "\"不用了。\"他说。|我就走了。"},
            {"他没说。\"不用了。\"是她说的。", "他没说。|\"不用了。\"是她说的。"},  // straight marks look alike: the first opens
            {"他没说。＂不用了。＂是她说的。", "他没说。|＂不用了。＂是她说的。"},
            {"他说：\"好。\"\"好什么？\"我问。", "他说：\"好。\"|\"好什么？\"我问。"},
            {"\"没有完。\n\"不用了。\"他说。", "\"没有完。|\"不用了。\"他说。"},  // a line begins anew
            {"来了。〔此处停顿。〕他走了。", "来了。|〔此处停顿。〕|他走了。"},
            {"‘不用了！’她说。", "‘不用了！’她说。"},
            {"他说：“不用了。”", "他说：“不用了。”"},
            {"他说：“不用了。” 我就走了。", "他说：“不用了。”|我就走了。"},
            {"他说：“不用了。”\n我就走了。", "他说：“不用了。”|我就走了。"},
            {"“不用了。”“真的？”他问。", "“不用了。”|“真的？”他问。"},
            {"“不用了。”，他说。", "“不用了。”，他说。"},
            {"“不用了”。他走了。", "“不用了”。|他走了。"},
            {"“他说‘不用了。’我就走了。”后来呢？", "“他说‘不用了。’我就走了。”后来呢？"},
            {"“他说‘不用了。’”后来呢？", "“他说‘不用了。’”后来呢？"},
            {"「他說『不用了。』」 後來呢？", "「他說『不用了。』」|後來呢？"},
            {"“走吧。”。", "“走吧。”。"},
            {"（笑。）他说。", "（笑。）|他说。"},  // a bracket ends with its sentence
            {"他走了。（笑）我也走了。", "他走了。|（笑）我也走了。"},
            {"他走了（笑）。我也走了。", "他走了（笑）。|我也走了。"},
            {"【问。】答", "【问。】|答"},
            {"《边城。》他读过", "《边城。》|他读过"},
            {"“甲。”《乙》", "“甲。”|《乙》"},
            {"“甲。", "“甲。"},
            {"”甲。", "”甲。"},
        },
        Boundary::sentence);
}

TEST_CASE("Latin sentences and numbers") {
    check_all(
        {
            {"I see. So do you.", "I see.|So do you."},
            {"Mr. Wong said no. Then he left.", "Mr. Wong said no. Then he left."},  // "no." is also a number's
            {"Dr. Lee left. He said so.", "Dr. Lee left.|He said so."},
            {"J. Smith came. We talked.", "J. Smith came.|We talked."},
            {"It was 3.5 km. Far.", "It was 3.5 km.|Far."},
            {"涨了3.5倍。好", "涨了3.5倍。|好"},
            {"1. 第一点\n2. 第二点", "1. 第一点|2. 第二点"},
            {"1.第一点", "1.第一点"},
            {"有两点。1. 第一点。", "有两点。|1. 第一点。"},
            {"“好。” 1. 第一点。", "“好。”|1. 第一点。"},
            {"一共有3. 第一点。", "一共有3.|第一点。"},
            {"共有1,000人。好", "共有1,000人。|好"},
            {"Some tools, e.g. NVivo, i.e. software. Fine.", "Some tools, e.g. NVivo, i.e. software.|Fine."},
            {"我说OK.然后走了", "我说OK.|然后走了"},
            {"Mr.王来了。", "Mr.王来了。"},
            {"看 www.example.com 就行。好", "看 www.example.com 就行。|好"},
            {"He said \"go.\" Then we went.", "He said \"go.\"|Then we went."},
            {"(See below.) Then we went.", "(See below.)|Then we went."},
            {"Really?! Yes.", "Really?!|Yes."},
            {"Wait... what?", "Wait...|what?"},
            {"The end.", "The end."},
            {"in 2019. Then", "in 2019.|Then"},
            {"v1.2.3 is out. Try it.", "v1.2.3 is out.|Try it."},
        },
        Boundary::sentence);
}

TEST_CASE("clauses") {
    check_all(
        {
            {"我想，他说、她说。好", "我想，|他说、|她说。|好"},
            {"我想,他说", "我想,|他说"},
            {"共有1,000人,都来了", "共有1,000人,|都来了"},
            {"3,5", "3,5"},
            {"a, b", "a,|b"},
            {"好，“是的，”他说", "好，|“是的，”|他说"},
            {"“不用了。”，我说", "“不用了。”，|我说"},
            {"甲：乙，丙", "甲：乙，|丙"},
            {"甲､乙", "甲､|乙"},
            {"，，甲，", "甲，"},
            {"“不用了。”他说，“真的。”", "“不用了。”|他说，|“真的。”"},
            {"甲！，乙", "甲！|乙"},            // the sentence ends at the mark, so the clause does
            {"甲,1. 乙", "甲,|1.|乙"},          // 1. begins a clause, but no sentence
            {"甲，\n乙", "甲，|乙"},
            {"Mr. Wong, e.g. him. Fine.", "Mr. Wong,|e.g. him.|Fine."},
            {"真的？！好", "真的？！|好"},
            {"有两点。1. 第一点，好", "有两点。|1. 第一点，|好"},
        },
        Boundary::clause);
}

TEST_CASE("paragraphs") {
    check_all({{"甲。乙，丙\n丁！戊\n\n  \n己", "甲。乙，丙|丁！戊|己"}, {"甲。乙", "甲。乙"}, {" 甲 \n", "甲"}, {"\n。\n", ""}, {"Mr. Wong. So", "Mr. Wong. So"}}, Boundary::paragraph);
}

TEST_CASE("only what lies in the span is cut, and pieces are added to those that are there") {
    const std::string text = "前文。甲说。乙说。后文。";
    const auto begin = static_cast<std::uint32_t>(text.find("甲"));
    const auto end = static_cast<std::uint32_t>(text.find("后"));
    std::vector<Span> pieces = {span_of(0, 3)};
    append_pieces(text, span_of(begin, end), Boundary::sentence, pieces);
    REQUIRE(pieces.size() == 3);
    CHECK(pieces[0] == span_of(0, 3));
    CHECK(pieces[1].of(text) == "甲说。");
    CHECK(pieces[2].of(text) == "乙说。");
}

TEST_CASE("trimmed of white space of every kind") {
    CHECK(trimmed("  甲 乙　\n", whole("  甲 乙　\n")).of("  甲 乙　\n") == "甲 乙");
    CHECK(trimmed("\u00A0\t甲\u2028", whole("\u00A0\t甲\u2028")).of("\u00A0\t甲\u2028") == "甲");
    CHECK(trimmed(" \n　", whole(" \n　")).empty());
    CHECK(trimmed("", whole("")).empty());
    CHECK(trimmed("a", whole("a")) == span_of(0, 1));
}

TEST_CASE("pieces ascend, do not overlap, are trimmed and hold every letter and digit") {
    static const std::vector<std::string> characters = {"社", "工", "Mr", "OK", "e.g", "a", "3", "1", ".", ",", "，", "、", "。", "！", "？", "；", "…", "“", "”", "‘", "’", "\"",
                                                        "（", "）", "(", ")", "[", "]", "《", "》", "\n", " ", "\u3000", "\u200B", "\r", "😀", "𠮷", "é", "e\u0301", "：", "-", "?", "!", ";"};
    for (std::uint64_t seed = 1; seed <= testing::cases(20'000); ++seed) {
        Random random(seed);
        std::string text;
        for (std::size_t n = random.below(40); n > 0; --n) text += random.pick(characters);
        std::size_t fewer = SIZE_MAX;
        for (const Boundary boundary : {Boundary::clause, Boundary::sentence, Boundary::paragraph}) {
            const std::vector<Span> pieces = pieces_of(text, boundary);
            CAPTURE(text);
            std::uint32_t last = 0;
            std::vector<bool> held(text.size(), false);
            for (const Span piece : pieces) {
                REQUIRE(piece.begin.value >= last);
                REQUIRE(piece.begin < piece.end);
                REQUIRE(trimmed(text, piece) == piece);
                last = piece.end.value;
                bool has_letter = false;
                for (std::uint32_t i = piece.begin.value; i < piece.end.value; i += utf8::length(text[i])) {
                    held[i] = true;
                    has_letter = has_letter || is_letter_or_digit(utf8::at(text, i));
                    REQUIRE(text[i] != '\n');  // a line end is a boundary of every kind
                }
                REQUIRE(has_letter);
            }
            REQUIRE(last <= text.size());
            for (std::uint32_t i = 0; i < text.size(); i += utf8::length(text[i])) REQUIRE((held[i] || !is_letter_or_digit(utf8::at(text, i))));
            // Finer pieces lie inside coarser ones, so there are never fewer of them.
            REQUIRE(pieces.size() <= fewer);
            fewer = pieces.size();
        }
    }
}

TEST_CASE("every clause lies in one sentence, every sentence in one paragraph") {
    static const std::vector<std::string> characters = {"社", "工", "a", "3", ".", ",", "，", "。", "！", "…", "“", "”", "\"", "（", "）", "\n", " ", "不"};
    const auto inside = [](const std::vector<Span>& fine, const std::vector<Span>& coarse) {
        std::size_t i = 0;
        for (const Span piece : fine) {
            while (i < coarse.size() && coarse[i].end <= piece.begin) ++i;
            if (i == coarse.size() || !coarse[i].contains(piece)) return false;
        }
        return true;
    };
    for (std::uint64_t seed = 1; seed <= testing::cases(20'000); ++seed) {
        Random random(seed);
        std::string text;
        for (std::size_t n = random.below(30); n > 0; --n) text += random.pick(characters);
        CAPTURE(text);
        const auto sentences = pieces_of(text, Boundary::sentence);
        REQUIRE(inside(pieces_of(text, Boundary::clause), sentences));
        REQUIRE(inside(sentences, pieces_of(text, Boundary::paragraph)));
    }
}
