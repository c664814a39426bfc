// SPDX-License-Identifier: Apache-2.0
//
// From an occurrence of a term's literal part to the whole term: wildcards,
// blanks, and the edges of Latin words. Internal to the query module.
#pragma once

#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include "fangtan/query/automaton.hpp"
#include "fangtan/query/program.hpp"

namespace fangtan::query {

// A term found: characters of the stretch.
struct TermHit {
    std::uint32_t begin;
    std::uint32_t end;
    TermNumber term;
};

[[nodiscard]] inline bool by_place(const TermHit& a, const TermHit& b) {
    return std::pair(std::pair(a.begin, a.end), a.term) < std::pair(std::pair(b.begin, b.end), b.term);
}

class PatternMatch {
 public:
    // All three must outlive the object.
    PatternMatch(std::string_view text, Span stretch, const ClassText& classes)
        : text_(text), stretch_(stretch), classes_(classes) {}

    // Appends the term if it stands at the occurrence of its anchor; with wildcards: the shortest form.
    void extend(const Pattern& pattern, TermNumber term, const Occurrence& anchor, std::vector<TermHit>& hits) const;

 private:
    [[nodiscard]] char32_t character(std::uint32_t i) const;
    [[nodiscard]] bool word_at(std::uint32_t i) const;      // is the character at i one of a Latin word?
    [[nodiscard]] bool word_before(std::uint32_t i) const;  // likewise before i, also outside the stretch
    [[nodiscard]] bool word_goes_on_before(std::uint32_t begin) const { return word_at(begin) && word_before(begin); }
    [[nodiscard]] bool word_goes_on_after(std::uint32_t end) const;
    [[nodiscard]] std::vector<std::uint32_t> ends_after(const PatternPiece& piece, const std::vector<std::uint32_t>& starts) const;
    [[nodiscard]] std::vector<std::uint32_t> starts_before(const PatternPiece& piece, const std::vector<std::uint32_t>& ends) const;
    [[nodiscard]] bool blank_may_be_missing(std::uint32_t at) const;

    std::string_view text_;
    Span stretch_;
    const ClassText& classes_;
};

}  // namespace fangtan::query
