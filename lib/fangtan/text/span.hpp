// SPDX-License-Identifier: Apache-2.0
//
// Positions in a text, with types that cannot be mixed up: the program works
// with bytes of UTF-8, while everything it prints counts code points.
#pragma once

#include <compare>
#include <cstdint>
#include <string_view>

namespace fangtan {

// Bytes of UTF-8 from the start of a document's text. A document has less than 4 GiB.
struct ByteOffset {
    std::uint32_t value = 0;
    friend auto operator<=>(const ByteOffset&, const ByteOffset&) = default;
};

// Unicode code points from the start of a document's text: the unit of every printed position.
struct CharacterOffset {
    std::uint32_t value = 0;
    friend auto operator<=>(const CharacterOffset&, const CharacterOffset&) = default;
};

// Half-open: [begin, end).
struct Span {
    ByteOffset begin;
    ByteOffset end;

    [[nodiscard]] std::uint32_t size() const { return end.value - begin.value; }
    [[nodiscard]] bool empty() const { return begin == end; }
    [[nodiscard]] bool contains(Span other) const { return begin <= other.begin && other.end <= end; }
    [[nodiscard]] std::string_view of(std::string_view text) const { return text.substr(begin.value, size()); }
    friend auto operator<=>(const Span&, const Span&) = default;
};

[[nodiscard]] inline Span span_of(std::uint32_t begin, std::uint32_t end) {
    return {ByteOffset{begin}, ByteOffset{end}};
}

}  // namespace fangtan
