// SPDX-License-Identifier: Apache-2.0
//
// The text of a Word document: paragraphs, runs, fields, tracked changes,
// tables. Internal to the reader module.
#pragma once

#include <string>

#include "fangtan/reader/comment_signs.hpp"
#include "fangtan/reader/docx_package.hpp"
#include "fangtan/reader/extracted.hpp"

namespace fangtan::reader {

// Fills text, labels and left_out, and the title as far as a paragraph of the title's style states it. Throws
// Error(input) for a document whose text cannot be told from its instructions. With `comments`: the text has their signs,
// and each comment is told where it stands.
void read_docx_body(pugi::xml_node document, const DocxStyles& styles, const std::string& name, Extracted& out, std::vector<Comment>* comments = nullptr);

}  // namespace fangtan::reader
