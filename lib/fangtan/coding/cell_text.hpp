// SPDX-License-Identifier: Apache-2.0
//
// Cells of sheets that people fill in. Internal to the coding module.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace fangtan::coding {

[[nodiscard]] inline std::string trimmed(const std::string& text) {
    constexpr std::string_view kBlanks = " \t\n";
    const std::size_t first = text.find_first_not_of(kBlanks);
    return first == std::string::npos ? "" : text.substr(first, text.find_last_not_of(kBlanks) - first + 1);
}

// Each trimmed; at least one.
[[nodiscard]] inline std::vector<std::string> parts_of(const std::string& text, char separator) {
    std::vector<std::string> parts;
    std::size_t at = 0;
    while (true) {
        const std::size_t end = text.find(separator, at);
        parts.push_back(trimmed(text.substr(at, end == std::string::npos ? end : end - at)));
        if (end == std::string::npos) return parts;
        at = end + 1;
    }
}

}  // namespace fangtan::coding
