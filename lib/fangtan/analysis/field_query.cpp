// SPDX-License-Identifier: Apache-2.0
#include "fangtan/analysis/field_query.hpp"

#include <algorithm>
#include <array>
#include <functional>

#include "fangtan/base/error.hpp"
#include "fangtan/text/character.hpp"
#include "fangtan/text/diagnostic_text.hpp"
#include "fangtan/text/utf8.hpp"

namespace fangtan::analysis {
namespace {

constexpr std::array<const char*, 5> kAlwaysKnown = {"speaker", "participant", "group", "role", "document"};

// The parser of queries knows a fixed list of names. Attributes pass it under one of these names that retrieval has no
// other use for, with their number before the value: station:北 goes in as status:0|北 and is renamed in the tree.
constexpr const char* kStandIn = "status";
constexpr char32_t kAfterNumber = U'|';

bool ends_word(char32_t c) { return is_white_space(c) || c == U'(' || c == U')' || c == U'（' || c == U'）'; }

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

bool contains(const std::vector<std::string>& names, const std::string& name) { return std::find(names.begin(), names.end(), name) != names.end(); }

// Letters first: 12:30 is a time.
bool looks_like_a_name(std::u32string_view word) {
    const auto is_digit = [](char32_t c) { return c < 0x80 && c >= U'0' && c <= U'9'; };
    return !word.empty() && !is_digit(word[0]) && std::all_of(word.begin(), word.end(), [](char32_t c) { return is_letter_or_digit(c) || c == U'_' || c == U'-'; });
}

// Finds the fields of an expression, as the lexer of queries will, and puts the stand-in where an attribute is named.
class FieldScanner {
 public:
    FieldScanner(std::u32string_view text, const FieldNames& names, const std::function<void(std::size_t, std::string)>& fault)
        : text_(text), names_(names), fault_(fault) {}

    void run() {
        while (at_ < text_.size()) {
            const char32_t c = text_[at_];
            if (ends_word(c)) {
                copy(1);
            } else if (c == U'/') {
                regex();
            } else if (closing_of(c) != 0) {
                quotation();
            } else {
                word();
            }
        }
        origins.push_back(text_.size());
    }

    std::u32string rewritten;
    std::vector<std::size_t> origins;     // by character of `rewritten`, and of its end: where it stands in the text
    std::vector<std::string> attributes;  // by number

 private:
    void copy(std::size_t count) {
        for (const std::size_t end = std::min(at_ + count, text_.size()); at_ < end; ++at_) {
            origins.push_back(at_);
            rewritten += text_[at_];
        }
    }
    void regex() {
        copy(1);
        while (at_ < text_.size() && text_[at_] != U'/') copy(text_[at_] == U'\\' ? 2 : 1);
        copy(1);
    }
    void quotation() {
        const std::size_t close = text_.find(closing_of(text_[at_]), at_ + 1);
        copy(close == std::u32string_view::npos ? text_.size() : close + 1 - at_);
    }
    void word() {
        const std::size_t start = at_;
        bool colon = false;
        while (at_ < text_.size() && !ends_word(text_[at_])) {
            const char32_t c = text_[at_];
            if (at_ > start && closing_of(c) != 0) return;
            if (at_ > start && !colon && (c == U':' || c == U'：')) {
                colon = true;
                if (field(start)) return;
            }
            copy(1);
        }
    }

    // At a colon.
    bool field(std::size_t start) {
        const std::string name = utf8::from_code_points(text_.substr(start, at_ - start));
        if (name == "code" && !names_.codings) {
            fault_(start, "the field code: needs codings to look into; none are given (option --codings)");
        } else if (name == "code" || std::find(kAlwaysKnown.begin(), kAlwaysKnown.end(), name) != kAlwaysKnown.end()) {
            copy(1);
        } else if (contains(names_.attributes, name)) {
            attribute(start, name);
        } else {
            return unknown(start, name);
        }
        value();
        return true;
    }

    void attribute(std::size_t start, const std::string& name) {
        rewritten.resize(rewritten.size() - (at_ - start));
        origins.resize(rewritten.size());
        const auto put = [&](std::u32string_view text) {
            rewritten += text;
            origins.resize(rewritten.size(), start);
        };
        put(utf8::to_code_points(kStandIn));
        put(U":");
        ++at_;
        const char32_t closing = at_ < text_.size() ? closing_of(text_[at_]) : 0;
        if (closing != 0) copy(1);
        if (at_ >= text_.size() || (closing != 0 ? text_[at_] == closing : ends_word(text_[at_]))) {
            fault_(start, "the field " + name + ": has no value; write for example " + name + ":*");
        }
        put(utf8::to_code_points(std::to_string(attributes.size())));
        put(std::u32string_view(&kAfterNumber, 1));
        attributes.push_back(name);
        if (closing == 0) return;
        const std::size_t close = text_.find(closing, at_);
        copy(close == std::u32string_view::npos ? text_.size() : close + 1 - at_);
    }

    // Whether the word is taken for a field with a wrong name; else it is text.
    bool unknown(std::size_t start, const std::string& name) {
        const bool value_follows = at_ + 1 < text_.size() && !ends_word(text_[at_ + 1]);
        if (!value_follows || !looks_like_a_name(text_.substr(start, at_ - start))) return false;
        const std::vector<std::string> known = names_.all();
        const std::string near = nearest(name, known);
        if (text_[at_] == U'：' && near.empty()) return false;  // 他说：好
        std::string list;
        for (const std::string& each : known) list += (list.empty() ? "" : ", ") + each;
        fault_(start, "there is no field " + name + ":; known are " + list + (near.empty() ? "" : "; did you mean " + near + ":?") + " (a text with a colon stands in quotation marks)");
        copy(1);
        return true;
    }

    void value() {
        if (at_ < text_.size() && closing_of(text_[at_]) != 0) return quotation();
        while (at_ < text_.size() && !ends_word(text_[at_])) copy(1);
    }

    std::u32string_view text_;
    const FieldNames& names_;
    const std::function<void(std::size_t, std::string)>& fault_;
    std::size_t at_ = 0;
};

void rename(Query& query, const std::vector<std::string>& attributes) {
    if (auto* field = std::get_if<Field>(&query.node)) {
        if (field->name != kStandIn) return;
        const std::size_t bar = field->value.find(static_cast<char>(kAfterNumber));
        field->name = attributes[std::stoul(field->value.substr(0, bar))];
        field->value.erase(0, bar + 1);
    } else if (auto* negation = std::get_if<Not>(&query.node)) {
        rename(*negation->operand, attributes);
    } else if (auto* all = std::get_if<And>(&query.node)) {
        for (Query& operand : all->operands) rename(operand, attributes);
    } else if (auto* any = std::get_if<Or>(&query.node)) {
        for (Query& operand : any->operands) rename(operand, attributes);
    }
}

}  // namespace

std::vector<std::string> FieldNames::all() const {
    std::vector<std::string> names(kAlwaysKnown.begin(), kAlwaysKnown.end());
    names.emplace_back("code");
    for (const std::string& attribute : attributes) {
        if (!contains(names, attribute)) names.push_back(attribute);
    }
    return names;
}

std::optional<Query> parse_with_fields(std::string_view expression, const std::string& file, const FieldNames& names, Diagnostics& diagnostics) {
    if (utf8::first_fault(expression)) throw Error(ErrorKind::usage, file, "is not UTF-8; type it in a terminal whose encoding is UTF-8");
    const std::size_t errors = diagnostics.errors();
    const std::string line(expression);
    const std::function<void(std::size_t, std::string)> fault = [&](std::size_t at, std::string message) {
        diagnostics.error(file, {1, 1 + static_cast<std::uint32_t>(at)}, std::move(message), line);
    };
    const std::u32string text = utf8::to_code_points(expression);
    FieldScanner scanner(text, names, fault);
    scanner.run();
    if (diagnostics.errors() > errors) return std::nullopt;
    std::vector<std::string> allowed(kAlwaysKnown.begin(), kAlwaysKnown.end());
    allowed.insert(allowed.end(), {"code", kStandIn});
    Diagnostics found;
    std::optional<Query> query = query::parse(utf8::from_code_points(scanner.rewritten), {file, {1, 1}, line}, found, allowed);
    for (const Diagnostic& entry : found.entries()) {
        const std::size_t at = std::min<std::size_t>(entry.position.column - 1, scanner.origins.size() - 1);
        const Position position{1, 1 + static_cast<std::uint32_t>(scanner.origins[at])};
        if (entry.severity == Severity::error) {
            diagnostics.error(file, position, entry.message, line);
        } else {
            diagnostics.warning(file, position, entry.message, line);
        }
    }
    if (query) rename(*query, scanner.attributes);
    return query;
}

}  // namespace fangtan::analysis
