// SPDX-License-Identifier: Apache-2.0
#include "fangtan/analysis/agreement_results.hpp"

#include <algorithm>

#include "fangtan/agreement/gwet.hpp"
#include "fangtan/agreement/holsti.hpp"
#include "fangtan/agreement/kappa.hpp"
#include "fangtan/agreement/percent.hpp"
#include "fangtan/base/error.hpp"

namespace fangtan::analysis {
namespace {

using agreement::CharacterCounts;
using agreement::Continuum;
using agreement::Metric;
using agreement::Ratings;
using agreement::Value;

using Metrics = std::vector<Metric>;

const Metric* find_in(const Metrics& metrics, const std::string& name) {
    const auto found = std::find_if(metrics.begin(), metrics.end(), [&](const Metric& metric) { return metric.name == name; });
    return found == metrics.end() ? nullptr : &*found;
}

void append(Metrics& metrics, const Metrics& more) { metrics.insert(metrics.end(), more.begin(), more.end()); }

// [0][0] neither, [1][1] both.
CharacterCounts counts_of(const agreement::Contingency& table) { return {table.at(1, 1), table.at(1, 0), table.at(0, 1), table.at(0, 0)}; }

Value chance_corrected(const Ratings& ratings) {
    return ratings.coders() == 2 ? agreement::cohen_kappa(ratings.contingency(0, 1)).value : agreement::fleiss_kappa(ratings).value;
}

Metrics short_metrics(const Ratings& ratings, agreement::Level level) {
    return {{"n", static_cast<double>(ratings.pairable_units())},
            {"agreement", agreement::percent_agreement(ratings).units},
            {"alpha", agreement::krippendorff_alpha(ratings, level).value},
            {"kappa", chance_corrected(ratings)},
            {"ac1", agreement::gwet_ac(ratings).value}};
}

void add_overlap_of_characters(Metrics& metrics, const CharacterCounts& counts) {
    const agreement::CharacterAgreement found = agreement::character_agreement(counts);
    metrics.push_back({"jaccard", found.jaccard});
    metrics.push_back({"dice", found.dice});
}

CodeAgreement code_agreement(const Ratings& ratings, std::string code, std::vector<std::string> path) {
    CodeAgreement result{std::move(code), std::move(path), short_metrics(ratings, agreement::Level::nominal), std::nullopt, {}};
    result.used.assign(ratings.coders(), 0);
    for (std::size_t i = 0; i < ratings.patterns(); ++i) {
        for (std::size_t coder = 0; coder < ratings.coders(); ++coder) {
            if (ratings.pattern(i)[coder] == 1) result.used[coder] += ratings.pattern_units(i);
        }
    }
    if (ratings.coders() == 2) {
        result.counts = counts_of(ratings.contingency(0, 1));
        add_overlap_of_characters(result.metrics, *result.counts);
    }
    return result;
}

void count(AgreementResult& result, const Ratings& ratings) {
    result.units = ratings.units();
    result.pairable = ratings.pairable_units();
    result.unrated = ratings.unrated_units();
    std::uint64_t rated = 0;
    for (std::size_t coder = 0; coder < ratings.coders(); ++coder) rated += ratings.ratings_of(coder);
    result.missing = ratings.units() * ratings.coders() - rated;
}

// α at the level that was asked for, with its interval, before everything else.
void add_alpha(Metrics& metrics, const Ratings& ratings, agreement::Level level, const std::optional<agreement::BootstrapInterval>& interval) {
    metrics.push_back({"alpha", agreement::krippendorff_alpha(ratings, level).value});
    if (!interval) return;
    metrics.push_back({"alpha_ci_low", interval->low});
    metrics.push_back({"alpha_ci_high", interval->high});
}

std::optional<agreement::BootstrapInterval> drawn(const Ratings& ratings, const AgreementRequest& request) {
    switch (request.bootstrap) {
        case BootstrapMethod::none: break;
        case BootstrapMethod::units: return agreement::bootstrap_units(ratings, request.level, request.drawing);
        case BootstrapMethod::pairs: return agreement::bootstrap_pairs(ratings, request.level, request.drawing);
    }
    return std::nullopt;
}

Metrics pair_metrics(const Ratings& ratings, std::size_t a, std::size_t b, agreement::Level level, const Value& holsti) {
    const Ratings two = Ratings::from_table(ratings.scale(), ratings.contingency(a, b));
    Metrics metrics = short_metrics(two, level);
    metrics.insert(metrics.begin() + 2, Metric{"K", holsti});
    return metrics;
}

void add_pairs(AgreementResult& result, const Ratings& ratings) {
    for (const agreement::Holsti::Pair& pair : agreement::holsti(ratings).pairs) {
        result.pairs.push_back({pair.coder1, pair.coder2, pair_metrics(ratings, pair.coder1, pair.coder2, result.level, pair.agreement), std::nullopt});
    }
}

agreement::SegmentsReportOptions segments_options(const AgreementRequest& request) {
    agreement::SegmentsReportOptions options;
    options.overlaps = request.overlaps;
    options.codes = request.code_count;
    return options;
}

// Of two coders, as the first and the second.
Continuum of_pair(const Continuum& continuum, std::uint32_t coder1, std::uint32_t coder2) {
    Continuum two{continuum.begin, continuum.length, 2, continuum.codes, {}};
    for (agreement::Segment segment : continuum.segments) {
        if (segment.coder != coder1 && segment.coder != coder2) continue;
        segment.coder = segment.coder == coder1 ? 0 : 1;
        two.segments.push_back(segment);
    }
    return two;
}

Continuum of_code(const Continuum& continuum, std::uint32_t code) {
    Continuum one{continuum.begin, continuum.length, continuum.coders, {continuum.codes[code]}, {}};
    for (agreement::Segment segment : continuum.segments) {
        if (segment.code != code) continue;
        segment.code = 0;
        one.segments.push_back(segment);
    }
    return one;
}

void add_segment_pairs(AgreementResult& result, const Continuum& continuum, const AgreementRequest& request, bool characters) {
    for (std::uint32_t a = 0; a < continuum.coders; ++a) {
        for (std::uint32_t b = a + 1; b < continuum.coders; ++b) {
            agreement::SegmentsReportOptions options = segments_options(request);
            options.characters = characters;
            result.pairs.push_back({a, b, agreement::segments_metrics(of_pair(continuum, a, b), options), std::nullopt});
        }
    }
}

void refuse_levels(const AgreementRequest& request) {
    if (request.level != agreement::Level::nominal) throw Error(ErrorKind::usage, "--level", "codings have no order: a unit is coded or not; only nominal applies. For ratings on a scale use --ratings");
    if (request.weights) throw Error(ErrorKind::usage, "--weights", "codes have no order; weights apply to --ratings and --table");
}

void add_codes_by_overlap(AgreementResult& result, const CodedUnits& units, const AgreementRequest& request) {
    for (std::uint32_t code = 0; code < units.codes.size(); ++code) {
        CodeAgreement& one = result.codes[code];
        one.metrics.clear();
        one.counts.reset();
        one.used.assign(units.coders.size(), 0);
        for (const agreement::Segment& segment : units.continuum.segments) one.used[segment.coder] += segment.code == code ? 1 : 0;
        if (units.coders.size() != 2) continue;
        one.metrics = agreement::segments_metrics(of_code(units.continuum, code), segments_options(request));
    }
}

}  // namespace

Ratings collapsed(const Ratings& ratings, std::size_t category) {
    std::vector<std::int32_t> cells;
    std::vector<std::uint64_t> times;
    for (std::size_t i = 0; i < ratings.patterns(); ++i) {
        for (const std::int32_t cell : ratings.pattern(i)) {
            cells.push_back(cell == agreement::kMissing ? cell : cell == static_cast<std::int32_t>(category) ? 1 : 0);
        }
        times.push_back(ratings.pattern_units(i));
    }
    return {ratings.coders(), {{"0", "1"}, {}, false}, cells, times};
}

AgreementResult agreement_of_ratings(const Ratings& ratings, std::vector<std::string> coders, AgreementKind kind, const AgreementRequest& request) {
    AgreementResult result;
    result.kind = kind;
    result.coders = std::move(coders);
    result.level = request.level;
    result.bootstrap = request.bootstrap;
    count(result, ratings);
    const auto interval = drawn(ratings, request);
    if (interval) result.rounds_undefined = interval->undefined;
    add_alpha(result.whole.metrics, ratings, request.level, interval);
    append(result.whole.metrics, agreement::ratings_metrics(ratings, {request.weights}));
    result.whole.ratings = ratings;
    for (std::size_t k = 0; k < ratings.categories(); ++k) {
        const std::string& name = ratings.scale().names[k];
        result.codes.push_back(code_agreement(collapsed(ratings, k), name, {name}));
    }
    add_pairs(result, ratings);
    return result;
}

AgreementResult agreement_of_segments(const Continuum& continuum, std::vector<std::string> coders, const AgreementRequest& request) {
    AgreementResult result;
    result.kind = AgreementKind::segments;
    result.coders = std::move(coders);
    result.units = continuum.length;
    result.segments = continuum.segments.size();
    agreement::SegmentsReportOptions options = segments_options(request);
    options.alpha_1995 = true;
    options.alpha_2016 = true;
    options.gamma = request.gamma;
    options.characters = continuum.coders == 2;
    if (continuum.coders != 2) options.overlaps.clear();
    result.whole.metrics = agreement::segments_metrics(continuum, options);
    if (continuum.coders > 2) add_segment_pairs(result, continuum, request, true);
    for (std::uint32_t code = 0; code < continuum.codes.size(); ++code) {
        CodeAgreement one{continuum.codes[code], {continuum.codes[code]}, {}, std::nullopt, std::vector<std::uint64_t>(continuum.coders, 0)};
        for (const agreement::Segment& segment : continuum.segments) one.used[segment.coder] += segment.code == code ? 1 : 0;
        if (continuum.coders == 2) {
            const CharacterCounts counts = agreement::compare_characters(continuum, 0, 1, code);
            const agreement::CharacterAgreement found = agreement::character_agreement(counts);
            one.counts = counts;
            one.metrics = {{"agreement", found.agreement}, {"kappa", found.kappa}, {"jaccard", found.jaccard}, {"dice", found.dice}};
        }
        result.codes.push_back(std::move(one));
    }
    return result;
}

AgreementResult agreement_of_codings(const CodedUnits& units, const CodingSet& set, AgreementUnit unit, const AgreementRequest& request) {
    refuse_levels(request);
    AgreementResult result;
    result.kind = AgreementKind::codings;
    result.unit = unit;
    result.coders = units.coders;
    result.units = result.pairable = units.units;
    result.segments = units.continuum.segments.size();
    // Characters are not drawn one by one: neighbours are coded together, and an interval from them would be far too narrow.
    const bool draws = unit != AgreementUnit::character && unit != AgreementUnit::segment && request.bootstrap != BootstrapMethod::none;
    if (draws && request.bootstrap == BootstrapMethod::pairs) {
        throw Error(ErrorKind::usage, "--kalpha", "applies to --ratings and --table; the decisions on the codes of one unit are not independent, and units are drawn whole");
    }
    for (std::uint32_t code = 0; code < units.codes.size(); ++code) {
        const CodeEntry& entry = set.codes[units.codes[code]];
        const Ratings ratings = ratings_of_code(units, code);
        result.codes.push_back(code_agreement(ratings, entry.id, entry.path));
        if (!draws) continue;
        const agreement::BootstrapInterval interval = agreement::bootstrap_units(ratings, request.level, request.drawing);
        Metrics& metrics = result.codes.back().metrics;
        metrics.push_back({"alpha_ci_low", interval.low});
        metrics.push_back({"alpha_ci_high", interval.high});
    }
    if (unit == AgreementUnit::segment) {
        if (units.coders.size() == 2) result.whole.metrics = agreement::segments_metrics(units.continuum, segments_options(request));
        add_codes_by_overlap(result, units, request);
        if (units.coders.size() > 2) add_segment_pairs(result, units.continuum, request, false);
        return result;
    }
    const Ratings pooled = pooled_ratings(units);
    std::optional<agreement::BootstrapInterval> interval;
    if (draws) {
        interval = bootstrap_pooled(units, request.drawing);
        result.rounds_undefined = interval->undefined;
        result.bootstrap = request.bootstrap;
    }
    add_alpha(result.whole.metrics, pooled, request.level, interval);
    append(result.whole.metrics, agreement::ratings_metrics(pooled));
    result.whole.ratings = pooled;
    if (units.coders.size() == 2) add_overlap_of_characters(result.whole.metrics, counts_of(pooled.contingency(0, 1)));
    add_pairs(result, pooled);
    for (PairAgreement& pair : result.pairs) pair.counts = counts_of(pooled.contingency(pair.coder1, pair.coder2));
    if (const auto nominal = nominal_ratings(units); nominal && units.codes.size() > 1) {
        const auto nominal_interval = draws ? drawn(*nominal, request) : std::nullopt;
        add_alpha(result.nominal.metrics, *nominal, request.level, nominal_interval);
        append(result.nominal.metrics, agreement::ratings_metrics(*nominal));
        result.nominal.ratings = *nominal;
    }
    if (unit == AgreementUnit::character) {
        agreement::SegmentsReportOptions options;
        options.alpha_1995 = true;
        options.alpha_2016 = true;
        options.gamma = request.gamma;
        result.text.metrics = agreement::segments_metrics(units.continuum, options);
    }
    return result;
}

const Metric* find_metric(const AgreementResult& result, const std::string& name) {
    static const std::string kNominal = "nominal.";
    if (name.starts_with(kNominal)) return find_in(result.nominal.metrics, name.substr(kNominal.size()));
    for (const AgreementPart* part : {&result.whole, &result.text}) {
        if (const Metric* found = find_in(part->metrics, name)) return found;
    }
    if (name == "kappa") return find_in(result.whole.metrics, result.coders.size() == 2 ? "cohen_kappa" : "fleiss");
    if (name == "alpha") return find_in(result.whole.metrics, "alpha_u1995");
    if (name == "K") return find_in(result.whole.metrics, "holsti_mean");
    if (name == "R") return find_in(result.whole.metrics, "composite_R");
    return nullptr;
}

}  // namespace fangtan::analysis
