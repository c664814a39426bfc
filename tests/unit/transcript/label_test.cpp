// SPDX-License-Identifier: Apache-2.0
#include "fangtan/transcript/label.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace fangtan;
using transcript::LabelKind;

namespace {

// "name(role)>body", or "-" for a line that begins with no label.
std::string shape_of(const std::string& line) {
    const auto shape = transcript::label_shape(line, 0, static_cast<std::uint32_t>(line.size()));
    if (!shape) return "-";
    const std::string role(shape->role.of(line));
    return std::string(shape->name.of(line)) + (role.empty() ? "" : "(" + role + ")") + ">" + line.substr(shape->body);
}

}  // namespace

TEST_CASE("what stands before the colon") {
    struct Case {
        std::string line;
        std::string shape;
    };
    const std::vector<Case> cases = {
        {"P1：好", "P1>好"},
        {"P1:好", "P1>好"},
        {"P1 ： 好", "P1>好"},
        {"P1﹕好", "P1>好"},
        {"P1∶好", "P1>好"},
        {"[00:12:33] P1（民警）：好", "P1(民警)>好"},
        {"**P1（民警）：** 好", "P1(民警)>好"},
        {"**P1**（民警）：好", "P1(民警)>好"},
        {"P1【民警】：好", "P1(民警)>好"},
        {"P1[民警]：好", "P1(民警)>好"},
        {"P1(民警):好", "P1(民警)>好"},
        {"P1（民警)：好", "P1(民警)>好"},
        {"P1（民警）(00:01)：好", "P1(民警)>好"},
        {"00:12 张三：好", "张三>好"},
        {"00:12 张三 00:12：好", "张三>好"},
        {"张三 2：好", "张三 2>好"},
        {"J. Smith：好", "J. Smith>好"},
        {"阿卜杜·热西提：好", "阿卜杜·热西提>好"},
        {"Ms_Li-2：好", "Ms_Li-2>好"},
        {"P1：", "P1>"},
        {"", "-"},
        {"：好", "-"},
        {"好", "-"},
        {"17:30 到了", "到了>"},  // 00:12:34 张三 looks the same: the document decides
        {"17:30 到了。", "-"},
        {"17：30到了", "-"},
        {"https://a.b", "-"},
        {"他说，我想：好", "-"},
        {"他说“好”：是", "-"},
        {"12：好", "-"},                                      // a number is no name
        {"一二三四五六七八九十一二三四五六七八九十：好", "一二三四五六七八九十一二三四五六七八九十>好"},
        {"一二三四五六七八九十一二三四五六七八九十甲：好", "-"},  // more than 20 characters
        {"P1（民警：好", "-"},
        {"（民警）：好", "-"},
        {"P1（一）（二）：好", "P1(二)>好"},
    };
    for (const Case& each : cases) {
        CAPTURE(each.line);
        CHECK(shape_of(each.line) == each.shape);
    }
}

TEST_CASE("kinds of label") {
    const auto all_are = [](LabelKind kind, const std::vector<std::string>& names) {
        for (const std::string& name : names) {
            CAPTURE(name);
            CHECK(transcript::kind_of_label(name) == kind);
        }
    };
    all_are(LabelKind::interviewer, {"问", "問", "访", "訪", "访谈者", "訪談者", "主持人", "记者", "記者", "采访者", "採訪者", "研究者", "笔者", "筆者", "调研员", "調研員", "I", "i", "Q", "Ｑ", "M",
                                     "Interviewer", "INTERVIEWER", "Moderator", "访谈者2", "访谈者 A", "采访者一", "Interviewer 2", "I1", "I12"});
    all_are(LabelKind::respondent, {"答", "受", "受访者", "受訪者", "被访者", "访谈对象", "A", "R", "Participant", "Respondent", "Interviewee", "受访者A", "受访者 12", "受访者甲"});
    all_are(LabelKind::participant_id, {"P1", "Ｐ１", "P-1", "S10", "R1", "ABC123", "M1"});
    all_are(LabelKind::metadata_key, {"时间", "時間", "地点", "編號", "受访者编号", "职业", "日期", "Date", "Time", "天气"});
    all_are(LabelKind::never, {"结论", "結論", "他说", "他說", "比如", "例如", "首先", "我觉得", "這是", "https", "第一", "小王说"});
    all_are(LabelKind::unknown, {"小王", "说话人1", "张三", "P1234", "p1", "AB", "Smith", "警察"});
    for (const std::string name : {"受访者A", "受訪者2", "被访者 甲", "Respondent 3"}) {
        CAPTURE(name);
        CHECK(transcript::is_numbered_respondent(name));
    }
    for (const std::string name : {"受访者", "答", "A", "A1", "访谈者2", "受访者1234", "受访者信息"}) {
        CAPTURE(name);
        CHECK_FALSE(transcript::is_numbered_respondent(name));
    }
}

TEST_CASE("plain labels") {
    CHECK(transcript::plain_label(" Ｐ１　") == "P1");
    CHECK(transcript::plain_label("说话人\u00A01") == "说话人 1");
    CHECK(transcript::plain_label("P\u200B1\uFEFF") == "P1");
    CHECK(transcript::plain_label(" 　 ").empty());
    CHECK(transcript::plain_label("（甲）") == "(甲)");
}
