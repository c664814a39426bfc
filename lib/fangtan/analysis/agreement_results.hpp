// SPDX-License-Identifier: Apache-2.0
//
// Everything `fangtan agree` says about one round of coding: the coefficients
// overall, by code and by pair of coders, with the counts they were made from.
// Names of metrics are those of agreement/report.hpp; what is added here is
// said at each list.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "fangtan/agreement/bootstrap.hpp"
#include "fangtan/agreement/characters.hpp"
#include "fangtan/agreement/continuum.hpp"
#include "fangtan/agreement/krippendorff.hpp"
#include "fangtan/agreement/ratings.hpp"
#include "fangtan/agreement/report.hpp"
#include "fangtan/agreement/weights.hpp"
#include "fangtan/analysis/agreement_units.hpp"

namespace fangtan::analysis {

enum class AgreementKind { ratings, table, segments, codings };
enum class BootstrapMethod { none, units, pairs };

struct AgreementRequest {
    agreement::Level level = agreement::Level::nominal;
    std::optional<agreement::Weights> weights;
    BootstrapMethod bootstrap = BootstrapMethod::units;
    agreement::BootstrapOptions drawing;
    std::vector<agreement::OverlapRequest> overlaps = {{0.5, agreement::OverlapBase::unite}};
    std::size_t code_count = 0;                      // to choose from, for kappa_rk; 0: those that occur
    std::optional<agreement::GammaOptions> gamma;
};

struct CodeAgreement {
    std::string code;                                       // id, or name of the category
    std::vector<std::string> path;
    std::vector<agreement::Metric> metrics;                 // agreement, alpha, kappa (Cohen's, of more coders Fleiss'), ac1; of two
                                                            // jaccard and dice too; of units of codings alpha_ci_low and _high
    std::optional<agreement::CharacterCounts> counts;       // of two coders, in units or characters
    std::vector<std::uint64_t> used;                        // by coder: units with this code
};

struct PairAgreement {
    std::size_t coder1 = 0;
    std::size_t coder2 = 0;
    std::vector<agreement::Metric> metrics;                 // n, agreement, K, alpha, kappa, ac1; of segments as segments_metrics()
    std::optional<agreement::CharacterCounts> counts;       // of codings
};

// The same coefficients of another look at the same codings.
struct AgreementPart {
    std::vector<agreement::Metric> metrics;
    std::optional<agreement::Ratings> ratings;              // they were made from
};

struct AgreementResult {
    AgreementKind kind = AgreementKind::ratings;
    AgreementUnit unit = AgreementUnit::sentence;           // of codings
    std::vector<std::string> coders;
    agreement::Level level = agreement::Level::nominal;
    BootstrapMethod bootstrap = BootstrapMethod::none;      // what was done
    std::uint64_t rounds_undefined = 0;

    std::uint64_t units = 0;           // with at least one rating; by character: characters
    std::uint64_t pairable = 0;
    std::uint64_t missing = 0;         // ratings that are not there, units without any not counted
    std::uint64_t unrated = 0;
    std::uint64_t segments = 0;

    // As ratings_metrics() and before them alpha, alpha_ci_low and alpha_ci_high at `level`; of segments as segments_metrics().
    // Of codings: of every unit with every code.
    AgreementPart whole;
    AgreementPart nominal;             // of codings: which code, where no coder has put two on a unit; else empty
    AgreementPart text;                // of codings by character: where segments begin and end
    std::vector<CodeAgreement> codes;
    std::vector<PairAgreement> pairs;
};

[[nodiscard]] AgreementResult agreement_of_ratings(const agreement::Ratings& ratings, std::vector<std::string> coders, AgreementKind kind, const AgreementRequest& request);
[[nodiscard]] AgreementResult agreement_of_segments(const agreement::Continuum& continuum, std::vector<std::string> coders, const AgreementRequest& request);
// Weights and levels but nominal do not apply: Error(usage).
[[nodiscard]] AgreementResult agreement_of_codings(const CodedUnits& units, const CodingSet& set, AgreementUnit unit, const AgreementRequest& request);

// By name among the coefficients of the whole, then of the text, then (as nominal.NAME) of the nominal part; null if there is none.
// `alpha` and `kappa` are understood everywhere.
[[nodiscard]] const agreement::Metric* find_metric(const AgreementResult& result, const std::string& name);

// One category against all others, in the order of the scale.
[[nodiscard]] agreement::Ratings collapsed(const agreement::Ratings& ratings, std::size_t category);

}  // namespace fangtan::analysis
