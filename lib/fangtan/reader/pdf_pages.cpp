// SPDX-License-Identifier: Apache-2.0
#include "fangtan/reader/pdf_pages.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "fangtan/text/boundary.hpp"
#include "fangtan/text/character.hpp"
#include "fangtan/text/fold.hpp"
#include "fangtan/text/utf8.hpp"
#include "fangtan/transcript/label.hpp"

namespace fangtan::reader::pdf {
namespace {

using transcript::LabelKind;

constexpr std::size_t kPageNumberMaximum = 60;  // bytes of a line that may be one
constexpr std::size_t kHeadPages = 3;           // a running head stands on so many pages at least, and on half of all
constexpr int kRounds = 4;                      // lines that may be taken from an edge of each kind: more would be text

std::string_view trimmed_line(std::string_view line) { return trimmed(line, span_of(0, static_cast<std::uint32_t>(line.size()))).of(line); }

struct Page {
    std::vector<std::string_view> lines;
    std::size_t begin = 0;  // the lines that are left
    std::size_t end = 0;

    [[nodiscard]] bool empty() const { return begin == end; }
    void trim() {
        while (begin < end && trimmed_line(lines[begin]).empty()) ++begin;
        while (begin < end && trimmed_line(lines[end - 1]).empty()) --end;
    }
};

enum class Edge { top, bottom };

// Half width, no blanks, no marks around it: "- 12 -" and "·12·" are 12.
std::string bare(std::string_view line) {
    static constexpr std::u32string_view kMarks = U"-‐‑–—―─~·•|_";
    std::u32string kept;
    for (const char32_t c : utf8::to_code_points(transcript::plain_label(line))) {
        if (!is_white_space(c)) kept += c;
    }
    const std::size_t begin = kept.find_first_not_of(kMarks);
    if (begin == std::u32string::npos) return {};
    return utf8::from_code_points(std::u32string_view(kept).substr(begin, kept.find_last_not_of(kMarks) - begin + 1));
}

// Takes what a page number is made of from the front of a line, piece by piece.
class PageWords {
 public:
    explicit PageWords(std::string_view rest) : rest_(rest) {}

    bool word(std::string_view text) {
        if (!rest_.starts_with(text)) return false;
        rest_.remove_prefix(text.size());
        return true;
    }
    bool number() {
        std::size_t digits = 0;
        while (digits < rest_.size() && digits < 4 && rest_[digits] >= '0' && rest_[digits] <= '9') ++digits;
        rest_.remove_prefix(digits);
        return digits > 0;
    }
    bool han_number() {
        static constexpr std::string_view kDigits[] = {"一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "百"};
        bool any = false;
        while (std::any_of(std::begin(kDigits), std::end(kDigits), [&](std::string_view digit) { return word(digit); })) any = true;
        return any;
    }
    // At most three characters up to `text`.
    bool gap_before(std::string_view text) {
        const std::size_t at = rest_.find(text);
        if (at == std::string_view::npos || utf8::count(rest_.substr(0, at)) > 3) return false;
        rest_.remove_prefix(at);
        return true;
    }
    [[nodiscard]] bool at_end() const { return rest_.empty(); }

 private:
    std::string_view rest_;
};

// 第3页, 第三页 共12页, 共12页 第3页, 3/12, 3 of 12, page 3, p.3
bool says_page(const std::string& plain) {
    // Small Roman numbers only: "I" may be the word.
    if (!plain.empty() && plain.size() <= 7 && plain.find_first_not_of("ivxl") == std::string::npos) return true;
    const std::string folded = fold(plain);
    const auto matches = [&](auto rule) {
        PageWords words(folded);
        return rule(words) && words.at_end();
    };
    const auto of_all = [](PageWords& w) { return w.at_end() || ((w.word("of") || w.word("/")) && w.number()); };
    return matches([](PageWords& w) {
               if (!w.word("第") || !(w.number() || w.han_number()) || !w.word("页")) return false;
               return w.at_end() || (w.gap_before("共") && w.word("共") && w.number() && w.word("页"));
           }) ||
           matches([](PageWords& w) { return w.word("共") && w.number() && w.word("页") && w.gap_before("第") && w.word("第") && w.number() && w.word("页"); }) ||
           matches([](PageWords& w) { return w.number() && (w.word("/") || w.word("of")) && w.number(); }) ||
           matches([&](PageWords& w) { return (w.word("page") || w.word("pg.") || w.word("pg") || w.word("p.") || w.word("p")) && w.number() && of_all(w); });
}

// 1 to 4 digits alone.
std::optional<int> number_alone(const std::string& plain) {
    if (plain.empty() || plain.size() > 4 || plain.find_first_not_of("0123456789") != std::string::npos) return std::nullopt;
    return std::stoi(plain);
}

bool holds_clock(std::string_view text) {
    const auto is_digit = [&](std::size_t at) { return at < text.size() && text[at] >= '0' && text[at] <= '9'; };
    for (std::size_t colon = text.find(':'); colon != std::string_view::npos; colon = text.find(':', colon + 1)) {
        if (colon > 0 && is_digit(colon - 1) && is_digit(colon + 1) && is_digit(colon + 2)) return true;
    }
    return false;
}

// Lines of the same key on many pages are a running head. Empty: never one.
std::string head_key(std::string_view line) {
    if (line.size() > 400) return {};
    const auto shape = transcript::label_shape(line, 0, static_cast<std::uint32_t>(line.size()));
    if (shape) {
        const LabelKind kind = transcript::kind_of_label(shape->name.of(line));
        const bool known = kind == LabelKind::interviewer || kind == LabelKind::respondent || kind == LabelKind::participant_id;
        if (known || shape->body == line.size()) return {};
    }
    // 说话人 00:12:33 differs in its digits alone from page to page, and is a label.
    const std::string plain = fold(transcript::plain_label(line));
    const bool has_clock = holds_clock(plain);
    std::string key;
    std::size_t letters = 0;
    for (const char32_t c : utf8::to_code_points(plain)) {
        const bool digit = c >= U'0' && c <= U'9';
        if (is_white_space(c) || (digit && !has_clock)) continue;
        utf8::append(key, c);
        letters += is_letter_or_digit(c) && !digit ? 1 : 0;
    }
    return letters >= 2 ? key : std::string();
}

class PageJoiner {
 public:
    explicit PageJoiner(std::string_view text) {
        for (std::size_t at = 0; at < text.size();) {
            const std::size_t end = std::min(text.find('\f', at), text.size());
            pages_.push_back(page_of(text.substr(at, end - at)));
            at = end + 1;
        }
    }

    Extracted run() {
        // A head may have two lines, and the number stand above or below it.
        bool found = true;
        for (int round = 0; found && round < kRounds; ++round) {
            found = false;
            for (const Edge edge : {Edge::top, Edge::bottom}) {
                const bool numbers = drop_numbers(edge);
                const bool heads = drop_heads(edge);
                found = found || numbers || heads;
            }
        }
        Extracted extracted;
        for (const Page& page : pages_) {
            for (std::size_t i = page.begin; i < page.end; ++i) {
                const std::string_view line = page.lines[i];
                extracted.text += line.substr(0, line.find_last_not_of(" \t\r") + 1);
                extracted.text += '\n';
            }
        }
        for (auto& [number, left] : left_out_) extracted.left_out.push_back({std::move(left), "page " + std::to_string(number + 1)});
        return extracted;
    }

 private:
    static Page page_of(std::string_view text) {
        Page page;
        for (std::size_t at = 0; at < text.size();) {
            const std::size_t end = std::min(text.find('\n', at), text.size());
            page.lines.push_back(text.substr(at, end - at));
            at = end + 1;
        }
        page.end = page.lines.size();
        page.trim();
        return page;
    }

    static std::string_view line_at(const Page& page, Edge edge) { return trimmed_line(page.lines[edge == Edge::top ? page.begin : page.end - 1]); }

    void drop(std::size_t number, Edge edge, const char* what) {
        Page& page = pages_[number];
        left_out_.emplace(number, what);
        edge == Edge::top ? ++page.begin : --page.end;
        page.trim();
    }

    bool drop_numbers(Edge edge) {
        // A bare number counts with the page, or it is something else; a short document proves nothing.
        std::map<int, std::size_t> differences;
        std::vector<std::string> plain(pages_.size());
        for (std::size_t i = 0; i < pages_.size(); ++i) {
            if (pages_[i].empty() || line_at(pages_[i], edge).size() > kPageNumberMaximum) continue;
            plain[i] = bare(line_at(pages_[i], edge));
            if (const auto number = number_alone(plain[i])) ++differences[*number - static_cast<int>(i)];
        }
        bool found = false;
        for (std::size_t i = 0; i < pages_.size(); ++i) {
            const auto number = number_alone(plain[i]);
            const bool counts = number && (pages_.size() < kHeadPages || differences[*number - static_cast<int>(i)] >= 2 || plain[i] != line_at(pages_[i], edge));
            if (!counts && !says_page(plain[i])) continue;
            drop(i, edge, "page number");
            found = true;
        }
        return found;
    }

    bool drop_heads(Edge edge) {
        std::map<std::string, std::size_t> counts;
        std::vector<std::string> keys(pages_.size());
        std::size_t filled = 0;
        for (std::size_t i = 0; i < pages_.size(); ++i) {
            if (pages_[i].empty()) continue;
            ++filled;
            keys[i] = head_key(line_at(pages_[i], edge));
            if (!keys[i].empty()) ++counts[keys[i]];
        }
        bool found = false;
        for (std::size_t i = 0; i < pages_.size(); ++i) {
            if (keys[i].empty() || counts[keys[i]] < kHeadPages || counts[keys[i]] * 2 < filled) continue;
            drop(i, edge, edge == Edge::top ? "running head" : "running foot");
            found = true;
        }
        return found;
    }

    std::vector<Page> pages_;
    std::multimap<std::size_t, std::string> left_out_;
};

}  // namespace

Extracted join_pages(std::string_view text) { return PageJoiner(text).run(); }

bool stands_in_columns(std::string_view text) {
    constexpr std::size_t kColumn = 8;  // characters left of the gap: more than a label
    std::size_t lines = 0;
    std::size_t gaps = 0;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find_first_of("\n\f", at), text.size());
        const std::string_view line = trimmed_line(text.substr(at, end - at));
        at = end + 1;
        if (line.empty()) continue;
        ++lines;
        const std::size_t gap = line.find("    ");
        if (gap != std::string_view::npos && utf8::count(line.substr(0, gap)) >= kColumn) ++gaps;
    }
    return gaps >= 5 && gaps * 10 >= lines * 3;
}

}  // namespace fangtan::reader::pdf
