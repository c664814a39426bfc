// SPDX-License-Identifier: Apache-2.0
//
// Coding sets made by hand, for tests of what is counted in them.
#pragma once

#include <string>
#include <vector>

#include "fangtan/coding/coding_set.hpp"

namespace fangtan::testing {

class SetBuilder {
 public:
    // "甲/乙": the parent must be there already.
    SetBuilder& code(const std::string& id) {
        CodeEntry entry{id, id.substr(id.rfind('/') + 1), {}, std::nullopt};
        const std::size_t slash = id.rfind('/');
        if (slash != std::string::npos) {
            entry.parent = set.code_ids.find(id.substr(0, slash)).value();
            entry.path = set.codes[*entry.parent].path;
        }
        entry.path.push_back(entry.name);
        set.code_ids.number(id);
        set.codes.push_back(std::move(entry));
        return *this;
    }
    SetBuilder& participant(const std::string& id, const std::string& group, const std::vector<std::pair<std::string, std::string>>& attributes = {}) {
        Participant& entry = set.participants[set.participant(id)];
        entry.group = group;
        entry.attributes = attributes;
        return *this;
    }
    // Who speaks in it and how many characters.
    SetBuilder& document(const std::string& id, std::uint64_t characters, const std::vector<std::pair<std::string, std::uint64_t>>& speech) {
        DocumentEntry entry;
        entry.id = id;
        entry.characters = characters;
        for (const auto& [who, spoken] : speech) {
            entry.participants.push_back(set.participant(who));
            entry.speech.push_back({set.participant(who), spoken});
        }
        set.document_ids.number(id);
        set.documents.push_back(std::move(entry));
        return *this;
    }
    SetBuilder& coding(const std::string& document, std::uint32_t start, std::uint32_t end, const std::string& code, const std::string& participant,
                       const std::string& coder = "rules", CodingStatus status = CodingStatus::proposed) {
        CodingEntry entry;
        entry.document = set.document_ids.find(document).value();
        entry.code = set.code_ids.find(code).value();
        entry.start = start;
        entry.end = end;
        entry.coder = set.labels.number(coder);
        entry.status = status;
        if (!participant.empty()) entry.participant = set.participant(participant);
        set.codings.push_back(entry);
        return *this;
    }

    CodingSet set;
};

}  // namespace fangtan::testing
