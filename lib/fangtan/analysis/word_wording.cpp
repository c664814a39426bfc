// SPDX-License-Identifier: Apache-2.0
#include "fangtan/analysis/word_wording.hpp"

namespace fangtan::analysis {
namespace {

constexpr WordWording kSimplified = {"词频表", "关键词表", "搭配词表", "词", "词串", "词频（次）", "每万词", "材料来源（份）", "材料来源百分比（%）",
                                     "编码簿", "是", "否", "本组", "其余", "对其余", "G²", "对数比", "共现（次）", "期望值", "左", "右"};

constexpr WordWording kTraditional = {"詞頻表", "關鍵詞表", "搭配詞表", "詞", "詞串", "詞頻（次）", "每萬詞", "資料來源（份）", "資料來源百分比（%）",
                                      "編碼簿", "是", "否", "本組", "其餘", "對其餘", "G²", "對數比", "共現（次）", "期望值", "左", "右"};

constexpr WordWording kEnglish = {"Word frequencies", "Keywords", "Collocates", "Word", "Sequence", "Frequency", "Per 10,000", "Documents", "Documents %",
                                  "Codebook", "yes", "no", "Group: ", "Rest: ", " against the rest", "G²", "Log ratio", "Together", "Expected", "Left", "Right"};

const char* pick(Language language, const char* simplified, const char* traditional, const char* english) {
    return language == Language::zh_hans ? simplified : language == Language::zh_hant ? traditional : english;
}

// Notes are sentences with numbers in them: each % takes the next.
template <class... Parts>
std::string filled(const char* sentence, const Parts&... parts) {
    const std::string values[] = {parts..., std::string()};
    std::size_t next = 0;
    std::string text;
    for (const char* c = sentence; *c != '\0'; ++c) {
        if (*c == '%') {
            text += values[next++];
        } else {
            text += *c;
        }
    }
    return text;
}

std::string number(std::uint64_t value) { return std::to_string(value); }

// As many digits as tell two files apart; the whole is in no table.
std::string short_sum(const std::string& sha256) { return sha256.substr(0, 12); }

}  // namespace

const WordWording& word_wording(Language language) {
    switch (language) {
        case Language::zh_hans: return kSimplified;
        case Language::zh_hant: return kTraditional;
        case Language::english: break;
    }
    return kEnglish;
}

std::string segmenter_note(Language language, const SegmenterIdentity& identity) {
    std::string text(name_of(identity.kind));
    if (!identity.data.empty()) text += " " + identity.data;
    if (!identity.data_sha256.empty()) text += " " + short_sum(identity.data_sha256);
    if (!identity.terms_sha256.empty()) text += pick(language, "；自定词 ", "；自訂詞 ", "; own terms ") + short_sum(identity.terms_sha256);
    return filled(pick(language, "分词：%。", "分詞：%。", "Segmentation: %."), text);
}

std::string tokens_note(Language language, std::uint64_t tokens, std::uint64_t documents, std::uint64_t participants, bool numbers) {
    const char* const with = pick(language, "停用词、数字在内，标点不计", "停用詞、數字在內，標點不計", "stop words and numbers included, punctuation not");
    const char* const without = pick(language, "停用词在内，数字、标点不计", "停用詞在內，數字、標點不計", "stop words included, numbers and punctuation not");
    return filled(pick(language, "基数：全部词 % 个（%）；材料 % 份，受访者 % 人。", "基數：全部詞 % 個（%）；資料 % 份，受訪者 % 人。",
                       "Base: all % tokens (%); documents: %, participants: %."),
                  number(tokens), std::string(numbers ? with : without), number(documents), number(participants));
}

std::string sequence_note(Language language, std::uint32_t length) {
    return filled(pick(language, "词串为同一话轮内相邻的 % 个词，不跨标点；首尾为停用词者不列；每万词仍以词计。",
                       "詞串為同一話輪內相鄰的 % 個詞，不跨標點；首尾為停用詞者不列；每萬詞仍以詞計。",
                       "A sequence is % adjacent words of one turn with no mark between them; those that begin or end with a stop word are left out. "
                       "Relative frequencies refer to tokens."),
                  number(length));
}

std::string stop_words_note(Language language, std::size_t words, std::size_t own, const std::string& sha256) {
    if (words == 0) return pick(language, "未用停用词表。", "未用停用詞表。", "No stop list.");
    return filled(pick(language, "停用词表 % 个词，其中自定 % 个（%）；停用词不列出，但计入基数。", "停用詞表 % 個詞，其中自訂 % 個（%）；停用詞不列出，但計入基數。",
                       "Stop list of % words, % of them added (%): they are not listed, but count in the base."),
                  number(words), number(own), short_sum(sha256));
}

std::string column_tokens_note(Language language, const std::string& list) {
    return filled(pick(language, "各列词数：%。", "各欄詞數：%。", "Tokens of the columns: %."), list);
}

std::string nobody_tokens_note(Language language, std::uint64_t tokens) {
    return filled(pick(language, "% 个词没有归属，列于最后一列。", "% 個詞沒有歸屬，列於最後一欄。", "% tokens belong to nobody; they stand in the last column."), number(tokens));
}

std::string one_character_note(Language language) {
    return pick(language, "单个汉字的词不列出，但计入基数（--minimum-length 1 列出）。", "單個漢字的詞不列出，但計入基數（--minimum-length 1 列出）。",
                "Words of one Chinese character are not listed, but count in the base (--minimum-length 1 lists them).");
}

std::string dispersion_note(Language language, std::uint64_t parts, bool documents) {
    if (documents) {
        return filled(pick(language, "分布（D：Juilland；DP：Gries）按 % 份材料计算。", "分佈（D：Juilland；DP：Gries）按 % 份資料計算。",
                           "Dispersion (D: Juilland; DP: Gries) over % documents."),
                      number(parts));
    }
    return filled(pick(language, "分布（D：Juilland；DP：Gries）按 % 列计算。", "分佈（D：Juilland；DP：Gries）按 % 欄計算。", "Dispersion (D: Juilland; DP: Gries) over % columns."), number(parts));
}

std::string keyness_note(Language language, std::uint64_t group_tokens, std::uint64_t rest_tokens) {
    return filled(pick(language, "本组词数 %，其余词数 %。G² 取四格形式（Dunning 1993），带方向：正为本组多用，负为少用；p 为自由度 1 的 χ² 概率。",
                       "本組詞數 %，其餘詞數 %。G² 取四格形式（Dunning 1993），帶方向：正為本組多用，負為少用；p 為自由度 1 的 χ² 機率。",
                       "Tokens of the group: %, of the rest: %. G² in its four-cell form (Dunning 1993), signed: above 0 the group uses the word more, below 0 less; "
                       "p of χ² with 1 degree of freedom."),
                  number(group_tokens), number(rest_tokens));
}

std::string keyness_size_note(Language language) {
    // No placeholder: the percent sign of %DIFF stays.
    return pick(language, "对数比见 Hardie（2014），%DIFF 见 Gabrielatos 与 Marchi（2011），BIC 取两格 G²（Wilson 2013）；一方词频为 0 而无定义者留空。",
                "對數比見 Hardie（2014），%DIFF 見 Gabrielatos 與 Marchi（2011），BIC 取兩格 G²（Wilson 2013）；一方詞頻為 0 而無定義者留空。",
                "Log ratio: Hardie (2014); %DIFF: Gabrielatos & Marchi (2011); BIC on the two-cell G²: Wilson (2013). A cell is empty where a frequency of 0 leaves it undefined.");
}

std::string window_note(Language language, const std::string& node, std::uint64_t occurrences, std::uint32_t window, std::uint64_t window_tokens) {
    return filled(pick(language, "“%”出现 % 次；窗口为同一话轮内左右各 % 个词，共 % 个词，重叠处只计一次。", "「%」出現 % 次；窗口為同一話輪內左右各 % 個詞，共 % 個詞，重疊處只計一次。",
                       "Occurrences of %: %; the windows reach % to either side within the turn and hold % tokens, each counted once where windows overlap."),
                  node, number(occurrences), number(window), number(window_tokens));
}

std::string collocation_note(Language language) {
    return pick(language, "G² 取四格形式（Dunning 1993；Evert 2008），负号表示共现少于期望；MI = log2(共现/期望)；logDice 见 Rychlý（2008）。",
                "G² 取四格形式（Dunning 1993；Evert 2008），負號表示共現少於期望；MI = log2(共現/期望)；logDice 見 Rychlý（2008）。",
                "G² in its four-cell form (Dunning 1993; Evert 2008), below 0 where a word is nearer less often than expected; MI = log2(together/expected); logDice: Rychlý (2008).");
}

}  // namespace fangtan::analysis
