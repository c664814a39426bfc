// SPDX-License-Identifier: Apache-2.0
#include <pugixml.hpp>
#include <utility>

#include "fangtan/base/error.hpp"
#include "fangtan/reader/docx_body.hpp"
#include "fangtan/reader/docx_comments.hpp"
#include "fangtan/reader/docx_package.hpp"
#include "fangtan/reader/formats.hpp"
#include "fangtan/reader/xml.hpp"
#include "fangtan/reader/zip_archive.hpp"
#include "fangtan/text/utf8.hpp"

namespace fangtan::reader {

Extracted extract_docx(std::string_view bytes, const std::string& name) {
    ZipArchive archive(bytes, name);
    DocxPackage package = open_docx_package(archive, name);
    const XmlTree tree(archive.read(package.main_part), name + ": " + utf8::escaped(package.main_part));
    const std::string_view root = tree.root().name();
    if (root != "w:document") {
        const bool is_sheet = package.main_part.starts_with("xl/");
        throw Error(ErrorKind::input, name, is_sheet ? "expected a Word file (.docx), found an Excel workbook; save the sheet as CSV" : "expected a Word file (.docx), found an office file of another kind");
    }
    Extracted extracted;
    extracted.metadata = std::move(package.metadata);
    read_docx_body(tree.root(), package.styles, name, extracted);
    std::vector<Comment> comments = read_docx_comments(archive, package, name);
    if (!comments.empty()) {
        Extracted with_signs;
        read_docx_body(tree.root(), package.styles, name, with_signs, &comments);
        extracted.marks = marks_of(comments, with_signs.text, extracted.text);
    }
    return extracted;
}

}  // namespace fangtan::reader
