// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "fangtan/base/sha256.hpp"
#include "fangtan/codebook/codebook.hpp"
#include "fangtan/codebook/draft.hpp"
#include "fangtan/codebook/fields.hpp"
#include "fangtan/codebook/yaml_node.hpp"
#include "fangtan/codebook/yaml_syntax.hpp"
#include "fangtan/text/diagnostic_text.hpp"
#include "fangtan/text/fold.hpp"
#include "fangtan/text/utf8.hpp"

namespace fangtan::codebook {
namespace {

using yaml::Node;
using yaml::Source;

constexpr std::uint32_t kLevelMaximum = 64;
constexpr std::size_t kPathMaximum = 1024;  // characters; every code carries its path
constexpr std::size_t kCodesMaximum = 100'000;

constexpr const char* kEmpty = "the file is empty; a codebook has at least \"name: …\" and \"codes:\"";

std::string meant_unit(const std::string& word) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 9> kWords = {{{"分句", "clause"},
                                                                                      {"句子", "sentence"},
                                                                                      {"句", "sentence"},
                                                                                      {"话轮", "turn"},
                                                                                      {"段落", "paragraph"},
                                                                                      {"段", "paragraph"},
                                                                                      {"文档", "document"},
                                                                                      {"全文", "document"},
                                                                                      {"文件", "document"}}};
    const std::string folded = fold(word);
    for (const auto& [ours, unit] : kWords) {
        if (ours == folded) return std::string(unit);
    }
    return nearest(folded, {"match", "clause", "sentence", "turn", "paragraph", "document"});
}

std::string joined(const std::vector<std::string>& path) {
    std::string text;
    for (const std::string& name : path) text += (text.empty() ? "" : "/") + name;
    return text;
}

bool is_color(std::string_view text) {
    return text.size() == 7 && text[0] == '#' &&
           text.find_first_not_of("0123456789abcdefABCDEF", 1) == std::string_view::npos;
}

class Loader {
 public:
    explicit Loader(const Source& source) : source_(source) {}

    void read(const Node& root) {
        if (root.faulty) return;
        if (root.kind != Node::Kind::mapping) return report_root(root);
        for (std::size_t i = 0; i < root.keys.size(); ++i) {
            check_key(source_, root.keys[i], Place::codebook);
            if (i < root.items.size()) read_head(root.keys[i].text, root.items[i]);
        }
        if (root.complete) report_missing(root);
        check_names(source_, drafts_);
    }

    [[nodiscard]] Codebook finish(std::string sha256) && {
        std::vector<Code> codes;
        codes.reserve(drafts_.size());
        for (Draft& draft : drafts_) codes.push_back(std::move(draft.code));
        return Codebook(std::move(name_), std::move(version_), std::move(language_), std::move(origin_),
                        std::move(levels_), std::move(codes), std::move(sha256));
    }

 private:
    void report_root(const Node& root) const {
        if (root.is_absent()) return source_.error(root.begin, kEmpty);
        const std::string found = root.kind == Node::Kind::sequence ? "a list" : "text";
        const std::string advice = yaml::colon_advice(root.text);
        source_.error(root.begin,
                      "a codebook begins with \"name: …\" and \"codes:\", but " + found + " was found" +
                          (!advice.empty() ? advice
                           : root.kind == Node::Kind::sequence
                               ? "; put \"codes:\" on a line before the list, and \"name: …\" before that"
                               : "; is this the right file?"));
    }

    void report_missing(const Node& root) const {
        const auto has = [&](std::string_view key) {
            return std::any_of(root.keys.begin(), root.keys.end(),
                               [&](const Node& each) { return each.text == key; });
        };
        if (!has("name")) {
            source_.error(root.begin, "the codebook has no name; add a line \"name: …\" at the top");
        }
        if (!has("codes")) {
            source_.error(root.begin,
                          "the codebook has no codes; add \"codes:\" and below it \"- name: …\" for each");
        }
    }

    void read_head(std::string_view key, const Node& value) {
        if (key == "name") name_ = read_label(source_, key, value);
        if (key == "version") version_ = read_text(source_, key, value);
        if (key == "language") {
            language_ = value.is_absent() ? read_text(source_, key, value) : read_label(source_, key, value);
        }
        if (key == "source") origin_ = read_text(source_, key, value);
        if (key == "levels") levels_ = read_texts(source_, key, value);
        if (key == "codes") {
            const bool is_empty =
                (value.is_absent() && !value.faulty) ||
                (value.kind == Node::Kind::sequence && value.items.empty() && value.complete);
            if (is_empty) {
                source_.error(value.begin,
                              "\"codes\" is empty; a codebook needs at least one code: \"- name: …\"");
            }
            read_codes(value, std::nullopt);
        }
    }

    void read_codes(const Node& value, std::optional<CodeId> parent) {
        if (value.faulty || value.is_absent()) return;
        if (value.kind != Node::Kind::sequence) {
            return source_.error(value.begin, std::string("\"codes\" must be a list, but ") +
                                                  (value.kind == Node::Kind::mapping ? "a mapping" : "text") +
                                                  " was found; begin each code with \"- name: …\"");
        }
        for (const Node& item : value.items) {
            if (item.faulty) continue;
            if (item.kind != Node::Kind::mapping) {
                report_no_code(item);
            } else if (drafts_.size() == kCodesMaximum) {
                if (!std::exchange(is_full_, true)) {
                    source_.error(item.begin, "more than " + std::to_string(kCodesMaximum) +
                                                  " codes; split the codebook");
                }
            } else {
                read_code(item, parent);
            }
        }
    }

    void report_no_code(const Node& item) const {
        if (item.is_absent()) {
            return source_.error(item.begin, "this code is empty; write \"- name: …\", or delete the line");
        }
        if (item.kind == Node::Kind::sequence) {
            return source_.error(
                item.begin,
                "a code must be a mapping, but a list was found; write \"- name: …\", with one \"- \"");
        }
        const std::string advice = yaml::colon_advice(item.text);
        source_.error(item.begin,
                      "a code must be a mapping, but text was found" +
                          (advice.empty() ? "; write \"- name: " + item.text.substr(0, clip(item.text)) + "\""
                                          : advice));
    }

    [[nodiscard]] static std::size_t clip(std::string_view text) {
        std::size_t end = 0;
        for (int i = 0; i < 20 && end < text.size(); ++i) end += utf8::length(text[end]);
        return end;
    }

    void read_code(const Node& node, std::optional<CodeId> parent) {
        const std::size_t index = drafts_.size();
        Draft draft;
        draft.code.parent = parent;
        if (parent) {
            Code& above = drafts_[static_cast<std::size_t>(*parent)].code;
            above.has_children = true;
            draft.code.level = above.level + 1;
            draft.code.path = above.path;
        }
        if (draft.code.level > kLevelMaximum) {
            return source_.error(node.begin, "codes are nested more than " + std::to_string(kLevelMaximum) +
                                                 " levels deep; check the indentation");
        }
        read_names(node, draft);
        for (std::size_t i = 0; i < node.keys.size(); ++i) {
            check_key(source_, node.keys[i], Place::code);
            if (i < node.items.size()) read_value(node.keys[i].text, node.items[i], draft.code);
        }
        drafts_.push_back(std::move(draft));
        for (std::size_t i = 0; i < node.items.size(); ++i) {
            if (node.keys[i].text == "codes")
                read_codes(node.items[i], CodeId{static_cast<std::uint32_t>(index)});
        }
    }

    // Before all else, because children and messages need them.
    void read_names(const Node& node, Draft& draft) {
        bool is_given = false;
        draft.name_at = node.begin;
        draft.id_at = node.begin;
        for (std::size_t i = 0; i < node.items.size(); ++i) {
            const std::string& key = node.keys[i].text;
            if (key == "name") {
                is_given = true;
                draft.name_at = node.items[i].begin;
                draft.code.name = read_label(source_, key, node.items[i]);
            } else if (key == "id") {
                draft.id_at = node.items[i].begin;
                draft.code.id = node.items[i].is_absent() ? read_text(source_, key, node.items[i])
                                                          : read_label(source_, key, node.items[i]);
            }
        }
        if (!is_given && node.complete)
            source_.error(node.begin, "this code has no name; add \"name: …\" to it");
        draft.has_name = !draft.code.name.empty();
        draft.has_own_id = !draft.code.id.empty();
        draft.code.position = source_.position(draft.name_at);
        draft.code.path.push_back(draft.code.name);
        const std::string path = joined(draft.code.path);
        if (utf8::count(path) > kPathMaximum) {
            source_.error(draft.name_at, "the names from the top down to this code have more than " +
                                             std::to_string(kPathMaximum) +
                                             " characters together; shorten them");
            draft.code.path = {draft.code.name};
        }
        if (!draft.has_own_id) {
            draft.id_at = draft.name_at;
            draft.code.id = path;
        }
    }

    void read_value(std::string_view key, const Node& value, Code& code) {
        if (key == "definition") code.definition = read_text(source_, key, value);
        if (key == "include") code.include = read_texts(source_, key, value);
        if (key == "exclude") code.exclude = read_texts(source_, key, value);
        if (key == "color") code.color = read_color(value);
        if (key == "examples") code.examples = read_written(source_, key, value);
        if (key == "counterexamples") code.counterexamples = read_written(source_, key, value);
        if (key == "unit") code.unit = read_unit(value);
        if (key == "speakers") code.speakers = read_speakers(value);
        if (key == "rules") code.rules = read_rules(source_, value);
    }

    [[nodiscard]] std::string read_color(const Node& value) const {
        std::string color = read_text(source_, "color", value);
        if (value.faulty || value.kind != Node::Kind::scalar || value.is_absent() || is_color(color))
            return color;
        source_.error(value.begin, "the color " + yaml::quoted(color) +
                                       " must be \"#\" and six hexadecimal digits, in quotes: \"#c0392b\"");
        return {};
    }

    [[nodiscard]] std::optional<UnitKind> read_unit(const Node& value) const {
        const std::string name = read_text(source_, "unit", value);
        if (value.faulty || value.kind != Node::Kind::scalar || value.is_absent()) return std::nullopt;
        const std::optional<UnitKind> unit = unit_kind_of(name);
        if (unit) return unit;
        const std::string meant = meant_unit(name);
        source_.error(value.begin, "unknown unit " + yaml::quoted(name) +
                                       "; the units are match, clause, sentence, turn, paragraph, document" +
                                       (meant.empty() ? "" : " (did you mean \"" + meant + "\"?)"));
        return std::nullopt;
    }

    [[nodiscard]] std::vector<std::string> read_speakers(const Node& value) const {
        std::vector<std::string> speakers;
        for (const Node* entry : read_entries(source_, "speakers", value)) {
            for (const std::string_view separator : {"，", "、", "；"}) {
                if (entry->text.find(separator) == std::string::npos) continue;
                source_.warning(
                    entry->begin,
                    "the speaker " + yaml::quoted(entry->text) + " holds \"" + std::string(separator) +
                        "\"; if these are several, separate them by \", \" or give each its line");
                break;
            }
            speakers.push_back(entry->text);
        }
        return speakers;
    }

    const Source& source_;
    std::string name_, version_, language_, origin_;
    std::vector<std::string> levels_;
    std::vector<Draft> drafts_;
    bool is_full_ = false;
};

}  // namespace

std::optional<Codebook> load(std::string_view bytes, const std::string& file, Diagnostics& diagnostics) {
    const std::size_t errors = diagnostics.errors();
    std::optional<Codebook> result;
    if (const std::optional<std::string> text = yaml::decode(bytes, file, diagnostics)) {
        const Source source(*text, file, diagnostics);
        const std::optional<Node> root = yaml::compose(source);
        Loader loader(source);
        if (root) {
            loader.read(*root);
        } else if (diagnostics.errors() == errors) {
            source.error(0, kEmpty);
        }
        if (diagnostics.errors() == errors) result = std::move(loader).finish(sha256_hex(bytes));
    }
    diagnostics.sort();
    return result;
}

}  // namespace fangtan::codebook
