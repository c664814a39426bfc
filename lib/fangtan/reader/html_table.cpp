// SPDX-License-Identifier: Apache-2.0
#include "fangtan/reader/html_table.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include "fangtan/reader/chat_table_rows.hpp"
#include "fangtan/transcript/label.hpp"

namespace fangtan::reader::html {
namespace {

using transcript::LabelKind;

bool is_known(LabelKind kind) { return kind == LabelKind::interviewer || kind == LabelKind::respondent || kind == LabelKind::participant_id; }

// The name, if the cell holds nothing but a label, perhaps with its colon.
std::optional<std::string> label_in(const Cell& cell) {
    if (cell.lines.size() != 1) return std::nullopt;
    const std::string line = cell.lines.front() + "：";
    const auto shape = transcript::label_shape(line, 0, static_cast<std::uint32_t>(line.size()));
    if (!shape) return std::nullopt;
    const bool alone = shape->body == line.size() || line.substr(shape->body) == "：";
    return alone ? std::optional(transcript::plain_label(shape->name.of(line))) : std::nullopt;
}

// Short labels in the first column, of which one recurs or is known.
bool is_dialogue(const std::vector<Row>& rows) {
    std::map<std::string, std::size_t> names;
    bool found = false;
    for (const Row& row : rows) {
        if (row.size() > 2) return false;
        if (row.size() < 2 || row[0].lines.empty()) continue;
        const auto name = label_in(row[0]);
        if (!name) return false;
        const LabelKind kind = transcript::kind_of_label(*name);
        found = found || is_known(kind) || (kind == LabelKind::unknown && ++names[*name] >= 2);
    }
    return found;
}

std::string joined(const std::vector<std::string>& lines, char between) {
    std::string all;
    for (const std::string& line : lines) {
        if (!all.empty()) all += between;
        all += line;
    }
    return all;
}

std::vector<std::string> dialogue(const std::vector<Row>& rows, SpeakerLabels& labels) {
    std::vector<std::string> lines;
    for (const Row& row : rows) {
        std::string start;
        if (const auto name = row.size() == 2 && !row[0].lines.empty() ? label_in(row[0]) : std::nullopt) {
            const LabelKind kind = transcript::kind_of_label(*name);
            std::string written = row[0].lines.front();
            for (const std::string_view colon : {"：", ":"}) {
                if (written.ends_with(colon)) written.erase(written.size() - colon.size());
            }
            // 时间 and the like are header lines, of which nobody is the speaker.
            const bool speaks = kind != LabelKind::metadata_key && kind != LabelKind::never;
            start = (speaks ? labels.of(written).written : written) + "：";
        }
        const std::vector<std::string>& speech = row.empty() ? std::vector<std::string>() : row.back().lines;
        if (speech.empty() && start.empty()) continue;
        lines.push_back(start + (speech.empty() ? "" : speech.front()));
        for (std::size_t i = 1; i < speech.size(); ++i) lines.push_back(speech[i]);
    }
    return lines;
}

std::optional<std::vector<std::string>> chat(const std::vector<Row>& rows, SpeakerLabels& labels, Extracted& extracted) {
    CsvTable table;
    for (const Cell& cell : rows.front()) table.header.push_back({joined(cell.lines, ' '), {}});
    const auto columns = chat_columns(table.header);
    if (!columns) return std::nullopt;
    for (std::size_t i = 1; i < rows.size(); ++i) {
        if (rows[i].size() > table.header.size()) return std::nullopt;
        std::vector<CsvCell> cells;
        for (const Cell& cell : rows[i]) cells.push_back({joined(cell.lines, '\n'), {cell.line, 1}});
        cells.resize(table.header.size());
        table.rows.push_back(std::move(cells));
    }
    Extracted found;
    append_chat(table, *columns, labels, found);
    std::move(found.left_out.begin(), found.left_out.end(), std::back_inserter(extracted.left_out));
    std::vector<std::string> lines;
    for (std::size_t at = 0; at < found.text.size();) {
        const std::size_t end = found.text.find('\n', at);
        lines.push_back(found.text.substr(at, end - at));
        at = end + 1;
    }
    return lines;
}

// Tables that only arrange a page have cells of many lines.
std::vector<std::string> plain(const std::vector<Row>& rows) {
    std::vector<std::string> lines;
    for (const Row& row : rows) {
        const bool one_line_each = std::all_of(row.begin(), row.end(), [](const Cell& cell) { return cell.lines.size() <= 1; });
        std::string line;
        for (std::size_t i = 0; i < row.size(); ++i) {
            if (!one_line_each) lines.insert(lines.end(), row[i].lines.begin(), row[i].lines.end());
            if (one_line_each && i > 0) line += '\t';
            if (one_line_each && !row[i].lines.empty()) line += row[i].lines.front();
        }
        if (line.find_first_not_of('\t') != std::string::npos) lines.push_back(std::move(line));
    }
    return lines;
}

}  // namespace

std::vector<std::string> lines_of_table(const std::vector<Row>& rows, SpeakerLabels& labels, Extracted& extracted) {
    if (rows.empty()) return {};
    if (auto lines = chat(rows, labels, extracted)) return *std::move(lines);
    return is_dialogue(rows) ? dialogue(rows, labels) : plain(rows);
}

}  // namespace fangtan::reader::html
