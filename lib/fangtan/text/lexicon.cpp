// SPDX-License-Identifier: Apache-2.0
#include "fangtan/text/lexicon.hpp"

#include <unicode/ucharstrie.h>
#include <unicode/udata.h>
#include <unicode/unistr.h>

#include <array>
#include <charconv>
#include <cmath>
#include <filesystem>
#include <system_error>
#include <vector>

#include "fangtan/base/error.hpp"
#include "fangtan/base/file.hpp"
#include "fangtan/base/sha256.hpp"
#include "fangtan/text/fold.hpp"
#include "fangtan/text/utf8.hpp"
#include "fangtan/text/word_lists.hpp"

namespace fangtan {
namespace {

struct Entry {
    std::u32string word;
    double frequency = 0;
    char tag = 0;
};

bool is_one_of(char32_t c, std::u32string_view set) { return set.find(c) != std::u32string_view::npos; }

// What single characters are, as far as deciding about two-character entries needs it.
class Characters {
 public:
    explicit Characters(const std::vector<Entry>& entries) {
        for (const Entry& entry : entries) {
            if (entry.word.size() != 1 || entry.word[0] >= 0x10000) continue;
            verb_[entry.word[0]] = verb_[entry.word[0]] || (entry.tag == 'v' && entry.frequency >= kCommon);
            measure_[entry.word[0]] = measure_[entry.word[0]] || entry.tag == 'q' || entry.tag == 'm';
        }
    }
    [[nodiscard]] bool is_common_verb(char32_t c) const { return c < 0x10000 && verb_[c]; }
    [[nodiscard]] bool is_measure(char32_t c) const { return c < 0x10000 && (measure_[c] || is_one_of(c, U"个些种次位条件天年点")); }

 private:
    static constexpr double kCommon = 1000;
    std::vector<bool> verb_ = std::vector<bool>(0x10000);
    std::vector<bool> measure_ = std::vector<bool>(0x10000);
};

bool is_two_words(const Entry& entry, const Characters& characters) {
    if (entry.word.size() != 2) return false;
    const char32_t first = entry.word[0];
    const char32_t second = entry.word[1];
    if (entry.tag == 'm') return is_one_of(first, word_lists::numerals()) || is_one_of(first, U"这那哪每各几");
    if (entry.tag == 'r') return is_one_of(first, U"这那哪每各") && characters.is_measure(second);
    return is_one_of(first, U"不就也还都很最") && characters.is_common_verb(second);
}

std::vector<Entry> entries_of(std::string_view text, const std::string& path) {
    std::vector<Entry> entries;
    std::size_t line_number = 0;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        std::string_view line = text.substr(at, end - at);
        at = end + 1;
        ++line_number;
        if (line.ends_with('\r')) line.remove_suffix(1);
        if (line.empty()) continue;
        const std::size_t word_end = line.find(' ');
        Entry entry;
        const char* numbers = line.data() + std::min(word_end + 1, line.size());
        const auto number = word_end == std::string_view::npos || word_end == 0 ? std::from_chars_result{nullptr, std::errc::invalid_argument}
                                                                                : std::from_chars(numbers, line.data() + line.size(), entry.frequency);
        if (number.ec != std::errc()) throw Error(ErrorKind::input, path + ":" + std::to_string(line_number), "expected a word, its frequency and its part of speech, as in jieba's dict.txt");
        entry.word = utf8::to_code_points(fold(line.substr(0, word_end)));
        const std::size_t rest = static_cast<std::size_t>(number.ptr - line.data());
        if (rest + 1 < line.size()) entry.tag = line[rest + 1];
        entries.push_back(std::move(entry));
    }
    return entries;
}

}  // namespace

std::optional<std::string> find_jieba_dictionary() {
    static constexpr std::array kPlaces = {"/usr/lib/python3/dist-packages/jieba/dict.txt", "/usr/local/lib/python3/dist-packages/jieba/dict.txt", "/usr/share/jieba/dict.txt",
                                           "/usr/share/cppjieba/dict/jieba.dict.utf8"};
    for (const char* place : kPlaces) {
        std::error_code none;
        if (std::filesystem::is_regular_file(place, none)) return place;
    }
    return std::nullopt;
}

Lexicon read_jieba_dictionary(const std::string& path) {
    const std::string text = read_file(path);
    if (const auto fault = utf8::first_fault(text)) throw Error(ErrorKind::input, path, "is not UTF-8 at byte " + std::to_string(*fault));
    const std::vector<Entry> entries = entries_of(text, path);
    double total = 0;
    for (const Entry& entry : entries) total += entry.frequency;
    if (total <= 0) throw Error(ErrorKind::input, path, "holds no words");
    const Characters characters(entries);
    Lexicon lexicon;
    for (const Entry& entry : entries) {
        if (is_two_words(entry, characters)) continue;
        lexicon.words.add(entry.word, static_cast<float>(std::log10(std::max(entry.frequency, 1.0) / total)));
    }
    lexicon.unknown = static_cast<float>(std::log10(1.0 / total)) - 1;
    lexicon.sha256 = sha256_hex(text);
    return lexicon;
}

Lexicon read_icu_dictionary() {
    // The layout of ICU's dictionaries: eight 32-bit numbers, the first of which says where the trie begins.
    constexpr int32_t kTrieOffset = 0;
    constexpr int32_t kTotalSize = 3;
    constexpr double kCostOfTenfold = 23.0;  // its costs are ten times natural logarithms
    UErrorCode status = U_ZERO_ERROR;
    UDataMemory* data = udata_open(U_ICUDATA_NAME "-brkitr", "dict", "cjdict", &status);
    if (U_FAILURE(status)) throw Error(ErrorKind::input, "ICU", std::string("has no Chinese dictionary: ") + u_errorName(status));
    const auto* indexes = static_cast<const int32_t*>(udata_getMemory(data));
    const auto* bytes = reinterpret_cast<const char*>(indexes);
    Lexicon lexicon;
    float rarest = 0;
    icu::UCharsTrie::Iterator iterator(reinterpret_cast<const char16_t*>(bytes + indexes[kTrieOffset]), 0, status);
    while (U_SUCCESS(status) && iterator.next(status)) {
        std::string word;
        iterator.getString().toUTF8String(word);
        const auto value = static_cast<float>(-iterator.getValue() / kCostOfTenfold);
        lexicon.words.add(utf8::to_code_points(fold(word)), value);
        rarest = std::min(rarest, value);
    }
    lexicon.unknown = rarest - 1;
    lexicon.sha256 = sha256_hex(std::string_view(bytes, static_cast<std::size_t>(indexes[kTotalSize])));
    udata_close(data);
    if (U_FAILURE(status) || lexicon.words.empty()) throw Error(ErrorKind::input, "ICU", "its Chinese dictionary cannot be read");
    return lexicon;
}

}  // namespace fangtan
