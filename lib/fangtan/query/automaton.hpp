// SPDX-License-Identifier: Apache-2.0
//
// Finds all occurrences of many literal strings in one pass. Every character
// that occurs in a literal gets a 16-bit class that it shares with all
// characters folding to it, so script, width and case cost nothing. Internal
// to the query module; wildcards, word edges and Boolean rules are the
// Matcher's.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "fangtan/text/span.hpp"

namespace fangtan::query {

using CharacterClass = std::uint16_t;

// A stretch of text as classes. Characters that matching steps over (is_ignorable) do not appear.
struct ClassText {
    std::vector<CharacterClass> classes;  // one more than characters: a 0 at the end
    std::vector<std::uint32_t> bytes;     // where each character starts in the document; the end at the end
    std::vector<std::uint32_t> candidates;  // scratch of find()
    std::vector<std::uint32_t> pairs;       // likewise
    std::uint32_t size = 0;               // characters
};

struct Occurrence {
    std::uint32_t begin;   // index into ClassText
    std::uint32_t length;  // characters
    std::uint32_t key;     // index into the strings given to the automaton
};

class Automaton {
 public:
    // `keys`: distinct, not empty, folded. Characters of `others` get classes as well, without being looked for.
    // O(total length), plus 128 KiB.
    Automaton(const std::vector<std::u32string>& keys, std::u32string_view others);

    // Decodes text[stretch] without what lies in `skipped` (ascending, inside the stretch). About 1 ns a character.
    void read(std::string_view text, Span stretch, std::span<const Span> skipped, ClassText& result) const;

    // Appends all occurrences, overlapping ones included, ordered by begin, then length. Time is linear in
    // text and occurrences, also for text made to be slow: past a budget of trie steps the stretch is
    // scanned again by Aho and Corasick's method.
    void find(ClassText& text, std::vector<Occurrence>& found) const;

    // 0 if no key holds a character that folds like `c`.
    [[nodiscard]] CharacterClass class_of(char32_t c) const;

 private:
    static constexpr std::uint32_t kNone = 0xFFFFFFFFU;
    static constexpr CharacterClass kSkipped = 0xFFFF;

    struct Node {
        std::uint32_t key = kNone;     // the string that ends here
        std::uint32_t fail = 0;        // longest proper suffix that is a node
        std::uint32_t output = kNone;  // nearest node on the fail path with a key
        std::uint32_t depth = 0;
        bool goes_on = false;          // has children
    };
    // Open addressing, load at most a quarter; key 0 is free.
    struct EdgeTable {
        struct Slot {
            std::uint64_t key = 0;
            std::uint32_t node = 0;
        };
        std::vector<Slot> slots;
        std::uint32_t shift = 63;

        void reserve(std::size_t edges);
        void insert(std::uint64_t key, std::uint32_t node);
        [[nodiscard]] std::uint32_t find(std::uint64_t key) const {
            std::size_t at = (key * 0x9E3779B97F4A7C15ULL) >> shift;
            while (slots[at].key != key) {
                if (slots[at].key == 0) return kNone;
                at = (at + 1) & (slots.size() - 1);
            }
            return slots[at].node;
        }
    };

    void assign_classes(const std::vector<std::u32string>& keys, std::u32string_view others);
    void build_trie(const std::vector<std::u32string>& keys);
    void build_filter(const std::vector<std::u32string>& keys);
    void link_failures(const std::vector<std::uint32_t>& by_breadth, const std::vector<CharacterClass>& label,
                       const std::vector<std::uint32_t>& parent);
    [[nodiscard]] static std::uint32_t pair_hash(CharacterClass first, CharacterClass second) {
        return first * 0x9E3779B1U + second * 0x85EBCA6BU;
    }
    [[nodiscard]] static std::uint64_t edge(std::uint32_t node, CharacterClass label) {
        return (static_cast<std::uint64_t>(node) + 1) << 16 | label;
    }
    void append_classes(std::string_view text, std::uint32_t begin, std::uint32_t end, ClassText& result) const;
    bool find_by_trie(ClassText& text, std::vector<Occurrence>& found) const;
    void find_by_failure(const ClassText& text, std::vector<Occurrence>& found) const;

    std::vector<CharacterClass> plane0_;  // class by code point
    std::vector<std::pair<char32_t, CharacterClass>> astral_;  // sorted
    std::vector<Node> nodes_;             // 0 is the root
    std::vector<std::uint32_t> first_;    // node of a class below the root, or kNone
    EdgeTable pairs_;                     // two classes -> node of depth 2
    EdgeTable edges_;                     // node and class -> node, from depth 2 on
    std::vector<std::uint64_t> filter_;   // bitmap over hashed pairs
    std::uint32_t filter_shift_ = 18;
    std::vector<std::uint8_t> alone_;     // by class: 1 if the character is a key by itself
    std::size_t class_count_ = 1;         // classes in use, with 0
};

}  // namespace fangtan::query
