// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "fangtan/query/lexer.hpp"
#include "fangtan/query/query.hpp"
#include "fangtan/text/utf8.hpp"

namespace fangtan::query {
namespace {

enum Binding { loosest, or_level, and_level, not_level, near_level, except_level, tightest };

struct Printed {
    std::string text;
    Binding binding = tightest;
};

Printed printed(const Query& query);

std::string bracketed(const Query& query, Binding at_least) {
    const Printed inner = printed(query);
    return inner.binding >= at_least ? inner.text : "(" + inner.text + ")";
}

// Whether the term, written without quotation marks, would be read back as itself.
bool can_stand_bare(const Term& term) {
    bool word_start = true;
    for (std::size_t i = 0; i < term.pieces.size(); ++i) {
        const TermPiece& piece = term.pieces[i];
        if (piece.kind == TermPiece::Kind::text) {
            const std::u32string_view text = piece.text;
            if (word_start && (begins_quotation(text[0]) || is_reserved_word(text))) return false;
            for (const char32_t c : text) {
                if (ends_word(c) || c == U'*' || c == U'?' || (c != U'/' && begins_quotation(c))) return false;
            }
        }
        word_start = piece.kind == TermPiece::Kind::blank;
    }
    return true;
}

std::string print_term(const Term& term) {
    std::u32string text;
    for (const TermPiece& piece : term.pieces) {
        switch (piece.kind) {
            case TermPiece::Kind::text: text += piece.text; break;
            case TermPiece::Kind::one: text += U'?'; break;
            case TermPiece::Kind::some: text += U'*'; break;
            case TermPiece::Kind::blank: text += U' '; break;
        }
    }
    if (can_stand_bare(term)) return utf8::from_code_points(text);
    if (text.find(U'"') == std::u32string::npos) return '"' + utf8::from_code_points(text) + '"';
    const bool curly = text.find(U'”') == std::u32string::npos;
    return (curly ? "“" : "「") + utf8::from_code_points(text) + (curly ? "”" : "」");
}

std::string print_field(const Field& field) {
    const std::u32string value = utf8::to_code_points(field.value);
    const bool plain = std::none_of(value.begin(), value.end(), [](char32_t c) { return ends_word(c) || begins_quotation(c); });
    return field.name + ':' + (plain ? field.value : '"' + field.value + '"');
}

Printed print_and(const And& all) {
    Printed result{"", and_level};
    for (const Query& operand : all.operands) {
        if (const auto* negated = std::get_if<Not>(&operand.node); negated != nullptr && !result.text.empty()) {
            result.text += " NOT " + bracketed(*negated->operand, not_level);
        } else {
            result.text += (result.text.empty() ? "" : " AND ") + bracketed(operand, not_level);
        }
    }
    return result;
}

Printed print_or(const Or& any) {
    Printed result{"", or_level};
    for (const Query& operand : any.operands) {
        result.text += (result.text.empty() ? "" : " OR ") + bracketed(operand, and_level);
    }
    return result;
}

Printed printed(const Query& query) {
    struct Visitor {
        Printed operator()(const Term& term) const { return {print_term(term)}; }
        Printed operator()(const Regex& regex) const { return {"/" + regex.pattern + (regex.original ? "/c" : "/")}; }
        Printed operator()(const Field& field) const { return {print_field(field)}; }
        Printed operator()(const Not& negated) const { return {"NOT " + bracketed(*negated.operand, not_level), not_level}; }
        Printed operator()(const And& all) const { return print_and(all); }
        Printed operator()(const Or& any) const { return print_or(any); }
        Printed operator()(const Near& near) const {
            return {bracketed(*near.left, near_level) + (near.ordered ? " BEFORE/" : " NEAR/") +
                        std::to_string(near.distance) + " " + bracketed(*near.right, except_level),
                    near_level};
        }
        Printed operator()(const Except& except) const {
            return {bracketed(*except.base, except_level) + " EXCEPT " + bracketed(*except.exception, tightest), except_level};
        }
    };
    return std::visit(Visitor{}, query.node);
}

}  // namespace

std::string print(const Query& query) { return printed(query).text; }

}  // namespace fangtan::query
