// SPDX-License-Identifier: Apache-2.0
//
// Text broken hard by a PDF: what is recognised as such, what its paragraphs
// become, and papers broken at random that must give the same quotations.
#include "fangtan/transcript/reflow.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "../../support/random.hpp"
#include "fangtan/text/character.hpp"
#include "fangtan/text/utf8.hpp"
#include "fangtan/transcript/quotes.hpp"

using namespace fangtan;
using testing::Random;

namespace {

std::string reflowed(const std::string& text) { return transcript::reflow(text).text; }

std::string left_out(const std::string& text) {
    std::string all;
    for (const LeftOut& left : transcript::reflow(text).left_out) all += (all.empty() ? "" : "; ") + left.what + " " + left.where;
    return all;
}

std::string file(const std::string& name) {
    std::ifstream in(FANGTAN_SOURCE_FOLDER "/tests/fixtures/quotes/" + name, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

// Columns in print: the tests' own, rougher idea of it.
std::size_t columns(char32_t c) { return c < 0x80 ? 1 : 2; }

struct Break {
    std::size_t width = 76;         // columns
    bool keep_marks = false;        // no closing mark at the start of a line
    bool keep_words = true;         // Latin words whole
    std::string indentation = "";
};

std::vector<std::string> broken(const std::string& paragraph, const Break& how) {
    const std::u32string text = utf8::to_code_points(how.indentation + paragraph);
    std::vector<std::string> lines;
    std::u32string line;
    std::size_t width = 0;
    const auto flush = [&] {
        while (!line.empty() && line.back() == U' ') line.pop_back();
        lines.push_back(utf8::from_code_points(line));
        line.clear();
        width = 0;
    };
    for (std::size_t i = 0; i < text.size();) {
        std::size_t end = i + 1;
        if (how.keep_words && is_word_character(text[i])) {
            while (end < text.size() && is_word_character(text[end])) ++end;
        }
        const auto closing = [&](char32_t c) { return std::u32string(U"，。、；：？！”）》」』…").find(c) != std::u32string::npos; };
        while (how.keep_marks && end < text.size() && closing(text[end])) ++end;
        std::size_t unit = 0;
        for (std::size_t k = i; k < end; ++k) unit += columns(text[k]);
        if (width + unit > how.width && width > 0) {
            flush();
            if (text[i] == U' ') {
                ++i;
                continue;
            }
        }
        line += text.substr(i, end - i);
        width += unit;
        i = end;
    }
    flush();
    return lines;
}

std::string broken_text(const std::vector<std::string>& paragraphs, const Break& how, const std::string& between = "\n") {
    std::string text;
    for (const std::string& paragraph : paragraphs) {
        for (const std::string& line : broken(paragraph, how)) text += line + between;
    }
    return text;
}

// Where the last line of a paragraph fills the page nobody can tell that the paragraph ends there.
std::vector<std::string> with_short_last_lines(std::vector<std::string> paragraphs, const Break& how) {
    for (std::string& paragraph : paragraphs) {
        while (utf8::count(broken(paragraph, how).back()) * 2 + 10 > how.width) paragraph.insert(paragraph.find("。") == std::string::npos ? paragraph.size() : paragraph.rfind("，") + 3, "又");
    }
    return paragraphs;
}

std::string joined(const std::vector<std::string>& paragraphs) {
    std::string text;
    for (const std::string& paragraph : paragraphs) text += paragraph + "\n";
    return text;
}

const std::vector<std::string> kParagraphs = {
    "一、值班室里的电话",
    "梧桐里的值班室在菜场二楼，白天挤满来办事的人，到了夜里就只剩一台座机和一盏灯。民警们说，夜里的电话比白天短，也比白天急，往往话没有说完，人已经要往楼下跑了。",
    "（一）谁先接起来",
    "电话响过三声还没有人接，隔壁社工站的人就会过来看一眼。这不是写在墙上的规定，而是大家在一年多的时间里慢慢磨出来的习惯，习惯一旦养成，谁都不愿意先把它打破，因为打破的人要解释很久。",
    "“我们这里没有什么分工不分工的，电话响了，离得近的就接，接完了再说归谁，先把人稳住，这是头一件事。”（P1，民警）",
    "这样的说法在访谈中反复出现。它的好处是快，坏处是事后说不清楚：账记在谁的头上，功劳算在谁的头上，出了差错又由谁去解释，每一次都要重新商量一遍。",
    "二、楼道里的灯",
    "三号楼的灯坏了将近四个月，物业说要等预算，街道说要等物业，居民等不及，自己凑钱换了两只灯泡，第三天又被人拧走了，于是这件事情从一盏灯变成了一场谁也不肯先低头的争执。",
};

}  // namespace

TEST_CASE("hard-broken text is recognised") {
    const std::string spaced = broken_text(kParagraphs, {.width = 60}, "\n\n");
    CHECK(transcript::is_hard_broken(broken_text(kParagraphs, {.width = 60})));
    CHECK(transcript::is_hard_broken(broken_text(kParagraphs, {.width = 76, .keep_marks = true})));
    CHECK(transcript::is_hard_broken(broken_text(kParagraphs, {.width = 64, .indentation = "　　"})));
    CHECK(transcript::is_hard_broken(spaced));
}

TEST_CASE("other text is not taken for hard-broken") {
    CHECK_FALSE(transcript::is_hard_broken(""));
    CHECK_FALSE(transcript::is_hard_broken(joined(kParagraphs) + joined(kParagraphs)));
    // Below 12 lines.
    CHECK_FALSE(transcript::is_hard_broken(broken_text({kParagraphs[1], kParagraphs[3]}, {.width = 60})));
    std::string dialogue;
    std::string list;
    std::string verse;
    std::string subtitles;
    std::string numbered;
    for (int i = 0; i < 40; ++i) {
        dialogue += "访谈者：那天晚上一共接了几个电话？\nP1：记不清了，反正没有停过，" + std::string(i % 7 * 3, ' ') + (i % 3 == 0 ? "后来小李过来替我，我才去吃了口饭。\n" : "一直到天亮。\n");
        list += "- 第" + std::to_string(i) + "号楼：灯，门，" + (i % 2 == 0 ? "水管\n" : "垃圾桶，井盖，还有二楼的窗户\n");
        verse += "夜半铃声起，灯前人未眠。\n巷深风更急，谁在雨中船。\n";
        subtitles += std::to_string(i + 1) + "\n00:00:0" + std::to_string(i % 10) + ",000 --> 00:00:0" + std::to_string(i % 10) + ",900\n" + (i % 2 == 0 ? "那天晚上我没有睡\n\n" : "就坐在值班室里等电话\n\n");
        numbered += std::to_string(i + 1) + ". 请把你负责的那一栋楼里坏掉的路灯位置都写在这张表上面交回来\n";
    }
    CHECK_FALSE(transcript::is_hard_broken(dialogue));
    CHECK_FALSE(transcript::is_hard_broken(list));
    CHECK_FALSE(transcript::is_hard_broken(verse));
    CHECK_FALSE(transcript::is_hard_broken(subtitles));
    CHECK_FALSE(transcript::is_hard_broken(numbered));
}

TEST_CASE("paragraphs come back") {
    for (const std::size_t width : {44U, 60U, 66U, 76U, 84U, 90U}) {
        for (const char* indentation : {"", "　　"}) {
            for (const char* between : {"\n", "\n\n"}) {
                for (const bool keep_marks : {false, true}) {
                    CAPTURE(width);
                    CAPTURE(indentation);
                    CAPTURE(between);
                    CAPTURE(keep_marks);
                    const Break how{width, keep_marks, true, indentation};
                    const std::vector<std::string> paragraphs = with_short_last_lines(kParagraphs, how);
                    CHECK(reflowed(broken_text(paragraphs, how, between)) == joined(paragraphs));
                }
            }
        }
    }
}

namespace {

// `lines` inside a text whose lines are 30 Han characters wide.
const std::string kFull = "夜里的电话比白天短也比白天急往往话没有说完人已经往楼下跑了";  // 29 characters
std::string amid(const std::string& lines) {
    std::string text;
    for (int i = 0; i < 7; ++i) text += kFull + "又\n";
    return text + "是这样。\n" + lines + "\n" + kFull + "又\n又是这样。\n";
}
std::string middle(const std::string& lines) {
    const std::string whole = reflowed(amid(lines));
    const std::size_t begin = whole.find("是这样。\n") + std::string("是这样。\n").size();
    return whole.substr(begin, whole.rfind("夜里的") - begin);
}

}  // namespace

TEST_CASE("how two lines are joined") {
    CHECK(middle("夜里的电话比白天短也比白天急往往话没有说完人已经 commu-\nnity 里的事。") == "夜里的电话比白天短也比白天急往往话没有说完人已经 community 里的事。\n");
    CHECK(middle("夜里的电话比白天短也比白天急往往话没有说完人已经 social\nwork 的事。") == "夜里的电话比白天短也比白天急往往话没有说完人已经 social work 的事。\n");
    CHECK(middle("夜里的电话比白天短也比白天急往往话没有说完人已经跑了 20\n21 年的事。") == "夜里的电话比白天短也比白天急往往话没有说完人已经跑了 2021 年的事。\n");
    CHECK(middle("“夜里的电话比白天短也比白天急往往话没有说完人。”（P1，民\n警）这是一种说法。") == "“夜里的电话比白天短也比白天急往往话没有说完人。”（P1，民警）这是一种说法。\n");
    CHECK(middle("“夜里的电话比白天短也比白天急往往话没有说完人已跑。”（P\n12，民警）这是一种说法。") == "“夜里的电话比白天短也比白天急往往话没有说完人已跑。”（P12，民警）这是一种说法。\n");
    CHECK(middle("夜里的电话比白天短也比白天急往往话没有说完人已经去 COVID-\n19 隔离点。") == "夜里的电话比白天短也比白天急往往话没有说完人已经去 COVID-19 隔离点。\n");
}

TEST_CASE("lines that stay their own") {
    CHECK(middle("（一）谁先接起来\n" + kFull + "又\n是这样。") == "（一）谁先接起来\n" + kFull + "又是这样。\n");
    CHECK(middle("1.1 谁先接起来\n第二章 灯\n# 灯\n短的一行。") == "1.1 谁先接起来\n第二章 灯\n# 灯\n短的一行。\n");
    CHECK(middle("- 灯\n- 门，\n① 水管\n2）井盖") == "- 灯\n- 门，\n① 水管\n2）井盖\n");
    CHECK(middle("P1：" + kFull.substr(0, 84) + "又\n接着说。\n访谈者：后来呢？\nP1：后来天亮了。") == "P1：" + kFull.substr(0, 84) + "又接着说。\n访谈者：后来呢？\nP1：后来天亮了。\n");
    CHECK(middle("　　一段。\n　　" + kFull.substr(0, 84) + "\n又一段。") == "一段。\n" + kFull.substr(0, 84) + "又一段。\n");
}

TEST_CASE("what the page brought in is left out and told") {
    const std::string long_line = kFull + "又\n";
    std::string text;
    std::string whole;
    for (int page = 0; page < 4; ++page) {
        for (int i = 0; i < 9; ++i) text += long_line, whole += kFull + "又";
        text += "① 参见李某某：《楼道里的灯》，城东出版社，第" + std::to_string(page + 3) + "页。\n";
        text += page % 2 == 0 ? "— " + std::to_string(page + 12) + " —\n" : "第" + std::to_string(page + 12) + "页\n";
        text += "社区工作研究 2021年第" + std::to_string(page + 1) + "期\n";
    }
    text += "是这样。\n";
    CHECK(reflowed(text) == whole + "是这样。\n");
    const std::string told = left_out(text);
    CHECK(told.starts_with("footnote line 10; page number line 11; running head line 12; footnote line 22; page number line 23; running head line 24"));
    CHECK(transcript::reflow(text).left_out.size() == 12);
}

TEST_CASE("what recurs in the text itself stays") {
    std::string text;
    for (int i = 0; i < 12; ++i) text += kFull + "又\n" + kFull + "又\n是这样。\n（沉默）\n";
    CHECK(left_out(text) == "");
    CHECK(transcript::is_hard_broken(text));
}

TEST_CASE("property: nothing is lost") {
    const std::vector<std::string> pieces = {kFull + "又", "又是这样。", "12", "— 3 —", "社区研究 2021年第3期", "① 注。", "一、标题", "P1：好。", "", "", "commu-", "nity", "　　缩进。", "……", "- 项", "“", "1 注", "（"};
    const auto bare = [](std::string_view text) {
        std::string kept;
        for (std::size_t i = 0; i < text.size(); i += utf8::length(text[i])) {
            const char32_t c = utf8::at(text, i);
            if (!is_white_space(c) && c != U'-') utf8::append(kept, c);
        }
        return kept;
    };
    for (std::size_t number = 0; number < testing::cases(2000); ++number) {
        Random random(number);
        std::vector<std::string> lines;
        std::string text;
        for (std::size_t i = random.below(60); i > 0; --i) lines.push_back(random.pick(pieces));
        for (const std::string& line : lines) text += line + "\n";
        CAPTURE(text);
        const transcript::Reflowed result = transcript::reflow(text);
        std::string kept;
        std::vector<bool> out(lines.size() + 1);
        for (const LeftOut& left : result.left_out) out.at(std::stoul(left.where.substr(5))) = true;
        for (std::size_t i = 0; i < lines.size(); ++i) {
            if (!out[i + 1]) kept += lines[i];
        }
        REQUIRE(bare(result.text) == bare(kept));
    }
}

// --- the same quotations --------------------------------------------------------------------------------------------

namespace {

std::string quotations(const std::string& text) {
    Transcript transcript;
    transcript.text = text;
    transcript::find_quotations(transcript, nullptr);
    std::string all;
    for (const Turn& turn : transcript.turns) {
        all += transcript.speakers[turn.speaker].participant;
        for (const std::string& title : transcript.headings[turn.heading]) all += "/" + title;
        all += " " + std::string(turn.body.of(text)) + "\n";
    }
    return all;
}

const std::vector<std::string> kWords = {"社区", "夜里", "电话", "楼道", "钥匙", "调解", "名单", "上门", "巡逻", "值班", "街道", "老人", "孩子", "记住", "等着", "慢慢", "2021年", "App"};

std::string prose(Random& random, std::size_t sentences) {
    std::string text;
    for (; sentences > 0; --sentences) {
        for (std::size_t i = 4 + random.below(12); i > 0; --i) {
            text += random.pick(kWords);
            if (i > 1 && random.chance(25)) text += "，";
        }
        text += random.pick(std::vector<std::string>{"。", "。", "？", "！", "……"});
    }
    return text;
}

std::vector<std::string> random_paper(Random& random) {
    const std::vector<std::string> numbers = {"一", "二", "三", "四", "五"};
    std::vector<std::string> paragraphs;
    for (std::size_t chapter = 0; chapter < 2 + random.below(4); ++chapter) {
        paragraphs.push_back(numbers[chapter] + "、" + random.pick(kWords) + "与" + random.pick(kWords));
        for (std::size_t i = 2 + random.below(4); i > 0; --i) {
            if (random.chance(25)) paragraphs.push_back("（" + random.pick(numbers) + "）" + random.pick(kWords) + "的" + random.pick(kWords));
            paragraphs.push_back(prose(random, 2 + random.below(6)));
            const std::string id = random.pick(std::vector<std::string>{"P", "R", "S"}) + std::to_string(1 + random.below(20));
            const std::string from = random.pick(std::vector<std::string>{"（" + id + "，民警）", "(" + id + ")", "（受访者" + id + "，2021年9月）", "（社工站小陈的工作日志）"});
            if (random.chance(30)) {
                paragraphs.push_back("我" + prose(random, 1 + random.below(4)) + from);
            } else {
                paragraphs.push_back(prose(random, 1) + "一位受访者说：“" + prose(random, 1 + random.below(3)) + "”" + from + "。" + (random.chance(50) ? prose(random, 1) : ""));
            }
        }
    }
    return paragraphs;
}

}  // namespace

TEST_CASE("property: a paper broken hard gives the same quotations") {
    for (std::size_t number = 0; number < testing::cases(400); ++number) {
        Random random(number);
        Break how;
        how.width = 2 * (28 + random.below(18));
        how.keep_marks = random.chance(50);
        how.keep_words = random.chance(60);
        if (random.chance(50)) how.indentation = "　　";
        std::vector<std::string> paragraphs = random_paper(random);
        // A Latin word cut without a hyphen is put together only if it stands whole elsewhere.
        for (std::string& paragraph : paragraphs) {
            for (std::size_t at = paragraph.find("App"); !how.keep_words && at != std::string::npos; at = paragraph.find("App")) paragraph.replace(at, 3, "门禁");
        }
        paragraphs = with_short_last_lines(paragraphs, how);
        std::vector<std::string> lines;
        for (const std::string& paragraph : paragraphs) {
            const bool heading = paragraph.starts_with("（") || paragraph.find("、") < 4;
            Break this_one = how;
            if (heading) this_one.indentation.clear();
            for (const std::string& line : broken(paragraph, this_one)) lines.push_back(line);
        }
        const std::string between = random.chance(50) ? "\n" : "\n\n";
        const std::size_t page_length = 20 + random.below(15);
        const bool notes = random.chance(50);
        const bool numbers = random.chance(80);
        const bool heads = random.chance(80);
        std::string text;
        std::size_t page = 1;
        for (std::size_t i = 0; i < lines.size(); ++i) {
            text += lines[i] + between;
            if ((i + 1) % page_length != 0) continue;
            ++page;
            if (notes && page % 2 == 0) text += "① 参见赵某某：《夜里的电话》，城东出版社，第" + std::to_string(page) + "页。" + between;
            if (numbers) text += (page % 3 == 0 ? "— " + std::to_string(page) + " —" : page % 3 == 1 ? "·" + std::to_string(page) + "·" : std::to_string(page)) + between;
            if (heads) text += (page % 2 == 0 ? "社区工作研究 2021年第3期" : "赵某某：楼道里的灯 2021年第3期") + between;
        }
        CAPTURE(number);
        CAPTURE(how.width);
        CAPTURE(text);
        if (heads && page <= 4) continue;
        REQUIRE(transcript::is_hard_broken(text));
        REQUIRE(quotations(reflowed(text)) == quotations(joined(paragraphs)));
    }
}

// --- the long paper -------------------------------------------------------------------------------------------------

namespace {

// As expected.tsv writes them: participant, path, the first ten characters.
std::string table_of(const std::string& text) {
    Transcript transcript;
    transcript.text = text;
    transcript::find_quotations(transcript, nullptr);
    std::string all;
    for (const Turn& turn : transcript.turns) {
        all += transcript.speakers[turn.speaker].participant + "\t";
        const auto& path = transcript.headings[turn.heading];
        for (std::size_t i = 0; i < path.size(); ++i) all += (i > 0 ? " / " : "") + path[i];
        all += "\t" + utf8::from_code_points(utf8::to_code_points(turn.body.of(text)).substr(0, 10)) + "\n";
    }
    return all;
}

std::vector<std::string> rows_of(const std::string& table) {
    std::vector<std::string> rows;
    for (std::size_t begin = 0; begin < table.size();) {
        const std::size_t end = table.find('\n', begin);
        rows.push_back(table.substr(begin, end - begin));
        begin = end + 1;
    }
    return rows;
}

}  // namespace

TEST_CASE("the long paper: clean and broken hard by a page it gives the quotations that its script expects") {
    const std::string clean = file("clean.md");
    const std::string paper = file("paper.txt");
    const std::vector<std::string> expected = rows_of(file("expected.tsv"));
    REQUIRE(expected.size() >= 60);
    CHECK(std::count(paper.begin(), paper.end(), '\n') >= 2000);
    CHECK_FALSE(transcript::is_hard_broken(clean));
    CHECK(transcript::is_hard_broken(paper));
    const transcript::Reflowed whole = transcript::reflow(paper);
    for (const auto& [name, text] : {std::pair{std::string("clean.md"), clean}, std::pair{std::string("paper.txt"), whole.text}}) {
        CAPTURE(name);
        const std::vector<std::string> found = rows_of(table_of(text));
        REQUIRE(found.size() == expected.size());
        for (std::size_t i = 0; i < found.size(); ++i) CHECK(found[i] == expected[i]);
    }
    // Not only their beginnings: the words are the same, whatever the page put between them.
    CHECK(quotations(whole.text) == quotations(clean));
}
