// SPDX-License-Identifier: Apache-2.0
//
// Which passages are quoted, what a query stands for, how sources and marks
// are written, and that nothing in a text harms an output.
#include "fangtan/analysis/quotation.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <string>

#include "../../support/random.hpp"
#include "../coding/applied.hpp"
#include "fangtan/analysis/quotation_render.hpp"
#include "fangtan/base/error.hpp"
#include "fangtan/text/code_point_index.hpp"
#include "fangtan/text/fold.hpp"
#include "fangtan/text/utf8.hpp"
#include "set_builder.hpp"

using namespace fangtan;
using analysis::Quotation;
using analysis::QuotationInput;
using analysis::QuotationOrder;
using analysis::Quotations;
using analysis::QuotationSpec;
using analysis::SourceFormat;
using testing::SetBuilder;
using testing::transcript_of;

namespace {

const char* const kTalk =
    "问：半夜忙吗？\n"
    "P1（民警）：报警多。我们先去敲门，社工后来坐下听。第二天再去一次。\n"
    "S2：我带了棉垫子。老人肯开门了。\n";

// The interview P1 with codings at the places of words, and what is asked of it.
struct Study {
    Study() {
        builder.code("困境").code("困境/噪音").code("合作").participant("P1", "P", {{"station", "北门"}}).participant("S2", "S", {}).document("P1", 70, {{"P1", 30}, {"S2", 15}});
        builder.set.participants[0].role = "民警";
        transcripts.push_back(transcript_of(kTalk, "P1"));
    }
    Study& coded(const std::string& words, const std::string& code, const std::string& who = "P1", const std::string& coder = "rules", CodingStatus status = CodingStatus::proposed) {
        const std::string& text = transcripts[0].text;
        const std::size_t at = text.find(words);
        REQUIRE(at != std::string::npos);
        const auto start = static_cast<std::uint32_t>(utf8::count(text.substr(0, at)));
        builder.coding("P1", start, start + static_cast<std::uint32_t>(utf8::count(words)), code, who, coder, status);
        texts.push_back(words);
        memos.emplace_back();
        return *this;
    }
    [[nodiscard]] QuotationInput input() const { return {builder.set, texts, memos, participants, transcripts}; }
    [[nodiscard]] Quotations ask(const std::string& query = {}) const {
        if (query.empty()) return analysis::quotations(input(), spec);
        Diagnostics diagnostics;
        const CodingSet kept = analysis::with_status(builder.set, spec.status);
        const auto retrieval = analysis::Retrieval::open(query, "--query", {}, participants, &kept, diagnostics);
        INFO(query, "\n", to_text(diagnostics));
        REQUIRE(retrieval.has_value());
        analysis::SpanRetriever retriever(*retrieval);
        return analysis::quotations(input(), spec, &retriever);
    }
    // "group: text | text", a group a line.
    [[nodiscard]] std::string listed(const std::string& query = {}) const {
        const Quotations found = ask(query);
        std::string all;
        for (const auto& group : found.groups) {
            all += group.name + ":";
            for (const std::uint32_t i : group.quotations) all += (i == group.quotations[0] ? " " : " | ") + found.all[i].text;
            all += "\n";
        }
        return all;
    }

    SetBuilder builder;
    std::vector<std::string> texts;
    std::vector<std::string> memos;
    ParticipantTable participants;
    std::vector<Transcript> transcripts;
    QuotationSpec spec;
};

Study study() {
    Study made;
    made.coded("报警多", "困境/噪音").coded("先去敲门，社工", "合作").coded("社工后来坐下听", "合作").coded("社工后来坐下听", "困境").coded("棉垫子", "合作", "S2");
    return made;
}

bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

std::string printed(const Study& study, analysis::QuotationStyle style) { return analysis::render(study.input(), study.ask(), style); }

}  // namespace

TEST_CASE("Passages stand under their codes, in the order of the codebook") {
    CHECK(study().listed() == "困境: 社工后来坐下听\n困境 > 噪音: 报警多\n合作: 先去敲门，社工 | 社工后来坐下听 | 棉垫子\n");
}

TEST_CASE("A code stands for all below it, and is called by id, path, name or what a path ends in") {
    Study made = study();
    const std::vector<CodeEntry>& codes = made.builder.set.codes;
    CHECK(analysis::codes_called({"困境"}, codes) == std::vector<std::uint32_t>{0, 1});
    CHECK(analysis::codes_called({"困境 > 噪音"}, codes) == std::vector<std::uint32_t>{1});
    CHECK(analysis::codes_called({"噪音", "合作", "噪音"}, codes) == std::vector<std::uint32_t>{1, 2});
    CHECK(analysis::codes_called({"困境"}, codes, false) == std::vector<std::uint32_t>{0});
    CHECK_THROWS_WITH_AS((void)analysis::codes_called({"合做"}, codes), doctest::Contains("no code is called \"合做\""), Error);
    made.spec.codes = {0, 1};
    CHECK(made.listed() == "困境: 社工后来坐下听\n困境 > 噪音: 报警多\n");
}

TEST_CASE("A passage that two coders or codes share is one, with all its codes") {
    Study made = study();
    made.coded("棉垫子", "合作", "S2", "李").spec.by = "participant";
    CHECK(made.listed() == "P1: 报警多 | 先去敲门，社工 | 社工后来坐下听\nS2: 棉垫子\n");
    CHECK(made.ask().all[2].codings == std::vector<std::uint32_t>{2, 3});
    CHECK(made.ask().all[3].codings == std::vector<std::uint32_t>{4, 5});
    made.spec.by = "station";
    CHECK(made.listed() == "北门: 报警多 | 先去敲门，社工 | 社工后来坐下听\n: 棉垫子\n");
}

TEST_CASE("Whole sentences and turns: what becomes alike is one") {
    Study made = study();
    made.spec.whole = UnitKind::sentence;
    CHECK(made.listed() == "困境: 我们先去敲门，社工后来坐下听。\n困境 > 噪音: 报警多。\n合作: 我们先去敲门，社工后来坐下听。 | 我带了棉垫子。\n");
    made.spec.whole = UnitKind::turn;
    made.spec.by = "";
    CHECK(made.listed() == ": 报警多。我们先去敲门，社工后来坐下听。第二天再去一次。 | 我带了棉垫子。老人肯开门了。\n");
}

TEST_CASE("The context ends with the turn") {
    Study made = study();
    made.spec.context = 3;
    const Quotations found = made.ask();
    CHECK(found.all[0].before.empty());
    CHECK(!found.all[0].before_goes_on);
    CHECK(found.all[0].after == "。我们");
    CHECK(found.all[0].after_goes_on);
    CHECK(found.all[1].before == "。我们");
    CHECK(found.all[3].before == "我带了");
    CHECK(found.all[3].turn == 3);
    made.spec.context = 100;
    CHECK(made.ask().all[3].after == "。老人肯开门了。");
}

TEST_CASE("Without interviews the text is the coding's own") {
    Study made = study();
    made.transcripts.clear();
    CHECK(made.listed() == "困境: 社工后来坐下听\n困境 > 噪音: 报警多\n合作: 先去敲门，社工 | 社工后来坐下听 | 棉垫子\n");
    made.spec.context = 1;
    CHECK_THROWS_WITH_AS((void)made.ask(), doctest::Contains("give the interviews too"), Error);
    made.spec.context = 0;
    made.spec.whole = UnitKind::turn;
    CHECK_THROWS_WITH_AS((void)made.ask(), doctest::Contains("give the interviews too"), Error);
    made.spec.whole.reset();
    made.texts.clear();
    CHECK_THROWS_WITH_AS((void)made.ask(), doctest::Contains("hold no text"), Error);
}

TEST_CASE("A coding behind the text, or of an interview that is not there, is a fault") {
    Study made = study();
    made.builder.coding("P1", 3, 900, "合作", "P1");
    CHECK_THROWS_WITH_AS((void)made.ask(), doctest::Contains("another version"), Error);
    Study other = study();
    other.builder.document("P9", 10, {}).coding("P9", 0, 3, "合作", "P9");
    CHECK_THROWS_WITH_AS((void)other.ask(), doctest::Contains("hold no text"), Error);
}

TEST_CASE("Of interviews that are missing the codings hold the text, as far as it goes") {
    // P9 says 走廊的灯坏了半年，我们报修了三回。 from 3 to 20, coded as two passages that overlap.
    const auto partly = [] {
        Study made = study();
        made.builder.document("P9", 40, {{"P9", 18}}).coding("P9", 3, 12, "困境", "P9").coding("P9", 8, 20, "合作", "P9");
        for (const char* text : {"走廊的灯坏了半年，", "了半年，我们报修了三回。"}) {
            made.texts.emplace_back(text);
            made.memos.emplace_back();
        }
        return made;
    };
    Study made = partly();
    made.spec.by = "document";
    CHECK(made.listed() == "P1: 报警多 | 先去敲门，社工 | 社工后来坐下听 | 棉垫子\nP9: 走廊的灯坏了半年， | 了半年，我们报修了三回。\n");
    // What two codings share is cut from either, by characters.
    CHECK(made.listed("code:困境 AND code:合作") == "P1: 社工 | 社工后来坐下听\nP9: 了半年，\n");
    CHECK(made.listed("code:困境 NOT code:合作") == "P1: 报警多\n");
    CHECK(made.listed("code:合作 AND document:P9") == "P9: 了半年，我们报修了三回。\n");
    CHECK(made.listed("code:合作 NOT document:P9") == "P1: 先去敲门，社工 | 社工后来坐下听 | 棉垫子\n");
    CHECK(made.listed("敲门 AND document:P1") == "P1: 我们先去敲门，社工后来坐下听。\n");
    CHECK(made.listed("敲门 AND code:噪音") == "");  // P9 has none of that code
    const Quotations found = made.ask("code:困境 AND code:合作");
    CHECK(found.all[2].start == 8);
    CHECK(found.all[2].end == 12);
    CHECK(found.all[2].codings == std::vector<std::uint32_t>{5, 6});

    for (const char* query : {"敲门", "group:P", "code:合作 AND 敲门", "NOT code:合作", "document:P*", "code:合作 OR 敲门", "code:合作 NOT 敲门"}) {
        CAPTURE(query);
        CHECK_THROWS_WITH_AS((void)made.ask(query), "has codings, but its interview was not given, and --query needs the text around them; give the interviews too", Error);
    }
    made.spec.context = 2;
    CHECK_THROWS_WITH_AS((void)made.ask(), doctest::Contains("--context needs the text"), Error);
    CHECK(made.listed("敲门 AND document:P1") == "P1: 我们先去敲门，社工后来坐下听。\n");
    made.spec.codes = {1};  // 困境/噪音, which P9 has not
    CHECK(made.listed() == "P1: 报警多\n");
    Study two = partly();
    two.builder.document("P8", 40, {}).coding("P8", 0, 2, "合作", "P8");
    two.texts.emplace_back("走访");
    two.memos.emplace_back();
    two.spec.whole = UnitKind::sentence;
    CHECK_THROWS_WITH_AS((void)two.ask(), doctest::Contains("(nor those of 1 other document), and --whole needs"), Error);
    Study none = partly();
    none.spec.by = "document";
    none.transcripts.clear();
    CHECK(none.listed("code:困境 AND code:合作") == "P1: 社工 | 社工后来坐下听\nP9: 了半年，\n");
    CHECK_THROWS_WITH_AS((void)none.ask("敲门"), "needs the text around the codings; give the interviews too", Error);
}

TEST_CASE("Codings count by their status") {
    Study made;
    made.coded("报警多", "合作").coded("敲门", "合作", "P1", "李", CodingStatus::accepted).coded("棉垫子", "合作", "S2", "李", CodingStatus::rejected);
    CHECK(made.listed() == "合作: 报警多 | 敲门\n");
    CHECK(made.ask().rejected == 1);
    made.spec.status = StatusChoice::accepted;
    CHECK(made.listed() == "合作: 敲门\n");
    made.spec.status = StatusChoice::all;
    CHECK(made.listed() == "合作: 报警多 | 敲门 | 棉垫子\n");
    CHECK(made.listed("code:合作 AND speaker:S2") == "合作: 棉垫子\n");
}

TEST_CASE("Queries: codes are their segments, words are units, people are turns") {
    Study made = study();
    made.spec.by = "";
    CHECK(made.listed("code:合作") == ": 先去敲门，社工 | 社工后来坐下听 | 棉垫子\n");
    CHECK(made.listed("code:合作 AND code:困境") == ": 社工 | 社工后来坐下听\n");  // 困境 has 噪音 below it, which touches nothing
    CHECK(made.listed("敲门") == ": 我们先去敲门，社工后来坐下听。\n");
    CHECK(made.listed("敲门 AND code:合作") == ": 先去敲门，社工 | 社工后来坐下听\n");
    CHECK(made.listed("code:合作 AND speaker:S2") == ": 棉垫子\n");
    CHECK(made.listed("code:合作 NOT code:困境") == ": 棉垫子\n");
    CHECK(made.listed("NOT code:合作 AND NOT code:困境") == ": 第二天再去一次。 | 老人肯开门了。\n");
    CHECK(made.listed("棉垫子 OR code:噪音") == ": 报警多 | 我带了棉垫子。\n");
    CHECK(made.listed("speaker:S2") == ": 我带了棉垫子。老人肯开门了。\n");
    CHECK(made.listed("document:P1") == ": 报警多。我们先去敲门，社工后来坐下听。第二天再去一次。 | 我带了棉垫子。老人肯开门了。\n");
    CHECK(made.listed("document:P2").empty());
    CHECK(made.listed("敲门 NEAR/5 社工") == ": 我们先去敲门，社工后来坐下听。\n");
    CHECK(made.listed("半夜").empty());  // only the interviewer says so
}

TEST_CASE("A code that is asked for narrows a query, and passages of a query may stand under their codes") {
    Study made = study();
    made.spec.codes = {0, 1};
    made.spec.by = "";
    CHECK(made.listed("敲门 OR 棉垫子") == ": 我们先去敲门，社工后来坐下听。\n");
    made.spec.codes.clear();
    made.spec.by = "code";
    CHECK(made.listed("棉垫子 OR 第二天") == "合作: 我带了棉垫子。\n: 第二天再去一次。\n");
}

TEST_CASE("A passage of a query has the codings that touch it, whatever a longer one before it touches") {
    Study made;
    made.coded("敲门", "合作").coded("再去一次", "困境");
    const Quotations found = made.ask("speaker:P1 OR code:合作");
    REQUIRE(found.all.size() == 2);
    CHECK(found.all[0].codings == std::vector<std::uint32_t>{0, 1});
    CHECK(found.all[1].text == "敲门");
    CHECK(found.all[1].codings == std::vector<std::uint32_t>{0});
}

TEST_CASE("The algebra of random queries agrees with trying every pair") {
    testing::Random random(23);
    const std::vector<std::string> words = {"报警", "敲门", "社工", "棉垫子", "老人", "第二天"};
    for (std::size_t round = testing::cases(300); round > 0; --round) {
        Study made;
        for (std::size_t i = random.below(4) + 1; i > 0; --i) made.coded(random.pick(words), random.chance(50) ? "合作" : "困境");
        for (std::size_t i = random.below(3); i > 0; --i) {
            const auto start = static_cast<std::uint32_t>(random.below(40));
            made.builder.coding("P1", start, start + 1 + static_cast<std::uint32_t>(random.below(12)), random.chance(50) ? "合作" : "困境", "P1");
        }
        made.spec.by = "";
        using Places = std::vector<std::pair<std::uint32_t, std::uint32_t>>;
        const auto places = [&](const std::string& query) {
            Places found;
            for (const Quotation& quotation : made.ask(query).all) found.emplace_back(quotation.start, quotation.end);
            return found;
        };
        const auto once = [](Places all) {
            std::sort(all.begin(), all.end());
            all.erase(std::unique(all.begin(), all.end()), all.end());
            return all;
        };
        const std::string a = random.chance(50) ? "code:合作" : random.pick(words);
        const std::string b = random.chance(50) ? "code:困境" : random.pick(words);
        if (a == b) continue;
        Places common;
        Places rest;
        Places any = places(a);
        for (const auto& x : places(a)) {
            bool touched = false;
            for (const auto& y : places(b)) {
                const auto begin = std::max(x.first, y.first);
                const auto end = std::min(x.second, y.second);
                if (begin >= end) continue;
                touched = true;
                common.emplace_back(begin, end);
            }
            if (!touched) rest.push_back(x);
        }
        for (const auto& y : places(b)) any.push_back(y);
        INFO(a, " and ", b);
        CHECK(places(a + " AND " + b) == once(common));
        CHECK(places(a + " NOT " + b) == once(rest));
        CHECK(places(a + " OR " + b) == once(any));
    }
}

TEST_CASE("Longest, shortest and the first of each group") {
    Study made = study();
    made.spec.codes = {2};
    made.spec.order = QuotationOrder::shortest;
    CHECK(made.listed() == "合作: 棉垫子 | 先去敲门，社工 | 社工后来坐下听\n");  // two of 7 characters: as in the document
    made.spec.order = QuotationOrder::longest;
    made.spec.top = 2;
    CHECK(made.listed() == "合作: 先去敲门，社工 | 社工后来坐下听\n");
    CHECK(made.ask().groups[0].total == 3);
    made.spec.top = SIZE_MAX;
    made.spec.minimum_length = 4;
    CHECK(made.ask().groups[0].total == 2);
}

TEST_CASE("Typical is what shares most pairs of characters with the others") {
    // Pairs: 甲乙 乙丙 | 甲乙 | 丁戊. Cosines: 1/√2 of the first two, 0 with the third.
    const std::vector<double> three = analysis::likenesses({"甲乙丙", "甲 乙", "丁戊"});
    REQUIRE(three.size() == 3);
    CHECK(three[0] == doctest::Approx(1 / std::sqrt(2.0) / 2));
    CHECK(three[1] == doctest::Approx(1 / std::sqrt(2.0) / 2));
    CHECK(three[0] == three[1]);
    CHECK(three[2] == 0);
    CHECK(analysis::likenesses({"甲乙"}) == std::vector<double>{0});
    CHECK(analysis::likenesses({"社區", "社区", "区"}) == std::vector<double>{0.5, 0.5, 0});
    Study made;
    made.coded("棉垫子", "合作", "S2").coded("社工后来坐下", "合作").coded("社工后来坐下听", "合作").coded("坐下听", "合作").spec.order = QuotationOrder::typical;
    CHECK(made.listed() == "合作: 社工后来坐下听 | 社工后来坐下 | 坐下听 | 棉垫子\n");
}

TEST_CASE("Likenesses agree with the cosine of every pair") {
    testing::Random random(9);
    for (std::size_t round = testing::cases(200); round > 0; --round) {
        std::vector<std::string> texts(random.below(6) + 2);
        for (std::string& text : texts) {
            for (std::size_t i = random.below(9); i > 0; --i) text += random.pick(std::vector<std::string>{"甲", "乙", "丙", " ", "A", "a"});
        }
        const auto pairs_of = [](const std::string& text) {
            std::map<std::string, double> pairs;
            std::string before;
            for (const char32_t c : utf8::to_code_points(fold(text))) {
                if (c == U' ') continue;
                std::string now;
                utf8::append(now, c);
                if (!before.empty()) ++pairs[before + now];
                before = now;
            }
            return pairs;
        };
        const std::vector<double> found = analysis::likenesses(std::vector<std::string_view>(texts.begin(), texts.end()));
        for (std::size_t i = 0; i < texts.size(); ++i) {
            double sum = 0;
            for (std::size_t k = 0; k < texts.size(); ++k) {
                const auto a = pairs_of(texts[i]);
                auto b = pairs_of(texts[k]);
                double product = 0;
                double squares_a = 0;
                double squares_b = 0;
                for (const auto& [pair, count] : a) {
                    product += b.contains(pair) ? count * b[pair] : 0;
                    squares_a += count * count;
                }
                for (const auto& entry : b) squares_b += entry.second * entry.second;
                if (k != i && product > 0) sum += product / std::sqrt(squares_a * squares_b);
            }
            CHECK(std::abs(found[i] - sum / static_cast<double>(texts.size() - 1)) < 1e-8);
        }
    }
}

TEST_CASE("A source leaves out what is not known, with what parts it") {
    Quotation quotation;
    quotation.document = "P1";
    quotation.turn = 7;
    quotation.source = {"P1", "P", "民警", {{"station", "北门"}}};
    const auto source = [&](const std::string& format) { return SourceFormat(format, {"station"}, "--source").source_of(quotation); };
    CHECK(source(SourceFormat::usual(Language::zh_hans)) == "（P1，民警）");
    CHECK(source(SourceFormat::usual(Language::english)) == " (P1, 民警)");
    CHECK(source("［{station} · {participant}／第{turn}轮］") == "［北门 · P1／第7轮］");
    CHECK(source("{{{participant}}}") == "{P1}");
    CHECK(source("无来源") == "无来源");
    quotation.source.role = "";
    CHECK(source("（{participant}，{role}）") == "（P1）");
    CHECK(source("（{role}，{participant}）") == "（P1）");
    CHECK(source("（{participant}，{role}，{document}）") == "（P1，P1）");
    quotation.source.participant = "";
    quotation.document = "走访记录";
    CHECK(source("（{participant}，{role}）") == "（走访记录）");  // nobody is known
    CHECK_THROWS_WITH_AS((void)source("{rolle}"), doctest::Contains("did you mean {role}?"), Error);
    CHECK_THROWS_AS((void)source("{role"), Error);
    CHECK_THROWS_AS((void)source("role}"), Error);
}

TEST_CASE("Quotation marks inside a quotation change to the next level") {
    const auto hans = [](const std::string& text) { return analysis::in_quotation_marks(text, Language::zh_hans); };
    CHECK(hans("他来了") == "“他来了”");
    CHECK(hans("他说“先坐”。") == "“他说‘先坐’。”");
    CHECK(hans("他说“她喊‘开门’了”。") == "“他说‘她喊“开门”了’。”");
    CHECK(hans("先坐”，他说。") == "“先坐’，他说。”");
    CHECK(hans("他说“先坐") == "“他说‘先坐”");
    CHECK(analysis::in_quotation_marks("他說「她喊『開門』了」。", Language::zh_hant) == "「他說『她喊「開門」了』。」");
    const auto hant = [](const std::string& text) { return analysis::in_quotation_marks(text, Language::zh_hant); };
    CHECK(hant("他說“好”。") == "「他說『好』。」");
    CHECK(hant("他說“她喊‘開門’，又喊‘開燈’”。") == "「他說『她喊「開門」，又喊「開燈」』。」");
    CHECK(hans("他說「好」。") == "“他說‘好’。”");
    CHECK(hans("他說「她喊『開門』」。") == "“他說‘她喊“開門”’。”");
    CHECK(analysis::in_quotation_marks("She said 「好」.", Language::english) == "“She said ‘好’.”");
    // What is not closed, or not opened, in the passage, is not guessed, and does not change what stands beside it.
    CHECK(hant("阿珍話：“聽人講嘢都有人出糧？") == "「阿珍話：“聽人講嘢都有人出糧？」");
    CHECK(hant("慢慢嚟。”佢笑：「好。」") == "「慢慢嚟。”佢笑：『好。』」");
    CHECK(hant("慢慢嚟。」佢笑。") == "「慢慢嚟。』佢笑。」");
    CHECK(hans("他说‘先坐，“好”。") == "“他说‘先坐，‘好’。”");
    CHECK(hans("他说“先‘坐”。") == "“他说‘先‘坐’。”");
    CHECK(hans("他说「先坐") == "“他说「先坐”");
    CHECK(analysis::in_quotation_marks("the officers’ room, “ok”", Language::english) == "“the officers’ room, ‘ok’”");
    CHECK(analysis::in_quotation_marks("She said “I don’t”.", Language::english) == "“She said ‘I don’t’.”");
    CHECK(analysis::in_quotation_marks("She said “he said ‘I don’t’.”", Language::english) == "“She said ‘he said “I don’t”.’”");
    CHECK(analysis::in_quotation_marks("I don’t know", Language::english) == "“I don’t know”");
}

TEST_CASE("Print drops white space at the ends of a passage, rows keep it") {
    Study made;
    made.coded("开门了。\n", "合作", "S2");
    CHECK(contains(printed(made, {analysis::QuotationFormat::text}), "“开门了。”（S2）\n"));
    CHECK(contains(printed(made, {analysis::QuotationFormat::csv}), ",\"开门了。\n\","));
}

TEST_CASE("Rows name the code, its path and the attributes, and what several codings say") {
    Study made = study();
    made.memos[2] = "边敲边等";
    const std::string csv = printed(made, {analysis::QuotationFormat::csv});
    CHECK(csv.starts_with("document,participant,group,role,station,code,level_1,level_2,turn,start,end,text,before,after,memo,coder,status,source\n"));
    CHECK(contains(csv, "P1,P1,P,民警,北门,困境/噪音,困境,噪音,2,15,18,报警多,,,,rules,proposed,（P1，民警）\n"));
    CHECK(contains(csv, "P1,S2,S,,,合作,合作,,3,"));
    // Who decided about a proposal is its coder.
    made.builder.set.codings[0].reviewer = made.builder.set.labels.number("甲");
    CHECK(contains(printed(made, {analysis::QuotationFormat::csv}), ",报警多,,,,甲,proposed,"));
    CHECK(contains(printed(made, {analysis::QuotationFormat::jsonl}), "\"coders\":[\"甲\"]"));
    made.builder.set.codings[0].reviewer = kNobody;
    made.spec.by = "role";
    const std::string grouped = printed(made, {analysis::QuotationFormat::csv});
    CHECK(contains(grouped, "北门,困境; 合作,困境; 合作,,2,"));
    CHECK(contains(grouped, ",社工后来坐下听,,,边敲边等,rules,proposed,（P1，民警）\n"));
    CHECK(std::count(grouped.begin(), grouped.end(), '\n') == 5);
    const std::string english = printed(made, {analysis::QuotationFormat::csv, Language::english});
    CHECK(contains(english, ",\"(P1, 民警)\"\n"));
}

TEST_CASE("What a text holds harms no output") {
    Study made;
    const std::string evil = "<script>x</script> =cmd() ]]> \"a\" `b` *c* [d](e) \xE2\x80\xAE\x1b[31m";
    made.transcripts[0] = transcript_of("P1：" + evil + "\nP1：=1+1\n", "P1");
    made.coded("<script>x", "合作").coded(evil, "合作").coded("=1+1", "合作");
    made.memos = {"<img src=x>", "", "@cmd"};
    made.builder.set.codes[2].name = made.builder.set.codes[2].path[0] = "<b>&";
    using analysis::QuotationFormat;
    for (const QuotationFormat format : {QuotationFormat::text, QuotationFormat::markdown, QuotationFormat::html}) {
        const std::string out = printed(made, {format, Language::zh_hans, {}, true});
        CHECK(!contains(out, "\x1b"));
        CHECK(!contains(out, "\xE2\x80\xAE"));
        CHECK(out == printed(made, {format, Language::zh_hans, {}, true}));
    }
    const std::string html = printed(made, {QuotationFormat::html, Language::zh_hans, {}, true});
    CHECK(!contains(html, "<script"));
    CHECK(!contains(html, "<img"));
    CHECK(!contains(html, "<b>"));
    CHECK(contains(html, "&lt;script&gt;x&lt;/script&gt; =cmd() ]]&gt;"));
    const std::string markdown = printed(made, {QuotationFormat::markdown, Language::zh_hans, {}, true});
    CHECK(contains(markdown, "> “\\<script>x\\</script> =cmd() \\]\\]> \"a\" \\`b\\` \\*c\\* \\[d\\](e) "));
    const std::string excel = printed(made, {QuotationFormat::csv, Language::zh_hans, {}, false, true});
    CHECK(contains(excel, ",'=1+1,"));
    CHECK(contains(excel, ",'@cmd,"));
    CHECK(excel.starts_with("\xEF\xBB\xBF"));
    const std::string word = printed(made, {QuotationFormat::docx});
    CHECK(word.starts_with("PK"));
    CHECK(word == printed(made, {QuotationFormat::docx}));
}
