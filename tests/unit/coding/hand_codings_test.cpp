// SPDX-License-Identifier: Apache-2.0
#include "fangtan/coding/hand_codings.hpp"

#include <doctest/doctest.h>

#include "fangtan/coding/read.hpp"
#include "fangtan/coding/sheet.hpp"
#include "fangtan/reader/dialogue_file.hpp"
#include "fangtan/reader/read.hpp"
#include "fangtan/text/decode.hpp"
#include "coded.hpp"

using namespace fangtan;
using coding::CodeNames;
using coding::HandCoding;
using coding::ImportedDocument;

namespace {

const char* const kBook = R"(name: 联动
codes:
  - name: 警社合作
    codes:
      - name: 合作服务
        rules: [一起, '社工 NEAR/5 民警']
      - name: 工作冲突
        id: conflict
  - name: 社区
    codes:
      - name: 工作冲突
      - name: 人、财、物不足
)";

ImportedDocument document(const std::string& id, const std::string& text) {
    std::vector<std::string> notes;
    const InputFile file{id + ".txt", id + ".txt", id + ".txt", id, id};
    ImportedDocument result;
    result.original = reader::read_bytes(text, file, ReadOptions(), notes);
    result.imported = reader::read_bytes(reader::to_dialogue(result.original), file, ReadOptions(), notes);
    REQUIRE(reader::says_the_same(result.original, result.imported));
    return result;
}

// "document turn participant code coder status text [rule] {memo}", a line each
std::string picture(const std::vector<ImportedDocument>& documents, const Codebook& codebook, const std::vector<HandCoding>& codings) {
    std::string all;
    for (const HandCoding& one : codings) {
        const Transcript& transcript = documents[one.document].imported;
        all += transcript.id + " " + std::to_string(one.turn) + " " + (one.speaker ? transcript.speakers[*one.speaker].participant : "-") + " " + codebook.code(one.code).id + " " + one.coder +
               (one.status == CodingStatus::accepted ? " accepted " : one.status == CodingStatus::rejected ? " rejected " : " proposed ") + std::string(one.span.of(transcript.text)) +
               (one.rule ? " [" + std::to_string(*one.rule) + "]" : "") + (one.memo.empty() ? "" : " {" + one.memo + "}") + "\n";
    }
    return all;
}

std::string faults_of(Diagnostics& diagnostics) {
    diagnostics.sort();
    std::string all;
    for (const Diagnostic& fault : diagnostics.entries()) {
        all += fault.file + ":" + std::to_string(fault.position.line) + ":" + std::to_string(fault.position.column) + (fault.severity == Severity::warning ? " warning: " : " ") + fault.message + "\n";
    }
    return all;
}

std::string note(const std::string& text, const CodeNames& names) {
    const coding::Note parsed = coding::parse_note(text, names);
    std::string all;
    for (const coding::NotedCode& code : parsed.codes) all += (all.empty() ? "" : "|") + code.name + (code.memo.empty() ? "" : "{" + code.memo + "}");
    return all + (parsed.memo.empty() ? "" : "{" + parsed.memo + "}");
}

std::string found(const CodeNames& names, const std::string& name) {
    const CodeNames::Found result = names.find(name);
    if (result.code) return names.id(*result.code);
    std::string all = "none";
    for (const std::string& id : result.candidates) all += " " + id;
    return all;
}

const std::string kTalk = "问：平时怎么配合？\nP1：我们先听完，再和社工商量。\n问：有不顺的时候吗？\nP1：表要填两遍。\n问：还有呢？\nS1：先听完，别的再说。\n";

// Of `document`, the sheet's codings or its faults.
std::string sheet(const std::string& text, const std::vector<ImportedDocument>& documents) {
    const Codebook codebook = testing::book(kBook);
    const CodeNames names(codebook);
    Diagnostics diagnostics;
    const auto codings = coding::read_sheet(text, "表.csv", names, documents, "林", " (--new-codes adds it)", diagnostics);
    CHECK(codings.has_value() == !diagnostics.has_errors());
    return codings ? picture(documents, codebook, *codings) : faults_of(diagnostics);
}
std::string sheet(const std::string& text) {
    std::vector<ImportedDocument> documents;
    documents.push_back(document("P1", kTalk));
    return sheet(text, documents);
}

}  // namespace

TEST_CASE("a code is found by its id, its path, or what of its path is unique") {
    const Codebook codebook = testing::book(kBook);
    const CodeNames names(codebook);
    CHECK(found(names, "合作服务") == "警社合作/合作服务");
    CHECK(found(names, " 合作服務 ") == "警社合作/合作服务");
    CHECK(found(names, "警社合作 > 合作服务") == "警社合作/合作服务");
    CHECK(found(names, "conflict") == "conflict");
    CHECK(found(names, "Conflict") == "conflict");
    CHECK(found(names, "警社合作／工作冲突") == "conflict");
    CHECK(found(names, "社区/工作冲突") == "社区/工作冲突");
    CHECK(found(names, "工作冲突") == "none conflict 社区/工作冲突");
    CHECK(found(names, "作服务") == "none");
    CHECK(found(names, "") == "none");
    CHECK(names.fault("工作冲突") == "several codes are called \"工作冲突\" (conflict, 社区/工作冲突); write the id or more of the path");
    CHECK(names.fault("合作服物") == "no code is called \"合作服物\"; did you mean \"合作服务\"?");
}

TEST_CASE("notes: codes, separators, memos") {
    const Codebook codebook = testing::book(kBook);
    const CodeNames names(codebook);
    CHECK(note("合作服务; 工作冲突；甲、乙\n丙", names) == "合作服务|工作冲突|甲|乙|丙");
    CHECK(note("人、财、物不足、合作服务", names) == "人|财|物不足|合作服务");
    CHECK(note("人、财、物不足；合作服务", names) == "人、财、物不足|合作服务");
    CHECK(note("甲；乙 // 都在\n丙\n甲", names) == "甲{都在}|乙{都在}|丙");
    CHECK(note("甲\n// 一\n乙 // 二\n//三", names) == "甲{一\n三}|乙{二\n一\n三}");
    CHECK(note("// 只是备忘", names) == "{只是备忘}");
    CHECK(note(" ；、 ", names).empty());
}

TEST_CASE("new codes go behind their parent's others, and the codebook reads again") {
    const Codebook codebook = testing::book(kBook);
    const Codebook more = testing::book(coding::yaml_with_codes(codebook, {"信任", "警社合作/转介", "合作服务", "居民 > 抱怨 > 噪音", "信任"}));
    std::string ids;
    for (const Code& code : more.codes()) ids += code.id + (code.parent ? " < " + more.code(*code.parent).id : "") + "\n";
    CHECK(ids ==
          "警社合作\n警社合作/合作服务 < 警社合作\nconflict < 警社合作\n警社合作/转介 < 警社合作\n社区\n社区/工作冲突 < 社区\n社区/人、财、物不足 < 社区\n信任\n居民\n居民/抱怨 < 居民\n"
          "居民/抱怨/噪音 < 居民/抱怨\n");
    REQUIRE(more.codes()[1].rules.size() == 2);
    CHECK(more.codes()[1].rules[1].source.text == "社工 NEAR/5 民警");
}

TEST_CASE("codings of marks: each turn, nobody's questions, all faults") {
    const Codebook codebook = testing::book(kBook);
    const CodeNames names(codebook);
    std::vector<ImportedDocument> documents;
    documents.push_back(document("P1", "问：平时怎么配合？\nP1：我们{==先听完==}{>>合作服务 // 慢<<}，再和{==社工商量。\n问：有不顺的时候吗？\nP1：表==}{>>conflict<<}要填两遍。\n{==问：还有呢？==}{>>合作服务<<}\nP1：没有了。\n"));
    documents[0].original.marks[1].author = "周";
    documents[0].original.marks[1].discussion = "林: 同意";
    Diagnostics diagnostics;
    CHECK(picture(documents, codebook, coding::codings_of_marks(documents, names, "林", diagnostics)) ==
          "P1 2 P1 警社合作/合作服务 林 accepted 先听完 {慢}\nP1 2 P1 conflict 周 accepted 社工商量。 {林: 同意}\nP1 4 P1 conflict 周 accepted 表 {林: 同意}\n"
          "P1 5  警社合作/合作服务 林 accepted 还有呢？\n");
    CHECK(!diagnostics.has_errors());

    std::vector<ImportedDocument> faulty;
    faulty.push_back(document("P1", "P1：我{==先听完==}{>>合作服物；工作冲突<<}。\n{==P1==}{>>合作服务<<}：好{==了==}{>>// 再看<<}。\n"));
    Mark lost;
    lost.note = "合作服务";
    lost.where = "comment 9";
    faulty[0].original.marks.push_back(lost);
    (void)coding::codings_of_marks(faulty, names, "林", diagnostics);
    CHECK(faults_of(diagnostics) ==
          "P1.txt:0:0 comment 9: stands on nothing that is read (deleted or hidden text, a footnote, an empty paragraph); move it to what was said, or begin it with //\n"
          "P1.txt:1:5 no code is called \"合作服物\"; did you mean \"合作服务\"? (--new-codes adds it; // begins a memo)\n"
          "P1.txt:1:5 several codes are called \"工作冲突\" (conflict, 社区/工作冲突); write the id or more of the path\n"
          "P1.txt:2:1 stands on nobody's speech (a label, a heading, the lines before the talk); move it to what was said, or begin it with //\n"
          "P1.txt:2:21 warning: names no code; nothing is coded\n");
    CHECK(coding::unknown_names(faulty, names) == std::vector<std::string>{"合作服物"});
}

TEST_CASE("the stream of hand codings is read again") {
    const Codebook codebook = testing::book(kBook);
    const CodeNames names(codebook);
    std::vector<ImportedDocument> documents;
    documents.push_back(document("P1", "P1：我们{==先听完==}{>>conflict；合作服务 // 慢<<}。\n问：后来呢？\nP1：{==好==}{>>合作服务<<}多了。\n"));
    Diagnostics diagnostics;
    std::vector<HandCoding> codings = coding::codings_of_marks(documents, names, "林", diagnostics);
    std::reverse(codings.begin(), codings.end());
    const std::string stream = coding::hand_stream({&documents[0].imported}, codings, StreamOptions{.tool = "t"}, codebook, ParticipantTable());
    CodingSet set;
    CHECK(coding::read_json_lines(stream, "codings.jsonl", set, diagnostics));
    CHECK(faults_of(diagnostics).empty());
    REQUIRE(set.codings.size() == 3);
    CHECK(set.codes[set.codings[0].code].id == "警社合作/合作服务");
    CHECK(set.codes[set.codings[1].code].id == "conflict");
    CHECK(set.codings[2].turn == 3);
    CHECK(set.codings[2].status == CodingStatus::accepted);
    CHECK(set.labels.name(set.codings[2].coder) == "林");
    CHECK(stream.find(R"("code":"警社合作/合作服务","text":"先听完","coder":"林","status":"accepted","memo":"慢"})") != std::string::npos);
}

TEST_CASE("sheets: rows of rules, changed rows, rows of one's own") {
    // The talk begins 问：平时怎么配合？: ten characters with the line end, then P1：, so that 我们先听完 is 13 to 18.
    CHECK(sheet("document,turn,participant,group,start,end,code,text,coder,rule,status\n"
                "P1,2,P1,P,13,18,警社合作/合作服务,我们先听完,rules,1,proposed\n"
                "P1,2,P1,P,13,18,conflict,我们先听完,rules,1,rejected\n") ==
          "P1 2 P1 警社合作/合作服务 rules proposed 我们先听完 [1]\nP1 2 P1 conflict rules rejected 我们先听完 [1]\n");
    CHECK(sheet("document;code;text;memo;start;end\nP1;合作服务、conflict;表要填两遍;\"说得\n很急\";;\nP1.txt;合作服务;;;13;15\n") ==
          "P1 4 P1 警社合作/合作服务 林 accepted 表要填两遍 {说得\n很急}\nP1 4 P1 conflict 林 accepted 表要填两遍 {说得\n很急}\nP1 2 P1 警社合作/合作服务 林 accepted 我们\n");
    CHECK(sheet("document,code,text,participant\nP1,conflict,\"先听完 ，\n别的\",\nP1,conflict,先听完,S1\n") == "P1 6 S1 conflict 林 accepted 先听完，别的\nP1 6 S1 conflict 林 accepted 先听完\n");
    CHECK(sheet("document,code,text,turn\nP1,conflict,先听完,2\n") == "P1 2 P1 conflict 林 accepted 先听完\n");
    CHECK(sheet("document,code,text\nP1,conflict,\"不顺的时候吗？\nP1：表要\"\n") == "P1 0 - conflict 林 accepted 不顺的时候吗？\n\nP1：表要\n");
    CHECK(sheet("document,code,text\n").empty());
}

TEST_CASE("sheets: every fault is told, with where the text is") {
    CHECK(sheet("document,text\nP1,x\n") == "表.csv:1:1 the header has no column \"code\"; a sheet of codings needs document, code and text, or start and end\n");
    CHECK(sheet("document,code,start\nP1,x,1\n") == "表.csv:1:1 the header has neither a column \"text\" nor columns \"start\" and \"end\"\n");
    CHECK(sheet("document,start,end,code,text,status\n"
                "P2,13,18,合作服务,我们先听完,\n"
                "P1,13,18,合作服物,我们先听完,maybe\n"
                "P1,14,19,合作服务,我们先听完,\n"
                "P1,,,合作服务,先听完,\n"
                "P1,,,合作服务,表要填两次,\n"
                "P1,,,合作服务,街上下雪,\n"
                "P1,13,,合作服务,我们,\n"
                "P1,13,900,合作服务,我们,\n"
                "P1,15,13,,我们,\n"
                "P1,x,13,合作服务,我们,\n"
                "P1,,,合作服务,,\n"
                "P1,10,12,合作服务,P1,\n") ==
          "表.csv:2:1 the document \"P2\" is not among the inputs\n"
          "表.csv:3:10 no code is called \"合作服物\"; did you mean \"合作服务\"? (--new-codes adds it)\n"
          "表.csv:3:21 status must be proposed, accepted or rejected, found \"maybe\"\n"
          "表.csv:4:15 at 14 to 19 stands \"们先听完，\", not \"我们先听完\"; that text is at turn 2, 13 to 18\n"
          "表.csv:5:11 the text \"先听完\" stands in document \"P1\" 2 times: turn 2, 15 to 18; turn 6, 58 to 61; give start and end, or its turn\n"
          "表.csv:6:11 the text \"表要填两次\" is not in document \"P1\"; its beginning \"表要填两\" stands at turn 4, 41 to 45\n"
          "表.csv:7:11 the text \"街上下雪\" is not in document \"P1\"; no part of it stands there either; is it another document?\n"
          "表.csv:8:4 this row has start but no end; give both, or neither and the text\n"
          "表.csv:9:7 end 900 lies past the end of document \"P1\" (68 characters)\n"
          "表.csv:10:4 start 15 must be before end 13\n"
          "表.csv:10:10 this row has no code\n"
          "表.csv:11:4 start must be a whole number from 0, found \"x\"\n"
          "表.csv:12:1 this row has neither start and end nor a text to be found in the document\n"
          "表.csv:13:1 outside the turns, 10 to 12 of document \"P1\" is nobody's speech\n");
    CHECK(sheet("document,code,text,turn\nP1,conflict,表要,2\n") == "表.csv:2:13 the text \"表要\" stands in document \"P1\", but not where this row says (turn, participant): it is at turn 4, 41 to 43\n");
}

TEST_CASE("sheets as Excel saves them") {
    const std::string rows = "document;code;text\r\nP1;合作服务;表要填两遍\r\n";
    const std::string wanted = "P1 4 P1 警社合作/合作服务 林 accepted 表要填两遍\n";
    CHECK(sheet(decode("\xEF\xBB\xBF" + rows, "表.csv").text) == wanted);
    const std::string gb18030 = "document;code;text\r\nP1;\xBA\xCF\xD7\xF7\xB7\xFE\xCE\xF1;\xB1\xED\xD2\xAA\xCC\xEE\xC1\xBD\xB1\xE9\r\n";
    CHECK(sheet(decode(gb18030, "表.csv").text) == wanted);
    // A guarded cell: code -f csv --excel puts an apostrophe before what looks like a formula.
    std::vector<ImportedDocument> documents;
    documents.push_back(document("P1", "P1：先说一句。\nP1：=1+1 写在黑板上。\n"));
    CHECK(sheet("document,code,text\nP1,conflict,'=1+1 写在\n", documents) == "P1 2 P1 conflict 林 accepted =1+1 写在\n");
}
