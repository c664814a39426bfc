// SPDX-License-Identifier: Apache-2.0
//
// What Matcher::compile() makes of the queries: distinct terms, a flat syntax
// tree, and for every term the queries worth evaluating when it is seen.
// Internal to the query module.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "fangtan/query/automaton.hpp"
#include "fangtan/query/matcher.hpp"
#include "fangtan/query/regex.hpp"

namespace fangtan::query {

using TermNumber = std::uint32_t;

// A text piece may be written in several ways: composed or decomposed, with ligatures (㎏ for kg).
struct PatternPiece {
    TermPiece::Kind kind = TermPiece::Kind::text;
    std::vector<std::vector<CharacterClass>> spellings;
};

struct Pattern {
    std::vector<PatternPiece> pieces;
    std::size_t anchor = 0;   // the first text piece: what the automaton looks for
    bool literal = false;     // nothing but that piece
    bool word_begin = false;  // must begin, or end, at the edge of a Latin word
    bool word_end = false;
};

struct ProgramNode {
    enum class Kind { term, regex, not_, and_, or_, near, except };
    Kind kind = Kind::term;
    std::uint32_t number = 0;             // of the term or the regex
    std::uint32_t distance = 0;           // near
    bool ordered = false;                 // near
    std::vector<std::uint32_t> operands;  // node indices
};

struct CompiledRegexEntry {
    CompiledRegex regex;
    std::vector<TermNumber> literals;  // the terms that stand for regex.required()
};

}  // namespace fangtan::query

namespace fangtan {

struct Matcher::Program {
    std::vector<query::Pattern> patterns;  // by TermNumber
    std::vector<query::ProgramNode> nodes;
    std::vector<query::CompiledRegexEntry> regexes;
    std::vector<std::uint32_t> roots;       // node of each query
    std::vector<QueryGroup> groups;         // group of each query
    std::vector<QueryNumber> always;        // queries that may fire without any of their terms
    std::vector<std::uint32_t> key_begin;   // key -> terms it anchors: key_terms[key_begin[k] .. key_begin[k+1])
    std::vector<query::TermNumber> key_terms;
    std::vector<std::uint32_t> term_begin;  // term -> queries to evaluate, likewise
    std::vector<QueryNumber> term_queries;
    std::vector<bool> certain;              // by query: fires wherever one of its terms stands, on all of them
    bool hits_need_sorting = false;         // wildcards move begins and ends
    std::optional<query::Automaton> automaton;
};

}  // namespace fangtan
