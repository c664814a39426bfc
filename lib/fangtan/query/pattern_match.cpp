// SPDX-License-Identifier: Apache-2.0
#include "fangtan/query/pattern_match.hpp"

#include <algorithm>

#include "fangtan/text/character.hpp"
#include "fangtan/text/utf8.hpp"

namespace fangtan::query {
namespace {

bool star_passes(char32_t c) { return c != U'\n' && !is_punctuation(c); }

void keep_each_once(std::vector<std::uint32_t>& positions) {
    std::sort(positions.begin(), positions.end());
    positions.erase(std::unique(positions.begin(), positions.end()), positions.end());
}

}  // namespace

char32_t PatternMatch::character(std::uint32_t i) const { return utf8::at(text_, classes_.bytes[i]); }

bool PatternMatch::word_at(std::uint32_t i) const { return i < classes_.size && is_word_character(character(i)); }

bool PatternMatch::word_before(std::uint32_t i) const {
    if (i > 0) return is_word_character(character(i - 1));
    return stretch_.begin.value > 0 && is_word_character(utf8::before(text_, stretch_.begin.value));
}

bool PatternMatch::word_goes_on_after(std::uint32_t end) const {
    if (!word_before(end)) return false;
    if (end < classes_.size) return word_at(end);
    return stretch_.end.value < text_.size() && is_word_character(utf8::at(text_, stretch_.end.value));
}

bool PatternMatch::blank_may_be_missing(std::uint32_t at) const { return !(word_before(at) && word_at(at)); }

std::vector<std::uint32_t> PatternMatch::ends_after(const PatternPiece& piece, const std::vector<std::uint32_t>& starts) const {
    std::vector<std::uint32_t> ends;
    for (const std::uint32_t start : starts) {
        std::uint32_t at = start;
        switch (piece.kind) {
            case TermPiece::Kind::text:
                for (const auto& spelling : piece.spellings) {
                    if (spelling.size() > classes_.size - at) continue;
                    if (std::equal(spelling.begin(), spelling.end(), classes_.classes.begin() + at)) {
                        ends.push_back(at + static_cast<std::uint32_t>(spelling.size()));
                    }
                }
                break;
            case TermPiece::Kind::one:
                if (at < classes_.size && character(at) != U'\n') ends.push_back(at + 1);
                break;
            case TermPiece::Kind::some:
                ends.push_back(at);
                while (at < classes_.size && at - start < kStarMaximum && star_passes(character(at))) ends.push_back(++at);
                break;
            case TermPiece::Kind::blank:
                while (at < classes_.size && is_white_space(character(at))) ++at;
                if (at > start || blank_may_be_missing(at)) ends.push_back(at);
                break;
        }
    }
    keep_each_once(ends);
    return ends;
}

std::vector<std::uint32_t> PatternMatch::starts_before(const PatternPiece& piece, const std::vector<std::uint32_t>& ends) const {
    std::vector<std::uint32_t> starts;
    for (const std::uint32_t end : ends) {
        std::uint32_t at = end;
        switch (piece.kind) {
            case TermPiece::Kind::text: break;  // the anchor is the first text piece: none stands before it
            case TermPiece::Kind::one:
                if (at > 0 && character(at - 1) != U'\n') starts.push_back(at - 1);
                break;
            case TermPiece::Kind::some:
                starts.push_back(at);
                while (at > 0 && end - at < kStarMaximum && star_passes(character(at - 1))) starts.push_back(--at);
                break;
            case TermPiece::Kind::blank:
                while (at > 0 && is_white_space(character(at - 1))) --at;
                if (at < end || blank_may_be_missing(at)) starts.push_back(at);
                break;
        }
    }
    keep_each_once(starts);
    return starts;
}

void PatternMatch::extend(const Pattern& pattern, TermNumber term, const Occurrence& anchor, std::vector<TermHit>& hits) const {
    const std::uint32_t anchor_end = anchor.begin + anchor.length;
    if (pattern.literal) {
        if (pattern.word_begin && word_goes_on_before(anchor.begin)) return;
        if (pattern.word_end && word_goes_on_after(anchor_end)) return;
        hits.push_back({anchor.begin, anchor_end, term});
        return;
    }
    std::vector<std::uint32_t> ends{anchor_end};
    for (std::size_t i = pattern.anchor + 1; i < pattern.pieces.size() && !ends.empty(); ++i) {
        ends = ends_after(pattern.pieces[i], ends);
    }
    const auto end = std::find_if(ends.begin(), ends.end(), [&](std::uint32_t at) { return !pattern.word_end || !word_goes_on_after(at); });
    if (end == ends.end()) return;
    std::vector<std::uint32_t> starts{anchor.begin};
    for (std::size_t i = pattern.anchor; i > 0 && !starts.empty(); --i) starts = starts_before(pattern.pieces[i - 1], starts);
    const auto start = std::find_if(starts.rbegin(), starts.rend(), [&](std::uint32_t at) { return !pattern.word_begin || !word_goes_on_before(at); });
    if (start == starts.rend()) return;
    hits.push_back({*start, *end, term});
}

}  // namespace fangtan::query
