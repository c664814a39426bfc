// SPDX-License-Identifier: Apache-2.0
//
// What the elements of a Word document's body are to its reader. Internal to
// the reader module.
#pragma once

#include <string>
#include <string_view>

namespace pugi {
class xml_node;
}

namespace fangtan::reader {

enum class DocxKind {
    container,  // everything that is not named: what it holds is read
    properties,
    paragraph,
    table,
    row,
    cell,
    run,
    text,
    tab,
    line_break,
    hyphen,
    symbol,
    deleted,
    alternatives,
    field_mark,
    footnote,
    endnote,
    comment,
    comment_begin,
    comment_end,
    reading,
    box,
    picture,
    drawn_text,
    embedded,
};

[[nodiscard]] DocxKind docx_kind_of(std::string_view element);

// What a w:t says.
[[nodiscard]] std::string docx_text_of(pugi::xml_node element);

// Whether it or something in it says anything, deleted text too.
[[nodiscard]] bool docx_holds_text(pugi::xml_node element);

// White space only; a sign (comment_signs.hpp) is nothing to be read.
[[nodiscard]] bool is_blank_text(std::string_view text);

}  // namespace fangtan::reader
