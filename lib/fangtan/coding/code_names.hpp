// SPDX-License-Identifier: Apache-2.0
//
// Codes as people write them in notes and sheets: the id, the path, or as many
// of its last names as are unique.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "fangtan/codebook/codebook.hpp"

namespace fangtan::coding {

// Blanks around the word, / ／ > ＞ → as separators. The exact spelling before script, width and case are put aside
// (text/fold.hpp), an id before a path, a whole path before the end of another's.
class CodeNames {
 public:
    CodeNames() = default;
    explicit CodeNames(const Codebook& codebook);  // numbers are those of CodeId

    // The code's number is the number of codes before. Ids are unique.
    void add(const std::string& id, const std::string& name, const std::vector<std::string>& path);

    struct Found {
        std::optional<std::uint32_t> code;
        std::vector<std::string> candidates;  // ids, where more than one code is called so

        [[nodiscard]] bool nothing() const { return !code && candidates.empty(); }
    };
    [[nodiscard]] Found find(std::string_view name) const;
    // What is wrong about `name`, for which find() finds no single code: with the nearest names, else with some that share its characters.
    [[nodiscard]] std::string fault(const std::string& name) const;
    [[nodiscard]] const std::string& id(std::uint32_t code) const { return codes_[code].id; }

    // "部分/子", as find() reads it.
    [[nodiscard]] static std::vector<std::string> split_path(std::string_view path);

 private:
    using Numbers = std::map<std::string, std::vector<std::uint32_t>, std::less<>>;
    [[nodiscard]] Found among(const Numbers& names, const std::string& name) const;
    [[nodiscard]] std::vector<std::string> similar(const std::string& name) const;

    struct Entry {
        std::string id;
        std::string name;
        std::string path;  // joined by /
    };
    std::vector<Entry> codes_;
    std::map<std::string, std::uint32_t, std::less<>> ids_;
    Numbers names_;   // every end of every path
    Numbers folded_;  // the same and the ids, folded
};

}  // namespace fangtan::coding
