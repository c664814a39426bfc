// SPDX-License-Identifier: Apache-2.0
#include "fangtan/text/word_lattice.hpp"

#include <algorithm>

#include "fangtan/text/vocabulary.hpp"
#include "fangtan/text/word_lists.hpp"

namespace fangtan {
namespace {

// log10. Found on the development sentences of UD Chinese-GSD; small changes do not matter.
constexpr float kRewardWithModel = 0.3F;     // for each word, since a product of probabilities prefers few
constexpr float kRewardWithLexicon = 0.6F;
constexpr float kNumeral = -3.5F;
constexpr float kShortName = -9.0F;          // surname and one character
constexpr float kLongName = -12.0F;          // surname and two
constexpr float kCantoneseCharacter = -3.0F;
constexpr float kCantoneseWord = -4.0F;
constexpr float kSoftTerm = -4.0F;

constexpr float kNowhere = -3.0e38F;

// Calls add(length, value) for the words of the trie that begin here.
template <class Add>
void find_words(const WordTrie& words, const Stretch& stretch, std::uint32_t at, std::uint32_t limit, const Add& add) {
    WordTrie::Place place = words.first(stretch.characters[at]);
    for (std::uint32_t length = 1; place.exists(); ++length) {
        if (place.is_word()) add(length, place.value);
        if (length >= limit) return;
        place = words.next(place, stretch.characters[at + length]);
    }
}

// Where the next forced word begins, or the end.
std::uint32_t next_forced(const Stretch& stretch, std::uint32_t at) {
    while (at < stretch.forced.size() && stretch.forced[at] == 0) ++at;
    return at;
}

}  // namespace

// What the lattice adds of its own, and which characters of plane 0 can begin any of it: few can.
struct FurtherWords {
    enum : std::uint8_t { kNumeralCharacter = 1, kSurname = 2, kCantonese = 4 };
    WordTrie surnames;
    WordTrie cantonese;
    std::vector<std::uint8_t> begins = std::vector<std::uint8_t>(0x10000, 0);

    FurtherWords() {
        for (const std::u32string& name : word_lists::surnames()) {
            surnames.add(name, 0);
            mark(name[0], kSurname);
        }
        for (const char32_t c : word_lists::cantonese_characters()) {
            cantonese.add(std::u32string_view(&c, 1), kCantoneseCharacter);
            mark(c, kCantonese);
        }
        for (const std::u32string& word : word_lists::cantonese_words()) {
            cantonese.add(word, kCantoneseWord);
            mark(word[0], kCantonese);
        }
        for (const char32_t c : word_lists::numerals()) mark(c, kNumeralCharacter);
    }
    void mark(char32_t c, std::uint8_t what) {
        if (c < begins.size()) begins[c] = static_cast<std::uint8_t>(begins[c] | what);
    }
    [[nodiscard]] std::uint8_t of(char32_t c) const { return c < begins.size() ? begins[c] : static_cast<std::uint8_t>(kCantonese); }
};

namespace {

const FurtherWords& further_words() {
    static const FurtherWords words;
    return words;
}

}  // namespace

WordLattice::WordLattice(const LanguageModel* model, const Lexicon* lexicon, const WordTrie& soft_terms) : lexicon_(lexicon), soft_terms_(soft_terms), further_(further_words()) {
    if (model != nullptr) cursor_.emplace(*model);
}

void WordLattice::cut(const Stretch& stretch, std::vector<std::uint32_t>& ends) {
    const auto size = static_cast<std::uint32_t>(stretch.characters.size());
    const auto begin = static_cast<std::ptrdiff_t>(ends.size());
    if (cursor_) {
        if (ways_.size() < size + 1) ways_.resize(size + 1);
        cut_with_model(stretch);
        std::uint32_t way = 0;
        for (std::uint32_t at = size; at > 0;) {
            ends.push_back(at);
            const Way& last = ways_[at].way[way];
            at = last.from;
            way = last.way;
        }
    } else {
        if (one_way_.size() < size + 1) one_way_.resize(size + 1);
        cut_with_lexicon(stretch);
        for (std::uint32_t at = size; at > 0; at = one_way_[at].from) ends.push_back(at);
    }
    std::reverse(ends.begin() + begin, ends.end());
}

template <class Add>
void WordLattice::find_further_words(const Stretch& stretch, std::uint32_t at, std::uint32_t limit, const Add& add) const {
    if (!soft_terms_.empty()) find_words(soft_terms_, stretch, at, limit, [&](std::uint32_t length, float) { add(length, kSoftTerm); });
    const std::uint8_t begins = further_.of(stretch.characters[at]);
    if (begins == 0) return;
    if ((begins & FurtherWords::kCantonese) != 0) find_words(further_.cantonese, stretch, at, limit, add);
    if ((begins & FurtherWords::kSurname) != 0) {
        find_words(further_.surnames, stretch, at, limit, [&](std::uint32_t length, float) {
            if (length + 1 <= limit) add(length + 1, kShortName);
            if (length + 2 <= limit) add(length + 2, kLongName);
        });
    }
    if ((begins & FurtherWords::kNumeralCharacter) == 0 || (at > 0 && (further_.of(stretch.characters[at - 1]) & FurtherWords::kNumeralCharacter) != 0)) return;
    std::uint32_t numerals = 1;
    while (numerals < limit && (further_.of(stretch.characters[at + numerals]) & FurtherWords::kNumeralCharacter) != 0) ++numerals;
    if (numerals > 1) add(numerals, kNumeral);
}

void WordLattice::reach(std::uint32_t place, const Way& way) {
    Ways& ways = ways_[place];
    for (std::uint32_t i = 0; i < ways.count; ++i) {
        if (ways.way[i].state != way.state) continue;
        if (way.score <= ways.way[i].score) return;
        ways.way[i] = way;
        if (i == 1 && ways.way[1].score > ways.way[0].score) std::swap(ways.way[0], ways.way[1]);
        return;
    }
    if (ways.count == 0 || way.score > ways.way[0].score) {
        ways.way[1] = ways.way[0];
        ways.way[0] = way;
        ways.count = std::min(ways.count + 1, kWays);
    } else if (ways.count == 1 || way.score > ways.way[1].score) {
        ways.way[1] = way;
        ways.count = kWays;
    }
}

void WordLattice::add_known_word(std::uint32_t at, std::uint32_t length, LanguageModelCursor::Word word) {
    const Ways& here = ways_[at];
    for (std::uint32_t i = 0; i < here.count; ++i) {
        const LanguageModelCursor::Step step = cursor_->step(here.way[i].state, word);
        reach(at + length, {here.way[i].score + step.score + kRewardWithModel, step.next, at, i});
    }
}

void WordLattice::add_model_words(const Stretch& stretch, std::uint32_t at, std::uint32_t limit) {
    add_known_word(at, 1, cursor_->word(stretch.characters.substr(at, 1)));
    const std::uint32_t longest = std::min<std::uint32_t>(limit, LanguageModelCursor::kLongest);
    const std::uint64_t* const filter = cursor_->filter();
    std::uint64_t hash = vocabulary::extended(vocabulary::kStart, stretch.characters[at]);
    for (std::uint32_t length = 2; length <= longest; ++length) {
        hash = vocabulary::extended(hash, stretch.characters[at + length - 1]);
        if (filter != nullptr && !vocabulary::may_begin_word(filter, hash)) return;
        const LanguageModelCursor::Word word = cursor_->word(stretch.characters.substr(at, length));
        if (word != LanguageModelCursor::kUnknown) add_known_word(at, length, word);
    }
}

void WordLattice::add_further_words(const Stretch& stretch, std::uint32_t at, std::uint32_t limit) {
    find_further_words(stretch, at, limit, [&](std::uint32_t length, float cost) {
        reach(at + length, {ways_[at].way[0].score + cost + kRewardWithModel, LanguageModelCursor::kNothing, at, 0});
    });
}

void WordLattice::cut_with_model(const Stretch& stretch) {
    const auto size = static_cast<std::uint32_t>(stretch.characters.size());
    for (std::uint32_t at = 0; at <= size; ++at) ways_[at].count = 0;
    cursor_->forget();
    reach(0, {0, stretch.begins ? LanguageModelCursor::kBegin : LanguageModelCursor::kNothing, 0, 0});
    std::uint32_t limit = next_forced(stretch, 0);
    for (std::uint32_t at = 0; at < size;) {
        const std::uint32_t forced = stretch.forced[at];
        if (forced > 0) {
            const bool short_enough = forced <= LanguageModelCursor::kLongest;
            add_known_word(at, forced, short_enough ? cursor_->word(stretch.characters.substr(at, forced)) : LanguageModelCursor::kUnknown);
            at += forced;
            limit = next_forced(stretch, at);
            continue;
        }
        // Every place is reached: a single character is always a word.
        add_model_words(stretch, at, limit - at);
        add_further_words(stretch, at, limit - at);
        ++at;
    }
}

// The lexicon is larger than the processor's cache. Asking for what all characters of the stretch need before any of it
// is used lets the memory answer many questions at a time.
void WordLattice::look_up_pairs(std::u32string_view characters) {
    const WordTrie& words = lexicon_->words;
    const std::size_t size = characters.size();
    if (firsts_.size() < size) {
        firsts_.resize(size);
        seconds_.resize(size);
    }
    for (std::size_t i = 0; i < size; ++i) firsts_[i] = words.first(characters[i]);
    for (std::size_t i = 0; i + 1 < size; ++i) words.prefetch_second(firsts_[i], characters[i + 1]);
    for (std::size_t i = 0; i < size; ++i) {
        seconds_[i] = i + 1 < size && firsts_[i].exists() ? words.second(firsts_[i], characters[i + 1]) : WordTrie::Place{};
        if (i + 2 < size) words.prefetch_next(seconds_[i], characters[i + 2]);
    }
}

void WordLattice::cut_with_lexicon(const Stretch& stretch) {
    const auto size = static_cast<std::uint32_t>(stretch.characters.size());
    const WordTrie& words = lexicon_->words;
    look_up_pairs(stretch.characters);
    for (std::uint32_t at = 1; at <= size; ++at) one_way_[at].score = kNowhere;
    one_way_[0] = {0, 0};
    std::uint32_t limit = next_forced(stretch, 0);
    for (std::uint32_t at = 0; at < size;) {
        const float here = one_way_[at].score + kRewardWithLexicon;
        const auto add = [&](std::uint32_t length, float cost) {
            OneWay& there = one_way_[at + length];
            if (here + cost > there.score) there = {here + cost, at};
        };
        const std::uint32_t forced = stretch.forced[at];
        if (forced > 0) {
            add(forced, 0);
            at += forced;
            limit = next_forced(stretch, at);
            continue;
        }
        const std::uint32_t room = limit - at;
        add(1, firsts_[at].is_word() ? firsts_[at].value : lexicon_->unknown);
        if (room > 1) {
            WordTrie::Place place = seconds_[at];
            for (std::uint32_t length = 2; place.exists(); ++length) {
                if (place.is_word()) add(length, place.value);
                if (length >= room) break;
                place = words.next(place, stretch.characters[at + length]);
            }
        }
        find_further_words(stretch, at, room, add);
        ++at;
    }
}

}  // namespace fangtan
