// SPDX-License-Identifier: Apache-2.0
#include "fangtan/analysis/cooccurrence_measures.hpp"

#include <algorithm>
#include <cmath>

namespace fangtan::analysis {

using agreement::ratio;
using agreement::Undefined;
using agreement::Value;

Value c_coefficient(std::uint64_t n1, std::uint64_t n2, std::uint64_t n12) {
    if (n1 + n2 <= n12) return Undefined::no_data;
    return static_cast<double>(n12) / static_cast<double>(n1 + n2 - n12);
}

CooccurrenceMeasures cooccurrence_measures(const Cooccurrence& counts) {
    const double a = static_cast<double>(counts.both);
    const double b = static_cast<double>(counts.first_only);
    const double c = static_cast<double>(counts.second_only);
    const double n1 = a + b;
    const double n2 = a + c;
    const bool missing = n1 == 0 || n2 == 0;
    CooccurrenceMeasures measures{
        .jaccard = ratio(a, a + b + c, Undefined::no_data),
        .c_coefficient = c_coefficient(counts.both + counts.first_only, counts.both + counts.second_only, counts.both),
        .dice = ratio(2 * a, n1 + n2, Undefined::no_data),
        .overlap_min = ratio(a, std::min(n1, n2), Undefined::no_data),
        .simple_matching = Undefined::no_data,
        .ochiai = ratio(a, std::sqrt(n1 * n2), Undefined::no_data),
        .phi = Undefined::no_data,
        .russell_rao = Undefined::no_data,
        .kulczynski2 = missing ? Value(Undefined::no_data) : Value((a / n1 + a / n2) / 2),
        .yule_q = Undefined::no_data,
        .lift = Undefined::no_data,
        .lopsided = std::max(n1, n2) > 5 * std::min(n1, n2),
    };
    if (!counts.neither) return measures;
    const double d = static_cast<double>(*counts.neither);
    const double n = a + b + c + d;
    measures.simple_matching = ratio(a + d, n, Undefined::no_data);
    measures.phi = ratio(a * d - b * c, std::sqrt(n1) * std::sqrt(n2) * std::sqrt(c + d) * std::sqrt(b + d), Undefined::no_variation);
    measures.russell_rao = ratio(a, n, Undefined::no_data);
    measures.yule_q = ratio(a * d - b * c, a * d + b * c, Undefined::no_variation);
    measures.lift = ratio(a * n, n1 * n2, Undefined::no_data);
    return measures;
}

std::vector<agreement::Metric> cooccurrence_metrics(const CooccurrenceMeasures& measures) {
    return {
        {"jaccard", measures.jaccard},
        {"c_coefficient", measures.c_coefficient},
        {"dice", measures.dice},
        {"overlap_min", measures.overlap_min},
        {"simple_matching", measures.simple_matching},
        {"ochiai", measures.ochiai},
        {"phi", measures.phi},
        {"russell_rao", measures.russell_rao},
        {"kulczynski2", measures.kulczynski2},
        {"yule_q", measures.yule_q},
        {"lift", measures.lift},
    };
}

}  // namespace fangtan::analysis
