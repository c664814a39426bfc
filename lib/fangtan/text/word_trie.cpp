// SPDX-License-Identifier: Apache-2.0
#include "fangtan/text/word_trie.hpp"

#include <algorithm>
#include <cassert>

namespace fangtan {

WordTrie::WordTrie(Size size) : edges_(64), mask_(63) {
    if (size == Size::small) return;
    first_.resize(0x10000);
    pairs_.resize(kPairBits / 64, 0);
}

void WordTrie::add(std::u32string_view word, float value) {
    std::uint32_t node = kRoot;
    for (std::size_t i = 0; i < word.size(); ++i) {
        const char32_t c = word[i];
        const bool last = i + 1 == word.size();
        const std::uint32_t going_on = last ? 0 : 1U << bit_of(word[i + 1]);
        float* known = nullptr;
        if (node == kRoot && c < first_.size()) {
            Place& place = first_[c];
            if (!place.exists()) place.node = ++nodes_;
            place.next |= going_on;
            node = place.node;
            known = &place.value;
        } else {
            if (i == 0) begins_ |= 1U << bit_of(c);
            if (i == 1 && !pairs_.empty()) pairs_[pair_bit(node, c) / 64] |= std::uint64_t{1} << (pair_bit(node, c) % 64);
            if (2 * (used_ + 1) > edges_.size()) grow();
            Edge& edge = edges_[slot_with(key_of(node, c))];
            if (edge.node == 0) {
                edge = {key_of(node, c), ++nodes_, kNoWord};
                ++used_;
            }
            edge.key_and_next |= std::uint64_t{going_on} << kKeyBits;
            node = edge.node;
            known = &edge.value;
        }
        if (!last) continue;
        if (*known == kNoWord) ++words_;
        *known = std::max(*known, value);
    }
    assert(nodes_ < (1U << (kKeyBits - kCharacterBits)));
}

void WordTrie::grow() {
    std::vector<Edge, HugePageAllocator<Edge>> before(edges_.size() * 2);
    before.swap(edges_);
    mask_ = edges_.size() - 1;
    for (const Edge& edge : before) {
        if (edge.node != 0) edges_[slot_with(edge.key_and_next & kKeyMask)] = edge;
    }
}

}  // namespace fangtan
