// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <charconv>

#include "fangtan/coding/read.hpp"
#include "fangtan/text/csv.hpp"
#include "fangtan/text/diagnostic_text.hpp"
#include "fangtan/text/utf8.hpp"

namespace fangtan::coding {
namespace {

// Messages end up in logs and screenshots: of what stands in a wrong column only the beginning is shown.
std::string shown(const std::string& text) {
    const std::u32string characters = utf8::to_code_points(text);
    return characters.size() <= 12 ? text : utf8::from_code_points(std::u32string_view(characters).substr(0, 12)) + "…";
}

// A cell as it was before --excel guarded it.
std::string unguarded(const std::string& cell) {
    return cell.starts_with('\'') && csv::guarded_for_spreadsheet(cell.substr(1)) == cell ? cell.substr(1) : cell;
}

class RowReader {
 public:
    RowReader(const CsvTable& table, const std::string& file, CodingSet& set, Diagnostics& diagnostics)
        : table_(table), file_(file), set_(set), diagnostics_(diagnostics), codes_are_given_(!set.codes.empty()) {}

    bool run() {
        const std::size_t errors = diagnostics_.errors();
        for (const char* name : {"document", "code", "start", "end"}) {
            if (table_.column(name)) continue;
            diagnostics_.error(file_, table_.header[0].position, std::string("the header has no column \"") + name + "\"; codings need document, code, start and end");
        }
        if (diagnostics_.errors() > errors) return false;
        for (const auto& row : table_.rows) read_row(row);
        return diagnostics_.errors() == errors;
    }

 private:
    [[nodiscard]] const CsvCell* cell(const std::vector<CsvCell>& row, const char* name) const {
        const auto column = table_.column(name);
        return column ? &row[*column] : nullptr;
    }
    [[nodiscard]] std::string text(const std::vector<CsvCell>& row, const char* name) const {
        const CsvCell* found = cell(row, name);
        return found == nullptr ? std::string() : unguarded(found->text);
    }

    std::optional<std::uint32_t> number(const std::vector<CsvCell>& row, const char* name) {
        const CsvCell& found = *cell(row, name);
        std::uint32_t value = 0;
        const char* end = found.text.data() + found.text.size();
        const auto result = std::from_chars(found.text.data(), end, value);
        if (result.ec == std::errc() && result.ptr == end) return value;
        diagnostics_.error(file_, found.position, std::string(name) + " must be a whole number from 0, found \"" + shown(found.text) + "\"");
        return std::nullopt;
    }

    std::optional<std::uint32_t> code(const std::vector<CsvCell>& row) {
        const CsvCell& found = *cell(row, "code");
        if (const auto number = set_.code_ids.find(found.text)) return number;
        if (const auto number = set_.code_ids.find(unguarded(found.text))) return number;
        if (codes_are_given_ || found.text.empty()) {
            std::vector<std::string> known;
            for (const CodeEntry& entry : set_.codes) known.push_back(entry.id);
            const std::string near = nearest(found.text, known);
            diagnostics_.error(file_, found.position, "the code \"" + shown(found.text) + "\" is not in the codebook" + (near.empty() ? "" : "; did you mean \"" + near + "\"?"));
            return std::nullopt;
        }
        set_.codes.push_back({found.text, found.text, {found.text}, std::nullopt});
        return set_.code_ids.number(found.text);
    }

    std::uint32_t document(const std::string& id) {
        const std::uint32_t number = set_.document_ids.number(id);
        if (number == set_.documents.size()) set_.documents.push_back({id, {}, {}, 0, {}, {}});
        return number;
    }

    bool status(const std::vector<CsvCell>& row, CodingEntry& entry) {
        const std::string value = text(row, "status");
        if (value == "accepted") {
            entry.status = CodingStatus::accepted;
        } else if (value == "rejected") {
            entry.status = CodingStatus::rejected;
        } else if (!value.empty() && value != "proposed") {
            diagnostics_.error(file_, cell(row, "status")->position, "status must be proposed, accepted or rejected, found \"" + shown(value) + "\"");
            return false;
        }
        return true;
    }

    void read_row(const std::vector<CsvCell>& row) {
        const auto start = number(row, "start");
        const auto end = number(row, "end");
        const auto code_number = code(row);
        CodingEntry entry;
        const bool good_status = status(row, entry);
        const std::string id = text(row, "document");
        if (id.empty()) diagnostics_.error(file_, cell(row, "document")->position, "this row has no document");
        if (!start || !end || !code_number || !good_status || id.empty()) return;
        if (*start >= *end) {
            diagnostics_.error(file_, cell(row, "start")->position, "start " + std::to_string(*start) + " must be before end " + std::to_string(*end));
            return;
        }
        const CsvCell* passage = cell(row, "text");
        if (passage != nullptr && !passage->text.empty() && utf8::count(passage->text) != *end - *start && utf8::count(unguarded(passage->text)) != *end - *start) {
            diagnostics_.error(file_, passage->position, "the text has " + std::to_string(utf8::count(passage->text)) + " characters, but start and end span " + std::to_string(*end - *start));
            return;
        }
        entry.document = document(id);
        if (set_.documents[entry.document].characters > 0 && *end > set_.documents[entry.document].characters) {
            diagnostics_.error(file_, cell(row, "end")->position, "end " + std::to_string(*end) + " lies past the end of document \"" + id + "\" (" + std::to_string(set_.documents[entry.document].characters) + " characters)");
            return;
        }
        if (const CsvCell* turn = cell(row, "turn"); turn != nullptr && !turn->text.empty()) {
            const auto turn_number = number(row, "turn");
            if (!turn_number) return;
            entry.turn = *turn_number;
        }
        entry.start = *start;
        entry.end = *end;
        entry.code = *code_number;
        const std::string participant = text(row, "participant");
        if (!participant.empty()) {
            entry.participant = set_.participant(participant);
            add_to_document(entry.document, entry.participant);
            const std::string group = text(row, "group");
            if (!group.empty()) set_.participants[entry.participant].group = group;
        }
        const std::string coder = text(row, "coder");
        entry.coder = set_.labels.number(coder.empty() ? "unknown" : coder);
        // A guard of the spreadsheet is no part of the passage.
        const bool as_written = passage != nullptr && utf8::count(passage->text) == *end - *start;
        set_.add(entry, as_written ? passage->text : text(row, "text"), text(row, "memo"));
    }

    void add_to_document(std::uint32_t document, std::uint32_t participant) {
        std::vector<std::uint32_t>& known = set_.documents[document].participants;
        if (std::find(known.begin(), known.end(), participant) == known.end()) known.push_back(participant);
    }

    const CsvTable& table_;
    const std::string& file_;
    CodingSet& set_;
    Diagnostics& diagnostics_;
    bool codes_are_given_;
};

}  // namespace

bool read_rows(std::string_view text, const std::string& file, CodingSet& set, Diagnostics& diagnostics) {
    const std::optional<CsvTable> table = csv::read(text, file, diagnostics);
    return table && RowReader(*table, file, set, diagnostics).run();
}

}  // namespace fangtan::coding
