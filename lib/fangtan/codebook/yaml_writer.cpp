// SPDX-License-Identifier: Apache-2.0
#include "fangtan/codebook/yaml_writer.hpp"

#include <algorithm>
#include <array>
#include <cstdio>

#include "fangtan/text/utf8.hpp"

namespace fangtan::codebook::yaml {
namespace {

constexpr std::size_t kStep = 2;  // columns of indentation

// Characters that YAML allows as escapes only, or takes for line ends.
bool must_be_escaped(char32_t c) {
    return (c < 0x20 && c != '\n') || (c >= 0x7F && c < 0xA0) || c == 0x2028 || c == 0x2029 || c == 0xFEFF ||
           c == 0xFFFE || c == 0xFFFF;
}

bool holds_escaped(std::string_view text) {
    for (std::size_t at = 0; at < text.size(); at += utf8::length(text[at])) {
        if (must_be_escaped(utf8::at(text, at))) return true;
    }
    return false;
}

// Numbers, dates and times of YAML 1.1 and 1.2, generously: what begins like one and holds nothing else.
bool looks_like_number(std::string_view text) {
    const std::size_t start = text.find_first_not_of("+-");
    if (start == std::string_view::npos) return false;
    const std::string_view digits = text.substr(start);
    if (digits == ".inf" || digits == ".Inf" || digits == ".INF") return true;
    const bool begins = digits[0] == '.' || (digits[0] >= '0' && digits[0] <= '9');
    if (!begins || digits.find_first_of("0123456789") == std::string_view::npos) return false;
    const std::size_t end = digits.find_first_not_of("0123456789abcdefABCDEFxXoOtTzZ_:.,+-");
    return end == std::string_view::npos || (end == 10 && digits[4] == '-' && digits[7] == '-');
}

// Words that other readers take for null, a truth value, a merge or a default.
bool is_special_word(std::string_view text) {
    constexpr std::array<std::string_view, 14> kWords = {"~",   "null", "true", "false", "yes",  "no", "on",
                                                         "off", "y",    "n",    "<<",    ".nan", "=",  "-"};
    std::string lower(text);
    for (char& c : lower) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return std::find(kWords.begin(), kWords.end(), lower) != kWords.end();
}

bool begins_with_indicator(std::string_view text) {
    if (std::string_view(",[]{}#&*!|>'\"%@`").find(text[0]) != std::string_view::npos) return true;
    if (text[0] != '-' && text[0] != '?' && text[0] != ':') return false;
    return text.size() == 1 || text[1] == ' ' || text.starts_with("---");
}

// `text` is one line without characters that must be escaped.
bool can_be_plain(std::string_view text) {
    if (text.empty() || text.front() == ' ' || text.back() == ' ' || text.back() == ':') return false;
    if (begins_with_indicator(text) || is_special_word(text) || looks_like_number(text)) return false;
    return text.find(": ") == std::string_view::npos && text.find(" #") == std::string_view::npos;
}

std::string single_quoted(std::string_view text) {
    std::string result = "'";
    for (const char c : text) result += c == '\'' ? std::string("''") : std::string(1, c);
    return result + "'";
}

std::string double_quoted(std::string_view text) {
    std::string result = "\"";
    for (std::size_t at = 0; at < text.size(); at += utf8::length(text[at])) {
        const char32_t c = utf8::at(text, at);
        if (c == '\n') {
            result += "\\n";
        } else if (c == '\t') {
            result += "\\t";
        } else if (c == '"' || c == '\\') {
            result += '\\';
            result += static_cast<char>(c);
        } else if (must_be_escaped(c)) {
            std::array<char, 16> escape{};
            std::snprintf(escape.data(), escape.size(), "\\u%04X", static_cast<unsigned>(c));
            result += escape.data();
        } else {
            result += text.substr(at, utf8::length(text[at]));
        }
    }
    return result + "\"";
}

// Whether `text`, of several lines, keeps its blanks and line ends in a block scalar.
bool can_be_literal(std::string_view text) {
    if (text.front() == ' ' || text.front() == '\n' || text.ends_with("\n\n")) return false;
    for (std::size_t feed = text.find('\n'); feed != std::string_view::npos;
         feed = text.find('\n', feed + 1)) {
        if (text[feed - 1] == ' ') return false;
    }
    return text.back() != ' ';
}

std::string literal(std::string_view text, std::size_t column) {
    const bool ends_with_feed = text.back() == '\n';
    if (ends_with_feed) text.remove_suffix(1);
    std::string result = ends_with_feed ? "|" : "|-";
    for (std::size_t start = 0; start <= text.size();) {
        const std::size_t end = std::min(text.find('\n', start), text.size());
        result += '\n';
        if (end > start) result += std::string(column, ' ') + std::string(text.substr(start, end - start));
        start = end + 1;
    }
    return result;
}

}  // namespace

std::string scalar(std::string_view text, std::size_t column) {
    if (holds_escaped(text)) return double_quoted(text);
    if (text.find('\n') != std::string_view::npos) {
        return can_be_literal(text) ? literal(text, column) : double_quoted(text);
    }
    return can_be_plain(text) ? std::string(text) : single_quoted(text);
}

void append_text(std::string& yaml, std::size_t column, std::string_view key, std::string_view text) {
    yaml.append(column, ' ').append(key).append(": ").append(scalar(text, column + kStep)) += '\n';
}

void append_list(std::string& yaml, std::size_t column, std::string_view key,
                 const std::vector<std::string>& entries) {
    if (entries.empty()) return;
    yaml.append(column, ' ').append(key).append(":\n");
    for (const std::string& entry : entries) {
        yaml.append(column + kStep, ' ').append("- ").append(scalar(entry, column + 2 * kStep)) += '\n';
    }
}

}  // namespace fangtan::codebook::yaml
