// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <charconv>

#include "fangtan/analysis/comparison.hpp"
#include "fangtan/analysis/wording.hpp"
#include "fangtan/table/rounding.hpp"

namespace fangtan::analysis {
namespace {

const char* pick(Language language, const char* simplified, const char* traditional, const char* english) {
    return language == Language::zh_hans ? simplified : language == Language::zh_hant ? traditional : english;
}

// "95", "99.9"
std::string percent(double confidence) {
    std::array<char, 40> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), 100 * confidence, std::chars_format::fixed, 4).ptr;
    std::string text(digits.data(), end);
    text.erase(text.find_last_not_of('0') + 1);
    if (text.back() == '.') text.pop_back();
    return text;
}

class ComparisonTableMaker {
 public:
    ComparisonTableMaker(const Comparison& comparison, const CodingSet& set, Language language, int decimals)
        : comparison_(comparison), set_(set), language_(language), words_(wording(language)) {
        table_.decimals = decimals;
    }

    Table run() {
        table_.title = pick(language_, "编码比较", "編碼比較", "Comparison of codes") + std::string(words_.colon) + comparison_.names[0] +
                       pick(language_, "与", "與", " and ") + comparison_.names[1];
        if (!set_.codebook.empty()) table_.title += pick(language_, "（", "（", " (") + set_.codebook + pick(language_, "）", "）", ")");
        table_.note_heading = words_.note;
        for (const ComparedCode& code : comparison_.codes) add_row(code);
        add_headings();
        add_notes();
        return std::move(table_);
    }

 private:
    static Cell decimal(const std::optional<double>& value, int decimals, double factor = 1) {
        return value ? Cell(Decimal{factor * *value, decimals}) : Cell();
    }

    void add_row(const ComparedCode& code) {
        const CodeEntry& entry = set_.codes[code.code];
        TableRow row{entry.id, entry.path, {}};
        if (code.own) row.path.emplace_back(words_.own);
        depth_ = std::max(depth_, row.path.size());
        for (std::size_t group = 0; group < 2; ++group) {
            row.cells.emplace_back(code.counts[group]);
            row.cells.push_back(code.difference ? Cell(Percentage{code.counts[group], comparison_.bases[group],
                                                                  rounded_half_up(code.counts[group], comparison_.bases[group], table_.decimals)})
                                                : Cell());
        }
        row.cells.push_back(decimal(code.difference, table_.decimals, 100));
        row.cells.push_back(code.interval ? Cell(Decimal{100 * code.interval->low, table_.decimals}) : Cell());
        row.cells.push_back(code.interval ? Cell(Decimal{100 * code.interval->high, table_.decimals}) : Cell());
        row.cells.push_back(decimal(code.log_ratio, 2));
        row.cells.push_back(decimal(code.g2, 2));
        row.cells.push_back(decimal(code.p, 4));
        row.cells.push_back(decimal(code.bayes_factor, 2));
        without_ratio_ += code.difference && !code.log_ratio ? 1 : 0;
        undefined_ += code.difference ? 0 : 1;
        table_.rows.push_back(std::move(row));
    }

    void add_headings() {
        if (set_.levels.size() >= depth_) {
            table_.path_headings.assign(set_.levels.begin(), set_.levels.begin() + static_cast<std::ptrdiff_t>(depth_));
        } else if (depth_ <= 2) {
            if (depth_ == 2) table_.path_headings.emplace_back(words_.parent);
            table_.path_headings.emplace_back(words_.code);
        } else {
            for (std::size_t i = 0; i < depth_; ++i) table_.path_headings.emplace_back(i < 5 ? words_.level[i] : words_.code);
        }
        static constexpr const char* kUnit[] = {"（次）", "（份）", "（人）", "（字）"};
        const std::string unit = language_ == Language::english ? " n" : kUnit[static_cast<std::size_t>(comparison_.spec.count)];
        for (const std::string& name : comparison_.names) {
            table_.columns.push_back(name + unit);
            table_.columns.push_back(name + pick(language_, "（%）", "（%）", " %"));
        }
        const std::string confidence = percent(comparison_.spec.confidence) + "% ";
        table_.columns.emplace_back(pick(language_, "差值（百分点）", "差值（百分點）", "Difference (points)"));
        table_.columns.push_back(confidence + pick(language_, "下限", "下限", "low"));
        table_.columns.push_back(confidence + pick(language_, "上限", "上限", "high"));
        table_.columns.emplace_back(pick(language_, "对数比", "對數比", "Log ratio"));
        table_.columns.emplace_back("G²");
        table_.columns.emplace_back("p");
        table_.columns.emplace_back(pick(language_, "贝叶斯因子", "貝葉斯因子", "Bayes factor"));
    }

    void add_base_note() {
        static constexpr const char* kSimplified[] = {"各组参考点合计", "有该组讲话的材料份数", "各组人数", "各组讲话字数"};
        static constexpr const char* kTraditional[] = {"各組參考點合計", "有該組講話的資料份數", "各組人數", "各組講話字數"};
        static constexpr const char* kEnglish[] = {"all references of the group", "documents in which the group speaks", "people of the group", "characters the group said"};
        const auto kind = static_cast<std::size_t>(comparison_.spec.count);
        const std::string what = pick(language_, kSimplified[kind], kTraditional[kind], kEnglish[kind]);
        std::array<std::string, 2> numbers;
        for (std::size_t group = 0; group < 2; ++group) {
            const bool unknown = comparison_.speech_unknown && comparison_.bases[group] == 0;
            numbers[group] = comparison_.names[group] + " " + (unknown ? pick(language_, "不详", "不詳", "unknown") : std::to_string(comparison_.bases[group]));
        }
        if (language_ == Language::english) {
            table_.notes.push_back("Percent of " + what + ": " + numbers[0] + ", " + numbers[1] + ".");
        } else {
            table_.notes.push_back(pick(language_, "百分比的基数为", "百分比的基數為", "") + what + "：" + numbers[0] + "，" + numbers[1] + "。");
        }
    }

    void add_notes() {
        add_base_note();
        const std::string confidence = percent(comparison_.spec.confidence);
        const std::string& first = comparison_.names[0];
        const std::string& second = comparison_.names[1];
        if (language_ == Language::english) {
            table_.notes.push_back("Difference: " + first + " minus " + second + "; " + confidence + "% interval by Newcombe's hybrid score method (1998, method 10).");
        } else {
            table_.notes.push_back(pick(language_, "差值为 ", "差值為 ", "") + first + pick(language_, " 减 ", " 減 ", "") + second + "；" + confidence +
                                   pick(language_, "% 置信区间用 Newcombe 混合得分法（1998，方法 10）。", "% 信賴區間用 Newcombe 混合得分法（1998，方法 10）。", ""));
        }
        if (comparison_.spec.count == CountKind::references || comparison_.spec.count == CountKind::characters) {
            table_.notes.emplace_back(pick(language_, "同一人的各段话并不独立，区间偏窄，p 偏小，只作参考；以人计可用 --count participants。",
                                           "同一人的各段話並不獨立，區間偏窄，p 偏小，只作參考；以人計可用 --count participants。",
                                           "What one person says is not independent: intervals are too narrow and p too small. --count participants compares people."));
        }
        table_.notes.emplace_back(pick(language_, "G² 按两格计（Rayson & Garside, 2000），p 取自由度为 1 的卡方分布，未作多重比较校正；贝叶斯因子为 BIC 近似（Wilson, 2013）。",
                                       "G² 按兩格計（Rayson & Garside, 2000），p 取自由度為 1 的卡方分布，未作多重比較校正；貝葉斯因子為 BIC 近似（Wilson, 2013）。",
                                       "G² over two cells (Rayson & Garside 2000), p by chi-square with one degree of freedom, not corrected for many comparisons; Bayes factor by BIC "
                                       "(Wilson 2013)."));
        if (without_ratio_ > 0) {
            table_.notes.emplace_back(pick(language_, "一组没有出现的编码，对数比无定义，留空。", "一組沒有出現的編碼，對數比無定義，留空。", "Where a group lacks a code the log ratio is undefined; its cell is empty."));
        }
        if (undefined_ > 0) {
            table_.notes.emplace_back(pick(language_, "基数为 0、不详或小于次数的，百分比及其后各列无定义，留空。", "基數為 0、不詳或小於次數的，百分比及其後各欄無定義，留空。",
                                           "Where a base is 0, unknown or less than what was counted, percentages and what follows are undefined; the cells are empty."));
        }
        if (comparison_.elsewhere > 0) {
            const std::string number = std::to_string(comparison_.elsewhere);
            table_.notes.push_back(language_ == Language::english ? "Codings of neither group are not counted: " + number + "."
                                                                  : pick(language_, "不属于这两组的编码 ", "不屬於這兩組的編碼 ", "") + number + pick(language_, " 个，未计入。", " 個，未計入。", ""));
        }
        if (comparison_.rejected > 0) table_.notes.push_back(rejected_note(language_, comparison_.rejected));
        if (!set_.skipped.empty()) table_.notes.push_back(skipped_note(language_, set_.skipped));
    }

    const Comparison& comparison_;
    const CodingSet& set_;
    Language language_;
    const Wording& words_;
    Table table_;
    std::size_t depth_ = 1;
    std::size_t without_ratio_ = 0;
    std::size_t undefined_ = 0;
};

}  // namespace

Table comparison_table(const Comparison& comparison, const CodingSet& set, Language language, int decimals) {
    return ComparisonTableMaker(comparison, set, language, decimals).run();
}

}  // namespace fangtan::analysis
