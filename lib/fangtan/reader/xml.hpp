// SPDX-License-Identifier: Apache-2.0
//
// XML out of Word and OpenDocument containers. What comes from outside is
// checked in full before the parser sees it, because the parser (pugixml)
// accepts far more than XML. Internal to the reader module.
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace pugi {
class xml_document;
class xml_node;
}  // namespace pugi

namespace fangtan::reader {

// A document as UTF-8 with nothing in it but elements, attributes and text: no declaration, comment or
// instruction, CDATA as text. The namespaces that Word and OpenDocument use have one prefix each, whatever the
// document calls them (w, mc, m, rel, dc, dcterms, meta, office, style, text, table, draw …); elements of others have the
// prefix "x", attributes of others and declarations are gone.
//
// Takes UTF-8 and UTF-16 (by byte-order mark or declaration). Throws Error(input) with the line for another
// encoding, a DOCTYPE, an entity that is not one of the five, a character that XML does not allow, more than 256
// elements in each other, more than 256 attributes, names above 4 KiB, and whatever else is not well-formed.
// `place` names file and part. O(n).
[[nodiscard]] std::string checked_xml(std::string bytes, const std::string& place);

// The tree of a checked document. Blanks between elements are text.
class XmlTree {
 public:
    XmlTree(std::string bytes, const std::string& place);
    ~XmlTree();
    XmlTree(XmlTree&&) noexcept;
    XmlTree& operator=(XmlTree&&) noexcept;

    [[nodiscard]] pugi::xml_node root() const;

 private:
    std::unique_ptr<pugi::xml_document> document_;
};

}  // namespace fangtan::reader
