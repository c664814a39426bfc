// SPDX-License-Identifier: Apache-2.0
#include "fangtan/analysis/multiple_response.hpp"

#include <algorithm>

#include "fangtan/base/error.hpp"

namespace fangtan::analysis {

using agreement::ratio;
using agreement::Undefined;

MultipleResponse multiple_response(const std::vector<ResponseCase>& cases, std::size_t options, CaseBase base) {
    MultipleResponse result;
    result.options.resize(options);
    std::vector<std::size_t> last_case(options, 0);
    for (std::size_t i = 0; i < cases.size(); ++i) {
        if (!cases[i].asked) continue;
        for (const std::uint32_t option : cases[i].chosen) {
            if (option >= options || last_case[option] == i + 1) throw Error(ErrorKind::internal, "", "a case chose an option that is not there, or one twice");
            last_case[option] = i + 1;
            ++result.options[option].count;
            ++result.responses;
        }
        if (base == CaseBase::all || !cases[i].chosen.empty()) ++result.cases;
    }
    const double responses = static_cast<double>(result.responses);
    const double base_cases = static_cast<double>(result.cases);
    for (MultipleResponse::Option& option : result.options) {
        option.of_responses = ratio(static_cast<double>(option.count), responses, Undefined::no_data);
        option.of_cases = ratio(static_cast<double>(option.count), base_cases, Undefined::no_data);
    }
    result.total_of_cases = ratio(responses, base_cases, Undefined::no_data);
    return result;
}

std::vector<agreement::Metric> multiple_response_metrics(const MultipleResponse& result, const std::vector<std::string>& names) {
    std::vector<agreement::Metric> metrics{
        {"n_cases", static_cast<double>(result.cases)}, {"n_responses", static_cast<double>(result.responses)}, {"total_pct_cases", result.total_of_cases}};
    for (std::size_t i = 0; i < std::min(names.size(), result.options.size()); ++i) {
        metrics.push_back({"n_" + names[i], static_cast<double>(result.options[i].count)});
        metrics.push_back({"pct_responses_" + names[i], result.options[i].of_responses});
        metrics.push_back({"pct_cases_" + names[i], result.options[i].of_cases});
    }
    return metrics;
}

}  // namespace fangtan::analysis
