// SPDX-License-Identifier: Apache-2.0
#include <gumbo.h>

#include <algorithm>
#include <cctype>
#include <iterator>
#include <utility>

#include "fangtan/reader/formats.hpp"
#include "fangtan/reader/html_page.hpp"
#include "fangtan/reader/html_table.hpp"
#include "fangtan/text/boundary.hpp"

namespace fangtan::reader {
namespace {

using html::LineBuilder;

const GumboVector* children_of(const GumboNode& node) {
    if (node.type == GUMBO_NODE_DOCUMENT) return &node.v.document.children;
    return node.type == GUMBO_NODE_ELEMENT || node.type == GUMBO_NODE_TEMPLATE ? &node.v.element.children : nullptr;
}

bool is_text(const GumboNode& node) { return node.type == GUMBO_NODE_TEXT || node.type == GUMBO_NODE_CDATA || node.type == GUMBO_NODE_WHITESPACE; }

const GumboNode& child(const GumboVector& children, unsigned i) { return *static_cast<const GumboNode*>(children.data[i]); }

bool is_block(GumboTag tag) {
    switch (tag) {
        case GUMBO_TAG_ADDRESS:
        case GUMBO_TAG_ARTICLE:
        case GUMBO_TAG_ASIDE:
        case GUMBO_TAG_BLOCKQUOTE:
        case GUMBO_TAG_BODY:
        case GUMBO_TAG_BR:
        case GUMBO_TAG_CAPTION:
        case GUMBO_TAG_CENTER:
        case GUMBO_TAG_DD:
        case GUMBO_TAG_DETAILS:
        case GUMBO_TAG_DIR:
        case GUMBO_TAG_DIV:
        case GUMBO_TAG_DL:
        case GUMBO_TAG_DT:
        case GUMBO_TAG_FIELDSET:
        case GUMBO_TAG_FIGCAPTION:
        case GUMBO_TAG_FIGURE:
        case GUMBO_TAG_FOOTER:
        case GUMBO_TAG_FORM:
        case GUMBO_TAG_H1:
        case GUMBO_TAG_H2:
        case GUMBO_TAG_H3:
        case GUMBO_TAG_H4:
        case GUMBO_TAG_H5:
        case GUMBO_TAG_H6:
        case GUMBO_TAG_HEADER:
        case GUMBO_TAG_HGROUP:
        case GUMBO_TAG_HR:
        case GUMBO_TAG_HTML:
        case GUMBO_TAG_LEGEND:
        case GUMBO_TAG_LI:
        case GUMBO_TAG_LISTING:
        case GUMBO_TAG_MAIN:
        case GUMBO_TAG_MENU:
        case GUMBO_TAG_NAV:
        case GUMBO_TAG_OL:
        case GUMBO_TAG_OPTION:
        case GUMBO_TAG_P:
        case GUMBO_TAG_PLAINTEXT:
        case GUMBO_TAG_PRE:
        case GUMBO_TAG_SECTION:
        case GUMBO_TAG_SUMMARY:
        case GUMBO_TAG_UL:
        case GUMBO_TAG_XMP: return true;
        default: return false;
    }
}

bool is_preformatted(GumboTag tag) { return tag == GUMBO_TAG_PRE || tag == GUMBO_TAG_LISTING || tag == GUMBO_TAG_XMP || tag == GUMBO_TAG_PLAINTEXT; }

int heading_level(GumboTag tag) { return tag >= GUMBO_TAG_H1 && tag <= GUMBO_TAG_H6 ? static_cast<int>(tag) - static_cast<int>(GUMBO_TAG_H1) + 1 : 0; }

bool is_hidden(const GumboElement& element) {
    if (gumbo_get_attribute(&element.attributes, "hidden") != nullptr) return true;
    const GumboAttribute* style = gumbo_get_attribute(&element.attributes, "style");
    if (style == nullptr) return false;
    std::string plain;
    for (const char c : std::string_view(style->value)) {
        if (std::isspace(static_cast<unsigned char>(c)) == 0) plain += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    }
    const std::size_t at = plain.find("display:none");
    return at != std::string::npos && (at == 0 || plain[at - 1] == ';');
}

// What an element that is nobody's speech is called in the report; empty if it is speech.
std::string_view no_speech(const GumboElement& element) {
    switch (element.tag) {
        case GUMBO_TAG_SCRIPT: return "script";
        case GUMBO_TAG_STYLE: return "style";
        case GUMBO_TAG_TEMPLATE: return "template";
        case GUMBO_TAG_NOSCRIPT: return "text for browsers without scripts";
        case GUMBO_TAG_IFRAME:
        case GUMBO_TAG_OBJECT:
        case GUMBO_TAG_AUDIO:
        case GUMBO_TAG_VIDEO:
        case GUMBO_TAG_CANVAS:
        case GUMBO_TAG_SVG:
        case GUMBO_TAG_MATH: return "embedded object";
        case GUMBO_TAG_RT:
        case GUMBO_TAG_RP:
        case GUMBO_TAG_RTC: return "reading above characters";
        default: return is_hidden(element) ? "hidden text" : "";
    }
}

// All text below `node`; a page nests as deep as it likes.
std::string text_below(const GumboNode& node) {
    std::string text;
    std::vector<const GumboNode*> open{&node};
    while (!open.empty()) {
        const GumboNode& next = *open.back();
        open.pop_back();
        if (is_text(next)) text += next.v.text.text;
        const GumboVector* children = children_of(next);
        for (unsigned i = children == nullptr ? 0 : children->length; i > 0; --i) open.push_back(&child(*children, i - 1));
    }
    LineBuilder builder;
    builder.add(text, false);
    std::string all;
    for (const std::string& line : builder.take()) all += line;
    return all;
}

class PageReader {
 public:
    explicit PageReader(const GumboNode& root) : root_(root), labels_(extracted_) {}

    Extracted run() {
        builders_.emplace_back();
        open_.push_back({&root_, 0});
        enter(root_);
        while (!open_.empty()) {
            const GumboVector* children = children_of(*open_.back().node);
            if (children == nullptr || open_.back().next >= children->length) {
                leave(*open_.back().node);
                open_.pop_back();
                continue;
            }
            visit(child(*children, open_.back().next++));
        }
        for (const std::string& line : builders_.front().take()) extracted_.text += line + '\n';
        return std::move(extracted_);
    }

 private:
    struct Open {
        const GumboNode* node;
        unsigned next;  // the child to visit
    };

    [[nodiscard]] LineBuilder& builder() { return builders_.back(); }

    void leave_out(std::string_view what, unsigned line) { extracted_.left_out.push_back({std::string(what), "line " + std::to_string(line)}); }

    void visit(const GumboNode& node) {
        if (is_text(node)) return builder().add(node.v.text.text, preformatted_ > 0);
        if (node.type == GUMBO_NODE_COMMENT) {
            // [if gte mso 9]: what Word writes for itself.
            if (!std::string_view(node.v.text.text).starts_with("[if")) leave_out("comment", node.v.text.start_pos.line);
            return;
        }
        const GumboElement& element = node.v.element;
        if (element.tag == GUMBO_TAG_TITLE) return add_title(node);
        if (const std::string_view what = no_speech(element); !what.empty()) {
            const bool told = what != "script" && what != "style" && what != "template";
            if (told && !text_below(node).empty()) leave_out(what, element.start_pos.line);
            return;
        }
        open_.push_back({&node, 0});
        enter(node);
    }

    void add_title(const GumboNode& node) {
        const std::string title = text_below(node);
        if (!title.empty() && extracted_.metadata.empty()) extracted_.metadata.emplace_back("title", title);
    }

    // Text in <head> would have begun the body; nothing but the title is looked for there.
    void enter(const GumboNode& node) {
        if (node.type != GUMBO_NODE_ELEMENT) return;
        const GumboTag tag = node.v.element.tag;
        if (is_block(tag)) builder().end_line();
        if (const int level = heading_level(tag); level > 0) builder().prefix(std::string(static_cast<std::size_t>(level), '#') + " ");
        if (is_preformatted(tag)) ++preformatted_;
        if (tag == GUMBO_TAG_TABLE) {
            builder().end_line();
            tables_.emplace_back();
        } else if (tag == GUMBO_TAG_TR && !tables_.empty()) {
            tables_.back().emplace_back();
        } else if (is_cell(tag)) {
            builders_.emplace_back();
        }
    }

    void leave(const GumboNode& node) {
        if (node.type != GUMBO_NODE_ELEMENT) return;
        const GumboTag tag = node.v.element.tag;
        if (is_block(tag)) builder().end_line();
        if (heading_level(tag) > 0) builder().prefix({});
        if (is_preformatted(tag)) --preformatted_;
        if (tag == GUMBO_TAG_TABLE) {
            std::vector<std::string> lines = html::lines_of_table(tables_.back(), labels_, extracted_);
            tables_.pop_back();
            builder().add_lines(std::move(lines));
        } else if (is_cell(tag)) {
            std::vector<std::string> lines = builder().take();
            builders_.pop_back();
            tables_.back().back().push_back({std::move(lines), node.v.element.start_pos.line});
        }
    }

    // The parser puts every cell into a row and every row into a table.
    [[nodiscard]] bool is_cell(GumboTag tag) const { return (tag == GUMBO_TAG_TD || tag == GUMBO_TAG_TH) && !tables_.empty() && !tables_.back().empty(); }

    const GumboNode& root_;
    Extracted extracted_;
    SpeakerLabels labels_;
    std::vector<Open> open_;
    std::vector<LineBuilder> builders_;  // of the page, and of every cell that is open
    std::vector<std::vector<html::Row>> tables_;
    int preformatted_ = 0;
};

}  // namespace

Extracted extract_html(std::string_view text, const std::string& name) {
    const html::Page page(text, name);
    return PageReader(*page.root()).run();
}

}  // namespace fangtan::reader
