// SPDX-License-Identifier: Apache-2.0
#include "fangtan/reader/xml_check.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <unordered_map>
#include <utility>
#include <vector>

#include "fangtan/base/error.hpp"
#include "fangtan/reader/xml_names.hpp"
#include "fangtan/text/utf8.hpp"

namespace fangtan::reader {
namespace {

constexpr std::size_t kDepthMaximum = 256;
constexpr std::size_t kAttributesMaximum = 256;
constexpr std::size_t kNameMaximum = 4096;  // bytes

bool is_blank(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; }

struct QualifiedName {
    std::string_view whole;
    std::string_view prefix;  // may be empty
    std::string_view local;
};

struct Attribute {
    QualifiedName name;
    std::string_view value;  // as written, its references checked
    std::string_view uri;    // empty: of no namespace
};

struct OpenElement {
    QualifiedName name;
    std::string_view prefix;  // canonical; empty if of no namespace
    std::vector<std::string_view> declared;
};

class Checker {
 public:
    Checker(std::string_view text, const std::string& place) : text_(text), place_(place) {}

    std::string run() {
        bindings_["xml"].push_back(kXmlNamespace);
        result_.reserve(text_.size());
        declaration();
        bool root = false;
        while (at_ < text_.size()) {
            if (text_[at_] != '<') {
                text();
            } else if (starts("<!--")) {
                comment();
            } else if (starts("<?")) {
                instruction();
            } else if (starts("<![CDATA[")) {
                cdata();
            } else if (starts("<!")) {
                bad(starts("<!DOCTYPE") ? "a DOCTYPE was found; documents need none, and it may hide other content" : "a declaration of a document type was found");
            } else if (starts("</")) {
                end_tag();
            } else {
                if (open_.empty() && root) bad("a second root element was found");
                root = true;
                start_tag();
            }
        }
        if (!open_.empty()) bad("the text ends inside the element <" + shown(open_.back().name.whole) + ">; the file was probably cut off");
        if (!root) bad("there is no element");
        return std::move(result_);
    }

 private:
    [[noreturn]] void bad(const std::string& what) const {
        const auto lines = std::count(text_.begin(), text_.begin() + static_cast<std::ptrdiff_t>(std::min(at_, text_.size())), '\n');
        throw Error(ErrorKind::input, place_ + ":" + std::to_string(lines + 1), "this XML cannot be read: " + what);
    }
    static std::string shown(std::string_view name) {
        constexpr std::size_t kShown = 40;
        if (name.size() <= kShown) return utf8::escaped(name);
        std::size_t end = kShown;
        while (utf8::is_continuation(name[end])) --end;
        return utf8::escaped(name.substr(0, end)) + "…";
    }

    [[nodiscard]] bool starts(std::string_view what) const { return text_.substr(at_).starts_with(what); }
    void expect(std::string_view what, const char* where) {
        if (!starts(what)) bad("expected " + std::string(what) + " " + where);
        at_ += what.size();
    }
    bool skip_blanks() {
        const std::size_t before = at_;
        while (at_ < text_.size() && is_blank(text_[at_])) ++at_;
        return at_ > before;
    }

    // Steps over one character of content.
    void step() {
        const auto byte = static_cast<unsigned char>(text_[at_]);
        if (byte >= 0x20 && byte < 0x7F) {
            ++at_;
            return;
        }
        const char32_t c = utf8::at(text_, at_);
        if (!is_xml_character(c)) bad("the character " + hexadecimal(c) + " is not allowed");
        at_ += utf8::length(text_[at_]);
    }
    static std::string hexadecimal(char32_t c) {
        std::array<char, 16> digits{};
        std::snprintf(digits.data(), digits.size(), "U+%04X", static_cast<unsigned>(c));
        return digits.data();
    }

    std::string_view simple_name() {
        const std::size_t begin = at_;
        while (at_ < text_.size()) {
            const char32_t c = utf8::at(text_, at_);
            if (at_ == begin ? !starts_name(c) : !continues_name(c)) break;
            at_ += utf8::length(text_[at_]);
        }
        if (at_ == begin) bad("expected a name");
        if (at_ - begin > kNameMaximum) bad("a name has more than 4096 bytes");
        return text_.substr(begin, at_ - begin);
    }
    QualifiedName qualified_name() {
        const std::size_t begin = at_;
        QualifiedName name;
        name.local = simple_name();
        if (at_ < text_.size() && text_[at_] == ':') {
            ++at_;
            name.prefix = name.local;
            name.local = simple_name();
        }
        name.whole = text_.substr(begin, at_ - begin);
        return name;
    }

    // &amp; &#x4E2D;
    void reference() {
        const std::size_t begin = at_;
        ++at_;
        if (starts("#")) {
            ++at_;
            const bool hex = starts("x");
            if (hex) ++at_;
            char32_t value = 0;
            const std::size_t digits = at_;
            for (; at_ < text_.size() && text_[at_] != ';'; ++at_) {
                const char c = text_[at_];
                const int digit = c >= '0' && c <= '9' ? c - '0' : hex && c >= 'a' && c <= 'f' ? c - 'a' + 10 : hex && c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
                if (digit < 0) bad("a character reference is malformed");
                value = value * (hex ? 16 : 10) + static_cast<char32_t>(digit);
                if (value > 0x10FFFF) bad("a character reference lies beyond Unicode");
            }
            if (at_ == digits) bad("a character reference is malformed");
            if (!is_xml_character(value)) bad("the character " + hexadecimal(value) + " is not allowed, not as a reference either");
        } else {
            static constexpr std::array<std::string_view, 5> kEntities = {"amp;", "lt;", "gt;", "quot;", "apos;"};
            const auto known = std::find_if(kEntities.begin(), kEntities.end(), [&](std::string_view one) { return starts(one); });
            if (known == kEntities.end()) {
                at_ = begin;
                bad("an & was found that begins none of &amp; &lt; &gt; &quot; &apos; and no character reference");
            }
            at_ += known->size() - 1;
        }
        expect(";", "at the end of a reference");
    }

    void declaration() {
        if (!starts("<?xml") || at_ + 5 >= text_.size() || !is_blank(text_[at_ + 5])) return;
        const std::size_t end = text_.find("?>", at_);
        if (end == std::string_view::npos) bad("the XML declaration does not end");
        at_ = end + 2;
    }

    void text() {
        std::size_t begin = at_;
        while (at_ < text_.size() && text_[at_] != '<') {
            const char c = text_[at_];
            if (open_.empty() && !is_blank(c)) bad("text was found outside the root element");
            if (c == '&') {
                reference();
                continue;
            }
            if (c == ']' && starts("]]>")) bad("]]> was found in text");
            if (c == '>') {
                // Without the comment or CDATA before it, it might end a ]]>.
                result_ += text_.substr(begin, at_ - begin);
                result_ += "&gt;";
                begin = at_ + 1;
            }
            step();
        }
        if (!open_.empty()) result_ += text_.substr(begin, at_ - begin);
    }

    void comment() {
        at_ += 4;
        while (at_ < text_.size() && !starts("--")) step();
        expect("-->", "at the end of a comment");
    }

    void instruction() {
        at_ += 2;
        const std::string_view target = simple_name();
        if (target.size() == 3 && (target[0] | 0x20) == 'x' && (target[1] | 0x20) == 'm' && (target[2] | 0x20) == 'l') {
            bad("an XML declaration was found that does not stand at the very beginning");
        }
        if (!starts("?>") && !skip_blanks()) bad("expected a blank behind the target of an instruction");
        while (at_ < text_.size() && !starts("?>")) step();
        expect("?>", "at the end of an instruction");
    }

    void cdata() {
        if (open_.empty()) bad("text was found outside the root element");
        at_ += 9;
        while (at_ < text_.size() && !starts("]]>")) {
            const std::size_t begin = at_;
            step();
            switch (text_[begin]) {
                case '<': result_ += "&lt;"; break;
                case '&': result_ += "&amp;"; break;
                case '>': result_ += "&gt;"; break;
                default: result_ += text_.substr(begin, at_ - begin);
            }
        }
        expect("]]>", "at the end of a CDATA section");
    }

    std::string_view attribute_value() {
        skip_blanks();
        expect("=", "behind the name of an attribute");
        skip_blanks();
        const char quote = at_ < text_.size() ? text_[at_] : '\0';
        if (quote != '"' && quote != '\'') bad("expected a quotation mark before the value of an attribute");
        const std::size_t begin = ++at_;
        while (at_ < text_.size() && text_[at_] != quote) {
            if (text_[at_] == '<') bad("a < was found in the value of an attribute");
            if (text_[at_] == '&') {
                reference();
            } else {
                step();
            }
        }
        if (at_ == text_.size()) bad("the value of an attribute does not end");
        const std::string_view value = text_.substr(begin, at_ - begin);
        ++at_;
        return value;
    }

    void bind(const Attribute& attribute, OpenElement& element) {
        const std::string_view prefix = attribute.name.prefix.empty() ? std::string_view() : attribute.name.local;
        if (prefix == "xmlns" || (prefix == "xml") != (attribute.value == kXmlNamespace)) bad("the prefix " + shown(prefix) + " must not be bound like this");
        if (!prefix.empty() && attribute.value.empty()) bad("the prefix " + shown(prefix) + " is bound to nothing");
        bindings_[prefix].push_back(attribute.value);
        element.declared.push_back(prefix);
    }

    [[nodiscard]] std::string_view namespace_of(std::string_view prefix) const {
        const auto bound = bindings_.find(prefix);
        if (bound != bindings_.end() && !bound->second.empty()) return bound->second.back();
        if (!prefix.empty()) bad("the prefix " + shown(prefix) + " is not declared");
        return {};
    }

    void start_tag() {
        if (open_.size() == kDepthMaximum) bad("more than 256 elements stand in each other");
        ++at_;
        OpenElement element;
        element.name = qualified_name();
        attributes_.clear();
        for (;;) {
            const bool blank = skip_blanks();
            if (starts(">") || starts("/>")) break;
            if (at_ == text_.size()) bad("the text ends inside a tag; the file was probably cut off");
            if (!blank) bad("expected a blank, > or /> in the tag of <" + shown(element.name.whole) + ">");
            if (attributes_.size() == kAttributesMaximum) bad("an element has more than 256 attributes");
            Attribute attribute;
            attribute.name = qualified_name();
            attribute.value = attribute_value();
            attributes_.push_back(attribute);
            const bool declares = attribute.name.prefix == "xmlns" || (attribute.name.prefix.empty() && attribute.name.local == "xmlns");
            if (declares) bind(attribute, element);
        }
        write_start(element);
        if (starts("/>")) {
            at_ += 2;
            result_ += "/>";
            unbind(element);
            return;
        }
        ++at_;
        result_ += '>';
        open_.push_back(std::move(element));
    }

    void write_start(OpenElement& element) {
        const std::string_view uri = namespace_of(element.name.prefix);
        if (!uri.empty()) element.prefix = canonical_prefix(uri);
        result_ += '<';
        write_name(element.prefix, element.name.local);
        for (Attribute& attribute : attributes_) {
            const bool plain = attribute.name.prefix.empty() || attribute.name.prefix == "xmlns";
            attribute.uri = plain ? attribute.name.prefix : namespace_of(attribute.name.prefix);
        }
        refuse_repeated_attributes();
        for (const Attribute& attribute : attributes_) {
            if (attribute.name.prefix == "xmlns" || attribute.name.whole == "xmlns") continue;
            const std::string_view prefix = attribute.uri.empty() ? std::string_view() : canonical_prefix(attribute.uri);
            if (prefix == kForeignPrefix) continue;
            result_ += ' ';
            write_name(prefix, attribute.name.local);
            // The other quotation mark may stand inside.
            const char quote = attribute.value.find('"') == std::string_view::npos ? '"' : '\'';
            result_ += '=';
            result_ += quote;
            result_ += attribute.value;
            result_ += quote;
        }
    }

    void refuse_repeated_attributes() {
        if (attributes_.size() < 2) return;
        std::vector<std::pair<std::string_view, std::string_view>> names;
        for (const Attribute& attribute : attributes_) names.emplace_back(attribute.uri, attribute.name.local);
        std::sort(names.begin(), names.end());
        const auto twice = std::adjacent_find(names.begin(), names.end());
        if (twice != names.end()) bad("the attribute " + shown(twice->second) + " stands twice in one element");
    }

    void write_name(std::string_view prefix, std::string_view local) {
        if (!prefix.empty()) {
            result_ += prefix;
            result_ += ':';
        }
        result_ += local;
    }

    void unbind(const OpenElement& element) {
        for (const std::string_view prefix : element.declared) bindings_[prefix].pop_back();
    }

    void end_tag() {
        at_ += 2;
        const QualifiedName name = qualified_name();
        if (open_.empty()) bad("the end tag </" + shown(name.whole) + "> has no beginning");
        const OpenElement& element = open_.back();
        if (name.whole != element.name.whole) bad("the end tag </" + shown(name.whole) + "> was found where <" + shown(element.name.whole) + "> is open");
        skip_blanks();
        expect(">", "at the end of an end tag");
        result_ += "</";
        write_name(element.prefix, element.name.local);
        result_ += '>';
        unbind(element);
        open_.pop_back();
    }

    std::string_view text_;
    const std::string& place_;
    std::size_t at_ = 0;
    std::string result_;
    std::vector<OpenElement> open_;
    std::vector<Attribute> attributes_;  // of the tag at hand; kept for its memory
    std::unordered_map<std::string_view, std::vector<std::string_view>> bindings_;
};

}  // namespace

std::string check_xml(std::string_view text, const std::string& place) { return Checker(text, place).run(); }

}  // namespace fangtan::reader
