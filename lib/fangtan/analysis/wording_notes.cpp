// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <charconv>

#include "fangtan/analysis/wording.hpp"

namespace fangtan::analysis {
namespace {

std::string in(Language language, const std::string& simplified, const std::string& traditional, const std::string& english) {
    return language == Language::zh_hans ? simplified : language == Language::zh_hant ? traditional : english;
}

std::string three_decimals(double number) {
    std::array<char, 400> text{};
    return {text.data(), std::to_chars(text.data(), text.data() + text.size(), number, std::chars_format::fixed, 3).ptr};
}

}  // namespace

std::string source_note(Language language, const SourceFacts& facts) {
    const std::string documents = std::to_string(facts.documents);
    const std::string people = std::to_string(facts.participants);
    std::string dates;
    if (facts.dated > 0) {
        const std::string range = facts.first_date == facts.last_date ? facts.first_date : facts.first_date + in(language, " 至 ", " 至 ", " to ") + facts.last_date;
        const bool some = facts.dated < facts.documents;
        const std::string n = std::to_string(facts.dated);
        dates = in(language, "（" + (some ? "其中 " + n + " 份有日期：" : "") + range + "）", "（" + (some ? "其中 " + n + " 份有日期：" : "") + range + "）", " (" + (some ? n + " of them dated: " : "") + range + ")");
    }
    std::string note = in(language, "材料 " + documents + " 份" + dates + "，受访者 " + people + " 人", "資料 " + documents + " 份" + dates + "，受訪者 " + people + " 人",
                          "Documents: " + documents + dates + "; participants: " + people);
    std::string units;
    for (const std::string& unit : facts.units) {
        const auto named = [&](const char* name, const char* simplified, const char* traditional) { return unit == name ? in(language, simplified, traditional, name) : std::string(); };
        std::string name = named("clause", "分句", "分句") + named("sentence", "句子", "句子") + named("turn", "话轮", "話輪") + named("paragraph", "段落", "段落") + named("document", "全文", "全文") + named("match", "命中处", "命中處");
        units += (units.empty() ? "" : in(language, "、", "、", ", ")) + (name.empty() ? unit : name);
    }
    if (!units.empty()) note += in(language, "；分析单元：" + units, "；分析單元：" + units, "; unit of analysis: " + units);
    return note + in(language, "。", "。", ".");
}

std::string untested_note(Language language) {
    return in(language, "没有受访者的编码不参加检验。", "沒有受訪者的編碼不參加檢定。", "Codings of nobody take no part in the test.");
}

std::string people_overlap_note(Language language) {
    return in(language, "同一受访者可提及多个编码，受访者百分比相加不必为 100。", "同一受訪者可提及多個編碼，受訪者百分比相加不必為 100。",
              "A participant may mention several codes: percentages of participants need not add up to 100.");
}

std::string not_adjusted_note(Language language) {
    return in(language, "--round sum 只调整参考点的百分比；可重叠的百分比按四舍五入。", "--round sum 只調整參考點的百分比；可重疊的百分比按四捨五入。",
              "--round sum adjusts percentages of references only; percentages that may overlap are rounded half up.");
}

std::string filter_note(Language language, const std::vector<FilterCondition>& conditions) {
    std::string list;
    for (const FilterCondition& condition : conditions) list += (list.empty() ? "" : in(language, "；", "；", "; ")) + condition.field + "=" + condition.value;
    return in(language, "筛选：" + list + "。", "篩選：" + list + "。", "Filter: " + list + ".");
}

std::string withheld_note(Language language, std::uint64_t minimum) {
    const std::string n = std::to_string(minimum);
    const std::string last = std::to_string(minimum - 1);
    return in(language, "为保护个人，1 至 " + last + " 的频次写作“<" + n + "”；“×”是为防止推算而隐去的数，大小不限。",
              "為保護個人，1 至 " + last + " 的頻次寫作「<" + n + "」；「×」是為防止推算而隱去的數，大小不限。",
              "To protect people, counts from 1 to " + last + " are printed as <" + n + "; × stands for numbers of any size, hidden so that none can be worked out.");
}

std::string dependence_note(Language language, CountKind kind) {
    if (kind == CountKind::references) {
        return in(language, "同一人的多个参考点并不相互独立，检验结果只供参考。", "同一人的多個參考點並不相互獨立，檢定結果只供參考。",
                  "Segments of one person are not independent of each other: take the test as a hint only.");
    }
    return in(language, "各行并不互斥：同一来源可计入多行，各格并不相互独立，检验结果只供参考。", "各列並不互斥：同一來源可計入多列，各格並不相互獨立，檢定結果只供參考。",
              "Rows are not exclusive: one source may count in several, so the cells are not independent. Take the test as a hint only.");
}

std::string no_test_note(Language language) {
    return in(language, "有计数的行或列不足两个，无法检验。", "有計數的列或欄不足兩個，無法檢定。", "Fewer than two rows or columns have counts: nothing can be tested.");
}

std::string test_note(Language language, const TableTest& test, std::uint64_t n) {
    const std::string comma = in(language, "，", "，", ", ");
    std::string text = (test.name == "g2" ? "G²(" : "χ²(") + std::to_string(test.degrees) + ") = " + three_decimals(test.statistic);
    if (test.corrected) text += in(language, "（Yates 校正）", "（Yates 校正）", " (Yates)");
    text += comma + (test.p < 0.001 ? "p < 0.001" : "p = " + three_decimals(test.p));
    if (test.cramers_v) text += comma + "Cramér's V = " + three_decimals(*test.cramers_v);
    return text + comma + "n = " + std::to_string(n) + in(language, "。", "。", ".");
}

std::string residual_note(Language language) {
    return in(language, "调整残差：* |r| > 1.96，** |r| > 2.58；↑ 多于期望，↓ 少于期望。", "調整殘差：* |r| > 1.96，** |r| > 2.58；↑ 多於期望，↓ 少於期望。",
              "Adjusted residuals: * |r| > 1.96, ** |r| > 2.58; ↑ more than expected, ↓ fewer.");
}

std::string sparse_note(Language language, std::size_t small, std::size_t cells) {
    const std::string some = std::to_string(small);
    const std::string all = std::to_string(cells);
    return in(language, all + " 格中有 " + some + " 格的期望频次小于 5，超过 20%，p 值不可靠。", all + " 格中有 " + some + " 格的期望頻次小於 5，超過 20%，p 值不可靠。",
              some + " of " + all + " cells expect fewer than 5, more than 20 %: p is not to be trusted.");
}

}  // namespace fangtan::analysis
