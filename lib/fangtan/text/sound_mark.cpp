// SPDX-License-Identifier: Apache-2.0
#include "fangtan/text/sound_mark.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "fangtan/text/boundary.hpp"
#include "fangtan/text/fold.hpp"
#include "fangtan/text/utf8.hpp"

namespace fangtan {
namespace {

constexpr std::size_t kLongest = 60;  // bytes between the brackets

constexpr std::array<std::string_view, 14> kBefore = {"",   "长", "短", "大", "苦", "微", "轻", "冷", "深", "众人", "两人", "大家", "全场", "受访者"};
constexpr std::array<std::string_view, 31> kMarks = {"笑",   "停顿", "沉默", "叹气", "叹息", "咳嗽", "听不清", "听不清楚", "听不到", "含糊", "模糊", "不清楚", "哭", "哽咽", "流泪", "点头",
                                                    "摇头", "打断", "插话", "录音中断", "中断", "无声", "喘气", "掌声", "鼓掌", "拍手", "音乐", "杂音", "静默", "思考", "迟疑"};
constexpr std::array<std::string_view, 11> kBehind = {"", "着", "了", "声", "起来", "了笑", "了一下", "一下", "片刻", "许久", "几秒"};
constexpr std::array<std::string_view, 18> kEnglish = {"laughs", "laugh", "laughing", "laughter", "pause", "long pause", "silence", "sigh", "sighs", "cough", "coughs", "inaudible",
                                                      "unclear", "crosstalk", "crying", "music", "?", "??"};

// 停顿3秒, pause 2s
std::string_view without_seconds(std::string_view text) {
    for (const std::string_view unit : {"秒", "s", "sec"}) {
        if (!text.ends_with(unit)) continue;
        std::string_view rest = text.substr(0, text.size() - unit.size());
        const std::size_t digits = rest.find_last_not_of("0123456789. ") + 1;
        if (digits < rest.size()) return rest.substr(0, digits);
    }
    return text;
}

char32_t closing_of(char32_t open) {
    switch (open) {
        case U'[': return U']';
        case U'【': return U'】';
        case U'(': return U')';
        case U'（': return U'）';
        case U'〔': return U'〕';
        default: return 0;
    }
}

}  // namespace

bool is_sound_mark(std::string_view inside) {
    if (inside.size() > kLongest) return false;
    const std::string folded = fold(trimmed(inside, span_of(0, static_cast<std::uint32_t>(inside.size()))).of(inside));
    const std::string_view words = without_seconds(folded);
    if (words.empty()) return false;
    if (std::find(kEnglish.begin(), kEnglish.end(), words) != kEnglish.end()) return true;
    for (const std::string_view before : kBefore) {
        if (!words.starts_with(before)) continue;
        const std::string_view rest = words.substr(before.size());
        for (const std::string_view mark : kMarks) {
            if (rest.starts_with(mark) && std::find(kBehind.begin(), kBehind.end(), rest.substr(mark.size())) != kBehind.end()) return true;
        }
    }
    return false;
}

void append_sound_marks(std::string_view text, Span whole, std::vector<Span>& marks) {
    for (std::uint32_t at = whole.begin.value; at < whole.end.value; at += utf8::length(text[at])) {
        const char32_t close = closing_of(utf8::at(text, at));
        if (close == 0) continue;
        const std::uint32_t inside = at + utf8::length(text[at]);
        for (std::uint32_t end = inside; end < whole.end.value && end - inside <= kLongest; end += utf8::length(text[end])) {
            const char32_t c = utf8::at(text, end);
            if (c != close && !(close == U'）' && c == U')') && !(close == U')' && c == U'）')) continue;
            if (!is_sound_mark(text.substr(inside, end - inside))) break;
            const std::uint32_t behind = end + utf8::length(text[end]);
            marks.push_back(span_of(at, behind));
            at = end;
            break;
        }
    }
}

}  // namespace fangtan
