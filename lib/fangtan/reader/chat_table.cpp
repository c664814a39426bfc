// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>

#include "fangtan/base/error.hpp"
#include "fangtan/reader/chat_table_rows.hpp"
#include "fangtan/reader/formats.hpp"
#include "fangtan/reader/subtitle_label.hpp"
#include "fangtan/text/boundary.hpp"
#include "fangtan/text/fold.hpp"
#include "fangtan/transcript/label.hpp"

namespace fangtan::reader {
namespace {

constexpr std::size_t kShownFaults = 10;

// Folded. The earlier a name stands, the more it is preferred: a table may have both a 说话人 and an 角色.
constexpr std::array<std::string_view, 33> kSpeakerNames = {
    "说话人", "发言人", "讲话人", "说话者", "发言者", "讲话者", "发言人姓名", "说话人姓名", "speaker", "speaker name", "speaker_name",
    "发送人", "发送者", "发信人", "发件人", "sender", "sender name", "from", "昵称", "用户昵称", "群昵称", "微信昵称", "nickname", "姓名", "名字",
    "name", "user", "username", "受访者", "被访者", "who", "角色", "role"};
constexpr std::array<std::string_view, 28> kTextNames = {
    "发言内容", "说话内容", "讲话内容", "消息内容", "聊天内容", "对话内容", "转写内容", "转写文本", "访谈内容", "发言", "消息", "文本", "正文", "内容",
    "文字", "原文", "转录", "转写", "utterance", "transcript", "message", "text", "content", "speech", "msg", "sentence", "body", "话语"};
constexpr std::array<std::string_view, 23> kTimeNames = {
    "开始时间", "起始时间", "发言时间", "发送时间", "消息时间", "时间", "时间戳", "时间点", "start time", "start_time", "starttime", "start",
    "begin", "begin time", "timestamp", "time", "timecode", "time stamp", "datetime", "sent at", "in", "日期时间", "入点"};

std::string folded_name(std::string_view name) { return fold(transcript::plain_label(name)); }

template <std::size_t Size>
std::optional<std::size_t> column_of(const std::vector<CsvCell>& header, const std::array<std::string_view, Size>& names) {
    for (const std::string_view name : names) {
        for (std::size_t i = 0; i < header.size(); ++i) {
            if (folded_name(header[i].text) == name) return i;
        }
    }
    return std::nullopt;
}

bool has_column(const std::vector<CsvCell>& header, std::string_view name) { return column_of(header, std::array<std::string_view, 1>{name}).has_value(); }

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// The header row alone: the rest may be wrong, and is to be reported then.
std::string_view header_line(std::string_view text) {
    const std::size_t first = text.find_first_not_of(" \t\n");
    if (first == std::string_view::npos) return {};
    const std::size_t feed = text.rfind('\n', first);
    const std::size_t begin = feed == std::string_view::npos ? 0 : feed + 1;
    return text.substr(begin, std::min(text.find('\n', begin), text.size()) - begin);
}

class ChatWriter {
 public:
    ChatWriter(const CsvTable& table, const ChatColumns& columns, SpeakerLabels& labels, Extracted& extracted)
        : table_(table), columns_(columns), extracted_(extracted), labels_(labels) {}

    void run() {
        for (std::size_t i = 0; i < table_.header.size(); ++i) {
            if (i == columns_.speaker || i == columns_.text || (columns_.time && i == *columns_.time)) continue;
            const std::string name = table_.header[i].text.empty() ? std::to_string(i + 1) : table_.header[i].text;
            extracted_.left_out.push_back({"column " + name, ""});
        }
        // All names first: whether a further line reads like somebody's turn depends on them.
        for (const auto& row : table_.rows) {
            if (!transcript::plain_label(row[columns_.speaker].text).empty()) (void)labels_.of(row[columns_.speaker].text);
        }
        for (const auto& row : table_.rows) write(row);
    }

 private:
    static std::string place(const CsvCell& cell) { return cell.position.line == 0 ? "" : "line " + std::to_string(cell.position.line); }

    void write(const std::vector<CsvCell>& row) {
        const std::vector<std::string> lines = lines_of(row[columns_.text].text);
        if (lines.empty()) {
            extracted_.left_out.push_back({"row without text", place(row[0])});
            return;
        }
        // In a sheet with merged cells the name stands in the first of its rows only.
        const bool named = !transcript::plain_label(row[columns_.speaker].text).empty();
        const SpeakerLabels::Label* label = named ? &labels_.of(row[columns_.speaker].text) : speaker_;
        if (label != nullptr && (label != speaker_ || labels_.reads_as_turn(lines.front()))) extracted_.text += time_of(row) + label->written + "：";
        speaker_ = label;
        for (const std::string& line : lines) extracted_.text += line + '\n';
    }

    std::string time_of(const std::vector<CsvCell>& row) {
        if (!columns_.time) return {};
        const CsvCell& cell = row[*columns_.time];
        const std::string time = clock_time(cell.text);
        if (!time.empty()) return "[" + time + "] ";
        if (!transcript::plain_label(cell.text).empty()) extracted_.left_out.push_back({"what is no clock time in column " + table_.header[*columns_.time].text, place(cell)});
        return {};
    }

    // A line of a message that reads like somebody's turn goes with the line before it.
    [[nodiscard]] std::vector<std::string> lines_of(std::string_view cell) const {
        std::vector<std::string> lines;
        for (std::size_t at = 0; at <= cell.size();) {
            const std::size_t end = std::min(cell.find('\n', at), cell.size());
            const std::string_view line = trimmed(cell, span_of(static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(end))).of(cell);
            at = end + 1;
            if (line.empty()) continue;
            if (!lines.empty() && labels_.reads_as_turn(line)) {
                lines.back() += ' ';
                lines.back() += line;
            } else {
                lines.emplace_back(line);
            }
        }
        return lines;
    }

    const CsvTable& table_;
    const ChatColumns& columns_;
    Extracted& extracted_;
    SpeakerLabels& labels_;
    const SpeakerLabels::Label* speaker_ = nullptr;
};

[[noreturn]] void fail(const Diagnostics& diagnostics, const std::string& name) {
    const std::vector<Diagnostic>& entries = diagnostics.entries();
    const auto at = [](const Diagnostic& entry) { return std::to_string(entry.position.line) + ":" + std::to_string(entry.position.column); };
    std::string sentence = entries.front().message;
    for (std::size_t i = 1; i < std::min(entries.size(), kShownFaults); ++i) sentence += "\n  " + at(entries[i]) + ": " + entries[i].message;
    if (diagnostics.errors() > kShownFaults) sentence += "\n  and " + std::to_string(diagnostics.errors() - kShownFaults) + " more";
    throw Error(ErrorKind::input, name + ":" + at(entries.front()), sentence);
}

}  // namespace

std::optional<ChatColumns> chat_columns(const std::vector<CsvCell>& header) {
    const bool codings = has_column(header, "code") && has_column(header, "start") && has_column(header, "end");
    const bool participants = has_column(header, "id") && has_column(header, "group");
    const auto speaker = column_of(header, kSpeakerNames);
    const auto text = column_of(header, kTextNames);
    if (codings || participants || !speaker || !text) return std::nullopt;
    return ChatColumns{*speaker, *text, column_of(header, kTimeNames)};
}

std::string clock_time(std::string_view cell) {
    std::string plain = transcript::plain_label(cell);
    if (plain.size() >= 2 && plain.front() == '[' && plain.back() == ']') plain = plain.substr(1, plain.size() - 2);
    // A date may stand before the time, joined by a blank or T.
    const std::size_t colon = plain.find(':');
    if (colon == std::string::npos || colon == 0 || !is_digit(plain[colon - 1])) return {};
    std::size_t begin = colon;
    while (begin > 0 && is_digit(plain[begin - 1])) --begin;
    if (begin > 0) {
        const std::string_view date = std::string_view(plain).substr(0, begin - 1);
        const bool digits = std::count_if(date.begin(), date.end(), is_digit) >= 3;
        if ((plain[begin - 1] != ' ' && plain[begin - 1] != 'T') || !digits) return {};
    }
    std::size_t at = begin;
    int groups = 0;
    while (groups < 3) {
        const std::size_t digits = at;
        while (at < plain.size() && is_digit(plain[at])) ++at;
        if (at == digits || at - digits > 2 || (groups > 0 && (at - digits != 2 || plain[digits] > '5'))) return {};
        ++groups;
        if (groups == 3 || at + 1 >= plain.size() || plain[at] != ':') break;
        ++at;
    }
    if (groups < 2) return {};
    // A fraction or a time zone may follow; 下午 or PM would make another time of it.
    const std::string_view rest = std::string_view(plain).substr(at);
    if (rest.find_first_not_of("0123456789.,:+-Z") != std::string_view::npos) return {};
    return plain.substr(begin, at - begin);
}

void append_chat(const CsvTable& table, const ChatColumns& columns, SpeakerLabels& labels, Extracted& extracted) {
    ChatWriter(table, columns, labels, extracted).run();
}

bool is_chat_table(std::string_view text) {
    Diagnostics diagnostics;
    const std::optional<CsvTable> table = csv::read(header_line(text), "", diagnostics);
    return table && chat_columns(table->header).has_value();
}

Extracted extract_chat_table(std::string_view text, const std::string& name) {
    Diagnostics diagnostics;
    const std::optional<CsvTable> table = csv::read(text, name, diagnostics);
    if (!table) fail(diagnostics, name);
    const std::optional<ChatColumns> columns = chat_columns(table->header);
    if (!columns) throw Error(ErrorKind::input, name + ":1:1", "the header row names no columns of a conversation; it needs one for the speaker (说话人, speaker) and one for the text (内容, text)");
    Extracted extracted;
    SpeakerLabels labels(extracted);
    append_chat(*table, *columns, labels, extracted);
    return extracted;
}

}  // namespace fangtan::reader
