// SPDX-License-Identifier: Apache-2.0
#include "fangtan/text/character.hpp"
#include "fangtan/text/utf8.hpp"
#include "fangtan/transcript/label.hpp"

namespace fangtan::transcript {
namespace {

constexpr std::uint32_t kNameMaximum = 20;  // characters
constexpr std::uint32_t kLatinNameMaximum = 40;

class LineReader {
 public:
    LineReader(std::string_view text, std::uint32_t begin, std::uint32_t end) : text_(text), at_(begin), end_(end) {}

    std::optional<LabelShape> run() {
        skip_blanks();
        skip_stars();
        if (const auto shape = bracketed_word()) return shape;
        if (const auto shape = numbered()) return shape;
        skip_time();
        skip_stars();
        LabelShape shape;
        shape.name = name();
        if (shape.name.empty()) return std::nullopt;
        skip_stars();
        skip_blanks();
        for (int brackets = 0; brackets < 2 && at_ < end_; ++brackets) {
            const std::uint32_t before = at_;
            skip_time();
            if (at_ == before) {
                const Span inside = bracketed();
                if (at_ == before) break;
                shape.role = inside;
            }
            skip_blanks();
        }
        skip_stars();
        skip_blanks();
        shape.has_time = has_time_;
        shape.has_seconds = has_seconds_;
        if (at_ == end_) return over_its_text(shape);
        const std::uint32_t colon = colon_length(text_, at_);
        if (colon == 0) return std::nullopt;
        const bool ascii_colon = colon == 1;
        at_ += colon;
        if (ascii_colon && text_.substr(at_, end_ - at_).starts_with("//")) return std::nullopt;
        skip_stars();
        skip_blanks();
        if (peek() == U'#' || peek() == U'[' || peek() == U'【') skip_time();  // R4：#00:00:02.1# text
        shape.has_time = has_time_;
        shape.body = at_;
        return shape;
    }

    // A name and nothing else.
    Span lone_name() {
        skip_blanks();
        skip_stars();
        const Span found = name();
        skip_stars();
        skip_blanks();
        return at_ == end_ ? found : Span{};
    }

    std::uint32_t behind_time() {
        const std::uint32_t begin = at_;
        skip_blanks();
        const std::uint32_t before = at_;
        skip_time();
        return at_ == before ? begin : at_;
    }

 private:
    std::optional<LabelShape> over_its_text(LabelShape& shape) const {
        shape.form = shape.has_time ? LabelForm::timed : LabelForm::alone;
        shape.body = end_;
        if (shape.has_time) return shape;
        return is_role_word(shape.name.of(text_)) ? std::optional(shape) : std::nullopt;
    }

    // Words that can be nothing but a label, also without a colon.
    static bool is_role_word(std::string_view name) {
        const LabelKind kind = kind_of_label(name);
        return kind == LabelKind::participant_id || ((kind == LabelKind::interviewer || kind == LabelKind::respondent) && name != "i" && name != "a");
    }

    // 【问】, [P1]
    std::optional<LabelShape> bracketed_word() {
        const std::uint32_t line = at_;
        if (peek() != U'【' && peek() != U'[') return std::nullopt;
        LabelShape shape;
        shape.name = bracketed();
        if (shape.name.empty() || !is_role_word(shape.name.of(text_))) {
            at_ = line;
            return std::nullopt;
        }
        skip_stars();
        skip_blanks();
        if (at_ < end_) at_ += colon_length(text_, at_);
        skip_blanks();
        shape.body = at_;
        shape.form = LabelForm::bracketed;
        return shape;
    }

    // Q1. A1、
    std::optional<LabelShape> numbered() {
        const std::string_view rest = text_.substr(at_, end_ - at_);
        if (rest.size() < 4 || (rest[0] != 'Q' && rest[0] != 'A')) return std::nullopt;
        std::size_t digits = 1;
        while (digits < rest.size() && digits < 4 && rest[digits] >= '0' && rest[digits] <= '9') ++digits;
        const std::string_view mark = rest.substr(digits);
        const std::size_t length = mark.starts_with("、") || mark.starts_with("．") ? 3 : mark.starts_with(". ") || mark.starts_with(".") ? 1 : 0;
        if (digits == 1 || length == 0 || (mark.size() > 1 && mark[0] == '.' && mark[1] >= '0' && mark[1] <= '9')) return std::nullopt;
        const auto name_end = at_ + static_cast<std::uint32_t>(digits);
        LabelShape shape{span_of(at_, name_end), {}, name_end + static_cast<std::uint32_t>(length), LabelForm::numbered};
        at_ = shape.body;
        skip_blanks();
        shape.body = at_;
        return shape;
    }

    // 2026年5月28日, 2026-05-28, before a time.
    void skip_date() {
        const std::uint32_t before = at_;
        const auto digits = [&](std::size_t least, std::size_t most) {
            const std::uint32_t from = at_;
            while (at_ < end_ && at_ - from < most && text_[at_] >= '0' && text_[at_] <= '9') ++at_;
            return at_ - from >= least;
        };
        const auto mark = [&](std::string_view han) {
            const std::string_view rest = text_.substr(at_, end_ - at_);
            const std::size_t length = rest.starts_with(han) ? han.size() : rest.starts_with('-') || rest.starts_with('/') || rest.starts_with('.') ? 1 : 0;
            at_ += static_cast<std::uint32_t>(length);
            return length > 0;
        };
        if (digits(4, 4) && mark("年") && digits(1, 2) && mark("月") && digits(1, 2)) {
            if (text_.substr(at_, end_ - at_).starts_with("日")) at_ += 3;
            if (at_ < end_ && is_white_space(peek())) {
                skip_blanks();
                return;
            }
        }
        at_ = before;
    }

    [[nodiscard]] char32_t peek() const { return at_ < end_ ? utf8::at(text_, at_) : U'\n'; }
    void step() { at_ += utf8::length(text_[at_]); }
    void skip_blanks() {
        while (at_ < end_ && is_white_space(peek())) step();
    }
    void skip_stars() {
        while (at_ < end_ && text_[at_] == '*') ++at_;
    }

    // A clock time, bare or in brackets: 00:12:33, [12:33], （1:02:03.5）, #00:01:02-3#.
    void skip_time() {
        const std::uint32_t date = at_;
        skip_date();
        const std::uint32_t begin = at_;
        const int groups = skip_clock();
        if (at_ == begin) {
            at_ = date;
            return;
        }
        has_time_ = true;
        has_seconds_ = has_seconds_ || groups == 3;
    }

    // How many numbers the time has.
    int skip_clock() {
        const std::uint32_t before = at_;
        const char32_t open = peek();
        const bool bracket = open == U'[' || open == U'【' || open == U'(' || open == U'（' || open == U'#' || open == U'〔';
        if (bracket) step();
        int groups = 0;
        std::uint32_t after = at_;
        while (groups < 3) {
            const std::uint32_t digits = after;
            while (after < end_ && text_[after] >= '0' && text_[after] <= '9') ++after;
            if (after == digits || after - digits > 2) break;
            ++groups;
            const std::uint32_t colon = after < end_ ? colon_length(text_, after) : 0;
            if (groups == 3 || colon == 0 || after + colon >= end_ || text_[after + colon] < '0' || text_[after + colon] > '9') break;
            after += colon;
        }
        if (groups < 2) {
            at_ = before;
            return 0;
        }
        if (after + 1 < end_ && (text_[after] == '.' || text_[after] == ',' || text_[after] == '-') && text_[after + 1] >= '0' && text_[after + 1] <= '9') {
            ++after;
            while (after < end_ && text_[after] >= '0' && text_[after] <= '9') ++after;
        }
        at_ = after;
        if (bracket) {
            const char32_t close = peek();
            if (close != U']' && close != U'】' && close != U')' && close != U'）' && close != U'#' && close != U'〕') {
                at_ = before;
                return 0;
            }
            step();
        } else if (at_ < end_ && peek() != U'*' && !is_white_space(peek()) && colon_length(text_, at_) == 0) {
            at_ = before;
            return 0;
        }
        skip_blanks();
        return groups;
    }

    // A clock time begins here; at_ stays.
    [[nodiscard]] bool is_time() const {
        LineReader ahead(*this);
        ahead.skip_time();
        return ahead.at_ != at_;
    }

    Span name() {
        const std::uint32_t begin = at_;
        std::uint32_t end = at_;
        bool has_letter = false;
        bool latin = true;
        for (std::uint32_t characters = 0; at_ < end_; ++characters) {
            const char32_t c = peek();
            latin = latin && c < 0x250;
            if (characters > (latin ? kLatinNameMaximum : kNameMaximum)) return {};
            if (c == U'*' || colon_length(text_, at_) > 0) break;
            if (is_white_space(c)) {
                skip_blanks();
                if (is_time()) break;
                continue;
            }
            if (is_punctuation(c) && c != U'-' && c != U'_' && c != U'.' && c != U'·' && c != U'•') break;
            has_letter = has_letter || (is_letter_or_digit(c) && !(c >= U'0' && c <= U'9'));
            step();
            end = at_;
        }
        at_ = end;
        return has_letter ? span_of(begin, end) : Span{};
    }

    Span bracketed() {
        const char32_t open = peek();
        const char32_t close = open == U'（' || open == U'(' ? U')' : open == U'[' ? U']' : open == U'【' ? U'】' : 0;
        if (close == 0) return {};
        const std::uint32_t before = at_;
        step();
        const std::uint32_t begin = at_;
        for (std::uint32_t characters = 0; at_ < end_ && characters <= kNameMaximum; ++characters) {
            const char32_t c = peek();
            if (c == close || (close == U')' && c == U'）')) {
                const Span inside = span_of(begin, at_);
                step();
                return inside;
            }
            step();
        }
        at_ = before;
        return {};
    }

    std::string_view text_;
    std::uint32_t at_;
    std::uint32_t end_;
    bool has_time_ = false;
    bool has_seconds_ = false;
};

}  // namespace

std::uint32_t colon_length(std::string_view text, std::uint32_t at) {
    if (text[at] == ':') return 1;
    const std::string_view rest = text.substr(at, 3);
    return rest == "：" || rest == "﹕" || rest == "∶" || rest == "︰" ? 3 : 0;
}

std::optional<LabelShape> label_shape(std::string_view text, std::uint32_t begin, std::uint32_t end) {
    return LineReader(text, begin, end).run();
}

Span name_alone(std::string_view text, std::uint32_t begin, std::uint32_t end) { return LineReader(text, begin, end).lone_name(); }

std::uint32_t behind_time(std::string_view text, std::uint32_t begin, std::uint32_t end) { return LineReader(text, begin, end).behind_time(); }

}  // namespace fangtan::transcript
