// SPDX-License-Identifier: Apache-2.0
//
// Every rule by itself. Codings name the first rule of a code that fires in a
// unit; to judge a rule one must know all units in which it would fire. What
// the rules of a codebook do in a corpus follows from it: which never fire,
// and which cannot be told apart.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "fangtan/codebook/codebook.hpp"
#include "fangtan/coding/apply.hpp"
#include "fangtan/text/span.hpp"

namespace fangtan::analysis {

struct RuleName {
    std::uint32_t code = 0;  // index into Codebook::codes()
    std::uint32_t rule = 0;  // from 1

    friend auto operator<=>(const RuleName&, const RuleName&) = default;
};

// A codebook in which each rule of another is a code of its own, with the unit and the speakers of its code: applied (apply.hpp)
// it tells of every rule where it fires.
class SingleRules {
 public:
    enum class Speakers { as_written, everybody };  // everybody: for a text of which nobody knows who said it

    explicit SingleRules(const Codebook& codebook, Speakers speakers = Speakers::as_written);

    [[nodiscard]] const Codebook& codebook() const { return codebook_; }
    // By CodeId of codebook(): in the order of the codebook it was made from.
    [[nodiscard]] const std::vector<RuleName>& rules() const { return rules_; }

 private:
    Codebook codebook_;
    std::vector<RuleName> rules_;
};

struct RuleFiring {
    Span span;                   // what the rule codes: a unit, or a match
    std::uint32_t turn = 0;      // from 1; 0: the document
    std::uint32_t rule = 0;      // index into SingleRules::rules()
    std::vector<Span> evidence;  // ascending
};

// Keeps what an application of SingleRules::codebook() yields for one document.
class FiringSink : public CodingSink {
 public:
    void document(const Transcript&, const DocumentCounts&) override { firings.clear(); }
    void coding(const Transcript&, const RuleCoding& coding) override {
        firings.push_back({coding.span, coding.turn, static_cast<std::uint32_t>(coding.code), {coding.evidence.begin(), coding.evidence.end()}});
    }

    std::vector<RuleFiring> firings;
};

struct RuleUseReport {
    std::vector<std::uint32_t> idle_codes;         // codes with rules, none of which ever fires; indices into Codebook::codes()
    std::vector<RuleName> idle_rules;              // rules of other codes that never fire
    struct Twins {
        std::vector<RuleName> rules;  // two or more, in the order of the codebook
        std::uint64_t units = 0;      // in which all of them fire
    };
    std::vector<Twins> twins;  // rules that fire in the same units and no others; in the order of the first of each
};

class RuleUse {
 public:
    // Both must outlive the object; `rules` was made from `codebook`.
    RuleUse(const Codebook& codebook, const SingleRules& rules) : codebook_(codebook), rules_(rules), places_(rules.rules().size()) {}

    // One document after the other. Twelve bytes are kept for each firing.
    void add(const std::vector<RuleFiring>& firings);

    // Rules that fire together in fewer than `least` units are no twins: chance does that. O(f log r) for f firings of r rules.
    [[nodiscard]] RuleUseReport report(std::uint64_t least = 3) const;

 private:
    const Codebook& codebook_;
    const SingleRules& rules_;
    std::vector<std::vector<std::array<std::uint32_t, 3>>> places_;  // by rule: document, begin, end
    std::uint32_t documents_ = 0;
};

}  // namespace fangtan::analysis
