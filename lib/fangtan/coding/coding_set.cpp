// SPDX-License-Identifier: Apache-2.0
#include "fangtan/coding/coding_set.hpp"

namespace fangtan {

std::uint32_t NameList::number(std::string_view name) {
    const auto found = numbers_.find(name);
    if (found != numbers_.end()) return found->second;
    const auto next = static_cast<std::uint32_t>(names_.size());
    numbers_.emplace(std::string(name), next);
    names_.emplace_back(name);
    return next;
}

std::optional<std::uint32_t> NameList::find(std::string_view name) const {
    const auto found = numbers_.find(name);
    return found == numbers_.end() ? std::nullopt : std::optional(found->second);
}

std::uint32_t CodingSet::participant(std::string_view id) {
    const std::uint32_t number = participant_ids.number(id);
    if (number == participants.size()) participants.push_back({std::string(id), group_of_id(id), {}, {}});
    return number;
}

void CodingSet::add(const CodingEntry& coding, std::string_view text, std::string_view memo) {
    codings.push_back(coding);
    if (!keeps_texts) return;
    texts.emplace_back(text);
    memos.emplace_back(memo);
}

std::vector<CodeEntry> code_entries(const Codebook& codebook) {
    std::vector<CodeEntry> entries;
    for (const Code& code : codebook.codes()) {
        CodeEntry entry{code.id, code.name, code.path, std::nullopt, code.color};
        if (code.parent) entry.parent = static_cast<std::uint32_t>(*code.parent);
        entries.push_back(std::move(entry));
    }
    return entries;
}

}  // namespace fangtan
