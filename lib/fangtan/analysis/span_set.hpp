// SPDX-License-Identifier: Apache-2.0
//
// Sets of passages of one text. The members are passages, not characters: they
// may overlap, and two that touch are not joined.
#pragma once

#include <vector>

#include "fangtan/text/span.hpp"

namespace fangtan::analysis {

// Ascending by begin, then end; each once; none empty.
using SpanSet = std::vector<Span>;

// Sorts, and drops empty spans and repetitions.
[[nodiscard]] SpanSet span_set(std::vector<Span> spans);

[[nodiscard]] SpanSet united(const SpanSet& a, const SpanSet& b);

// What a member of `a` and one of `b` have in common, for every pair that has something. O(n log n + pairs).
[[nodiscard]] SpanSet common_parts(const SpanSet& a, const SpanSet& b);

// The members of `a` that have no byte in common with any of `b`. O(n log n).
[[nodiscard]] SpanSet untouched(const SpanSet& a, const SpanSet& b);

}  // namespace fangtan::analysis
