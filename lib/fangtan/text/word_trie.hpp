// SPDX-License-Identifier: Apache-2.0
//
// Words with a value each, found by walking a text character by character.
// Characters are folded by whoever adds and whoever walks.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "fangtan/base/huge_pages.hpp"

namespace fangtan {

class WordTrie {
 public:
    // Where a walk has got to. All that a walker asks of a place is in it, so that a step touches one line of memory.
    struct Place {
        std::uint32_t node = 0;  // 0: nowhere
        std::uint32_t next = 0;  // which characters may go on from here, by their bit
        float value = kNoWord;

        [[nodiscard]] bool exists() const { return node != 0; }
        [[nodiscard]] bool is_word() const { return value != kNoWord; }
    };

    // A large one spends a megabyte on tables by which a walk's first two steps are quick; for some hundreds of words
    // and less they would only cost.
    enum class Size { small, large };
    explicit WordTrie(Size size = Size::small);

    // Adds a word of at least one character; a word that is there already keeps the larger value. `value` is finite.
    // At most 16 million places. About 50 ns a character.
    void add(std::u32string_view word, float value);

    // The place of the words that begin with `c`, and the one reached from `place` by `c`. O(1).
    [[nodiscard]] Place first(char32_t c) const { return c < first_.size() ? first_[c] : (begins_ >> bit_of(c) & 1) == 0 ? Place{} : found(kRoot, c); }
    [[nodiscard]] Place second(Place place, char32_t c) const {
        if (pairs_.empty()) return next(place, c);
        const std::size_t bit = pair_bit(place.node, c);
        return (pairs_[bit / 64] >> (bit % 64) & 1) == 0 ? Place{} : found(place.node, c);
    }
    [[nodiscard]] Place next(Place place, char32_t c) const { return (place.next >> bit_of(c) & 1) == 0 ? Place{} : found(place.node, c); }

    // Tells the memory that second() or next() will ask there soon.
    void prefetch_second(Place place, char32_t c) const {
        if (pairs_.empty()) return;
        const std::size_t bit = pair_bit(place.node, c);
        if ((pairs_[bit / 64] >> (bit % 64) & 1) != 0) __builtin_prefetch(&edges_[slot_of(key_of(place.node, c))]);
    }
    void prefetch_next(Place place, char32_t c) const {
        if ((place.next >> bit_of(c) & 1) != 0) __builtin_prefetch(&edges_[slot_of(key_of(place.node, c))]);
    }

    [[nodiscard]] bool empty() const { return words_ == 0; }
    [[nodiscard]] std::size_t size() const { return words_; }

 private:
    static constexpr std::uint32_t kRoot = 1;
    static constexpr float kNoWord = -3.4e38F;
    static constexpr unsigned kCharacterBits = 21;
    static constexpr unsigned kKeyBits = kCharacterBits + 24;
    static constexpr unsigned kNextBits = 64 - kKeyBits;
    static constexpr std::size_t kPairBits = std::size_t{1} << 21;

    // A step: from where by which character, in the low bits; which characters may go on from where it leads, above.
    struct Edge {
        std::uint64_t key_and_next = 0;
        std::uint32_t node = 0;
        float value = kNoWord;
    };

    static std::uint64_t key_of(std::uint32_t node, char32_t c) { return std::uint64_t{node} << kCharacterBits | c; }
    static constexpr std::uint64_t kKeyMask = (std::uint64_t{1} << kKeyBits) - 1;
    static unsigned bit_of(char32_t c) { return static_cast<unsigned>((c * 0x9E3779B1U >> 8) % kNextBits); }
    static std::size_t pair_bit(std::uint32_t node, char32_t c) { return static_cast<std::size_t>((key_of(node, c) * 0x9E3779B97F4A7C15ULL) >> 43); }
    [[nodiscard]] std::size_t slot_of(std::uint64_t key) const { return static_cast<std::size_t>((key * 0x9E3779B97F4A7C15ULL) >> 32) & mask_; }
    // The slot of the key, or the empty one where it would be.
    [[nodiscard]] std::size_t slot_with(std::uint64_t key) const {
        std::size_t slot = slot_of(key);
        while (edges_[slot].node != 0 && (edges_[slot].key_and_next & kKeyMask) != key) slot = (slot + 1) & mask_;
        return slot;
    }
    [[nodiscard]] Place found(std::uint32_t node, char32_t c) const {
        const Edge& edge = edges_[slot_with(key_of(node, c))];
        return {edge.node, static_cast<std::uint32_t>(edge.key_and_next >> kKeyBits), edge.value};
    }
    void grow();

    std::vector<Place, HugePageAllocator<Place>> first_;  // by character, plane 0; of a large one
    std::vector<Edge, HugePageAllocator<Edge>> edges_;  // open addressing
    std::vector<std::uint64_t, HugePageAllocator<std::uint64_t>> pairs_;    // a bit for each step from a first character: most lead nowhere, and this says so from the cache
    std::uint32_t begins_ = 0;  // which characters words begin with, by their bit, where first_ does not say
    std::size_t mask_ = 0;
    std::size_t used_ = 0;
    std::uint32_t nodes_ = kRoot;
    std::size_t words_ = 0;
};

}  // namespace fangtan
