// SPDX-License-Identifier: Apache-2.0
#include "fangtan/reader/docx_comments.hpp"

#include <map>
#include <optional>
#include <pugixml.hpp>

#include "fangtan/reader/xml.hpp"
#include "fangtan/text/boundary.hpp"
#include "fangtan/text/utf8.hpp"

namespace fangtan::reader {
namespace {

std::string trimmed_text(std::string_view text) { return std::string(trimmed(text, span_of(0, static_cast<std::uint32_t>(text.size()))).of(text)); }

void append_text(pugi::xml_node parent, std::string& text) {
    for (const pugi::xml_node child : parent.children()) {
        const std::string_view name = child.name();
        if (name == "w:t") {
            text += child.text().get();
        } else if (name == "w:tab") {
            text += ' ';
        } else if (name == "w:br" || name == "w:cr") {
            text += '\n';
        } else if (name == "w:p") {
            append_text(child, text);
            text += '\n';
        } else if (name != "w:del" && name != "w:moveFrom" && name != "w:pPr" && name != "w:rPr") {
            append_text(child, text);
        }
    }
}

using Parents = std::map<std::string, std::string, std::less<>>;  // ids of paragraphs

Parents parents_in(ZipArchive& archive, const DocxPackage& package, const std::string& name) {
    Parents parents;
    if (!package.extended_comments || !archive.has(*package.extended_comments)) return parents;
    const XmlTree tree(archive.read(*package.extended_comments), name + ": " + utf8::escaped(*package.extended_comments));
    for (const pugi::xml_node entry : tree.root().children("w15:commentEx")) {
        const std::string parent = entry.attribute("w15:paraIdParent").value();
        if (!parent.empty()) parents.emplace(entry.attribute("w15:paraId").value(), parent);
    }
    return parents;
}

}  // namespace

std::vector<Comment> read_docx_comments(ZipArchive& archive, const DocxPackage& package, const std::string& name) {
    std::vector<Comment> comments;
    if (!package.comments || !archive.has(*package.comments)) return comments;
    const XmlTree tree(archive.read(*package.comments), name + ": " + utf8::escaped(*package.comments));
    std::vector<Comment> all;
    std::vector<std::string> last_paragraphs;
    std::map<std::string, std::size_t, std::less<>> by_paragraph;
    for (const pugi::xml_node element : tree.root().children("w:comment")) {
        Comment comment;
        comment.id = element.attribute("w:id").value();
        comment.author = trimmed_text(element.attribute("w:author").value());
        append_text(element, comment.note);
        comment.note = trimmed_text(comment.note);
        last_paragraphs.emplace_back();
        for (const pugi::xml_node paragraph : element.children("w:p")) {
            last_paragraphs.back() = paragraph.attribute("w14:paraId").value();
            if (!last_paragraphs.back().empty()) by_paragraph.emplace(last_paragraphs.back(), all.size());
        }
        all.push_back(std::move(comment));
    }
    const Parents parents = parents_in(archive, package, name);
    // The comment that began the thread; a file whose answers go round in a ring has none.
    const auto root_of = [&](std::size_t comment) {
        std::size_t root = comment;
        for (std::size_t steps = 0; steps < all.size(); ++steps) {
            const auto parent = parents.find(last_paragraphs[root]);
            if (parent == parents.end()) return root;
            const auto above = by_paragraph.find(parent->second);
            if (above == by_paragraph.end()) return root;
            root = above->second;
        }
        return comment;
    };
    std::vector<std::size_t> roots;
    for (std::size_t i = 0; i < all.size(); ++i) roots.push_back(root_of(i));
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (roots[i] == i) continue;
        std::string& discussion = all[roots[i]].discussion;
        discussion += (discussion.empty() ? "" : "\n") + (all[i].author.empty() ? std::string() : all[i].author + ": ") + all[i].note;
    }
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (roots[i] == i) comments.push_back(std::move(all[i]));
    }
    return comments;
}

}  // namespace fangtan::reader
