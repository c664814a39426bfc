// SPDX-License-Identifier: Apache-2.0
#include "fangtan/coding/json_text.hpp"

#include <cstring>

namespace fangtan::json {
namespace {

using Bytes = unsigned char __attribute__((vector_size(16)));

// True if one of sixteen bytes is a quotation mark, a backslash or a control character.
bool needs_escape(const char* bytes) {
    using Words = std::uint64_t __attribute__((vector_size(16)));
    Bytes block;
    std::memcpy(&block, bytes, sizeof block);
    const auto found = (block < 0x20) | (block == '"') | (block == '\\');
    Words words;
    std::memcpy(&words, &found, sizeof words);
    return (words[0] | words[1]) != 0;
}

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

void append_string(std::string& out, std::string_view text) {
    out += '"';
    std::size_t done = 0;
    std::size_t at = 0;
    while (at + sizeof(Bytes) <= text.size()) {
        if (!needs_escape(text.data() + at)) {
            at += sizeof(Bytes);
            continue;
        }
        out.append(text, done, at - done);
        done = at + sizeof(Bytes);
        for (; at < done; ++at) append_escaped(out, text[at]);
    }
    out.append(text, done, at - done);
    for (; at < text.size(); ++at) append_escaped(out, text[at]);
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
