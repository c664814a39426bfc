// SPDX-License-Identifier: Apache-2.0
//
// A Word document (.docx) put together from headings, paragraphs and tables.
// Same calls, same bytes. Opens in Word, WPS and LibreOffice (ECMA-376,
// transitional). Fonts: Times New Roman with 宋体 for Han characters.
#pragma once

#include <string>
#include <string_view>

#include "fangtan/table/table.hpp"

namespace fangtan {

enum class ParagraphStyle { body, quotation, note };

// Controls other than line end and tab, bidirectional and zero-width characters of any text are shown as \x1b or
// <U+202E>.
class WordDocument {
 public:
    // `language`: zh-Hans, zh-Hant or en. The title is also the first heading; none if it is empty.
    explicit WordDocument(std::string_view title, std::string_view language);

    void heading(std::string_view text, int level);                                 // 1 … 6
    void paragraph(std::string_view text, ParagraphStyle style = ParagraphStyle::body);  // a line end is a line break
    // Title above, a rule above and below the heading and below the last row, notes beneath. The heading is
    // repeated on every page; a parent spans the rows of its children.
    void table(const Table& table);

    // The whole file; time stamps are fixed.
    [[nodiscard]] std::string bytes() const;

 private:
    void add_paragraph(std::string_view text, std::string_view style);
    void add_rows(const Table& table);

    std::string title_;
    std::string language_;
    std::string body_;  // children of w:body
    bool landscape_ = false;  // a table needs the width
};

}  // namespace fangtan
