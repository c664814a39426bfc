// SPDX-License-Identifier: Apache-2.0
#include "fangtan/transcript/participant.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "fangtan/text/diagnostic_text.hpp"

using namespace fangtan;

namespace {

std::string messages(const std::string& text, ParticipantTable& table) {
    Diagnostics diagnostics;
    const bool good = read_participants(text, "p.csv", table, diagnostics);
    CHECK(good == !diagnostics.has_errors());
    std::string all;
    for (const Diagnostic& entry : diagnostics.entries()) {
        Diagnostic without_line = entry;
        without_line.source_line.clear();
        all += to_text(without_line);
    }
    return all;
}

std::string messages(const std::string& text) {
    ParticipantTable table;
    return messages(text, table);
}

}  // namespace

TEST_CASE("participant ids and their groups") {
    struct Case {
        std::string id;
        bool valid;
        std::string group;
    };
    const std::vector<Case> cases = {
        {"P1", true, "P"},    {"P12", true, "P"},   {"P123", true, "P"},   {"P1234", false, ""}, {"P-1", true, "P"},  {"AB1", true, "AB"}, {"ABC-12", true, "ABC"},
        {"ABCD1", false, ""}, {"p1", false, ""},    {"P", false, ""},      {"1", false, ""},     {"P--1", false, ""}, {"P-", false, ""},   {"P1a", false, ""},
        {"", false, ""},      {"张三", false, ""},  {"P1 ", false, ""},    {"Ｐ1", false, ""},
    };
    for (const Case& each : cases) {
        CAPTURE(each.id);
        CHECK(is_participant_id(each.id) == each.valid);
        CHECK(group_of_id(each.id) == each.group);
    }
}

TEST_CASE("participants.csv") {
    ParticipantTable table;
    CHECK(messages("id,group,role,age,station\nP1,警察,民警,47,河湾\nS10,,社工,,\n张三,,,20,\n", table).empty());
    REQUIRE(table.all().size() == 3);
    const Participant* first = table.find("P1");
    REQUIRE(first != nullptr);
    CHECK(first->group == "警察");
    CHECK(first->role == "民警");
    CHECK(first->attributes == std::vector<std::pair<std::string, std::string>>{{"age", "47"}, {"station", "河湾"}});
    CHECK(table.find("S10")->group == "S");  // the letters of the id, where the column is empty
    CHECK(table.find("张三")->group.empty());
    CHECK(table.find("P2") == nullptr);
    // Columns stand in any order; a second file may say the same again and more.
    CHECK(messages("age;id\n47;P9\n", table).empty());
    CHECK(table.find("P9")->attributes.front().second == "47");
    CHECK(messages("id,group,role,age,station\nP1,警察,民警,47,河湾\n", table).empty());
    CHECK(table.all().size() == 4);
}

TEST_CASE("broken participants.csv") {
    CHECK(messages("name,group\nP1,P\n") == "p.csv:1:1: error: the header has no column \"id\"; participants.csv needs id, and may have group, role and others\n");
    CHECK(messages("ID,group\nP1,P\n").starts_with("p.csv:1:1: error: the header has no column \"id\""));
    CHECK(messages("id,record,participant\nP1,a,b\n") ==
          "p.csv:1:4: error: a column cannot be called \"record\"; rename it\n"
          "p.csv:1:11: error: a column cannot be called \"participant\"; rename it\n");
    CHECK(messages("id,group\nP1,P\n,P\nP1,S\n") ==
          "p.csv:3:1: error: this row has no id\n"
          "p.csv:4:1: error: the id P1 stands in two rows; every participant has one row\n");
    CHECK(messages("id,group\nP1,P\nP1,P\n") == "p.csv:3:1: error: the id P1 stands in two rows; every participant has one row\n");
    CHECK(messages("id,group\nP1\n").starts_with("p.csv:2:1: error: this row has 1 cells"));
    CHECK(messages("").starts_with("p.csv:1:1: error: is empty"));
    ParticipantTable table;
    CHECK(messages("id,group\nP1,P\n", table).empty());
    CHECK(messages("id,group\nP1,S\n", table) == "p.csv:2:1: error: the participant P1 is described differently in another participants.csv\n");
    CHECK(table.find("P1")->group == "P");
}
