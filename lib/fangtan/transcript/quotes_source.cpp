// SPDX-License-Identifier: Apache-2.0
#include "fangtan/transcript/quotes_source.hpp"

#include <algorithm>
#include <array>

#include "fangtan/text/boundary.hpp"
#include "fangtan/text/character.hpp"
#include "fangtan/text/utf8.hpp"
#include "fangtan/transcript/label.hpp"

namespace fangtan::transcript {
namespace {

constexpr std::size_t kSourceMaximum = 60;  // characters between the brackets
constexpr std::size_t kItemMaximum = 20;    // characters of one item; more is a remark
constexpr std::size_t kRestMaximum = 10;    // characters beside an id in one item
constexpr std::size_t kItemsMaximum = 8;

using Words = std::vector<std::string_view>;

// What a source calls the kind of its document. Only these make a source without an id one.
const Words& document_words() {
    static const Words words = {"访谈实录", "访谈记录", "访谈录", "访谈稿", "文字稿", "转录稿", "记录稿", "记录表", "日志", "记录", "笔记",
                                "访谈", "手记", "札记", "日记", "周记", "录音", "口述", "自述"};
    return words;
}

// What may stand before such a word and belongs to it.
const Words& document_modifiers() {
    static const Words words = {"焦点小组", "半结构式", "半结构", "面对面", "工作", "访谈", "个案", "田野", "观察", "服务", "现场", "督导",
                                "深度", "电话", "反思", "实地", "调研", "走访", "入户", "会议", "文字", "个别", "微信", "线上",
                                "原始", "整理", "个人"};
    return words;
}

const Words& respondent_words() {
    static const Words words = {"受访者编号", "访谈对象", "受访对象", "被访谈者", "被访谈人", "受访者", "被访者", "受访人", "被访人", "访谈者编号",
                                "访谈编号", "编号", "资料来源", "来源", "摘自", "引自", "来自"};
    return words;
}

// （见表1）, （以下简称…）, （例如…): the author speaks. 见习民警 and 附近居民 are people.
bool begins_a_remark(std::string_view text) {
    static constexpr std::array<std::string_view, 14> kStarts = {"参见", "详见", "参考", "参阅", "如", "例如", "比如", "转引", "数据来源", "根据", "以下", "即", "下同", "包括"};
    const auto starts = [&](std::string_view start) { return text.starts_with(start); };
    if (std::any_of(kStarts.begin(), kStarts.end(), starts)) return true;
    if (text.starts_with("见")) return !text.starts_with("见习");
    static constexpr std::array<std::string_view, 3> kNumbered = {"图", "表", "附"};
    if (!std::any_of(kNumbered.begin(), kNumbered.end(), starts)) return text.starts_with("注:") || text.starts_with("含");
    const std::string_view rest = text.substr(3);
    static constexpr std::u32string_view kNumbers = U" 0123456789一二三四五六七八九十录件表图:-";
    return rest.empty() || kNumbers.find(utf8::at(rest, 0)) != std::u32string_view::npos;
}

// P1当时笑了: told about somebody, no source.
bool tells_an_event(std::string_view rest) {
    static constexpr std::array<std::string_view, 10> kEnds = {"了", "着", "过", "笑", "哭", "说", "道", "时", "后", "的"};
    return std::any_of(kEnds.begin(), kEnds.end(), [&](std::string_view end) { return rest.ends_with(end); });
}

bool is_ascii_digit(char c) { return c >= '0' && c <= '9'; }

std::string_view without_blanks(std::string_view text) {
    while (text.starts_with(' ')) text.remove_prefix(1);
    while (text.ends_with(' ')) text.remove_suffix(1);
    return text;
}

bool strip_end(std::string_view& text, const Words& words) {
    for (const std::string_view word : words) {
        if (text.ends_with(word)) {
            text = without_blanks(text.substr(0, text.size() - word.size()));
            return true;
        }
    }
    return false;
}

// 项目社工L的工作日志 is 项目社工L; empty optional if the text names no kind of document.
std::optional<std::string_view> without_document(std::string_view text) {
    text = without_blanks(text);
    if (!strip_end(text, document_words())) return std::nullopt;
    static const Words kLinks = {"的", "之"};
    while (strip_end(text, document_words()) || strip_end(text, document_modifiers()) || strip_end(text, kLinks)) {
    }
    return text;
}

std::string_view without_respondent_words(std::string_view text) {
    text = without_blanks(text);
    while (strip_end(text, respondent_words())) {
    }
    return text;
}

bool is_year(std::string_view item) {
    return item.size() == 4 && (item.starts_with("19") || item.starts_with("20")) && std::all_of(item.begin(), item.end(), is_ascii_digit);
}

// 2022年3月, 2022-03-15, 20220315, 3月上午.
bool is_date(std::string_view item) {
    if (item.empty() || !is_ascii_digit(item[0])) return false;
    for (std::size_t i = 0; i < item.size(); i += utf8::length(item[i])) {
        const char32_t c = utf8::at(item, i);
        static constexpr std::u32string_view kInDates = U"0123456789.-~: 年月日号上中下午晚初末旬至";
        if (kInDates.find(c) == std::u32string_view::npos) return false;
    }
    return true;
}

// 男, 45岁: about the person, but no role.
bool is_sex_or_age(std::string_view item) {
    static constexpr std::array<std::string_view, 4> kSexes = {"男", "女", "男性", "女性"};
    if (std::find(kSexes.begin(), kSexes.end(), item) != kSexes.end()) return true;
    return is_ascii_digit(item[0]) && (item.ends_with("岁") || item.ends_with("后"));
}

struct FoundId {
    std::size_t begin;
    std::size_t end;
};

// The next id in `item` from `at` on. Not the number of a table or figure, not a value (N=15).
std::optional<FoundId> next_id(std::string_view item, std::size_t at) {
    for (std::size_t i = at; i < item.size(); ++i) {
        if (item[i] < 'A' || item[i] > 'Z') continue;
        if (i > 0) {
            const char32_t before = utf8::before(item, i);
            static constexpr std::u32string_view kNumbered = U"图表附页第式-.=+";
            if (is_word_character(before) || kNumbered.find(before) != std::u32string_view::npos) continue;
        }
        for (std::size_t length = std::min<std::size_t>(7, item.size() - i); length >= 2; --length) {
            const std::size_t end = i + length;
            if (!is_participant_id(item.substr(i, length))) continue;
            if (end < item.size() && (is_word_character(utf8::at(item, end)) || item[end] == '=' || item[end] == '%' || item[end] == '+')) continue;
            return FoundId{i, end};
        }
    }
    return std::nullopt;
}

class SourceReader {
 public:
    SourceReader(std::string_view inside, const ParticipantTable* participants) : plain_(plain_label(inside)), participants_(participants) {}

    std::optional<Source> run() {
        if (plain_.empty() || utf8::count(plain_) > kSourceMaximum || holds_sentence_or_quotation() || begins_a_remark(plain_)) return std::nullopt;
        split();
        if (items_.empty() || items_.size() > kItemsMaximum) return std::nullopt;
        if (std::any_of(items_.begin(), items_.end(), [](std::string_view item) { return utf8::count(item) > kItemMaximum; })) return std::nullopt;
        if (auto source = by_id()) return source;
        if (remark_) return std::nullopt;
        if (auto source = by_name()) return source;
        return by_document();
    }

 private:
    [[nodiscard]] bool holds_sentence_or_quotation() const {
        for (std::size_t i = 0; i < plain_.size(); i += utf8::length(plain_[i])) {
            static constexpr std::u32string_view kMarks = U"。！？!?“”\"「」『』《》\n";
            if (kMarks.find(utf8::at(plain_, i)) != std::u32string_view::npos) return true;
        }
        return false;
    }

    void split() {
        std::string_view rest = plain_;
        std::size_t begin = 0;
        const auto add = [&](std::size_t end) {
            const std::string_view item = without_blanks(rest.substr(begin, end - begin));
            if (!item.empty()) items_.push_back(item);
        };
        std::size_t i = 0;
        for (; i < rest.size(); i += utf8::length(rest[i])) {
            static constexpr std::u32string_view kSeparators = U",、;:/|()【】〔〕[]—";
            if (kSeparators.find(utf8::at(rest, i)) == std::u32string_view::npos) continue;
            add(i);
            begin = i + utf8::length(rest[i]);
        }
        add(i);
    }

    // The role that the words beside an id name; false if they are a remark.
    bool take_rest(std::string_view rest, Source& source) {
        rest = without_blanks(rest);
        if (const auto without = without_document(rest)) rest = *without;
        if (rest == "的") rest = {};
        rest = without_respondent_words(rest);
        static const Words kJoins = {"和", "与", "及", "以及", "跟", "-", "_"};
        while (strip_end(rest, kJoins)) {
        }
        if (rest.empty() || is_date(rest)) return true;
        if (utf8::count(rest) > kRestMaximum || tells_an_event(rest)) return false;
        if (source.role.empty() && !is_sex_or_age(rest)) source.role = std::string(rest);
        return true;
    }

    void take_id(std::string_view id, Source& source) {
        if (source.participant.empty()) {
            source.label = source.participant = std::string(id);
        } else if (id != source.participant && std::find(source.others.begin(), source.others.end(), id) == source.others.end()) {
            source.others.emplace_back(id);
        }
    }

    std::optional<Source> by_id() {
        Source source;
        std::string before_id;
        for (std::size_t i = 0; i < items_.size(); ++i) {
            const std::string_view item = items_[i];
            std::string joined(item);
            std::erase(joined, ' ');
            if (is_participant_id(joined)) {
                if (!may_follow(i, source)) return std::nullopt;
                take_id(joined, source);
                continue;
            }
            std::size_t at = 0;
            std::optional<FoundId> id = next_id(item, 0);
            if (id && !may_follow(i, source)) return std::nullopt;
            for (; id; id = next_id(item, at)) {
                if (!take_rest(item.substr(at, id->begin - at), source)) return reject();
                take_id(item.substr(id->begin, id->end - id->begin), source);
                at = id->end;
            }
            if (at > 0) {
                if (!take_rest(item.substr(at), source)) return reject();
            } else if (!source.participant.empty() && source.role.empty() && !is_date(item) && !is_sex_or_age(item) && !without_document(item)) {
                if (!without_respondent_words(item).empty()) source.role = std::string(item);
            } else if (source.participant.empty() && !is_date(item) && !is_sex_or_age(item) && !without_document(item)) {
                const std::string_view role = without_respondent_words(item);
                if (before_id.empty()) before_id = std::string(role);
            }
        }
        if (source.participant.empty()) return std::nullopt;
        if (source.role.empty()) source.role = before_id;
        return source;
    }

    // （张三，2019：P12）: behind a bare year stands a page.
    bool may_follow(std::size_t i, const Source& source) {
        remark_ = remark_ || (source.participant.empty() && i >= 2 && is_year(items_[i - 1]));
        return !remark_;
    }

    std::optional<Source> reject() {
        remark_ = true;
        return std::nullopt;
    }

    std::optional<Source> by_name() const {
        if (participants_ == nullptr || participants_->empty()) return std::nullopt;
        for (const std::string_view item : items_) {
            const std::string_view document = without_document(item).value_or(item);
            for (const std::string_view name : {item, document}) {
                if (name.empty() || participants_->find(name) == nullptr) continue;
                Source source{std::string(name), std::string(name), {}, {}};
                for (const std::string_view other : items_) {
                    if (other == item || is_date(other) || is_sex_or_age(other) || without_document(other) || without_respondent_words(other).empty()) continue;
                    if (participants_->find(other) != nullptr) {
                        source.others.emplace_back(other);
                    } else if (source.role.empty()) {
                        source.role = std::string(other);
                    }
                }
                return source;
            }
        }
        return std::nullopt;
    }

    std::optional<Source> by_document() const {
        std::string_view unnamed;
        std::size_t documents = 0;
        for (const std::string_view item : items_) {
            const auto name = without_document(item);
            if (!name) continue;
            ++documents;
            if (name->empty() || is_date(*name)) {
                if (unnamed.empty()) unnamed = item;
                continue;
            }
            static constexpr std::array<std::string_view, 11> kPronouns = {"我", "他", "她", "它", "这", "那", "其", "本", "该", "并", "有"};
            const bool remark = std::any_of(kPronouns.begin(), kPronouns.end(), [&](std::string_view word) { return name->starts_with(word); });
            if (remark || name->ends_with("中") || name->ends_with("做") || name->ends_with("写")) return std::nullopt;
            Source source{std::string(item), std::string(*name), {}, {}};
            return source;
        }
        // 工作日志、访谈记录: a list of materials.
        if (documents != 1 || unnamed.empty() || utf8::count(unnamed) < 4) return std::nullopt;
        return Source{std::string(unnamed), {}, {}, {}};
    }

    std::string plain_;
    const ParticipantTable* participants_;
    std::vector<std::string_view> items_;
    bool remark_ = false;
};

}  // namespace

std::uint32_t closing_bracket(std::string_view text, std::uint32_t at, std::uint32_t end) {
    static constexpr std::u32string_view kOpen = U"（(【〔［[";
    static constexpr std::u32string_view kClose = U"）)】〕］]";
    std::uint32_t depth = 0;
    for (std::size_t characters = 0; at < end && characters <= kSourceMaximum + 2; ++characters) {
        const char32_t c = utf8::at(text, at);
        if (kOpen.find(c) != std::u32string_view::npos) ++depth;
        if (depth == 0) return 0;
        if (kClose.find(c) != std::u32string_view::npos && --depth == 0) return at;
        at += utf8::length(text[at]);
    }
    return 0;
}

std::optional<Source> parse_source(std::string_view inside, const ParticipantTable* participants) {
    if (inside.find('\n') == std::string_view::npos) return SourceReader(inside, participants).run();
    std::string joined;  // broken over two lines
    for (std::size_t at = 0; at < inside.size();) {
        const std::size_t end = std::min(inside.find('\n', at), inside.size());
        joined += trimmed(inside, span_of(static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(end))).of(inside);
        at = end + 1;
    }
    return SourceReader(joined, participants).run();
}

}  // namespace fangtan::transcript
