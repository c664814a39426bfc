// SPDX-License-Identifier: Apache-2.0
//
// Finds header, speakers and turns of a typed dialogue: lines that begin with
// a label and a colon (formats: fangtan(1), "Transcripts"). A text without
// labels is one turn.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "fangtan/transcript/participant.hpp"
#include "fangtan/transcript/transcript.hpp"

namespace fangtan {

// A label the user declared, and whose it is.
struct DeclaredSpeaker {
    std::string label;
    std::string participant;  // empty: what the label itself says
    bool interviewer = false;
    bool inside_lines = true;  // also begins a turn in the middle of a line
};

struct DialogueOptions {
    std::vector<DeclaredSpeaker> declared;
    const ParticipantTable* participants = nullptr;   // may be null; its ids count as labels
};

namespace transcript {

// "记者,受访者" or "说话人1=P1,说话人2=I"; the target of = is a participant or an interviewer's word.
// Empty if an item has no label.
[[nodiscard]] std::vector<DeclaredSpeaker> parse_declared(std::string_view list, bool& good);

// Fills speakers, turns and metadata of `transcript` from its text. `stem` is the file name without its
// ending, where the participant's id may stand. Needs text and nothing else of `transcript`.
void find_turns(Transcript& transcript, std::string_view stem, const DialogueOptions& options);

// The whole text, header aside, as one turn of the document's participant.
void find_one_turn(Transcript& transcript, std::string_view stem, const DialogueOptions& options);

}  // namespace transcript
}  // namespace fangtan
