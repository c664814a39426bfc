// SPDX-License-Identifier: Apache-2.0
#include <nlohmann/json.hpp>

#include "fangtan/analysis/agreement_table.hpp"
#include "fangtan/analysis/agreement_wording.hpp"

namespace fangtan::analysis {
namespace {

using agreement::Metric;
using agreement::Value;
using Json = nlohmann::ordered_json;

void add_metrics(Json& object, const std::vector<Metric>& metrics) {
    Json numbers = Json::object();
    Json reasons = Json::object();
    for (const Metric& metric : metrics) {
        if (metric.value.defined()) {
            numbers[metric.name] = metric.value.number();
        } else {
            numbers[metric.name] = nullptr;
            reasons[metric.name] = std::string(agreement::reason_name(metric.value.reason()));
        }
    }
    object["metrics"] = std::move(numbers);
    object["reasons"] = std::move(reasons);
}

void add_matrix(Json& object, const agreement::Ratings& ratings) {
    if (ratings.coders() < 2) return;
    Json matrix = {{"categories", ratings.scale().names}};
    if (ratings.coders() == 2) {
        const agreement::Contingency counts = ratings.contingency(0, 1);
        Json rows = Json::array();
        for (std::size_t i = 0; i < counts.size(); ++i) {
            Json row = Json::array();
            for (std::size_t j = 0; j < counts.size(); ++j) row.push_back(counts.at(i, j));
            rows.push_back(std::move(row));
        }
        matrix["counts"] = std::move(rows);
        object["confusion"] = std::move(matrix);
    } else {
        matrix["counts"] = coincidences(ratings);
        object["coincidence"] = std::move(matrix);
    }
}

Json part(const AgreementPart& given) {
    Json object = Json::object();
    add_metrics(object, given.metrics);
    if (given.ratings) add_matrix(object, *given.ratings);
    return object;
}

void add_counts(Json& object, const std::optional<agreement::CharacterCounts>& counts) {
    if (!counts) return;
    object["both"] = counts->both;
    object["a_only"] = counts->first_only;
    object["b_only"] = counts->second_only;
    object["none"] = counts->neither;
}

void add_before(Json& object, const AgreementResult& now, const AgreementResult& before) {
    Json earlier = Json::object();
    earlier["coders"] = before.coders;
    earlier["n_units"] = before.units;
    add_metrics(earlier, before.whole.metrics);
    object["before"] = std::move(earlier);
    Json changes = Json::object();
    for (const Metric& metric : now.whole.metrics) {
        for (const Metric& old : before.whole.metrics) {
            if (old.name != metric.name) continue;
            const Value change = difference(metric.value, old.value);
            changes[metric.name] = change.defined() ? Json(change.number()) : Json(nullptr);
        }
    }
    object["difference"] = std::move(changes);
}

const char* kind_name(AgreementKind kind) {
    switch (kind) {
        case AgreementKind::ratings: return "ratings";
        case AgreementKind::table: return "table";
        case AgreementKind::segments: return "segments";
        case AgreementKind::codings: break;
    }
    return "codings";
}

const char* level_name(agreement::Level level) {
    switch (level) {
        case agreement::Level::nominal: return "nominal";
        case agreement::Level::ordinal: return "ordinal";
        case agreement::Level::interval: return "interval";
        case agreement::Level::ratio: break;
    }
    return "ratio";
}

}  // namespace

std::string agreement_json(const AgreementReport& report) {
    const AgreementResult& now = *report.now;
    Json object = {{"kind", kind_name(now.kind)}};
    if (now.kind == AgreementKind::codings) object["unit"] = unit_name(Language::english, now.unit);
    object["coders"] = now.coders;
    object["level"] = level_name(now.level);
    object["n_units"] = now.units;
    object["n_pairable"] = now.pairable;
    object["n_missing"] = now.missing;
    if (now.unrated > 0) object["n_unrated"] = now.unrated;
    if (now.segments > 0) object["n_segments"] = now.segments;
    if (now.bootstrap != BootstrapMethod::none) {
        object["bootstrap"] = {{"method", now.bootstrap == BootstrapMethod::units ? "units" : "pairs"},
                               {"rounds", report.drawing.rounds},
                               {"seed", report.drawing.seed},
                               {"undefined", now.rounds_undefined}};
    }
    add_metrics(object, now.whole.metrics);
    if (now.whole.ratings) add_matrix(object, *now.whole.ratings);
    if (!now.nominal.metrics.empty()) object["nominal"] = part(now.nominal);
    if (!now.text.metrics.empty()) object["text"] = part(now.text);
    Json pairs = Json::array();
    for (const PairAgreement& pair : now.pairs) {
        Json one = {{"coders", {now.coders[pair.coder1], now.coders[pair.coder2]}}};
        add_counts(one, pair.counts);
        add_metrics(one, pair.metrics);
        pairs.push_back(std::move(one));
    }
    object["pairs"] = std::move(pairs);
    Json codes = Json::array();
    for (const CodeAgreement& code : now.codes) {
        Json one = {{"code", code.code}, {"path", code.path}, {"used", code.used}};
        add_counts(one, code.counts);
        add_metrics(one, code.metrics);
        codes.push_back(std::move(one));
    }
    object["per_code"] = std::move(codes);
    if (report.before != nullptr) add_before(object, now, *report.before);
    std::vector<std::string> notes = agreement_notes(report.language, now, report.drawing);
    notes.insert(notes.end(), report.notes.begin(), report.notes.end());
    object["notes"] = notes;
    return object.dump(2) + "\n";
}

}  // namespace fangtan::analysis
