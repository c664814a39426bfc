// SPDX-License-Identifier: Apache-2.0
//
// What stands before the colon at the start of a line: a speaker's label or
// just words. Internal to the transcript module.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "fangtan/text/span.hpp"

namespace fangtan::transcript {

// `[00:12:33] **P1（民警）**：text`
struct LabelShape {
    Span name;                // "P1"
    Span role;                // "民警"; may be empty
    std::uint32_t body = 0;   // byte where the text begins
};

// The label-like start of the line text[begin, end), if it has one: a name of at most 20 characters without
// punctuation, perhaps a time in brackets or bare before or after it, perhaps a role in brackets, and a colon
// (: ： ﹕ ∶). Not a clock time (17:30), not an address (https:).
[[nodiscard]] std::optional<LabelShape> label_shape(std::string_view text, std::uint32_t begin, std::uint32_t end);

enum class LabelKind {
    interviewer,     // 问, Q, 访谈者, 主持人 …, also with a letter or number
    respondent,      // 答, A, 受访者 …: the document's participant
    participant_id,  // P1
    metadata_key,    // 时间, 地点, 编号 …: never speech
    never,           // 结论, 他说, 比如 …: words that stand before a colon in speech
    unknown,         // a label if it recurs
};
[[nodiscard]] LabelKind kind_of_label(std::string_view name);

// 受访者A, 被访者2: a respondent of their own.
[[nodiscard]] bool is_numbered_respondent(std::string_view name);

// Full-width letters and digits as half-width ones, blanks trimmed: Ｐ１ is P1.
[[nodiscard]] std::string plain_label(std::string_view name);

// A colon of any width at `at`; its length in bytes, or 0.
[[nodiscard]] std::uint32_t colon_length(std::string_view text, std::uint32_t at);

}  // namespace fangtan::transcript
