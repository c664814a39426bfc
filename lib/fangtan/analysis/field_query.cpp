// SPDX-License-Identifier: Apache-2.0
#include "fangtan/analysis/field_query.hpp"

#include <algorithm>
#include <array>

#include "fangtan/base/error.hpp"
#include "fangtan/text/utf8.hpp"

namespace fangtan::analysis {
namespace {

constexpr std::array<const char*, 6> kAlwaysKnown = {"speaker", "participant", "group", "role", "document", "code"};

bool asks_for_codes(const Query& query) {
    const auto any = [](const std::vector<Query>& operands) { return std::any_of(operands.begin(), operands.end(), asks_for_codes); };
    if (const auto* field = std::get_if<Field>(&query.node)) return field->name == "code";
    if (const auto* negation = std::get_if<Not>(&query.node)) return asks_for_codes(*negation->operand);
    if (const auto* all = std::get_if<And>(&query.node)) return any(all->operands);
    if (const auto* one = std::get_if<Or>(&query.node)) return any(one->operands);
    return false;
}

// Where the field stands, or the beginning.
Position place_of_code(std::string_view expression) {
    for (const std::string_view name : {"code:", "code："}) {
        const std::size_t at = expression.find(name);
        if (at != std::string_view::npos) return {1, 1 + static_cast<std::uint32_t>(utf8::count(expression.substr(0, at)))};
    }
    return {1, 1};
}

}  // namespace

std::vector<std::string> FieldNames::all() const {
    std::vector<std::string> names(kAlwaysKnown.begin(), kAlwaysKnown.end());
    for (const std::string& attribute : attributes) {
        if (std::find(names.begin(), names.end(), attribute) == names.end()) names.push_back(attribute);
    }
    return names;
}

std::optional<Query> parse_with_fields(std::string_view expression, const std::string& file, const FieldNames& names, Diagnostics& diagnostics) {
    if (utf8::first_fault(expression)) throw Error(ErrorKind::usage, file, "is not UTF-8; type it in a terminal whose encoding is UTF-8");
    const std::string line(expression);
    std::optional<Query> query = query::parse(expression, {file, {1, 1}, line}, diagnostics, names.all());
    if (query && !names.codings && asks_for_codes(*query)) {
        diagnostics.error(file, place_of_code(expression), "the field code: needs codings to look into; none are given (option --codings)", line);
        return std::nullopt;
    }
    return query;
}

}  // namespace fangtan::analysis
