// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "fangtan/reader/subtitle_cue.hpp"

namespace fangtan::reader::subtitle {
namespace {

constexpr std::string_view kArrow = "-->";
constexpr std::int64_t kHoursMaximum = 99;  // labels of the transcript have room for two digits

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_blank(char c) { return c == ' ' || c == '\t'; }

class TimeReader {
 public:
    TimeReader(std::string_view line, TimeFault& fault) : line_(line), fault_(fault) {}

    std::optional<TimeLine> run() {
        TimeLine times;
        skip_blanks();
        const auto start = time();
        if (!start) return std::nullopt;
        const std::size_t start_digits = digits_;
        skip_blanks();
        if (!line_.substr(at_).starts_with(kArrow)) return wrong(at_, "after the start of a cue \"-->\" and its end must follow");
        at_ += kArrow.size();
        skip_blanks();
        const std::size_t end_at = at_;
        const auto end = time();
        if (!end) return std::nullopt;
        const bool cut = start_digits > 0 && digits_ == 0 && line_.find_first_not_of(".,", at_) == std::string_view::npos;
        if (cut) return wrong(at_, "the line is cut off in a time; a time is written like 00:00:05.000");
        if (const auto strange = what_is_no_setting()) return wrong(*strange, "behind the end of a cue only settings like align:start may stand; text begins on the next line");
        if (*end < *start) return wrong(end_at, "the cue ends before it starts; put the earlier time first");
        times.start = *start;
        times.end = *end;
        times.exact = start_digits > 0 && digits_ > 0;
        times.end_is_shorter = digits_ < start_digits;
        return times;
    }

 private:
    std::nullopt_t wrong(std::size_t at, std::string sentence) {
        fault_ = {at, std::move(sentence)};
        return std::nullopt;
    }
    void skip_blanks() {
        while (at_ < line_.size() && is_blank(line_[at_])) ++at_;
    }

    // Digits; what is beyond any clock is the same as 1000.
    std::optional<std::int64_t> number() {
        if (at_ >= line_.size()) return wrong(at_, "the line is cut off in a time; a time is written like 00:00:05.000");
        if (!is_digit(line_[at_])) return wrong(at_, "here a number of a time must stand; a time is written like 00:00:05.000");
        std::int64_t value = 0;
        for (; at_ < line_.size() && is_digit(line_[at_]); ++at_) value = std::min<std::int64_t>(value * 10 + (line_[at_] - '0'), 1000);
        return value;
    }

    std::optional<std::int64_t> time() {
        std::int64_t parts[3] = {0, 0, 0};
        std::size_t places[3] = {0, 0, 0};
        std::size_t count = 0;
        while (true) {
            places[count] = at_;
            const auto part = number();
            if (!part) return std::nullopt;
            parts[count++] = *part;
            if (at_ >= line_.size() || line_[at_] != ':') break;
            if (count == 3) return wrong(at_, "a time has no more than hours, minutes and seconds");
            ++at_;
        }
        if (count == 1) return wrong(at_, "a time must have minutes and seconds, like 00:05.000");
        const std::size_t minutes = count - 2;
        const std::size_t seconds = count - 1;
        if (parts[minutes] > 59) return wrong(places[minutes], "minutes go to 59; write the hours before them, like 01:39:00.000");
        if (parts[seconds] > 59) return wrong(places[seconds], "seconds go to 59; write the minutes before them");
        const std::int64_t hours = count == 3 ? parts[0] : 0;
        if (hours > kHoursMaximum) return wrong(places[0], "hours go to 99");
        return ((hours * 60 + parts[minutes]) * 60 + parts[seconds]) * 1000 + fraction();
    }

    // `.5` is half a second in all of these formats; digits behind the third are dropped.
    std::int64_t fraction() {
        digits_ = 0;
        if (at_ + 1 >= line_.size() || (line_[at_] != '.' && line_[at_] != ',') || !is_digit(line_[at_ + 1])) return 0;
        ++at_;
        std::int64_t milliseconds = 0;
        for (std::int64_t unit = 100; at_ < line_.size() && is_digit(line_[at_]); ++at_, ++digits_, unit /= 10) milliseconds += (line_[at_] - '0') * unit;
        return milliseconds;
    }

    // Where something stands that is neither `align:start` nor `X1:40`.
    [[nodiscard]] std::optional<std::size_t> what_is_no_setting() const {
        if (at_ < line_.size() && !is_blank(line_[at_])) return at_;
        std::size_t i = at_;
        while (i < line_.size()) {
            while (i < line_.size() && is_blank(line_[i])) ++i;
            const std::size_t begin = i;
            while (i < line_.size() && !is_blank(line_[i])) ++i;
            const std::string_view setting = line_.substr(begin, i - begin);
            const std::size_t colon = setting.find(':');
            const bool ascii = std::all_of(setting.begin(), setting.end(), [](char c) { return c > ' ' && c <= '~'; });
            if (!setting.empty() && (colon == std::string_view::npos || colon == 0 || !ascii)) return begin;
        }
        return std::nullopt;
    }

    std::string_view line_;
    TimeFault& fault_;
    std::size_t at_ = 0;
    std::size_t digits_ = 0;  // of the last fraction
};

bool only_time_characters(std::string_view text) { return text.find_first_not_of("0123456789:., \t") == std::string_view::npos; }

}  // namespace

bool looks_like_time_line(std::string_view line) {
    const std::size_t arrow = line.find(kArrow);
    if (arrow == std::string_view::npos) return false;
    const std::string_view before = line.substr(0, arrow);
    return only_time_characters(before) && before.find(':') != std::string_view::npos;
}

bool looks_like_cut_time_line(std::string_view line) {
    const std::size_t digits = line.find_first_not_of(" \t");
    if (digits == std::string_view::npos || !is_digit(line[digits]) || line.find(kArrow) != std::string_view::npos) return false;
    std::string_view rest = line.substr(digits);
    while (!rest.empty() && (rest.back() == '-' || is_blank(rest.back()))) rest.remove_suffix(1);
    return only_time_characters(rest) && std::count(rest.begin(), rest.end(), ':') == 2 && rest.find_first_of(".,") != std::string_view::npos;
}

std::optional<TimeLine> parse_time_line(std::string_view line, TimeFault& fault) { return TimeReader(line, fault).run(); }

}  // namespace fangtan::reader::subtitle
