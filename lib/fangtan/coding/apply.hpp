// SPDX-License-Identifier: Apache-2.0
//
// Applies the rules of a codebook to transcripts. An Application is the
// codebook compiled for one set of options, shared by all threads; an Applier
// is one thread's worker.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "fangtan/codebook/codebook.hpp"
#include "fangtan/text/span.hpp"
#include "fangtan/transcript/participant.hpp"
#include "fangtan/transcript/transcript.hpp"

namespace fangtan {

struct ApplyOptions {
    UnitKind unit = UnitKind::sentence;  // for codes that do not name their own
    bool include_interviewer = false;
    bool skip_marks = false;  // [停顿], （笑） … are stepped over by matching (text/sound_mark.hpp)
};

// One coding made by a rule.
struct RuleCoding {
    Span span;
    std::uint32_t turn = 0;               // from 1; 0: the coding covers the document
    std::optional<std::uint32_t> speaker; // index into Transcript::speakers
    CodeId code{};
    std::uint32_t rule = 0;               // from 1: the first rule of the code that fires
    std::span<const Span> evidence;       // ascending; valid during the call
};

// How much one participant says: the denominators of tables by participant.
struct Speech {
    std::uint32_t speaker = 0;  // the first speaker with this participant
    std::uint32_t turns = 0;
    std::uint32_t units = 0;
    std::uint32_t characters = 0;  // code points of the turns' bodies
};

struct DocumentCounts {
    std::uint32_t turns = 0;  // all, the interviewer's too
    std::uint32_t units = 0;  // of the turns that are coded
    std::vector<Speech> speech;  // of the turns that are coded, in order of first appearance
};

// Told first the counts of a document, then its codings in order: start, end, place of the code in the codebook.
class CodingSink {
 public:
    virtual ~CodingSink() = default;
    virtual void document(const Transcript& transcript, const DocumentCounts& counts) = 0;
    virtual void coding(const Transcript& transcript, const RuleCoding& coding) = 0;
};

class Application {
 public:
    // `codebook` must outlive the application. Throws Error(usage) if a regular expression is too large.
    Application(const Codebook& codebook, const ApplyOptions& options, const ParticipantTable& participants);
    Application(Application&&) noexcept;
    ~Application();

    struct Plan;

 private:
    friend class Applier;
    std::unique_ptr<const Plan> plan_;
};

class Applier {
 public:
    // `application` must outlive the applier.
    explicit Applier(const Application& application);
    Applier(Applier&&) noexcept;
    ~Applier();

    // Linear in the text; working memory does not grow with it (but for units larger than 64 KiB).
    void apply(const Transcript& transcript, CodingSink& sink);

 private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace fangtan
