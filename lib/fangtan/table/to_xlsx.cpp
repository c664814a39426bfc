// SPDX-License-Identifier: Apache-2.0
#include <sys/mman.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include <algorithm>
#include <cmath>
#include <ctime>
#include <map>
#include <memory>
#include <tuple>

#include "fangtan/base/error.hpp"
#include "fangtan/table/grid.hpp"
#include "fangtan/table/render.hpp"
#include "fangtan/text/utf8.hpp"
#include "fangtan/text/width.hpp"

namespace fangtan::table {
namespace {

constexpr time_t kCreated = 315532800;  // 1980-01-01: same table, same bytes
constexpr std::size_t kWidest = 60;
constexpr std::size_t kLongest = 16000;  // half of what a cell takes, which is counted in UTF-16

void demand(lxw_error code) {
    if (code != LXW_NO_ERROR) throw Error(ErrorKind::internal, "", std::string("a workbook could not be written: ") + lxw_strerror(code));
}

std::string shown(std::string_view text) {
    std::string out = utf8::escaped(text);
    if (utf8::count(out) > kLongest) {
        out = utf8::from_code_points(std::u32string_view(utf8::to_code_points(out)).substr(0, kLongest)) + "…";
    }
    // The two characters that XML forbids and Unicode never assigned.
    for (const std::string_view forbidden : {"\xEF\xBF\xBE", "\xEF\xBF\xBF"}) {
        for (std::size_t at = out.find(forbidden); at != std::string::npos; at = out.find(forbidden, at)) out.replace(at, 3, "\xEF\xBF\xBD");
    }
    return out;
}

// The library writes to a file by its name only: this one lives in memory and leaves nothing behind.
class MemoryFile {
 public:
    MemoryFile() : descriptor_(memfd_create("fangtan", MFD_CLOEXEC)) {
        if (descriptor_ < 0) throw Error(ErrorKind::output, "", "no memory for a workbook");
    }
    ~MemoryFile() { close(descriptor_); }
    MemoryFile(const MemoryFile&) = delete;
    MemoryFile& operator=(const MemoryFile&) = delete;

    [[nodiscard]] std::string name() const { return "/proc/self/fd/" + std::to_string(descriptor_); }
    [[nodiscard]] std::string bytes() const {
        std::string all;
        std::string block(65536, '\0');
        for (off_t at = 0;;) {
            const ssize_t count = pread(descriptor_, block.data(), block.size(), at);
            if (count < 0) throw Error(ErrorKind::output, "", "a workbook could not be read back from memory");
            if (count == 0) return all;
            all.append(block, 0, static_cast<std::size_t>(count));
            at += count;
        }
    }

 private:
    int descriptor_;
};

class Sheet {
 public:
    Sheet(const Table& table, lxw_workbook* book) : table_(table), book_(book), grid_(grid_of(table, Parents::merged, Marks::shown)) {}

    void write_table(lxw_worksheet* sheet) {
        const auto columns = static_cast<lxw_col_t>(grid_.lines[0].size());
        lxw_row_t row = 0;
        if (!table_.title.empty()) {
            lxw_format* format = workbook_add_format(book_);
            format_set_bold(format);
            format_set_align(format, LXW_ALIGN_CENTER);
            if (columns > 1) {
                demand(worksheet_merge_range(sheet, 0, 0, 0, static_cast<lxw_col_t>(columns - 1), shown(table_.title).c_str(), format));
            } else {
                demand(worksheet_write_string(sheet, 0, 0, shown(table_.title).c_str(), format));
            }
            row = 1;
        }
        worksheet_freeze_panes(sheet, row + 1, static_cast<lxw_col_t>(grid_.path_columns));
        worksheet_repeat_rows(sheet, 0, row);
        worksheet_fit_to_pages(sheet, 1, 0);  // printed as wide as a page, as long as it takes
        for (std::size_t n = 0; n < grid_.lines.size(); ++n) {
            for (std::size_t i = 0; i < grid_.lines[n].size(); ++i) write_cell(sheet, row + static_cast<lxw_row_t>(n), n, i);
        }
        for (std::size_t i = 0; i < grid_.lines[0].size(); ++i) {
            std::size_t width = 0;
            for (const auto& line : grid_.lines) width = std::max(width, display_width(shown(line[i].text)));
            const auto column = static_cast<lxw_col_t>(i);
            demand(worksheet_set_column(sheet, column, column, static_cast<double>(std::min(width + 2, kWidest)), nullptr));
        }
    }

    void write_facts(lxw_worksheet* sheet, const std::vector<std::pair<std::string, std::string>>& facts) {
        lxw_format* wrapped = workbook_add_format(book_);
        format_set_text_wrap(wrapped);
        format_set_align(wrapped, LXW_ALIGN_VERTICAL_TOP);
        lxw_row_t row = 0;
        std::size_t names = 8;
        const auto add = [&](const std::string& name, const std::string& text) {
            names = std::max(names, display_width(shown(name)));
            demand(worksheet_write_string(sheet, row, 0, shown(name).c_str(), wrapped));
            demand(worksheet_write_string(sheet, row, 1, shown(text).c_str(), wrapped));
            ++row;
        };
        const bool chinese = table_.language != "en";
        const std::string note = chinese ? (table_.language == "zh-Hant" ? "註" : "注") : "Note";
        for (const std::string& text : table_.notes) add(note, text);
        for (const auto& [name, text] : facts) add(name, text);
        demand(worksheet_set_column(sheet, 0, 0, static_cast<double>(std::min(names + 2, kWidest)), nullptr));
        demand(worksheet_set_column(sheet, 1, 1, 80, nullptr));
    }

 private:
    // The three rules are borders of the first and the last rows.
    lxw_format* format(std::size_t line, bool is_number, const std::string& pattern) {
        const bool heading = line == 0;
        const bool last = line + 1 == grid_.lines.size();
        const auto [entry, is_new] = formats_.try_emplace(std::tuple(heading, last, is_number, pattern), nullptr);
        if (!is_new) return entry->second;
        lxw_format* made = workbook_add_format(book_);
        entry->second = made;
        if (heading) format_set_top(made, LXW_BORDER_MEDIUM);
        if (heading || last) format_set_bottom(made, last ? LXW_BORDER_MEDIUM : LXW_BORDER_THIN);
        format_set_align(made, LXW_ALIGN_VERTICAL_CENTER);
        format_set_align(made, is_number ? LXW_ALIGN_RIGHT : LXW_ALIGN_LEFT);
        if (!pattern.empty()) format_set_num_format(made, pattern.c_str());
        return made;
    }

    void write_cell(lxw_worksheet* sheet, lxw_row_t row, std::size_t line, std::size_t i) {
        const GridCell& cell = grid_.lines[line][i];
        const auto column = static_cast<lxw_col_t>(i);
        if (cell.rows == 0) return;
        if (cell.rows > 1) {
            // A merged cell ends where its last row does: there stands the lower rule.
            const std::size_t end = line + cell.rows - 1;
            demand(worksheet_merge_range(sheet, row, column, static_cast<lxw_row_t>(row + cell.rows - 1), column, shown(cell.text).c_str(), format(end, false, "")));
            return;
        }
        if (cell.value != nullptr && write_number(sheet, row, column, line, i)) return;
        demand(cell.text.empty() ? worksheet_write_blank(sheet, row, column, format(line, i >= grid_.path_columns, ""))
                                 : worksheet_write_string(sheet, row, column, shown(cell.text).c_str(), format(line, i >= grid_.path_columns, "")));
    }

    bool write_number(lxw_worksheet* sheet, lxw_row_t row, lxw_col_t column, std::size_t line, std::size_t i) {
        const GridCell& cell = grid_.lines[line][i];
        const std::string printed = printed_cell(*cell.value, table_);
        const std::string mark = cell.text.substr(printed.size());
        double value = 0;
        int decimals = 0;
        if (const auto* count = std::get_if<std::uint64_t>(cell.value)) {
            if (*count > std::uint64_t{1} << 53) return false;
            value = static_cast<double>(*count);
        } else if (const auto* share = std::get_if<Percentage>(cell.value); share != nullptr && share->whole != 0) {
            // What is printed, which with rounding to a sum is not always the nearest.
            value = static_cast<double>(share->printed) / std::pow(10.0, table_.decimals);
            decimals = table_.decimals;
        } else if (const auto* number = std::get_if<Decimal>(cell.value)) {
            value = number->value;
            decimals = number->decimals;
        } else {
            return false;
        }
        std::string pattern = decimals == 0 ? "0" : "0." + std::string(static_cast<std::size_t>(decimals), '0');
        if (!mark.empty()) pattern += "\"" + mark + "\"";  // the mark is seen, and the cell is a number still
        demand(worksheet_write_number(sheet, row, column, value, format(line, true, pattern)));
        return true;
    }

    const Table& table_;
    lxw_workbook* book_;
    Grid grid_;
    std::map<std::tuple<bool, bool, bool, std::string>, lxw_format*> formats_;
};

// What a test expects of each cell, and how far off it is: E and r side by side.
Table expectations(const Table& table) {
    Table sheet;
    sheet.language = table.language;
    sheet.path_headings = table.path_headings;
    for (const std::string& column : table.test->columns) {
        sheet.columns.push_back(column + " E");
        sheet.columns.push_back(column + " r");
    }
    std::size_t tested = 0;
    for (const TableRow& row : table.rows) {
        if (row.marks.empty() || tested == table.test->codes.size()) continue;  // a subtotal
        TableRow line{row.code, row.path, {}};
        for (std::size_t i = 0; i < table.test->columns.size(); ++i) {
            const std::optional<double>& residual = table.test->adjusted[tested][i];
            line.cells.emplace_back(Decimal{table.test->expected[tested][i], 2});
            line.cells.push_back(residual ? Cell(Decimal{*residual, 2}) : Cell());
        }
        sheet.rows.push_back(std::move(line));
        ++tested;
    }
    return sheet;
}

}  // namespace

std::string to_xlsx(const Table& table, const std::vector<std::pair<std::string, std::string>>& facts) {
    const MemoryFile file;
    lxw_workbook_options options{};
    options.constant_memory = LXW_FALSE;
    std::unique_ptr<lxw_workbook, decltype(&lxw_workbook_free)> owner(workbook_new_opt(file.name().c_str(), &options), &lxw_workbook_free);
    lxw_workbook* book = owner.get();
    if (book == nullptr) throw Error(ErrorKind::internal, "", "a workbook could not be begun");
    lxw_doc_properties properties{};
    properties.created = kCreated;
    demand(workbook_set_properties(book, &properties));
    const bool chinese = table.language != "en";
    const bool traditional = table.language == "zh-Hant";
    lxw_worksheet* first = workbook_add_worksheet(book, chinese ? "表" : "Table");
    lxw_worksheet* expected = table.test ? workbook_add_worksheet(book, chinese ? (traditional ? "期望頻數" : "期望频数") : "Expected") : nullptr;
    lxw_worksheet* last = workbook_add_worksheet(book, chinese ? (traditional ? "說明" : "说明") : "Notes");
    Sheet sheet(table, book);
    sheet.write_table(first);
    if (expected != nullptr) {
        const Table numbers = expectations(table);
        Sheet(numbers, book).write_table(expected);
    }
    sheet.write_facts(last, facts);
    demand(workbook_close(owner.release()));
    return file.bytes();
}

}  // namespace fangtan::table
