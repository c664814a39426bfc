// SPDX-License-Identifier: Apache-2.0
#include "streams.hpp"

#include <unistd.h>

#include <cstdlib>

#include "fangtan/text/diagnostic_text.hpp"
#include "fangtan/text/utf8.hpp"

namespace fangtan::cli {

Streams Streams::standard() {
    Streams streams;
    streams.out_is_terminal = ::isatty(streams.out) == 1;
    streams.err_is_terminal = ::isatty(streams.err) == 1;
    const char* no_color = std::getenv("NO_COLOR");
    const char* terminal = std::getenv("TERM");
    const bool dumb = terminal != nullptr && std::string_view(terminal) == "dumb";
    streams.color = streams.err_is_terminal && !dumb && (no_color == nullptr || *no_color == '\0');
    return streams;
}

std::string Messages::painted(std::string_view word, const char* code) const {
    if (!streams_.color) return std::string(word);
    return std::string("\x1b[") + code + "m" + std::string(word) + "\x1b[0m";
}

void Messages::raw(std::string_view text) const {
    while (!text.empty()) {
        const ssize_t put = ::write(streams_.err, text.data(), text.size());
        if (put <= 0) return;
        text.remove_prefix(static_cast<std::size_t>(put));
    }
}

void Messages::error(std::string_view place, std::string_view sentence) const {
    raw("fangtan: " + painted("error:", "1;31") + " " + utf8::escaped(place) + (place.empty() ? "" : ": ") + utf8::escaped(sentence) + "\n");
}

void Messages::warning(std::string_view sentence) const { raw("fangtan: " + painted("warning:", "1;33") + " " + utf8::escaped(sentence) + "\n"); }

void Messages::note(std::string_view sentence) const { raw("fangtan: " + utf8::escaped(sentence) + "\n"); }

void Messages::diagnostics(const Diagnostics& diagnostics) const {
    if (!diagnostics.entries().empty()) raw(to_text(diagnostics));
}

}  // namespace fangtan::cli
