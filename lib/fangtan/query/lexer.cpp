// SPDX-License-Identifier: Apache-2.0
#include "fangtan/query/lexer.hpp"

#include <re2/re2.h>

#include <algorithm>
#include <array>
#include <optional>

#include "fangtan/text/character.hpp"
#include "fangtan/text/diagnostic_text.hpp"
#include "fangtan/text/fold.hpp"
#include "fangtan/text/utf8.hpp"

namespace fangtan::query {
namespace {

constexpr std::array<std::string_view, 8> kFieldNames = {"speaker", "group",  "role",  "code",
                                                         "document", "status", "coder", "participant"};

// The closing partner of an opening quotation mark; 0 if `c` is none.
char32_t closing_of(char32_t c) {
    switch (c) {
        case U'"': return U'"';
        case U'“': return U'”';
        case U'「': return U'」';
        case U'『': return U'』';
        case U'＂': return U'＂';
        default: return 0;
    }
}

bool is_digit(char32_t c) { return c >= U'0' && c <= U'9'; }

bool same_ignoring_case(std::u32string_view word, std::u32string_view upper) {
    return word.size() == upper.size() && std::equal(word.begin(), word.end(), upper.begin(), [](char32_t a, char32_t b) {
               return (a >= U'a' && a <= U'z' ? a - 32 : a) == b;
           });
}

std::u32string folded(std::u32string_view text) {
    std::u32string result;
    for (const char32_t c : utf8::to_code_points(fold(composed(utf8::from_code_points(text))))) {
        if (!is_ignorable(c)) result += c;
    }
    return result;
}

class Lexer {
 public:
    Lexer(std::u32string_view text, const std::vector<std::string>& fields,
          const std::function<void(std::size_t, std::string)>& fault)
        : text_(text), fields_(fields), fault_(fault) {}

    std::vector<Token> run() {
        while (true) {
            while (at_ < text_.size() && is_white_space(text_[at_])) ++at_;
            if (at_ >= text_.size()) break;
            next();
        }
        tokens_.push_back({.kind = Token::Kind::end, .at = text_.size(), .term = {}, .regex = {}, .field = {}});
        return std::move(tokens_);
    }

 private:
    Token& push(Token::Kind kind, std::size_t at) {
        tokens_.push_back({.kind = kind, .at = at, .term = {}, .regex = {}, .field = {}});
        return tokens_.back();
    }

    void next() {
        const std::size_t start = at_;
        const char32_t c = text_[at_];
        if (c == U'(' || c == U'（') {
            ++at_;
            push(Token::Kind::open, start);
        } else if (c == U')' || c == U'）') {
            ++at_;
            push(Token::Kind::close, start);
        } else if (c == U'/') {
            regex();
        } else if (closing_of(c) != 0) {
            if (const auto content = quotation()) add_term(start, *content, false);
        } else {
            word();
        }
    }

    // Moves past the quotation at at_; its content, or nothing after a reported fault.
    std::optional<std::u32string_view> quotation() {
        const std::size_t start = at_;
        const std::size_t close = text_.find(closing_of(text_[at_]), at_ + 1);
        if (close == std::u32string_view::npos) {
            fault_(start, "the quotation mark that opens here is never closed; add " +
                              utf8::from_code_points(std::u32string(1, closing_of(text_[at_]))));
            at_ = text_.size();
            return std::nullopt;
        }
        at_ = close + 1;
        return text_.substr(start + 1, close - start - 1);
    }

    void regex() {
        const std::size_t start = at_++;
        while (at_ < text_.size() && text_[at_] != U'/') at_ += text_[at_] == U'\\' ? 2 : 1;
        if (at_ >= text_.size()) {
            at_ = text_.size();
            return fault_(start, "the regular expression that opens here is never closed; end it with / (write a slash in it as \\/)");
        }
        Token& token = push(Token::Kind::regex, start);
        const std::u32string_view pattern = text_.substr(start + 1, at_ - start - 1);
        token.regex.pattern = utf8::from_code_points(pattern);
        ++at_;
        if (at_ < text_.size() && text_[at_] == U'c') {
            token.regex.original = true;
            ++at_;
        }
        if (at_ < text_.size() && !ends_word(text_[at_])) {
            fault_(at_, "after a regular expression only the flag c, a blank or a bracket may stand");
        }
        check_regex(start, pattern, token.regex.pattern);
    }

    void check_regex(std::size_t start, std::u32string_view pattern, const std::string& bytes) {
        if (pattern.empty()) return fault_(start, "the regular expression is empty");
        for (std::size_t i = 0; i + 1 < pattern.size(); ++i) {
            if (pattern[i] != U'\\') continue;
            if (pattern[i + 1] == U'C') fault_(start + 1 + i, "\\C matches a single byte and would cut a character; use . instead");
            ++i;
        }
        RE2::Options options;
        options.set_log_errors(false);
        options.set_case_sensitive(false);
        const RE2 compiled(bytes, options);
        if (compiled.ok()) return;
        const std::size_t byte = compiled.error_arg().empty() ? std::string::npos : bytes.find(compiled.error_arg());
        const std::size_t offset = byte == std::string::npos ? 0 : 1 + utf8::count(std::string_view(bytes).substr(0, byte));
        std::string message = "the regular expression is not valid RE2 syntax: " + compiled.error();
        if (compiled.error_code() == RE2::ErrorBadPerlOp || compiled.error_code() == RE2::ErrorBadEscape) {
            message += " (look-around and back-references are not available; use EXCEPT, BEFORE or NOT)";
        }
        fault_(start + offset, message);
    }

    void word() {
        const std::size_t start = at_;
        while (at_ < text_.size() && !ends_word(text_[at_])) {
            const char32_t c = text_[at_];
            if (at_ > start && (c == U':' || c == U'：') && field(start)) return;
            if (at_ > start && closing_of(c) != 0) break;
            ++at_;
        }
        const std::u32string_view word = text_.substr(start, at_ - start);
        if (!operator_(start, word)) add_term(start, word, true);
    }

    // At a colon: a field, if the word before it names one, or seems to where fields are allowed.
    bool field(std::size_t start) {
        const std::u32string_view word = text_.substr(start, at_ - start);
        const std::string name = utf8::from_code_points(word);
        if (std::find(fields_.begin(), fields_.end(), name) == fields_.end()) {
            if (fields_.empty()) {
                if (std::find(kFieldNames.begin(), kFieldNames.end(), name) == kFieldNames.end()) return false;
                fault_(start, "the field " + name + ": cannot stand here; a rule sees only text (the key `speakers` of a code limits it to speakers)");
            } else if (!unknown_field(start, name, word)) {
                return false;
            }
        }
        ++at_;
        std::u32string_view value;
        if (at_ < text_.size() && closing_of(text_[at_]) != 0) {
            value = quotation().value_or(U"?");
        } else {
            const std::size_t begin = at_;
            while (at_ < text_.size() && !ends_word(text_[at_])) ++at_;
            value = text_.substr(begin, at_ - begin);
        }
        if (value.empty()) fault_(start, "the field " + name + ": has no value; write for example " + name + (std::find(kFieldNames.begin(), kFieldNames.end(), name) != kFieldNames.end() ? ":P1" : ":*"));
        push(Token::Kind::field, start).field = {name, utf8::from_code_points(value)};
        return true;
    }

    // Whether the word before the colon is taken for a field with a wrong name; else it is text: 12:30, 他说：好.
    bool unknown_field(std::size_t start, const std::string& name, std::u32string_view word) {
        const bool value_follows = at_ + 1 < text_.size() && !ends_word(text_[at_ + 1]);
        const bool looks_like_a_name =
            !is_digit(word[0]) && std::all_of(word.begin(), word.end(), [](char32_t c) { return is_letter_or_digit(c) || c == U'_' || c == U'-'; });
        if (!value_follows || !looks_like_a_name) return false;
        const std::string near = nearest(name, fields_);
        if (text_[at_] == U'：' && near.empty()) return false;
        std::string list;
        for (const std::string& each : fields_) list += (list.empty() ? "" : ", ") + each;
        fault_(start, "there is no field " + name + ":; known are " + list + (near.empty() ? "" : "; did you mean " + near + ":?") + " (a text with a colon stands in quotation marks)");
        return true;
    }

    bool operator_(std::size_t start, std::u32string_view word) {
        if (word == U"AND") return push(Token::Kind::and_, start), true;
        if (word == U"OR") return push(Token::Kind::or_, start), true;
        if (word == U"NOT") return push(Token::Kind::not_, start), true;
        if (word == U"EXCEPT") return push(Token::Kind::except, start), true;
        const std::size_t slash = word.find(U'/');
        const std::u32string_view head = word.substr(0, slash);
        const bool near = same_ignoring_case(head, U"NEAR");
        if (!near && !same_ignoring_case(head, U"BEFORE")) return false;
        const std::string name = near ? "NEAR" : "BEFORE";
        const bool capitals = head == U"NEAR" || head == U"BEFORE";
        if (slash == std::u32string_view::npos) {
            if (capitals) fault_(start, name + " needs a distance in characters, for example " + name + "/8");
            return capitals && (push(near ? Token::Kind::near : Token::Kind::before, start), true);
        }
        Token& token = push(near ? Token::Kind::near : Token::Kind::before, start);
        if (!capitals) fault_(start, "operators are written in capitals: " + name);
        const std::u32string_view digits = word.substr(slash + 1);
        if (digits.empty() || digits.size() > 5 || !std::all_of(digits.begin(), digits.end(), is_digit)) {
            return fault_(start, name + "/ must be followed by a whole number of characters, for example " + name + "/8"), true;
        }
        for (const char32_t digit : digits) token.distance = token.distance * 10 + (digit - U'0');
        if (token.distance > kDistanceMaximum) {
            fault_(start, "the distance of " + name + " is at most " + std::to_string(kDistanceMaximum));
        }
        return true;
    }

    // Bare words that follow each other are one phrase; a quotation never joins its neighbours.
    void add_term(std::size_t start, std::u32string_view text, bool bare) {
        std::vector<TermPiece> pieces = bare ? bare_pieces(text) : quoted_pieces(text);
        const bool joins = bare && last_was_bare_ && !tokens_.empty() && tokens_.back().kind == Token::Kind::term &&
                           last_end_ < start;
        if (joins) {
            std::vector<TermPiece>& before = tokens_.back().term.pieces;
            before.push_back({TermPiece::Kind::blank, {}});
            before.insert(before.end(), pieces.begin(), pieces.end());
        } else {
            push(Token::Kind::term, start).term.pieces = std::move(pieces);
        }
        last_was_bare_ = bare;
        last_end_ = at_;
        check_term(tokens_.back());
    }

    void check_term(const Token& token) {
        std::size_t length = 0;
        bool has_text = false;
        for (const TermPiece& piece : token.term.pieces) {
            length += piece.text.size();
            has_text = has_text || piece.kind == TermPiece::Kind::text;
        }
        if (!has_text) {
            fault_(token.at, token.term.pieces.empty() ? "there is nothing between the quotation marks"
                                                       : "a term needs at least one character besides * and ?");
        }
        if (length > kTermMaximum) {
            fault_(token.at, "a term has at most " + std::to_string(kTermMaximum) + " characters, this one has " + std::to_string(length));
        }
    }

    static void append_text(std::vector<TermPiece>& pieces, std::u32string_view text) {
        std::u32string content = folded(text);
        if (!content.empty()) pieces.push_back({TermPiece::Kind::text, std::move(content)});
    }

    static std::vector<TermPiece> bare_pieces(std::u32string_view text) {
        std::vector<TermPiece> pieces;
        std::size_t start = 0;
        for (std::size_t i = 0; i <= text.size(); ++i) {
            if (i < text.size() && text[i] != U'*' && text[i] != U'?') continue;
            append_text(pieces, text.substr(start, i - start));
            start = i + 1;
            if (i == text.size()) break;
            if (text[i] == U'?') {
                pieces.push_back({TermPiece::Kind::one, {}});
            } else if (pieces.empty() || pieces.back().kind != TermPiece::Kind::some) {
                pieces.push_back({TermPiece::Kind::some, {}});
            }
        }
        return pieces;
    }

    static std::vector<TermPiece> quoted_pieces(std::u32string_view text) {
        std::vector<TermPiece> pieces;
        std::size_t i = 0;
        while (i < text.size()) {
            std::size_t end = i;
            while (end < text.size() && !is_white_space(text[end])) ++end;
            append_text(pieces, text.substr(i, end - i));
            i = end;
            while (i < text.size() && is_white_space(text[i])) ++i;
            if (i > end && i < text.size() && !pieces.empty()) pieces.push_back({TermPiece::Kind::blank, {}});
        }
        return pieces;
    }

    std::u32string_view text_;
    const std::vector<std::string>& fields_;
    const std::function<void(std::size_t, std::string)>& fault_;
    std::vector<Token> tokens_;
    std::size_t at_ = 0;
    std::size_t last_end_ = 0;
    bool last_was_bare_ = false;
};

}  // namespace

bool ends_word(char32_t c) { return is_white_space(c) || c == U'(' || c == U')' || c == U'（' || c == U'）'; }

bool begins_quotation(char32_t c) { return closing_of(c) != 0 || c == U'/'; }

bool is_reserved_word(std::u32string_view word) {
    if (word == U"and" || word == U"or" || word == U"not" || word == U"except") return true;
    const std::u32string_view head = word.substr(0, word.find(U'/'));
    if (same_ignoring_case(head, U"NEAR") || same_ignoring_case(head, U"BEFORE")) return true;
    const std::size_t colon = word.find(U':');
    return colon != std::u32string_view::npos &&
           std::find(kFieldNames.begin(), kFieldNames.end(), utf8::from_code_points(word.substr(0, colon))) != kFieldNames.end();
}

std::vector<Token> tokenize(std::u32string_view expression, const std::vector<std::string>& fields,
                            const std::function<void(std::size_t, std::string)>& fault) {
    return Lexer(expression, fields, fault).run();
}

}  // namespace fangtan::query
