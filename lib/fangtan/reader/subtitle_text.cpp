// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "fangtan/reader/subtitle_cue.hpp"
#include "fangtan/text/boundary.hpp"
#include "fangtan/text/character.hpp"
#include "fangtan/text/utf8.hpp"

namespace fangtan::reader::subtitle {
namespace {

constexpr std::size_t kEntityMaximum = 10;
constexpr std::size_t kTagMaximum = 500;  // bytes; a search to the end for every < would take quadratic time

std::string trimmed_text(std::string_view text) { return std::string(trimmed(text, span_of(0, static_cast<std::uint32_t>(text.size()))).of(text)); }

// The text of `&name;`; empty optional if it is none, an empty text for marks of direction.
std::optional<std::string> entity(std::string_view name) {
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 8> kNames = {
        {{"amp", "&"}, {"lt", "<"}, {"gt", ">"}, {"nbsp", " "}, {"quot", "\""}, {"apos", "'"}, {"lrm", ""}, {"rlm", ""}}};
    for (const auto& [known, text] : kNames) {
        if (name == known) return std::string(text);
    }
    if (name.size() < 2 || name[0] != '#') return std::nullopt;
    const bool hexadecimal = name[1] == 'x' || name[1] == 'X';
    const std::string_view digits = name.substr(hexadecimal ? 2 : 1);
    std::uint32_t value = 0;
    const auto result = std::from_chars(digits.data(), digits.data() + digits.size(), value, hexadecimal ? 16 : 10);
    const bool surrogate = value >= 0xD800 && value <= 0xDFFF;
    if (digits.empty() || result.ec != std::errc() || result.ptr != digits.data() + digits.size() || value < 0x20 || surrogate || value > 0x10FFFF) return std::nullopt;
    std::string text;
    utf8::append(text, static_cast<char32_t>(value));
    return text;
}

class CueTextReader {
 public:
    explicit CueTextReader(std::string_view text) : text_(text) {}

    std::vector<CueLine> run() {
        while (at_ < text_.size()) {
            const char c = text_[at_];
            if (c == '\n') {
                end_line();
                ++at_;
            } else if (!(c == '<' && tag()) && !(c == '{' && override_block()) && !(c == '&' && decoded_entity())) {
                add(text_.substr(at_, 1));
                ++at_;
            }
        }
        end_line();
        return std::move(lines_);
    }

 private:
    void add(std::string_view text) {
        if (!in_reading_) line_ += text;
    }

    void end_line() {
        std::string text = trimmed_text(line_);
        line_.clear();
        if (!text.empty()) lines_.push_back({voice_, std::move(text)});
    }

    bool tag() {
        const std::size_t length = text_.substr(at_, kTagMaximum).find('>');
        if (length == std::string_view::npos) return false;
        std::string_view inside = text_.substr(at_ + 1, length - 1);
        const bool ends = inside.starts_with('/');
        if (ends) inside.remove_prefix(1);
        const std::string_view name = inside.substr(0, std::min(inside.find_first_of(". \t\n="), inside.size()));
        static constexpr std::array<std::string_view, 13> kTags = {"v", "c", "i", "b", "u", "s", "ruby", "rt", "lang", "font", "I", "B", "U"};
        const bool is_time = !inside.empty() && inside[0] >= '0' && inside[0] <= '9' && inside.find_first_not_of("0123456789:.,") == std::string_view::npos;
        if (!is_time && !(inside.empty() && ends) && std::find(kTags.begin(), kTags.end(), name) == kTags.end()) return false;
        if (name == "v") begin_voice(ends ? std::string_view() : inside);
        if (name == "rt") in_reading_ = !ends;
        if (name == "ruby") in_reading_ = false;
        at_ += length + 1;
        return true;
    }

    // `v.loud 张三`; nothing at </v>.
    void begin_voice(std::string_view inside) {
        end_line();
        const std::size_t blank = inside.find_first_of(" \t\n");
        const std::string_view written = blank == std::string_view::npos ? std::string_view() : inside.substr(blank);
        std::string name;
        for (std::size_t i = 0; i < written.size(); ++i) {
            const std::size_t semicolon = written[i] == '&' ? written.substr(i, kEntityMaximum).find(';') : std::string_view::npos;
            const auto decoded = semicolon == std::string_view::npos ? std::nullopt : entity(written.substr(i + 1, semicolon - 1));
            if (decoded) i += semicolon;
            name += decoded ? *decoded : std::string(1, written[i]);
        }
        voice_ = trimmed_text(name);
    }

    // {\an8}, {\i1}: positions and fonts of the older subtitle formats.
    bool override_block() {
        if (at_ + 1 >= text_.size() || text_[at_ + 1] != '\\') return false;
        const std::size_t length = text_.substr(at_, kTagMaximum).find('}');
        if (length == std::string_view::npos) return false;
        at_ += length + 1;
        return true;
    }

    bool decoded_entity() {
        const std::size_t semicolon = text_.substr(at_, kEntityMaximum).find(';');
        if (semicolon == std::string_view::npos) return false;
        const auto decoded = entity(text_.substr(at_ + 1, semicolon - 1));
        if (!decoded) return false;
        add(*decoded);
        at_ += semicolon + 1;
        return true;
    }

    std::string_view text_;
    std::size_t at_ = 0;
    std::string voice_;
    std::string line_;
    bool in_reading_ = false;
    std::vector<CueLine> lines_;
};

// Scripts written without blanks between words, and the punctuation that goes with them. Hangul has blanks.
bool stands_without_blanks(char32_t c) {
    if ((c >= 0x1100 && c <= 0x11FF) || (c >= 0xAC00 && c <= 0xD7AF)) return false;
    const bool wide_punctuation = (c >= 0x3000 && c <= 0x303F) || (c >= 0xFF00 && c <= 0xFFEF) || c == U'…' || c == U'—' || c == U'“' || c == U'”' || c == U'‘' || c == U'’';
    return is_han(c) || wide_punctuation;
}

}  // namespace

std::vector<CueLine> parse_cue_text(std::string_view text) { return CueTextReader(text).run(); }

void join_speech(std::string& text, std::string_view more) {
    if (!text.empty() && !more.empty() && !stands_without_blanks(utf8::before(text, text.size())) && !stands_without_blanks(utf8::at(more, 0))) text += ' ';
    text += more;
}

}  // namespace fangtan::reader::subtitle
