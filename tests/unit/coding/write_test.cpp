// SPDX-License-Identifier: Apache-2.0
//
// Streams byte for byte, and back again: whatever is written is read as the
// same codings.
#include "fangtan/coding/write.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "../../support/random.hpp"
#include "applied.hpp"
#include "fangtan/coding/coding_set.hpp"
#include "fangtan/coding/read.hpp"
#include "fangtan/text/code_point_index.hpp"
#include "fangtan/text/decode.hpp"
#include "fangtan/text/fold.hpp"

using namespace fangtan;
using testing::Random;
using testing::transcript_of;

namespace {

StreamOptions format(CodingFormat kind, bool excel = false) { return {kind, "fangtan 0.0", excel}; }

const char* const kCodebook =
    "name: 测试\n"
    "version: \"2\"\n"
    "codes:\n"
    "  - name: 主体\n"
    "    codes:\n"
    "      - {name: 社工, id: sw, color: \"#c0392b\", rules: [社工]}\n"
    "  - {name: '=报警', rules: [报警, NOT 社工]}\n";

// A whole stream of these transcripts.
std::string stream_of(const Codebook& codebook, const std::vector<Transcript>& transcripts, const StreamOptions& options, const ApplyOptions& apply, const ParticipantTable& participants = {}) {
    std::string all = coding::opening(options, apply, codebook, participants);
    const Application application(codebook, apply, participants);
    Applier applier(application);
    coding::DocumentWriter writer(options, codebook, participants);
    for (const Transcript& transcript : transcripts) {
        std::string buffer;
        writer.begin(buffer, [&](std::string& bytes) {
            all += bytes;
            bytes.clear();
        });
        applier.apply(transcript, writer);
        all += buffer;
    }
    return all + coding::closing(options, transcripts.size());
}

CodingSet read_back(std::string text, CodingSet set = {}) {
    Diagnostics diagnostics;
    text.reserve(text.size() + coding::kPaddingAfter);
    const bool json = coding::looks_like_json_lines(text);
    const bool good = json ? coding::read_json_lines(text, "f", set, diagnostics) : coding::read_rows(text, "f", set, diagnostics);
    INFO(to_text(diagnostics));
    REQUIRE(good);
    return set;
}

}  // namespace

TEST_CASE("JSON Lines, byte for byte") {
    const Codebook codebook = testing::codebook_of(kCodebook);
    ParticipantTable participants;
    participants.add({"P1", "警", "民警", {{"age", "47"}}});
    const std::string text = stream_of(codebook, {transcript_of("问：好？\nP1：😀社工，社工。\n老王：报警\n老王：完\n", "T\"1")}, format(CodingFormat::jsonl), {}, participants);
    CHECK(text ==
          "{\"record\":\"run\",\"schema\":1,\"tool\":\"fangtan 0.0\",\"codebook\":\"测试\",\"codebook_version\":\"2\",\"codebook_sha256\":\"" + codebook.sha256() +
          "\",\"fold_sha256\":\"" + std::string(fold_table_sha256()) + "\",\"unit\":\"sentence\"}\n"
          "{\"record\":\"code\",\"code\":\"主体\",\"name\":\"主体\",\"path\":[\"主体\"]}\n"
          "{\"record\":\"code\",\"code\":\"sw\",\"name\":\"社工\",\"path\":[\"主体\",\"社工\"],\"parent\":\"主体\",\"color\":\"#c0392b\"}\n"
          "{\"record\":\"code\",\"code\":\"=报警\",\"name\":\"=报警\",\"path\":[\"=报警\"]}\n"
          "{\"record\":\"participant\",\"participant\":\"P1\",\"group\":\"警\",\"role\":\"民警\",\"age\":\"47\"}\n"
          "{\"record\":\"document\",\"document\":\"T\\\"1\",\"file\":\"T\\\"1.txt\",\"sha256\":\"" + std::string(64, 'a') +
          "\",\"characters\":27,\"turns\":4,\"units\":3,\"participants\":[\"P1\",\"老王\"],\"speech\":["
          "{\"participant\":\"P1\",\"turns\":1,\"units\":1,\"characters\":7},{\"participant\":\"老王\",\"turns\":2,\"units\":2,\"characters\":3}]}\n"
          "{\"record\":\"coding\",\"document\":\"T\\\"1\",\"turn\":2,\"participant\":\"P1\",\"start\":8,\"end\":15,\"code\":\"sw\",\"text\":\"😀社工，社工。\",\"evidence\":[[9,11],[12,14]],\"coder\":\"rules\",\"rule\":1,\"status\":\"proposed\"}\n"
          "{\"record\":\"coding\",\"document\":\"T\\\"1\",\"turn\":3,\"participant\":\"老王\",\"start\":19,\"end\":21,\"code\":\"=报警\",\"text\":\"报警\",\"evidence\":[[19,21]],\"coder\":\"rules\",\"rule\":1,\"status\":\"proposed\"}\n"
          "{\"record\":\"coding\",\"document\":\"T\\\"1\",\"turn\":4,\"participant\":\"老王\",\"start\":25,\"end\":26,\"code\":\"=报警\",\"text\":\"完\",\"evidence\":[],\"coder\":\"rules\",\"rule\":2,\"status\":\"proposed\"}\n"
          "{\"record\":\"end\",\"documents\":1}\n");
    std::size_t lines = 0;
    for (std::size_t at = 0; at < text.size(); at = text.find('\n', at) + 1, ++lines) {
        CHECK_FALSE(nlohmann::json::parse(text.substr(at, text.find('\n', at) - at), nullptr, false).is_discarded());
    }
    CHECK(lines == 10);
}

TEST_CASE("other records of a stream") {
    const StreamOptions jsonl = format(CodingFormat::jsonl);
    CHECK(coding::participant_line(jsonl, {"S1", "S", "", {}}) == "{\"record\":\"participant\",\"participant\":\"S1\",\"group\":\"S\",\"role\":\"\"}\n");
    CHECK(coding::skipped_line(jsonl, "a/b.txt", "byte 3") == "{\"record\":\"skipped\",\"file\":\"a/b.txt\",\"reason\":\"byte 3\"}\n");
    for (const CodingFormat other : {CodingFormat::csv, CodingFormat::tsv, CodingFormat::text}) {
        CHECK(coding::participant_line(format(other), {"S1", "S", "", {}}).empty());
        CHECK(coding::skipped_line(format(other), "a", "b").empty());
        CHECK(coding::closing(format(other), 3).empty());
    }
}

TEST_CASE("rows, and a form for the eye") {
    const Codebook codebook = testing::codebook_of(kCodebook);
    const std::vector<Transcript> transcripts = {transcript_of("问：报警？\nP1：社工,\"好\"。\nP1：－报警\n")};
    CHECK(stream_of(codebook, transcripts, format(CodingFormat::csv), {}) ==
          "document,turn,participant,group,start,end,code,text,coder,rule,status\n"
          "T,2,P1,P,9,16,sw,\"社工,\"\"好\"\"。\",rules,1,proposed\n"
          "T,3,P1,P,20,23,=报警,－报警,rules,1,proposed\n");
    CHECK(stream_of(codebook, transcripts, format(CodingFormat::tsv, true), {}) ==
          "\xEF\xBB\xBF" "document\tturn\tparticipant\tgroup\tstart\tend\tcode\ttext\tcoder\trule\tstatus\r\n"
          "T\t2\tP1\tP\t9\t16\tsw\t\"社工,\"\"好\"\"。\"\trules\t1\tproposed\r\n"
          "T\t3\tP1\tP\t20\t23\t'=报警\t'－报警\trules\t1\tproposed\r\n");
    CHECK(stream_of(codebook, transcripts, format(CodingFormat::text), {UnitKind::sentence, true}) ==
          "T:1         问      =报警                                 报警？\n"
          "T:2         P1      主体 > 社工                           社工,\"好\"。\n"
          "T:3         P1      =报警                                 －报警\n");
    // A coding of a whole document with several speakers belongs to nobody.
    const Transcript two = transcript_of("P1：社工\nP2：社工\n");
    CHECK(stream_of(codebook, {two}, format(CodingFormat::csv), {UnitKind::document, false}).ends_with("T,,,,0,12,sw,\"P1：社工\nP2：社工\n\",rules,1,proposed\n"));
}

TEST_CASE("much is handed over before the document is done") {
    const Codebook codebook = testing::codebook_of("name: 测试\ncodes:\n  - {name: 甲, unit: match, rules: [社工]}\n");
    std::string text = "P1：";
    for (int i = 0; i < 20'000; ++i) text += "社工、";
    const Transcript transcript = transcript_of(text);
    const Application application(codebook, {}, {});
    Applier applier(application);
    const StreamOptions options = format(CodingFormat::jsonl);
    const ParticipantTable participants;
    coding::DocumentWriter writer(options, codebook, participants);
    std::string buffer;
    std::string all;
    std::size_t flushes = 0;
    std::size_t largest = 0;
    writer.begin(buffer, [&](std::string& bytes) {
        largest = std::max(largest, bytes.size());
        all += bytes;
        bytes.clear();
        ++flushes;
    });
    applier.apply(transcript, writer);
    all += buffer;
    CHECK(writer.codings() == 20'000);
    CHECK(std::count(all.begin(), all.end(), '\n') == 20'001);
    CHECK(flushes >= 2);
    CHECK(largest < coding::DocumentWriter::kFlushAt + 1000);
}

TEST_CASE("whatever is written comes back") {
    static const std::vector<std::string> characters = {"社", "工", "社工", "报警", "警", "a", "1", "，", "。", "\"", "\\", "\t", ",", ";", "=", "'", " ", "\n", "😀", "𠮷", "e\u0301", "\u200B"};
    std::size_t compared = 0;
    for (std::uint64_t seed = 1; seed <= testing::cases(600); ++seed) {
        CAPTURE(seed);
        Random random(seed);
        const Codebook codebook = testing::codebook_of(std::string(kCodebook) + "  - {name: 丙, unit: match, rules: ['/[社警a😀]./']}\n");
        std::vector<Transcript> transcripts;
        for (std::size_t n = random.below(4); n > 0; --n) {
            std::string text;
            for (std::size_t turns = random.below(5); turns > 0; --turns) {
                text += random.pick(std::vector<std::string>{"问：", "P1：", "S2（社工）：", "答：", "P1："});
                for (std::size_t k = random.below(25); k > 0; --k) text += random.pick(characters);
                text += "\n";
            }
            transcripts.push_back(transcript_of(text, "D" + std::to_string(n)));
        }
        const ApplyOptions options = {random.pick(std::vector<UnitKind>{UnitKind::sentence, UnitKind::clause, UnitKind::turn, UnitKind::match, UnitKind::document}), random.chance(30)};
        ParticipantTable participants;
        if (random.chance(50)) participants.add({"P1", "警", "民警", {}});

        const CodingSet json = read_back(stream_of(codebook, transcripts, format(CodingFormat::jsonl), options, participants));
        CodingSet with_codes;
        for (const CodeEntry& code : code_entries(codebook)) {
            with_codes.code_ids.number(code.id);
            with_codes.codes.push_back(code);
        }
        const bool tabs = random.chance(50);
        const bool excel = random.chance(50);
        std::string rows_text = stream_of(codebook, transcripts, format(tabs ? CodingFormat::tsv : CodingFormat::csv, excel), options, participants);
        if (excel) rows_text = decode(rows_text, "f").text;  // without mark and CRs
        const CodingSet rows = read_back(rows_text, with_codes);

        CHECK(json.codebook == "测试");
        CHECK(json.codes == code_entries(codebook));
        REQUIRE(json.documents.size() == transcripts.size());
        std::size_t next = 0;
        for (std::size_t n = 0; n < transcripts.size(); ++n) {
            const Transcript& transcript = transcripts[n];
            const CodePointIndex index(transcript.text);
            const testing::KeepingSink kept = testing::apply(codebook, transcript, options, participants);
            CHECK(json.documents[n].id == transcript.id);
            CHECK(json.documents[n].characters == index.size());
            CHECK(json.documents[n].participants.size() == transcript.participants().size());
            REQUIRE(json.documents[n].speech.size() == kept.counts.speech.size());
            for (std::size_t i = 0; i < kept.counts.speech.size(); ++i) CHECK(json.documents[n].speech[i].characters == kept.counts.speech[i].characters);
            for (const testing::KeptCoding& expected : kept.codings) {
                REQUIRE(next < json.codings.size());
                REQUIRE(next < rows.codings.size());
                for (const CodingSet* set : {&json, &rows}) {
                    const CodingEntry& got = set->codings[next];
                    REQUIRE(set->documents[got.document].id == transcript.id);
                    REQUIRE(set->codes[got.code].id == codebook.code(expected.code).id);
                    REQUIRE(got.start == index.to_character(expected.span.begin).value);
                    REQUIRE(got.end == index.to_character(expected.span.end).value);
                    REQUIRE(got.turn == expected.turn);
                    REQUIRE((got.participant == kNobody ? "-" : set->participants[got.participant].id) == (expected.who.empty() ? "-" : expected.who));
                    REQUIRE(set->labels.name(got.coder) == "rules");
                    REQUIRE(got.status == CodingStatus::proposed);
                    if (got.participant != kNobody && set->participants[got.participant].id == "P1") REQUIRE(set->participants[got.participant].group == (participants.empty() ? "P" : "警"));
                }
                ++next;
                ++compared;
            }
        }
        REQUIRE(json.codings.size() == next);
        REQUIRE(rows.codings.size() == next);
    }
    CHECK(compared > 2 * testing::cases(600));
}
