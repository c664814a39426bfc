// SPDX-License-Identifier: Apache-2.0
//
// The comments of a Word document: who says what, and who answers whom.
// Internal to the reader module.
#pragma once

#include <string>
#include <vector>

#include "fangtan/reader/comment_signs.hpp"
#include "fangtan/reader/docx_package.hpp"

namespace fangtan::reader {

// In the order of the file, answers folded into what they answer; a resolved comment is one like any other. Empty for a
// document without comments.
[[nodiscard]] std::vector<Comment> read_docx_comments(ZipArchive& archive, const DocxPackage& package, const std::string& name);

}  // namespace fangtan::reader
