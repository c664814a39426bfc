// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <tuple>

#include "fangtan/report/palette.hpp"
#include "fangtan/report/report_parts.hpp"
#include "fangtan/text/code_point_index.hpp"
#include "fangtan/text/fold.hpp"
#include "fangtan/text/html.hpp"
#include "fangtan/text/utf8.hpp"

namespace fangtan::report {
namespace {

using Json = nlohmann::ordered_json;

// The first turn that shares a character with the span; 0 if none does.
std::uint32_t first_turn(const Transcript& transcript, Span span) {
    for (std::size_t i = 0; i < transcript.turns.size(); ++i) {
        const Span body = transcript.turns[i].body;
        if (std::max(body.begin, span.begin) < std::min(body.end, span.end)) return static_cast<std::uint32_t>(i + 1);
    }
    return 0;
}

}  // namespace

void append_text(std::string& page, std::string_view text) { append_escaped_html(page, text); }

std::string escaped_text(std::string_view text) {
    std::string escaped;
    append_escaped_html(escaped, text);
    return escaped;
}

std::string number_text(std::uint64_t number) {
    std::string digits = std::to_string(number);
    for (std::size_t at = digits.size(); at > 3;) {
        at -= 3;
        digits.insert(at, ",");
    }
    return digits;
}

std::string person_text(const Participant& participant, const ReportWords& words) {
    return participant.role.empty() ? participant.id : filled(words.with_role, {{"id", participant.id}, {"role", participant.role}});
}

std::uint32_t shown_length(std::string_view text) {
    // append_escaped_html() shows controls but for line feeds and tabs; its entities are read back as single characters.
    std::uint32_t units = 0;
    const auto add = [&](std::string_view line) {
        const std::string shown = utf8::escaped(line);
        for (std::size_t at = 0; at < shown.size(); at += utf8::length(shown[at])) units += utf8::length(shown[at]) == 4 ? 2 : 1;
    };
    for (std::size_t at = text.find_first_of("\n\t"); at != std::string_view::npos; at = text.find_first_of("\n\t")) {
        add(text.substr(0, at));
        ++units;
        text.remove_prefix(at + 1);
    }
    add(text);
    return units;
}

void prepare(ReportContext& context) {
    const CodingSet& set = context.set;
    context.transcript_of.assign(set.documents.size(), nullptr);
    for (const Transcript& transcript : context.transcripts) {
        if (const auto number = set.document_ids.find(transcript.id)) context.transcript_of[*number] = &transcript;
    }
    std::vector<std::uint32_t> order(set.codings.size());
    for (std::uint32_t i = 0; i < order.size(); ++i) order[i] = i;
    std::stable_sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
        const CodingEntry& first = set.codings[a];
        const CodingEntry& second = set.codings[b];
        return std::tie(first.document, first.start, first.end, first.code) < std::tie(second.document, second.start, second.end, second.code);
    });
    context.of_document.assign(set.documents.size(), {});
    std::optional<CodePointIndex> index;
    std::uint32_t indexed = kNobody;
    for (const std::uint32_t number : order) {
        const CodingEntry& entry = set.codings[number];
        PageCoding coding{entry.document, entry.turn, entry.start, entry.end, number};
        if (const Transcript* transcript = context.transcript_of[entry.document]) {
            if (indexed != entry.document) {
                index.emplace(transcript->text);
                indexed = entry.document;
            }
            const Span span{index->to_byte({entry.start}), index->to_byte({std::min(entry.end, index->size())})};
            coding.turn = first_turn(*transcript, span);
            coding.whole = false;
            if (coding.turn > 0) {
                const Span body = transcript->turns[coding.turn - 1].body;
                const Span said{std::max(body.begin, span.begin), std::min(body.end, span.end)};
                coding.whole = said == span;
                if (coding.whole) {
                    coding.start = shown_length(span_of(body.begin.value, said.begin.value).of(transcript->text));
                    coding.end = coding.start + shown_length(said.of(transcript->text));
                }
            }
        }
        context.of_document[entry.document].push_back(static_cast<std::uint32_t>(context.codings.size()));
        context.codings.push_back(coding);
    }
}

// What the page's search puts aside: pairs of a character and the one it is compared as, of those that stand in the interviews.
std::string folding(const ReportContext& context) {
    std::set<char32_t> present;
    for (const Transcript& transcript : context.transcripts) {
        for (std::size_t at = 0; at < transcript.text.size(); at += utf8::length(transcript.text[at])) present.insert(fold(utf8::at(transcript.text, at)));
    }
    std::string pairs;
    constexpr std::pair<char32_t, char32_t> kRanges[] = {{0x3400, 0x9FFF}, {0xF900, 0xFAFF}, {0xFF01, 0xFF5E}, {0x20000, 0x2FFFF}};
    for (const auto& [first, last] : kRanges) {
        for (char32_t character = first; character <= last; ++character) {
            const char32_t folded = fold(character);
            if (folded == character || !present.contains(folded)) continue;
            utf8::append(pairs, character);
            utf8::append(pairs, folded);
        }
    }
    return pairs;
}

bool covers_document(const ReportContext& context, const PageCoding& coding) {
    const Transcript* transcript = context.transcript_of[coding.document];
    if (transcript == nullptr || coding.whole) return false;
    const CodingEntry& entry = context.set.codings[coding.coding];
    return entry.start == 0 && entry.end >= utf8::count(transcript->text);
}

std::string code_colors(const ReportContext& context) {
    std::string css;
    std::uint32_t root = 0;
    std::vector<std::uint32_t> root_of(context.set.codes.size());
    for (std::uint32_t i = 0; i < context.set.codes.size(); ++i) {
        const CodeEntry& code = context.set.codes[i];
        root_of[i] = code.parent ? root_of[*code.parent] : root++;
        const auto own = parse_color(code.color);
        std::uint32_t above = i;
        std::optional<Color> inherited = own;
        while (!inherited && context.set.codes[above].parent) {
            above = *context.set.codes[above].parent;
            inherited = parse_color(context.set.codes[above].color);
        }
        css += ".k" + std::to_string(i) + "{--code:" + to_string(inherited.value_or(category_color(root_of[i]))) + "}";
    }
    return css;
}

std::string report_data(const ReportContext& context) {
    const CodingSet& set = context.set;
    const ReportWords& words = context.words;
    Json data;
    data["words"] = {{"source", words.source}, {"withRole", words.with_role}, {"turn", words.turn},   {"passages", words.passages}, {"here", words.here},
                     {"whole", words.whole},   {"shown", words.shown},        {"status", {words.status[0], words.status[1], words.status[2]}}};
    // Line feeds and tabs of passages and memos stay, as on the page.
    const auto shown = [](const std::string& text) {
        std::string result;
        std::size_t from = 0;
        for (std::size_t at = text.find_first_of("\n\t"); at != std::string::npos; at = text.find_first_of("\n\t", from)) {
            result += utf8::escaped(std::string_view(text).substr(from, at - from)) + text[at];
            from = at + 1;
        }
        return result + utf8::escaped(std::string_view(text).substr(from));
    };
    data["codes"] = Json::array();
    for (const CodeEntry& code : set.codes) {
        Json path = Json::array();
        for (const std::string& name : code.path) path.push_back(shown(name));
        data["codes"].push_back({{"path", path}, {"parent", code.parent ? Json(*code.parent) : Json(nullptr)}});
    }
    data["people"] = Json::array();
    for (const Participant& person : set.participants) data["people"].push_back({{"id", shown(person.id)}, {"role", shown(person.role)}, {"group", shown(person.group)}});
    data["coders"] = Json::array();
    std::vector<std::uint32_t> coder_of(set.labels.size(), kNobody);
    data["documents"] = Json::array();
    for (const DocumentEntry& document : set.documents) data["documents"].push_back(shown(document.id));
    data["codings"] = Json::array();
    data["memos"] = Json::object();
    data["texts"] = Json::object();  // of passages that no turn on the page holds
    for (std::size_t i = 0; i < context.codings.size(); ++i) {
        const PageCoding& coding = context.codings[i];
        const CodingEntry& entry = set.codings[coding.coding];
        const std::uint32_t label = entry.reviewer != kNobody ? entry.reviewer : entry.coder;
        if (coder_of[label] == kNobody) {
            coder_of[label] = static_cast<std::uint32_t>(data["coders"].size());
            data["coders"].push_back(shown(set.labels.name(label)));
        }
        data["codings"].push_back({coding.document, coding.turn, coding.start, coding.end, entry.code, entry.participant == kNobody ? Json(-1) : Json(entry.participant), coder_of[label],
                                   static_cast<int>(entry.status)});
        if (coding.coding < set.memos.size() && !set.memos[coding.coding].empty()) data["memos"][std::to_string(i)] = shown(set.memos[coding.coding]);
        const bool on_page = context.transcript_of[coding.document] != nullptr && coding.whole;
        if (!on_page && !covers_document(context, coding)) data["texts"][std::to_string(i)] = coding.coding < set.texts.size() ? shown(set.texts[coding.coding]) : "";
    }
    data["fold"] = folding(context);
    std::string json = data.dump(-1, ' ', false, Json::error_handler_t::strict);
    // Inside a script element nothing may look like its end or like a comment.
    std::string safe;
    for (const char c : json) {
        if (c == '<') safe += "\\u003c";
        else if (c == '>') safe += "\\u003e";
        else if (c == '&') safe += "\\u0026";
        else safe += c;
    }
    return safe;
}

}  // namespace fangtan::report
