// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "fangtan/query/program.hpp"
#include "fangtan/text/character.hpp"
#include "fangtan/text/fold.hpp"
#include "fangtan/text/utf8.hpp"

namespace fangtan {
namespace {

using query::Pattern;
using query::ProgramNode;
using query::TermNumber;

constexpr std::size_t kSpellingsMaximum = 32;

// Terms of which one must occur where the query fires; empty optional: it may fire without any.
using Triggers = std::optional<std::set<TermNumber>>;

// The ligatures as code points, once for all terms.
const std::vector<std::pair<char32_t, std::u32string>>& ligature_list() {
    static const auto list = [] {
        std::vector<std::pair<char32_t, std::u32string>> pairs;
        for (const Ligature& ligature : ligatures()) pairs.emplace_back(ligature.from, utf8::to_code_points(ligature.to));
        return pairs;
    }();
    return list;
}

// All ways `text` may stand in a document: as it is, decomposed, with one-character forms for several.
std::vector<std::u32string> spellings_of(const std::u32string& text) {
    std::vector<std::u32string> found{text};
    // Most terms are Han without a compatibility form: nothing to take apart or to join.
    static const std::set<char32_t> joined_ones = [] {
        std::set<char32_t> characters;
        for (const auto& [joined_form, whole] : ligature_list()) characters.insert(whole.begin(), whole.end());
        return characters;
    }();
    const bool plain = std::all_of(text.begin(), text.end(), [](char32_t c) { return c >= 0x4E00 && c <= 0x9FFF && !joined_ones.contains(c); });
    if (plain) return found;
    const std::u32string apart = utf8::to_code_points(fold(decomposed(utf8::from_code_points(text))));
    if (apart != text) found.push_back(apart);
    for (const auto& [joined_form, whole] : ligature_list()) {
        for (std::size_t i = 0; i < found.size() && found.size() < kSpellingsMaximum; ++i) {
            const std::u32string base = found[i];
            const std::size_t at = base.find(whole);
            if (at == std::u32string::npos) continue;
            std::u32string joined = base;
            joined.replace(at, whole.size(), 1, joined_form);
            if (std::find(found.begin(), found.end(), joined) == found.end()) found.push_back(std::move(joined));
        }
    }
    return found;
}

class Compiler {
 public:
    explicit Compiler(Matcher::Program& program) : program_(program) {}

    void add(const Query& query, QueryGroup group) {
        const auto number = static_cast<QueryNumber>(program_.roots.size());
        const std::uint32_t root = add_node(query);
        program_.roots.push_back(root);
        program_.groups.push_back(group);
        program_.certain.push_back(is_certain(root));
        const Triggers triggers = triggers_of(root);
        if (!triggers) {
            program_.always.push_back(number);
            return;
        }
        for (const TermNumber term : *triggers) queries_of_[term].push_back(number);
    }

    void finish() {
        std::vector<std::u32string> keys;
        std::map<std::u32string, std::uint32_t> key_numbers;
        std::vector<std::vector<TermNumber>> terms_of_key;
        for (TermNumber term = 0; term < sources_.size(); ++term) {
            for (const std::u32string& spelling : sources_[term].spellings[program_.patterns[term].anchor]) {
                const auto [key, added] = key_numbers.try_emplace(spelling, static_cast<std::uint32_t>(keys.size()));
                if (added) {
                    keys.push_back(spelling);
                    terms_of_key.emplace_back();
                }
                terms_of_key[key->second].push_back(term);
            }
        }
        // Characters of later pieces need classes too, or they could not be compared.
        std::u32string others;
        for (const Source& source : sources_) {
            for (const auto& piece : source.spellings) {
                for (const std::u32string& spelling : piece) others += spelling;
            }
        }
        program_.automaton.emplace(keys, others);
        flatten(terms_of_key, program_.key_begin, program_.key_terms);
        fill_classes();
        flatten(queries_of_, program_.term_begin, program_.term_queries);
    }

 private:
    struct Source {
        std::vector<std::vector<std::u32string>> spellings;  // by piece; empty for wildcards
    };

    static void flatten(const std::vector<std::vector<std::uint32_t>>& lists, std::vector<std::uint32_t>& begins,
                        std::vector<std::uint32_t>& values) {
        begins.push_back(0);
        for (const auto& list : lists) {
            values.insert(values.end(), list.begin(), list.end());
            begins.push_back(static_cast<std::uint32_t>(values.size()));
        }
    }

    void fill_classes() {
        for (TermNumber term = 0; term < sources_.size(); ++term) {
            for (std::size_t piece = 0; piece < sources_[term].spellings.size(); ++piece) {
                for (const std::u32string& spelling : sources_[term].spellings[piece]) {
                    std::vector<query::CharacterClass> classes;
                    for (const char32_t c : spelling) classes.push_back(program_.automaton->class_of(c));
                    program_.patterns[term].pieces[piece].spellings.push_back(std::move(classes));
                }
            }
        }
    }

    TermNumber add_term(const std::vector<TermPiece>& pieces, bool whole_words) {
        std::u32string name(1, whole_words ? U'w' : U'l');
        for (const TermPiece& piece : pieces) {
            name += static_cast<char32_t>(piece.kind);
            name += piece.text;
        }
        const auto [entry, added] = term_numbers_.try_emplace(name, static_cast<TermNumber>(sources_.size()));
        if (!added) return entry->second;
        Source source;
        Pattern pattern;
        pattern.anchor = pieces.size();
        for (std::size_t i = 0; i < pieces.size(); ++i) {
            pattern.pieces.push_back({pieces[i].kind, {}});
            source.spellings.push_back(pieces[i].kind == TermPiece::Kind::text ? spellings_of(pieces[i].text)
                                                                              : std::vector<std::u32string>{});
            if (pieces[i].kind == TermPiece::Kind::text) pattern.anchor = std::min(pattern.anchor, i);
        }
        pattern.literal = pieces.size() == 1;
        const TermPiece& first = pieces.front();
        const TermPiece& last = pieces.back();
        // A wildcard at an edge may stop inside a Latin word: the edge is looked at when it is known.
        pattern.word_begin = whole_words && (first.text.empty() || is_word_character(first.text.front()));
        pattern.word_end = whole_words && (last.text.empty() || is_word_character(last.text.back()));
        program_.hits_need_sorting = program_.hits_need_sorting || !pattern.literal;
        program_.patterns.push_back(std::move(pattern));
        sources_.push_back(std::move(source));
        queries_of_.emplace_back();
        return entry->second;
    }

    std::uint32_t push(ProgramNode node) {
        program_.nodes.push_back(std::move(node));
        return static_cast<std::uint32_t>(program_.nodes.size() - 1);
    }

    std::uint32_t add_group(ProgramNode::Kind kind, const std::vector<Query>& operands) {
        ProgramNode node{.kind = kind, .operands = {}};
        for (const Query& operand : operands) node.operands.push_back(add_node(operand));
        return push(std::move(node));
    }

    std::uint32_t add_regex(const Regex& regex) {
        query::CompiledRegexEntry entry{query::CompiledRegex(regex), {}};
        for (const std::u32string& literal : entry.regex.required()) {
            entry.literals.push_back(add_term({{TermPiece::Kind::text, literal}}, false));
        }
        program_.regexes.push_back(std::move(entry));
        return push({.kind = ProgramNode::Kind::regex, .number = static_cast<std::uint32_t>(program_.regexes.size() - 1), .operands = {}});
    }

    std::uint32_t add_node(const Query& query) {
        struct Visitor {
            Compiler& compiler;
            std::uint32_t operator()(const Term& term) const {
                return compiler.push({.kind = ProgramNode::Kind::term, .number = compiler.add_term(term.pieces, true), .operands = {}});
            }
            std::uint32_t operator()(const Regex& regex) const { return compiler.add_regex(regex); }
            std::uint32_t operator()(const Field&) const {
                // query::parse lets a field through only where the caller resolves it before compiling.
                return compiler.push({.kind = ProgramNode::Kind::or_, .operands = {}});
            }
            std::uint32_t operator()(const Not& negated) const {
                const std::uint32_t operand = compiler.add_node(*negated.operand);
                return compiler.push({.kind = ProgramNode::Kind::not_, .operands = {operand}});
            }
            std::uint32_t operator()(const And& all) const { return compiler.add_group(ProgramNode::Kind::and_, all.operands); }
            std::uint32_t operator()(const Or& any) const { return compiler.add_group(ProgramNode::Kind::or_, any.operands); }
            std::uint32_t operator()(const Near& near) const {
                const std::uint32_t left = compiler.add_node(*near.left);
                const std::uint32_t right = compiler.add_node(*near.right);
                return compiler.push({.kind = ProgramNode::Kind::near, .distance = near.distance, .ordered = near.ordered, .operands = {left, right}});
            }
            std::uint32_t operator()(const Except& except) const {
                const std::uint32_t base = compiler.add_node(*except.base);
                const std::uint32_t exception = compiler.add_node(*except.exception);
                return compiler.push({.kind = ProgramNode::Kind::except, .operands = {base, exception}});
            }
        };
        return std::visit(Visitor{*this}, query.node);
    }

    [[nodiscard]] bool is_certain(std::uint32_t index) const {
        const ProgramNode& node = program_.nodes[index];
        if (node.kind == ProgramNode::Kind::term) return true;
        return node.kind == ProgramNode::Kind::or_ && !node.operands.empty() &&
               std::all_of(node.operands.begin(), node.operands.end(), [&](std::uint32_t operand) { return is_certain(operand); });
    }

    [[nodiscard]] Triggers fewest(const std::vector<std::uint32_t>& operands) const {
        Triggers best;
        for (const std::uint32_t operand : operands) {
            Triggers triggers = triggers_of(operand);
            if (triggers && (!best || triggers->size() < best->size())) best = std::move(triggers);
        }
        return best;
    }

    [[nodiscard]] Triggers triggers_of(std::uint32_t index) const {
        const ProgramNode& node = program_.nodes[index];
        switch (node.kind) {
            case ProgramNode::Kind::term: return std::set<TermNumber>{node.number};
            case ProgramNode::Kind::regex: {
                const auto& literals = program_.regexes[node.number].literals;
                if (literals.empty()) return std::nullopt;
                return std::set<TermNumber>(literals.begin(), literals.end());
            }
            case ProgramNode::Kind::not_: return std::nullopt;
            case ProgramNode::Kind::and_:
            case ProgramNode::Kind::near: return fewest(node.operands);
            case ProgramNode::Kind::except: return triggers_of(node.operands[0]);
            case ProgramNode::Kind::or_: break;
        }
        std::set<TermNumber> all;
        for (const std::uint32_t operand : node.operands) {
            const Triggers triggers = triggers_of(operand);
            if (!triggers) return std::nullopt;
            all.insert(triggers->begin(), triggers->end());
        }
        return all;
    }

    Matcher::Program& program_;
    std::map<std::u32string, TermNumber> term_numbers_;
    std::vector<Source> sources_;
    std::vector<std::vector<QueryNumber>> queries_of_;
};

}  // namespace

Matcher Matcher::compile(std::span<const Query* const> queries, std::span<const QueryGroup> groups) {
    auto program = std::make_unique<Program>();
    Compiler compiler(*program);
    for (std::size_t i = 0; i < queries.size(); ++i) compiler.add(*queries[i], groups[i]);
    compiler.finish();
    return Matcher(std::move(program));
}

Matcher::Matcher(std::unique_ptr<const Program> program) : program_(std::move(program)) {}
Matcher::Matcher(Matcher&&) noexcept = default;
Matcher& Matcher::operator=(Matcher&&) noexcept = default;
Matcher::~Matcher() = default;

}  // namespace fangtan
