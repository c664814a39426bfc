// SPDX-License-Identifier: Apache-2.0
#include "fangtan/transcript/quotes_marks.hpp"

#include <algorithm>
#include <array>

#include "fangtan/text/boundary.hpp"
#include "fangtan/text/character.hpp"
#include "fangtan/text/utf8.hpp"

namespace fangtan::transcript {
namespace {

struct Mark {
    std::uint32_t begin;
    std::uint32_t end;
    std::size_t kind;
    std::uint32_t close_begin = 0;  // 0: nothing closes it
    std::uint32_t close_end = 0;
};

constexpr std::u32string_view kOpening = U"“「『\"";
constexpr std::u32string_view kClosing = U"”」』\"";
constexpr std::size_t kStraight = 3;

class MarkReader {
 public:
    MarkReader(std::string_view text, Span paragraph, bool continues) : text_(text), paragraph_(paragraph), continues_(continues) {}

    std::vector<QuotedPart> run() {
        for (std::uint32_t at = paragraph_.begin.value; at < paragraph_.end.value; at += utf8::length(text_[at])) take(at);
        std::sort(marks_.begin(), marks_.end(), [](const Mark& a, const Mark& b) { return a.begin < b.begin; });
        std::vector<QuotedPart> parts;
        std::uint32_t behind = 0;
        for (const Mark& mark : marks_) {
            if (mark.begin < behind) continue;
            const bool closed = mark.close_end != 0;
            const std::uint32_t inner_end = closed ? mark.close_begin : mark.end;
            const std::uint32_t close = closed ? mark.close_end : mark.end;
            parts.push_back({ByteOffset{mark.begin}, span_of(mark.end, inner_end), ByteOffset{close}, closed});
            if (closed) behind = close;
        }
        return parts;
    }

 private:
    void take(std::uint32_t at) {
        const char32_t c = utf8::at(text_, at);
        const std::uint32_t end = at + utf8::length(text_[at]);
        const std::size_t opening = kOpening.find(c);
        const std::size_t closing = kClosing.find(c);
        if (opening == std::u32string_view::npos && closing == std::u32string_view::npos) return;
        const std::size_t kind = std::min(opening, closing);
        const bool typed_wrongly = kind == 0 && opening == 0 && open_of_kind_[kind] > 0 && end < paragraph_.end.value && is_bracket(end);
        if (opening != std::u32string_view::npos && !typed_wrongly && !(kind == kStraight && open_of_kind_[kind] > 0)) {
            open_.push_back(marks_.size());
            ++open_of_kind_[kind];
            marks_.push_back({at, end, kind});
            return;
        }
        if (open_of_kind_[kind] == 0) {
            if (continues_ && marks_.empty() && kind != kStraight) {
                marks_.push_back({paragraph_.begin.value, paragraph_.begin.value, kind, at, end});
                continues_ = false;
            }
            return;
        }
        while (marks_[open_.back()].kind != kind) drop();
        Mark& mark = marks_[open_.back()];
        mark.close_begin = at;
        mark.close_end = end;
        drop();
    }

    void drop() {
        --open_of_kind_[marks_[open_.back()].kind];
        open_.pop_back();
    }

    [[nodiscard]] bool is_bracket(std::uint32_t at) const {
        const char32_t c = utf8::at(text_, at);
        return c == U'（' || c == U'(' || c == U'【' || c == U'〔';
    }

    std::string_view text_;
    Span paragraph_;
    bool continues_;
    std::vector<Mark> marks_;
    std::vector<std::size_t> open_;  // indices into marks_
    std::array<std::size_t, 4> open_of_kind_{};
};

}  // namespace

std::vector<QuotedPart> quoted_parts(std::string_view text, Span paragraph, bool continues) {
    return MarkReader(text, paragraph, continues).run();
}

Span without_dashes(std::string_view text, Span line) {
    while (!line.empty()) {
        const char32_t c = utf8::at(text, line.begin.value);
        if (c != U'—' && c != U'-' && c != U'–' && !is_white_space(c)) break;
        line.begin.value += utf8::length(text[line.begin.value]);
    }
    return line;
}

}  // namespace fangtan::transcript
