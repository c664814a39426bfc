// SPDX-License-Identifier: Apache-2.0
//
// The order people expect of names with numbers: P1 P2 … P10, not P1 P10 P2.
#pragma once

#include <string_view>

namespace fangtan {

// Strict weak order, and total: names that differ only in leading zeros are ordered bytewise.
// Runs of ASCII digits compare by value (of any length), all else bytewise.
[[nodiscard]] bool natural_less(std::string_view a, std::string_view b);

struct NaturalLess {
    using is_transparent = void;
    bool operator()(std::string_view a, std::string_view b) const { return natural_less(a, b); }
};

}  // namespace fangtan
