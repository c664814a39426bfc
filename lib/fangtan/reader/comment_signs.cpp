// SPDX-License-Identifier: Apache-2.0
#include "fangtan/reader/comment_signs.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "fangtan/text/boundary.hpp"
#include "fangtan/transcript/solid_text.hpp"

namespace fangtan::reader {
namespace {

// A sign: kOpen, its kind, the number in base four, kClose. Kinds and digits are 2 to 5.
constexpr char kOpen = 1;
constexpr char kZero = 2;
constexpr char kClose = 6;
constexpr std::size_t kKinds = 4;

struct Sign {
    std::size_t comment = 0;
    std::size_t kind = 0;
    std::size_t end = 0;  // behind it
};

Sign read_sign(std::string_view text, std::size_t at) {
    Sign sign;
    sign.kind = static_cast<std::size_t>(text[at + 1] - kZero);
    std::size_t digit = at + 2;
    for (; text[digit] != kClose; ++digit) sign.comment = kKinds * sign.comment + static_cast<std::size_t>(text[digit] - kZero);
    sign.end = digit + 1;
    return sign;
}

std::string signs_in(std::string_view text) {
    std::string signs;
    for (std::size_t at = text.find(kOpen); at != std::string_view::npos; at = text.find(kOpen, at)) {
        const std::size_t end = read_sign(text, at).end;
        signs += text.substr(at, end - at);
        at = end;
    }
    return signs;
}

std::vector<TableRow> bare(const std::vector<TableRow>& rows) {
    std::vector<TableRow> result = rows;
    for (TableRow& row : result) {
        for (TableCell& cell : row) {
            for (std::string& paragraph : cell) paragraph = without_signs(paragraph);
        }
    }
    return result;
}

// All signs of a row's leading cells before what the last one says; those of a row of column names before what the next row says.
std::vector<TableRow> moved_to_last(const std::vector<TableRow>& rows, bool first_is_header) {
    std::vector<TableRow> result = rows;
    std::string signs;
    for (std::size_t r = 0; r < result.size(); ++r) {
        TableRow& row = result[r];
        const bool is_header = r == 0 && first_is_header;
        for (std::size_t i = 0; i < row.size() && (is_header || i + 1 < row.size()); ++i) {
            for (std::string& paragraph : row[i]) {
                signs += signs_in(paragraph);
                paragraph = without_signs(paragraph);
            }
        }
        if (is_header || signs.empty() || row.empty()) continue;
        TableCell& last = row.back();
        const auto first = std::find_if(last.begin(), last.end(), [](const std::string& paragraph) { return !without_signs(paragraph).empty(); });
        if (first != last.end()) first->insert(0, std::exchange(signs, {}));
    }
    return result;
}

std::string solid(const std::vector<std::string>& lines) {
    std::string text;
    for (const std::string& line : lines) text += line;
    return transcript::SolidText(without_signs(text)).text();
}

}  // namespace

std::string sign_of(std::size_t comment, SignKind kind) {
    std::string digits;
    do {
        digits.insert(digits.begin(), static_cast<char>(kZero + static_cast<char>(comment % kKinds)));
        comment /= kKinds;
    } while (comment > 0);
    return kOpen + std::string(1, static_cast<char>(kZero + static_cast<char>(kind))) + digits + kClose;
}

std::string without_signs(std::string_view text) {
    std::string result;
    std::size_t from = 0;
    for (std::size_t at = text.find(kOpen); at != std::string_view::npos; at = text.find(kOpen, from)) {
        result += text.substr(from, at - from);
        from = read_sign(text, at).end;
    }
    return result += text.substr(from);
}

void append_signed_table(const std::vector<TableRow>& rows, std::size_t number, std::vector<std::string>& lines, Extracted& out) {
    std::vector<std::string> clean;
    Extracted understood = out;
    const std::vector<TableRow> plain = bare(rows);
    append_table(plain, number, clean, understood);
    const std::string wanted = solid(clean);
    for (const std::vector<TableRow>& candidate : {rows, moved_to_last(rows, false), moved_to_last(rows, true), plain}) {
        std::vector<std::string> made;
        Extracted ignored = out;
        append_table(candidate, number, made, ignored);
        if (solid(made) != wanted) continue;
        lines.insert(lines.end(), made.begin(), made.end());
        break;
    }
    out = std::move(understood);
}

std::vector<Mark> marks_of(const std::vector<Comment>& comments, std::string_view signed_text, std::string_view text) {
    using Places = std::array<std::optional<std::size_t>, kKinds>;  // in the solid text
    std::vector<Places> places(comments.size());
    const transcript::SolidText read(without_signs(signed_text));
    const transcript::SolidText wanted(text);
    std::size_t bare_length = 0;
    std::size_t from = 0;
    for (std::size_t at = signed_text.find(kOpen); at != std::string_view::npos; at = signed_text.find(kOpen, from)) {
        bare_length += at - from;
        const Sign sign = read_sign(signed_text, at);
        std::optional<std::size_t>& place = places[sign.comment][sign.kind];
        if (!place) place = read.solid_before(static_cast<std::uint32_t>(bare_length));
        from = sign.end;
    }
    std::vector<Mark> marks;
    for (std::size_t i = 0; i < comments.size(); ++i) {
        const Comment& comment = comments[i];
        Mark mark;
        const std::size_t kind = static_cast<std::size_t>(comment.has_range ? SignKind::range_begin : SignKind::paragraph_begin);
        const bool placed = places[i][kind] && places[i][kind + 1] && read.text() == wanted.text();
        if (placed) mark.span = wanted.span(*places[i][kind], *places[i][kind + 1]);
        mark.note = comment.note;
        mark.author = comment.author;
        mark.discussion = comment.discussion;
        mark.where = "comment " + std::to_string(i + 1) + (comment.paragraph > 0 ? " (paragraph " + std::to_string(comment.paragraph) + ")" : "");
        marks.push_back(std::move(mark));
    }
    return marks;
}

}  // namespace fangtan::reader
