// SPDX-License-Identifier: Apache-2.0
//
// A YAML document as a tree, for files that people write by hand. Strict:
// anchors, aliases, tags, duplicate keys and further documents are errors,
// nesting is limited, and a scalar is the string that stands there, whatever
// it looks like (no, 0755, ~). Every node knows where it was written.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "fangtan/codebook/yaml_source.hpp"

namespace fangtan::codebook::yaml {

inline constexpr std::size_t kMaximumFlowDepth = 64;  // the parser's time grows with its square
inline constexpr std::size_t kMaximumDepth = 132;     // a tree of 64 codes takes two levels for each code
inline constexpr std::size_t kMaximumNodes = 2'000'000;

struct Node {
    enum class Kind { scalar, sequence, mapping };
    enum class Style { plain, single_quoted, double_quoted, literal, folded, block, flow };

    Kind kind = Kind::scalar;
    Style style = Style::plain;
    bool complete = false;    // false: the parser stopped inside it
    bool faulty = false;      // already reported; stands for nothing (an alias)
    std::uint32_t begin = 0;  // bytes of the source; a quoted scalar begins at its quotation mark
    std::uint32_t end = 0;
    std::string text;  // of a scalar
    std::vector<Node>
        keys;  // of a mapping: all scalars, in the order of the file; keys[i] belongs to items[i]
    std::vector<Node> items;  // of a sequence or mapping

    // `key:` with nothing after it.
    [[nodiscard]] bool is_absent() const {
        return kind == Kind::scalar && style == Style::plain && text.empty();
    }
};

// Reports every fault it finds, the first syntax error being the last. The tree is what was read up to there;
// empty only if there is nothing at all.
[[nodiscard]] std::optional<Node> compose(const Source& source);

// The byte of the source where character number `index` of the scalar's value was written (`index` may be the
// value's length). Exact for scalars of one line; in folded ones a line break may stand for its neighbour.
[[nodiscard]] std::uint32_t offset_in_source(const Source& source, const Node& scalar, std::size_t index);

}  // namespace fangtan::codebook::yaml
