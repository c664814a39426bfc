// SPDX-License-Identifier: Apache-2.0
//
// A stream of codings with everything that stands in it, also what this
// version does not know: for commands that hand a stream on (merge, review,
// relocate, recode). Tables need less and read a CodingSet (coding_set.hpp).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "fangtan/base/diagnostic.hpp"
#include "fangtan/coding/coding_set.hpp"

namespace fangtan::coding {

struct Member {
    std::string name;
    std::string json;  // the value as written, without blanks between its parts

    friend auto operator<=>(const Member&, const Member&) = default;
};

// A record that is no coding. Members stand in the order of fangtan-codings(5), unknown ones behind them by name.
struct Record {
    std::string kind;
    std::vector<Member> members;  // without `record`

    [[nodiscard]] const std::string* find(std::string_view name) const;
    // The decoded string; empty where the member is absent or no string.
    [[nodiscard]] std::string text(std::string_view name) const;
    // Empty where the member is absent or no whole number.
    [[nodiscard]] std::optional<std::uint32_t> number(std::string_view name) const;
    void set(std::string_view name, std::string json);
    void set_text(std::string_view name, std::string_view text);
    void remove(std::string_view name);
    // With its line feed.
    [[nodiscard]] std::string line() const;

    friend bool operator==(const Record&, const Record&) = default;
};

// Where a rule or a coder had put a coding before a person moved it. Positions in code points.
struct Origin {
    std::uint32_t start = 0;
    std::uint32_t end = 0;
    std::string code;
    std::string text;  // empty where unknown

    friend auto operator<=>(const Origin&, const Origin&) = default;
};

// One coding, nothing lost. Positions in code points.
struct StoredCoding {
    std::string document;
    std::optional<std::uint32_t> turn;
    std::string participant;  // empty: null
    std::string speaker;      // empty: absent
    std::uint32_t start = 0;
    std::uint32_t end = 0;
    std::string code;
    std::optional<std::string> text;
    std::optional<std::vector<std::pair<std::uint32_t, std::uint32_t>>> evidence;
    std::string coder;        // empty: absent
    std::optional<std::uint32_t> rule;
    CodingStatus status = CodingStatus::proposed;
    std::string memo;         // empty: absent
    std::string reviewer;     // who decided; empty: absent
    std::optional<Origin> origin;
    std::vector<Member> others;  // by name
    std::uint32_t line = 0;      // in the file it was read from, for messages only

    [[nodiscard]] bool decided() const { return status != CodingStatus::proposed; }
};

// With its line feed; two codings are the same if this is. O(length).
[[nodiscard]] std::string line_of(const StoredCoding& coding);
[[nodiscard]] std::string_view name_of(CodingStatus status);

struct CodingStream {
    std::vector<Record> runs;          // distinct; empty: bare codings
    std::vector<Record> codes;         // distinct by id, parents first
    std::vector<Record> participants;  // distinct by id
    std::vector<Record> documents;     // distinct by id
    std::vector<Record> skipped;
    std::vector<StoredCoding> codings; // in the order of the file

    [[nodiscard]] const Record* document(std::string_view id) const;
    [[nodiscard]] const Record* code(std::string_view id) const;
};

// A JSON Lines stream, or several one after the other. Checked as JsonLinesReader checks it, and the members rule, memo,
// evidence, origin and reviewer besides. Rows (CSV, TSV) are refused: they lose what a decision needs.
[[nodiscard]] std::optional<CodingStream> read_stream(std::string text, const std::string& file, Diagnostics& diagnostics);

// One record that is no coding, of a line that is known to be one.
[[nodiscard]] Record record_of_line(std::string_view line);

// What the runs of a stream have in common; several are listed in its member `runs`. `runs` is not empty.
[[nodiscard]] Record common_run(const std::vector<Record>& runs);

// Run, codes, participants, each document with its codings by start, end, place of the code and then by their own text, what
// was set aside, end. Bare codings: in their order. O(n log n).
[[nodiscard]] std::string to_json_lines(const CodingStream& stream);

// The code record of a code of a codebook.
[[nodiscard]] Record code_record(const Codebook& codebook, const Code& code);

// A string as JSON, and back.
[[nodiscard]] std::string json_of(std::string_view text);
[[nodiscard]] std::string json_of(const std::vector<std::string>& list);
[[nodiscard]] std::vector<std::string> list_of(const std::string* json);

}  // namespace fangtan::coding
