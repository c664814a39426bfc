// SPDX-License-Identifier: Apache-2.0
//
// Regular expressions of queries (RE2 behind). Internal to the query module.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "fangtan/query/query.hpp"

namespace fangtan::query {

// The pattern as it must look to match folded text: literal Han and full-width characters are folded (and
// escaped where the half-width form has a meaning), escapes and classes stay; a bracket class that holds
// such literals gets their folded forms besides.
[[nodiscard]] std::string folded_pattern(std::string_view pattern);

class CompiledRegex {
 public:
    explicit CompiledRegex(const Regex& regex);
    CompiledRegex(CompiledRegex&&) noexcept;
    ~CompiledRegex();

    // Matched on the text as it is, not on folded text.
    [[nodiscard]] bool original() const { return original_; }
    // Folded literals; every text that matches holds enough of them for possible() to say so. None: it may match anything.
    [[nodiscard]] const std::vector<std::u32string>& required() const { return required_; }
    // `found`: ascending indices into required() of the literals present. Requires required() not empty.
    [[nodiscard]] bool possible(const std::vector<int>& found) const;
    // Calls `hit` with the byte range of each match in `text`, left to right, without overlap; matches of the
    // empty text are passed over.
    void each_match(std::string_view text, const std::function<void(std::size_t, std::size_t)>& hit) const;

 private:
    struct Engines;
    std::unique_ptr<Engines> engines_;
    std::vector<std::u32string> required_;
    bool original_ = false;
};

}  // namespace fangtan::query
