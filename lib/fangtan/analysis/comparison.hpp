// SPDX-License-Identifier: Apache-2.0
//
// Two groups, or two periods, code by code: the share each gives to a code,
// the difference with its interval, and keyness.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "fangtan/analysis/share_difference.hpp"
#include "fangtan/analysis/tabulate.hpp"
#include "fangtan/coding/coding_set.hpp"
#include "fangtan/table/table.hpp"

namespace fangtan::analysis {

enum class ComparisonOrder { difference, g2, codebook };

struct ComparisonSpec {
    // Either people: those of whom `by` (participant, group, role, an attribute) is one of the two values. Empty values: the only
    // two there are.
    std::string by = "group";
    std::array<std::string, 2> groups;
    // Or documents: patterns of ids (FieldPattern), if they are not empty. Then `by` and `groups` do not matter.
    std::array<std::string, 2> documents;

    CountKind count = CountKind::references;
    double confidence = 0.95;
    ComparisonOrder order = ComparisonOrder::difference;
    std::uint64_t minimum = 1;            // codes with less than this in both groups together are left out
    std::optional<std::uint32_t> level;
    StatusChoice status = StatusChoice::not_rejected;
};

struct ComparedCode {
    std::uint32_t code = 0;                   // index of CodingSet::codes
    bool own = false;                         // a parent's own codings
    std::array<std::uint64_t, 2> counts{};
    // All empty if a base is 0 or smaller than its count.
    std::optional<double> difference;         // share of the first minus that of the second, -1 … 1
    std::optional<Interval> interval;         // newcombe_interval()
    std::optional<double> g2;                 // log_likelihood_two_cells(); as bases have it, of group and rest
    std::optional<double> p;
    std::optional<double> bayes_factor;
    std::optional<double> log_ratio;          // also empty if a count is 0
};

struct Comparison {
    ComparisonSpec spec;
    std::array<std::string, 2> names;         // the two values, or patterns
    std::array<std::uint64_t, 2> bases{};     // references: all of the group; participants: its people; documents: in which they speak;
                                              // characters: what they said. 0 where that is not known
    std::vector<ComparedCode> codes;          // in the order of spec.order; of equals, in that of the codebook
    std::uint64_t elsewhere = 0;              // codings that count, but in neither group
    std::uint64_t rejected = 0;
    bool speech_unknown = false;              // characters were asked for, but the codings do not say how much people said
};

// Throws Error(usage): `by` or a value that nobody has (known ones are named), other than two values where none were
// chosen, a pattern that fits no document, a document that fits both, twice the same group, a
// confidence that is none.
// O(codings log codings + documents · people).
[[nodiscard]] Comparison compare(const CodingSet& set, const ComparisonSpec& spec);

// `decimals` of shares and differences, in percent.
[[nodiscard]] Table comparison_table(const Comparison& comparison, const CodingSet& set, Language language, int decimals);

}  // namespace fangtan::analysis
