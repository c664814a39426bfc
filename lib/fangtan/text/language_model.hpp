// SPDX-License-Identifier: Apache-2.0
//
// The n-gram model of Chinese that libime brings along (zh_CN.lm, trigrams of
// Simplified words), seen as a machine: a state, a word, a score and the next
// state. One model serves all threads; each thread walks it with a cursor.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace fangtan {

class LanguageModel {
 public:
    // Where the model is; empty if this program was built without libime or the file is missing.
    [[nodiscard]] static std::optional<std::string> find();

    // Maps the file into memory. Throws Error(input) if it cannot be used.
    explicit LanguageModel(const std::string& path);
    LanguageModel(LanguageModel&&) noexcept;
    ~LanguageModel();

    struct Native;

 private:
    friend class LanguageModelCursor;
    std::unique_ptr<const Native> native_;
};

// Remembers words it looked up and steps it made: text repeats itself, and the model is slow. What it answers
// does not depend on what it remembers. At most about 16 MB.
class LanguageModelCursor {
 public:
    using Word = std::uint32_t;
    using State = std::uint32_t;
    static constexpr Word kUnknown = 0;
    static constexpr std::size_t kLongest = 8;  // characters of a word

    // The model must outlive the cursor.
    explicit LanguageModelCursor(const LanguageModel& model);
    LanguageModelCursor(LanguageModelCursor&&) noexcept;
    ~LanguageModelCursor();

    // Of a sentence, and after something the model does not know.
    static constexpr State kBegin = 0;
    static constexpr State kNothing = 1;

    // The number of a word of 1 to kLongest folded characters, or kUnknown.
    [[nodiscard]] Word word(std::u32string_view characters);

    // Which strings may begin a word (vocabulary.hpp); null: any may.
    [[nodiscard]] const std::uint64_t* filter() const;

    struct Step {
        float score;  // log10 of the probability
        State next;
    };
    // States other than the two above are valid until forget().
    [[nodiscard]] Step step(State state, Word word);

    // Call between two stretches of text: forgets states if there are many.
    void forget();

 private:
    struct Memory;
    std::unique_ptr<Memory> memory_;
};

}  // namespace fangtan
