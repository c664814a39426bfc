// SPDX-License-Identifier: Apache-2.0
//
// A codebook: the tree of codes with their definitions, rules and examples.
// Valid by construction: load() returns one only if ids are unique, every
// rule parses, and every key is known. The YAML format is described in
// fangtan-codebook(5).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "fangtan/base/diagnostic.hpp"
#include "fangtan/query/query.hpp"

namespace fangtan {

// What a rule is evaluated in and what one coding covers.
enum class UnitKind { match, clause, sentence, turn, paragraph, document };

[[nodiscard]] std::string_view name_of(UnitKind kind);
[[nodiscard]] std::optional<UnitKind> unit_kind_of(std::string_view name);

// Index into Codebook::codes().
enum class CodeId : std::uint32_t {};

// Something a person wrote, and where.
struct Written {
    std::string text;
    Position position;
};

struct Rule {
    Written source;  // as written
    Query query;
};

struct Code {
    std::string id;  // unique; default: path joined by "/"
    std::string name;
    std::vector<std::string> path;  // names from the root to this code
    std::optional<CodeId> parent;
    std::uint32_t level = 1;  // 1 for a root; path.size()
    bool has_children = false;
    std::string definition;
    std::vector<std::string> include;
    std::vector<std::string> exclude;
    std::string color;  // "#rrggbb", or empty
    std::vector<Written> examples;
    std::vector<Written> counterexamples;
    std::optional<UnitKind> unit;
    std::vector<std::string> speakers;  // participants, groups or roles; empty: all
    std::vector<Rule> rules;
    Position position;  // of its name
};

class Codebook {
 public:
    Codebook() = default;
    // `codes` in the order of the file, parents before their children (pre-order).
    Codebook(std::string name, std::string version, std::string language, std::string source,
             std::vector<std::string> levels, std::vector<Code> codes, std::string sha256);

    [[nodiscard]] const std::string& name() const { return name_; }
    [[nodiscard]] const std::string& version() const { return version_; }
    [[nodiscard]] const std::string& language() const { return language_; }
    [[nodiscard]] const std::string& source() const { return source_; }
    // Headings of the tree's levels ("涉及治理主体", "编码"); may be empty.
    [[nodiscard]] const std::vector<std::string>& levels() const { return levels_; }
    // In the order of the file; a parent comes before its children.
    [[nodiscard]] const std::vector<Code>& codes() const { return codes_; }
    [[nodiscard]] const Code& code(CodeId id) const { return codes_[static_cast<std::size_t>(id)]; }
    // SHA-256 of the file's bytes.
    [[nodiscard]] const std::string& sha256() const { return sha256_; }

 private:
    std::string name_, version_, language_, source_;
    std::vector<std::string> levels_;
    std::vector<Code> codes_;
    std::string sha256_;
};

namespace codebook {

// `bytes` is the YAML file, `file` its name for messages. All faults of the file are reported, sorted by
// position.
[[nodiscard]] std::optional<Codebook> load(std::string_view bytes, const std::string& file,
                                           Diagnostics& diagnostics);

// YAML that load() reads back as an equal codebook. Comments are not kept.
[[nodiscard]] std::string to_yaml(const Codebook& codebook);
// One JSON document with the same keys in a fixed order, every `id` written out; indented by two blanks, a
// line feed at the end.
[[nodiscard]] std::string to_json(const Codebook& codebook);
// A document for people: headings by level, definition, include, exclude, examples, rules.
[[nodiscard]] std::string to_markdown(const Codebook& codebook);
// Table form, one row a code: id, parent, name, path, definition, include, exclude, examples,
// counterexamples, unit, speakers, color, rules (lists joined by line feeds). RFC 4180, LF line ends.
[[nodiscard]] std::string to_csv(const Codebook& codebook);

}  // namespace codebook
}  // namespace fangtan
