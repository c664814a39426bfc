// SPDX-License-Identifier: Apache-2.0
#include "fangtan/analysis/quotation_render.hpp"

#include <algorithm>
#include <array>

#include "fangtan/text/boundary.hpp"
#include "fangtan/text/utf8.hpp"

namespace fangtan::analysis {
namespace {

struct Words {
    const char* title;
    const char* nobody;   // heading of a group without a name
    const char* uncoded;  // of passages without a code
    const char* passages[2];  // "12 处" in brackets: before and behind the number
    const char* shown[3];     // "12 处，列出 5 处": before, between, behind
    const char* all[2];
    const char* codes;
    const char* memo;
    const char* between;  // two names
    const char* rejected[2];
};

constexpr std::array<Words, 3> kWords = {{
    {"引文", "（未注明）", "（未编码）", {"（", " 处）"}, {"（", " 处，列出 ", " 处）"}, {"共 ", " 处。"}, "编码：", "备忘：", "；", {"已排除被否决的编码 ", " 个。"}},
    {"引文", "（未註明）", "（未編碼）", {"（", " 處）"}, {"（", " 處，列出 ", " 處）"}, {"共 ", " 處。"}, "編碼：", "備忘：", "；", {"已排除被否決的編碼 ", " 個。"}},
    {"Quotations", "(not known)", "(not coded)", {" (", ")"}, {" (", ", of which ", " are shown)"}, {"Passages: ", "."}, "Codes: ", "Memo: ", "; ", {" Rejected codings left out: ", "."}},
}};

std::string heading_of(const Quotations& quotations, const QuotationGroup& group, const Words& words) {
    if (quotations.spec.by.empty()) return {};
    const std::string name = !group.name.empty() ? group.name : quotations.spec.by == "code" ? words.uncoded : words.nobody;
    const std::string total = std::to_string(group.total);
    if (group.quotations.size() == group.total) return name + words.passages[0] + total + words.passages[1];
    return name + words.shown[0] + total + words.shown[1] + std::to_string(group.quotations.size()) + words.shown[2];
}

// A document that was coded as a whole ends with a line end.
std::string_view without_blanks(std::string_view text) {
    const Span whole = trimmed(text, span_of(0, static_cast<std::uint32_t>(text.size())));
    return whole.of(text);
}

// --- text ------------------------------------------------------------------------------------------------------

// Every line of `text` behind `indent`, made safe for a terminal.
void append_lines(std::string& out, std::string_view indent, std::string_view text) {
    for (std::size_t at = 0; at <= text.size();) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        out += indent;
        out += utf8::escaped(text.substr(at, end - at));
        out += '\n';
        at = end + 1;
    }
}

std::string as_text(const PrintedQuotations& printed) {
    std::string out = printed.title + "\n" + printed.sentence + "\n";
    for (const PrintedGroup& group : printed.groups) {
        if (!group.heading.empty()) {
            out += '\n';
            append_lines(out, "", group.heading);
        }
        for (const PrintedQuotation& quotation : group.quotations) {
            out += '\n';
            if (!quotation.before.empty()) append_lines(out, "    ", quotation.before);
            append_lines(out, "  ", quotation.text);
            if (!quotation.after.empty()) append_lines(out, "    ", quotation.after);
            if (!quotation.codes.empty()) append_lines(out, "    ", quotation.codes);
            for (const std::string& memo : quotation.memos) append_lines(out, "    ", printed.memo + memo);
        }
    }
    return out;
}

// --- Markdown --------------------------------------------------------------------------------------------------

// No character of a text means anything to Markdown or to the HTML that may stand in it.
std::string plain_markdown(std::string_view text) {
    static constexpr std::string_view kSpecial = "\\`*_{}[]()#+-.!|<>&~^$=:@\"'";
    std::string out;
    bool at_start = true;
    for (const char c : utf8::escaped(text)) {
        // Marks that open something only at the start of a line stay readable elsewhere.
        const bool always = std::string_view("\\`*_[]|<&~^$").find(c) != std::string_view::npos;
        if (always || (at_start && kSpecial.find(c) != std::string_view::npos)) out += '\\';
        out += c;
        if (c == ' ' && at_start) continue;
        at_start = at_start && c >= '0' && c <= '9';  // "1." is a list
    }
    return out;
}

void append_markdown_lines(std::string& out, std::string_view before, std::string_view text) {
    for (std::size_t at = 0; at <= text.size();) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        out += before;
        out += plain_markdown(text.substr(at, end - at));
        if (end < text.size()) out += "\\";  // a line break
        out += '\n';
        at = end + 1;
    }
}

std::string as_markdown(const PrintedQuotations& printed) {
    std::string out = "# " + plain_markdown(printed.title) + "\n\n" + plain_markdown(printed.sentence) + "\n";
    for (const PrintedGroup& group : printed.groups) {
        if (!group.heading.empty()) {
            std::string heading = group.heading;
            std::replace(heading.begin(), heading.end(), '\n', ' ');
            out += "\n## " + plain_markdown(heading) + "\n";
        }
        for (const PrintedQuotation& quotation : group.quotations) {
            out += '\n';
            if (!quotation.before.empty()) append_markdown_lines(out, "", quotation.before);
            if (!quotation.before.empty()) out += '\n';
            append_markdown_lines(out, "> ", quotation.text);
            if (!quotation.after.empty()) out += '\n';
            if (!quotation.after.empty()) append_markdown_lines(out, "", quotation.after);
            if (!quotation.codes.empty()) out += '\n';
            if (!quotation.codes.empty()) append_markdown_lines(out, "", quotation.codes);
            for (const std::string& memo : quotation.memos) {
                out += '\n';
                append_markdown_lines(out, "", printed.memo + memo);
            }
        }
    }
    return out;
}

}  // namespace

std::string_view tag_of(Language language) {
    static constexpr std::array<std::string_view, 3> kTags = {"zh-Hans", "zh-Hant", "en"};
    return kTags[static_cast<std::size_t>(language)];
}

std::vector<std::uint32_t> codings_in(const QuotationInput& input, const Quotation& quotation, const QuotationGroup& group) {
    std::vector<std::uint32_t> codings;
    for (const std::uint32_t coding : quotation.codings) {
        if (!group.code || input.set.codings[coding].code == *group.code) codings.push_back(coding);
    }
    return codings;
}

PrintedQuotations printed(const QuotationInput& input, const Quotations& quotations, const QuotationStyle& style) {
    const Words& words = kWords[static_cast<std::size_t>(style.language)];
    const SourceFormat sources(style.source.empty() ? SourceFormat::usual(style.language) : style.source, known_attributes(input), "--source");
    PrintedQuotations result;
    result.title = std::string(words.title) + (input.set.codebook.empty() ? "" : (style.language == Language::english ? ": " : "：") + utf8::escaped(input.set.codebook));
    result.sentence = words.all[0] + std::to_string(quotations.all.size()) + words.all[1];
    if (quotations.rejected > 0) result.sentence += words.rejected[0] + std::to_string(quotations.rejected) + words.rejected[1];
    result.memo = words.memo;
    for (const QuotationGroup& group : quotations.groups) {
        PrintedGroup& entry = result.groups.emplace_back();
        entry.heading = heading_of(quotations, group, words);
        for (const std::uint32_t number : group.quotations) {
            const Quotation& quotation = quotations.all[number];
            PrintedQuotation one;
            one.text = in_quotation_marks(without_blanks(quotation.text), style.language) + sources.source_of(quotation);
            if (!quotation.before.empty()) one.before = (quotation.before_goes_on ? "…" : "") + quotation.before;
            if (!quotation.after.empty()) one.after = quotation.after + (quotation.after_goes_on ? "…" : "");
            std::vector<bool> named(input.set.codes.size(), false);
            for (const std::uint32_t coding : codings_in(input, quotation, group)) named[input.set.codings[coding].code] = true;
            for (std::uint32_t code = 0; code < named.size() && quotations.spec.by != "code"; ++code) {
                if (named[code]) one.codes += (one.codes.empty() ? words.codes : words.between) + input.set.codes[code].name;
            }
            for (const std::uint32_t coding : codings_in(input, quotation, group)) {
                if (!style.memos || coding >= input.memos.size() || input.memos[coding].empty()) continue;
                if (std::find(one.memos.begin(), one.memos.end(), input.memos[coding]) == one.memos.end()) one.memos.push_back(input.memos[coding]);
            }
            entry.quotations.push_back(std::move(one));
        }
    }
    return result;
}

std::string render(const QuotationInput& input, const Quotations& quotations, const QuotationStyle& style) {
    switch (style.format) {
        case QuotationFormat::text: return as_text(printed(input, quotations, style));
        case QuotationFormat::markdown: return as_markdown(printed(input, quotations, style));
        case QuotationFormat::csv:
        case QuotationFormat::tsv: return quotation_rows(input, quotations, style);
        case QuotationFormat::jsonl: return quotation_json(input, quotations, style);
        case QuotationFormat::html: return quotation_page(printed(input, quotations, style), style.language);
        case QuotationFormat::docx: break;
    }
    return quotation_document(printed(input, quotations, style), style.language);
}

}  // namespace fangtan::analysis
