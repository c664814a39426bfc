// SPDX-License-Identifier: Apache-2.0
//
// Lines, their order and groups, and how they are printed; the whole of it
// against a plain search in random texts.
#include "fangtan/analysis/concordance_render.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "../../support/random.hpp"
#include "../coding/applied.hpp"
#include "fangtan/text/fold.hpp"
#include "fangtan/text/utf8.hpp"

using namespace fangtan;
using namespace fangtan::analysis;
using testing::Random;
using testing::transcript_of;

namespace {

std::vector<ConcordanceDocument> documents_of(const std::string& query, const std::vector<std::string>& texts, const ConcordanceSpec& spec, const RetrievalOptions& options = {}) {
    const ParticipantTable participants;
    Diagnostics diagnostics;
    const auto retrieval = Retrieval::open(query, "QUERY", options, participants, nullptr, diagnostics);
    REQUIRE(retrieval.has_value());
    Retriever retriever(*retrieval);
    std::vector<ConcordanceDocument> documents;
    for (std::size_t i = 0; i < texts.size(); ++i) documents.push_back(concordance_of(transcript_of(texts[i], "D" + std::to_string(i + 1)), retriever, participants, spec));
    return documents;
}

std::string hits_of(const Concordance& concordance) {
    std::string all;
    for (const ConcordanceGroup& group : concordance.groups) {
        if (!concordance.spec.by.empty()) all += "<" + group.name + " " + std::to_string(group.counts.hits) + ">";
        for (const ConcordanceLine* line : group.lines) all += line->left + "[" + line->hit + "]" + line->right + ";";
    }
    return all;
}

std::vector<std::string> dialogues() {
    return {"问：忙吗？\nP1：忙啊忙。\nS1：也忙碌。", "P2：不忙。\nP10：忙，忙不完。"};
}

std::string printed(const std::string& query, const std::vector<std::string>& texts, const ConcordanceStyle& style, const ConcordanceSpec& spec = {}) {
    return render(arrange(documents_of(query, texts, spec), spec), style);
}

}  // namespace

TEST_CASE("context ends with the turn and says whether it goes on") {
    const auto documents = documents_of("忙", dialogues(), {1, ConcordanceOrder::document, {}});
    REQUIRE(documents[0].lines.size() == 3);
    const ConcordanceLine& first = documents[0].lines[0];
    CHECK(first.turn == 2);
    CHECK(first.left.empty());
    CHECK_FALSE(first.left_goes_on);
    CHECK(first.right == "啊");
    CHECK(first.right_goes_on);
    CHECK(first.start.value == 9);  // 问：忙吗？ line feed, P1： make nine characters
    CHECK(first.end.value == 10);
    CHECK(first.span == span_of(21, 24));  // five characters of three bytes, a line feed, P1, a colon of three
    const ConcordanceLine& second = documents[0].lines[1];
    CHECK(second.left == "啊");
    CHECK(second.left_goes_on);
    CHECK(second.right == "。");
    CHECK_FALSE(second.right_goes_on);
}

TEST_CASE("orders; equals stay as in the corpus") {
    const auto sorted = [](ConcordanceOrder order) {
        const ConcordanceSpec spec{2, order, {}};
        return hits_of(arrange(documents_of("忙 OR 忙碌", dialogues(), spec), spec));
    };
    CHECK(sorted(ConcordanceOrder::document) == "[忙]啊忙;忙啊[忙]。;也[忙碌]。;不[忙]。;[忙]，忙;忙，[忙]不完;");
    // Nothing, nothing, 不 U+4E0D, 也 U+4E5F, 啊 U+554A, ， which folds to a comma (U+002C).
    CHECK(sorted(ConcordanceOrder::left) == "[忙]啊忙;[忙]，忙;忙，[忙]不完;不[忙]。;也[忙碌]。;忙啊[忙]。;");
    CHECK(sorted(ConcordanceOrder::hit) == "[忙]啊忙;忙啊[忙]。;不[忙]。;[忙]，忙;忙，[忙]不完;也[忙碌]。;");
    // , U+002C; 。 U+3002; 不 U+4E0D; 啊 U+554A
    CHECK(sorted(ConcordanceOrder::right) == "[忙]，忙;忙啊[忙]。;也[忙碌]。;不[忙]。;忙，[忙]不完;[忙]啊忙;");
}

TEST_CASE("script, width and case do not matter to the order") {
    const ConcordanceSpec spec{5, ConcordanceOrder::right, {}};
    CHECK(hits_of(arrange(documents_of("忙", {"P1：忙Ｂ。", "P1：忙a。", "P1：忙b。", "P1：忙后。", "P1：忙後。", "P1：忙后。"}, spec), spec)) ==
          "[忙]a。;[忙]Ｂ。;[忙]b。;[忙]后。;[忙]後。;[忙]后。;");
}

TEST_CASE("groups, counts and the first lines") {
    ConcordanceSpec spec{0, ConcordanceOrder::document, "participant"};
    const auto grouped = [&](std::size_t top) { return arrange(documents_of("忙", dialogues(), spec, {UnitKind::sentence, true}), spec, top); };
    // Natural order, and the interviewer, who is no participant, last.
    CHECK(hits_of(grouped(SIZE_MAX)) == "<P1 2>[忙];[忙];<P2 1>[忙];<P10 2>[忙];[忙];<S1 1>[忙];< 1>[忙];");
    CHECK(hits_of(grouped(4)) == "<P1 2>[忙];[忙];<P2 1>[忙];<P10 2>[忙];<S1 1>< 1>");
    const Concordance all = grouped(SIZE_MAX);
    CHECK(all.counts.hits == 7);
    CHECK(all.counts.units == 5);
    CHECK(all.counts.documents == 2);
    CHECK(all.counts.participants == 4);
    CHECK(all.shown == 7);
    CHECK(grouped(4).shown == 4);
    CHECK(grouped(4).counts.hits == 7);
    CHECK(all.groups[0].counts.units == 1);
    CHECK(render_counts(all, {ConcordanceFormat::csv, "忙", false, false}) ==
          "participant,hits,units,documents,participants\nP1,2,1,1,1\nP2,1,1,1,1\nP10,2,1,1,1\nS1,1,1,1,1\n(no participant),1,1,1,0\n(all),7,5,2,4\n");
    spec.by = "document";
    CHECK(hits_of(grouped(SIZE_MAX)) == "<D1 4>[忙];[忙];[忙];[忙];<D2 3>[忙];[忙];[忙];");
    spec.by = "group";
    CHECK(hits_of(grouped(SIZE_MAX)) == "<P 5>[忙];[忙];[忙];[忙];[忙];<S 1>[忙];< 1>[忙];");
}

TEST_CASE("text: hits stand below each other by display width") {
    const ConcordanceSpec spec{4, ConcordanceOrder::document, {}};
    CHECK(printed("kpi OR 考核", {"P1：我们的考核不叫考核，叫\nKPI 表。", "P20：a KPI"}, {ConcordanceFormat::text, "", false, false}, spec) ==
          "D1:1  P1      我们的  考核  不叫考核…\n"
          "D1:1  P1   …考核不叫  考核  ，叫 K…\n"
          "D1:1  P1    …核，叫   KPI    表。\n"
          "D2:1  P20         a   KPI\n");
}

TEST_CASE("text: bold only if asked, controls shown") {
    CHECK(printed("报警", {"P1：\x1b[2J报警\t了"}, {ConcordanceFormat::text, "", false, false}) == "D1:1  P1  \\x1b[2J  报警  \\x09了\n");
    CHECK(printed("报警", {"P1：报警"}, {ConcordanceFormat::text, "", false, true}) == "D1:1  P1  \x1b[1m报警\x1b[0m\n");
}

TEST_CASE("rows and JSON hold the text as it is") {
    const std::vector<std::string> texts = {"P1：=1+1 “报警”，\n\"完\""};
    CHECK(printed("报警", texts, {ConcordanceFormat::csv, "", false, false}) ==
          "document,file,turn,speaker,participant,group,start,end,left,hit,right\nD1,D1.txt,1,P1,P1,P,9,11,=1+1 “,报警,\"”，\n\"\"完\"\"\"\n");
    CHECK(printed("报警", texts, {ConcordanceFormat::csv, "", true, false}) ==
          "\xEF\xBB\xBF" "document,file,turn,speaker,participant,group,start,end,left,hit,right\r\nD1,D1.txt,1,P1,P1,P,9,11,'=1+1 “,报警,\"”，\n\"\"完\"\"\"\r\n");
    CHECK(printed("报警", texts, {ConcordanceFormat::jsonl, "", false, false}) ==
          "{\"document\":\"D1\",\"file\":\"D1.txt\",\"turn\":1,\"speaker\":\"P1\",\"participant\":\"P1\",\"group\":\"P\",\"start\":9,\"end\":11,"
          "\"left\":\"=1+1 “\",\"hit\":\"报警\",\"right\":\"”，\\n\\\"完\\\"\"}\n");
}

TEST_CASE("the page holds no tag of the interviews") {
    const std::string page = printed("报警", {"P1：<img src=x onerror=alert(1)>报警&\"'</td>\xE2\x80\xAE"}, {ConcordanceFormat::html, "</title><script>", false, false});
    CHECK(page.find("<img") == std::string::npos);
    CHECK(page.find("<script") == std::string::npos);
    CHECK(page.find("报警</mark></td><td class=\"right\">&amp;&quot;&#39;&lt;/td&gt;&lt;U+202E&gt;</td>") != std::string::npos);
    CHECK(page.find("<title>&lt;/title&gt;&lt;script&gt;") != std::string::npos);
    CHECK(page.find("default-src 'none'") != std::string::npos);
}

TEST_CASE("random texts: a plain search finds the same, and every line is a part of its turn") {
    const std::vector<std::string> characters = {"忙", "碌", "報", "报", "警", "，", "。", "\n", "么", "Ａ", "b", "𠮷", "？", " "};
    const std::vector<std::string> terms = {"报", "警", "报警", "忙忙", "碌么", "警。", "𠮷报"};
    Random random(20'261'122);
    std::size_t found = 0;
    for (std::size_t round = 0; round < testing::cases(400); ++round) {
        const std::string& term = random.pick(terms);
        std::string text;
        for (std::size_t turn = 0; turn < 1 + random.below(4); ++turn) {
            text += turn % 2 == 0 ? "P1：忙" : "问：报警";
            for (std::size_t i = 0; i < random.below(40); ++i) {
                const std::string& next = random.chance(10) ? term : random.pick(characters);
                text += next == "\n" ? "\n忙" : next;  // no line may look like a label
            }
            text += "\n";
        }
        const ConcordanceSpec spec{static_cast<std::uint32_t>(random.below(8)), ConcordanceOrder::document, {}};
        const Transcript transcript = transcript_of(text, "D1");
        const auto documents = documents_of(term, {text}, spec, {UnitKind::turn, false});
        INFO(text, " / ", term);
        std::vector<Span> expected;
        for (const Turn& turn : transcript.turns) {
            if (transcript.speakers[turn.speaker].interviewer) continue;
            for (std::uint32_t at = turn.body.begin.value; at < turn.body.end.value; at += utf8::length(transcript.text[at])) {
                std::string folded;
                std::uint32_t end = at;
                while (end < turn.body.end.value && utf8::count(folded) < utf8::count(term)) {
                    utf8::append(folded, fold(utf8::at(transcript.text, end)));
                    end += utf8::length(transcript.text[end]);
                }
                if (folded == fold(term)) expected.push_back(span_of(at, end));
            }
        }
        std::vector<Span> listed;
        for (const ConcordanceLine& line : documents[0].lines) {
            listed.push_back(line.span);
            CHECK(fold(line.hit) == fold(term));
            const std::string_view body = transcript.turns[line.turn - 1].body.of(transcript.text);
            const std::string whole = line.left + line.hit + line.right;
            CHECK(body.find(whole) != std::string_view::npos);
            CHECK(line.left_goes_on == (line.span.begin.value - line.left.size() > transcript.turns[line.turn - 1].body.begin.value));
            CHECK((line.left_goes_on ? utf8::count(line.left) == spec.context : utf8::count(line.left) <= spec.context));
            CHECK((line.right_goes_on ? utf8::count(line.right) == spec.context : utf8::count(line.right) <= spec.context));
            CHECK(line.start.value == utf8::count(std::string_view(transcript.text).substr(0, line.span.begin.value)));
            CHECK(line.end.value == line.start.value + utf8::count(line.hit));
        }
        CHECK(listed == expected);
        found += listed.size();
    }
    CHECK(found > testing::cases(100));
}
