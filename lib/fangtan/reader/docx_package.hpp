// SPDX-License-Identifier: Apache-2.0
//
// The parts of a Word file around its text: where the text is, what its
// styles mean, what the file says of itself. Internal to the reader module.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "fangtan/reader/zip_archive.hpp"

namespace pugi {
class xml_node;
}

namespace fangtan::reader {

// What a style says, its basedOn chain resolved.
struct DocxStyle {
    std::optional<int> level;  // of the outline, from 0; 9 is text
    bool is_title = false;
    std::optional<bool> hidden;
};

class DocxStyles {
 public:
    DocxStyles() = default;
    explicit DocxStyles(pugi::xml_node root);  // of styles.xml

    // Of a style the file does not define, what its id says.
    [[nodiscard]] DocxStyle of(std::string_view id) const;
    // The style of paragraphs that name none; empty if there is none.
    [[nodiscard]] const std::string& default_paragraph() const { return default_paragraph_; }

 private:
    std::unordered_map<std::string, DocxStyle> styles_;
    std::string default_paragraph_;
};

// <w:vanish/>, <w:vanish w:val="0"/>; empty if `properties` has no such child.
[[nodiscard]] std::optional<bool> docx_toggle(pugi::xml_node properties, const char* name);

struct DocxPackage {
    std::string main_part;
    DocxStyles styles;
    std::vector<std::pair<std::string, std::string>> metadata;
    std::optional<std::string> comments;           // the part that holds them
    std::optional<std::string> extended_comments;  // the part that says which one answers which
};

// Follows the relationships from the root. Throws Error(input) for what is no Word file.
[[nodiscard]] DocxPackage open_docx_package(ZipArchive& archive, const std::string& name);

// Only the text of an element and of what is in it, trimmed.
[[nodiscard]] std::string plain_text_of(pugi::xml_node element);

// "2021-03-05T08:00:00Z" without its time.
[[nodiscard]] std::string date_of(std::string_view stamp);

}  // namespace fangtan::reader
