// SPDX-License-Identifier: Apache-2.0
#include "fangtan/agreement/continuum.hpp"

#include <algorithm>
#include <tuple>

#include "fangtan/base/error.hpp"

namespace fangtan::agreement {
namespace {

template <class Wanted>
std::vector<Segment> sorted(const Continuum& continuum, Wanted wanted) {
    std::vector<Segment> found;
    std::copy_if(continuum.segments.begin(), continuum.segments.end(), std::back_inserter(found), wanted);
    std::sort(found.begin(), found.end(), [](const Segment& a, const Segment& b) { return std::tie(a.start, a.end, a.code) < std::tie(b.start, b.end, b.code); });
    return found;
}

}  // namespace

void check(const Continuum& continuum) {
    for (const Segment& segment : continuum.segments) {
        if (segment.coder >= continuum.coders || segment.code >= continuum.codes.size()) {
            throw Error(ErrorKind::input, "", "片段的编码员或代码不在名单中 (a segment names a coder or a code that is not listed)");
        }
        const std::string place = std::to_string(segment.start) + "-" + std::to_string(segment.end);
        if (segment.start >= segment.end) throw Error(ErrorKind::input, place, "片段的终点须在起点之后 (a segment must end after its start)");
        if (segment.start < continuum.begin || segment.end - continuum.begin > continuum.length) {
            throw Error(ErrorKind::input, place, "片段超出文本范围 (a segment leaves its text)");
        }
    }
}

std::vector<Segment> segments_of(const Continuum& continuum, std::uint32_t coder) {
    return sorted(continuum, [&](const Segment& segment) { return segment.coder == coder; });
}

std::vector<Segment> segments_of(const Continuum& continuum, std::uint32_t coder, std::uint32_t code) {
    return sorted(continuum, [&](const Segment& segment) { return segment.coder == coder && segment.code == code; });
}

std::vector<Segment> merge_overlaps(const std::vector<Segment>& segments) {
    std::vector<Segment> all = segments;
    std::sort(all.begin(), all.end());  // by coder, code, start, end
    std::vector<Segment> merged;
    for (const Segment& segment : all) {
        const bool joins = !merged.empty() && merged.back().coder == segment.coder && merged.back().code == segment.code && segment.start < merged.back().end;
        if (joins) {
            merged.back().end = std::max(merged.back().end, segment.end);
        } else {
            merged.push_back(segment);
        }
    }
    return merged;
}

bool overlapping(const std::vector<Segment>& sorted) {
    for (std::size_t i = 1; i < sorted.size(); ++i) {
        if (sorted[i].start < sorted[i - 1].end) return true;
    }
    return false;
}

}  // namespace fangtan::agreement
