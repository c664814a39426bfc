// SPDX-License-Identifier: Apache-2.0
#include "fangtan/codebook/yaml_source.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <utility>

#include "fangtan/text/utf8.hpp"

namespace fangtan::codebook::yaml {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr std::size_t kRefusedCharacters = 10;  // messages about one file's control characters
constexpr std::uint32_t kShownLine = 4096;      // bytes of a line that a message carries along
constexpr std::size_t kQuoted = 24;             // characters of the file that a message repeats

std::string hexadecimal(unsigned value, int digits) {
    std::array<char, 16> text{};
    std::snprintf(text.data(), text.size(), "%0*X", digits, value);
    return text.data();
}

// True if all that is not ASCII falls into characters of GB18030 or Big5, which overlap too much to say
// which.
bool looks_double_byte(std::string_view bytes) {
    const auto byte = [&](std::size_t i) {
        return i < bytes.size() ? static_cast<unsigned char>(bytes[i]) : 0U;
    };
    std::size_t i = 0;
    while (i < bytes.size()) {
        if (byte(i) < 0x80) {
            ++i;
        } else if (byte(i) == 0x80 || byte(i) == 0xFF) {
            return false;
        } else if (byte(i + 1) >= 0x40 && byte(i + 1) != 0x7F && byte(i + 1) != 0xFF) {
            i += 2;
        } else if (byte(i + 1) >= 0x30 && byte(i + 1) <= 0x39 && byte(i + 2) > 0x80) {
            i += 4;
        } else {
            return false;
        }
    }
    return true;
}

bool is_ascii(std::string_view bytes) {
    return std::none_of(bytes.begin(), bytes.end(),
                        [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
}

// `at` is where `body`, which follows `skipped` bytes of byte order mark, stops being UTF-8.
void report_encoding(std::string_view body, std::size_t at, std::size_t skipped, const std::string& file,
                     Diagnostics& diagnostics) {
    const std::string_view head = body.substr(0, at);
    std::string message = "byte 0x" + hexadecimal(static_cast<unsigned char>(body[at]), 2) + " at offset " +
                          std::to_string(at + skipped) + " is not UTF-8; ";
    if (is_ascii(head) && looks_double_byte(body)) {
        message += "the file looks like GB18030 (GBK) or Big5: save it as UTF-8";
    } else if (body.size() - at < utf8::length(body[at]) && static_cast<unsigned char>(body[at]) >= 0xC0) {
        message +=
            "the file ends in the middle of a character and may have been cut off: fetch it again, or mend "
            "its end and save it as UTF-8";
    } else {
        message += "mend the character and save the file as UTF-8";
    }
    diagnostics.error(file, position_in(body, at), std::move(message), std::string(line_in(head, at)));
}

// Quickly: whether the character that starts with `lead` cannot be one of those that refusal() knows.
bool is_harmless(char lead) {
    const auto byte = static_cast<unsigned char>(lead);
    return byte < 0x80 ? (byte >= 0x20 && byte < 0x7F) || byte == '\n'
                       : byte != 0xC2 && byte != 0xE2 && byte != 0xEF;
}

// Why `c` may not stand in a codebook; empty if it may.
std::string refusal(char32_t c) {
    const std::string name = "U+" + hexadecimal(static_cast<unsigned>(c), 4);
    if (c == 0)
        return "NUL character; the file is damaged, or is not plain UTF-8 text: save it as UTF-8 without NUL";
    if (c == '\r') return "carriage return without a line feed; save the file with LF or CRLF line ends";
    if (c == 0x2028 || c == 0x2029 || c == 0x85) {
        return "line separator " + name + ", which YAML takes for a line end and editors do not; delete it";
    }
    if (c == 0xFEFF)
        return "byte order mark U+FEFF inside the text; delete it (files joined together have one each)";
    if (c == 0xFFFE || c == 0xFFFF) return name + ", which is no character; delete it";
    const bool is_control = (c < 0x20 && c != '\t' && c != '\n') || (c >= 0x7F && c < 0xA0);
    return is_control ? "control character " + name + "; delete it" : std::string();
}

// As many bytes as the character they replace, and of no meaning in YAML.
std::string_view stand_in(std::uint32_t length) {
    return length == 1 ? " " : length == 2 ? "\u00B7" : "\uFFFD";
}

void replace_refused(std::string& text, const std::string& file, Diagnostics& diagnostics) {
    const std::string original = text;
    std::size_t found = 0;
    bool in_run = false;  // a run of refused characters has one message
    Position position{1, 1};
    for (std::size_t at = 0; at < original.size();) {
        const char32_t c = utf8::at(original, at);
        const std::uint32_t length = utf8::length(original[at]);
        const std::string why = is_harmless(original[at]) ? std::string() : refusal(c);
        if (!why.empty()) {
            text.replace(at, length, stand_in(length));
            if (!in_run && found++ < kRefusedCharacters) {
                const std::string_view line = line_in(original, at);
                diagnostics.error(file, position, why, std::string(line.size() > kShownLine ? "" : line));
            }
        }
        in_run = !why.empty();
        position = c == '\n' ? Position{position.line + 1, 1} : Position{position.line, position.column + 1};
        at += length;
    }
}

std::string with_line_feeds(std::string_view body) {
    std::string text;
    text.reserve(body.size());
    for (std::size_t i = 0; i < body.size(); ++i) {
        if (body[i] != '\r' || i + 1 == body.size() || body[i + 1] != '\n') text += body[i];
    }
    return text;
}

}  // namespace

std::optional<std::string> decode(std::string_view bytes, const std::string& file, Diagnostics& diagnostics) {
    if (bytes.size() > kMaximumSize) {
        diagnostics.error(file, {},
                          "has " + std::to_string(bytes.size()) + " bytes; a codebook may have at most " +
                              std::to_string(kMaximumSize) + " (16 MiB): split it");
        return std::nullopt;
    }
    if (bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF")) {
        diagnostics.error(file, {1, 1}, "the file is UTF-16; save it as UTF-8");
        return std::nullopt;
    }
    const std::size_t skipped = bytes.starts_with(kByteOrderMark) ? kByteOrderMark.size() : 0;
    const std::string_view body = bytes.substr(skipped);
    if (const std::optional<std::size_t> fault = utf8::first_fault(body)) {
        report_encoding(body, *fault, skipped, file, diagnostics);
        return std::nullopt;
    }
    std::string text = with_line_feeds(body);
    replace_refused(text, file, diagnostics);
    return text;
}

Source::Source(std::string_view text, const std::string& file, Diagnostics& diagnostics)
    : text_(text), file_(file), diagnostics_(diagnostics), index_(text), line_starts_{0} {
    for (std::size_t at = text.find('\n'); at != std::string_view::npos; at = text.find('\n', at + 1)) {
        line_starts_.push_back(static_cast<std::uint32_t>(at + 1));
    }
}

Position Source::position(std::uint32_t at) const {
    const auto after = std::upper_bound(line_starts_.begin(), line_starts_.end(), at);
    const std::uint32_t before = index_.to_character(ByteOffset{*std::prev(after)}).value;
    return {static_cast<std::uint32_t>(after - line_starts_.begin()),
            index_.to_character(ByteOffset{at}).value - before + 1};
}

std::uint32_t Source::line_start(std::uint32_t at) const {
    return *std::prev(std::upper_bound(line_starts_.begin(), line_starts_.end(), at));
}

std::uint32_t Source::line_end(std::uint32_t at) const {
    const auto next = std::upper_bound(line_starts_.begin(), line_starts_.end(), at);
    return next == line_starts_.end() ? static_cast<std::uint32_t>(text_.size()) : *next - 1;
}

std::uint32_t Source::offset_of_character(std::size_t character) const {
    return index_.to_byte(CharacterOffset{static_cast<std::uint32_t>(character)}).value;
}

// A line of megabytes is not worth carrying about: only its beginning can be shown, if the fault is there.
std::string Source::shown_line(std::uint32_t at) const {
    if (diagnostics_.entries().size() >= Diagnostics::kMaximum) return {};
    const std::uint32_t start = line_start(at);
    std::uint32_t end = line_end(at);
    if (end - start > 2 * kShownLine) {
        if (at - start > kShownLine) return {};
        end = start + 2 * kShownLine;
        while (utf8::is_continuation(text_[end])) --end;
    }
    return std::string(text_.substr(start, end - start));
}

void Source::report(Severity severity, std::uint32_t at, std::string message) const {
    if (severity == Severity::error) {
        diagnostics_.error(file_, position(at), std::move(message), shown_line(at));
    } else {
        diagnostics_.warning(file_, position(at), std::move(message), shown_line(at));
    }
}

std::string quoted(std::string_view text) {
    std::size_t end = 0;
    for (std::size_t i = 0; i < kQuoted && end < text.size(); ++i) end += utf8::length(text[end]);
    return "\"" + std::string(text.substr(0, end)) + (end < text.size() ? "…" : "") + "\"";
}

}  // namespace fangtan::codebook::yaml
