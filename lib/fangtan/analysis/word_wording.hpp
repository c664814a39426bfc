// SPDX-License-Identifier: Apache-2.0
//
// Headings and notes of tables of words in the three languages.
#pragma once

#include <cstdint>
#include <string>

#include "fangtan/analysis/tabulate.hpp"
#include "fangtan/text/segmenter.hpp"

namespace fangtan::analysis {

struct WordWording {
    const char* frequency_title;
    const char* keyness_title;
    const char* collocation_title;
    const char* word;
    const char* sequence;         // heading instead of `word` for n-grams
    const char* frequency;
    const char* per_ten_thousand;
    const char* documents;
    const char* document_share;
    const char* codebook;
    const char* yes;
    const char* no;
    const char* in_group;         // before `frequency` and `per_ten_thousand`
    const char* in_rest;
    const char* against;          // "P对其余", in the title
    const char* log_likelihood;
    const char* log_ratio;
    const char* together;
    const char* expected;
    const char* left;
    const char* right;
};

[[nodiscard]] const WordWording& word_wording(Language language);

// "分词：libime zh_CN.lm e4097ca9ca10。"
[[nodiscard]] std::string segmenter_note(Language language, const SegmenterIdentity& identity);
// What relative frequencies refer to.
[[nodiscard]] std::string tokens_note(Language language, std::uint64_t tokens, std::uint64_t documents, std::uint64_t participants, bool numbers);
[[nodiscard]] std::string sequence_note(Language language, std::uint32_t length);
// `words` in the list, `own` of them are the researcher's; `sha256` of the list.
[[nodiscard]] std::string stop_words_note(Language language, std::size_t words, std::size_t own, const std::string& sha256);
[[nodiscard]] std::string column_tokens_note(Language language, const std::string& list);
[[nodiscard]] std::string nobody_tokens_note(Language language, std::uint64_t tokens);
[[nodiscard]] std::string one_character_note(Language language);
[[nodiscard]] std::string dispersion_note(Language language, std::uint64_t parts, bool documents);
[[nodiscard]] std::string keyness_note(Language language, std::uint64_t group_tokens, std::uint64_t rest_tokens);
[[nodiscard]] std::string keyness_size_note(Language language);
[[nodiscard]] std::string window_note(Language language, const std::string& node, std::uint64_t occurrences, std::uint32_t window, std::uint64_t window_tokens);
[[nodiscard]] std::string collocation_note(Language language);

}  // namespace fangtan::analysis
