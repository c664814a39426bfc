// SPDX-License-Identifier: Apache-2.0
//
// Codes as people write them in a sheet: by id, by path or by name.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace fangtan::coding {

class CodeNames {
 public:
    // Ids are unique.
    void add(const std::string& id, const std::string& name, const std::vector<std::string>& path);

    // The id of the code that is called so: an id before a path (names joined by /) before a name, each as written before
    // folded (text/fold.hpp: script, width and case aside). Empty and `fault` set if nothing fits, with the nearest names, or more than one code.
    [[nodiscard]] std::optional<std::string> find(const std::string& written, std::string& fault) const;

 private:
    using Ids = std::map<std::string, std::vector<std::string>>;
    Ids ids_, paths_, names_;
    Ids folded_ids_, folded_paths_, folded_names_;
    std::vector<std::string> all_;
};

}  // namespace fangtan::coding
