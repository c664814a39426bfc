// SPDX-License-Identifier: Apache-2.0
#include "fangtan/agreement/characters.hpp"

#include <algorithm>
#include <vector>

#include "fangtan/agreement/kappa.hpp"
#include "fangtan/base/error.hpp"

namespace fangtan::agreement {
namespace {

std::uint64_t length_of(const std::vector<Segment>& segments) {
    std::uint64_t sum = 0;
    for (const Segment& segment : segments) sum += segment.length();
    return sum;
}

std::uint64_t shared(const std::vector<Segment>& a, const std::vector<Segment>& b) {
    std::uint64_t sum = 0;
    std::size_t i = 0;
    std::size_t j = 0;
    while (i < a.size() && j < b.size()) {
        const std::uint64_t start = std::max(a[i].start, b[j].start);
        const std::uint64_t end = std::min(a[i].end, b[j].end);
        if (start < end) sum += end - start;
        (a[i].end <= b[j].end ? i : j) += 1;
    }
    return sum;
}

CharacterCounts compare(const Continuum& continuum, std::uint32_t coder1, std::uint32_t coder2, std::uint32_t code) {
    const std::vector<Segment> first = merge_overlaps(segments_of(continuum, coder1, code));
    const std::vector<Segment> second = merge_overlaps(segments_of(continuum, coder2, code));
    CharacterCounts counts;
    counts.both = shared(first, second);
    counts.first_only = length_of(first) - counts.both;
    counts.second_only = length_of(second) - counts.both;
    counts.neither = continuum.length - counts.both - counts.first_only - counts.second_only;
    return counts;
}

void check_names(const Continuum& continuum, std::uint32_t coder1, std::uint32_t coder2) {
    check(continuum);
    if (coder1 >= continuum.coders || coder2 >= continuum.coders) throw Error(ErrorKind::usage, "", "没有这名编码员 (there is no such coder)");
}

}  // namespace

CharacterCounts& CharacterCounts::operator+=(const CharacterCounts& other) {
    both += other.both;
    first_only += other.first_only;
    second_only += other.second_only;
    neither += other.neither;
    return *this;
}

CharacterCounts compare_characters(const Continuum& continuum, std::uint32_t coder1, std::uint32_t coder2, std::uint32_t code) {
    check_names(continuum, coder1, coder2);
    if (code >= continuum.codes.size()) throw Error(ErrorKind::usage, "", "没有这个代码 (there is no such code)");
    return compare(continuum, coder1, coder2, code);
}

CharacterCounts compare_characters(const Continuum& continuum, std::uint32_t coder1, std::uint32_t coder2) {
    check_names(continuum, coder1, coder2);
    CharacterCounts sum;
    for (std::uint32_t code = 0; code < continuum.codes.size(); ++code) sum += compare(continuum, coder1, coder2, code);
    return sum;
}

CharacterAgreement character_agreement(const CharacterCounts& counts) {
    Contingency table(2);
    table.add(0, 0, counts.both);
    table.add(0, 1, counts.first_only);
    table.add(1, 0, counts.second_only);
    table.add(1, 1, counts.neither);
    const double both = static_cast<double>(counts.both);
    const double either = both + static_cast<double>(counts.first_only) + static_cast<double>(counts.second_only);
    const double same = both + static_cast<double>(counts.neither);
    const double total = static_cast<double>(counts.total());
    const Value kappa = total == 0 ? Value(Undefined::no_data) : cohen_kappa(table).value;
    return {ratio(same, total, Undefined::no_data), kappa, total > 0 && same == total ? Value(1) : kappa, ratio(both, either, Undefined::no_data),
            ratio(2 * both, both + either, Undefined::no_data)};
}

}  // namespace fangtan::agreement
