// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cstdio>
#include <map>

#include "fangtan/reader/subtitle_cue.hpp"
#include "fangtan/reader/subtitle_label.hpp"
#include "fangtan/text/utf8.hpp"
#include "fangtan/transcript/label.hpp"

namespace fangtan::reader::subtitle {
namespace {

using transcript::LabelKind;
using transcript::LabelShape;

constexpr std::int64_t kPause = 2000;          // milliseconds that part two paragraphs
constexpr std::size_t kLongParagraph = 400;    // characters

std::optional<LabelShape> shape_of(std::string_view line) {
    const auto shape = transcript::label_shape(line, 0, static_cast<std::uint32_t>(line.size()));
    return shape && shape->form == transcript::LabelForm::colon ? shape : std::nullopt;
}

std::string clock(std::int64_t milliseconds) {
    const long long seconds = milliseconds / 1000;
    char buffer[40];
    std::snprintf(buffer, sizeof buffer, "[%02lld:%02lld:%02lld] ", seconds / 3600, seconds / 60 % 60, seconds % 60);
    return buffer;
}

bool ends_sentence(std::string_view text) {
    while (!text.empty()) {
        const char32_t c = utf8::before(text, text.size());
        const bool closes = c == U'”' || c == U'’' || c == U'」' || c == U'』' || c == U'）' || c == U')' || c == U'"';
        if (!closes) return c == U'。' || c == U'！' || c == U'？' || c == U'…' || c == U'.' || c == U'!' || c == U'?' || c == U'；';
        std::size_t size = 1;
        while (utf8::is_continuation(text[text.size() - size])) ++size;
        text.remove_suffix(size);
    }
    return false;
}

class TurnMaker {
 public:
    TurnMaker(const std::vector<Cue>& cues, Extracted& extracted) : cues_(cues), extracted_(extracted), labels_(extracted) {}

    void run() {
        count_names();
        for (const Cue& cue : cues_) {
            for (const CueLine& line : cue.lines) add(cue, line);
        }
        end_turn();
    }

 private:
    // Whoever is marked by the format need not recur; a name that only stands before a colon must.
    void count_names() {
        for (const Cue& cue : cues_) {
            for (const CueLine& line : cue.lines) {
                if (!line.voice.empty()) {
                    names_[transcript::plain_label(line.voice)] += 2;
                    any_speaker_ = true;
                } else if (const auto shape = shape_of(line.text)) {
                    ++names_[transcript::plain_label(shape->name.of(line.text))];
                }
            }
        }
        for (const auto& [name, lines] : names_) any_speaker_ = any_speaker_ || speaks(name, lines);
    }

    static bool speaks(const std::string& name, std::size_t lines) {
        switch (transcript::kind_of_label(name)) {
            case LabelKind::interviewer:
            case LabelKind::respondent:
            case LabelKind::participant_id: return true;
            case LabelKind::unknown: return lines >= 2;
            case LabelKind::metadata_key:
            case LabelKind::never: return false;
        }
        return false;
    }

    void add(const Cue& cue, const CueLine& line) {
        if (!any_speaker_) return add_to_paragraph(cue, line.text);
        if (!line.voice.empty()) return speak(cue, line.voice, line.text);
        if (const auto shape = shape_of(line.text)) {
            const std::string name = transcript::plain_label(shape->name.of(line.text));
            if (speaks(name, names_[name])) {
                const std::string_view role = shape->role.of(line.text);
                return speak(cue, role.empty() ? name : name + "（" + std::string(role) + "）", line.text.substr(shape->body));
            }
        }
        join_speech(speech_, line.text);
    }

    void speak(const Cue& cue, const std::string& speaker, std::string_view text) {
        const SpeakerLabels::Label& label = labels_.of(speaker);
        if (label.name != speaker_) {
            end_turn();
            speaker_ = label.name;
            prefix_ = clock(cue.start) + label.written + "：";
        }
        join_speech(speech_, text);
    }

    void add_to_paragraph(const Cue& cue, std::string_view text) {
        const bool pause = cue.start > last_end_ && cue.start - last_end_ > kPause;
        if (pause || (characters_ > kLongParagraph && ends_sentence(speech_))) end_turn();
        join_speech(speech_, text);
        characters_ += utf8::count(text);
        last_end_ = std::max(last_end_, cue.end);
    }

    void end_turn() {
        if (!speech_.empty()) extracted_.text += prefix_ + speech_ + '\n';
        speech_.clear();
        prefix_.clear();
        characters_ = 0;
    }

    const std::vector<Cue>& cues_;
    Extracted& extracted_;
    SpeakerLabels labels_;
    std::map<std::string, std::size_t, std::less<>> names_;  // lines they begin
    bool any_speaker_ = false;
    std::string speaker_;
    std::string prefix_;
    std::string speech_;
    std::size_t characters_ = 0;  // of the paragraph, about
    std::int64_t last_end_ = 0;
};

}  // namespace

void append_turns(const std::vector<Cue>& cues, Extracted& extracted) { TurnMaker(cues, extracted).run(); }

}  // namespace fangtan::reader::subtitle
