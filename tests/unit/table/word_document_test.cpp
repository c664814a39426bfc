// SPDX-License-Identifier: Apache-2.0
//
// Word documents: taken apart again, every part well-formed, text where it belongs.
#include "fangtan/table/word_document.hpp"

#include <doctest/doctest.h>

#include <string>

#include "fangtan/reader/xml.hpp"
#include "fangtan/reader/zip_archive.hpp"

using namespace fangtan;

namespace {

std::string part(const std::string& bytes, const std::string& name) { return reader::ZipArchive(bytes, "made.docx").read(name); }

std::size_t times(const std::string& text, const std::string& piece) {
    std::size_t count = 0;
    for (std::size_t at = text.find(piece); at != std::string::npos; at = text.find(piece, at + piece.size())) ++count;
    return count;
}

Table sample() {
    Table table;
    table.title = "编码频次表";
    table.path_headings = {"上级编码", "编码"};
    table.columns = {"参考点"};
    table.rows = {{"a/b", {"街道", "入户"}, {std::uint64_t{3}}}, {"a/c", {"街道", "调解"}, {std::uint64_t{4}}}, {"d", {"其他"}, {std::uint64_t{0}}}};
    table.total = TableRow{"", {"合计"}, {std::uint64_t{7}}};
    table.notes = {"基数：7。"};
    table.note_heading = "注：";
    return table;
}

}  // namespace

TEST_CASE("a Word document holds what was added, part by part") {
    WordDocument document("巡逻与走访", "zh-Hans");
    document.heading("入户", 2);
    document.paragraph("我们先敲门，\n再说来意。", ParagraphStyle::quotation);
    document.paragraph("P1，城北\t2026");
    document.table(sample());
    const std::string bytes = document.bytes();
    CHECK(reader::ZipArchive(bytes, "made.docx").names() ==
          std::vector<std::string>{"[Content_Types].xml", "_rels/.rels", "docProps/core.xml", "word/_rels/document.xml.rels", "word/document.xml", "word/settings.xml", "word/styles.xml"});
    const reader::ZipArchive archive(bytes, "made.docx");
    for (const std::string& name : archive.names()) CHECK_NOTHROW(reader::XmlTree(part(bytes, name), name));
    const std::string body = part(bytes, "word/document.xml");
    CHECK(body.find("<w:pStyle w:val=\"Title\"/></w:pPr><w:r><w:t xml:space=\"preserve\">巡逻与走访</w:t>") != std::string::npos);
    CHECK(body.find("<w:pStyle w:val=\"Heading2\"/></w:pPr><w:r><w:t xml:space=\"preserve\">入户</w:t>") != std::string::npos);
    CHECK(body.find("<w:pStyle w:val=\"Quote\"/></w:pPr><w:r><w:t xml:space=\"preserve\">我们先敲门，</w:t><w:br/><w:t xml:space=\"preserve\">再说来意。</w:t></w:r>") != std::string::npos);
    CHECK(body.find("<w:tab/>") != std::string::npos);
    // The heading is repeated and ruled, the parent spans its two children, numbers stand to the right, no rule is vertical.
    CHECK(times(body, "<w:tblHeader/>") == 1);
    CHECK(times(body, "<w:vMerge w:val=\"restart\"/>") == 1);
    CHECK(times(body, "<w:vMerge/>") == 1);
    CHECK(times(body, "<w:jc w:val=\"right\"/>") == 5);
    CHECK(times(body, "<w:tr>") == 5);
    CHECK(times(body, "<w:tc>") == 15);
    CHECK(times(body, "w:sz=\"12\"") == 2);
    CHECK(times(body, "w:sz=\"6\"") == 3);
    CHECK(body.find("<w:left w:val") == std::string::npos);  // a border; margins of cells have a width
    CHECK(body.find("<w:insideV") == std::string::npos);
    CHECK(body.find("编码频次表") < body.find("<w:tbl>"));
    CHECK(body.find("注：基数：7。") > body.find("</w:tbl>"));
    CHECK(part(bytes, "word/styles.xml").find("w:eastAsia=\"宋体\"") != std::string::npos);
    CHECK(part(bytes, "docProps/core.xml").find("<dc:title>巡逻与走访</dc:title>") != std::string::npos);
    CHECK(part(WordDocument("", "zh-Hant").bytes(), "word/styles.xml").find("w:eastAsia=\"新細明體\"") != std::string::npos);
}

TEST_CASE("same calls, same bytes, whatever the clock of the machine says") {
    const auto make = [] {
        WordDocument document("走访", "en");
        document.table(sample());
        return document.bytes();
    };
    const std::string bytes = make();
    CHECK(make() == bytes);
    CHECK(bytes.substr(10, 4) == std::string("\x00\x60\x21\x00", 4));  // noon, 1980-01-01
}

TEST_CASE("no text breaks a Word document") {
    const std::string hostile = "<script>&amp;\"']]>\x1B[31m\xE2\x80\xAE\x01\xEF\xBF\xBE=cmd()";
    WordDocument document(hostile, "zh-Hans");
    document.heading(hostile, 9);
    document.paragraph(hostile);
    Table table = sample();
    table.title = hostile;
    table.rows[0].path[1] = hostile;
    table.notes = {hostile};
    document.table(table);
    const std::string bytes = document.bytes();
    const reader::ZipArchive archive(bytes, "made.docx");
    for (const std::string& name : archive.names()) CHECK_NOTHROW(reader::XmlTree(part(bytes, name), name));
    const std::string body = part(bytes, "word/document.xml");
    CHECK(body.find("<script>") == std::string::npos);
    CHECK(times(body, "&lt;script&gt;&amp;amp;&quot;']]&gt;\\x1b[31m&lt;U+202E&gt;\\x01\xEF\xBF\xBD=cmd()") == 6);
    CHECK(times(body, "Heading6") == 1);
}
