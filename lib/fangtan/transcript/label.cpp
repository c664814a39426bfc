// SPDX-License-Identifier: Apache-2.0
#include "fangtan/transcript/label.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "fangtan/text/character.hpp"
#include "fangtan/text/fold.hpp"
#include "fangtan/text/utf8.hpp"
#include "fangtan/transcript/participant.hpp"

namespace fangtan::transcript {
namespace {

// All words are folded: one list serves both scripts.
const std::set<std::string, std::less<>>& interviewer_words() {
    static const std::set<std::string, std::less<>> words = {
        "问", "访", "q", "i", "访谈者", "访问者", "访员", "访谈人", "访问员", "主持人", "主持", "记者", "采访者", "采访人", "研究者",
        "研究员", "笔者", "调研员", "调查员", "调研者", "提问者", "问者", "督导员", "interviewer", "moderator", "m", "researcher", "int", "facilitator"};
    return words;
}

const std::set<std::string, std::less<>>& respondent_words() {
    static const std::set<std::string, std::less<>> words = {
        "答", "受", "a", "r", "受访者", "被访者", "受访人", "被访人", "访谈对象", "被采访者", "受采访者", "被访谈者", "受访对象", "回答者", "答者",
        "respondent", "interviewee", "participant", "informant"};
    return words;
}

const std::set<std::string, std::less<>>& metadata_words() {
    static const std::set<std::string, std::less<>> words = {
        "编号", "受访者编号", "访谈编号", "时间", "日期", "地点", "访谈时间", "访谈日期", "访谈地点", "访谈方式", "方式", "时长", "访谈时长",
        "主题", "访谈主题", "会议主题", "会议时间", "会议号", "参会人员", "参会人", "记录人", "记录者", "记录", "整理人", "整理", "转录", "转录人", "誊写",
        "职业", "职务", "职位", "性别", "年龄", "工龄", "从业年限", "工作年限", "学历", "单位", "工作单位", "所在单位", "岗位", "身份", "备注", "说明",
        "姓名", "化名", "联系方式", "手机", "电话", "邮箱", "题目", "标题", "项目", "项目名称", "关键词", "文字记录", "录音", "录音编号", "文件名", "版本",
        "受访者信息", "受访者身份", "受访者职业", "背景", "语言", "date", "time", "place", "location", "id", "title", "subject", "duration", "note", "notes",
        "age", "gender", "occupation", "transcriber", "participants", "participant id", "访谈提纲", "天气", "服务对象", "活动主题", "活动时间", "活动地点", "参加人数", "服务时间", "服务地点", "所属项目", "日志编号", "参与人员", "参加人员", "出席"};
    return words;
}

const std::set<std::string, std::less<>>& never_words() {
    static const std::set<std::string, std::less<>> words = {
        "结论", "结果", "小结", "总结", "原因", "理由", "目的", "意见", "建议", "问题", "例如", "比如", "譬如", "举例", "首先", "其次", "再次", "最后", "第一", "第二",
        "第三", "第四", "一", "二", "三", "四", "五", "其一", "其二", "其三", "注", "注意", "附", "附注", "另外", "总之", "即", "如", "如下", "以下", "具体", "包括", "分别", "优点",
        "缺点", "内容", "措施", "做法", "上午", "下午", "早上", "早晨", "中午", "傍晚", "晚上", "今天", "昨天", "明天", "前天", "本周", "上周",
        "下周", "本月", "上月", "下月", "周一", "周二", "周三", "周四", "周五", "周六", "周日", "星期一", "星期二", "星期三", "星期四", "星期五", "星期六",
        "星期日", "工作内容", "服务内容", "服务过程", "工作过程", "活动内容", "活动过程", "存在问题", "下一步", "下一步计划", "工作计划", "跟进", "跟进计划",
        "评估", "效果", "现状", "要求", "任务", "重点", "难点", "经验", "反思", "计划", "过程", "目标", "意思", "一句话", "换句话说", "也就是说", "简单说", "简单讲", "http", "https", "ftp",
        "file", "mailto", "ps", "p.s"};
    return words;
}

// Speech verbs and the like at the end, pronouns and connectives at the start: words of a sentence, no name.
bool reads_like_speech(std::string_view folded) {
    static constexpr std::array<std::string_view, 26> kEnds = {"说", "讲", "道", "问", "答", "想", "话", "是", "如下", "觉得", "认为", "表示", "写",
                                                               "喊", "叫", "回", "骂", "告诉", "知道", "就是", "比如", "例如", "的", "了", "着", "过"};
    static constexpr std::array<std::string_view, 22> kStarts = {"我", "你", "他", "她", "它", "这", "那", "就", "但", "所以", "因为", "如果", "还", "又",
                                                                 "然后", "结果", "一个", "第一", "第二", "第三", "其", "有"};
    const auto ends = [&](std::string_view word) { return folded.ends_with(word); };
    const auto starts = [&](std::string_view word) { return folded.starts_with(word); };
    return std::any_of(kEnds.begin(), kEnds.end(), ends) || std::any_of(kStarts.begin(), kStarts.end(), starts);
}

bool is_one_letter_or_number(std::string_view rest) {
    if (rest.empty() || rest.size() > 3) return false;
    const auto digit = [](char c) { return c >= '0' && c <= '9'; };
    if (std::all_of(rest.begin(), rest.end(), digit)) return true;
    if (rest.size() == 1) return rest[0] >= 'a' && rest[0] <= 'z';
    static constexpr std::array<std::string_view, 14> kOthers = {"甲", "乙", "丙", "丁", "戊", "己", "一", "二", "三", "四", "五", "六", "七", "八"};
    return std::find(kOthers.begin(), kOthers.end(), rest) != kOthers.end();
}

// "受访者A", "访谈者 2": one of the words of more than one character, and a letter or number.
bool is_numbered(std::string_view folded, const std::set<std::string, std::less<>>& words) {
    return std::any_of(words.begin(), words.end(), [&](const std::string& word) {
        if (word.size() < 6 || !folded.starts_with(word)) return false;
        std::string_view rest = folded.substr(word.size());
        while (rest.starts_with(' ')) rest.remove_prefix(1);
        return is_one_letter_or_number(rest);
    });
}

}  // namespace

bool is_service_label(std::string_view name) {
    static const std::set<std::string, std::less<>> words = {"说话人", "发言人", "讲话人", "发言者", "讲者", "speaker"};
    return is_numbered(fold(plain_label(name)), words);
}

std::string plain_label(std::string_view name) {
    std::string plain;
    for (std::size_t i = 0; i < name.size(); i += utf8::length(name[i])) {
        char32_t c = utf8::at(name, i);
        if (c >= 0xFF01 && c <= 0xFF5E) c -= 0xFEE0;
        if (is_ignorable(c)) continue;
        utf8::append(plain, is_white_space(c) ? U' ' : c);
    }
    const std::size_t begin = plain.find_first_not_of(' ');
    if (begin == std::string::npos) return {};
    return plain.substr(begin, plain.find_last_not_of(' ') - begin + 1);
}

bool is_numbered_respondent(std::string_view name) { return is_numbered(fold(plain_label(name)), respondent_words()); }

LabelKind kind_of_label(std::string_view name) {
    const std::string plain = plain_label(name);
    const std::string folded = fold(plain);
    if (interviewer_words().contains(folded)) return LabelKind::interviewer;
    if (respondent_words().contains(folded)) return LabelKind::respondent;
    if (is_participant_id(plain)) {
        // I1, Q2: numbered interviewers.
        return plain[0] == 'I' && plain.find_first_not_of("0123456789", 1) == std::string::npos ? LabelKind::interviewer : LabelKind::participant_id;
    }
    if (is_numbered(folded, interviewer_words())) return LabelKind::interviewer;
    if (is_numbered(folded, respondent_words())) return LabelKind::respondent;
    if (metadata_words().contains(folded)) return LabelKind::metadata_key;
    if (never_words().contains(folded) || reads_like_speech(folded)) return LabelKind::never;
    return LabelKind::unknown;
}

}  // namespace fangtan::transcript
