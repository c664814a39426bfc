// SPDX-License-Identifier: Apache-2.0
//
// Tables of words: frequencies, the keywords of a group, the collocates of a
// term. Which words are listed is decided here; what they are measured
// against (WordCounts::tokens) is not touched by it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "fangtan/analysis/tabulate.hpp"
#include "fangtan/analysis/word_counts.hpp"
#include "fangtan/table/table.hpp"
#include "fangtan/text/segmenter.hpp"
#include "fangtan/text/stop_words.hpp"

namespace fangtan::analysis {

enum class CodebookChoice { all, inside, outside };

// Which words are listed. Hard terms are, whatever their length and the stop list.
struct WordFilter {
    StopWords stop_words;
    std::size_t own_stop_words = 0;             // of them, for the note
    std::optional<std::uint32_t> minimum_length; // code points, blanks between the words of an n-gram not counted; none: 2 for words of
                                                 // Han, kana or hangul, 1 for others
    std::uint64_t minimum_count = 1;            // of the table's first number
    std::optional<std::size_t> top;             // rows; of keywords, for each direction
    std::optional<std::set<std::string, std::less<>>> codebook;  // folded terms: adds a column. An n-gram is in it if one of its words is.
    CodebookChoice in_codebook = CodebookChoice::all;
};

struct WordTableSpec {
    WordFilter filter;
    std::string by;            // as columns_of() takes it
    std::uint32_t length = 1;  // of n-grams
    bool numbers = false;
    bool dispersion = false;
    std::string node;          // as typed, for titles and notes
    std::uint32_t window = 5;
    Language language = Language::zh_hans;
    SegmenterIdentity segmenter;
    std::vector<std::string> skipped;  // files that were set aside
};

// Names of the columns as they are printed: nobody's is （无归属）.
[[nodiscard]] std::vector<std::string> printed_names(const WordColumns& columns, Language language);

// By frequency, the highest first, then by folded form. `columns` are those of spec.by. With spec.dispersion the
// parts are the columns, without spec.by the documents: then the counts are kept apart by PartKind::document.
[[nodiscard]] Table frequency_table(const WordCounts& counts, const WordColumns& columns, const WordTableSpec& spec);

// Column `key` against all others, by signed G² over four cells, the most over-used word first. There are two columns
// or more.
[[nodiscard]] Table keyness_table(const WordCounts& counts, const WordColumns& columns, std::size_t key, const WordTableSpec& spec);

// Words in the windows of the node (WordCountOptions::node), by signed G², the most attracted first.
[[nodiscard]] Table collocation_table(const WordCounts& counts, const WordTableSpec& spec);

}  // namespace fangtan::analysis
