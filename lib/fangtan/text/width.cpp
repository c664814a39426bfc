// SPDX-License-Identifier: Apache-2.0
#include "fangtan/text/width.hpp"

#include <utf8proc.h>

#include "fangtan/text/utf8.hpp"

namespace fangtan {

std::size_t display_width(std::string_view text) {
    std::size_t width = 0;
    for (std::size_t i = 0; i < text.size(); i += utf8::length(text[i])) {
        const int columns = utf8proc_charwidth(static_cast<utf8proc_int32_t>(utf8::at(text, i)));
        width += static_cast<std::size_t>(columns > 0 ? columns : 0);
    }
    return width;
}

std::string padded_right(std::string_view text, std::size_t width) {
    std::string result(text);
    const std::size_t used = display_width(text);
    if (used < width) result.append(width - used, ' ');
    return result;
}

std::string padded_left(std::string_view text, std::size_t width) {
    const std::size_t used = display_width(text);
    return std::string(used < width ? width - used : 0, ' ').append(text);
}

}  // namespace fangtan
