// SPDX-License-Identifier: Apache-2.0
#include "fangtan/query/automaton.hpp"

#include <algorithm>
#include <bit>
#include <map>
#include <set>

#include "fangtan/text/character.hpp"
#include "fangtan/text/fold.hpp"
#include "fangtan/text/utf8.hpp"

namespace fangtan::query {
namespace {

constexpr std::uint32_t kStepBudget = 16;  // trie steps a character before the other method takes over

}  // namespace

void Automaton::EdgeTable::reserve(std::size_t edges) {
    const std::size_t size = std::bit_ceil(4 * edges + 4);
    slots.assign(size, {});
    shift = 64U - static_cast<std::uint32_t>(std::countr_zero(size));
}

void Automaton::EdgeTable::insert(std::uint64_t key, std::uint32_t node) {
    std::size_t at = (key * 0x9E3779B97F4A7C15ULL) >> shift;
    while (slots[at].key != 0) at = (at + 1) & (slots.size() - 1);
    slots[at] = {key, node};
}

Automaton::Automaton(const std::vector<std::u32string>& keys, std::u32string_view others) {
    assign_classes(keys, others);
    build_trie(keys);
    build_filter(keys);
}

void Automaton::assign_classes(const std::vector<std::u32string>& keys, std::u32string_view others) {
    plane0_.assign(0x10000, 0);
    std::map<char32_t, CharacterClass> astral;
    CharacterClass next = 1;
    const auto set = [&](char32_t c, CharacterClass value) {
        if (c < plane0_.size()) {
            plane0_[c] = value;
        } else {
            astral[c] = value;
        }
    };
    const auto get = [&](char32_t c) -> CharacterClass {
        if (c < plane0_.size()) return plane0_[c];
        const auto found = astral.find(c);
        return found == astral.end() ? CharacterClass{0} : found->second;
    };
    const auto number = [&](std::u32string_view characters) {
        for (const char32_t c : characters) {
            // Beyond 65,533 different characters a key could not be told apart; no codebook comes near.
            if (get(c) == 0 && next < kSkipped) set(c, next++);
        }
    };
    for (const std::u32string& key : keys) number(key);
    number(others);
    class_count_ = next;
    for (const FoldPair& pair : fold_pairs()) {
        if (const CharacterClass shared = get(pair.to); shared != 0) set(pair.from, shared);
    }
    static constexpr std::pair<char32_t, char32_t> kRanges[] = {{0xAD, 0xAD}, {0x61C, 0x61C}, {0x180E, 0x180E}, {0x200B, 0x20FF},
                                                                {0xFE00, 0xFEFF}, {0xE0001, 0xE01EF}};
    for (const auto& [first, last] : kRanges) {
        for (char32_t c = first; c <= last; ++c) {
            if (is_ignorable(c)) set(c, kSkipped);
        }
    }
    astral_.assign(astral.begin(), astral.end());
}

CharacterClass Automaton::class_of(char32_t c) const {
    if (c < plane0_.size()) return plane0_[c];
    const auto found = std::lower_bound(astral_.begin(), astral_.end(), c,
                                        [](const auto& entry, char32_t value) { return entry.first < value; });
    return found != astral_.end() && found->first == c ? found->second : CharacterClass{0};
}

void Automaton::build_trie(const std::vector<std::u32string>& keys) {
    std::map<std::pair<std::uint32_t, CharacterClass>, std::uint32_t> children;
    std::vector<CharacterClass> label{0};
    std::vector<std::uint32_t> parent{0};
    nodes_.assign(1, {});
    for (std::uint32_t key = 0; key < keys.size(); ++key) {
        std::uint32_t node = 0;
        for (const char32_t c : keys[key]) {
            const auto [child, added] = children.try_emplace({node, class_of(c)}, static_cast<std::uint32_t>(nodes_.size()));
            if (added) {
                nodes_.push_back({.depth = nodes_[node].depth + 1});
                label.push_back(class_of(c));
                parent.push_back(node);
                nodes_[node].goes_on = true;
            }
            node = child->second;
        }
        nodes_[node].key = key;
    }
    std::size_t depth2 = 0;
    std::size_t deeper = 0;
    CharacterClass last_class = 0;
    for (const auto& [edge_key, child] : children) {
        depth2 += nodes_[child].depth == 2 ? 1 : 0;
        deeper += nodes_[child].depth > 2 ? 1 : 0;
        last_class = std::max(last_class, edge_key.second);
    }
    first_.assign(last_class + std::size_t{1}, kNone);
    pairs_.reserve(depth2);
    edges_.reserve(deeper);
    std::vector<std::uint32_t> by_breadth;
    for (const auto& [edge_key, child] : children) {
        const auto [node, c] = edge_key;
        by_breadth.push_back(child);
        if (node == 0) {
            first_[c] = child;
        } else if (nodes_[child].depth == 2) {
            pairs_.insert(edge(label[node], c), child);
        } else {
            edges_.insert(edge(node, c), child);
        }
    }
    std::sort(by_breadth.begin(), by_breadth.end(), [&](std::uint32_t a, std::uint32_t b) {
        return std::pair(nodes_[a].depth, a) < std::pair(nodes_[b].depth, b);
    });
    link_failures(by_breadth, label, parent);
}

void Automaton::link_failures(const std::vector<std::uint32_t>& by_breadth, const std::vector<CharacterClass>& label,
                              const std::vector<std::uint32_t>& parent) {
    const auto step = [&](std::uint32_t node, CharacterClass c) {
        if (node == 0) return c < first_.size() ? first_[c] : kNone;
        return nodes_[node].depth == 1 ? pairs_.find(edge(label[node], c)) : edges_.find(edge(node, c));
    };
    for (const std::uint32_t node : by_breadth) {
        if (nodes_[node].depth > 1) {
            std::uint32_t suffix = nodes_[parent[node]].fail;
            std::uint32_t next = step(suffix, label[node]);
            while (next == kNone && suffix != 0) {
                suffix = nodes_[suffix].fail;
                next = step(suffix, label[node]);
            }
            nodes_[node].fail = next == kNone ? 0 : next;
        }
        const Node& fail = nodes_[nodes_[node].fail];
        nodes_[node].output = nodes_[node].fail == 0 ? kNone : fail.key != kNone ? nodes_[node].fail : fail.output;
    }
}

void Automaton::build_filter(const std::vector<std::u32string>& keys) {
    std::set<std::pair<CharacterClass, CharacterClass>> starts;
    for (const std::u32string& key : keys) {
        if (key.size() > 1) starts.emplace(class_of(key[0]), class_of(key[1]));
    }
    const std::size_t bits = std::clamp(std::bit_ceil(48 * starts.size()), std::size_t{1} << 14, std::size_t{1} << 20);
    filter_.assign(bits / 64, 0);
    filter_shift_ = 32U - static_cast<std::uint32_t>(std::countr_zero(bits));
    const auto mark = [&](CharacterClass a, CharacterClass b) {
        const std::uint32_t bit = pair_hash(a, b) >> filter_shift_;
        filter_[bit / 64] |= std::uint64_t{1} << (bit % 64);
    };
    for (const auto& [a, b] : starts) mark(a, b);
    // A key of one character starts before any second one: it would fill the bitmap, so it has a list of its own.
    alone_.assign(class_count_, 0);
    for (const std::u32string& key : keys) {
        if (key.size() == 1) alone_[class_of(key[0])] = 1;
    }
}

void Automaton::read(std::string_view text, Span stretch, std::span<const Span> skipped, ClassText& result) const {
    const std::size_t room = stretch.size() + std::size_t{2};
    if (result.classes.size() < room) {
        result.classes.resize(room);
        result.bytes.resize(room);
        result.candidates.resize(room);
        result.pairs.resize(room);
    }
    result.size = 0;
    std::uint32_t begin = stretch.begin.value;
    for (const Span skip : skipped) {
        append_classes(text, begin, skip.begin.value, result);
        begin = skip.end.value;
    }
    append_classes(text, begin, stretch.end.value, result);
    result.classes[result.size] = 0;
    result.bytes[result.size] = stretch.end.value;
}

void Automaton::append_classes(std::string_view text, std::uint32_t begin, std::uint32_t end, ClassText& result) const {
    const auto* bytes = reinterpret_cast<const unsigned char*>(text.data());
    CharacterClass* classes = result.classes.data();
    std::uint32_t* starts = result.bytes.data();
    std::uint32_t count = result.size;
    std::uint32_t at = begin;
    const CharacterClass* table = plane0_.data();
    while (at < end) {
        const std::uint32_t lead = bytes[at];
        std::uint32_t length = 1;
        CharacterClass found = 0;
        if ((lead & 0xF0U) == 0xE0U) {
            found = table[(lead & 0x0FU) << 12 | (bytes[at + 1] & 0x3FU) << 6 | (bytes[at + 2] & 0x3FU)];
            length = 3;
        } else if (lead < 0x80) {
            found = table[lead];
        } else if (lead < 0xE0) {
            found = table[(lead & 0x1FU) << 6 | (bytes[at + 1] & 0x3FU)];
            length = 2;
        } else {
            found = class_of(utf8::at(text, at));
            length = 4;
        }
        classes[count] = found;
        starts[count] = at;
        count += found != kSkipped ? 1 : 0;
        at += length;
    }
    result.size = count;
}

void Automaton::find(ClassText& text, std::vector<Occurrence>& found) const {
    const std::size_t before = found.size();
    if (find_by_trie(text, found)) return;
    found.resize(before);
    find_by_failure(text, found);
    std::sort(found.begin() + static_cast<std::ptrdiff_t>(before), found.end(), [](const Occurrence& a, const Occurrence& b) {
        return std::pair(a.begin, a.length) < std::pair(b.begin, b.length);
    });
}

// Plain loops over the stretch (decoding was the first): candidates by bitmap, those whose first two characters
// begin a key, then the trie.
bool Automaton::find_by_trie(ClassText& text, std::vector<Occurrence>& found) const {
    const CharacterClass* classes = text.classes.data();
    std::uint32_t* candidates = text.candidates.data();
    std::uint32_t candidate_count = 0;
    // Copies, because what the loop stores might be any member for all the compiler knows.
    const std::uint64_t* filter = filter_.data();
    const std::uint32_t shift = filter_shift_;
    const std::uint8_t* alone = alone_.data();
    const std::uint32_t size = text.size;
    for (std::uint32_t i = 0; i < size; ++i) {
        const std::uint32_t bit = pair_hash(classes[i], classes[i + 1]) >> shift;
        candidates[candidate_count] = i;
        candidate_count += (static_cast<std::uint32_t>(filter[bit / 64] >> (bit % 64)) & 1U) | alone[classes[i]];
    }
    std::uint64_t budget = std::uint64_t{kStepBudget} * size + 4096;
    // Whether a candidate stands is as good as a coin's fall: no branch depends on it.
    std::uint32_t* pairs = text.pairs.data();
    std::uint32_t pair_count = 0;
    for (std::uint32_t k = 0; k < candidate_count; ++k) {
        const std::uint32_t begin = candidates[k];
        const CharacterClass first = classes[begin];
        const std::uint32_t node = pairs_.find(edge(first, classes[begin + 1]));
        candidates[pair_count] = begin;
        pairs[pair_count] = node;
        pair_count += static_cast<std::uint32_t>(node != kNone) | alone[first];
    }
    for (std::uint32_t k = 0; k < pair_count; ++k) {
        const std::uint32_t begin = candidates[k];
        const CharacterClass first = classes[begin];
        if (alone[first] != 0) found.push_back({begin, 1, nodes_[first_[first]].key});
        std::uint32_t number = pairs[k];
        std::uint32_t end = begin + 2;
        while (number != kNone && end <= size) {
            const Node& node = nodes_[number];
            if (node.key != kNone) found.push_back({begin, end - begin, node.key});
            if (!node.goes_on) break;
            if (--budget == 0) return false;
            number = edges_.find(edge(number, classes[end]));
            ++end;
        }
    }
    return true;
}

void Automaton::find_by_failure(const ClassText& text, std::vector<Occurrence>& found) const {
    std::vector<CharacterClass> label_of_first(nodes_.size(), 0);
    for (std::size_t c = 0; c < first_.size(); ++c) {
        if (first_[c] != kNone) label_of_first[first_[c]] = static_cast<CharacterClass>(c);
    }
    const auto step = [&](std::uint32_t node, CharacterClass c) {
        if (node == 0) return c < first_.size() ? first_[c] : kNone;
        return nodes_[node].depth == 1 ? pairs_.find(edge(label_of_first[node], c)) : edges_.find(edge(node, c));
    };
    std::uint32_t node = 0;
    for (std::uint32_t i = 0; i < text.size; ++i) {
        const CharacterClass c = text.classes[i];
        std::uint32_t next = step(node, c);
        while (next == kNone && node != 0) {
            node = nodes_[node].fail;
            next = step(node, c);
        }
        node = next == kNone ? 0 : next;
        for (std::uint32_t out = nodes_[node].key != kNone ? node : nodes_[node].output; out != kNone && out != 0;
             out = nodes_[out].output) {
            found.push_back({i + 1 - nodes_[out].depth, nodes_[out].depth, nodes_[out].key});
        }
    }
}

}  // namespace fangtan::query
