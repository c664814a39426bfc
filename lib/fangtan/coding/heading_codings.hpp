// SPDX-License-Identifier: Apache-2.0
//
// A paper that quotes interviews under headings has coded them: every
// quotation is a coding whose code is the path of its headings.
#pragma once

#include <string>
#include <vector>

#include "fangtan/coding/write.hpp"
#include "fangtan/transcript/transcript.hpp"

namespace fangtan::coding {

// One document and the heading of each of its turns, by turn; turns with an empty path have no code.
struct HeadedDocument {
    Transcript transcript;
    std::vector<std::vector<std::string>> paths;
};

// The whole stream, as JSON Lines: codes in the order in which the headings stand, one accepted coding by the coder
// `headings` for each turn of a participant under a heading.
[[nodiscard]] std::string heading_codings(const std::vector<HeadedDocument>& documents, const StreamOptions& options, const ParticipantTable& participants);

}  // namespace fangtan::coding
