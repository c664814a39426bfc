// SPDX-License-Identifier: Apache-2.0
//
// Runs a program and collects what it writes: without a shell, with an empty
// standard input, within limits. Internal to the PDF reader.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace fangtan::reader::pdf {

struct ProgramOutput {
    bool missing = false;   // there is no such program
    bool too_long = false;  // it wrote more than the limit and was ended
    int status = 0;         // its exit status; 128 and more: ended by a signal
    std::string out;
    std::string errors;     // at most 64 KiB of them
};

// `command[0]` is looked for in PATH; the only variable the program sees is LC_ALL=C.
// Throws Error(internal) if no process or pipe can be made.
[[nodiscard]] ProgramOutput run_program(const std::vector<std::string>& command, std::size_t maximum);

}  // namespace fangtan::reader::pdf
