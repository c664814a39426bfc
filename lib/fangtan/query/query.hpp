// SPDX-License-Identifier: Apache-2.0
//
// A parsed query: the language of fangtan-query(7), used for the rules of a
// codebook and for --query of the retrieval commands. Here is its syntax
// tree, its parser and its canonical print form; what it matches is decided
// by matcher.hpp.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "fangtan/base/diagnostic.hpp"

namespace fangtan {

// One piece of a term: text to find, or a wildcard.
struct TermPiece {
    enum class Kind {
        text,   // folded characters
        one,    // `?`: exactly one character, not a line end
        some,   // `*`: up to kStarMaximum characters, not past punctuation or a line end; the fewest that fit
        blank,  // white space of any length; none is enough where Han stands on either side
    };
    Kind kind = Kind::text;
    std::u32string text;  // only for Kind::text; folded (text/fold.hpp), never empty

    friend bool operator==(const TermPiece&, const TermPiece&) = default;
};

inline constexpr std::uint32_t kStarMaximum = 10;
inline constexpr std::size_t kTermMaximum = 256;           // characters of one term
inline constexpr std::uint32_t kDistanceMaximum = 10'000;  // the N of NEAR/N

// At least one piece is text.
struct Term {
    std::vector<TermPiece> pieces;
};

// `/…/` or `/…/c`. Valid RE2 syntax that does not match the empty text only.
struct Regex {
    std::string pattern;    // as written
    bool original = false;  // `c`: matched on the text as it is
};

// `speaker:P1`, `code:合作服务`: for retrieval commands, which say which names they know.
struct Field {
    std::string name;
    std::string value;  // `*` and `?` as in terms
};

struct Query;
using QueryPointer = std::unique_ptr<Query>;

struct Not {
    QueryPointer operand;
};
// AND and OR hold two or more operands, none of which is of the same kind. `A NOT B` is And{A, Not{B}}.
struct And {
    std::vector<Query> operands;
};
struct Or {
    std::vector<Query> operands;
};
// NEAR/n (either order) and BEFORE/n (left first). Operands have places in the text: no And, Not, Field.
struct Near {
    QueryPointer left;
    QueryPointer right;
    std::uint32_t distance = 0;  // characters between them, at most
    bool ordered = false;
};
// Hits of `base` that lie in no hit of `exception`. Operands as of Near.
struct Except {
    QueryPointer base;
    QueryPointer exception;
};

struct Query {
    std::variant<Term, Regex, Field, Not, And, Or, Near, Except> node;
};

namespace query {

// Where a query stands, for messages: the text of `expression` begins at `position` of `file`.

struct Origin {
    std::string file;
    Position position;
    std::string source_line;
};

// Reports every fault it can find, each at its character. `fields` are the field names that are allowed
// here; none of them in a codebook. Nesting is limited to 64.
[[nodiscard]] std::optional<Query> parse(std::string_view expression, const Origin& origin, Diagnostics& diagnostics,
                                         const std::vector<std::string>& fields = {});

// The canonical form: one blank between words, operators in capitals, only the brackets that are needed,
// folded text. parse(print(q)) prints the same.
[[nodiscard]] std::string print(const Query& query);

// True if the query can fire on a text that holds none of its terms (NOT 刑事).
[[nodiscard]] bool is_purely_negative(const Query& query);

}  // namespace query
}  // namespace fangtan
