// SPDX-License-Identifier: Apache-2.0
#include "fangtan/reader/docx_elements.hpp"

#include <algorithm>
#include <pugixml.hpp>
#include <unordered_map>

#include "fangtan/reader/comment_signs.hpp"
#include "fangtan/text/boundary.hpp"

namespace fangtan::reader {
namespace {

bool is_blank(std::string_view text) { return trimmed(text, span_of(0, static_cast<std::uint32_t>(text.size()))).empty(); }

}  // namespace

DocxKind docx_kind_of(std::string_view element) {
    static const std::unordered_map<std::string_view, DocxKind> kinds = {
        {"w:pPr", DocxKind::properties}, {"w:rPr", DocxKind::properties}, {"w:sdtPr", DocxKind::properties}, {"w:sdtEndPr", DocxKind::properties},
        {"w:tblPr", DocxKind::properties}, {"w:tblPrEx", DocxKind::properties}, {"w:tblGrid", DocxKind::properties}, {"w:trPr", DocxKind::properties},
        {"w:tcPr", DocxKind::properties}, {"w:sectPr", DocxKind::properties}, {"w:instrText", DocxKind::properties}, {"w:delInstrText", DocxKind::properties},
        {"w:p", DocxKind::paragraph}, {"w:tbl", DocxKind::table}, {"w:tr", DocxKind::row}, {"w:tc", DocxKind::cell}, {"w:r", DocxKind::run}, {"m:r", DocxKind::run},
        {"w:t", DocxKind::text}, {"m:t", DocxKind::text}, {"w:tab", DocxKind::tab}, {"w:ptab", DocxKind::tab}, {"w:br", DocxKind::line_break}, {"w:cr", DocxKind::line_break},
        {"w:noBreakHyphen", DocxKind::hyphen}, {"w:sym", DocxKind::symbol}, {"w:del", DocxKind::deleted}, {"w:moveFrom", DocxKind::deleted}, {"w:delText", DocxKind::deleted},
        {"mc:AlternateContent", DocxKind::alternatives}, {"w:fldChar", DocxKind::field_mark}, {"w:footnoteReference", DocxKind::footnote},
        {"w:endnoteReference", DocxKind::endnote}, {"w:commentReference", DocxKind::comment}, {"w:commentRangeStart", DocxKind::comment_begin},
        {"w:commentRangeEnd", DocxKind::comment_end}, {"w:rt", DocxKind::reading}, {"w:txbxContent", DocxKind::box},
        {"pic:pic", DocxKind::picture}, {"v:imagedata", DocxKind::picture}, {"x:t", DocxKind::drawn_text}, {"w:altChunk", DocxKind::embedded}, {"w:subDoc", DocxKind::embedded}};
    const auto found = kinds.find(element);
    return found == kinds.end() ? DocxKind::container : found->second;
}

// Line ends in the XML are no line ends of the document; where blanks are not kept, indentation is none either.
std::string docx_text_of(pugi::xml_node element) {
    std::string text = element.text().get();
    const bool kept = std::string_view(element.attribute("xml:space").value()) == "preserve";
    if (text.find_first_of("\r\n") == std::string::npos) return text;
    if (!kept) {
        const std::size_t begin = text.find_first_not_of(" \t\r\n");
        if (begin == std::string::npos) return text.find(' ') == std::string::npos ? std::string() : " ";
        const std::size_t end = text.find_last_not_of(" \t\r\n") + 1;
        const bool indented = text.substr(0, begin).find_first_of("\r\n") != std::string::npos;
        const bool dangling = text.substr(end).find_first_of("\r\n") != std::string::npos;
        text = text.substr(indented ? begin : 0, (dangling ? end : text.size()) - (indented ? begin : 0));
    }
    std::replace_if(text.begin(), text.end(), [](char c) { return c == '\r' || c == '\n'; }, ' ');
    return text;
}

bool docx_holds_text(pugi::xml_node element) {
    struct Search : pugi::xml_tree_walker {
        bool found = false;
        bool for_each(pugi::xml_node& node) override {
            const std::string_view name = node.name();
            found = found || ((name == "w:t" || name == "w:delText") && !node.text().empty());
            return !found;
        }
    } search;
    search.for_each(element);
    if (!search.found) element.traverse(search);
    return search.found;
}

bool is_blank_text(std::string_view text) { return is_blank(text) || (text.find('\x01') != std::string_view::npos && is_blank(without_signs(text))); }

}  // namespace fangtan::reader
