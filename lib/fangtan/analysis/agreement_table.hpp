// SPDX-License-Identifier: Apache-2.0
//
// What is known about the agreement of coders, as tables for people and as
// JSON for programs. A coefficient that is undefined is shown as undefined, and
// a note or a field says why.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "fangtan/analysis/agreement_results.hpp"
#include "fangtan/analysis/tabulate.hpp"
#include "fangtan/table/table.hpp"

namespace fangtan::analysis {

struct AgreementReport {
    const AgreementResult* now = nullptr;
    const AgreementResult* before = nullptr;  // an earlier round; may be null
    std::vector<std::string> notes;           // beside those about the numbers (coding_notes())
    bool all = false;                         // every coefficient, not only those that are usually reported
    int decimals = 3;
    agreement::BootstrapOptions drawing;
    Language language = Language::zh_hans;
};

// The coefficients, the counts they come from, by code, by pair. Notes are with the last table.
[[nodiscard]] std::vector<Table> agreement_tables(const AgreementReport& report);

// One row a number, with full precision: part, name, coefficient, value, reason. For CSV.
[[nodiscard]] Table agreement_rows(const AgreementReport& report);

// {"kind":…,"coders":[…],"n_units":…,"metrics":{…},"reasons":{…},"pairs":[…],"per_code":[…],"notes":[…]}
[[nodiscard]] std::string agreement_json(const AgreementReport& report);

// Ratings of two coders with their confusion matrix; of more, their coincidences: o_ck = Σ_u pairs (c, k) / (m_u - 1).
// Row by row, q² numbers.
[[nodiscard]] std::vector<std::vector<double>> coincidences(const agreement::Ratings& ratings);

// The difference of two numbers of this name; undefined if one of them is.
[[nodiscard]] agreement::Value difference(const agreement::Value& now, const agreement::Value& before);

}  // namespace fangtan::analysis
