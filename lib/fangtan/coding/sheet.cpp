// SPDX-License-Identifier: Apache-2.0
#include "fangtan/coding/sheet.hpp"

#include <algorithm>
#include <charconv>
#include <map>
#include <memory>

#include "fangtan/coding/sheet_columns.hpp"
#include "fangtan/text/code_point_index.hpp"
#include "fangtan/text/csv.hpp"
#include "fangtan/text/diagnostic_text.hpp"
#include "fangtan/text/utf8.hpp"
#include "fangtan/transcript/solid_text.hpp"

namespace fangtan::coding {
namespace {

using transcript::SolidText;
using Row = std::vector<CsvCell>;

// Messages end up in logs and screenshots: of people's words only the beginning is shown.
std::string shown(const std::string& text) {
    constexpr std::size_t kShown = 12;
    const std::u32string characters = utf8::to_code_points(text);
    return characters.size() <= kShown ? text : utf8::from_code_points(std::u32string_view(characters).substr(0, kShown)) + "…";
}

// A cell as it was before --excel guarded it.
std::string unguarded(const std::string& cell) { return cell.starts_with('\'') && csv::guarded_for_spreadsheet(cell.substr(1)) == cell ? cell.substr(1) : cell; }

// The cell of the code, or where that is empty of its name.
const CsvCell& code_cell(const Row& row, const SheetColumns& columns) {
    const CsvCell& code = row[columns.at("code")];
    const auto name = columns.find("name");
    return code.text.empty() && name != columns.end() ? row[name->second] : code;
}

// An id may hold what parts codes elsewhere.
std::vector<NotedCode> codes_in(const CsvCell& cell, const CodeNames& names) {
    const std::string written = unguarded(cell.text);
    if (names.find(written).code) return {{written, {}}};
    return parse_note(written, names).codes;
}

// What is made of a document once, when the first row needs it.
struct Source {
    explicit Source(const Transcript& transcript) : index(transcript.text), solid(transcript.text) {}
    CodePointIndex index;
    SolidText solid;
};

class SheetReader {
 public:
    SheetReader(const CsvTable& table, const std::string& file, const CodeNames& names, const std::vector<ImportedDocument>& documents, const std::string& coder, const std::string& remedy, Diagnostics& diagnostics)
        : table_(table), columns_(sheet_columns(table)), file_(file), names_(names), documents_(documents), coder_(coder), remedy_(remedy), diagnostics_(diagnostics), sources_(documents.size()) {
        for (std::size_t i = 0; i < documents.size(); ++i) {
            ids_.emplace(documents[i].original.id, i);
            ids_.emplace(documents[i].original.file, i);
        }
    }

    std::vector<HandCoding> run() {
        for (const char* name : {"document", "code"}) {
            if (!columns_.contains(name)) fault(table_.header[0], std::string("the header has no column \"") + name + "\"; a sheet of codings needs document, code and text, or start and end");
        }
        if (!columns_.contains("text") && !(columns_.contains("start") && columns_.contains("end"))) fault(table_.header[0], "the header has neither a column \"text\" nor columns \"start\" and \"end\"");
        check_sheet_columns(table_, file_, diagnostics_);
        if (diagnostics_.has_errors()) return {};
        for (const Row& row : table_.rows) read(row);
        for (const auto& [id, unknown] : unknown_documents_) complain_of_document(id, unknown);
        return std::move(codings_);
    }

 private:
    void fault(const CsvCell& cell, std::string message) { diagnostics_.error(file_, cell.position, std::move(message)); }

    [[nodiscard]] const CsvCell* cell(const Row& row, const char* name) const {
        const auto column = columns_.find(name);
        return column != columns_.end() && !row[column->second].text.empty() ? &row[column->second] : nullptr;
    }
    [[nodiscard]] std::string text(const Row& row, const char* name) const {
        const CsvCell* found = cell(row, name);
        return found == nullptr ? std::string() : unguarded(found->text);
    }

    // Empty with a fault, or where the cell is empty.
    std::optional<std::uint32_t> number(const Row& row, const char* name) {
        const CsvCell* found = cell(row, name);
        if (found == nullptr) return std::nullopt;
        std::uint32_t value = 0;
        const char* end = found->text.data() + found->text.size();
        const auto result = std::from_chars(found->text.data(), end, value);
        if (result.ec == std::errc() && result.ptr == end) return value;
        fault(*found, std::string(name) + " must be a whole number from 0, found \"" + shown(found->text) + "\"");
        return std::nullopt;
    }

    std::optional<std::size_t> document(const Row& row) {
        const CsvCell& found = row[columns_.at("document")];
        const std::string id = unguarded(found.text);
        if (const auto known = ids_.find(id); known != ids_.end()) return known->second;
        if (id.empty()) {
            fault(found, "this row has no document");
        } else {
            ++unknown_documents_.try_emplace(id, UnknownDocument{&found, 0}).first->second.rows;
        }
        return std::nullopt;
    }

    // Once for all its rows: a sheet of many interviews is often read with one of them.
    struct UnknownDocument {
        const CsvCell* first = nullptr;
        std::size_t rows = 0;
    };
    void complain_of_document(const std::string& id, const UnknownDocument& unknown) {
        std::vector<std::string> known;
        for (const ImportedDocument& one : documents_) known.push_back(one.original.id);
        const std::string near = nearest(id, known);
        fault(*unknown.first, "the document \"" + shown(id) + "\" is not among the inputs" + (unknown.rows > 1 ? " (" + std::to_string(unknown.rows) + " rows name it)" : "") +
                                  (near.empty() ? "" : "; did you mean \"" + near + "\"?"));
    }

    std::optional<CodingStatus> status(const Row& row, const std::string& coder) {
        const std::string value = text(row, "status");
        if (value.empty()) return coder == "rules" ? CodingStatus::proposed : CodingStatus::accepted;
        if (value == "proposed") return CodingStatus::proposed;
        if (value == "accepted") return CodingStatus::accepted;
        if (value == "rejected") return CodingStatus::rejected;
        fault(*cell(row, "status"), "status must be proposed, accepted or rejected, found \"" + shown(value) + "\"");
        return std::nullopt;
    }

    std::vector<NotedCode> codes(const Row& row) {
        const CsvCell& found = code_cell(row, columns_);
        std::vector<NotedCode> codes = codes_in(found, names_);
        if (codes.empty()) fault(found, "this row has no code");
        return codes;
    }

    const Source& source(std::size_t document) {
        if (!sources_[document]) sources_[document] = std::make_unique<Source>(documents_[document].original);
        return *sources_[document];
    }

    // "turn 3, 120 to 131"
    std::string place(std::size_t document, Span span) {
        const Transcript& transcript = documents_[document].original;
        const auto turn = std::find_if(transcript.turns.begin(), transcript.turns.end(), [&](const Turn& one) { return one.body.begin <= span.begin && span.begin < one.body.end; });
        const CodePointIndex& index = source(document).index;
        return (turn == transcript.turns.end() ? std::string("outside the turns") : "turn " + std::to_string(turn - transcript.turns.begin() + 1)) + ", " +
               std::to_string(index.to_character(span.begin).value) + " to " + std::to_string(index.to_character(span.end).value);
    }

    std::string places(std::size_t document, const std::vector<Span>& spans) {
        constexpr std::size_t kListed = 5;
        std::string listed;
        for (std::size_t i = 0; i < std::min(kListed, spans.size()); ++i) listed += (i > 0 ? "; " : "") + place(document, spans[i]);
        return listed + (spans.size() > kListed ? "; …" : "");
    }

    // Where as much as possible of the beginning of a passage stands.
    std::string nearest_place(std::size_t document, const std::string& solid) {
        constexpr std::size_t kWorthSaying = 3;
        const SolidText& text = source(document).solid;
        const std::u32string characters = utf8::to_code_points(solid);
        const auto longest = [&](const auto& part_of) {
            std::size_t low = 0;
            std::size_t high = characters.size();
            while (low < high) {
                const std::size_t middle = (low + high + 1) / 2;
                if (text.text().find(part_of(middle)) != std::string::npos) {
                    low = middle;
                } else {
                    high = middle - 1;
                }
            }
            return low;
        };
        const std::u32string_view whole = characters;
        const auto head = [&](std::size_t length) { return utf8::from_code_points(whole.substr(0, length)); };
        const auto tail = [&](std::size_t length) { return utf8::from_code_points(whole.substr(whole.size() - length)); };
        const std::size_t begins = longest(head);
        const std::size_t ends = longest(tail);
        if (std::max(begins, ends) < std::min(kWorthSaying, characters.size())) return "no part of it stands there either; is it another document?";
        const bool by_head = begins >= ends;
        const std::string part = by_head ? head(begins) : tail(ends);
        return std::string("its ") + (by_head ? "beginning" : "end") + " \"" + shown(part) + "\" stands at " + places(document, text.find_all(part));
    }

    // Whether a place lies in the turn and the speech of the participant that the row names.
    bool fits(const Row& row, const Transcript& transcript, Span span, std::optional<std::uint32_t> turn) const {
        const std::string participant = text(row, "participant");
        for (std::size_t i = 0; i < transcript.turns.size(); ++i) {
            const Span body = transcript.turns[i].body;
            if (std::max(span.begin, body.begin) >= std::min(span.end, body.end)) continue;
            const Speaker& speaker = transcript.speakers[transcript.turns[i].speaker];
            if (turn && *turn != i + 1) continue;
            if (participant.empty() || speaker.participant == participant || speaker.label == participant) return true;
        }
        return false;
    }

    std::optional<Span> found_text(const Row& row, std::size_t document) {
        const CsvCell* quoted = cell(row, "text");
        if (quoted == nullptr) {
            fault(row[columns_.at("document")], "this row has neither start and end nor a text to be found in the document");
            return std::nullopt;
        }
        const Transcript& transcript = documents_[document].original;
        const std::string solid = SolidText(unguarded(quoted->text)).text();
        const std::vector<Span> anywhere = source(document).solid.find_all(solid);
        if (anywhere.empty()) {
            fault(*quoted, "the text \"" + shown(quoted->text) + "\" is not in document \"" + transcript.id + "\"; " + nearest_place(document, solid));
            return std::nullopt;
        }
        const std::optional<std::uint32_t> turn = number(row, "turn");
        std::vector<Span> fitting;
        std::copy_if(anywhere.begin(), anywhere.end(), std::back_inserter(fitting), [&](Span span) { return fits(row, transcript, span, turn); });
        if (fitting.size() == 1) return fitting[0];
        if (fitting.empty()) {
            fault(*quoted, "the text \"" + shown(quoted->text) + "\" stands in document \"" + transcript.id + "\", but not where this row says (turn, participant): it is at " + places(document, anywhere));
        } else {
            fault(*quoted, "the text \"" + shown(quoted->text) + "\" stands in document \"" + transcript.id + "\" " + std::to_string(fitting.size()) + " times: " + places(document, fitting) +
                               "; give start and end, or its turn");
        }
        return std::nullopt;
    }

    std::optional<Span> stated_span(const Row& row, std::size_t document) {
        const std::size_t errors = diagnostics_.errors();
        const auto start = number(row, "start");
        const auto end = number(row, "end");
        if (diagnostics_.errors() > errors) return std::nullopt;
        if (!start || !end) {
            fault(*cell(row, start ? "start" : "end"), std::string("this row has ") + (start ? "start but no end" : "end but no start") + "; give both, or neither and the text");
            return std::nullopt;
        }
        const Transcript& transcript = documents_[document].original;
        const Source& from = source(document);
        if (*start >= *end) {
            fault(*cell(row, "start"), "start " + std::to_string(*start) + " must be before end " + std::to_string(*end));
            return std::nullopt;
        }
        if (*end > from.index.size()) {
            fault(*cell(row, "end"), "end " + std::to_string(*end) + " lies past the end of document \"" + transcript.id + "\" (" + std::to_string(from.index.size()) + " characters)");
            return std::nullopt;
        }
        const Span span{from.index.to_byte(CharacterOffset{*start}), from.index.to_byte(CharacterOffset{*end})};
        const CsvCell* quoted = cell(row, "text");
        if (quoted == nullptr) return span;
        const std::string solid = SolidText(unguarded(quoted->text)).text();
        // A text that began with an apostrophe itself is no guarded one.
        const std::string stands = SolidText(span.of(transcript.text)).text();
        if (stands == solid || stands == SolidText(quoted->text).text()) return span;
        const std::vector<Span> elsewhere = from.solid.find_all(solid);
        fault(*quoted, "at " + std::to_string(*start) + " to " + std::to_string(*end) + " stands \"" + shown(std::string(span.of(transcript.text))) + "\", not \"" + shown(quoted->text) + "\"" +
                           (elsewhere.empty() ? "; " + nearest_place(document, solid) : "; that text is at " + places(document, elsewhere)));
        return std::nullopt;
    }

    void read(const Row& row) {
        const std::size_t errors = diagnostics_.errors();
        const std::optional<std::size_t> number_of_document = document(row);
        const std::vector<NotedCode> noted = codes(row);
        std::vector<CodeId> found_codes;
        for (const NotedCode& code : noted) {
            const CodeNames::Found found = names_.find(code.name);
            if (found.code) {
                found_codes.push_back(CodeId{*found.code});
            } else {
                fault(code_cell(row, columns_), names_.fault(code.name) + (found.candidates.empty() ? remedy_ : ""));
            }
        }
        const std::string stated_coder = text(row, "coder");
        const std::optional<CodingStatus> stated = status(row, stated_coder);
        const std::optional<std::uint32_t> rule = number(row, "rule");
        if (!number_of_document) return;
        const bool has_position = cell(row, "start") != nullptr || cell(row, "end") != nullptr;
        const std::optional<Span> span = has_position ? stated_span(row, *number_of_document) : found_text(row, *number_of_document);
        if (!span || diagnostics_.errors() > errors) return;
        const std::vector<SpokenPiece> pieces = spoken_pieces(documents_[*number_of_document], *span);
        if (pieces.empty()) {
            fault(row[columns_.at("document")], place(*number_of_document, *span) + " of document \"" + documents_[*number_of_document].original.id + "\" is nobody's speech");
            return;
        }
        HandCoding coding;
        coding.document = *number_of_document;
        coding.span = {pieces.front().span.begin, pieces.back().span.end};
        if (pieces.size() == 1) {
            coding.turn = pieces[0].turn;
            coding.speaker = pieces[0].speaker;
        }
        coding.coder = stated_coder.empty() ? coder_ : stated_coder;
        coding.rule = rule;
        coding.status = *stated;
        coding.memo = text(row, "memo");
        for (std::size_t i = 0; i < found_codes.size(); ++i) {
            HandCoding one = coding;
            one.code = found_codes[i];
            if (!noted[i].memo.empty()) one.memo += (one.memo.empty() ? "" : "\n") + noted[i].memo;
            codings_.push_back(std::move(one));
        }
    }

    const CsvTable& table_;
    const SheetColumns columns_;
    const std::string& file_;
    const CodeNames& names_;
    const std::vector<ImportedDocument>& documents_;
    const std::string& coder_;
    const std::string& remedy_;
    Diagnostics& diagnostics_;
    std::map<std::string, std::size_t, std::less<>> ids_;  // and file names
    std::vector<std::unique_ptr<Source>> sources_;
    std::map<std::string, UnknownDocument> unknown_documents_;
    std::vector<HandCoding> codings_;
};

}  // namespace

std::optional<std::vector<HandCoding>> read_sheet(const CsvTable& table, const std::string& file, const CodeNames& names, const std::vector<ImportedDocument>& documents,
                                                  const std::string& coder, const std::string& remedy, Diagnostics& diagnostics) {
    Diagnostics faults;
    std::vector<HandCoding> codings = SheetReader(table, file, names, documents, coder, remedy, faults).run();
    faults.sort();
    for (const Diagnostic& fault : faults.entries()) {
        if (fault.severity == Severity::error) {
            diagnostics.error(fault.file, fault.position, fault.message, fault.source_line);
        } else {
            diagnostics.warning(fault.file, fault.position, fault.message, fault.source_line);
        }
    }
    if (faults.has_errors()) return std::nullopt;
    return codings;
}

std::optional<std::vector<HandCoding>> read_sheet(std::string_view text, const std::string& file, const CodeNames& names, const std::vector<ImportedDocument>& documents,
                                                  const std::string& coder, const std::string& remedy, Diagnostics& diagnostics) {
    const std::optional<CsvTable> table = csv::read(text, file, diagnostics);
    return table ? read_sheet(*table, file, names, documents, coder, remedy, diagnostics) : std::nullopt;
}

std::vector<std::string> unknown_names_of_sheet(std::string_view text, const std::string& file, const CodeNames& names) {
    Diagnostics ignored;
    const std::optional<CsvTable> table = csv::read(text, file, ignored);
    std::vector<std::string> unknown;
    if (!table) return unknown;
    const SheetColumns columns = sheet_columns(*table);
    if (!columns.contains("code")) return unknown;
    for (const Row& row : table->rows) {
        for (const NotedCode& noted : codes_in(code_cell(row, columns), names)) {
            const CodeNames::Found found = names.find(noted.name);
            if (found.nothing() && std::find(unknown.begin(), unknown.end(), noted.name) == unknown.end()) unknown.push_back(noted.name);
        }
    }
    return unknown;
}

}  // namespace fangtan::coding
