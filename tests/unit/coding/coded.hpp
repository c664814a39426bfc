// SPDX-License-Identifier: Apache-2.0
//
// Codes one text with a codebook written in the test, and shows the codings
// as short lines: "turn participant start-end code rule [evidence]".
#pragma once

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "fangtan/coding/apply.hpp"
#include "fangtan/text/code_point_index.hpp"
#include "fangtan/text/diagnostic_text.hpp"
#include "fangtan/transcript/dialogue.hpp"

namespace fangtan::testing {

inline Codebook book(const std::string& yaml) {
    Diagnostics diagnostics;
    std::optional<Codebook> loaded = codebook::load(yaml, "book.yaml", diagnostics);
    const std::string faults = to_text(diagnostics);
    REQUIRE_MESSAGE(loaded, faults);
    return std::move(*loaded);
}

// One code for each rule, called 甲, 乙, 丙 …
inline Codebook book_of_rules(const std::vector<std::string>& rules) {
    static const std::vector<std::string> names = {"甲", "乙", "丙", "丁", "戊", "己"};
    std::string yaml = "name: 试\ncodes:\n";
    for (std::size_t i = 0; i < rules.size(); ++i) {
        std::string quoted;
        for (const char c : rules[i]) quoted += c == '\'' ? "''" : std::string(1, c);
        yaml += "  - name: " + names[i] + "\n    rules: ['" + quoted + "']\n";
    }
    return book(yaml);
}

inline Transcript transcript_of(const std::string& text, const std::string& stem = "P1", const ParticipantTable* participants = nullptr) {
    Transcript transcript;
    transcript.id = stem;
    transcript.file = stem + ".txt";
    transcript.text = text;
    DialogueOptions options;
    options.participants = participants;
    transcript::find_turns(transcript, stem, options);
    return transcript;
}

class LineSink : public CodingSink {
 public:
    void document(const Transcript& transcript, const DocumentCounts& counts) override {
        index.emplace(transcript.text);
        units = counts.units;
        turns = counts.turns;
        speech = counts.speech;
    }
    void coding(const Transcript& transcript, const RuleCoding& coding) override {
        std::string line = std::to_string(coding.turn) + " ";
        line += coding.speaker ? transcript.speakers[*coding.speaker].participant : std::string("-");
        line += " " + range(coding.span) + " " + std::to_string(static_cast<unsigned>(coding.code)) + " " + std::to_string(coding.rule) + " [";
        for (const Span span : coding.evidence) line += (line.back() == '[' ? "" : " ") + range(span);
        lines.push_back(line + "]");
    }
    std::string range(Span span) const {
        return std::to_string(index->to_character(span.begin).value) + "-" + std::to_string(index->to_character(span.end).value);
    }

    std::optional<CodePointIndex> index;
    std::vector<std::string> lines;
    std::vector<Speech> speech;
    std::uint32_t units = 0;
    std::uint32_t turns = 0;
};

inline std::vector<std::string> coded(const Codebook& codebook, const Transcript& transcript, const ApplyOptions& options = {},
                                      const ParticipantTable& participants = {}) {
    const Application application(codebook, options, participants);
    Applier applier(application);
    LineSink sink;
    applier.apply(transcript, sink);
    return sink.lines;
}

}  // namespace fangtan::testing
