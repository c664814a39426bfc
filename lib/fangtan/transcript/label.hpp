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

enum class LabelForm {
    colon,     // `[00:12:33] **P1（民警）**：text`
    timed,     // `说话人1 00:00` or `00:12:34 张三`, alone on its line over the text
    bracketed, // `【问】text`
    numbered,  // `Q1. text`, `A1、text`
    alone,     // `访谈者` and nothing else on the line, over the text
};

struct LabelShape {
    Span name;                // "P1"
    Span role;                // "民警"; may be empty
    std::uint32_t body = 0;   // byte where the text begins; of `timed` and `alone`: where the line ends
    LabelForm form = LabelForm::colon;
    bool has_time = false;     // a clock time stands with it
    bool has_seconds = false;  // one of hours, minutes and seconds
};

// The label-like start of the line text[begin, end), if it has one: a name of at most 20 characters (40 if it is Latin)
// without punctuation, perhaps a time in brackets or bare before or after it (with a date), perhaps a role in brackets, and a
// colon (: ： ﹕ ∶); not a clock time (17:30), not an address (https:). Or one of the other forms; `bracketed` and `alone` only
// for words that kind_of_label() knows. Whether it is a label is for the whole document to say.
[[nodiscard]] std::optional<LabelShape> label_shape(std::string_view text, std::uint32_t begin, std::uint32_t end);

// A name alone on the line text[begin, end): shaped like a label, with nothing behind it. Empty if it is none.
[[nodiscard]] Span name_alone(std::string_view text, std::uint32_t begin, std::uint32_t end);

// Where a clock time that begins at `begin` (after blanks) ends, with the blanks behind it; `begin` if there is none.
[[nodiscard]] std::uint32_t behind_time(std::string_view text, std::uint32_t begin, std::uint32_t end);

enum class LabelKind {
    interviewer,     // 问, Q, 访谈者, 主持人 …, also with a letter or number
    respondent,      // 答, A, 受访者 …: the document's participant
    participant_id,  // P1
    metadata_key,    // 时间, 地点, 编号 …: never speech
    never,           // 结论, 他说, 比如 …: words that stand before a colon in speech
    unknown,         // a label if it recurs
};
[[nodiscard]] LabelKind kind_of_label(std::string_view name);

// 说话人1, 发言人 2, Speaker 3: what transcription services call people they do not know.
[[nodiscard]] bool is_service_label(std::string_view name);

// 受访者A, 被访者2: a respondent of their own.
[[nodiscard]] bool is_numbered_respondent(std::string_view name);

// Full-width letters and digits as half-width ones, blanks trimmed: Ｐ１ is P1.
[[nodiscard]] std::string plain_label(std::string_view name);

// A colon of any width at `at`; its length in bytes, or 0.
[[nodiscard]] std::uint32_t colon_length(std::string_view text, std::uint32_t at);

}  // namespace fangtan::transcript
