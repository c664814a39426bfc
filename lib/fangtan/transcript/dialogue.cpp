// SPDX-License-Identifier: Apache-2.0
#include "fangtan/transcript/dialogue.hpp"

#include <algorithm>
#include <cstring>
#include <optional>
#include <unordered_map>

#include "fangtan/text/boundary.hpp"
#include "fangtan/text/character.hpp"
#include "fangtan/text/fold.hpp"
#include "fangtan/text/utf8.hpp"
#include "fangtan/transcript/label.hpp"

namespace fangtan::transcript {
namespace {

constexpr std::size_t kHeaderValueMaximum = 30;  // characters of a value that is no speech

// What is known of one name before a colon.
struct Name {
    std::string plain;
    LabelKind kind = LabelKind::unknown;
    bool certain = false;       // a label even if it stands once
    std::uint32_t lines = 0;    // how often it begins a line after the header
    std::uint32_t speaker = 0;  // index + 1 once it has spoken
    const DeclaredSpeaker* declared = nullptr;
};

struct LabelLine {
    std::uint32_t line;  // byte where the line begins
    LabelShape shape;
    std::uint32_t name;  // index into names
};

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
        : transcript_(transcript), text_(transcript.text), stem_(stem), options_(options) {}

    void run() {
        body_ = front_matter();
        find_label_lines();
        read_header();
        count_names();
        decide_participant();
        make_turns();
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

    // `---`, key: value lines, `---` at the very start; the byte after it.
    std::uint32_t front_matter() {
        if (!text_.starts_with("---\n")) return 0;
        std::uint32_t at = 4;
        std::vector<std::pair<std::string, std::string>> found;
        while (at < size()) {
            const std::uint32_t end = line_end(at);
            const std::string_view line = text_.substr(at, end - at);
            if (line == "---" || line == "...") {
                transcript_.metadata = std::move(found);
                return std::min(end + 1, size());
            }
            const std::size_t colon = line.find(':');
            if (colon == std::string_view::npos && !trimmed(text_, span_of(at, end)).empty()) return 0;
            if (colon != std::string_view::npos) {
                const auto middle = at + static_cast<std::uint32_t>(colon);
                std::string value(trimmed(text_, span_of(middle + 1, end)).of(text_));
                if (value.size() >= 2 && (value[0] == '"' || value[0] == '\'') && value.back() == value[0]) value = value.substr(1, value.size() - 2);
                found.emplace_back(trimmed(text_, span_of(at, middle)).of(text_), std::move(value));
            }
            at = end + 1;
        }
        return 0;
    }

    std::uint32_t name_number(std::string_view written) {
        const auto [entry, added] = name_numbers_.try_emplace(written, static_cast<std::uint32_t>(names_.size()));
        if (!added) return entry->second;
        Name name;
        name.plain = plain_label(written);
        name.kind = kind_of_label(written);
        for (const DeclaredSpeaker& declared : options_.declared) {
            if (plain_label(declared.label) == name.plain) name.declared = &declared;
        }
        const bool listed = options_.participants != nullptr && options_.participants->find(name.plain) != nullptr;
        if (listed && name.kind != LabelKind::interviewer) name.kind = LabelKind::participant_id;
        name.certain = name.declared != nullptr || name.kind == LabelKind::interviewer || name.kind == LabelKind::respondent ||
                       name.kind == LabelKind::participant_id;
        names_.push_back(std::move(name));
        return entry->second;
    }

    // A dialogue repeats a handful of labels: a line that begins like an earlier one, up to the colon and with a Han
    // character behind it, is understood like it.
    struct KnownStart {
        std::string_view bytes;   // name and colon
        std::uint32_t name_size;
        std::uint32_t name;
    };

    [[nodiscard]] bool han_stands_at(std::uint32_t at) const { return at < size() && static_cast<unsigned char>(text_[at]) >= 0xE4; }

    bool known_label(std::uint32_t line) {
        for (const KnownStart& start : known_starts_) {
            const std::uint32_t body = line + static_cast<std::uint32_t>(start.bytes.size());
            if (!text_.substr(line).starts_with(start.bytes) || !han_stands_at(body)) continue;
            lines_.push_back({line, {span_of(line, line + start.name_size), {}, body}, start.name});
            return true;
        }
        return false;
    }

    void remember_start(const LabelLine& line) {
        constexpr std::size_t kRemembered = 8;
        const LabelShape& shape = line.shape;
        const bool name_and_colon_only = shape.name.begin.value == line.line && shape.role.empty() && shape.body - shape.name.end.value == colon_length(text_, shape.name.end.value);
        if (!name_and_colon_only || !han_stands_at(shape.body) || known_starts_.size() >= kRemembered) return;
        known_starts_.push_back({text_.substr(line.line, shape.body - line.line), shape.name.size(), line.name});
    }

    void find_label_lines() {
        for (std::uint32_t at = body_; at < size();) {
            const std::uint32_t end = line_end(at);
            if (!known_label(at)) {
                if (const auto shape = label_shape(text_, at, end)) {
                    lines_.push_back({at, *shape, name_number(shape->name.of(text_))});
                    remember_start(lines_.back());
                }
            }
            at = end + 1;
        }
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

    [[nodiscard]] bool speaks(const Name& name) const { return name.certain || (name.kind == LabelKind::unknown && name.lines >= 2); }

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
        if (any) return close_turn(size());
        whole_text_is_one_turn();
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

    void whole_text_is_one_turn() {
        const Span body = trimmed(text_, span_of(plain_text_begins(), size()));
        if (body.empty()) return;
        Speaker speaker;
        if (has_identity_) speaker.participant = participant_;
        transcript_.speakers.push_back(std::move(speaker));
        transcript_.turns.push_back({0, body});
    }

    void close_turn(std::uint32_t end) {
        Turn& turn = transcript_.turns.back();
        const Span body = trimmed(text_, span_of(turn.body.begin.value, std::max(end, turn.body.begin.value)));
        turn.body = body.empty() ? span_of(turn.body.begin.value, turn.body.begin.value) : body;
        if (!options_.declared.empty()) split_at_declared();
    }

    // 记者：…受访者：… on one line: a declared label after a blank or punctuation begins a turn of its own.
    void split_at_declared() {
        for (std::uint32_t at = transcript_.turns.back().body.begin.value; at < transcript_.turns.back().body.end.value; at += utf8::length(text_[at])) {
            const Span body = transcript_.turns.back().body;
            if (at == body.begin.value) continue;
            const char32_t before = utf8::before(text_, at);
            if (!is_white_space(before) && !is_punctuation(before)) continue;
            const auto shape = label_shape(text_, at, line_end(at));
            if (!shape || shape->name.begin.value != at) continue;
            const std::uint32_t number = name_number(shape->name.of(text_));
            if (names_[number].declared == nullptr) continue;
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
    std::uint32_t body_ = 0;        // after the front matter
    std::unordered_map<std::string_view, std::uint32_t> name_numbers_;
    std::vector<Name> names_;
    std::vector<LabelLine> lines_;
    std::vector<KnownStart> known_starts_;
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

}  // namespace fangtan::transcript
