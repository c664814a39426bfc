// SPDX-License-Identifier: Apache-2.0
#include "fangtan/analysis/rule_use.hpp"

#include <algorithm>
#include <map>
#include <string>
#include <utility>

#include "fangtan/base/error.hpp"

namespace fangtan::analysis {

SingleRules::SingleRules(const Codebook& codebook, Speakers speakers) {
    std::vector<Code> codes;
    for (std::uint32_t number = 0; number < codebook.codes().size(); ++number) {
        const Code& code = codebook.codes()[number];
        for (std::size_t i = 0; i < code.rules.size(); ++i) {
            Code single;
            single.id = std::to_string(codes.size());
            single.name = single.id;
            single.path = {single.id};
            single.unit = code.unit;
            if (speakers == Speakers::as_written) single.speakers = code.speakers;
            // A query cannot be copied; its text says the same.
            const Written& source = code.rules[i].source;
            Diagnostics diagnostics;
            std::optional<Query> query = query::parse(source.text, {"", source.position, source.text}, diagnostics);
            if (!query) throw Error(ErrorKind::internal, code.id, "a rule that was read before cannot be read again");
            single.rules.push_back({source, std::move(*query)});
            codes.push_back(std::move(single));
            rules_.push_back({number, static_cast<std::uint32_t>(i + 1)});
        }
    }
    codebook_ = Codebook(codebook.name(), codebook.version(), codebook.language(), codebook.source(), {}, std::move(codes), codebook.sha256());
}

void RuleUse::add(const std::vector<RuleFiring>& firings) {
    for (const RuleFiring& firing : firings) places_[firing.rule].push_back({documents_, firing.span.begin.value, firing.span.end.value});
    ++documents_;
}

RuleUseReport RuleUse::report(std::uint64_t least) const {
    RuleUseReport report;
    const std::vector<RuleName>& rules = rules_.rules();
    std::vector<bool> works(codebook_.codes().size(), false);
    for (std::size_t i = 0; i < rules.size(); ++i) works[rules[i].code] = works[rules[i].code] || !places_[i].empty();
    for (std::uint32_t code = 0; code < works.size(); ++code) {
        if (!works[code] && !codebook_.codes()[code].rules.empty()) report.idle_codes.push_back(code);
    }
    for (std::size_t i = 0; i < rules.size(); ++i) {
        if (places_[i].empty() && works[rules[i].code]) report.idle_rules.push_back(rules[i]);
    }
    // All documents hand their firings over in the same order, so that equal lists are equal sets.
    std::vector<std::size_t> order;
    for (std::size_t i = 0; i < rules.size(); ++i) {
        if (places_[i].size() >= std::max<std::uint64_t>(least, 1)) order.push_back(i);
    }
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return places_[a] < places_[b]; });
    for (std::size_t first = 0; first < order.size();) {
        std::size_t last = first + 1;
        while (last < order.size() && places_[order[last]] == places_[order[first]]) ++last;
        if (last - first > 1) {
            RuleUseReport::Twins twins{{}, places_[order[first]].size()};
            for (std::size_t i = first; i < last; ++i) twins.rules.push_back(rules[order[i]]);
            report.twins.push_back(std::move(twins));
        }
        first = last;
    }
    std::sort(report.twins.begin(), report.twins.end(), [](const RuleUseReport::Twins& a, const RuleUseReport::Twins& b) { return a.rules < b.rules; });
    return report;
}

}  // namespace fangtan::analysis
