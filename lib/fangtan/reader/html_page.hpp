// SPDX-License-Identifier: Apache-2.0
//
// A parsed web page, and the lines of text that are built from it. Internal to
// the HTML reader.
#pragma once

#include <gumbo.h>

#include <memory>
#include <memory_resource>
#include <string>
#include <string_view>
#include <vector>

namespace fangtan::reader::html {

// Throws Error(input) if elements are nested beyond reason.
class Page {
 public:
    Page(std::string_view text, const std::string& name);
    [[nodiscard]] const GumboNode* root() const { return output_->root; }

 private:
    // Gumbo frees its tree by recursion, which a hostile page turns into a stack overflow: the memory goes as a whole.
    std::pmr::monotonic_buffer_resource memory_;
    GumboOptions options_{};
    const GumboOutput* output_ = nullptr;
};

// Lines as a browser shows them: white space collapses but in <pre>, blocks begin lines.
class LineBuilder {
 public:
    void add(std::string_view text, bool preformatted);
    void end_line();                      // if anything stands on it
    void add_lines(std::vector<std::string> lines);  // as they are
    void prefix(std::string_view text) { prefix_ = text; }  // of the next line
    [[nodiscard]] std::vector<std::string> take();

 private:
    void add_blank();

    std::vector<std::string> lines_;
    std::string line_;
    std::string prefix_;
    bool blank_ = false;           // white space waits for what follows
    bool blank_has_feed_ = false;  // and held a line feed
};

}  // namespace fangtan::reader::html
