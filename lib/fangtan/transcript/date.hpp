// SPDX-License-Identifier: Apache-2.0
//
// When an interview was held, as far as it says so itself.
#pragma once

#include <string>

#include "fangtan/transcript/transcript.hpp"

namespace fangtan::transcript {

// "2022-03-12", from the first header line or entry of the front matter that is called 日期, 访谈时间, date or the like (in
// either script) and holds a year, month and day; empty if there is none. O(metadata).
[[nodiscard]] std::string date_of(const Transcript& transcript);

// The date in "2022年3月12日 下午", "2022-3-12", "2022/03/12", "2022.3.12"; empty if there is none, or no such day.
[[nodiscard]] std::string date_in(const std::string& text);

}  // namespace fangtan::transcript
