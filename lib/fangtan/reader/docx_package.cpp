// SPDX-License-Identifier: Apache-2.0
#include "fangtan/reader/docx_package.hpp"

#include <charconv>
#include <pugixml.hpp>

#include "fangtan/base/error.hpp"
#include "fangtan/reader/xml.hpp"
#include "fangtan/text/boundary.hpp"
#include "fangtan/text/fold.hpp"
#include "fangtan/text/utf8.hpp"

namespace fangtan::reader {
namespace {

constexpr std::string_view kTransitional = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";
constexpr std::string_view kStrict = "http://purl.oclc.org/ooxml/officeDocument/relationships/";
constexpr std::string_view kCoreProperties = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties";
constexpr std::string_view kExtendedComments = "http://schemas.microsoft.com/office/2011/relationships/commentsExtended";

std::string part_place(const std::string& name, const std::string& part) { return name + ": " + utf8::escaped(part); }

// `target` as seen from the folder of `base`; empty if it leads nowhere in the archive.
std::string resolved(std::string_view base, std::string_view target) {
    std::vector<std::string_view> parts;
    const auto add = [&](std::string_view path) {
        for (std::size_t at = 0; at <= path.size();) {
            const std::size_t slash = std::min(path.find('/', at), path.size());
            const std::string_view part = path.substr(at, slash - at);
            if (part == "..") {
                if (!parts.empty()) parts.pop_back();
            } else if (!part.empty() && part != ".") {
                parts.push_back(part);
            }
            at = slash + 1;
        }
    };
    if (!target.starts_with('/') && base.find('/') != std::string_view::npos) add(base.substr(0, base.rfind('/')));
    add(target);
    std::string path;
    for (const std::string_view part : parts) {
        if (!path.empty()) path += '/';
        path += part;
    }
    return path;
}

// The part that `base` ("" is the package) points to by a relationship of this type.
std::optional<std::string> related(ZipArchive& archive, const std::string& name, const std::string& base, std::string_view type) {
    const std::size_t slash = base.rfind('/');
    const std::size_t begin = slash == std::string::npos ? 0 : slash + 1;
    const std::string part = base.substr(0, begin) + "_rels/" + base.substr(begin) + ".rels";
    if (!archive.has(part)) return std::nullopt;
    const XmlTree tree(archive.read(part), part_place(name, part));
    for (const pugi::xml_node relation : tree.root().children("rel:Relationship")) {
        const std::string_view found = relation.attribute("Type").value();
        const bool is_office = found == std::string(kTransitional) + std::string(type) || found == std::string(kStrict) + std::string(type);
        if ((!is_office && found != type) || std::string_view(relation.attribute("TargetMode").value()) == "External") continue;
        return resolved(base, relation.attribute("Target").value());
    }
    return std::nullopt;
}

struct RawStyle {
    std::string name;
    std::string based_on;
    DocxStyle own;
};

// "heading 1", "Heading1", "标题 1", "標題1" → 0
std::optional<int> level_in_name(std::string_view folded) {
    for (const std::string_view word : {"heading", "标题"}) {
        if (!folded.starts_with(word)) continue;
        std::string_view rest = folded.substr(word.size());
        while (rest.starts_with(' ')) rest.remove_prefix(1);
        if (rest.size() == 1 && rest[0] >= '1' && rest[0] <= '9') return rest[0] - '1';
    }
    return std::nullopt;
}

void understand_name(std::string_view name, DocxStyle& style) {
    const std::string folded = fold(name);
    style.is_title = folded == "title" || folded == "标题";
    if (!style.level) style.level = level_in_name(folded);
}

void add_core_properties(ZipArchive& archive, const std::string& name, DocxPackage& package) {
    const std::string part = related(archive, name, "", kCoreProperties).value_or("docProps/core.xml");
    if (!archive.has(part)) return;
    const XmlTree tree(archive.read(part), part_place(name, part));
    const auto add = [&](const char* key, const std::string& value) {
        if (!value.empty()) package.metadata.emplace_back(key, value);
    };
    add("title", plain_text_of(tree.root().child("dc:title")));
    add("author", plain_text_of(tree.root().child("dc:creator")));
    add("created", date_of(plain_text_of(tree.root().child("dcterms:created"))));
}

[[noreturn]] void refuse_other_format(const ZipArchive& archive, const std::string& name) {
    std::string what = "a zip archive that holds no Word document";
    if (archive.has("content.xml")) what = "an OpenDocument file; give it its own ending (.odt)";
    if (archive.has("xl/workbook.xml")) what = "an Excel workbook; save the sheet as CSV";
    if (archive.has("ppt/presentation.xml")) what = "a PowerPoint file";
    throw Error(ErrorKind::input, name, "expected a Word file (.docx), found " + what);
}

}  // namespace

std::optional<bool> docx_toggle(pugi::xml_node properties, const char* name) {
    const pugi::xml_node found = properties.child(name);
    if (!found) return std::nullopt;
    const std::string_view value = found.attribute("w:val").as_string("1");
    return value != "0" && value != "false" && value != "off";
}

std::string plain_text_of(pugi::xml_node element) {
    std::string text;
    struct Collect : pugi::xml_tree_walker {
        std::string* text = nullptr;
        bool for_each(pugi::xml_node& node) override {
            if (node.type() == pugi::node_pcdata) *text += node.value();
            return true;
        }
    } collect;
    collect.text = &text;
    element.traverse(collect);
    for (char& c : text) {
        if (c == '\n' || c == '\r' || c == '\t') c = ' ';
    }
    return std::string(trimmed(text, span_of(0, static_cast<std::uint32_t>(text.size()))).of(text));
}

std::string date_of(std::string_view stamp) { return std::string(stamp.substr(0, stamp.find('T'))); }

DocxStyles::DocxStyles(pugi::xml_node root) {
    std::unordered_map<std::string, RawStyle> raw;
    for (const pugi::xml_node style : root.children("w:style")) {
        const std::string id = style.attribute("w:styleId").value();
        RawStyle& entry = raw[id];
        entry.name = style.child("w:name").attribute("w:val").value();
        entry.based_on = style.child("w:basedOn").attribute("w:val").value();
        const std::string_view level = style.child("w:pPr").child("w:outlineLvl").attribute("w:val").value();
        int value = 0;
        if (std::from_chars(level.data(), level.data() + level.size(), value).ec == std::errc() && value >= 0 && value <= 9) entry.own.level = value;
        entry.own.hidden = docx_toggle(style.child("w:rPr"), "w:vanish");
        understand_name(entry.name, entry.own);
        const std::string_view is_default = style.attribute("w:default").value();
        if (std::string_view(style.attribute("w:type").value()) == "paragraph" && (is_default == "1" || is_default == "true" || is_default == "on")) default_paragraph_ = id;
    }
    for (const auto& [id, entry] : raw) {
        constexpr int kChainMaximum = 20;  // of Word's own files; also ends a circle
        DocxStyle style = entry.own;
        const RawStyle* base = &entry;
        for (int steps = 0; steps < kChainMaximum && !base->based_on.empty(); ++steps) {
            const auto next = raw.find(base->based_on);
            if (next == raw.end()) break;
            base = &next->second;
            if (!style.level) style.level = base->own.level;
            if (!style.hidden) style.hidden = base->own.hidden;
        }
        styles_.emplace(id, style);
    }
}

DocxStyle DocxStyles::of(std::string_view id) const {
    const auto found = styles_.find(std::string(id));
    if (found != styles_.end()) return found->second;
    DocxStyle style;
    understand_name(id, style);
    return style;
}

DocxPackage open_docx_package(ZipArchive& archive, const std::string& name) {
    DocxPackage package;
    const std::optional<std::string> main_part = related(archive, name, "", "officeDocument");
    if (!main_part || !archive.has(*main_part)) refuse_other_format(archive, name);
    package.main_part = *main_part;
    const std::optional<std::string> styles = related(archive, name, package.main_part, "styles");
    if (styles && archive.has(*styles)) package.styles = DocxStyles(XmlTree(archive.read(*styles), part_place(name, *styles)).root());
    add_core_properties(archive, name, package);
    package.comments = related(archive, name, package.main_part, "comments");
    package.extended_comments = related(archive, name, package.main_part, kExtendedComments);
    return package;
}

}  // namespace fangtan::reader
