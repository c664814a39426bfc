// SPDX-License-Identifier: Apache-2.0
//
// A transcript as a clean text file: UTF-8, front matter, one `label：text` a
// turn. The file reads the same again, whatever the original was written in.
#pragma once

#include <string>

#include "fangtan/reader/read.hpp"
#include "fangtan/transcript/transcript.hpp"

namespace fangtan::reader {

// Participants' ids are the labels where they can be; interviewers keep theirs. Headings become lines with number signs.
// Times, page numbers and whatever else is no speech stays out; the header of the original goes into the front matter.
[[nodiscard]] std::string to_dialogue(const Transcript& transcript);

// Whether `text` begins with the front matter that to_dialogue() writes: it is then read as dialogue, as it stands.
[[nodiscard]] bool is_dialogue_file(std::string_view text);

// The same people saying the same under the same headings? Turns without words are nothing.
[[nodiscard]] bool says_the_same(const Transcript& a, const Transcript& b);

}  // namespace fangtan::reader
