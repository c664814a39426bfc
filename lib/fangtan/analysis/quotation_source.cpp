// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "fangtan/analysis/quotation_render.hpp"
#include "fangtan/base/error.hpp"
#include "fangtan/text/diagnostic_text.hpp"
#include "fangtan/text/utf8.hpp"

namespace fangtan::analysis {
namespace {

const std::vector<std::string>& own_fields() {
    static const std::vector<std::string> names = {"participant", "role", "group", "document", "turn", "start", "end"};
    return names;
}

std::string value_of(const Quotation& quotation, const std::string& field) {
    if (field == "participant") return quotation.source.participant;
    if (field == "role") return quotation.source.role;
    if (field == "group") return quotation.source.group;
    if (field == "document") return quotation.document;
    if (field == "turn") return quotation.turn > 0 ? std::to_string(quotation.turn) : std::string();
    if (field == "start") return std::to_string(quotation.start);
    if (field == "end") return std::to_string(quotation.end);
    for (const auto& [name, value] : quotation.source.attributes) {
        if (name == field) return value;
    }
    return {};
}

struct Marks {
    char32_t open[2];   // the outer level, the inner one
    char32_t close[2];
};

constexpr std::u32string_view kOpen = U"“‘「『";
constexpr std::u32string_view kClose = U"”’」』";

bool is_latin(char32_t c) { return (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z') || (c >= 0xC0 && c < 0x250 && c != 0xD7 && c != 0xF7); }

bool is_apostrophe(const std::u32string& text, std::size_t at) {
    return text[at] == U'’' && at > 0 && at + 1 < text.size() && is_latin(text[at - 1]) && is_latin(text[at + 1]);
}

// How deep in the passage each mark that has its other half stands, from 1; 0: no such mark. What is opened and not closed
// before a mark around it is closed has no other half.
std::vector<std::size_t> depths_of_marks(const std::u32string& text) {
    constexpr std::size_t kAlone = std::u32string::npos;
    std::vector<std::size_t> other(text.size(), kAlone);
    std::vector<std::pair<std::size_t, std::size_t>> open;  // place, kind
    std::size_t waiting[4] = {0, 0, 0, 0};                  // of `open`, by kind
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (const std::size_t kind = kOpen.find(text[at]); kind != kAlone) {
            open.emplace_back(at, kind);
            ++waiting[kind];
            continue;
        }
        const std::size_t kind = kClose.find(text[at]);
        if (kind == kAlone || waiting[kind] == 0 || is_apostrophe(text, at)) continue;
        for (bool found = false; !found; open.pop_back()) {
            --waiting[open.back().second];
            found = open.back().second == kind;
            if (found) other[open.back().first] = at;
        }
    }
    std::vector<std::size_t> depths(text.size(), 0);
    std::size_t depth = 0;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (other[at] != kAlone) {
            depths[at] = depths[other[at]] = ++depth;
        } else if (depths[at] > 0) {
            --depth;
        }
    }
    return depths;
}

}  // namespace

SourceFormat::SourceFormat(std::string_view format, const std::vector<std::string>& attributes, const std::string& option) {
    if (utf8::first_fault(format)) throw Error(ErrorKind::usage, option, "is not UTF-8; type it in a terminal whose encoding is UTF-8");
    const auto fail = [&](const std::string& sentence) { throw Error(ErrorKind::usage, option + " " + std::string(format), sentence); };
    std::vector<std::string> known = own_fields();
    for (const std::string& attribute : attributes) {
        if (std::find(known.begin(), known.end(), attribute) == known.end()) known.push_back(attribute);
    }
    texts_.emplace_back();
    for (std::size_t at = 0; at < format.size(); ++at) {
        const char c = format[at];
        if (c != '{' && c != '}') {
            texts_.back() += c;
        } else if (at + 1 < format.size() && format[at + 1] == c) {
            texts_.back() += c;
            ++at;
        } else if (c == '}') {
            fail("has a } that closes nothing; write }} for the character");
        } else {
            const std::size_t end = format.find('}', at);
            if (end == std::string_view::npos) fail("has a { that is not closed; write {{ for the character");
            const std::string name(format.substr(at + 1, end - at - 1));
            if (std::find(known.begin(), known.end(), name) == known.end()) {
                std::string names;
                for (const std::string& field : known) names += (names.empty() ? "" : ", ") + field;
                const std::string near = nearest(name, known);
                fail("has the field {" + name + "}, which is not known; known are " + names + (near.empty() ? "" : "; did you mean {" + near + "}?"));
            }
            fields_.push_back(name);
            texts_.emplace_back();
            at = end;
        }
    }
}

std::string SourceFormat::usual(Language language) { return language == Language::english ? " ({participant}, {role})" : "（{participant}，{role}）"; }

std::string SourceFormat::source_of(const Quotation& quotation) const {
    if (fields_.empty()) return texts_[0];
    std::string source = texts_.front();
    bool any = false;
    for (std::size_t i = 0; i < fields_.size(); ++i) {
        const std::string value = value_of(quotation, fields_[i]);
        if (value.empty()) continue;
        if (any) source += texts_[i];
        source += value;
        any = true;
    }
    // What nobody is known to have said still stands somewhere.
    return (any ? source : source + value_of(quotation, "document")) + texts_.back();
}

std::string in_quotation_marks(std::string_view text, Language language) {
    const Marks marks = language == Language::zh_hant ? Marks{{U'「', U'『'}, {U'」', U'』'}} : Marks{{U'“', U'‘'}, {U'”', U'’'}};
    const std::u32string characters = utf8::to_code_points(text);
    const std::vector<std::size_t> depths = depths_of_marks(characters);
    std::string out;
    utf8::append(out, marks.open[0]);
    for (std::size_t i = 0; i < characters.size(); ++i) {
        const char32_t c = characters[i];
        // A pointer: g++ 12's sanitizer of bounds miscompiles (a ? array : array)[i].
        const char32_t* const levels = kOpen.find(c) != std::u32string_view::npos ? marks.open : marks.close;
        if (depths[i] > 0) {
            utf8::append(out, levels[depths[i] % 2]);
        } else if (c == marks.open[0] || c == marks.close[0]) {
            utf8::append(out, levels[1]);  // its other half is not in the passage; it must not look like one of ours
        } else {
            utf8::append(out, c);
        }
    }
    utf8::append(out, marks.close[0]);
    return out;
}

}  // namespace fangtan::analysis
