// SPDX-License-Identifier: Apache-2.0
#include "fangtan/transcript/dialogue.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <optional>

#include "fangtan/text/boundary.hpp"
#include "fangtan/text/character.hpp"
#include "fangtan/text/fold.hpp"
#include "fangtan/text/utf8.hpp"
#include "fangtan/transcript/front_matter.hpp"
#include "fangtan/transcript/indentation.hpp"
#include "fangtan/transcript/label.hpp"
#include "fangtan/transcript/label_lines.hpp"

namespace fangtan::transcript {
namespace {

constexpr std::size_t kHeaderValueMaximum = 30;  // characters of a value that is no speech

bool is_markdown_heading(std::string_view line) {
    const std::size_t signs = std::min(line.find_first_not_of('#'), line.size());
    return signs >= 1 && signs <= 6 && signs < line.size() && line[signs] == ' ';
}

bool is_closing_line(std::string_view line) {
    static constexpr std::array<std::string_view, 6> kBeginnings = {"以上内容由ai", "以上内容为ai", "本内容由ai", "内容由ai生成", "本文由ai", "以上文字由ai"};
    constexpr std::size_t kLongest = 120;  // bytes
    if (line.size() > kLongest) return false;
    const std::string folded = fold(line);
    return std::any_of(kBeginnings.begin(), kBeginnings.end(), [&](std::string_view beginning) { return folded.starts_with(beginning); });
}

bool holds_end_mark(std::string_view value) {
    for (std::size_t i = 0; i < value.size(); i += utf8::length(value[i])) {
        switch (utf8::at(value, i)) {
            case U'。':
            case U'？':
            case U'！':
            case U'?':
            case U'!':
            case U'…': return true;
            default: break;
        }
    }
    return false;
}

bool holds_sentence(std::string_view value) {
    return utf8::count(value) > kHeaderValueMaximum || holds_end_mark(value) || value.find("，") != std::string_view::npos;
}

// The participant id in "P1", "P1（民警）", "2022-03_P3_访谈"; letters and digits around it rule it out.
std::optional<std::string> id_inside(std::string_view text, const ParticipantTable* known) {
    const std::string plain = plain_label(text);
    std::optional<std::string> first;
    for (std::size_t i = 0; i < plain.size(); ++i) {
        if (i > 0 && is_word_character(utf8::before(plain, i))) continue;
        for (std::size_t length = std::min<std::size_t>(7, plain.size() - i); length >= 2; --length) {
            const std::string_view candidate = std::string_view(plain).substr(i, length);
            const std::size_t end = i + length;
            if (!is_participant_id(candidate) || (end < plain.size() && is_word_character(utf8::at(plain, end)))) continue;
            if (known == nullptr || known->empty() || known->find(candidate) != nullptr) return std::string(candidate);
            if (!first) first = std::string(candidate);
            break;
        }
    }
    return first;
}

class DialogueParser {
 public:
    DialogueParser(Transcript& transcript, std::string_view stem, const DialogueOptions& options)
        : transcript_(transcript), text_(transcript.text), stem_(stem), options_(options), finder_(text_, declared_, options.participants) {}

    void run() {
        body_ = read_front_matter(text_, transcript_.metadata);
        declared_ = options_.declared;
        has_number_signs_ = text_.find('#') != std::string_view::npos;
        declare_front_matter();
        end_ = before_closing_lines();
        if (declares_indentation(options_)) return find_indented_turns(transcript_, body_, options_);
        LabelLines found = finder_.find(body_);
        lines_ = std::move(found.lines);
        names_ = std::move(found.names);
        timed_ = found.timed;
        read_header();
        count_names();
        decide_participant();
        make_turns();
    }

    void run_plain() {
        body_ = read_front_matter(text_, transcript_.metadata);
        end_ = before_closing_lines();
        decide_participant();
        whole_text_is_one_turn(body_);
    }

 private:
    [[nodiscard]] std::uint32_t size() const { return static_cast<std::uint32_t>(text_.size()); }
    [[nodiscard]] std::uint32_t line_end(std::uint32_t begin) const {
        const void* feed = std::memchr(text_.data() + begin, '\n', text_.size() - begin);
        return feed == nullptr ? size() : static_cast<std::uint32_t>(static_cast<const char*>(feed) - text_.data());
    }
    [[nodiscard]] std::string value_of(const LabelLine& line) const {
        return std::string(trimmed(text_, span_of(line.shape.body, line_end(line.line))).of(text_));
    }

    [[nodiscard]] bool next_is_metadata(std::size_t i) const {
        return i + 1 < lines_.size() && names_[lines_[i + 1].name].kind == LabelKind::metadata_key &&
               line_end(lines_[i].line) + 1 == lines_[i + 1].line;
    }

    // Header lines are those before the first label that speaks. `受访者：P1` is one, and so is a short
    // 访谈者：… in the same block as 时间：….
    void read_header() {
        bool in_block = false;
        std::uint32_t last_end = body_;
        for (; first_spoken_ < lines_.size(); ++first_spoken_) {
            const LabelLine& line = lines_[first_spoken_];
            const Name& name = names_[line.name];
            if (line.shape.form != LabelForm::colon) break;
            if (first_spoken_ > 0 && line.line != last_end) in_block = false;
            const std::string value = value_of(line);
            if (name.certain) {
                const bool respondent = name.kind == LabelKind::respondent;
                const auto id = id_inside(value, options_.participants);
                // P1（民警，男）: behind the id may stand more about the person.
                const bool describes = id && plain_label(value).starts_with(*id) && utf8::count(value) <= kHeaderValueMaximum && !holds_end_mark(value);
                const bool names_somebody = respondent && id && (describes || (utf8::count(value) <= 20 && !holds_sentence(value)));
                const bool in_header_block = (in_block || next_is_metadata(first_spoken_)) && !value.empty() && !holds_sentence(value) &&
                                             name.kind != LabelKind::participant_id;
                if (!names_somebody && !in_header_block) break;
            } else if (name.kind == LabelKind::unknown && recurs_after(first_spoken_)) {
                if (!(in_block && !value.empty() && !holds_sentence(value))) break;
            }
            in_block = in_block || name.kind == LabelKind::metadata_key;
            if (name.kind != LabelKind::never) transcript_.metadata.emplace_back(name.plain, value);
            last_end = line_end(line.line) + 1;
        }
    }

    [[nodiscard]] bool recurs_after(std::size_t i) const {
        return std::any_of(lines_.begin() + static_cast<std::ptrdiff_t>(i) + 1, lines_.end(), [&](const LabelLine& line) { return line.name == lines_[i].name; });
    }

    void count_names() {
        for (std::size_t i = first_spoken_; i < lines_.size(); ++i) ++names_[lines_[i].name].lines;
    }

    [[nodiscard]] bool speaks(const Name& name) const {
        if (only_declared_) return name.declared != nullptr;
        return name.certain || (name.kind == LabelKind::unknown && name.lines >= 2 && !timed_);
    }

    // Files that `import` wrote say themselves whose the labels are.
    void declare_front_matter() {
        for (const auto& [key, value] : transcript_.metadata) {
            if (key != "speakers") continue;
            bool good = false;
            only_declared_ = true;
            for (DeclaredSpeaker& speaker : parse_declared(value, good)) {
                speaker.inside_lines = false;
                const bool known = std::any_of(declared_.begin(), declared_.end(), [&](const DeclaredSpeaker& entry) { return entry.label == speaker.label; });
                if (!known && !speaker.label.empty()) declared_.push_back(std::move(speaker));
            }
        }
    }

    // 以上内容由AI生成，仅供参考: what a service writes under its transcript is nobody's speech.
    std::uint32_t before_closing_lines() {
        std::uint32_t end = size();
        while (end > body_) {
            std::uint32_t last = end;
            const Span rest = trimmed(text_, span_of(body_, end));
            if (rest.empty()) break;
            last = rest.end.value;
            const std::size_t feed = text_.rfind('\n', last - 1);
            const std::uint32_t begin = feed == std::string_view::npos || feed < body_ ? body_ : static_cast<std::uint32_t>(feed) + 1;
            if (!is_closing_line(text_.substr(begin, last - begin))) break;
            const auto number = 1 + std::count(text_.begin(), text_.begin() + begin, '\n');
            transcript_.left_out.push_back({"closing line of the service", "line " + std::to_string(number)});
            end = begin;
        }
        return end;
    }

    // Whose 答：/A：/受访者： turns these are.
    void decide_participant() {
        std::optional<std::string> numbered;
        std::optional<std::string> described;
        std::optional<std::string> named;
        for (const auto& [key, value] : transcript_.metadata) {
            const std::string folded = fold(key);
            const bool is_number = folded == "编号" || folded == "受访者编号" || folded == "participant" || folded == "id" || folded == "participant id";
            if (!is_number && kind_of_label(key) != LabelKind::respondent) continue;
            const auto id = id_inside(value, options_.participants);
            if (id && is_number && !numbered) numbered = id;
            if (id && !is_number && !described) described = id;
            if (!named && !value.empty()) named = plain_label(value.substr(0, value.find("（")));
        }
        const auto from_file = id_inside(stem_, options_.participants);
        has_identity_ = numbered || described || from_file || named;
        participant_ = numbered ? *numbered : described ? *described : from_file ? *from_file : named ? *named : std::string(stem_);
    }

    std::uint32_t speaker_of(Name& name, Span role) {
        if (name.speaker == 0) {
            Speaker speaker;
            speaker.label = name.plain;
            speaker.interviewer = name.declared != nullptr && name.declared->interviewer;
            if (name.declared != nullptr && (!name.declared->participant.empty() || speaker.interviewer)) {
                speaker.participant = name.declared->participant;
            } else if (name.kind == LabelKind::interviewer) {
                speaker.interviewer = true;
            } else if (name.kind == LabelKind::respondent && !is_numbered_respondent(name.plain)) {
                speaker.participant = participant_;
            } else {
                speaker.participant = name.plain;
            }
            transcript_.speakers.push_back(std::move(speaker));
            name.speaker = static_cast<std::uint32_t>(transcript_.speakers.size());
        }
        Speaker& speaker = transcript_.speakers[name.speaker - 1];
        if (speaker.role.empty() && !role.empty()) speaker.role = std::string(role.of(text_));
        return name.speaker - 1;
    }

    void make_turns() {
        bool any = false;
        for (std::size_t i = first_spoken_; i < lines_.size(); ++i) {
            const LabelLine& line = lines_[i];
            if (!speaks(names_[line.name])) continue;
            if (any) close_turn(line.line);
            any = true;
            transcript_.turns.push_back({speaker_of(names_[line.name], line.shape.role), span_of(line.shape.body, line.shape.body)});
        }
        if (any) return close_turn(end_);
        whole_text_is_one_turn(only_declared_ ? body_ : plain_text_begins());
    }

    // In a text without labels only unmistakable lines at its top are header: known keys with short values, perhaps
    // under a title. Anything else is text: what is not read as header can be looked at, what is lost cannot.
    [[nodiscard]] std::uint32_t plain_text_begins() const {
        std::uint32_t begin = body_;
        std::size_t next_label = 0;
        bool title = false;
        for (std::uint32_t at = body_; at < size();) {
            const std::uint32_t end = line_end(at);
            const Span line = trimmed(text_, span_of(at, end));
            while (next_label < lines_.size() && lines_[next_label].line < at) ++next_label;
            const bool labelled = next_label < lines_.size() && lines_[next_label].line == at;
            const LabelKind kind = labelled ? names_[lines_[next_label].name].kind : LabelKind::unknown;
            const bool key = kind == LabelKind::metadata_key || kind == LabelKind::respondent || kind == LabelKind::interviewer;
            if (key && !holds_sentence(value_of(lines_[next_label]))) {
                begin = std::min(end + 1, size());
            } else if (!line.empty()) {
                if (title || begin != body_ || labelled || holds_sentence(line.of(text_))) return begin;
                title = true;
            }
            at = end + 1;
        }
        return begin;
    }

    void whole_text_is_one_turn(std::uint32_t begin) {
        const Span body = trimmed(text_, span_of(std::min(begin, end_), end_));
        if (body.empty()) return;
        Speaker speaker;
        if (has_identity_) speaker.participant = participant_;
        transcript_.speakers.push_back(std::move(speaker));
        transcript_.turns.push_back({0, body});
    }

    void close_turn(std::uint32_t end) {
        Turn& turn = transcript_.turns.back();
        const Span body = trimmed(text_, span_of(turn.body.begin.value, std::max(end, turn.body.begin.value)));
        const Span spoken = without_time_behind(body);
        turn.body = spoken.empty() ? span_of(turn.body.begin.value, turn.body.begin.value) : spoken;
        if (has_number_signs_) split_at_headings();
        const bool inside = std::any_of(declared_.begin(), declared_.end(), [](const DeclaredSpeaker& speaker) { return speaker.inside_lines; });
        if (inside) split_at_declared();
    }

    // f4 and MAXQDA write the time behind a turn: … #00:01:02-3#
    [[nodiscard]] Span without_time_behind(Span body) const {
        const std::string_view text = body.of(text_);
        if (!text.ends_with('#') || text.size() < 2) return body;
        const std::size_t open = text.rfind('#', text.size() - 2);
        if (open == std::string_view::npos) return body;
        const std::uint32_t begin = body.begin.value + static_cast<std::uint32_t>(open);
        if (behind_time(text_, begin, body.end.value) != body.end.value) return body;
        return trimmed(text_, span_of(body.begin.value, begin));
    }

    // A Markdown heading between turns is nobody's speech; what follows it without a label goes on with the speaker.
    void split_at_headings() {
        const Turn turn = transcript_.turns.back();
        if (turn.body.of(text_).find("\n#") == std::string_view::npos) return;
        transcript_.turns.pop_back();
        std::uint32_t begin = turn.body.begin.value;
        const auto add = [&](std::uint32_t end) {
            const Span part = trimmed(text_, span_of(begin, end));
            if (!part.empty() || begin == turn.body.begin.value) transcript_.turns.push_back({turn.speaker, part.empty() ? span_of(begin, begin) : part});
        };
        for (std::uint32_t at = begin; at < turn.body.end.value;) {
            const std::uint32_t end = std::min(line_end(at), turn.body.end.value);
            if (is_markdown_heading(text_.substr(at, end - at))) {
                add(at);
                begin = end;
            }
            at = end + 1;
        }
        add(turn.body.end.value);
    }

    // 记者：…受访者：… on one line: a declared label after a blank or punctuation begins a turn of its own.
    void split_at_declared() {
        for (std::uint32_t at = transcript_.turns.back().body.begin.value; at < transcript_.turns.back().body.end.value; at += utf8::length(text_[at])) {
            const Span body = transcript_.turns.back().body;
            if (at == body.begin.value) continue;
            const char32_t before = utf8::before(text_, at);
            if (!is_white_space(before) && !is_punctuation(before)) continue;
            const auto shape = label_shape(text_, at, line_end(at));
            if (!shape || shape->form != LabelForm::colon || shape->name.begin.value != at) continue;
            const std::uint32_t number = finder_.name_number(shape->name.of(text_), names_);
            if (names_[number].declared == nullptr || !names_[number].declared->inside_lines) continue;
            const Span head = trimmed(text_, span_of(body.begin.value, at));
            transcript_.turns.back().body = head;
            const Span rest = trimmed(text_, span_of(std::min(shape->body, body.end.value), body.end.value));
            transcript_.turns.push_back({speaker_of(names_[number], shape->role), rest});
            at = shape->body - 1;
            while (utf8::is_continuation(text_[at])) --at;
        }
    }

    Transcript& transcript_;
    std::string_view text_;
    std::string_view stem_;
    const DialogueOptions& options_;
    std::vector<DeclaredSpeaker> declared_;
    LabelFinder finder_;
    std::uint32_t body_ = 0;        // after the front matter
    std::uint32_t end_ = 0;         // before what stands under the transcript
    std::vector<Name> names_;
    std::vector<LabelLine> lines_;
    bool has_number_signs_ = false; // somewhere in the text: there may be headings
    bool only_declared_ = false;    // the front matter names all labels
    bool timed_ = false;            // labels stand with times on lines of their own
    std::size_t first_spoken_ = 0;  // index into lines_: the first one that is not header
    std::string participant_;
    bool has_identity_ = false;
};

}  // namespace

std::vector<DeclaredSpeaker> parse_declared(std::string_view list, bool& good) {
    std::vector<DeclaredSpeaker> speakers;
    good = true;
    std::size_t at = 0;
    while (at <= list.size()) {
        const std::size_t ascii = std::min(list.find(',', at), list.size());
        const std::size_t wide = std::min(list.find("，", at), list.size());
        const std::size_t end = std::min(ascii, wide);
        const std::string_view item = list.substr(at, end - at);
        const std::size_t equals = item.find('=');
        DeclaredSpeaker speaker;
        speaker.label = plain_label(item.substr(0, equals));
        if (equals != std::string_view::npos) {
            speaker.participant = plain_label(item.substr(equals + 1));
            good = good && !speaker.participant.empty();
            speaker.interviewer = kind_of_label(speaker.participant) == LabelKind::interviewer;
            if (speaker.interviewer) speaker.participant.clear();
        }
        good = good && !speaker.label.empty();
        speakers.push_back(std::move(speaker));
        at = end + (end == wide && wide < list.size() ? 3 : 1);
    }
    return speakers;
}

void find_turns(Transcript& transcript, std::string_view stem, const DialogueOptions& options) {
    DialogueParser(transcript, stem, options).run();
}

void find_one_turn(Transcript& transcript, std::string_view stem, const DialogueOptions& options) {
    DialogueParser(transcript, stem, options).run_plain();
}

}  // namespace fangtan::transcript
