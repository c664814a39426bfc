// SPDX-License-Identifier: Apache-2.0
#include "fangtan/text/csv.hpp"

#include <algorithm>
#include <set>

#include "fangtan/text/code_point_index.hpp"
#include "fangtan/text/utf8.hpp"

namespace fangtan {
namespace {

std::string trimmed(std::string_view text) {
    const std::size_t begin = text.find_first_not_of(" \t");
    if (begin == std::string_view::npos) return {};
    return std::string(text.substr(begin, text.find_last_not_of(" \t") - begin + 1));
}

// `text` may begin with blank lines.
char separator_of(std::string_view text) {
    const std::size_t first = text.find_first_not_of(" \t\n");
    const std::size_t feed = first == std::string_view::npos ? first : text.rfind('\n', first);
    if (feed != std::string_view::npos) text.remove_prefix(feed + 1);
    std::size_t counts[3] = {0, 0, 0};
    bool quoted = false;
    for (const char c : text) {
        if (c == '"') quoted = !quoted;
        if (quoted) continue;
        if (c == '\n') break;
        if (c == ',') ++counts[0];
        if (c == ';') ++counts[1];
        if (c == '\t') ++counts[2];
    }
    if (counts[2] > counts[0] && counts[2] > counts[1]) return '\t';
    return counts[1] > counts[0] ? ';' : ',';
}

class Reader {
 public:
    Reader(std::string_view text, const std::string& file, Diagnostics& diagnostics, char separator)
        : text_(text), file_(file), diagnostics_(diagnostics), separator_(separator) {}

    [[nodiscard]] bool at_end() const { return at_ >= text_.size(); }

    std::vector<CsvCell> row() {
        std::vector<CsvCell> cells;
        while (true) {
            cells.push_back(cell());
            if (at_end()) return cells;
            const char c = text_[at_++];
            if (c == '\n') return next_line(), cells;
        }
    }

 private:
    void next_line() {
        ++line_;
        line_start_ = at_;
    }
    [[nodiscard]] Position here() const {
        return {line_, static_cast<std::uint32_t>(utf8::count(text_.substr(line_start_, at_ - line_start_))) + 1};
    }

    CsvCell cell() {
        CsvCell result{{}, here()};
        if (!at_end() && text_[at_] == '"') quoted(result);
        const std::size_t end = std::min(text_.find_first_of(separator_ == '\t' ? "\t\n" : separator_ == ';' ? ";\n" : ",\n", at_), text_.size());
        result.text += text_.substr(at_, end - at_);
        at_ = end;
        return result;
    }

    void quoted(CsvCell& cell) {
        const Position opened = here();
        ++at_;
        while (true) {
            const std::size_t quote = text_.find('"', at_);
            if (quote == std::string_view::npos) {
                diagnostics_.error(file_, opened, "the quotation mark that opens here is never closed; add a closing \"");
                at_ = text_.size();
                return;
            }
            for (std::size_t i = at_; i < quote; ++i) {
                if (text_[i] != '\n') continue;
                ++line_;
                line_start_ = i + 1;
            }
            cell.text += text_.substr(at_, quote - at_);
            at_ = quote + 1;
            if (at_end() || text_[at_] == separator_ || text_[at_] == '\n') return;
            if (text_[at_] != '"') {
                diagnostics_.error(file_, here(), "after a closing quotation mark a new cell or line must begin; write a quotation mark inside a quoted cell twice");
                return;
            }
            cell.text += '"';
            ++at_;
        }
    }

    std::string_view text_;
    const std::string& file_;
    Diagnostics& diagnostics_;
    char separator_;
    std::size_t at_ = 0;
    std::size_t line_start_ = 0;
    std::uint32_t line_ = 1;
};

bool is_blank(const std::vector<CsvCell>& row) { return row.size() == 1 && trimmed(row[0].text).empty(); }

}  // namespace

std::optional<std::size_t> CsvTable::column(std::string_view name) const {
    for (std::size_t i = 0; i < header.size(); ++i) {
        if (header[i].text == name) return i;
    }
    return std::nullopt;
}

namespace csv {

std::optional<CsvTable> read(std::string_view text, const std::string& file, Diagnostics& diagnostics) {
    const std::size_t errors = diagnostics.errors();
    CsvTable table;
    table.separator = separator_of(text);
    Reader reader(text, file, diagnostics, table.separator);
    std::set<std::string> names;
    while (!reader.at_end()) {
        std::vector<CsvCell> row = reader.row();
        if (is_blank(row)) continue;
        if (table.header.empty()) {
            for (CsvCell& cell : row) {
                cell.text = trimmed(cell.text);
                if (!names.insert(cell.text).second) {
                    diagnostics.error(file, cell.position, "two columns are called \"" + cell.text + "\"; rename one");
                }
            }
            table.header = std::move(row);
            continue;
        }
        if (row.size() != table.header.size()) {
            diagnostics.error(file, row[0].position,
                              "this row has " + std::to_string(row.size()) + " cells, but the header has " +
                                  std::to_string(table.header.size()) + "; quote cells that hold the separator");
            continue;
        }
        table.rows.push_back(std::move(row));
    }
    if (table.header.empty()) diagnostics.error(file, {1, 1}, "is empty; the first row must name the columns");
    if (diagnostics.errors() > errors) return std::nullopt;
    return table;
}

void append_cell(std::string& line, std::string_view cell, char separator) {
    // Four quick searches: find_first_of() would look at every byte by itself.
    const auto holds = [&](char c) { return cell.find(c) != std::string_view::npos; };
    if (!holds(separator) && !holds('"') && !holds('\n') && !holds('\r')) {
        line += cell;
        return;
    }
    line += '"';
    for (const char c : cell) {
        if (c == '"') line += '"';
        line += c;
    }
    line += '"';
}

std::string guarded_for_spreadsheet(std::string_view cell) {
    std::string_view rest = cell;
    while (!rest.empty() && rest.front() == ' ') rest.remove_prefix(1);
    static constexpr std::string_view kStarts[] = {"=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"};
    for (const std::string_view start : kStarts) {
        if (rest.starts_with(start)) return "'" + std::string(cell);
    }
    return std::string(cell);
}

}  // namespace csv
}  // namespace fangtan
