// SPDX-License-Identifier: Apache-2.0
#include "fangtan/text/html.hpp"

#include <cstdint>

#include "fangtan/base/sha256.hpp"
#include "fangtan/text/utf8.hpp"

namespace fangtan {
namespace {

void append_line(std::string& page, std::string_view line) {
    for (const char c : utf8::escaped(line)) {
        switch (c) {
            case '&': page += "&amp;"; break;
            case '<': page += "&lt;"; break;
            case '>': page += "&gt;"; break;
            case '"': page += "&quot;"; break;
            case '\'': page += "&#39;"; break;
            default: page += c;
        }
    }
}

}  // namespace

void append_escaped_html(std::string& page, std::string_view text) {
    for (std::size_t at = text.find_first_of("\n\t"); at != std::string_view::npos; at = text.find_first_of("\n\t")) {
        append_line(page, text.substr(0, at));
        page += text[at];
        text.remove_prefix(at + 1);
    }
    append_line(page, text);
}

std::string base64_of_sha256(std::string_view bytes) {
    constexpr std::string_view kDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const std::string hexadecimal = sha256_hex(bytes);
    const auto half = [&](std::size_t i) {
        const char c = hexadecimal[i];
        return static_cast<std::uint32_t>(c <= '9' ? c - '0' : c - 'a' + 10);
    };
    std::string result;
    std::uint32_t bits = 0;
    unsigned count = 0;
    for (std::size_t i = 0; i < hexadecimal.size(); ++i) {
        bits = bits << 4 | half(i);
        count += 4;
        if (count < 6) continue;
        count -= 6;
        result += kDigits[bits >> count & 63];
        bits &= (1U << count) - 1;
    }
    if (count > 0) result += kDigits[bits << (6 - count) & 63];
    while (result.size() % 4 != 0) result += '=';
    return result;
}

}  // namespace fangtan
