// SPDX-License-Identifier: Apache-2.0
#include "fangtan/codebook/terms.hpp"

#include <set>

#include "fangtan/text/character.hpp"
#include "fangtan/text/utf8.hpp"

namespace fangtan::codebook {
namespace {

void collect(const Query& query, std::set<std::string>& terms);

struct Collector {
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
        if (text.size() > 1 || !is_han(text[0])) terms.insert(utf8::from_code_points(text));
    }
    void operator()(const Regex&) const {}
    void operator()(const Field&) const {}
    void operator()(const Not& node) const { collect(*node.operand, terms); }
    void operator()(const And& node) const { each(node.operands); }
    void operator()(const Or& node) const { each(node.operands); }
    void operator()(const Near& node) const {
        collect(*node.left, terms);
        collect(*node.right, terms);
    }
    void operator()(const Except& node) const {
        collect(*node.base, terms);
        collect(*node.exception, terms);
    }
    void each(const std::vector<Query>& operands) const {
        for (const Query& operand : operands) collect(operand, terms);
    }
};

void collect(const Query& query, std::set<std::string>& terms) { std::visit(Collector{terms}, query.node); }

}  // namespace

std::vector<std::string> plain_terms(const Codebook& codebook) {
    std::set<std::string> terms;
    for (const Code& code : codebook.codes()) {
        for (const Rule& rule : code.rules) collect(rule.query, terms);
    }
    return {terms.begin(), terms.end()};
}

}  // namespace fangtan::codebook
