// SPDX-License-Identifier: Apache-2.0
#include "fangtan/text/segmenter.hpp"

#include <algorithm>
#include <mutex>
#include <set>

#include "fangtan/base/error.hpp"
#include "fangtan/base/file.hpp"
#include "fangtan/base/huge_pages.hpp"
#include "fangtan/base/sha256.hpp"
#include "fangtan/text/character.hpp"
#include "fangtan/text/fold.hpp"
#include "fangtan/text/language_model.hpp"
#include "fangtan/text/lexicon.hpp"
#include "fangtan/text/utf8.hpp"
#include "fangtan/text/word_lattice.hpp"
#include "fangtan/text/word_lists.hpp"
#include "fangtan/text/word_trie.hpp"

namespace fangtan {
namespace {

enum class Class : std::uint8_t { white, ignorable, mark, letter, digit, han, numeral, kana };

Class class_of(char32_t c) {
    if (c >= 0x4E00 && c <= 0x9FFF) return Class::han;
    if (is_white_space(c)) return Class::white;
    if (is_ignorable(c)) return Class::ignorable;
    if (is_word_character(c)) return is_decimal_digit(c) ? Class::digit : Class::letter;
    if (is_han(c)) return (c >= 0x3041 && c <= 0x30FF) || (c >= 0x31F0 && c <= 0x31FF) || (c >= 0xAC00 && c <= 0xD7A3) ? Class::kana : Class::han;
    return Class::mark;
}

// Folded character and class of every character of plane 0, packed, since every character of a text asks.
class CharacterTable {
 public:
    CharacterTable() : entries_(0x10000) {
        for (char32_t c = 0; c < entries_.size(); ++c) entries_[c] = c | static_cast<std::uint32_t>(class_of(c)) << kBits;
        for (const char32_t c : word_lists::numerals()) entries_[c] = c | static_cast<std::uint32_t>(Class::numeral) << kBits;
        for (const FoldPair& pair : fold_pairs()) {
            if (pair.from >= entries_.size()) continue;
            entries_[pair.from] = pair.to < entries_.size() ? entries_[pair.to] : pair.to | static_cast<std::uint32_t>(class_of(pair.to)) << kBits;
        }
    }
    // `c` is of plane 0.
    [[nodiscard]] char32_t folded(char32_t c) const { return entries_[c] & ((1U << kBits) - 1); }
    [[nodiscard]] Class kind(char32_t c) const { return static_cast<Class>(entries_[c] >> kBits); }

 private:
    static constexpr unsigned kBits = 21;
    std::vector<std::uint32_t, HugePageAllocator<std::uint32_t>> entries_;
};

const CharacterTable& characters() {
    static const CharacterTable table;
    return table;
}

// Terms as the trie holds them: folded, white space of any length as one blank, nothing ignorable.
std::u32string normal_term(std::string_view term) {
    std::u32string normal;
    for (const char32_t c : utf8::to_code_points(fold(term))) {
        if (is_ignorable(c)) continue;
        if (!is_white_space(c)) {
            normal += c;
        } else if (!normal.empty() && normal.back() != U' ') {
            normal += U' ';
        }
    }
    while (!normal.empty() && normal.back() == U' ') normal.pop_back();
    return normal;
}

// As a sorted set, so that neither order nor repetition matters to the hash.
std::set<std::u32string> normal_terms(const std::vector<std::string>& terms) {
    std::set<std::u32string> normal;
    for (const std::string& term : terms) normal.insert(normal_term(term));
    normal.erase(std::u32string());
    return normal;
}

std::string hash_of(const std::set<std::u32string>& hard, const std::set<std::u32string>& soft) {
    if (hard.empty() && soft.empty()) return {};
    std::string list;
    for (const std::u32string& term : hard) list += utf8::from_code_points(term) + "\n";
    list += "\n";
    for (const std::u32string& term : soft) list += utf8::from_code_points(term) + "\n";
    return sha256_hex(list);
}

WordTrie trie_of(const std::set<std::u32string>& terms) {
    WordTrie trie;
    for (const std::u32string& term : terms) trie.add(term, 0);
    return trie;
}

const WordTrie& mixed_trie() {
    static const WordTrie trie = [] {
        WordTrie words;
        for (const std::u32string& word : word_lists::mixed_words()) words.add(word, 0);
        return words;
    }();
    return trie;
}

}  // namespace

namespace {

// What is read from disk; several segmenters may share it.
struct SegmenterData {
    std::optional<LanguageModel> model;
    std::optional<Lexicon> lexicon;
    std::string model_path;
    SegmenterIdentity identity;  // without terms; of a model without its hash
    mutable std::once_flag hashed;
    mutable std::string model_sha256;

    const std::string& sha256() const {
        if (!model) return identity.data_sha256;
        std::call_once(hashed, [this] { model_sha256 = sha256_hex(read_file(model_path)); });
        return model_sha256;
    }
};

}  // namespace

struct Segmenter::Parts {
    std::shared_ptr<const SegmenterData> data;
    WordTrie hard;
    WordTrie soft;
    mutable SegmenterIdentity identity;
    mutable std::once_flag hashed;
};

std::string_view name_of(SegmenterKind kind) {
    switch (kind) {
        case SegmenterKind::libime: return "libime";
        case SegmenterKind::jieba: return "jieba";
        case SegmenterKind::icu: break;
    }
    return "icu";
}

bool Segmenter::is_installed(SegmenterKind kind) {
    switch (kind) {
        case SegmenterKind::libime: return LanguageModel::find().has_value();
        case SegmenterKind::jieba: return find_jieba_dictionary().has_value();
        case SegmenterKind::icu: break;
    }
    return true;
}

Segmenter Segmenter::open(const SegmenterOptions& options) {
    const SegmenterKind kind = options.kind                                ? *options.kind
                               : is_installed(SegmenterKind::libime) ? SegmenterKind::libime
                               : is_installed(SegmenterKind::jieba)  ? SegmenterKind::jieba
                                                                     : SegmenterKind::icu;
    if (!is_installed(kind)) {
        throw Error(ErrorKind::usage, "--segmenter " + std::string(name_of(kind)),
                    kind == SegmenterKind::libime ? "is not there: this program was built without libime, or its model is missing (Debian: libime-data-language-model)"
                                                  : "is not there: jieba's dictionary is missing (Debian: python3-jieba)");
    }
    const auto data = std::make_shared<SegmenterData>();
    data->identity.kind = kind;
    if (kind == SegmenterKind::libime) {
        data->model_path = *LanguageModel::find();
        data->model.emplace(data->model_path);
        data->identity.data = "zh_CN.lm";
    } else {
        data->lexicon = kind == SegmenterKind::jieba ? read_jieba_dictionary(*find_jieba_dictionary()) : read_icu_dictionary();
        data->identity.data = kind == SegmenterKind::jieba ? "dict.txt" : "cjdict";
        data->identity.data_sha256 = data->lexicon->sha256;
    }
    auto parts = std::make_unique<Parts>();
    parts->data = data;
    parts->identity = data->identity;
    return Segmenter(std::move(parts)).with_terms(options.hard_terms, options.soft_terms);
}

Segmenter Segmenter::with_terms(const std::vector<std::string>& hard_terms, const std::vector<std::string>& soft_terms) const {
    const std::set<std::u32string> hard = normal_terms(hard_terms);
    const std::set<std::u32string> soft = normal_terms(soft_terms);
    auto parts = std::make_unique<Parts>();
    parts->data = parts_->data;
    parts->identity = parts_->data->identity;
    parts->identity.terms_sha256 = hash_of(hard, soft);
    parts->hard = trie_of(hard);
    parts->soft = trie_of(soft);
    return Segmenter(std::move(parts));
}

const SegmenterIdentity& Segmenter::identity() const {
    std::call_once(parts_->hashed, [this] { parts_->identity.data_sha256 = parts_->data->sha256(); });
    return parts_->identity;
}

Segmenter::Segmenter(std::unique_ptr<const Parts> parts) : parts_(std::move(parts)) {}
Segmenter::Segmenter(Segmenter&&) noexcept = default;
Segmenter& Segmenter::operator=(Segmenter&&) noexcept = default;
Segmenter::~Segmenter() = default;

// A text as the tokenizer walks it: one item for each character, white space of any length as one blank, nothing
// that is ignorable.
struct Tokenizer::State {
    State(const Segmenter::Parts& segmenter)
        : parts(segmenter),
          lattice(segmenter.data->model ? &*segmenter.data->model : nullptr, segmenter.data->lexicon ? &*segmenter.data->lexicon : nullptr, segmenter.soft),
            table(characters()),
          mixed(mixed_trie()) {}

    void read(std::string_view text, Span whole);
    void find_terms(const WordTrie& trie, bool hard);
    void tokenize(std::vector<Token>& tokens);

    [[nodiscard]] bool is_run(std::size_t i) const { return kind[i] == Class::letter || kind[i] == Class::digit; }
    [[nodiscard]] bool is_han(std::size_t i) const { return kind[i] == Class::han || kind[i] == Class::numeral; }
    [[nodiscard]] bool is_han_or_kana(std::size_t i) const { return is_han(i) || kind[i] == Class::kana; }
    [[nodiscard]] bool cuts_run(std::size_t i) const { return i > 0 && i < folded.size() && is_run(i - 1) && is_run(i); }
    [[nodiscard]] std::size_t end_of_run(std::size_t i) const;
    [[nodiscard]] bool joins_run(std::size_t i) const;
    [[nodiscard]] std::size_t end_of_same(std::size_t i) const;
    std::size_t cut_stretch(std::size_t i, bool begins, std::vector<Token>& tokens);
    [[nodiscard]] TokenKind kind_of(std::size_t first, std::size_t last) const;
    void put(std::size_t first, std::size_t last, TokenKind token_kind, bool term, std::vector<Token>& tokens) const {
        tokens.push_back({span_of(begin[first], end[last - 1]), token_kind, term});
    }

    const Segmenter::Parts& parts;
    WordLattice lattice;
    const CharacterTable& table;
    const WordTrie& mixed;
    std::u32string folded;
    std::vector<Class> kind;
    std::vector<std::uint32_t> begin;
    std::vector<std::uint32_t> end;
    std::vector<std::uint32_t> forced;  // items of the hard term or mixed word that begins here
    std::vector<std::uint8_t> hard;     // 1: it is a hard term
    std::vector<std::uint32_t> ends;
};

void Tokenizer::State::read(std::string_view text, Span whole) {
    folded.resize(whole.size());
    kind.resize(whole.size());
    begin.resize(whole.size());
    end.resize(whole.size());
    std::size_t count = 0;
    for (std::uint32_t i = whole.begin.value; i < whole.end.value;) {
        const char32_t c = utf8::at(text, i);
        const std::uint32_t next = i + utf8::length(text[i]);
        const char32_t to = c < 0x10000 ? table.folded(c) : fold(c);
        const Class item = c < 0x10000 ? table.kind(c) : class_of(to);
        if (item == Class::white && count > 0 && kind[count - 1] == Class::white) {
            end[count - 1] = next;
        } else if (item != Class::ignorable) {
            folded[count] = item == Class::white ? U' ' : to;
            kind[count] = item;
            begin[count] = i;
            end[count] = next;
            ++count;
        }
        i = next;
    }
    folded.resize(count);
    kind.resize(count);
    forced.assign(count, 0);
    hard.assign(count, 0);
}

// Leftmost-longest; no term begins or ends inside a run of letters and digits, or overlaps one that was found before.
void Tokenizer::State::find_terms(const WordTrie& trie, bool are_hard) {
    if (trie.empty()) return;
    for (std::size_t i = 0; i < folded.size();) {
        if (forced[i] > 0) {
            i += forced[i];
            continue;
        }
        std::size_t found = 0;
        WordTrie::Place place = trie.first(folded[i]);
        if (place.exists() && !cuts_run(i)) {
            for (std::size_t last = i + 1; place.exists(); ++last) {
                if (place.is_word() && !cuts_run(last)) found = last - i;
                if (last >= folded.size() || forced[last] > 0) break;
                place = trie.next(place, folded[last]);
            }
        }
        if (found > 0) {
            forced[i] = static_cast<std::uint32_t>(found);
            hard[i] = are_hard ? 1 : 0;
        }
        i += std::max<std::size_t>(found, 1);
    }
}

// Whether the mark at i belongs to the run before it: 3.5, 1,000, 9:30, e-mail, O'Neil, a@b.cn, R&D.
bool Tokenizer::State::joins_run(std::size_t i) const {
    if (i + 1 >= folded.size() || !is_run(i + 1) || forced[i] > 0 || forced[i + 1] > 0 || end[i] != begin[i + 1]) return false;
    const char32_t c = folded[i];
    if (c == U'.' || c == U'·') return true;
    if (c == U',' || c == U':') return kind[i - 1] == Class::digit && kind[i + 1] == Class::digit;
    return (c == U'-' || c == U'\'' || c == U'’' || c == U'@' || c == U'&' || c == U'_') && kind[i - 1] == Class::letter;
}

std::size_t Tokenizer::State::end_of_run(std::size_t i) const {
    while (i < folded.size() && forced[i] == 0) {
        if (is_run(i) || joins_run(i)) {
            ++i;
        } else {
            break;
        }
    }
    const bool percent = i < folded.size() && forced[i] == 0 && (folded[i] == U'%' || folded[i] == U'‰') && kind[i - 1] == Class::digit;
    return percent ? i + 1 : i;
}

// Of repeated punctuation (……) and of kana.
std::size_t Tokenizer::State::end_of_same(std::size_t i) const {
    std::size_t last = i + 1;
    while (last < folded.size() && forced[last] == 0 && kind[last] == kind[i] && (kind[i] == Class::kana || folded[last] == folded[i])) ++last;
    return last;
}

TokenKind Tokenizer::State::kind_of(std::size_t first, std::size_t last) const {
    bool letter = false;
    bool digit = false;
    bool word = false;
    bool numerals = last - first > 1;
    for (std::size_t i = first; i < last; ++i) {
        letter = letter || kind[i] == Class::letter;
        digit = digit || kind[i] == Class::digit;
        word = word || is_han_or_kana(i);
        numerals = numerals && kind[i] == Class::numeral;
    }
    return numerals ? TokenKind::number : word ? TokenKind::word : letter ? TokenKind::latin : digit ? TokenKind::number : TokenKind::mark;
}

// Han characters and forced words up to the next mark, letter or blank.
std::size_t Tokenizer::State::cut_stretch(std::size_t i, bool begins, std::vector<Token>& tokens) {
    std::size_t last = i;
    while (last < folded.size() && last - i < kLongestStretch) {
        const std::size_t size = forced[last];
        if (size == 0 && !is_han(last)) break;
        if (last > i && last + size - i > kLongestStretch) break;
        last += std::max<std::size_t>(size, 1);
    }
    ends.clear();
    lattice.cut({std::u32string_view(folded).substr(i, last - i), std::span(forced).subspan(i, last - i), begins}, ends);
    std::size_t first = i;
    for (const std::uint32_t place : ends) {
        const bool plain = forced[first] == 0 && kind[first] == Class::han;
        put(first, i + place, plain ? TokenKind::word : kind_of(first, i + place), hard[first] != 0, tokens);
        first = i + place;
    }
    return last;
}

void Tokenizer::State::tokenize(std::vector<Token>& tokens) {
    bool begins = true;
    for (std::size_t i = 0; i < folded.size();) {
        std::size_t last = i;
        if (forced[i] > 0 || is_han(i)) {
            last = cut_stretch(i, begins, tokens);
            begins = false;
        } else if (is_run(i)) {
            last = end_of_run(i);
            put(i, last, kind_of(i, last), false, tokens);
            begins = false;
        } else if (kind[i] == Class::white) {
            last = i + 1;
            begins = true;
        } else {
            last = end_of_same(i);
            put(i, last, kind[i] == Class::kana ? TokenKind::word : TokenKind::mark, false, tokens);
            begins = true;
        }
        i = last;
    }
}

Tokenizer::Tokenizer(const Segmenter& segmenter) : state_(std::make_unique<State>(*segmenter.parts_)) {}
Tokenizer::Tokenizer(Tokenizer&&) noexcept = default;
Tokenizer::~Tokenizer() = default;

void Tokenizer::append_tokens(std::string_view text, Span whole, std::vector<Token>& tokens) {
    state_->read(text, whole);
    state_->find_terms(state_->parts.hard, true);
    state_->find_terms(state_->mixed, false);
    state_->tokenize(tokens);
}

}  // namespace fangtan
