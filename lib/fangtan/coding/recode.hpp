// SPDX-License-Identifier: Apache-2.0
//
// Renames, merges, splits and moves codes in a codebook and in the codings
// made with it, at once, as a table says. The table is described in
// fangtan-recode(1).
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "fangtan/base/diagnostic.hpp"
#include "fangtan/codebook/codebook.hpp"
#include "fangtan/coding/record.hpp"

namespace fangtan::coding {

struct RecodeResult {
    Codebook codebook;
    std::string yaml;          // of the codebook
    CodingStream stream;       // with the code records of the new codebook
    std::size_t recoded = 0;   // codings whose code is another now
    std::size_t unfitted = 0;  // codings of a split code that no row fits; they keep it
    std::vector<std::string> created;  // paths of codes that are new
    std::vector<std::string> notes;    // what merging may have changed in the sense of rules
};

// All rows apply at once to the old codes: `from` is never looked for among new ones. Without `split`, conditions are a
// fault. Faults, all reported: unknown or ambiguous codes, a code mapped twice, to itself, below itself or to one that is mapped
// away, children that would lose their parent, codings that fit two rows with different targets, codings whose code is not in the
// codebook, two codes of one id afterwards. O(codings * rows of their code).
[[nodiscard]] std::optional<RecodeResult> recode(const Codebook& codebook, const CodingStream& stream, std::string_view map, const std::string& map_file,
                                                 const std::string& codings_file, bool split, Diagnostics& diagnostics);

}  // namespace fangtan::coding
