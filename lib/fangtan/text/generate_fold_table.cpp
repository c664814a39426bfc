// SPDX-License-Identifier: Apache-2.0
//
// Build tool: writes the tables of fold_table.hpp.
//
//   generate_fold_table OUTPUT TSCharacters STCharacters STPhrases TWVariants HKVariants TWVariantsRev HKVariantsRev
//
// The dictionaries are OpenCC's, dumped as text: "key TAB value [blank value]…". A character's folded
// form is found in three steps, repeated until nothing changes: case and width (ICU), Traditional to
// Simplified (the first value of TSCharacters), regional variant to its standard form. A variant rule is
// skipped when its key is itself what some Traditional character simplifies to (抬, 灶): for readers of
// Simplified text it is the plain form. Afterwards every pair that a conversion from Simplified may
// produce (STCharacters, all values; STPhrases, position by position; the variants) is joined, so that a
// text and its conversion always fold alike.
#include <openssl/sha.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/ucnv.h>
#include <unicode/unistr.h>

#include <cstdio>
#include <fstream>
#include <iostream>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

namespace {

using Pairs = std::vector<std::pair<std::u32string, std::vector<std::u32string>>>;

std::u32string code_points(const std::string& utf8) {
    std::u32string result;
    const icu::UnicodeString text = icu::UnicodeString::fromUTF8(utf8);
    for (int32_t i = 0; i < text.length(); i = text.moveIndex32(i, 1)) {
        result += static_cast<char32_t>(text.char32At(i));
    }
    return result;
}

Pairs read_dictionary(const char* path) {
    std::ifstream file(path);
    Pairs pairs;
    std::string line;
    while (std::getline(file, line)) {
        const std::size_t tab = line.find('\t');
        if (tab == std::string::npos) continue;
        std::vector<std::u32string> values;
        std::istringstream rest(line.substr(tab + 1));
        for (std::string value; rest >> value;) values.push_back(code_points(value));
        pairs.emplace_back(code_points(line.substr(0, tab)), std::move(values));
    }
    if (pairs.empty()) {
        std::cerr << "generate_fold_table: " << path << " is missing or empty\n";
        std::exit(1);
    }
    return pairs;
}

// Character variants that no dictionary of OpenCC's joins but that people type in transcripts.
const std::map<char32_t, char32_t>& own_pairs() {
    static const std::map<char32_t, char32_t> pairs = {
        {U'峯', U'峰'}, {U'卽', U'即'}, {U'瞭', U'了'}, {U'妳', U'你'}, {U'祂', U'他'}, {U'羣', U'群'}, {U'裡', U'里'},
        {U'臺', U'台'}, {U'週', U'周'}, {U'喫', U'吃'}, {U'牀', U'床'}, {U'綫', U'线'}, {U'戸', U'户'},
        {U'眞', U'真'}, {U'爲', U'为'}, {U'説', U'说'}, {U'溫', U'温'}, {U'敎', U'教'},
        {U'淸', U'清'}, {U'靑', U'青'}, {U'産', U'产'}, {U'麽', U'么'}, {U'衆', U'众'}, {U'啓', U'启'},
        {U'鉤', U'钩'}, {U'鈎', U'钩'}, {U'恆', U'恒'}, {U'脫', U'脱'}, {U'吿', U'告'}, {U'廻', U'回'}, {U'囘', U'回'}, {U'痳', U'麻'},
        {U'諮', U'咨'}, {U'夥', U'伙'}, {U'裏', U'里'}, {U'著', U'着'}, {U'覆', U'复'}, {U'徧', U'遍'}, {U'託', U'托'}, {U'砲', U'炮'}, {U'幺', U'么'},
    };
    return pairs;
}

// OpenCC's phrases also change words (呆在家里 to 待在家裏, 坐标 to 座標). Their characters are no variants: a rule that
// looks for 呆 must not find 接待.
bool are_other_words(char32_t a, char32_t b) {
    static const std::set<std::pair<char32_t, char32_t>> pairs = {{U'呆', U'待'}, {U'坐', U'座'}, {U'具', U'俱'}, {U'庇', U'蔽'}};
    return pairs.contains({a, b}) || pairs.contains({b, a});
}

class Folding {
 public:
    void add(char32_t from, char32_t to) {
        if (from != to) map_.emplace(from, to);
    }
    // Makes both, and all that folds as they do, fold to one character: the plainer of the two, else `to`'s.
    void join(char32_t from, char32_t to) {
        char32_t root = resolve(from);
        char32_t target = resolve(to);
        if (root == target) return;
        if (rarity(root) < rarity(target)) std::swap(root, target);
        map_[root] = target;
    }
    [[nodiscard]] char32_t resolve(char32_t c) const {
        for (int steps = 0; steps < 16; ++steps) {
            const auto next = map_.find(c);
            if (next == map_.end()) return c;
            c = next->second;
        }
        std::cerr << "generate_fold_table: a cycle at U+" << std::hex << static_cast<unsigned>(c) << '\n';
        std::exit(1);
    }
    [[nodiscard]] std::map<char32_t, char32_t> closed() const {
        std::map<char32_t, char32_t> result;
        for (const auto& entry : map_) {
            const char32_t to = resolve(entry.first);
            if (to != entry.first) result[entry.first] = to;
        }
        return result;
    }

 private:
    // The folded form is what regular expressions are matched on, so it should be the character people type:
    // one of GB 2312's before any other, plane 0 before the rest.
    static int rarity(char32_t c) {
        static UErrorCode status = U_ZERO_ERROR;
        static UConverter* const gb2312 = [] {
            UConverter* converter = ucnv_open("GB2312", &status);
            ucnv_setFromUCallBack(converter, UCNV_FROM_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &status);
            return converter;
        }();
        const icu::UnicodeString text(static_cast<UChar32>(c));
        char bytes[8];
        UErrorCode conversion = U_ZERO_ERROR;
        ucnv_fromUChars(gb2312, bytes, sizeof bytes, text.getBuffer(), text.length(), &conversion);
        return U_SUCCESS(conversion) ? 0 : c < 0x10000 ? 1 : 2;
    }

    std::map<char32_t, char32_t> map_;
};

bool is_assigned(UChar32 c) { return u_charType(c) != U_UNASSIGNED && u_charType(c) != U_SURROGATE; }

void add_case_and_width(Folding& folding, const icu::Normalizer2& nfkc) {
    for (UChar32 c = 0x41; c <= 0x2FFFF; ++c) {
        if (!is_assigned(c)) continue;
        UChar32 to = c;
        const bool width = (c >= 0xFF01 && c <= 0xFFEE) || c == 0x3000;
        const bool compatibility = (c >= 0xF900 && c <= 0xFAFF) || (c >= 0x2F800 && c <= 0x2FA1F) ||
                                   (c >= 0x2E80 && c <= 0x2FD5);
        if (width || compatibility) {
            icu::UnicodeString decomposition;
            UErrorCode status = U_ZERO_ERROR;
            nfkc.normalize(icu::UnicodeString(c), decomposition, status);
            if (decomposition.countChar32() == 1) to = decomposition.char32At(0);
        }
        to = u_foldCase(to, U_FOLD_CASE_DEFAULT);
        folding.add(static_cast<char32_t>(c), static_cast<char32_t>(to));
    }
}

std::vector<std::pair<char32_t, std::string>> find_ligatures(const Folding& folding, const icu::Normalizer2& nfkc_casefold) {
    std::vector<std::pair<char32_t, std::string>> found;
    for (UChar32 c = 0xDF; c <= 0xFFFF; ++c) {
        if (!is_assigned(c) || (c >= 0xAC00 && c <= 0xD7A3)) continue;
        icu::UnicodeString expanded;
        UErrorCode status = U_ZERO_ERROR;
        nfkc_casefold.normalize(icu::UnicodeString(c), expanded, status);
        if (expanded.countChar32() < 2 || expanded.countChar32() > 6) continue;
        bool plain = true;
        icu::UnicodeString folded;
        for (int32_t i = 0; i < expanded.length(); i = expanded.moveIndex32(i, 1)) {
            const UChar32 part = expanded.char32At(i);
            plain = plain && u_isalnum(part) != 0 && u_getCombiningClass(part) == 0;
            folded.append(static_cast<UChar32>(folding.resolve(static_cast<char32_t>(part))));
        }
        if (!plain) continue;
        std::string utf8;
        folded.toUTF8String(utf8);
        found.emplace_back(static_cast<char32_t>(c), utf8);
    }
    return found;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 9) {
        std::cerr << "usage: generate_fold_table OUTPUT TSCharacters STCharacters STPhrases TWVariants HKVariants "
                     "TWVariantsRev HKVariantsRev\n";
        return 1;
    }
    UErrorCode status = U_ZERO_ERROR;
    const icu::Normalizer2* nfkc = icu::Normalizer2::getNFKCInstance(status);
    const icu::Normalizer2* nfkc_casefold = icu::Normalizer2::getNFKCCasefoldInstance(status);
    if (U_FAILURE(status)) {
        std::cerr << "generate_fold_table: ICU's normalization data is missing\n";
        return 1;
    }
    Folding folding;
    add_case_and_width(folding, *nfkc);

    std::set<char32_t> simplified;
    for (const auto& [key, values] : read_dictionary(argv[2])) {
        if (key.size() != 1 || values.front().size() != 1) continue;
        folding.add(key[0], values.front()[0]);
        if (key[0] != values.front()[0]) simplified.insert(values.front()[0]);
    }
    for (const int i : {7, 8}) {
        for (const auto& [key, values] : read_dictionary(argv[i])) {
            if (key.size() == 1 && values.front().size() == 1 && !simplified.contains(key[0])) {
                folding.join(key[0], values.front()[0]);
            }
        }
    }
    for (const auto& [from, to] : own_pairs()) folding.join(from, to);
    for (const auto& [key, values] : read_dictionary(argv[3])) {
        for (const auto& value : values) {
            if (key.size() == 1 && value.size() == 1) folding.join(value[0], key[0]);
        }
    }
    for (const auto& [key, values] : read_dictionary(argv[4])) {
        for (const auto& value : values) {
            if (key.size() != value.size()) continue;
            for (std::size_t i = 0; i < key.size(); ++i) {
                if (!are_other_words(value[i], key[i])) folding.join(value[i], key[i]);
            }
        }
    }
    for (const int i : {5, 6}) {
        for (const auto& [key, values] : read_dictionary(argv[i])) {
            if (key.size() == 1 && values.front().size() == 1 && !simplified.contains(values.front()[0])) {
                folding.join(values.front()[0], key[0]);
            }
        }
    }

    std::string body;
    char buffer[64];
    std::size_t pairs = 0;
    for (const auto& [from, to] : folding.closed()) {
        std::snprintf(buffer, sizeof buffer, "    {0x%X, 0x%X},\n", static_cast<unsigned>(from), static_cast<unsigned>(to));
        body += buffer;
        ++pairs;
    }
    body += "};\nconst std::size_t kFoldPairCount = " + std::to_string(pairs) + ";\nconst Ligature kLigatures[] = {\n";
    const auto ligatures = find_ligatures(folding, *nfkc_casefold);
    for (const auto& [from, to] : ligatures) {
        std::snprintf(buffer, sizeof buffer, "    {0x%X, \"", static_cast<unsigned>(from));
        body += buffer + to + "\"},\n";
    }
    body += "};\nconst std::size_t kLigatureCount = " + std::to_string(ligatures.size()) + ";\n";

    unsigned char digest[SHA256_DIGEST_LENGTH];
    SHA256(reinterpret_cast<const unsigned char*>(body.data()), body.size(), digest);
    std::string hex;
    for (const unsigned char byte : digest) {
        std::snprintf(buffer, sizeof buffer, "%02x", byte);
        hex += buffer;
    }
    std::ofstream out(argv[1]);
    out << "// Generated by generate_fold_table; do not edit.\n#include \"fangtan/text/fold_table.hpp\"\n\n"
        << "namespace fangtan::generated {\nconst FoldPair kFoldPairs[] = {\n"
        << body << "const char* const kFoldTableSha256 = \"" << hex << "\";\n}  // namespace fangtan::generated\n";
    out.close();
    return out ? 0 : 1;
}
