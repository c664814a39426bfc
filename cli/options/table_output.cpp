// SPDX-License-Identifier: Apache-2.0
#include "table_output.hpp"

#include <filesystem>

#include "fangtan/table/render.hpp"

namespace fangtan::cli {

const std::map<std::string, TableFormat>& table_formats() {
    static const std::map<std::string, TableFormat> formats = {{"text", TableFormat::text}, {"txt", TableFormat::text},   {"markdown", TableFormat::markdown}, {"md", TableFormat::markdown},
                                                               {"csv", TableFormat::csv},   {"tsv", TableFormat::tsv},    {"json", TableFormat::json},         {"html", TableFormat::html},
                                                               {"latex", TableFormat::latex}, {"tex", TableFormat::latex}, {"xlsx", TableFormat::xlsx},         {"docx", TableFormat::docx}};
    return formats;
}

void refuse_terminal(bool office_file, const OutputOptions& output, const Streams& streams) {
    if (!office_file || output.to_file() || !streams.out_is_terminal) return;
    throw Error(ErrorKind::usage, "-f", "a workbook or document is not for the terminal; name a file with -o");
}

TableFormat chosen_table_format(const std::string& typed, const OutputOptions& output, const Streams& streams) {
    const TableFormat format = output.format(typed, table_formats(), TableFormat::text, TableFormat::csv, streams);
    refuse_terminal(format == TableFormat::xlsx || format == TableFormat::docx, output, streams);
    return format;
}

std::string rendered(const Table& table, TableFormat format, bool excel, const Facts& facts) {
    const table::ForSpreadsheet spreadsheet = excel ? table::ForSpreadsheet::yes : table::ForSpreadsheet::no;
    switch (format) {
        case TableFormat::text: return table::to_text(table);
        case TableFormat::markdown: return table::to_markdown(table);
        case TableFormat::csv: return table::to_csv(table, spreadsheet);
        case TableFormat::tsv: return table::to_tsv(table, spreadsheet);
        case TableFormat::json: return table::to_json(table);
        case TableFormat::html: return table::to_html(table);
        case TableFormat::latex: return table::to_latex(table);
        case TableFormat::xlsx: return table::to_xlsx(table, facts);
        case TableFormat::docx: break;
    }
    return table::to_docx(table);
}

Facts provenance(const std::string& codebook, const std::vector<std::string>& inputs) {
    Facts facts = {{"fangtan", FANGTAN_VERSION}};
    if (!codebook.empty()) facts.emplace_back("codebook", codebook);
    for (const std::string& input : inputs) facts.emplace_back("input", input == "-" ? "standard input" : std::filesystem::path(input).filename().string());
    return facts;
}

}  // namespace fangtan::cli
