// SPDX-License-Identifier: Apache-2.0
#include "fangtan/analysis/agreement_wording.hpp"

#include <array>
#include <map>

namespace fangtan::analysis {
namespace {

using agreement::Level;
using agreement::Undefined;

constexpr AgreementWording kSimplified = {
    "编码员间一致性", "多类别：每单元归入哪个编码", "片段起止的一致性", "混淆矩阵", "同现矩阵", "各编码的一致性", "各类别的一致性", "编码员两两之间",
    "系数", "值", "上一轮", "差", "95%下限", "95%上限", "名称", "编码", "类别", {"编码员1", "编码员2"},
    "都编", "仅", "都未编", "合计", "未定义", "注：", "、", "：", "。"};

constexpr AgreementWording kTraditional = {
    "編碼員間一致性", "多類別：每單元歸入哪個編碼", "片段起訖的一致性", "混淆矩陣", "同現矩陣", "各編碼的一致性", "各類別的一致性", "編碼員兩兩之間",
    "係數", "值", "上一輪", "差", "95%下限", "95%上限", "名稱", "編碼", "類別", {"編碼員1", "編碼員2"},
    "都編", "僅", "都未編", "合計", "未定義", "註：", "、", "：", "。"};

constexpr AgreementWording kEnglish = {
    "Agreement between coders", "Nominal: which code a unit was given", "Where segments begin and end", "Confusion matrix", "Coincidence matrix", "By code", "By category", "By pair of coders",
    "Coefficient", "Value", "Before", "Difference", "95% low", "95% high", "Name", "Code", "Category", {"Coder 1", "Coder 2"},
    "Both", "Only ", "Neither", "Total", "undefined", "Note: ", ", ", ": ", "."};

using Three = std::array<const char*, 3>;  // in the order of Language

std::string in(Language language, const Three& words) { return words[static_cast<std::size_t>(language)]; }

std::string level_name(Language language, Level level) {
    static constexpr Three kNames[] = {{"名义", "名義", "nominal"}, {"顺序", "順序", "ordinal"}, {"等距", "等距", "interval"}, {"等比", "等比", "ratio"}};
    return in(language, kNames[static_cast<std::size_t>(level)]);
}

std::string bracketed(Language language, const std::string& text) { return language == Language::english ? " (" + text + ")" : "（" + text + "）"; }

std::string joined(const std::vector<std::string>& names, const char* comma) {
    std::string list;
    for (const std::string& name : names) list += (list.empty() ? "" : comma) + name;
    return list;
}

// "iou0.5_percent": what was measured, against what, from which share on.
std::string overlap_name(Language language, const std::string& metric) {
    static const std::map<std::string, Three> kBases = {
        {"iou", {"重叠占并集", "重疊佔聯集", "overlap of the union"}}, {"min", {"重叠占较短片段", "重疊佔較短片段", "overlap of the shorter"}}, {"max", {"重叠占较长片段", "重疊佔較長片段", "overlap of the longer"}}};
    static const std::map<std::string, Three> kWhat = {
        {"percent", {"片段一致百分比", "片段一致百分比", "Agreeing segments"}}, {"holsti", {"一一配对的同意度", "一一配對的同意度", "Holsti, one to one"}}, {"kappa_rk", {"片段κ（RK）", "片段κ（RK）", "Segment κ (RK)"}}};
    const std::size_t line = metric.find('_');
    if (line == std::string::npos || line < 4) return {};
    const auto base = kBases.find(metric.substr(0, 3));
    const auto what = kWhat.find(metric.substr(line + 1));
    if (base == kBases.end() || what == kWhat.end()) return {};
    return in(language, what->second) + bracketed(language, in(language, base->second) + " ≥ " + metric.substr(3, line - 3));
}

}  // namespace

const AgreementWording& agreement_wording(Language language) {
    switch (language) {
        case Language::zh_hans: return kSimplified;
        case Language::zh_hant: return kTraditional;
        case Language::english: break;
    }
    return kEnglish;
}

std::string coefficient_name(Language language, const std::string& metric, Level level) {
    static const std::map<std::string, Three> kNames = {
        {"n", {"单元数", "單元數", "Units"}},
        {"pa_units", {"一致百分比", "一致百分比", "Percent agreement"}},
        {"agreement", {"一致百分比", "一致百分比", "Agreement"}},
        {"cohen_kappa", {"Cohen κ", "Cohen κ", "Cohen's κ"}},
        {"kappa", {"κ", "κ", "κ"}},
        {"fleiss", {"Fleiss κ", "Fleiss κ", "Fleiss' κ"}},
        {"ac1", {"Gwet AC1", "Gwet AC1", "Gwet's AC1"}},
        {"wkappa", {"加权 κ", "加權 κ", "Weighted κ"}},
        {"w_fleiss", {"加权 Fleiss κ", "加權 Fleiss κ", "Weighted Fleiss κ"}},
        {"w_ac2", {"Gwet AC2", "Gwet AC2", "Gwet's AC2"}},
        {"K", {"相互同意度 K", "相互同意度 K", "Holsti's K"}},
        {"K_12", {"相互同意度 K", "相互同意度 K", "Holsti's K"}},
        {"holsti_mean", {"平均相互同意度 K", "平均相互同意度 K", "Mean of Holsti's K"}},
        {"composite_R", {"信度 R", "信度 R", "Composite reliability R"}},
        {"scott_pi", {"Scott π", "Scott π", "Scott's π"}},
        {"jaccard", {"Jaccard", "Jaccard", "Jaccard"}},
        {"dice", {"Dice", "Dice", "Dice"}},
        {"alpha_u1995", {"片段 α_U（1995）", "片段 α_U（1995）", "α_U (1995)"}},
        {"u_alpha", {"片段 uα（2016）", "片段 uα（2016）", "uα (2016)"}},
        {"u_alpha_binary", {"标与不标 |uα", "標與不標 |uα", "|uα, marked or not"}},
        {"cu_alpha", {"都标处的编码 cuα", "都標處的編碼 cuα", "cuα, codes where both marked"}},
        {"cu_coverage", {"cuα 所涉的比例", "cuα 所涉的比例", "Share that cuα is about"}},
        {"gamma_disorder", {"γ 的最佳对齐失序", "γ 的最佳對齊失序", "Disorder of γ's best alignment"}},
    };
    if (metric == "alpha") return "Krippendorff α" + bracketed(language, level_name(language, level));
    const auto found = kNames.find(metric);
    if (found != kNames.end()) return in(language, found->second);
    const std::string overlap = overlap_name(language, metric);
    return overlap.empty() ? metric : overlap;
}

std::string reason_sentence(Language language, Undefined reason) {
    static constexpr Three kReasons[] = {
        {"只出现了一个类别，没有变异，偶然即可解释全部一致", "只出現了一個類別，沒有變異，偶然即可解釋全部一致", "only one category occurs: chance alone explains all agreement"},
        {"没有两人都评定的单元", "沒有兩人都評定的單元", "no unit was rated twice"},
        {"只有一名编码员", "只有一名編碼員", "there is only one coder"},
        {"只有一个单元，标准误需要两个", "只有一個單元，標準誤需要兩個", "there is one unit, and a standard error takes two"},
        {"类别不足两个；用 --categories 或 --code-count 声明", "類別不足兩個；用 --categories 或 --code-count 宣告", "there are fewer than two categories; declare them with --categories or --code-count"},
        {"没有可计的数据，分母为零", "沒有可計的資料，分母為零", "nothing was counted: the denominator is zero"},
        {"同一编码员的片段互相重叠", "同一編碼員的片段互相重疊", "segments of one coder overlap"},
        {"数据中未达到所求状态", "資料中未達到所求狀態", "the state that was asked for does not occur"},
        {"精确计算过于耗时", "精確計算過於耗時", "an exact answer would take too long"},
    };
    return in(language, kReasons[static_cast<std::size_t>(reason)]);
}

std::string unit_name(Language language, AgreementUnit unit) {
    static constexpr Three kNames[] = {{"句", "句", "sentence"}, {"话轮", "話輪", "turn"}, {"文件", "文件", "document"}, {"字", "字", "character"}, {"片段", "片段", "segment"}};
    return in(language, kNames[static_cast<std::size_t>(unit)]);
}

std::vector<std::string> agreement_notes(Language language, const AgreementResult& result, const agreement::BootstrapOptions& drawing) {
    const AgreementWording& words = agreement_wording(language);
    const auto number = [](std::uint64_t count) { return std::to_string(count); };
    std::vector<std::string> notes;
    notes.push_back(in(language, {"编码员：", "編碼員：", "coders: "}) + joined(result.coders, words.comma) + words.stop);
    const bool segments = result.kind == AgreementKind::segments || (result.kind == AgreementKind::codings && result.unit == AgreementUnit::segment);
    if (segments) {
        notes.push_back(in(language, {"文本长度 ", "文本長度 ", "length of the text: "}) + number(result.units) + in(language, {" 字，片段 ", " 字，片段 ", " characters; segments: "}) + number(result.segments) + words.stop);
    } else {
        std::string text = in(language, {"分析单元 ", "分析單元 ", "units: "}) + number(result.units);
        if (result.kind == AgreementKind::codings) text += bracketed(language, unit_name(language, result.unit));
        text += in(language, {"，至少两人评定 ", "，至少兩人評定 ", ", rated by two or more: "}) + number(result.pairable);
        text += in(language, {"，缺失评定 ", "，缺失評定 ", ", missing ratings: "}) + number(result.missing);
        if (result.unrated > 0) text += in(language, {"，无人评定而略去 ", "，無人評定而略去 ", ", rated by nobody and left out: "}) + number(result.unrated);
        notes.push_back(text + words.stop);
    }
    if (result.kind == AgreementKind::codings && !segments) {
        notes.push_back(in(language, {"总表把每个单元在每个编码上的“编／未编”合并计算，不是各编码系数的平均。", "總表把每個單元在每個編碼上的「編／未編」合併計算，不是各編碼係數的平均。",
                                      "the first table pools the decisions coded or not on every unit and code; it is no mean of coefficients."}));
    }
    if (result.bootstrap != BootstrapMethod::none && result.rounds_undefined < drawing.rounds) {
        std::string text = result.bootstrap == BootstrapMethod::units
                               ? in(language, {"α 的区间：对单元自助抽样 ", "α 的區間：對單元自助抽樣 ", "interval of α: bootstrap over units, rounds "})
                               : in(language, {"α 的区间：按 Krippendorff 对配对抽样 ", "α 的區間：按 Krippendorff 對配對抽樣 ", "interval of α: Krippendorff's bootstrap over pairs, rounds "});
        text += number(drawing.rounds) + in(language, {" 轮，种子 ", " 輪，種子 ", ", seed "}) + number(drawing.seed);
        if (result.rounds_undefined > 0) text += in(language, {"，其中未定义而不计 ", "，其中未定義而不計 ", ", undefined and left out "}) + number(result.rounds_undefined);
        notes.push_back(text + words.stop);
    }
    if (result.kind == AgreementKind::codings && result.unit == AgreementUnit::character) {
        notes.push_back(in(language, {"逐字比较不给区间：相邻的字并不独立；AC1 与 κ 的区间同理偏窄。", "逐字比較不給區間：相鄰的字並不獨立；AC1 與 κ 的區間同理偏窄。",
                                      "α by character has no interval, because neighbours are not independent; those of AC1 and κ are too narrow for the same reason."}));
    }
    if (!segments) {
        notes.push_back(in(language, {"K 与 R 未校正偶然一致，宜与 α 一并报告。", "K 與 R 未校正偶然一致，宜與 α 一併報告。", "K and R do not correct for chance; report α beside them."}));
    } else if (result.coders.size() > 2) {
        notes.push_back(in(language, {"重叠比较只在两人之间进行，见两两比较；多于两人的 cuα 与 (k)uα 为暂定值。", "重疊比較只在兩人之間進行，見兩兩比較；多於兩人的 cuα 與 (k)uα 為暫定值。",
                                      "overlaps compare two coders, see the pairs; with more than two, cuα and (k)uα are provisional."}));
    }
    return notes;
}

std::vector<std::string> coding_notes(Language language, const CodedUnits& units) {
    const AgreementWording& words = agreement_wording(language);
    const auto number = [](std::uint64_t count) { return std::to_string(count); };
    std::vector<std::string> notes;
    for (const CodedUnits::Silent& silent : units.silent) {
        if (language == Language::english) {
            notes.push_back("\"" + silent.coder + "\" has no coding in " + silent.document + "; that counts as coded nothing.");
        } else {
            notes.push_back(silent.coder + in(language, {"在", "在", ""}) + silent.document + in(language, {"中没有任何编码，按“未编”计。", "中沒有任何編碼，按「未編」計。", ""}));
        }
    }
    const auto add = [&](const Three& text, std::uint64_t count) {
        if (count > 0) notes.push_back(in(language, text) + number(count) + words.stop);
    };
    add({"已否决而不计的编码：", "已否決而不計的編碼：", "rejected codings, not counted: "}, units.rejected);
    add({"不落在任何单元内的编码（如访谈者的话、标题）：", "不落在任何單元內的編碼（如訪談者的話、標題）：", "codings that meet no unit (interviewer, headings): "}, units.beside);
    add({"编码簿中无人使用、未列入的编码：", "編碼簿中無人使用、未列入的編碼：", "codes of the codebook that nobody used, not listed: "}, units.unused_codes);
    if (!units.left_out.empty()) {
        notes.push_back(in(language, {"并非所有编码员都编过而略去的文件：", "並非所有編碼員都編過而略去的文件：", "documents left out, not coded by all: "}) + joined(units.left_out, words.comma) + words.stop);
    }
    if (!units.unknown.empty()) {
        notes.push_back(in(language, {"编码中没有、因而略去的访谈：", "編碼中沒有、因而略去的訪談：", "transcripts left out, of which the codings know nothing: "}) + joined(units.unknown, words.comma) + words.stop);
    }
    return notes;
}

}  // namespace fangtan::analysis
