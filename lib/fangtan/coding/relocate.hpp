// SPDX-License-Identifier: Apache-2.0
//
// Finds codings again in a transcript that was edited after it was coded.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "fangtan/coding/record.hpp"
#include "fangtan/transcript/transcript.hpp"

namespace fangtan::coding {

enum class Fate {
    unchanged,  // the same text at the same place
    moved,      // the same text at another place
    changed,    // a similar text (kSimilarEnough)
    lost,       // nothing similar enough
};
[[nodiscard]] std::string_view name_of(Fate fate);

// Of folded characters (text/fold.hpp), by alignment.hpp: at most three characters in ten were put in, taken out or replaced.
inline constexpr double kSimilarEnough = 0.7;
// With an old transcript: how many characters on either side tell equal passages apart.
inline constexpr std::size_t kContext = 20;

struct Relocated {
    Fate fate = Fate::lost;
    StoredCoding coding;       // at its new place; as it was if lost
    double similarity = 1;     // 0 if lost
    std::size_t places = 0;    // where exactly this text stands; above 1 it was chosen among equals
    bool origin_lost = false;  // the place from which a person had moved it is gone: the member is taken away
};

struct OldDocument {
    std::optional<std::string> text;  // if the old transcript is at hand
    std::uint32_t characters = 0;     // 0: unknown
    bool same = false;                // file and length are those of the transcript
};

// `codings` are all of one document; the result is in their order. A passage in a turn is looked for within turns only, one
// that covers more anywhere. Exactly equal passages first: the participant should be the same, then the context (if the old
// text is there), then the place, as it follows from the nearest passage that stands in the text once only, or from the share
// of the text before it; two passages never come to the same place if they were two. Then by alignment: in the turn of the old
// number and where the passage is expected, then in all turns; not where another passage was found.
// O(n) for each passage that stands there, O(n * length) for each that does not.
[[nodiscard]] std::vector<Relocated> relocate(const std::vector<StoredCoding>& codings, const OldDocument& old, const Transcript& now);

}  // namespace fangtan::coding
