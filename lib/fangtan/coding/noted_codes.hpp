// SPDX-License-Identifier: Apache-2.0
//
// Codes as people write them in a note: several in a row, with a memo behind
// them (one code: code_names.hpp).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "fangtan/coding/code_names.hpp"

namespace fangtan::coding {

struct NotedCode {
    std::string name;
    std::string memo;
};

// Codes parted by ; ； 、 or a line each; what stands behind // in a line is a memo of the codes before it in that line, or
// of all codes of the note where the line holds no other. 、 parts only what is not a code's name as it stands.
struct Note {
    std::vector<NotedCode> codes;  // each name once
    std::string memo;              // of a note without codes
};
[[nodiscard]] Note parse_note(std::string_view text, const CodeNames& names);

// The codebook as YAML, with a code for each name that it does not have, in their order: at the end, or at the end of the parent where
// the name is a path that begins with one. Parents that are missing are added too.
[[nodiscard]] std::string yaml_with_codes(const Codebook& codebook, const std::vector<std::string>& names);

}  // namespace fangtan::coding
