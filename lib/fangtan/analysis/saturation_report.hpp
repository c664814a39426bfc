// SPDX-License-Identifier: Apache-2.0
//
// A study of saturation as readers want it: a table, JSON, and one statement
// for the methods section that is true whatever came out.
#pragma once

#include <string>

#include "fangtan/analysis/saturation_study.hpp"
#include "fangtan/table/table.hpp"

namespace fangtan::analysis {

// `set` is the one the study was made of, in all of them.

// "按材料排列顺序，前 4 份访谈得到 15 个编码；第 7、8 份访谈出现新编码 0 个（占基数的 0%，不高于 5%），编码在 6+2 份时达到饱和（Guest, Namey
// & Chen, 2020）。" Also says what came after the quiet run, and what the interviews held back brought. The order is
// called that of the interviews only if spec.order was given. No line feed.
[[nodiscard]] std::string saturation_sentence(const SaturationStudy& study, const CodingSet& set, Language language);

enum class NewCodeNames { left_out, listed };  // a column with the names of the new codes

// One row for each interview. S, Jaccard and the band are empty where they are undefined. The statement is the last note.
[[nodiscard]] Table saturation_table(const SaturationStudy& study, const CodingSet& set, Language language, NewCodeNames names);

// One object on one line, numbers at full precision, null where undefined; members as in fangtan-saturate(1).
[[nodiscard]] std::string saturation_json(const SaturationStudy& study, const CodingSet& set, Language language);

}  // namespace fangtan::analysis
