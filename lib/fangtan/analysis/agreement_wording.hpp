// SPDX-License-Identifier: Apache-2.0
//
// Headings, names of coefficients and notes of reports on agreement in the
// three languages.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "fangtan/agreement/krippendorff.hpp"
#include "fangtan/agreement/value.hpp"
#include "fangtan/analysis/agreement_results.hpp"
#include "fangtan/analysis/tabulate.hpp"

namespace fangtan::analysis {

struct AgreementWording {
    const char* title;
    const char* nominal_title;    // which code
    const char* text_title;       // where segments begin and end
    const char* table_title;      // confusion matrix
    const char* coincidence_title;
    const char* code_title;
    const char* category_title;
    const char* pair_title;
    const char* coefficient;
    const char* value;
    const char* before;
    const char* difference;
    const char* low;
    const char* high;
    const char* name;             // of the metric in JSON
    const char* code;
    const char* category;
    const char* coder[2];
    const char* both;
    const char* only;             // before the coder's name
    const char* neither;
    const char* total;
    const char* undefined;
    const char* note_heading;
    const char* comma;            // between names
    const char* colon;
    const char* stop;
};

[[nodiscard]] const AgreementWording& agreement_wording(Language language);

// What a coefficient is called; its JSON name where it has no other.
[[nodiscard]] std::string coefficient_name(Language language, const std::string& metric, agreement::Level level);
[[nodiscard]] std::string reason_sentence(Language language, agreement::Undefined reason);
// What one unit is: 句, 话轮 …
[[nodiscard]] std::string unit_name(Language language, AgreementUnit unit);

// How many units, coders, missing ratings; how intervals were made; what does not hold of these numbers.
[[nodiscard]] std::vector<std::string> agreement_notes(Language language, const AgreementResult& result, const agreement::BootstrapOptions& drawing);
// About the codings: silent coders, rejected codings, documents left out.
[[nodiscard]] std::vector<std::string> coding_notes(Language language, const CodedUnits& units);

}  // namespace fangtan::analysis
