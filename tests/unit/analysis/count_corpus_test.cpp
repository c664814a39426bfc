// SPDX-License-Identifier: Apache-2.0
//
// Coding and counting in one step gives the table that a stream gives, on any
// number of threads.
#include "fangtan/analysis/count_corpus.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "../../support/random.hpp"
#include "../coding/applied.hpp"
#include "fangtan/coding/read.hpp"
#include "fangtan/coding/write.hpp"
#include "fangtan/table/render.hpp"

using namespace fangtan;
using testing::Random;
using testing::transcript_of;

namespace {

const char* const kCodebook =
    "name: 测试\n"
    "levels: [主, 从]\n"
    "codes:\n"
    "  - name: 上\n"
    "    codes:\n"
    "      - {name: 社, rules: [社工]}\n"
    "      - {name: 警, rules: [警, 报警]}\n"
    "  - {name: 空}\n"
    "  - {name: 全, unit: document, rules: [社工 AND 警]}\n";

std::vector<Transcript> random_corpus(Random& random) {
    static const std::vector<std::string> characters = {"社工", "报警", "警", "别的", "，", "。", "\n"};
    std::vector<Transcript> corpus;
    for (std::size_t n = random.below(5); n > 0; --n) {
        std::string text;
        for (std::size_t turns = random.below(5); turns > 0; --turns) {
            text += random.pick(std::vector<std::string>{"问：", "P1：", "P2（民警）：", "S10：", "答："});
            for (std::size_t k = random.below(15); k > 0; --k) text += random.pick(characters);
            text += "\n";
        }
        if (random.chance(20)) text = "日记。社工报警。";
        corpus.push_back(transcript_of(text, "D" + std::to_string(n)));
    }
    return corpus;
}

Table by_stream(const Codebook& codebook, const ApplyOptions& options, const ParticipantTable& participants, const std::vector<Transcript>& corpus, const TabulateSpec& spec) {
    const StreamOptions stream{CodingFormat::jsonl, "t", false};
    std::string text = coding::opening(stream, options, codebook, participants);
    const Application application(codebook, options, participants);
    Applier applier(application);
    coding::DocumentWriter writer(stream, codebook, participants);
    for (const Transcript& transcript : corpus) {
        for (const Speaker& speaker : transcript.speakers) {
            if (speaker.participant.empty() || speaker.interviewer || participants.find(speaker.participant) != nullptr) continue;
            text += coding::participant_line(stream, {speaker.participant, group_of_id(speaker.participant), {}, {}});
        }
        std::string buffer;
        writer.begin(buffer, [&](std::string& bytes) { text += std::exchange(bytes, {}); });
        applier.apply(transcript, writer);
        text += buffer;
    }
    text += coding::closing(stream, corpus.size());
    text.reserve(text.size() + coding::kPaddingAfter);
    CodingSet set;
    Diagnostics diagnostics;
    const bool good = coding::read_json_lines(text, "f", set, diagnostics);
    INFO(to_text(diagnostics));
    REQUIRE(good);
    return analysis::tabulate(set, spec);
}

}  // namespace

TEST_CASE("in one step or by a stream: the same table") {
    const Codebook codebook = testing::codebook_of(kCodebook);
    ParticipantTable participants;
    participants.add({"P1", "警", "", {{"站", "河湾"}}});
    participants.add({"P9", "警", "", {{"站", "青松"}}});
    for (std::uint64_t seed = 1; seed <= testing::cases(600); ++seed) {
        CAPTURE(seed);
        Random random(seed);
        const std::vector<Transcript> corpus = random_corpus(random);
        const ApplyOptions options{random.pick(std::vector<UnitKind>{UnitKind::sentence, UnitKind::clause, UnitKind::document, UnitKind::match}), random.chance(30)};
        TabulateSpec spec;
        spec.by = random.pick(std::vector<std::string>{"", "participant", "group", "document", "speaker", "coder", "站"});
        CAPTURE(spec.by);
        if (random.chance(70)) spec.count = random.pick(std::vector<CountKind>{CountKind::references, CountKind::documents, CountKind::participants, CountKind::characters});
        spec.percent = random.pick(std::vector<PercentKind>{PercentKind::none, PercentKind::base, PercentKind::column});
        if (spec.by.empty()) spec.percent = PercentKind::total;
        spec.parents = random.chance(50);
        analysis::CorpusJob job;
        job.documents = corpus.size();
        job.threads = 1 + static_cast<unsigned>(random.below(4));
        job.load = [&](std::size_t i) { return std::optional(corpus[i]); };
        const analysis::CorpusTable got = analysis::count_corpus(codebook, options, participants, spec, job);
        REQUIRE(table::to_text(got.table) == table::to_text(by_stream(codebook, options, participants, corpus, spec)));
        CHECK(got.skipped == 0);
    }
}

TEST_CASE("documents that were set aside are named") {
    const Codebook codebook = testing::codebook_of(kCodebook);
    const std::vector<Transcript> corpus = {transcript_of("P1：社工。\n", "A"), transcript_of("P1：社工。\n", "B"), transcript_of("P2：社工。\n", "C")};
    analysis::CorpusJob job;
    job.documents = 3;
    job.threads = 2;
    std::vector<std::size_t> done;
    job.load = [&](std::size_t i) { return i == 1 ? std::nullopt : std::optional(corpus[i]); };
    job.done = [&](std::size_t i) { done.push_back(i); };
    job.name = [](std::size_t i) { return "file" + std::to_string(i); };
    job.skipped = {"early"};
    const analysis::CorpusTable got = analysis::count_corpus(codebook, {}, {}, {}, job);
    CHECK(got.skipped == 2);
    CHECK(done == std::vector<std::size_t>{0, 1, 2});
    CHECK(got.table.notes.back() == "有 2 份材料无法读取，未计入：early, file1。");
    CHECK(std::get<std::uint64_t>(got.table.total->cells[2]) == 2);
}
