// SPDX-License-Identifier: Apache-2.0
#include "fangtan/text/utf8.hpp"

#include <simdjson.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstring>

#include "fangtan/text/character.hpp"

namespace fangtan::utf8 {
namespace {

// Length of the valid character at the start of `bytes`; 0 if there is none.
std::size_t valid_length(std::string_view bytes) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(bytes[i]); };
    const unsigned char lead = byte(0);
    if (lead < 0x80) return 1;
    const std::size_t need = lead >= 0xC2 && lead <= 0xDF ? 2 : lead >= 0xE0 && lead <= 0xEF ? 3 : lead >= 0xF0 && lead <= 0xF4 ? 4 : 0;
    if (need == 0 || bytes.size() < need) return 0;
    for (std::size_t i = 1; i < need; ++i) {
        if ((byte(i) & 0xC0) != 0x80) return 0;
    }
    if (lead == 0xE0 && byte(1) < 0xA0) return 0;  // overlong
    if (lead == 0xED && byte(1) > 0x9F) return 0;  // surrogate
    if (lead == 0xF0 && byte(1) < 0x90) return 0;  // overlong
    if (lead == 0xF4 && byte(1) > 0x8F) return 0;  // above U+10FFFF
    return need;
}

}  // namespace

std::optional<std::size_t> first_fault(std::string_view bytes) {
    if (simdjson::validate_utf8(bytes.data(), bytes.size())) return std::nullopt;
    std::size_t at = 0;
    while (at < bytes.size()) {
        const std::size_t length = valid_length(bytes.substr(at));
        if (length == 0) return at;
        at += length;
    }
    return std::nullopt;
}

char32_t before(std::string_view text, std::size_t position) {
    do {
        --position;
    } while (position > 0 && is_continuation(text[position]));
    return at(text, position);
}

void append(std::string& text, char32_t c) {
    const auto put = [&](char32_t byte) { text += static_cast<char>(static_cast<unsigned char>(byte)); };
    if (c < 0x80) {
        put(c);
    } else if (c < 0x800) {
        put(0xC0 | c >> 6);
        put(0x80 | (c & 0x3F));
    } else if (c < 0x10000) {
        put(0xE0 | c >> 12);
        put(0x80 | (c >> 6 & 0x3F));
        put(0x80 | (c & 0x3F));
    } else {
        put(0xF0 | c >> 18);
        put(0x80 | (c >> 12 & 0x3F));
        put(0x80 | (c >> 6 & 0x3F));
        put(0x80 | (c & 0x3F));
    }
}

std::u32string to_code_points(std::string_view text) {
    std::u32string result;
    result.reserve(text.size() / 2);
    for (std::size_t i = 0; i < text.size(); i += length(text[i])) result += at(text, i);
    return result;
}

std::string from_code_points(std::u32string_view code_points) {
    std::string result;
    result.reserve(3 * code_points.size());
    for (const char32_t c : code_points) append(result, c);
    return result;
}

namespace {

// Characters that start in a word of bytes.
template <typename Word>
std::size_t starts_in(Word word) {
    constexpr auto kOnes = static_cast<Word>(0x0101010101010101ULL);
    const auto continuations = static_cast<Word>(word >> 7 & ~(word >> 6) & kOnes);
    return sizeof(Word) - static_cast<std::size_t>(static_cast<Word>(continuations * kOnes) >> (8 * sizeof(Word) - 8));
}

template <typename Word>
std::size_t starts_at(const char* bytes) {
    Word word = 0;
    std::memcpy(&word, bytes, sizeof word);
    return starts_in(word);
}

// Fewer than sixteen bytes: most evidence is that short, and a loop over bytes would cost more than all the rest.
std::size_t count_short(std::string_view text) {
    std::size_t characters = 0;
    const char* at = text.data();
    std::size_t left = text.size();
    if (left >= 8) {
        characters += starts_at<std::uint64_t>(at);
        at += 8;
        left -= 8;
    }
    if (left >= 4) {
        characters += starts_at<std::uint32_t>(at);
        at += 4;
        left -= 4;
    }
    for (; left > 0; --left) characters += is_continuation(*at++) ? 0 : 1;
    return characters;
}

}  // namespace

std::size_t count(std::string_view text) {
    if (text.size() < 16) return count_short(text);
    // Sixteen bytes at a time: every byte that is no continuation starts a character. As signed numbers the
    // continuation bytes are the least (below -64), and a comparison of vectors gives -1 for true.
    using Bytes = signed char __attribute__((vector_size(16)));
    using Lanes = unsigned char __attribute__((vector_size(16)));
    using Words = std::uint64_t __attribute__((vector_size(16)));
    constexpr std::size_t kLaneMaximum = 255;
    std::size_t characters = 0;
    std::size_t at = 0;
    const std::size_t whole = text.size() & ~std::size_t{15};
    while (at < whole) {
        const std::size_t end = std::min(at + kLaneMaximum * 16, whole);
        Lanes lanes{};
        for (; at < end; at += 16) {
            Bytes block;
            std::memcpy(&block, text.data() + at, 16);
            lanes -= static_cast<Lanes>(block > -65);
        }
        Words words;
        std::memcpy(&words, &lanes, 16);
        const Words pairs = (words & 0x00FF00FF00FF00FFULL) + (words >> 8 & 0x00FF00FF00FF00FFULL);
        characters += (pairs[0] * 0x0001000100010001ULL >> 48) + (pairs[1] * 0x0001000100010001ULL >> 48);
    }
    return characters + count_short(text.substr(at));
}

std::string escaped(std::string_view text) {
    std::string result;
    std::array<char, 16> buffer{};
    for (std::size_t i = 0, step = 0; i < text.size(); i += step) {
        step = valid_length(text.substr(i));
        if (step == 0) {  // names of files may hold any bytes
            std::snprintf(buffer.data(), buffer.size(), "\\x%02x", static_cast<unsigned>(static_cast<unsigned char>(text[i])));
            result += buffer.data();
            step = 1;
            continue;
        }
        const char32_t c = at(text, i);
        if (c < 0x20 || (c >= 0x7F && c < 0xA0)) {
            std::snprintf(buffer.data(), buffer.size(), "\\x%02x", static_cast<unsigned>(c));
            result += buffer.data();
        } else if (is_ignorable(c)) {
            std::snprintf(buffer.data(), buffer.size(), "<U+%04X>", static_cast<unsigned>(c));
            result += buffer.data();
        } else {
            result += text.substr(i, step);
        }
    }
    return result;
}

}  // namespace fangtan::utf8
