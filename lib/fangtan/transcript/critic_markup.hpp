// SPDX-License-Identifier: Apache-2.0
//
// Marks that any text editor can make: {==the passage==}{>>the note<<}, the
// highlight and comment of CriticMarkup. They are no part of the text.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "fangtan/base/diagnostic.hpp"
#include "fangtan/transcript/transcript.hpp"

namespace fangtan::transcript {

// Whether a passage with its note stands anywhere in `text`; one without the other may be somebody's text. O(n).
[[nodiscard]] bool has_critic_marks(std::string_view text);

struct Unmarked {
    std::string text;         // without markup and notes
    std::vector<Mark> marks;  // in order; several for one passage if several notes follow it
};

// `text` is valid UTF-8. All faults of the text are reported: marks inside each other, marks and notes that do not
// begin or end, passages without a note, notes without a passage, marks around nothing. O(n).
[[nodiscard]] std::optional<Unmarked> without_critic_marks(std::string_view text, const std::string& file, Diagnostics& diagnostics);

}  // namespace fangtan::transcript
