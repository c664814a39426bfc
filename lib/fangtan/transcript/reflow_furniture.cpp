// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <map>
#include <string>

#include "fangtan/text/character.hpp"
#include "fangtan/text/utf8.hpp"
#include "fangtan/transcript/heading.hpp"
#include "fangtan/transcript/label.hpp"
#include "fangtan/transcript/reflow_lines.hpp"

namespace fangtan::transcript {
namespace {

constexpr std::size_t kHeadDistance = 8;       // lines between two running heads at least
constexpr std::size_t kFootnotesMaximum = 20;  // lines of footnotes on a page
constexpr std::size_t kNumberedNoteMaximum = 6;  // lines of a note that begins with a bare number

bool is_one_of(char32_t c, std::u32string_view set) { return set.find(c) != std::u32string_view::npos; }
bool is_digit(char32_t c) { return (c >= U'0' && c <= U'9') || (c >= U'０' && c <= U'９'); }
bool is_circled(char32_t c) { return (c >= U'①' && c <= U'⑳') || (c >= U'⓪' && c <= U'⓿') || (c >= U'❶' && c <= U'❿'); }

// 12, — 12 —, ·45·, 第3页, 第 3 页 共 20 页, 3 / 20, Page 3.
bool is_page_number(std::string_view line) {
    if (line.size() > 60) return false;
    std::size_t digits = 0;
    bool page_word = false;
    bool inside = false;
    std::size_t runs = 0;
    for (std::size_t i = 0; i < line.size(); i += utf8::length(line[i])) {
        const char32_t c = utf8::at(line, i);
        if (is_digit(c)) {
            if (!inside) ++runs;
            inside = true;
            ++digits;
            continue;
        }
        inside = false;
        if (is_one_of(c, U"第页共")) {
            page_word = true;
        } else if (line.substr(i).starts_with("Page") || line.substr(i).starts_with("page")) {
            page_word = true;
            i += 3;
        } else if (!is_white_space(c) && !is_one_of(c, U"—–-−·•.|/~－―…[]【】<>《》")) {
            return false;
        }
    }
    return digits > 0 && digits <= 8 && runs <= 2 && (runs == 1 ? digits <= 4 : page_word || line.find('/') != std::string_view::npos);
}

// What recurs on every page: the line without its page number, digits as 0, no blanks.
std::string head_key(std::string_view line) {
    std::string key;
    bool digits = false;
    for (std::size_t i = 0; i < line.size(); i += utf8::length(line[i])) {
        const char32_t c = utf8::at(line, i);
        if (is_white_space(c) || is_one_of(c, U"·—-–|•")) continue;
        if (is_digit(c)) {
            if (!digits) key += '0';
            digits = true;
            continue;
        }
        digits = false;
        utf8::append(key, c);
    }
    while (key.starts_with('0')) key.erase(0, 1);
    while (key.ends_with('0')) key.pop_back();
    return key;
}

bool names_an_issue(std::string_view key) {
    return key.find("第0期") != std::string::npos || key.find("年第") != std::string::npos || key.find("Vol") != std::string::npos ||
           key.find("总第") != std::string::npos || key.find("学报") != std::string::npos;
}

bool ends_with_end_mark(std::string_view line) { return is_one_of(utf8::before(line, line.size()), U"。！？；，、!?;,…”」"); }

class FurnitureFinder {
 public:
    FurnitureFinder(std::string_view text, std::vector<PageLine>& lines, std::size_t edge) : text_(text), lines_(lines), edge_(edge) {}

    void run() {
        for (PageLine& line : lines_) {
            if (is_page_number(line.content.of(text_))) line.furniture = Furniture::page_number;
        }
        find_heads();
        find_footnotes();
    }

 private:
    void find_heads() {
        std::map<std::string, std::vector<std::size_t>> places;
        for (std::size_t i = 0; i < lines_.size(); ++i) {
            const PageLine& line = lines_[i];
            const std::string_view content = line.content.of(text_);
            if (line.furniture != Furniture::none || ends_with_end_mark(content) || line.width > edge_ + 4) continue;
            std::string key = head_key(content);
            if (utf8::count(key) >= 2) places[std::move(key)].push_back(i);
        }
        for (const auto& [key, where] : places) {
            if (where.size() < 2) continue;
            const bool issue = names_an_issue(key);
            if (!issue && (where.size() < 3 || !is_spread(where) || !stands_at_page_breaks(where))) continue;
            // The chapter's own heading is its first; what follows on the next pages repeats it.
            const PageLine& first = lines_[where.front()];
            const bool keep = !issue && heading_shape(text_, first.content.begin.value, first.content.end.value).has_value();
            for (std::size_t i = keep ? 1 : 0; i < where.size(); ++i) lines_[where[i]].furniture = Furniture::running_head;
        }
    }

    [[nodiscard]] static bool is_spread(const std::vector<std::size_t>& where) {
        for (std::size_t i = 1; i < where.size(); ++i) {
            if (where[i] - where[i - 1] < kHeadDistance) return false;
        }
        return true;
    }

    // Most of them beside a page number, or in the middle of sentences: what recurs in the text itself does neither.
    [[nodiscard]] bool stands_at_page_breaks(const std::vector<std::size_t>& where) const {
        std::size_t beside = 0;
        std::size_t within = 0;
        for (const std::size_t i : where) {
            const bool after_number = i > 0 && lines_[i - 1].furniture == Furniture::page_number;
            const bool before_number = i + 1 < lines_.size() && lines_[i + 1].furniture == Furniture::page_number;
            if (after_number || before_number) {
                ++beside;
            } else if (i > 0 && lines_[i - 1].width + lines_[i - 1].indentation + 3 >= edge_ && !ends_a_sentence(text_, lines_[i - 1])) {
                ++within;
            }
        }
        const PageLine& first = lines_[where.front()];
        const bool label = label_shape(text_, first.content.begin.value, first.content.end.value).has_value();
        return beside * 2 >= where.size() || (!label && (beside + within) * 2 >= where.size());
    }

    // ① …, [1] …, 1 …: the length of the mark and the blanks behind it, or 0.
    [[nodiscard]] std::size_t note_mark(const PageLine& line) const {
        const std::string_view content = line.content.of(text_);
        const char32_t first = utf8::at(content, 0);
        std::size_t at = 0;
        bool bare = false;
        if (is_circled(first)) {
            at = utf8::length(content[0]);
        } else if (is_one_of(first, U"[［〔")) {
            at = utf8::length(content[0]);
            const std::size_t digits = at;
            while (at < content.size() && content[at] >= '0' && content[at] <= '9') ++at;
            if (at == digits || at >= content.size() || !is_one_of(utf8::at(content, at), U"]］〕")) return 0;
            at += utf8::length(content[at]);
        } else {
            while (at < content.size() && at < 3 && content[at] >= '0' && content[at] <= '9') ++at;
            bare = true;
            if (at == 0 || at == 3) return 0;
        }
        const std::size_t mark = at;
        while (at < content.size() && is_white_space(utf8::at(content, at))) at += utf8::length(content[at]);
        if (at >= content.size() || (bare && at == mark)) return 0;
        return bare && !is_letter_or_digit(utf8::at(content, at)) && !is_one_of(utf8::at(content, at), U"《“") ? 0 : at;
    }

    // The notes stand between the last line of the page's text and its number, or the head of the next page.
    void find_footnotes() {
        std::size_t page_begin = 0;
        for (std::size_t i = 0; i <= lines_.size(); ++i) {
            if (i < lines_.size() && lines_[i].furniture == Furniture::none) continue;
            if (i > page_begin) notes_of_page(page_begin, i);
            page_begin = i + 1;
        }
    }

    void notes_of_page(std::size_t begin, std::size_t end) {
        std::size_t first = end;
        for (std::size_t i = end; i > begin && end - i < kFootnotesMaximum; --i) {
            if (note_mark(lines_[i - 1]) == 0) continue;
            if (!is_note(begin, i - 1, end)) break;
            first = i - 1;
        }
        for (std::size_t i = first; i < end; ++i) lines_[i].furniture = Furniture::footnote;
    }

    [[nodiscard]] bool is_note(std::size_t begin, std::size_t note, std::size_t end) const {
        const std::string_view content = lines_[note].content.of(text_);
        const bool circled = is_circled(utf8::at(content, 0));
        // Notes end on their page. A line that only happens to begin with a number belongs to a text that goes on.
        const PageLine& last = lines_[end - 1];
        if (last.indentation + last.width + 3 >= edge_ && last.width < edge_ + 4 && !ends_a_sentence(text_, last)) return false;
        const bool number = content[0] >= '0' && content[0] <= '9';
        if (number && end - note > kNumberedNoteMaximum) return false;
        if (!(number && end == lines_.size()) && note > begin && lines_[note - 1].width + lines_[note - 1].indentation + 3 >= edge_ && !ends_a_sentence(text_, lines_[note - 1]) &&
            note_mark(lines_[note - 1]) == 0) {
            return true;
        }
        const std::string_view mark = content.substr(0, circled || content[0] == '[' ? content.find_first_of(" ]") == std::string_view::npos ? utf8::length(content[0]) : note_mark_size(content) : 0);
        if (!mark.empty()) {
            for (std::size_t i = begin; i < note; ++i) {
                const std::size_t found = lines_[i].content.of(text_).find(mark);
                if (found != std::string_view::npos && found > 0) return true;
            }
        }
        std::string whole;
        for (std::size_t i = note; i < end; ++i) whole += lines_[i].content.of(text_);
        static const std::vector<std::string_view> kWords = {"参见", "详见", "出版社", "载《", "学报", "化名", "http", "课题", "项目编号", "基金", "本文", "引自", "转引"};
        return std::any_of(kWords.begin(), kWords.end(), [&](std::string_view word) { return whole.find(word) != std::string::npos; });
    }

    [[nodiscard]] static std::size_t note_mark_size(std::string_view content) {
        if (content[0] != '[') return utf8::length(content[0]);
        return content.find(']') + 1;
    }

    std::string_view text_;
    std::vector<PageLine>& lines_;
    std::size_t edge_;
};

}  // namespace

void mark_furniture(std::string_view text, std::vector<PageLine>& lines, std::size_t edge) {
    FurnitureFinder(text, lines, edge).run();
}

}  // namespace fangtan::transcript
