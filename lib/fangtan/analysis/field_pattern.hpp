// SPDX-License-Identifier: Apache-2.0
//
// The value of a field: a name in which * stands for any number of characters
// and ? for one. Names are compared as a whole and folded, so script, width
// and case do not matter.
#pragma once

#include <string>
#include <string_view>

namespace fangtan::analysis {

class FieldPattern {
 public:
    explicit FieldPattern(std::string_view value);

    // False for an empty name: what is not known fits nothing. O(length of both, multiplied), for names.
    [[nodiscard]] bool fits(std::string_view name) const;

 private:
    static constexpr char32_t kOne = 0x110000;  // no characters: wildcards
    static constexpr char32_t kSome = 0x110001;

    std::u32string pieces_;
};

}  // namespace fangtan::analysis
