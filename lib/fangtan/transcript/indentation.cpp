// SPDX-License-Identifier: Apache-2.0
#include "fangtan/transcript/indentation.hpp"

#include <algorithm>
#include <optional>

#include "fangtan/text/boundary.hpp"
#include "fangtan/text/fold.hpp"

namespace fangtan::transcript {
namespace {

const DeclaredSpeaker* declared_as(const DialogueOptions& options, std::string_view han, std::string_view english) {
    for (const DeclaredSpeaker& speaker : options.declared) {
        const std::string folded = fold(speaker.label);
        if (folded == fold(han) || folded == english) return &speaker;
    }
    return nullptr;
}

const DeclaredSpeaker* at_margin(const DialogueOptions& options) { return declared_as(options, "顶格", "flush"); }
const DeclaredSpeaker* set_in(const DialogueOptions& options) {
    const DeclaredSpeaker* found = declared_as(options, "缩进", "indented");
    return found != nullptr ? found : declared_as(options, "縮排", "indent");
}

}  // namespace

bool declares_indentation(const DialogueOptions& options) { return at_margin(options) != nullptr && set_in(options) != nullptr; }

void find_indented_turns(Transcript& transcript, std::uint32_t begin, const DialogueOptions& options) {
    const std::string_view text = transcript.text;
    const auto size = static_cast<std::uint32_t>(text.size());
    std::optional<std::uint32_t> numbers[2];
    for (std::uint32_t at = begin; at < size;) {
        const auto end = static_cast<std::uint32_t>(std::min(text.find('\n', at), text.size()));
        const Span line = trimmed(text, span_of(at, end));
        if (!line.empty()) {
            const bool indented = line.begin.value > at;
            std::optional<std::uint32_t>& number = numbers[indented ? 1 : 0];
            if (!number) {
                const DeclaredSpeaker& declared = *(indented ? set_in(options) : at_margin(options));
                number = static_cast<std::uint32_t>(transcript.speakers.size());
                transcript.speakers.push_back({declared.label, declared.participant, {}, declared.interviewer});
            }
            if (!transcript.turns.empty() && transcript.turns.back().speaker == *number) {
                transcript.turns.back().body.end = line.end;
            } else {
                transcript.turns.push_back({*number, line});
            }
        }
        at = end + 1;
    }
}

}  // namespace fangtan::transcript
