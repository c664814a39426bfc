// SPDX-License-Identifier: Apache-2.0
//
// What the YAML parser found wrong, said so that a researcher can mend it.
// The parser names the rule of the grammar that failed; the cause is nearly
// always a full-width colon, a tab, a quotation mark or an indentation.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "fangtan/codebook/yaml_node.hpp"
#include "fangtan/codebook/yaml_source.hpp"

namespace fangtan::codebook::yaml {

struct SyntaxFault {
    std::string_view problem;      // the parser's words
    std::string_view context;      // "while scanning a quoted scalar"; may be empty
    std::uint32_t at = 0;          // where the parser stood
    std::uint32_t context_at = 0;  // where that context began; `at` if there is none
    bool after_scalar = false;     // whether there is a scalar before it; it is, without its text:
    Node before;
};

// Returns where it pointed.
std::uint32_t report_syntax(const Source& source, const SyntaxFault& fault);

// "; …" with the likely cause if `text` is a line whose colon YAML does not see (`name：甲`, `name:甲`), else
// "".
[[nodiscard]] std::string colon_advice(std::string_view text);

}  // namespace fangtan::codebook::yaml
