// SPDX-License-Identifier: Apache-2.0
#include "fangtan/transcript/transcript.hpp"

#include <algorithm>

namespace fangtan {

std::vector<std::string> Transcript::participants() const {
    std::vector<std::string> ids;
    for (const Speaker& speaker : speakers) {
        if (speaker.participant.empty() || speaker.interviewer) continue;
        if (std::find(ids.begin(), ids.end(), speaker.participant) == ids.end()) ids.push_back(speaker.participant);
    }
    return ids;
}

}  // namespace fangtan
