// SPDX-License-Identifier: Apache-2.0
#include "fangtan/reader/html_page.hpp"

#include <gumbo.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cstddef>
#include <iterator>
#include <memory_resource>
#include <utility>

#include "fangtan/base/error.hpp"
#include "fangtan/reader/subtitle_cue.hpp"
#include "fangtan/text/boundary.hpp"
#include "fangtan/text/utf8.hpp"

namespace fangtan::reader::html {
namespace {

constexpr std::size_t kDepthMaximum = 2000;

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f'; }

// Elements that may stay open without nesting, or that hold nothing.
bool needs_no_end(std::string_view name) {
    static constexpr std::array<std::string_view, 32> kNames = {"p", "li", "dt", "dd", "td", "th", "tr", "thead", "tbody", "tfoot", "colgroup", "option", "optgroup", "rt", "rp", "html",
                                                                "body", "head", "br", "hr", "img", "meta", "link", "input", "area", "base", "col", "embed", "param", "source", "track", "wbr"};
    return std::find(kNames.begin(), kNames.end(), name) != kNames.end();
}

// The parser looks through all open elements for many a tag: nesting without end would cost quadratic time.
std::size_t deepest_line(std::string_view text) {
    std::size_t depth = 0;
    for (std::size_t at = text.find('<'); at != std::string_view::npos; at = text.find('<', at + 1)) {
        const bool ends = at + 1 < text.size() && text[at + 1] == '/';
        std::string name;
        for (std::size_t i = at + (ends ? 2 : 1); i < text.size() && name.size() < 12 && std::isalnum(static_cast<unsigned char>(text[i])) != 0; ++i) {
            name += static_cast<char>(std::tolower(static_cast<unsigned char>(text[i])));
        }
        if (name.empty() || needs_no_end(name)) continue;
        if (ends) {
            if (depth > 0) --depth;
        } else if (++depth > kDepthMaximum) {
            return static_cast<std::size_t>(std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(at), '\n')) + 1;
        }
    }
    return 0;
}

}  // namespace

// Gumbo frees its tree by recursion, which a hostile page turns into a stack overflow: the memory goes as a whole.
struct Page::Parsed {
    std::pmr::monotonic_buffer_resource memory;
    GumboOptions options{};
    const GumboOutput* output = nullptr;
};

Page::Page(std::string_view text, const std::string& name) {
    if (const std::size_t line = deepest_line(text); line > 0) {
        throw Error(ErrorKind::input, name + ":" + std::to_string(line), "more than " + std::to_string(kDepthMaximum) + " elements are open here; save the page's text as .txt");
    }
    parsed_ = std::make_unique<Parsed>();
    GumboOptions& options = parsed_->options;
    options = kGumboDefaultOptions;
    options.userdata = &parsed_->memory;
    options.allocator = [](void* memory, std::size_t size) { return static_cast<std::pmr::memory_resource*>(memory)->allocate(size, alignof(std::max_align_t)); };
    options.deallocator = [](void*, void*) {};
    options.max_errors = 0;
    parsed_->output = gumbo_parse_with_options(&options, text.data(), text.size());
}
Page::~Page() = default;

const GumboInternalNode* Page::root() const { return parsed_->output->root; }

void LineBuilder::add(std::string_view text, bool preformatted) {
    for (std::size_t i = 0; i < text.size();) {
        const char c = text[i];
        if (preformatted && c == '\n') {
            lines_.push_back(std::exchange(prefix_, {}) + std::exchange(line_, {}));
            ++i;
            continue;
        }
        if (!preformatted && is_blank(c)) {
            blank_ = true;
            blank_has_feed_ = blank_has_feed_ || c == '\n';
            ++i;
            continue;
        }
        const std::size_t size = utf8::length(c);
        const std::string_view character = text.substr(i, size);
        i += size;
        if (character == "\u00AD") continue;  // where a word may be divided
        if (blank_ && !line_.empty()) {
            // A source is broken into lines anywhere; Chinese has no blank there.
            if (blank_has_feed_) {
                subtitle::join_speech(line_, character);
                blank_ = blank_has_feed_ = false;
                continue;
            }
            line_ += ' ';
        }
        blank_ = blank_has_feed_ = false;
        line_ += character == "\u00A0" ? std::string_view(" ") : character;
    }
}

void LineBuilder::end_line() {
    const std::string_view text = trimmed(line_, span_of(0, static_cast<std::uint32_t>(line_.size()))).of(line_);
    if (!text.empty()) {
        lines_.push_back(prefix_ + std::string(text));
        prefix_.clear();
    }
    line_.clear();
    blank_ = blank_has_feed_ = false;
}

void LineBuilder::add_lines(std::vector<std::string> lines) {
    end_line();
    std::move(lines.begin(), lines.end(), std::back_inserter(lines_));
}

std::vector<std::string> LineBuilder::take() {
    end_line();
    return std::exchange(lines_, {});
}

}  // namespace fangtan::reader::html
