// SPDX-License-Identifier: Apache-2.0
//
// What a query means, written down as plainly as possible and as slow as it
// likes: the matcher must agree with this on every text.
#pragma once

#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "fangtan/query/query.hpp"
#include "fangtan/query/regex.hpp"
#include "fangtan/text/character.hpp"
#include "fangtan/text/fold.hpp"
#include "fangtan/text/span.hpp"
#include "fangtan/text/utf8.hpp"

namespace fangtan::testing {

class NaiveMatcher {
 public:
    struct Found {
        Span span;
        std::set<Span> evidence;
        friend bool operator<(const Found& a, const Found& b) { return a.span < b.span; }
    };
    using Places = std::vector<Found>;

    NaiveMatcher(std::string_view text, Span unit) : text_(text), unit_(unit) {
        for (std::uint32_t i = 0; i < text.size(); i += utf8::length(text[i])) {
            const char32_t c = utf8::at(text, i);
            if (is_ignorable(c)) continue;
            characters_.push_back({c, fold(c), i, i + utf8::length(text[i])});
        }
    }

    // Empty optional: the query does not fire. Places: merged by span, ordered.
    std::optional<Places> places(const Query& query) const {
        std::optional<Places> found = evaluate(query);
        if (!found) return found;
        std::vector<Found> merged;
        std::stable_sort(found->begin(), found->end());
        for (Found& place : *found) {
            if (!merged.empty() && merged.back().span == place.span) {
                merged.back().evidence.insert(place.evidence.begin(), place.evidence.end());
            } else {
                merged.push_back(place);
            }
        }
        return merged;
    }

 private:
    struct Character {
        char32_t original;
        char32_t folded;
        std::uint32_t begin;
        std::uint32_t end;
    };

    [[nodiscard]] bool word(std::size_t i) const { return i < characters_.size() && is_word_character(characters_[i].original); }
    [[nodiscard]] bool whole_begin(std::size_t i) const { return !(word(i) && i > 0 && word(i - 1)); }
    [[nodiscard]] bool whole_end(std::size_t i) const { return !(i > 0 && word(i - 1) && word(i)); }

    // All ends of pieces[k..] when they begin at i.
    void ends(const std::vector<TermPiece>& pieces, std::size_t k, std::size_t i, std::set<std::size_t>& out) const {
        if (k == pieces.size()) {
            out.insert(i);
            return;
        }
        const TermPiece& piece = pieces[k];
        if (piece.kind == TermPiece::Kind::text) {
            for (const char32_t c : piece.text) {
                if (i >= characters_.size() || characters_[i].folded != c) return;
                ++i;
            }
            ends(pieces, k + 1, i, out);
        } else if (piece.kind == TermPiece::Kind::one) {
            if (i < characters_.size() && characters_[i].original != U'\n') ends(pieces, k + 1, i + 1, out);
        } else if (piece.kind == TermPiece::Kind::some) {
            for (std::size_t n = 0; n <= 10; ++n) {
                ends(pieces, k + 1, i + n, out);
                if (i + n >= characters_.size()) return;
                const char32_t c = characters_[i + n].original;
                if (c == U'\n' || is_punctuation(c)) return;
            }
        } else {
            const std::size_t start = i;
            while (i < characters_.size() && is_white_space(characters_[i].original)) ++i;
            if (i > start || whole_begin(i)) ends(pieces, k + 1, i, out);
        }
    }

    // All begins of pieces[0..k) when they end at i.
    void begins(const std::vector<TermPiece>& pieces, std::size_t k, std::size_t i, std::set<std::size_t>& out) const {
        if (k == 0) {
            out.insert(i);
            return;
        }
        const TermPiece& piece = pieces[k - 1];
        if (piece.kind == TermPiece::Kind::one) {
            if (i > 0 && characters_[i - 1].original != U'\n') begins(pieces, k - 1, i - 1, out);
        } else if (piece.kind == TermPiece::Kind::some) {
            for (std::size_t n = 0; n <= 10 && n <= i; ++n) {
                begins(pieces, k - 1, i - n, out);
                if (n == i) return;
                const char32_t c = characters_[i - n - 1].original;
                if (c == U'\n' || is_punctuation(c)) return;
            }
        } else {
            const std::size_t end = i;
            while (i > 0 && is_white_space(characters_[i - 1].original)) --i;
            if (i < end || whole_begin(i)) begins(pieces, k - 1, i, out);
        }
    }

    [[nodiscard]] Places term_places(const Term& term) const {
        std::size_t anchor = 0;
        while (term.pieces[anchor].kind != TermPiece::Kind::text) ++anchor;
        const bool first_is_text = anchor == 0;
        const bool last_is_text = term.pieces.back().kind == TermPiece::Kind::text;
        Places found;
        for (std::size_t i = 0; i < characters_.size(); ++i) {
            std::set<std::size_t> possible_ends;
            ends(term.pieces, anchor, i, possible_ends);
            std::set<std::size_t> possible_begins;
            begins(term.pieces, anchor, i, possible_begins);
            const bool check_begin = !first_is_text || is_word_character(term.pieces.front().text.front());
            const bool check_end = !last_is_text || is_word_character(term.pieces.back().text.back());
            const auto end = std::find_if(possible_ends.begin(), possible_ends.end(), [&](std::size_t e) { return !check_end || whole_end(e); });
            const auto begin = std::find_if(possible_begins.rbegin(), possible_begins.rend(), [&](std::size_t b) { return !check_begin || whole_begin(b); });
            if (end == possible_ends.end() || begin == possible_begins.rend()) continue;
            add(found, *begin, *end);
        }
        return found;
    }

    void add(Places& found, std::size_t begin, std::size_t end) const {
        const Span span = span_of(characters_[begin].begin, characters_[end - 1].end);
        if (unit_.contains(span)) found.push_back({span, {span}});
    }

    [[nodiscard]] Places regex_places(const Regex& regex) const {
        const query::CompiledRegex compiled(regex);
        Places found;
        std::string folded;
        std::vector<std::size_t> character_of;
        for (std::size_t i = 0; i < characters_.size(); ++i) {
            if (characters_[i].begin < unit_.begin.value || characters_[i].end > unit_.end.value) continue;
            const std::size_t before = folded.size();
            utf8::append(folded, characters_[i].folded);
            character_of.insert(character_of.end(), folded.size() - before, i);
        }
        compiled.each_match(folded, [&](std::size_t begin, std::size_t end) { add(found, character_of[begin], character_of[end - 1] + 1); });
        return found;
    }

    // Characters between the two; negative if they overlap.
    [[nodiscard]] long gap(Span a, Span b) const {
        if (a.end > b.begin) return -1;
        long between = 0;
        for (const Character& c : characters_) between += c.begin >= a.end.value && c.end <= b.begin.value ? 1 : 0;
        return between;
    }

    [[nodiscard]] std::optional<Places> evaluate(const Query& query) const {
        const auto if_any = [](Places places) { return places.empty() ? std::nullopt : std::optional<Places>(std::move(places)); };
        if (const auto* term = std::get_if<Term>(&query.node)) return if_any(term_places(*term));
        if (const auto* regex = std::get_if<Regex>(&query.node)) return if_any(regex_places(*regex));
        if (const auto* negated = std::get_if<Not>(&query.node)) {
            return evaluate(*negated->operand) ? std::nullopt : std::optional<Places>(Places{});
        }
        if (const auto* all = std::get_if<And>(&query.node)) {
            Places places;
            for (const Query& operand : all->operands) {
                const auto found = evaluate(operand);
                if (!found) return std::nullopt;
                places.insert(places.end(), found->begin(), found->end());
            }
            return places;
        }
        if (const auto* any = std::get_if<Or>(&query.node)) {
            Places places;
            bool fired = false;
            for (const Query& operand : any->operands) {
                const auto found = evaluate(operand);
                fired = fired || found;
                if (found) places.insert(places.end(), found->begin(), found->end());
            }
            return fired ? std::optional(places) : std::nullopt;
        }
        if (const auto* near = std::get_if<Near>(&query.node)) {
            const auto left = evaluate(*near->left);
            const auto right = evaluate(*near->right);
            if (!left || !right) return std::nullopt;
            Places places;
            for (const Found& a : *left) {
                for (const Found& b : *right) {
                    const long after = gap(a.span, b.span);
                    const long before = near->ordered ? -1 : gap(b.span, a.span);
                    const bool close = (after >= 0 && after <= near->distance) || (before >= 0 && before <= near->distance);
                    if (!close) continue;
                    Found both{{std::min(a.span.begin, b.span.begin), std::max(a.span.end, b.span.end)}, a.evidence};
                    both.evidence.insert(b.evidence.begin(), b.evidence.end());
                    places.push_back(both);
                }
            }
            return if_any(places);
        }
        const auto& except = std::get<Except>(query.node);
        const auto base = evaluate(*except.base);
        const auto exceptions = evaluate(*except.exception);
        if (!base) return std::nullopt;
        Places places;
        for (const Found& place : *base) {
            const bool inside = exceptions && std::any_of(exceptions->begin(), exceptions->end(), [&](const Found& e) { return e.span.contains(place.span); });
            if (!inside) places.push_back(place);
        }
        return if_any(places);
    }

    std::string_view text_;
    Span unit_;
    std::vector<Character> characters_;
};

}  // namespace fangtan::testing
