// SPDX-License-Identifier: Apache-2.0
#include "fangtan/text/fold.hpp"

#include <unicode/normalizer2.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <array>

#include "fangtan/text/fold_table.hpp"
#include "fangtan/text/utf8.hpp"

namespace fangtan {
namespace {

struct DenseTable {
    std::array<std::uint16_t, 0x10000> plane0{};

    DenseTable() {
        for (std::uint32_t c = 0; c < plane0.size(); ++c) plane0[c] = static_cast<std::uint16_t>(c);
        for (const FoldPair& pair : fold_pairs()) {
            if (pair.from < plane0.size() && pair.to < plane0.size()) {
                plane0[pair.from] = static_cast<std::uint16_t>(pair.to);
            }
        }
    }
};

char32_t fold_by_search(char32_t c) {
    const std::span<const FoldPair> pairs = fold_pairs();
    const auto found = std::lower_bound(pairs.begin(), pairs.end(), c,
                                        [](const FoldPair& pair, char32_t value) { return pair.from < value; });
    return found != pairs.end() && found->from == c ? found->to : c;
}

std::string normalized(const icu::Normalizer2* normalizer, std::string_view text) {
    UErrorCode status = U_ZERO_ERROR;
    std::string result;
    const icu::UnicodeString in = icu::UnicodeString::fromUTF8(
        icu::StringPiece(text.data(), static_cast<int32_t>(text.size())));
    normalizer->normalize(in, status).toUTF8String(result);
    return U_SUCCESS(status) ? result : std::string(text);
}

}  // namespace

std::span<const FoldPair> fold_pairs() { return {generated::kFoldPairs, generated::kFoldPairCount}; }
std::span<const Ligature> ligatures() { return {generated::kLigatures, generated::kLigatureCount}; }
std::string_view fold_table_sha256() { return generated::kFoldTableSha256; }

char32_t fold(char32_t c) {
    if (c < 0x80) return c >= 'A' && c <= 'Z' ? c + 32 : c;
    return fold_by_search(c);
}

std::string fold(std::string_view text) {
    static const DenseTable table;
    std::string result;
    result.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); i += utf8::length(text[i])) {
        const char32_t c = utf8::at(text, i);
        // A character outside plane 0 may fold into it, and a few inside fold out of it.
        const char32_t dense = c < 0x10000 ? table.plane0[c] : c;
        utf8::append(result, dense == c && c >= 0x80 ? fold_by_search(c) : dense);
    }
    return result;
}

std::string composed(std::string_view text) {
    UErrorCode status = U_ZERO_ERROR;
    return normalized(icu::Normalizer2::getNFCInstance(status), text);
}

std::string decomposed(std::string_view text) {
    UErrorCode status = U_ZERO_ERROR;
    return normalized(icu::Normalizer2::getNFDInstance(status), text);
}

}  // namespace fangtan
