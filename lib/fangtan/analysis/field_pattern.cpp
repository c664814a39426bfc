// SPDX-License-Identifier: Apache-2.0
#include "fangtan/analysis/field_pattern.hpp"

#include "fangtan/text/character.hpp"
#include "fangtan/text/fold.hpp"
#include "fangtan/text/utf8.hpp"

namespace fangtan::analysis {
namespace {

// é may be one character or two.
std::u32string plain(std::string_view text) {
    std::u32string result;
    for (const char32_t c : utf8::to_code_points(composed(text))) {
        if (!is_ignorable(c)) result += c;
    }
    return result;
}

}  // namespace

FieldPattern::FieldPattern(std::string_view value) {
    // Folding comes last: a full-width ＊ is an ordinary character.
    for (const char32_t c : plain(value)) pieces_ += c == U'*' ? kSome : c == U'?' ? kOne : fold(c);
}

bool FieldPattern::fits(std::string_view name) const {
    const std::u32string text = plain(name);
    if (text.empty()) return false;
    std::size_t piece = 0;
    std::size_t at = 0;
    std::size_t star = std::u32string::npos;  // the last one met, and what it has taken so far
    std::size_t taken = 0;
    while (at < text.size()) {
        if (piece < pieces_.size() && pieces_[piece] == kSome) {
            star = piece++;
            taken = at;
        } else if (piece < pieces_.size() && (pieces_[piece] == kOne || pieces_[piece] == fold(text[at]))) {
            ++piece;
            ++at;
        } else if (star != std::u32string::npos) {
            piece = star + 1;
            at = ++taken;
        } else {
            return false;
        }
    }
    while (piece < pieces_.size() && pieces_[piece] == kSome) ++piece;
    return piece == pieces_.size();
}

}  // namespace fangtan::analysis
