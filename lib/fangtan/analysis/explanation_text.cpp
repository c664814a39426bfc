// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <nlohmann/json.hpp>

#include "fangtan/analysis/explanation.hpp"
#include "fangtan/text/code_point_index.hpp"
#include "fangtan/text/utf8.hpp"

namespace fangtan::analysis {
namespace {

using Json = nlohmann::ordered_json;

std::string plain(std::string_view text) {
    std::string line(text);
    std::replace(line.begin(), line.end(), '\n', ' ');
    return utf8::escaped(line);
}

class TextWriter {
 public:
    TextWriter(const Explanation& explanation, const Transcript& transcript, const Codebook& codebook, std::optional<CodeId> code)
        : explanation_(explanation), transcript_(transcript), codebook_(codebook), code_(code), index_(transcript.text) {}

    std::string write() {
        const Turn& turn = transcript_.turns[explanation_.turn - 1];
        const Speaker& speaker = transcript_.speakers[turn.speaker];
        const std::string who = speaker.interviewer || speaker.participant.empty() ? speaker.label : speaker.participant;
        text_ = plain(transcript_.id) + ":" + std::to_string(explanation_.turn) + (who.empty() ? "" : "  " + plain(who)) + "\n";
        if (explanation_.interviewer) return text_ + "  the interviewer's turn, which is not coded (--include-interviewer codes it)\n";
        if (explanation_.other_speaker) other_speaker();
        if (explanation_.units.empty()) text_ += "  no unit: nothing is said here\n";
        for (const ExplainedUnit& unit : explanation_.units) write_unit(unit);
        return text_;
    }

 private:
    [[nodiscard]] std::string range(Span span) const { return std::to_string(index_.to_character(span.begin).value) + "–" + std::to_string(index_.to_character(span.end).value); }

    [[nodiscard]] std::string found(const std::vector<Span>& spans) const {
        std::string list;
        for (const Span& span : spans) list += (list.empty() ? "" : ", ") + plain(span.of(transcript_.text)) + " " + range(span);
        return list;
    }

    void other_speaker() {
        const Code& code = codebook_.code(*code_);
        std::string names;
        for (const std::string& name : code.speakers) names += (names.empty() ? "" : ", ") + name;
        text_ += "  " + code.id + " is not for this speaker: its speakers are " + names + "\n";
    }

    void write_unit(const ExplainedUnit& unit) {
        std::vector<Span> marks;
        for (const FiredRule& fired : unit.fired) marks.insert(marks.end(), fired.evidence.begin(), fired.evidence.end());
        const bool whole = unit.kind == UnitKind::document;
        // Of a document only the turn is shown.
        const Span shown = whole ? transcript_.turns[explanation_.turn - 1].body : unit.span;
        text_ += "\n" + range(unit.span) + "  " + std::string(name_of(unit.kind)) + "\n  " + marked_text(transcript_.text, shown, std::move(marks)) + "\n";
        for (const FiredRule& fired : unit.fired) {
            const Code& code = codebook_.codes()[fired.rule.code];
            text_ += std::string("  ") + (fired.decides ? "+ " : "  also ") + code.id + ", rule " + std::to_string(fired.rule.rule) + ": " + query::print(code.rules[fired.rule.rule - 1].query) + "\n";
            if (!fired.evidence.empty()) text_ += "      " + found(fired.evidence) + "\n";
        }
        if (unit.fired.empty() && unit.silent.empty() && !explanation_.other_speaker) {
            const bool no_rules = code_ && codebook_.code(*code_).rules.empty();
            text_ += no_rules ? "  - " + codebook_.code(*code_).id + " has no rules\n" : "  - no rule fires\n";
        }
        for (const SilentRule& silent : unit.silent) {
            const Code& code = codebook_.codes()[silent.rule.code];
            text_ += "  - " + code.id + ", rule " + std::to_string(silent.rule.rule) + " does not fire\n";
            for (const RulePart& part : silent.parts) text_ += std::string(6 + 2 * part.depth, ' ') + sentence(part) + "\n";
        }
    }

    [[nodiscard]] std::string sentence(const RulePart& part) const {
        const std::string places = found(part.places);
        switch (part.state) {
            case PartState::holds: return "+ " + part.query + (places.empty() ? ": holds" : ": " + places);
            case PartState::absent: return "- " + part.query + ": does not stand here";
            case PartState::incomplete: return "- " + part.query + ": a part is missing";
            case PartState::none_of: return "- " + part.query + ": none of them holds";
            case PartState::too_far:
                return "- " + part.query + ": both stand here, " + std::to_string(part.gap) + (part.gap == 1 ? " character" : " characters") + " apart; the limit is " + std::to_string(part.limit);
            case PartState::wrong_order: return "- " + part.query + ": both stand here, but the other way round";
            case PartState::overlapping: return "- " + part.query + ": both stand here, but one inside the other";
            case PartState::forbidden: return "- " + part.query + (places.empty() ? ": forbidden here" : ": forbidden by " + places);
            case PartState::excepted: break;
        }
        return "- " + part.query + ": all that was found lies in the exception " + places;
    }

    const Explanation& explanation_;
    const Transcript& transcript_;
    const Codebook& codebook_;
    std::optional<CodeId> code_;
    CodePointIndex index_;
    std::string text_;
};

}  // namespace

std::string marked_text(std::string_view text, Span unit, std::vector<Span> marks) {
    std::sort(marks.begin(), marks.end());
    std::string line;
    ByteOffset at = unit.begin;
    for (std::size_t i = 0; i < marks.size();) {
        Span all = marks[i];
        // Overlaps are one mark; what only touches stays apart, because it is two finds.
        for (++i; i < marks.size() && (marks[i].begin < all.end || marks[i] == all); ++i) all.end = std::max(all.end, marks[i].end);
        if (!unit.contains(all)) continue;
        line += plain(Span{at, all.begin}.of(text)) + "【" + plain(all.of(text)) + "】";
        at = all.end;
    }
    return line + plain(Span{at, unit.end}.of(text));
}

std::string explanation_text(const Explanation& explanation, const Transcript& transcript, const Codebook& codebook, std::optional<CodeId> code) {
    return TextWriter(explanation, transcript, codebook, code).write();
}

std::string explanation_json(const Explanation& explanation, const Transcript& transcript, const Codebook& codebook, std::optional<CodeId> code) {
    const CodePointIndex index(transcript.text);
    const auto places = [&](const std::vector<Span>& spans) {
        Json list = Json::array();
        for (const Span& span : spans) list.push_back({{"start", index.to_character(span.begin).value}, {"end", index.to_character(span.end).value}, {"text", std::string(span.of(transcript.text))}});
        return list;
    };
    const auto rule_json = [&](RuleName name) {
        const Code& entry = codebook.codes()[name.code];
        return Json{{"code", entry.id}, {"rule", name.rule}, {"query", query::print(entry.rules[name.rule - 1].query)}};
    };
    const Speaker& speaker = transcript.speakers[transcript.turns[explanation.turn - 1].speaker];
    Json object = {{"document", transcript.id}, {"turn", explanation.turn}, {"participant", speaker.interviewer ? "" : speaker.participant}, {"interviewer_not_coded", explanation.interviewer}};
    if (code) {
        object["code"] = codebook.code(*code).id;
        object["not_for_this_speaker"] = explanation.other_speaker;
    }
    object["units"] = Json::array();
    for (const ExplainedUnit& unit : explanation.units) {
        Json entry = {{"unit", std::string(name_of(unit.kind))}, {"start", index.to_character(unit.span.begin).value}, {"end", index.to_character(unit.span.end).value}};
        if (unit.kind != UnitKind::document) entry["text"] = std::string(unit.span.of(transcript.text));
        entry["fired"] = Json::array();
        for (const FiredRule& fired : unit.fired) {
            Json rule = rule_json(fired.rule);
            rule["decides"] = fired.decides;
            rule["evidence"] = places(fired.evidence);
            entry["fired"].push_back(std::move(rule));
        }
        if (code) entry["silent"] = Json::array();
        for (const SilentRule& silent : unit.silent) {
            Json rule = rule_json(silent.rule);
            rule["parts"] = Json::array();
            for (const RulePart& part : silent.parts) {
                Json node = {{"depth", part.depth}, {"query", part.query}, {"state", std::string(name_of(part.state))}, {"places", places(part.places)}};
                if (part.state == PartState::too_far) {
                    node["gap"] = part.gap;
                    node["limit"] = part.limit;
                }
                rule["parts"].push_back(std::move(node));
            }
            entry["silent"].push_back(std::move(rule));
        }
        object["units"].push_back(std::move(entry));
    }
    return object.dump(2) + "\n";
}

}  // namespace fangtan::analysis
