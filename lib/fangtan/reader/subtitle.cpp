// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <utility>

#include "fangtan/base/error.hpp"
#include "fangtan/reader/formats.hpp"
#include "fangtan/reader/subtitle_cue.hpp"
#include "fangtan/text/boundary.hpp"
#include "fangtan/text/utf8.hpp"

namespace fangtan::reader {
namespace {

using subtitle::Cue;
using subtitle::CueLine;

enum class Format { srt, vtt };

std::string_view trimmed_line(std::string_view line) { return trimmed(line, span_of(0, static_cast<std::uint32_t>(line.size()))).of(line); }

bool is_blank(std::string_view line) { return trimmed_line(line).empty(); }

bool is_number(std::string_view line) {
    const std::string_view text = trimmed_line(line);
    return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

bool is_keyword(std::string_view line, std::string_view word) {
    return line.starts_with(word) && (line.size() == word.size() || line[word.size()] == ' ' || line[word.size()] == '\t');
}

std::string beginning(std::string_view line) {
    const std::u32string characters = utf8::to_code_points(trimmed_line(line));
    const bool whole = characters.size() <= 20;
    return "\"" + utf8::escaped(utf8::from_code_points(std::u32string_view(characters).substr(0, 20))) + (whole ? "\"" : "…\"");
}

std::vector<std::string_view> lines_of(std::string_view text) {
    std::vector<std::string_view> lines;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        lines.push_back(text.substr(at, end - at));
        at = end + 1;
    }
    return lines;
}

class SubtitleReader {
 public:
    SubtitleReader(std::string_view text, const std::string& name, Format format) : lines_(lines_of(text)), name_(name), format_(format) {}

    Extracted run() {
        std::size_t at = format_ == Format::vtt ? header() : 0;
        while (at < lines_.size()) {
            if (is_blank(lines_[at])) {
                ++at;
                continue;
            }
            std::size_t end = at;
            while (end < lines_.size() && !is_blank(lines_[end])) ++end;
            block(at, end);
            at = end;
        }
        end_cue();
        drop_rolled_lines();
        subtitle::append_turns(cues_, extracted_);
        return std::move(extracted_);
    }

 private:
    [[noreturn]] void fail(std::size_t line, std::size_t byte, const std::string& sentence) const {
        const std::size_t column = line < lines_.size() ? utf8::count(lines_[line].substr(0, byte)) + 1 : 1;
        throw Error(ErrorKind::input, name_ + ":" + std::to_string(line + 1) + ":" + std::to_string(column), sentence);
    }
    void leave_out(std::string what, std::size_t line) { extracted_.left_out.push_back({std::move(what), "line " + std::to_string(line + 1)}); }
    [[nodiscard]] bool is_time(std::size_t line, std::size_t end) const { return line < end && subtitle::looks_like_time_line(lines_[line]); }

    // WEBVTT, what stands behind it, and the lines below it to the first empty one; the line after them.
    std::size_t header() {
        std::size_t at = 0;
        while (at < lines_.size() && is_blank(lines_[at])) ++at;
        if (at == lines_.size()) fail(0, 0, "the file is empty; a .vtt file begins with a line WEBVTT");
        if (!is_keyword(lines_[at], "WEBVTT")) {
            const bool srt = is_time(at, lines_.size()) || (is_number(lines_[at]) && is_time(at + 1, lines_.size()));
            fail(at, 0, "a .vtt file begins with a line WEBVTT, but here stands " + beginning(lines_[at]) + (srt ? "; this looks like SRT: name the file .srt" : ""));
        }
        std::string_view title = trimmed_line(lines_[at].substr(6));
        while (title.starts_with('-')) title = trimmed_line(title.substr(1));
        if (!title.empty()) extracted_.metadata.emplace_back("title", title);
        for (++at; at < lines_.size() && !is_blank(lines_[at]) && !is_time(at, lines_.size()) && !is_time(at + 1, lines_.size()); ++at) {
            if (is_keyword(lines_[at], "Language:")) extracted_.metadata.emplace_back("language", trimmed_line(lines_[at].substr(9)));
            leave_out("header line", at);
        }
        return at;
    }

    void block(std::size_t begin, std::size_t end) {
        const bool time_first = is_time(begin, end);
        const bool time_second = is_time(begin + 1, end);
        if (format_ == Format::vtt && !time_first && !time_second) {
            for (const char* keyword : {"NOTE", "STYLE", "REGION", "X-TIMESTAMP-MAP"}) {
                if (is_keyword(lines_[begin], keyword) || (keyword[0] == 'X' && lines_[begin].starts_with(keyword))) return leave_out(std::string(keyword) + " block", begin);
            }
        }
        if (time_first) {
            cue(begin);
            return text(begin + 1, end);
        }
        const bool is_id = format_ == Format::vtt || is_number(lines_[begin]) || !in_cue_;
        if (time_second && is_id) {
            numbered_ = numbered_ || is_number(lines_[begin]);
            cue(begin + 1);
            return text(begin + 2, end);
        }
        const std::size_t expected = is_number(lines_[begin]) && begin + 1 < end ? begin + 1 : begin;
        const bool cut = subtitle::looks_like_cut_time_line(lines_[expected]) || (expected > begin && expected + 1 == lines_.size() && lines_[expected].find_first_not_of("0123456789:") == std::string_view::npos);
        if (cut) fail(expected, lines_[expected].size(), "the time line is cut off; it must be like 00:00:05,000 --> 00:00:07,000");
        if (end == begin + 1 && is_number(lines_[begin])) return leave_out("number without a cue", begin);
        if (!in_cue_) fail(begin, 0, "here a cue must begin, with a time line like 00:00:05,000 --> 00:00:07,000, but it is " + beginning(lines_[begin]));
        text(begin, end);  // an empty line stood inside the text of the cue
    }

    void cue(std::size_t line) {
        subtitle::TimeFault fault;
        const auto times = subtitle::parse_time_line(lines_[line], fault);
        if (!times) fail(line, fault.at, fault.sentence);
        if (format_ == Format::srt && times->end_is_shorter && line + 1 == lines_.size()) fail(line, lines_[line].size(), "the file is cut off in this time line; the rest of the subtitles is missing");
        end_cue();
        in_cue_ = true;
        cues_.push_back({times->start, times->end, {}});
    }

    // A time line may follow without an empty line; `3 --> 4` in what is said is text.
    void text(std::size_t begin, std::size_t end) {
        for (std::size_t at = begin; at < end; ++at) {
            subtitle::TimeFault fault;
            if (is_time(at, end)) {
                const auto times = subtitle::parse_time_line(lines_[at], fault);
                const bool meant = times ? times->exact : subtitle::looks_like_cut_time_line(lines_[at].substr(0, lines_[at].find("-->")));
                if (meant) {
                    if (numbered_ && at > begin && is_number(lines_[at - 1])) text_.erase(text_.rfind(lines_[at - 1]));
                    cue(at);
                    continue;
                }
            }
            text_ += lines_[at];
            text_ += '\n';
        }
    }

    void end_cue() {
        if (in_cue_) cues_.back().lines = subtitle::parse_cue_text(text_);
        rolling_ = rolling_ || text_.find("<0") != std::string::npos;
        text_.clear();
    }

    // Captions that roll up the screen word by word (with times inside the text) begin every cue with the line that
    // the cue before it ended with: it was said once.
    void drop_rolled_lines() {
        if (format_ != Format::vtt || !rolling_) return;
        std::string last;
        bool dropped = false;
        for (Cue& each : cues_) {
            std::vector<CueLine> kept;
            for (CueLine& line : each.lines) {
                if (line.text == last) {
                    dropped = true;
                    continue;
                }
                last = line.text;
                kept.push_back(std::move(line));
            }
            each.lines = std::move(kept);
        }
        if (dropped) extracted_.left_out.push_back({"repeated lines of rolling captions", ""});
    }

    std::vector<std::string_view> lines_;
    const std::string& name_;
    Format format_;
    std::vector<Cue> cues_;
    std::string text_;        // of the last cue, as written
    bool in_cue_ = false;
    bool numbered_ = false;   // cues have indexes
    bool rolling_ = false;
    Extracted extracted_;
};

}  // namespace

Extracted extract_srt(std::string_view text, const std::string& name) { return SubtitleReader(text, name, Format::srt).run(); }

Extracted extract_vtt(std::string_view text, const std::string& name) { return SubtitleReader(text, name, Format::vtt).run(); }

}  // namespace fangtan::reader
