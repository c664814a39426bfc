// SPDX-License-Identifier: Apache-2.0
//
// A codebook for people: what is printed, appended to a thesis, or handed to
// a second coder. Its words follow the codebook's language.
#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "fangtan/codebook/codebook.hpp"
#include "fangtan/text/character.hpp"
#include "fangtan/text/utf8.hpp"

namespace fangtan::codebook {
namespace {

constexpr std::size_t kHeadingMaximum = 6;  // Markdown has no deeper heading

struct Words {
    std::string_view version, source, levels, definition, include, exclude, examples, counterexamples, rules,
        unit, speakers, color, colon, separator;
};

constexpr Words kSimplified = {"版本", "来源", "层级",     "定义",   "适用", "不适用", "例",
                               "反例", "规则", "分析单元", "说话人", "颜色", "：",     "、"};
constexpr Words kTraditional = {"版本", "來源", "層級",     "定義",   "適用", "不適用", "例",
                                "反例", "規則", "分析單元", "說話人", "顏色", "：",     "、"};
constexpr Words kEnglish = {"Version",  "Source",
                            "Levels",   "Definition",
                            "Applies",  "Does not apply",
                            "Examples", "Counterexamples",
                            "Rules",    "Unit",
                            "Speakers", "Color",
                            ": ",       ", "};

bool holds_han(std::string_view text) {
    const std::u32string characters = utf8::to_code_points(text);
    return std::any_of(characters.begin(), characters.end(), is_han);
}

// Without a language the names decide: Chinese codebooks are the rule here, and many do not say so.
const Words& words_for(const Codebook& codebook) {
    const std::string& language = codebook.language();
    if (language.empty()) return holds_han(codebook.name()) ? kSimplified : kEnglish;
    if (language != "zh" && !language.starts_with("zh-")) return kEnglish;
    for (const std::string_view part : {"Hant", "TW", "HK", "MO"}) {
        if (language.find(part) != std::string::npos) return kTraditional;
    }
    return kSimplified;
}

// `text` as itself in running Markdown. Line breaks stay, each paragraph indented by `column`.
std::string escaped(std::string_view text, std::size_t column = 0) {
    while (text.ends_with('\n')) text.remove_suffix(1);
    std::string result;
    std::size_t line_start = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '\n') {
            result += "  \n" + std::string(column, ' ');
            line_start = i + 1;
            continue;
        }
        const std::string_view head = text.substr(line_start, i - line_start);
        const bool after_blanks = head.find_first_not_of(' ') == std::string_view::npos;
        const bool after_digits =
            !head.empty() && head.find_first_not_of("0123456789") == std::string_view::npos;
        if (std::string_view("\\`*_[]<>&|~").find(c) != std::string_view::npos ||
            (after_blanks && std::string_view("#+-=:").find(c) != std::string_view::npos) ||
            (after_digits && (c == '.' || c == ')'))) {
            result += '\\';
        }
        result += c;
    }
    return result;
}

// One line of a heading.
std::string heading(std::size_t level, std::string_view text) {
    std::string line(text);
    std::replace(line.begin(), line.end(), '\n', ' ');
    return std::string(std::min(level, kHeadingMaximum), '#') + " " + escaped(line) + "\n\n";
}

// A code span whose fence is longer than any run of backticks in it.
std::string code_span(std::string_view text) {
    std::string line(text);
    std::replace(line.begin(), line.end(), '\n', ' ');
    std::size_t longest = 0;
    std::size_t run = 0;
    for (const char c : line) longest = std::max(longest, run = c == '`' ? run + 1 : 0);
    const std::string fence(longest + 1, '`');
    const std::string blank = longest > 0 ? " " : "";
    return fence + blank + line + blank + fence;
}

std::string joined(const std::vector<std::string>& texts, std::string_view separator) {
    std::string result;
    for (const std::string& text : texts)
        result += (result.empty() ? "" : std::string(separator)) + escaped(text);
    return result;
}

class Writer {
 public:
    explicit Writer(const Codebook& codebook) : codebook_(codebook), words_(words_for(codebook)) {}

    std::string run() && {
        text_ = heading(1, codebook_.name());
        fact(words_.version, escaped(codebook_.version()));
        fact(words_.source, escaped(codebook_.source()));
        fact(words_.levels, joined(codebook_.levels(), words_.separator));
        end_list();
        for (const Code& code : codebook_.codes()) write(code);
        while (text_.ends_with("\n\n")) text_.pop_back();
        return std::move(text_);
    }

 private:
    void write(const Code& code) {
        text_ += heading(code.level + 1, code.name);
        if (!code.definition.empty())
            text_ += label(words_.definition) + (words_.colon == ": " ? " " : "") + escaped(code.definition) +
                     "\n\n";
        list(words_.include, code.include);
        list(words_.exclude, code.exclude);
        list(words_.examples, texts_of(code.examples));
        list(words_.counterexamples, texts_of(code.counterexamples));
        if (!code.rules.empty()) {
            text_ += label(words_.rules) + "\n\n";
            for (const Rule& rule : code.rules) text_ += "- " + code_span(rule.source.text) + "\n";
            end_list();
        }
        write_facts(code);
    }

    void write_facts(const Code& code) {
        std::string path;
        for (const std::string& name : code.path) path += (path.empty() ? "" : "/") + name;
        if (code.id != path) fact("id", code_span(code.id));
        if (code.unit) fact(words_.unit, name_of(*code.unit));
        fact(words_.speakers, joined(code.speakers, words_.separator));
        fact(words_.color, code.color.empty() ? std::string() : code_span(code.color));
        end_list();
    }

    static std::vector<std::string> texts_of(const std::vector<Written>& written) {
        std::vector<std::string> texts;
        for (const Written& each : written) texts.push_back(each.text);
        return texts;
    }

    [[nodiscard]] std::string label(std::string_view word) const {
        const bool is_half_width = words_.colon == ": ";
        return "**" + std::string(word) + (is_half_width ? ":" : std::string(words_.colon)) + "**";
    }

    void list(std::string_view word, const std::vector<std::string>& texts) {
        if (texts.empty()) return;
        text_ += label(word) + "\n\n";
        for (const std::string& each : texts) text_ += "- " + escaped(each, 2) + "\n";
        end_list();
    }

    void fact(std::string_view word, std::string_view value) {
        if (value.empty()) return;
        text_ += "- " + std::string(word) + std::string(words_.colon) + std::string(value) + "\n";
    }

    void end_list() {
        if (!text_.ends_with("\n\n")) text_ += '\n';
    }

    const Codebook& codebook_;
    const Words& words_;
    std::string text_;
};

}  // namespace

std::string to_markdown(const Codebook& codebook) {
    return Writer(codebook).run();
}

}  // namespace fangtan::codebook
