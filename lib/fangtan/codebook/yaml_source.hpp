// SPDX-License-Identifier: Apache-2.0
//
// The text of a YAML file on its way to the parser: checked before the parser
// sees it, and able to say for any byte which line and column it stands in.
// Positions count characters, and lines end at LF only, as everywhere in the
// program; the parser's own idea of a line is never shown to anybody.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "fangtan/base/diagnostic.hpp"
#include "fangtan/text/code_point_index.hpp"

namespace fangtan::codebook::yaml {

inline constexpr std::size_t kMaximumSize = std::size_t{16} << 20;

// The file as valid UTF-8 without BOM and with LF line ends. Empty if that cannot be had: too large, UTF-16,
// not UTF-8. Control characters, and others that YAML cuts lines at or refuses, are reported too; they are
// replaced by something harmless of the same length, so that the rest can still be checked.
[[nodiscard]] std::optional<std::string> decode(std::string_view bytes, const std::string& file,
                                                Diagnostics& diagnostics);

// Where messages about one file go. Offsets are bytes of `text`, at the start of a character or the end.
class Source {
 public:
    // `text` comes from decode(); all three must outlive the source.
    Source(std::string_view text, const std::string& file, Diagnostics& diagnostics);

    [[nodiscard]] std::string_view text() const { return text_; }
    [[nodiscard]] const std::string& file() const { return file_; }
    // O(log n), also in a file that is one long line.
    [[nodiscard]] Position position(std::uint32_t at) const;
    [[nodiscard]] std::uint32_t line(std::uint32_t at) const { return position(at).line; }
    [[nodiscard]] std::uint32_t line_start(std::uint32_t at) const;
    [[nodiscard]] std::uint32_t line_end(std::uint32_t at) const;
    // The byte at which character number `character` of the text starts.
    [[nodiscard]] std::uint32_t offset_of_character(std::size_t character) const;

    void report(Severity severity, std::uint32_t at, std::string message) const;
    void error(std::uint32_t at, std::string message) const {
        report(Severity::error, at, std::move(message));
    }
    void warning(std::uint32_t at, std::string message) const {
        report(Severity::warning, at, std::move(message));
    }

 private:
    [[nodiscard]] std::string shown_line(std::uint32_t at) const;

    std::string_view text_;
    const std::string& file_;
    Diagnostics& diagnostics_;
    CodePointIndex index_;
    std::vector<std::uint32_t> line_starts_;
};

// `text` in quotation marks, cut after a few characters: what a message may repeat of a file.
[[nodiscard]] std::string quoted(std::string_view text);

}  // namespace fangtan::codebook::yaml
