// SPDX-License-Identifier: Apache-2.0
//
// What stands in the brackets behind a quotation: （P1，民警）, （项目社工L的工作日志）.
// Internal to the transcript module.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "fangtan/transcript/participant.hpp"

namespace fangtan::transcript {

struct Source {
    std::string label;                // as the text writes it, half width: "P1", "项目社工L的工作日志"
    std::string participant;          // empty for （访谈记录）, which names nobody
    std::string role;                 // may be empty
    std::vector<std::string> others;  // further participants of the same source
};

// The source that `inside`, the text between two brackets, names; empty for remarks, years, works and tables.
[[nodiscard]] std::optional<Source> parse_source(std::string_view inside, const ParticipantTable* participants);

// The bracket that closes the one at `at`, where it closes before `end` and within the length of a source; 0 if
// none does or no bracket opens at `at`. Brackets of any two kinds close each other.
[[nodiscard]] std::uint32_t closing_bracket(std::string_view text, std::uint32_t at, std::uint32_t end);

}  // namespace fangtan::transcript
