// SPDX-License-Identifier: Apache-2.0
#include "fangtan/codebook/yaml_syntax.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "fangtan/text/utf8.hpp"

namespace fangtan::codebook::yaml {
namespace {

constexpr std::string_view kFullWidthColon = "：";

// Where the message points, and what it says.
struct Explanation {
    std::uint32_t at = 0;
    std::string message;
};

std::string_view line_of(const Source& source, std::uint32_t at) {
    return source.text().substr(source.line_start(at), source.line_end(at) - source.line_start(at));
}

std::string_view trimmed(std::string_view line) {
    const std::size_t begin = line.find_first_not_of(" \t");
    if (begin == std::string_view::npos) return {};
    return line.substr(begin, line.find_last_not_of(" \t") - begin + 1);
}

std::string line_name(const Source& source, std::uint32_t at) {
    return "line " + std::to_string(source.line(at));
}

// Whether the parser stopped at a tab, or only white space with a tab in it precedes on the line.
bool is_tab_at(const Source& source, std::uint32_t at) {
    if (at < source.text().size() && source.text()[at] == '\t') return true;
    const std::string_view head = source.text().substr(source.line_start(at), at - source.line_start(at));
    return head.find('\t') != std::string_view::npos && trimmed(head).empty();
}

Explanation explain_tab(const Source& source, std::uint32_t at) {
    const std::string_view line = line_of(source, at);
    const std::size_t tab = line.find('\t');
    const auto place =
        source.line_start(at) + static_cast<std::uint32_t>(tab == std::string_view::npos ? 0 : tab);
    const bool leads = trimmed(line.substr(0, place - source.line_start(at))).empty();
    return {place,
            leads ? "a tab in the indentation; YAML is indented with blanks only: replace the tab by blanks"
                  : "a tab where only blanks may stand; replace it by one blank"};
}

Explanation explain_start(const Source& source, std::uint32_t at) {
    const std::string_view text = source.text().substr(at);
    if (text.empty()) return {at, "text is expected here, but the file ends"};
    return {at, "text that begins with " + quoted(text.substr(0, utf8::length(text[0]))) +
                    " must stand in quotes: put '…' around it"};
}

Explanation explain_missing_colon(const Source& source, std::uint32_t at) {
    const std::string_view line = trimmed(line_of(source, at));
    return {at, quoted(line) + " is neither \"key: value\" nor an entry \"- …\"" +
                    (colon_advice(line).empty()
                         ? "; add the colon, or indent the line if it continues the one before"
                         : colon_advice(line))};
}

Explanation explain_second_colon(const Source& source, const SyntaxFault& fault) {
    if (fault.after_scalar && source.line(fault.before.begin) < source.line(fault.at)) {
        const std::string first(trimmed(line_of(source, fault.before.begin)));
        const std::string advice = colon_advice(first);
        return {fault.before.begin,
                "this text runs on to line " + std::to_string(source.line(fault.at)) +
                    ", where \": \" follows" +
                    (advice.empty() ? "; indent that line like this one's key, or put the whole "
                                      "text in quotes"
                                    : advice)};
    }
    return {fault.at, "a second \": \" on one line; if it belongs to the text, put the whole text in quotes"};
}

// The parser expected the next key or entry of a block.
Explanation explain_block(const Source& source, const SyntaxFault& fault) {
    const bool is_list = fault.problem.find("'-'") != std::string_view::npos;
    const bool is_quoted =
        fault.before.style == Node::Style::single_quoted || fault.before.style == Node::Style::double_quoted;
    if (fault.after_scalar && source.line(fault.before.end) == source.line(fault.at)) {
        if (is_quoted) {
            return {fault.at,
                    "text goes on after the closing quotation mark; put all of it in quotes, as '\"社区\" "
                    "AND …'"};
        }
        return {fault.at,
                "this cannot follow what stands before it on the line; put the whole text in quotes"};
    }
    const std::string column = std::to_string(source.position(fault.context_at).column);
    const std::string began = line_name(source, fault.context_at);
    if (is_list) {
        return {fault.at, "this line does not fit the list that began on " + began +
                              ": its entries begin with \"- \" in column " + column +
                              ", and the keys of an entry stand under its first key"};
    }
    return {fault.at, "this line does not fit the keys that began on " + began + ": they stand in column " +
                          column + ", each as \"key: value\"; check the indentation"};
}

Explanation explain_flow(const Source& source, const SyntaxFault& fault) {
    const bool is_list = fault.problem.find("']'") != std::string_view::npos;
    const std::string closing = is_list ? "\"]\"" : "\"}\"";
    return {fault.context_at, "the " + std::string(is_list ? "list \"[\"" : "mapping \"{\"") +
                                  " that opens here goes wrong at line " +
                                  std::to_string(source.line(fault.at)) + ", column " +
                                  std::to_string(source.position(fault.at).column) + ", where \",\" or " +
                                  closing + " is expected; close it, or put text that begins so in quotes"};
}

Explanation explain_escape(const Source& source, const SyntaxFault& fault) {
    const std::uint32_t at = fault.at;
    const std::string_view text = source.text();
    std::string shown = "\\";
    if (at + 1 < text.size()) shown = text.substr(at, 1 + utf8::length(text[at + 1]));
    return {at, "\"" + shown + "\" means nothing inside \"…\"; in single quotes '…' a backslash is itself"};
}

// What needs no look at the text: the parser's words, where to point, our words.
struct Phrase {
    std::string_view problem;
    std::string_view context;
    bool at_context;
    std::string_view message;
};

constexpr std::array kPhrases = {
    Phrase{"found unexpected end of stream", "quoted scalar", true,
           "the quotation mark that opens here is never closed; add the closing one"},
    Phrase{"found unexpected document indicator", "quoted scalar", true,
           "the quotation mark that opens here is not closed before the line \"---\" or \"...\"; close it"},
    Phrase{"block sequence entries are not allowed", "", false,
           "a list cannot begin on the line of its key; put \"- …\" on the next line"},
    Phrase{"mapping keys are not allowed", "", false, "text that begins with \"? \" must stand in quotes"},
    Phrase{
        "", "scanning an alias", true,
        "text that begins with \"*\" must stand in quotes: put '…' around it (YAML takes it for an alias)"},
    Phrase{
        "", "scanning an anchor", true,
        "text that begins with \"&\" must stand in quotes: put '…' around it (YAML takes it for an anchor)"},
    Phrase{"", "a tag", true,
           "text that begins with \"!\" must stand in quotes: put '…' around it (YAML takes it for a tag)"},
    Phrase{"undefined tag handle", "", true,
           "text that begins with \"!\" must stand in quotes: put '…' around it (YAML takes it for a tag)"},
    Phrase{"", "scanning a directive", true,
           "a line that begins with \"%\" is a YAML directive, and this one is not known; delete it"},
    Phrase{"", "scanning a %", true, "this YAML directive cannot be read; delete the line"},
    Phrase{"directive", "", false, "this YAML directive is given twice; delete the line"},
    Phrase{"incompatible YAML document", "", false, "only YAML 1.1 and 1.2 can be read; delete the line"},
    Phrase{"<document start>", "", false,
           "the document has ended before this line; delete what follows, or the \"...\""},
    Phrase{"expected comment or line break", "block scalar", true,
           "after \"|\" or \">\" the text begins on the next line; put text that begins so in quotes"},
    Phrase{"indentation indicator", "", true,
           "the indentation of \"|\" or \">\" is a digit from 1 to 9; leave it out"},
    Phrase{"expected node content", "", false,
           "text is expected here; put text that begins with this character in quotes"},
    Phrase{"hexdecimal number", "", false,
           "\"\\x\", \"\\u\" and \"\\U\" need 2, 4 and 8 hexadecimal digits; in single quotes '…' a "
           "backslash is itself"},
    Phrase{"Unicode character escape", "", false,
           "this escape names no character; write the character itself, or use single quotes"},
};

Explanation explain(const Source& source, const SyntaxFault& fault) {
    const auto says = [&](std::string_view words) {
        return fault.problem.find(words) != std::string_view::npos;
    };
    if (is_tab_at(source, fault.at) || says("found a tab")) return explain_tab(source, fault.at);
    if (says("cannot start any token")) return explain_start(source, fault.at);
    if (says("could not find expected ':'")) return explain_missing_colon(source, fault.context_at);
    if (says("mapping values are not allowed")) return explain_second_colon(source, fault);
    if (says("expected key") || says("expected '-' indicator")) return explain_block(source, fault);
    if (says("expected ',' or")) return explain_flow(source, fault);
    if (says("unknown escape")) return explain_escape(source, fault);
    for (const Phrase& phrase : kPhrases) {
        if (!says(phrase.problem) || fault.context.find(phrase.context) == std::string_view::npos) continue;
        return {phrase.at_context ? fault.context_at : fault.at, std::string(phrase.message)};
    }
    return {fault.at, "this is not YAML: " + std::string(fault.problem)};
}

// Of the word of Latin letters at the start: keys are such words.
std::size_t key_length(std::string_view text) {
    std::size_t end = 0;
    while (end < text.size() &&
           ((text[end] >= 'a' && text[end] <= 'z') || (text[end] >= 'A' && text[end] <= 'Z')))
        ++end;
    return end;
}

}  // namespace

std::string colon_advice(std::string_view text) {
    while (text.starts_with("- ")) text = trimmed(text.substr(2));
    const std::string key(text.substr(0, key_length(text)));
    const std::string_view rest = text.substr(key.size());
    if (rest.starts_with(kFullWidthColon) || (!key.empty() && trimmed(rest).starts_with(kFullWidthColon))) {
        return "; the colon is full-width (：): write \"" + key + ": \", with a half-width colon and a blank";
    }
    if (!key.empty() && rest.size() > 1 && rest[0] == ':' && rest[1] != ' ' && rest[1] != '/') {
        return "; a blank must follow the colon: write \"" + key + ": \"";
    }
    return {};
}

std::uint32_t report_syntax(const Source& source, const SyntaxFault& fault) {
    Explanation explanation = explain(source, fault);
    source.error(explanation.at, std::move(explanation.message));
    return explanation.at;
}

}  // namespace fangtan::codebook::yaml
