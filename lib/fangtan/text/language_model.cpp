// SPDX-License-Identifier: Apache-2.0
#include "fangtan/text/language_model.hpp"

#include "fangtan/base/error.hpp"

#ifdef FANGTAN_WITH_LIBIME

#include <libime/core/languagemodel.h>
#include <libime/core/lattice.h>

#include <array>
#include <cstring>
#include <exception>
#include <filesystem>
#include <system_error>
#include <vector>

#include "fangtan/base/huge_pages.hpp"
#include "fangtan/text/utf8.hpp"
#include "fangtan/text/vocabulary.hpp"

namespace fangtan {

struct LanguageModel::Native {
    explicit Native(const std::string& path) : model(path.c_str()), filter(vocabulary::filter_of(path)) {}
    libime::LanguageModel model;
    const std::uint64_t* filter;
};

std::optional<std::string> LanguageModel::find() {
    std::error_code none;
    if (!std::filesystem::is_regular_file(FANGTAN_LANGUAGE_MODEL, none)) return std::nullopt;
    return FANGTAN_LANGUAGE_MODEL;
}

LanguageModel::LanguageModel(const std::string& path) {
    try {
        native_ = std::make_unique<const Native>(path);
    } catch (const std::exception& error) {
        throw Error(ErrorKind::input, path, std::string("is no language model that libime can read: ") + error.what());
    }
}

struct LanguageModelCursor::Memory {
    // A word of up to eight characters of plane 0, exactly.
    struct Key {
        std::uint64_t low = 0;
        std::uint64_t high = 0;
        friend bool operator==(const Key&, const Key&) = default;
    };
    struct KnownWord {
        Key key;
        Word word = 0;
    };
    struct KnownStep {
        State state = 0xFFFFFFFF;
        Word word = 0;
        Step step{};
    };
    static constexpr Word kNotAsked = 0xFFFFFFFF;
    static constexpr std::size_t kWords = std::size_t{1} << 16;
    static constexpr std::size_t kSteps = std::size_t{1} << 17;
    static constexpr std::size_t kStates = std::size_t{1} << 16;

    explicit Memory(const LanguageModel::Native& native) : model(native.model), filter(native.filter), singles(0x10000, kNotAsked), words(kWords) { clear_states(); }

    Word ask(std::u32string_view characters) {
        const std::u32string_view spelling = vocabulary::spelling_of(characters);
        bytes.clear();
        for (const char32_t c : spelling.empty() ? characters : spelling) utf8::append(bytes, c);
        const libime::WordIndex index = model.index(bytes);
        return model.isUnknown(index, bytes) ? kUnknown : index;
    }

    void clear_states() {
        states.clear();
        places.assign(4 * kStates, 0xFFFFFFFF);
        steps.assign(kSteps, KnownStep{});
        number_of(model.beginState());
        if (number_of(model.nullState()) != kNothing) states.push_back(model.nullState());
    }

    State number_of(const libime::State& state) {
        std::uint64_t hash = 0;
        for (std::size_t i = 0; i + 4 <= state.size(); i += 4) {
            std::uint32_t part = 0;
            std::memcpy(&part, state.data() + i, 4);
            hash = (hash ^ part) * 0x9E3779B97F4A7C15ULL;
            hash ^= hash >> 29;
        }
        std::size_t slot = static_cast<std::size_t>(hash) & (places.size() - 1);
        while (places[slot] != 0xFFFFFFFF) {
            if (states[places[slot]] == state) return places[slot];
            slot = (slot + 1) & (places.size() - 1);
        }
        places[slot] = static_cast<State>(states.size());
        states.push_back(state);
        return places[slot];
    }

    const libime::LanguageModel& model;
    const std::uint64_t* filter;
    libime::WordNode node{std::string_view(), 0};
    std::vector<Word> singles;  // by character
    std::vector<KnownWord, HugePageAllocator<KnownWord>> words;
    std::vector<KnownStep, HugePageAllocator<KnownStep>> steps;
    std::vector<libime::State> states;
    std::vector<State, HugePageAllocator<State>> places;  // open addressing over states
    std::string bytes;
};

LanguageModelCursor::LanguageModelCursor(const LanguageModel& model) : memory_(std::make_unique<Memory>(*model.native_)) {}

const std::uint64_t* LanguageModelCursor::filter() const { return memory_->filter; }

LanguageModelCursor::Word LanguageModelCursor::word(std::u32string_view characters) {
    if (characters.size() == 1) {
        if (characters[0] >= 0x10000) return memory_->ask(characters);
        Word& known = memory_->singles[characters[0]];
        if (known == Memory::kNotAsked) known = memory_->ask(characters);
        return known;
    }
    Memory::Key key;
    for (const char32_t c : characters) {
        if (c >= 0x10000) return memory_->ask(characters);
        key.high = key.high << 16 | key.low >> 48;
        key.low = key.low << 16 | c;
    }
    const std::uint64_t hash = (key.low ^ key.high * 0xD6E8FEB86659FD93ULL) * 0x9E3779B97F4A7C15ULL;
    Memory::KnownWord& known = memory_->words[static_cast<std::size_t>(hash >> 48) & (Memory::kWords - 1)];
    if (known.key != key) known = {key, memory_->ask(characters)};
    return known.word;
}

LanguageModelCursor::Step LanguageModelCursor::step(State state, Word word) {
    const std::uint64_t hash = (std::uint64_t{state} << 32 | word) * 0x9E3779B97F4A7C15ULL;
    Memory::KnownStep& known = memory_->steps[static_cast<std::size_t>(hash >> 40) & (Memory::kSteps - 1)];
    if (known.state == state && known.word == word) return known.step;
    memory_->node.setIdx(word);
    libime::State out{};
    const libime::State in = memory_->states[state];
    const float score = memory_->model.score(in, memory_->node, out);
    known = {state, word, {score, memory_->number_of(out)}};
    return known.step;
}

void LanguageModelCursor::forget() {
    if (memory_->states.size() > Memory::kStates) memory_->clear_states();
}

LanguageModel::LanguageModel(LanguageModel&&) noexcept = default;
LanguageModel::~LanguageModel() = default;
LanguageModelCursor::LanguageModelCursor(LanguageModelCursor&&) noexcept = default;
LanguageModelCursor::~LanguageModelCursor() = default;

}  // namespace fangtan

#else

namespace fangtan {

struct LanguageModel::Native {};
struct LanguageModelCursor::Memory {};

std::optional<std::string> LanguageModel::find() { return std::nullopt; }
LanguageModel::LanguageModel(const std::string& path) { throw Error(ErrorKind::usage, path, "this program was built without libime"); }
LanguageModelCursor::LanguageModelCursor(const LanguageModel&) {}
LanguageModelCursor::Word LanguageModelCursor::word(std::u32string_view) { return kUnknown; }
LanguageModelCursor::Step LanguageModelCursor::step(State, Word) { return {0, kNothing}; }
void LanguageModelCursor::forget() {}
const std::uint64_t* LanguageModelCursor::filter() const { return nullptr; }
LanguageModel::LanguageModel(LanguageModel&&) noexcept = default;
LanguageModel::~LanguageModel() = default;
LanguageModelCursor::LanguageModelCursor(LanguageModelCursor&&) noexcept = default;
LanguageModelCursor::~LanguageModelCursor() = default;

}  // namespace fangtan

#endif
