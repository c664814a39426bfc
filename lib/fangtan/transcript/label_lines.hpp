// SPDX-License-Identifier: Apache-2.0
//
// Every line of a text that begins like a label, and what is known of the
// names there, before anything is decided about who speaks. Internal to the
// transcript module.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "fangtan/transcript/dialogue.hpp"
#include "fangtan/transcript/label.hpp"

namespace fangtan::transcript {

// What is known of one name that stands where labels stand.
struct Name {
    std::string plain;
    LabelKind kind = LabelKind::unknown;
    bool certain = false;       // a label even if it stands once
    std::uint32_t lines = 0;    // how often it begins a line after the header
    std::uint32_t speaker = 0;  // index + 1 once it has spoken
    const DeclaredSpeaker* declared = nullptr;
};

struct LabelLine {
    std::uint32_t line;  // byte where the line begins
    LabelShape shape;
    std::uint32_t name;  // index into LabelLines::names
};

struct LabelLines {
    std::vector<LabelLine> lines;  // ascending
    std::vector<Name> names;
    bool timed = false;  // labels stand with their times on lines of their own: names before a colon are no labels unless certain
};

// Finds them in text[begin, end of text). The forms that could also be something else (a time behind a word, a number
// behind a Q) count only where the whole text bears them out. O(n).
class LabelFinder {
 public:
    // All must outlive the finder, `declared` the result too.
    LabelFinder(std::string_view text, const std::vector<DeclaredSpeaker>& declared, const ParticipantTable* participants);

    [[nodiscard]] LabelLines find(std::uint32_t begin);

    // The name's place in `names`, for labels that are met later, inside lines.
    std::uint32_t name_number(std::string_view written, std::vector<Name>& names);

 private:
    // A dialogue repeats a handful of labels: a line that begins like an earlier one, up to the colon and with a Han
    // character behind it, is understood like it.
    struct KnownStart {
        std::string_view bytes;  // name and colon
        std::uint32_t name_size;
        std::uint32_t name;
    };

    [[nodiscard]] std::uint32_t line_end(std::uint32_t begin) const;
    [[nodiscard]] bool han_stands_at(std::uint32_t at) const;
    bool known_label(std::uint32_t line, LabelLines& found) const;
    void remember_start(const LabelLine& line);
    [[nodiscard]] std::optional<LabelShape> name_over_time(std::uint32_t line, std::uint32_t end);
    [[nodiscard]] bool names_stand_over_times();
    [[nodiscard]] bool times_are_labels(const LabelLines& found) const;
    void judge_forms(LabelLines& found) const;
    void judge_questions(LabelLines& found) const;

    std::string_view text_;
    const std::vector<DeclaredSpeaker>& declared_;
    const ParticipantTable* participants_;
    std::unordered_map<std::string_view, std::uint32_t> name_numbers_;
    std::vector<KnownStart> known_starts_;
    std::optional<bool> names_over_times_;
};

}  // namespace fangtan::transcript
