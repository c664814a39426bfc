// SPDX-License-Identifier: Apache-2.0
//
// A code while its file is being read: what load() fills in piece by piece
// and checks before it becomes part of a Codebook. Internal to the codebook
// module.
#pragma once

#include <cstdint>
#include <vector>

#include "fangtan/codebook/codebook.hpp"
#include "fangtan/codebook/yaml_node.hpp"

namespace fangtan::codebook {

struct Draft {
    Code code;
    std::uint32_t name_at = 0;  // bytes of the source
    std::uint32_t id_at = 0;    // name_at if the id is the default one
    bool has_name = false;      // false: missing or faulty, and reported
    bool has_own_id = false;
};

// Names unique among siblings, ids unique in the codebook; warns of those that only look different.
void check_names(const yaml::Source& source, const std::vector<Draft>& drafts);

// Parses the entries of `rules`, each fault at its character.
[[nodiscard]] std::vector<Rule> read_rules(const yaml::Source& source, const yaml::Node& value);

}  // namespace fangtan::codebook
