// SPDX-License-Identifier: Apache-2.0
//
// Interviews made by hand for tests of what is counted in them, and a
// tokenizer that hides nothing: words stand between blanks.
#pragma once

#include <cctype>
#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "fangtan/text/segmenter.hpp"
#include "fangtan/transcript/transcript.hpp"

namespace fangtan::testing {

struct Said {
    std::string label;        // "P1", or "访" for the interviewer
    std::string participant;  // empty: nobody, or the interviewer
    std::string text;
    std::string role = {};
};

inline Transcript talk(const std::string& id, const std::vector<Said>& turns) {
    Transcript transcript;
    transcript.id = id;
    for (const Said& said : turns) {
        std::uint32_t speaker = 0;
        while (speaker < transcript.speakers.size() && transcript.speakers[speaker].label != said.label) ++speaker;
        if (speaker == transcript.speakers.size()) transcript.speakers.push_back({said.label, said.participant, said.role, said.label == "访"});
        const auto begin = static_cast<std::uint32_t>(transcript.text.size());
        transcript.text += said.text;
        transcript.turns.push_back({speaker, span_of(begin, static_cast<std::uint32_t>(transcript.text.size())), 0});
        transcript.text += "\n";
    }
    return transcript;
}

inline const std::set<std::string>& marks_of_tests() {
    static const std::set<std::string> marks = {"，", "。", "（", "）", "?"};
    return marks;
}

// Marks stand between blanks too. `terms` are hard terms.
inline void split_at_blanks(std::string_view text, Span whole, std::vector<Token>& tokens, const std::set<std::string>& terms = {}) {
    std::uint32_t at = whole.begin.value;
    while (at < whole.end.value) {
        if (text[at] == ' ' || text[at] == '\n') {
            ++at;
            continue;
        }
        std::uint32_t end = at;
        while (end < whole.end.value && text[end] != ' ' && text[end] != '\n') ++end;
        const std::string word(text.substr(at, end - at));
        Token token{span_of(at, end), TokenKind::word, terms.count(word) > 0};
        if (marks_of_tests().count(word) > 0) {
            token.kind = TokenKind::mark;
        } else if (std::isdigit(static_cast<unsigned char>(word[0])) != 0) {
            token.kind = TokenKind::number;
        } else if (std::isalpha(static_cast<unsigned char>(word[0])) != 0) {
            token.kind = TokenKind::latin;
        }
        tokens.push_back(token);
        at = end;
    }
}

}  // namespace fangtan::testing
