// SPDX-License-Identifier: Apache-2.0
#include "fangtan/report/report_wording.hpp"

namespace fangtan::report {
namespace {

constexpr ReportWords kSimplified = {
    "zh-Hans", "编码报告", "跳到正文", "概览", "频次", "编码 × 受访者", "共现", "饱和度", "编码员一致性", "访谈与编码",
    "材料", "受访者", "字数（受访者所说）", "编码（末级）", "用到的编码", "参考点", "编码员", "尚未复核", "材料", "文件",
    "{n} 个参考点", "数字是参考点：一个编码下不同的段落。点一格（或用方向键移到那里按回车）就列出背后的段落。颜色越深越多。",
    "按受访者", "按组别", "无受访者", "合计", "编码", "上级编码", "{code} × {column}：{n} 个参考点", "同一内容的表",
    "两个编码的段落有共同的字，就算共现一次。圆越大编码越多，线越粗共现越多。", "共现", "编码一", "编码二", "没有两个编码共现。", "另有 {n} 对未列出。",
    "访谈（依次）", "累计编码数", "新编码", "{label} 起饱和", "按材料的先后：每份访谈新出现多少个编码。基数 4 份、连看 2 份、新编码不超过 5% 即为饱和（Guest, Namey & Chen 2020）。",
    "按这个标准尚未饱和。", "访谈或编码太少，按这个标准还不能判断。", "随机次序的 90% 区间", "随机次序的中位数", "句子为单元；未复核的规则编码不算。全部系数见 fangtan agree。", "只有一位编码员，没有可比的。",
    "编码", "受访者", "编码员", "状态", "材料里含有", "全部", "除被否决的", "清除", "全部展开 / 收起", "显示 {codings} 处编码，{documents} 份材料", "处编码",
    "关闭", "{n} 段", "此处的编码", "（整份材料）", "（{who}）", "{id}，{role}", "{document}，第 {turn} 话轮", {"待复核", "已接受", "已否决"},
    "没有给出访谈原文：这里只有编了码的段落。", "筛选和点开段落要用脚本；没有脚本也能读全部内容。", "由 fangtan 制作"};

constexpr ReportWords kTraditional = {
    "zh-Hant", "編碼報告", "跳到正文", "概覽", "頻次", "編碼 × 受訪者", "共現", "飽和度", "編碼員一致性", "訪談與編碼",
    "資料", "受訪者", "字數（受訪者所說）", "編碼（末級）", "用到的編碼", "參考點", "編碼員", "尚未覆核", "資料", "檔案",
    "{n} 個參考點", "數字是參考點：一個編碼下不同的段落。點一格（或用方向鍵移到那裡按輸入鍵）就列出背後的段落。顏色越深越多。",
    "按受訪者", "按組別", "無受訪者", "合計", "編碼", "上級編碼", "{code} × {column}：{n} 個參考點", "同一內容的表",
    "兩個編碼的段落有共同的字，就算共現一次。圓越大編碼越多，線越粗共現越多。", "共現", "編碼一", "編碼二", "沒有兩個編碼共現。", "另有 {n} 對未列出。",
    "訪談（依次）", "累計編碼數", "新編碼", "{label} 起飽和", "按資料的先後：每份訪談新出現多少個編碼。基數 4 份、連看 2 份、新編碼不超過 5% 即為飽和（Guest, Namey & Chen 2020）。",
    "按這個標準尚未飽和。", "訪談或編碼太少，按這個標準還不能判斷。", "隨機次序的 90% 區間", "隨機次序的中位數", "句子為單元；未覆核的規則編碼不算。全部係數見 fangtan agree。", "只有一位編碼員，沒有可比的。",
    "編碼", "受訪者", "編碼員", "狀態", "資料裡含有", "全部", "除被否決的", "清除", "全部展開 / 收起", "顯示 {codings} 處編碼，{documents} 份資料", "處編碼",
    "關閉", "{n} 段", "此處的編碼", "（整份資料）", "（{who}）", "{id}，{role}", "{document}，第 {turn} 話輪", {"待覆核", "已接受", "已否決"},
    "沒有給出訪談原文：這裡只有編了碼的段落。", "篩選和點開段落要用腳本；沒有腳本也能讀全部內容。", "由 fangtan 製作"};

constexpr ReportWords kEnglish = {
    "en", "Coding report", "Skip to the content", "Overview", "Frequencies", "Codes by participant", "Co-occurrence", "Saturation", "Agreement of coders", "Interviews and codings",
    "documents", "participants", "characters (said by participants)", "codes (leaves)", "codes that occur", "references", "coders", "not reviewed", "Document", "File",
    "{n} references", "Numbers are references: different passages under a code. Choose a cell (or go there with the arrow keys and press Enter) to read the passages behind it. Darker is more.",
    "By participant", "By group", "nobody", "Total", "Code", "Parent", "{code} × {column}: {n} references", "The same as a table",
    "Two codes occur together where their passages share characters. A larger circle is a more frequent code, a thicker line a more frequent pair.", "Together", "Code 1", "Code 2", "No two codes occur together.",
    "{n} more pairs are not listed.", "Interviews, in order", "Codes so far", "New codes", "saturated at {label}",
    "In the order of the documents: how many codes each interview is the first to have. Saturated: base 4, run 2, at most 5 % new codes (Guest, Namey & Chen 2020).",
    "Not saturated by this standard.", "There are too few interviews or codes to say.", "90% of random orders", "median of random orders", "Units are sentences; proposals of rules that nobody decided about are left out. fangtan agree has all coefficients.", "There is one coder only: nothing to compare.",
    "Code", "Participant", "Coder", "Status", "Document contains", "All", "All but rejected", "Clear", "Open / close all", "{codings} codings in {documents} documents", "codings",
    "Close", "{n} passages", "Codings here", "(the whole document)", "({who})", "{id}, {role}", "{document}, turn {turn}", {"proposed", "accepted", "rejected"},
    "The interviews themselves were not given: only coded passages stand here.", "Filters and the passages behind a cell need scripts; all else can be read without.", "Made by fangtan"};

}  // namespace

const ReportWords& report_words(Language language) {
    switch (language) {
        case Language::zh_hans: return kSimplified;
        case Language::zh_hant: return kTraditional;
        case Language::english: break;
    }
    return kEnglish;
}

std::string filled(const char* text, const std::vector<std::pair<const char*, std::string>>& values) {
    std::string result(text);
    for (const auto& [name, value] : values) {
        const std::string place = std::string("{") + name + "}";
        for (std::size_t at = result.find(place); at != std::string::npos; at = result.find(place, at + value.size())) result.replace(at, place.size(), value);
    }
    return result;
}

}  // namespace fangtan::report
