// SPDX-License-Identifier: Apache-2.0
#include "fangtan/transcript/participant.hpp"

#include <algorithm>
#include <set>

#include "fangtan/text/boundary.hpp"
#include "fangtan/text/code_point_index.hpp"
#include "fangtan/text/csv.hpp"
#include "fangtan/text/utf8.hpp"

namespace fangtan {
namespace {

bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

}  // namespace

bool is_participant_id(std::string_view text) {
    std::size_t letters = 0;
    while (letters < text.size() && is_upper(text[letters])) ++letters;
    if (letters < 1 || letters > 3) return false;
    text.remove_prefix(letters);
    if (text.starts_with('-')) text.remove_prefix(1);
    return !text.empty() && text.size() <= 3 && std::all_of(text.begin(), text.end(), is_digit);
}

std::string group_of_id(std::string_view id) {
    if (!is_participant_id(id)) return {};
    return std::string(id.substr(0, id.find_first_of("-0123456789")));
}

std::vector<std::string> names_of(const Participant& participant) {
    static constexpr std::u32string_view kParting = U";；、，,|";
    std::vector<std::string> names;
    for (const auto& [column, value] : participant.attributes) {
        if (column != "names" && column != "姓名" && column != "别名" && column != "別名") continue;
        std::string name;
        for (const char32_t c : utf8::to_code_points(value) + U";") {
            if (kParting.find(c) == std::u32string_view::npos) {
                utf8::append(name, c);
                continue;
            }
            const Span word = trimmed(name, span_of(0, static_cast<std::uint32_t>(name.size())));
            if (!word.empty()) names.emplace_back(word.of(name));
            name.clear();
        }
    }
    return names;
}

const Participant* ParticipantTable::find(std::string_view id) const {
    const auto found = places_.find(id);
    return found == places_.end() ? nullptr : &participants_[found->second];
}

bool ParticipantTable::add(Participant participant) {
    if (const Participant* known = find(participant.id)) return *known == participant;
    places_.emplace(participant.id, participants_.size());
    participants_.push_back(std::move(participant));
    return true;
}

bool read_participants(std::string_view text, const std::string& file, ParticipantTable& table, Diagnostics& diagnostics) {
    const std::size_t errors = diagnostics.errors();
    const std::optional<CsvTable> csv = csv::read(text, file, diagnostics);
    if (!csv) return false;
    const auto id_column = csv->column("id");
    if (!id_column) {
        diagnostics.error(file, {1, 1}, "the header has no column \"id\"; participants.csv needs id, and may have group, role and others",
                          std::string(line_in(text, 0)));
        return false;
    }
    for (const CsvCell& name : csv->header) {
        if (name.text == "record" || name.text == "participant") {
            diagnostics.error(file, name.position, "a column cannot be called \"" + name.text + "\"; rename it");
        }
    }
    std::set<std::string> seen;
    for (const auto& row : csv->rows) {
        Participant participant;
        participant.id = row[*id_column].text;
        if (participant.id.empty()) diagnostics.error(file, row[*id_column].position, "this row has no id");
        if (!seen.insert(participant.id).second) {
            diagnostics.error(file, row[*id_column].position, "the id " + participant.id + " stands in two rows; every participant has one row");
            continue;
        }
        participant.group = group_of_id(participant.id);
        for (std::size_t i = 0; i < row.size(); ++i) {
            const std::string& column = csv->header[i].text;
            if (column == "group") {
                if (!row[i].text.empty()) participant.group = row[i].text;
            } else if (column == "role") {
                participant.role = row[i].text;
            } else if (i != *id_column) {
                participant.attributes.emplace_back(column, row[i].text);
            }
        }
        const std::string id = participant.id;
        if (!table.add(std::move(participant))) {
            diagnostics.error(file, row[*id_column].position, "the participant " + id + " is described differently in another participants.csv");
        }
    }
    return diagnostics.errors() == errors;
}

}  // namespace fangtan
