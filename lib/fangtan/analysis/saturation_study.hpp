// SPDX-License-Identifier: Apache-2.0
//
// Whether the interviews of a study were enough (理论饱和度): new codes interview
// by interview, the base-and-run method, the S coefficient, random orders
// beside the order of the study, and interviews held back as a check. Plain
// numbers, from which tables, sentences (saturation_report.hpp) and pictures
// (report::SaturationCurve) are made.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "fangtan/analysis/saturation_measures.hpp"
#include "fangtan/analysis/tabulate.hpp"
#include "fangtan/base/diagnostic.hpp"
#include "fangtan/coding/coding_set.hpp"

namespace fangtan::analysis {

enum class InterviewUnit { document, participant };  // what one interview is

struct SaturationStudySpec {
    InterviewUnit unit = InterviewUnit::document;
    std::vector<std::string> order;          // ids of all interviews; empty: as interview_ids() gives them
    std::size_t base = 4;                    // SaturationOptions
    std::vector<std::size_t> runs = {2, 3};  // the first decides, the others are told beside it
    double threshold = 0.05;
    std::size_t s_times = 3;                 // S >= 0.95 so many times in a row
    std::uint64_t orders = 100;              // random ones; 0: none
    std::uint64_t seed = 1;
    std::size_t hold_out = 0;                // the last interviews of the order, which take no part in all the rest
    bool hold_out_third = false;             // instead: a third of them, rounded down
    std::optional<std::uint32_t> level;      // rolls deeper codes up to this level of the tree
    StatusChoice status = StatusChoice::not_rejected;
};

inline constexpr double kSaturationShare = 0.95;  // of S
inline constexpr double kBandLow = 0.05;          // the band of random orders
inline constexpr double kBandHigh = 0.95;

// Of random orders, by number of interviews: percentiles between two orders by proportion (Hyndman & Fan 1996,
// definition 7). Empty without them.
struct OrderBand {
    std::vector<double> low, middle, high;   // different codes; the 5th, 50th and 95th percentile
    std::vector<std::uint64_t> reached;      // orders whose first quiet run (the first of the runs) ended by then
};

struct SaturationStudy {
    SaturationStudySpec spec;                        // hold_out is what was held back in the end
    // All interviews in their order, those held back last.
    std::vector<std::string> interviews;
    InterviewCodes codes;                            // of each, as indices of CodingSet::codes, ascending
    std::vector<std::vector<std::uint32_t>> first;   // the codes it is the first to have, ascending
    std::vector<std::uint64_t> cumulative;           // different codes up to and with each
    std::vector<SaturationStep> steps;               // SaturationStep::interview from 2 on
    // Of the interviews that were not held back.
    std::size_t studied = 0;
    std::vector<Saturation> runs;                    // one for each of spec.runs
    std::optional<std::size_t> s_saturated_at;
    OrderBand band;
    std::vector<std::uint32_t> held_out_new;         // codes of those held back that the others lack, ascending
    // What was not counted.
    std::uint64_t rejected = 0;
    std::uint64_t nobodys = 0;                       // codings of no participant, where participants are the interviews

    // By the first run. `cannot_say`: fewer interviews than base and run, or no code in the base.
    enum class Verdict { saturated, not_saturated, cannot_say };
    [[nodiscard]] Verdict verdict() const;
    [[nodiscard]] std::vector<std::size_t> without_codes() const;  // indices of interviews
};

// Documents in natural order of their ids, P2 before P10; or participants as they come up in these, those who are listed but
// neither speak nor are coded left out.
[[nodiscard]] std::vector<std::string> interview_ids(const CodingSet& set, InterviewUnit unit);

// In the order in which they were held, by the dates of the documents (of a participant the first); of one day in the order of
// interview_ids(). `undated` gets those without a date, and the result is of no use then.
[[nodiscard]] std::vector<std::string> interview_ids_by_date(const CodingSet& set, InterviewUnit unit, std::vector<std::string>& undated);

// A file with one id a line (blank lines are passed over, and what begins with # unless it is an id). Errors: ids that are not in `known`, repeated ones, ids of
// `known` that are missing. Empty exactly if it added an error.
[[nodiscard]] std::optional<std::vector<std::string>> read_interview_order(std::string_view text, const std::string& file, const std::vector<std::string>& known,
                                                                           Diagnostics& diagnostics);

// Codes are those with at least one coding that counts, leaves or not; an interview without one brings nothing new.
// The drawing of orders is of our own and alike on every machine. Throws Error(usage): no run, numbers out of their
// range, nothing left after holding back; Error(internal): an order that is not one of all interviews.
// O(codings log codings + (orders + 1) · Σ codes of the interviews).
[[nodiscard]] SaturationStudy saturation_study(const CodingSet& set, const SaturationStudySpec& spec);

}  // namespace fangtan::analysis
