// SPDX-License-Identifier: Apache-2.0
//
// What becomes of the bytes of a file, and word for word what is said of
// bytes that are no text.
#include "fangtan/text/decode.hpp"

#include <doctest/doctest.h>

#include <string>
#include <string_view>
#include <vector>

#include "../../support/random.hpp"
#include "fangtan/base/error.hpp"
#include "fangtan/text/utf8.hpp"

using namespace fangtan;
using namespace std::string_literals;
using testing::Random;

namespace {

// "place: sentence" of the error, or "" if there is none.
std::string error_of(const std::string& bytes, std::optional<Encoding> declared = std::nullopt) {
    try {
        (void)decode(bytes, "f.txt", declared);
        return {};
    } catch (const Error& error) {
        CHECK(error.kind() == ErrorKind::input);
        return error.place() + ": " + error.what();
    }
}

std::string utf16(std::string_view text, bool little, bool mark) {
    std::string bytes;
    const auto unit = [&](char32_t value) {
        const char low = static_cast<char>(value & 0xFF);
        const char high = static_cast<char>(value >> 8 & 0xFF);
        bytes += little ? low : high;
        bytes += little ? high : low;
    };
    if (mark) unit(0xFEFF);
    for (const char32_t c : utf8::to_code_points(text)) {
        if (c >= 0x10000) {
            unit(0xD800 + ((c - 0x10000) >> 10));
            unit(0xDC00 + ((c - 0x10000) & 0x3FF));
        } else {
            unit(c);
        }
    }
    return bytes;
}

const char* const kMark = "\xEF\xBB\xBF";

// What a message says after the place and the byte.
const char* const kDamaged = "the file is UTF-8 up to here and damaged, cut off or mixed with another encoding after it";
const char* const kNeither = "it is not GB18030 or Big5 either; name the encoding with --encoding";
const char* const kMarkedUtf8 = "the byte-order mark says UTF-8; the file is damaged";
const char* const kMarkedUtf16 = "the byte-order mark says UTF-16; the file is damaged or cut off";

}  // namespace

TEST_CASE("bytes that are text") {
    struct Case {
        std::string bytes;
        std::string text;
        Encoding encoding;
        bool guessed;
        std::optional<Encoding> declared = std::nullopt;
    };
    const std::vector<Case> cases = {
        {"", "", Encoding::utf8, false},
        {"社工\n", "社工\n", Encoding::utf8, false},
        {kMark, "", Encoding::utf8, false},
        {kMark + "社工"s, "社工", Encoding::utf8, false},
        // GB18030: two bytes, four bytes (㛹), four bytes outside plane 0 (𠀀)
        {"\xC9\xE7\xB9\xA4\xA3\xAC\xBE\xAF\xB2\xEC", "社工，警察", Encoding::gb18030, true},
        {"\xC9\xE7\x82\x30\xBC\x35\xB9\xA4", "社㛹工", Encoding::gb18030, true, std::nullopt},
        {"\x95\x32\x82\x36", "𠀀", Encoding::gb18030, false, Encoding::gb18030},
        // Big5, and characters that only Hong Kong's supplement has (嘅喺咗)
        {"\xA4\xBD\xA6\x40\xA4\x75\xA7\x40", "公共工作", Encoding::big5, true},
        {"\xA7\xDA\x9D\xF5\xAA\xC0\xA4\x75", "我嗰社工", Encoding::big5, false, Encoding::big5},
        {"\x9D\xEF\x9D\xF6\x9D\xF7", "嘅喺咗", Encoding::big5, false, Encoding::big5},
        // UTF-16 with a mark, and declared without one
        {utf16("社工😀\n", true, true), "社工😀\n", Encoding::utf16le, false},
        {utf16("社工😀\n", false, true), "社工😀\n", Encoding::utf16be, false},
        {utf16("社工😀\n", true, false), "社工😀\n", Encoding::utf16le, false, Encoding::utf16le},
        {utf16("社工😀\n", false, false), "社工😀\n", Encoding::utf16be, false, Encoding::utf16be},
        {utf16("", true, true), "", Encoding::utf16le, false},
        // A mark outweighs what was declared.
        {kMark + "社工"s, "社工", Encoding::utf8, false, Encoding::gb18030},
        {utf16("社工", true, true), "社工", Encoding::utf16le, false, Encoding::utf8},
        {"社工", "社工", Encoding::utf8, false, Encoding::utf8},
        // Bytes that are good UTF-8 and good GB18030 are what was declared (浣犲ソ is 你好 read wrongly).
        {"你好", "浣犲ソ", Encoding::gb18030, false, Encoding::gb18030},
        // Line ends: CRLF and CR become LF, a CR before CRLF is a line end of its own; nothing else changes.
        {"a\r\nb\rc\nd", "a\nb\nc\nd", Encoding::utf8, false},
        {"a\r\r\nb", "a\n\nb", Encoding::utf8, false},
        {"a\r", "a\n", Encoding::utf8, false},
        {"\r\n", "\n", Encoding::utf8, false},
        {"a\n\rb", "a\n\nb", Encoding::utf8, false},
        {"a\u0085b\u2028c\u2029d\v\fe\t", "a\u0085b\u2028c\u2029d\v\fe\t", Encoding::utf8, false},
        {"e\u0301\uFF21\u3000\u200B\uFE0F", "e\u0301\uFF21\u3000\u200B\uFE0F", Encoding::utf8, false},
        {utf16("甲\r\n乙\r丙", true, true), "甲\n乙\n丙", Encoding::utf16le, false},
        {"\xBC\xD7\r\n\xD2\xD2\xCE\xC4\xD7\xD6", "甲\n乙文字", Encoding::gb18030, true},
    };
    for (const Case& each : cases) {
        CAPTURE(each.text);
        REQUIRE(error_of(each.bytes, each.declared).empty());
        const DecodedText decoded = decode(each.bytes, "f.txt", each.declared);
        CHECK(decoded.text == each.text);
        CHECK(name_of(decoded.encoding) == name_of(each.encoding));
        CHECK(decoded.guessed == each.guessed);
        CHECK(decoded.warnings.empty());
    }
}

TEST_CASE("only the first byte-order mark is removed, and others are reported") {
    const DecodedText twice = decode(kMark + ""s + kMark + "社工", "f.txt");
    CHECK(twice.text == "\uFEFF社工");
    CHECK(twice.warnings == std::vector<std::string>{"holds a byte-order mark inside the text (line 1, column 1); it is kept"});
    const DecodedText inside = decode("社工\r\n甲"s + kMark + "乙", "f.txt");
    CHECK(inside.text == "社工\n甲\uFEFF乙");
    CHECK(inside.warnings == std::vector<std::string>{"holds a byte-order mark inside the text (line 2, column 2); it is kept"});
    const DecodedText wide = decode(utf16("\uFEFF社", false, true), "f.txt");
    CHECK(wide.text == "\uFEFF社");
    CHECK(wide.warnings.size() == 1);
}

TEST_CASE("private-use characters of an old encoding are reported") {
    const DecodedText decoded = decode("\xB1\xED\n\xAA\xA1", "f.txt", Encoding::gb18030);
    CHECK(decoded.text == "表\n\uE000");
    CHECK(decoded.warnings == std::vector<std::string>{"holds a private-use character (line 2, column 1); its meaning depends on the font"});
}

TEST_CASE("bytes that cannot be decoded: byte, line and column of the first") {
    struct Case {
        std::string bytes;
        std::string message;
        std::optional<Encoding> declared = std::nullopt;
    };
    const auto fault = [](const std::string& place, const std::string& byte, const std::string& encoding, const std::string& advice) {
        return "f.txt:" + place + ": byte " + byte + " cannot be decoded as " + encoding + "; " + advice;
    };
    const std::vector<Case> cases = {
        // UTF-8 for long, then not: a damaged file, never guessed at
        {"一二三四五六七八\n九十\xE7\xA4", fault("2:3", "31 (0xE7)", "UTF-8", kDamaged)},
        {"一二三四五六七八\n九\xFF十", fault("2:2", "28 (0xFF)", "UTF-8", kDamaged)},
        {"一二三四五六七八\r\n九\xFF十", fault("2:2", "29 (0xFF)", "UTF-8", kDamaged)},
        {"一二三四五六七八\r九\xFF十", fault("2:2", "28 (0xFF)", "UTF-8", kDamaged)},
        {"一二三四五六七八\xED\xA0\xBD\xED\xB8\x80", fault("1:9", "24 (0xED)", "UTF-8", kDamaged)},
        {"一二三四五六七八\n\xC9\xE7\xB9\xA4", fault("2:1", "25 (0xC9)", "UTF-8", kDamaged)},
        // neither UTF-8 nor anything else
        {"ab\xFF", fault("1:3", "2 (0xFF)", "UTF-8", kNeither)},
        {"\xC9\xE7\xB9", fault("1:1", "0 (0xC9)", "UTF-8", kNeither)},
        // a mark promises, the text does not keep it
        {kMark + "ab\n社\xE7"s, fault("2:2", "9 (0xE7)", "UTF-8", kMarkedUtf8)},
        {kMark + "ab\xFF"s, fault("1:3", "5 (0xFF)", "UTF-8", kMarkedUtf8)},
        {utf16("社工", true, true) + "a", fault("1:3", "6 (0x61)", "UTF-16LE", kMarkedUtf16)},
        {utf16("社工", false, true) + "a", fault("1:3", "6 (0x61)", "UTF-16BE", kMarkedUtf16)},
        {utf16("社\n工", true, true) + "\x3D\xD8" + utf16("甲", true, false), fault("2:2", "8 (0x3D)", "UTF-16LE", kMarkedUtf16)},
        {utf16("社", false, true) + "\xDE\x00"s + utf16("甲", false, false), fault("1:2", "4 (0xDE)", "UTF-16BE", kMarkedUtf16)},
        {utf16("社", true, true) + "\x00\xDE\x3D\xD8"s, fault("1:2", "4 (0x00)", "UTF-16LE", kMarkedUtf16)},
        // what was declared is not tried to be anything else
        {"ab\xFF", fault("1:3", "2 (0xFF)", "GB18030", "check --encoding"), Encoding::gb18030},
        {"\xC9\xE7\n\xB9", fault("2:1", "3 (0xB9)", "GB18030", "check --encoding"), Encoding::gb18030},
        {"\x95\x32\x82", fault("1:1", "0 (0x95)", "GB18030", "check --encoding"), Encoding::gb18030},
        {"\xA4\x75\xFF\x75", fault("1:2", "2 (0xFF)", "Big5-HKSCS", "check --encoding"), Encoding::big5},
        {"\xC9\xE7", fault("1:1", "0 (0xC9)", "UTF-8", "check --encoding"), Encoding::utf8},
    };
    for (const Case& each : cases) {
        CAPTURE(each.message);
        CHECK(error_of(each.bytes, each.declared) == each.message);
    }
}

TEST_CASE("UTF-8 is refused at the byte where it breaks, wherever that is") {
    static const std::vector<std::string> characters = {"社", "a", "\n", "é", "😀", "\r\n", "\r"};
    for (std::uint64_t seed = 1; seed <= testing::cases(2'000); ++seed) {
        Random random(seed);
        std::string before = random.chance(50) ? "一二三四五六七八" : kMark;
        const bool marked = before == kMark;
        std::uint32_t line = 1;
        std::uint32_t column = marked ? 1 : 9;
        std::string last;
        for (std::size_t n = random.below(20); n > 0; --n) {
            const std::string& next = random.pick(characters);
            before += next;
            const bool ends_line = next[0] == '\r' || (next == "\n" && last != "\r");
            if (ends_line) {
                ++line;
                column = 1;
            } else if (next != "\n") {
                ++column;
            }
            last = next;
        }
        const std::string message = error_of(before + "\xF8社工");
        CAPTURE(seed);
        REQUIRE(message.starts_with("f.txt:" + std::to_string(line) + ":" + std::to_string(column) + ": byte " + std::to_string(before.size()) + " (0xF8) cannot be decoded as UTF-8; "));
    }
}

TEST_CASE("files that are no text are refused by name") {
    struct Case {
        std::string bytes;
        std::string what;
    };
    const std::vector<Case> cases = {
        {"\x89PNG\r\n\x1A\n\0\0"s, "f.txt: is not plain text but a picture"},
        {"\xFF\xD8\xFF\xE0\0\x10JFIF"s, "f.txt: is not plain text but a picture"},
        {"GIF89a\1\0"s, "f.txt: is not plain text but a picture"},
        {"PK\x03\x04\x14\0\6\0"s, "f.txt: is not plain text but a zip container (.docx, .odt, .xlsx …); a Word file must be called .docx to be read as one"},
        {"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "f.txt: is not plain text but an old Word or Excel file; open it and save it as .docx (or: soffice --headless --convert-to docx FILE)"},
        {"%PDF-1.7\n", "f.txt: is not plain text but a PDF; it must be called .pdf to be read as one"},
        {"{\\rtf1\\ansi", "f.txt: is not plain text but a rich-text file (.rtf); open it and save it as .docx (or: soffice --headless --convert-to docx FILE)"},
        {"\x1F\x8B\x08", "f.txt: is not plain text but a compressed file; unpack it first"},
        {"ID3\x03", "f.txt: is not plain text but a sound file"},
        {"\xFF\xFE\0\0>y\0\0"s, "f.txt: is encoded in UTF-32; save it as UTF-8"},
        {"\0\0\xFE\xFF\0\0y>"s, "f.txt: is encoded in UTF-32; save it as UTF-8"},
    };
    for (const Case& each : cases) {
        CAPTURE(each.what);
        CHECK(error_of(each.bytes) == each.what);
        CHECK(error_of(each.bytes, Encoding::gb18030) == each.what);
    }
}

TEST_CASE("a NUL character is no text, wherever it stands") {
    const std::string rest = ": not plain text, damaged, or UTF-16 without a byte-order mark (then give --encoding UTF-16LE)";
    const auto nul = [&](const std::string& place, int byte) { return "f.txt:" + place + ": holds a NUL character (byte " + std::to_string(byte) + ")" + rest; };
    CHECK(error_of("ab\n社\0c"s) == nul("2:2", 6));
    CHECK(error_of("ab\r\n社\0c"s) == nul("2:2", 7));
    CHECK(error_of("ab\r社\0c"s) == nul("2:2", 6));
    CHECK(error_of(kMark + "ab\0"s) == nul("1:3", 5));
    CHECK(error_of("社工\0\0\0"s) == nul("1:3", 6));  // padding after a crash
    CHECK(error_of("\0"s) == nul("1:1", 0));
    CHECK(error_of(utf16("ab\n", true, false)) == nul("1:2", 1));
    CHECK(error_of("\xC9\xE7\0"s, Encoding::gb18030) == nul("1:2", 2));
    CHECK(error_of(utf16("社\n工\0甲"s, true, true)) == nul("2:2", 8));
    CHECK(error_of(utf16("社\n😀\0甲"s, false, false), Encoding::utf16be) == nul("2:2", 8));
    // UTF-16 without a mark is not taken for anything else.
    CHECK_FALSE(error_of(utf16("问：你好。\n答：好。\n", true, false)).empty());
    CHECK_FALSE(error_of(utf16("问：你好。\n答：好。\n", false, false)).empty());
}

TEST_CASE("a text comes back from every encoding") {
    static const std::vector<std::string> characters = {"社", "工", "，", "。", "a", "1", " ", "\n", "\u3000", "問", "ｂ", "😀"};
    for (std::uint64_t seed = 1; seed <= testing::cases(500); ++seed) {
        Random random(seed);
        std::string text;
        for (std::size_t n = random.below(5000); n > 0; --n) text += random.pick(characters);
        REQUIRE(decode(utf16(text, true, true), "f").text == text);
        REQUIRE(decode(utf16(text, false, true), "f").text == text);
        REQUIRE(decode(text, "f").text == text);
        REQUIRE(decode(kMark + text, "f").text == text);
    }
}

TEST_CASE("names of encodings") {
    CHECK(name_of(Encoding::utf8) == "UTF-8");
    CHECK(name_of(Encoding::gb18030) == "GB18030");
    CHECK(name_of(Encoding::big5) == "Big5-HKSCS");
    CHECK(name_of(Encoding::utf16le) == "UTF-16LE");
    CHECK(name_of(Encoding::utf16be) == "UTF-16BE");
    for (const Encoding encoding : {Encoding::utf8, Encoding::gb18030, Encoding::big5, Encoding::utf16le, Encoding::utf16be}) {
        CHECK(encoding_of(name_of(encoding)) == encoding);
    }
    for (const char* name : {"gbk", "GBK", "gb2312", "GB-2312", "cp936", "GB_18030"}) CHECK(encoding_of(name) == Encoding::gb18030);
    for (const char* name : {"big5", "BIG5-HKSCS", "cp950", "Big-5"}) CHECK(encoding_of(name) == Encoding::big5);
    for (const char* name : {"utf8", "UTF-8", "utf_8"}) CHECK(encoding_of(name) == Encoding::utf8);
    CHECK(encoding_of("utf-16") == Encoding::utf16le);
    for (const char* name : {"", "latin1", "utf-7", "utf-32", "shift_jis"}) CHECK_FALSE(encoding_of(name).has_value());
}
