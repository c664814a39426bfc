// SPDX-License-Identifier: Apache-2.0
#include "fangtan/query/regex.hpp"

#include <re2/filtered_re2.h>
#include <re2/re2.h>

#include <algorithm>

#include "fangtan/base/error.hpp"
#include "fangtan/text/character.hpp"
#include "fangtan/text/fold.hpp"
#include "fangtan/text/utf8.hpp"

namespace fangtan::query {
namespace {

constexpr std::int64_t kMemory = 8 << 20;

bool is_special(char32_t c) { return c < 0x80 && std::string_view("\\.+*?()|[]{}^$-/").find(static_cast<char>(c)) != std::string_view::npos; }

void append_literal(std::string& out, char32_t c) {
    if (is_special(c)) out += '\\';
    utf8::append(out, c);
}

class Rewriter {
 public:
    explicit Rewriter(std::string_view pattern) : in_(utf8::to_code_points(pattern)) {}

    std::string run() {
        while (at_ < in_.size()) {
            const char32_t c = in_[at_];
            if (c == U'\\') {
                escape();
            } else if (c == U'[') {
                bracket_class();
            } else {
                ++at_;
                if (c < 0x80) {
                    utf8::append(out_, c);
                } else if (!is_ignorable(c)) {
                    append_literal(out_, fold(c));
                }
            }
        }
        return std::move(out_);
    }

 private:
    void copy() { utf8::append(out_, in_[at_++]); }

    void escape() {
        copy();
        if (at_ >= in_.size()) return;
        const char32_t kind = in_[at_];
        copy();
        if (kind == U'Q') {
            while (at_ < in_.size() && !(in_[at_] == U'\\' && at_ + 1 < in_.size() && in_[at_ + 1] == U'E')) {
                utf8::append(out_, fold(in_[at_++]));
            }
        } else if ((kind == U'p' || kind == U'P' || kind == U'x') && at_ < in_.size() && in_[at_] == U'{') {
            while (at_ < in_.size() && in_[at_] != U'}') copy();
        }
    }

    void bracket_class() {
        copy();
        if (at_ < in_.size() && in_[at_] == U'^') copy();
        std::string folded;
        bool first = true;
        while (at_ < in_.size() && (first || in_[at_] != U']')) {
            first = false;
            if (in_[at_] == U'\\') {
                escape();
            } else if (in_[at_] == U'[' && at_ + 1 < in_.size() && in_[at_ + 1] == U':') {
                while (at_ < in_.size() && in_[at_] != U']') copy();
                if (at_ < in_.size()) copy();
            } else {
                member(folded);
            }
        }
        out_ += folded;
    }

    void member(std::string& folded) {
        const char32_t low = in_[at_];
        const bool range = at_ + 2 < in_.size() && in_[at_ + 1] == U'-' && in_[at_ + 2] != U']' && in_[at_ + 2] != U'\\';
        const char32_t high = range ? in_[at_ + 2] : low;
        copy();
        if (range) {
            copy();
            copy();
        }
        if (low < 0x80) return;
        const char32_t folded_low = fold(low);
        const char32_t folded_high = fold(high);
        if (folded_low == low && folded_high == high) return;
        // A range of Han characters has no meaning after folding; one of full-width forms keeps its order.
        if (range && (folded_low >= 0x80 || folded_high < folded_low)) return;
        append_literal(folded, folded_low);
        if (range) {
            folded += '-';
            append_literal(folded, folded_high);
        }
    }

    std::u32string in_;
    std::string out_;
    std::size_t at_ = 0;
};

}  // namespace

std::string folded_pattern(std::string_view pattern) { return Rewriter(pattern).run(); }

struct CompiledRegex::Engines {
    std::unique_ptr<RE2> single;
    std::unique_ptr<re2::FilteredRE2> filter;
};

CompiledRegex::CompiledRegex(const Regex& regex) : engines_(std::make_unique<Engines>()), original_(regex.original) {
    const std::string pattern = original_ ? regex.pattern : folded_pattern(regex.pattern);
    RE2::Options options;
    options.set_log_errors(false);
    options.set_case_sensitive(original_);
    options.set_max_mem(kMemory);
    engines_->single = std::make_unique<RE2>(pattern, options);
    // Atoms of fewer than two bytes (a digit, a Latin letter) would select nearly every unit.
    engines_->filter = std::make_unique<re2::FilteredRE2>(2);
    int id = 0;
    if (!engines_->single->ok() || engines_->filter->Add(pattern, options, &id) != RE2::NoError) {
        throw Error(ErrorKind::usage, "/" + regex.pattern + "/", "the regular expression cannot be compiled: " + engines_->single->error());
    }
    std::vector<std::string> atoms;
    engines_->filter->Compile(&atoms);
    for (const std::string& atom : atoms) {
        std::u32string literal;
        for (const char32_t c : utf8::to_code_points(fold(atom))) {
            if (!is_ignorable(c)) literal += c;
        }
        required_.push_back(std::move(literal));
    }
    const auto is_empty = [](const std::u32string& literal) { return literal.empty(); };
    if (std::any_of(required_.begin(), required_.end(), is_empty)) required_.clear();
}

CompiledRegex::CompiledRegex(CompiledRegex&&) noexcept = default;
CompiledRegex::~CompiledRegex() = default;

bool CompiledRegex::possible(const std::vector<int>& found) const {
    if (found.empty()) return false;
    std::vector<int> potential;
    engines_->filter->AllPotentials(found, &potential);
    return !potential.empty();
}

void CompiledRegex::each_match(std::string_view text, const std::function<void(std::size_t, std::size_t)>& hit) const {
    const re2::StringPiece all(text.data(), text.size());
    std::size_t at = 0;
    re2::StringPiece match;
    while (at <= text.size() && engines_->single->Match(all, at, text.size(), RE2::UNANCHORED, &match, 1)) {
        const auto begin = static_cast<std::size_t>(match.data() - text.data());
        const std::size_t end = begin + match.size();
        if (end > begin) {
            hit(begin, end);
            at = end;
        } else {
            at = end < text.size() ? end + utf8::length(text[end]) : end + 1;
        }
    }
}

}  // namespace fangtan::query
