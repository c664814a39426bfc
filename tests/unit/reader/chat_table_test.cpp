// SPDX-License-Identifier: Apache-2.0
//
// Conversations in tables: which files are some, and what their rows become.
#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "../../support/random.hpp"
#include "fangtan/base/error.hpp"
#include "fangtan/base/file.hpp"
#include "fangtan/reader/chat_table_rows.hpp"
#include "fangtan/reader/formats.hpp"
#include "fangtan/transcript/dialogue.hpp"

using namespace fangtan;
using testing::Random;

namespace {

std::string fixture(const std::string& name) { return read_file(std::string(FANGTAN_SOURCE_FOLDER) + "/tests/fixtures/table/" + name); }

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

std::string fault(const std::string& text) {
    try {
        (void)reader::extract_chat_table(text, "chat.csv");
    } catch (const Error& error) {
        return (error.kind() == ErrorKind::input ? "" : "kind! ") + error.place() + ": " + error.what();
    }
    return "no error";
}

}  // namespace

TEST_CASE("a group chat: times without dates, rows of one speaker are one turn") {
    const std::string text = fixture("group_chat.csv");
    CHECK(reader::is_chat_table(text));
    const auto extracted = reader::extract_chat_table(text, "group_chat.csv");
    CHECK(extracted.text ==
          "[19:04:11] 楼长老何：三号楼电梯又停了，谁有物业电话？\n"
          "[19:05:02] S1（社工）：我来打。\n"
          "打通了，师傅说：\n"
          "\"半小时到\"\n"
          "[19:41:15] 楼长老何：到了，谢谢\n");
    CHECK(joined(extracted.labels) == "楼长老何|S1");
    CHECK(shown(extracted.left_out) == "column 消息类型@;");
    Transcript transcript;
    transcript.text = extracted.text;
    transcript::find_turns(transcript, "T", {});
    CHECK(transcript.turns.size() == 3);
}

TEST_CASE("tabs, English names of columns, Traditional text") {
    const std::string text = fixture("interview.tsv");
    CHECK(reader::is_chat_table(text));
    const auto extracted = reader::extract_chat_table(text, "interview.tsv");
    CHECK(extracted.text ==
          "[00:00:03] 訪談者：您最早是怎麼加入巡邏隊的？\n"
          "[00:00:07] R2：退休以後閒著，居委會來敲門，我就去了。\n"
          "一開始只是看門，後來什麼都管。\n");
    CHECK(joined(extracted.labels) == "訪談者|R2");
    CHECK(shown(extracted.left_out) == "column End@;");
}

TEST_CASE("semicolons, empty cells, empty lines, text that looks like turns") {
    const std::string text = fixture("awkward.csv");
    CHECK(reader::is_chat_table(text));
    const auto extracted = reader::extract_chat_table(text, "awkward.csv");
    CHECK(extracted.text ==
          "P3：我们所一共十一个人；\n"
          "白天接警，晚上巡逻。\n"
          "还要入户登记。\n"
          "[15:22] P3：访谈者：这句其实是我在学你说话。\n"
          "[15:24] 访谈者：有几点： P3：这里是引用\n");
    CHECK(joined(extracted.labels) == "P3|访谈者");
    CHECK(shown(extracted.left_out) == "what is no clock time in column 时间@line 6;row without text@line 9;");
}

TEST_CASE("rows of a wrong length are reported together, with line and column") {
    CHECK(reader::is_chat_table(fixture("wrong_rows.csv")));
    const std::string message = fault(fixture("wrong_rows.csv"));
    CHECK(message.starts_with("chat.csv:3:1: this row has 3 cells, but the header has 2"));
    CHECK(message.find("\n  4:1: this row has 1 cells") != std::string::npos);
    std::string many = "speaker,text\n";
    for (int i = 0; i < 150; ++i) many += "P1\n";
    const std::string long_message = fault(many);
    CHECK(long_message.find("\n  11:1: ") != std::string::npos);
    CHECK(long_message.find("\n  12:1: ") == std::string::npos);
    CHECK(long_message.ends_with("and 140 more"));
    CHECK(fault("speaker,text\nP1,\"好\n").starts_with("chat.csv:2:4: the quotation mark"));
    CHECK(fault("id,group\nP1,民警\n").find("needs one for the speaker") != std::string::npos);
    CHECK(fault("").find("is empty") != std::string::npos);
}

TEST_CASE("what is no chat table") {
    CHECK_FALSE(reader::is_chat_table(""));
    CHECK_FALSE(reader::is_chat_table("id,group,name,text\nP1,民警,甲,乙\n"));
    CHECK_FALSE(reader::is_chat_table("document,code,start,end,speaker,text\n"));
    CHECK_FALSE(reader::is_chat_table("编号,姓名,单位\n"));
    CHECK_FALSE(reader::is_chat_table("时间,内容\n"));
    CHECK_FALSE(reader::is_chat_table("访谈者：您好，我们开始吧，内容\n"));
    CHECK_FALSE(reader::is_chat_table("\"speaker,text\n"));
    CHECK(reader::is_chat_table("\n \n SPEAKER , Text \n"));
    CHECK(reader::is_chat_table("發言人,內容\n"));
    CHECK(reader::is_chat_table("＂,说话人,内容\n"));
}

TEST_CASE("clock times in cells") {
    CHECK(reader::clock_time("14:03") == "14:03");
    CHECK(reader::clock_time(" 1:02:03.250 ") == "1:02:03");
    CHECK(reader::clock_time("[00:12:33]") == "00:12:33");
    CHECK(reader::clock_time("2026-05-28 14:03:05") == "14:03:05");
    CHECK(reader::clock_time("2026-05-28T14:03:05+08:00") == "14:03:05");
    CHECK(reader::clock_time("2026年5月28日 14:03") == "14:03");
    CHECK(reader::clock_time("１４：０３") == "14:03");
    for (const char* none : {"", "下午3:20", "3:20 PM", "0.586", "14:3", "14:63", "123:10", "第2次: 10", "14:03 左右", ":30", "10:"}) {
        CAPTURE(none);
        CHECK(reader::clock_time(none).empty());
    }
}

TEST_CASE("names that no label could hold") {
    const auto extracted = reader::extract_chat_table("昵称,内容\n阳光：每一天,早\n阳光 每一天,早啊\n13800000000,在\n", "chat.csv");
    CHECK(extracted.text == "阳光 每一天：早\n阳光 每一天 2：早啊\n说话人 13800000000：在\n");
    CHECK(joined(extracted.labels) == "阳光 每一天|阳光 每一天 2|说话人 13800000000");
}

TEST_CASE("every row's text stands in the transcript, in order") {
    Random random(5);
    const std::vector<std::string> names = {"P1", "访谈者", "王阿姨", "", "S2（社工）"};
    const std::vector<std::string> words = {"漏水", "，", "\"", "\n", ",", "：", "P1：", "你好", " ", "10:30"};
    for (std::size_t i = 0; i < testing::cases(2000); ++i) {
        std::string file = "说话人,内容\n";
        std::string spoken;
        for (std::size_t row = random.below(8); row > 0; --row) {
            std::string cell;
            for (std::size_t word = random.below(6); word > 0; --word) cell += random.pick(words);
            csv::append_cell(file, random.pick(names));
            file += ',';
            csv::append_cell(file, cell);
            file += '\n';
            spoken += cell;
        }
        const auto extracted = reader::extract_chat_table(file, "chat.csv");
        // What was said is a subsequence of the text: only labels, times and line ends are added.
        std::size_t at = 0;
        for (const char c : spoken) {
            if (c == ' ' || c == '\n') continue;
            at = extracted.text.find(c, at);
            REQUIRE(at != std::string::npos);
            ++at;
        }
    }
}
