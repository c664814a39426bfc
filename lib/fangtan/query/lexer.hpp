// SPDX-License-Identifier: Apache-2.0
//
// Cuts a query into tokens. Internal to the query module: parse.cpp builds
// the tree, and print.cpp asks which texts would be read as something else.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "fangtan/query/query.hpp"

namespace fangtan::query {

struct Token {
    enum class Kind { term, regex, field, open, close, and_, or_, not_, near, before, except, end };
    Kind kind = Kind::end;
    std::size_t at = 0;          // code points from the start of the expression
    Term term;                   // kind term
    Regex regex;                 // kind regex
    Field field;                 // kind field
    std::uint32_t distance = 0;  // kinds near and before
};

// Reports each lexical fault through `fault(at, message)` and goes on; always ends with Kind::end.
[[nodiscard]] std::vector<Token> tokenize(std::u32string_view expression, const std::vector<std::string>& fields,
                                          const std::function<void(std::size_t, std::string)>& fault);

// Whether `word`, written bare, would be read as an operator or a field.
[[nodiscard]] bool is_reserved_word(std::u32string_view word);

// Characters that end a bare word: white space, brackets.
[[nodiscard]] bool ends_word(char32_t c);
// Characters that cannot begin a bare word: quotation marks, the slash of a regex.
[[nodiscard]] bool begins_quotation(char32_t c);

}  // namespace fangtan::query
