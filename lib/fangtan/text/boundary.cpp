// SPDX-License-Identifier: Apache-2.0
#include "fangtan/text/boundary.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

#include "fangtan/text/character.hpp"
#include "fangtan/text/utf8.hpp"

namespace fangtan {
namespace {

constexpr std::array<std::string_view, 16> kAbbreviations = {"mr", "mrs", "ms",  "dr",  "prof", "st", "no",  "vs",
                                                             "etc", "eg",  "ie", "cf", "fig",  "vol", "pp", "dept"};

bool ends_sentence(char32_t c) {
    switch (c) {
        case U'。':
        case U'！':
        case U'？':
        case U'；':
        case U'…':
        case U'!':
        case U'?':
        case U';':
        case U'｡': return true;
        default: return false;
    }
}

bool closes(char32_t c) {
    switch (c) {
        case U'”':
        case U'’':
        case U'」':
        case U'』':
        case U'）':
        case U')':
        case U'】':
        case U'〕':
        case U'》':
        case U'〉':
        case U']':
        case U'"':
        case U'＂': return true;
        default: return false;
    }
}

bool is_closing_quotation(char32_t c) { return c == U'”' || c == U'’' || c == U'」' || c == U'』' || c == U'"' || c == U'＂'; }

bool is_straight(char32_t c) { return c == U'"' || c == U'＂'; }

bool opens(char32_t c) {
    switch (c) {
        case U'“':
        case U'‘':
        case U'「':
        case U'『':
        case U'（':
        case U'(':
        case U'【':
        case U'〔':
        case U'《':
        case U'〈':
        case U'[': return true;
        default: return false;
    }
}

bool is_ascii_digit(char c) { return c >= '0' && c <= '9'; }
bool is_ascii_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

class Cutter {
 public:
    Cutter(std::string_view text, Span whole, Boundary boundary, std::vector<Span>& pieces)
        : text_(text), at_(whole.begin.value), end_(whole.end.value), boundary_(boundary), pieces_(pieces) {}

    void run() {
        start_ = sentence_ = at_;
        while (at_ < end_) {
            skip_han();
            if (at_ < end_ && is_cut()) emit(at_);
        }
        emit(end_);
    }

 private:
    // Past unified Han characters (lead bytes E4 to E9), which are never a boundary: sixteen bytes at a time.
    void skip_han() {
        using Bytes = signed char __attribute__((vector_size(16)));
        using Words = std::uint64_t __attribute__((vector_size(16)));
        while (std::endian::native == std::endian::little && at_ + 16 <= end_) {
            Bytes block;
            std::memcpy(&block, text_.data() + at_, 16);
            const Bytes other = static_cast<Bytes>((block > -65) & ((block < -28) | (block > -23)));
            Words words;
            std::memcpy(&words, &other, 16);
            if (words[0] != 0) {
                at_ += static_cast<std::uint32_t>(std::countr_zero(words[0])) / 8;
                return;
            }
            if (words[1] != 0) {
                at_ += 8 + static_cast<std::uint32_t>(std::countr_zero(words[1])) / 8;
                return;
            }
            at_ += 16;
        }
        while (at_ < end_ && (utf8::is_continuation(text_[at_]) || is_unified_han(at_))) ++at_;
    }

    [[nodiscard]] bool is_unified_han(std::uint32_t at) const {
        const auto lead = static_cast<unsigned char>(text_[at]);
        return lead >= 0xE4 && lead <= 0xE9;
    }

    // Looks at the character at at_ and moves past it; true if a piece ends at the new at_.
    bool is_cut() {
        const char byte = text_[at_];
        if (byte == '\n') {
            sentence_ = ++at_;
            inside_straight_ = false;
            return true;
        }
        if (boundary_ == Boundary::paragraph) {
            at_ += utf8::length(byte);
            return false;
        }
        if (byte == '.') return full_stop();
        if (byte == ',' ) return comma();
        if (static_cast<unsigned char>(byte) < 0x80 && byte != '!' && byte != '?' && byte != ';') {
            if (byte == '"') inside_straight_ = !inside_straight_;
            ++at_;
            return false;
        }
        const char32_t c = utf8::at(text_, at_);
        at_ += utf8::length(byte);
        if (c == U'＂') inside_straight_ = !inside_straight_;
        if (ends_sentence(c)) return after_end();
        if (boundary_ == Boundary::clause && (c == U'，' || c == U'、' || c == U'､')) return after_comma();
        return false;
    }

    [[nodiscard]] char32_t next() const { return at_ < end_ ? utf8::at(text_, at_) : U'\n'; }
    void step() { at_ += utf8::length(text_[at_]); }

    // Past an end mark: takes the marks and closing signs that belong to it; decides whether the sentence goes on.
    bool after_end() {
        bool quotation_closed = false;
        while (at_ < end_) {
            const char32_t c = next();
            if (ends_sentence(c) || (c == U'.' && text_[at_ - 1] == '.')) {
                quotation_closed = false;
            } else if (closes(c)) {
                if (is_straight(c)) {
                    if (!inside_straight_) break;  // it opens the next sentence
                    inside_straight_ = false;
                }
                quotation_closed = quotation_closed || is_closing_quotation(c);
            } else {
                break;
            }
            step();
        }
        // “……。”他说: what follows a closed quotation at once belongs to the same sentence.
        // (A straight one that stands here opens: a closing one was taken above.)
        const bool goes_on = quotation_closed && at_ < end_ && !is_white_space(next()) && !opens(next()) && !is_straight(next());
        if (!goes_on) sentence_ = at_;
        return !goes_on || (boundary_ == Boundary::clause && after_comma());
    }

    // A comma after a closed quotation goes with the clause it ends.
    bool after_comma() {
        while (at_ < end_ && (next() == U'，' || next() == U'、' || closes(next()))) {
            if (is_straight(next())) {
                if (!inside_straight_) break;
                inside_straight_ = false;
            }
            step();
        }
        return true;
    }

    bool comma() {
        const bool in_number = at_ > start_ && is_ascii_digit(text_[at_ - 1]) && at_ + 1 < end_ && is_ascii_digit(text_[at_ + 1]);
        ++at_;
        return boundary_ == Boundary::clause && !in_number && after_comma();
    }

    bool full_stop() {
        const std::uint32_t stop = at_++;
        while (at_ < end_ && text_[at_] == '.') ++at_;
        if (at_ - stop >= 3) return after_end();
        std::uint32_t after = at_;
        while (after < end_ && closes(utf8::at(text_, after))) after += utf8::length(text_[after]);
        const bool separated = after >= end_ || is_white_space(utf8::at(text_, after)) || is_han_behind_latin(stop, after);
        if (!separated || is_abbreviation(stop)) return false;
        return after_end();
    }

    // "OK.然后": typed without a blank; but "3.第三点" is a number in a list.
    [[nodiscard]] bool is_han_behind_latin(std::uint32_t stop, std::uint32_t after) const {
        return stop > start_ && is_ascii_letter(text_[stop - 1]) && is_han(utf8::at(text_, after));
    }

    [[nodiscard]] bool is_abbreviation(std::uint32_t stop) const {
        std::uint32_t begin = stop;
        while (begin > start_ && (is_ascii_letter(text_[begin - 1]) || text_[begin - 1] == '.')) --begin;
        std::string word;
        for (std::uint32_t i = begin; i < stop; ++i) {
            if (text_[i] != '.') word += static_cast<char>(text_[i] | 0x20);
        }
        if (word.empty()) return stop > start_ && is_ascii_digit(text_[stop - 1]) && at_start_of_sentence(stop);  // "1. …"
        const bool initial = stop - begin == 1 && text_[begin] >= 'A' && text_[begin] <= 'Z';
        return initial || std::find(kAbbreviations.begin(), kAbbreviations.end(), word) != kAbbreviations.end();
    }

    [[nodiscard]] bool at_start_of_sentence(std::uint32_t stop) const {
        std::uint32_t begin = stop;
        while (begin > sentence_ && is_ascii_digit(text_[begin - 1])) --begin;
        return trimmed(text_, span_of(sentence_, begin)).empty();
    }

    void emit(std::uint32_t end) {
        const Span piece = trimmed(text_, span_of(start_, end));
        start_ = end;
        for (std::uint32_t i = piece.begin.value; i < piece.end.value; i += utf8::length(text_[i])) {
            if (is_unified_han(i) || is_letter_or_digit(utf8::at(text_, i))) {
                pieces_.push_back(piece);
                return;
            }
        }
    }

    std::string_view text_;
    std::uint32_t at_;
    std::uint32_t end_;
    std::uint32_t start_ = 0;     // of the piece at hand
    std::uint32_t sentence_ = 0;  // where the sentence it lies in begins
    bool inside_straight_ = false;  // between two straight quotation marks, which look alike
    Boundary boundary_;
    std::vector<Span>& pieces_;
};

}  // namespace

void append_pieces(std::string_view text, Span whole, Boundary boundary, std::vector<Span>& pieces) {
    Cutter(text, whole, boundary, pieces).run();
}

Span trimmed(std::string_view text, Span whole) {
    std::uint32_t begin = whole.begin.value;
    std::uint32_t end = whole.end.value;
    const auto byte = [&](std::uint32_t at) { return static_cast<unsigned char>(text[at]); };
    // Most pieces begin with Han and end with a full stop: seen at a glance not to be white space.
    const auto shows_at_begin = [&](std::uint32_t at) { return byte(at) >= 0xE4 || (byte(at) > 0x20 && byte(at) < 0x80); };
    const auto shows_at_end = [&](std::uint32_t at) {
        if (byte(at - 1) < 0x80) return byte(at - 1) > 0x20;
        if (at - begin < 3) return false;
        return byte(at - 3) >= 0xE4 || (byte(at - 3) == 0xE3 && (byte(at - 2) != 0x80 || byte(at - 1) != 0x80));
    };
    while (begin < end && !shows_at_begin(begin) && is_white_space(utf8::at(text, begin))) begin += utf8::length(text[begin]);
    while (end > begin && !shows_at_end(end)) {
        std::uint32_t last = end - 1;
        while (utf8::is_continuation(text[last])) --last;
        if (!is_white_space(utf8::at(text, last))) break;
        end = last;
    }
    return span_of(begin, end);
}

}  // namespace fangtan
