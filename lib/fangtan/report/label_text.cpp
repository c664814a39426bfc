// SPDX-License-Identifier: Apache-2.0
#include "fangtan/report/label_text.hpp"

#include <array>
#include <charconv>
#include <cmath>

#include "fangtan/text/character.hpp"
#include "fangtan/text/utf8.hpp"
#include "fangtan/text/width.hpp"

namespace fangtan::report {

namespace {

constexpr std::string_view kEllipsis = "…";

bool is_variation_selector(char32_t c) { return c >= 0xFE00 && c <= 0xFE0F; }
// XML 1.0 leaves out these two of all characters above the controls.
bool is_forbidden(char32_t c) { return c == 0xFFFE || c == 0xFFFF; }

// In parts of the size, for the widest of the usual sans serif fonts.
double sign_width(std::string_view sign) {
    const char32_t c = utf8::at(sign, 0);
    if (c < 0x80) {
        constexpr std::string_view kNarrow = " !'(),-./:;I[]`fijlrt|";
        constexpr std::string_view kWide = "%@MWmw";
        const char letter = static_cast<char>(c);
        if (kNarrow.find(letter) != std::string_view::npos) return 0.4;
        if (kWide.find(letter) != std::string_view::npos) return 1.0;
        return letter >= 'A' && letter <= 'Z' ? 0.75 : 0.63;
    }
    const std::size_t columns = display_width(sign);
    if (columns == 0) return 0;
    if (c >= 0x1F000 && c < 0x20000) return 1.4;  // pictographs are wider than Han characters
    if (columns == 2) return 1.03;
    // Quotation marks, dashes, circled numbers and Greek take a whole square in Chinese fonts.
    return c < 0x250 ? 0.8 : 1.03;
}

// The signs of a text, each with the marks that stand on it.
std::vector<std::string_view> signs_of(std::string_view text) {
    std::vector<std::string_view> signs;
    for (std::size_t i = 0; i < text.size();) {
        const std::size_t length = utf8::length(text[i]);
        const std::string_view sign = text.substr(i, length);
        if (!signs.empty() && display_width(sign) == 0) {
            signs.back() = std::string_view(signs.back().data(), signs.back().size() + length);
        } else {
            signs.push_back(sign);
        }
        i += length;
    }
    return signs;
}

bool is_wide(std::string_view sign) { return display_width(sign) == 2; }

bool may_begin_line(std::string_view sign) {
    constexpr std::string_view kClosing = "，。、；：！？）》〉】』」”’…—·％,.;:!?)]}%";
    return kClosing.find(sign) == std::string_view::npos;
}

bool may_end_line(std::string_view sign) {
    constexpr std::string_view kOpening = "（《〈【『「“‘([{";
    return kOpening.find(sign) == std::string_view::npos;
}

bool may_break_before(const std::vector<std::string_view>& signs, std::size_t i) {
    if (signs[i] == " ") return true;
    if (signs[i - 1] == " ") return may_begin_line(signs[i]);
    return (is_wide(signs[i]) || is_wide(signs[i - 1])) && may_begin_line(signs[i]) && may_end_line(signs[i - 1]);
}

bool is_right_to_left(char32_t c) {
    return (c >= 0x590 && c <= 0x8FF) || (c >= 0xFB1D && c <= 0xFDFF) || (c >= 0xFE70 && c <= 0xFEFF) || (c >= 0x10800 && c <= 0x10FFF) ||
           (c >= 0x1E800 && c <= 0x1EFFF);
}

enum class Script { simplified, traditional, latin };

Script script_of(std::string_view language) {
    if (!language.starts_with("zh")) return Script::latin;
    for (const std::string_view mark : {"Hant", "hant", "TW", "HK", "MO"}) {
        if (language.find(mark) != std::string_view::npos) return Script::traditional;
    }
    return Script::simplified;
}

std::string joined(const std::vector<std::string_view>& signs, std::size_t begin, std::size_t end) {
    std::string text;
    for (std::size_t i = begin; i < end; ++i) text += signs[i];
    return text;
}

}  // namespace

std::string displayable(std::string_view label) {
    std::string kept;
    for (std::size_t i = 0; i < label.size();) {
        const std::size_t length = utf8::length(label[i]);
        const std::string_view sign = label.substr(i, length);
        if (utf8::first_fault(sign)) {
            kept += label[i++];
            continue;
        }
        const char32_t c = utf8::at(label, i);
        if (is_white_space(c)) {
            if (!kept.empty() && kept.back() != ' ') kept += ' ';
        } else if (is_forbidden(c)) {
            utf8::append(kept, 0xFFFD);
        } else if (!is_variation_selector(c)) {
            kept += sign;
        }
        i += length;
    }
    while (!kept.empty() && kept.back() == ' ') kept.pop_back();
    return utf8::escaped(kept);
}

double text_width(std::string_view text, double size) {
    double width = 0;
    for (std::size_t i = 0; i < text.size();) {
        const std::size_t length = utf8::length(text[i]);
        width += sign_width(text.substr(i, length));
        i += length;
    }
    return width * size;
}

std::string shortened(std::string_view text, double room, double size) {
    if (text_width(text, size) <= room) return std::string(text);
    double width = text_width(kEllipsis, size);
    std::string result;
    for (const std::string_view sign : signs_of(text)) {
        width += text_width(sign, size);
        if (width > room) break;
        result += sign;
    }
    while (!result.empty() && result.back() == ' ') result.pop_back();
    return result.append(kEllipsis);
}

WrappedText wrapped(std::string_view text, double room, double size, std::size_t most_lines) {
    WrappedText result;
    const std::vector<std::string_view> signs = signs_of(text);
    std::size_t begin = 0;
    while (begin < signs.size()) {
        double width = 0;
        std::size_t end = begin;
        std::size_t last_break = begin;
        for (; end < signs.size(); ++end) {
            if (end > begin && may_break_before(signs, end)) last_break = end;
            width += text_width(signs[end], size);
            if (width > room) break;
        }
        if (result.lines.size() + 1 == most_lines || end == signs.size()) {
            const std::string rest = joined(signs, begin, signs.size());
            result.lines.push_back(shortened(rest, room, size));
            result.cut = result.lines.back() != rest;
            return result;
        }
        if (last_break > begin) {
            end = last_break;
        } else {
            result.broken = true;
            if (end == begin) ++end;  // a single sign wider than the line
        }
        std::string line = joined(signs, begin, end);
        while (!line.empty() && line.back() == ' ') line.pop_back();
        result.lines.push_back(std::move(line));
        begin = end;
        while (begin < signs.size() && signs[begin] == " ") ++begin;
    }
    if (result.lines.empty()) result.lines.emplace_back();
    return result;
}

std::string isolated(std::string_view text) {
    for (std::size_t i = 0; i < text.size(); i += utf8::length(text[i])) {
        if (is_right_to_left(utf8::at(text, i))) return "\u2068" + std::string(text) + "\u2069";
    }
    return std::string(text);
}

std::string number_text(double value) {
    std::array<char, 40> buffer{};
    char* const end = buffer.data() + buffer.size();
    const double size = std::abs(value);
    const bool whole = size < 1e15 && (size >= 100 || value == std::trunc(value));
    const std::to_chars_result written = whole ? std::to_chars(buffer.data(), end, value == 0 ? 0.0 : value, std::chars_format::fixed, 0)
                                               : std::to_chars(buffer.data(), end, value, std::chars_format::general, 3);
    return {buffer.data(), written.ptr};
}

std::string nothing_to_draw(std::string_view language) {
    switch (script_of(language)) {
        case Script::simplified: return "没有可画的编码";
        case Script::traditional: return "沒有可畫的編碼";
        case Script::latin: break;
    }
    return "There are no codes to draw.";
}

std::string heaviest_only(std::string_view language, std::size_t drawn, std::size_t all) {
    switch (script_of(language)) {
        case Script::simplified: return "共 " + std::to_string(all) + " 个编码，只画最重的 " + std::to_string(drawn) + " 个。";
        case Script::traditional: return "共 " + std::to_string(all) + " 個編碼，只畫最重的 " + std::to_string(drawn) + " 個。";
        case Script::latin: break;
    }
    return "Of " + std::to_string(all) + " codes the " + std::to_string(drawn) + " heaviest are drawn.";
}

std::string colon(std::string_view language) { return script_of(language) == Script::latin ? ": " : "："; }

std::string font_family(std::string_view language) {
    if (script_of(language) == Script::traditional) {
        return "'Noto Sans CJK TC','Source Han Sans TC','Noto Sans TC','PingFang TC','Microsoft JhengHei',sans-serif";
    }
    return "'Noto Sans CJK SC','Source Han Sans SC','Noto Sans SC','PingFang SC','Hiragino Sans GB','Microsoft YaHei','WenQuanYi Micro Hei',sans-serif";
}

}  // namespace fangtan::report
