// SPDX-License-Identifier: Apache-2.0
#include "fangtan/transcript/critic_markup.hpp"

#include <algorithm>

#include "fangtan/text/boundary.hpp"
#include "fangtan/text/code_point_index.hpp"
#include "fangtan/text/utf8.hpp"

namespace fangtan::transcript {
namespace {

constexpr std::string_view kPassage = "{==";
constexpr std::string_view kPassageEnd = "==}";
constexpr std::string_view kNote = "{>>";
constexpr std::string_view kNoteEnd = "<<}";
constexpr std::size_t kSignLength = 3;

// The next of the four signs; the end of the text if there is none.
std::size_t next_sign(std::string_view text, std::size_t from) {
    for (std::size_t at = text.find_first_of("{=<", from); at != std::string_view::npos; at = text.find_first_of("{=<", at + 1)) {
        const std::string_view here = text.substr(at, kSignLength);
        if (here == kPassage || here == kPassageEnd || here == kNote || here == kNoteEnd) return at;
    }
    return text.size();
}

std::string trimmed_text(std::string_view text) { return std::string(trimmed(text, span_of(0, static_cast<std::uint32_t>(text.size()))).of(text)); }

class Parser {
 public:
    Parser(std::string_view text, const std::string& file, Diagnostics& diagnostics) : text_(text), index_(text), file_(file), diagnostics_(diagnostics) {}

    Unmarked run() {
        std::size_t at = 0;
        while (at < text_.size()) {
            const std::size_t sign = next_sign(text_, at);
            out_.text += text_.substr(at, sign - at);
            if (sign == text_.size()) break;
            at = sign + kSignLength;
            const std::string_view found = text_.substr(sign, kSignLength);
            if (found == kPassage) {
                if (!open_.empty()) fault(sign, "a marked passage begins inside the one of " + place(open_.back().at) + "; passages cannot lie in each other or cross: end the first with ==} and its note, and mark the second apart");
                open_.push_back({sign, out_.text.size()});
            } else if (found == kPassageEnd) {
                at = end_passage(sign);
            } else if (found == kNote) {
                fault(sign, open_.empty() ? std::string("this note has no marked passage right before it: write {==passage==}{>>note<<}")
                                          : "this note begins inside the passage marked at " + place(open_.back().at) + "; end the passage first, with ==}");
                at = skip_note(sign);
            } else {
                fault(sign, "<<} ends no note: no {>> stands before it");
            }
        }
        for (const Open& open : open_) fault(open.at, "this marked passage is not ended: ==} and a note {>>…<<} are missing");
        return std::move(out_);
    }

 private:
    struct Open {
        std::size_t at;     // of the sign in the file
        std::size_t begin;  // of the passage in the clean text
    };

    [[nodiscard]] Position position(std::size_t at) const { return index_.position(ByteOffset{static_cast<std::uint32_t>(at)}); }
    [[nodiscard]] std::string place(std::size_t at) const {
        const Position found = position(at);
        return "line " + std::to_string(found.line) + ", column " + std::to_string(found.column);
    }
    void fault(std::size_t at, std::string message) {
        diagnostics_.error(file_, position(at), std::move(message), std::string(index_.line_of(ByteOffset{static_cast<std::uint32_t>(at)})));
    }

    // Reads the notes behind it, and returns where the text goes on.
    std::size_t end_passage(std::size_t sign) {
        std::size_t at = sign + kSignLength;
        if (open_.empty()) {
            fault(sign, "==} ends no marked passage: no {== stands before it");
            while (text_.substr(at).starts_with(kNote)) at = skip_note(at);
            return at;
        }
        const Open passage = open_.back();
        open_.pop_back();
        const Span whole = span_of(static_cast<std::uint32_t>(passage.begin), static_cast<std::uint32_t>(out_.text.size()));
        const Span span = trimmed(out_.text, whole);
        if (span.empty()) fault(passage.at, "this marked passage holds no text");
        if (!text_.substr(at).starts_with(kNote)) fault(sign, "the passage marked at " + place(passage.at) + " has no note right behind it: write {==passage==}{>>note<<}");
        while (text_.substr(at).starts_with(kNote)) {
            const std::size_t note = at + kSignLength;
            at = skip_note(at);
            if (text_.substr(0, at).ends_with(kNoteEnd)) out_.marks.push_back({span, trimmed_text(text_.substr(note, at - note - kSignLength)), {}, {}, {}, position(passage.at)});
        }
        return at;
    }

    // `sign` is at a {>>; where the text goes on behind the note.
    std::size_t skip_note(std::size_t sign) {
        const std::size_t begin = sign + kSignLength;
        const std::size_t next = next_sign(text_, begin);
        if (next < text_.size() && text_.substr(next, kSignLength) == kNoteEnd) return next + kSignLength;
        fault(sign, "this note is not ended" + (next < text_.size() ? " before " + place(next) : std::string()) + ": <<} is missing");
        return begin;
    }

    std::string_view text_;
    CodePointIndex index_;
    const std::string& file_;
    Diagnostics& diagnostics_;
    std::vector<Open> open_;
    Unmarked out_;
};

}  // namespace

bool has_critic_marks(std::string_view text) {
    const std::size_t passage = text.find(kPassage);
    if (passage == std::string_view::npos) return false;
    const std::size_t between = text.find("==}{>>", passage + kSignLength);
    return between != std::string_view::npos && text.find(kNoteEnd, between) != std::string_view::npos;
}

std::optional<Unmarked> without_critic_marks(std::string_view text, const std::string& file, Diagnostics& diagnostics) {
    const std::size_t errors = diagnostics.errors();
    Unmarked unmarked = Parser(text, file, diagnostics).run();
    if (diagnostics.errors() > errors) return std::nullopt;
    return unmarked;
}

}  // namespace fangtan::transcript
