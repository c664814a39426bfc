// SPDX-License-Identifier: Apache-2.0
//
// One text in which coders marked segments of their own choosing. Positions
// are code points from the beginning of the document, ends exclusive. Texts
// are joined into one continuum by shifting the segments of the later ones.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace fangtan::agreement {

struct Segment {
    std::uint32_t coder = 0;
    std::uint32_t code = 0;
    std::uint64_t start = 0;
    std::uint64_t end = 0;

    [[nodiscard]] std::uint64_t length() const { return end - start; }
    friend auto operator<=>(const Segment&, const Segment&) = default;
};

struct Continuum {
    std::uint64_t begin = 0;
    std::uint64_t length = 0;
    std::size_t coders = 0;          // also those that marked nothing
    std::vector<std::string> codes;  // names; a segment's code is an index
    std::vector<Segment> segments;   // in any order
};

// Throws Error(input) if a segment is empty, leaves the continuum, or names a coder or code that is not there.
void check(const Continuum& continuum);

// The segments of one coder, of one code or all, by start and end.
[[nodiscard]] std::vector<Segment> segments_of(const Continuum& continuum, std::uint32_t coder);
[[nodiscard]] std::vector<Segment> segments_of(const Continuum& continuum, std::uint32_t coder, std::uint32_t code);

// Segments of one coder and code that overlap become one; those that merely touch stay apart. Sorted.
[[nodiscard]] std::vector<Segment> merge_overlaps(const std::vector<Segment>& segments);

// Whether two of these, sorted by start, overlap.
[[nodiscard]] bool overlapping(const std::vector<Segment>& sorted);

}  // namespace fangtan::agreement
