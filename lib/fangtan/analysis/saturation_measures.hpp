// SPDX-License-Identifier: Apache-2.0
//
// When further interviews bring nothing new: the base-and-run method of Guest
// et al. and the S coefficient of 杨莉萍 et al. Both take the codes interview
// by interview, in the order in which they were held.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "fangtan/agreement/value.hpp"

namespace fangtan::analysis {

// The codes of each interview, as numbers; order and repetitions within an interview do not matter.
using InterviewCodes = std::vector<std::vector<std::uint32_t>>;

// How many codes each interview is the first to have.
[[nodiscard]] std::vector<std::uint64_t> new_codes(const InterviewCodes& interviews);

struct SaturationOptions {
    std::size_t base = 4;     // interviews whose codes are the denominator, 4 … 6
    std::size_t run = 2;      // interviews in which new codes are counted, 2 or 3
    double threshold = 0.05;  // stop at this share of new codes or less
};

struct Saturation {
    std::uint64_t base_codes = 0;  // different codes in the base; fixed
    struct Run {
        std::size_t first = 0;               // number of its first interview, from 1
        std::uint64_t new_codes = 0;         // that appear in the run for the first time
        agreement::Value ratio = agreement::Undefined::no_data;  // new_codes / base_codes
    };
    std::vector<Run> runs;  // each begins one interview later; only full ones
    // Interviews before the first run with a ratio of at most the threshold: "6" in "6+2".
    std::optional<std::size_t> saturated_after;

    [[nodiscard]] std::string label(std::size_t run) const;  // "6+2"; empty if it was not reached
};

// Guest, Namey & Chen (2020), PLoS ONE 15(5):e0232076. From new codes by interview. Throws Error(usage) if base or run is
// 0 or the threshold not within 0 … 1.
[[nodiscard]] Saturation saturation(const std::vector<std::uint64_t>& new_by_interview, const SaturationOptions& options = {});

// base_codes runN_new runN_ratio saturated_after (undefined: not_reached).
[[nodiscard]] std::vector<agreement::Metric> saturation_metrics(const Saturation& saturation);

struct SaturationStep {
    std::size_t interview = 0;  // from 1; the first has no step
    agreement::Value s = agreement::Undefined::no_data;        // |A ∩ B| / |B|, A all codes before, B those of the interview; no_data if B is empty
    agreement::Value jaccard = agreement::Undefined::no_data;  // |A ∩ B| / |A ∪ B|
};

// 杨莉萍, 亓立东, 张博 (2022). 质性研究中的资料饱和及其判定. 心理科学进展, 30(3), 511-521.
[[nodiscard]] std::vector<SaturationStep> saturation_steps(const InterviewCodes& interviews);

// The interview with which S was at least `share` for `times` interviews in a row: 3 for interviews, 2 for focus groups.
// An interview without codes breaks the row.
[[nodiscard]] std::optional<std::size_t> saturated_at(const std::vector<SaturationStep>& steps, double share = 0.95, std::size_t times = 3);

// S_i jaccard_i.
[[nodiscard]] std::vector<agreement::Metric> saturation_step_metrics(const std::vector<SaturationStep>& steps);

}  // namespace fangtan::analysis
