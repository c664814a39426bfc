// SPDX-License-Identifier: Apache-2.0
#include "fangtan/reader/dialogue_file.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "fangtan/transcript/label.hpp"

namespace fangtan::reader {
namespace {

constexpr std::string_view kOpening = "---\nsource: ";
constexpr std::array<std::string_view, 6> kOwnKeys = {"source", "format", "sha256", "layout", "participants", "speakers"};

// Would `name：` at the start of a line be read as this label?
bool can_be_label(const std::string& name) {
    const std::string line = name + "：字";
    const auto shape = transcript::label_shape(line, 0, static_cast<std::uint32_t>(line.size()));
    return shape && shape->form == transcript::LabelForm::colon && shape->role.empty() && shape->name.of(line) == name &&
           name.find_first_of(",=") == std::string::npos;
}

std::string label_of(const Speaker& speaker) {
    if (!speaker.participant.empty() && can_be_label(speaker.participant)) return speaker.participant;
    return speaker.label;
}

std::string in_one_line(std::string text) {
    std::replace_if(text.begin(), text.end(), [](char c) { return c == '\n' || c == '\t'; }, ' ');
    return text;
}

// 张三=P1,记者=I: everything that reading the labels again needs to know.
std::string speakers_line(const Transcript& transcript) {
    std::string line;
    std::set<std::string> listed;
    for (const Speaker& speaker : transcript.speakers) {
        const std::string label = label_of(speaker);
        if (label.empty() || !listed.insert(label).second) continue;
        line += line.empty() ? "" : ", ";
        line += label;
        if (speaker.interviewer) {
            line += "=I";
        } else if (label != speaker.participant && !speaker.participant.empty()) {
            line += "=" + speaker.participant;
        } else if (transcript::kind_of_label(label) != transcript::LabelKind::participant_id) {
            line += "=" + label;
        }
    }
    return line;
}

void append_headings(std::string& out, const std::vector<std::string>& path, const std::vector<std::string>& before) {
    std::size_t same = 0;
    while (same < path.size() && same < before.size() && path[same] == before[same]) ++same;
    if (same == path.size() && same > 0) --same;  // back at a heading above: it is said again
    for (std::size_t i = same; i < path.size(); ++i) out += std::string(std::min<std::size_t>(i + 1, 6), '#') + " " + in_one_line(path[i]) + "\n\n";
}

// Turns that say something, as they are compared.
std::vector<const Turn*> spoken(const Transcript& transcript) {
    std::vector<const Turn*> turns;
    for (const Turn& turn : transcript.turns) {
        if (!turn.body.empty()) turns.push_back(&turn);
    }
    return turns;
}

}  // namespace

std::string to_dialogue(const Transcript& transcript) {
    std::string out(kOpening);
    out += in_one_line(transcript.file) + "\nformat: " + transcript.format + "\nlayout: " + std::string(name_of(transcript.layout)) +
           "\nsha256: " + transcript.sha256 + "\n";
    for (const auto& [key, value] : transcript.metadata) {
        if (std::find(kOwnKeys.begin(), kOwnKeys.end(), key) != kOwnKeys.end() || key.find(':') != std::string::npos) continue;
        out += in_one_line(key) + ": " + in_one_line(value) + "\n";
    }
    std::string participants;
    for (const std::string& id : transcript.participants()) participants += (participants.empty() ? "" : ", ") + id;
    out += "participants: " + participants + "\nspeakers: " + speakers_line(transcript) + "\n---\n";
    const std::vector<std::string> none;
    const std::vector<std::string>* heading = &none;
    std::set<std::string> roles_said;
    for (const Turn* turn : spoken(transcript)) {
        const Speaker& speaker = transcript.speakers[turn->speaker];
        const std::vector<std::string>& path = transcript.headings[turn->heading];
        out += '\n';
        if (path != *heading) append_headings(out, path, *heading);
        heading = &path;
        const std::string label = label_of(speaker);
        if (!label.empty()) {
            out += label;
            const bool role_fits = !speaker.role.empty() && can_be_label(speaker.role);
            if (role_fits && roles_said.insert(label).second) out += "（" + speaker.role + "）";
            out += "：";
        }
        out += turn->body.of(transcript.text);
        out += '\n';
    }
    return out;
}

bool is_dialogue_file(std::string_view text) { return text.starts_with(kOpening); }

bool says_the_same(const Transcript& a, const Transcript& b) {
    const std::vector<const Turn*> left = spoken(a);
    const std::vector<const Turn*> right = spoken(b);
    return left.size() == right.size() && std::equal(left.begin(), left.end(), right.begin(), [&](const Turn* one, const Turn* other) {
               const Speaker& first = a.speakers[one->speaker];
               const Speaker& second = b.speakers[other->speaker];
               return first.participant == second.participant && first.interviewer == second.interviewer && one->body.of(a.text) == other->body.of(b.text);
           });
}

}  // namespace fangtan::reader
