// SPDX-License-Identifier: Apache-2.0
#include "fangtan/coding/json_text.hpp"

#include <cstring>

namespace fangtan::json {
namespace {

bool is_plain(char c) { return static_cast<unsigned char>(c) >= 0x20 && c != '"' && c != '\\'; }

void append_escaped(std::string& out, char c) {
    switch (c) {
        case '"': out += "\\\""; return;
        case '\\': out += "\\\\"; return;
        case '\n': out += "\\n"; return;
        case '\r': out += "\\r"; return;
        case '\t': out += "\\t"; return;
        case '\b': out += "\\b"; return;
        case '\f': out += "\\f"; return;
        default: break;
    }
    if (static_cast<unsigned char>(c) >= 0x20) {
        out += c;
        return;
    }
    constexpr std::string_view kDigits = "0123456789abcdef";
    out += "\\u00";
    out += kDigits[static_cast<unsigned char>(c) >> 4];
    out += kDigits[c & 15];
}

}  // namespace

std::size_t plain_length(std::string_view text) {
    using Bytes = unsigned char __attribute__((vector_size(16)));
    using Words = std::uint64_t __attribute__((vector_size(16)));
    std::size_t at = 0;
    for (; at + sizeof(Bytes) <= text.size(); at += sizeof(Bytes)) {
        Bytes block;
        std::memcpy(&block, text.data() + at, sizeof block);
        const auto found = (block < 0x20) | (block == '"') | (block == '\\');
        Words words;
        std::memcpy(&words, &found, sizeof words);
        if ((words[0] | words[1]) != 0) break;
    }
    while (at < text.size() && is_plain(text[at])) ++at;
    return at;
}

void append_string(std::string& out, std::string_view text) {
    out += '"';
    while (true) {
        const std::size_t length = plain_length(text);
        out += text.substr(0, length);
        if (length == text.size()) break;
        append_escaped(out, text[length]);
        text.remove_prefix(length + 1);
    }
    out += '"';
}

void append_member(std::string& out, std::string_view name, std::string_view text) {
    out += ",\"";
    out += name;
    out += "\":";
    append_string(out, text);
}

void append_member(std::string& out, std::string_view name, std::uint64_t value) {
    out += ",\"";
    out += name;
    out += "\":";
    append_number(out, value);
}

}  // namespace fangtan::json
