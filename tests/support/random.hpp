// SPDX-License-Identifier: Apache-2.0
//
// A seeded generator for property tests: the same cases on every machine
// (std::uniform_int_distribution may differ between libraries).
#pragma once

#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

namespace fangtan::testing {

class Random {
 public:
    explicit Random(std::uint64_t seed) : state_(seed * 0x9E3779B97F4A7C15ULL + 1) {}

    std::uint64_t next() {
        state_ += 0x9E3779B97F4A7C15ULL;
        std::uint64_t z = state_;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
        return z ^ (z >> 31);
    }
    // In [0, bound).
    std::size_t below(std::size_t bound) { return static_cast<std::size_t>(next() % bound); }
    bool chance(unsigned percent) { return below(100) < percent; }
    template <class T>
    const T& pick(const std::vector<T>& values) {
        return values[below(values.size())];
    }

 private:
    std::uint64_t state_;
};

// How many cases a property test tries: `usual`, or the share of it that FANGTAN_CASES_PERCENT says (the
// sanitized build is slower and tries fewer).
inline std::size_t cases(std::size_t usual) {
    const char* wanted = std::getenv("FANGTAN_CASES_PERCENT");
    return wanted == nullptr ? usual : usual * static_cast<std::size_t>(std::atoi(wanted)) / 100 + 1;
}

}  // namespace fangtan::testing
