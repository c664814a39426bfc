// SPDX-License-Identifier: Apache-2.0
//
// From a scalar's value back to where its characters were written. Value and
// source are walked side by side; they differ in quotation marks, escapes,
// indentation and folded line breaks only.
#include <algorithm>
#include <string_view>

#include "fangtan/codebook/yaml_node.hpp"
#include "fangtan/text/utf8.hpp"

namespace fangtan::codebook::yaml {
namespace {

class Walker {
 public:
    Walker(std::string_view text, const Node& scalar)
        : text_(text), scalar_(scalar), at_(scalar.begin), end_(scalar.end) {
        if (is_quoted()) {
            ++at_;
            --end_;
        } else if (is_block()) {
            at_ = std::min<std::size_t>(text_.find('\n', at_), end_);
            if (at_ < end_) ++at_;
            indentation_ = indentation();
            skip_indentation();
        }
    }

    [[nodiscard]] std::uint32_t at() const { return static_cast<std::uint32_t>(std::min(at_, end_)); }

    // Moves past the characters of the source that made value[i…]; returns the index of the next of the
    // value.
    std::size_t step(std::size_t i) {
        const std::string_view value = scalar_.text;
        if (scalar_.style == Node::Style::double_quoted) skip_escaped_breaks();
        if (at_ >= end_) return i + utf8::length(value[i]);
        if (scalar_.style != Node::Style::literal && stands_before_break()) return fold(i);
        at_ += width();
        if (is_block() && value[i] == '\n') skip_indentation();
        return i + utf8::length(value[i]);
    }

 private:
    [[nodiscard]] bool is_quoted() const {
        return scalar_.style == Node::Style::single_quoted || scalar_.style == Node::Style::double_quoted;
    }
    [[nodiscard]] bool is_block() const {
        return scalar_.style == Node::Style::literal || scalar_.style == Node::Style::folded;
    }

    // Of the first line that is not blank.
    [[nodiscard]] std::size_t indentation() const {
        const std::size_t first = text_.find_first_not_of(" \n", at_);
        if (first == std::string_view::npos || first >= end_) return 0;
        return first - (text_.rfind('\n', first) + 1);
    }
    void skip_indentation() {
        for (std::size_t i = 0; i < indentation_ && at_ < end_ && text_[at_] == ' '; ++i) ++at_;
    }

    [[nodiscard]] bool stands_before_break() const {
        const std::size_t next = is_block() ? at_ : text_.find_first_not_of(" \t", at_);
        return next < end_ && text_[next] == '\n';
    }

    // Line breaks and the blanks around them became one blank, or line feeds, of the value.
    std::size_t fold(std::size_t i) {
        at_ = std::min(text_.find_first_not_of(" \t\n", at_), end_);
        if (scalar_.text[i] != '\n') return i + 1;
        return std::min(scalar_.text.find_first_not_of('\n', i), scalar_.text.size());
    }

    void skip_escaped_breaks() {
        while (at_ + 1 < end_ && text_[at_] == '\\' && text_[at_ + 1] == '\n') {
            at_ = std::min(text_.find_first_not_of(" \t", at_ + 2), end_);
        }
    }

    // Bytes of the source that one character of the value takes.
    [[nodiscard]] std::size_t width() const {
        if (scalar_.style == Node::Style::single_quoted && text_[at_] == '\'') return 2;
        if (scalar_.style == Node::Style::double_quoted && text_[at_] == '\\' && at_ + 1 < end_) {
            switch (text_[at_ + 1]) {
                case 'x':
                    return 4;
                case 'u':
                    return 6;
                case 'U':
                    return 10;
                default:
                    return 1 + utf8::length(text_[at_ + 1]);
            }
        }
        return utf8::length(text_[at_]);
    }

    std::string_view text_;
    const Node& scalar_;
    std::size_t at_;
    std::size_t end_;
    std::size_t indentation_ = 0;
};

}  // namespace

std::uint32_t offset_in_source(const Source& source, const Node& scalar, std::size_t index) {
    Walker walker(source.text(), scalar);
    std::size_t i = 0;
    for (std::size_t byte = 0; i < index && byte < scalar.text.size();) {
        const std::size_t next = walker.step(byte);
        i += utf8::count(std::string_view(scalar.text).substr(byte, next - byte));
        byte = next;
    }
    return walker.at();
}

}  // namespace fangtan::codebook::yaml
