// SPDX-License-Identifier: Apache-2.0
#include "fangtan/reader/xml_names.hpp"

#include <algorithm>
#include <array>

namespace fangtan::reader {
namespace {

struct KnownNamespace {
    std::string_view uri;
    std::string_view prefix;
};
// The strict form of Office's formats has namespaces of its own; both mean the same elements.
constexpr std::array kKnownNamespaces = {
    KnownNamespace{kXmlNamespace, "xml"},
    KnownNamespace{"http://schemas.openxmlformats.org/wordprocessingml/2006/main", "w"},
    KnownNamespace{"http://purl.oclc.org/ooxml/wordprocessingml/main", "w"},
    KnownNamespace{"http://schemas.microsoft.com/office/word/2010/wordml", "w14"},
    KnownNamespace{"http://schemas.microsoft.com/office/word/2012/wordml", "w15"},
    KnownNamespace{"http://schemas.openxmlformats.org/markup-compatibility/2006", "mc"},
    KnownNamespace{"http://schemas.openxmlformats.org/officeDocument/2006/math", "m"},
    KnownNamespace{"http://purl.oclc.org/ooxml/officeDocument/math", "m"},
    KnownNamespace{"http://schemas.openxmlformats.org/package/2006/relationships", "rel"},
    KnownNamespace{"http://schemas.openxmlformats.org/package/2006/metadata/core-properties", "cp"},
    KnownNamespace{"http://schemas.openxmlformats.org/drawingml/2006/picture", "pic"},
    KnownNamespace{"http://purl.oclc.org/ooxml/drawingml/picture", "pic"},
    KnownNamespace{"urn:schemas-microsoft-com:vml", "v"},
    KnownNamespace{"http://purl.org/dc/elements/1.1/", "dc"},
    KnownNamespace{"http://purl.org/dc/terms/", "dcterms"},
    KnownNamespace{"urn:oasis:names:tc:opendocument:xmlns:office:1.0", "office"},
    KnownNamespace{"urn:oasis:names:tc:opendocument:xmlns:meta:1.0", "meta"},
    KnownNamespace{"urn:oasis:names:tc:opendocument:xmlns:style:1.0", "style"},
    KnownNamespace{"urn:oasis:names:tc:opendocument:xmlns:text:1.0", "text"},
    KnownNamespace{"urn:oasis:names:tc:opendocument:xmlns:table:1.0", "table"},
    KnownNamespace{"urn:oasis:names:tc:opendocument:xmlns:drawing:1.0", "draw"},
};

}  // namespace

std::string_view canonical_prefix(std::string_view uri) {
    const auto known = std::find_if(kKnownNamespaces.begin(), kKnownNamespaces.end(), [&](const KnownNamespace& one) { return one.uri == uri; });
    return known == kKnownNamespaces.end() ? kForeignPrefix : known->prefix;
}

bool is_xml_character(char32_t c) {
    return c == 0x9 || c == 0xA || c == 0xD || (c >= 0x20 && c <= 0xD7FF) || (c >= 0xE000 && c <= 0xFFFD) || (c >= 0x10000 && c <= 0x10FFFF);
}

bool starts_name(char32_t c) {
    if (c < 0x80) return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    return (c >= 0xC0 && c <= 0x2FF && c != 0xD7 && c != 0xF7) || (c >= 0x370 && c <= 0x1FFF && c != 0x37E) || c == 0x200C || c == 0x200D ||
           (c >= 0x2070 && c <= 0x218F) || (c >= 0x2C00 && c <= 0x2FEF) || (c >= 0x3001 && c <= 0xD7FF) || (c >= 0xF900 && c <= 0xFDCF) ||
           (c >= 0xFDF0 && c <= 0xFFFD) || (c >= 0x10000 && c <= 0xEFFFF);
}
bool continues_name(char32_t c) {
    return starts_name(c) || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == 0xB7 || (c >= 0x300 && c <= 0x36F) || c == 0x203F || c == 0x2040;
}

}  // namespace fangtan::reader
