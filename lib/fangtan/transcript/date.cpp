// SPDX-License-Identifier: Apache-2.0
#include "fangtan/transcript/date.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "fangtan/text/fold.hpp"
#include "fangtan/text/utf8.hpp"

namespace fangtan::transcript {
namespace {

const std::set<std::string>& keys() {
    static const std::set<std::string> all = [] {
        std::set<std::string> folded;
        for (const char* key : {"日期", "时间", "访谈日期", "访谈时间", "采访日期", "采访时间", "座谈日期", "座谈时间", "录音日期", "录音时间", "记录日期", "记录时间", "会议时间", "date", "interview date"}) folded.insert(fold(key));
        return folded;
    }();
    return all;
}

bool is_leap(int year) { return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0; }

bool exists(int year, int month, int day) {
    static constexpr std::array kDays = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (month < 1 || month > 12 || day < 1) return false;
    return day <= kDays[static_cast<std::size_t>(month - 1)] + (month == 2 && is_leap(year) ? 1 : 0);
}

}  // namespace

std::string date_in(const std::string& text) {
    const std::u32string characters = utf8::to_code_points(fold(text));
    const auto is_digit = [](char32_t c) { return c >= U'0' && c <= U'9'; };
    const std::u32string_view parts = U"-/.年月";
    for (std::size_t at = 0; at < characters.size(); ++at) {
        if (!is_digit(characters[at]) || (at > 0 && is_digit(characters[at - 1]))) continue;
        std::array<int, 3> numbers{};
        std::size_t next = at;
        bool good = true;
        for (std::size_t part = 0; part < numbers.size() && good; ++part) {
            const std::size_t begin = next;
            while (next < characters.size() && is_digit(characters[next]) && next - begin < 5) numbers[part] = numbers[part] * 10 + static_cast<int>(characters[next++] - U'0');
            const std::size_t digits = next - begin;
            good = part == 0 ? digits == 4 : digits == 1 || digits == 2;
            if (part < 2) good = good && next < characters.size() && parts.find(characters[next++]) != std::u32string_view::npos;
            while (part < 2 && good && next < characters.size() && characters[next] == U' ') ++next;
        }
        if (!good || !exists(numbers[0], numbers[1], numbers[2])) continue;
        const auto two_digits = [](int number) { return (number < 10 ? "0" : "") + std::to_string(number); };
        const std::string year = std::to_string(numbers[0]);
        return std::string(4 - year.size(), '0') + year + "-" + two_digits(numbers[1]) + "-" + two_digits(numbers[2]);
    }
    return {};
}

std::string date_of(const Transcript& transcript) {
    for (const auto& [key, value] : transcript.metadata) {
        if (!keys().contains(fold(key))) continue;
        const std::string date = date_in(value);
        if (!date.empty()) return date;
    }
    return {};
}

}  // namespace fangtan::transcript
