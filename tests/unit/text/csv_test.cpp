// SPDX-License-Identifier: Apache-2.0
//
// Tables as spreadsheets write them: cells, places, and what is said of
// broken ones.
#include "fangtan/text/csv.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "../../support/random.hpp"
#include "fangtan/text/diagnostic_text.hpp"

using namespace fangtan;
using namespace std::string_literals;
using testing::Random;

namespace {

// "a|b/c|d": header and rows, or the messages.
std::string shown(const std::string& text) {
    Diagnostics diagnostics;
    const auto table = csv::read(text, "f.csv", diagnostics);
    CHECK(table.has_value() == !diagnostics.has_errors());
    if (!table) {
        std::string messages;
        for (const Diagnostic& entry : diagnostics.entries()) {
            Diagnostic without_line = entry;
            without_line.source_line.clear();
            messages += to_text(without_line);
        }
        return messages;
    }
    std::string all;
    for (const CsvCell& cell : table->header) all += (all.empty() ? "" : "|") + cell.text;
    for (const auto& row : table->rows) {
        REQUIRE(row.size() == table->header.size());
        for (std::size_t i = 0; i < row.size(); ++i) all += (i == 0 ? "/" : "|") + row[i].text;
    }
    return all;
}

struct Case {
    std::string text;
    std::string shown;
};

void check_all(const std::vector<Case>& cases) {
    for (const Case& each : cases) {
        CAPTURE(each.text);
        CHECK(shown(each.text) == each.shown);
    }
}

}  // namespace

TEST_CASE("rows and cells") {
    check_all({
        {"id,group\nP1,P\nP2,P\n", "id|group/P1|P/P2|P"},
        {"id,group\nP1,P", "id|group/P1|P"},
        {"id,group", "id|group"},
        {"id;group\nP1;a,b\n", "id|group/P1|a,b"},
        {"id\tgroup\nP1\ta,b;c\n", "id|group/P1|a,b;c"},
        {"id\nP1\nP2\n", "id/P1/P2"},
        {"编号,组别\n受访者1,警察\n", "编号|组别/受访者1|警察"},
        {" id , group \nP1, P \n", "id|group/P1| P "},          // blanks count in a row, not in the header
        {"\"id\",\"group\"\n\"P1\",\"P\"\n", "id|group/P1|P"},
        {"id,note\nP1,\"a,b\"\n", "id|note/P1|a,b"},
        {"id,note\nP1,\"says \"\"no\"\"\"\n", "id|note/P1|says \"no\""},
        {"id,note\nP1,\"two\nlines\"\nP2,x\n", "id|note/P1|two\nlines/P2|x"},
        {"id,note\nP1,a\"b\n", "id|note/P1|a\"b"},              // a quote inside a cell is a character
        {"id,note\nP1,\n", "id|note/P1|"},
        {"id,note\nP1,\"\"\n", "id|note/P1|"},
        {"id,note\n,\n", "id|note/|"},
        {"id,note\n\nP1,a\n\n\nP2,b\n\n", "id|note/P1|a/P2|b"},  // blank lines are skipped
        {"\n\nid,note\nP1,a\n", "id|note/P1|a"},
        {"\n \nid;note\nP1;a\n", "id|note/P1|a"},
        {"\"a;b\";c\n1;2\n", "a;b|c/1|2"},                      // the separator is looked for outside of quotes
        {"\"a,b,c\";d\n1;2\n", "a,b,c|d/1|2"},
        {"a;b,c\n1;2,3\n", "a;b|c/1;2|3"},                      // as many of both: the comma
        {"a,b\n\"x\"\n", "f.csv:2:1: error: this row has 1 cells, but the header has 2; quote cells that hold the separator\n"},
    });
}

TEST_CASE("every cell knows where it stood") {
    Diagnostics diagnostics;
    const auto table = csv::read("编号,\"两\n行\",c\n\n受访者,\"a\"\"b\",c\n", "f.csv", diagnostics);
    REQUIRE(table.has_value());
    CHECK(table->header[0].position == Position{1, 1});
    CHECK(table->header[1].position == Position{1, 4});
    CHECK(table->header[2].position == Position{2, 4});
    CHECK(table->rows[0][0].position == Position{4, 1});
    CHECK(table->rows[0][1].position == Position{4, 5});
    CHECK(table->rows[0][2].position == Position{4, 12});
    CHECK(table->column("c") == 2);
    CHECK(table->column("两\n行") == 1);
    CHECK_FALSE(table->column("C").has_value());
}

TEST_CASE("broken tables") {
    check_all({
        {"", "f.csv:1:1: error: is empty; the first row must name the columns\n"},
        {"\n  \n", "f.csv:1:1: error: is empty; the first row must name the columns\n"},
        {"id,group\nP1\n", "f.csv:2:1: error: this row has 1 cells, but the header has 2; quote cells that hold the separator\n"},
        {"id,group\nP1,P,x\nP2,P\nP3\n",
         "f.csv:2:1: error: this row has 3 cells, but the header has 2; quote cells that hold the separator\n"
         "f.csv:4:1: error: this row has 1 cells, but the header has 2; quote cells that hold the separator\n"},
        {"id,group,id\nP1,P,P1\n", "f.csv:1:10: error: two columns are called \"id\"; rename one\n"},
        {"id, id\nP1,P\n", "f.csv:1:4: error: two columns are called \"id\"; rename one\n"},
    });
    // An unclosed quotation is reported where it opens, not at the end of the file.
    Diagnostics diagnostics;
    CHECK_FALSE(csv::read("编号,说明\nP1,好\nP2,\"没有\n完\nP3,x\n", "f.csv", diagnostics).has_value());
    REQUIRE(diagnostics.entries().size() >= 1);
    CHECK(to_text(diagnostics.entries()[0]) ==
          "f.csv:3:4: error: the quotation mark that opens here is never closed; add a closing \"\n");
    CHECK(diagnostics.entries().size() == 1);
}

TEST_CASE("cells come back as they were written") {
    static const std::vector<std::string> pieces = {"a", "社", "\"", "\"\"", ",", ";", "\t", "\n", "\r", " ", "'", "=", "1", "：", "😀"};
    for (std::uint64_t seed = 1; seed <= testing::cases(5'000); ++seed) {
        Random random(seed);
        const char separator = random.pick(std::vector<char>{',', ';', '\t'});
        const std::size_t columns = 2 + random.below(3);
        std::vector<std::vector<std::string>> rows;
        std::string text;
        for (std::size_t n = 0; n < 1 + random.below(5); ++n) {
            std::vector<std::string> row;
            for (std::size_t i = 0; i < columns; ++i) {
                std::string cell = n == 0 ? std::string(1, static_cast<char>('a' + i)) : "";
                for (std::size_t k = n == 0 ? 0 : random.below(6); k > 0; --k) cell += random.pick(pieces);
                if (i > 0) text += separator;
                csv::append_cell(text, cell, separator);
                row.push_back(std::move(cell));
            }
            text += '\n';
            rows.push_back(std::move(row));
        }
        CAPTURE(text);
        Diagnostics diagnostics;
        const auto table = csv::read(text, "f", diagnostics);
        REQUIRE(table.has_value());
        REQUIRE(table->separator == separator);
        REQUIRE(table->rows.size() + 1 == rows.size());
        for (std::size_t n = 1; n < rows.size(); ++n) {
            for (std::size_t i = 0; i < columns; ++i) REQUIRE(table->rows[n - 1][i].text == rows[n][i]);
        }
    }
}

TEST_CASE("cells are quoted only if they must be") {
    const auto written = [](const std::string& cell, char separator) {
        std::string line;
        csv::append_cell(line, cell, separator);
        return line;
    };
    CHECK(written("", ',') == "");
    CHECK(written("社工", ',') == "社工");
    CHECK(written("a,b", ',') == "\"a,b\"");
    CHECK(written("a,b", '\t') == "a,b");
    CHECK(written("a\tb", '\t') == "\"a\tb\"");
    CHECK(written("a\"b", ',') == "\"a\"\"b\"");
    CHECK(written("a\nb", ',') == "\"a\nb\"");
    CHECK(written("a\rb", ',') == "\"a\rb\"");
    CHECK(written("'=1", ',') == "'=1");
}

TEST_CASE("what a spreadsheet would take for a formula") {
    for (const std::string cell : {"=1+1", "+1", "-1", "@x", "\tx", "\rx", "\nx", "＝1", "＋1", "－1", "＠x", " =1", "   -x", "=", "="}) {
        CAPTURE(cell);
        CHECK(csv::guarded_for_spreadsheet(cell) == "'" + cell);
    }
    for (const std::string cell : {"", "社工", "a=b", "1-2", "'=1", "　x", " x", "——", "_=", "P1", "。=1"}) {
        CAPTURE(cell);
        CHECK(csv::guarded_for_spreadsheet(cell) == cell);
    }
}
