// SPDX-License-Identifier: Apache-2.0
#include "fangtan/analysis/saturation_wording.hpp"

#include <array>
#include <charconv>

#include "fangtan/table/rounding.hpp"

namespace fangtan::analysis {
namespace {

constexpr SaturationWording kSimplified = {"编码饱和表", {"访谈", "受访者"}, "编码（个）", "新编码（个）", "新编码", "累计（个）", "S 系数", "Jaccard",
                                           "随机中位数", "5%", "95%", "已饱和（次）", "留作检验", "是", "、"};
constexpr SaturationWording kTraditional = {"編碼飽和表", {"訪談", "受訪者"}, "編碼（個）", "新編碼（個）", "新編碼", "累計（個）", "S 係數", "Jaccard",
                                            "隨機中位數", "5%", "95%", "已飽和（次）", "留作檢驗", "是", "、"};
constexpr SaturationWording kEnglish = {"Code saturation", {"Interview", "Participant"}, "Codes", "New codes", "New", "Cumulative", "S", "Jaccard",
                                        "Random median", "5%", "95%", "Saturated orders", "Held back", "yes", ", "};

const char* pick(Language language, const char* simplified, const char* traditional, const char* english) {
    return language == Language::zh_hans ? simplified : language == Language::zh_hant ? traditional : english;
}

// Each # takes the next part.
template <class... Parts>
std::string filled(const char* sentence, const Parts&... parts) {
    const std::string values[] = {parts..., std::string()};
    std::size_t next = 0;
    std::string text;
    for (const char* c = sentence; *c != '\0'; ++c) {
        if (*c == '#') {
            text += values[next++];
        } else {
            text += *c;
        }
    }
    return text;
}

std::string number(std::uint64_t value) { return std::to_string(value); }

std::string joined(const std::vector<std::string>& names, const char* between) {
    std::string text;
    for (const std::string& name : names) text += (text.empty() ? "" : between) + name;
    return text;
}

std::string without_end_zeros(std::string text) {
    if (text.find('.') == std::string::npos) return text;
    text.erase(text.find_last_not_of('0') + 1);
    if (text.back() == '.') text.pop_back();
    return text;
}

// Of what the threshold is as typed: 0.07 · 100 is not 7 in binary.
std::string percent(double share) {
    std::array<char, 40> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), 100 * share, std::chars_format::fixed, 6).ptr;
    return without_end_zeros(std::string(digits.data(), end));
}

// With one decimal, or as many as it takes not to look like the threshold it differs from.
std::string percent(std::uint64_t part, std::uint64_t whole, double threshold) {
    const std::string limit = percent(threshold);
    std::string text;
    for (int decimals = 1; decimals <= kDecimalsMaximum; ++decimals) {
        text = without_end_zeros(printed_number(rounded_half_up(part, whole, decimals), decimals));
        const double off = static_cast<double>(part) - threshold * static_cast<double>(whole);
        if (text != limit || (off < 1e-9 && off > -1e-9)) break;
    }
    return text;
}

// Words for so many interviews.
class Interviews {
 public:
    Interviews(Language language, InterviewUnit unit) : language_(language), people_(unit == InterviewUnit::participant) {}

    [[nodiscard]] const char* measure() const { return people_ ? "位" : "份"; }
    // "6 份访谈", "6 interviews"
    [[nodiscard]] std::string count(std::size_t n) const { return number(n) + (english() ? " " + noun(n) : measured()); }
    // "前 4 份访谈", "the first 4 interviews"
    [[nodiscard]] std::string first(std::size_t n) const {
        if (english()) return "the first " + (n == 1 ? noun(1) : count(n));
        return (n == 1 ? "第 " : "前 ") + count(n);
    }
    // "第 7、8 份访谈", "interviews 7 and 8"
    [[nodiscard]] std::string from_to(std::size_t from, std::size_t to) const {
        std::string numbers = number(from);
        if (to - from >= 3) {
            numbers += (english() ? " to " : "–") + number(to);
        } else {
            for (std::size_t i = from + 1; i <= to; ++i) numbers += (!english() ? "、" : i < to ? ", " : " and ") + number(i);
        }
        return english() ? noun(to - from + 1) + " " + numbers : "第 " + numbers + measured();
    }
    [[nodiscard]] std::string noun(std::size_t n) const { return std::string(people_ ? "participant" : "interview") + (n == 1 ? "" : "s"); }
    [[nodiscard]] std::string measured() const {
        return std::string(" ") + measure() + (people_ ? pick(language_, "受访者", "受訪者", "") : pick(language_, "访谈", "訪談", ""));
    }

 private:
    [[nodiscard]] bool english() const { return language_ == Language::english; }

    Language language_;
    bool people_;
};

std::string new_codes_in_english(std::uint64_t codes, const char* kind = "new code") {
    return (codes == 0 ? "no" : number(codes)) + " " + kind + (codes == 1 || codes == 0 ? "" : "s");
}

// The run that the result rests on: the quiet one, or the last.
const Saturation::Run& telling_run(const Saturation& result) {
    for (const Saturation::Run& run : result.runs) {
        if (result.saturated_after && run.first == *result.saturated_after + 1) return run;
    }
    return result.runs.back();
}

std::string source(Language language) { return pick(language, "（Guest, Namey & Chen, 2020）。", "（Guest, Namey & Chen, 2020）。", " (Guest, Namey & Chen, 2020)."); }

// What the interviews behind the quiet run brought: it is not passed over in silence.
std::string later(Language language, const SaturationStudy& study, const Interviews& interviews) {
    const std::size_t end = *study.runs[0].saturated_after + study.spec.runs[0];
    if (end >= study.studied) return {};
    const std::uint64_t codes = study.cumulative[study.studied - 1] - study.cumulative[end - 1];
    const std::size_t rest = study.studied - end;
    if (language == Language::english) return "The " + number(rest) + " later " + interviews.noun(rest) + " brought " + new_codes_in_english(codes) + ".";
    if (codes == 0) return filled(pick(language, "其后 #未再出现新编码。", "其後 #未再出現新編碼。", ""), interviews.count(rest));
    return filled(pick(language, "其后 #又出现新编码 # 个。", "其後 #又出現新編碼 # 個。", ""), interviews.count(rest), number(codes));
}

std::string cannot_say(Language language, const SaturationStudy& study, const Interviews& interviews) {
    const Saturation& result = study.runs[0];
    if (!result.runs.empty()) {
        return filled(pick(language, "#没有出现编码，新编码所占比例无从计算，无法判断编码是否饱和", "#沒有出現編碼，新編碼所占比例無從計算，無法判斷編碼是否飽和",
                           "In # there was no code, so there is no base to measure new codes against; saturation cannot be judged"),
                      interviews.first(study.spec.base)) + source(language);
    }
    const std::string back = number(study.spec.hold_out);
    if (language == Language::english) {
        return (study.spec.hold_out == 0 ? "There were " : "Besides the " + back + " held back, there were ") + interviews.count(study.studied) + ", fewer than a base of " +
               number(study.spec.base) + " and a run of " + number(study.spec.runs[0]) + "; saturation cannot be judged" + source(language);
    }
    const std::string held = study.spec.hold_out == 0 ? "" : filled(pick(language, "除留作检验的 # #外，", "除留作檢驗的 # #外，", ""), back, std::string(interviews.measure()));
    const std::string measure = interviews.measure();
    return held + filled(pick(language, "共 #，少于基数（# #）与一轮（# #）之和，无法判断编码是否饱和", "共 #，少於基數（# #）與一輪（# #）之和，無法判斷編碼是否飽和", ""),
                         interviews.count(study.studied), number(study.spec.base), measure, number(study.spec.runs[0]), measure) + source(language);
}

}  // namespace

const SaturationWording& saturation_wording(Language language) {
    switch (language) {
        case Language::zh_hans: return kSimplified;
        case Language::zh_hant: return kTraditional;
        case Language::english: break;
    }
    return kEnglish;
}

std::string hold_out_note(Language language, const SaturationStudy& study, const std::vector<std::string>& held_out_names) {
    const Interviews interviews(language, study.spec.unit);
    const std::size_t held = study.spec.hold_out;
    const std::size_t codes = held_out_names.size();
    const std::string names = joined(held_out_names, saturation_wording(language).between);
    if (language == Language::english) {
        const std::string start = "As a check, " + number(held) + " further " + interviews.noun(held) + (held == 1 ? " was" : " were") + " held back: ";
        return start + (codes == 0 ? "no new code appeared." : new_codes_in_english(codes) + " appeared (" + names + ").");
    }
    if (codes == 0) return filled(pick(language, "另留 #检验，未出现新的编码。", "另留 #檢驗，未出現新的編碼。", ""), interviews.count(held));
    return filled(pick(language, "另留 #检验，出现新编码 # 个：#。", "另留 #檢驗，出現新編碼 # 個：#。", ""), interviews.count(held), number(codes), names);
}

std::string saturation_statement(Language language, const SaturationStudy& study, const std::vector<std::string>& held_out_names) {
    const Interviews interviews(language, study.spec.unit);
    const bool english = language == Language::english;
    const char* const gap = english ? " " : "";
    std::string text;
    if (study.verdict() == SaturationStudy::Verdict::cannot_say) {
        text = cannot_say(language, study, interviews);
    } else {
        const Saturation& result = study.runs[0];
        const Saturation::Run& run = telling_run(result);
        const std::string share = percent(run.new_codes, result.base_codes, study.spec.threshold);
        const std::string limit = percent(study.spec.threshold);
        const std::string members = interviews.from_to(run.first, run.first + study.spec.runs[0] - 1);
        const bool given = !study.spec.order.empty();
        const bool people = study.spec.unit == InterviewUnit::participant;
        text = given ? pick(language, "按访谈先后顺序，", "按訪談先後順序，", "In the order in which the interviews were held, ")
                     : people ? pick(language, "按受访者排列顺序，", "按受訪者排列順序，", "In the order in which the participants are listed, ")
                              : pick(language, "按材料排列顺序，", "按資料排列順序，", "In the order in which the interviews are listed, ");
        text += english ? interviews.first(study.spec.base) + " yielded " + number(result.base_codes) + (result.base_codes == 1 ? " code; " : " codes; ")
                        : filled(pick(language, "#得到 # 个编码；", "#得到 # 個編碼；", ""), interviews.first(study.spec.base), number(result.base_codes));
        if (result.saturated_after) {
            const std::string label = result.label(study.spec.runs[0]);
            text += english ? members + " brought " + new_codes_in_english(run.new_codes) + " (" + share + "% of the base, not above " + limit + "%): code saturation was reached at " +
                                  label + " " + interviews.noun(2)
                            : filled(pick(language, "#出现新编码 # 个（占基数的 #%，不高于 #%），编码在 # #时达到饱和", "#出現新編碼 # 個（占基數的 #%，不高於 #%），編碼在 # #時達到飽和", ""),
                                     members, number(run.new_codes), share, limit, label, std::string(interviews.measure()));
            text += source(language);
            const std::string rest = later(language, study, interviews);
            if (!rest.empty()) text += gap + rest;
        } else {
            text += english ? "the last run (" + members + ") still brought " + new_codes_in_english(run.new_codes) + " (" + share + "% of the base, above " + limit +
                                  "%): code saturation was not reached"
                            : filled(pick(language, "最后一轮（#）仍出现新编码 # 个（占基数的 #%，高于 #%），编码尚未达到饱和", "最後一輪（#）仍出現新編碼 # 個（占基數的 #%，高於 #%），編碼尚未達到飽和", ""),
                                     members, number(run.new_codes), share, limit);
            text += source(language);
        }
    }
    if (study.spec.hold_out > 0) text += gap + hold_out_note(language, study, held_out_names);
    return text;
}

std::string run_note(Language language, const SaturationStudy& study, std::size_t run) {
    const Interviews interviews(language, study.spec.unit);
    const Saturation& result = study.runs[run];
    const std::string length = number(study.spec.runs[run]);
    const std::string base = number(study.spec.base);
    const std::string measure = interviews.measure();
    const bool english = language == Language::english;
    const std::string start = english ? "Base " + base + ", run " + length + ", threshold " + percent(study.spec.threshold) + "%: "
                                      : filled(pick(language, "基数 # #、每轮 # #、阈值 #%：", "基數 # #、每輪 # #、閾值 #%：", ""), base, measure, length, measure, percent(study.spec.threshold));
    if (result.runs.empty() || result.base_codes == 0) return start + pick(language, "无法判断。", "無法判斷。", "cannot be judged.");
    const Saturation::Run& told = telling_run(result);
    const std::string members = interviews.from_to(told.first, told.first + study.spec.runs[run] - 1);
    const std::string share = percent(told.new_codes, result.base_codes, study.spec.threshold);
    if (english) {
        return start + (result.saturated_after ? "saturated at " + result.label(study.spec.runs[run]) : std::string("not saturated")) + " (" + members + ": " + new_codes_in_english(told.new_codes) + ", " +
               share + "% of " + number(result.base_codes) + ").";
    }
    return start + (result.saturated_after ? filled(pick(language, "# 达到饱和", "# 達到飽和", ""), result.label(study.spec.runs[run])) : pick(language, "未达到饱和", "未達到飽和", "")) +
           filled(pick(language, "（#新编码 # 个，占 # 个的 #%）。", "（#新編碼 # 個，占 # 個的 #%）。", ""), members, number(told.new_codes), number(result.base_codes), share);
}

std::string s_note(Language language, const SaturationStudy& study) {
    const std::string times = number(study.spec.s_times);
    const std::string share = percent(kSaturationShare);
    if (study.s_saturated_at) {
        return filled(pick(language, "S 系数（杨莉萍等，2022）：到第 #，连续 # 次不低于 #%。", "S 係數（楊莉萍等，2022）：到第 #，連續 # 次不低於 #%。",
                           "S (Yang et al., 2022): with number # it was at least #% for # in a row."),
                      number(*study.s_saturated_at) + (language == Language::english ? "" : Interviews(language, study.spec.unit).measured()),
                      language == Language::english ? share : times, language == Language::english ? times : share);
    }
    return filled(pick(language, "S 系数（杨莉萍等，2022）：没有连续 # 次不低于 #%。", "S 係數（楊莉萍等，2022）：沒有連續 # 次不低於 #%。", "S (Yang et al., 2022): never # in a row of at least #%."), times, share);
}

std::string orders_note(Language language, const SaturationStudy& study) {
    const std::string measure = Interviews(language, study.spec.unit).measure();
    const std::string reached = number(study.band.reached.empty() ? 0 : study.band.reached.back());
    const std::string orders = number(study.spec.orders);
    const std::string seed = number(study.spec.seed);
    const std::string run = number(study.spec.runs[0]);
    if (language == Language::english) {
        return "Random orders: " + orders + " (seed " + seed + "); median and 5% to 95% of the cumulative codes. Saturated with runs of " + run + ": " + reached + " of " + orders + ".";
    }
    return filled(pick(language, "随机排列 # 次（种子 #），列出累计编码数的中位数与 5%–95% 区间；每轮 # #时，其中 # 次达到饱和。",
                       "隨機排列 # 次（種子 #），列出累計編碼數的中位數與 5%–95% 區間；每輪 # #時，其中 # 次達到飽和。", ""),
                  orders, seed, run, measure, reached);
}

std::string listed_order_note(Language language, InterviewUnit unit) {
    if (unit == InterviewUnit::participant) {
        return pick(language, "受访者按材料名称的次序，未必是访谈的先后；访谈的先后用 --order 给出。", "受訪者按資料名稱的次序，未必是訪談的先後；訪談的先後用 --order 給出。",
                    "Participants in the order of the documents' names, which need not be the order of the interviews; give that with --order.");
    }
    return pick(language, "访谈按名称的次序，未必是访谈的先后；访谈的先后用 --order 给出。", "訪談按名稱的次序，未必是訪談的先後；訪談的先後用 --order 給出。",
                "Interviews in the order of their names, which need not be the order in which they were held; give that with --order.");
}

std::string without_codes_note(Language language, const SaturationStudy& study) {
    std::vector<std::string> ids;
    for (const std::size_t i : study.without_codes()) ids.push_back(study.interviews[i]);
    const Interviews interviews(language, study.spec.unit);
    const std::string list = joined(ids, saturation_wording(language).between);
    if (language == Language::english) return "Without any coding, so bringing nothing new: " + list + ".";
    return filled(pick(language, "没有编码的 #，计为未出现新编码：#。", "沒有編碼的 #，計為未出現新編碼：#。", ""), interviews.count(ids.size()), list);
}

std::string nobodys_note(Language language, std::uint64_t codings) {
    return filled(pick(language, "不属于任何受访者的编码 # 个，未计入。", "不屬於任何受訪者的編碼 # 個，未計入。", "Codings that belong to no participant are not counted: #."), number(codings));
}

std::string statement_note(Language language, const std::string& statement) {
    return pick(language, "方法部分可写：", "方法部分可寫：", "For the methods section: ") + statement;
}

}  // namespace fangtan::analysis
