// SPDX-License-Identifier: Apache-2.0
#include "fangtan/table/word_document.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "fangtan/table/grid.hpp"
#include "fangtan/table/zip_bytes.hpp"
#include "fangtan/text/utf8.hpp"
#include "fangtan/text/width.hpp"

namespace fangtan {
namespace {

constexpr std::string_view kDeclaration = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
constexpr std::string_view kMain = " xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";
constexpr std::string_view kRelations = "http://schemas.openxmlformats.org/package/2006/relationships";
constexpr std::string_view kOffice = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";
constexpr std::string_view kWordType = "application/vnd.openxmlformats-officedocument.wordprocessingml.";

// A4 with margins of an inch, in twentieths of a point.
constexpr std::size_t kTextWidth = 9026;
constexpr std::size_t kTextWidthLandscape = 13958;
constexpr std::size_t kTextSize = 21;       // half points: 10.5 pt
constexpr std::size_t kTextSizeLeast = 12;
constexpr std::size_t kColumnOfText = 115;  // half a Han character of 10.5 pt, and something for wider fonts
constexpr std::size_t kCellMargins = 240;   // 60 on either side, and some air
constexpr std::size_t kNameAtLeast = 12;    // columns of text that a name keeps before it breaks

std::string escaped(std::string_view text) {
    std::string out;
    for (const char c : utf8::escaped(text)) {
        switch (c) {
            case '&': out += "&amp;"; break;
            case '<': out += "&lt;"; break;
            case '>': out += "&gt;"; break;
            case '"': out += "&quot;"; break;
            default: out += c;
        }
    }
    // The two characters that XML forbids and Unicode never assigned.
    for (const std::string_view forbidden : {"\xEF\xBF\xBE", "\xEF\xBF\xBF"}) {
        for (std::size_t at = out.find(forbidden); at != std::string::npos; at = out.find(forbidden, at)) out.replace(at, 3, "\xEF\xBF\xBD");
    }
    return out;
}

// The text as a run: line ends and tabs are elements of their own.
std::string run_of(std::string_view text, std::string_view properties = {}) {
    if (text.empty()) return {};
    std::string run = "<w:r>" + std::string(properties);
    while (!text.empty()) {
        const std::size_t end = std::min(text.find_first_of("\n\t"), text.size());
        if (end > 0) run += "<w:t xml:space=\"preserve\">" + escaped(text.substr(0, end)) + "</w:t>";
        if (end < text.size()) run += text[end] == '\n' ? "<w:br/>" : "<w:tab/>";
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return run + "</w:r>";
}

std::string content_types() {
    const std::string word(kWordType);
    return std::string(kDeclaration) + "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
           "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
           "<Default Extension=\"xml\" ContentType=\"application/xml\"/>"
           "<Override PartName=\"/word/document.xml\" ContentType=\"" + word + "document.main+xml\"/>"
           "<Override PartName=\"/word/styles.xml\" ContentType=\"" + word + "styles+xml\"/>"
           "<Override PartName=\"/word/settings.xml\" ContentType=\"" + word + "settings+xml\"/>"
           "<Override PartName=\"/docProps/core.xml\" ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/></Types>\n";
}

std::string package_relations() {
    return std::string(kDeclaration) + "<Relationships xmlns=\"" + std::string(kRelations) + "\">"
           "<Relationship Id=\"rId1\" Type=\"" + std::string(kOffice) + "officeDocument\" Target=\"word/document.xml\"/>"
           "<Relationship Id=\"rId2\" Type=\"http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties\" Target=\"docProps/core.xml\"/>"
           "</Relationships>\n";
}

std::string document_relations() {
    return std::string(kDeclaration) + "<Relationships xmlns=\"" + std::string(kRelations) + "\">"
           "<Relationship Id=\"rId1\" Type=\"" + std::string(kOffice) + "styles\" Target=\"styles.xml\"/>"
           "<Relationship Id=\"rId2\" Type=\"" + std::string(kOffice) + "settings\" Target=\"settings.xml\"/></Relationships>\n";
}

std::string core_properties(const std::string& title) {
    return std::string(kDeclaration) +
           "<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" "
           "xmlns:dcterms=\"http://purl.org/dc/terms/\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><dc:title>" +
           escaped(title) + "</dc:title><dcterms:created xsi:type=\"dcterms:W3CDTF\">1980-01-01T00:00:00Z</dcterms:created></cp:coreProperties>\n";
}

std::string settings() {
    return std::string(kDeclaration) + "<w:settings" + std::string(kMain) +
           "><w:compat><w:compatSetting w:name=\"compatibilityMode\" w:uri=\"http://schemas.microsoft.com/office/word\" w:val=\"15\"/></w:compat></w:settings>\n";
}

std::string paragraph_style(const std::string& id, const std::string& name, const std::string& paragraph, const std::string& run) {
    return "<w:style w:type=\"paragraph\" w:styleId=\"" + id + "\"><w:name w:val=\"" + name + "\"/><w:basedOn w:val=\"Normal\"/><w:qFormat/><w:pPr>" + paragraph +
           "</w:pPr><w:rPr>" + run + "</w:rPr></w:style>";
}

std::string styles(const std::string& language) {
    const bool traditional = language == "zh-Hant";
    const std::string font = traditional ? "新細明體" : "宋体";
    const std::string half_points = "<w:sz w:val=\"21\"/><w:szCs w:val=\"21\"/>";
    std::string text = std::string(kDeclaration) + "<w:styles" + std::string(kMain) + "><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii=\"Times New Roman\" w:eastAsia=\"" + font +
                       "\" w:hAnsi=\"Times New Roman\" w:cs=\"Times New Roman\"/>" + half_points + "<w:lang w:val=\"en-US\" w:eastAsia=\"" + (traditional ? "zh-TW" : "zh-CN") +
                       "\"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>"
                       "<w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name w:val=\"Normal\"/><w:qFormat/></w:style>";
    text += paragraph_style("Title", "Title", "<w:keepNext/><w:spacing w:before=\"240\" w:after=\"240\"/><w:jc w:val=\"center\"/>", "<w:b/><w:sz w:val=\"32\"/><w:szCs w:val=\"32\"/>");
    static constexpr int kSizes[] = {30, 28, 26, 24, 22, 21};
    for (int level = 1; level <= 6; ++level) {
        const std::string size = std::to_string(kSizes[level - 1]);
        text += paragraph_style("Heading" + std::to_string(level), "heading " + std::to_string(level),
                                "<w:keepNext/><w:spacing w:before=\"200\" w:after=\"120\"/><w:outlineLvl w:val=\"" + std::to_string(level - 1) + "\"/>",
                                "<w:b/><w:sz w:val=\"" + size + "\"/><w:szCs w:val=\"" + size + "\"/>");
    }
    text += paragraph_style("BodyText", "Body Text", "<w:spacing w:after=\"120\"/>", "");
    text += paragraph_style("Quote", "Quote", "<w:spacing w:after=\"120\"/><w:ind w:left=\"420\" w:right=\"420\"/>", "");
    text += paragraph_style("Note", "Note", "<w:spacing w:after=\"40\"/>", "<w:sz w:val=\"18\"/><w:szCs w:val=\"18\"/>");
    text += paragraph_style("Caption", "caption", "<w:keepNext/><w:spacing w:before=\"120\" w:after=\"60\"/><w:jc w:val=\"center\"/>", "<w:b/>");
    text += paragraph_style("TableText", "Table Text", "<w:spacing w:before=\"20\" w:after=\"20\"/>", "");
    return text + "</w:styles>\n";
}

// How a table fits onto the page: numbers never break, names may, a wide table lies on its side, and a very wide one is set smaller.
struct Fit {
    std::vector<std::size_t> widths;
    std::size_t half_points = kTextSize;
    bool landscape = false;
};

Fit fit_of(const table::Grid& grid) {
    std::vector<std::size_t> characters(grid.lines[0].size(), 0);
    for (const auto& line : grid.lines) {
        for (std::size_t i = 0; i < line.size(); ++i) {
            // An arrow is as wide as a Han character in Chinese fonts, and % is wider than a digit.
            const bool arrow = line[i].text.ends_with("↑") || line[i].text.ends_with("↓");
            characters[i] = std::max(characters[i], display_width(utf8::escaped(line[i].text)) + (arrow ? 2 : 0) + (line[i].text.find('%') != std::string::npos ? 1 : 0));
        }
    }
    const auto width_of = [&](std::size_t i, std::size_t half_points, bool wrapped) {
        const std::size_t shown = wrapped && i < grid.path_columns ? std::min(characters[i], kNameAtLeast) : characters[i];
        return shown * kColumnOfText * half_points / kTextSize + kCellMargins;
    };
    const auto whole = [&](std::size_t half_points, bool wrapped) {
        std::size_t sum = 0;
        for (std::size_t i = 0; i < characters.size(); ++i) sum += width_of(i, half_points, wrapped);
        return sum;
    };
    Fit fit;
    fit.landscape = whole(kTextSize, true) > kTextWidth;
    const std::size_t room = fit.landscape ? kTextWidthLandscape : kTextWidth;
    while (whole(fit.half_points, true) > room && fit.half_points > kTextSizeLeast) --fit.half_points;
    const std::size_t least = whole(fit.half_points, true);
    const std::size_t natural = whole(fit.half_points, false);
    for (std::size_t i = 0; i < characters.size(); ++i) {
        std::size_t width = width_of(i, fit.half_points, true);
        // What is left over goes to the names.
        if (i < grid.path_columns && natural > least) width += (width_of(i, fit.half_points, false) - width) * std::min(natural - least, room > least ? room - least : 0) / (natural - least);
        fit.widths.push_back(width);
    }
    return fit;
}

}  // namespace

WordDocument::WordDocument(std::string_view title, std::string_view language) : title_(title), language_(language) {
    if (!title.empty()) add_paragraph(title, "Title");
}

void WordDocument::add_paragraph(std::string_view text, std::string_view style) {
    body_ += "<w:p><w:pPr><w:pStyle w:val=\"" + std::string(style) + "\"/></w:pPr>" + run_of(text) + "</w:p>";
}

void WordDocument::heading(std::string_view text, int level) { add_paragraph(text, "Heading" + std::to_string(std::clamp(level, 1, 6))); }

void WordDocument::paragraph(std::string_view text, ParagraphStyle style) {
    switch (style) {
        case ParagraphStyle::body: add_paragraph(text, "BodyText"); break;
        case ParagraphStyle::quotation: add_paragraph(text, "Quote"); break;
        case ParagraphStyle::note: add_paragraph(text, "Note"); break;
    }
}

void WordDocument::add_rows(const Table& table) {
    const table::Grid grid = table::grid_of(table, table::Parents::merged, table::Marks::shown);
    const Fit fit = fit_of(grid);
    const std::vector<std::size_t>& widths = fit.widths;
    landscape_ = landscape_ || fit.landscape;
    const std::string size = std::to_string(fit.half_points);
    const std::string smaller = fit.half_points == kTextSize ? "" : "<w:rPr><w:sz w:val=\"" + size + "\"/><w:szCs w:val=\"" + size + "\"/></w:rPr>";
    body_ += "<w:tbl><w:tblPr><w:tblW w:w=\"0\" w:type=\"auto\"/><w:jc w:val=\"center\"/><w:tblBorders><w:top w:val=\"single\" w:sz=\"12\" w:space=\"0\" w:color=\"auto\"/>"
             "<w:bottom w:val=\"single\" w:sz=\"12\" w:space=\"0\" w:color=\"auto\"/></w:tblBorders><w:tblLayout w:type=\"fixed\"/>"
             "<w:tblCellMar><w:left w:w=\"60\" w:type=\"dxa\"/><w:right w:w=\"60\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr><w:tblGrid>";
    for (const std::size_t width : widths) body_ += "<w:gridCol w:w=\"" + std::to_string(width) + "\"/>";
    body_ += "</w:tblGrid>";
    for (std::size_t n = 0; n < grid.lines.size(); ++n) {
        body_ += n == 0 ? "<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>" : "<w:tr><w:trPr><w:cantSplit/></w:trPr>";
        for (std::size_t i = 0; i < grid.lines[n].size(); ++i) {
            const table::GridCell& cell = grid.lines[n][i];
            body_ += "<w:tc><w:tcPr><w:tcW w:w=\"" + std::to_string(widths[i]) + "\" w:type=\"dxa\"/>";
            if (cell.rows != 1) body_ += cell.rows == 0 ? "<w:vMerge/>" : "<w:vMerge w:val=\"restart\"/>";
            if (n == 0) body_ += "<w:tcBorders><w:bottom w:val=\"single\" w:sz=\"6\" w:space=\"0\" w:color=\"auto\"/></w:tcBorders>";
            body_ += "<w:vAlign w:val=\"center\"/></w:tcPr><w:p><w:pPr><w:pStyle w:val=\"TableText\"/>";
            if (i >= grid.path_columns) body_ += "<w:jc w:val=\"right\"/>";
            body_ += "</w:pPr>" + run_of(cell.text, smaller) + "</w:p></w:tc>";
        }
        body_ += "</w:tr>";
    }
    body_ += "</w:tbl>";
}

void WordDocument::table(const Table& table) {
    if (!table.title.empty()) add_paragraph(table.title, "Caption");
    add_rows(table);
    for (const std::string& note : table.notes) add_paragraph(table.note_heading + note, "Note");
    if (table.notes.empty()) body_ += "<w:p/>";  // two tables that touch would become one
}

std::string WordDocument::bytes() const {
    const std::string document = std::string(kDeclaration) + "<w:document" + std::string(kMain) + "><w:body>" + body_ + "<w:sectPr>" +
                                 (landscape_ ? "<w:pgSz w:w=\"16838\" w:h=\"11906\" w:orient=\"landscape\"/>" : "<w:pgSz w:w=\"11906\" w:h=\"16838\"/>") + "<w:pgMar w:top=\"1440\" w:right=\"1440\" w:bottom=\"1440\" w:left=\"1440\" w:header=\"851\" "
                                 "w:footer=\"992\" w:gutter=\"0\"/></w:sectPr></w:body></w:document>\n";
    return table::zip_bytes({{"[Content_Types].xml", content_types()},
                             {"_rels/.rels", package_relations()},
                             {"word/document.xml", document},
                             {"word/_rels/document.xml.rels", document_relations()},
                             {"word/styles.xml", styles(language_)},
                             {"word/settings.xml", settings()},
                             {"docProps/core.xml", core_properties(title_)}});
}

}  // namespace fangtan
