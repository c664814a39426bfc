// SPDX-License-Identifier: Apache-2.0
//
// Where a run of the program reads and writes, so that tests can give it
// other descriptors than the process has.
#pragma once

#include <string>
#include <string_view>

#include "fangtan/base/diagnostic.hpp"

namespace fangtan::cli {

enum class ColorChoice { automatic, always, never };

struct Streams {
    int in = 0;
    int out = 1;
    int err = 2;
    bool out_is_terminal = false;
    bool err_is_terminal = false;
    bool color = false;  // of messages

    // Descriptors 0, 1 and 2; colour if standard error is a terminal and NO_COLOR is not set.
    [[nodiscard]] static Streams standard();
};

// Standard error, a line at a time. Failures to write there are nobody's business.
class Messages {
 public:
    explicit Messages(const Streams& streams) : streams_(streams) {}

    // "fangtan: error: PLACE: sentence"
    void error(std::string_view place, std::string_view sentence) const;
    void warning(std::string_view sentence) const;
    void note(std::string_view sentence) const;
    void diagnostics(const Diagnostics& diagnostics) const;
    void raw(std::string_view text) const;

 private:
    [[nodiscard]] std::string painted(std::string_view word, const char* code) const;

    const Streams& streams_;
};

}  // namespace fangtan::cli
