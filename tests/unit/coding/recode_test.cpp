// SPDX-License-Identifier: Apache-2.0
//
// Codes that get other names and places, in codebook and codings at once.
#include "fangtan/coding/recode.hpp"

#include <doctest/doctest.h>

#include <optional>
#include <string>
#include <vector>

#include "coded.hpp"
#include "decided.hpp"

using namespace fangtan;
using coding::CodingStream;
using coding::RecodeResult;
using coding::code_record;
using testing::made;
using testing::stream_with;

namespace {

const char* kBook = R"(name: 试
codes:
  - name: 求助
    codes:
      - name: 噪音
        rules: [噪音, 吵]
      - name: 纠纷
        rules: [纠纷]
  - name: 合作
    id: work
    rules: [社工]
)";

std::optional<RecodeResult> recoded(const std::string& map, bool split, Diagnostics& diagnostics) {
    static const Codebook book = testing::book(kBook);
    CodingStream stream = stream_with({});
    stream.codes.clear();
    for (const Code& code : book.codes()) stream.codes.push_back(code_record(book, code));
    stream.codings = {made(1, 3, "求助/噪音"), made(4, 6, "求助/纠纷"), made(7, 9, "work")};
    stream.codings[1].memo = "再问";
    stream.codings[2].participant = "S1";
    return coding::recode(book, stream, map, "map.csv", "c.jsonl", split, diagnostics);
}

}  // namespace

TEST_CASE("Codes are merged, renamed, moved and split in codebook and codings") {
    Diagnostics diagnostics;
    auto result = recoded("from,to\n纠纷,噪音\nwork,求助/协作\n", false, diagnostics);
    REQUIRE(result);
    CHECK(result->recoded == 2);
    CHECK(result->stream.codings[1].code == "求助/噪音");
    CHECK(result->stream.codings[1].rule == 3);  // behind the two rules of 噪音
    CHECK(result->stream.codings[1].memo == "再问");
    CHECK(result->stream.codings[2].code == "work");  // an id of its own stays
    REQUIRE(result->codebook.codes().size() == 3);
    CHECK(result->codebook.codes()[1].rules.size() == 3);
    CHECK(result->codebook.codes()[2].path == std::vector<std::string>{"求助", "协作"});
    CHECK(result->codebook.codes()[2].rules.size() == 1);
    CHECK(result->created.empty());

    result = recoded("from,to\n求助,诉求\n", false, diagnostics);
    REQUIRE(result);
    CHECK(result->stream.codings[0].code == "诉求/噪音");

    result = recoded("from,to,group\nwork,合作社工,S\n噪音,合作社工,S\n", true, diagnostics);
    REQUIRE(result);
    CHECK(result->stream.codings[2].code == "合作社工");
    CHECK_FALSE(result->stream.codings[2].rule);
    CHECK(result->unfitted == 1);
    CHECK(result->created == std::vector<std::string>{"合作社工"});
}

TEST_CASE("Faults of a map are reported all at once") {
    Diagnostics diagnostics;
    CHECK_FALSE(recoded("from,to\n噪声,纠纷\n合作,work\n求助,合作\n", false, diagnostics));
    CHECK(diagnostics.entries()[0].message == "no code is called \"噪声\"; codes with some of its characters: 噪音");
    Diagnostics second;
    CHECK_FALSE(recoded("from,to\n合作,work\n求助,合作\n求助,求助/新\n", false, second));
    CHECK(second.errors() == 6);
    Diagnostics third;
    CHECK_FALSE(recoded("from,to,group\n合作,噪音,S\n", false, third));
    CHECK(third.errors() == 1);
}
