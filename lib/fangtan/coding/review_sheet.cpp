// SPDX-License-Identifier: Apache-2.0
#include "fangtan/coding/review_sheet.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "fangtan/base/sha256.hpp"
#include "fangtan/coding/added_codings.hpp"
#include "fangtan/coding/cell_text.hpp"
#include "fangtan/coding/code_names.hpp"
#include "fangtan/coding/sheet_columns.hpp"
#include "fangtan/text/code_point_index.hpp"
#include "fangtan/text/csv.hpp"
#include "fangtan/text/fold.hpp"
#include "fangtan/text/utf8.hpp"

namespace fangtan::coding {
namespace {

constexpr std::array kColumns = {"id",   "document", "turn",  "participant", "start",    "end",      "code",      "name",    "rule",     "coder",  "reviewer",
                                 "before", "text",   "after", "status",      "decision", "new_code", "new_start", "new_end", "new_text", "memo"};

// The same coding has the same id in every sheet. It begins with a letter: a spreadsheet would round a number.
std::vector<std::string> ids_of(const std::vector<StoredCoding>& codings) {
    std::vector<std::string> ids;
    std::map<std::string, std::size_t> seen;
    constexpr std::size_t kDigits = 12;
    for (const StoredCoding& coding : codings) {
        const std::string what = coding.document + '\n' + std::to_string(coding.start) + '\n' + std::to_string(coding.end) + '\n' + coding.code + '\n' + coding.coder + '\n' +
                                 (coding.rule ? std::to_string(*coding.rule) : "");
        std::string id = "c" + sha256_hex(what).substr(0, kDigits);
        if (const std::size_t before = seen[id]++; before > 0) id += "-" + std::to_string(before + 1);
        ids.push_back(std::move(id));
    }
    return ids;
}

std::string number_or_empty(const std::optional<std::uint32_t>& number) { return number ? std::to_string(*number) : ""; }

// As a cell comes back from a spreadsheet: its line ends were made LF when the sheet was decoded.
std::string with_line_feeds(std::string text) {
    std::string result;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '\r') result += text[i];
        else if (i + 1 == text.size() || text[i + 1] != '\n') result += '\n';
    }
    return result;
}

std::string without_guard(const std::string& cell) {
    if (!cell.starts_with('\'')) return cell;
    const std::string bare = cell.substr(1);
    return csv::guarded_for_spreadsheet(bare) == cell ? bare : cell;
}

std::string in_one_line(std::string text) {
    for (std::size_t at = text.find('\n'); at != std::string::npos; at = text.find('\n', at)) {
        text.replace(at, std::min(text.find_first_not_of('\n', at), text.size()) - at, "¶");
    }
    return text;
}

enum class Decision { none, accept, reject, move };

// In any script, width and case.
std::optional<Decision> decision_of(const std::string& cell) {
    static const std::map<std::string, Decision> words = {{"", Decision::none},
                                                          {"accept", Decision::accept}, {"accepted", Decision::accept}, {fold("接受"), Decision::accept},
                                                          {"reject", Decision::reject}, {"rejected", Decision::reject}, {fold("拒绝"), Decision::reject},
                                                          {"move", Decision::move},     {"moved", Decision::move},      {fold("移动"), Decision::move}};
    const auto found = words.find(fold(cell));
    return found == words.end() ? std::nullopt : std::optional(found->second);
}

class Sheet {
 public:
    Sheet(const CodingStream& stream, const std::string& file, const Codebook* codebook, const TranscriptsById& transcripts, const std::string& reviewer, Diagnostics& diagnostics)
        : file_(file), codebook_(codebook), transcripts_(transcripts), reviewer_(reviewer), diagnostics_(diagnostics) {
        result_.stream = stream;
        if (codebook != nullptr) {
            names_ = CodeNames(*codebook);
        } else if (!stream.codes.empty()) {
            for (const Record& code : stream.codes) names_.add(code.text("code"), code.text("name"), list_of(code.find("path")));
        } else {
            std::map<std::string, bool> known;
            for (const StoredCoding& coding : stream.codings) {
                if (known.emplace(coding.code, true).second) names_.add(coding.code, coding.code, {coding.code});
            }
        }
    }

    std::optional<SheetResult> apply(std::string_view text) {
        const auto table = csv::read(text, file_, diagnostics_);
        if (!table) return std::nullopt;
        const SheetColumns columns = sheet_columns(*table);
        if (!table->column("id") && columns.contains("document") && columns.contains("code")) {
            result_.missing = result_.stream.codings.size();
            return add(*table) ? std::optional(std::move(result_)) : std::nullopt;
        }
        for (const char* needed : {"id", "decision"}) {
            if (!table->column(needed)) diagnostics_.error(file_, {1, 1}, std::string("the sheet has no column ") + needed + "; fangtan review --to writes it");
        }
        if (diagnostics_.has_errors()) return std::nullopt;
        table_ = &*table;
        const std::vector<std::string> ids = ids_of(result_.stream.codings);
        std::map<std::string, std::size_t> places;
        for (std::size_t i = 0; i < ids.size(); ++i) places.emplace(ids[i], i);
        std::map<std::string, std::uint32_t> seen;
        CsvTable added{table->header, {}, table->separator};
        for (const auto& row : table->rows) {
            row_ = &row;
            if (std::all_of(row.begin(), row.end(), [](const CsvCell& cell) { return trimmed(cell.text).empty(); })) continue;
            const std::string id = trimmed(cell("id")->text);
            if (id.empty()) {
                if (is_new_coding()) added.rows.push_back(row);
                continue;
            }
            const auto place = places.find(id);
            if (place == places.end()) {
                fault("id", "no coding has the id \"" + id + "\"; the codings are others than those the sheet was made from");
            } else if (const auto [before, is_new] = seen.emplace(id, cell("id")->position.line); !is_new) {
                fault("id", "the coding " + id + " has a row already, in line " + std::to_string(before->second) + "; keep one of them");
            } else {
                decide(result_.stream.codings[place->second]);
            }
        }
        result_.missing = ids.size() - seen.size();
        if (!added.rows.empty() && !add(added)) return std::nullopt;
        if (diagnostics_.has_errors()) return std::nullopt;
        return std::move(result_);
    }

 private:
    [[nodiscard]] const CsvCell* cell(std::string_view column) const {
        const auto index = table_->column(column);
        return index ? &(*row_)[*index] : nullptr;
    }
    [[nodiscard]] std::string value(std::string_view column) const {
        const CsvCell* at = cell(column);
        return at == nullptr ? "" : trimmed(without_guard(at->text));
    }
    void fault(std::string_view column, const std::string& message) { diagnostics_.error(file_, cell(column)->position, message); }

    std::optional<std::uint32_t> number(std::string_view column) {
        const std::string text = value(column);
        std::uint32_t result = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), result);
        if (error == std::errc() && end == text.data() + text.size()) return result;
        fault(column, std::string(column) + " must be a whole number from 0, found \"" + text + "\"");
        return std::nullopt;
    }

    // A row without id is a passage that somebody coded without a proposal.
    bool is_new_coding() {
        for (const char* column : {"new_code", "new_start", "new_end", "new_text"}) {
            if (value(column).empty()) continue;
            fault(column, std::string("this row has no id, so there is nothing to move; write a new coding into document, code and text"));
            return false;
        }
        const std::string word = trimmed(cell("decision")->text);
        const auto decision = decision_of(word);
        if (decision == Decision::none || decision == Decision::accept) return true;
        fault("decision", "this row has no id, so it is a new coding, and its decision is \"" + word + "\"; write accept (接受) or nothing");
        return false;
    }

    bool add(const CsvTable& table) {
        const auto codings = added_codings(table, file_, names_, result_.stream, transcripts_, reviewer_.empty() ? "coder" : reviewer_, diagnostics_);
        if (!codings) return false;
        for (const StoredCoding& coding : *codings) {
            add_code(coding.code);
            result_.stream.codings.push_back(coding);
        }
        result_.added = codings->size();
        return true;
    }

    // A sheet in which one column was sorted by itself gives every decision to another coding.
    bool row_is_whole(const StoredCoding& coding) {
        for (const auto& [column, position] : {std::pair("start", coding.start), std::pair("end", coding.end)}) {
            if (cell(column) == nullptr || value(column) == std::to_string(position)) continue;
            fault(column, "the coding of this id has " + std::string(column) + " " + std::to_string(position) + ", found \"" + value(column) +
                              "\"; sort whole rows only, and move a coding with new_start and new_end");
            return false;
        }
        return true;
    }

    void decide(StoredCoding& coding) {
        if (!row_is_whole(coding)) return;
        const std::string word = trimmed(cell("decision")->text);
        const auto decision = decision_of(word);
        if (!decision) return fault("decision", "the decision is \"" + word + "\"; write accept, reject or move (接受, 拒绝, 移动), or nothing");
        if (*decision != Decision::move) {
            for (const char* column : {"new_code", "new_start", "new_end", "new_text"}) {
                if (value(column).empty()) continue;
                return fault(column, std::string(column) + " is filled in, but the decision is " + (word.empty() ? "empty" : "\"" + word + "\"") + "; write move as the decision, or clear this cell");
            }
        }
        switch (*decision) {
            case Decision::none: ++result_.undecided; break;
            case Decision::accept: settle(coding, CodingStatus::accepted, result_.accepted); break;
            case Decision::reject: settle(coding, CodingStatus::rejected, result_.rejected); break;
            case Decision::move:
                if (!move(coding)) return;
                settle(coding, CodingStatus::accepted, result_.moved);
                break;
        }
        take_memo(coding);
    }

    void settle(StoredCoding& coding, CodingStatus status, std::size_t& count) const {
        coding.status = status;
        if (!reviewer_.empty()) coding.reviewer = reviewer_;
        ++count;
    }

    void take_memo(StoredCoding& coding) {
        const CsvCell* memo = cell("memo");
        if (memo == nullptr || memo->text == with_line_feeds(csv::guarded_for_spreadsheet(coding.memo))) return;
        coding.memo = without_guard(memo->text);
        ++result_.memos;
    }

    bool move(StoredCoding& coding) {
        Origin origin{coding.start, coding.end, coding.code, coding.text.value_or("")};
        StoredCoding moved = coding;
        if (const std::string written = value("new_code"); !written.empty()) {
            const CodeNames::Found found = names_.find(written);
            if (!found.code) return fault("new_code", names_.fault(written)), false;
            moved.code = names_.id(*found.code);
        }
        const bool by_position = !value("new_start").empty() || !value("new_end").empty();
        const bool by_text = !value("new_text").empty();
        if (by_position && by_text) return fault("new_text", "new_text says where the coding goes, and so do new_start and new_end; keep one of them"), false;
        if ((by_position || by_text) && !move_span(moved, by_text)) return false;
        if (moved.code == coding.code && moved.start == coding.start && moved.end == coding.end) {
            return fault("decision", "the decision is to move, but new_code, new_start, new_end and new_text name no other code or place"), false;
        }
        add_code(moved.code);
        coding = std::move(moved);
        if (!coding.origin) coding.origin = std::move(origin);
        return true;
    }

    bool move_span(StoredCoding& moved, bool by_text) {
        const char* column = by_text ? "new_text" : value("new_start").empty() ? "new_end" : "new_start";
        const auto transcript = transcripts_.find(moved.document);
        if (transcript == transcripts_.end()) return fault(column, "the text of document " + moved.document + " is needed to move this coding; name the interviews behind the codings"), false;
        const std::string& text = transcript->second.text;
        const CodePointIndex index(text);
        std::uint32_t from = 0;
        std::uint32_t to = index.size();
        if (moved.turn && *moved.turn > 0 && *moved.turn <= transcript->second.turns.size()) {
            from = index.to_character(transcript->second.turns[*moved.turn - 1].body.begin).value;
            to = index.to_character(transcript->second.turns[*moved.turn - 1].body.end).value;
        }
        if (by_text) {
            if (!find_text(moved, text, index, from, to)) return false;
        } else {
            if (!value("new_start").empty()) {
                const auto start = number("new_start");
                if (!start) return false;
                moved.start = *start;
            }
            if (!value("new_end").empty()) {
                const auto end = number("new_end");
                if (!end) return false;
                moved.end = *end;
            }
            if (moved.start >= moved.end) return fault(column, "the new start " + std::to_string(moved.start) + " must be before the new end " + std::to_string(moved.end)), false;
            if (moved.start < from || moved.end > to) {
                return fault(column, "[" + std::to_string(moved.start) + "," + std::to_string(moved.end) + "] leaves the turn, which is [" + std::to_string(from) + "," + std::to_string(to) + "]"), false;
            }
        }
        moved.text = span_of(index.to_byte({moved.start}).value, index.to_byte({moved.end}).value).of(text);
        return true;
    }

    // The place nearest to the old start.
    bool find_text(StoredCoding& moved, const std::string& text, const CodePointIndex& index, std::uint32_t from, std::uint32_t to) {
        const std::u32string here = utf8::to_code_points(fold(text.substr(index.to_byte({from}).value, index.to_byte({to}).value - index.to_byte({from}).value)));
        const std::u32string wanted = utf8::to_code_points(fold(value("new_text")));
        std::optional<std::uint32_t> best;
        const auto away = [&](std::uint32_t at) { return at > moved.start ? at - moved.start : moved.start - at; };
        for (std::size_t at = here.find(wanted); at != std::u32string::npos; at = here.find(wanted, at + 1)) {
            const std::uint32_t start = from + static_cast<std::uint32_t>(at);
            if (!best || away(start) < away(*best)) best = start;
        }
        if (!best) return fault("new_text", "this text does not stand in " + std::string(moved.turn ? "turn " + std::to_string(*moved.turn) + " of " : "") + "document " + moved.document + "; copy it from there"), false;
        moved.start = *best;
        moved.end = *best + static_cast<std::uint32_t>(wanted.size());
        return true;
    }

    // A code of the codebook that the stream has no record of yet, its parents before it.
    void add_code(const std::string& id) {
        CodingStream& stream = result_.stream;
        if (codebook_ == nullptr || stream.runs.empty() || stream.code(id) != nullptr) return;
        const auto code = std::find_if(codebook_->codes().begin(), codebook_->codes().end(), [&](const Code& entry) { return entry.id == id; });
        if (code == codebook_->codes().end()) return;
        if (code->parent) add_code(codebook_->code(*code->parent).id);
        stream.codes.push_back(code_record(*codebook_, *code));
    }

    const std::string& file_;
    const Codebook* codebook_;
    const TranscriptsById& transcripts_;
    const std::string& reviewer_;
    Diagnostics& diagnostics_;
    CodeNames names_;
    SheetResult result_;
    const CsvTable* table_ = nullptr;
    const std::vector<CsvCell>* row_ = nullptr;
};

}  // namespace

std::string to_sheet(const CodingStream& stream, const TranscriptsById& transcripts, const Codebook* codebook, std::size_t context, const std::vector<std::size_t>& rows) {
    std::map<std::string, std::string> names;
    for (const Record& code : stream.codes) names[code.text("code")] = code.text("name");
    if (codebook != nullptr) {
        for (const Code& code : codebook->codes()) names[code.id] = code.name;
    }
    std::string out = "\xEF\xBB\xBF";
    for (const char* column : kColumns) out += std::string(column == kColumns[0] ? "" : ",") + column;
    out += "\r\n";
    std::map<std::string, CodePointIndex> indices;
    for (const auto& [id, transcript] : transcripts) indices.emplace(id, CodePointIndex(transcript.text));
    const std::vector<std::string> ids = ids_of(stream.codings);
    for (const std::size_t i : rows) {
        const StoredCoding& coding = stream.codings[i];
        const Transcript& transcript = transcripts.find(coding.document)->second;
        const CodePointIndex& index = indices.at(coding.document);
        std::uint32_t from = 0;
        std::uint32_t to = index.size();
        if (coding.turn && *coding.turn > 0 && *coding.turn <= transcript.turns.size()) {
            from = index.to_character(transcript.turns[*coding.turn - 1].body.begin).value;
            to = index.to_character(transcript.turns[*coding.turn - 1].body.end).value;
        }
        const auto width = static_cast<std::uint32_t>(context);
        const auto text = [&](std::uint32_t start, std::uint32_t end) {
            return start >= end ? std::string() : std::string(span_of(index.to_byte({start}).value, index.to_byte({end}).value).of(transcript.text));
        };
        // Context is to be read at a glance; the passage itself stays as it is.
        const std::string before = in_one_line(text(coding.start > width ? std::max(from, coding.start - width) : from, coding.start));
        const std::string after = in_one_line(text(coding.end, coding.end + width < to ? coding.end + width : to));
        const auto name = names.find(coding.code);
        const std::string cells[] = {ids[i], coding.document, number_or_empty(coding.turn), coding.participant, std::to_string(coding.start), std::to_string(coding.end), coding.code,
                                     name == names.end() ? coding.code : name->second, number_or_empty(coding.rule), coding.coder, coding.reviewer, before, text(coding.start, coding.end), after,
                                     std::string(name_of(coding.status)), "", "", "", "", "", coding.memo};
        std::string row;
        for (const std::string& cell : cells) {
            if (&cell != &cells[0]) row += ',';
            csv::append_cell(row, csv::guarded_for_spreadsheet(cell));
        }
        out += row + "\r\n";
    }
    return out;
}

std::optional<SheetResult> apply_sheet(const CodingStream& stream, std::string_view text, const std::string& file, const Codebook* codebook, const TranscriptsById& transcripts,
                                       const std::string& reviewer, Diagnostics& diagnostics) {
    return Sheet(stream, file, codebook, transcripts, reviewer, diagnostics).apply(text);
}

}  // namespace fangtan::coding
