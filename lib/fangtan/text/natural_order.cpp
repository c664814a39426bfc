// SPDX-License-Identifier: Apache-2.0
#include "fangtan/text/natural_order.hpp"

#include <cstddef>

namespace fangtan {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// The run of digits at `at`, without leading zeros; `at` moves past it.
std::string_view number_at(std::string_view text, std::size_t& at) {
    std::size_t begin = at;
    while (at < text.size() && is_digit(text[at])) ++at;
    while (begin < at && text[begin] == '0') ++begin;
    return text.substr(begin, at - begin);
}

}  // namespace

bool natural_less(std::string_view a, std::string_view b) {
    std::size_t i = 0;
    std::size_t j = 0;
    while (i < a.size() && j < b.size()) {
        if (is_digit(a[i]) && is_digit(b[j])) {
            const std::string_view left = number_at(a, i);
            const std::string_view right = number_at(b, j);
            if (left.size() != right.size()) return left.size() < right.size();
            if (left != right) return left < right;
            continue;
        }
        if (a[i] != b[j]) return static_cast<unsigned char>(a[i]) < static_cast<unsigned char>(b[j]);
        ++i;
        ++j;
    }
    if (i < a.size() || j < b.size()) return j < b.size();
    return a < b;
}

}  // namespace fangtan
