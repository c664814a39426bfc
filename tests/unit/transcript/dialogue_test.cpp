// SPDX-License-Identifier: Apache-2.0
//
// The layouts of typed dialogues: header, speakers and turns of each, written
// down in one line a turn.
#include "fangtan/transcript/dialogue.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "../../support/random.hpp"
#include "fangtan/text/boundary.hpp"

using namespace fangtan;
using testing::Random;

namespace {

struct Script {
    std::string text;
    std::string turns;     // "label=participant(role) body", one a line; the interviewer is =I
    std::string metadata = {};  // "key=value;…"
    std::string stem = "T";
    std::string declared = {};
    std::vector<std::string> participants = {};
};

Transcript read(const Script& layout) {
    ParticipantTable table;
    for (const std::string& id : layout.participants) table.add({id, group_of_id(id), {}, {}});
    DialogueOptions options;
    bool good = true;
    if (!layout.declared.empty()) options.declared = transcript::parse_declared(layout.declared, good);
    REQUIRE(good);
    if (!layout.participants.empty()) options.participants = &table;
    Transcript transcript;
    transcript.text = layout.text;
    transcript::find_turns(transcript, layout.stem, options);
    return transcript;
}

std::string shown_turns(const Transcript& transcript) {
    std::string all;
    for (const Turn& turn : transcript.turns) {
        const Speaker& speaker = transcript.speakers[turn.speaker];
        if (!all.empty()) all += '\n';
        all += speaker.label + "=" + (speaker.interviewer ? "I" : speaker.participant);
        if (!speaker.role.empty()) all += "(" + speaker.role + ")";
        all += " ";
        for (const char c : turn.body.of(transcript.text)) all += c == '\n' ? std::string("\\n") : std::string(1, c);
    }
    return all;
}

std::string shown_metadata(const Transcript& transcript) {
    std::string all;
    for (const auto& [key, value] : transcript.metadata) all += key + "=" + value + ";";
    return all;
}

void check_all(const std::vector<Script>& layouts) {
    for (const Script& layout : layouts) {
        CAPTURE(layout.text);
        const Transcript transcript = read(layout);
        CHECK(shown_turns(transcript) == layout.turns);
        CHECK(shown_metadata(transcript) == layout.metadata);
    }
}

}  // namespace

TEST_CASE("labels of the usual kinds") {
    check_all({
        {"问：好吗？\n答：好。\n", "问=I 好吗？\n答=T 好。"},
        {"問：好嗎？\n答：好。\n", "問=I 好嗎？\n答=T 好。"},
        {"访：好吗？\n受：好。\n", "访=I 好吗？\n受=T 好。"},
        {"訪：好嗎？\n受：好。\n", "訪=I 好嗎？\n受=T 好。"},
        {"Q: 好吗？\nA: 好。\n", "Q=I 好吗？\nA=T 好。"},
        {"Q：好吗？\nA：好。\n", "Q=I 好吗？\nA=T 好。"},
        {"M：好吗？\nR：好。\n", "M=I 好吗？\nR=T 好。"},
        {"访谈者：好吗？\n受访者：好。\n", "访谈者=I 好吗？\n受访者=T 好。"},
        {"訪談者：好嗎？\n受訪者：好。\n", "訪談者=I 好嗎？\n受訪者=T 好。"},
        {"主持人：好吗？\n被访者：好。\n", "主持人=I 好吗？\n被访者=T 好。"},
        {"记者：好吗？\nP1：好。\n", "记者=I 好吗？\nP1=P1 好。"},
        {"Interviewer: Fine?\nParticipant: Yes.\n", "Interviewer=I Fine?\nParticipant=T Yes."},
        {"INTERVIEWER: Fine?\nRespondent: Yes.\n", "INTERVIEWER=I Fine?\nRespondent=T Yes."},
        {"I：好吗？\nP3：好。\n", "I=I 好吗？\nP3=P3 好。"},
        {"I1：好吗？\nI2：真的？\nP-12：好。\n", "I1=I 好吗？\nI2=I 真的？\nP-12=P-12 好。"},
        {"访谈者1：好吗？\n访谈者2：真的？\n受访者：好。\n", "访谈者1=I 好吗？\n访谈者2=I 真的？\n受访者=T 好。"},
        {"受访者A：好。\n受访者B：不好。\n受访者 2：是。\n", "受访者A=受访者A 好。\n受访者B=受访者B 不好。\n受访者 2=受访者 2 是。"},
        {"P1：一\nS10：二\nABC123：三\n", "P1=P1 一\nS10=S10 二\nABC123=ABC123 三"},
    });
}

TEST_CASE("the shape of a label") {
    check_all({
        {"Ｐ１：好。\nＱ：嗯？\n", "P1=P1 好。\nQ=I 嗯？"},
        {"P1:好。\nP1 : 好。\nP1﹕好。\nP1∶好。\n", "P1=P1 好。\nP1=P1 好。\nP1=P1 好。\nP1=P1 好。"},
        {"**P1：**好。\n**P2**：好。\n**P3：** 好。\n", "P1=P1 好。\nP2=P2 好。\nP3=P3 好。"},
        {"  P1： 好。\n　P2：　好。\n", "P1=P1 好。\nP2=P2 好。"},
        {"P4（民警）：好。\nP5(社工): 好。\nP4：再见。\n", "P4=P4(民警) 好。\nP5=P5(社工) 好。\nP4=P4(民警) 再见。"},
        {"[00:12:33] P1：好。\n【00:12】P2：好。\n(1:02:03.5) P3：好。\n（00:01）P4：好。\n#00:01:02-3# P5：好。\n",
         "P1=P1 好。\nP2=P2 好。\nP3=P3 好。\nP4=P4 好。\nP5=P5 好。"},
        {"00:12:34 P1：好。\n0:01 P2：好。\n", "P1=P1 好。\nP2=P2 好。"},
        {"访谈者 0:12：好吗？\n说话人 1  00:33:09：好。\n说话人 1 00:40：好。\n", "访谈者=I 好吗？\n说话人 1=说话人 1 好。\n说话人 1=说话人 1 好。"},
        {"P1 00:12:34：好。\nP2（00:12:34）：好。\nP3 [00:12]: 好。\nP4（民警）[00:12]：好。\n", "P1=P1 好。\nP2=P2 好。\nP3=P3 好。\nP4=P4(民警) 好。"},
        {"问：\n答：\n", "问=I \n答=T "},
        {"问：\n好吗？\n答：\n好。\n", "问=I 好吗？\n答=T 好。"},
    });
}

TEST_CASE("who the document's participant is") {
    check_all({
        {"受访者：P1\n\n问：好吗？\n答：好。\n", "问=I 好吗？\n答=P1 好。", "受访者=P1;"},
        {"编号：P1\n时间：2022年3月12日\n\n问：好吗？\n答：好。\n", "问=I 好吗？\n答=P1 好。", "编号=P1;时间=2022年3月12日;"},
        {"編號：P1\n地點：會議室\n\n問：好嗎？\n答：好。\n", "問=I 好嗎？\n答=P1 好。", "編號=P1;地點=會議室;"},
        {"受访者编号：S2\n\n访谈者：好吗？\n受访者：好。\n", "访谈者=I 好吗？\n受访者=S2 好。", "受访者编号=S2;"},
        {"---\nparticipant: S2\ndate: 2022-04-02\n---\n\n问：好吗？\n答：好。\n", "问=I 好吗？\n答=S2 好。", "participant=S2;date=2022-04-02;"},
        {"---\nid: \"P7\"\n\n---\n问：好吗？\n答：好。\n", "问=I 好吗？\n答=P7 好。", "id=P7;"},
        {"问：好吗？\n答：好。\n", "问=I 好吗？\n答=P5 好。", "", "P5"},
        {"问：好吗？\n答：好。\n", "问=I 好吗？\n答=P5 好。", "", "2022-03_P5_访谈"},
        {"问：好吗？\n答：好。\n", "问=I 好吗？\n答=N01 好。", "", "N01_张伟"},
        {"问：好吗？\n答：好。\n", "问=I 好吗？\n答=访谈记录 好。", "", "访谈记录"},
        // what the header says outweighs the name of the file
        {"编号：P1\n\n问：好吗？\n答：好。\n", "问=I 好吗？\n答=P1 好。", "编号=P1;", "P5"},
        // the id may stand among other words
        {"受访者：P1（民警，男）\n\n问：好吗？\n答：好。\n", "问=I 好吗？\n答=P1 好。", "受访者=P1（民警，男）;"},
        {"受访者：P1，民警，男，四十七岁\n\n问：好吗？\n答：好。\n", "问=I 好吗？\n答=P1 好。", "受访者=P1，民警，男，四十七岁;"},
        {"受访者：民警P1\n\n问：好吗？\n答：好。\n", "问=I 好吗？\n答=P1 好。", "受访者=民警P1;"},
        {"受访者：P1说的，我不信。\n问：好吗？\n", "受访者=T P1说的，我不信。\n问=I 好吗？"},
    });
}

TEST_CASE("a header is no speech") {
    check_all({
        {"时间：2022年3月12日\n地点：会议室\n访谈者：小李\n受访者：王警官\n\n问：好吗？\n答：好。\n", "问=I 好吗？\n答=王警官 好。", "时间=2022年3月12日;地点=会议室;访谈者=小李;受访者=王警官;"},
        {"访谈时间：2022年\n记录方式：录音，征得同意\n\n访谈者：好吗？\nP1：好。\n", "访谈者=I 好吗？\nP1=P1 好。", "访谈时间=2022年;记录方式=录音，征得同意;"},
        {"社区警务访谈\n\n编号：P1\n\n问：好吗？\n答：好。\n", "问=I 好吗？\n答=P1 好。", "编号=P1;"},
        // what comes before the first turn belongs to nobody
        {"这是说明文字。\n还有一行。\n\n问：好吗？\n答：好。\n", "问=I 好吗？\n答=T 好。"},
        // a header without turns: the rest is one turn
        {"日期：2021年3月8日\n天气：小雨\n\n项目今天进场。\n\n下午跟着阿忠。\n", "= 项目今天进场。\\n\\n下午跟着阿忠。", "日期=2021年3月8日;天气=小雨;"},
        {"编号：P1\n\n项目今天进场。\n", "=P1 项目今天进场。", "编号=P1;"},
    });
}

TEST_CASE("texts without labels are one turn") {
    check_all({
        {"今天进场了。\n\n一切都好。\n", "= 今天进场了。\\n\\n一切都好。"},
        {"今天进场了。\n", "=P1 今天进场了。", "", "P1"},
        {"", ""},
        {" \n\n", ""},
        {"---\nparticipant: S2\n---\n", "", "participant=S2;"},
        {"---\n不是文首\n今天进场了。\n", "= ---\\n不是文首\\n今天进场了。"},
        {"小结：今天进场了。\n", "= 小结：今天进场了。"},
    });
}

TEST_CASE("paragraphs that follow belong to the turn") {
    check_all({
        {"问：好吗？\n答：好。\n\n真的好。\n第三行\n\n问：还有？\n", "问=I 好吗？\n答=T 好。\\n\\n真的好。\\n第三行\n问=I 还有？"},
        {"答：一\n答：二\n", "答=T 一\n答=T 二"},
    });
}

TEST_CASE("names that are no label unless they come again") {
    check_all({
        {"小王：好吗？\n小李：好。\n小王：真的？\n小李：真的。\n", "小王=小王 好吗？\n小李=小李 好。\n小王=小王 真的？\n小李=小李 真的。"},
        {"说话人1：好吗？\n说话人10：好。\n说话人1：真的？\n说话人10：真的。\n", "说话人1=说话人1 好吗？\n说话人10=说话人10 好。\n说话人1=说话人1 真的？\n说话人10=说话人10 真的。"},
        {"问：好吗？\n答：有几点。\n优势：人多。\n", "问=I 好吗？\n答=T 有几点。\\n优势：人多。"},
        // participants.csv makes a label of its ids
        {"问：好吗？\n张三：好。\n", "问=I 好吗？\n张三=张三 好。", "", "T", "", {"张三"}},
        {"问：好吗？\n张三：好。\n", "问=I 好吗？\\n张三：好。"},
    });
}

TEST_CASE("what stands before a colon in speech is no label") {
    check_all({
        {"答：下班时间\n17:30 才走。\n17：30 也有。\n", "答=T 下班时间\\n17:30 才走。\\n17：30 也有。"},
        {"答：看网站\nhttps://example.com\nhttp://example.com\nhttps://example.com\n", "答=T 看网站\\nhttps://example.com\\nhttp://example.com\\nhttps://example.com"},
        {"答：有几点\n结论：不行。\n结论：不行。\n", "答=T 有几点\\n结论：不行。\\n结论：不行。"},
        {"答：后来\n他说：算了。\n他说：算了。\n", "答=T 后来\\n他说：算了。\\n他说：算了。"},
        {"答：我想\n比如：这样。\n例如：那样。\n比如：这样。\n", "答=T 我想\\n比如：这样。\\n例如：那样。\\n比如：这样。"},
        {"答：一是：人少；二是：钱少。\n", "答=T 一是：人少；二是：钱少。"},
        {"答：好，是这样：一共三点。\n", "答=T 好，是这样：一共三点。"},
        {"答：后来\n我跟他，他跟我：好。\n", "答=T 后来\\n我跟他，他跟我：好。"},
        {"答：好。\n这是一个很长很长很长很长很长很长很长的句子：好。\n", "答=T 好。\\n这是一个很长很长很长很长很长很长很长的句子：好。"},
        {"答：好。\n：没有名字\n", "答=T 好。\\n：没有名字"},
        {"答：好。\n时间：不够。\n", "答=T 好。\\n时间：不够。"},
        {"答：好。\n（笑）：没有\n", "答=T 好。\\n（笑）：没有"},
    });
}

TEST_CASE("declared labels, also inside a line") {
    check_all({
        {"记者：好吗？受访者：好。记者：真的？受访者：真的。\n", "记者=I 好吗？\n受访者=T 好。\n记者=I 真的？\n受访者=T 真的。", "", "T", "记者,受访者"},
        {"记者：好吗？受访者：好。\n", "记者=I 好吗？受访者：好。"},  // not declared: one turn
        {"问：你的工作是什么？答：我是工程师。\n", "问=I 你的工作是什么？\n答=T 我是工程师。", "", "T", "问,答"},
        {"说话人1：好吗？\n说话人10：好。\n说话人2：嗯。\n", "说话人1=P1 好吗？\n说话人10=P10 好。\n说话人2=I 嗯。", "", "T", "说话人1=P1,说话人10=P10,说话人2=访谈者"},
        {"说话人1：好吗？ 说话人10：好。 说话人1：嗯。\n", "说话人1=P1 好吗？ 说话人10：好。\n说话人1=P1 嗯。", "", "T", "说话人1=P1"},
        {"老王：好。\n", "老王=老王 好。", "", "T", "老王"},
        {"老王：他找记者：说了。\n", "老王=老王 他找记者：说了。", "", "T", "老王，记者"},
        {"甲：好。\n乙：好。\n", "甲=P1 好。\n乙=I 好。", "", "T", "甲=P1，乙=I"},
        {"记者：好。 记者：\n", "记者=I 好。\n记者=I ", "", "T", "记者"},
        {"记者：好。\n受访者：一。记者：\n二\n", "记者=I 好。\n受访者=T 一。\n记者=I 二", "", "T", "记者,受访者"},
    });
}

TEST_CASE("declarations") {
    bool good = false;
    const auto list = transcript::parse_declared("记者, 受访者=P1，说话人 2=问", good);
    CHECK(good);
    REQUIRE(list.size() == 3);
    CHECK(list[0].label == "记者");
    CHECK(list[0].participant.empty());
    CHECK_FALSE(list[0].interviewer);
    CHECK(list[1].label == "受访者");
    CHECK(list[1].participant == "P1");
    CHECK(list[2].label == "说话人 2");
    CHECK(list[2].interviewer);
    CHECK(list[2].participant.empty());
    for (const char* bad : {"", ",", "记者,", "=P1", "记者=", "记者,,受访者", "，记者"}) {
        CAPTURE(bad);
        (void)transcript::parse_declared(bad, good);
        CHECK_FALSE(good);
    }
}

TEST_CASE("participants of a document, in the order they speak") {
    const Transcript transcript = read({"I：好吗？\nS4：好。\nS5：我也好。\nS4：嗯。\n", "", "", "T"});
    CHECK(transcript.participants() == std::vector<std::string>{"S4", "S5"});
    CHECK(transcript.speakers.size() == 3);
}

TEST_CASE("turns lie inside the text, ascend and do not overlap") {
    static const std::vector<std::string> pieces = {"\n问：", "\n答：", "\nP1：", "\nP2（民警）：", "\n小王：", "\n小李:", "\n说话人1：", "说话人10：", "小王：", "答：", "编号：P1", "时间：今天", "17:30", "https://a.b",
                                                    "[00:12] ", "**", "---\n", "\n", "\n", "\n\n", " ", "　", "好。", "他说：", "社工", "（笑）", "结论：", "：", ":", "x", "😀", "\u200B"};
    static const std::vector<std::string> lists = {"", "", "小王", "问,答", "小王=P3,小李=I", "说话人1=P1,说话人10=P10"};
    std::size_t turns = 0;
    for (std::uint64_t seed = 1; seed <= testing::cases(20'000); ++seed) {
        Random random(seed);
        Script layout;
        for (std::size_t n = random.below(40); n > 0; --n) layout.text += random.pick(pieces);
        layout.declared = random.pick(lists);
        CAPTURE(layout.text);
        CAPTURE(layout.declared);
        const Transcript transcript = read(layout);
        std::uint32_t last = 0;
        for (const Turn& turn : transcript.turns) {
            REQUIRE(turn.speaker < transcript.speakers.size());
            REQUIRE(turn.body.begin.value >= last);
            REQUIRE(turn.body.begin <= turn.body.end);
            REQUIRE(turn.body.end.value <= layout.text.size());
            REQUIRE((turn.body.empty() || trimmed(layout.text, turn.body) == turn.body));
            last = turn.body.end.value;
        }
        // Every speaker speaks, and is one kind of person.
        std::vector<bool> speaks(transcript.speakers.size(), false);
        for (const Turn& turn : transcript.turns) speaks[turn.speaker] = true;
        for (std::size_t i = 0; i < speaks.size(); ++i) {
            REQUIRE(speaks[i]);
            REQUIRE((!transcript.speakers[i].interviewer || transcript.speakers[i].participant.empty()));
        }
        turns += transcript.turns.size();
        REQUIRE(transcript.text == layout.text);
    }
    CHECK(turns > 2 * testing::cases(20'000));
}
