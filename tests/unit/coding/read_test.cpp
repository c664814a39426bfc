// SPDX-License-Identifier: Apache-2.0
//
// Codings that are wrong: each fault is said with its line and column, and
// nothing of it is kept, clamped or swapped.
#include "fangtan/coding/read.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "../../support/random.hpp"
#include "fangtan/text/diagnostic_text.hpp"
#include "fangtan/text/utf8.hpp"

using namespace fangtan;
using namespace std::string_literals;
using testing::Random;

namespace {

std::string messages(std::string text, CodingSet& set) {
    Diagnostics diagnostics;
    text.reserve(text.size() + coding::kPaddingAfter);
    const bool json = coding::looks_like_json_lines(text);
    const bool good = json ? coding::read_json_lines(text, "f", set, diagnostics) : coding::read_rows(text, "f", set, diagnostics);
    CHECK(good == !diagnostics.has_errors());
    std::string all;
    for (const Diagnostic& entry : diagnostics.entries()) {
        Diagnostic without_line = entry;
        without_line.source_line.clear();
        all += to_text(without_line);
    }
    return all;
}

std::string messages(const std::string& text) {
    CodingSet set;
    return messages(text, set);
}

const std::string kRun = R"({"record":"run","schema":1,"tool":"t","codebook":"测试","unit":"sentence"})"
                         "\n";
const std::string kCode = R"({"record":"code","code":"甲","name":"甲","path":["甲"]})"
                          "\n";
const std::string kDocument = R"({"record":"document","document":"D","file":"D.txt","sha256":"aa","characters":100,"turns":1,"units":1,"participants":["P1"],"speech":[{"participant":"P1","characters":90}]})"
                              "\n";
const std::string kCoding = R"({"record":"coding","document":"D","turn":1,"participant":"P1","start":3,"end":6,"code":"甲","text":"一二三","evidence":[[3,4]],"coder":"rules","rule":1,"status":"proposed"})"
                            "\n";
const std::string kEnd = R"({"record":"end","documents":1})"
                         "\n";

// A stream in which only line 4 is under test.
std::string around(const std::string& line) { return kRun + kCode + kDocument + line + "\n" + kEnd; }

struct Case {
    std::string line;
    std::string message;  // without "f:4:" in front
};

void check_lines(const std::vector<Case>& cases) {
    for (const Case& each : cases) {
        CAPTURE(each.line);
        CodingSet set;
        CHECK(messages(around(each.line), set) == (each.message.empty() ? "" : "f:4:" + each.message + "\n"));
        CHECK(set.codings.size() == (each.message.empty() ? 1 : 0));
    }
}

std::string with(const std::string& members) { return R"({"record":"coding","document":"D","code":"甲",)" + members + "}"; }

}  // namespace

TEST_CASE("a stream that is whole") {
    CodingSet set;
    CHECK(messages(kRun + kCode + kDocument + kCoding + kEnd, set).empty());
    REQUIRE(set.codings.size() == 1);
    CHECK(set.codings[0].start == 3);
    CHECK(set.codings[0].end == 6);
    CHECK(set.codings[0].turn == 1);
    CHECK(set.participants[set.codings[0].participant].id == "P1");
    CHECK(set.labels.name(set.codings[0].coder) == "rules");
    CHECK(set.codebook == "测试");
    REQUIRE(set.documents.size() == 1);
    CHECK(set.documents[0].characters == 100);
    CHECK(set.documents[0].speech[0].characters == 90);
    // Streams one after the other, and records that come again.
    CHECK(messages(kRun + kCode + kDocument + kCoding + kEnd, set).empty());
    CHECK(messages(kRun + kCode + kDocument + kEnd + kRun + kCode + kDocument + kCoding + kEnd + "\n \n", set).empty());
    CHECK(set.codings.size() == 3);
    CHECK(set.documents.size() == 1);
    CHECK(set.codes.size() == 1);
}

TEST_CASE("codings as other programs may write them") {
    check_lines({
        {with(R"("start":3,"end":6)"), ""},
        {R"( { "end" : 6, "start" : 3, "code" : "\u7532", "document" : "D", "record" : "coding" } )", ""},
        {with(R"("start":3,"end":6,"turn":null,"participant":null,"memo":"x","extra":{"a":[1,2.50,null,true]}})").substr(0, with(R"("start":3,"end":6,"turn":null,"participant":null,"memo":"x","extra":{"a":[1,2.50,null,true]}})").size() - 1), ""},
        {with(R"("start":3,"end":6,"text":"一\n😀")"), ""},
        {with(R"("start":0,"end":100,"status":"accepted","coder":"小王")"), ""},
    });
    CodingSet set;
    CHECK(messages(around(with(R"("start":0,"end":1,"status":"rejected","speaker":"答")")), set).empty());
    CHECK(set.codings[0].status == CodingStatus::rejected);
    CHECK(set.labels.name(set.codings[0].speaker) == "答");
    CHECK(set.labels.name(set.codings[0].coder) == "unknown");
    CHECK(set.codings[0].participant == kNobody);
}

TEST_CASE("positions that are none") {
    check_lines({
        {with(R"("start":3,"end":101)"), R"(54: error: end 101 lies past the end of document "D" (100 characters))"},
        {with(R"("start":6,"end":3)"), "54: error: start 6 must be before end 3"},
        {with(R"("start":6,"end":6)"), "54: error: start 6 must be before end 6"},
        {with(R"("start":-1,"end":3)"), "54: error: start must be a whole number from 0, found -1"},
        {with(R"("start":1.5,"end":3)"), "54: error: start must be a whole number from 0, found 1.5"},
        {with(R"("start":1,"end":3.0)"), "62: error: end must be a whole number from 0, found 3.0"},
        {with(R"("start":1,"end":1e400)"), "62: error: end must be a whole number from 0, found 1e400"},
        {with(R"("start":NaN,"end":3)"), "54: error: start must be a whole number from 0, found NaN"},
        {with(R"("start":"3","end":4)"), R"(54: error: start must be a whole number from 0, found "3")"},
        {with(R"("start":null,"end":4)"), "54: error: start must be a whole number from 0, found null"},
        {with(R"("start":true,"end":4)"), "54: error: start must be a whole number from 0, found true"},
        {with(R"("start":[3],"end":4)"), "54: error: start must be a whole number from 0, found ["},
        {with(R"("start":03,"end":4)"), "54: error: start must be a whole number from 0, found 03"},
        {with(R"("start":3,"end":2147483647)"), R"(54: error: end 2147483647 lies past the end of document "D" (100 characters))"},
        {with(R"("start":3,"end":2147483648)"), R"(54: error: end 2147483648 lies past the end of document "D" (100 characters))"},
        {with(R"("start":2147483648,"end":3)"), "54: error: start 2147483648 must be before end 3"},
        {with(R"("start":3,"end":4294967295)"), "62: error: end must be a whole number from 0, found 4294967295"},
        {with(R"("start":3,"end":4294967296)"), "62: error: end must be a whole number from 0, found 4294967296"},
        {with(R"("start":3,"end":4294967302)"), "62: error: end must be a whole number from 0, found 4294967302"},
        {with(R"("start":3,"end":9223372036854775808)"), "62: error: end must be a whole number from 0, found 9223372036854775808"},
        {with(R"("start":3,"end":18446744073709551615)"), "62: error: end must be a whole number from 0, found 18446744073709551615"},
        {with(R"("start":3,"end":18446744073709551616)"), "62: error: end must be a whole number from 0, found 18446744073709551616"},
        {with(R"("start":3,"end":18446744073709551617)"), "62: error: end must be a whole number from 0, found 18446744073709551617"},
        {with(R"("start":3,"end":6,"turn":-2)"), "71: error: turn must be a whole number from 0, found -2"},
        {with(R"("start":3,"end":6,"text":"一二")"), "54: error: the text has 2 characters, but start and end span 3"},
        {with(R"("start":3,"end":6,"text":"")"), "54: error: the text has 0 characters, but start and end span 3"},
        {with(R"("start":3,"end":6,"text":"一😀")"), "54: error: the text has 2 characters, but start and end span 3 (they seem to count UTF-16 units; positions are code points)"},
        {with(R"("start":3,"end":8,"text":"\ud83d\ude00一😀")"), "54: error: the text has 3 characters, but start and end span 5 (they seem to count UTF-16 units; positions are code points)"},
    });
}

TEST_CASE("the same faults in the form our own writer has") {
    const auto canonical = [](const std::string& start, const std::string& end, const std::string& text) {
        return R"({"record":"coding","document":"D","turn":1,"participant":"P1","start":)" + start + R"(,"end":)" + end + R"(,"code":"甲","text":")" + text + R"(","evidence":[],"coder":"rules","rule":1,"status":"proposed"})";
    };
    check_lines({
        {canonical("3", "6", "一二三"), ""},
        {canonical("3", "101", "一二三"), R"(71: error: end 101 lies past the end of document "D" (100 characters))"},
        {canonical("6", "3", "一二三"), "71: error: start 6 must be before end 3"},
        {canonical("3", "6", "一二"), "71: error: the text has 2 characters, but start and end span 3"},
        {canonical("3", "4294967295", "一二三"), "79: error: end must be a whole number from 0, found 4294967295"},
        {canonical("3", "18446744073709551622", "一二三"), "79: error: end must be a whole number from 0, found 18446744073709551622"},
        {canonical("03", "6", "一二三"), "71: error: start must be a whole number from 0, found 03"},
        {canonical("3", "6", "一二三") + kCoding.substr(0, kCoding.size() - 1), "1: error: something follows the record on its line; write one record a line"},
        {canonical("3", "6", "一\\\"三"), ""},
    });
}

TEST_CASE("records that refer to nothing") {
    check_lines({
        {R"({"record":"coding","document":"E","start":3,"end":6,"code":"甲"})", R"(1: error: the document "E" of this coding has no document record before it)"},
        {R"({"record":"coding","document":"D","start":3,"end":6,"code":"乙"})", R"(1: error: the code "乙" is unknown; it needs a code record before it, or a place in the codebook (-b))"},
        {R"({"record":"coding","document":"D","start":3,"end":6})", "1: error: a coding needs the members document, start, end and code"},
        {R"({"record":"coding","start":3,"end":6,"code":"甲"})", "1: error: a coding needs the members document, start, end and code"},
        {R"({"record":"coding","document":"D","end":6,"code":"甲"})", "1: error: a coding needs the members document, start, end and code"},
        {R"({})", "1: error: a coding needs the members document, start, end and code"},
        {with(R"("start":3,"end":6,"status":"maybe")"), R"(1: error: status must be proposed, accepted or rejected, found "maybe")"},
        {R"({"record":"coding","document":7,"start":3,"end":6,"code":"甲"})", "1: error: document must be a string"},
        {R"({"record":"coding","document":null,"start":3,"end":6,"code":"甲"})", "1: error: document must be a string"},
        {R"({"record":"quote","text":"x"})", R"(1: error: unknown kind of record "quote"; known are run, code, participant, document, coding, skipped, end)"},
        {R"({"record":"","text":"x"})", R"(1: error: unknown kind of record ""; known are run, code, participant, document, coding, skipped, end)"},
        {R"({"record":7})", "1: error: record must be a string"},
        {R"({"record":"code","name":"x"})", "1: error: a code record needs the member code"},
        {R"({"record":"code","code":"乙","name":"乙","path":["丙","乙"],"parent":"丙"})", R"(1: error: the parent "丙" of the code "乙" must have a record before it)"},
        {R"({"record":"code","code":"甲","name":"别的","path":["甲"]})", R"(1: error: the code "甲" has another name or place than in an earlier record; code all shards with the same codebook)"},
        {R"({"record":"participant","group":"P"})", "1: error: a participant record needs the member participant"},
        {R"({"record":"code","code":"乙","path":"乙"})", "1: error: path must be a list"},
        {R"({"record":"code","code":"乙","path":[1]})", "1: error: path must be a list of strings"},
    });
}

TEST_CASE("lines that are no record") {
    check_lines({
        {R"([{"record":"coding"}])", "1: error: this line is no JSON object (one record a line, from { to })"},
        {"7", "1: error: this line is no JSON object (one record a line, from { to })"},
        {"P1,甲,3,6", "1: error: this line is no JSON object (one record a line, from { to })"},
        {with(R"("start":3,"end":6)") + with(R"("start":4,"end":7)"), "1: error: something follows the record on its line; write one record a line"},
        {with(R"("start":3,"end":6)") + " x}", "1: error: something follows the record on its line; write one record a line"},
        {R"({"record":"participant","participant":"P2"}{"record":"participant","participant":"P3"})", "1: error: something follows the record on its line; write one record a line"},
        {R"({"record":"skipped","file":"a"} {"record":"skipped","file":"b"})", "1: error: something follows the record on its line; write one record a line"},
        {with(R"("start":3,"end":6,"start":4)"), R"(1: error: the member "start" stands twice in this record)"},
        {with(R"("start":3,"end":6,"end":6)"), R"(1: error: the member "end" stands twice in this record)"},
        {with(R"("start":3,"end":6,"record":"coding")"), R"(1: error: the member "record" stands twice in this record)"},
        {with(R"("start":3,"end":6,"record":"end")"), R"(1: error: the member "record" stands twice in this record)"},
        {with(R"("start":3,"end":6,"memo":"一","memo":"二")"), R"(1: error: the member "memo" stands twice in this record)"},
        {with(R"("start":3,"end":6,"memo":1)"), "1: error: memo must be a string"},
        {with(R"("start":3,"end":6,"c\u006fde":"甲")"), R"(1: error: the member "code" stands twice in this record)"},
        {R"({"record":"document","document":"E","characters":5,"characters":500})", R"(1: error: the member "characters" stands twice in this record)"},
        {R"({"record":"participant","participant":"P2","age":"1","age":"2"})", R"(1: error: the member "age" stands twice in this record)"},
    });
    // What the parser says of a line that breaks in the middle is its own.
    for (const std::string& line : {with(R"("start":3,"end":6,"memo":)"), with(R"("start":3,"end":6,"memo":"x)"), with(R"("start":3 "end":6)"), with(R"("start":3,"end":6,)"), with(R"("start":3,"end":6,"memo":NaN)"), with(R"("start":3,"end":6,"memo":[1,})"),
                                    R"({"record":"coding","document":"D","start":3,"en)"s}) {
        CAPTURE(line);
        CodingSet set;
        CHECK(messages(around(line), set).starts_with("f:4:"));
        CHECK(set.codings.empty());
    }
}

TEST_CASE("texts and memos are kept if asked for, colours always") {
    const std::string coloured = R"({"record":"code","code":"甲","name":"甲","path":["甲"],"color":"#c0392b"})"
                                 "\n";
    const std::string noted = with(R"("start":4,"end":6,"text":"二\n","memo":"再看")") + "\n";
    CodingSet set;
    set.keeps_texts = true;
    CHECK(messages(kRun + kCode + coloured + kDocument + kCoding + noted + kEnd, set).empty());
    CHECK(set.texts == std::vector<std::string>{"一二三", "二\n"});
    CHECK(set.memos == std::vector<std::string>{"", "再看"});
    CHECK(set.codes[0].color == "#c0392b");
    CHECK(messages("document,code,start,end,text,memo\nE,甲,0,4,'=1+,'@丙\nE,甲,0,3,'=1,\n", set).empty());
    CHECK(set.texts == std::vector<std::string>{"一二三", "二\n", "'=1+", "'=1"});
    CHECK(set.memos == std::vector<std::string>{"", "再看", "@丙", ""});
    CodingSet without;
    CHECK(messages(kRun + kCode + kDocument + kCoding + noted + kEnd, without).empty());
    CHECK(without.codings.size() == 2);
    CHECK(without.texts.empty());
    CHECK(without.memos.empty());
}

TEST_CASE("streams that are not whole") {
    const std::string breaks_off = "the stream breaks off here: its end record is missing; the command that wrote it failed or was stopped, run it again\n";
    CHECK(messages(kRun + kCode + kDocument + kCoding) == "f:4:1: error: " + breaks_off);
    CHECK(messages(kRun) == "f:1:1: error: " + breaks_off);
    CHECK(messages(kRun + kEnd) == "f:2:1: error: the end record counts 1 documents, but 0 stand before it; lines were lost or added\n");
    CHECK(messages(kRun + kCode + kDocument + kCoding + R"({"record":"end","documents":2})" + "\n") ==
          "f:5:1: error: the end record counts 2 documents, but 1 stand before it; lines were lost or added\n");
    CHECK(messages(kRun + kCode + kDocument + R"({"record":"end"})" + "\n") == "f:4:1: error: an end record needs the number of documents\n");
    CHECK(messages(kRun + kCode + kDocument + R"({"record":"end","documents":"1"})" + "\n") == "f:4:1: error: an end record needs the number of documents\n");
    CHECK(messages(kRun + kCode + kRun + kDocument + kEnd) == "f:3:1: error: a new run begins here, but the one before it has no end record; the command that wrote it failed or was stopped\n");
    CHECK(messages(kRun + kCode + kDocument + kEnd + kEnd) == "f:5:1: error: an end record without its run record before it\n");
    CHECK(messages(kRun + kCode + kDocument + kEnd + kCoding) == "f:5:1: error: this coding stands outside of a run (before its run record or after its end record)\n");
    CHECK(messages(R"({"document":"E","start":3,"end":6,"code":"甲"})"
                   "\n" + kRun + kCode + kDocument + kEnd) == "f:2:1: error: codings without a run stand before this run record; keep them in a file of their own\n");
    CHECK(messages(R"({"record":"run","schema":2})"
                   "\n") != "");
    // A last line that was cut is no JSON, and the end record is missing with it.
    const std::string cut = kRun + kCode + kDocument + kCoding;
    for (std::size_t left = 1; left + 1 < kCoding.size(); ++left) {
        if (utf8::is_continuation(cut[cut.size() - 1 - left])) continue;
        const std::string all = messages(cut.substr(0, cut.size() - 1 - left));
        CAPTURE(left);
        CHECK(all.starts_with("f:4:1: error: "));
        CHECK(all.ends_with("f:4:1: error: " + breaks_off));
    }
    // Two documents of one id.
    std::string other = kDocument;
    other.replace(other.find("aa"), 2, "bb");
    CHECK(messages(kRun + kCode + kDocument + other + R"({"record":"end","documents":2})" + "\n") ==
          "f:4:1: error: two different documents are called \"D\"; if the transcript was edited since it was coded, bring its codings up to date with fangtan relocate; two interviews of one name get different ids when their folders are coded in one run\n");
    CHECK(messages(kRun + "\xFF\n" + kEnd) == "f:2: error: byte " + std::to_string(kRun.size()) + " is not valid UTF-8; codings are written in UTF-8\n");
}

TEST_CASE("no more faults than can be kept are looked for, and none is made up") {
    std::string text = kRun + kCode + kDocument;
    for (int i = 0; i < 300; ++i) text += "x\n";
    const std::string all = messages(text + kEnd);
    CHECK(all.ends_with("f:103:1: error: this line is no JSON object (one record a line, from { to })\n"));
    CHECK(all.find("breaks off") == std::string::npos);
}

TEST_CASE("bare codings") {
    CodingSet set;
    CHECK(messages(R"({"document":"D","start":3,"end":6,"code":"甲"})"
                   "\n"
                   R"({"document":"E","start":3,"end":6,"code":"run"})"
                   "\n"
                   R"({"document":"E","start":3,"end":2147483648,"code":"甲"})",
                   set)
              .empty());
    CHECK(set.codings.size() == 3);
    CHECK(set.documents.size() == 2);
    CHECK(set.codes.size() == 2);
    CHECK(messages(R"({"document":"D","start":0,"end":3,"code":"run","text":"\"record\":\"run\"x"})").ends_with("but start and end span 3\n"));
    CHECK(messages(R"({"document":"D","start":0,"end":3,"code":"run"})").empty());
    // With a codebook given, what it does not hold is a mistake.
    CodingSet given;
    given.code_ids.number("甲");
    given.codes.push_back({"甲", "甲", {"甲"}, std::nullopt});
    CHECK(messages(R"({"document":"D","start":3,"end":6,"code":"乙"})", given) == "f:1:1: error: the code \"乙\" is unknown; it needs a code record before it, or a place in the codebook (-b)\n");
    CHECK(messages("", set).empty());
}

TEST_CASE("participants are described once") {
    CodingSet set;
    const auto participant = [](const std::string& members) { return R"({"record":"participant","participant":"P1")" + members + "}\n"; };
    const std::string end = R"({"record":"end","documents":0})"
                            "\n";
    CHECK(messages(kRun + participant("") + participant(R"(,"group":"警","role":"民警","age":"47")") + participant("") + end, set).empty());
    CHECK(set.participants[0].group == "警");
    CHECK(set.participants[0].attributes == std::vector<std::pair<std::string, std::string>>{{"age", "47"}});
    CHECK(messages(kRun + participant(R"(,"group":"警","role":"民警","age":"48")") + end, set) == "f:2:1: error: the participant \"P1\" is described differently in an earlier record\n");
}

TEST_CASE("rows") {
    CodingSet set;
    CHECK(messages("document,code,start,end,participant,group,coder,status,turn\nD,甲,3,6,P1,警,小王,accepted,4\nD,乙,0,2,,,,,\n", set).empty());
    REQUIRE(set.codings.size() == 2);
    CHECK(set.codings[0].status == CodingStatus::accepted);
    CHECK(set.codings[0].turn == 4);
    CHECK(set.participants[set.codings[0].participant].group == "警");
    CHECK(set.codings[1].participant == kNobody);
    CHECK(set.labels.name(set.codings[1].coder) == "unknown");
    CHECK(set.documents[0].participants.size() == 1);
    const std::string head = "document,code,start,end,text,status,turn\n";
    CHECK(messages("document,start,end\nD,3,6\n") == "f:1:1: error: the header has no column \"code\"; codings need document, code, start and end\n");
    struct Row {
        std::string row;
        std::string message;
    };
    const std::vector<Row> rows = {
        {"D,甲,3,6,一二三,,", ""},
        {"D,甲,3,6,,,", ""},
        {"D,甲,3,6,'=二三,,", ""},  // as --excel guards it
        {"D,甲,3,6,'一二,,", ""},
        {"D,甲,-1,6,,,", "f:2:5: error: start must be a whole number from 0, found \"-1\"\n"},
        {"D,甲,3,1.5,,,", "f:2:7: error: end must be a whole number from 0, found \"1.5\"\n"},
        {"D,甲,3,4294967296,,,", "f:2:7: error: end must be a whole number from 0, found \"4294967296\"\n"},
        {"D,甲,,6,,,", "f:2:5: error: start must be a whole number from 0, found \"\"\n"},
        {"D,甲, 3,6,,,", "f:2:5: error: start must be a whole number from 0, found \" 3\"\n"},
        {"D,甲,6,3,,,", "f:2:5: error: start 6 must be before end 3\n"},
        {"D,甲,3,3,,,", "f:2:5: error: start 3 must be before end 3\n"},
        {"D,甲,3,6,一二,,", "f:2:9: error: the text has 2 characters, but start and end span 3\n"},
        {"D,甲,3,6,,maybe,", "f:2:10: error: status must be proposed, accepted or rejected, found \"maybe\"\n"},
        {"D,甲,3,6,,,x", "f:2:11: error: turn must be a whole number from 0, found \"x\"\n"},
        {",甲,3,6,,,", "f:2:1: error: this row has no document\n"},
        {"D,,3,6,,,", "f:2:3: error: the code \"\" is not in the codebook\n"},
        {"D,甲,3", "f:2:1: error: this row has 3 cells, but the header has 7; quote cells that hold the separator\n"},
    };
    for (const Row& each : rows) {
        CAPTURE(each.row);
        CodingSet own;
        CHECK(messages(head + each.row + "\n", own) == each.message);
        CHECK(own.codings.size() == (each.message.empty() ? 1 : 0));
    }
    // Codes and documents that are known already.
    CodingSet given;
    given.code_ids.number("与社工合作");
    given.codes.push_back({"与社工合作", "与社工合作", {"与社工合作"}, std::nullopt});
    given.document_ids.number("D");
    given.documents.push_back({"D", "", "", 10, {}, {}});
    CHECK(messages(head + "D,与社工合做,3,6,,,\n", given) == "f:2:3: error: the code \"与社工合做\" is not in the codebook; did you mean \"与社工合作\"?\n");
    CHECK(messages(head + "D,与社工合作,3,11,,,\n", given) == "f:2:11: error: end 11 lies past the end of document \"D\" (10 characters)\n");
    CHECK(messages(head + "D,与社工合作,3,10,,,\n", given).empty());
}

TEST_CASE("which format a text is in") {
    CHECK(coding::looks_like_json_lines(" \n{\"record\":1}"));
    CHECK(coding::looks_like_json_lines("[{}]"));
    CHECK_FALSE(coding::looks_like_json_lines("document,code\n"));
}

TEST_CASE("bytes changed at random are refused or read, never more") {
    const std::string good = kRun + kCode + kDocument + kCoding + kEnd;
    static const std::string bytes = "{}[]\",:\\0123456789eE+-.nultrfsa \n\t\x01";
    std::size_t refused = 0;
    for (std::uint64_t seed = 1; seed <= testing::cases(5'000); ++seed) {
        Random random(seed);
        std::string text = good;
        for (std::size_t n = 1 + random.below(3); n > 0; --n) {
            const std::size_t at = random.below(text.size());
            const std::size_t kind = random.below(3);
            if (kind == 0) text[at] = bytes[random.below(bytes.size())];
            if (kind == 1) text.erase(at, 1 + random.below(10));
            if (kind == 2) text.insert(at, 1, bytes[random.below(bytes.size())]);
        }
        CodingSet set;
        refused += messages(text, set).empty() ? 0 : 1;
        for (const CodingEntry& entry : set.codings) {
            REQUIRE(entry.document < set.documents.size());
            REQUIRE(entry.code < set.codes.size());
            REQUIRE(entry.start < entry.end);
        }
    }
    CHECK(refused * 2 > testing::cases(5'000));
}

TEST_CASE("a stream in pieces is the stream") {
    // With faults too: their lines are counted through all pieces.
    std::string text = kRun + kCode + kDocument;
    for (int i = 0; i < 200; ++i) {
        const std::string start = std::to_string(i % 7);
        text += R"({"record":"coding","document":"D","turn":1,"participant":"P1","start":)" + start + R"(,"end":)" + std::to_string(i % 7 + 2) +
                R"(,"code":"甲","text":")" + (i == 150 ? "三个字" : "社工") + R"(","evidence":[],"coder":"rules","rule":1,"status":"proposed"})" + "\n";
    }
    text += kEnd;
    CodingSet whole;
    const std::string expected = messages(text, whole);
    CHECK(expected.find("f:154:") != std::string::npos);
    Random random(5);
    for (int number = 0; number < 50; ++number) {
        CodingSet set;
        Diagnostics diagnostics;
        const std::string file = "f";
        coding::JsonLinesReader reader(file, set, diagnostics);
        for (std::size_t at = 0; at < text.size();) {
            const std::size_t end = std::min(text.find('\n', std::min(text.size() - 1, at + random.below(3'000))), text.size() - 1) + 1;
            std::string piece = text.substr(at, end - at);
            piece.reserve(piece.size() + coding::kPaddingAfter);
            reader.add(piece);
            at = end;
        }
        CHECK_FALSE(reader.finish());
        REQUIRE(diagnostics.entries().size() == 1);
        CHECK(diagnostics.entries()[0].position.line == 154);
        CHECK(set.codings.size() == whole.codings.size());
    }
}

TEST_CASE("strings of our own form hold no control characters") {
    const std::string line = R"({"record":"coding","document":"D","turn":1,"participant":"P1","start":0,"end":3,"code":"甲","text":"社)" "\t" R"(工","evidence":[],"coder":"rules","rule":1,"status":"proposed"})" "\n";
    CHECK(messages(kRun + kCode + kDocument + line + kEnd)
          == "f:4:101: error: a string holds a control character as it is; JSON writes it as \\n, \\t or \\u00…\n");
}
