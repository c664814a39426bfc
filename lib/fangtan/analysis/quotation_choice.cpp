// SPDX-License-Identifier: Apache-2.0
//
// Which codes are meant, and which passages are typical of one.
#include <algorithm>
#include <cmath>

#include "fangtan/analysis/quotation.hpp"
#include "fangtan/base/error.hpp"
#include "fangtan/coding/code_names.hpp"
#include "fangtan/text/fold.hpp"
#include "fangtan/text/utf8.hpp"

namespace fangtan::analysis {
namespace {

using Gram = std::uint64_t;  // two characters
using Vector = std::vector<std::pair<Gram, double>>;

bool is_blank(char32_t c) { return c == U' ' || (c >= U'\t' && c <= U'\r') || c == U'\u00A0' || c == U'\u3000' || c == U'\uFEFF'; }

// The counts of pairs, ascending, scaled to length 1.
Vector unit_vector(std::string_view text) {
    std::vector<Gram> grams;
    char32_t before = 0;
    for (const char32_t c : utf8::to_code_points(fold(text))) {
        if (is_blank(c)) continue;
        if (before != 0) grams.push_back(static_cast<Gram>(before) << 32 | c);
        before = c;
    }
    std::sort(grams.begin(), grams.end());
    Vector vector;
    for (const Gram gram : grams) {
        if (!vector.empty() && vector.back().first == gram) {
            ++vector.back().second;
        } else {
            vector.emplace_back(gram, 1);
        }
    }
    double squares = 0;
    for (const auto& entry : vector) squares += entry.second * entry.second;
    for (auto& entry : vector) entry.second /= std::sqrt(squares);
    return vector;
}

}  // namespace

std::vector<double> likenesses(const std::vector<std::string_view>& texts) {
    // The cosines of a unit vector with all others add up to its product with the sum of them all, less its own.
    std::vector<Vector> vectors;
    Vector all;
    for (const std::string_view text : texts) {
        vectors.push_back(unit_vector(text));
        all.insert(all.end(), vectors.back().begin(), vectors.back().end());
    }
    std::stable_sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    Vector sum;
    for (const auto& [gram, weight] : all) {
        if (!sum.empty() && sum.back().first == gram) {
            sum.back().second += weight;
        } else {
            sum.emplace_back(gram, weight);
        }
    }
    std::vector<double> result;
    for (const Vector& vector : vectors) {
        double product = 0;
        double own = 0;
        for (const auto& [gram, weight] : vector) {
            const auto place = std::lower_bound(sum.begin(), sum.end(), gram, [](const auto& entry, Gram wanted) { return entry.first < wanted; });
            product += weight * place->second;
            own += weight * weight;
        }
        const double others = static_cast<double>(texts.size()) - 1;
        const double mean = others > 0 ? (product - own) / others : 0;
        result.push_back(std::max(0.0, std::round(mean * 1e9) / 1e9));
    }
    return result;
}

std::vector<std::uint32_t> codes_called(const std::vector<std::string>& names, const std::vector<CodeEntry>& codes, bool and_below) {
    coding::CodeNames known;
    for (const CodeEntry& code : codes) known.add(code.id, code.name, code.path);
    std::vector<bool> called(codes.size(), false);
    for (const std::string& name : names) {
        const coding::CodeNames::Found found = known.find(name);
        if (!found.code) throw Error(ErrorKind::usage, "--code " + name, known.fault(name));
        called[*found.code] = true;
    }
    std::vector<std::uint32_t> result;
    for (std::uint32_t code = 0; code < codes.size(); ++code) {
        if (and_below && codes[code].parent && called[*codes[code].parent]) called[code] = true;
        if (called[code]) result.push_back(code);
    }
    return result;
}

}  // namespace fangtan::analysis
