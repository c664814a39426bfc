// SPDX-License-Identifier: Apache-2.0
//
// Quotations for other programs: one row, or one object, a quotation.
#include <algorithm>

#include "fangtan/analysis/quotation_render.hpp"
#include "fangtan/coding/json_text.hpp"
#include "fangtan/text/csv.hpp"

namespace fangtan::analysis {
namespace {

constexpr std::string_view kStatus[] = {"proposed", "accepted", "rejected"};

// What the codings of a quotation say, each value once, in the order of the codings; codes in that of the codebook.
struct Facts {
    std::vector<std::uint32_t> codes;
    std::vector<std::string> memos;
    std::vector<std::string> coders;
    std::vector<std::string> statuses;
};

void add_once(std::vector<std::string>& values, const std::string& value) {
    if (!value.empty() && std::find(values.begin(), values.end(), value) == values.end()) values.push_back(value);
}

Facts facts_of(const QuotationInput& input, const Quotation& quotation, const QuotationGroup& group) {
    Facts facts;
    for (const std::uint32_t coding : codings_in(input, quotation, group)) {
        const CodingEntry& entry = input.set.codings[coding];
        facts.codes.push_back(entry.code);
        if (coding < input.memos.size()) add_once(facts.memos, input.memos[coding]);
        add_once(facts.coders, input.set.labels.name(entry.reviewer != kNobody ? entry.reviewer : entry.coder));  // as agreement and tables have it
        add_once(facts.statuses, std::string(kStatus[static_cast<std::size_t>(entry.status)]));
    }
    std::sort(facts.codes.begin(), facts.codes.end());
    facts.codes.erase(std::unique(facts.codes.begin(), facts.codes.end()), facts.codes.end());
    return facts;
}

std::string joined(const std::vector<std::string>& values) {
    std::string text;
    for (const std::string& value : values) text += (text.empty() ? "" : "; ") + value;
    return text;
}

std::string attribute_of(const Quotation& quotation, const std::string& name) {
    for (const auto& [attribute, value] : quotation.source.attributes) {
        if (attribute == name) return value;
    }
    return {};
}

// Attributes are called as in the table of participants, unless a column of ours has the name.
std::vector<std::string> attribute_columns(const std::vector<std::string>& attributes, const std::vector<std::string>& ours) {
    std::vector<std::string> columns;
    for (const std::string& attribute : attributes) {
        std::string name = attribute;
        const auto taken = [&](const std::vector<std::string>& names) { return std::find(names.begin(), names.end(), name) != names.end(); };
        while (taken(ours) || taken(columns)) name = "attribute_" + name;
        columns.push_back(name);
    }
    return columns;
}

// In print a blank parts it from the text before it.
std::string trimmed_source(const SourceFormat& sources, const Quotation& quotation) {
    std::string source = sources.source_of(quotation);
    source.erase(0, std::min(source.find_first_not_of(' '), source.size()));
    return source;
}

}  // namespace

std::vector<std::string> known_attributes(const QuotationInput& input) {
    std::vector<std::string> names = attributes_of(input.participants);
    for (const Participant& participant : input.set.participants) {
        for (const auto& attribute : participant.attributes) add_once(names, attribute.first);
    }
    return names;
}

std::string quotation_rows(const QuotationInput& input, const Quotations& quotations, const QuotationStyle& style) {
    const char separator = style.format == QuotationFormat::tsv ? '\t' : ',';
    const std::vector<std::string> attributes = known_attributes(input);
    const SourceFormat sources(style.source.empty() ? SourceFormat::usual(style.language) : style.source, attributes, "--source");
    std::size_t depth = 1;
    for (const CodeEntry& code : input.set.codes) depth = std::max(depth, code.path.size());
    const std::vector<std::string> first = {"document", "participant", "group", "role"};
    std::vector<std::string> last = {"code"};
    for (std::size_t level = 1; level <= depth; ++level) last.push_back("level_" + std::to_string(level));
    for (const char* name : {"turn", "start", "end", "text", "before", "after", "memo", "coder", "status", "source"}) last.emplace_back(name);
    std::vector<std::string> ours = first;
    ours.insert(ours.end(), last.begin(), last.end());

    std::string out = style.excel ? "\xEF\xBB\xBF" : "";
    const auto row = [&](const std::vector<std::string>& cells) {
        for (std::size_t i = 0; i < cells.size(); ++i) {
            if (i > 0) out += separator;
            csv::append_cell(out, style.excel ? csv::guarded_for_spreadsheet(cells[i]) : cells[i], separator);
        }
        out += style.excel ? "\r\n" : "\n";
    };
    std::vector<std::string> header = first;
    for (const std::string& name : attribute_columns(attributes, ours)) header.push_back(name);
    header.insert(header.end(), last.begin(), last.end());
    row(header);
    for (const QuotationGroup& group : quotations.groups) {
        for (const std::uint32_t number : group.quotations) {
            const Quotation& quotation = quotations.all[number];
            const Facts facts = facts_of(input, quotation, group);
            std::vector<std::string> cells = {quotation.document, quotation.source.participant, quotation.source.group, quotation.source.role};
            for (const std::string& attribute : attributes) cells.push_back(attribute_of(quotation, attribute));
            std::vector<std::string> ids;
            for (const std::uint32_t code : facts.codes) ids.push_back(input.set.codes[code].id);
            cells.push_back(joined(ids));
            for (std::size_t level = 0; level < depth; ++level) {
                std::vector<std::string> names;
                for (const std::uint32_t code : facts.codes) {
                    if (level < input.set.codes[code].path.size()) add_once(names, input.set.codes[code].path[level]);
                }
                cells.push_back(joined(names));
            }
            cells.push_back(quotation.turn > 0 ? std::to_string(quotation.turn) : "");
            cells.push_back(std::to_string(quotation.start));
            cells.push_back(std::to_string(quotation.end));
            for (const std::string* text : {&quotation.text, &quotation.before, &quotation.after}) cells.push_back(*text);
            for (const auto* values : {&facts.memos, &facts.coders, &facts.statuses}) cells.push_back(joined(*values));
            cells.push_back(trimmed_source(sources, quotation));
            row(cells);
        }
    }
    return out;
}

std::string quotation_json(const QuotationInput& input, const Quotations& quotations, const QuotationStyle& style) {
    const SourceFormat sources(style.source.empty() ? SourceFormat::usual(style.language) : style.source, known_attributes(input), "--source");
    std::string out;
    const auto list = [&](const char* name, const std::vector<std::string>& values) {
        out += std::string(",\"") + name + "\":[";
        for (std::size_t i = 0; i < values.size(); ++i) {
            if (i > 0) out += ',';
            json::append_string(out, values[i]);
        }
        out += ']';
    };
    for (const QuotationGroup& group : quotations.groups) {
        for (const std::uint32_t number : group.quotations) {
            const Quotation& quotation = quotations.all[number];
            const Facts facts = facts_of(input, quotation, group);
            out += "{\"document\":";
            json::append_string(out, quotation.document);
            json::append_member(out, "participant", quotation.source.participant);
            json::append_member(out, "group", quotation.source.group);
            json::append_member(out, "role", quotation.source.role);
            out += ",\"attributes\":{";
            for (const auto& [name, value] : quotation.source.attributes) {
                if (out.back() != '{') out += ',';
                json::append_string(out, name);
                out += ':';
                json::append_string(out, value);
            }
            out += "},\"codes\":[";
            for (const std::uint32_t code : facts.codes) {
                if (out.back() != '[') out += ',';
                out += "{\"id\":";
                json::append_string(out, input.set.codes[code].id);
                list("path", input.set.codes[code].path);
                out += '}';
            }
            out += "],\"turn\":";
            quotation.turn > 0 ? json::append_number(out, quotation.turn) : static_cast<void>(out += "null");
            json::append_member(out, "start", quotation.start);
            json::append_member(out, "end", quotation.end);
            json::append_member(out, "text", quotation.text);
            json::append_member(out, "before", quotation.before);
            json::append_member(out, "after", quotation.after);
            list("memos", facts.memos);
            list("coders", facts.coders);
            list("statuses", facts.statuses);
            json::append_member(out, "source", trimmed_source(sources, quotation));
            out += "}\n";
        }
    }
    return out;
}

}  // namespace fangtan::analysis
