// SPDX-License-Identifier: Apache-2.0
//
// The transcript that Teams writes into a Word document, as lines:
//     0:0:0.0 --> 0:0:1.250
//     Jane Doe
//     Hi I'm Jane Doe, CEO.
// often without an empty line between cues. Internal to the reader module.
#pragma once

#include <string_view>

#include "fangtan/reader/extracted.hpp"

namespace fangtan::reader {

// Whether `text` (valid UTF-8, LF) is of that shape nearly throughout, a title of a few lines above it aside.
[[nodiscard]] bool is_teams_text(std::string_view text);

// Lines above the first cue stay as they are. For texts that is_teams_text() knows.
[[nodiscard]] Extracted extract_teams_text(std::string_view text);

}  // namespace fangtan::reader
