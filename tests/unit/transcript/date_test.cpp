// SPDX-License-Identifier: Apache-2.0
#include "fangtan/transcript/date.hpp"

#include <doctest/doctest.h>

using namespace fangtan;
using transcript::date_in;
using transcript::date_of;

TEST_CASE("dates as they are written") {
    CHECK(date_in("2022年3月12日") == "2022-03-12");
    CHECK(date_in("2022 年 3 月 12 日").empty());  // no blank before the sign
    CHECK(date_in("2022年 3月 12日 下午") == "2022-03-12");
    CHECK(date_in("２０２２年１０月２日") == "2022-10-02");
    CHECK(date_in("星期六，2022-04-02 14:30") == "2022-04-02");
    CHECK(date_in("2022/4/2") == "2022-04-02");
    CHECK(date_in("2022.12.31") == "2022-12-31");
    CHECK(date_in("2024-02-29") == "2024-02-29");
    CHECK(date_in("2023-02-29").empty());
    CHECK(date_in("1900-02-29").empty());
    CHECK(date_in("2022-13-01, 2022-12-01") == "2022-12-01");
    CHECK(date_in("12022-12-01").empty());
    CHECK(date_in("22-12-01").empty());
    CHECK(date_in("2022-12").empty());
    CHECK(date_in("2022-12-001").empty());
    CHECK(date_in("").empty());
}

TEST_CASE("the date of an interview stands in its header") {
    Transcript transcript;
    CHECK(date_of(transcript).empty());
    transcript.metadata = {{"編號", "P1"}, {"地點", "2021-01-01"}, {"訪談時間", "春天"}, {"Date", "2022-03-12"}};
    CHECK(date_of(transcript) == "2022-03-12");
    transcript.metadata = {{"訪談時間", "2022年3月9日 14:00"}};
    CHECK(date_of(transcript) == "2022-03-09");
}
