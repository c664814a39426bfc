// SPDX-License-Identifier: Apache-2.0
#include "fangtan/transcript/label_lines.hpp"

#include <algorithm>
#include <cstring>
#include <set>

#include "fangtan/text/boundary.hpp"

namespace fangtan::transcript {

LabelFinder::LabelFinder(std::string_view text, const std::vector<DeclaredSpeaker>& declared, const ParticipantTable* participants)
    : text_(text), declared_(declared), participants_(participants) {}

std::uint32_t LabelFinder::line_end(std::uint32_t begin) const {
    const void* feed = begin < text_.size() ? std::memchr(text_.data() + begin, '\n', text_.size() - begin) : nullptr;
    return static_cast<std::uint32_t>(feed == nullptr ? text_.size() : static_cast<std::size_t>(static_cast<const char*>(feed) - text_.data()));
}

std::uint32_t LabelFinder::name_number(std::string_view written, std::vector<Name>& names) {
    const auto [entry, added] = name_numbers_.try_emplace(written, static_cast<std::uint32_t>(names.size()));
    if (!added) return entry->second;
    Name name;
    name.plain = plain_label(written);
    name.kind = kind_of_label(written);
    for (const DeclaredSpeaker& declared : declared_) {
        if (declared.label == name.plain) name.declared = &declared;
    }
    const bool listed = participants_ != nullptr && participants_->find(name.plain) != nullptr;
    if (listed && name.kind != LabelKind::interviewer) name.kind = LabelKind::participant_id;
    name.certain = name.declared != nullptr || name.kind == LabelKind::interviewer || name.kind == LabelKind::respondent ||
                   name.kind == LabelKind::participant_id;
    names.push_back(std::move(name));
    return entry->second;
}

bool LabelFinder::han_stands_at(std::uint32_t at) const { return at < text_.size() && static_cast<unsigned char>(text_[at]) >= 0xE4; }

bool LabelFinder::known_label(std::uint32_t line, LabelLines& found) const {
    for (const KnownStart& start : known_starts_) {
        const std::uint32_t body = line + static_cast<std::uint32_t>(start.bytes.size());
        if (!text_.substr(line).starts_with(start.bytes) || !han_stands_at(body)) continue;
        found.lines.push_back({line, {span_of(line, line + start.name_size), {}, body}, start.name});
        return true;
    }
    return false;
}

void LabelFinder::remember_start(const LabelLine& line) {
    constexpr std::size_t kRemembered = 8;
    const LabelShape& shape = line.shape;
    const bool name_and_colon_only = shape.form == LabelForm::colon && shape.name.begin.value == line.line && shape.role.empty() &&
                                     shape.body - shape.name.end.value == colon_length(text_, shape.name.end.value);
    if (!name_and_colon_only || !han_stands_at(shape.body) || known_starts_.size() >= kRemembered) return;
    known_starts_.push_back({text_.substr(line.line, shape.body - line.line), shape.name.size(), line.name});
}

LabelLines LabelFinder::find(std::uint32_t begin) {
    LabelLines found;
    for (std::uint32_t at = begin; at < text_.size();) {
        std::uint32_t end = line_end(at);
        if (!known_label(at, found)) {
            std::optional<LabelShape> shape = name_over_time(at, end);
            if (shape) {
                end = line_end(shape->body);
            } else {
                shape = label_shape(text_, at, end);
            }
            if (shape) {
                found.lines.push_back({at, *shape, name_number(shape->name.of(text_), found.names)});
                remember_start(found.lines.back());
            }
        }
        at = end + 1;
    }
    judge_forms(found);
    judge_questions(found);
    return found;
}

// 张三 / 00:01:23 text: the name on one line, the time before the text on the next.
std::optional<LabelShape> LabelFinder::name_over_time(std::uint32_t line, std::uint32_t end) {
    const std::uint32_t next = end + 1;
    const auto may_begin_time = [](char c) { return (c >= '0' && c <= '9') || c == '[' || c == '#' || c == '('; };
    if (next >= text_.size() || !may_begin_time(text_[next])) return std::nullopt;
    const std::uint32_t next_end = line_end(next);
    const std::uint32_t body = behind_time(text_, next, next_end);
    if (body == next || body == next_end) return std::nullopt;
    const Span name = name_alone(text_, line, end);
    if (name.empty() || !names_stand_over_times()) return std::nullopt;
    return LabelShape{name, {}, body, LabelForm::timed, true, false};
}

// The lines over times repeat a few names, while what stands behind the times does not. (Where names stand behind the
// times it is the other way about.)
bool LabelFinder::names_stand_over_times() {
    if (names_over_times_) return *names_over_times_;
    std::set<std::string_view> above;
    std::set<std::string_view> behind;
    std::size_t pairs = 0;
    std::uint32_t before = 0;
    for (std::uint32_t at = 0; at < text_.size();) {
        const std::uint32_t end = line_end(at);
        const std::uint32_t body = behind_time(text_, at, end);
        if (at > 0 && body != at && body != end) {
            const Span name = name_alone(text_, before, at - 1);
            if (!name.empty()) {
                ++pairs;
                above.insert(name.of(text_));
                behind.insert(text_.substr(body, end - body));
            }
        }
        before = at;
        at = end + 1;
    }
    names_over_times_ = pairs >= 2 && above.size() < behind.size() && 2 * above.size() <= pairs + 1;
    return *names_over_times_;
}

// A word and a time on a line of their own: 张三 00:12:34, but also 出发 09:00 in a log of a day. They are labels if a
// service wrote them, if the same few words recur, or if all times have seconds and stand over a text.
bool LabelFinder::times_are_labels(const LabelLines& found) const {
    std::set<std::uint32_t> names;
    std::size_t lines = 0;
    bool all_over_text = true;
    for (std::size_t i = 0; i < found.lines.size(); ++i) {
        const LabelLine& line = found.lines[i];
        const Name& name = found.names[line.name];
        if (line.shape.form != LabelForm::timed || name.kind == LabelKind::metadata_key || name.kind == LabelKind::never) continue;
        if (is_service_label(name.plain) || line.shape.body > line_end(line.line)) return true;
        ++lines;
        names.insert(line.name);
        const std::uint32_t next = line_end(line.shape.body) + 1;
        const bool another = i + 1 < found.lines.size() && found.lines[i + 1].line == next && found.lines[i + 1].shape.form == LabelForm::timed;
        all_over_text = all_over_text && line.shape.has_seconds && !another;
    }
    return lines >= 2 && (2 * names.size() <= lines || all_over_text);
}

void LabelFinder::judge_forms(LabelLines& found) const {
    const auto is_nobody = [&](const LabelLine& line) {
        const LabelKind kind = found.names[line.name].kind;
        return kind == LabelKind::metadata_key || kind == LabelKind::never;
    };
    std::size_t alone = 0;
    std::size_t questions = 0;
    std::size_t answers = 0;
    for (const LabelLine& line : found.lines) {
        alone += line.shape.form == LabelForm::alone || line.shape.form == LabelForm::bracketed ? 1 : 0;
        if (line.shape.form == LabelForm::numbered) ++(text_[line.shape.name.begin.value] == 'Q' ? questions : answers);
    }
    const bool timed = times_are_labels(found);
    std::erase_if(found.lines, [&](const LabelLine& line) {
        switch (line.shape.form) {
            case LabelForm::colon: return false;
            case LabelForm::timed: return is_nobody(line) || !timed;
            case LabelForm::numbered: return questions == 0 || answers == 0;
            case LabelForm::bracketed:
            case LabelForm::alone: break;
        }
        return alone < 2;
    });
    // 张三（00:12:34）：… needs no second one of its name if others stand like it.
    const auto is_with_time = [&](const LabelLine& line) { return line.shape.form == LabelForm::colon && line.shape.has_time && !is_nobody(line); };
    const bool several_with_time = std::count_if(found.lines.begin(), found.lines.end(), is_with_time) >= 2;
    for (const LabelLine& line : found.lines) {
        if (line.shape.form == LabelForm::timed || (several_with_time && is_with_time(line))) found.names[line.name].certain = true;
        found.timed = found.timed || line.shape.form == LabelForm::timed;
    }
}

// Q1 and A1, Q2 and A2 … are questions and answers, not participants: one label each.
void LabelFinder::judge_questions(LabelLines& found) const {
    const auto is_numbered_letter = [](const Name& name, char letter) {
        return name.declared == nullptr && name.plain.size() > 1 && name.plain[0] == letter && name.plain.find_first_not_of("0123456789", 1) == std::string::npos;
    };
    std::optional<std::uint32_t> first[2];
    std::set<std::uint32_t> members[2];
    for (std::uint32_t i = 0; i < found.names.size(); ++i) {
        for (int which = 0; which < 2; ++which) {
            if (!is_numbered_letter(found.names[i], which == 0 ? 'Q' : 'A')) continue;
            const bool listed = participants_ != nullptr && participants_->find(found.names[i].plain) != nullptr;
            if (listed) return;
            if (!first[which]) first[which] = i;
            members[which].insert(i);
        }
    }
    if (!first[0] || !first[1]) return;
    for (LabelLine& line : found.lines) {
        for (int which = 0; which < 2; ++which) {
            if (members[which].contains(line.name)) line.name = *first[which];
        }
    }
    found.names[*first[0]].plain = "Q";
    found.names[*first[0]].kind = LabelKind::interviewer;
    found.names[*first[1]].plain = "A";
    found.names[*first[1]].kind = LabelKind::respondent;
}

}  // namespace fangtan::transcript
