// SPDX-License-Identifier: Apache-2.0
//
// A coding record as DocumentWriter writes it, character for character, read
// by hand: a table over millions of codings waits for nothing else. A line that
// differs in any way is left to the JSON parser. Internal to the coding module.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace fangtan::coding {

// The members of a coding, as read.
struct CodingRecord {
    std::string_view document, participant, speaker, code, text, coder, status, reviewer, memo;
    std::optional<std::uint64_t> turn, start, end;
    std::uint32_t seen = 0;  // bits by member
    bool has_text = false;
    const char* start_at = nullptr;  // of the number `start`, for messages
};

// Bits of CodingRecord::seen.
inline constexpr unsigned kSeenDocument = 0;
inline constexpr unsigned kSeenStart = 4;
inline constexpr unsigned kSeenEnd = 5;
inline constexpr unsigned kSeenCode = 6;
inline constexpr std::uint32_t kSeenNeeded = 1U << kSeenDocument | 1U << kSeenStart | 1U << kSeenEnd | 1U << kSeenCode;

// False if `line` (valid UTF-8) is not such a record; `coding` then holds anything. Its strings point into `line`. Strings with
// escapes and numbers above 2^32 - 2 are left to the JSON parser too.
[[nodiscard]] bool read_canonical(std::string_view line, CodingRecord& coding);

}  // namespace fangtan::coding
