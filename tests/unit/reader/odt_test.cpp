// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include "fangtan/base/error.hpp"
#include "fangtan/base/file.hpp"
#include "fangtan/reader/formats.hpp"
#include "support/random.hpp"
#include "support/zip_bytes.hpp"

using fangtan::Error;
using fangtan::reader::Extracted;
using fangtan::reader::extract_odt;
using fangtan::testing::ZipBytes;

namespace {

std::string content(const std::string& body, const std::string& styles = "") {
    const std::string base = "urn:oasis:names:tc:opendocument:xmlns:";
    std::string xml = "<office:document-content";
    for (const char* name : {"office", "style", "text", "table", "meta"}) xml += std::string(" xmlns:") + name + "='" + base + name + ":1.0'";
    xml += " xmlns:draw='" + base + "drawing:1.0'>";
    return xml + "<office:automatic-styles>" + styles + "</office:automatic-styles><office:body><office:text>" + body + "</office:text></office:body></office:document-content>";
}
std::string file(const std::string& body, const std::string& styles = "") {
    return ZipBytes().add("mimetype", "application/vnd.oasis.opendocument.text").add("content.xml", content(body, styles)).str();
}
Extracted extracted(const std::string& body, const std::string& styles = "") { return extract_odt(file(body, styles), "P1.odt"); }
std::string text(const std::string& body) { return extracted(body).text; }

std::string left_out(const Extracted& from) {
    std::string all;
    for (const auto& entry : from.left_out) all += (all.empty() ? "" : "; ") + entry.what + " @ " + entry.where;
    return all;
}
std::string metadata(const Extracted& from) {
    std::string all;
    for (const auto& [key, value] : from.metadata) all += (all.empty() ? "" : "; ") + key + "=" + value;
    return all;
}
std::string refusal(const std::string& bytes) {
    try {
        (void)extract_odt(bytes, "P1.odt");
    } catch (const Error& error) {
        CHECK(error.kind() == fangtan::ErrorKind::input);
        return error.place() + ": " + error.what();
    }
    return "accepted";
}
bool refused_with(const std::string& bytes, const std::string& words) {
    const std::string sentence = refusal(bytes);
    INFO(sentence);
    CHECK(sentence.find(words) != std::string::npos);
    return sentence.find(words) != std::string::npos;
}
std::string fixture(const std::string& name) {
    std::string bytes;
    fangtan::read_file(std::string(FANGTAN_SOURCE_FOLDER) + "/tests/fixtures/word/" + name, bytes);
    return bytes;
}

}  // namespace

TEST_CASE("odt of LibreOffice says what its docx says") {
    const Extracted odt = extract_odt(fixture("libreoffice-talk.odt"), "talk.odt");
    const Extracted docx = fangtan::reader::extract_docx(fixture("libreoffice-talk.docx"), "talk.docx");
    CHECK(odt.text ==
          "# 社区民警访谈\n# 夜间巡逻\n问：您一般几点出门？\nP1：晚上九点，先绕菜市场走一圈，再去河边。\n路上碰到熟人，总要  停下来聊几句。\n有时一聊就是半个小时。\n"
          "## 调解\n问：邻居吵架您怎么办？\nP1：先让两边各说各的，\t不急着评理。\n");
    CHECK(odt.text == docx.text);
    CHECK(metadata(odt) == "title=社区民警访谈; author=访谈组; created=2021-03-05");
    CHECK(metadata(odt) == metadata(docx));
    CHECK(left_out(odt) == "footnote @ paragraph 4; hidden text @ paragraph 4; comment @ paragraph 7");
}

TEST_CASE("odt of pandoc") {
    const Extracted talk = extract_odt(fixture("pandoc-talk.odt"), "talk.odt");
    CHECK(talk.text ==
          "# 居民访谈\n访谈组\n2021-04-02\n# 搬来以后\n问： 您搬来多久了？\nR1： 快十二年了。那时候楼下还是一片菜地， 晚上听得见青蛙叫。\n"
          "## 邻里\n问： 和邻居来往多吗？\nR1： 对门那家，我有他们的钥匙，他们也有我的。\n");
    CHECK(metadata(talk).starts_with("title=居民访谈; author=访谈组; created="));
    CHECK(left_out(talk) == "footnote @ paragraph 6");
}

TEST_CASE("white space of the XML is one blank, text:s and the like are kept") {
    CHECK(text("<text:p>\n   问：  您\n <text:span>好</text:span> <text:span> 吗</text:span>\n</text:p>\n<text:p/>") == "问： 您 好 吗\n\n");
    CHECK(text("<text:p>一<text:s/>二<text:s text:c='3'/>三<text:tab/>四<text:line-break/> 五</text:p>") == "一 二   三\t四\n五\n");
    CHECK(text("<text:p>一<text:s text:c='1000'/>二</text:p>").size() == 1007);
    CHECK(refused_with(file("<text:p>一</text:p><text:p><text:s text:c='2147483647'/></text:p>"), "P1.odt: content.xml: paragraph 2 asks for too many blanks"));
    CHECK(refused_with(file("<text:p><text:s text:c='1001'/></text:p>"), "too many blanks"));
    CHECK(refused_with(file("<text:p><text:s text:c='99999999999999999999999'/></text:p>"), "too many blanks"));
    CHECK(refused_with(file("<text:p><text:s text:c='-1'/></text:p>"), "an unknown number"));
    CHECK(refused_with(file("<text:p><text:s text:c=''/></text:p>"), "an unknown number"));
    std::string many;
    for (int i = 0; i < 1000; ++i) many += "<text:s text:c='1000'/>";
    CHECK(refusal(file("<text:p>" + many + "</text:p>")) == "accepted");
    CHECK(refused_with(file("<text:p>" + many + "<text:s/></text:p>"), "too many blanks"));
}

TEST_CASE("headings, lists and text boxes of odt") {
    CHECK(text("<text:h text:outline-level='1'>一</text:h><text:h>也是一</text:h><text:h text:outline-level='3'>三<text:line-break/>续</text:h><text:h text:outline-level='99'>深</text:h><text:h/>") ==
          "# 一\n# 也是一\n### 三 续\n###### 深\n\n");
    CHECK(text("<text:list><text:list-item><text:p>一</text:p><text:list><text:list-item><text:p>二</text:p></text:list-item></text:list></text:list-item></text:list>") == "一\n二\n");
    CHECK(text("<text:section><text:p>节内</text:p></text:section>") == "节内\n");
    CHECK(text("<text:p>前<draw:frame><draw:text-box><text:p>便签</text:p><text:p/></draw:text-box></draw:frame>后</text:p><text:p>完</text:p>") == "前后\n便签\n完\n");
    CHECK(text("<text:p>前<draw:custom-shape><text:p>形状</text:p></draw:custom-shape>后</text:p>") == "前后\n形状\n");
    CHECK(text("<text:p>前<draw:frame><s:title xmlns:s='urn:svg'>图名</s:title><s:desc xmlns:s='urn:svg'>图注</s:desc></draw:frame><text:script>x()</text:script>后</text:p>") == "前后\n");
    const Extracted titled = extracted("<text:p text:style-name='P1'>书名</text:p><text:p text:style-name='Title'>副</text:p>", "<style:style style:name='P1' style:parent-style-name='Title'/>");
    CHECK(titled.text == "# 书名\n# 副\n");
    CHECK(metadata(titled) == "title=书名");
}

TEST_CASE("what nobody said is left out of odt, and reported") {
    const Extracted notes = extracted(
        "<text:tracked-changes><text:changed-region text:id='c1'><text:deletion><text:p>旧话</text:p></text:deletion></text:changed-region>"
        "<text:changed-region text:id='c2'><text:insertion/></text:changed-region></text:tracked-changes>"
        "<text:p>一<text:change text:change-id='c1'/><text:change-start text:change-id='c2'/>新<text:change-end text:change-id='c2'/></text:p>"
        "<text:p>二<text:note text:note-class='endnote'><text:note-body><text:p>注</text:p></text:note-body></text:note><text:note text:note-class='footnote'/>"
        "<office:annotation><text:p>批</text:p></office:annotation>三<office:annotation-end/></text:p>"
        "<text:p><text:span text:style-name='T9'>藏</text:span>四<text:ruby><text:ruby-base>巷</text:ruby-base><text:ruby-text>xiàng</text:ruby-text></text:ruby>"
        "<text:hidden-text text:is-hidden='true'>密</text:hidden-text><draw:frame><draw:image/></draw:frame></text:p><text:section text:display='none'><text:p>密</text:p></text:section>",
        "<style:style style:name='T9'><style:text-properties text:display='none'/></style:style>");
    CHECK(notes.text == "一新\n二三\n四巷\n");
    CHECK(left_out(notes) ==
          "deleted text @ paragraph 1; endnote @ paragraph 2; footnote @ paragraph 2; comment @ paragraph 2; hidden text @ paragraph 3; "
          "reading above characters @ paragraph 3; hidden text @ paragraph 3; picture @ paragraph 3; hidden text @ paragraph 3");
}

TEST_CASE("tables of odt are read as those of docx") {
    const auto cell = [](const std::string& said) { return "<table:table-cell><text:p>" + said + "</text:p></table:table-cell>"; };
    const auto row = [](const std::string& cells) { return "<table:table-row>" + cells + "</table:table-row>"; };
    const Extracted spoken = extracted("<table:table><table:table-column/><table:table-header-rows>" + row(cell("说话人") + cell("内容")) + "</table:table-header-rows>" +
                                       row("<table:table-cell table:number-columns-spanned='2'><text:p>第一段</text:p></table:table-cell><table:covered-table-cell/>") + row(cell("问") + cell("您好。")) +
                                       row(cell("P1") + cell("好。")) + row("<table:covered-table-cell/>" + cell("请坐。")) + "</table:table>");
    CHECK(spoken.text == "第一段\n问：您好。\nP1：好。\n请坐。\n");
    CHECK(spoken.labels == std::vector<std::string>{"问", "P1"});
    CHECK(left_out(spoken) == "row of column names @ table 1, row 1");
    CHECK(text("<table:table>" + row("<table:table-cell table:number-columns-spanned='2'><text:p>头</text:p></table:table-cell><table:covered-table-cell/>") + row("<table:covered-table-cell/>" + cell("次数")) + "</table:table>") == "头\n\t次数\n");
    CHECK(text("<table:table>" + row(cell("项目") + cell("次数")) + row(cell("送餐") + cell("14")) + "</table:table>") == "项目\t次数\n送餐\t14\n");
}

TEST_CASE("what is no OpenDocument text is named") {
    CHECK(refused_with(ZipBytes().add("mimetype", "application/vnd.oasis.opendocument.spreadsheet").add("content.xml", content("")).str(), "of another kind"));
    CHECK(refused_with(ZipBytes().add("mimetype", "application/vnd.oasis.opendocument.text").str(), "without content.xml"));
    CHECK(refused_with(ZipBytes().add("word/document.xml", "<a/>").str(), "found a Word file"));
    CHECK(refused_with(ZipBytes().add("content.xml", "<a/>").str(), "a document without text"));
    CHECK(refused_with(ZipBytes().add("META-INF/manifest.xml", "<m:file-entry><m:encryption-data/>").add("content.xml", "\x01\x02").str(), "protected by a password"));
    CHECK(refused_with(ZipBytes().add("content.xml", "<!DOCTYPE a>" + content("")).str(), "P1.odt: content.xml:1: this XML cannot be read: a DOCTYPE"));
    CHECK(refused_with("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "protected by"));
}

TEST_CASE("property: a damaged odt is refused or gives what it gave") {
    const std::string good = fixture("libreoffice-talk.odt");
    const std::string wanted = extract_odt(good, "P1.odt").text;
    fangtan::testing::Random random(9);
    for (std::size_t i = fangtan::testing::cases(1'500); i > 0; --i) {
        std::string bytes = good;
        const std::size_t at = random.below(bytes.size());
        bytes[at] = static_cast<char>(bytes[at] ^ (1 << random.below(8)));
        std::string found = wanted;
        try {
            found = extract_odt(bytes, "P1.odt").text;
        } catch (const Error&) {
        }
        CAPTURE(at);
        CHECK(found == wanted);
    }
}
