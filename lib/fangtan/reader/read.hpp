// SPDX-License-Identifier: Apache-2.0
//
// Reads one transcript: bytes, hash, text, turns.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "fangtan/reader/inputs.hpp"
#include "fangtan/text/decode.hpp"
#include "fangtan/transcript/dialogue.hpp"
#include "fangtan/transcript/transcript.hpp"

namespace fangtan {

struct ReadOptions {
    std::optional<Encoding> encoding;  // empty: found for each file
    DialogueOptions dialogue;
};

namespace reader {

// Throws Error(input) if the file cannot be read exactly. Appends to `notes` what the user should know (a guessed
// encoding, an empty file), one sentence each with the file named.
[[nodiscard]] Transcript read(const InputFile& input, const ReadOptions& options, std::vector<std::string>& notes);

// The same for bytes that are in memory already.
[[nodiscard]] Transcript read_bytes(std::string bytes, const InputFile& input, const ReadOptions& options, std::vector<std::string>& notes);

}  // namespace reader
}  // namespace fangtan
