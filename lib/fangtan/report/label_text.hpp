// SPDX-License-Identifier: Apache-2.0
//
// The words of a picture: made harmless, measured without a font, shortened
// or wrapped to the room there is, and the few sentences that are ours.
//
// Widths are estimates on the safe side: nobody knows the reader's fonts. All
// in px for a font of `size` px.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace fangtan::report {

// What may be drawn of a label: one line of valid UTF-8 that XML 1.0 admits. White space becomes a blank, variation selectors
// vanish, anything else that cannot be seen becomes visible (utf8::escaped). Any bytes go in.
[[nodiscard]] std::string displayable(std::string_view label);

// Of a displayable text. A Han character is as wide as the font is high.
[[nodiscard]] double text_width(std::string_view text, double size);

// How far the signs of a line reach above and below its base line, in parts of the size.
inline constexpr double kAscent = 0.88;
inline constexpr double kDescent = 0.2;

// `text`, or as much of its beginning as fits into `room` with … behind it; at least the ….
[[nodiscard]] std::string shortened(std::string_view text, double room, double size);

struct WrappedText {
    std::vector<std::string> lines;  // at least one
    bool cut = false;                // the last line ends in …
    bool broken = false;             // a word was longer than a line
};

// Breaks at blanks and between Han characters, no closing mark begins a line; within a word only if it is longer than a line.
[[nodiscard]] WrappedText wrapped(std::string_view text, double room, double size, std::size_t most_lines);

// `text` between U+2068 and U+2069 if it has a letter that is written from right to left: for labels within a sentence.
[[nodiscard]] std::string isolated(std::string_view text);

// A number of a legend: whole numbers as they are, others with three digits.
[[nodiscard]] std::string number_text(double value);

// zh-Hant, zh-TW, zh-HK and zh-MO are traditional, other zh simplified; the rest is English.
[[nodiscard]] std::string nothing_to_draw(std::string_view language);
[[nodiscard]] std::string heaviest_only(std::string_view language, std::size_t drawn, std::size_t all);
[[nodiscard]] std::string colon(std::string_view language);       // "：" or ": "
[[nodiscard]] std::string font_family(std::string_view language);

}  // namespace fangtan::report
