// SPDX-License-Identifier: Apache-2.0
//
// Tables that hold agreement data as other programs have it: ratings by unit
// and coder, the counts of two coders, segments, weights. Faults are reported
// with line and column, all of a file at once.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "fangtan/agreement/continuum.hpp"
#include "fangtan/agreement/ratings.hpp"
#include "fangtan/agreement/weights.hpp"
#include "fangtan/base/diagnostic.hpp"

namespace fangtan::analysis {

// `text` of all of these is valid UTF-8 with LF line ends; `file` is for messages. Empty after errors were added.

struct RatingsFile {
    std::vector<std::string> coders;    // headings of the columns behind the first
    std::vector<std::string> units;     // the first column, which names units and may repeat itself
    agreement::Scale scale;
    std::vector<std::int32_t> cells;    // unit after unit

    [[nodiscard]] agreement::Ratings ratings() const { return {coders.size(), scale, cells}; }
};

struct ScaleOptions {
    std::vector<std::string> categories;  // declared, in their order; none: those that occur
    bool ordered = false;                 // the declared order is the order of the scale
    std::vector<std::string> coders;      // only these, in this order; none: all
};

// unit,coder1,coder2…; an empty cell is a missing rating. Blanks around a rating do not belong to it. Rows without any rating
// stay. Errors: a rating that is no declared category, no column of a coder.
[[nodiscard]] std::optional<RatingsFile> read_ratings(std::string_view text, const std::string& file, const ScaleOptions& options, Diagnostics& diagnostics);

// The header names the categories of coder 2, the first column those of coder 1; cells are counts.
struct TableFile {
    agreement::Scale scale;
    agreement::Contingency counts{0};
};
[[nodiscard]] std::optional<TableFile> read_counts(std::string_view text, const std::string& file, const ScaleOptions& options, Diagnostics& diagnostics);

// coder,code,start,end: positions in code points, the end exclusive. A row with an empty code names a coder who marked
// nothing. Errors: a segment that leaves begin … begin + length.
struct SegmentsFile {
    std::vector<std::string> coders;
    agreement::Continuum continuum;
};
[[nodiscard]] std::optional<SegmentsFile> read_segments(std::string_view text, const std::string& file, std::uint64_t begin, std::uint64_t length, const std::vector<std::string>& coders,
                                                        Diagnostics& diagnostics);

// A square table with the categories in its header and first column: similarities if its diagonal is 1, disagreements if it is 0.
[[nodiscard]] std::optional<agreement::Weights> read_weights(std::string_view text, const std::string& file, const agreement::Scale& scale, Diagnostics& diagnostics);

}  // namespace fangtan::analysis
