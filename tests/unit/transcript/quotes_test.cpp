// SPDX-License-Identifier: Apache-2.0
//
// Quotations and their sources in papers: every shape by hand, and random
// papers whose quotations are known.
#include "fangtan/transcript/quotes.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "../../support/random.hpp"

using namespace fangtan;
using testing::Random;

namespace {

struct Shape {
    std::string text;
    std::string turns;  // "participant(role)@path/of/headings body", one a line
    std::vector<std::string> participants = {};
};

Transcript read(const std::string& text, const std::vector<std::string>& names = {}) {
    ParticipantTable table;
    for (const std::string& name : names) table.add({name, {}, {}, {}});
    Transcript transcript;
    transcript.text = text;
    transcript::find_quotations(transcript, &table);
    return transcript;
}

std::string path_of(const Transcript& transcript, const Turn& turn) {
    std::string path;
    for (const std::string& title : transcript.headings.at(turn.heading)) path += (path.empty() ? "" : "/") + title;
    return path;
}

std::string shown(const Transcript& transcript) {
    std::string all;
    for (const Turn& turn : transcript.turns) {
        const Speaker& speaker = transcript.speakers.at(turn.speaker);
        if (!all.empty()) all += '\n';
        all += speaker.participant;
        if (!speaker.role.empty()) all += "(" + speaker.role + ")";
        const std::string path = path_of(transcript, turn);
        if (!path.empty()) all += "@" + path;
        all += " ";
        all += turn.body.of(transcript.text);
    }
    return all;
}

void check_all(const std::vector<Shape>& shapes) {
    for (const Shape& shape : shapes) {
        CAPTURE(shape.text);
        const Transcript transcript = read(shape.text, shape.participants);
        CHECK(shown(transcript) == shape.turns);
        CHECK(transcript.text == shape.text);
        for (std::size_t i = 1; i < transcript.turns.size(); ++i) CHECK(transcript.turns[i - 1].body < transcript.turns[i].body);
    }
}

}  // namespace

TEST_CASE("the marks of a quotation") {
    check_all({
        {"一位民警说：“夜里接警，先把火气降下来。”（P1，民警）", "P1(民警) 夜里接警，先把火气降下来。"},
        {"“夜里接警，先降火气”（P1）。", "P1 夜里接警，先降火气"},
        {"“夜里接警，先降火气。”（P1）。后来才谈别的。", "P1 夜里接警，先降火气。"},
        {"“楼下的灯坏了三个月”。（R2，居民）", "R2(居民) 楼下的灯坏了三个月"},
        {"\"楼下的灯坏了三个月。\" (R2, 居民)", "R2(居民) 楼下的灯坏了三个月。"},
        {"「楼下的燈壞了三個月。」（R2，居民）", "R2(居民) 楼下的燈壞了三個月。"},
        {"『楼下的灯坏了。』（R2）", "R2 楼下的灯坏了。"},
        {"“她跟我说‘别管’，我说“不管不行”，就这样。”（S4）", "S4 她跟我说‘别管’，我说“不管不行”，就这样。"},
        {"“她说「别管」，又说\"算了\"。”（S4）", "S4 她说「别管」，又说\"算了\"。"},
        {"“路口的事归谁？我问过三回。“（P1，民警）", "P1(民警) 路口的事归谁？我问过三回。"},
        {"“路口的事归谁？我问过三回。”①（P1）", "P1 路口的事归谁？我问过三回。"},
        {"作者的话。“甲说的话。”（P1）作者又说。“乙说的话。”（P2）", "P1 甲说的话。\nP2 乙说的话。"},
        {"“一样的话。”（P1）\n\n“一样的话。”（P1）", "P1 一样的话。\nP1 一样的话。"},
        {"“社区里的事，谁先看见谁管。（P1，民警）”", "P1(民警) 社区里的事，谁先看见谁管。"},
    });
}

TEST_CASE("a closing mark may be missing") {
    check_all({
        {"“我们去了三趟，门都没开。（P1，民警）", "P1(民警) 我们去了三趟，门都没开。"},
        {"“我们去了三趟。（P1）后来她说“进来吧”（R1）。", "P1 我们去了三趟。\nR1 进来吧"},
        {"“我们头一趟去，门没开。\n“第二趟，她把门开了条缝。”（S1）", "S1 我们头一趟去，门没开。\nS1 第二趟，她把门开了条缝。"},
        {"“我们头一趟去，门没开。\n第二趟，她把门开了条缝。”（S1）", "S1 我们头一趟去，门没开。\nS1 第二趟，她把门开了条缝。"},
        {"所谓“第三方，说的是社工。不少人这样看。“我不这样看。”（S1）", "S1 我不这样看。"},
    });
}

TEST_CASE("quotations without marks") {
    check_all({
        {"一位社工这样回忆：\n\n我头一个月只干一件事，就是认门。（S1，社工）", "S1(社工) 我头一个月只干一件事，就是认门。"},
        {"我头一个月只干一件事，就是认门（S1）。", "S1 我头一个月只干一件事，就是认门"},
        {"> 我头一个月只认门。（S1）", "S1 我头一个月只认门。"},
        {"我头一个月只认门。\n　　　　——（S1，社工）", "S1(社工) 我头一个月只认门。"},
        {"“我头一个月只认门。”\n（S1，社工）\n作者接着写。", "S1(社工) 我头一个月只认门。"},
        {"我先敲门。（S1）他再喊人。（S2）", "S1 我先敲门。\nS2 他再喊人。"},
        {"民警说：夜里人手不够，我一个人跑两头。（P1）", "P1 夜里人手不够，我一个人跑两头。"},
        {"他跟我说：这事别管。我没听。（P1）", "P1 他跟我说：这事别管。我没听。"},
        {"不少民警提到任务太重（P1、P3）。", ""},
        {"访谈中受访者表示并不清楚流程（R2）。", ""},
        {"作者提到（P1）的看法，并不展开。", ""},
    });
}

TEST_CASE("the source") {
    const auto source = [](const std::string& written) { return shown(read("“楼道的灯坏了。”" + written)); };
    const auto says = [](const std::string& who) { return who + " 楼道的灯坏了。"; };
    for (const auto& [written, who] : std::vector<std::pair<std::string, std::string>>{
             {"（P1，民警）", "P1(民警)"}, {"(R2，居民 )", "R2(居民)"}, {"（S4）", "S4"}, {"（P3，民警，2022年3月）", "P3(民警)"},
             {"（项目社工L的工作日志）", "项目社工L"}, {"（受访者P2，2021年9月）", "P2"}, {"（访谈记录S1）", "S1"}, {"(P1、P3)", "P1"},
             {"（P1)", "P1"}, {"(P1）", "P1"}, {"【P1，民警】", "P1(民警)"}, {"〔P1〕", "P1"}, {"（　P1　，　民警　）", "P1(民警)"},
             {"（Ｐ１，民警）", "P1(民警)"}, {"（P-12）", "P-12"}, {"（ABC123）", "ABC123"}, {"（2021年9月，P2）", "P2"}, {"（P1 民警）", "P1(民警)"},
             {"（民警P1）", "P1(民警)"}, {"（P1，男，45岁，民警）", "P1(民警)"}, {"（P1（民警））", "P1(民警)"}, {"（P1和P3）", "P1"},
             {"（受访者：P1）", "P1"}, {"（2021-09-03，社工王某的访谈记录）", "社工王某"}, {"（居民老周访谈）", "居民老周"}, {"（社工L田野笔记，2021年）", "社工L"},
             {"（居民W手记）", "居民W"}, {"（访谈记录）", ""}, {"（见习民警P4）", "P4(见习民警)"}, {"（资料来源：访谈记录S1）", "S1"},
             {"（访谈对象R3，居民）", "R3(居民)"}, {"（P2工作日志）", "P2"}, {"（P 1，民警）", "P1(民警)"}}) {
        CAPTURE(written);
        CHECK(source(written) == says(who));
    }
    for (const std::string written : {"（2021）", "（张三，2019）", "（见表1）", "（图2）", "（以下简称“社工”）", "(N=15)", "（一）", "（张三，2019：P12）", "（表A1）",
                                      "（笑）", "（P1当时笑了）", "（COVID-19）", "（H7N9）", "（他讲到这里停了很久，又接着说）", "（见P12）", "（访谈提纲见附录）",
                                      "（工作日志、访谈记录）", "（即P1）", "", "（", "（P1", "（）"}) {
        CAPTURE(written);
        CHECK(source(written) == "");
    }
}

TEST_CASE("names that the participants know") {
    check_all({
        {"“灯坏了三个月。”（老周，居民）", "老周(居民) 灯坏了三个月。", {"老周"}},
        {"“灯坏了三个月。”（老周，居民）", "", {"小李"}},
        {"“灯坏了三个月。”（老周的访谈）", "老周 灯坏了三个月。", {"老周"}},
    });
}

TEST_CASE("two participants of one quotation") {
    const Transcript transcript = read("开头。\n“都这么说。”(P1、P3)\n“是的，都这么说。”（R1，R2；居民）");
    CHECK(shown(transcript) == "P1 都这么说。\nR1(居民) 是的，都这么说。");
    REQUIRE(transcript.metadata.size() == 2);
    CHECK(transcript.metadata[0].first == "source shared, line 2");
    CHECK(transcript.metadata[0].second == "P1、P3");
    CHECK(transcript.metadata[1].first == "source shared, line 3");
    CHECK(transcript.metadata[1].second == "R1、R2");
}

TEST_CASE("parts that share a source") {
    check_all({
        {"“我不怕累。”他停了一下，又说：“就怕白忙。”（P2）", "P2 我不怕累。\nP2 就怕白忙。"},
        {"对于“第三方”的说法，他讲得很直白：“我是拿钱办事。”（P2）", "P2 我是拿钱办事。"},
        {"“天天跑”、“夜夜守”（P2）成了常态。", "P2 天天跑\nP2 夜夜守"},
        {"“我不怕累。”这是一种态度。另一种是：“就怕白忙。”（P2）", "P2 就怕白忙。"},
        {"“我不怕累，就怕白忙。”他说（P2）。", "P2 我不怕累，就怕白忙。"},
        {"“我不怕累。”（P1）“就怕白忙。”（P2）", "P1 我不怕累。\nP2 就怕白忙。"},
        {"“第三方”这个词在文件里出现多次。", ""},
        {"“第三方”在文件里出现多次。它的意思并不清楚（P2）。", ""},
    });
}

TEST_CASE("headings and their paths") {
    check_all({
        {"一、引言\n“甲。”（P1）\n（一）背景\n“乙。”（P1）\n1. 缘起\n“丙。”（P1）\n（二）方法\n“丁。”（P1）\n二、发现\n“戊。”（P1）",
         "P1@引言 甲。\nP1@引言/背景 乙。\nP1@引言/背景/缘起 丙。\nP1@引言/方法 丁。\nP1@发现 戊。"},
        {"第一章 绪论\n第一节　缘起\n“甲。”（P1）\n第二节 方法\n“乙。”（P1）\n第二章\n“丙。”（P1）", "P1@绪论/缘起 甲。\nP1@绪论/方法 乙。\nP1@第二章 丙。"},
        {"1. 引言\n1.1 缘起\n“甲。”（P1）\n1.1.1 再分\n“乙。”（P1）\n1.2方法\n“丙。”（P1）\n2．发现\n(1) 其一\n“丁。”（P1）",
         "P1@引言/缘起 甲。\nP1@引言/缘起/再分 乙。\nP1@引言/方法 丙。\nP1@发现/其一 丁。"},
        {"# 值班\n### 夜里\n“甲。”（P1）\n## 一、白天 ##\n“乙。”（P1）\n### 午后\n“丙。”（P1）\n**一、加粗**\n“丁。”（P1）",
         "P1@值班/夜里 甲。\nP1@值班/白天 乙。\nP1@值班/白天/午后 丙。\nP1@值班/白天/午后/加粗 丁。"},
        {"一、引言……………1\n二、发现\t3\n（一）角色 . . . . . . 4\n“甲。”（P1）", "P1 甲。"},
        {"一、人少事多，谁都喊累。\n“甲。”（P1）\n二、“两头跑”的社工\n“乙。”（P2）", "P1 甲。\nP2@“两头跑”的社工 乙。"},
        {"一、“灯坏了。”（R1）\n“门也坏了。”（R1）", "R1 灯坏了。\nR1 门也坏了。"},
        {"第一节课我迟到了\n“甲。”（P1）\n1.5倍的工资\n2022年的事\n“乙。”（P1）", "P1 甲。\nP1@倍的工资 乙。"},
    });
}

TEST_CASE("speakers are listed once, a role is kept when it is found") {
    const Transcript transcript = read("“甲。”（P1）“乙。”（R1）“丙。”（P1，民警）“丁。”（P1，所长）");
    REQUIRE(transcript.speakers.size() == 2);
    CHECK(transcript.speakers[0].label == "P1");
    CHECK(transcript.speakers[0].role == "民警");
    CHECK(transcript.speakers[1].participant == "R1");
    CHECK_FALSE(transcript.speakers[0].interviewer);
}

TEST_CASE("count_quotations counts sources behind quotations") {
    CHECK(transcript::count_quotations("") == 0);
    CHECK(transcript::count_quotations("P1：今天人多吗？\nP2：多。") == 0);
    CHECK(transcript::count_quotations("“甲。”（P1）“乙。”（P2）\n见（P3）") == 2);
    CHECK(transcript::count_quotations("“我不怕累。”他又说：“就怕白忙。”（P2）") == 1);
    CHECK(transcript::count_quotations("我头一个月只认门。（S1）") == 1);
}

// --- random papers -------------------------------------------------------------------------------------------------

namespace {

const std::vector<std::string> kWords = {"社区", "夜里", "电话", "楼道", "钥匙", "调解", "名单", "上门", "巡逻", "值班", "街道", "老人", "孩子", "记住", "等着", "慢慢"};

std::string sentence(Random& random) {
    std::string text;
    for (std::size_t i = 3 + random.below(8); i > 0; --i) {
        text += random.pick(kWords);
        if (i > 1 && random.chance(25)) text += "，";
    }
    return text + random.pick(std::vector<std::string>{"。", "。", "？", "！", "……"});
}

std::string sentences(Random& random) {
    std::string text = sentence(random);
    while (random.chance(50)) text += sentence(random);
    return text;
}

std::string author(Random& random) {
    std::string text = sentences(random);
    if (random.chance(30)) text += "所谓“" + random.pick(kWords) + "”，" + sentence(random);
    if (random.chance(20)) text += "这一点已有研究（张某，2019）" + sentence(random);
    if (random.chance(20)) text += "具体数字（见表1）" + sentence(random);
    return text;
}

std::string source(Random& random, std::string& participant) {
    const std::string open = random.pick(std::vector<std::string>{"（", "(", "【", "〔"});
    const std::string close = open == "【" ? "】" : open == "〔" ? "〕" : random.pick(std::vector<std::string>{"）", ")"});
    if (random.chance(12)) {
        participant = random.pick(std::vector<std::string>{"项目社工L", "社工站小陈", "民警老赵"});
        return open + participant + random.pick(std::vector<std::string>{"的工作日志", "的访谈", "手记", "田野笔记"}) + close;
    }
    participant = random.pick(std::vector<std::string>{"P", "R", "S"}) + std::to_string(1 + random.below(30));
    const std::string before = random.pick(std::vector<std::string>{"", "", "受访者", " ", "　"});
    const std::string behind = random.pick(std::vector<std::string>{"", "，民警", ", 居民", "，社工，2022年3月", "，2021年9月", " "});
    return open + before + participant + behind + close;
}

}  // namespace

TEST_CASE("property: every quotation of a random paper is found") {
    const std::vector<std::pair<std::string, std::string>> marks = {{"“", "”"}, {"\"", "\""}, {"「", "」"}, {"『", "』"}};
    const std::vector<std::string> numbers = {"一", "二", "三", "四", "五", "六", "七", "八", "九"};
    for (std::size_t number = 0; number < testing::cases(2000); ++number) {
        Random random(number);
        std::string text;
        std::string expected;
        std::string chapter;
        std::string section;
        std::size_t chapters = 0;
        std::size_t sections = 0;
        const auto expect = [&](const std::string& participant, const std::string& body) {
            expected += (expected.empty() ? "" : "\n") + participant;
            if (!chapter.empty()) expected += "@" + chapter + (section.empty() ? "" : "/" + section);
            expected += " " + body;
        };
        for (std::size_t paragraph = 2 + random.below(12); paragraph > 0; --paragraph) {
            if (random.chance(20) && chapters < 9) {
                chapter = random.pick(kWords) + "与" + random.pick(kWords);
                section.clear();
                sections = 0;
                text += numbers[chapters++] + "、" + chapter + "\n";
            }
            if (!chapter.empty() && random.chance(20) && sections < 9) {
                section = random.pick(kWords) + "的" + random.pick(kWords);
                text += "（" + numbers[sections++] + "）" + section + "\n";
            }
            std::string participant;
            if (random.chance(20)) {
                const std::string body = "我" + sentences(random);
                const std::string from = source(random, participant);
                expect(participant, body);
                text += body + from + "\n";
                continue;
            }
            text += author(random);
            while (random.chance(60)) {
                const auto& [open, close] = random.pick(marks);
                std::string body = sentences(random);
                if (random.chance(30)) body += "他说‘" + sentence(random) + "’";
                if (random.chance(20) && open != "「") body += "又说「" + sentence(random) + "」" + sentence(random);
                const std::string from = source(random, participant);
                text += "一位受访者说：" + open + body + close + (random.chance(20) ? "。" : "") + from + (random.chance(40) ? "。" : "") + author(random);
                expect(participant, body);
            }
            text += random.chance(50) ? "\n" : "\n\n";
        }
        CAPTURE(number);
        CAPTURE(text);
        const Transcript transcript = read(text);
        std::string found;
        for (const Turn& turn : transcript.turns) {
            found += (found.empty() ? "" : "\n") + transcript.speakers[turn.speaker].participant;
            const std::string path = path_of(transcript, turn);
            if (!path.empty()) found += "@" + path;
            found += " " + std::string(turn.body.of(transcript.text));
        }
        REQUIRE(found == expected);
    }
}

TEST_CASE("property: no input upsets the reader") {
    const std::vector<std::string> pieces = {"“", "”", "\"", "「", "」", "（", "）", "(", ")", "【", "P1", "P12，民警", "我说。", "\n", "一、", "# ", "　", "的访谈", "、", "1.", "……", "第一章", "—"};
    for (std::size_t number = 0; number < testing::cases(3000); ++number) {
        Random random(number + 77);
        std::string text;
        for (std::size_t i = random.below(40); i > 0; --i) text += random.pick(pieces);
        CAPTURE(text);
        const Transcript transcript = read(text);
        CHECK(transcript::count_quotations(text) <= transcript.turns.size());
        for (std::size_t i = 0; i < transcript.turns.size(); ++i) {
            const Turn& turn = transcript.turns[i];
            REQUIRE(turn.body.end.value <= text.size());
            REQUIRE_FALSE(turn.body.empty());
            REQUIRE(turn.heading < transcript.headings.size());
            if (i > 0) REQUIRE(transcript.turns[i - 1].body.end <= turn.body.begin);
        }
    }
}
