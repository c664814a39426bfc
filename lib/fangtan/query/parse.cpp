// SPDX-License-Identifier: Apache-2.0
//
// Recursive descent, loosest first:
//   or := and (OR and)*      and := not ((AND | NOT) not)*      not := NOT not | near
//   near := except ((NEAR/n | BEFORE/n) except)*      except := primary (EXCEPT primary)*
#include <utility>

#include "fangtan/query/lexer.hpp"
#include "fangtan/query/query.hpp"
#include "fangtan/text/utf8.hpp"

namespace fangtan::query {
namespace {

constexpr int kDepthMaximum = 64;

// Thrown inside this file only, to leave the descent after the first fault of syntax.
struct SyntaxFault {};

bool has_place(const Query& query) {
    if (const auto* any = std::get_if<Or>(&query.node)) {
        for (const Query& operand : any->operands) {
            if (!has_place(operand)) return false;
        }
        return true;
    }
    return std::holds_alternative<Term>(query.node) || std::holds_alternative<Regex>(query.node) ||
           std::holds_alternative<Near>(query.node) || std::holds_alternative<Except>(query.node);
}

template <class Group>
Query grouped(std::vector<Query> operands) {
    if (operands.size() == 1) return std::move(operands[0]);
    Group group;
    for (Query& operand : operands) {
        if (auto* same = std::get_if<Group>(&operand.node)) {
            for (Query& inner : same->operands) group.operands.push_back(std::move(inner));
        } else {
            group.operands.push_back(std::move(operand));
        }
    }
    return Query{std::move(group)};
}

class Parser {
 public:
    Parser(std::vector<Token> tokens, const std::function<void(std::size_t, std::string)>& fault)
        : tokens_(std::move(tokens)), fault_(fault) {}

    Query whole() {
        if (peek() == Token::Kind::end) fail("the query is empty");
        Query query = alternatives();
        if (peek() == Token::Kind::close) fail("this closing bracket has no opening one");
        if (peek() != Token::Kind::end) fail(kMissingOperator);
        return query;
    }

 private:
    static constexpr const char* kMissingOperator =
        "an operator is missing here; put AND, OR, NOT, NEAR/8, BEFORE/8 or EXCEPT between the two, or quote the whole phrase";

    [[nodiscard]] Token::Kind peek() const { return tokens_[next_].kind; }
    Token& take() { return tokens_[next_++]; }
    bool accept(Token::Kind kind) {
        if (peek() != kind) return false;
        ++next_;
        return true;
    }
    [[noreturn]] void fail(const std::string& message) const {
        fault_(tokens_[next_].at, message);
        throw SyntaxFault();
    }

    Query alternatives() {
        std::vector<Query> operands;
        operands.push_back(conjunction());
        while (accept(Token::Kind::or_)) operands.push_back(conjunction());
        return grouped<Or>(std::move(operands));
    }

    Query conjunction() {
        std::vector<Query> operands;
        operands.push_back(negation());
        while (peek() == Token::Kind::and_ || peek() == Token::Kind::not_) {
            accept(Token::Kind::and_);
            operands.push_back(negation());
        }
        return grouped<And>(std::move(operands));
    }

    Query negation() {
        if (peek() != Token::Kind::not_) return proximity();
        const Deeper deeper(*this);
        take();
        return Query{Not{std::make_unique<Query>(negation())}};
    }

    Query proximity() {
        Query left = exception();
        while (peek() == Token::Kind::near || peek() == Token::Kind::before) {
            const Token operation = take();
            const std::string name = operation.kind == Token::Kind::near ? "NEAR" : "BEFORE";
            Query right = exception();
            check_place(left, operation.at, name, "left");
            check_place(right, operation.at, name, "right");
            left = Query{Near{std::make_unique<Query>(std::move(left)), std::make_unique<Query>(std::move(right)),
                              operation.distance, operation.kind == Token::Kind::before}};
        }
        return left;
    }

    Query exception() {
        Query base = primary();
        while (peek() == Token::Kind::except) {
            const Token operation = take();
            Query exception = primary();
            check_place(base, operation.at, "EXCEPT", "left");
            check_place(exception, operation.at, "EXCEPT", "right");
            base = Query{Except{std::make_unique<Query>(std::move(base)), std::make_unique<Query>(std::move(exception))}};
        }
        return base;
    }

    void check_place(const Query& query, std::size_t at, const std::string& name, const char* side) {
        if (has_place(query)) return;
        fault_(at, name + " needs a text on its " + side + " side; AND, NOT and fields have no place in the text (use OR inside the brackets, AND outside)");
    }

    Query primary() {
        switch (peek()) {
            case Token::Kind::term: return Query{std::move(take().term)};
            case Token::Kind::regex: return Query{std::move(take().regex)};
            case Token::Kind::field: return Query{std::move(take().field)};
            case Token::Kind::open: return bracketed();
            case Token::Kind::close:
                fail(next_ > 0 && tokens_[next_ - 1].kind == Token::Kind::open ? "there is nothing between the brackets"
                                                                                : "a text is expected before this bracket");
            case Token::Kind::not_: fail("NOT cannot stand here; put brackets around it or use AND");
            case Token::Kind::end: fail("the query ends where a text is expected");
            default: fail("a text is expected before this operator; to search for the word itself, put it in quotation marks");
        }
    }

    Query bracketed() {
        const Deeper deeper(*this);
        const std::size_t open = take().at;
        Query query = alternatives();
        if (accept(Token::Kind::close)) return query;
        if (peek() != Token::Kind::end) fail(kMissingOperator);
        fault_(open, "the bracket that opens here is never closed; add )");
        throw SyntaxFault();
    }

    // Counts nesting for as long as it lives.
    class Deeper {
     public:
        explicit Deeper(Parser& parser) : parser_(parser) {
            if (++parser_.depth_ > kDepthMaximum) parser_.fail("brackets and NOT are nested more than 64 deep");
        }
        ~Deeper() { --parser_.depth_; }
        Deeper(const Deeper&) = delete;
        Deeper& operator=(const Deeper&) = delete;

     private:
        Parser& parser_;
    };

    std::vector<Token> tokens_;
    const std::function<void(std::size_t, std::string)>& fault_;
    std::size_t next_ = 0;
    int depth_ = 0;
};

}  // namespace

std::optional<Query> parse(std::string_view expression, const Origin& origin, Diagnostics& diagnostics,
                           const std::vector<std::string>& fields) {
    const std::size_t errors = diagnostics.errors();
    const std::function<void(std::size_t, std::string)> fault = [&](std::size_t at, std::string message) {
        const Position position{origin.position.line, origin.position.column + static_cast<std::uint32_t>(at)};
        diagnostics.error(origin.file, position, std::move(message), origin.source_line);
    };
    const std::u32string text = utf8::to_code_points(expression);
    std::vector<Token> tokens = tokenize(text, fields, fault);
    if (diagnostics.errors() > errors) return std::nullopt;
    try {
        Query query = Parser(std::move(tokens), fault).whole();
        if (diagnostics.errors() == errors) return query;
    } catch (const SyntaxFault&) {
        // Already reported.
    }
    return std::nullopt;
}

bool is_purely_negative(const Query& query) {
    if (std::holds_alternative<Not>(query.node)) return !is_purely_negative(*std::get<Not>(query.node).operand);
    if (const auto* all = std::get_if<And>(&query.node)) {
        for (const Query& operand : all->operands) {
            if (!is_purely_negative(operand)) return false;
        }
        return true;
    }
    if (const auto* any = std::get_if<Or>(&query.node)) {
        for (const Query& operand : any->operands) {
            if (is_purely_negative(operand)) return true;
        }
    }
    return false;
}

}  // namespace fangtan::query
