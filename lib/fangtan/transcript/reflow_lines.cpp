// SPDX-License-Identifier: Apache-2.0
#include "fangtan/transcript/reflow_lines.hpp"

#include <algorithm>
#include <map>
#include <string>

#include "fangtan/text/boundary.hpp"
#include "fangtan/text/character.hpp"
#include "fangtan/text/utf8.hpp"
#include "fangtan/text/width.hpp"

namespace fangtan::transcript {
namespace {

constexpr std::size_t kSlack = 6;  // columns by which the widths of full lines differ

bool is_one_of(char32_t c, std::u32string_view set) { return set.find(c) != std::u32string_view::npos; }

// display_width() counts one column for marks that are as wide as a Han character in Chinese print.
std::size_t printed_width(std::string_view text) {
    std::size_t width = display_width(text);
    for (std::size_t i = 0; i < text.size(); i += utf8::length(text[i])) {
        const char32_t c = utf8::at(text, i);
        if (is_one_of(c, U"“”‘’…—·×") || (c >= U'①' && c <= U'⑳')) ++width;
    }
    return width;
}

// The width of what cannot be divided at the start of a line: a word, or a character and the marks that may not
// begin a line.
std::size_t first_unit(std::string_view line) {
    std::size_t end = 0;
    bool word = false;
    while (end < line.size()) {
        const char32_t c = utf8::at(line, end);
        const bool part_of_word = is_word_character(c) || (word && is_one_of(c, U"-'./%@_"));
        if (end > 0 && !(word && part_of_word) && !is_one_of(c, U"，。、；：！？”’）》」』…—,.;:!?)")) break;
        word = part_of_word;
        end += utf8::length(line[end]);
        if (is_one_of(c, U"“‘（《「『(")) {
            while (end < line.size() && is_word_character(utf8::at(line, end))) end += utf8::length(line[end]);
            if (end < line.size() && !is_word_character(c)) end += utf8::length(line[end]);
        }
        if (end > 200) break;
    }
    return printed_width(line.substr(0, std::min(end, line.size())));
}

}  // namespace

std::vector<PageLine> page_lines(std::string_view text) {
    std::vector<PageLine> lines;
    std::uint32_t number = 0;
    std::uint32_t blanks = 0;
    const auto size = static_cast<std::uint32_t>(text.size());
    for (std::uint32_t at = 0; at < size;) {
        const auto end = static_cast<std::uint32_t>(std::min<std::size_t>(text.find('\n', at), size));
        ++number;
        PageLine line;
        line.number = number;
        line.content = trimmed(text, span_of(at, end));
        if (line.content.empty()) {
            ++blanks;
        } else {
            line.indentation = printed_width(text.substr(at, line.content.begin.value - at));
            line.width = printed_width(line.content.of(text));
            line.blanks = blanks;
            line.blank_behind = line.content.end.value < end;
            blanks = 0;
            lines.push_back(line);
        }
        at = end + 1;
    }
    return lines;
}

bool ends_a_sentence(std::string_view text, const PageLine& line) {
    return is_one_of(utf8::before(text, line.content.end.value), U"。！？；…：”’）」』】!?;:)．");
}

Measure measure(std::string_view text, const std::vector<PageLine>& lines) {
    std::map<std::size_t, std::size_t> counts;
    for (const PageLine& line : lines) ++counts[line.indentation + line.width];
    // The band of widths that holds most lines; its upper end is the edge of the page.
    Measure best;
    for (const auto& [edge, count] : counts) {
        std::size_t held = 0;
        for (auto entry = counts.lower_bound(edge < kSlack ? 0 : edge - kSlack); entry != counts.end() && entry->first <= edge; ++entry) held += entry->second;
        if (held >= best.full) best = {edge, held, 0, 0, false};
    }
    std::size_t at_edge = 0;
    for (const PageLine& line : lines) {
        const std::size_t reach = line.indentation + line.width;
        if (reach == best.edge || reach + 1 == best.edge) ++at_edge;
        if (reach > best.edge + kSlack) ++best.beyond;
        if (reach + kSlack < best.edge || reach > best.edge) continue;
        if (!ends_a_sentence(text, line)) ++best.unfinished;
    }
    best.exact = at_edge * 10 >= best.full * 7;
    return best;
}

bool is_full(std::string_view text, const PageLine& line, const PageLine& next, const Measure& page) {
    const std::size_t reach = line.indentation + line.width;
    const bool words = is_word_character(utf8::before(text, line.content.end.value)) && is_word_character(utf8::at(text, next.content.begin.value));
    const std::size_t needed = reach + (words ? 1 : 0) + first_unit(next.content.of(text));
    if (page.exact) return needed > page.edge;
    // Proportional type varies.
    return reach + 3 >= page.edge || needed + 1 > page.edge;
}

}  // namespace fangtan::transcript
