// SPDX-License-Identifier: Apache-2.0
//
// Tables byte for byte in every format.
#include "fangtan/table/render.hpp"

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <string>

#include "../../support/random.hpp"
#include "fangtan/base/diagnostic.hpp"
#include "fangtan/reader/xml.hpp"
#include "fangtan/reader/zip_archive.hpp"
#include "fangtan/text/csv.hpp"
#include "fangtan/text/width.hpp"

using namespace fangtan;
using testing::Random;

namespace {

Table sample() {
    Table table;
    table.title = "编码频次表：治理";
    table.path_headings = {"上级编码", "编码"};
    table.columns = {"参考点", "百分比（%）"};
    table.rows = {
        {"a/b", {"主体", "警察"}, {std::uint64_t{10}, Percentage{10, 234, 43}}},
        {"a/c", {"主体", "社工"}, {std::uint64_t{224}, Percentage{224, 234, 957}}},
        {"d", {"其他"}, {std::uint64_t{0}, Percentage{0, 0, 0}}},
    };
    table.total = TableRow{"", {"合计"}, {std::uint64_t{234}, Percentage{234, 234, 1000}}};
    table.notes = {"基数：234。"};
    table.note_heading = "注：";
    table.decimals = 1;
    return table;
}

Table one_cell(const std::string& text) {
    Table table;
    table.path_headings = {"编码"};
    table.columns = {"n"};
    table.rows = {{"x", {text}, {std::uint64_t{1}}}};
    return table;
}

}  // namespace

TEST_CASE("a table for the eye") {
    CHECK(table::to_text(sample()) ==
          "编码频次表：治理\n"
          "-----------------------------------\n"
          "上级编码  编码  参考点  百分比（%）\n"
          "-----------------------------------\n"
          "主体      警察      10          4.3\n"
          "          社工     224         95.7\n"
          "其他                 0            -\n"
          "-----------------------------------\n"
          "合计               234        100.0\n"
          "-----------------------------------\n"
          "注：基数：234。\n");
    Table bare = sample();
    bare.title.clear();
    bare.total.reset();
    bare.notes.clear();
    bare.rows.resize(1);
    CHECK(table::to_text(bare) ==
          "-----------------------------------\n"
          "上级编码  编码  参考点  百分比（%）\n"
          "-----------------------------------\n"
          "主体      警察      10          4.3\n"
          "-----------------------------------\n");
    bare.rows.clear();
    CHECK(table::to_text(bare) ==
          "-----------------------------------\n"
          "上级编码  编码  参考点  百分比（%）\n"
          "-----------------------------------\n");
}

TEST_CASE("controls and lines never break a table for the eye") {
    CHECK(table::to_text(one_cell("a\nb\x1B[2J\u202E")) ==
          "------------------------\n"
          "编码                   n\n"
          "------------------------\n"
          "a\\x0ab\\x1b[2J<U+202E>  1\n"
          "------------------------\n");
}

TEST_CASE("every line of a table for the eye is as wide as its rule") {
    static const std::vector<std::string> pieces = {"社", "a", "Ａ", "é", "e\u0301", "😀", "|", "\t", " x"};
    for (std::uint64_t seed = 1; seed <= testing::cases(300); ++seed) {
        Random random(seed);
        const auto word = [&] {
            std::string text = "x";
            for (std::size_t n = random.below(8); n > 0; --n) text += random.pick(pieces);
            return text + "x";
        };
        Table table;
        table.path_headings = {word(), word()};
        table.columns = {word(), word()};
        for (std::size_t n = random.below(6); n > 0; --n) table.rows.push_back({"c", {word(), word()}, {std::uint64_t{random.next()}, word()}});
        std::string text = table::to_text(table);
        const std::size_t width = text.find('\n');
        while (!text.empty()) {
            const std::size_t end = text.find('\n');
            REQUIRE(display_width(text.substr(0, end)) == width);
            text.erase(0, end + 1);
        }
    }
}

TEST_CASE("Markdown") {
    CHECK(table::to_markdown(sample()) ==
          "**编码频次表：治理**\n"
          "\n"
          "| 上级编码 | 编码 | 参考点 | 百分比（%） |\n"
          "|---|---|---:|---:|\n"
          "| 主体 | 警察 | 10 | 4.3 |\n"
          "| | 社工 | 224 | 95.7 |\n"
          "| 其他 | | 0 | - |\n"
          "| 合计 | | 234 | 100.0 |\n"
          "\n"
          "注：基数：234。\n");
    // Nothing in a name is markup or the end of a cell.
    CHECK(table::to_markdown(one_cell("a|b*c_d`e<f[g\\h\ni")).ends_with("| a\\|b\\*c\\_d\\`e\\<f\\[g\\\\h\\\\x0ai | 1 |\n"));
}

TEST_CASE("CSV and TSV") {
    CHECK(table::to_csv(sample(), table::ForSpreadsheet::no) ==
          "上级编码,编码,参考点,百分比（%）\n"
          "主体,警察,10,4.3\n"
          "主体,社工,224,95.7\n"
          "其他,,0,-\n"
          "合计,,234,100.0\n");
    CHECK(table::to_tsv(sample(), table::ForSpreadsheet::no) ==
          "上级编码\t编码\t参考点\t百分比（%）\n"
          "主体\t警察\t10\t4.3\n"
          "主体\t社工\t224\t95.7\n"
          "其他\t\t0\t-\n"
          "合计\t\t234\t100.0\n");
    CHECK(table::to_csv(sample(), table::ForSpreadsheet::yes) ==
          "\xEF\xBB\xBF上级编码,编码,参考点,百分比（%）\r\n"
          "主体,警察,10,4.3\r\n"
          "主体,社工,224,95.7\r\n"
          "其他,,0,-\r\n"
          "合计,,234,100.0\r\n");
    CHECK(table::to_csv(one_cell("a,\"b\"\n"), table::ForSpreadsheet::no) == "编码,n\n\"a,\"\"b\"\"\n\",1\n");
    CHECK(table::to_tsv(one_cell("a,b\tc"), table::ForSpreadsheet::no) == "编码\tn\n\"a,b\tc\"\t1\n");
}

TEST_CASE("names that look like formulas are guarded for spreadsheets, and only there") {
    Table table = one_cell("=1+1");
    table.columns = {"@n", "词"};
    table.rows[0].cells.emplace_back(std::string("=2+2"));
    CHECK(table::to_csv(table, table::ForSpreadsheet::no) == "编码,@n,词\n=1+1,1,=2+2\n");
    CHECK(table::to_csv(table, table::ForSpreadsheet::yes) == "\xEF\xBB\xBF编码,'@n,词\r\n'=1+1,1,'=2+2\r\n");
    CHECK(table::to_tsv(table, table::ForSpreadsheet::yes) == "\xEF\xBB\xBF编码\t'@n\t词\r\n'=1+1\t1\t'=2+2\r\n");
    // A percentage that is not defined is a dash of ours, no formula.
    CHECK(table::to_csv(sample(), table::ForSpreadsheet::yes).find("'-") == std::string::npos);
}

TEST_CASE("CSV comes back as it was, parents in every row") {
    Diagnostics diagnostics;
    Table table = sample();
    table.rows[0].path = {"主,体", "警\"察\n"};
    const auto read = csv::read(table::to_csv(table, table::ForSpreadsheet::no), "t.csv", diagnostics);
    REQUIRE(read.has_value());
    REQUIRE(read->rows.size() == 4);
    CHECK(read->rows[0][0].text == "主,体");
    CHECK(read->rows[0][1].text == "警\"察\n");
    CHECK(read->rows[1][0].text == "主体");
    CHECK(read->rows[1][1].text == "社工");
}

TEST_CASE("JSON") {
    CHECK(table::to_json(one_cell("a\"b\n")) == "{\"title\":\"\",\"columns\":[\"n\"],\"rows\":[{\"code\":\"x\",\"path\":[\"a\\\"b\\n\"],\"cells\":[1]}],\"total\":null,\"notes\":[]}\n");
    const auto document = nlohmann::json::parse(table::to_json(sample()));
    CHECK(document["title"] == "编码频次表：治理");
    CHECK(document["columns"] == nlohmann::json::array({"参考点", "百分比（%）"}));
    REQUIRE(document["rows"].size() == 3);
    CHECK(document["rows"][0]["code"] == "a/b");
    CHECK(document["rows"][0]["path"] == nlohmann::json::array({"主体", "警察"}));
    CHECK(document["rows"][0]["cells"][0] == 10);
    CHECK(document["rows"][0]["cells"][1].get<double>() == doctest::Approx(1000.0 / 234.0).epsilon(1e-15));  // not as printed
    CHECK(document["rows"][2]["cells"][1].is_null());                                                     // of nothing
    CHECK(document["total"]["cells"][0] == 234);
    CHECK(document["total"]["cells"][1] == 100.0);
    CHECK(document["notes"] == nlohmann::json::array({"基数：234。"}));
    Table empty = one_cell("a");
    empty.rows[0].cells = {std::monostate{}};
    CHECK(nlohmann::json::parse(table::to_json(empty))["rows"][0]["cells"][0].is_null());
    empty.rows[0].cells = {std::uint64_t{18446744073709551615ULL}};
    CHECK(nlohmann::json::parse(table::to_json(empty))["rows"][0]["cells"][0] == 18446744073709551615ULL);
}

TEST_CASE("a parent is printed once for the rows it stands above") {
    Table table;
    table.path_headings = {"一", "二", "三"};
    table.columns = {"n"};
    for (const auto& path : std::vector<std::vector<std::string>>{{"甲", "乙", "丙"}, {"甲", "乙", "丁"}, {"甲", "戊", "丙"}, {"己", "戊", "丙"}, {"己"}, {"己", "戊"}}) {
        table.rows.push_back({"", path, {std::uint64_t{1}}});
    }
    CHECK(table::to_markdown(table) ==
          "| 一 | 二 | 三 | n |\n"
          "|---|---|---|---:|\n"
          "| 甲 | 乙 | 丙 | 1 |\n"
          "| | | 丁 | 1 |\n"
          "| | 戊 | 丙 | 1 |\n"
          "| 己 | 戊 | 丙 | 1 |\n"
          "| 己 | | | 1 |\n"
          "| | 戊 | | 1 |\n");
}

TEST_CASE("numbers with decimals: rounded for the eye, whole in JSON, never guarded, never minus nothing") {
    Table table;
    table.path_headings = {"词"};
    table.columns = {"a", "b", "c"};
    table.rows = {{"x", {"工作"}, {Decimal{-2.25, 1}, Decimal{-0.001, 2}, Decimal{1234.5678, 3}}}, {"y", {"合作"}, {std::monostate(), Decimal{0.5, 0}, Decimal{1e-300, 2}}}};
    CHECK(table::to_csv(table, table::ForSpreadsheet::no) == "词,a,b,c\n工作,-2.2,0.00,1234.568\n合作,,0,0.00\n");
    CHECK(table::to_csv(table, table::ForSpreadsheet::yes) == "\xEF\xBB\xBF词,a,b,c\r\n工作,-2.2,0.00,1234.568\r\n合作,,0,0.00\r\n");
    const auto json = nlohmann::json::parse(table::to_json(table));
    CHECK(json["rows"][0]["cells"][0].get<double>() == -2.25);
    CHECK(json["rows"][0]["cells"][2].get<double>() == 1234.5678);
    CHECK(json["rows"][1]["cells"][0].is_null());
}

namespace {

const std::string kHostile = "<script>x</script>=cmd()\"']]>\x1B[31m\xE2\x80\xAE\\{}%&_#~^$";

Table hostile() {
    Table table = sample();
    table.title = kHostile;
    table.columns[0] = kHostile;
    table.rows[0].path[1] = kHostile;
    table.rows[1].cells[0] = kHostile;
    table.notes = {kHostile};
    return table;
}

std::string part(const std::string& bytes, const std::string& name) { return reader::ZipArchive(bytes, "made").read(name); }

}  // namespace

TEST_CASE("HTML: a table of three lines, parents over their rows") {
    const std::string page = table::to_html(sample());
    CHECK(page.find("<html lang=\"zh-Hans\">") != std::string::npos);
    CHECK(page.find("<caption>编码频次表：治理</caption>") != std::string::npos);
    CHECK(page.find("<tr><th scope=\"rowgroup\" rowspan=\"2\">主体</th><th scope=\"row\">警察</th><td>10</td><td>4.3</td></tr>\n<tr><th scope=\"row\">社工</th><td>224</td><td>95.7</td></tr>") !=
          std::string::npos);
    // A row header without a name would be read aloud as nothing: the name above it spans the columns.
    CHECK(page.find("<tr><th scope=\"row\" colspan=\"2\">其他</th><td>0</td><td>-</td></tr>") != std::string::npos);
    CHECK(page.find("<tr><th scope=\"row\" colspan=\"2\">合计</th><td>234</td>") != std::string::npos);
    CHECK(page.find("></th>") == std::string::npos);
    CHECK(page.find("<p>注：基数：234。</p>") != std::string::npos);
    const std::string harmless = table::to_html(hostile());
    CHECK(harmless.find("<script>") == std::string::npos);
    CHECK(harmless.find("\x1B") == std::string::npos);
    CHECK(harmless.find("\xE2\x80\xAE") == std::string::npos);
}

TEST_CASE("LaTeX: rules of booktabs, everything special escaped") {
    CHECK(table::to_latex(sample()) ==
          "% \\usepackage{booktabs,multirow}\n\\begin{table}[htbp]\n\\centering\n\\caption{编码频次表：治理}\n\\begin{tabular}{llrr}\n\\toprule\n"
          "上级编码 & 编码 & 参考点 & 百分比（\\%） \\\\\n\\midrule\n"
          "\\multirow{2}{*}{主体} & 警察 & 10 & 4.3 \\\\\n & 社工 & 224 & 95.7 \\\\\n其他 &  & 0 & {-} \\\\\n合计 &  & 234 & 100.0 \\\\\n"
          "\\bottomrule\n\\end{tabular}\n\\par\\smallskip\n\\begin{minipage}{\\linewidth}\\footnotesize\n\\noindent 注：基数：234。\\par\n\\end{minipage}\n\\end{table}\n");
    CHECK(table::to_latex(one_cell("\\{}%&_#~^$<>|[x]")).find("\\textbackslash{}\\{\\}\\%\\&\\_\\#\\textasciitilde{}\\textasciicircum{}\\$\\textless{}\\textgreater{}\\textbar{}{[}x{]} & 1") !=
          std::string::npos);
}

TEST_CASE("LaTeX: signs that its fonts lack, and tables of many columns") {
    Table table = one_cell("词");
    table.notes = {"χ²(3) = 5.156，Cohen's κ，α，φ；↑ 多，↓ 少。"};
    CHECK(table::to_latex(table).find("$\\chi$\\textsuperscript{2}(3) = 5.156，Cohen{'}s $\\kappa$，$\\alpha$，$\\varphi$；$\\uparrow$ 多，$\\downarrow$ 少。") != std::string::npos);
    const auto of_columns = [&](std::size_t count) {  // with that of the names
        table.columns.clear();
        table.rows[0].cells.clear();
        for (std::size_t i = 1; i < count; ++i) {
            table.columns.push_back("P" + std::to_string(i));
            table.rows[0].cells.emplace_back(std::uint64_t{i});
        }
        return table::to_latex(table);
    };
    CHECK(of_columns(6).find("\\small\n") == std::string::npos);
    CHECK(of_columns(7).find("\\small\n\\setlength{\\tabcolsep}{3pt}\n\\begin{tabular}{lrrrrrr}") != std::string::npos);
    CHECK(of_columns(12).find("resizebox") == std::string::npos);
    const std::string wide = of_columns(13);
    CHECK(wide.starts_with("% \\usepackage{booktabs,multirow,graphicx}\n"));
    CHECK(wide.find("\\resizebox{\\linewidth}{!}{%\n\\begin{tabular}") != std::string::npos);
    // The notes are not shrunk with it.
    CHECK(wide.find("\\end{tabular}}\n\\par\\smallskip\n\\begin{minipage}{\\linewidth}") != std::string::npos);
}

TEST_CASE("a workbook has what a test expects, and how far the counts are off, on a sheet of its own") {
    Table table = sample();
    table.rows[0].marks = {"*↑", ""};
    table.rows[1].marks = {"", ""};
    TableTest test;
    test.codes = {"police", "social-work"};
    test.columns = {"参考点"};
    test.expected = {{7.25}, {226.75}};
    test.adjusted = {{2.125}, {std::nullopt}};
    table.test = test;
    const std::string bytes = table::to_xlsx(table, {});
    const std::string book = part(bytes, "xl/workbook.xml");
    CHECK(book.find("<sheet name=\"表\"") < book.find("<sheet name=\"期望频数\""));
    CHECK(book.find("<sheet name=\"期望频数\"") < book.find("<sheet name=\"说明\""));
    const std::string sheet = part(bytes, "xl/worksheets/sheet2.xml");
    CHECK(sheet.find("<v>7.25</v>") != std::string::npos);
    CHECK(sheet.find("<v>226.75</v>") != std::string::npos);
    CHECK(sheet.find("<v>2.125</v>") != std::string::npos);
    CHECK(part(bytes, "xl/sharedStrings.xml").find("<t>参考点 E</t>") != std::string::npos);
    CHECK(part(bytes, "xl/sharedStrings.xml").find("<t>参考点 r</t>") != std::string::npos);
    CHECK(part(table::to_xlsx(sample(), {}), "xl/workbook.xml").find("期望") == std::string::npos);
}

TEST_CASE("a workbook: numbers are numbers, parents are merged, heading and names are frozen") {
    Table table = sample();
    table.rows[0].marks = {"**", ""};
    const std::string bytes = table::to_xlsx(table, {{"codebook", "治理"}});
    CHECK(table::to_xlsx(table, {{"codebook", "治理"}}) == bytes);
    const std::string sheet = part(bytes, "xl/worksheets/sheet1.xml");
    CHECK(sheet.find("<v>224</v>") != std::string::npos);
    CHECK(sheet.find("<v>95.7") != std::string::npos);
    CHECK(sheet.find("<mergeCell ref=\"A3:A4\"/>") != std::string::npos);
    CHECK(sheet.find("<mergeCell ref=\"A1:D1\"/>") != std::string::npos);
    CHECK(sheet.find("<pane xSplit=\"2\" ySplit=\"2\" topLeftCell=\"C3\" activePane=\"bottomRight\" state=\"frozen\"/>") != std::string::npos);
    const std::string styles = part(bytes, "xl/styles.xml");
    CHECK(styles.find("formatCode=\"0.0\"") != std::string::npos);
    CHECK(styles.find("formatCode=\"0&quot;**&quot;\"") != std::string::npos);
    CHECK(part(bytes, "xl/workbook.xml").find("<sheet name=\"说明\"") != std::string::npos);
    CHECK(part(bytes, "xl/sharedStrings.xml").find("<t>治理</t>") != std::string::npos);
    const std::string harmless = table::to_xlsx(hostile(), {});
    const reader::ZipArchive workbook(harmless, "made");
    for (const std::string& name : workbook.names()) CHECK_NOTHROW(reader::XmlTree(part(harmless, name), name));
    CHECK(part(harmless, "xl/worksheets/sheet1.xml").find("<f>") == std::string::npos);
    CHECK(part(harmless, "xl/sharedStrings.xml").find("\xE2\x80\xAE") == std::string::npos);
    CHECK(part(table::to_docx(hostile()), "word/document.xml").find("<script>") == std::string::npos);
}

TEST_CASE("hidden numbers, counts with shares and marks in every format") {
    Table table = sample();
    table.rows[0].cells = {Hidden{5}, Hidden{}};
    table.rows[1].cells = {CountAndShare{7, {7, 30, 233}}, Percentage{7, 30, 233}};
    table.rows[1].marks = {"*", ""};
    CHECK(table::to_csv(table, table::ForSpreadsheet::no) == "上级编码,编码,参考点,百分比（%）\n主体,警察,<5,×\n主体,社工,7（23.3%）,23.3\n其他,,0,-\n合计,,234,100.0\n");
    CHECK(table::to_text(table).find("7（23.3%）*") != std::string::npos);
    CHECK(table::to_html(table).find("<td>&lt;5</td><td>×</td>") != std::string::npos);
    CHECK(table::to_latex(table).find("\\textless{}5 & $\\times$") != std::string::npos);
    CHECK(part(table::to_docx(table), "word/document.xml").find("7（23.3%）*") != std::string::npos);
    CHECK(part(table::to_xlsx(table, {}), "xl/sharedStrings.xml").find("7（23.3%）*") != std::string::npos);
    const auto document = nlohmann::json::parse(table::to_json(table));
    CHECK(document["rows"][0]["cells"] == nlohmann::json::parse("[null,null]"));
    CHECK(document["rows"][0]["hidden"] == nlohmann::json::parse("[0,1]"));
    CHECK(document["rows"][1]["cells"][0]["count"] == 7);
    CHECK_FALSE(document["rows"][1].contains("hidden"));
    CHECK_FALSE(document.contains("test"));
}
