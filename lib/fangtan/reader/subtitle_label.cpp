// SPDX-License-Identifier: Apache-2.0
#include "fangtan/reader/subtitle_label.hpp"

#include <cstdint>
#include <optional>

#include "fangtan/text/character.hpp"
#include "fangtan/text/utf8.hpp"
#include "fangtan/transcript/label.hpp"

namespace fangtan::reader {
namespace {

constexpr std::size_t kLabelMaximum = 20;  // characters that label_shape takes
constexpr std::size_t kSharedStart = 10;   // of them that stand before any number

std::optional<transcript::LabelShape> shape_of(std::string_view line) {
    const auto shape = transcript::label_shape(line, 0, static_cast<std::uint32_t>(line.size()));
    return shape && shape->form == transcript::LabelForm::colon ? shape : std::nullopt;
}

std::string first_characters(const std::string& text, std::size_t count) {
    std::u32string characters = utf8::to_code_points(text);
    if (characters.size() > count) characters.resize(count);
    return transcript::plain_label(utf8::from_code_points(characters));
}

// One blank where several blanks stand, or characters that no label holds.
std::string without_punctuation(const std::string& name) {
    std::string plain;
    bool has_letter = false;
    for (std::size_t i = 0; i < name.size(); i += utf8::length(name[i])) {
        const char32_t c = utf8::at(name, i);
        const bool kept = !is_white_space(c) && c != U'*' && (!is_punctuation(c) || c == U'-' || c == U'_' || c == U'.' || c == U'·' || c == U'•') &&
                          transcript::colon_length(name, static_cast<std::uint32_t>(i)) == 0;
        if (kept) utf8::append(plain, c);
        if (!kept && !plain.empty() && plain.back() != ' ') plain += ' ';
        has_letter = has_letter || (is_letter_or_digit(c) && !(c >= U'0' && c <= U'9'));
    }
    // A telephone number alone would be read as a time or a list number.
    if (!has_letter) plain.insert(0, plain.empty() ? "说话人" : "说话人 ");
    return transcript::plain_label(plain);
}

}  // namespace

SpeakerLabels::Label SpeakerLabels::made(const std::string& name) {
    const std::string line = name + "：";
    const auto shape = shape_of(line);
    if (shape && shape->body == line.size() && shape->name.begin.value == 0) {
        const std::string label(shape->name.of(line));
        if (changed_.contains(label)) return numbered(label);
        return {label, shape->role.empty() ? label : label + "（" + std::string(shape->role.of(line)) + "）"};
    }
    const std::string whole = without_punctuation(name);
    std::string label = first_characters(whole, kLabelMaximum);
    if (label != whole) extracted_.left_out.push_back({"end of the long name " + label + "…", ""});
    changed_.insert(label);
    return listed_.contains(label) ? numbered(whole) : Label{label, label};
}

SpeakerLabels::Label SpeakerLabels::numbered(const std::string& whole) {
    std::string label;
    std::size_t& number = last_number_.try_emplace(first_characters(whole, kSharedStart), 1).first->second;
    do {
        const std::string suffix = " " + std::to_string(++number);
        label = first_characters(whole, kLabelMaximum - suffix.size()) + suffix;
    } while (listed_.contains(label));
    return {label, label};
}

const SpeakerLabels::Label& SpeakerLabels::of(std::string_view name) {
    const std::string plain = transcript::plain_label(name);
    if (const auto known = labels_.find(plain); known != labels_.end()) return known->second;
    Label label = made(plain);
    if (listed_.insert(label.name).second) extracted_.labels.push_back(label.name);
    return labels_.emplace(plain, std::move(label)).first->second;
}

bool SpeakerLabels::reads_as_turn(std::string_view line) const {
    const auto shape = shape_of(line);
    if (!shape) return false;
    const std::string name = transcript::plain_label(shape->name.of(line));
    const transcript::LabelKind kind = transcript::kind_of_label(name);
    return listed_.contains(name) || kind == transcript::LabelKind::interviewer || kind == transcript::LabelKind::respondent ||
           kind == transcript::LabelKind::participant_id;
}

}  // namespace fangtan::reader
