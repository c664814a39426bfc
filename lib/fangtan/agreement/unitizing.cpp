// SPDX-License-Identifier: Apache-2.0
#include "fangtan/agreement/unitizing.hpp"

#include <algorithm>
#include <cmath>

namespace fangtan::agreement {
namespace {

struct Piece {
    std::uint64_t start = 0;
    std::uint64_t end = 0;
    std::size_t code = 0;  // 0: a gap; else the code + 1

    [[nodiscard]] double length() const { return static_cast<double>(end - start); }
};

// Units and gaps that fill the continuum. `sorted` must not overlap.
std::vector<Piece> partition(const Continuum& continuum, const std::vector<Segment>& sorted) {
    std::vector<Piece> pieces;
    std::uint64_t place = continuum.begin;
    for (const Segment& segment : sorted) {
        if (segment.start > place) pieces.push_back({place, segment.start, 0});
        pieces.push_back({segment.start, segment.end, segment.code + std::size_t{1}});
        place = segment.end;
    }
    if (place < continuum.begin + continuum.length) pieces.push_back({place, continuum.begin + continuum.length, 0});
    return pieces;
}

// Told of every two pieces that share something, in order.
template <class Visit>
void intersect(const std::vector<Piece>& a, const std::vector<Piece>& b, Visit visit) {
    std::size_t i = 0;
    std::size_t j = 0;
    while (i < a.size() && j < b.size()) {
        const std::uint64_t start = std::max(a[i].start, b[j].start);
        const std::uint64_t end = std::min(a[i].end, b[j].end);
        if (start < end) visit(a[i], b[j], static_cast<double>(end - start));
        const bool next_a = a[i].end <= b[j].end;
        const bool next_b = b[j].end <= a[i].end;
        if (next_a) ++i;
        if (next_b) ++j;
    }
}

double square(double value) { return value * value; }

UnitizingAlpha1995::Code code_1995(const Continuum& continuum, std::uint32_t code) {
    std::vector<std::vector<Piece>> coders;
    for (std::uint32_t coder = 0; coder < continuum.coders; ++coder) {
        const std::vector<Segment> segments = segments_of(continuum, coder, code);
        if (overlapping(segments)) return {Undefined::overlap, Undefined::overlap, Undefined::overlap};
        coders.push_back(partition(continuum, segments));
    }
    const double length = static_cast<double>(continuum.length);
    const double m = static_cast<double>(coders.size());
    double observed = 0;
    for (std::size_t i = 0; i < coders.size(); ++i) {
        for (std::size_t j = 0; j < i; ++j) {
            intersect(coders[i], coders[j], [&](const Piece& g, const Piece& h, double) {
                if (g.code != 0 && h.code != 0) {
                    observed += square(static_cast<double>(g.start) - static_cast<double>(h.start)) + square(static_cast<double>(g.end) - static_cast<double>(h.end));
                } else if (g.code != 0 && h.start <= g.start && g.end <= h.end) {
                    observed += square(g.length());
                } else if (h.code != 0 && g.start <= h.start && h.end <= g.end) {
                    observed += square(h.length());
                }
            });
        }
    }
    observed *= 2 / (m * (m - 1) * length * length);
    std::vector<double> units;
    std::vector<double> gaps;
    for (const std::vector<Piece>& pieces : coders) {
        for (const Piece& piece : pieces) (piece.code != 0 ? units : gaps).push_back(piece.length());
    }
    // Gaps by length with the sums of all that are as long or longer: Σ (l_h - l + 1) without going through them.
    std::sort(gaps.begin(), gaps.end());
    std::vector<double> longer(gaps.size() + 1, 0.0);
    for (std::size_t i = gaps.size(); i > 0; --i) longer[i - 1] = longer[i] + gaps[i - 1];
    double expected = 0;
    double same = 0;
    for (const double l : units) {
        const auto first = static_cast<std::size_t>(std::lower_bound(gaps.begin(), gaps.end(), l) - gaps.begin());
        const double room = longer[first] - static_cast<double>(gaps.size() - first) * (l - 1);
        expected += (static_cast<double>(units.size()) - 1) / 3 * (2 * l * l * l - 3 * l * l + l) + l * l * room;
        same += l * (l - 1);
    }
    const double pairs = m * length * (m * length - 1) - same;
    expected = units.empty() ? 0 : 2 / length * expected / pairs;
    return {expected == 0 ? Value(Undefined::no_variation) : Value(1 - observed / expected), observed, expected};
}

// The lengths that two coders share, by code of the one and of the other.
class Coincidences {
 public:
    explicit Coincidences(std::size_t codes) : size_(codes + 1), cells_(size_ * size_, 0.0) {}

    void add(std::size_t row, std::size_t column, double length) { cells_[row * size_ + column] += length; }
    [[nodiscard]] double at(std::size_t row, std::size_t column) const { return cells_[row * size_ + column]; }
    [[nodiscard]] std::size_t size() const { return size_; }
    // Over the codes from `first` on: 0 with the gaps, 1 without.
    [[nodiscard]] double margin(std::size_t row, std::size_t first) const {
        double sum = 0;
        for (std::size_t column = first; column < size_; ++column) sum += at(row, column);
        return sum;
    }
    [[nodiscard]] double total(std::size_t first) const {
        double sum = 0;
        for (std::size_t row = first; row < size_; ++row) sum += margin(row, first);
        return sum;
    }

 private:
    std::size_t size_;
    std::vector<double> cells_;
};

// How much of [start, end) is marked in these sorted spans, which do not overlap.
double covered(const std::vector<Piece>& spans, const Piece& piece) {
    double sum = 0;
    auto span = std::lower_bound(spans.begin(), spans.end(), piece.start, [](const Piece& one, std::uint64_t start) { return one.end <= start; });
    for (; span != spans.end() && span->start < piece.end; ++span) sum += static_cast<double>(std::min(span->end, piece.end) - std::max(span->start, piece.start));
    return sum;
}

std::vector<Piece> marked_by_others(const std::vector<std::vector<Piece>>& coders, std::size_t coder) {
    std::vector<Piece> marked;
    for (std::size_t other = 0; other < coders.size(); ++other) {
        for (const Piece& piece : coders[other]) {
            if (other != coder && piece.code != 0) marked.push_back(piece);
        }
    }
    std::sort(marked.begin(), marked.end(), [](const Piece& a, const Piece& b) { return a.start < b.start; });
    std::vector<Piece> merged;
    for (const Piece& piece : marked) {
        if (!merged.empty() && piece.start <= merged.back().end) {
            merged.back().end = std::max(merged.back().end, piece.end);
        } else {
            merged.push_back(piece);
        }
    }
    return merged;
}

// ε* of the codes: expected lengths where both marked something.
struct Valued {
    const Coincidences& lengths;
    const std::vector<double>& own;  // A by code

    [[nodiscard]] double scale() const {
        const double total = lengths.total(1);
        double sum = 0;
        for (std::size_t code = 1; code < own.size(); ++code) sum += own[code];
        return total - sum / total;
    }
    [[nodiscard]] double expected(std::size_t c, std::size_t k) const {
        return (lengths.margin(c, 1) * lengths.margin(k, 1) - (c == k ? own[c] : 0)) / scale();
    }
    [[nodiscard]] Value alpha() const {
        const double total = lengths.total(1);
        if (total == 0 || scale() <= 1e-12 * total) return Undefined::no_variation;
        double observed = total;
        double chance = total;
        for (std::size_t code = 1; code < own.size(); ++code) {
            observed -= lengths.at(code, code);
            chance -= expected(code, code);
        }
        return chance <= 1e-12 * total ? Value(Undefined::no_variation) : Value(1 - observed / chance);
    }
    [[nodiscard]] Value alpha_of(std::size_t code) const {
        const double margin = lengths.margin(code, 1);
        if (margin == 0 || scale() <= 1e-12 * margin) return Undefined::no_variation;
        double chance = 0;
        for (std::size_t other = 1; other < own.size(); ++other) chance += expected(other, code);
        const double apart = chance - expected(code, code);
        if (apart <= 1e-12 * margin) return Undefined::no_variation;
        return 1 - chance / margin * (margin - lengths.at(code, code)) / apart;
    }
};

UnitizingAlpha undefined(const Continuum& continuum, Undefined reason) { return {reason, reason, reason, reason, reason, {continuum.codes.size(), {reason, reason}}, continuum.coders > 2}; }

}  // namespace

UnitizingAlpha1995 unitizing_alpha_1995(const Continuum& continuum) {
    check(continuum);
    const auto all = [&](Undefined reason) { return UnitizingAlpha1995{{continuum.codes.size(), {reason, reason, reason}}, reason}; };
    if (continuum.coders < 2) return all(Undefined::single_coder);
    if (continuum.length == 0) return all(Undefined::no_data);
    UnitizingAlpha1995 result{{}, Undefined::no_variation};
    double observed = 0;
    double expected = 0;
    bool overlaps = false;
    for (std::uint32_t code = 0; code < continuum.codes.size(); ++code) {
        const UnitizingAlpha1995::Code& found = result.codes.emplace_back(code_1995(continuum, code));
        overlaps = overlaps || !found.observed.defined();
        if (!found.observed.defined()) continue;
        observed += found.observed.number();
        expected += found.expected.number();
    }
    if (overlaps) {
        result.value = Undefined::overlap;
    } else if (expected > 0) {
        result.value = 1 - observed / expected;
    }
    return result;
}

UnitizingAlpha unitizing_alpha(const Continuum& continuum) {
    check(continuum);
    if (continuum.coders < 2) return undefined(continuum, Undefined::single_coder);
    if (continuum.length == 0) return undefined(continuum, Undefined::no_data);
    std::vector<std::vector<Piece>> coders;
    for (std::uint32_t coder = 0; coder < continuum.coders; ++coder) {
        const std::vector<Segment> segments = segments_of(continuum, coder);
        if (overlapping(segments)) return undefined(continuum, Undefined::overlap);
        coders.push_back(partition(continuum, segments));
    }
    const std::size_t codes = continuum.codes.size();
    const double others = static_cast<double>(coders.size()) - 1;
    Coincidences lengths(codes);
    std::vector<double> whole(codes + 1, 0.0);    // Σ L of gaps, L² of units: what chance cannot pair with itself
    std::vector<double> own(codes + 1, 0.0);      // A, pair by pair
    std::vector<double> own_union(codes + 1, 0.0);
    for (std::size_t i = 0; i < coders.size(); ++i) {
        for (const Piece& piece : coders[i]) whole[piece.code] += piece.code == 0 ? piece.length() : square(piece.length());
        const std::vector<Piece> marked = marked_by_others(coders, i);
        for (const Piece& piece : coders[i]) {
            if (piece.code != 0) own_union[piece.code] += square(covered(marked, piece));
        }
        for (std::size_t j = 0; j < coders.size(); ++j) {
            if (i == j) continue;
            const Piece* unit = nullptr;
            double shared = 0;
            const auto close = [&] {
                if (unit != nullptr) own[unit->code] += square(shared) / others;
                shared = 0;
            };
            intersect(coders[i], coders[j], [&](const Piece& g, const Piece& h, double length) {
                lengths.add(g.code, h.code, length / others);
                if (g.code == 0 || h.code == 0) return;
                if (unit != &g) close();
                unit = &g;
                shared += length;
            });
            close();
        }
    }
    UnitizingAlpha result = undefined(continuum, Undefined::no_variation);
    const double total = lengths.total(0);
    double all_whole = 0;
    for (const double part : whole) all_whole += part;
    const double scale = total / (total * total - all_whole);
    double observed = total;
    double chance = total;
    for (std::size_t code = 0; code <= codes; ++code) {
        observed -= lengths.at(code, code);
        if (total * total > all_whole) chance -= scale * (square(lengths.margin(code, 0)) - whole[code]);
    }
    if (total * total > all_whole && chance > 1e-12 * total) result.u = 1 - observed / chance;
    const double gap = lengths.margin(0, 0);
    const double gap_chance = scale * gap * (total - gap);  // ε_ø. without ε_øø
    if (total * total > all_whole && gap_chance > 1e-12 * total) result.binary = 1 - (gap - lengths.at(0, 0)) / gap_chance;
    const Valued pairwise{lengths, own};
    result.cu = pairwise.alpha();
    result.cu_union = Valued{lengths, own_union}.alpha();
    result.cu_coverage = lengths.total(1) / total;
    for (std::size_t code = 1; code <= codes; ++code) {
        result.codes[code - 1] = {pairwise.alpha_of(code), ratio(lengths.margin(code, 1), lengths.margin(code, 0), Undefined::no_variation)};
    }
    return result;
}

}  // namespace fangtan::agreement
