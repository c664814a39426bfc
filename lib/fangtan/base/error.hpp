// SPDX-License-Identifier: Apache-2.0
//
// What goes wrong in the world: an unreadable file, bytes that cannot be
// decoded, a full disk. Thrown where it happens, turned into text and an exit
// status only by the command line. What a person wrote wrongly in a codebook,
// a query or a table is a Diagnostic instead (diagnostic.hpp), because all
// such faults are reported at once.
#pragma once

#include <stdexcept>
#include <string>
#include <utility>

namespace fangtan {

// Each kind is one exit status: usage 2, input 3, output 4, internal 5.
enum class ErrorKind { usage, input, output, internal };

class Error : public std::runtime_error {
 public:
    // `place` names file, line and column as far as known ("P1.txt:3:7"); may be empty.
    // `sentence` says what was found, what was expected and what to do.
    Error(ErrorKind kind, std::string place, const std::string& sentence)
        : std::runtime_error(sentence), kind_(kind), place_(std::move(place)) {}

    [[nodiscard]] ErrorKind kind() const { return kind_; }
    [[nodiscard]] const std::string& place() const { return place_; }

 private:
    ErrorKind kind_;
    std::string place_;
};

// The reader of our output has gone away (`fangtan … | head`). Success, by
// the convention of pipelines; not an Error, so that no handler reports it.
class ClosedPipe : public std::exception {
 public:
    [[nodiscard]] const char* what() const noexcept override { return "closed pipe"; }
};

}  // namespace fangtan
