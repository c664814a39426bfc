// SPDX-License-Identifier: Apache-2.0
#include "fangtan/text/sound_mark.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace fangtan;

TEST_CASE("what is written in brackets about the sound") {
    for (const char* mark : {"笑", "大笑", "苦笑", "笑了笑", "停顿", "停頓", "长停顿", "停顿3秒", "停顿 10 秒", "听不清", "聽不清楚", "嘆氣", "沉默片刻", "众人笑", "點頭", "laughs", "Pause", "pause 2s", "inaudible", "?", " 笑 "}) {
        CAPTURE(mark);
        CHECK(is_sound_mark(mark));
    }
    for (const char* other : {"", "笑话", "民警", "P1", "停顿的时候", "2021", "3秒", "笑嘻嘻地走了", "见表1", "听不清的录音带有三盘，后来都补上了，一句一句对过去"}) {
        CAPTURE(other);
        CHECK_FALSE(is_sound_mark(other));
    }
}

TEST_CASE("where the marks stand") {
    const std::string text = "社[停顿]工（笑）来了【听不清】，(laughs)好（笑话）[[笑]]（停顿";
    std::vector<Span> marks;
    append_sound_marks(text, span_of(0, static_cast<std::uint32_t>(text.size())), marks);
    std::string found;
    for (const Span mark : marks) found += std::string(mark.of(text)) + " ";
    CHECK(found == "[停顿] （笑） 【听不清】 (laughs) [笑] ");
}
