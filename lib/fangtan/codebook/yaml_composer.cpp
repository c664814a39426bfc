// SPDX-License-Identifier: Apache-2.0
//
// The parser is asked for one event at a time and left as soon as a limit is
// passed: it never looks further ahead than a line, so its slow paths (deep
// flow nesting) are not reached.
#include <yaml.h>

#include <map>
#include <new>
#include <string_view>
#include <utility>

#include "fangtan/codebook/yaml_node.hpp"
#include "fangtan/codebook/yaml_syntax.hpp"
#include "fangtan/text/utf8.hpp"

namespace fangtan::codebook::yaml {
namespace {

class Parser {
 public:
    explicit Parser(std::string_view text) {
        if (yaml_parser_initialize(&parser_) == 0) throw std::bad_alloc();
        yaml_parser_set_encoding(&parser_, YAML_UTF8_ENCODING);
        yaml_parser_set_input_string(&parser_, reinterpret_cast<const unsigned char*>(text.data()),
                                     text.size());
    }
    ~Parser() {
        yaml_event_delete(&event_);
        yaml_parser_delete(&parser_);
    }
    Parser(const Parser&) = delete;
    Parser& operator=(const Parser&) = delete;

    // False after a syntax error, which fault() tells.
    [[nodiscard]] bool next() {
        yaml_event_delete(&event_);
        if (yaml_parser_parse(&parser_, &event_) != 0) return true;
        if (parser_.error == YAML_MEMORY_ERROR) throw std::bad_alloc();
        return false;
    }
    [[nodiscard]] const yaml_event_t& event() const { return event_; }

    [[nodiscard]] SyntaxFault fault(const Source& source) const {
        SyntaxFault fault;
        fault.problem = parser_.problem == nullptr ? "" : parser_.problem;
        fault.context = parser_.context == nullptr ? "" : parser_.context;
        fault.at = source.offset_of_character(parser_.problem_mark.index);
        fault.context_at =
            fault.context.empty() ? fault.at : source.offset_of_character(parser_.context_mark.index);
        return fault;
    }

 private:
    yaml_parser_t parser_{};
    yaml_event_t event_{};
};

Node::Style style_of(yaml_scalar_style_t style) {
    switch (style) {
        case YAML_SINGLE_QUOTED_SCALAR_STYLE:
            return Node::Style::single_quoted;
        case YAML_DOUBLE_QUOTED_SCALAR_STYLE:
            return Node::Style::double_quoted;
        case YAML_LITERAL_SCALAR_STYLE:
            return Node::Style::literal;
        case YAML_FOLDED_SCALAR_STYLE:
            return Node::Style::folded;
        default:
            return Node::Style::plain;
    }
}

std::string_view words(const yaml_char_t* text) {
    return text == nullptr ? "" : reinterpret_cast<const char*>(text);
}

// Functions that return false have reported why composing cannot go on.
class Composer {
 public:
    explicit Composer(const Source& source) : source_(source), parser_(source.text()) {}

    std::optional<Node> run() {
        std::optional<Node> root;
        if (!next() || !next()) return root;
        if (type() == YAML_STREAM_END_EVENT) return root;
        refuse_tag_directives();
        if (!next()) return root;
        root.emplace();
        if (!read(*root, 0, 0) || !next()) return root;
        if (type() == YAML_DOCUMENT_START_EVENT) {
            source_.error(
                begin(),
                "a second document begins here; a codebook is one document: put it in a file of its own, or "
                "delete the line \"---\"");
        }
        return root;
    }

 private:
    [[nodiscard]] bool next() {
        if (parser_.next()) return true;
        SyntaxFault fault = parser_.fault(source_);
        fault.after_scalar = last_scalar_.complete;
        fault.before = last_scalar_;
        syntax_fault_at_ = report_syntax(source_, fault);
        return false;
    }
    [[nodiscard]] yaml_event_type_t type() const { return parser_.event().type; }
    [[nodiscard]] std::uint32_t begin() const {
        return source_.offset_of_character(parser_.event().start_mark.index);
    }
    [[nodiscard]] std::uint32_t end() const {
        return source_.offset_of_character(parser_.event().end_mark.index);
    }

    void refuse_tag_directives() {
        const auto& directives = parser_.event().data.document_start.tag_directives;
        if (directives.start != directives.end)
            source_.error(begin(), "tags are not allowed; delete the line \"%TAG\"");
    }

    // Reads the node that begins with the current event, and moves to the event after it.
    [[nodiscard]] bool read(Node& node, std::size_t depth, std::size_t flow_depth) {
        node.begin = begin();
        node.end = end();
        if (++count_ > kMaximumNodes) {
            source_.error(node.begin,
                          "more than " + std::to_string(kMaximumNodes) + " values in one file; split it");
            return false;
        }
        switch (type()) {
            case YAML_SCALAR_EVENT:
                return read_scalar(node);
            case YAML_ALIAS_EVENT:
                return read_alias(node);
            case YAML_SEQUENCE_START_EVENT: {
                const auto& start = parser_.event().data.sequence_start;
                refuse_properties(start.anchor, start.tag);
                return enter(node, start.style == YAML_FLOW_SEQUENCE_STYLE, depth, flow_depth) &&
                       read_sequence(node, depth + 1,
                                     node.style == Node::Style::flow ? flow_depth + 1 : flow_depth);
            }
            default: {
                const auto& start = parser_.event().data.mapping_start;
                refuse_properties(start.anchor, start.tag);
                node.kind = Node::Kind::mapping;
                return enter(node, start.style == YAML_FLOW_MAPPING_STYLE, depth, flow_depth) &&
                       read_mapping(node, depth + 1,
                                    node.style == Node::Style::flow ? flow_depth + 1 : flow_depth);
            }
        }
    }

    [[nodiscard]] bool enter(Node& node, bool is_flow, std::size_t depth, std::size_t flow_depth) {
        node.style = is_flow ? Node::Style::flow : Node::Style::block;
        if (type() == YAML_SEQUENCE_START_EVENT) node.kind = Node::Kind::sequence;
        if (is_flow && flow_depth >= kMaximumFlowDepth) {
            source_.error(node.begin,
                          "brackets are nested more than " + std::to_string(kMaximumFlowDepth) +
                              " deep; close them, or put text that begins with \"[\" or \"{\" in quotes");
            return false;
        }
        if (depth >= kMaximumDepth) {
            source_.error(node.begin, "lists and mappings are nested more than " +
                                          std::to_string(kMaximumDepth) + " deep; check the indentation");
            return false;
        }
        return next();
    }

    [[nodiscard]] bool read_sequence(Node& node, std::size_t depth, std::size_t flow_depth) {
        while (type() != YAML_SEQUENCE_END_EVENT) {
            if (!read(node.items.emplace_back(), depth, flow_depth)) return false;
        }
        return leave(node);
    }

    [[nodiscard]] bool read_mapping(Node& node, std::size_t depth, std::size_t flow_depth) {
        std::map<std::string, std::uint32_t, std::less<>> lines;
        while (type() != YAML_MAPPING_END_EVENT) {
            Node key;
            if (!read(key, depth, flow_depth)) return false;
            check_key(key, lines);
            node.keys.push_back(std::move(key));
            if (!read(node.items.emplace_back(), depth, flow_depth)) return false;
        }
        return leave(node);
    }

    [[nodiscard]] bool leave(Node& node) {
        node.end = end();
        node.complete = true;
        return next();
    }

    void check_key(Node& key, std::map<std::string, std::uint32_t, std::less<>>& lines) {
        if (key.faulty) return;
        if (key.kind != Node::Kind::scalar) {
            source_.error(key.begin,
                          "a key must be a word; put text that begins with \"[\" or \"{\" in quotes");
            key = Node{
                .faulty = true, .begin = key.begin, .end = key.begin, .text = {}, .keys = {}, .items = {}};
            return;
        }
        const auto [first, is_new] = lines.try_emplace(key.text, source_.line(key.begin));
        if (is_new) return;
        source_.error(key.begin, "the key " + quoted(key.text) + " stands here and on line " +
                                     std::to_string(first->second) + "; join them or delete one");
    }

    [[nodiscard]] bool read_scalar(Node& node) {
        const auto& scalar = parser_.event().data.scalar;
        refuse_properties(scalar.anchor, scalar.tag);
        node.style = style_of(scalar.style);
        node.text.assign(reinterpret_cast<const char*>(scalar.value), scalar.length);
        node.complete = true;
        last_scalar_.begin = node.begin;
        last_scalar_.end = node.end;
        last_scalar_.style = node.style;
        last_scalar_.complete = true;
        if (node.style == Node::Style::plain) check_plain(node);
        if (node.style == Node::Style::double_quoted) check_escapes(node);
        if (next()) return true;
        node.faulty = node.faulty || syntax_fault_at_ == node.begin;
        return false;
    }

    [[nodiscard]] bool read_alias(Node& node) {
        source_.error(node.begin,
                      "the alias " + quoted("*" + std::string(words(parser_.event().data.alias.anchor))) +
                          " is not allowed; write the text again, or put '…' around it if it begins with *");
        node.faulty = true;
        return next();
    }

    void refuse_properties(const yaml_char_t* anchor, const yaml_char_t* tag) const {
        if (anchor != nullptr) {
            source_.error(begin(),
                          "the anchor " + quoted("&" + std::string(words(anchor))) +
                              " is not allowed; delete it, or put '…' around text that begins with &");
        }
        if (tag != nullptr) {
            source_.error(
                begin(),
                "tags (\"!\") are not allowed, every value is text; delete it, or put '…' around text that "
                "begins with !");
        }
    }

    // Two ways in which text without quotation marks is not what it seems, and nothing else would tell.
    void check_plain(const Node& node) const {
        const std::string_view text = source_.text();
        const std::string_view head = text.substr(0, node.end);  // no search may run on through a long line
        for (std::size_t feed = head.find('\n', node.begin); feed < node.end;
             feed = head.find('\n', feed + 1)) {
            const std::size_t first = text.find_first_not_of(" \t\n", feed);
            if (first >= node.end || text[first] != '-') continue;
            source_.error(static_cast<std::uint32_t>(first),
                          "\"-\" begins no entry here: the line is indented as a part of the text on line " +
                              std::to_string(source_.line(node.begin)) +
                              "; align it with the entry before (\"- \"), or put the text in quotes");
        }
        const std::size_t hash = text.find_first_not_of(" \t", node.end);
        if (node.text.empty() || hash == std::string_view::npos || hash == node.end || text[hash] != '#')
            return;
        const char after = hash + 1 < text.size() ? text[hash + 1] : ' ';
        if (after == ' ' || after == '\t' || after == '\n' || after == '#') return;
        source_.warning(
            static_cast<std::uint32_t>(hash),
            "\"#\" begins a comment here, and the text ends before it; if it belongs to the text, put the "
            "text in quotes, else put a blank after it");
    }

    // Escapes bring in what decode() would have refused.
    void check_escapes(Node& node) const {
        for (std::size_t at = 0; at < node.text.size(); at += utf8::length(node.text[at])) {
            const char32_t c = utf8::at(node.text, at);
            const bool is_control = (c < 0x20 && c != '\t' && c != '\n') || (c >= 0x7F && c < 0xA0);
            if (!is_control) continue;
            const std::size_t index = utf8::count(std::string_view(node.text).substr(0, at));
            source_.error(offset_in_source(source_, node, index),
                          "this escape is a control character, which text may not hold; delete it, or use "
                          "single quotes "
                          "if the backslash is meant");
            node.faulty = true;
            return;
        }
    }

    const Source& source_;
    Parser parser_;
    Node last_scalar_;  // without its text
    std::uint32_t syntax_fault_at_ = 0;
    std::size_t count_ = 0;
};

}  // namespace

std::optional<Node> compose(const Source& source) {
    return Composer(source).run();
}

}  // namespace fangtan::codebook::yaml
