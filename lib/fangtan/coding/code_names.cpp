// SPDX-License-Identifier: Apache-2.0
#include "fangtan/coding/code_names.hpp"

#include <algorithm>
#include <array>

#include "fangtan/text/diagnostic_text.hpp"
#include "fangtan/text/fold.hpp"

namespace fangtan::coding {

void CodeNames::add(const std::string& id, const std::string& name, const std::vector<std::string>& path) {
    std::string joined;
    for (const std::string& part : path) joined += (joined.empty() ? "" : "/") + part;
    ids_[id].push_back(id);
    paths_[joined].push_back(id);
    names_[name].push_back(id);
    folded_ids_[fold(id)].push_back(id);
    folded_paths_[fold(joined)].push_back(id);
    folded_names_[fold(name)].push_back(id);
    for (const std::string& word : {id, joined, name}) {
        if (std::find(all_.begin(), all_.end(), word) == all_.end()) all_.push_back(word);
    }
}

std::optional<std::string> CodeNames::find(const std::string& written, std::string& fault) const {
    const std::string bent = fold(written);
    const std::array<std::pair<const Ids*, const std::string*>, 6> tries = {{{&ids_, &written}, {&paths_, &written}, {&names_, &written},
                                                                             {&folded_ids_, &bent}, {&folded_paths_, &bent}, {&folded_names_, &bent}}};
    for (const auto& [table, word] : tries) {
        const auto found = table->find(*word);
        if (found == table->end()) continue;
        if (found->second.size() == 1) return found->second.front();
        fault = "several codes are called \"" + written + "\": ";
        for (const std::string& id : found->second) fault += (id == found->second.front() ? "" : ", ") + id;
        fault += "; write the id";
        return std::nullopt;
    }
    fault = "no code is called \"" + written + "\"";
    if (const std::string near = nearest(written, all_); !near.empty()) {
        fault += "; did you mean \"" + near + "\"?";
    } else if (!ids_.empty()) {
        constexpr std::size_t kShown = 8;
        fault += "; known are ";
        std::size_t shown = 0;
        for (const auto& [id, same] : ids_) {
            if (shown == kShown) {
                fault += " …";
                break;
            }
            fault += (shown++ == 0 ? "" : ", ") + id;
        }
    }
    return std::nullopt;
}

}  // namespace fangtan::coding
