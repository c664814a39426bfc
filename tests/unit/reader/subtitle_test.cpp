// SPDX-License-Identifier: Apache-2.0
//
// Subtitles as conferences, services and players write them, and what is wrong
// with damaged ones.
#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "../../support/random.hpp"
#include "fangtan/base/error.hpp"
#include "fangtan/base/file.hpp"
#include "fangtan/reader/formats.hpp"
#include "fangtan/reader/subtitle_cue.hpp"
#include "fangtan/reader/teams_text.hpp"
#include "fangtan/text/utf8.hpp"
#include "fangtan/transcript/dialogue.hpp"

using namespace fangtan;
using testing::Random;

namespace {

std::string fixture(const std::string& name) { return read_file(std::string(FANGTAN_SOURCE_FOLDER) + "/tests/fixtures/subtitle/" + name); }

std::string joined(const std::vector<std::string>& parts) {
    std::string all;
    for (const std::string& part : parts) all += (all.empty() ? "" : "|") + part;
    return all;
}

std::string shown(const std::vector<LeftOut>& left_out) {
    std::string all;
    for (const LeftOut& each : left_out) all += each.what + "@" + each.where + ";";
    return all;
}

std::string vtt(const std::string& cues) { return reader::extract_vtt("WEBVTT\n\n" + cues, "a.vtt").text; }
std::string srt(const std::string& text) { return reader::extract_srt(text, "a.srt").text; }

template <class Function>
std::string fault(Function function) {
    try {
        function();
    } catch (const Error& error) {
        return (error.kind() == ErrorKind::input ? "" : "kind! ") + error.place() + ": " + error.what();
    }
    return "no error";
}

std::string vtt_fault(const std::string& text) {
    return fault([&] { (void)reader::extract_vtt(text, "a.vtt"); });
}
std::string srt_fault(const std::string& text) {
    return fault([&] { (void)reader::extract_srt(text, "a.srt"); });
}

bool holds(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

std::size_t turns_read_again(const reader::Extracted& extracted) {
    Transcript transcript;
    transcript.text = extracted.text;
    DialogueOptions options;
    for (const std::string& label : extracted.labels) options.declared.push_back({label, label, false});
    transcript::find_turns(transcript, "T", options);
    return transcript.turns.size();
}

}  // namespace

TEST_CASE("a conference's VTT: labels in the text, one line a turn") {
    const auto extracted = reader::extract_vtt(fixture("zoom.vtt"), "zoom.vtt");
    CHECK(extracted.text ==
          "[00:00:05] 访谈者：您在这个派出所管社区，一天是怎么过的？\n"
          "[00:00:10] P1：早上先开个短会，然后就往小区里走，走得多了，大爷大妈都认得我，有事就在微信群里喊。\n"
          "[00:00:25] 访谈者：群里一般喊什么？\n"
          "[00:00:27] P1：楼道堆东西、电动车飞线充电，还有谁家又吵起来了。\n");
    CHECK(joined(extracted.labels) == "访谈者|P1");
    CHECK(extracted.left_out.empty());
    CHECK(turns_read_again(extracted) == 4);
}

TEST_CASE("voices in tags, several in a cue, entities") {
    const auto extracted = reader::extract_vtt(fixture("teams.vtt"), "teams.vtt");
    CHECK(extracted.text ==
          "[00:00:09] 林一帆：我们先说说你们站里的日常吧。\n"
          "[00:00:14] 周小禾：好。我们社工站一共三个人，要管两个社区的老人探访， 还有青少年的活动。\n"
          "[00:00:26] 林一帆：人手够吗？\n"
          "[00:00:26] 周小禾：不够，<笑>从来没够过。\n");
    CHECK(joined(extracted.labels) == "林一帆|周小禾");
    CHECK(turns_read_again(extracted) == 4);
}

TEST_CASE("header, notes, styles, regions, ids, settings, tags and short times") {
    const auto extracted = reader::extract_vtt(fixture("awkward.vtt"), "awkward.vtt");
    CHECK(extracted.text ==
          "[00:00:00] 张三（社工）：你们群里多少人？\n"
          "[00:00:05] 李四：四百多人。（旁边有人插话）还有戴大爷建的一个群，AT&T 那种老群，<笑> 3 < 5 嘛。\n");
    CHECK(joined(extracted.labels) == "张三|李四");
    CHECK(shown(extracted.left_out) ==
          "header line@line 2;header line@line 3;header line@line 4;NOTE block@line 6;STYLE block@line 9;REGION block@line 12;NOTE block@line 31;");
    REQUIRE(extracted.metadata.size() == 2);
    CHECK(extracted.metadata[0].second == "社区访谈 第二次");
    CHECK(extracted.metadata[1].second == "zh-CN");
}

TEST_CASE("subtitles without speakers become paragraphs") {
    CHECK(reader::extract_srt(fixture("plain.srt"), "plain.srt").text ==
          "我们社区里老年人多，平时有事都是打电话找我。\n"
          "电话打不通，就直接上门。There is always a way.\n");
    // Exactly two seconds are no pause yet.
    CHECK(srt("1\n00:00:01,000 --> 00:00:02,000\n甲\n\n2\n00:00:04,000 --> 00:00:05,000\n乙\n") == "甲乙\n");
    CHECK(srt("1\n00:00:01,000 --> 00:00:02,000\n甲\n\n2\n00:00:04,001 --> 00:00:05,000\n乙\n") == "甲\n乙\n");
    // A cue inside a longer one ends before it: the pause counts from the longer.
    CHECK(srt("1\n00:00:01,000 --> 00:00:09,000\n甲\n\n2\n00:00:02,000 --> 00:00:03,000\n乙\n\n3\n00:00:10,000 --> 00:00:11,000\n丙\n") == "甲乙丙\n");
}

TEST_CASE("a long paragraph ends with the next sentence") {
    std::string cues;
    for (int i = 0; i < 60; ++i) {
        cues += "00:00:0" + std::to_string(i / 10) + ",000 --> 00:00:0" + std::to_string(i / 10) + ",900\n" + (i % 4 == 3 ? "这件事后来就办好了。" : "大家都到楼下来看看，") + "\n\n";
    }
    const std::string text = srt(cues);
    // 41 cues of ten characters are past 400, the sentence ends with the 44th.
    CHECK(utf8::count(text.substr(0, text.find('\n'))) == 440);
    CHECK(utf8::count(text) == 602);
}

TEST_CASE("a speaker is given only when it changes, and 结论： is none") {
    const auto extracted = reader::extract_srt(fixture("speakers.srt"), "speakers.srt");
    CHECK(extracted.text ==
          "[00:00:00] 访谈者：网格里最难办的是什么事？\n"
          "[00:00:04] 王阿姨：漏水。楼上漏到楼下，结论：谁也不认。找物业，物业说不归他们管。\n"
          "[00:00:13] 访谈者：后来呢？\n"
          "[00:00:14] 王阿姨：后来是社区民警来了，坐下来谈了三个晚上。\n");
    CHECK(joined(extracted.labels) == "访谈者|王阿姨");
    // Once is no label; neither is a clock time or an address, however often.
    CHECK(srt("1\n00:00:01,000 --> 00:00:02,000\n王阿姨：漏水。\n") == "王阿姨：漏水。\n");
    const std::string twice = "1\n00:00:01,000 --> 00:00:02,000\n10:30 来过。\nhttps://example.org/\n\n2\n00:00:02,000 --> 00:00:03,000\n10:30 又来。\nhttps://example.org/\n";
    CHECK(reader::extract_srt(twice, "a.srt").labels.empty());
}

TEST_CASE("SRT as it should not be") {
    const auto extracted = reader::extract_srt(fixture("awkward.srt"), "awkward.srt");
    CHECK(extracted.text ==
          "[00:00:01] P2（民警）：群里的规则是 A --> B，先报警，再 @ 我。夜里 10:30 --> 11:00 我都在。还有周末，\n"
          "[01:39:00] 访谈者：这算加班吗？\n");
    CHECK(joined(extracted.labels) == "P2|访谈者");
    CHECK(shown(extracted.left_out) == "number without a cue@line 13;");
    CHECK(srt("") == "");
    CHECK(srt("\n\n00:00:01,000-->00:00:02,000\n好") == "好\n");
}

TEST_CASE("what is wrong with times is said with line and column") {
    const std::string head = "WEBVTT\n\n";
    CHECK(holds(vtt_fault(head + "00:99:00.000 --> 01:00:00.000\n好\n"), "a.vtt:3:4: minutes go to 59"));
    CHECK(holds(vtt_fault(head + "99:00.000 --> 99:10.000\n好\n"), "a.vtt:3:1: minutes go to 59"));
    CHECK(holds(vtt_fault(head + "00:00:61.000 --> 00:01:10.000\n好\n"), "a.vtt:3:7: seconds go to 59"));
    CHECK(holds(vtt_fault(head + "99999999999999999999:00:01.000 --> 1:00:00.000\n好\n"), "a.vtt:3:1: hours go to 99"));
    CHECK(holds(vtt_fault(head + "00:00:05.000 --> 00:00:04.999\n好\n"), "a.vtt:3:18: the cue ends before it starts"));
    CHECK(holds(vtt_fault(head + "00:00:05.000 --> 00:00:06.000 你好\n"), "a.vtt:3:31: behind the end of a cue only settings"));
    CHECK(holds(srt_fault("1\n00:00:00,000 --> 00:0"), "a.srt:2:22: the line is cut off in a time"));
    CHECK(holds(srt_fault("1\n00:00:00,000 --> 00:00:07,"), "a.srt:2:26: the line is cut off in a time"));
    CHECK(holds(srt_fault("1\n00:00:00,000 --> 00:00:07,0"), "a.srt:2:28: the file is cut off"));
    CHECK(holds(srt_fault("1\n00:00:00,000 --> 00"), "a.srt:2:20: a time must have minutes"));
    CHECK(holds(srt_fault("1\n00:00:05,000 --> 00:"), "a.srt:2:21: the line is cut off in a time"));
    CHECK(holds(srt_fault("1\n00:00:05,000 --> "), "a.srt:2:18: the line is cut off in a time"));
    CHECK(holds(srt_fault("1\n00:00:05,000 --"), "a.srt:2:16: the time line is cut off"));
    CHECK(holds(srt_fault("1\n00:00:05,0"), "a.srt:2:11: the time line is cut off"));
    CHECK(holds(srt_fault("1\n00:00"), "a.srt:2:6: the time line is cut off"));
    CHECK(holds(srt_fault("1\n00:00:01,000 --> 00:00:02,000\n好\n2\n00:00:03,000 --> 00:00:0x,000\n好\n"), "a.srt:5:25: behind the end"));
    CHECK(holds(srt_fault("大家好\n"), "a.srt:1:1: here a cue must begin"));
    CHECK(srt_fault("1\n00:00:05,000 --> 00:00:05,000\n好\n") == "no error");
}

TEST_CASE("a .vtt file must begin with WEBVTT") {
    CHECK(holds(vtt_fault("1\n00:00:05,000 --> 00:00:06,000\n好\n"), "a.vtt:1:1: a .vtt file begins with a line WEBVTT, but here stands \"1\"; this looks like SRT"));
    CHECK(holds(vtt_fault("访谈记录\n"), "here stands \"访谈记录\""));
    CHECK(holds(vtt_fault("WEBVTTX\n"), "here stands \"WEBVTTX\""));
    CHECK(holds(vtt_fault(""), "the file is empty"));
    CHECK(vtt_fault("WEBVTT") == "no error");
    CHECK(vtt("") == "");
    CHECK(reader::extract_vtt("WEBVTT\n00:01.000 --> 00:02.000\n好\n", "a.vtt").text == "好\n");
}

TEST_CASE("voices: classes, missing ends, empty ones, names that no label could hold") {
    CHECK(vtt("00:01.000 --> 00:02.000\n<v.loud 张三>来了\n吗<v 李四>来了\n") == "[00:00:01] 张三：来了吗\n[00:00:01] 李四：来了\n");
    CHECK(vtt("00:01.000 --> 00:02.000\n<v >来了\n") == "来了\n");
    CHECK(vtt("00:01.000 --> 00:02.000\n<v Doe, Jane: A&amp;B>Hi\n") == "[00:00:01] Doe Jane A B：Hi\n");
    CHECK(vtt("00:01.000 --> 00:02.000\n<v 13800000000>喂\n") == "[00:00:01] 说话人 13800000000：喂\n");
    const auto extracted = reader::extract_vtt("WEBVTT\n\n00:01.000 --> 00:02.000\n<v 幸福里社区党群服务中心二楼会议室的麦克风一号>喂<v 幸福里社区党群服务中心二楼会议室的麦克风二号>在\n", "a.vtt");
    CHECK(joined(extracted.labels) == "幸福里社区党群服务中心二楼会议室的麦克风|幸福里社区党群服务中心二楼会议室的麦 2");
    CHECK(extracted.left_out.size() == 2);
    CHECK(turns_read_again(extracted) == 2);
}

TEST_CASE("rolling captions say every line once") {
    CHECK(vtt("00:01.000 --> 00:02.000\n我们<00:00:01.500><c>先去</c>\n\n00:02.000 --> 00:03.000\n我们先去\n楼下<00:00:02.500><c>看看</c>\n") == "我们先去楼下看看\n");
    CHECK(vtt("00:01.000 --> 00:02.000\n对。\n\n00:02.000 --> 00:03.000\n对。\n") == "对。对。\n");
}

TEST_CASE("speech is joined as its script is written") {
    const auto join = [](std::string text, const std::string& more) {
        reader::subtitle::join_speech(text, more);
        return text;
    };
    CHECK(join("居民", "楼") == "居民楼");
    CHECK(join("居民，", "楼") == "居民，楼");
    CHECK(join("community", "police") == "community police");
    CHECK(join("OK,", "fine") == "OK, fine");
    CHECK(join("用", "APP") == "用APP");
    CHECK(join("안녕", "하세요") == "안녕 하세요");
    CHECK(join("", "好") == "好");
}

TEST_CASE("the way Teams writes a Word document") {
    const std::string text = fixture("teams.txt");
    CHECK(reader::is_teams_text(text));
    const auto extracted = reader::extract_teams_text(text);
    CHECK(extracted.text ==
          "社区工作访谈\n"
          "[00:00:00] Lin Yifan Guest：您平时怎么跟居民打交道？\n"
          "[00:00:04] R1：我住了二十年了，民警换了四个，都认识。Everyone knows everyone here.\n");
    CHECK(joined(extracted.labels) == "Lin Yifan Guest|R1");
    CHECK_FALSE(reader::is_teams_text(fixture("plain.srt")));
    CHECK_FALSE(reader::is_teams_text(fixture("zoom.vtt")));
    CHECK_FALSE(reader::is_teams_text("访谈者：您好。\nP1：您好。\n"));
    CHECK_FALSE(reader::is_teams_text(""));
}

TEST_CASE("no character of speech is lost, whatever the cues") {
    Random random(20261122);
    const std::vector<std::string> words = {"居民", "来了", "，", "。", "OK", "A --> B", "10点", "5", "<笑>", "&", "<", "3 < 5", "{", "说话"};
    const std::vector<std::string> starts = {"", "", "结论：", "P1：", "问："};
    for (std::size_t i = 0; i < testing::cases(3000); ++i) {
        std::string text = "WEBVTT\n\n";
        std::string spoken;
        std::int64_t second = 0;
        for (std::size_t cue = 1 + random.below(6); cue > 0; --cue) {
            second += static_cast<std::int64_t>(random.below(5));
            const std::string time = "00:00:" + std::to_string(10 + second) + ".000";
            text += time + " --> " + time + "\n";
            for (std::size_t line = random.below(3); line > 0; --line) {
                const std::string& start = random.pick(starts);
                text += start;
                spoken += start;
                for (std::size_t word = 1 + random.below(4); word > 0; --word) {
                    const std::string& chosen = random.pick(words);
                    text += chosen;
                    spoken += chosen;
                }
                text += '\n';
            }
            text += '\n';
        }
        const auto extracted = reader::extract_vtt(text, "a.vtt");
        std::string found;
        for (std::size_t at = 0; at < extracted.text.size();) {
            const std::size_t end = extracted.text.find('\n', at);
            std::string line = extracted.text.substr(at, end - at);
            if (line.starts_with("[")) line = line.substr(line.find(' ') + 1);
            found += line;
            at = end + 1;
        }
        // Labels stand once a turn instead of once a cue; what is neither label nor blank must be the same.
        const auto bare = [](std::string all) {
            for (const std::string label : {"P1：", "问：", " ", "\n"}) {
                for (std::size_t at = all.find(label); at != std::string::npos; at = all.find(label)) all.erase(at, label.size());
            }
            return all;
        };
        REQUIRE(bare(found) == bare(spoken));
    }
}

TEST_CASE("any bytes give text or an error, never a crash") {
    Random random(7);
    const std::vector<std::string> pieces = {"WEBVTT", "\n", "\n\n", "1", "00:00:01,000", " --> ", "00:00:02.000", "-->", "<v ", "张三", ">", "</v>", "：", "NOTE", "&", "&#x4e2d;", ";", "{\\", "}", "00:", "<ruby>", "<rt>", "a:b", " "};
    for (std::size_t i = 0; i < testing::cases(5000); ++i) {
        std::string text = random.chance(80) ? "WEBVTT\n\n" : "";
        for (std::size_t piece = random.below(25); piece > 0; --piece) text += random.pick(pieces);
        for (const bool is_vtt : {true, false}) {
            try {
                const auto extracted = is_vtt ? reader::extract_vtt(text, "a") : reader::extract_srt(text, "a");
                REQUIRE_FALSE(utf8::first_fault(extracted.text));
                REQUIRE((extracted.text.empty() || extracted.text.back() == '\n'));
            } catch (const Error& error) {
                REQUIRE(error.kind() == ErrorKind::input);
                REQUIRE_FALSE(error.place().empty());
            }
        }
        if (reader::is_teams_text(text)) (void)reader::extract_teams_text(text);
    }
}
