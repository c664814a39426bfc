// SPDX-License-Identifier: Apache-2.0
#include "import_report.hpp"

#include <algorithm>
#include <map>

#include "fangtan/text/utf8.hpp"
#include "fangtan/text/width.hpp"

namespace fangtan::cli {
namespace {

// "page number 3 (page 1, page 2, page 3), footnote 1 (line 20)"
std::string left_out_of(const Transcript& transcript) {
    constexpr std::size_t kShown = 3;
    std::vector<std::pair<std::string, std::vector<std::string>>> kinds;
    for (const LeftOut& left : transcript.left_out) {
        auto kind = std::find_if(kinds.begin(), kinds.end(), [&](const auto& entry) { return entry.first == left.what; });
        if (kind == kinds.end()) kind = kinds.insert(kinds.end(), {left.what, {}});
        kind->second.push_back(left.where);
    }
    std::string text;
    for (const auto& [what, places] : kinds) {
        text += (text.empty() ? "" : "; ") + what + " " + std::to_string(places.size());
        std::string shown;
        for (std::size_t i = 0; i < std::min(kShown, places.size()); ++i) {
            if (!places[i].empty()) shown += (shown.empty() ? "" : ", ") + places[i];
        }
        if (!shown.empty()) text += " (" + shown + (places.size() > kShown ? ", …" : "") + ")";
    }
    return text;
}

std::string words_of(const Cell& cell) {
    if (const auto* text = std::get_if<std::string>(&cell)) return *text;
    const auto* number = std::get_if<std::uint64_t>(&cell);
    return number != nullptr ? std::to_string(*number) : std::string();
}

// "P1 7, S1 5, … (38 speakers)"
std::string shortened(const std::string& speakers) {
    constexpr std::size_t kWidth = 60;
    if (display_width(speakers) <= kWidth) return speakers;
    std::string shown;
    std::size_t at = 0;
    while (true) {
        const std::size_t end = speakers.find(", ", at);
        const std::string_view next = std::string_view(speakers).substr(0, end);
        if (end == std::string::npos || display_width(next) > kWidth) break;
        shown = next;
        at = end + 2;
    }
    const auto count = 1 + std::count(speakers.begin(), speakers.end(), ',');
    return shown + ", … (" + std::to_string(count) + " speakers)";
}

}  // namespace

ImportReport::ImportReport() {
    report_.path_headings = {"file"};
    report_.columns = {"format", "encoding", "layout", "turns", "characters", "speakers", "left out"};
}

void ImportReport::add(const Transcript& transcript) {
    std::map<std::string, std::pair<std::size_t, std::size_t>> by_speaker;  // name -> order, turns
    for (const Turn& turn : transcript.turns) {
        const Speaker& speaker = transcript.speakers[turn.speaker];
        const std::string name = speaker.interviewer ? speaker.label + " (interviewer)" : speaker.participant.empty() ? speaker.label : speaker.participant;
        ++by_speaker.try_emplace(name, turn.speaker, 0).first->second.second;
    }
    std::vector<std::pair<std::size_t, std::string>> ordered;
    for (const auto& [name, value] : by_speaker) ordered.emplace_back(value.first, (name.empty() ? std::string("nobody") : name) + " " + std::to_string(value.second));
    std::sort(ordered.begin(), ordered.end());
    std::string speakers;
    for (const auto& entry : ordered) speakers += (speakers.empty() ? "" : ", ") + entry.second;
    TableRow row;
    row.code = transcript.file;
    row.path = {transcript.file};
    const bool is_text = transcript.format == "txt" || transcript.format == "md" || transcript.format == "html" || transcript.format == "srt" || transcript.format == "vtt" || transcript.format == "table";
    row.cells = {transcript.format, is_text ? std::string(name_of(transcript.encoding)) : std::string(),
                 std::string(name_of(transcript.layout)) + (transcript.reflowed ? ", reflowed" : ""), static_cast<std::uint64_t>(transcript.turns.size()),
                 static_cast<std::uint64_t>(utf8::count(transcript.text)), speakers, left_out_of(transcript)};
    report_.rows.push_back(std::move(row));
}

std::string ImportReport::printed(ReportFormat format) const {
    switch (format) {
        case ReportFormat::markdown: return table::to_markdown(report_);
        case ReportFormat::csv: return table::to_csv(report_, table::ForSpreadsheet::no);
        case ReportFormat::tsv: return table::to_tsv(report_, table::ForSpreadsheet::no);
        case ReportFormat::json: return table::to_json(report_);
        case ReportFormat::text: break;
    }
    return as_text();
}

// For the eye: what is long (many speakers, what was left out) stands at the end and below.
std::string ImportReport::as_text() const {
    constexpr std::size_t kLast = 5;  // the cell of the speakers; behind it what was left out
    std::vector<std::vector<std::string>> lines = {{"file", "format", "encoding", "layout", "turns", "characters"}};
    for (const TableRow& row : report_.rows) {
        std::vector<std::string> line = {row.path[0]};
        for (std::size_t i = 0; i < kLast; ++i) line.push_back(words_of(row.cells[i]));
        lines.push_back(std::move(line));
    }
    std::vector<std::size_t> widths(lines[0].size(), 0);
    for (const auto& line : lines) {
        for (std::size_t i = 0; i < line.size(); ++i) widths[i] = std::max(widths[i], display_width(line[i]));
    }
    std::string text;
    for (std::size_t n = 0; n < lines.size(); ++n) {
        for (std::size_t i = 0; i < lines[n].size(); ++i) {
            const bool number = i + 2 >= lines[n].size();
            text += (number ? padded_left(lines[n][i], widths[i]) : padded_right(lines[n][i], widths[i])) + "  ";
        }
        text += n == 0 ? "speakers" : shortened(words_of(report_.rows[n - 1].cells[kLast]));
        text += '\n';
        const std::string left = n == 0 ? std::string() : words_of(report_.rows[n - 1].cells[kLast + 1]);
        if (!left.empty()) text += std::string(widths[0] + 2, ' ') + "left out: " + left + "\n";
    }
    return text;
}

}  // namespace fangtan::cli
