// SPDX-License-Identifier: Apache-2.0
#include "fangtan/transcript/reflow.hpp"

#include <algorithm>
#include <map>
#include <string>
#include <unordered_set>
#include <vector>

#include "fangtan/text/character.hpp"
#include "fangtan/text/utf8.hpp"
#include "fangtan/transcript/heading.hpp"
#include "fangtan/transcript/label.hpp"
#include "fangtan/transcript/reflow_lines.hpp"

namespace fangtan::transcript {
namespace {

constexpr std::size_t kLinesMinimum = 12;
constexpr std::size_t kEdgeMinimum = 30;  // columns; verse and subtitles are narrower

bool is_one_of(char32_t c, std::u32string_view set) { return set.find(c) != std::u32string_view::npos; }
bool is_ascii_letter(char32_t c) { return (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z'); }
bool is_ascii_digit(char32_t c) { return c >= U'0' && c <= U'9'; }

// - • * ① 1） and any numbering of headings.
bool begins_an_item(std::string_view text, const PageLine& line) {
    const std::string_view content = line.content.of(text);
    const char32_t first = utf8::at(content, 0);
    const std::uint32_t size = utf8::length(content[0]);
    if (is_one_of(first, U"•●○■□◆◇▪※")) return true;
    if (first >= U'①' && first <= U'⑳') return true;
    if (is_one_of(first, U"-*+>") && size < content.size() && is_white_space(utf8::at(content, size))) return true;
    if (numbering_at(text, line.content.begin.value, line.content.end.value)) return true;
    std::size_t digits = 0;
    while (digits < content.size() && digits < 3 && is_ascii_digit(static_cast<unsigned char>(content[digits]))) ++digits;
    return digits > 0 && digits < 3 && digits < content.size() && is_one_of(utf8::at(content, digits), U")）");
}

// Every Latin word of the text, and hyphenated ones whole: they tell how a divided word is put together.
std::unordered_set<std::string> latin_words(std::string_view text, const std::vector<PageLine>& lines) {
    std::unordered_set<std::string> words;
    for (const PageLine& line : lines) {
        const std::string_view content = line.content.of(text);
        for (std::size_t at = 0; at < content.size();) {
            if (!is_ascii_letter(static_cast<unsigned char>(content[at]))) {
                ++at;
                continue;
            }
            const std::size_t begin = at;
            while (at < content.size() && (is_ascii_letter(static_cast<unsigned char>(content[at])) || content[at] == '-')) ++at;
            // Words at the edge may be halves.
            if (at < content.size() && begin > 0) words.emplace(content.substr(begin, at - begin));
        }
    }
    return words;
}

class Rebuilder {
 public:
    explicit Rebuilder(std::string_view text) : text_(text), lines_(page_lines(text)) {
        page_ = measure(text, lines_);
        mark_furniture(text, lines_, page_.edge);
        words_ = latin_words(text, lines_);
        std::map<std::size_t, std::size_t> indentations;
        std::size_t spaced = 0;
        for (const PageLine& line : lines_) {
            ++indentations[line.indentation];
            spaced += line.blanks > 0 ? 1 : 0;
            const auto shape = label_shape(text, line.content.begin.value, line.content.end.value);
            if (shape) ++labels_[plain_label(shape->name.of(text))];
        }
        const auto more = [](const auto& a, const auto& b) { return a.second < b.second; };
        if (!indentations.empty()) margin_ = std::max_element(indentations.begin(), indentations.end(), more)->first;
        spaced_ = spaced * 10 > lines_.size() * 7;
    }

    Reflowed run() {
        Reflowed result;
        const PageLine* previous = nullptr;
        bool page_between = false;
        for (const PageLine& line : lines_) {
            if (line.furniture != Furniture::none) {
                leave_out(line, result.left_out);
                page_between = true;
                continue;
            }
            if (previous != nullptr && begins_paragraph(*previous, line, page_between)) result.text += '\n';
            if (previous != nullptr && !result.text.ends_with('\n')) join(result.text, *previous, line);
            result.text += line.content.of(text_);
            previous = &line;
            page_between = false;
        }
        if (!result.text.empty()) result.text += '\n';
        return result;
    }

 private:
    static void leave_out(const PageLine& line, std::vector<LeftOut>& left_out) {
        const char* what = line.furniture == Furniture::page_number ? "page number" : line.furniture == Furniture::running_head ? "running head" : "footnote";
        left_out.push_back({what, "line " + std::to_string(line.number)});
    }

    [[nodiscard]] bool is_heading(const PageLine& line) const {
        return heading_shape(text_, line.content.begin.value, line.content.end.value).has_value() && line.indentation + line.width + 3 < page_.edge;
    }

    [[nodiscard]] bool is_label(const PageLine& line, bool sentence_open) const {
        const auto shape = label_shape(text_, line.content.begin.value, line.content.end.value);
        if (!shape) return false;
        const std::string_view name = shape->name.of(text_);
        switch (kind_of_label(name)) {
            case LabelKind::interviewer:
            case LabelKind::respondent:
            case LabelKind::participant_id: return true;
            case LabelKind::unknown: return !sentence_open && labels_.at(plain_label(name)) >= 2;
            default: return false;
        }
    }

    // 说话人1 00:23: a label over its text.
    [[nodiscard]] bool stands_alone(const PageLine& line) const {
        const auto shape = label_shape(text_, line.content.begin.value, line.content.end.value);
        if (!shape || shape->form != LabelForm::timed) return false;
        const std::string name = plain_label(shape->name.of(text_));
        return is_service_label(name) || labels_.at(name) >= 2;
    }

    [[nodiscard]] bool begins_paragraph(const PageLine& previous, const PageLine& line, bool page_between) const {
        const bool full = is_full(text_, previous, line, page_);
        const bool ended = ends_a_sentence(text_, previous);
        const bool open = full && !ended;
        if (line.indentation >= margin_ + 3 && previous.indentation != line.indentation) return true;
        if (line.indentation >= margin_ + 3 && !open) return true;
        if (stands_alone(previous) || stands_alone(line) || is_label(line, open)) return true;
        if (is_heading(previous) && !(full && open)) return true;
        const std::uint32_t usual_blanks = spaced_ ? 1 : 0;
        if (!open && !page_between && line.blanks > usual_blanks) return true;
        if (!open && (is_heading(line) || begins_an_item(text_, line))) return true;
        const char32_t last = utf8::before(text_, previous.content.end.value);
        if (!full) {
            if (ended) return true;
            // A title, a name, a line of verse; but a comma asks for more.
            return previous.width * 5 < page_.edge * 4 && !is_one_of(last, U"，、,（(《“「『—-");
        }
        // Where the last line of a paragraph fills the page, nothing tells that it is the last.
        return false;
    }

    void join(std::string& text, const PageLine& previous, const PageLine& line) const {
        const std::string_view next = line.content.of(text_);
        const char32_t last = utf8::before(text, text.size());
        const char32_t first = utf8::at(next, 0);
        if (!is_word_character(first) && !is_one_of(first, U"(\"'")) return;
        if (last == U'-' && text.size() >= 2 && is_ascii_letter(static_cast<unsigned char>(text[text.size() - 2]))) {
            if (first >= U'a' && first <= U'z' && !words_.contains(last_word(text) + first_word(next))) text.pop_back();
            return;
        }
        const bool after_mark = is_one_of(last, U",.;:!?)\"'%") && !is_ascii_digit(first);
        if (!is_word_character(last) && !after_mark) return;
        const bool blank = previous.blank_behind;
        if (!blank && is_ascii_digit(last) && is_ascii_digit(first)) return;
        if (!blank && is_ascii_digit(first) && is_id_letters(text)) return;
        if (!blank && is_ascii_letter(last) && is_ascii_letter(first) && words_.contains(last_word(text) + first_word(next))) return;
        text += ' ';
    }

    // P at the end of a line, 12 at the start of the next.
    [[nodiscard]] static bool is_id_letters(std::string_view text) {
        std::size_t letters = 0;
        while (letters < text.size() && text[text.size() - 1 - letters] >= 'A' && text[text.size() - 1 - letters] <= 'Z') ++letters;
        if (letters == 0 || letters > 3) return false;
        return letters == text.size() || !is_word_character(utf8::before(text, text.size() - letters));
    }
    [[nodiscard]] static std::string last_word(std::string_view text) {
        std::size_t begin = text.size();
        while (begin > 0 && (is_ascii_letter(static_cast<unsigned char>(text[begin - 1])) || text[begin - 1] == '-')) --begin;
        return std::string(text.substr(begin));
    }
    [[nodiscard]] static std::string first_word(std::string_view text) {
        std::size_t end = 0;
        while (end < text.size() && (is_ascii_letter(static_cast<unsigned char>(text[end])) || text[end] == '-')) ++end;
        return std::string(text.substr(0, end));
    }

    std::string_view text_;
    std::vector<PageLine> lines_;
    Measure page_;
    std::size_t margin_ = 0;
    bool spaced_ = false;
    std::map<std::string, std::size_t> labels_;
    std::unordered_set<std::string> words_;
};

}  // namespace

bool is_hard_broken(std::string_view text) {
    const std::vector<PageLine> lines = page_lines(text);
    if (lines.size() < kLinesMinimum) return false;
    const Measure found = measure(text, lines);
    if (found.edge < kEdgeMinimum || found.beyond * 7 > lines.size()) return false;
    const auto items = static_cast<std::size_t>(std::count_if(lines.begin(), lines.end(), [&](const PageLine& line) { return begins_an_item(text, line); }));
    return items * 2 < lines.size() && found.full * 5 >= lines.size() * 2 && found.unfinished >= kLinesMinimum / 2 && found.unfinished * 3 >= found.full * 2;
}

Reflowed reflow(std::string_view text) { return Rebuilder(text).run(); }

}  // namespace fangtan::transcript
