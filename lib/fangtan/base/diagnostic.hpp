// SPDX-License-Identifier: Apache-2.0
//
// Faults in what a person wrote (codebook, query, CSV, codings), collected so
// that all faults of a file are shown in one run. A function that reads such
// a file takes `Diagnostics&` and returns std::optional: empty exactly if it
// added an error. Warnings ride along with success.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace fangtan {

enum class Severity { error, warning };

// Line and column count from 1; a column is a code point, not a byte. Line 0: the file as a whole.
struct Position {
    std::uint32_t line = 0;
    std::uint32_t column = 0;

    friend auto operator<=>(const Position&, const Position&) = default;
};

struct Diagnostic {
    Severity severity = Severity::error;
    std::string file;
    Position position;
    std::string message;      // what was found, what was expected, what to do
    std::string source_line;  // the offending line as written; empty if there is none to show
};

class Diagnostics {
 public:
    void error(std::string file, Position position, std::string message, std::string source_line = {});
    void warning(std::string file, Position position, std::string message, std::string source_line = {});

    // In the order of reporting. At most kMaximum are kept; the rest are only counted.
    [[nodiscard]] const std::vector<Diagnostic>& entries() const { return entries_; }
    [[nodiscard]] std::size_t errors() const { return errors_; }
    [[nodiscard]] std::size_t warnings() const { return warnings_; }
    [[nodiscard]] bool has_errors() const { return errors_ > 0; }
    [[nodiscard]] std::size_t not_kept() const { return errors_ + warnings_ - entries_.size(); }

    // By file (in order of first mention), then position; errors and warnings together.
    void sort();

    static constexpr std::size_t kMaximum = 100;

 private:
    void add(Diagnostic diagnostic);

    std::vector<Diagnostic> entries_;
    std::size_t errors_ = 0;
    std::size_t warnings_ = 0;
};

}  // namespace fangtan
