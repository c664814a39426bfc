// SPDX-License-Identifier: Apache-2.0
#include "fangtan/analysis/saturation_measures.hpp"

#include <algorithm>
#include <set>

#include "fangtan/base/error.hpp"

namespace fangtan::analysis {

using agreement::Undefined;
using agreement::Value;

std::vector<std::uint64_t> new_codes(const InterviewCodes& interviews) {
    std::set<std::uint32_t> known;
    std::vector<std::uint64_t> counts;
    for (const std::vector<std::uint32_t>& codes : interviews) {
        const std::size_t before = known.size();
        known.insert(codes.begin(), codes.end());
        counts.push_back(known.size() - before);
    }
    return counts;
}

std::string Saturation::label(std::size_t run) const {
    if (!saturated_after) return {};
    return std::to_string(*saturated_after) + "+" + std::to_string(run);
}

Saturation saturation(const std::vector<std::uint64_t>& new_by_interview, const SaturationOptions& options) {
    if (options.base == 0 || options.run == 0) throw Error(ErrorKind::usage, "", "基数与轮次须至少为 1 次访谈 (base and run need at least one interview)");
    if (!(options.threshold >= 0 && options.threshold <= 1)) throw Error(ErrorKind::usage, "", "饱和阈值须在 0 与 1 之间 (the threshold must lie within 0 and 1)");
    Saturation result;
    for (std::size_t i = 0; i < std::min(options.base, new_by_interview.size()); ++i) result.base_codes += new_by_interview[i];
    const double base = static_cast<double>(result.base_codes);
    for (std::size_t start = options.base; start < new_by_interview.size() && options.run <= new_by_interview.size() - start; ++start) {
        Saturation::Run run;
        run.first = start + 1;
        for (std::size_t i = start; i < start + options.run; ++i) run.new_codes += new_by_interview[i];
        run.ratio = agreement::ratio(static_cast<double>(run.new_codes), base, Undefined::no_data);
        // 1 of 20 is 5 %, whatever 0.05 is in binary.
        const bool quiet = run.ratio.defined() && static_cast<double>(run.new_codes) <= options.threshold * base + 1e-9;
        if (quiet && !result.saturated_after) result.saturated_after = start;
        result.runs.push_back(run);
    }
    return result;
}

std::vector<agreement::Metric> saturation_metrics(const Saturation& saturation) {
    std::vector<agreement::Metric> metrics{{"base_codes", static_cast<double>(saturation.base_codes)}};
    for (std::size_t i = 0; i < saturation.runs.size(); ++i) {
        const std::string name = "run" + std::to_string(i + 1);
        metrics.push_back({name + "_new", static_cast<double>(saturation.runs[i].new_codes)});
        metrics.push_back({name + "_ratio", saturation.runs[i].ratio});
    }
    metrics.push_back({"saturated_after", saturation.saturated_after ? Value(static_cast<double>(*saturation.saturated_after)) : Value(Undefined::not_reached)});
    return metrics;
}

std::vector<SaturationStep> saturation_steps(const InterviewCodes& interviews) {
    std::vector<SaturationStep> steps;
    std::set<std::uint32_t> before;
    for (std::size_t i = 0; i < interviews.size(); ++i) {
        const std::set<std::uint32_t> codes(interviews[i].begin(), interviews[i].end());
        const auto known = static_cast<double>(std::count_if(codes.begin(), codes.end(), [&](std::uint32_t code) { return before.count(code) > 0; }));
        const double here = static_cast<double>(codes.size());
        const double all = static_cast<double>(before.size()) + here - known;
        if (i > 0) steps.push_back({i + 1, agreement::ratio(known, here, Undefined::no_data), agreement::ratio(known, all, Undefined::no_data)});
        before.insert(codes.begin(), codes.end());
    }
    return steps;
}

std::optional<std::size_t> saturated_at(const std::vector<SaturationStep>& steps, double share, std::size_t times) {
    std::size_t row = 0;
    for (const SaturationStep& step : steps) {
        row = step.s.defined() && step.s.number() >= share - 1e-12 ? row + 1 : 0;
        if (row > 0 && row >= times) return step.interview;
    }
    return std::nullopt;
}

std::vector<agreement::Metric> saturation_step_metrics(const std::vector<SaturationStep>& steps) {
    std::vector<agreement::Metric> metrics;
    for (const SaturationStep& step : steps) {
        metrics.push_back({"S_" + std::to_string(step.interview), step.s});
        metrics.push_back({"jaccard_" + std::to_string(step.interview), step.jaccard});
    }
    return metrics;
}

}  // namespace fangtan::analysis
