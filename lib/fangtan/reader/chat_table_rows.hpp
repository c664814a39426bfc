// SPDX-License-Identifier: Apache-2.0
//
// Tables in which every row is something said: which column holds what, and
// the lines of a transcript that rows make. Used for CSV files and for tables
// in web pages. Internal to the reader module.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "fangtan/reader/extracted.hpp"
#include "fangtan/reader/subtitle_label.hpp"
#include "fangtan/text/csv.hpp"

namespace fangtan::reader {

struct ChatColumns {
    std::size_t speaker = 0;
    std::size_t text = 0;
    std::optional<std::size_t> time;
};

// By the names of the columns, in both scripts, case aside. Empty without a speaker and a text column, and for the
// columns of a codings file or of a list of participants.
[[nodiscard]] std::optional<ChatColumns> chat_columns(const std::vector<CsvCell>& header);

// A clock time in a cell, perhaps in brackets or behind a date: "14:03:05" of "2026-05-28 14:03:05.120". Empty if there is none.
[[nodiscard]] std::string clock_time(std::string_view cell);

// Appends a line a row, `[HH:MM:SS] label：text`; rows of the same speaker go on with the turn as further lines.
void append_chat(const CsvTable& table, const ChatColumns& columns, SpeakerLabels& labels, Extracted& extracted);

}  // namespace fangtan::reader
