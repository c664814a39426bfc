// SPDX-License-Identifier: Apache-2.0
#include "fangtan/analysis/count_corpus.hpp"

#include <algorithm>
#include <memory>

#include "fangtan/coding/run.hpp"
#include "fangtan/text/code_point_index.hpp"
#include "fangtan/text/utf8.hpp"
#include "fangtan/transcript/date.hpp"

namespace fangtan::analysis {
namespace {

// Who a turn belongs to in tables; as DocumentWriter writes it.
std::string_view counted_as(const Speaker& speaker) {
    return speaker.interviewer && speaker.participant.empty() ? std::string_view(speaker.label) : std::string_view(speaker.participant);
}

// Takes the codings of one document at a time and counts them when it is over.
class CountingSink : public CodingSink {
 public:
    CountingSink(const RowLayout& layout, const TabulateSpec& spec, const std::vector<Participant>& known) : counter_(layout, spec, known), spec_(spec) {}

    void document(const Transcript& transcript, const DocumentCounts& counts) override {
        codings_.clear();
        index_.emplace(transcript.text);
        participants_ = transcript.participants();
        date_ = transcript::date_of(transcript);
        facts_ = {transcript.id, date_, index_->size(), {participants_.begin(), participants_.end()}, {}, !counts.speech.empty()};
        for (const Speech& speech : counts.speech) facts_.speech.emplace_back(counted_as(transcript.speakers[speech.speaker]), speech.characters);
    }

    void coding(const Transcript& transcript, const RuleCoding& coding) override {
        // All rule codings are proposed.
        if (!is_counted(CodingStatus::proposed, spec_.status)) return;
        CountedCoding counted;
        counted.start = index_->to_character(coding.span.begin).value;
        counted.end = counted.start + static_cast<std::uint32_t>(utf8::count(coding.span.of(transcript.text)));
        counted.code = static_cast<std::uint32_t>(coding.code);
        counted.coder = "rules";
        if (coding.speaker) {
            const Speaker& speaker = transcript.speakers[*coding.speaker];
            counted.participant = counted_as(speaker);
            counted.speaker = speaker.label.empty() || speaker.label == counted.participant ? std::string_view() : std::string_view(speaker.label);
        }
        codings_.push_back(counted);
    }

    void finish() { counter_.add(facts_, codings_); }
    [[nodiscard]] Counter& counter() { return counter_; }

 private:
    Counter counter_;
    const TabulateSpec& spec_;
    std::optional<CodePointIndex> index_;
    std::vector<std::string> participants_;
    std::string date_;
    DocumentFacts facts_;
    std::vector<CountedCoding> codings_;
};

// The role a transcript gives to somebody who is in no table, as the stream's participant record does.
void add_unlisted(const Transcript& transcript, const ParticipantTable& participants, std::vector<Participant>& found) {
    for (const Speaker& speaker : transcript.speakers) {
        if (speaker.participant.empty() || speaker.interviewer || participants.find(speaker.participant) != nullptr) continue;
        found.push_back({speaker.participant, group_of_id(speaker.participant), speaker.role, {}});
    }
}

// Roles may come from labels (P4（民警）：), also of another document than the one at hand: they are gathered first.
std::vector<Participant> everybody(const ParticipantTable& participants, const CorpusJob& job) {
    std::vector<Participant> found;
    for (std::size_t i = 0; i < job.documents; ++i) {
        if (const std::optional<Transcript> transcript = job.load(i)) add_unlisted(*transcript, participants, found);
    }
    ParticipantTable all = participants;
    for (Participant& participant : found) {
        if (all.find(participant.id) == nullptr) all.add(std::move(participant));
    }
    return all.all();
}

bool uses_roles(const TabulateSpec& spec) {
    return spec.by == "role" || std::find(spec.then_by.begin(), spec.then_by.end(), "role") != spec.then_by.end() || filters(spec.filter, "role");
}

}  // namespace

CorpusTable count_corpus(const Codebook& codebook, const ApplyOptions& options, const ParticipantTable& participants, const TabulateSpec& spec, const CorpusJob& job) {
    const Application application(codebook, options, participants);
    const std::vector<CodeEntry> codes = code_entries(codebook);
    const RowLayout layout = lay_out_rows(codes, spec);
    const std::vector<Participant> known = uses_roles(spec) ? everybody(participants, job) : participants.all();
    struct Worker {
        Applier applier;
        CountingSink sink;
    };
    std::vector<std::unique_ptr<Worker>> workers;
    for (unsigned i = 0; i < job.threads; ++i) {
        workers.push_back(std::make_unique<Worker>(Worker{Applier(application), CountingSink(layout, spec, known)}));
    }
    std::vector<char> set_aside(job.documents, 0);  // not bool: threads write to it
    coding::run_in_order(
        job.documents, job.threads,
        [&](unsigned number, std::size_t i, coding::OrderedSlot&) {
            const std::optional<Transcript> transcript = job.load(i);
            if (!transcript) {
                set_aside[i] = 1;
                return;
            }
            workers[number]->applier.apply(*transcript, workers[number]->sink);
            workers[number]->sink.finish();
        },
        [&](std::size_t i) {
            if (job.done) job.done(i);
            return std::string();
        },
        [](std::string_view) {});
    for (std::size_t i = 1; i < workers.size(); ++i) workers[0]->sink.counter().merge(workers[i]->sink.counter());
    Counter& counter = workers[0]->sink.counter();
    counter.skipped = job.skipped;
    for (std::size_t i = 0; i < job.documents; ++i) {
        if (set_aside[i] != 0) counter.skipped.push_back(job.name(i));
    }
    return {make_table(codes, layout, counter, {codebook.name(), codebook.levels()}), counter.skipped.size()};
}

void add_document(const Transcript& transcript, const Application& application, CodingSet& set) {
    class FactsSink : public CodingSink {
     public:
        explicit FactsSink(CodingSet& set) : set_(set) {}
        void document(const Transcript& transcript, const DocumentCounts& counts) override {
            DocumentEntry entry;
            entry.id = transcript.id;
            entry.sha256 = transcript.sha256;
            entry.date = transcript::date_of(transcript);
            entry.characters = utf8::count(transcript.text);
            add_roles(transcript);
            for (const std::string& id : transcript.participants()) entry.participants.push_back(set_.participant(id));
            for (const Speech& speech : counts.speech) {
                const std::string_view who = counted_as(transcript.speakers[speech.speaker]);
                entry.speech.push_back({who.empty() ? kNobody : set_.participant(who), speech.characters});
            }
            number_ = set_.document_ids.number(entry.id);
            if (number_ == set_.documents.size()) set_.documents.push_back(std::move(entry));
            index_.emplace(transcript.text);
        }
        void coding(const Transcript& transcript, const RuleCoding& coding) override {
            CodingEntry entry;
            entry.document = number_;
            entry.turn = coding.turn;
            entry.start = index_->to_character(coding.span.begin).value;
            entry.end = index_->to_character(coding.span.end).value;
            entry.code = static_cast<std::uint32_t>(coding.code);
            entry.coder = set_.labels.number("rules");
            if (coding.speaker) {
                const Speaker& speaker = transcript.speakers[*coding.speaker];
                const std::string_view who = counted_as(speaker);
                if (!who.empty()) entry.participant = set_.participant(who);
                if (!speaker.label.empty() && speaker.label != who) entry.speaker = set_.labels.number(speaker.label);
            }
            set_.add(entry, coding.span.of(transcript.text), {});
        }

     private:
        void add_roles(const Transcript& transcript) {
            for (const Speaker& speaker : transcript.speakers) {
                if (speaker.participant.empty() || speaker.interviewer || speaker.role.empty()) continue;
                Participant& participant = set_.participants[set_.participant(speaker.participant)];
                const bool bare = participant.role.empty() && participant.attributes.empty() && participant.group == group_of_id(participant.id);
                if (bare) participant.role = speaker.role;
            }
        }

        CodingSet& set_;
        std::uint32_t number_ = 0;
        std::optional<CodePointIndex> index_;
    };
    FactsSink sink(set);
    Applier applier(application);
    applier.apply(transcript, sink);
}

}  // namespace fangtan::analysis
