// SPDX-License-Identifier: Apache-2.0
#include "fangtan/analysis/span_set.hpp"

#include <algorithm>
#include <iterator>

namespace fangtan::analysis {

SpanSet span_set(std::vector<Span> spans) {
    std::erase_if(spans, [](const Span& span) { return span.empty(); });
    std::sort(spans.begin(), spans.end());
    spans.erase(std::unique(spans.begin(), spans.end()), spans.end());
    return spans;
}

SpanSet united(const SpanSet& a, const SpanSet& b) {
    SpanSet all;
    all.reserve(a.size() + b.size());
    std::set_union(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(all));
    return all;
}

SpanSet common_parts(const SpanSet& a, const SpanSet& b) {
    std::vector<Span> parts;
    // Those of either set that may still reach what comes next.
    std::vector<Span> open_a;
    std::vector<Span> open_b;
    std::size_t i = 0;
    std::size_t k = 0;
    const auto meet = [&](Span span, std::vector<Span>& others) {
        std::erase_if(others, [&](const Span& other) { return other.end <= span.begin; });
        for (const Span& other : others) parts.push_back({span.begin, std::min(span.end, other.end)});  // it began before
    };
    while (i < a.size() || k < b.size()) {
        if (k == b.size() || (i < a.size() && a[i].begin <= b[k].begin)) {
            meet(a[i], open_b);
            open_a.push_back(a[i++]);
        } else {
            meet(b[k], open_a);
            open_b.push_back(b[k++]);
        }
    }
    return span_set(std::move(parts));
}

SpanSet untouched(const SpanSet& a, const SpanSet& b) {
    SpanSet rest;
    // Both ascend by begin: of all of b that begin before the end of a span, only how far they reach matters. Ends of a do
    // not ascend, so the reach is kept for every beginning.
    std::vector<ByteOffset> reach;
    reach.reserve(b.size());
    for (const Span& span : b) reach.push_back(reach.empty() ? span.end : std::max(reach.back(), span.end));
    for (const Span& span : a) {
        const auto behind = std::partition_point(b.begin(), b.end(), [&](const Span& other) { return other.begin < span.end; });
        const bool touched = behind != b.begin() && reach[static_cast<std::size_t>(behind - b.begin()) - 1] > span.begin;
        if (!touched) rest.push_back(span);
    }
    return rest;
}

}  // namespace fangtan::analysis
