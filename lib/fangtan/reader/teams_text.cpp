// SPDX-License-Identifier: Apache-2.0
#include "fangtan/reader/teams_text.hpp"

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "fangtan/reader/subtitle_cue.hpp"
#include "fangtan/text/boundary.hpp"
#include "fangtan/text/utf8.hpp"

namespace fangtan::reader {
namespace {

constexpr std::size_t kTitleLines = 6;
constexpr std::size_t kNameMaximum = 60;  // characters of a display name

struct TeamsText {
    std::vector<std::string_view> above;  // lines over the first cue
    std::vector<subtitle::Cue> cues;      // with the name as first line
};

TeamsText parse(std::string_view text) {
    TeamsText parsed;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        const std::string_view line = trimmed(text, span_of(static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(end))).of(text);
        at = end + 1;
        if (line.empty()) continue;
        subtitle::TimeFault fault;
        const auto times = subtitle::looks_like_time_line(line) ? subtitle::parse_time_line(line, fault) : std::nullopt;
        if (times) {
            parsed.cues.push_back({times->start, times->end, {}});
        } else if (parsed.cues.empty()) {
            parsed.above.push_back(line);
        } else {
            parsed.cues.back().lines.push_back({{}, std::string(line)});
        }
    }
    return parsed;
}

bool could_be_name(const std::string& line) {
    return utf8::count(line) <= kNameMaximum && line.find("。") == std::string::npos && line.find("？") == std::string::npos && line.find_first_of("?!") == std::string::npos;
}

}  // namespace

bool is_teams_text(std::string_view text) {
    // The first cue stands near the top, or the text is something else: no need to read it all.
    constexpr std::size_t kTop = 4096;
    if (text.substr(0, kTop).find("-->") == std::string_view::npos) return false;
    const TeamsText parsed = parse(text);
    if (parsed.cues.empty() || parsed.above.size() > kTitleLines) return false;
    // Subtitles pasted into a document have an index before each time line.
    const auto named = [](const subtitle::Cue& cue) { return cue.lines.size() >= 2 && could_be_name(cue.lines.front().text); };
    const bool indexed = !parsed.above.empty() && parsed.above.back().find_first_not_of("0123456789") == std::string_view::npos;
    const auto count = static_cast<std::size_t>(std::count_if(parsed.cues.begin(), parsed.cues.end(), named));
    // A cue without words (a cough) leaves a name alone.
    return !indexed && count > 0 && count * 10 >= parsed.cues.size() * 9;
}

Extracted extract_teams_text(std::string_view text) {
    TeamsText parsed = parse(text);
    Extracted extracted;
    for (const std::string_view line : parsed.above) {
        extracted.text += line;
        extracted.text += '\n';
    }
    std::set<std::string> names;
    for (const subtitle::Cue& cue : parsed.cues) {
        if (cue.lines.size() >= 2) names.insert(cue.lines.front().text);
    }
    for (subtitle::Cue& cue : parsed.cues) {
        if (cue.lines.size() == 1 && names.contains(cue.lines.front().text)) cue.lines.clear();
        if (cue.lines.size() < 2) continue;
        const std::string name = cue.lines.front().text;
        cue.lines.erase(cue.lines.begin());
        for (subtitle::CueLine& line : cue.lines) line.voice = name;
    }
    subtitle::append_turns(parsed.cues, extracted);
    return extracted;
}

}  // namespace fangtan::reader
