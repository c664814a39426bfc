// SPDX-License-Identifier: Apache-2.0
//
// A parsed web page, and the lines of text that are built from it. Internal to
// the HTML reader.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

struct GumboInternalNode;

namespace fangtan::reader::html {

// Throws Error(input) if elements are nested beyond reason.
class Page {
 public:
    Page(std::string_view text, const std::string& name);
    ~Page();
    Page(const Page&) = delete;
    Page& operator=(const Page&) = delete;
    [[nodiscard]] const GumboInternalNode* root() const;

 private:
    struct Parsed;
    std::unique_ptr<Parsed> parsed_;
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
