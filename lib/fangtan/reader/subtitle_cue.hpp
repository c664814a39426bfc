// SPDX-License-Identifier: Apache-2.0
//
// What subtitles and transcripts with cues have in common: time lines, the
// markup of cue text, and the way from cues to the turns of a transcript.
// Times are whole milliseconds. Internal to the reader module.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "fangtan/reader/extracted.hpp"

namespace fangtan::reader::subtitle {

struct CueLine {
    std::string voice;  // who speaks, if the markup says so
    std::string text;   // without markup, trimmed
};

struct Cue {
    std::int64_t start = 0;
    std::int64_t end = 0;
    std::vector<CueLine> lines;
};

struct TimeLine {
    std::int64_t start = 0;
    std::int64_t end = 0;
    bool exact = false;  // both times have a fraction, as the formats demand
    bool end_is_shorter = false;  // the end has fewer digits in its fraction: ordinary, but suspect in the last line of a file
};

struct TimeFault {
    std::size_t at = 0;  // byte of the line
    std::string sentence;
};

// A line that is meant to hold times, right or wrong: digits, and only what belongs to times, before `-->`.
[[nodiscard]] bool looks_like_time_line(std::string_view line);

// A time line that ends before its second time: `00:00:05,000 --`.
[[nodiscard]] bool looks_like_cut_time_line(std::string_view line);

// `0:0:5.3 --> 00:00:07,000 align:start`. Empty and `fault` filled if the line is wrong.
[[nodiscard]] std::optional<TimeLine> parse_time_line(std::string_view line, TimeFault& fault);

// The lines of a cue's text: tags of WebVTT and SRT, `{\an8}` and readings above characters taken out, entities decoded.
// What merely looks like a tag (<笑>) stays. Lines without text are left out.
[[nodiscard]] std::vector<CueLine> parse_cue_text(std::string_view text);

// Appends `more` to `text` as speech goes on: with a blank between words, without one where Han or wide punctuation meets.
void join_speech(std::string& text, std::string_view more);

// Adds text and labels. With a known speaker anywhere: a line a turn, `[00:00:05] 张三：…`; else paragraphs.
void append_turns(const std::vector<Cue>& cues, Extracted& extracted);

}  // namespace fangtan::reader::subtitle
