// SPDX-License-Identifier: Apache-2.0
#include "fangtan/agreement/overlap.hpp"

#include <algorithm>
#include <limits>
#include <vector>

#include "fangtan/base/error.hpp"

namespace fangtan::agreement {
namespace {

constexpr std::size_t kNone = std::numeric_limits<std::size_t>::max();

bool meets(const Segment& a, const Segment& b, double threshold, OverlapBase base) {
    const std::uint64_t start = std::max(a.start, b.start);
    const std::uint64_t end = std::min(a.end, b.end);
    if (start >= end) return false;
    const double shared = static_cast<double>(end - start);
    double whole = static_cast<double>(a.length() + b.length()) - shared;
    if (base == OverlapBase::shorter) whole = static_cast<double>(std::min(a.length(), b.length()));
    if (base == OverlapBase::longer) whole = static_cast<double>(std::max(a.length(), b.length()));
    // 0.28 · 25 is a little more than 7.
    return shared >= threshold * whole - 1e-9;
}

// Augmenting paths without recursion: text has chains of thousands of overlapping segments.
std::uint64_t matched(const std::vector<std::vector<std::size_t>>& partners, std::size_t seconds) {
    std::vector<std::size_t> first_of(seconds, kNone);
    std::vector<std::size_t> visited(seconds, kNone);
    std::vector<std::size_t> reached_from(seconds, kNone);
    std::uint64_t count = 0;
    for (std::size_t root = 0; root < partners.size(); ++root) {
        std::vector<std::size_t> queue{root};
        std::size_t free_end = kNone;
        for (std::size_t head = 0; head < queue.size() && free_end == kNone; ++head) {
            for (const std::size_t second : partners[queue[head]]) {
                if (visited[second] == root) continue;
                visited[second] = root;
                reached_from[second] = queue[head];
                if (first_of[second] == kNone) {
                    free_end = second;
                    break;
                }
                queue.push_back(first_of[second]);
            }
        }
        if (free_end == kNone) continue;
        ++count;
        // Back along the path every second one changes its partner.
        for (std::size_t second = free_end; second != kNone;) {
            const std::size_t first = reached_from[second];
            std::size_t before = kNone;
            if (first != root) {
                for (const std::size_t other : partners[first]) {
                    if (first_of[other] == first) before = other;
                }
            }
            first_of[second] = first;
            second = before;
        }
    }
    return count;
}

}  // namespace

OverlapAgreement overlap_agreement(const Continuum& continuum, std::uint32_t coder1, std::uint32_t coder2, double threshold, OverlapBase base, std::size_t codes) {
    check(continuum);
    if (coder1 >= continuum.coders || coder2 >= continuum.coders) throw Error(ErrorKind::usage, "", "没有这名编码员 (there is no such coder)");
    if (!(threshold >= 0 && threshold <= 1)) throw Error(ErrorKind::usage, "", "重叠阈值须在 0 与 1 之间 (the overlap threshold must lie within 0 and 1)");
    OverlapAgreement result;
    for (std::uint32_t code = 0; code < continuum.codes.size(); ++code) {
        const std::vector<Segment> first = segments_of(continuum, coder1, code);
        const std::vector<Segment> second = segments_of(continuum, coder2, code);
        std::vector<std::vector<std::size_t>> partners(first.size());
        std::vector<bool> second_agrees(second.size(), false);
        // The longest end so far says from where on earlier segments may still reach the one at hand.
        std::vector<std::uint64_t> furthest;
        for (const Segment& segment : second) furthest.push_back(std::max(furthest.empty() ? 0 : furthest.back(), segment.end));
        for (std::size_t i = 0; i < first.size(); ++i) {
            auto j = static_cast<std::size_t>(std::upper_bound(furthest.begin(), furthest.end(), first[i].start) - furthest.begin());
            for (; j < second.size() && second[j].start < first[i].end; ++j) {
                if (!meets(first[i], second[j], threshold, base)) continue;
                partners[i].push_back(j);
                second_agrees[j] = true;
            }
            if (!partners[i].empty()) ++result.first_agree;
        }
        result.first += first.size();
        result.second += second.size();
        result.second_agree += static_cast<std::uint64_t>(std::count(second_agrees.begin(), second_agrees.end(), true));
        result.one_to_one += matched(partners, second.size());
    }
    const double all = static_cast<double>(result.first + result.second);
    result.percent = ratio(static_cast<double>(result.first_agree + result.second_agree), all, Undefined::no_data);
    result.holsti = ratio(2 * static_cast<double>(result.one_to_one), all, Undefined::no_data);
    const std::size_t choices = codes == 0 ? continuum.codes.size() : codes;
    if (choices < 2) {
        result.kappa_rk = Undefined::q_lt_2;
    } else {
        const double chance = 1 / static_cast<double>(choices);
        result.kappa_rk = result.percent.defined() ? Value((result.percent.number() - chance) / (1 - chance)) : result.percent;
    }
    return result;
}

}  // namespace fangtan::agreement
