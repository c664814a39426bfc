// SPDX-License-Identifier: Apache-2.0
#include "fangtan/analysis/saturation_report.hpp"

#include <nlohmann/json.hpp>

#include "fangtan/analysis/saturation_wording.hpp"
#include "fangtan/analysis/wording.hpp"

namespace fangtan::analysis {
namespace {

using Json = nlohmann::ordered_json;

std::vector<std::string> names_of(const std::vector<std::uint32_t>& codes, const CodingSet& set) {
    std::vector<std::string> names;
    for (const std::uint32_t code : codes) names.push_back(set.codes[code].name);
    return names;
}

std::string joined(const std::vector<std::string>& names, const char* between) {
    std::string text;
    for (const std::string& name : names) text += (text.empty() ? "" : between) + name;
    return text;
}

Cell cell(const agreement::Value& value) { return value.defined() ? Cell(Decimal{value.number(), 3}) : Cell(); }
Json json(const agreement::Value& value) { return value.defined() ? Json(value.number()) : Json(nullptr); }
Json json(const std::optional<std::size_t>& number) { return number ? Json(*number) : Json(nullptr); }

Json ids_of(const std::vector<std::uint32_t>& codes, const CodingSet& set) {
    Json ids = Json::array();
    for (const std::uint32_t code : codes) ids.push_back(set.codes[code].id);
    return ids;
}

Json json_of_run(const Saturation& saturation, std::size_t length) {
    Json steps = Json::array();
    for (const Saturation::Run& run : saturation.runs) steps.push_back({{"first", run.first}, {"new", run.new_codes}, {"ratio", json(run.ratio)}});
    const std::string label = saturation.label(length);
    return {{"run", length}, {"saturated_after", json(saturation.saturated_after)}, {"label", label.empty() ? Json(nullptr) : Json(label)}, {"steps", std::move(steps)}};
}

}  // namespace

std::string saturation_sentence(const SaturationStudy& study, const CodingSet& set, Language language) {
    return saturation_statement(language, study, names_of(study.held_out_new, set));
}

Table saturation_table(const SaturationStudy& study, const CodingSet& set, Language language, NewCodeNames names) {
    const SaturationWording& words = saturation_wording(language);
    Table table;
    table.title = words.title + (set.codebook.empty() ? std::string() : wording(language).colon + set.codebook);
    table.note_heading = wording(language).note;
    table.path_headings = {words.interview[static_cast<std::size_t>(study.spec.unit)]};
    table.columns = {words.codes, words.fresh};
    if (names == NewCodeNames::listed) table.columns.emplace_back(words.fresh_names);
    table.columns.insert(table.columns.end(), {words.cumulative, words.s, words.jaccard});
    const bool with_band = !study.band.middle.empty();
    if (with_band) table.columns.insert(table.columns.end(), {words.middle, words.low, words.high, words.reached});
    if (study.spec.hold_out > 0) table.columns.emplace_back(words.held_out);
    for (std::size_t i = 0; i < study.interviews.size(); ++i) {
        TableRow row{study.interviews[i], {study.interviews[i]}, {}};
        row.cells.emplace_back(std::uint64_t{study.codes[i].size()});
        row.cells.emplace_back(std::uint64_t{study.first[i].size()});
        if (names == NewCodeNames::listed) row.cells.emplace_back(joined(names_of(study.first[i], set), words.between));
        row.cells.emplace_back(study.cumulative[i]);
        row.cells.push_back(i == 0 ? Cell() : cell(study.steps[i - 1].s));
        row.cells.push_back(i == 0 ? Cell() : cell(study.steps[i - 1].jaccard));
        if (with_band && i < study.studied) {
            for (const double codes : {study.band.middle[i], study.band.low[i], study.band.high[i]}) row.cells.emplace_back(Decimal{codes, 1});
            row.cells.emplace_back(study.band.reached[i]);
        } else if (with_band) {
            row.cells.resize(row.cells.size() + 4);
        }
        if (study.spec.hold_out > 0) row.cells.push_back(i < study.studied ? Cell() : Cell(std::string(words.yes)));
        table.rows.push_back(std::move(row));
    }
    for (std::size_t run = 0; run < study.runs.size(); ++run) table.notes.push_back(run_note(language, study, run));
    table.notes.push_back(s_note(language, study));
    if (study.spec.hold_out > 0) table.notes.push_back(hold_out_note(language, study, names_of(study.held_out_new, set)));
    if (with_band) table.notes.push_back(orders_note(language, study));
    if (study.spec.order.empty()) table.notes.push_back(listed_order_note(language, study.spec.unit));
    if (!study.without_codes().empty()) table.notes.push_back(without_codes_note(language, study));
    if (study.nobodys > 0) table.notes.push_back(nobodys_note(language, study.nobodys));
    if (study.rejected > 0) table.notes.push_back(rejected_note(language, study.rejected));
    if (!set.skipped.empty()) table.notes.push_back(skipped_note(language, set.skipped));
    table.notes.push_back(statement_note(language, saturation_sentence(study, set, language)));
    return table;
}

std::string saturation_json(const SaturationStudy& study, const CodingSet& set, Language language) {
    Json interviews = Json::array();
    for (std::size_t i = 0; i < study.interviews.size(); ++i) {
        Json one = {{"id", study.interviews[i]}, {"codes", study.codes[i].size()}, {"new", ids_of(study.first[i], set)}, {"cumulative", study.cumulative[i]}};
        one["s"] = i == 0 ? Json(nullptr) : json(study.steps[i - 1].s);
        one["jaccard"] = i == 0 ? Json(nullptr) : json(study.steps[i - 1].jaccard);
        one["held_out"] = i >= study.studied;
        interviews.push_back(std::move(one));
    }
    const Saturation& first = study.runs[0];
    Json object = {{"unit", study.spec.unit == InterviewUnit::document ? "document" : "participant"}, {"interviews", std::move(interviews)}, {"base", study.spec.base}};
    object["base_codes"] = first.base_codes;
    object["threshold"] = study.spec.threshold;
    object["runs"] = Json::array();
    for (std::size_t i = 0; i < study.runs.size(); ++i) object["runs"].push_back(json_of_run(study.runs[i], study.spec.runs[i]));
    object["saturated_after"] = json(first.saturated_after);
    object["label"] = first.saturated_after ? Json(first.label(study.spec.runs[0])) : Json(nullptr);
    static constexpr const char* kVerdicts[] = {"saturated", "not_saturated", "cannot_say"};
    object["verdict"] = kVerdicts[static_cast<std::size_t>(study.verdict())];
    object["s_times"] = study.spec.s_times;
    object["s_saturated_at"] = json(study.s_saturated_at);
    object["orders"] = nullptr;
    if (!study.band.middle.empty()) {
        object["orders"] = {{"n", study.spec.orders}, {"seed", study.spec.seed}, {"median", study.band.middle}, {"low", study.band.low}, {"high", study.band.high}, {"saturated", study.band.reached}};
    }
    object["hold_out"] = nullptr;
    if (study.spec.hold_out > 0) object["hold_out"] = {{"interviews", study.spec.hold_out}, {"new", ids_of(study.held_out_new, set)}};
    object["skipped"] = set.skipped;
    object["sentence"] = saturation_sentence(study, set, language);
    return object.dump() + "\n";
}

}  // namespace fangtan::analysis
