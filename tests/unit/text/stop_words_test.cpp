// SPDX-License-Identifier: Apache-2.0
#include "fangtan/text/stop_words.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "fangtan/base/sha256.hpp"
#include "fangtan/text/fold.hpp"

using namespace fangtan;

TEST_CASE("entries are folded, sorted, each once, without blanks") {
    for (const StopList list : {StopList::mandarin, StopList::cantonese}) {
        const auto words = stop_words(list);
        CHECK(words.size() >= 100);
        CHECK(std::is_sorted(words.begin(), words.end()));
        CHECK(std::adjacent_find(words.begin(), words.end()) == words.end());
        for (const std::string_view word : words) {
            CAPTURE(word);
            CHECK(fold(word) == word);
            CHECK(!word.empty());
            CHECK(word.find_first_of(" \t\r\n#") == std::string_view::npos);
        }
    }
}

TEST_CASE("function words and fillers are recognised in both scripts, content words are not") {
    const StopWords words = StopWords::built_in();
    for (const char* word : {"我们", "我們", "这个", "這個", "对吧", "對吧", "然后", "然後", "就是说", "就是說", "没有", "沒有", "嗯", "嘅", "喺", "咗", "嚟", "哋", "佢哋",
                             "點解", "点解", "唔係", "唔系", "噉樣", "即係", "嗰個", "而家", "仲有"}) {
        CAPTURE(word);
        CHECK(words.contains(fold(word)));
    }
    for (const char* word : {"工作", "问题", "問題", "社区", "社區", "居民", "社工", "警察", "信任", "觉得", "知道", "派出所", "钱", "帮", ""}) {
        CAPTURE(word);
        CHECK(!words.contains(fold(word)));
    }
}

TEST_CASE("both lists together hold each word once") {
    const auto mandarin = stop_words(StopList::mandarin);
    const auto cantonese = stop_words(StopList::cantonese);
    std::vector<std::string_view> all(mandarin.begin(), mandarin.end());
    all.insert(all.end(), cantonese.begin(), cantonese.end());
    std::sort(all.begin(), all.end());
    all.erase(std::unique(all.begin(), all.end()), all.end());
    CHECK(StopWords::built_in().size() == all.size());
    CHECK(StopWords().size() == 0);
}

TEST_CASE("a file of words: one a line, blanks and comments passed over") {
    StopWords words;
    words.add_lines("\xEF\xBB\xBF# 这次访谈的\r\n　社區　\r\n\r\n  APP # 软件\n老师\n社区\n#\n");
    CHECK(words.size() == 3);
    CHECK(words.contains("社区"));
    CHECK(words.contains("app"));
    CHECK(words.contains("老师"));
    CHECK(words.sha256() == sha256_hex("app\n社区\n老师\n"));
}
