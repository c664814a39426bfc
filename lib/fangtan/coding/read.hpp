// SPDX-License-Identifier: Apache-2.0
//
// Reads codings: JSON Lines streams, also several one after the other, and
// CSV or TSV as `fangtan code -f csv` writes it. Every fault is reported with
// file, line and column; nothing is clamped, swapped or dropped.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "fangtan/base/diagnostic.hpp"
#include "fangtan/coding/coding_set.hpp"

namespace fangtan::coding {

// Tells the formats apart by the first character: `{` begins JSON Lines.
[[nodiscard]] bool looks_like_json_lines(std::string_view text);

inline constexpr std::size_t kPaddingAfter = 64;

// Adds a stream to a set of codings, block by block: memory does not grow with the stream, apart from the set.
// Faults: a run without its end, an end that counts other documents than there were, records
// that are no records, unknown codes and documents, spans outside the document, a text that is not as long as its
// span says, two documents of one id with different content. A stream without run records is read as bare codings:
// documents and codes may then be unknown.
class JsonLinesReader {
 public:
    // All three must outlive the reader. `file` is for messages.
    JsonLinesReader(const std::string& file, CodingSet& set, Diagnostics& diagnostics);
    ~JsonLinesReader();
    JsonLinesReader(const JsonLinesReader&) = delete;
    JsonLinesReader& operator=(const JsonLinesReader&) = delete;

    // Whole lines, of which only the last of the stream may lack its line feed; followed by at least kPaddingAfter readable
    // bytes (a std::string with that much reserved). They are not needed afterwards.
    void add(std::string_view lines);

    // True if the stream was without fault.
    bool finish();

 private:
    struct State;
    std::unique_ptr<State> state_;
};

// The same for a stream in memory.
bool read_json_lines(std::string_view text, const std::string& file, CodingSet& set, Diagnostics& diagnostics);

// Adds rows to `set`. Columns document, code, start and end are needed; turn, participant, group, text, coder,
// rule, status may be there, others are ignored. Codes that `set` does not know: an error if it knows any
// (a codebook was given), else they become codes of their own.
bool read_rows(std::string_view text, const std::string& file, CodingSet& set, Diagnostics& diagnostics);

}  // namespace fangtan::coding
