// SPDX-License-Identifier: Apache-2.0
#include "fangtan/agreement/report.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "fangtan/agreement/characters.hpp"
#include "fangtan/agreement/fleiss.hpp"
#include "fangtan/agreement/gwet.hpp"
#include "fangtan/agreement/holsti.hpp"
#include "fangtan/agreement/krippendorff.hpp"
#include "fangtan/agreement/percent.hpp"
#include "fangtan/agreement/unitizing.hpp"
#include "fangtan/base/error.hpp"

namespace fangtan::agreement {
namespace {

using Metrics = std::vector<Metric>;

void add(Metrics& metrics, std::string name, const Value& value) { metrics.push_back({std::move(name), value}); }

void add_count(Metrics& metrics, std::string name, std::uint64_t count) { metrics.push_back({std::move(name), static_cast<double>(count)}); }

void add_estimate(Metrics& metrics, const std::string& name, const Estimate& estimate) {
    add(metrics, name, estimate.value);
    add(metrics, name + "_se", estimate.standard_error);
    add(metrics, name + "_ci_low", estimate.low);
    add(metrics, name + "_ci_high", estimate.high);
}

void add_percent(Metrics& metrics, const Ratings& ratings) {
    const PercentAgreement percent = percent_agreement(ratings);
    if (ratings.coders() == 2) add(metrics, "pa", percent.units);
    add(metrics, "pa_units", percent.units);
    add(metrics, "pa_se", percent.standard_error);
    add(metrics, "pa_pooled", percent.pooled);
    add(metrics, "pa_kripp", percent.by_values);
    add(metrics, "pa_all_agree", percent.all_agree);
}

void add_holsti(Metrics& metrics, const Ratings& ratings) {
    const Holsti found = holsti(ratings);
    for (const Holsti::Pair& pair : found.pairs) add(metrics, "K_" + std::to_string(pair.coder1 + 1) + std::to_string(pair.coder2 + 1), pair.agreement);
    add(metrics, "holsti_mean", found.mean);
    add(metrics, "composite_R", found.composite);
}

void add_two_coders(Metrics& metrics, const Ratings& ratings, double confidence) {
    const Contingency table = ratings.contingency(0, 1);
    const Kappa kappa = cohen_kappa(table, confidence);
    add(metrics, "cohen_pe", kappa.expected);
    add(metrics, "cohen_kappa", kappa.value);
    add(metrics, "cohen_se", kappa.standard_error);
    add(metrics, "cohen_se0", kappa.null_error);
    add(metrics, "cohen_ci_low", kappa.low);
    add(metrics, "cohen_ci_high", kappa.high);
    add(metrics, "cohen_z0", kappa.z);
    add(metrics, "kappa_max", kappa_maximum(table));
    if (ratings.scale().ordered) {
        add(metrics, "kappa_linear", weighted_kappa(table, Weights::linear(table.size())).value);
        add(metrics, "kappa_quadratic", weighted_kappa(table, Weights::quadratic(table.size())).value);
    }
    add(metrics, "scott_pi", scott_pi(table));
    for (std::size_t k = 0; k < ratings.categories(); ++k) {
        const Contingency two = table.collapsed(k);
        add(metrics, "cohen_cat_" + ratings.scale().names[k], cohen_kappa(two).value);
        add(metrics, "scott_cat_" + ratings.scale().names[k], scott_pi(two));
    }
}

void add_fleiss_1971(Metrics& metrics, const Ratings& ratings) {
    const Fleiss1971 fleiss = fleiss_1971(ratings);
    add(metrics, "fleiss1971", fleiss.value);
    add(metrics, "fleiss1971_po", fleiss.observed);
    add(metrics, "fleiss1971_pe", fleiss.expected);
    add(metrics, "fleiss1971_se0", fleiss.null_error);
    add(metrics, "fleiss1971_z", fleiss.z);
    for (const Fleiss1971::Category& category : fleiss.categories) add(metrics, "fleiss1971_cat_" + ratings.scale().names[category.category], category.value);
}

void add_alpha(Metrics& metrics, const Ratings& ratings) {
    const Alpha nominal = krippendorff_alpha(ratings, Level::nominal);
    add(metrics, "alpha_nominal", nominal.value);
    add(metrics, "alpha_do", nominal.observed);
    add(metrics, "alpha_de", nominal.expected);
    add_count(metrics, "alpha_n_pairable", nominal.values);
    const Scale& scale = ratings.scale();
    if (scale.ordered) add(metrics, "alpha_ordinal", krippendorff_alpha(ratings, Level::ordinal).value);
    if (scale.values.empty()) return;
    add(metrics, "alpha_interval", krippendorff_alpha(ratings, Level::interval).value);
    // A ratio scale has no numbers below its zero.
    if (*std::min_element(scale.values.begin(), scale.values.end()) >= 0) add(metrics, "alpha_ratio", krippendorff_alpha(ratings, Level::ratio).value);
}

void add_weighted(Metrics& metrics, const Ratings& ratings, const Weights& weights, double confidence) {
    if (ratings.coders() == 2) {
        const Contingency table = ratings.contingency(0, 1);
        const Kappa kappa = weighted_kappa(table, weights, confidence);
        add(metrics, "wkappa", kappa.value);
        add(metrics, "wkappa_se", kappa.standard_error);
        add(metrics, "wkappa_se0", kappa.null_error);
        add(metrics, "wkappa_ci_low", kappa.low);
        add(metrics, "wkappa_ci_high", kappa.high);
        add(metrics, "w_scott", weighted_pi(table, weights));
    }
    add(metrics, "w_pa", weighted_agreement(ratings, weights));
    add(metrics, "w_bp", brennan_prediger(ratings, weights, confidence).value);
    add(metrics, "w_ac2", gwet_ac(ratings, weights, confidence).value);
    add(metrics, "w_fleiss", fleiss_kappa(ratings, weights, confidence).value);
    add(metrics, "w_conger", conger_kappa(ratings, weights));
}

void add_unitizing(Metrics& metrics, const Continuum& continuum, const SegmentsReportOptions& options) {
    if (options.alpha_1995) {
        const UnitizingAlpha1995 alpha = unitizing_alpha_1995(continuum);
        add(metrics, "alpha_u1995", alpha.value);
        for (std::size_t i = 0; i < continuum.codes.size(); ++i) {
            add(metrics, "alpha_u1995_" + continuum.codes[i], alpha.codes[i].value);
            add(metrics, "Do_" + continuum.codes[i], alpha.codes[i].observed);
            add(metrics, "De_" + continuum.codes[i], alpha.codes[i].expected);
        }
    }
    if (!options.alpha_2016) return;
    const UnitizingAlpha alpha = unitizing_alpha(continuum);
    add(metrics, "u_alpha", alpha.u);
    add(metrics, "u_alpha_binary", alpha.binary);
    add(metrics, "cu_alpha", alpha.cu);
    add(metrics, "cu_alpha_union", alpha.cu_union);
    add(metrics, "cu_coverage", alpha.cu_coverage);
    for (std::size_t i = 0; i < continuum.codes.size(); ++i) {
        add(metrics, "ku_alpha_" + continuum.codes[i], alpha.codes[i].value);
        add(metrics, "ku_coverage_" + continuum.codes[i], alpha.codes[i].coverage);
    }
}

void add_characters(Metrics& metrics, const Continuum& continuum) {
    for (std::uint32_t code = 0; code < continuum.codes.size(); ++code) {
        const std::string& name = continuum.codes[code];
        const CharacterCounts counts = compare_characters(continuum, 0, 1, code);
        const CharacterAgreement agreement = character_agreement(counts);
        add_count(metrics, "both_" + name, counts.both);
        add_count(metrics, "a_only_" + name, counts.first_only);
        add_count(metrics, "b_only_" + name, counts.second_only);
        add_count(metrics, "none_" + name, counts.neither);
        add(metrics, "agreement_" + name, agreement.agreement);
        add(metrics, "kappa_" + name, agreement.kappa);
        add(metrics, "kappa_nvivo_" + name, agreement.kappa_nvivo);
        add(metrics, "jaccard_" + name, agreement.jaccard);
        add(metrics, "dice_" + name, agreement.dice);
    }
}

void add_overlap(Metrics& metrics, const Continuum& continuum, const OverlapRequest& request, std::size_t codes) {
    std::array<char, 32> digits{};
    const auto written = std::to_chars(digits.data(), digits.data() + digits.size(), request.threshold);
    const char* base = request.base == OverlapBase::unite ? "iou" : request.base == OverlapBase::shorter ? "min" : "max";
    const std::string name = base + std::string(digits.data(), written.ptr) + "_";
    const OverlapAgreement found = overlap_agreement(continuum, 0, 1, request.threshold, request.base, codes);
    const std::uint64_t agreements = found.first_agree + found.second_agree;
    add_count(metrics, name + "agree_a", found.first_agree);
    add_count(metrics, name + "agree_b", found.second_agree);
    add_count(metrics, name + "agreements", agreements);
    add_count(metrics, name + "disagreements", found.first + found.second - agreements);
    add(metrics, name + "percent", found.percent);
    add_count(metrics, name + "one_to_one", found.one_to_one);
    add(metrics, name + "holsti", found.holsti);
    add(metrics, name + "kappa_rk", found.kappa_rk);
}

}  // namespace

std::vector<Metric> ratings_metrics(const Ratings& ratings, const RatingsReportOptions& options) {
    Metrics metrics;
    add_count(metrics, "n", ratings.pairable_units());
    add_percent(metrics, ratings);
    add_holsti(metrics, ratings);
    if (ratings.coders() == 2) add_two_coders(metrics, ratings, options.confidence);
    add(metrics, "light_kappa", light_kappa(ratings));
    add_fleiss_1971(metrics, ratings);
    add(metrics, "conger", conger_kappa(ratings));
    add_estimate(metrics, "fleiss", fleiss_kappa(ratings, options.confidence));
    add_estimate(metrics, "bp", brennan_prediger(ratings, options.confidence));
    add_estimate(metrics, "ac1", gwet_ac(ratings, options.confidence));
    add_alpha(metrics, ratings);
    if (options.weights) add_weighted(metrics, ratings, *options.weights, options.confidence);
    return metrics;
}

std::vector<Metric> segments_metrics(const Continuum& continuum, const SegmentsReportOptions& options) {
    const bool pairwise = options.characters || !options.overlaps.empty();
    if (pairwise && continuum.coders < 2) throw Error(ErrorKind::usage, "", "逐字比较与重叠比较需要两名编码员 (comparing characters or overlaps takes two coders)");
    Metrics metrics;
    add_unitizing(metrics, continuum, options);
    if (options.characters) add_characters(metrics, continuum);
    for (const OverlapRequest& request : options.overlaps) add_overlap(metrics, continuum, request, options.codes);
    if (options.gamma) add(metrics, "gamma_disorder", gamma_disorder(continuum, *options.gamma));
    return metrics;
}

}  // namespace fangtan::agreement
