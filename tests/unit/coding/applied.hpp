// SPDX-License-Identifier: Apache-2.0
//
// A codebook and a dialogue from their texts, and what applying the one to
// the other yields.
#pragma once

#include <doctest/doctest.h>

#include <string>
#include <utility>
#include <vector>

#include "fangtan/codebook/codebook.hpp"
#include "fangtan/coding/apply.hpp"
#include "fangtan/text/diagnostic_text.hpp"
#include "fangtan/transcript/dialogue.hpp"

namespace fangtan::testing {

inline Codebook codebook_of(const std::string& yaml) {
    Diagnostics diagnostics;
    auto codebook = codebook::load(yaml, "codebook.yaml", diagnostics);
    INFO(to_text(diagnostics));
    REQUIRE(codebook.has_value());
    return std::move(*codebook);
}

// "甲: [词, 词]" lines: a codebook of codes with rules and nothing else.
inline Codebook simple_codebook(const std::vector<std::pair<std::string, std::string>>& codes) {
    std::string yaml = "name: 测试\ncodes:\n";
    for (const auto& [name, members] : codes) yaml += "  - name: " + name + "\n    " + members + "\n";
    return codebook_of(yaml);
}

inline Transcript transcript_of(const std::string& text, const std::string& id = "T") {
    Transcript transcript;
    transcript.id = id;
    transcript.file = id + ".txt";
    transcript.sha256 = std::string(64, 'a');
    transcript.text = text;
    transcript::find_turns(transcript, id, {});
    return transcript;
}

// A coding that outlives the call, in bytes.
struct KeptCoding {
    Span span;
    std::uint32_t turn;
    std::string who;
    CodeId code;
    std::uint32_t rule;
    std::vector<Span> evidence;

    friend bool operator==(const KeptCoding&, const KeptCoding&) = default;
};

class KeepingSink : public CodingSink {
 public:
    void document(const Transcript&, const DocumentCounts& document_counts) override {
        REQUIRE(codings.empty());  // the document comes before its codings
        counts = document_counts;
    }
    void coding(const Transcript& transcript, const RuleCoding& coding) override {
        std::string who = coding.speaker ? transcript.speakers[*coding.speaker].participant : "-";
        if (coding.speaker && transcript.speakers[*coding.speaker].interviewer) who = transcript.speakers[*coding.speaker].label;
        codings.push_back({coding.span, coding.turn, std::move(who), coding.code, coding.rule, {coding.evidence.begin(), coding.evidence.end()}});
    }

    DocumentCounts counts;
    std::vector<KeptCoding> codings;
};

inline KeepingSink apply(const Codebook& codebook, const Transcript& transcript, const ApplyOptions& options = {}, const ParticipantTable& participants = {}) {
    const Application application(codebook, options, participants);
    Applier applier(application);
    KeepingSink sink;
    applier.apply(transcript, sink);
    return sink;
}

// "turn participant code#rule [text] {evidence evidence}", one a line.
inline std::string shown(const Codebook& codebook, const Transcript& transcript, const std::vector<KeptCoding>& codings) {
    std::string all;
    for (const KeptCoding& coding : codings) {
        all += std::to_string(coding.turn) + " " + coding.who + " " + codebook.code(coding.code).id + "#" + std::to_string(coding.rule) + " [" + std::string(coding.span.of(transcript.text)) + "]";
        for (std::size_t i = 0; i < coding.evidence.size(); ++i) all += (i == 0 ? " {" : " ") + std::string(coding.evidence[i].of(transcript.text));
        all += coding.evidence.empty() ? "\n" : "}\n";
    }
    return all;
}

inline std::string applied(const Codebook& codebook, const std::string& text, const ApplyOptions& options = {}, const ParticipantTable& participants = {}) {
    const Transcript transcript = transcript_of(text);
    return shown(codebook, transcript, apply(codebook, transcript, options, participants).codings);
}

}  // namespace fangtan::testing
