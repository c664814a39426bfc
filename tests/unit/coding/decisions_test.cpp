// SPDX-License-Identifier: Apache-2.0
//
// Decisions that last: merging, finding again, the review sheet, new codes.
#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <numeric>
#include <string>
#include <vector>

#include "../../support/random.hpp"
#include "coded.hpp"
#include "decided.hpp"
#include "fangtan/coding/alignment.hpp"
#include "fangtan/coding/dispute.hpp"
#include "fangtan/coding/merge.hpp"
#include "fangtan/coding/relocate.hpp"
#include "fangtan/coding/review_sheet.hpp"
#include "fangtan/text/utf8.hpp"

using namespace fangtan;
using namespace fangtan::coding;
using testing::Random;
using testing::cases;
using testing::made;
using testing::stream_with;
using testing::transcript_of;

namespace {

const std::vector<std::string> kSentences = {"天天都是邻里噪音的报警。", "社工上门两次才谈妥。", "民警说晚上再来。", "对。", "我们人手不够，谁也走不开。", "居民不愿意开门。", "居民都不愿意开门。"};

std::string text_of(Random& random) {
    std::string text;
    const std::size_t turns = 1 + random.below(3);
    for (std::size_t turn = 0; turn < turns; ++turn) {
        text += turn % 2 == 0 ? "P1：" : "S1：";
        for (std::size_t i = 0; i <= random.below(4); ++i) text += random.pick(kSentences);
        text += "\n";
    }
    return text;
}

std::string edited(std::string text, Random& random) {
    std::u32string points = utf8::to_code_points(text);
    for (std::size_t edits = random.below(4); edits > 0 && points.size() > 6; --edits) {
        const std::size_t at = 3 + random.below(points.size() - 3);
        if (random.chance(40)) points.erase(at, 1 + random.below(8));
        else points.insert(at, utf8::to_code_points(random.chance(50) ? random.pick(kSentences) : "，"));
    }
    if (points.empty() || points.back() != U'\n') points += U'\n';
    return utf8::from_code_points(points);
}

CodingStream random_stream(Random& random) {
    std::vector<StoredCoding> codings;
    for (std::size_t i = random.below(6); i > 0; --i) {
        const auto start = static_cast<std::uint32_t>(random.below(3));
        StoredCoding entry = made(start, start + 2, random.chance(50) ? "甲" : "乙", static_cast<CodingStatus>(random.below(3)));
        if (random.chance(20)) entry.document = "P2";
        if (random.chance(20)) entry.memo = "再听一遍";
        if (random.chance(20)) entry.others.push_back({"weight", std::to_string(random.below(2)) + ".0"});
        if (entry.decided() && random.chance(30)) entry.origin = Origin{1, 3, "甲", ""};
        codings.push_back(std::move(entry));
    }
    CodingStream stream = stream_with(std::move(codings));
    if (random.chance(30)) stream.runs.front().set_text("tool", "another");
    if (random.chance(30)) std::swap(stream.codes[0], stream.codes[1]);
    if (random.chance(30)) stream.codes.pop_back(), std::erase_if(stream.codings, [&](const StoredCoding& entry) { return entry.code != stream.codes.front().text("code"); });
    return stream;
}

MergeResult merged(const std::vector<CodingStream>& streams) {
    std::vector<MergeInput> inputs;
    for (const CodingStream& stream : streams) inputs.push_back({"f" + std::to_string(inputs.size()), stream});
    Diagnostics diagnostics;
    auto result = merge(inputs, diagnostics);
    const std::string faults = to_text(diagnostics);
    REQUIRE_MESSAGE(result, faults);
    return std::move(*result);
}

CodingStream read_back(const CodingStream& stream) {
    Diagnostics diagnostics;
    auto result = read_stream(to_json_lines(stream), "f", diagnostics);
    const std::string faults = to_text(diagnostics);
    REQUIRE_MESSAGE(result, faults);
    return std::move(*result);
}

}  // namespace

TEST_CASE("A stream is written as it was read, unknown members and numbers too") {
    const std::string text =
        R"({"record":"run","schema":1,"tool":"t","mine":{"a":[1.50,"\u4e2d"]}}
{"record":"code","code":"甲","name":"甲","path":["甲"]}
{"record":"document","document":"P1","sha256":"aa","characters":9,"station":"北所"}
{"record":"coding","document":"P1","turn":null,"participant":null,"start":1,"end":3,"code":"甲","coder":"L","status":"accepted","memo":"再问","big":123456789012345678901234567890,"weight":1.50}
{"record":"end","documents":1}
)";
    Diagnostics diagnostics;
    const auto stream = read_stream(text, "f", diagnostics);
    REQUIRE(stream);
    CHECK(to_json_lines(*stream) == text);
}

TEST_CASE("Two runs of different tools are both kept") {
    CodingStream a = stream_with({}), b = stream_with({});
    b.runs.front().set_text("tool", "u");
    const std::string text = to_json_lines(merged({a, b}).stream);
    CHECK(text.substr(0, text.find('\n')) == R"({"record":"run","schema":1,"runs":[{"schema":1,"tool":"t"},{"schema":1,"tool":"u"}]})");
    CHECK(read_back(merged({a, b}).stream).runs.size() == 2);
}

TEST_CASE("A decision settles the proposal at its place and at its origin") {
    StoredCoding moved = made(10, 12, "乙", CodingStatus::accepted);
    moved.origin = Origin{20, 25, "甲", ""};
    const CodingStream run = stream_with({made(1, 3, "甲"), made(20, 25, "甲"), made(4, 6, "甲"), made(31, 33, "乙")});
    const CodingStream reviewed = stream_with({made(1, 3, "甲", CodingStatus::rejected), moved, made(30, 35, "乙", CodingStatus::accepted)});
    const MergeResult result = merged({run, reviewed});
    CHECK(result.settled == 2);
    CHECK(result.duplicates == 0);
    CHECK(result.stream.codings.size() == 5);
    CHECK(result.conflicts.empty());
    REQUIRE(result.unproposed.size() == 1);
    CHECK(result.unproposed.front().what == "accepted, but the rules no longer propose it; they now propose [31,33]");
}

TEST_CASE("Different decisions about one segment are all kept and listed") {
    StoredCoding rejected = made(1, 3, "甲", CodingStatus::rejected);
    rejected.reviewer = "L";
    const MergeResult result = merged({stream_with({made(1, 3, "甲", CodingStatus::accepted)}), stream_with({rejected})});
    CHECK(result.stream.codings.size() == 2);
    REQUIRE(result.conflicts.size() == 1);
    CHECK(result.conflicts.front().what.find("rejected (L)") != std::string::npos);
}

TEST_CASE("Two texts of one document are refused, both files named") {
    std::vector<MergeInput> inputs = {{"a.jsonl", stream_with({}, "aaaa")}, {"b.jsonl", stream_with({}, "bbbb")}};
    Diagnostics diagnostics;
    CHECK_FALSE(merge(inputs, diagnostics));
    REQUIRE(diagnostics.entries().size() == 2);
    CHECK(diagnostics.entries().front().file == "b.jsonl");
    CHECK(diagnostics.entries().front().message.find("than in a.jsonl (aaaa") != std::string::npos);
}

TEST_CASE("Merging is associative, commutative and idempotent and loses nothing") {
    Random random(17);
    for (std::size_t i = cases(4000); i > 0; --i) {
        const CodingStream a = random_stream(random), b = random_stream(random), c = random_stream(random);
        const MergeResult all = merged({a, b, c});
        const std::string text = to_json_lines(all.stream);
        REQUIRE(to_json_lines(merged({c, a, b}).stream) == text);
        REQUIRE(to_json_lines(merged({merged({a, b}).stream, c}).stream) == text);
        REQUIRE(to_json_lines(merged({a, merged({c, b}).stream}).stream) == text);
        REQUIRE(to_json_lines(merged({all.stream, all.stream}).stream) == text);
        REQUIRE(to_json_lines(merged({all.stream, a}).stream) == text);
        REQUIRE(to_json_lines(read_back(all.stream)) == text);
        REQUIRE(all.read == a.codings.size() + b.codings.size() + c.codings.size());
        REQUIRE(all.read == all.stream.codings.size() + all.duplicates + all.settled);
        // Every decision of every input is in the result, as it was.
        for (const CodingStream* input : {&a, &b, &c}) {
            for (const StoredCoding& entry : input->codings) REQUIRE((!entry.decided() || text.find(line_of(entry)) != std::string::npos));
        }
    }
}

TEST_CASE("Alignment finds the place with the smallest edit distance") {
    const auto place = best_place(U"居民不愿意开门", U"他说居民都不愿意开门了", 0);
    REQUIRE(place);
    CHECK(place->start == 2);
    CHECK(place->end == 10);
    CHECK(place->distance == 1);
    CHECK(place->similarity == doctest::Approx(0.875));  // 1 - 1/8
    CHECK(best_place(U"甲", U"乙甲甲", 3)->start == 2);
    const auto longer = best_place(U"叫上社工一起去。", U"叫上一个社工一起去。", 0);  // two characters put in, not two replaced
    REQUIRE(longer);
    CHECK(longer->start == 0);
    CHECK(longer->similarity == doctest::Approx(0.8));
    CHECK_FALSE(best_place(U"", U"甲", 0));

    const auto distance = [](std::u32string_view a, std::u32string_view b) {
        std::vector<std::vector<std::uint32_t>> d(a.size() + 1, std::vector<std::uint32_t>(b.size() + 1));
        for (std::uint32_t i = 0; i <= a.size(); ++i) {
            for (std::uint32_t j = 0; j <= b.size(); ++j) {
                if (i == 0 || j == 0) d[i][j] = i + j;
                else d[i][j] = std::min({d[i - 1][j] + 1, d[i][j - 1] + 1, d[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0U : 1U)});
            }
        }
        return d[a.size()][b.size()];
    };
    Random random(5);
    for (std::size_t i = cases(1000); i > 0; --i) {
        std::u32string a, b;
        for (std::size_t n = 1 + random.below(6); n > 0; --n) a += U"甲乙丙"[random.below(3)];
        for (std::size_t n = 1 + random.below(10); n > 0; --n) b += U"甲乙丙"[random.below(3)];
        const auto found = best_place(a, b, 0);
        std::uint32_t least = UINT32_MAX;
        for (std::size_t from = 0; from < b.size(); ++from) {
            for (std::size_t to = from + 1; to <= b.size(); ++to) least = std::min(least, distance(a, b.substr(from, to - from)));
        }
        if (!found) continue;  // nothing of it stands there
        REQUIRE(found->distance == least);
        REQUIRE(distance(a, b.substr(found->start, found->end - found->start)) == least);
    }
}

TEST_CASE("Codings are found again or said to be lost, never shifted silently") {
    Random random(23);
    std::map<Fate, std::size_t> seen;
    for (std::size_t i = cases(4000); i > 0; --i) {
        const std::string before = text_of(random);
        const Transcript old = transcript_of(before);
        const std::u32string old_points = utf8::to_code_points(before);
        const Transcript now = transcript_of(edited(before, random));
        const std::u32string points = utf8::to_code_points(now.text);
        const CodePointIndex index(old.text);
        std::vector<StoredCoding> codings;
        for (std::uint32_t turn = 0; turn < old.turns.size(); ++turn) {
            const std::uint32_t from = index.to_character(old.turns[turn].body.begin).value;
            const std::uint32_t to = index.to_character(old.turns[turn].body.end).value;
            for (std::size_t n = random.below(3); n > 0 && to > from; --n) {
                const auto start = from + static_cast<std::uint32_t>(random.below(to - from));
                const auto end = start + 1 + static_cast<std::uint32_t>(random.below(to - start));
                StoredCoding entry = made(start, end, "甲");
                entry.turn = turn + 1;
                entry.participant = old.speakers[old.turns[turn].speaker].participant;
                entry.text = utf8::from_code_points(old_points.substr(start, end - start));
                entry.evidence = {{start, end}};
                codings.push_back(std::move(entry));
            }
        }
        OldDocument document;
        document.characters = index.size();
        document.same = now.text == before;
        if (random.chance(50)) document.text = before;
        const std::vector<Relocated> result = relocate(codings, document, now);
        REQUIRE(result.size() == codings.size());
        for (std::size_t n = 0; n < result.size(); ++n) {
            const StoredCoding& after = result[n].coding;
            const StoredCoding& was = codings[n];
            ++seen[result[n].fate];
            if (result[n].fate == Fate::lost) {
                REQUIRE(line_of(after) == line_of(was));
                continue;
            }
            REQUIRE(after.start < after.end);
            REQUIRE(after.end <= points.size());
            const std::string there = utf8::from_code_points(points.substr(after.start, after.end - after.start));
            REQUIRE(there == *after.text);
            if (result[n].fate == Fate::changed) {
                REQUIRE(result[n].similarity >= kSimilarEnough);
                REQUIRE(there != *was.text);
            } else {
                REQUIRE(there == *was.text);
                REQUIRE((after.start == was.start) == (result[n].fate == Fate::unchanged));
            }
            if (document.same) REQUIRE(result[n].fate == Fate::unchanged);
            for (const auto& [start, end] : *after.evidence) REQUIRE((after.start <= start && end <= after.end));
        }
    }
    for (const Fate fate : {Fate::unchanged, Fate::moved, Fate::changed, Fate::lost}) CHECK(seen[fate] > cases(50));
}

TEST_CASE("Of equal passages the one with the same context is taken") {
    const std::string before = "P1：先说噪音。对。再说停车。对。\n";
    const Transcript now = transcript_of("P1：先说噪音。再说停车。对。\n");
    StoredCoding entry = made(8, 10, "甲");
    entry.turn = 1;
    entry.participant = "P1";
    entry.text = "对。";
    StoredCoding second = entry;
    second.start = 15;
    second.end = 17;
    OldDocument old;
    old.characters = 18;
    old.text = before;
    const auto result = relocate({entry, second}, old, now);
    CHECK(result[0].fate == Fate::lost);
    CHECK(result[1].fate == Fate::moved);
    CHECK(result[1].coding.start == 13);
}

namespace {

std::vector<std::size_t> all_rows(const CodingStream& stream) {
    std::vector<std::size_t> rows(stream.codings.size());
    std::iota(rows.begin(), rows.end(), std::size_t{0});
    return rows;
}

}  // namespace

TEST_CASE("A sheet that nobody filled in changes nothing; decisions come back") {
    Random random(31);
    const Transcript transcript = transcript_of("P1：=2，天天都是邻里噪音的报警，社工上门两次才谈妥。\n");
    TranscriptsById transcripts;
    transcripts.emplace("P1", transcript);
    for (std::size_t i = cases(1000); i > 0; --i) {
        CodingStream stream = random_stream(random);
        for (StoredCoding& entry : stream.codings) {
            entry.document = "P1";
            if (random.chance(30)) entry.memo = random.pick<std::string>({"=1+1", "'=x", "a\r\nb", "好，\"再问\"", " 前面有空格"});
        }
        const std::string before = to_json_lines(stream);
        std::string sheet = to_sheet(stream, transcripts, nullptr, 10, all_rows(stream)).substr(3);
        std::erase(sheet, '\r');
        Diagnostics diagnostics;
        const auto result = apply_sheet(stream, sheet, "s", nullptr, transcripts, "L", diagnostics);
        const std::string faults = to_text(diagnostics);
        REQUIRE_MESSAGE(result, faults);
        REQUIRE(to_json_lines(result->stream) == before);
        REQUIRE(result->missing == 0);
        REQUIRE(result->memos == 0);
        REQUIRE(result->undecided == stream.codings.size());
    }
}

TEST_CASE("Decisions of a sheet, in either script, and every fault of it") {
    TranscriptsById transcripts;
    transcripts.emplace("P1", transcript_of("P1：天天都是邻里噪音的报警，社工上门两次才谈妥。\n"));
    CodingStream stream = stream_with({made(3, 14, "甲"), made(15, 24, "甲"), made(3, 24, "乙")});
    for (StoredCoding& entry : stream.codings) entry.turn = 1;
    const std::string sheet = to_sheet(stream, transcripts, nullptr, 10, all_rows(stream));
    std::vector<std::string> ids;
    for (std::size_t at = sheet.find("\nc"); at != std::string::npos; at = sheet.find("\nc", at + 1)) ids.push_back(sheet.substr(at + 1, 13));
    REQUIRE(ids.size() == 3);
    Diagnostics diagnostics;
    const auto result = apply_sheet(stream, "id,decision,new_code,new_text,memo\n" + ids[0] + ",拒絕,,,不是\n" + ids[1] + ",移动,乙,社工上門,\n", "s", nullptr, transcripts, "L", diagnostics);
    REQUIRE(result);
    CHECK(result->missing == 1);
    CHECK(result->rejected == 1);
    CHECK(result->moved == 1);
    CHECK(result->stream.codings[0].status == CodingStatus::rejected);
    CHECK(result->stream.codings[0].memo == "不是");
    const StoredCoding& moved = result->stream.codings[1];
    CHECK(moved.start == 15);
    CHECK(moved.end == 19);
    CHECK(moved.code == "乙");
    CHECK(moved.text == "社工上门");
    CHECK(moved.reviewer == "L");
    CHECK((moved.origin == Origin{15, 24, "甲", ""}));

    const std::string faulty = "id,decision,new_code,new_text,memo\n" + ids[0] + ",maybe,,,\n" + ids[1] + ",移动,丙,,\n" + ids[2] + ",accept,甲,,\n" + ids[0] + ",accept,,,\nc0,accept,,,\n";
    CHECK_FALSE(apply_sheet(stream, faulty, "s", nullptr, transcripts, "", diagnostics));
    REQUIRE(diagnostics.errors() == 5);
    CHECK((diagnostics.entries()[0].position == Position{2, 15}));
    CHECK((diagnostics.entries()[1].position == Position{3, 18}));
    CHECK(diagnostics.entries()[1].message == "no code is called \"丙\"");
}

TEST_CASE("Passages that somebody adds to a sheet become codings, once") {
    TranscriptsById transcripts;
    transcripts.emplace("P1", transcript_of("问：说说看。\nP1：天天都是邻里噪音的报警，\n社工上门两次才谈妥。\n"));
    CodingStream stream = stream_with({made(10, 21, "甲")});
    stream.codings[0].turn = 2;
    const std::string sheet = to_sheet(stream, transcripts, nullptr, 14, {0});
    CHECK(sheet.find("，¶社工") != std::string::npos);  // one line a row
    const std::string id = sheet.substr(sheet.find("\nc") + 1, 13);
    const std::string rows = "id,document,code,text,decision,memo\n" + id + ",P1,甲,,拒绝,\n,P1,乙,社工上门,,要查\n,,,,,\n,P1,乙,两次才谈妥,接受,\n";
    Diagnostics diagnostics;
    const auto result = apply_sheet(stream, rows, "s", nullptr, transcripts, "L", diagnostics);
    REQUIRE_MESSAGE(result, to_text(diagnostics));
    CHECK(result->added == 2);
    CHECK(result->rejected == 1);
    REQUIRE(result->stream.codings.size() == 3);
    const StoredCoding& added = result->stream.codings[1];
    CHECK(added.text == "社工上门");
    CHECK(added.start == 23);
    CHECK(added.end == 27);
    CHECK(added.turn == 2);
    CHECK(added.participant == "P1");
    CHECK(added.code == "乙");
    CHECK(added.coder == "L");
    CHECK(added.memo == "要查");
    CHECK(added.status == CodingStatus::accepted);

    // The same rows in a sheet of their own, with Chinese headings; what is there already is not added again.
    const auto alone = apply_sheet(result->stream, "材料,節點,原文,备注\nP1,乙,社工上門,要查\nP1,乙,社工上门,要查\nP1,甲,谈妥,\n", "s", nullptr, transcripts, "L", diagnostics);
    REQUIRE_FALSE(alone);
    REQUIRE(diagnostics.errors() == 1);  // a quotation is found as it is written
    CHECK((diagnostics.entries()[0].position == Position{2, 6}));
    Diagnostics none;
    const auto again = apply_sheet(result->stream, "材料,節點,原文,备注\nP1,乙,社工上门,要查\nP1,甲,谈妥,\n", "s", nullptr, transcripts, "L", none);
    REQUIRE_MESSAGE(again, to_text(none));
    CHECK(again->added == 1);
    CHECK(again->missing == 3);

    Diagnostics faults;
    CHECK_FALSE(apply_sheet(stream, "id,document,code,text,decision,new_code\n,P1,乙,社工上门,拒绝,\n,P1,乙,社工上门,移动,甲\n,P9,乙,社工,,\n,P9,乙,上门,,\n", "s", nullptr, transcripts, "L", faults));
    REQUIRE(faults.errors() == 3);
    CHECK((faults.entries()[0].position == Position{2, 12}));
    CHECK((faults.entries()[1].position == Position{3, 15}));
    CHECK(faults.entries()[2].message == "the document \"P9\" is not among the inputs (2 rows name it)");
    Diagnostics no_text;
    CHECK_FALSE(apply_sheet(stream, "document,code,text\nP1,乙,社工上门\n", "s", nullptr, {}, "L", no_text));
    CHECK(no_text.errors() == 1);
    Diagnostics twice;
    CHECK_FALSE(apply_sheet(stream, "材料,文件,code,text\nP1,P1,乙,社工上门\n", "s", nullptr, transcripts, "L", twice));
    REQUIRE(twice.errors() == 1);
    CHECK(twice.entries()[0].message == "\"材料\" and \"文件\" both stand for the column document; rename one of them");
}

TEST_CASE("What a meeting has to talk about") {
    const auto by = [](StoredCoding coding, const std::string& coder, CodingStatus status = CodingStatus::accepted) {
        coding.coder = coder;
        coding.status = status;
        return coding;
    };
    const auto decided = [&](StoredCoding coding, const std::string& reviewer, CodingStatus status) {
        coding = by(coding, "rules", status);
        coding.reviewer = reviewer;
        return coding;
    };
    using Rows = std::vector<std::size_t>;
    const CodingStatus accepted = CodingStatus::accepted;
    const CodingStatus rejected = CodingStatus::rejected;
    CHECK(disputed(stream_with({by(made(3, 9, "甲"), "张"), by(made(5, 12, "甲"), "李")})).empty());                  // they overlap
    CHECK(disputed(stream_with({by(made(3, 9, "甲"), "张"), by(made(9, 12, "甲"), "李")})) == Rows{0, 1});            // they touch
    CHECK(disputed(stream_with({by(made(3, 9, "甲"), "张"), by(made(3, 9, "乙"), "李")})) == Rows{0, 1});             // another code
    CHECK(disputed(stream_with({decided(made(3, 9, "甲"), "张", accepted), decided(made(3, 9, "甲"), "李", rejected)})) == Rows{0, 1});
    CHECK(disputed(stream_with({decided(made(3, 9, "甲"), "张", rejected), decided(made(3, 9, "甲"), "李", rejected)})).empty());
    CHECK(disputed(stream_with({decided(made(3, 9, "甲"), "张", rejected), by(made(20, 22, "甲"), "李"), by(made(20, 22, "甲"), "张")})).empty());
    // Nobody decided about the last one, but somebody did about others.
    CHECK(disputed(stream_with({decided(made(3, 9, "甲"), "张", accepted), decided(made(3, 9, "甲"), "李", accepted), by(made(20, 22, "甲"), "rules", CodingStatus::proposed)})).empty());
    CHECK(disputed(stream_with({by(made(20, 22, "甲"), "rules", CodingStatus::proposed), by(made(1, 2, "甲"), "v2", CodingStatus::proposed)})) == Rows{0, 1});
    // A chain: 张 and 王 share nothing, though both share something with 李.
    CHECK(disputed(stream_with({by(made(3, 6, "甲"), "张"), by(made(5, 9, "甲"), "李"), by(made(8, 12, "甲"), "王")})) == Rows{0, 1, 2});
    // One person alone has nobody to differ with; in another document 李 coded nothing.
    StoredCoding elsewhere = by(made(3, 9, "甲"), "张");
    elsewhere.document = "Q9";
    CHECK(disputed(stream_with({by(made(3, 9, "甲"), "张"), by(made(3, 9, "甲"), "李"), elsewhere})).empty());
    CHECK(disputed(CodingStream()).empty());
}
