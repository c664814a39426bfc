// SPDX-License-Identifier: Apache-2.0
//
// Random numbers that are alike on every machine: the distributions of the
// standard library differ between libraries. For bootstraps and random
// orders; of no use for secrets.
#pragma once

#include <cstdint>

namespace fangtan {

// splitmix64 (Steele, Lea & Flood 2014). The same seed, the same numbers. O(1) each.
class Draw {
 public:
    explicit Draw(std::uint64_t seed) : state_(seed) {}

    // Below `bound` (not 0), each alike (Lemire 2019).
    std::uint64_t below(std::uint64_t bound) {
        Wide product = Wide{next()} * bound;
        if (static_cast<std::uint64_t>(product) < bound) {
            const std::uint64_t reject = (0 - bound) % bound;
            while (static_cast<std::uint64_t>(product) < reject) product = Wide{next()} * bound;
        }
        return static_cast<std::uint64_t>(product >> 64);
    }

 private:
    __extension__ using Wide = unsigned __int128;

    std::uint64_t next() {
        state_ += 0x9E3779B97F4A7C15ULL;
        std::uint64_t z = state_;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
        return z ^ (z >> 31);
    }

    std::uint64_t state_;
};

}  // namespace fangtan
