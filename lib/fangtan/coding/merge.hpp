// SPDX-License-Identifier: Apache-2.0
//
// Several streams of codings as one: shards, coders, a new run of the rules
// and the decisions people made about an older one. The result depends on the
// set of records alone: merging is associative, commutative and idempotent.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "fangtan/base/diagnostic.hpp"
#include "fangtan/coding/record.hpp"

namespace fangtan::coding {

struct MergeInput {
    std::string name;  // for messages
    CodingStream stream;
};

// A passage a person should look at. Positions in code points.
struct Passage {
    std::string document;
    std::optional<std::uint32_t> turn;
    std::string participant;
    std::uint32_t start = 0;
    std::uint32_t end = 0;
    std::string code;
    std::string coder;
    std::string what;  // "accepted; rejected (L)"
};

struct MergeResult {
    CodingStream stream;
    std::size_t read = 0;        // codings of all inputs: stream.codings + duplicates + settled
    std::size_t duplicates = 0;  // the same record once more
    std::size_t settled = 0;     // proposals about which a decision stands in the result
    std::vector<Passage> conflicts;   // one coder's segment about which decisions differ; all are kept
    std::vector<Passage> unproposed;  // decisions about a proposal that the rules no longer make; kept
    bool code_order_differs = false;  // the inputs list codes unlike each other: the result lists them by path
};

// A decision (accepted or rejected) settles every proposal of the same document, coder, span and code, or of those of its
// origin: a new run of the rules does not bring a rejected segment back. A proposal that carries a memo or members that the
// decision does not is kept. Faults: two files with different content for one document (both are named), codes or
// participants that differ, bare codings of a document or code that no other input knows. O(n log n).
[[nodiscard]] std::optional<MergeResult> merge(const std::vector<MergeInput>& inputs, Diagnostics& diagnostics);

}  // namespace fangtan::coding
