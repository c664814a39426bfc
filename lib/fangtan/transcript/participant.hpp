// SPDX-License-Identifier: Apache-2.0
//
// The people of a study: who they are, which group they belong to, and any
// attribute a table may be broken down by. Read from participants.csv, or
// found in the transcripts themselves.
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "fangtan/base/diagnostic.hpp"

namespace fangtan {

struct Participant {
    std::string id;
    std::string group;  // default: the letters before the number of the id; may be empty
    std::string role;
    std::vector<std::pair<std::string, std::string>> attributes;  // further columns, in their order

    friend bool operator==(const Participant&, const Participant&) = default;
};

// What the person is called in transcripts: the column `names` (姓名, 别名) holds one name or several, parted by
// ; 、 ， or |. Trimmed, none empty.
[[nodiscard]] std::vector<std::string> names_of(const Participant& participant);

// "P" for "P12" and "P-12"; empty for an id that is not letters and a number.
[[nodiscard]] std::string group_of_id(std::string_view id);

// [A-Z]{1,3}-?[0-9]{1,3}
[[nodiscard]] bool is_participant_id(std::string_view text);

// In the order of the file. Ids are unique.
class ParticipantTable {
 public:
    [[nodiscard]] const std::vector<Participant>& all() const { return participants_; }
    [[nodiscard]] const Participant* find(std::string_view id) const;
    [[nodiscard]] bool empty() const { return participants_.empty(); }
    // False (and nothing added) if the id is there already with other values.
    bool add(Participant participant);

 private:
    std::vector<Participant> participants_;
    std::map<std::string, std::size_t, std::less<>> places_;  // by id
};

// participants.csv: a header row; `id` is required, `group` and `role` are known, any other column is an
// attribute. `text` is decoded (text/decode.hpp). Adds to `table`; errors: no id column, empty or repeated id,
// a column called `record` or `participant`, a participant that another file describes differently.
bool read_participants(std::string_view text, const std::string& file, ParticipantTable& table, Diagnostics& diagnostics);

}  // namespace fangtan
