// SPDX-License-Identifier: Apache-2.0
//
// Headings, notes and the statement of a study of saturation in the three
// languages.
#pragma once

#include <string>
#include <vector>

#include "fangtan/analysis/saturation_study.hpp"

namespace fangtan::analysis {

struct SaturationWording {
    const char* title;
    const char* interview[2];  // by InterviewUnit, as a heading
    const char* codes;
    const char* fresh;
    const char* fresh_names;
    const char* cumulative;
    const char* s;
    const char* jaccard;
    const char* middle;
    const char* low;
    const char* high;
    const char* reached;
    const char* held_out;      // heading of the column that marks them
    const char* yes;
    const char* between;       // names in a list
};

[[nodiscard]] const SaturationWording& saturation_wording(Language language);

// "其后 2 份访谈…"; names of codes where the statement needs them.
[[nodiscard]] std::string saturation_statement(Language language, const SaturationStudy& study, const std::vector<std::string>& held_out_names);
[[nodiscard]] std::string hold_out_note(Language language, const SaturationStudy& study, const std::vector<std::string>& held_out_names);
// Of one of the runs.
[[nodiscard]] std::string run_note(Language language, const SaturationStudy& study, std::size_t run);
[[nodiscard]] std::string s_note(Language language, const SaturationStudy& study);
[[nodiscard]] std::string orders_note(Language language, const SaturationStudy& study);
[[nodiscard]] std::string listed_order_note(Language language, InterviewUnit unit);
[[nodiscard]] std::string without_codes_note(Language language, const SaturationStudy& study);
[[nodiscard]] std::string nobodys_note(Language language, std::uint64_t codings);
[[nodiscard]] std::string statement_note(Language language, const std::string& statement);

}  // namespace fangtan::analysis
