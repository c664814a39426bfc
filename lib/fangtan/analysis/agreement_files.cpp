// SPDX-License-Identifier: Apache-2.0
#include "fangtan/analysis/agreement_files.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <unordered_map>

#include "fangtan/base/error.hpp"
#include "fangtan/text/csv.hpp"
#include "fangtan/text/diagnostic_text.hpp"
#include "fangtan/text/utf8.hpp"

namespace fangtan::analysis {
namespace {

std::string trimmed(std::string_view text) {
    const std::size_t begin = text.find_first_not_of(" \t");
    if (begin == std::string_view::npos) return {};
    return std::string(text.substr(begin, text.find_last_not_of(" \t") - begin + 1));
}

std::string shown(const std::string& text) {
    const std::u32string characters = utf8::to_code_points(text);
    return characters.size() <= 12 ? text : utf8::from_code_points(std::u32string_view(characters).substr(0, 12)) + "…";
}

template <class Number>
std::optional<Number> number_of(const std::string& text) {
    Number value{};
    const char* end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, value);
    if (error != std::errc() || stop != end || text.empty()) return std::nullopt;
    return value;
}

std::string listed(const std::vector<std::string>& names) {
    std::string list;
    for (std::size_t i = 0; i < names.size() && i < 12; ++i) list += (i > 0 ? ", " : "") + shown(names[i]);
    return names.size() > 12 ? list + " …" : list;
}

// Columns of the table that are asked for, by their number.
std::optional<std::vector<std::size_t>> chosen_columns(const CsvTable& table, const std::string& file, const std::vector<std::string>& wanted, Diagnostics& diagnostics) {
    std::vector<std::size_t> columns;
    std::vector<std::string> known;
    for (std::size_t i = 1; i < table.header.size(); ++i) {
        known.push_back(table.header[i].text);
        if (wanted.empty()) columns.push_back(i);
    }
    bool good = true;
    for (const std::string& name : wanted) {
        const auto column = table.column(name);
        if (column && *column > 0) {
            columns.push_back(*column);
            continue;
        }
        const std::string near = nearest(name, known);
        diagnostics.error(file, table.header[0].position, "the header has no coder \"" + name + "\"" + (near.empty() ? "; it has " + listed(known) : "; did you mean \"" + near + "\"?"));
        good = false;
    }
    if (!good) return std::nullopt;
    return columns;
}

agreement::Scale declared(const ScaleOptions& options) {
    agreement::Scale scale{options.categories, {}, options.ordered};
    agreement::Scale numbers = agreement::scale_of(options.categories);
    if (!numbers.values.empty()) {
        // The order that was declared stays, with the values beside it.
        for (const std::string& name : scale.names) {
            const auto at = std::find(numbers.names.begin(), numbers.names.end(), name) - numbers.names.begin();
            scale.values.push_back(numbers.values[static_cast<std::size_t>(at)]);
        }
        scale.ordered = true;
    }
    return scale;
}

struct NameHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
};
using Numbers = std::unordered_map<std::string, std::int32_t, NameHash, std::equal_to<>>;

std::string_view trimmed_view(std::string_view text) {
    const std::size_t begin = text.find_first_not_of(" \t");
    if (begin == std::string_view::npos) return {};
    return text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

}  // namespace

std::optional<RatingsFile> read_ratings(std::string_view text, const std::string& file, const ScaleOptions& options, Diagnostics& diagnostics) {
    const std::optional<CsvTable> table = csv::read(text, file, diagnostics);
    if (!table) return std::nullopt;
    if (table->header.size() < 2) {
        diagnostics.error(file, table->header[0].position, "the table has one column; ratings need a column that names the unit, and one for each coder behind it");
        return std::nullopt;
    }
    const auto columns = chosen_columns(*table, file, options.coders, diagnostics);
    if (!columns) return std::nullopt;
    RatingsFile result;
    for (const std::size_t column : *columns) result.coders.push_back(table->header[column].text);
    // Numbered as they appear, and renumbered once the scale is known.
    Numbers numbers;
    std::vector<std::string> names = options.categories;
    for (const std::string& name : names) numbers.emplace(name, static_cast<std::int32_t>(numbers.size()));
    const std::size_t errors = diagnostics.errors();
    result.units.reserve(table->rows.size());
    result.cells.reserve(table->rows.size() * columns->size());
    for (const auto& row : table->rows) {
        result.units.push_back(trimmed(row[0].text));
        for (const std::size_t column : *columns) {
            const std::string_view rating = trimmed_view(row[column].text);
            if (rating.empty()) {
                result.cells.push_back(agreement::kMissing);
                continue;
            }
            auto found = numbers.find(rating);
            if (found == numbers.end()) {
                if (!options.categories.empty()) {
                    const std::string near = nearest(std::string(rating), options.categories);
                    diagnostics.error(file, row[column].position, "the rating \"" + shown(std::string(rating)) + "\" is none of the categories that --categories declares (" + listed(options.categories) + ")" +
                                                                      (near.empty() ? "" : "; did you mean \"" + near + "\"?"));
                    continue;
                }
                found = numbers.emplace(std::string(rating), static_cast<std::int32_t>(numbers.size())).first;
                names.emplace_back(rating);
            }
            result.cells.push_back(found->second);
        }
    }
    if (diagnostics.errors() > errors) return std::nullopt;
    if (!options.categories.empty()) {
        result.scale = declared(options);
        return result;
    }
    result.scale = agreement::scale_of(names);
    std::vector<std::int32_t> renumbered(names.size());
    for (std::size_t i = 0; i < result.scale.names.size(); ++i) renumbered[static_cast<std::size_t>(numbers.find(result.scale.names[i])->second)] = static_cast<std::int32_t>(i);
    for (std::int32_t& cell : result.cells) cell = cell == agreement::kMissing ? cell : renumbered[static_cast<std::size_t>(cell)];
    return result;
}

std::optional<TableFile> read_counts(std::string_view text, const std::string& file, const ScaleOptions& options, Diagnostics& diagnostics) {
    const std::optional<CsvTable> table = csv::read(text, file, diagnostics);
    if (!table) return std::nullopt;
    const std::size_t errors = diagnostics.errors();
    std::vector<std::string> names;
    const auto add = [&](const std::string& name, Position position) {
        if (name.empty()) diagnostics.error(file, position, "a category has no name; the header and the first column name the categories of the two coders");
        if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
    };
    std::vector<std::string> rows;
    for (const auto& row : table->rows) {
        const std::string name = trimmed(row[0].text);
        if (std::find(rows.begin(), rows.end(), name) != rows.end()) diagnostics.error(file, row[0].position, "a second row for the category \"" + shown(name) + "\"; add the two rows up");
        rows.push_back(name);
        add(name, row[0].position);
    }
    for (std::size_t i = 1; i < table->header.size(); ++i) add(table->header[i].text, table->header[i].position);
    TableFile result;
    result.scale = options.categories.empty() ? agreement::scale_of(names) : declared(options);
    if (options.categories.empty() && result.scale.values.empty()) result.scale = {names, {}, options.ordered};
    const auto place = [&](const std::string& name, Position position) -> std::size_t {
        const auto found = std::find(result.scale.names.begin(), result.scale.names.end(), name);
        if (found == result.scale.names.end()) {
            diagnostics.error(file, position, "the category \"" + shown(name) + "\" is none of those that --categories declares (" + listed(options.categories) + ")");
            return 0;
        }
        return static_cast<std::size_t>(found - result.scale.names.begin());
    };
    result.counts = agreement::Contingency(result.scale.size());
    for (const auto& row : table->rows) {
        const std::size_t first = place(trimmed(row[0].text), row[0].position);
        for (std::size_t i = 1; i < row.size(); ++i) {
            const std::string cell = trimmed(row[i].text);
            const auto count = cell.empty() ? std::optional<std::uint64_t>(0) : number_of<std::uint64_t>(cell);
            constexpr std::uint64_t kMost = 1'000'000'000'000;
            if (!count || *count > kMost) {
                diagnostics.error(file, row[i].position, "expected a count, a whole number from 0 to 10^12, found \"" + shown(cell) + "\"");
                continue;
            }
            const std::size_t second = place(table->header[i].text, table->header[i].position);
            if (diagnostics.errors() == errors) result.counts.add(first, second, *count);
        }
    }
    if (diagnostics.errors() > errors) return std::nullopt;
    return result;
}

std::optional<SegmentsFile> read_segments(std::string_view text, const std::string& file, std::uint64_t begin, std::uint64_t length, const std::vector<std::string>& coders,
                                          Diagnostics& diagnostics) {
    const std::optional<CsvTable> table = csv::read(text, file, diagnostics);
    if (!table) return std::nullopt;
    const std::size_t errors = diagnostics.errors();
    std::size_t column[4] = {};
    const char* const kNames[4] = {"coder", "code", "start", "end"};
    for (std::size_t i = 0; i < 4; ++i) {
        const auto found = table->column(kNames[i]);
        if (!found) diagnostics.error(file, table->header[0].position, std::string("the header has no column \"") + kNames[i] + "\"; segments need coder, code, start and end");
        column[i] = found.value_or(0);
    }
    if (diagnostics.errors() > errors) return std::nullopt;
    SegmentsFile result;
    result.coders = coders;
    result.continuum.begin = begin;
    result.continuum.length = length;
    const auto number = [](std::vector<std::string>& names, const std::string& name) {
        const auto found = std::find(names.begin(), names.end(), name);
        const auto index = static_cast<std::uint32_t>(found - names.begin());
        if (found == names.end()) names.push_back(name);
        return index;
    };
    std::vector<std::string> seen;
    for (const auto& row : table->rows) {
        const std::string coder = trimmed(row[column[0]].text);
        const std::string code = trimmed(row[column[1]].text);
        if (coder.empty()) {
            diagnostics.error(file, row[column[0]].position, "this row has no coder");
            continue;
        }
        number(seen, coder);
        const bool wanted = coders.empty() || std::find(coders.begin(), coders.end(), coder) != coders.end();
        const std::uint32_t coder_number = wanted ? number(result.coders, coder) : 0;
        if (code.empty()) continue;
        std::optional<std::uint64_t> bounds[2];
        for (std::size_t i = 0; i < 2; ++i) {
            const CsvCell& cell = row[column[i + 2]];
            bounds[i] = number_of<std::uint64_t>(trimmed(cell.text));
            if (!bounds[i]) diagnostics.error(file, cell.position, std::string(kNames[i + 2]) + " must be a whole number from 0, found \"" + shown(cell.text) + "\"");
        }
        if (!bounds[0] || !bounds[1]) continue;
        if (*bounds[0] >= *bounds[1]) {
            diagnostics.error(file, row[column[2]].position, "start " + std::to_string(*bounds[0]) + " must be before end " + std::to_string(*bounds[1]));
        } else if (*bounds[0] < begin || *bounds[1] - begin > length) {
            const bool before = *bounds[0] < begin;
            diagnostics.error(file, row[column[before ? 2 : 3]].position,
                              "the segment leaves the text, which goes from " + std::to_string(begin) + " to " + std::to_string(begin + length) + " (--begin, --length)");
        } else if (wanted) {
            result.continuum.segments.push_back({coder_number, number(result.continuum.codes, code), *bounds[0], *bounds[1]});
        }
    }
    for (const std::string& name : coders) {
        if (std::find(seen.begin(), seen.end(), name) != seen.end()) continue;
        const std::string near = nearest(name, seen);
        diagnostics.error(file, table->header[column[0]].position, "there is no coder \"" + name + "\" in this table" + (near.empty() ? "" : "; did you mean \"" + near + "\"?"));
    }
    if (diagnostics.errors() > errors) return std::nullopt;
    result.continuum.coders = result.coders.size();
    return result;
}

std::optional<agreement::Weights> read_weights(std::string_view text, const std::string& file, const agreement::Scale& scale, Diagnostics& diagnostics) {
    const std::optional<CsvTable> table = csv::read(text, file, diagnostics);
    if (!table) return std::nullopt;
    const std::size_t errors = diagnostics.errors();
    const std::size_t size = scale.size();
    const auto place = [&](const CsvCell& cell) -> std::optional<std::size_t> {
        const auto found = std::find(scale.names.begin(), scale.names.end(), trimmed(cell.text));
        if (found != scale.names.end()) return static_cast<std::size_t>(found - scale.names.begin());
        diagnostics.error(file, cell.position, "\"" + shown(trimmed(cell.text)) + "\" is no category of the ratings (" + listed(scale.names) + ")");
        return std::nullopt;
    };
    std::vector<std::optional<std::size_t>> columns;
    for (std::size_t i = 1; i < table->header.size(); ++i) columns.push_back(place(table->header[i]));
    std::vector<std::vector<double>> matrix(size, std::vector<double>(size, std::nan("")));
    for (const auto& row : table->rows) {
        const auto first = place(row[0]);
        for (std::size_t i = 1; i < row.size(); ++i) {
            const auto weight = number_of<double>(trimmed(row[i].text));
            if (!weight || !std::isfinite(*weight)) {
                diagnostics.error(file, row[i].position, "expected a weight, a number, found \"" + shown(row[i].text) + "\"");
            } else if (first && columns[i - 1]) {
                matrix[*first][*columns[i - 1]] = *weight;
            }
        }
    }
    if (diagnostics.errors() > errors) return std::nullopt;
    for (std::size_t i = 0; i < size; ++i) {
        for (std::size_t j = 0; j < size; ++j) {
            if (!std::isnan(matrix[i][j])) continue;
            diagnostics.error(file, {1, 1}, "there is no weight for \"" + shown(scale.names[i]) + "\" against \"" + shown(scale.names[j]) + "\"");
            return std::nullopt;
        }
    }
    try {
        return size > 0 && matrix[0][0] == 0 ? agreement::Weights::disagreement(matrix) : agreement::Weights::similarity(matrix);
    } catch (const Error& error) {
        diagnostics.error(file, {1, 1}, error.what());
        return std::nullopt;
    }
}

}  // namespace fangtan::analysis
