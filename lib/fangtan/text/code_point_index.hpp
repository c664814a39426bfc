// SPDX-License-Identifier: Apache-2.0
//
// Turns byte offsets of one text into code points and into line:column, and
// back. Everything the program prints or reads as a position passes here.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "fangtan/base/diagnostic.hpp"
#include "fangtan/text/span.hpp"

namespace fangtan {

class CodePointIndex {
 public:
    // `text` is valid UTF-8 of less than 4 GiB and must outlive the index. O(n), several GB/s.
    explicit CodePointIndex(std::string_view text);

    // Number of code points of the text.
    [[nodiscard]] std::uint32_t size() const { return size_; }

    // `at` <= text size and at the start of a character (or the end). O(1).
    [[nodiscard]] CharacterOffset to_character(ByteOffset at) const;
    // `at` <= size(). O(log n).
    [[nodiscard]] ByteOffset to_byte(CharacterOffset at) const;
    // Line and column from 1, the column in code points; lines end at LF. O(line length + log n).
    [[nodiscard]] Position position(ByteOffset at) const;
    // The line that holds `at`, without its line end.
    [[nodiscard]] std::string_view line_of(ByteOffset at) const;

 private:
    static constexpr std::uint32_t kStep = 128;  // bytes between marks

    std::string_view text_;
    std::uint32_t size_ = 0;
    std::vector<std::uint32_t> marks_;               // code points before byte i * kStep
    mutable std::vector<std::uint32_t> line_marks_;  // line feeds before byte i * kStep; made when first asked
};

// Line and column of one offset without an index. O(at).
[[nodiscard]] Position position_in(std::string_view text, std::size_t at);

// The line of `text` that holds `at`, without its line end.
[[nodiscard]] std::string_view line_in(std::string_view text, std::size_t at);

}  // namespace fangtan
