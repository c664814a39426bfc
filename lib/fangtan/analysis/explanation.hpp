// SPDX-License-Identifier: Apache-2.0
//
// Why a turn was coded as it was: which rules fire on which characters, and
// for a code that was expected, what each of its rules lacked.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "fangtan/analysis/rule_use.hpp"
#include "fangtan/codebook/codebook.hpp"
#include "fangtan/coding/apply.hpp"
#include "fangtan/transcript/transcript.hpp"

namespace fangtan::analysis {

// What a part of a rule came to in a unit.
enum class PartState : std::uint8_t {
    holds,
    absent,       // a term or regular expression does not stand there
    incomplete,   // AND: an operand does not hold; NEAR, EXCEPT: one without which there is nothing to compare
    none_of,      // OR: no operand holds
    too_far,      // NEAR, BEFORE: both stand there, `gap` characters apart; more than `limit`
    wrong_order,  // BEFORE: both stand there, but only the other way round
    overlapping,  // NEAR, BEFORE: both stand there, but only one in the other
    forbidden,    // NOT: its operand holds
    excepted,     // EXCEPT: all that was found lies in the exception
};
[[nodiscard]] std::string_view name_of(PartState state);

// A node of a rule, with the nodes below it behind it, deeper by one.
struct RulePart {
    std::uint32_t depth = 0;  // 0: the rule
    std::string query;        // canonical (query::print)
    PartState state = PartState::holds;
    std::vector<Span> places;  // where it stands; for forbidden and excepted: what stands there instead. Ascending
    std::uint64_t gap = 0;     // of the nearest pair; only for too_far
    std::uint32_t limit = 0;
};

struct FiredRule {
    RuleName rule;
    bool decides = false;        // the first of its code to fire: the one that codings name
    std::vector<Span> evidence;  // ascending; of a document as a whole only what lies in the turn
};

struct SilentRule {
    RuleName rule;
    std::vector<RulePart> parts;
};

struct ExplainedUnit {
    UnitKind kind = UnitKind::sentence;
    Span span;
    std::vector<FiredRule> fired;    // in the order of the codebook
    std::vector<SilentRule> silent;  // of the code that was asked for
};

struct Explanation {
    std::uint32_t turn = 0;     // from 1
    bool interviewer = false;   // whose turns are not coded: no units
    bool other_speaker = false;  // the code that was asked for is not for this speaker: no silent rules
    std::vector<ExplainedUnit> units;  // ascending, the longer first; kinds other than the one asked for only where something fires
};

// Characters between two spans; 0 if they touch or overlap.
[[nodiscard]] std::uint64_t characters_between(std::string_view text, Span a, Span b);

// The parts of one query in one unit of a text, in the order in which they are written.
[[nodiscard]] std::vector<RulePart> explain_query(const Query& query, std::string_view text, Span unit, bool skip_marks);

class Explainer {
 public:
    // All must outlive the explainer. `speakers`: everybody for a text of which nobody knows who said it.
    Explainer(const Codebook& codebook, const ApplyOptions& options, const ParticipantTable& participants, SingleRules::Speakers speakers);

    // `turn` from 1. With a code only that one is explained. Applies the codebook to the whole transcript, so that the answer is
    // that of coding. Throws Error(usage) if there is no such turn.
    [[nodiscard]] Explanation explain(const Transcript& transcript, std::uint32_t turn, std::optional<CodeId> code);

 private:
    [[nodiscard]] bool is_for(const Code& code, const Speaker& speaker) const;

    const Codebook& codebook_;
    const ApplyOptions& options_;
    const ParticipantTable& participants_;
    SingleRules::Speakers speakers_;
    SingleRules rules_;
    Application application_;
};

// `text` with brackets 【】 around what is marked (ascending or not, overlaps united), line ends as blanks, controls by their numbers.
[[nodiscard]] std::string marked_text(std::string_view text, Span unit, std::vector<Span> marks);

// For reading, and as one JSON document; positions are characters of the document.
[[nodiscard]] std::string explanation_text(const Explanation& explanation, const Transcript& transcript, const Codebook& codebook, std::optional<CodeId> code);
[[nodiscard]] std::string explanation_json(const Explanation& explanation, const Transcript& transcript, const Codebook& codebook, std::optional<CodeId> code);

}  // namespace fangtan::analysis
