// SPDX-License-Identifier: Apache-2.0
#include "fangtan/codebook/terms.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace fangtan;

TEST_CASE("the plain terms of a codebook") {
    const std::string yaml =
        "name: n\ncodes:\n"
        "  - name: a\n    rules:\n      - 社區 EXCEPT 社区矫正\n      - 警\n      - 警*察\n      - /警\\d+/\n"
        "  - name: b\n    rules:\n      - (噪音 OR 糾紛) NEAR/8 报警\n      - Social  Worker NOT 刑事\n      - 社区 AND 噪音\n";
    Diagnostics diagnostics;
    const auto codebook = codebook::load(yaml, "f", diagnostics);
    REQUIRE(codebook);
    using Words = std::vector<std::string>;
    CHECK(codebook::plain_terms(*codebook, codebook::TermChoice::all) == Words{"social worker", "刑事", "噪音", "报警", "社区", "社区矫正", "纠纷", "警"});
    CHECK(codebook::plain_terms(*codebook, codebook::TermChoice::positive) == Words{"social worker", "噪音", "报警", "社区", "纠纷", "警"});
    CHECK(codebook::plain_terms(codebook->codes()[0], codebook::TermChoice::positive) == Words{"社区", "警"});
}
