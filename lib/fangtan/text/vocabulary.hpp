// SPDX-License-Identifier: Apache-2.0
//
// What the build knows about the words of libime's model, which cannot list
// them itself: which strings begin one of its words, so that a text asks it
// little; and how it spells words that folding changes (folded 着名: 著名).
// Generated from libime's own dictionary (generate_vocabulary.cpp).
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace fangtan::vocabulary {

// Of a string, character by character: hash = extended(hash, c), from kStart.
inline constexpr std::uint64_t kStart = 0;
[[nodiscard]] inline std::uint64_t extended(std::uint64_t hash, char32_t c) {
    hash = (hash ^ (c + 0x9E37ULL)) * 0xD6E8FEB86659FD93ULL;
    return hash ^ hash >> 32;
}

// Bits of a Bloom filter with two functions: 256 KB, small enough for the cache.
inline constexpr std::size_t kFilterBits = std::size_t{1} << 21;
[[nodiscard]] inline std::size_t first_bit(std::uint64_t hash) { return static_cast<std::size_t>(hash) & (kFilterBits - 1); }
[[nodiscard]] inline std::size_t second_bit(std::uint64_t hash) { return static_cast<std::size_t>(hash >> 36) & (kFilterBits - 1); }

// Tells one model file from another: its size, its first and its last 64 KiB. Empty if it cannot be read.
[[nodiscard]] std::optional<std::uint64_t> fingerprint(const std::string& path);

// The filter, if the file is the one it was made from; else null, and every string may begin a word.
[[nodiscard]] const std::uint64_t* filter_of(const std::string& path);
[[nodiscard]] inline bool may_begin_word(const std::uint64_t* filter, std::uint64_t hash) {
    const std::size_t one = first_bit(hash);
    const std::size_t two = second_bit(hash);
    return (filter[one / 64] >> (one % 64) & filter[two / 64] >> (two % 64) & 1) != 0;
}

// The model's spelling of a folded word; empty if it is the folded one. O(log n), n about 2,000.
[[nodiscard]] std::u32string_view spelling_of(std::u32string_view folded);

}  // namespace fangtan::vocabulary

namespace fangtan::generated {

struct Spelling {
    std::u32string_view folded;
    std::u32string_view spelling;
};
extern const std::uint64_t kVocabularyFingerprint;
extern const std::uint64_t kVocabularyFilter[vocabulary::kFilterBits / 64];
extern const Spelling kSpellings[];  // sorted by folded
extern const std::size_t kSpellingCount;

}  // namespace fangtan::generated
