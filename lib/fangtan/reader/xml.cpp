// SPDX-License-Identifier: Apache-2.0
#include "fangtan/reader/xml.hpp"

#include <optional>
#include <pugixml.hpp>
#include <utility>

#include "fangtan/base/error.hpp"
#include "fangtan/reader/xml_check.hpp"
#include "fangtan/text/decode.hpp"
#include "fangtan/text/utf8.hpp"

namespace fangtan::reader {
namespace {

// encoding="…" of the declaration, in ASCII; empty if there is none.
std::string declared_encoding(std::string_view text) {
    if (!text.starts_with("<?xml")) return {};
    const std::string_view declaration = text.substr(0, text.find("?>"));
    const std::size_t name = declaration.find("encoding");
    if (name == std::string_view::npos) return {};
    const std::size_t open = declaration.find_first_of("\"'", name);
    if (open == std::string_view::npos) return {};
    const std::size_t close = declaration.find(declaration[open], open + 1);
    if (close == std::string_view::npos) return {};
    std::string found(declaration.substr(open + 1, close - open - 1));
    for (char& c : found) {
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    }
    return found;
}

std::string decoded(std::string bytes, const std::string& place) {
    std::optional<Encoding> wide;
    using namespace std::string_view_literals;
    const std::string_view start = std::string_view(bytes).substr(0, 4);
    if (start.starts_with("\xFF\xFE"sv) || start == "<\0?\0"sv) wide = Encoding::utf16le;
    if (start.starts_with("\xFE\xFF"sv) || start == "\0<\0?"sv) wide = Encoding::utf16be;
    const auto refuse = [&](std::string_view declaration) {
        throw Error(ErrorKind::input, place + ":1", "this XML declares the encoding " + utf8::escaped(declaration) + (wide ? ", but its bytes are UTF-16" : "; expected UTF-8 or UTF-16"));
    };
    // Before decoding: of a file in GB18030 the declaration is what the message must name.
    const std::string narrow = wide || bytes.size() < 5 ? std::string() : declared_encoding(std::string_view(bytes).substr(bytes.starts_with("\xEF\xBB\xBF") ? 3 : 0));
    const std::string_view said = narrow;
    const bool is_narrow = said.empty() || said == "UTF-8" || said == "UTF8" || said == "US-ASCII" || said == "ASCII";
    if (!is_narrow) refuse(utf8::first_fault(said) ? "?" : said);
    DecodedText text = decode(std::move(bytes), place, wide.value_or(Encoding::utf8));
    if (wide) {
        const std::string found = declared_encoding(text.text);
        const std::string_view declaration = found;
        const bool fits = declaration.empty() || declaration == "UTF-16" || declaration == name_of(*wide);
        if (!fits) refuse(declaration);
    }
    return std::move(text.text);
}

}  // namespace

std::string checked_xml(std::string bytes, const std::string& place) { return check_xml(decoded(std::move(bytes), place), place); }

XmlTree::XmlTree(std::string bytes, const std::string& place) : document_(std::make_unique<pugi::xml_document>()) {
    const std::string checked = checked_xml(std::move(bytes), place);
    constexpr unsigned kOptions = pugi::parse_escapes | pugi::parse_ws_pcdata | pugi::parse_wconv_attribute;
    const pugi::xml_parse_result result = document_->load_buffer(checked.data(), checked.size(), kOptions, pugi::encoding_utf8);
    if (!result) throw Error(ErrorKind::internal, place, std::string("the XML was found good, but the parser refuses it: ") + result.description());
}

XmlTree::~XmlTree() = default;
XmlTree::XmlTree(XmlTree&&) noexcept = default;
XmlTree& XmlTree::operator=(XmlTree&&) noexcept = default;

pugi::xml_node XmlTree::root() const { return document_->document_element(); }

}  // namespace fangtan::reader
