// SPDX-License-Identifier: Apache-2.0
#include "fangtan/reader/zip_archive.hpp"

#include <doctest/doctest.h>

#include "fangtan/base/error.hpp"
#include "support/random.hpp"
#include "support/zip_bytes.hpp"

using fangtan::Error;
using fangtan::reader::ZipArchive;
using fangtan::testing::deflated_zeros;
using fangtan::testing::ZipBytes;
using fangtan::testing::ZipEntry;

namespace {

// The sentence with which opening and reading every entry is refused; empty if it is not.
std::string refusal(const std::string& bytes) {
    try {
        ZipArchive archive(bytes, "P1.docx");
        for (const std::string& name : archive.names()) (void)archive.read(name);
    } catch (const Error& error) {
        CHECK(error.kind() == fangtan::ErrorKind::input);
        CHECK(error.place() == "P1.docx");
        return error.what();
    }
    return {};
}

bool refused_with(const std::string& bytes, const std::string& words) {
    const std::string sentence = refusal(bytes);
    INFO(sentence);
    CHECK(sentence.find(words) != std::string::npos);
    return sentence.find(words) != std::string::npos;
}

ZipEntry entry(const std::string& name, const std::string& content = "问：您好。") {
    ZipEntry made;
    made.name = name;
    made.content = content;
    return made;
}

std::string with(const ZipEntry& odd) { return ZipBytes().add("a.xml", "<a/>").add(odd).str(); }

}  // namespace

TEST_CASE("A zip archive gives its entries, sorted, folders apart") {
    const std::string bytes = ZipBytes().add("word/document.xml", "<w/>").add("word/", "").add("a.xml", "").add("访谈.xml", "好").str("a comment");
    ZipArchive archive(bytes, "P1.docx");
    CHECK(archive.names() == std::vector<std::string>{"a.xml", "word/document.xml", "访谈.xml"});
    CHECK(archive.has("a.xml"));
    CHECK_FALSE(archive.has("word/"));
    CHECK_FALSE(archive.has("A.xml"));
    CHECK(archive.read("word/document.xml") == "<w/>");
    CHECK(archive.read("访谈.xml") == "好");
    CHECK(archive.read("a.xml").empty());
    CHECK_THROWS_AS((void)archive.read("b.xml"), Error);
    CHECK_THROWS_AS((void)archive.read("word/"), Error);
}

TEST_CASE("Deflated entries are inflated to the size they declare") {
    ZipEntry zeros = entry("zeros", deflated_zeros(10));
    zeros.method = 8;
    zeros.size = 2581;
    zeros.crc = fangtan::testing::crc32(std::string(2581, '\0'));
    const std::string bytes = with(zeros);
    ZipArchive archive(bytes, "P1.docx");
    CHECK(archive.read("zeros") == std::string(2581, '\0'));
}

TEST_CASE("Names that lead elsewhere are refused") {
    CHECK(refused_with(with(entry("../../etc/passwd")), "leads out of the archive"));
    CHECK(refused_with(with(entry("word/../../x")), "leads out of the archive"));
    CHECK(refused_with(with(entry("..")), "leads out of the archive"));
    CHECK(refused_with(with(entry("/etc/passwd")), "is absolute"));
    CHECK(refused_with(with(entry("..\\x")), "backslash"));
    CHECK(refused_with(with(entry("C:x")), "names a drive"));
    CHECK(refused_with(with(entry(std::string("a.xml\0.exe", 10))), "NUL"));
    CHECK(refused_with(with(entry("")), "is empty"));
    CHECK(refused_with(with(entry("a.xml")), "two entries named \"a.xml\""));
    CHECK(refusal(with(entry("word/..a/b..xml"))).empty());
}

TEST_CASE("Names in messages are safe for a terminal and short") {
    const std::string sentence = refusal(with(entry("../\x1b[2J" + std::string(500, 'x'))));
    CHECK(sentence.find('\x1b') == std::string::npos);
    CHECK(sentence.size() < 200);
    CHECK(refused_with(with(entry("../\xC4\xE3\xBA\xC3")), "../????"));
}

TEST_CASE("Links, encryption and unusual compression are refused") {
    ZipEntry link = entry("link", "/etc/passwd");
    link.attributes = 0xA1FFU << 16;
    CHECK(refused_with(with(link), "symbolic link"));
    ZipEntry encrypted = entry("document.xml");
    encrypted.flags = 1;
    CHECK(refused_with(with(encrypted), "encrypted"));
    ZipEntry bzip2 = entry("document.xml");
    bzip2.method = 12;
    CHECK(refused_with(with(bzip2), "method 12"));
}

TEST_CASE("What an archive says of its sizes and sums must be true") {
    ZipEntry wrong_sum = entry("a");
    wrong_sum.crc = 1;
    CHECK(refused_with(with(wrong_sum), "damaged"));
    for (const std::uint32_t lie : {2580U, 2582U, 1U, 0U}) {
        ZipEntry size = entry("zeros", deflated_zeros(10));
        size.method = 8;
        size.size = lie;
        size.crc = fangtan::testing::crc32(std::string(2581, '\0'));
        CAPTURE(lie);
        CHECK_FALSE(refusal(with(size)).empty());
    }
    ZipEntry beyond = entry("a");
    beyond.compressed = 60'000;
    CHECK(refused_with(with(beyond), "beyond its end"));
    ZipEntry other_name = entry("a");
    other_name.local_name = "b";
    CHECK(refused_with(with(other_name), "calls itself otherwise"));
    ZipEntry huge = entry("a");
    huge.size = 0xFFFFFFFF;
    CHECK(refused_with(with(huge), "4 GB"));
}

TEST_CASE("Bombs are refused before they grow") {
    ZipEntry bomb = entry("zeros", deflated_zeros(8'000));
    bomb.method = 8;
    bomb.size = 1 + 258 * 8'000;
    bomb.crc = fangtan::testing::crc32(std::string(*bomb.size, '\0'));
    CHECK(refused_with(with(bomb), "more than 100 times"));
    ZipEntry small = entry("zeros", deflated_zeros(3'000));  // the same ratio, harmless
    small.method = 8;
    small.size = 1 + 258 * 3'000;
    small.crc = fangtan::testing::crc32(std::string(*small.size, '\0'));
    CHECK(refusal(with(small)).empty());
    ZipEntry large = entry("large");
    large.size = 200'000'001;
    large.compressed = large.size;
    CHECK_FALSE(refusal(with(large)).empty());
    // Two entries, one stretch of bytes.
    ZipEntry shared = entry("second");
    shared.local_name = "a.xml";
    shared.offset = 0;
    CHECK_FALSE(refusal(with(shared)).empty());
    ZipEntry inner = entry("outer");
    inner.content = std::string(ZipBytes().add("inner", "x").str());
    ZipEntry overlapping = entry("inner", "x");
    overlapping.offset = static_cast<std::uint32_t>(30 + inner.name.size());
    CHECK(refused_with(ZipBytes().add(inner).add(overlapping).str(), "overlap"));
}

TEST_CASE("What is read together has a limit") {
    const std::string megabyte(1'000'000, 'x');
    const std::string bytes = ZipBytes().add("x", megabyte).str();
    ZipArchive archive(bytes, "P1.docx");
    for (int i = 0; i < 200; ++i) CHECK(archive.read("x").size() == megabyte.size());
    CHECK_THROWS_AS((void)archive.read("x"), Error);
}

TEST_CASE("Too many entries are refused") {
    ZipBytes many;
    for (std::size_t i = 0; i < ZipArchive::kEntriesMaximum; ++i) many.add(std::to_string(i), "");
    const std::string good = many.str();
    CHECK_NOTHROW(ZipArchive(good, "P1.docx"));
    const std::string bad = many.add("one more", "").str();
    CHECK_THROWS_AS(ZipArchive(bad, "P1.docx"), Error);
}

TEST_CASE("A file of another kind is named") {
    CHECK(refused_with("", "empty"));
    CHECK(refused_with("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "old Word file (.doc) or one protected by a password"));
    CHECK(refused_with("问：您好。", "does not begin as a zip archive"));
    const std::string good = ZipBytes().add("a", "x").str();
    CHECK(refused_with("junk" + good, "does not begin as a zip archive"));
    CHECK(refused_with(good + "junk", "directory is missing"));
    CHECK(refused_with(good + good, "something stands behind or before it"));
    CHECK(refused_with(ZipBytes().str(), "does not begin as a zip archive"));
    // An end record inside the comment of the true one.
    const std::string end = good.substr(good.size() - 22);
    CHECK(refused_with(ZipBytes().add("a", "x").str(end), "two directories"));
}

TEST_CASE("property: an archive that is cut off is refused at every length") {
    const std::string good = ZipBytes().add("a", "问：您好。").add("b/c", "答：好。").str("end");
    for (std::size_t size = 0; size < good.size(); ++size) {
        CAPTURE(size);
        CHECK_FALSE(refusal(good.substr(0, size)).empty());
    }
    CHECK(refusal(good).empty());
}

TEST_CASE("property: random damage is refused or changes no content") {
    const std::string good = ZipBytes().add("a", "问：您好。").add("b/c", std::string(300, 'x')).str();
    fangtan::testing::Random random(7);
    const std::size_t cases = fangtan::testing::cases(20'000);
    std::size_t accepted = 0;
    for (std::size_t i = 0; i < cases; ++i) {
        std::string bytes = good;
        for (std::size_t n = 1 + random.below(3); n > 0; --n) bytes[random.below(bytes.size())] = static_cast<char>(random.below(256));
        try {
            ZipArchive archive(bytes, "P1.docx");
            const std::string first = archive.read("a");
            const std::string second = archive.read("b/c");
            ++accepted;
            CHECK(archive.names() == std::vector<std::string>{"a", "b/c"});
            CHECK(first == "问：您好。");
            CHECK(second == std::string(300, 'x'));
        } catch (const Error&) {
        }
    }
    CHECK(accepted > 0);  // of times and the like
    CHECK(accepted < cases / 4);
}
