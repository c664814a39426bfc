// SPDX-License-Identifier: Apache-2.0
#include "fangtan/text/code_point_index.hpp"

#include <algorithm>

#include "fangtan/text/utf8.hpp"

namespace fangtan {

CodePointIndex::CodePointIndex(std::string_view text) : text_(text) {
    marks_.reserve(text.size() / kStep + 1);
    std::uint32_t before = 0;
    for (std::size_t at = 0; at < text.size(); at += kStep) {
        marks_.push_back(before);
        before += static_cast<std::uint32_t>(utf8::count(text.substr(at, kStep)));
    }
    if (marks_.empty()) marks_.push_back(0);
    size_ = before;
}

CharacterOffset CodePointIndex::to_character(ByteOffset at) const {
    if (at.value >= text_.size()) return {size_};
    const std::uint32_t mark = at.value / kStep;
    const std::uint32_t start = mark * kStep;
    return {marks_[mark] + static_cast<std::uint32_t>(utf8::count(text_.substr(start, at.value - start)))};
}

ByteOffset CodePointIndex::to_byte(CharacterOffset at) const {
    if (at.value >= size_) return {static_cast<std::uint32_t>(text_.size())};
    const auto after = std::upper_bound(marks_.begin(), marks_.end(), at.value);
    const auto mark = static_cast<std::uint32_t>(after - marks_.begin() - 1);
    std::uint32_t byte = mark * kStep;
    // marks_ counts characters that start before the mark; the one cut by it belongs to the block before.
    while (byte < text_.size() && utf8::is_continuation(text_[byte])) ++byte;
    for (std::uint32_t left = at.value - marks_[mark]; left > 0; --left) byte += utf8::length(text_[byte]);
    return {byte};
}

Position CodePointIndex::position(ByteOffset at) const {
    if (line_marks_.empty()) {
        std::uint32_t lines = 0;
        for (std::size_t start = 0; start == 0 || start < text_.size(); start += kStep) {
            line_marks_.push_back(lines);
            const std::string_view block = text_.substr(start, kStep);
            lines += static_cast<std::uint32_t>(std::count(block.begin(), block.end(), '\n'));
        }
    }
    const std::size_t mark = std::min<std::size_t>(at.value / kStep, line_marks_.size() - 1);
    const std::string_view block = text_.substr(mark * kStep, at.value - mark * kStep);
    const auto line = line_marks_[mark] + static_cast<std::uint32_t>(std::count(block.begin(), block.end(), '\n'));
    const std::size_t feed = at.value == 0 ? std::string_view::npos : text_.rfind('\n', at.value - 1);
    const auto start = ByteOffset{feed == std::string_view::npos ? 0 : static_cast<std::uint32_t>(feed) + 1};
    return {line + 1, to_character(at).value - to_character(start).value + 1};
}

std::string_view CodePointIndex::line_of(ByteOffset at) const { return line_in(text_, at.value); }

Position position_in(std::string_view text, std::size_t at) {
    const std::string_view head = text.substr(0, at);
    const auto line = static_cast<std::uint32_t>(std::count(head.begin(), head.end(), '\n'));
    const std::size_t feed = head.rfind('\n');
    const std::string_view start_of_line = feed == std::string_view::npos ? head : head.substr(feed + 1);
    return {line + 1, static_cast<std::uint32_t>(utf8::count(start_of_line)) + 1};
}

std::string_view line_in(std::string_view text, std::size_t at) {
    const std::size_t feed = at == 0 ? std::string_view::npos : text.rfind('\n', at - 1);
    const std::size_t start = feed == std::string_view::npos ? 0 : feed + 1;
    const std::size_t end = std::min(text.find('\n', at), text.size());
    return text.substr(start, end - start);
}

}  // namespace fangtan
