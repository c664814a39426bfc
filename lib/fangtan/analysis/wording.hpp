// SPDX-License-Identifier: Apache-2.0
//
// Headings and notes of tables in the three languages.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "fangtan/analysis/tabulate.hpp"

namespace fangtan::analysis {

struct Wording {
    const char* title;             // before the codebook's name
    const char* title_by;          // likewise, with columns
    const char* code;              // heading of the codes' column
    const char* parent;            // of the one before it
    const char* level[5];          // of the levels, where there are more than two
    const char* total;
    const char* nobody;            // column of codings without a participant
    const char* subtotal;          // row of a parent with all below it
    const char* own;               // row of a parent's own codings
    const char* note;
    const char* colon;             // between title and name
    const char* measure[4];        // by CountKind, as a heading with its unit
    const char* plain_measure[4];  // without
    const char* percent;           // heading of a percentage
    const char* share;             // "{measure}{share}"
    const char* stop;              // ends a note
};

[[nodiscard]] const Wording& wording(Language language);

// "参考点百分比的基数：234。"
[[nodiscard]] std::string base_note(Language language, CountKind count, PercentKind percent, bool by_columns, std::uint64_t base);
// "材料 15 份（2022-03-12 至 2022-06-01），受访者 15 人；分析单元：句子。"
struct SourceFacts {
    std::uint64_t documents = 0;
    std::uint64_t participants = 0;
    std::uint64_t dated = 0;  // documents with a date
    std::string first_date;
    std::string last_date;
    std::vector<std::string> units;
};
[[nodiscard]] std::string untested_note(Language language);  // codings of nobody are no group
[[nodiscard]] std::string source_note(Language language, const SourceFacts& facts);
[[nodiscard]] std::string not_hundred_note(Language language);
[[nodiscard]] std::string no_column_note(Language language, std::uint64_t codings);
[[nodiscard]] std::string rejected_note(Language language, std::uint64_t codings);
[[nodiscard]] std::string skipped_note(Language language, const std::vector<std::string>& files);
[[nodiscard]] std::string overlap_note(Language language);
[[nodiscard]] std::string people_overlap_note(Language language);
[[nodiscard]] std::string not_adjusted_note(Language language);
[[nodiscard]] std::string filter_note(Language language, const std::vector<FilterCondition>& conditions);
[[nodiscard]] std::string withheld_note(Language language, std::uint64_t minimum);
[[nodiscard]] std::string dependence_note(Language language, CountKind kind);
[[nodiscard]] std::string no_test_note(Language language);
// "χ²(4) = 12.345，p = 0.015，Cramér's V = 0.210，n = 140。"
[[nodiscard]] std::string test_note(Language language, const TableTest& test, std::uint64_t n);
[[nodiscard]] std::string residual_note(Language language);
[[nodiscard]] std::string sparse_note(Language language, std::size_t small, std::size_t cells);

}  // namespace fangtan::analysis
