// SPDX-License-Identifier: Apache-2.0
#include "fangtan/transcript/front_matter.hpp"

#include <algorithm>

#include "fangtan/text/boundary.hpp"

namespace fangtan::transcript {

std::uint32_t read_front_matter(std::string_view text, std::vector<std::pair<std::string, std::string>>& metadata) {
    if (!text.starts_with("---\n")) return 0;
    const auto size = static_cast<std::uint32_t>(text.size());
    std::vector<std::pair<std::string, std::string>> found;
    for (std::uint32_t at = 4; at < size;) {
        const auto end = static_cast<std::uint32_t>(std::min(text.find('\n', at), text.size()));
        const std::string_view line = text.substr(at, end - at);
        if (line == "---" || line == "...") {
            metadata.insert(metadata.end(), found.begin(), found.end());
            return std::min(end + 1, size);
        }
        const std::size_t colon = line.find(':');
        if (colon == std::string_view::npos && !trimmed(text, span_of(at, end)).empty()) return 0;
        if (colon != std::string_view::npos) {
            const auto middle = at + static_cast<std::uint32_t>(colon);
            std::string value(trimmed(text, span_of(middle + 1, end)).of(text));
            if (value.size() >= 2 && (value[0] == '"' || value[0] == '\'') && value.back() == value[0]) value = value.substr(1, value.size() - 2);
            found.emplace_back(trimmed(text, span_of(at, middle)).of(text), std::move(value));
        }
        at = end + 1;
    }
    return 0;
}

}  // namespace fangtan::transcript
