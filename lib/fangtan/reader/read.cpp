// SPDX-License-Identifier: Apache-2.0
#include "fangtan/reader/read.hpp"

#include <unistd.h>

#include <utility>

#include "fangtan/base/file.hpp"
#include "fangtan/base/sha256.hpp"

namespace fangtan::reader {

Transcript read(const InputFile& input, const ReadOptions& options, std::vector<std::string>& notes) {
    std::string bytes;
    if (input.path == "-") {
        bytes = read_descriptor(STDIN_FILENO, "standard input");
    } else {
        read_file(input.path, bytes);
    }
    return read_bytes(std::move(bytes), input, options, notes);
}

Transcript read_bytes(std::string bytes, const InputFile& input, const ReadOptions& options, std::vector<std::string>& notes) {
    Transcript transcript;
    transcript.id = input.id;
    transcript.file = input.file;
    transcript.sha256 = sha256_hex(bytes);
    const std::string name = input.path == "-" ? "standard input" : input.file;  // in messages
    DecodedText decoded = decode(std::move(bytes), name, options.encoding);
    transcript.encoding = decoded.encoding;
    transcript.text = std::move(decoded.text);
    if (decoded.guessed) {
        notes.push_back(name + ": read as " + std::string(name_of(decoded.encoding)) + " (found by its bytes; --encoding decides otherwise)");
    }
    for (const std::string& warning : decoded.warnings) notes.push_back(name + ": " + warning);
    transcript::find_turns(transcript, input.stem, options.dialogue);
    if (transcript.turns.empty()) notes.push_back(name + ": holds no speech");
    return transcript;
}

}  // namespace fangtan::reader
