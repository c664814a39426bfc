// SPDX-License-Identifier: Apache-2.0
#include "fangtan/analysis/wording.hpp"

namespace fangtan::analysis {
namespace {

constexpr Wording kSimplified = {
    "编码频次表", "编码矩阵", "编码", "上级编码", {"一级编码", "二级编码", "三级编码", "四级编码", "五级编码"},
    "合计", "（无归属）", "（小计）", "（本级）", "注：", "：",
    {"参考点（次）", "材料来源（份）", "受访者（人）", "覆盖字数（字）"},
    {"参考点", "材料来源", "受访者", "覆盖字数"}, "百分比（%）", "百分比（%）", "。"};

constexpr Wording kTraditional = {
    "編碼頻次表", "編碼矩陣", "編碼", "上級編碼", {"一級編碼", "二級編碼", "三級編碼", "四級編碼", "五級編碼"},
    "合計", "（無歸屬）", "（小計）", "（本級）", "註：", "：",
    {"參考點（次）", "資料來源（份）", "受訪者（人）", "覆蓋字數（字）"},
    {"參考點", "資料來源", "受訪者", "覆蓋字數"}, "百分比（%）", "百分比（%）", "。"};

constexpr Wording kEnglish = {
    "Coding frequencies", "Coding matrix", "Code", "Parent code", {"Level 1", "Level 2", "Level 3", "Level 4", "Level 5"},
    "Total", "(nobody)", "(subtotal)", "(own)", "Note: ", ": ",
    {"References", "Documents", "Participants", "Characters"},
    {"References", "Documents", "Participants", "Characters"}, "%", " %", "."};

std::string base_name(Language language, CountKind count) {
    static const char* const kSimplifiedNames[] = {"参考点合计", "材料份数", "受访者人数", "讲话字数"};
    static const char* const kTraditionalNames[] = {"參考點合計", "資料份數", "受訪者人數", "講話字數"};
    static const char* const kEnglishNames[] = {"all references", "number of documents", "number of participants", "characters spoken"};
    const auto kind = static_cast<std::size_t>(count);
    switch (language) {
        case Language::zh_hans: return kSimplifiedNames[kind];
        case Language::zh_hant: return kTraditionalNames[kind];
        case Language::english: break;
    }
    return kEnglishNames[kind];
}

}  // namespace

const Wording& wording(Language language) {
    switch (language) {
        case Language::zh_hans: return kSimplified;
        case Language::zh_hant: return kTraditional;
        case Language::english: break;
    }
    return kEnglish;
}

std::string base_note(Language language, CountKind count, PercentKind percent, bool by_columns, std::uint64_t base) {
    const Wording& words = wording(language);
    const std::string measure = words.plain_measure[static_cast<std::size_t>(count)];
    const bool chinese = language != Language::english;
    const bool hans = language == Language::zh_hans;
    const std::string number = std::to_string(base);
    if (by_columns && percent == PercentKind::row) {
        return chinese ? measure + (hans ? "百分比以各行合计为基数" : "百分比以各行合計為基數") + words.stop : measure + ": percent of the row total.";
    }
    if (by_columns && percent == PercentKind::column) {
        return chinese ? measure + (hans ? "百分比以各列合计为基数" : "百分比以各欄合計為基數") + words.stop : measure + ": percent of the column total.";
    }
    const std::string name = base_name(language, count);
    if (by_columns && percent == PercentKind::base) {
        return chinese ? measure + (hans ? "百分比以各列的" : "百分比以各欄的") + name + (hans ? "为基数" : "為基數") + words.stop
                       : measure + ": percent of the column's base (" + name + ").";
    }
    return chinese ? measure + (hans ? "百分比的基数：" : "百分比的基數：") + name + " " + number + words.stop : measure + ": percent of " + name + ", n = " + number + ".";
}

std::string not_hundred_note(Language language) {
    switch (language) {
        case Language::zh_hans: return "百分比经四舍五入，各行相加不等于 100（--round sum 使其相加为 100）。";
        case Language::zh_hant: return "百分比經四捨五入，各行相加不等於 100（--round sum 使其相加為 100）。";
        case Language::english: break;
    }
    return "Percentages are rounded and do not add up to 100 (--round sum makes them).";
}

std::string no_column_note(Language language, std::uint64_t codings) {
    const std::string number = std::to_string(codings);
    switch (language) {
        case Language::zh_hans: return number + " 个编码没有归属，列于最后一列。";
        case Language::zh_hant: return number + " 個編碼沒有歸屬，列於最後一欄。";
        case Language::english: break;
    }
    return number + " codings belong to nobody; they stand in the last column.";
}

std::string rejected_note(Language language, std::uint64_t codings) {
    const std::string number = std::to_string(codings);
    switch (language) {
        case Language::zh_hans: return "已排除被否决的编码 " + number + " 个。";
        case Language::zh_hant: return "已排除被否決的編碼 " + number + " 個。";
        case Language::english: break;
    }
    return number + " rejected codings are left out.";
}

std::string skipped_note(Language language, const std::vector<std::string>& files) {
    std::string list;
    for (const std::string& file : files) list += (list.empty() ? "" : ", ") + file;
    const std::string number = std::to_string(files.size());
    switch (language) {
        case Language::zh_hans: return "有 " + number + " 份材料无法读取，未计入：" + list + "。";
        case Language::zh_hant: return "有 " + number + " 份資料無法讀取，未計入：" + list + "。";
        case Language::english: break;
    }
    return number + " documents could not be read and are not counted: " + list + ".";
}

std::string overlap_note(Language language) {
    switch (language) {
        case Language::zh_hans: return "同一来源可提及多个编码，材料来源百分比相加不必为 100。";
        case Language::zh_hant: return "同一來源可提及多個編碼，資料來源百分比相加不必為 100。";
        case Language::english: break;
    }
    return "A document may mention several codes: percentages of documents need not add up to 100.";
}

}  // namespace fangtan::analysis
