// SPDX-License-Identifier: Apache-2.0
//
// What the report says, in three languages. Internal to the report.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "fangtan/analysis/tabulate.hpp"

namespace fangtan::report {

// {name} in a text is replaced by a value.
struct ReportWords {
    const char* tag;  // of the language
    const char* title;
    const char* skip;
    const char* overview;
    const char* frequencies;
    const char* matrix;
    const char* cooccurrence;
    const char* saturation;
    const char* agreement;
    const char* transcripts;
    // Overview.
    const char* documents;
    const char* participants;
    const char* characters;
    const char* codes;
    const char* used_codes;
    const char* references;
    const char* coders;
    const char* undecided;
    const char* document;
    const char* file;
    // Pictures and tables.
    const char* references_of;  // "{n} references (参考点)"
    const char* matrix_help;
    const char* by_participant;
    const char* by_group;
    const char* nobody;
    const char* total;
    const char* code;
    const char* parent;
    const char* cell;           // "{code} × {column}: {n}"
    const char* table_of;       // the same as a table
    const char* cooccurrence_help;
    const char* together;
    const char* first_code;
    const char* second_code;
    const char* none_together;
    const char* more_pairs;     // "{n} more pairs …"
    const char* interview;
    const char* cumulative;
    const char* new_codes;
    const char* saturated;      // "{label}"
    const char* saturation_help;
    const char* not_saturated;
    const char* too_few;
    const char* band;           // of random orders
    const char* middle;         // their median
    const char* agreement_help;
    const char* only_one_coder;
    // Filter and passages.
    const char* filter_code;
    const char* filter_person;
    const char* filter_coder;
    const char* filter_status;
    const char* filter_search;
    const char* all;
    const char* not_rejected;
    const char* clear;
    const char* open_all;
    const char* shown;          // "{codings} … {documents}"
    const char* codings;
    const char* close;
    const char* passages;       // "{n}"
    const char* here;
    const char* whole;
    const char* source;         // "（{who}）"
    const char* with_role;      // "{id}，{role}"
    const char* turn;           // "{document}, turn {turn}"
    const char* status[3];      // proposed, accepted, rejected
    const char* no_text;
    const char* no_script;
    const char* made;           // the foot
};

[[nodiscard]] const ReportWords& report_words(Language language);

// `text` with {name} replaced, for each name.
[[nodiscard]] std::string filled(const char* text, const std::vector<std::pair<const char*, std::string>>& values);

}  // namespace fangtan::report
