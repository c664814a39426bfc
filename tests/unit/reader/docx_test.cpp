// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include "fangtan/base/error.hpp"
#include "fangtan/base/file.hpp"
#include "fangtan/reader/formats.hpp"
#include "fangtan/text/utf8.hpp"
#include "support/random.hpp"
#include "support/zip_bytes.hpp"

using fangtan::Error;
using fangtan::reader::Extracted;
using fangtan::reader::extract_docx;
using fangtan::testing::ZipBytes;

namespace {

constexpr const char* kTransitional = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";

std::string relationships(const std::string& type, const std::string& target) {
    return "<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'><Relationship Id='r1' Type='" + type + "' Target='" + target + "'/></Relationships>";
}

std::string document(const std::string& body) {
    return "<w:document xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main' "
           "xmlns:mc='http://schemas.openxmlformats.org/markup-compatibility/2006' xmlns:wps='urn:shape' xmlns:v='urn:schemas-microsoft-com:vml'><w:body>" +
           body + "</w:body></w:document>";
}

std::string file(const std::string& body, const std::string& styles = "") {
    ZipBytes zip;
    zip.add("_rels/.rels", relationships(std::string(kTransitional) + "officeDocument", "word/document.xml"));
    zip.add("word/document.xml", document(body));
    if (!styles.empty()) {
        zip.add("word/_rels/document.xml.rels", relationships(std::string(kTransitional) + "styles", "styles.xml"));
        zip.add("word/styles.xml", "<w:styles xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'>" + styles + "</w:styles>");
    }
    return zip.str();
}

Extracted extracted(const std::string& body, const std::string& styles = "") { return extract_docx(file(body, styles), "P1.docx"); }
std::string text(const std::string& body, const std::string& styles = "") { return extracted(body, styles).text; }

std::string run(const std::string& said) { return "<w:r><w:t>" + said + "</w:t></w:r>"; }
std::string paragraph(const std::string& said, const std::string& style = "") {
    return "<w:p>" + (style.empty() ? "" : "<w:pPr><w:pStyle w:val='" + style + "'/></w:pPr>") + (said.empty() ? "" : run(said)) + "</w:p>";
}
using Rows = std::vector<std::vector<std::string>>;  // a | in a cell parts its paragraphs
std::string table(const Rows& rows) {
    std::string xml = "<w:tbl><w:tblPr/>";
    for (const auto& row : rows) {
        xml += "<w:tr>";
        for (const std::string& cell : row) {
            xml += "<w:tc><w:tcPr/>";
            for (std::size_t at = 0; at <= cell.size();) {
                const std::size_t bar = std::min(cell.find('|', at), cell.size());
                xml += paragraph(cell.substr(at, bar - at));
                at = bar + 1;
            }
            xml += "</w:tc>";
        }
        xml += "</w:tr>";
    }
    return xml + "</w:tbl>";
}

// "what @ where; …"
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
std::string labels(const Extracted& from) {
    std::string all;
    for (const std::string& label : from.labels) all += (all.empty() ? "" : " ") + label;
    return all;
}
std::string refusal(const std::string& bytes) {
    try {
        (void)extract_docx(bytes, "P1.docx");
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

const std::string kTalk =
    "# 社区民警访谈\n# 夜间巡逻\n问：您一般几点出门？\nP1：晚上九点，先绕菜市场走一圈，再去河边。\n"
    "路上碰到熟人，总要  停下来聊几句。\n有时一聊就是半个小时。\n## 调解\n问：邻居吵架您怎么办？\nP1：先让两边各说各的，\t不急着评理。\n";

}  // namespace

TEST_CASE("docx of LibreOffice") {
    const Extracted talk = extract_docx(fixture("libreoffice-talk.docx"), "talk.docx");
    CHECK(talk.text == kTalk);
    CHECK(metadata(talk) == "title=社区民警访谈; author=访谈组; created=2021-03-05");
    CHECK(left_out(talk) == "footnote @ paragraph 4; hidden text @ paragraph 4; comment @ paragraph 7");
    CHECK(talk.labels.empty());
    const Extracted table = extract_docx(fixture("libreoffice-table.docx"), "table.docx");
    CHECK(table.text ==
          "第二次座谈，社区活动室\n主持人：楼道里的灯，后来是谁换的？\nS1（社工）：是我们和物业一起换的。\n钱是几户人家凑的，每户二十块。\n"
          "顶楼的老人不肯收，我们就没要。\nR1：换了以后，孩子放学敢自己上楼了。\n座谈到此结束。\n");
    CHECK(labels(table) == "主持人 S1 R1");
    CHECK(left_out(table) == "row of column names @ table 1, row 1");
}

TEST_CASE("docx of pandoc") {
    const Extracted talk = extract_docx(fixture("pandoc-talk.docx"), "talk.docx");
    CHECK(talk.text ==
          "# 居民访谈\n访谈组\n2021-04-02\n# 搬来以后\n问： 您搬来多久了？\nR1： 快十二年了。那时候楼下还是一片菜地， 晚上听得见青蛙叫。\n"
          "## 邻里\n问： 和邻居来往多吗？\nR1： 对门那家，我有他们的钥匙，他们也有我的。\n");
    CHECK(metadata(talk).starts_with("title=居民访谈; author=访谈组; created="));
    CHECK(left_out(talk) == "footnote @ paragraph 6");
    const Extracted table = extract_docx(fixture("pandoc-table.docx"), "table.docx");
    CHECK(table.text ==
          "# 小组讨论\n[00:00:05] 主持人：志愿队是怎么凑起来的？\n[00:00:12] S1：先是三个退休老师，后来楼上的年轻人也来了。\n"
          "[00:00:31] S2：我就是被楼下阿姨拉进来的。\n[00:00:40] S1：她说缺一个会用电脑的。\n\n项目\t次数\n送餐\t14\n代办证件\t3\n");
    CHECK(labels(table) == "主持人 S1 S2");
}

TEST_CASE("docx with tracked changes: inserted text is in, deleted and moved text is out") {
    const Extracted talk = extract_docx(fixture("edited-tracked.docx"), "talk.docx");
    std::string wanted = kTalk;
    wanted.replace(wanted.find("不急着评理。"), std::string("不急着评理。").size(), "不急着评理。再喝口水。");
    CHECK(talk.text == wanted);
    CHECK(left_out(talk) ==
          "footnote @ paragraph 4; deleted text @ paragraph 4; hidden text @ paragraph 4; deleted text @ paragraph 6; comment @ paragraph 8; deleted text @ paragraph 9");
}

TEST_CASE("paragraphs are lines, and runs are joined") {
    CHECK(text(paragraph("问：您好。") + paragraph("") + paragraph("答：好。")) == "问：您好。\n\n答：好。\n");
    CHECK(text("<w:p>" + run("P") + "<w:bookmarkStart w:id='1'/>" + run("1：今天") + "<w:smartTag>" + run("下雨") + "</w:smartTag></w:p>") == "P1：今天下雨\n");
    CHECK(text("<w:p><w:r><w:t>一</w:t><w:br/><w:t>二</w:t><w:cr/><w:t>三</w:t><w:tab/><w:t>四</w:t><w:noBreakHyphen/><w:t>五</w:t><w:softHyphen/><w:t>六</w:t></w:r></w:p>") == "一\n二\n三\t四-五六\n");
    CHECK(text("<w:p><w:pPr><w:tabs><w:tab w:val='left'/></w:tabs></w:pPr>" + run("好") + "</w:p>") == "好\n");
    CHECK(text("<w:p><w:hyperlink w:anchor='x'>" + run("链接") + "</w:hyperlink></w:p>") == "链接\n");
    CHECK(text("<w:sdt><w:sdtPr/><w:sdtContent>" + paragraph("框内") + "</w:sdtContent></w:sdt>") == "框内\n");
    CHECK(text("<w:p><w:r><w:t xml:space='preserve'> 前后有空格 </w:t></w:r></w:p>") == " 前后有空格 \n");
    CHECK(text("<w:p>\n  <w:r>\n    <w:t>\n      好的，\n      明天见\n    </w:t>\n  </w:r>\n</w:p>") == "好的，       明天见\n");
    CHECK(text("").empty());
}

TEST_CASE("symbols of picture fonts are left out and reported") {
    const Extracted odd = extracted("<w:p>" + run("好") + "<w:r><w:sym w:font='Wingdings' w:char='F04A'/></w:r><w:r><w:sym w:font='宋体' w:char='4E2D'/></w:r></w:p>");
    CHECK(odd.text == "好中\n");
    CHECK(left_out(odd) == "symbol of the font Wingdings @ paragraph 1");
    CHECK(text("<w:p><w:r><w:sym w:font='A' w:char='D800'/><w:sym w:font='A' w:char='110000'/><w:sym w:font='A' w:char='zz'/><w:sym/></w:r></w:p>") == "\n");
}

TEST_CASE("alternate content is read once: what is text, else the fallback") {
    const auto alternate = [](const std::string& choice, const std::string& fallback) {
        return "<mc:AlternateContent><mc:Choice Requires='wps'>" + choice + "</mc:Choice><mc:Fallback>" + fallback + "</mc:Fallback></mc:AlternateContent>";
    };
    const std::string box = "<wps:txbx><w:txbxContent>" + paragraph("便签：已回访") + paragraph("") + "</w:txbxContent></wps:txbx>";
    const std::string old_box = "<w:pict><v:textbox><w:txbxContent>" + paragraph("便签：已回访") + "</w:txbxContent></v:textbox></w:pict>";
    CHECK(text("<w:p>" + run("P1：好") + "<w:r>" + alternate(box, old_box) + "</w:r></w:p>" + paragraph("完")) == "P1：好\n便签：已回访\n完\n");
    CHECK(text("<w:p><w:r>" + alternate("<wps:shape/>", old_box) + "</w:r></w:p>") == "\n便签：已回访\n");
    CHECK(text("<w:p><w:r>" + alternate("<w:t>一</w:t>", "<w:t>二</w:t>") + "</w:r></w:p>") == "一\n");
    CHECK(text(alternate(paragraph(""), paragraph("二"))) == "二\n");
    const Extracted notes = extracted("<w:p><w:r>" + alternate("<w:del><w:r><w:delText>旧</w:delText></w:r></w:del>", "<w:del><w:r><w:delText>旧</w:delText></w:r></w:del><w:t>新</w:t>") + "</w:r></w:p>");
    CHECK(notes.text == "新\n");
    CHECK(left_out(notes) == "deleted text @ paragraph 1");
    const std::string note = "<w:footnoteReference w:id='2'/>";
    CHECK(left_out(extracted("<w:p><w:r>" + alternate(note, note + "<w:t>新</w:t>") + "</w:r></w:p>")) == "footnote @ paragraph 1");
}

TEST_CASE("hidden text is out, by the run, its style or the paragraph's") {
    const std::string styles =
        "<w:style w:type='character' w:styleId='memo'><w:name w:val='memo'/><w:rPr><w:vanish/></w:rPr></w:style>"
        "<w:style w:type='character' w:styleId='memo2'><w:basedOn w:val='memo'/></w:style>"
        "<w:style w:type='paragraph' w:styleId='secret'><w:rPr><w:vanish w:val='true'/></w:rPr></w:style>";
    const auto styled = [](const std::string& properties, const std::string& said) { return "<w:r><w:rPr>" + properties + "</w:rPr><w:t>" + said + "</w:t></w:r>"; };
    const Extracted hidden = extracted("<w:p>" + run("明") + styled("<w:vanish/>", "暗") + styled("<w:vanish w:val='0'/>", "明") + styled("<w:rStyle w:val='memo2'/>", "暗") +
                                           styled("<w:rStyle w:val='memo'/><w:vanish w:val='false'/>", "明") + "</w:p>" + paragraph("暗", "secret"), styles);
    CHECK(hidden.text == "明明明\n\n");
    CHECK(left_out(hidden) == "hidden text @ paragraph 1; hidden text @ paragraph 2");
}

TEST_CASE("a paragraph whose end is deleted goes on in the next one") {
    const std::string mark = "<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>";
    CHECK(text("<w:p>" + mark + run("P1：先") + "</w:p>" + paragraph("走一圈")) == "P1：先走一圈\n");
    CHECK(text("<w:p>" + mark + run("末尾") + "</w:p>") == "末尾\n");
    CHECK(text("<w:p>" + mark + run("表前") + "</w:p>" + table({{"一", "二"}})) == "表前\n一\t二\n");
}

TEST_CASE("of a field the result is text, the instruction is not") {
    const auto mark = [](const std::string& type) { return "<w:r><w:fldChar w:fldCharType='" + type + "'/></w:r>"; };
    const std::string date = mark("begin") + "<w:r><w:instrText> DATE </w:instrText></w:r>" + mark("separate") + run("三月五日") + mark("end");
    CHECK(text("<w:p>" + run("P1：") + date + run("那天") + "</w:p>") == "P1：三月五日那天\n");
    CHECK(text("<w:p><w:fldSimple w:instr='PAGE'>" + run("7") + "</w:fldSimple></w:p>") == "7\n");
    // The result of the inner field is part of the outer one's instruction.
    CHECK(text("<w:p>" + mark("begin") + date + mark("separate") + run("外") + mark("end") + run("后") + "</w:p>") == "外后\n");
    const Extracted odd = extracted("<w:p>" + mark("begin") + date + run("条件") + mark("separate") + run("外") + mark("end") + "</w:p>");
    CHECK(odd.text == "外\n");
    CHECK(left_out(odd) == "instruction of a field @ paragraph 1");
    CHECK(text("<w:p>" + mark("end") + run("好") + mark("separate") + "</w:p>") == "好\n");
    CHECK(text("<w:p>" + run("好") + mark("begin") + "</w:p>") == "好\n");
    CHECK(refused_with(file("<w:p>" + mark("begin") + run("这里会丢") + "</w:p>"), "a field that begins in paragraph 1 does not end"));
    std::string many = "<w:p>";
    for (int i = 0; i < 65; ++i) many += mark("begin");
    CHECK(refused_with(file(many + "</w:p>"), "more than 64 fields"));
}

TEST_CASE("notes, comments, pictures and readings are reported") {
    const Extracted notes = extracted("<w:p>" + run("一") + "<w:r><w:footnoteReference w:id='2'/></w:r><w:r><w:footnoteReference w:id='3'/></w:r><w:r><w:endnoteReference w:id='2'/></w:r></w:p><w:p><w:r><w:commentReference w:id='0'/></w:r><w:r><w:ruby><w:rt><w:r><w:t>xiàng</w:t></w:r></w:rt><w:rubyBase>" + run("巷") + "</w:rubyBase></w:ruby></w:r><w:r><w:pict><v:imagedata/></w:pict></w:r></w:p>");
    CHECK(notes.text == "一\n巷\n");
    CHECK(left_out(notes) == "footnote @ paragraph 1; footnote @ paragraph 1; endnote @ paragraph 1; comment @ paragraph 2; reading above characters @ paragraph 2; picture @ paragraph 2");
}

TEST_CASE("headings by name, by outline level, through basedOn") {
    const std::string styles =
        "<w:style w:type='paragraph' w:default='1' w:styleId='a'><w:name w:val='Normal'/></w:style>"
        "<w:style w:type='paragraph' w:styleId='1'><w:name w:val='heading 1'/><w:basedOn w:val='a'/><w:pPr><w:outlineLvl w:val='0'/></w:pPr></w:style>"
        "<w:style w:type='paragraph' w:styleId='h2'><w:name w:val='標題 2'/></w:style>"
        "<w:style w:type='paragraph' w:styleId='mine'><w:name w:val='我的标题'/><w:basedOn w:val='h2'/></w:style>"
        "<w:style w:type='paragraph' w:styleId='plain'><w:name w:val='x'/><w:basedOn w:val='1'/><w:pPr><w:outlineLvl w:val='9'/></w:pPr></w:style>"
        "<w:style w:type='paragraph' w:styleId='t'><w:name w:val='Title'/></w:style>"
        "<w:style w:type='paragraph' w:styleId='loop'><w:name w:val='y'/><w:basedOn w:val='loop'/></w:style>";
    const Extracted all = extracted(paragraph("书名", "t") + paragraph("又一个", "t") + paragraph("一", "1") + paragraph("二", "h2") + paragraph("我的", "mine") + paragraph("正文", "plain") +
                                        paragraph("圈", "loop") + paragraph("普通") + paragraph("", "1") + "<w:p><w:pPr><w:outlineLvl w:val='2'/></w:pPr><w:r><w:t>三</w:t><w:br/><w:t>续</w:t></w:r></w:p>",
                                    styles);
    CHECK(all.text == "# 书名\n# 又一个\n# 一\n## 二\n## 我的\n正文\n圈\n普通\n\n### 三 续\n");
    CHECK(metadata(all) == "title=书名");
    CHECK(text(paragraph("没有样式表", "Heading3")) == "### 没有样式表\n");
    // Not in a table, where a line is not a line of the document.
    CHECK(text("<w:tbl><w:tr><w:tc>" + paragraph("项目", "Heading1") + "</w:tc><w:tc>" + paragraph("次数") + "</w:tc></w:tr></w:tbl>") == "项目\t次数\n");
}

TEST_CASE("a table of speakers and texts is dialogue") {
    const Extracted spoken = extracted(table({{"受访者", "访谈内容"}, {"问：", "您好。"}, {"P1|（民警）", "你好。|请坐。"}, {"", "喝水吗？"}, {"P1", ""}}));
    CHECK(spoken.text == "问：您好。\nP1（民警）：你好。\n请坐。\n喝水吗？\nP1：\n");
    CHECK(labels(spoken) == "问 P1");
    CHECK(left_out(spoken) == "row of column names @ table 1, row 1");
    CHECK(text(table({{"Speaker", "Text"}, {"Wang", "Hello."}, {"Li", "Hi."}, {"Wang", "Sit down."}})) == "Wang：Hello.\nLi：Hi.\nWang：Sit down.\n");
    CHECK(labels(extracted(table({{"老王", "来了。"}, {"老李", "坐。"}, {"老王", "好。"}}))) == "老王 老李");
    // In three columns, in either order; a heading across the table; a form at the top.
    CHECK(text(table({{"說話人", "時間", "內容"}, {"問", "0:05", "幾點？"}, {"R1", "[0:09]", "九點。"}, {"", "0:15", "還是十點？"}})) == "[0:05] 問：幾點？\n[0:09] R1：九點。\n還是十點？\n");
    CHECK(text(table({{"00:01:02.5 - 00:01:09", "问", "您好。"}, {"", "P1", "好。"}})) == "[00:01:02.5] 问：您好。\nP1：好。\n");
    CHECK(text(table({{"第一部分"}, {"问", "您好。"}, {"P1", "好。"}})) == "第一部分\n问：您好。\nP1：好。\n");
    const Extracted form = extracted(table({{"时间", "2021年3月"}, {"问", "您好。"}, {"P1", "好。"}}));
    CHECK(form.text == "时间：2021年3月\n问：您好。\nP1：好。\n");
    CHECK(labels(form) == "问 P1");
}

TEST_CASE("any other table is lines of cells") {
    CHECK(text(table({{"编号", "P1"}, {"时间", "2021年3月"}, {"受访者", "民警"}})) == "编号\tP1\n时间\t2021年3月\n受访者\t民警\n");
    CHECK(text(table({{"张三", "一"}, {"李四", "二"}})) == "张三\t一\n李四\t二\n");
    CHECK(text(table({{"我觉得很好。", "一"}, {"问", "二"}})) == "我觉得很好。\t一\n问\t二\n");
    CHECK(text(table({{"结论", "一"}, {"问", "二"}, {"问", "三"}})) == "结论\t一\n问\t二\n问\t三\n");
    CHECK(text(table({{"问", "一", "二", "三"}, {"问", "一", "二", "三"}})) == "问\t一\t二\t三\n问\t一\t二\t三\n");
    CHECK(text(table({{"问", "一"}, {"问", "一", "二"}})) == "问\t一\n问\t一\t二\n");
    CHECK(text(table({{"晚上", "问", "一"}, {"晚上", "问", "二"}})) == "晚上\t问\t一\n晚上\t问\t二\n");
    CHECK(text(table({{"", "问", "一"}, {"", "问", "二"}})) == "\t问\t一\n\t问\t二\n");
    CHECK(text(table({{"P1（社区民警，兼任网格员和人民调解员多年）", "一"}, {"问", "二"}})).starts_with("P1（社区民警，兼任网格员和人民调解员多年）\t一"));
    Rows list;
    for (int i = 0; i < 201; ++i) list.push_back({"P" + std::to_string(i % 201), "到场"});
    CHECK(text(table(list)).starts_with("P0\t到场\n"));
    list.pop_back();
    CHECK(text(table(list)).starts_with("P0：到场\n"));
    // Dialogue inside a cell stays dialogue.
    CHECK(text(table({{"访谈内容", "问：您好。|P1：好。"}, {"", ""}, {"备注", "无"}})) == "访谈内容\n问：您好。\nP1：好。\n备注\t无\n");
    CHECK(text(table({{"问：您好。|P1：好。"}})) == "问：您好。\nP1：好。\n");
    std::string nested = table({{"外", "HOLE"}});
    nested.replace(nested.find(paragraph("HOLE")), paragraph("HOLE").size(), table({{"问", "您好。"}, {"P1", "好。"}}) + paragraph(""));
    CHECK(text(nested) == "外\n问：您好。\nP1：好。\n\n");
    CHECK(labels(extracted(nested)) == "问 P1");
    // Deleted rows are out.
    std::string deleted = table({{"问", "您好。"}, {"P1", "旧的回答。"}});
    deleted.replace(deleted.rfind("<w:tr>"), 6, "<w:tr><w:trPr><w:del/></w:trPr>");
    CHECK(text(deleted) == "问：您好。\n");
}

TEST_CASE("the main part is found by its relationship, in both kinds of Office file and by any prefix") {
    const std::string strict = "<d:document xmlns:d='http://purl.oclc.org/ooxml/wordprocessingml/main'><d:body><d:p><d:r><d:t>答：好。</d:t></d:r></d:p></d:body></d:document>";
    const std::string bytes = ZipBytes().add("_rels/.rels", relationships("http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument", "/text/./x/../main.xml")).add("text/main.xml", strict).str();
    CHECK(extract_docx(bytes, "P1.docx").text == "答：好。\n");
}

TEST_CASE("what is no Word file is named") {
    const std::string relation = relationships(std::string(kTransitional) + "officeDocument", "xl/workbook.xml");
    CHECK(refused_with(ZipBytes().add("_rels/.rels", relation).add("xl/workbook.xml", "<workbook/>").str(), "Excel workbook"));
    CHECK(refused_with(ZipBytes().add("_rels/.rels", relation).str(), "no Word document"));
    CHECK(refused_with(ZipBytes().add("content.xml", "<a/>").str(), "OpenDocument"));
    CHECK(refused_with(ZipBytes().add("a", "b").str(), "no Word document"));
    const std::string outside = "<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'><Relationship TargetMode='External' Type='" + std::string(kTransitional) + "officeDocument' Target='word/document.xml'/></Relationships>";
    CHECK(refused_with(ZipBytes().add("_rels/.rels", outside).add("word/document.xml", document("")).str(), "no Word document"));
    CHECK(refused_with("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "an old Word file (.doc) or one protected by a password; open it and save it as .docx without a password"));
    std::string doctype = file(paragraph("好"));
    CHECK(refused_with(ZipBytes().add("_rels/.rels", relationships(std::string(kTransitional) + "officeDocument", "d.xml")).add("d.xml", "<!DOCTYPE w [<!ENTITY a 'b'>]>" + document("")).str(), "P1.docx: d.xml:1: this XML cannot be read: a DOCTYPE"));
}

TEST_CASE("property: a damaged docx is refused or gives what it gave") {
    const std::string good = file(paragraph("问：您几点出门？") + table({{"问", "您好。"}, {"P1", "好。"}}), "<w:style w:styleId='1'><w:name w:val='heading 1'/></w:style>");
    const std::string wanted = extract_docx(good, "P1.docx").text;
    fangtan::testing::Random random(3);
    for (std::size_t i = fangtan::testing::cases(4'000); i > 0; --i) {
        std::string bytes = good;
        const std::size_t at = random.below(bytes.size());
        bytes[at] = static_cast<char>(bytes[at] ^ (1 << random.below(8)));
        std::string found = wanted;
        try {
            found = extract_docx(bytes, "P1.docx").text;
        } catch (const Error&) {
        }
        CAPTURE(at);
        CHECK(found == wanted);
    }
}

TEST_CASE("property: any nesting of Word's elements gives valid text or is refused") {
    const std::vector<std::string> names = {"p", "r", "t", "tbl", "tr", "tc", "del", "ins", "sdt", "txbxContent", "br", "tab", "fldChar", "pPr", "rPr", "hyperlink", "ruby", "rt", "x"};
    fangtan::testing::Random random(5);
    for (std::size_t i = fangtan::testing::cases(3'000); i > 0; --i) {
        std::string body;
        std::vector<std::string> open;
        for (std::size_t n = random.below(60); n > 0; --n) {
            if (random.chance(30) && !open.empty()) {
                body += "</w:" + open.back() + ">";
                open.pop_back();
            } else if (random.chance(30)) {
                body += "<w:t>问好</w:t>";
            } else {
                open.push_back(random.pick(names));
                body += "<w:" + open.back() + (open.back() == "fldChar" ? " w:fldCharType='" + random.pick(std::vector<std::string>{"begin", "separate", "end"}) + "'>" : ">");
            }
        }
        for (; !open.empty(); open.pop_back()) body += "</w:" + open.back() + ">";
        std::size_t said = 0;
        for (std::size_t at = body.find("问好"); at != std::string::npos; at = body.find("问好", at + 1)) ++said;
        try {
            const Extracted all = extracted(body);
            CHECK_FALSE(fangtan::utf8::first_fault(all.text));
            std::size_t found = 0;
            for (std::size_t at = all.text.find("问好"); at != std::string::npos; at = all.text.find("问好", at + 1)) ++found;
            CHECK(found <= said);
        } catch (const Error&) {
        }
    }
}
