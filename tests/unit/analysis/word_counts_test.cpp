// SPDX-License-Identifier: Apache-2.0
#include "fangtan/analysis/word_counts.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "../../support/random.hpp"
#include "fangtan/text/fold.hpp"
#include "talk_builder.hpp"

using namespace fangtan;
using namespace fangtan::analysis;
using testing::Random;
using testing::Said;
using testing::talk;

namespace {

WordCounts counted(const std::vector<Transcript>& talks, const WordCountOptions& options, const std::set<std::string>& terms = {}) {
    WordCounter counter(options);
    const auto tokenize = [&](std::string_view text, Span whole, std::vector<Token>& tokens) { testing::split_at_blanks(text, whole, tokens, terms); };
    for (std::size_t i = 0; i < talks.size(); ++i) counter.add(talks[i], i, tokenize);
    return counter.result();
}

std::string shown(const WordCounts& counts) {
    std::string text;
    for (const CountedWord& word : counts.words) text += (text.empty() ? "" : "; ") + word.shown + " " + std::to_string(word.frequency);
    return text;
}

const CountedWord& word(const WordCounts& counts, const std::string& folded) {
    const auto found = std::find_if(counts.words.begin(), counts.words.end(), [&](const CountedWord& entry) { return entry.folded == folded; });
    REQUIRE(found != counts.words.end());
    return *found;
}

std::vector<Transcript> estate() {
    return {talk("楼栋会", {{"访", "", "门岗 的 事 谁 管"},
                            {"P1", "P1", "门岗 归 物业 管 ， 我们 只 管 治安", "民警"},
                            {"R2", "R2", "物業 不 管 ， 門崗 也 没人 （ 笑 ） 门岗 空 着"}}),
            talk("回访", {{"P1", "P1", "门岗 有人 了 ， 24 小时 APP 打卡", "片警"}, {"甲", "", "app 不 好用 ， App 老 坏"}})};
}

}  // namespace

TEST_CASE("words are counted by folded form and shown as they are written most often") {
    const WordCounts counts = counted(estate(), {});
    CHECK(counts.documents == 2);
    CHECK(counts.participants == 2);
    CHECK(counts.tokens == 8 + 9 + 6 + 6);  // without marks, the laugh, the number and the interviewer
    const CountedWord& gate = word(counts, "门岗");
    CHECK(gate.frequency == 4);
    CHECK(gate.shown == "门岗");
    CHECK(gate.documents == 2);
    CHECK(gate.participants == 2);
    CHECK(word(counts, "物业").shown == "物业");  // once each: the first by code points
    CHECK(word(counts, "app").shown == "APP");
    CHECK(word(counts, "app").frequency == 3);
    CHECK(word(counts, "app").participants == 1);  // nobody is no participant
    CHECK(std::none_of(counts.words.begin(), counts.words.end(), [](const CountedWord& entry) { return entry.folded == "笑" || entry.folded == "24" || entry.folded == "谁"; }));
    CHECK(counts.parts.empty());
}

TEST_CASE("numbers and the interviewer count if asked for") {
    WordCountOptions options;
    options.numbers = true;
    options.include_interviewer = true;
    options.parts = PartKind::participant;
    const WordCounts counts = counted(estate(), options);
    CHECK(counts.tokens == 29 + 1 + 5);
    CHECK(word(counts, "24").frequency == 1);
    CHECK(counts.participants == 2);
    CHECK(counts.parts == std::vector<WordPart>{{"P1", 15}, {"R2", 9}, {"访", 5}, {"", 6}});
    CHECK(word(counts, "门岗").parts == std::vector<PartCount>{{0, 2}, {1, 2}, {2, 1}});
}

TEST_CASE("a hard term is marked, and counts whatever it is made of") {
    const WordCounts counts = counted(estate(), {}, {"24"});
    CHECK(word(counts, "24").term);
    CHECK(!word(counts, "门岗").term);
    CHECK(counts.tokens == 30);
}

TEST_CASE("sequences stay between marks, lines and turns and do not begin or end with a stop word") {
    StopWords stop;
    for (const char* entry : {"的", "我們"}) stop.add(entry);
    WordCountOptions options;
    options.length = 2;
    options.stop_words = &stop;
    const std::vector<Transcript> talks = {talk("甲", {{"S1", "S1", "社区 工作 的 难处 ， 社區 工作 我们 知道\n社区 3 工作"}, {"S2", "S2", "工作"}})};
    CHECK(shown(counted(talks, options)) == "社区 工作 2");
    options.length = 3;
    CHECK(shown(counted(talks, options)) == "工作 我们 知道 1; 工作 的 难处 1");
    CHECK(counted(talks, options).tokens == 11);
    options.length = 2;
    CHECK(shown(counted(talks, options, {"的"})) == "工作 的 1; 的 难处 1; 社区 工作 2");
    options.numbers = true;
    CHECK(shown(counted(talks, options)) == "3 工作 1; 社区 3 1; 社区 工作 2");
}

TEST_CASE("windows: within the turn, a token once, never the node, the nearer side") {
    WordCountOptions options;
    options.node = "社区";
    options.window = 2;
    const std::vector<Transcript> talks = {talk("甲", {{"S1", "S1", "甲 乙 社区 丙 ， 丁 社區 戊 己 庚"}, {"S2", "S2", "甲 乙"}})};
    const WordCounts counts = counted(talks, options);
    CHECK(counts.node == 2);
    CHECK(counts.window_tokens == 6);
    std::string sides;
    for (const CountedWord& entry : counts.words) sides += entry.shown + std::to_string(entry.left) + std::to_string(entry.right) + " ";
    CHECK(sides == "丁10 丙01 乙10 己01 庚00 戊01 甲10 社区00 ");
    const std::vector<Transcript> between = {talk("甲", {{"S1", "S1", "社区 甲 社区 乙 乙 社区"}})};
    const WordCounts even = counted(between, options);
    CHECK(even.window_tokens == 3);
    CHECK(word(even, "甲").left == 1);  // of equal distances the node that follows
    CHECK(word(even, "甲").right == 0);
    CHECK(word(even, "乙").left == 1);
    CHECK(word(even, "乙").right == 1);
}

TEST_CASE("columns: groups, roles, attributes, documents, labels") {
    WordCountOptions options;
    options.parts = PartKind::participant;
    const WordCounts counts = counted(estate(), options);
    const std::vector<Participant> known = {{"R2", "住户", "", {{"楼", "3"}}}};
    const WordColumns groups = columns_of(counts, "group", known);
    CHECK(groups.names == std::vector<std::string>{"P", "住户", ""});
    CHECK(groups.tokens == std::vector<std::uint64_t>{14, 9, 6});
    const WordColumns roles = columns_of(counts, "role", known);
    CHECK(roles.names == std::vector<std::string>{"民警", ""});  // what the corpus says first
    CHECK(roles.tokens == std::vector<std::uint64_t>{14, 15});
    const WordColumns buildings = columns_of(counts, "楼", known);
    CHECK(buildings.names == std::vector<std::string>{"3", ""});
    CHECK(buildings.tokens == std::vector<std::uint64_t>{9, 20});
    CHECK(part_kind_of("楼") == PartKind::participant);
    CHECK(part_kind_of("document") == PartKind::document);
    CHECK(part_kind_of("") == PartKind::none);
    options.parts = PartKind::document;
    CHECK(columns_of(counted(estate(), options), "document", {}).names == std::vector<std::string>{"回访", "楼栋会"});
    options.parts = PartKind::speaker;
    CHECK(columns_of(counted(estate(), options), "speaker", {}).names == std::vector<std::string>{"P1", "R2", "甲"});
}

TEST_CASE("who says nothing has no column") {
    WordCountOptions options;
    options.parts = PartKind::participant;
    const WordCounts counts = counted({talk("甲", {{"S1", "S1", "工作"}, {"R1", "R1", "， 。"}})}, options);
    CHECK(counts.participants == 2);
    const WordColumns columns = columns_of(counts, "participant", {{"P9", "P", "", {}}});
    CHECK(columns.names == std::vector<std::string>{"S1"});
    CHECK(columns.column_of_part == std::vector<std::uint32_t>{kNobody, 0});
}

TEST_CASE("an empty corpus, an empty interview") {
    CHECK(counted({}, {}) == WordCounts{});
    const WordCounts counts = counted({talk("空", {{"S1", "S1", ""}})}, {});
    CHECK(counts.documents == 1);
    CHECK(counts.words.empty());
}

// --- everything counted again, naively -----------------------------------------------------------------------

namespace {

struct Case {
    std::vector<Transcript> talks;
    WordCountOptions options;
};

Case random_case(Random& random, const StopWords& stop) {
    static const std::vector<std::string> words = {"社区", "社區", "门岗", "門崗", "的", "我们", "我們", "APP", "app", "7", "，", "。", "管", "（ 笑 ）", "乙", "丙", "丁"};
    static const std::vector<Said> people = {{"P1", "P1", "", "民警"}, {"P10", "P10", "", ""}, {"S2", "S2", "", "社工"}, {"王", "P1", "", "所长"}, {"访", "", "", ""}, {"众", "", "", ""}};
    Case made;
    const std::size_t documents = random.below(5);
    for (std::size_t i = 0; i < documents; ++i) {
        std::vector<Said> turns(random.below(6));
        for (Said& turn : turns) {
            turn = random.pick(people);
            for (std::size_t n = random.below(14); n > 0; --n) turn.text += random.pick(words) + (random.chance(5) ? "\n" : " ");
        }
        made.talks.push_back(talk("D" + std::to_string(i), turns));
    }
    made.options.numbers = random.chance(50);
    made.options.include_interviewer = random.chance(50);
    made.options.parts = random.pick(std::vector<PartKind>{PartKind::none, PartKind::participant, PartKind::speaker, PartKind::document});
    made.options.length = random.chance(50) ? 1 : 2 + static_cast<std::uint32_t>(random.below(2));
    if (made.options.length == 1 && random.chance(70)) made.options.node = "社区";
    made.options.window = 1 + static_cast<std::uint32_t>(random.below(6));
    made.options.stop_words = random.chance(70) ? &stop : nullptr;
    return made;
}

struct NaiveToken {
    std::string text;
    std::size_t stretch = 0;
};

// Tokens of a turn with the number of the stretch they stand in; read off the text, not off spans.
std::vector<NaiveToken> naive_tokens(std::string text, bool numbers) {
    for (std::size_t at; (at = text.find("（ 笑 ）")) != std::string::npos;) text.replace(at, std::string("（ 笑 ）").size(), "。");
    std::vector<NaiveToken> tokens;
    std::size_t stretch = 0;
    std::string current;
    for (const char c : text + "\n") {
        if (c != ' ' && c != '\n') {
            current += c;
            continue;
        }
        const bool counts = !current.empty() && testing::marks_of_tests().count(current) == 0 && (numbers || current != "7");
        if (counts) tokens.push_back({current, stretch});
        if (!current.empty() && !counts) ++stretch;
        if (c == '\n') ++stretch;
        current.clear();
    }
    return tokens;
}

WordCounts naive(const Case& made) {
    struct Entry {
        std::map<std::string, std::uint64_t> forms, parts;
        std::set<std::string> documents, people;
        std::uint64_t left = 0, right = 0;
    };
    const WordCountOptions& options = made.options;
    std::map<std::string, Entry> words;
    std::map<std::string, std::uint64_t> parts;
    std::set<std::string> people;
    WordCounts counts;
    counts.documents = made.talks.size();
    for (const Transcript& transcript : made.talks) {
        for (const Speaker& speaker : transcript.speakers) {
            if (!speaker.participant.empty()) counts.roles.emplace(speaker.participant, speaker.role);
        }
        for (const Turn& turn : transcript.turns) {
            const Speaker& speaker = transcript.speakers[turn.speaker];
            if (speaker.interviewer && !options.include_interviewer) continue;
            const std::string person = speaker.participant;
            if (!person.empty()) people.insert(person);
            const std::string part = options.parts == PartKind::document  ? transcript.id
                                     : options.parts == PartKind::speaker ? speaker.label
                                                                          : (speaker.interviewer ? speaker.label : person);
            const std::vector<NaiveToken> tokens = naive_tokens(std::string(turn.body.of(transcript.text)), options.numbers);
            if (options.parts != PartKind::none) parts[part] += tokens.size();
            counts.tokens += tokens.size();
            for (std::size_t i = 0; i + options.length <= tokens.size(); ++i) {
                const std::size_t last = i + options.length - 1;
                if (tokens[i].stretch != tokens[last].stretch) continue;
                const auto stopped = [&](std::size_t at) { return options.stop_words != nullptr && options.stop_words->contains(fold(tokens[at].text)); };
                if (options.length > 1 && (stopped(i) || stopped(last))) continue;
                std::string form = tokens[i].text;
                for (std::size_t k = i + 1; k <= last; ++k) form += " " + tokens[k].text;
                Entry& entry = words[fold(form)];
                ++entry.forms[form];
                entry.documents.insert(transcript.id);
                if (options.parts != PartKind::none) ++entry.parts[part];
                if (!person.empty()) entry.people.insert(person);
                if (options.node.empty()) continue;
                if (fold(form) == options.node) {
                    ++counts.node;
                    continue;
                }
                // The nearest node, whichever way; the one that follows wins.
                for (std::size_t distance = 1; distance <= options.window; ++distance) {
                    const bool follows = i + distance < tokens.size() && fold(tokens[i + distance].text) == options.node;
                    const bool precedes = distance <= i && fold(tokens[i - distance].text) == options.node;
                    if (!follows && !precedes) continue;
                    ++(follows ? entry.left : entry.right);
                    ++counts.window_tokens;
                    break;
                }
            }
        }
    }
    counts.participants = people.size();
    // Names of the test cases: D0 …, P1, P10, S2, 众, 王, 访 are in natural order as they are; nobody goes last.
    std::map<std::string, std::uint32_t> number;
    for (const auto& [name, tokens] : parts) {
        if (!name.empty()) counts.parts.push_back({name, tokens});
    }
    if (parts.count("") > 0) counts.parts.push_back({"", parts[""]});
    for (std::uint32_t i = 0; i < counts.parts.size(); ++i) number[counts.parts[i].name] = i;
    for (const auto& [folded, entry] : words) {
        CountedWord word;
        word.folded = folded;
        std::uint64_t most = 0;
        for (const auto& [form, count] : entry.forms) {
            word.frequency += count;
            if (count > most) word.shown = form;
            most = std::max(most, count);
        }
        word.documents = entry.documents.size();
        word.participants = entry.people.size();
        word.left = entry.left;
        word.right = entry.right;
        for (const auto& [name, count] : entry.parts) word.parts.push_back({number[name], count});
        std::sort(word.parts.begin(), word.parts.end(), [](const PartCount& a, const PartCount& b) { return a.part < b.part; });
        counts.words.push_back(word);
    }
    return counts;
}

}  // namespace

TEST_CASE("as counted naively, in any order, by any number of counters") {
    StopWords stop;
    stop.add("的");
    stop.add("我们");
    Random random(2024);
    std::size_t counted_words = 0;
    for (std::size_t i = 0; i < testing::cases(1500); ++i) {
        CAPTURE(i);
        const Case made = random_case(random, stop);
        const WordCounts expected = naive(made);
        REQUIRE(counted(made.talks, made.options) == expected);
        counted_words += expected.words.size();
        std::vector<WordCounter> counters(1 + random.below(3), WordCounter(made.options));
        std::vector<std::size_t> order(made.talks.size());
        for (std::size_t n = 0; n < order.size(); ++n) order[n] = n;
        for (std::size_t n = order.size(); n > 1; --n) std::swap(order[n - 1], order[random.below(n)]);
        for (const std::size_t number : order) {
            counters[random.below(counters.size())].add(made.talks[number], number, [](std::string_view text, Span whole, std::vector<Token>& tokens) { testing::split_at_blanks(text, whole, tokens); });
        }
        while (counters.size() > 1) {
            const std::size_t into = random.below(counters.size() - 1);
            counters[into].merge(counters.back());
            counters.pop_back();
        }
        REQUIRE(counters[0].result() == expected);
    }
    CHECK(counted_words > testing::cases(1500));
}
