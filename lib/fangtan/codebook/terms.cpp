// SPDX-License-Identifier: Apache-2.0
#include "fangtan/codebook/terms.hpp"

#include <set>

#include "fangtan/text/utf8.hpp"

namespace fangtan::codebook {
namespace {

void collect(const Query& query, TermChoice choice, std::set<std::string>& terms);

struct Collector {
    TermChoice choice;
    std::set<std::string>& terms;

    void operator()(const Term& term) const {
        std::u32string text;
        for (const TermPiece& piece : term.pieces) {
            if (piece.kind == TermPiece::Kind::text) {
                text += piece.text;
            } else if (piece.kind == TermPiece::Kind::blank) {
                text += U' ';
            } else {
                return;
            }
        }
        terms.insert(utf8::from_code_points(text));
    }
    void operator()(const Regex&) const {}
    void operator()(const Field&) const {}
    void operator()(const Not& node) const {
        if (choice == TermChoice::all) collect(*node.operand, choice, terms);
    }
    void operator()(const And& node) const { each(node.operands); }
    void operator()(const Or& node) const { each(node.operands); }
    void operator()(const Near& node) const {
        collect(*node.left, choice, terms);
        collect(*node.right, choice, terms);
    }
    void operator()(const Except& node) const {
        collect(*node.base, choice, terms);
        if (choice == TermChoice::all) collect(*node.exception, choice, terms);
    }
    void each(const std::vector<Query>& operands) const {
        for (const Query& operand : operands) collect(operand, choice, terms);
    }
};

void collect(const Query& query, TermChoice choice, std::set<std::string>& terms) { std::visit(Collector{choice, terms}, query.node); }

void collect(const Code& code, TermChoice choice, std::set<std::string>& terms) {
    for (const Rule& rule : code.rules) collect(rule.query, choice, terms);
}

}  // namespace

std::vector<std::string> plain_terms(const Codebook& codebook, TermChoice choice) {
    std::set<std::string> terms;
    for (const Code& code : codebook.codes()) collect(code, choice, terms);
    return {terms.begin(), terms.end()};
}

std::vector<std::string> plain_terms(const Code& code, TermChoice choice) {
    std::set<std::string> terms;
    collect(code, choice, terms);
    return {terms.begin(), terms.end()};
}

}  // namespace fangtan::codebook
