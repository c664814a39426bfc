// SPDX-License-Identifier: Apache-2.0
//
// How often the encoding of an unmarked snippet is guessed rightly: snippets
// of the sample interviews, Simplified ones in GB18030, Traditional ones in
// Big5. Every Big5 text is also valid GB18030, so trying one after the other
// would not do.
#include <doctest/doctest.h>
#include <iconv.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include "../../support/random.hpp"
#include "fangtan/base/file.hpp"
#include "fangtan/text/character.hpp"
#include "fangtan/text/decode.hpp"
#include "fangtan/text/utf8.hpp"

using namespace fangtan;
using testing::Random;

namespace {

// Empty if `text` has a character that the encoding lacks. Not by the library's converter.
std::string encoded(const std::string& text, const char* encoding) {
    const iconv_t converter = iconv_open(encoding, "UTF-8");
    REQUIRE(converter != reinterpret_cast<iconv_t>(-1));
    std::string in = text;
    std::string out(4 * text.size() + 4, '\0');
    char* source = in.data();
    char* target = out.data();
    std::size_t source_left = in.size();
    std::size_t target_left = out.size();
    const std::size_t result = iconv(converter, &source, &source_left, &target, &target_left);
    iconv_close(converter);
    if (result == static_cast<std::size_t>(-1)) return {};
    out.resize(out.size() - target_left);
    return out;
}

// The interviews of the sample whose names are given, one after the other.
std::u32string interviews(const std::vector<std::string>& names) {
    std::u32string all;
    for (const std::string& name : names) {
        const std::string path = std::string(FANGTAN_SOURCE_FOLDER) + "/samples/policing/interviews/" + name + ".txt";
        all += utf8::to_code_points(decode(read_file(path), path).text);
    }
    return all;
}

struct Rate {
    std::size_t right = 0;
    std::size_t all = 0;
    [[nodiscard]] double percent() const { return 100.0 * static_cast<double>(right) / static_cast<double>(all); }
};

// Snippets of `length` characters, all of them Han if `han_only`; others need one Han character.
Rate measure(const std::u32string& text, std::size_t length, bool han_only, const char* encoding, Encoding expected, std::size_t snippets) {
    Random random(length);
    Rate rate;
    for (std::size_t tries = 0; rate.all < snippets && tries < 60 * snippets; ++tries) {
        const std::u32string snippet = text.substr(random.below(text.size() - length), length);
        const auto han = static_cast<std::size_t>(std::count_if(snippet.begin(), snippet.end(), is_han));
        if (han_only ? han < length : han == 0) continue;
        const std::string bytes = encoded(utf8::from_code_points(snippet), encoding);
        if (bytes.empty()) continue;
        const DecodedText decoded = decode(bytes, "f.txt");
        ++rate.all;
        rate.right += decoded.encoding == expected ? 1 : 0;
        if (decoded.encoding == expected) REQUIRE(utf8::to_code_points(decoded.text).size() == snippet.size());
    }
    REQUIRE(rate.all == snippets);
    const std::string what = std::string(encoding) + ", " + std::to_string(length) + (han_only ? " Han characters: " : " characters: ");
    MESSAGE(what << rate.percent() << " %");
    return rate;
}

void check_rates(const std::u32string& text, const char* encoding, Encoding expected) {
    const std::size_t snippets = testing::cases(5'000);
    CHECK(measure(text, 4, true, encoding, expected, snippets).percent() >= 97.0);
    CHECK(measure(text, 4, false, encoding, expected, snippets).percent() >= 97.0);
    CHECK(measure(text, 10, false, encoding, expected, snippets).percent() >= 99.0);
    CHECK(measure(text, 30, false, encoding, expected, snippets).percent() >= 99.9);
    CHECK(measure(text, 100, false, encoding, expected, snippets).percent() == 100.0);
}

}  // namespace

TEST_CASE("Simplified snippets in GB18030 are recognised") {
    check_rates(interviews({"S1", "S2", "S3", "S4", "S5", "R2"}), "GB18030", Encoding::gb18030);
}

TEST_CASE("Traditional snippets in Big5 are recognised") {
    check_rates(interviews({"P5"}), "BIG5-HKSCS", Encoding::big5);
}

TEST_CASE("Cantonese snippets in Big5-HKSCS are recognised") {
    check_rates(interviews({"P1", "P2", "P3", "P4", "P6", "P7", "P8", "R1"}), "BIG5-HKSCS", Encoding::big5);
}
