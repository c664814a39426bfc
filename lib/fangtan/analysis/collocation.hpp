// SPDX-License-Identifier: Apache-2.0
//
// Which words stand near a node word more often than chance would have it,
// by surface co-occurrence (Evert 2008, "Corpora and collocations", 4.1).
//
// The window of an occurrence of the node is the tokens at a distance of at
// most w on either side of it, within its turn. All windows together are a
// set of tokens: one that lies in the windows of two occurrences counts once,
// and an occurrence of the node counts in none. So every token but the node's
// falls into one cell of a proper 2 × 2 table:
//
//                    collocate      other words
//   in the windows   O11            O12            R1 = window_tokens
//   elsewhere        O21            O22
//                    C1 = f         N - C1         N = tokens without the node's
//
// All functions are O(1); what has no value is an empty optional.
#pragma once

#include <cstdint>
#include <optional>

namespace fangtan::analysis {

struct CollocationCounts {
    std::uint64_t together = 0;       // O11, occurrences of the collocate in the windows
    std::uint64_t node = 0;           // f(node), in the corpus
    std::uint64_t collocate = 0;      // f(collocate), in the corpus; at least `together`
    std::uint64_t tokens = 0;         // of the corpus, the node's too
    std::uint64_t window_tokens = 0;  // R1, distinct tokens in the windows, without the node's
};

// E11 = R1 C1 / N. 0 if the corpus holds nothing but the node.
[[nodiscard]] double expected_together(const CollocationCounts& counts);

// 2 Σ O ln(O/E) over the four cells, 0 ln 0 being 0. Never negative, whichever the direction. Dunning 1993, Evert 2008.
[[nodiscard]] double log_likelihood(const CollocationCounts& counts);

// 1: together more often than expected, -1: less often, 0: as often.
[[nodiscard]] int direction(const CollocationCounts& counts);

// MI = log2(O11 / E11), in bits. Favours rare words. Empty if O11 is 0. Church & Hanks 1990.
[[nodiscard]] std::optional<double> mutual_information(const CollocationCounts& counts);

// 14 + log2(2 O11 / (f(node) + f(collocate))): does not depend on the size of the corpus. At most 14 for pairs; here
// one node may have several collocates in its window, so it may come near 15. Empty if O11 is 0. Rychlý 2008.
[[nodiscard]] std::optional<double> log_dice(const CollocationCounts& counts);

// (O11 - E11) / √O11. Favours frequent words. Empty if O11 is 0. Church et al. 1991.
[[nodiscard]] std::optional<double> t_score(const CollocationCounts& counts);

}  // namespace fangtan::analysis
