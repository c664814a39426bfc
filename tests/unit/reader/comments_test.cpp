// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include "fangtan/base/file.hpp"
#include "fangtan/reader/comment_signs.hpp"
#include "fangtan/reader/formats.hpp"
#include "fangtan/reader/read.hpp"
#include "fangtan/text/boundary.hpp"
#include "support/random.hpp"
#include "support/zip_bytes.hpp"

using namespace fangtan;
using reader::Extracted;
using testing::ZipBytes;

namespace {

constexpr const char* kOffice = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";
constexpr const char* kNamespaces =
    "xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main' xmlns:w14='http://schemas.microsoft.com/office/word/2010/wordml' "
    "xmlns:w15='http://schemas.microsoft.com/office/word/2012/wordml'";

std::string relation(const std::string& id, const std::string& type, const std::string& target) {
    return "<Relationship Id='" + id + "' Type='" + type + "' Target='" + target + "'/>";
}
std::string relations(const std::string& inside) {
    return "<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>" + inside + "</Relationships>";
}

std::string comment(int id, const std::string& author, const std::vector<std::string>& lines, const std::string& paragraph_id = "") {
    std::string xml = "<w:comment w:id='" + std::to_string(id) + "' w:author='" + author + "'>";
    for (const std::string& line : lines) {
        xml += "<w:p" + (&line == &lines.back() && !paragraph_id.empty() ? " w14:paraId='" + paragraph_id + "'" : std::string()) + "><w:r><w:annotationRef/></w:r><w:r><w:t>" + line +
               "</w:t></w:r></w:p>";
    }
    return xml + "</w:comment>";
}

// As Word and python-docx write it: document, comments, and who answers whom.
Extracted extracted(const std::string& body, const std::string& comments, const std::string& extended = "") {
    ZipBytes zip;
    zip.add("_rels/.rels", relations(relation("r1", std::string(kOffice) + "officeDocument", "word/document.xml")));
    zip.add("word/_rels/document.xml.rels", relations(relation("r1", std::string(kOffice) + "comments", "comments.xml") +
                                                      relation("r2", "http://schemas.microsoft.com/office/2011/relationships/commentsExtended", "commentsExtended.xml")));
    zip.add("word/document.xml", std::string("<w:document ") + kNamespaces + "><w:body>" + body + "</w:body></w:document>");
    zip.add("word/comments.xml", std::string("<w:comments ") + kNamespaces + ">" + comments + "</w:comments>");
    if (!extended.empty()) zip.add("word/commentsExtended.xml", std::string("<w15:commentsEx ") + kNamespaces + ">" + extended + "</w15:commentsEx>");
    return reader::extract_docx(zip.str(), "P1.docx");
}

std::string run(const std::string& said) { return "<w:r><w:t xml:space='preserve'>" + said + "</w:t></w:r>"; }
std::string begin(int id) { return "<w:commentRangeStart w:id='" + std::to_string(id) + "'/>"; }
std::string end(int id) { return "<w:commentRangeEnd w:id='" + std::to_string(id) + "'/><w:r><w:commentReference w:id='" + std::to_string(id) + "'/></w:r>"; }
std::string paragraph(const std::string& inside) { return "<w:p>" + inside + "</w:p>"; }

// "author|passage|note|discussion", a line each
std::string marks(const Extracted& from) {
    std::string all;
    for (const Mark& mark : from.marks) {
        all += mark.author + "|" + std::string(mark.span.of(from.text)) + "|" + mark.note + (mark.discussion.empty() ? "" : "|" + mark.discussion) + "\n";
    }
    return all;
}

std::string fixture(const std::string& name) {
    std::string bytes;
    read_file(std::string(FANGTAN_SOURCE_FOLDER) + "/tests/fixtures/comments/" + name, bytes);
    return bytes;
}

const std::string kTalkMarks =
    "林|我先把两个人分开坐，再给社工打电话|合作服务；柔性技术 // 两个都要\n"
    "周|我就在旁边等着|工作冲突\n"
    "林|等着，不插嘴|柔性技术\n"
    "周|隔一周社工会再上门看看。\n孩子也肯说话了|合作服务\n"
    "林|P1：没有了，就这些。|柔性技术\n"
    "林|会先听老人说完|合作服务\n"
    "周|P2：有时候两边|工作冲突\n";

}  // namespace

TEST_CASE("comments of LibreOffice, over runs, paragraphs and cells, overlapping, and on no range") {
    const Extracted word = reader::extract_docx(fixture("libreoffice-talk.docx"), "talk.docx");
    CHECK(marks(word) == kTalkMarks);
    CHECK(word.marks[3].where == "comment 4 (paragraph 5)");
    const Extracted open = reader::extract_odt(fixture("libreoffice-talk.odt"), "talk.odt");
    CHECK(marks(open) == kTalkMarks);
    CHECK(open.text == word.text);
}

TEST_CASE("docx comments: several lines, answers, resolved ones") {
    const std::string body = paragraph(run("P1：") + begin(0) + begin(1) + run("先听") + "<w:r><w:rPr><w:b/></w:rPr><w:t>完</w:t></w:r>" + end(0) + end(1) + run("再说。")) +
                             paragraph(run("P1：") + begin(2) + run("好。") + end(2));
    const std::string comments = comment(0, "林", {"柔性技术", "合作服务 // 很轻"}, "0A") + comment(1, "周", {"我也这样看"}, "0B") + comment(2, "", {"工作冲突"}, "0C") +
                                 comment(3, "林", {"谢谢"}, "0D");
    const std::string extended =
        "<w15:commentEx w15:paraId='0A' w15:done='0'/><w15:commentEx w15:paraId='0B' w15:paraIdParent='0A' w15:done='0'/>"
        "<w15:commentEx w15:paraId='0C' w15:done='1'/><w15:commentEx w15:paraId='0D' w15:paraIdParent='0B' w15:done='0'/>";
    CHECK(marks(extracted(body, comments, extended)) == "林|先听完|柔性技术\n合作服务 // 很轻|周: 我也这样看\n林: 谢谢\n|好。|工作冲突\n");
    // Answers that go round in a ring are comments of their own.
    const std::string ring = "<w15:commentEx w15:paraId='0A' w15:paraIdParent='0B'/><w15:commentEx w15:paraId='0B' w15:paraIdParent='0A'/>";
    CHECK(extracted(body, comments, ring).marks.size() == 4);
}

TEST_CASE("docx comments: tracked changes, empty ranges, hidden text, blocks between paragraphs") {
    const std::string inserted = "<w:ins w:id='9'>" + run("慢慢") + "</w:ins>";
    const std::string deleted = "<w:del w:id='8'><w:r><w:delText>快</w:delText></w:r></w:del>";
    const auto one = [](const std::string& body) { return marks(extracted(body, comment(0, "林", {"甲"}))); };
    CHECK(one(paragraph(run("P1：他") + begin(0) + inserted + deleted + run("说") + end(0) + run("。"))) == "林|慢慢说|甲\n");
    CHECK(one(paragraph(run("P1：他") + begin(0) + deleted + end(0) + run("说。"))) == "林||甲\n");
    CHECK(one(paragraph(run("P1：他") + "<w:del w:id='8'>" + begin(0) + "<w:r><w:delText>快</w:delText></w:r></w:del>" + run("说") + end(0) + run("。"))) == "林|说|甲\n");
    CHECK(one(paragraph(run("P1：他") + begin(0) + end(0) + run("说。"))) == "林|P1：他说。|甲\n");
    CHECK(one(paragraph(run("P1：他") + begin(0) + "<w:r><w:rPr><w:vanish/></w:rPr><w:t>不</w:t></w:r>" + end(0) + run("说。"))) == "林||甲\n");
    CHECK(one(paragraph(run("P1：一。")) + begin(0) + paragraph(run("P1：二。")) + paragraph(run("P1：三。")) + "<w:commentRangeEnd w:id='0'/>" +
              paragraph("<w:r><w:commentReference w:id='0'/></w:r>" + run("P1：四。"))) == "林|P1：二。\nP1：三。|甲\n");
    // Only a footnote speaks of it.
    CHECK(one(paragraph(run("P1：一。"))) == "林||甲\n");
}

TEST_CASE("docx comments change nothing of what is understood") {
    const auto cell = [](const std::string& inside) { return "<w:tc>" + paragraph(inside) + "</w:tc>"; };
    const std::string plain = "<w:tbl><w:tr>" + cell(run("说话人")) + cell(run("内容")) + "</w:tr><w:tr>" + cell(run("P1")) + cell(run("先听完。")) + "</w:tr><w:tr>" + cell(run("S1")) +
                              cell(run("再商量。")) + "</w:tr></w:tbl>";
    const std::string marked = "<w:tbl><w:tr>" + cell(begin(1) + run("说话人")) + cell(run("内容") + end(1)) + "</w:tr><w:tr>" + cell(begin(0) + run("P1") + end(2)) + cell(run("先听完。")) +
                               "</w:tr><w:tr>" + cell(run("S1")) + cell(run("再") + end(0) + run("商量。")) + "</w:tr></w:tbl>";
    const Extracted without = extracted(plain, "");
    const Extracted with = extracted(marked, comment(0, "林", {"甲"}) + comment(1, "周", {"乙"}) + comment(2, "周", {"丙"}));
    CHECK(without.text == "P1：先听完。\nS1：再商量。\n");
    CHECK(with.text == without.text);
    CHECK(with.labels == without.labels);
    CHECK(marks(with) == "林|先听完。\nS1：再|甲\n周||乙\n周||丙\n");
    const std::string grid = "<w:tbl><w:tr>" + cell(run("项目")) + cell(begin(0) + run("次数") + end(0)) + "</w:tr><w:tr>" + cell(run("送餐")) + cell(run("14")) + "</w:tr></w:tbl>";
    CHECK(marks(extracted(grid, comment(0, "林", {"甲"}))) == "林|次数|甲\n");
    const std::string heading = "<w:p><w:pPr><w:outlineLvl w:val='0'/></w:pPr>" + begin(0) + run(" 调解 ") + end(0) + "</w:p>";
    const Extracted title = extracted(heading, comment(0, "林", {"甲"}));
    CHECK(title.text == "# 调解\n");
    CHECK(marks(title) == "林|调解|甲\n");
}

TEST_CASE("property: a comment's span is what stands between its ends, however ranges lie over each other") {
    const std::vector<std::string> words = {"先", "听完", "再说，", "P1：", " ", "𠮷", "house ", "。"};
    for (std::size_t seed = 0; seed < testing::cases(300); ++seed) {
        testing::Random random(seed);
        struct Piece {
            std::string text;
            bool ends_paragraph;
        };
        std::vector<Piece> pieces;
        for (std::size_t i = 2 + random.below(12); i > 0; --i) pieces.push_back({random.pick(words), random.chance(25)});
        pieces.back().ends_paragraph = true;
        const std::size_t count = 1 + random.below(6);
        std::vector<std::pair<std::size_t, std::size_t>> ranges;
        std::string comments;
        std::string wanted;
        for (std::size_t c = 0; c < count; ++c) {
            const std::size_t from = random.below(pieces.size());
            const std::size_t to = from + random.below(pieces.size() - from);
            ranges.emplace_back(from, to);
            comments += comment(static_cast<int>(c), "林", {"甲"});
            std::string passage;
            for (std::size_t i = from; i <= to; ++i) passage += pieces[i].text + (pieces[i].ends_paragraph && i < to ? "\n" : "");
            const std::string_view whole = passage;
            wanted += "林|" + std::string(trimmed(whole, span_of(0, static_cast<std::uint32_t>(whole.size()))).of(whole)) + "|甲\n";
        }
        std::string body = "<w:p>";
        for (std::size_t i = 0; i < pieces.size(); ++i) {
            for (std::size_t c = 0; c < count; ++c) body += ranges[c].first == i ? begin(static_cast<int>(c)) : "";
            body += run(pieces[i].text);
            for (std::size_t c = 0; c < count; ++c) body += ranges[c].second == i ? end(static_cast<int>(c)) : "";
            if (pieces[i].ends_paragraph) body += i + 1 < pieces.size() ? "</w:p><w:p>" : "</w:p>";
        }
        INFO("seed ", seed);
        REQUIRE(marks(extracted(body, comments)) == wanted);
    }
}

TEST_CASE("signs are told apart whatever their number") {
    for (const std::size_t number : {0U, 3U, 4U, 63U, 1000U}) {
        const std::string sign = reader::sign_of(number, reader::SignKind::range_end);
        CHECK(reader::without_signs("前" + sign + "后" + sign) == "前后");
    }
    std::vector<reader::Comment> comments(70);
    comments[69].has_range = true;
    const std::string text = "一二 三";
    const std::string with = "一" + reader::sign_of(69, reader::SignKind::range_begin) + "二\n三" + reader::sign_of(69, reader::SignKind::range_end);
    CHECK(reader::marks_of(comments, with, text)[69].span.of(text) == "二 三");
    CHECK(reader::marks_of(comments, with, text)[68].span.empty());
}

TEST_CASE("comments reach the transcript") {
    std::vector<std::string> notes;
    const Transcript talk = reader::read_bytes(fixture("libreoffice-talk.docx"), InputFile{"talk.docx", "talk.docx", "talk.docx", "talk", "talk"}, ReadOptions(), notes);
    REQUIRE(talk.marks.size() == 7);
    CHECK(talk.marks[2].span.of(talk.text) == "等着，不插嘴");
}
