// SPDX-License-Identifier: Apache-2.0
#include "fangtan/reader/speaker_table.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "fangtan/text/boundary.hpp"
#include "fangtan/text/character.hpp"
#include "fangtan/text/fold.hpp"
#include "fangtan/text/utf8.hpp"
#include "fangtan/transcript/label.hpp"

namespace fangtan::reader {
namespace {

using transcript::LabelKind;
using Words = std::set<std::string, std::less<>>;

constexpr std::size_t kLabelMaximum = 20;    // characters
constexpr std::size_t kLabelsMaximum = 200;  // a conversation has no more people; a list of names may

// Column names, folded: one list serves both scripts.
const Words& speaker_words() {
    static const Words words = {"说话人", "说话者", "发言人", "发言者", "讲话人", "受访者", "访谈者", "被访者", "访谈对象", "对话人", "对象", "角色",
                                "人物", "姓名", "身份", "编号", "speaker", "name", "who", "role", "participant"};
    return words;
}
const Words& text_words() {
    static const Words words = {"内容", "访谈内容", "谈话内容", "发言内容", "说话内容", "对话内容", "对话", "发言", "话语", "文本", "文字", "转录", "转录内容",
                                "转录文本", "转写", "转写内容", "逐字稿", "记录", "访谈记录", "text", "content", "utterance", "transcript", "transcription", "speech", "words"};
    return words;
}
const Words& time_words() {
    static const Words words = {"时间", "时间戳", "时间点", "时刻", "开始时间", "起始时间", "time", "timestamp", "timecode", "start", "start time"};
    return words;
}

std::string_view trimmed_text(std::string_view text) { return trimmed(text, span_of(0, static_cast<std::uint32_t>(text.size()))).of(text); }

bool is_empty(const TableCell& cell) {
    return std::all_of(cell.begin(), cell.end(), [](const std::string& paragraph) { return trimmed_text(paragraph).empty(); });
}

// The paragraphs of a cell that should be a word or two.
std::string short_text(const TableCell& cell) {
    std::string text;
    for (const std::string& paragraph : cell) {
        const std::string_view part = trimmed_text(paragraph);
        if (part.empty()) continue;
        // 民警 under P1 in brackets of its own belongs to P1.
        if (!text.empty() && !part.starts_with("（") && !part.starts_with('(')) text += ' ';
        text += part;
    }
    return text;
}

bool names_column(const TableCell& cell, const Words& words) {
    std::string name = fold(transcript::plain_label(short_text(cell)));
    name.erase(std::remove(name.begin(), name.end(), ' '), name.end());
    return words.contains(name) || words.contains(fold(transcript::plain_label(short_text(cell))));
}

// 00:01:02, [1:02], 00:01:02.500 - 00:01:09.000: the first time without brackets; nothing else may stand there.
std::optional<std::string> clock_time(std::string_view text) {
    text = trimmed_text(text);
    for (const std::string_view open : {"[", "【", "(", "（"}) {
        if (text.starts_with(open)) text.remove_prefix(open.size());
    }
    std::size_t at = 0;
    const auto digits = [&](std::size_t most) {
        const std::size_t begin = at;
        while (at < text.size() && at - begin < most && text[at] >= '0' && text[at] <= '9') ++at;
        return at > begin;
    };
    std::size_t groups = 0;
    std::size_t end = 0;
    while (groups < 3 && digits(2)) {
        ++groups;
        end = at;
        const std::uint32_t colon = at < text.size() ? transcript::colon_length(text, static_cast<std::uint32_t>(at)) : 0;
        if (colon == 0) break;
        at += colon;
    }
    if (groups < 2) return std::nullopt;
    at = end;
    if (at < text.size() && (text[at] == '.' || text[at] == ',')) {
        ++at;
        if (!digits(3)) return std::nullopt;
        end = at;
    }
    // Behind it only a second time, an arrow, brackets.
    for (; at < text.size(); at += utf8::length(text[at])) {
        const char32_t c = utf8::at(text, at);
        if (!is_punctuation(c) && !is_white_space(c) && !(c >= U'0' && c <= U'9') && c != U'>' && c != U'~' && c != U'→') return std::nullopt;
    }
    return std::string(text.substr(0, end));
}

struct Label {
    std::string written;  // with its role, without a colon
    std::string name;     // without
    LabelKind kind = LabelKind::unknown;
};

std::optional<Label> label_of(const TableCell& cell) {
    Label label;
    label.written = short_text(cell);
    for (const std::string_view colon : {":", "：", "﹕", "∶", "︰"}) {
        if (label.written.ends_with(colon)) label.written.resize(label.written.size() - colon.size());
    }
    label.written = std::string(trimmed_text(label.written));
    if (utf8::count(label.written) > kLabelMaximum) return std::nullopt;
    // What the parser of dialogue will see decides, not what looks like a label here.
    const std::string line = label.written + "：";
    const auto shape = transcript::label_shape(line, 0, static_cast<std::uint32_t>(line.size()));
    if (!shape || shape->body != line.size()) return std::nullopt;
    label.name = transcript::plain_label(shape->name.of(line));
    label.kind = transcript::kind_of_label(label.name);
    return label;
}

struct Columns {
    std::size_t count = 2;
    std::size_t speaker = 0;
    std::optional<std::size_t> time;
};

class SpeakerTable {
 public:
    SpeakerTable(const std::vector<TableRow>& rows, std::size_t number) : rows_(rows), number_(number) {}

    // Whether this is dialogue; fills columns_ and header_.
    bool understand() {
        for (const TableRow& row : rows_) {
            if (row.size() > 1) columns_.count = std::max(columns_.count, row.size());
        }
        if (columns_.count > 3) return false;
        const auto fits = [&](const TableRow& row) { return row.size() <= 1 || row.size() == columns_.count; };
        if (!std::all_of(rows_.begin(), rows_.end(), fits)) return false;
        if (columns_.count == 2) return understand_with(columns_);
        return understand_with({3, 1, 0}) || understand_with({3, 0, 1});
    }

    void append(std::vector<std::string>& lines, Extracted& out) const {
        for (std::size_t i = 0; i < rows_.size(); ++i) {
            const TableRow& row = rows_[i];
            const std::string where = "table " + std::to_string(number_) + ", row " + std::to_string(i + 1);
            if (i == header_) {
                leave_out(out, "row of column names", where);
            } else if (row.size() < columns_.count) {
                for (const TableCell& cell : row) lines.insert(lines.end(), cell.begin(), cell.end());
            } else {
                append_turn(row, where, lines, out);
            }
        }
    }

 private:
    [[nodiscard]] bool is_header(const TableRow& row, const Columns& columns) const {
        return names_column(row[columns.speaker], speaker_words()) && names_column(row.back(), text_words()) &&
               (!columns.time || is_empty(row[*columns.time]) || names_column(row[*columns.time], time_words()));
    }

    bool understand_with(const Columns& columns) {
        std::map<std::string, std::size_t> spoken;
        std::size_t turns = 0;
        std::size_t header_lines = 0;  // 时间 | 2021年3月: the form at the top of a record of an interview
        std::size_t times = 0;
        bool known = false;
        bool recurs = false;
        std::optional<std::size_t> header;
        bool first = true;
        for (std::size_t i = 0; i < rows_.size(); ++i) {
            const TableRow& row = rows_[i];
            if (row.size() < columns.count) continue;
            if (std::exchange(first, false) && is_header(row, columns)) {
                header = i;
                continue;
            }
            if (columns.time && !is_empty(row[*columns.time])) {
                if (!clock_time(short_text(row[*columns.time]))) return false;
                ++times;
            }
            if (is_empty(row[columns.speaker])) continue;
            const std::optional<Label> label = label_of(row[columns.speaker]);
            if (!label || label->kind == LabelKind::never) return false;
            if (label->kind == LabelKind::metadata_key) {
                ++header_lines;
                continue;
            }
            ++turns;
            known = known || label->kind != LabelKind::unknown;
            recurs = ++spoken[label->name] > 1 || recurs;
        }
        const bool good = turns > header_lines && spoken.size() <= kLabelsMaximum && (known || recurs) && (!columns.time || times > 0);
        if (good) {
            columns_ = columns;
            header_ = header.value_or(rows_.size());
        }
        return good;
    }

    void append_turn(const TableRow& row, const std::string& where, std::vector<std::string>& lines, Extracted& out) const {
        TableCell said = row.back();
        while (!said.empty() && trimmed_text(said.front()).empty()) said.erase(said.begin());
        while (!said.empty() && trimmed_text(said.back()).empty()) said.pop_back();
        const std::optional<std::string> time = columns_.time ? clock_time(short_text(row[*columns_.time])) : std::nullopt;
        const std::optional<Label> label = is_empty(row[columns_.speaker]) ? std::nullopt : label_of(row[columns_.speaker]);
        if (label) {
            std::string line = (time ? "[" + *time + "] " : std::string()) + label->written + "：";
            if (!said.empty()) {
                line += trimmed_text(said.front());
                said.erase(said.begin());
            }
            lines.push_back(std::move(line));
            const bool is_new = label->kind != LabelKind::metadata_key && std::find(out.labels.begin(), out.labels.end(), label->name) == out.labels.end();
            if (is_new) out.labels.push_back(label->name);
        } else if (time) {
            leave_out(out, "time of a turn that goes on", where);
        }
        lines.insert(lines.end(), said.begin(), said.end());
    }

    const std::vector<TableRow>& rows_;
    std::size_t number_;
    Columns columns_;
    std::size_t header_ = 0;
};

void append_plain(const TableRow& row, std::vector<std::string>& lines) {
    if (std::all_of(row.begin(), row.end(), is_empty)) return;
    std::string line;
    bool begun = false;
    for (const TableCell& cell : row) {
        if (cell.size() > 1) {
            if (!line.empty()) lines.push_back(std::exchange(line, {}));
            lines.insert(lines.end(), cell.begin(), cell.end());
            begun = false;
            continue;
        }
        if (begun) line += '\t';
        if (!cell.empty()) line += cell.front();
        begun = true;
    }
    if (begun && !line.empty()) lines.push_back(std::move(line));
}

}  // namespace

void append_table(const std::vector<TableRow>& rows, std::size_t number, std::vector<std::string>& lines, Extracted& out) {
    SpeakerTable table(rows, number);
    if (out.labels.size() <= kLabelsMaximum && table.understand()) return table.append(lines, out);
    for (const TableRow& row : rows) append_plain(row, lines);
}

void append_paragraph(TableCell& cell, std::string_view paragraph) {
    for (std::size_t at = 0; at <= paragraph.size();) {
        const std::size_t end = std::min(paragraph.find('\n', at), paragraph.size());
        cell.emplace_back(paragraph.substr(at, end - at));
        at = end + 1;
    }
}

void leave_out(Extracted& out, std::string what, std::string where) {
    const bool said = !out.left_out.empty() && out.left_out.back().what == what && out.left_out.back().where == where;
    if (!said) out.left_out.push_back({std::move(what), std::move(where)});
}

std::string joined_lines(const std::vector<std::string>& lines) {
    std::string text;
    for (const std::string& line : lines) {
        text += line;
        text += '\n';
    }
    return text;
}

}  // namespace fangtan::reader
