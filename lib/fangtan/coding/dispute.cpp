// SPDX-License-Identifier: Apache-2.0
#include "fangtan/coding/dispute.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <tuple>

namespace fangtan::coding {
namespace {

const std::string& person(const StoredCoding& coding) { return coding.reviewer.empty() ? coding.coder : coding.reviewer; }

// Codings of one document and code that hang together by shared characters; [first, last) of `order`.
bool is_agreed(const CodingStream& stream, const std::vector<std::size_t>& order, std::size_t first, std::size_t last, const std::set<std::string>& people) {
    std::set<std::string> accepting;
    for (std::size_t i = first; i < last; ++i) {
        const StoredCoding& coding = stream.codings[order[i]];
        if (coding.status == CodingStatus::rejected) return false;
        accepting.insert(person(coding));
    }
    if (accepting.size() < people.size()) return false;
    // In a chain of codings somebody's may share no character with somebody else's.
    for (std::size_t i = first; i < last; ++i) {
        std::set<std::string> here;
        const StoredCoding& coding = stream.codings[order[i]];
        for (std::size_t k = first; k < last; ++k) {
            const StoredCoding& other = stream.codings[order[k]];
            if (other.start < coding.end && coding.start < other.end) here.insert(person(other));
        }
        if (here.size() < people.size()) return false;
    }
    return true;
}

}  // namespace

std::vector<std::size_t> disputed(const CodingStream& stream) {
    const bool decided = std::any_of(stream.codings.begin(), stream.codings.end(), [](const StoredCoding& coding) { return coding.decided(); });
    std::map<std::string, std::set<std::string>> people;  // by document
    std::vector<std::size_t> order;
    for (std::size_t i = 0; i < stream.codings.size(); ++i) {
        const StoredCoding& coding = stream.codings[i];
        if (decided && !coding.decided()) continue;
        people[coding.document].insert(person(coding));
        order.push_back(i);
    }
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        const StoredCoding& first = stream.codings[a];
        const StoredCoding& second = stream.codings[b];
        return std::tie(first.document, first.code, first.start, first.end) < std::tie(second.document, second.code, second.start, second.end);
    });
    std::vector<std::size_t> result;
    for (std::size_t first = 0; first < order.size();) {
        const StoredCoding& begin = stream.codings[order[first]];
        std::uint32_t end = begin.end;
        std::size_t last = first + 1;
        for (; last < order.size(); ++last) {
            const StoredCoding& next = stream.codings[order[last]];
            if (next.document != begin.document || next.code != begin.code || next.start >= end) break;
            end = std::max(end, next.end);
        }
        const auto from = order.begin() + static_cast<std::ptrdiff_t>(first);
        const auto to = order.begin() + static_cast<std::ptrdiff_t>(last);
        // What nobody coded in the end is settled.
        const bool coded = std::any_of(from, to, [&](std::size_t i) { return stream.codings[i].status != CodingStatus::rejected; });
        if (coded && !is_agreed(stream, order, first, last, people[begin.document])) result.insert(result.end(), from, to);
        first = last;
    }
    std::sort(result.begin(), result.end());
    return result;
}

}  // namespace fangtan::coding
