// SPDX-License-Identifier: Apache-2.0
//
// PDF through pdftotext: the program run safely, pages made one text, and what
// is said when there is nothing to read.
#include <doctest/doctest.h>

#include <stdlib.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "fangtan/base/error.hpp"
#include "fangtan/base/file.hpp"
#include "fangtan/reader/formats.hpp"
#include "fangtan/reader/pdf_pages.hpp"
#include "fangtan/reader/pdf_program.hpp"
#include "fangtan/transcript/dialogue.hpp"

using namespace fangtan;

namespace {

std::string fixture_path(const std::string& name) { return std::string(FANGTAN_SOURCE_FOLDER) + "/tests/fixtures/pdf/" + name; }

std::string shown(const std::vector<LeftOut>& left_out) {
    std::string all;
    for (const LeftOut& each : left_out) all += each.what + "@" + each.where + ";";
    return all;
}

// Lines without the indentation that the page gave them.
std::string flush_left(const std::string& text) {
    std::string all;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = text.find('\n', at);
        const std::size_t begin = std::min(text.find_first_not_of(' ', at), end);
        if (begin < end) all += text.substr(begin, end - begin) + "\n";
        at = end + 1;
    }
    return all;
}

std::string fault(const std::string& path) {
    try {
        (void)reader::extract_pdf(path, "a.pdf");
    } catch (const Error& error) {
        return (error.kind() == ErrorKind::input ? "" : "kind! ") + error.place() + ": " + error.what();
    }
    return "no error";
}

bool holds(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

// A folder of its own, removed again.
class Folder {
 public:
    Folder() {
        std::string pattern = std::filesystem::temp_directory_path() / "fangtan_pdf_XXXXXX";
        path_ = mkdtemp(pattern.data());
    }
    ~Folder() { std::filesystem::remove_all(path_); }
    [[nodiscard]] std::string file(const std::string& name, const std::string& bytes) const {
        std::ofstream(path_ / name, std::ios::binary) << bytes;
        return path_ / name;
    }
    [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
    std::filesystem::path path_;
};

std::string joined(const std::string& text) { return reader::pdf::join_pages(text).text; }

}  // namespace

TEST_CASE("an interview of three pages, with head and foot") {
    const auto extracted = reader::extract_pdf(fixture_path("interview.pdf"), "interview.pdf");
    CHECK(shown(extracted.left_out) ==
          "running head@page 1;page number@page 1;running head@page 2;page number@page 2;running head@page 3;page number@page 3;");
    CHECK(flush_left(extracted.text).starts_with("社区民警访谈\n访谈者：您在社区做民警几年了？平时居民有事，是打\n电话、上门，还是在微信群里说？您觉得哪一种方式最能解\n"));
    // The indentation tells where paragraphs begin.
    CHECK(holds(extracted.text, "\n  访谈者：您"));
    CHECK(holds(extracted.text, "\n电话、上门"));
    CHECK_FALSE(holds(extracted.text, "访谈记录"));
    CHECK_FALSE(holds(extracted.text, "\f"));
    Transcript transcript;
    transcript.text = extracted.text;
    transcript::find_turns(transcript, "T", {});
    CHECK(transcript.turns.size() == 6);
}

TEST_CASE("one page without head and foot") {
    const auto extracted = reader::extract_pdf(fixture_path("plain.pdf"), "plain.pdf");
    CHECK(extracted.left_out.empty());
    CHECK(flush_left(extracted.text) ==
          "社工访谈 S2\n访谈者：你们站里几个人？\nS2：三个。两个社工，一个司机。The driver also cooks\nfor the old people at noon, and he likes it.\n"
          "访谈者：忙得过来吗？\nS2：忙不过来也得忙。\n");
}

TEST_CASE("labels at the edges of pages are no running feet") {
    const auto extracted = reader::extract_pdf(fixture_path("awkward.pdf"), "awkward.pdf");
    CHECK(shown(extracted.left_out) == "page number@page 1;page number@page 2;page number@page 3;");
    std::size_t labels = 0;
    for (std::size_t at = extracted.text.find("说话人"); at != std::string::npos; at = extracted.text.find("说话人", at + 1)) ++labels;
    CHECK(labels == 7);
    CHECK(holds(extracted.text, "说话人 1 00:00:36\n"));
}

TEST_CASE("what cannot be read says why") {
    CHECK(holds(fault(fixture_path("locked.pdf")), "a.pdf: the PDF is encrypted with a password"));
    CHECK(holds(fault(fixture_path("scanned.pdf")), "a.pdf: the PDF holds no text, only pictures"));
    const Folder folder;
    CHECK(holds(fault(folder.file("damaged.pdf", "%PDF-1.7\nno more")), "a.pdf: pdftotext cannot read this PDF (Syntax Error"));
    CHECK(holds(fault(folder.file("empty.pdf", "")), "pdftotext cannot read this PDF"));
    CHECK(fault(folder.path() / "none.pdf") != "no error");
}

TEST_CASE("names that look like options or addresses") {
    const Folder folder;
    const std::string bytes = read_file(fixture_path("plain.pdf"));
    const std::filesystem::path before = std::filesystem::current_path();
    std::filesystem::current_path(folder.path());
    for (const std::string name : {"-v", "-", "a b;'$(x).pdf", "fd:0"}) {
        CAPTURE(name);
        (void)folder.file(name, bytes);
        CHECK(reader::extract_pdf(name, name).text.size() > 200);
    }
    std::filesystem::current_path(before);
}

TEST_CASE("without pdftotext the message names the package") {
    const Folder folder;
    const char* path = getenv("PATH");
    const std::string before = path == nullptr ? "" : path;
    setenv("PATH", folder.path().c_str(), 1);
    const std::string message = fault(fixture_path("plain.pdf"));
    setenv("PATH", before.c_str(), 1);
    CHECK(holds(message, "a.pdf: reading PDF needs the program pdftotext"));
    CHECK(holds(message, "poppler-utils"));
}

TEST_CASE("programs: output, errors, status, environment, limit") {
    using reader::pdf::run_program;
    const auto both = run_program({"sh", "-c", "echo out; echo wrong >&2; exit 7"}, 1000);
    CHECK(both.out == "out\n");
    CHECK(both.errors == "wrong\n");
    CHECK(both.status == 7);
    CHECK_FALSE(both.missing);
    CHECK(run_program({"sh", "-c", "echo $LC_ALL,$HOME; cat"}, 1000).out == "C,\n");
    CHECK(run_program({"sh", "-c", "kill -9 $$"}, 1000).status == 137);
    CHECK(run_program({"fangtan-has-no-such-program"}, 1000).missing);
    CHECK(run_program({"yes"}, 100000).too_long);
    const auto exact = run_program({"printf", "12345"}, 5);
    CHECK(exact.out == "12345");
    CHECK_FALSE(exact.too_long);
    // Both pipes may fill up before the program ends.
    const auto full = run_program({"sh", "-c", "head -c 300000 /dev/zero >&2; head -c 300000 /dev/zero"}, 1000000);
    CHECK(full.out.size() == 300000);
    CHECK(full.errors.size() == 65536);
}

TEST_CASE("page numbers in their many forms") {
    for (const std::string number : {"— 12 —", "- 3 -", "第 3 页", "第三页", "第3页 共10页", "第 3 页/共 10 页", "共10页 第3页", "3 / 10", "３／１０", "Page 3 of 10", "p. 3", "iv", "·7·", "12"}) {
        CAPTURE(number);
        CHECK(joined("居民来了。\n\n   " + number + "\n\f") == "居民来了。\n");
        CHECK(joined(number + "\n居民来了。\n\f") == "居民来了。\n");
    }
    for (const std::string speech : {"12345", "三", "第3楼", "3号楼", "（3）", "3.", "12:30", "I", "第 3 页上写着", "2 人"}) {
        CAPTURE(speech);
        CHECK(joined("居民来了。\n" + speech + "\n\f") == "居民来了。\n" + speech + "\n");
    }
    // In the middle of a page a number is text, and among pages that count a number that does not.
    CHECK(joined("甲\n12\n乙\n\f") == "甲\n12\n乙\n");
    CHECK(joined("甲\n1\n\f乙\n2\n\f丙\n2021\n\f") == "甲\n乙\n丙\n2021\n");
}

TEST_CASE("running heads: on three pages and half of them") {
    const std::string head = "幸福里社区调查 2026\n";
    const auto pages = [](const std::vector<std::string>& all) {
        std::string text;
        for (const std::string& page : all) text += page + "\f";
        return reader::pdf::join_pages(text);
    };
    CHECK(pages({head + "甲一\n", head + "乙二\n", head + "丙三\n"}).text == "甲一\n乙二\n丙三\n");
    CHECK(pages({head + "甲一\n", head + "乙二\n"}).text == head + "甲一\n" + head + "乙二\n");
    CHECK(pages({head + "甲一\n", head + "乙二\n", head + "丙三\n", "丁四\n", "戊五\n", "己六\n"}).text == "甲一\n乙二\n丙三\n丁四\n戊五\n己六\n");
    CHECK(pages({head + "甲一\n", head + "乙二\n", head + "丙三\n", "丁四\n", "戊五\n", "己六\n", "庚七\n"}).left_out.empty());
    // Two lines, the number between them, numbers inside.
    CHECK(pages({"卷宗 第1部分\n1\n走访组\n甲一\n", "卷宗 第2部分\n2\n走访组\n乙二\n", "卷宗 第3部分\n3\n走访组\n丙三\n"}).text == "甲一\n乙二\n丙三\n");
    // Who speaks at the top of every page is no head.
    for (const std::string label : {"P1：", "P1：嗯。", "王阿姨：", "访谈者：嗯。"}) {
        CAPTURE(label);
        CHECK(pages({label + "\n甲一\n", label + "\n乙二\n", label + "\n丙三\n"}).left_out.empty());
    }
    CHECK(pages({"说话人1 00:01\n甲一\n", "说话人1 00:22\n乙二\n", "说话人1 00:43\n丙三\n"}).left_out.empty());
    CHECK(joined("") == "");
    CHECK(joined("\f\n\f") == "");
}

TEST_CASE("columns side by side are told from labels with a gap") {
    std::string columns;
    std::string labels;
    for (int i = 0; i < 10; ++i) {
        columns += "左边的一栏写着居民的意见      右边的一栏写着民警的回答\n";
        labels += "问：      右边的一栏写着民警的回答\n";
    }
    CHECK(reader::pdf::stands_in_columns(columns));
    CHECK_FALSE(reader::pdf::stands_in_columns(labels));
    CHECK_FALSE(reader::pdf::stands_in_columns(""));
}
