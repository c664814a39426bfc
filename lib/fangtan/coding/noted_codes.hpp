// SPDX-License-Identifier: Apache-2.0
//
// Codes as people write them in a note: the id, the path or its last names,
// several in a row, with a memo behind them.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "fangtan/codebook/codebook.hpp"

namespace fangtan::coding {

// Finds codes by name: the id, or as many names from the end of the path as are unique, joined by / or >; script, width
// and case do not matter where the exact spelling finds nothing.
class CodebookNames {
 public:
    // The codebook must outlive this.
    explicit CodebookNames(const Codebook& codebook);

    struct Found {
        std::optional<CodeId> code;
        std::vector<std::string> candidates;  // ids, where more than one code is called so
    };
    [[nodiscard]] Found find(std::string_view name) const;
    // What is wrong about `name`, which find() finds no single code for; with the names nearest to it.
    [[nodiscard]] std::string fault(const std::string& name) const;
    [[nodiscard]] const Codebook& codebook() const { return codebook_; }

 private:
    [[nodiscard]] Found among(const std::map<std::string, std::vector<CodeId>, std::less<>>& names, const std::string& name) const;

    const Codebook& codebook_;
    std::map<std::string, CodeId, std::less<>> ids_;
    std::map<std::string, std::vector<CodeId>, std::less<>> names_;   // every end of every path
    std::map<std::string, std::vector<CodeId>, std::less<>> folded_;  // the same and the ids, folded
};

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
[[nodiscard]] Note parse_note(std::string_view text, const CodebookNames& names);

// The codebook as YAML, with a code for each name that it does not have, in their order: at the end, or at the end of the parent where
// the name is a path that begins with one. Parents that are missing are added too.
[[nodiscard]] std::string yaml_with_codes(const Codebook& codebook, const std::vector<std::string>& names);

}  // namespace fangtan::coding
