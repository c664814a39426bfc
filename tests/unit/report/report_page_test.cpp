// SPDX-License-Identifier: Apache-2.0
//
// The page without a browser: positions for its script, marks, and that
// nothing people wrote becomes markup. tests/program/report_page.py opens it.
#include "fangtan/report/report_page.hpp"

#include <doctest/doctest.h>

#include <map>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <tuple>
#include <vector>

#include "../../support/random.hpp"
#include "../coding/applied.hpp"
#include "fangtan/text/code_point_index.hpp"
#include "fangtan/text/utf8.hpp"

using namespace fangtan;
using report::ReportOptions;
using report::report_page;
using testing::Random;
using testing::cases;
using testing::transcript_of;
using Json = nlohmann::json;

namespace {

CodingSet set_of(const Transcript& transcript) {
    CodingSet set;
    set.codebook = "试";
    set.keeps_texts = true;
    for (const auto& [id, name, parent] : std::vector<std::tuple<std::string, std::string, std::optional<std::uint32_t>>>{{"a", "甲", std::nullopt}, {"b", "乙", 0U}, {"c", "丙", std::nullopt}}) {
        set.code_ids.number(id);
        set.codes.push_back({id, name, parent ? std::vector<std::string>{"甲", name} : std::vector<std::string>{name}, parent, id == "a" ? "#c0392b" : ""});
    }
    DocumentEntry document;
    document.id = transcript.id;
    document.characters = utf8::count(transcript.text);
    for (const std::string& id : transcript.participants()) document.participants.push_back(set.participant(id));
    set.document_ids.number(document.id);
    set.documents.push_back(document);
    return set;
}

// Codes characters [start, end), the first of turn `turn`'s body being 0.
void code(CodingSet& set, const Transcript& transcript, std::uint32_t turn, std::uint32_t start, std::uint32_t end, std::uint32_t which, CodingStatus status = CodingStatus::accepted) {
    const CodePointIndex index(transcript.text);
    const std::uint32_t from = index.to_character(transcript.turns[turn - 1].body.begin).value;
    CodingEntry entry;
    entry.code = which;
    entry.turn = turn;
    entry.start = from + start;
    entry.end = from + end;
    entry.participant = set.participant(transcript.speakers[transcript.turns[turn - 1].speaker].participant);
    entry.coder = set.labels.number("林");
    entry.status = status;
    set.add(entry, span_of(index.to_byte({entry.start}).value, index.to_byte({entry.end}).value).of(transcript.text), "备忘 </script> " + std::to_string(which));
}

std::string between(const std::string& page, const std::string& begin, const std::string& end, std::size_t from = 0) {
    const std::size_t at = page.find(begin, from);
    REQUIRE(at != std::string::npos);
    const std::size_t stop = page.find(end, at + begin.size());
    REQUIRE(stop != std::string::npos);
    return page.substr(at + begin.size(), stop - at - begin.size());
}

Json data_of(const std::string& page) { return Json::parse(between(page, "<script type=\"application/json\" id=\"data\">", "</script>")); }

// As a browser has it: tags gone, entities read.
std::string text_of(const std::string& markup) {
    std::string text;
    for (std::size_t at = 0; at < markup.size();) {
        if (markup[at] == '<') {
            at = markup.find('>', at) + 1;
        } else if (markup[at] == '&') {
            const std::size_t end = markup.find(';', at);
            const std::string name = markup.substr(at, end - at + 1);
            text += name == "&amp;" ? '&' : name == "&lt;" ? '<' : name == "&gt;" ? '>' : name == "&quot;" ? '"' : '\'';
            at = end + 1;
        } else {
            text += markup[at++];
        }
    }
    return text;
}

std::u16string units_of(const std::string& text) {
    std::u16string units;
    for (const char32_t c : utf8::to_code_points(text)) {
        if (c > 0xFFFF) {
            units += static_cast<char16_t>(0xD800 + ((c - 0x10000) >> 10));
            units += static_cast<char16_t>(0xDC00 + ((c - 0x10000) & 0x3FF));
        } else {
            units += static_cast<char16_t>(c);
        }
    }
    return units;
}

std::string shown(const std::string& text) {
    std::string result;
    for (std::size_t from = 0;;) {
        const std::size_t at = text.find('\n', from);
        result += utf8::escaped(text.substr(from, at == std::string::npos ? at : at - from));
        if (at == std::string::npos) return result;
        result += '\n';
        from = at + 1;
    }
}

}  // namespace

TEST_CASE("positions count what the page shows, in UTF-16") {
    const std::string said = "𠮷野家 <b>&\"'\xE2\x80\xAE\x1b[2J报警\n还有🙂。";
    const Transcript transcript = transcript_of("问：嗯？\nP1：" + said + "\n", "D");
    CodingSet set = set_of(transcript);
    const auto length = static_cast<std::uint32_t>(utf8::count(said));
    code(set, transcript, 2, 0, 1, 0);
    code(set, transcript, 2, 4, 15, 1);
    code(set, transcript, 2, length - 2, length, 2);
    const std::string page = report_page(set, {transcript}, {});
    const Json data = data_of(page);
    REQUIRE(data["codings"].size() == 3);
    CHECK(data["codings"][0] == Json({0, 2, 0, 2, 0, 0, 0, 1}));
    CHECK(data["codings"][2][3].get<int>() - data["codings"][2][2].get<int>() == 3);
    CHECK(data["codes"][1] == Json({{"path", {"甲", "乙"}}, {"parent", 0}}));
    CHECK(data["memos"]["0"] == "备忘 </script> 0");
    CHECK(data["documents"] == Json({"D"}));
    const std::string turn = between(page, "id=\"t0-2\"><div class=\"who\">P1</div><p>", "</p>");
    CHECK(text_of(turn) == shown(said));
    CHECK(page.find("<b>") == std::string::npos);
    CHECK(page.find('\x1b') == std::string::npos);
    CHECK(page.find("\xE2\x80\xAE") == std::string::npos);
    CHECK(page.find(".k0{--code:#c0392b}.k1{--code:#c0392b}.k2{--code:#") != std::string::npos);  // a child has its parent's colour
    CHECK(page == report_page(set, {transcript}, {}));
}

TEST_CASE("random texts and codings: every passage is found again, every mark holds what covers it") {
    const std::vector<std::string> characters = {"忙", "社", "a", "<", "&", "\"", "𠮷", "🙂", "\xE2\x80\x8F", "\x07", "，", " ", "e\xCC\x81", "]]>"};
    Random random(20'261'121);
    std::size_t overlapping = 0;
    for (std::size_t round = 0; round < cases(300); ++round) {
        std::string text;
        std::vector<std::uint32_t> lengths;
        for (std::size_t turn = 0; turn < 1 + random.below(3); ++turn) {
            std::string said = "忙";
            for (std::size_t i = random.below(30); i > 0; --i) said += random.chance(8) ? "\n忙" : random.pick(characters);
            said += "。";
            text += "P" + std::to_string(turn + 1) + "：" + said + "\n";
            lengths.push_back(static_cast<std::uint32_t>(utf8::count(said)));
        }
        const Transcript transcript = transcript_of(text, "D");
        REQUIRE(transcript.turns.size() == lengths.size());
        CodingSet set = set_of(transcript);
        for (std::size_t i = random.below(8); i > 0; --i) {
            const auto turn = static_cast<std::uint32_t>(random.below(lengths.size()));
            const auto start = static_cast<std::uint32_t>(random.below(lengths[turn]));
            const auto end = start + 1 + static_cast<std::uint32_t>(random.below(lengths[turn] - start));
            code(set, transcript, turn + 1, start, end, static_cast<std::uint32_t>(random.below(3)), random.chance(20) ? CodingStatus::rejected : CodingStatus::accepted);
        }
        INFO(text);
        const std::string page = report_page(set, {transcript}, {});
        const Json data = data_of(page);
        REQUIRE(data["codings"].size() == set.codings.size());
        for (std::size_t turn = 1; turn <= lengths.size(); ++turn) {
            const std::string markup = between(page, "id=\"t0-" + std::to_string(turn) + "\"><div class=\"who\">P" + std::to_string(turn) + "</div><p>", "</p>");
            const std::u16string units = units_of(text_of(markup));
            CHECK(text_of(markup) == shown(std::string(transcript.turns[turn - 1].body.of(transcript.text))));
            // What the marks of a coding hold together is its passage.
            std::map<std::size_t, std::string> marked;
            for (std::size_t at = markup.find("<mark "); at != std::string::npos; at = markup.find("<mark ", at + 1)) {
                const std::string inside = between(markup, ">", "</mark>", at);
                std::size_t numbers = 0;
                std::istringstream list(between(markup, "data-c=\"", "\"", at));
                for (std::size_t number = 0; list >> number; ++numbers) marked[number] += text_of(inside);
                overlapping += numbers > 1 ? 1 : 0;
            }
            for (std::size_t number = 0; number < data["codings"].size(); ++number) {
                const Json& coding = data["codings"][number];
                if (coding[1] != turn) continue;
                const std::u16string passage = units.substr(coding[2].get<std::size_t>(), coding[3].get<std::size_t>() - coding[2].get<std::size_t>());
                bool known = false;
                for (std::size_t i = 0; i < set.codings.size(); ++i) {
                    known = known || (set.codings[i].code == coding[4] && static_cast<int>(set.codings[i].status) == coding[7] && units_of(shown(set.texts[i])) == passage);
                }
                CHECK(known);
                CHECK(units_of(marked[number]) == passage);
            }
        }
    }
    CHECK(overlapping > cases(100));
}

TEST_CASE("without a transcript the passages stand on the page; without codings it is still a page") {
    const Transcript transcript = transcript_of("P1：天天报警。\n", "D");
    CodingSet set = set_of(transcript);
    code(set, transcript, 1, 2, 4, 0);
    const std::string page = report_page(set, {}, {});
    CHECK(data_of(page)["texts"] == Json({{"0", "报警"}}));
    CHECK(page.find("<li><mark class=\"k0\" data-c=\"0\">报警</mark></li>") != std::string::npos);
    const std::string empty = report_page(CodingSet(), {}, {"", Language::english, {}, 1, {}});
    CHECK(empty.find("<title>Coding report</title>") != std::string::npos);
    CHECK(data_of(empty)["codings"].empty());
    ReportOptions titled;
    titled.title = "</title><script>alert(1)</script>";
    titled.facts = {{"input", "<x>"}};
    const std::string hostile = report_page(set, {transcript}, titled);
    CHECK(hostile.find("<script>alert") == std::string::npos);
    CHECK(hostile.find("<x>") == std::string::npos);
}

TEST_CASE("a parent's own codings and a rolled-up code have buttons of their own") {
    const Transcript transcript = transcript_of("P1：天天报警，报警，报警。\n", "D");
    CodingSet set = set_of(transcript);
    code(set, transcript, 1, 2, 4, 0);
    code(set, transcript, 1, 5, 7, 1);
    code(set, transcript, 1, 8, 10, 1);
    const std::string page = report_page(set, {transcript}, {});
    CHECK(page.find("data-code=\"0\" data-own=\"1\" data-by=\"participant\" data-column=\"P1\"") != std::string::npos);
    CHECK(page.find("data-code=\"1\" data-by=\"participant\" data-column=\"P1\" aria-label=\"乙 × P1：2 个参考点\">2</button>") != std::string::npos);
    ReportOptions rolled;
    rolled.level = 1;
    const std::string above = report_page(set, {transcript}, rolled);
    CHECK(above.find("data-code=\"0\" data-by=\"participant\" data-column=\"P1\" aria-label=\"甲 × P1：3 个参考点\">3</button>") != std::string::npos);
    CHECK(above.find("data-own") == above.find("data-own", above.find("<script>")));  // only the script speaks of it
}

TEST_CASE("codings over several turns, of nobody, and of the document as a whole") {
    const Transcript transcript = transcript_of("P1：天天报警。\n问：嗯？\nS1：还有纠纷。\n", "D");
    CodingSet set = set_of(transcript);
    code(set, transcript, 1, 2, 4, 0);
    CodingEntry& entry = set.codings[0];
    const CodePointIndex index(transcript.text);
    entry.end = index.to_character(transcript.turns[2].body.begin).value + 2;
    entry.participant = kNobody;
    entry.turn = 0;
    set.texts[0] = "报警。\n问：嗯？\nS1：还有";
    code(set, transcript, 1, 0, 1, 1);
    set.codings[1].start = 0;
    set.codings[1].end = index.size();
    set.codings[1].turn = 0;
    const std::string page = report_page(set, {transcript}, {});
    const Json data = data_of(page);
    CHECK(data["texts"] == Json({{"1", "报警。\n问：嗯？\nS1：还有"}}));  // the whole document comes first
    CHECK(page.find("天天<mark class=\"k0\" data-c=\"1\">报警。</mark>") != std::string::npos);
    CHECK(page.find("<mark class=\"k0\" data-c=\"1\">嗯？</mark>") != std::string::npos);
    CHECK(page.find("<mark class=\"k0\" data-c=\"1\">还有</mark>纠纷。") != std::string::npos);
    CHECK(page.find("data-column=\"\" data-nobody=\"1\"") != std::string::npos);
}
