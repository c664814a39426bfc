// SPDX-License-Identifier: Apache-2.0
#include "fangtan/codebook/codebook.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace fangtan {
namespace {

constexpr std::array<std::pair<UnitKind, std::string_view>, 6> kUnitNames = {{
    {UnitKind::match, "match"},
    {UnitKind::clause, "clause"},
    {UnitKind::sentence, "sentence"},
    {UnitKind::turn, "turn"},
    {UnitKind::paragraph, "paragraph"},
    {UnitKind::document, "document"},
}};

}  // namespace

std::string_view name_of(UnitKind kind) {
    return std::find_if(kUnitNames.begin(), kUnitNames.end(),
                        [&](const auto& unit) { return unit.first == kind; })
        ->second;
}

std::optional<UnitKind> unit_kind_of(std::string_view name) {
    for (const auto& [kind, unit_name] : kUnitNames) {
        if (unit_name == name) return kind;
    }
    return std::nullopt;
}

Codebook::Codebook(std::string name, std::string version, std::string language, std::string source,
                   std::vector<std::string> levels, std::vector<Code> codes, std::string sha256)
    : name_(std::move(name)),
      version_(std::move(version)),
      language_(std::move(language)),
      source_(std::move(source)),
      levels_(std::move(levels)),
      codes_(std::move(codes)),
      sha256_(std::move(sha256)) {}

}  // namespace fangtan
