// SPDX-License-Identifier: Apache-2.0
#include "fangtan/text/segmenter.hpp"

#include "fangtan/text/character.hpp"
#include "fangtan/text/utf8.hpp"

namespace fangtan {

// STAND-IN until the lattice lands: Han characters in pairs, other runs whole.
struct Segmenter::Parts {
    SegmenterIdentity identity;
};
struct Tokenizer::State {};

std::string_view name_of(SegmenterKind kind) {
    return kind == SegmenterKind::libime ? "libime" : kind == SegmenterKind::jieba ? "jieba" : "icu";
}

Segmenter::Segmenter(std::unique_ptr<const Parts> parts) : parts_(std::move(parts)) {}
Segmenter::Segmenter(Segmenter&&) noexcept = default;
Segmenter& Segmenter::operator=(Segmenter&&) noexcept = default;
Segmenter::~Segmenter() = default;
const SegmenterIdentity& Segmenter::identity() const { return parts_->identity; }
Segmenter Segmenter::open(const SegmenterOptions&) { return Segmenter(std::make_unique<const Parts>()); }
bool Segmenter::is_installed(SegmenterKind kind) { return kind == SegmenterKind::icu; }

Tokenizer::Tokenizer(const Segmenter&) : state_(std::make_unique<State>()) {}
Tokenizer::Tokenizer(Tokenizer&&) noexcept = default;
Tokenizer::~Tokenizer() = default;

void Tokenizer::append_tokens(std::string_view text, Span whole, std::vector<Token>& tokens) {
    int han = 0;
    TokenKind last = TokenKind::mark;
    bool open = false;
    for (std::uint32_t i = whole.begin.value; i < whole.end.value;) {
        const char32_t c = utf8::at(text, i);
        const std::uint32_t next = i + utf8::length(text[i]);
        if (is_white_space(c)) {
            open = false;
        } else {
            const TokenKind kind = is_han(c) ? TokenKind::word : is_word_character(c) ? TokenKind::latin : TokenKind::mark;
            const bool joins = open && kind == last && kind != TokenKind::mark && (kind == TokenKind::latin || han < 2);
            if (joins) {
                tokens.back().span.end.value = next;
                ++han;
            } else {
                tokens.push_back({span_of(i, next), kind, false});
                han = 1;
            }
            open = true;
            last = kind;
        }
        i = next;
    }
}

}  // namespace fangtan
