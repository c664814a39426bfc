// SPDX-License-Identifier: Apache-2.0
//
// From the pages of a printed document to one text: page numbers and running
// heads at the edges of pages are nobody's speech. Internal to the PDF reader.
#pragma once

#include <string_view>

#include "fangtan/reader/extracted.hpp"

namespace fangtan::reader::pdf {

// `text`: valid UTF-8, LF, a form feed after every page. Lines are not joined.
[[nodiscard]] Extracted join_pages(std::string_view text);

// Whether text that keeps its place on the page stands in columns side by side, so that its lines are no sentences.
[[nodiscard]] bool stands_in_columns(std::string_view text);

}  // namespace fangtan::reader::pdf
