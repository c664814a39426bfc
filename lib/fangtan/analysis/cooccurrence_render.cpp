// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <charconv>
#include <functional>

#include "fangtan/analysis/cooccurrence.hpp"
#include "fangtan/analysis/wording.hpp"
#include "fangtan/text/csv.hpp"
#include "fangtan/text/utf8.hpp"

namespace fangtan::analysis {
namespace {

using agreement::Value;

constexpr int kDecimals = 3;

// In the three languages, by Language.
using Phrase = std::array<const char*, 3>;

std::string in(Language language, const Phrase& phrase) { return phrase[static_cast<std::size_t>(language)]; }

std::string name_of(const CooccurrenceSpec& spec) {
    static constexpr std::array<Phrase, 5> kUnits = {{{"重叠的编码片段", "重疊的編碼片段", "overlapping segments"},
                                                      {"同一句", "同一句", "the same sentence"},
                                                      {"同一话轮", "同一話輪", "the same turn"},
                                                      {"同一份材料", "同一份資料", "the same document"},
                                                      {"同一位受访者", "同一位受訪者", "the same participant"}}};
    return in(spec.language, kUnits[static_cast<std::size_t>(spec.within)]);
}

std::string heading_of(CooccurrenceMeasure measure, Language language) {
    static constexpr std::array<Phrase, 7> kMeasures = {{{"共现次数", "共現次數", "Co-occurrences"},
                                                         {"Jaccard 系数", "Jaccard 係數", "Jaccard"},
                                                         {"c 系数", "c 係數", "c-coefficient"},
                                                         {"Dice 系数", "Dice 係數", "Dice"},
                                                         {"Ochiai 系数", "Ochiai 係數", "Ochiai"},
                                                         {"φ 系数", "φ 係數", "φ"},
                                                         {"提升度", "提升度", "Lift"}}};
    return in(language, kMeasures[static_cast<std::size_t>(measure)]);
}

Cell cell_of(const Value& value) { return value.defined() ? Cell(Decimal{value.number(), kDecimals}) : Cell(); }

std::string joined(const std::vector<std::string>& path, std::string_view separator) {
    std::string text;
    for (const std::string& name : path) {
        if (!text.empty()) text += separator;
        text += name;
    }
    return text;
}

// Names of codes as headings; where two share a name, their paths.
std::vector<std::string> headings_of(const CodingSet& set, const CooccurrenceTable& result) {
    std::map<std::string, int> uses;
    for (const CooccurrenceCode& code : result.codes) ++uses[set.codes[code.code].name];
    std::vector<std::string> headings;
    for (const CooccurrenceCode& code : result.codes) {
        const CodeEntry& entry = set.codes[code.code];
        headings.push_back(uses[entry.name] == 1 ? entry.name : joined(entry.path, " > "));
    }
    // Paths may be alike too: two codes of one name under one parent.
    std::map<std::string, int> seen;
    for (std::size_t i = 0; i < headings.size(); ++i) {
        if (seen[headings[i]]++ > 0) headings[i] += " (" + set.codes[result.codes[i].code].id + ")";
    }
    return headings;
}

void add_path_headings(const CodingSet& set, const CooccurrenceTable& result, Table& table) {
    std::size_t depth = 1;
    for (const CooccurrenceCode& code : result.codes) depth = std::max(depth, set.codes[code.code].path.size());
    const Wording& words = wording(result.spec.language);
    if (set.levels.size() >= depth) {
        table.path_headings.assign(set.levels.begin(), set.levels.begin() + static_cast<std::ptrdiff_t>(depth));
    } else if (depth <= 2) {
        if (depth == 2) table.path_headings.emplace_back(words.parent);
        table.path_headings.emplace_back(words.code);
    } else {
        for (std::size_t i = 0; i < depth; ++i) table.path_headings.emplace_back(i < 5 ? words.level[i] : words.code);
    }
}

void add_title_and_notes(const CodingSet& set, const CooccurrenceTable& result, const std::string& measure, bool counts, bool undefined, Table& table) {
    const CooccurrenceSpec& spec = result.spec;
    const Language language = spec.language;
    const Wording& words = wording(language);
    const bool segments = spec.within == CooccurrenceUnit::segment;
    const auto note = [&](const Phrase& phrase) { table.notes.push_back(in(language, phrase)); };
    const auto note_number = [&](std::uint64_t number, const Phrase& before, const Phrase& after) {
        table.notes.push_back(in(language, before) + std::to_string(number) + in(language, after));
    };
    table.title = in(language, {"编码共现表", "編碼共現表", "Co-occurrence of codes"}) + (set.codebook.empty() ? "" : words.colon + set.codebook);
    table.note_heading = words.note;
    table.notes.push_back(in(language, {"共现范围：", "共現範圍：", "Within "}) + name_of(spec) + (measure.empty() ? "" : in(language, {"；", "；", "; "}) + measure) + words.stop);
    if (segments) {
        if (counts) note({"共现次数是两个编码的片段（各取不同者）有共同文字的对数。", "共現次數是兩個編碼的片段（各取不同者）有共同文字的對數。", "The count is the number of pairs of distinct segments that share text."});
    } else if (result.units) {
        note_number(*result.units, {"单位总数 n = ", "單位總數 n = ", "Number of units: n = "}, {"。", "。", "."});
    }
    if (!counts && undefined && (segments || !result.units)) {
        segments ? note({"片段没有总数，φ 与提升度无法计算（no_data）。", "片段沒有總數，φ 與提升度無法計算（no_data）。", "Segments have no total number: φ and lift cannot be computed (no_data)."})
                 : note({"单位总数未知，φ 与提升度无法计算（no_data）；请同时给出访谈文件。", "單位總數未知，φ 與提升度無法計算（no_data）；請同時給出訪談檔案。",
                         "The number of units is not known: φ and lift cannot be computed (no_data); give the interviews too."});
    } else if (undefined) {
        note({"空格处的系数没有定义。", "空格處的係數沒有定義。", "A coefficient that is not shown is undefined."});
    }
    const auto any = [&](const std::function<bool(const CooccurrencePair&)>& holds) { return std::any_of(result.pairs.begin(), result.pairs.end(), holds); };
    if (segments && any([](const CooccurrencePair& pair) { return !pair.measures.c_coefficient.defined() || pair.measures.c_coefficient.number() > 1; })) {
        note({"重叠的片段被多次计算，有的 c 系数大于 1 或没有定义。", "重疊的片段被多次計算，有的 c 係數大於 1 或沒有定義。",
              "Overlapping segments are counted more than once: a c-coefficient is larger than 1 or undefined."});
    }
    if (any([](const CooccurrencePair& pair) { return pair.count > 0 && pair.measures.lopsided; })) {
        note({"有的编码对频次相差 5 倍以上，系数低估较少者的关联（--pairs 逐对标出）。", "有的編碼對頻次相差 5 倍以上，係數低估較少者的關聯（--pairs 逐對標出）。",
              "In some pairs one code is more than 5 times as frequent, and coefficients hide what the rarer one shows (--pairs marks them)."});
    }
    if (result.silent > 0) note_number(result.silent, {"未出现的编码 ", "未出現的編碼 ", "Codes that never occur and are not listed: "}, {" 个，未列出。", " 個，未列出。", "."});
    if (result.without_unit > 0) note_number(result.without_unit, {"不在任何单位内、未计入的编码 ", "不在任何單位內、未計入的編碼 ", "Codings that lie in no such unit and are not counted: "}, {" 处。", " 處。", "."});
    if (result.rejected > 0) table.notes.push_back(rejected_note(language, result.rejected));
    if (!set.skipped.empty()) table.notes.push_back(skipped_note(language, set.skipped));
}

std::vector<const CooccurrencePair*> pairs_by_count(const CooccurrenceTable& result) {
    std::vector<const CooccurrencePair*> pairs;
    for (const CooccurrencePair& pair : result.pairs) {
        if (pair.count >= result.spec.minimum) pairs.push_back(&pair);
    }
    std::stable_sort(pairs.begin(), pairs.end(), [](const CooccurrencePair* a, const CooccurrencePair* b) { return a->count > b->count; });
    return pairs;
}

// The highest spec.measure first, pairs of which it is undefined last; of equals the most frequent first.
std::vector<const CooccurrencePair*> pairs_by_measure(const CooccurrenceTable& result) {
    std::vector<const CooccurrencePair*> pairs = pairs_by_count(result);
    std::stable_sort(pairs.begin(), pairs.end(), [&](const CooccurrencePair* a, const CooccurrencePair* b) {
        const Value one = weight_of(*a, result.spec.measure);
        const Value other = weight_of(*b, result.spec.measure);
        return one.defined() && (!other.defined() || one.number() > other.number());
    });
    return pairs;
}

// Shortest form that reads back as the same number: 3, 0.25.
std::string printed(double number) {
    std::array<char, 64> digits{};
    return {digits.data(), std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr};
}

// What has an edge: found together, often enough, with a weight.
std::vector<std::pair<const CooccurrencePair*, double>> edges_of(const CooccurrenceTable& result) {
    std::vector<std::pair<const CooccurrencePair*, double>> edges;
    for (const CooccurrencePair* pair : pairs_by_count(result)) {
        const Value weight = weight_of(*pair, result.spec.measure);
        if (pair->count > 0 && weight.defined()) edges.emplace_back(pair, weight.number());
    }
    return edges;
}

// XML 1.0 has no form at all for most controls.
void append_xml(std::string& out, std::string_view text) {
    for (std::size_t at = 0; at < text.size(); at += utf8::length(text[at])) {
        const char32_t c = utf8::at(text, at);
        if (c == U'&') out += "&amp;";
        else if (c == U'<') out += "&lt;";
        else if (c == U'>') out += "&gt;";
        else if (c == U'"') out += "&quot;";
        else if (c == U'\t' || c == U'\n' || c == U'\r') out += "&#" + std::to_string(static_cast<unsigned>(c)) + ";";
        else utf8::append(out, c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0xFFFE || c == 0xFFFF ? U'\uFFFD' : c);
    }
}

void append_data(std::string& out, std::string_view key, std::string_view text) {
    out += "<data key=\"";
    out += key;
    out += "\">";
    append_xml(out, text);
    out += "</data>";
}

}  // namespace

Value weight_of(const CooccurrencePair& pair, CooccurrenceMeasure measure) {
    switch (measure) {
        case CooccurrenceMeasure::count: return static_cast<double>(pair.count);
        case CooccurrenceMeasure::jaccard: return pair.measures.jaccard;
        case CooccurrenceMeasure::c_coefficient: return pair.measures.c_coefficient;
        case CooccurrenceMeasure::dice: return pair.measures.dice;
        case CooccurrenceMeasure::ochiai: return pair.measures.ochiai;
        case CooccurrenceMeasure::phi: return pair.measures.phi;
        case CooccurrenceMeasure::lift: break;
    }
    return pair.measures.lift;
}

Table cooccurrence_matrix(const CodingSet& set, const CooccurrenceTable& result) {
    const CooccurrenceSpec& spec = result.spec;
    const bool counts = spec.measure == CooccurrenceMeasure::count;
    Table table;
    add_path_headings(set, result, table);
    table.columns = headings_of(set, result);
    bool undefined = false;
    for (std::uint32_t a = 0; a < result.codes.size(); ++a) {
        const CodeEntry& code = set.codes[result.codes[a].code];
        TableRow row{code.id, code.path, {}};
        for (std::uint32_t b = 0; b < result.codes.size(); ++b) {
            if (a == b) {
                row.cells.push_back(counts ? Cell(result.codes[a].frequency) : Cell());
                continue;
            }
            const CooccurrencePair& pair = result.pair(a, b);
            const Value value = weight_of(pair, spec.measure);
            undefined = undefined || !value.defined();
            row.cells.push_back(pair.count < spec.minimum ? Cell() : counts ? Cell(pair.count) : cell_of(value));
        }
        table.rows.push_back(std::move(row));
    }
    add_title_and_notes(set, result, heading_of(spec.measure, spec.language), counts, undefined, table);
    if (counts) {
        table.notes.push_back(in(spec.language, {"对角线是编码自身的频次。", "對角線是編碼自身的頻次。", "The diagonal is how often the code itself occurs."}));
    }
    return table;
}

Table cooccurrence_pairs(const CodingSet& set, const CooccurrenceTable& result) {
    const Language language = result.spec.language;
    static constexpr std::array<CooccurrenceMeasure, 6> kMeasures = {CooccurrenceMeasure::jaccard, CooccurrenceMeasure::c_coefficient, CooccurrenceMeasure::dice,
                                                                     CooccurrenceMeasure::ochiai,  CooccurrenceMeasure::phi,           CooccurrenceMeasure::lift};
    Table table;
    table.path_headings = {in(language, {"编码一", "編碼一", "First code"}), in(language, {"编码二", "編碼二", "Second code"})};
    table.columns = {heading_of(CooccurrenceMeasure::count, language), in(language, {"频次一", "頻次一", "First"}), in(language, {"频次二", "頻次二", "Second"}),
                     in(language, {"兼有", "兼有", "Both"}), in(language, {"皆无", "皆無", "Neither"})};
    for (const CooccurrenceMeasure measure : kMeasures) table.columns.push_back(heading_of(measure, language));
    table.columns.push_back(in(language, {"频次悬殊", "頻次懸殊", "Imbalance"}));
    bool undefined = false;
    for (const CooccurrencePair* pair : pairs_by_measure(result)) {
        const CodeEntry& first = set.codes[result.codes[pair->first].code];
        const CodeEntry& second = set.codes[result.codes[pair->second].code];
        TableRow row{first.id + " × " + second.id, {joined(first.path, " > "), joined(second.path, " > ")}, {}};
        row.cells.emplace_back(pair->count);
        row.cells.emplace_back(result.codes[pair->first].frequency);
        row.cells.emplace_back(result.codes[pair->second].frequency);
        row.cells.emplace_back(pair->counts.both);
        row.cells.push_back(pair->counts.neither ? Cell(*pair->counts.neither) : Cell());
        for (const CooccurrenceMeasure measure : kMeasures) {
            const Value value = weight_of(*pair, measure);
            undefined = undefined || !value.defined();
            row.cells.push_back(cell_of(value));
        }
        row.cells.emplace_back(pair->measures.lopsided ? std::string(">5×") : std::string());
        table.rows.push_back(std::move(row));
    }
    add_title_and_notes(set, result, {}, false, undefined, table);
    if (result.spec.within == CooccurrenceUnit::segment) {
        table.notes.push_back(in(language, {"共现次数是有共同文字的片段对数，用于 c 系数；“兼有”是与另一编码重叠的片段数（合并去重），用于其余系数。",
                                            "共現次數是有共同文字的片段對數，用於 c 係數；「兼有」是與另一編碼重疊的片段數（合併去重），用於其餘係數。",
                                            "The count is the number of pairs of segments that share text, for the c-coefficient; Both is the number of distinct segments of either "
                                            "code that touch the other, for all other measures."}));
    }
    return table;
}

std::string cooccurrence_edges(const CodingSet& set, const CooccurrenceTable& result, bool excel) {
    const std::string end = excel ? "\r\n" : "\n";
    std::string out = (excel ? "\xEF\xBB\xBF" : "") + std::string("Source,Target,Weight,Type") + end;
    for (const auto& [pair, weight] : edges_of(result)) {
        for (const std::uint32_t code : {pair->first, pair->second}) {
            const std::string& id = set.codes[result.codes[code].code].id;
            csv::append_cell(out, excel ? csv::guarded_for_spreadsheet(id) : id);
            out += ',';
        }
        out += printed(weight) + ",Undirected" + end;
    }
    return out;
}

std::string cooccurrence_graph(const CodingSet& set, const CooccurrenceTable& result) {
    std::string out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n";
    const auto key = [&](const char* id, const char* where, const char* name, const char* type) {
        out += std::string("<key id=\"") + id + "\" for=\"" + where + "\" attr.name=\"" + name + "\" attr.type=\"" + type + "\"/>\n";
    };
    // Programs take the attribute called "label" for what they write beside a node.
    key("label", "node", "label", "string");
    key("name", "node", "name", "string");
    key("path", "node", "path", "string");
    key("frequency", "node", "count", "long");
    key("weight", "edge", "weight", "double");
    key("count", "edge", "count", "long");
    static constexpr std::array<std::pair<const char*, CooccurrenceMeasure>, 6> kMeasures = {
        {{"jaccard", CooccurrenceMeasure::jaccard}, {"c", CooccurrenceMeasure::c_coefficient}, {"dice", CooccurrenceMeasure::dice},
         {"ochiai", CooccurrenceMeasure::ochiai}, {"phi", CooccurrenceMeasure::phi}, {"lift", CooccurrenceMeasure::lift}}};
    for (const auto& measure : kMeasures) key(measure.first, "edge", measure.first, "double");
    out += "<graph id=\"codes\" edgedefault=\"undirected\">\n";
    for (const CooccurrenceCode& entry : result.codes) {
        const CodeEntry& code = set.codes[entry.code];
        out += "<node id=\"";
        append_xml(out, code.id);
        out += "\">";
        append_data(out, "label", code.name);
        append_data(out, "name", code.name);
        append_data(out, "path", joined(code.path, " > "));
        append_data(out, "frequency", std::to_string(entry.frequency));
        out += "</node>\n";
    }
    for (const auto& [pair, weight] : edges_of(result)) {
        out += "<edge source=\"";
        append_xml(out, set.codes[result.codes[pair->first].code].id);
        out += "\" target=\"";
        append_xml(out, set.codes[result.codes[pair->second].code].id);
        out += "\">";
        append_data(out, "weight", printed(weight));
        append_data(out, "count", std::to_string(pair->count));
        for (const auto& [name, measure] : kMeasures) {
            const Value value = weight_of(*pair, measure);
            if (value.defined()) append_data(out, name, printed(value.number()));
        }
        out += "</edge>\n";
    }
    return out + "</graph>\n</graphml>\n";
}

}  // namespace fangtan::analysis
