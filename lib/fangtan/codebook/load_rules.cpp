// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <utility>

#include "fangtan/codebook/draft.hpp"
#include "fangtan/codebook/fields.hpp"

namespace fangtan::codebook {
namespace {

using yaml::Node;
using yaml::Source;

// The query parser counts from the first character of the value; quotation marks, escapes and line breaks of
// the file are known only here.
std::optional<Query> parse_rule(const Source& source, const Node& entry) {
    Diagnostics faults;
    std::optional<Query> query = query::parse(entry.text, {source.file(), {1, 1}, {}}, faults);
    for (const Diagnostic& fault : faults.entries()) {
        const std::size_t index = std::max<std::uint32_t>(fault.position.column, 1) - 1;
        source.report(fault.severity, offset_in_source(source, entry, index), fault.message);
    }
    return query;
}

}  // namespace

std::vector<Rule> read_rules(const Source& source, const Node& value) {
    std::vector<Rule> rules;
    std::map<std::string, std::uint32_t> lines;
    for (const Node* entry : read_entries(source, "rules", value)) {
        std::optional<Query> query = parse_rule(source, *entry);
        if (!query) continue;
        if (query::is_purely_negative(*query)) {
            source.warning(entry->begin,
                           "this rule only says what must be absent, so it fires on every unit without it; "
                           "add what must be "
                           "there: \"A NOT B\"");
        }
        const auto [first, is_new] = lines.try_emplace(query::print(*query), source.line(entry->begin));
        if (!is_new) {
            source.warning(entry->begin, "this rule says the same as the one on line " +
                                             std::to_string(first->second) + "; delete one");
        }
        rules.push_back({{entry->text, source.position(entry->begin)}, std::move(*query)});
    }
    return rules;
}

}  // namespace fangtan::codebook
