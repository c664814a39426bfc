// SPDX-License-Identifier: Apache-2.0
#include "fangtan/transcript/solid_text.hpp"

#include <algorithm>

#include "fangtan/text/character.hpp"
#include "fangtan/text/utf8.hpp"

namespace fangtan::transcript {

SolidText::SolidText(std::string_view text) {
    text_.reserve(text.size());
    places_.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        const std::uint32_t length = utf8::length(text[at]);
        if (!is_white_space(utf8::at(text, at))) {
            for (std::uint32_t i = 0; i < length; ++i) places_.push_back(static_cast<std::uint32_t>(at + i));
            text_ += text.substr(at, length);
        }
        at += length;
    }
}

std::size_t SolidText::solid_before(std::uint32_t at) const {
    return static_cast<std::size_t>(std::lower_bound(places_.begin(), places_.end(), at) - places_.begin());
}

Span SolidText::span(std::size_t begin, std::size_t end) const {
    if (begin >= end) return {};
    return span_of(places_[begin], places_[end - 1] + 1);
}

std::vector<Span> SolidText::find_all(std::string_view solid) const {
    std::vector<Span> found;
    if (solid.empty()) return found;
    for (std::size_t at = text_.find(solid); at != std::string::npos; at = text_.find(solid, at + 1)) found.push_back(span(at, at + solid.size()));
    return found;
}

void move_marks(std::vector<Mark>& marks, std::string_view from, std::string_view to) {
    if (marks.empty() || from == to) return;
    const SolidText old_text(from);
    const SolidText new_text(to);
    const bool same = old_text.text() == new_text.text();
    for (Mark& mark : marks) {
        const std::size_t begin = old_text.solid_before(mark.span.begin.value);
        const std::size_t end = old_text.solid_before(mark.span.end.value);
        if (same) {
            mark.span = new_text.span(begin, end);
            continue;
        }
        const std::string_view passage = std::string_view(old_text.text()).substr(begin, end - begin);
        const std::vector<Span> before = old_text.find_all(passage);
        const std::vector<Span> after = new_text.find_all(passage);
        const auto place = std::find(before.begin(), before.end(), old_text.span(begin, end));
        mark.span = before.size() == after.size() && place != before.end() ? after[static_cast<std::size_t>(place - before.begin())] : Span{};
    }
}

}  // namespace fangtan::transcript
