// SPDX-License-Identifier: Apache-2.0
//
// Questions to which a case may give several answers (多选题). The shares of
// cases add up to more than 1: they must not be rounded to a sum of 100 %.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "fangtan/agreement/value.hpp"

namespace fangtan::analysis {

// Whose number the shares of cases are measured against.
enum class CaseBase {
    answered,  // cases with one answer or more, as SPSS does
    all,       // all cases that were asked, also those that chose nothing
};

// One case: what it chose, as indices of options, each at most once. `asked` is false where the question was left out.
struct ResponseCase {
    bool asked = true;
    std::vector<std::uint32_t> chosen;
};

struct MultipleResponse {
    std::uint64_t cases = 0;      // the base
    std::uint64_t responses = 0;  // choices in all
    struct Option {
        std::uint64_t count = 0;
        agreement::Value of_responses = agreement::Undefined::no_data;  // count / responses; no_data if nobody chose anything
        agreement::Value of_cases = agreement::Undefined::no_data;      // count / cases; no_data if the base is empty
    };
    std::vector<Option> options;
    agreement::Value total_of_cases = agreement::Undefined::no_data;    // responses / cases: 1.729 is 172.9 %
};

// Throws Error(internal) if a case chose an option that is not there, or one twice. O(choices).
[[nodiscard]] MultipleResponse multiple_response(const std::vector<ResponseCase>& cases, std::size_t options, CaseBase base = CaseBase::answered);

// n_cases n_responses total_pct_cases, then n_X pct_responses_X pct_cases_X (shares of 1).
[[nodiscard]] std::vector<agreement::Metric> multiple_response_metrics(const MultipleResponse& result, const std::vector<std::string>& names);

}  // namespace fangtan::analysis
