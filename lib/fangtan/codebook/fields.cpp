// SPDX-License-Identifier: Apache-2.0
#include "fangtan/codebook/fields.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "fangtan/codebook/yaml_syntax.hpp"
#include "fangtan/text/character.hpp"
#include "fangtan/text/diagnostic_text.hpp"
#include "fangtan/text/fold.hpp"
#include "fangtan/text/utf8.hpp"

namespace fangtan::codebook {
namespace {

using yaml::Node;
using yaml::Source;

constexpr std::size_t kLabelMaximum = 256;  // characters

std::string in_quotes(std::string_view key) {
    return "\"" + std::string(key) + "\"";
}

std::string_view kind_of(const Node& node) {
    switch (node.kind) {
        case Node::Kind::sequence:
            return "a list";
        case Node::Kind::mapping:
            return "a mapping";
        default:
            return "text";
    }
}

// Where the comment begins in `key: #text` and `- #text`, which were meant to have a value.
std::optional<std::uint32_t> comment_instead(const Source& source, const Node& node) {
    const std::string_view text = source.text();
    const std::size_t next = text.find_first_not_of(" \t", node.end);
    if (!node.is_absent() || next == std::string_view::npos || text[next] != '#') return std::nullopt;
    return static_cast<std::uint32_t>(next);
}

void report_wrong_entry(const Source& source, std::string_view key, const Node& entry) {
    std::string message = "an entry of " + in_quotes(key) + " must be text, but " +
                          std::string(kind_of(entry)) + " was found; ";
    if (entry.kind == Node::Kind::mapping) {
        message += "put text that holds \": \" or begins with \"{\" in quotes";
    } else {
        message += entry.style == Node::Style::flow
                       ? "put text that begins with \"[\" in quotes"
                       : "begin an entry with one \"- \", or put text that begins so in quotes";
    }
    source.error(entry.begin, std::move(message));
}

void report_empty_entry(const Source& source, std::string_view key, const Node& entry) {
    if (const auto comment = comment_instead(source, entry)) {
        source.error(
            *comment,
            "this entry of " + in_quotes(key) +
                " is empty, because \"#\" begins a comment; put text that begins with \"#\" in quotes");
    } else if (key == "rules") {
        source.error(entry.begin, "empty rule; write what to search for after \"- \", or delete the line");
    } else {
        source.error(entry.begin, "this entry of " + in_quotes(key) +
                                      " is empty; write its text after \"- \", or delete the line");
    }
}

constexpr std::array<std::string_view, 6> kCodebookKeys = {"name",   "version", "language",
                                                           "source", "levels",  "codes"};
constexpr std::array<std::string_view, 12> kCodeKeys = {
    "name", "id",       "definition", "include", "exclude", "color", "examples", "counterexamples",
    "unit", "speakers", "rules",      "codes"};

// Words people use for our keys. Chinese ones are folded, so that both scripts are met.
constexpr std::array<std::pair<std::string_view, std::string_view>, 37> kOtherWords = {{
    {"名称", "name"},
    {"名字", "name"},
    {"编码名称", "name"},
    {"节点", "name"},
    {"title", "name"},
    {"label", "name"},
    {"编号", "id"},
    {"标识", "id"},
    {"定义", "definition"},
    {"说明", "definition"},
    {"描述", "definition"},
    {"description", "definition"},
    {"适用", "include"},
    {"包含", "include"},
    {"包括", "include"},
    {"不适用", "exclude"},
    {"不包含", "exclude"},
    {"排除", "exclude"},
    {"颜色", "color"},
    {"例", "examples"},
    {"例子", "examples"},
    {"示例", "examples"},
    {"反例", "counterexamples"},
    {"单元", "unit"},
    {"分析单元", "unit"},
    {"说话人", "speakers"},
    {"受访者", "speakers"},
    {"规则", "rules"},
    {"关键词", "rules"},
    {"keywords", "rules"},
    {"编码", "codes"},
    {"子编码", "codes"},
    {"children", "codes"},
    {"subcodes", "codes"},
    {"版本", "version"},
    {"语言", "language"},
    {"来源", "source"},
}};

template <class Keys>
bool holds(const Keys& keys, std::string_view key) {
    return std::find(keys.begin(), keys.end(), key) != keys.end();
}

template <class Keys>
std::string advice_for(const std::string& key, const Keys& keys, std::string_view owner) {
    std::string meant;
    const std::string folded = fold(key);
    for (const auto& [word, our_key] : kOtherWords) {
        if (word == folded && holds(keys, our_key)) meant = our_key;
    }
    if (meant.empty() && holds(keys, folded)) meant = folded;
    if (meant.empty()) meant = nearest(key, std::vector<std::string>(keys.begin(), keys.end()));
    if (!meant.empty()) return "did you mean " + in_quotes(meant) + "?";
    std::string list;
    for (const std::string_view each : keys) list += (list.empty() ? "" : ", ") + std::string(each);
    return "the keys of " + std::string(owner) + " are " + list;
}

}  // namespace

bool is_blank(std::string_view text) {
    for (std::size_t at = 0; at < text.size(); at += utf8::length(text[at])) {
        const char32_t c = utf8::at(text, at);
        if (!is_white_space(c) && !is_ignorable(c)) return false;
    }
    return true;
}

std::string read_text(const Source& source, std::string_view key, const Node& value) {
    if (value.faulty) return {};
    if (value.kind == Node::Kind::sequence) {
        source.error(value.begin,
                     in_quotes(key) + " must be text, but a list was found; " +
                         (value.style == Node::Style::flow ? "put text that begins with \"[\" in quotes"
                                                           : "write it after the colon, without \"- \""));
    } else if (value.kind == Node::Kind::mapping) {
        source.error(value.begin, in_quotes(key) +
                                      " must be text, but a mapping was found; put text that holds \": \" or "
                                      "begins with \"{\" in quotes");
    } else if (const auto comment = comment_instead(source, value)) {
        source.error(*comment, in_quotes(key) +
                                   " has no value, because \"#\" begins a comment; put a value that begins "
                                   "with \"#\" in quotes, or delete the key");
    }
    return value.text;
}

std::string read_label(const Source& source, std::string_view key, const Node& value) {
    std::string text = read_text(source, key, value);
    if (value.faulty || value.kind != Node::Kind::scalar || comment_instead(source, value)) return {};
    if (is_blank(text)) {
        source.error(value.begin, in_quotes(key) + " is empty; write one after the colon" +
                                      (key == "id" ? ", or delete the key" : ""));
        return {};
    }
    if (text.find_first_of("\n\t") != std::string::npos) {
        source.error(
            value.begin,
            in_quotes(key) +
                " holds a line break or a tab; write it on one line, after the colon, without \"|\"");
        return {};
    }
    if (const std::size_t length = utf8::count(text); length > kLabelMaximum) {
        source.error(value.begin, in_quotes(key) + " has " + std::to_string(length) +
                                      " characters; at most " + std::to_string(kLabelMaximum) +
                                      " are allowed (explanations belong into \"definition\")");
        return {};
    }
    return text;
}

std::vector<const Node*> read_entries(const Source& source, std::string_view key, const Node& value) {
    std::vector<const Node*> entries;
    if (value.faulty || value.is_absent()) return entries;
    if (value.kind == Node::Kind::scalar) {
        source.error(value.begin,
                     in_quotes(key) +
                         " must be a list, but text was found; write each entry on a line of its "
                         "own, below the key, as \"- …\"");
        return entries;
    }
    if (value.kind == Node::Kind::mapping) {
        source.error(value.begin,
                     in_quotes(key) +
                         " must be a list, but a mapping was found; begin each entry with \"- \", and "
                         "put text that holds \": \" in quotes");
        return entries;
    }
    for (const Node& entry : value.items) {
        if (entry.faulty) continue;
        if (entry.kind != Node::Kind::scalar) {
            report_wrong_entry(source, key, entry);
        } else if (is_blank(entry.text)) {
            report_empty_entry(source, key, entry);
        } else {
            entries.push_back(&entry);
        }
    }
    return entries;
}

std::vector<std::string> read_texts(const Source& source, std::string_view key, const Node& value) {
    std::vector<std::string> texts;
    for (const Node* entry : read_entries(source, key, value)) texts.push_back(entry->text);
    return texts;
}

std::vector<Written> read_written(const Source& source, std::string_view key, const Node& value) {
    std::vector<Written> texts;
    for (const Node* entry : read_entries(source, key, value)) {
        texts.push_back({entry->text, source.position(entry->begin)});
    }
    return texts;
}

void check_key(const Source& source, const Node& key, Place place) {
    if (key.faulty) return;
    const bool in_codebook = holds(kCodebookKeys, key.text);
    const bool in_code = holds(kCodeKeys, key.text);
    if (place == Place::codebook ? in_codebook : in_code) return;
    if (in_codebook) {
        source.error(key.begin, "the key " + in_quotes(key.text) +
                                    " belongs to the codebook, not to a code; move it to the top of the "
                                    "file, without indentation");
    } else if (in_code) {
        source.error(key.begin,
                     "the key " + in_quotes(key.text) +
                         " belongs to a code, not to the codebook; indent it under the \"name\" of its code");
    } else {
        source.error(key.begin,
                     "unknown key " + yaml::quoted(key.text) + "; " +
                         (place == Place::codebook ? advice_for(key.text, kCodebookKeys, "a codebook")
                                                   : advice_for(key.text, kCodeKeys, "a code")));
    }
}

}  // namespace fangtan::codebook
