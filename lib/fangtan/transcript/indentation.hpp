// SPDX-License-Identifier: Apache-2.0
//
// Interviews typed without labels, where indentation tells the speakers
// apart: one begins at the margin, the other is set in. Only where the user
// says so: --speakers 顶格=I,缩进=P1. Internal to the transcript module.
#pragma once

#include <cstdint>

#include "fangtan/transcript/dialogue.hpp"
#include "fangtan/transcript/transcript.hpp"

namespace fangtan::transcript {

// True if the declared labels are the words for the margin (顶格, flush) and for indentation (缩进, indented), in either script.
[[nodiscard]] bool declares_indentation(const DialogueOptions& options);

// Fills speakers and turns from the lines behind byte `begin`; lines of one kind that follow each other are one turn.
void find_indented_turns(Transcript& transcript, std::uint32_t begin, const DialogueOptions& options);

}  // namespace fangtan::transcript
