// SPDX-License-Identifier: Apache-2.0
//
// Simplified to Traditional text and back, phrase by phrase (后来 後來, 皇后
// 皇后), by OpenCC. For what is printed only: nothing is matched or counted on
// converted text.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "fangtan/text/span.hpp"

namespace fangtan {

enum class Script { simplified, traditional };

class ScriptConverter {
 public:
    // Throws Error(input) if OpenCC's data are not installed.
    explicit ScriptConverter(Script to);
    ScriptConverter(ScriptConverter&&) noexcept;
    ~ScriptConverter();

    [[nodiscard]] std::string convert(std::string_view text) const;

    // The pieces of text[whole], converted; what stands around a piece decides how it is written. Pieces are
    // ascending and do not overlap. Where a conversion changes the number of characters, pieces are converted one by one.
    [[nodiscard]] std::vector<std::string> convert(std::string_view text, Span whole, const std::vector<Span>& pieces) const;

 private:
    struct Native;
    std::unique_ptr<Native> native_;
};

}  // namespace fangtan
