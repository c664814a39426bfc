// SPDX-License-Identifier: Apache-2.0
#include "fangtan/transcript/transcript.hpp"

#include <unordered_set>

namespace fangtan {

std::string_view name_of(Layout layout) {
    switch (layout) {
        case Layout::dialogue: return "dialogue";
        case Layout::subtitle: return "subtitle";
        case Layout::quotes: return "quotes";
        case Layout::plain: break;
    }
    return "plain";
}

std::vector<std::string> Transcript::participants() const {
    std::vector<std::string> ids;
    std::unordered_set<std::string_view> seen;
    for (const Speaker& speaker : speakers) {
        if (speaker.participant.empty() || speaker.interviewer) continue;
        if (seen.insert(speaker.participant).second) ids.push_back(speaker.participant);
    }
    return ids;
}

}  // namespace fangtan
