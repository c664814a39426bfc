// SPDX-License-Identifier: Apache-2.0
#include "fangtan/reader/odt_package.hpp"

#include <pugixml.hpp>

#include "fangtan/base/error.hpp"
#include "fangtan/reader/docx_package.hpp"
#include "fangtan/reader/xml.hpp"
#include "fangtan/text/boundary.hpp"
#include "fangtan/text/utf8.hpp"

namespace fangtan::reader {
namespace {

std::string_view trimmed_text(std::string_view text) { return trimmed(text, span_of(0, static_cast<std::uint32_t>(text.size()))).of(text); }

}  // namespace

void check_odt_package(ZipArchive& archive, const std::string& name) {
    constexpr std::string_view kText = "application/vnd.oasis.opendocument.text";
    if (archive.has("word/document.xml")) throw Error(ErrorKind::input, name, "expected an OpenDocument text (.odt), found a Word file; give it its own ending (.docx)");
    if (archive.has("mimetype")) {
        const std::string type = archive.read("mimetype");
        if (!trimmed_text(utf8::first_fault(type) ? std::string_view() : std::string_view(type)).starts_with(kText)) {
            throw Error(ErrorKind::input, name, "expected an OpenDocument text (.odt), found an OpenDocument file of another kind");
        }
    }
    if (archive.has("META-INF/manifest.xml") && archive.read("META-INF/manifest.xml").find("encryption-data") != std::string::npos) {
        throw Error(ErrorKind::input, name, "the document is protected by a password; open it and save it without one");
    }
    if (!archive.has("content.xml")) throw Error(ErrorKind::input, name, "expected an OpenDocument text (.odt), found a zip archive without content.xml");
}

void add_odt_metadata(ZipArchive& archive, const std::string& name, Extracted& out) {
    if (!archive.has("meta.xml")) return;
    const XmlTree tree(archive.read("meta.xml"), name + ": meta.xml");
    const pugi::xml_node meta = tree.root().child("office:meta");
    const auto add = [&](const char* key, const std::string& value) {
        if (!value.empty()) out.metadata.emplace_back(key, value);
    };
    add("title", plain_text_of(meta.child("dc:title")));
    const std::string first_author = plain_text_of(meta.child("meta:initial-creator"));
    add("author", first_author.empty() ? plain_text_of(meta.child("dc:creator")) : first_author);
    add("created", date_of(plain_text_of(meta.child("meta:creation-date"))));
}

}  // namespace fangtan::reader
