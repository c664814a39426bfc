// SPDX-License-Identifier: Apache-2.0
#include "fangtan/transcript/heading.hpp"

#include <algorithm>

#include "fangtan/text/boundary.hpp"
#include "fangtan/text/character.hpp"
#include "fangtan/text/utf8.hpp"

namespace fangtan::transcript {
namespace {

constexpr std::size_t kTitleMaximum = 40;  // characters

bool is_one_of(char32_t c, std::u32string_view set) { return set.find(c) != std::u32string_view::npos; }
bool is_digit(char32_t c) { return (c >= U'0' && c <= U'9') || (c >= U'０' && c <= U'９'); }
bool is_han_number(char32_t c) { return is_one_of(c, U"一二三四五六七八九十百〇零"); }

class NumberingReader {
 public:
    NumberingReader(std::string_view text, std::uint32_t begin, std::uint32_t end) : text_(text), at_(begin), end_(end) {}

    std::optional<Numbering> run() {
        const std::uint32_t begin = at_;
        for (const auto& shape : {&NumberingReader::signs, &NumberingReader::part, &NumberingReader::bracketed, &NumberingReader::han,
                                  &NumberingReader::numbers}) {
            at_ = begin;
            if (auto found = (this->*shape)()) {
                skip_blanks();
                found->end = at_;
                return found;
            }
        }
        return std::nullopt;
    }

 private:
    [[nodiscard]] char32_t peek() const { return at_ < end_ ? utf8::at(text_, at_) : U'\0'; }
    void step() { at_ += utf8::length(text_[at_]); }
    void skip_blanks() {
        while (at_ < end_ && is_white_space(peek())) step();
    }
    template <class Predicate>
    std::uint32_t count(Predicate holds, std::uint32_t most) {
        std::uint32_t characters = 0;
        for (; at_ < end_ && characters <= most && holds(peek()); ++characters) step();
        return characters > most ? 0 : characters;
    }

    std::optional<Numbering> signs() {
        const std::uint32_t depth = count([](char32_t c) { return c == U'#'; }, 6);
        if (depth == 0 || !is_white_space(peek())) return std::nullopt;
        return Numbering{HeadingKind::markdown, depth};
    }

    std::optional<Numbering> part() {
        if (peek() != U'第') return std::nullopt;
        step();
        if (count([](char32_t c) { return is_han_number(c) || is_digit(c); }, 4) == 0) return std::nullopt;
        const char32_t unit = peek();
        if (!is_one_of(unit, U"章编篇节部")) return std::nullopt;
        step();
        if (unit == U'部') {
            if (peek() != U'分') return std::nullopt;
            step();
        }
        // 第一节课 is no section, 第一部分居民 no part.
        const char32_t next = peek();
        if (unit != U'章' && next != U'\0' && !is_white_space(next) && !is_one_of(next, U"、：:.．")) return std::nullopt;
        if (is_one_of(next, U"、：:.．") && next != U'\0') step();
        return Numbering{unit == U'节' ? HeadingKind::section : HeadingKind::part};
    }

    std::optional<Numbering> bracketed() {
        if (!is_one_of(peek(), U"（(〔")) return std::nullopt;
        step();
        skip_blanks();
        HeadingKind kind = HeadingKind::bracketed_han;
        if (count(is_han_number, 3) == 0) {
            kind = HeadingKind::bracketed_number;
            if (count(is_digit, 2) == 0) return std::nullopt;
        }
        skip_blanks();
        if (at_ >= end_ || !is_one_of(peek(), U"）)〕")) return std::nullopt;
        step();
        if (peek() == U'、') step();
        return Numbering{kind};
    }

    std::optional<Numbering> han() {
        if (count(is_han_number, 3) == 0 || at_ >= end_) return std::nullopt;
        const char32_t next = peek();
        if (!is_one_of(next, U"、．.") && !is_white_space(next)) return std::nullopt;
        if (!is_white_space(next)) step();
        return Numbering{HeadingKind::han};
    }

    std::optional<Numbering> numbers() {
        std::uint32_t depth = 0;
        bool dot = false;
        while (depth < 5) {
            if (count(is_digit, 2) == 0) break;
            ++depth;
            dot = at_ < end_ && is_one_of(peek(), U".．");
            if (!dot) break;
            step();
        }
        if (depth == 0) return std::nullopt;
        const char32_t next = peek();
        if (is_digit(next)) return std::nullopt;
        if (depth == 1 && !dot) {
            if (next != U'、') return std::nullopt;
            step();
        }
        // 1.5% and 2.3-2.5 are numbers of a sentence.
        if (depth > 1 && !dot && !is_white_space(next) && !is_han(next) && !is_one_of(next, U"“「《")) return std::nullopt;
        return Numbering{HeadingKind::number, depth};
    }

    std::string_view text_;
    std::uint32_t at_;
    std::uint32_t end_;
};

// 一、引言……………3, 一、引言    3: a line of the table of contents.
bool is_line_of_contents(std::string_view title) {
    std::size_t at = title.size();
    while (at > 0 && is_digit(utf8::before(title, at))) at -= utf8::before(title, at) < 0x80 ? 1 : 3;
    const std::size_t leader_end = at;
    std::size_t dots = 0;
    bool blank = false;
    while (at > 0) {
        const char32_t c = utf8::before(title, at);
        if (!is_one_of(c, U".．…·•⋯‥-—_") && !is_white_space(c)) break;
        if (is_white_space(c)) {
            blank = true;
        } else {
            dots += c == U'…' || c == U'⋯' ? 3 : 1;
        }
        do {
            --at;
        } while (at > 0 && utf8::is_continuation(title[at]));
    }
    if (dots >= 4) return true;
    const bool page = leader_end < title.size() && title.size() - leader_end <= 9;
    return page && (dots >= 2 || (blank && at > 0 && !is_word_character(utf8::before(title, at))));
}

Span without_stars(std::string_view text, Span line) {
    while (line.size() >= 4 && line.of(text).starts_with("**") && line.of(text).ends_with("**")) {
        line = trimmed(text, span_of(line.begin.value + 2, line.end.value - 2));
    }
    return line;
}

}  // namespace

std::optional<Numbering> numbering_at(std::string_view text, std::uint32_t begin, std::uint32_t end) {
    return NumberingReader(text, begin, end).run();
}

std::optional<HeadingShape> heading_shape(std::string_view text, std::uint32_t begin, std::uint32_t end) {
    if (end - begin > 400) return std::nullopt;
    Span line = without_stars(text, trimmed(text, span_of(begin, end)));
    if (line.empty()) return std::nullopt;
    const auto numbering = numbering_at(text, line.begin.value, line.end.value);
    if (!numbering) return std::nullopt;
    HeadingShape shape{numbering->kind, numbering->depth, without_stars(text, span_of(numbering->end, line.end.value))};
    if (shape.kind == HeadingKind::markdown) {
        std::uint32_t title_end = shape.title.end.value;
        while (title_end > shape.title.begin.value && text[title_end - 1] == '#') --title_end;
        shape.title = without_stars(text, trimmed(text, span_of(shape.title.begin.value, title_end)));
        const auto inner = numbering_at(text, shape.title.begin.value, shape.title.end.value);
        if (inner && inner->kind != HeadingKind::markdown && inner->end < shape.title.end.value) shape.title.begin.value = inner->end;
    } else if (is_line_of_contents(shape.title.of(text))) {
        return std::nullopt;
    }
    if (shape.title.empty()) {
        if (shape.kind != HeadingKind::part && shape.kind != HeadingKind::section) return std::nullopt;
        shape.title = line;
    }
    const std::string_view title = shape.title.of(text);
    if (utf8::count(title) > kTitleMaximum) return std::nullopt;
    if (shape.kind == HeadingKind::markdown) return shape;
    if (title.find("。") != std::string_view::npos) return std::nullopt;
    if (is_one_of(utf8::before(title, title.size()), U"；：，、…;:,")) return std::nullopt;
    // A question may be a heading of its own only inside marks: （二）“谁来管？”
    if (is_one_of(utf8::before(title, title.size()), U"！？!?")) return std::nullopt;
    return shape;
}

std::size_t Outline::rank(Kind kind) {
    const auto found = std::find(order_.begin(), order_.end(), kind);
    if (found != order_.end()) return static_cast<std::size_t>(found - order_.begin());
    auto place = order_.end();
    if (kind.first == HeadingKind::markdown || kind.first == HeadingKind::number) {
        place = std::find_if(order_.begin(), order_.end(), [&](Kind other) { return other.first == kind.first && other.second > kind.second; });
    }
    const auto added = order_.insert(place, kind);
    return static_cast<std::size_t>(added - order_.begin());
}

void Outline::enter(const HeadingShape& shape, std::string title) {
    const Kind kind{shape.kind, shape.depth};
    const std::size_t level = rank(kind);
    while (!open_.empty() && rank(open_.back().first) >= level) open_.pop_back();
    open_.emplace_back(kind, std::move(title));
}

std::vector<std::string> Outline::path() const {
    std::vector<std::string> titles;
    for (const auto& [kind, title] : open_) titles.push_back(title);
    return titles;
}

}  // namespace fangtan::transcript
