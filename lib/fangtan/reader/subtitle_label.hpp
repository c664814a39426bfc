// SPDX-License-Identifier: Apache-2.0
//
// Speakers' names as formats state them (display names of a conference or
// chat), made into labels that the dialogue parser reads again: short, without
// a colon and most punctuation. Internal to the reader module.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>

#include "fangtan/reader/extracted.hpp"

namespace fangtan::reader {

class SpeakerLabels {
 public:
    explicit SpeakerLabels(Extracted& extracted) : extracted_(extracted) {}

    struct Label {
        std::string name;     // who it is; listed in Extracted::labels
        std::string written;  // what goes before the colon: the name, perhaps with a role in brackets
    };

    // The label of `name`; two names never share one that had to be changed.
    const Label& of(std::string_view name);

    // Whether a line would be read as the turn of somebody who speaks here.
    [[nodiscard]] bool reads_as_turn(std::string_view line) const;

 private:
    [[nodiscard]] Label made(const std::string& name);
    [[nodiscard]] Label numbered(const std::string& whole);

    Extracted& extracted_;
    std::map<std::string, Label, std::less<>> labels_;  // by the name as stated
    std::set<std::string, std::less<>> listed_;
    std::set<std::string, std::less<>> changed_;
    std::map<std::string, std::size_t, std::less<>> last_number_;  // that was given to names of the same start
};

}  // namespace fangtan::reader
