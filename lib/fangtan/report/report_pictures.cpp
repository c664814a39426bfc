// SPDX-License-Identifier: Apache-2.0
#include "fangtan/report/report_pictures.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "fangtan/report/palette.hpp"
#include "fangtan/report/report_wording.hpp"
#include "fangtan/table/rounding.hpp"

namespace fangtan::report {
namespace {

// Its own, else that of the nearest code above that has one.
std::string color_of(const CodingSet& set, std::uint32_t code) {
    while (!parse_color(set.codes[code].color) && set.codes[code].parent) code = *set.codes[code].parent;
    return set.codes[code].color;
}

std::uint64_t count_in(const Cell& cell) {
    const auto* count = std::get_if<std::uint64_t>(&cell);
    return count == nullptr ? 0 : *count;
}

std::string group_of(const std::vector<std::string>& path) { return path.size() > 1 ? path[path.size() - 2] : ""; }

}  // namespace

std::string language_tag(Language language) { return language == Language::english ? "en" : language == Language::zh_hant ? "zh-Hant" : "zh-Hans"; }

CodingPicture code_bars(const CodingSet& set, const TabulateSpec& given, PictureOptions options) {
    TabulateSpec spec = given;
    spec.by.clear();
    spec.count = CountKind::references;
    spec.percent = PercentKind::total;
    const Table table = analysis::tabulate(set, spec);
    std::vector<Bar> bars;
    for (const TableRow& row : table.rows) {
        const std::uint64_t count = count_in(row.cells[0]);
        const auto code = set.code_ids.find(row.code);
        if (count == 0 || !code) continue;
        const auto* share = std::get_if<Percentage>(&row.cells[1]);
        const std::string percent = share == nullptr ? "" : printed_number(share->printed, table.decimals) + "%";
        const bool english = spec.language == Language::english;
        bars.push_back({row.path.back(), group_of(row.path), static_cast<double>(count),
                        std::to_string(count) + (percent.empty() ? "" : english ? " (" + percent + ")" : "（" + percent + "）"), color_of(set, *code), std::to_string(*code)});
    }
    return {bar_chart(bars, options), bars.empty()};
}

CodingPicture code_heat_map(const CodingSet& set, const TabulateSpec& given, PictureOptions options) {
    TabulateSpec spec = given;
    spec.count = CountKind::references;
    spec.percent = PercentKind::none;
    spec.totals = false;
    const Table table = analysis::tabulate(set, spec);
    HeatMap map;
    map.columns = table.columns;
    bool any = false;
    for (const TableRow& row : table.rows) {
        map.rows.push_back(row.path.back());
        map.row_groups.push_back(group_of(row.path));
        std::vector<std::optional<double>> values;
        std::vector<std::string> printed;
        for (const Cell& cell : row.cells) {
            const std::uint64_t count = count_in(cell);
            any = any || count > 0;
            values.emplace_back(static_cast<double>(count));
            printed.push_back(std::to_string(count));
        }
        map.values.push_back(std::move(values));
        map.printed.push_back(std::move(printed));
    }
    return {heat_map(map, options), !any};
}

CodingPicture saturation_picture(const analysis::SaturationStudy& study, Language language, PictureOptions options) {
    const ReportWords& words = report_words(language);
    SaturationCurve curve;
    for (std::size_t i = 0; i < study.studied; ++i) {
        curve.interviews.push_back(study.interviews[i]);
        curve.cumulative.push_back(static_cast<double>(study.cumulative[i]));
        curve.new_codes.push_back(static_cast<double>(study.first[i].size()));
    }
    curve.low = study.band.low;
    curve.middle = study.band.middle;
    curve.high = study.band.high;
    curve.x_label = words.interview;
    curve.y_label = words.cumulative;
    curve.new_label = words.new_codes;
    curve.band_label = words.band;
    curve.middle_label = words.middle;
    const analysis::Saturation& decides = study.runs.front();
    curve.saturated_after = decides.saturated_after;
    if (curve.saturated_after) curve.saturated_label = filled(words.saturated, {{"label", decides.label(study.spec.runs.front())}});
    const bool empty = curve.cumulative.empty() || curve.cumulative.back() == 0;
    return {saturation_curve(curve, options), empty};
}

CodingPicture code_network(const CodingSet& set, const analysis::CooccurrenceTable& result, PictureOptions options) {
    std::vector<NetworkNode> nodes;
    for (const analysis::CooccurrenceCode& code : result.codes) {
        const CodeEntry& entry = set.codes[code.code];
        nodes.push_back({entry.name, entry.path.size() > 1 ? entry.path[0] : "", static_cast<double>(code.frequency), color_of(set, code.code), std::to_string(code.code)});
    }
    std::vector<NetworkEdge> edges;
    bool any = false;
    for (const analysis::CooccurrencePair& pair : result.pairs) {
        if (pair.count < std::max<std::uint64_t>(result.spec.minimum, 1)) continue;
        any = true;
        edges.push_back({pair.first, pair.second, static_cast<double>(pair.count)});
    }
    return {network(nodes, edges, options), nodes.empty(), !any};
}

}  // namespace fangtan::report
