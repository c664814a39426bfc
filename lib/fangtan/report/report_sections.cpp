// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <set>

#include "fangtan/report/report_parts.hpp"
#include "fangtan/report/report_pictures.hpp"
#include "fangtan/table/render.hpp"

namespace fangtan::report {
namespace {

void append_figure(std::string& page, const char* name, std::uint64_t number) {
    page += "<div><dt>" + std::string(name) + "</dt><dd>" + number_text(number) + "</dd></div>\n";
}

TabulateSpec specification(const ReportContext& context, const std::string& by) {
    TabulateSpec spec;
    spec.by = by;
    spec.level = context.options.level;
    spec.language = context.options.language;
    if (!by.empty()) spec.count = CountKind::references;
    return spec;
}

// A matrix in which every number opens the passages behind it.
class Matrix {
 public:
    Matrix(std::string& page, const ReportContext& context, std::string by) : page_(page), context_(context), by_(std::move(by)), table_(analysis::tabulate(context.set, specification(context, by_))) {
        for (const CodeEntry& code : context.set.codes) {
            if (code.parent) has_children_.insert(*code.parent);
        }
        for (const TableRow& row : table_.rows) {
            for (std::size_t i = 0; i + 1 < row.cells.size(); ++i) most_ = std::max(most_, count_of(row.cells[i]));
        }
        leave_out_absent();
    }

    [[nodiscard]] bool empty() const { return table_.columns.size() < 2 || most_ == 0; }

    void write() {
        page_ += "<div class=\"wide\"><table class=\"ruled matrix\"><thead><tr>";
        const std::size_t names = table_.path_headings.size();
        for (const std::string& heading : table_.path_headings) page_ += "<th scope=\"col\">" + escaped_text(heading) + "</th>";
        for (const std::string& column : table_.columns) page_ += "<th scope=\"col\" class=\"number\">" + escaped_text(column) + "</th>";
        page_ += "</tr></thead><tbody>\n";
        const std::vector<std::string>* above = nullptr;
        for (const TableRow& row : table_.rows) {
            page_ += "<tr>";
            bool same = above != nullptr;
            for (std::size_t i = 0; i < names; ++i) {
                same = same && i + 1 < row.path.size() && i < above->size() && (*above)[i] == row.path[i];
                page_ += "<th scope=\"row\">" + (i < row.path.size() && !same ? escaped_text(row.path[i]) : "") + "</th>";
            }
            write_cells(row, row.path.empty() ? "" : row.path.back());
            page_ += "</tr>\n";
            above = &row.path;
        }
        page_ += "</tbody>";
        if (table_.total) {
            page_ += "<tfoot><tr><th scope=\"row\" colspan=\"" + std::to_string(names) + "\">" + context_.words.total + "</th>";
            write_cells(*table_.total, context_.words.total);
            page_ += "</tr></tfoot>";
        }
        page_ += "</table></div>\n";
        for (const std::string& note : table_.notes) page_ += "<p class=\"quiet\">" + escaped_text(table_.note_heading + note) + "</p>\n";
    }

 private:
    // A table of participants may list people of whom no interview is here: they would be columns of zeros.
    void leave_out_absent() {
        if (by_ != "participant") return;
        std::set<std::string> present;
        for (const DocumentEntry& document : context_.set.documents) {
            for (const std::uint32_t person : document.participants) present.insert(context_.set.participants[person].id);
        }
        const auto erase = [](auto& list, std::size_t i) { list.erase(list.begin() + static_cast<std::ptrdiff_t>(i)); };
        for (std::size_t i = table_.columns.size() - 1; i-- > 0;) {
            const bool coded = table_.total && count_of(table_.total->cells[i]) > 0;
            if (coded || present.contains(table_.columns[i]) || !is_known(table_.columns[i])) continue;
            erase(table_.columns, i);
            for (TableRow& row : table_.rows) erase(row.cells, i);
            if (table_.total) erase(table_.total->cells, i);
        }
    }

    static std::uint64_t count_of(const Cell& cell) {
        const auto* count = std::get_if<std::uint64_t>(&cell);
        return count == nullptr ? 0 : *count;
    }

    // Its number; empty for the total.
    [[nodiscard]] std::string code_of(const TableRow& row) const {
        const auto code = row.code.empty() ? std::nullopt : context_.set.code_ids.find(row.code);
        return code ? std::to_string(*code) : "";
    }
    // A parent's codings of its own, without those below it.
    [[nodiscard]] bool is_own(const TableRow& row) const {
        const auto code = row.code.empty() ? std::nullopt : context_.set.code_ids.find(row.code);
        return code && has_children_.contains(*code) && !(context_.options.level && context_.set.codes[*code].path.size() >= *context_.options.level);
    }

    void write_cells(const TableRow& row, const std::string& name) {
        const std::string code = code_of(row);
        const std::string own = is_own(row) ? " data-own=\"1\"" : "";
        for (std::size_t i = 0; i < row.cells.size(); ++i) {
            const std::uint64_t count = count_of(row.cells[i]);
            page_ += "<td>";
            if (count == 0) {
                page_ += "<span class=\"none\">0</span></td>";
                continue;
            }
            const bool is_total = i + 1 == row.cells.size() || row.code.empty();
            const std::string& column = table_.columns[i];
            const bool whole = i + 1 == row.cells.size();
            const bool nobody = !whole && !is_known(column);
            const std::string label = filled(context_.words.cell, {{"code", name}, {"column", whole ? context_.words.total : column}, {"n", std::to_string(count)}});
            page_ += "<button type=\"button\" class=\"" + (is_total ? std::string("total") : "h" + std::to_string(step(count))) + "\" data-code=\"" + code + "\"" + own + " data-by=\"" + by_ +
                     "\" data-column=\"" + (whole || nobody ? "" : escaped_text(column)) + "\"" + (nobody ? " data-nobody=\"1\"" : "") + " aria-label=\"" + escaped_text(label) + "\">" + std::to_string(count) + "</button></td>";
        }
    }

    // The last column is of codings that are nobody's.
    [[nodiscard]] bool is_known(const std::string& column) const {
        const std::vector<Participant>& people = context_.set.participants;
        return std::any_of(people.begin(), people.end(), [&](const Participant& person) { return (by_ == "group" ? person.group : person.id) == column; });
    }

    [[nodiscard]] std::uint64_t step(std::uint64_t count) const { return 1 + (count - 1) * 7 / std::max<std::uint64_t>(most_, 1); }

    std::string& page_;
    const ReportContext& context_;
    const std::string by_;
    Table table_;
    std::set<std::uint32_t> has_children_;
    std::uint64_t most_ = 0;
};

}  // namespace

void append_overview(std::string& page, const ReportContext& context) {
    const CodingSet& set = context.set;
    const ReportWords& words = context.words;
    std::uint64_t characters = 0;
    std::set<std::uint32_t> people;
    for (const DocumentEntry& document : set.documents) {
        people.insert(document.participants.begin(), document.participants.end());
        for (const SpeechEntry& speech : document.speech) characters += speech.characters;
    }
    std::vector<bool> is_parent(set.codes.size(), false);
    std::vector<bool> used(set.codes.size(), false);
    for (const CodeEntry& code : set.codes) {
        if (code.parent) is_parent[*code.parent] = true;
    }
    std::set<std::uint32_t> coders;
    std::uint64_t undecided = 0;
    for (const CodingEntry& coding : set.codings) {
        if (coding.status == CodingStatus::rejected) continue;
        used[coding.code] = true;
        coders.insert(coding.reviewer != kNobody ? coding.reviewer : coding.coder);
        undecided += coding.status == CodingStatus::proposed ? 1 : 0;
    }
    Table totals = analysis::tabulate(set, specification(context, ""));
    const auto* references = totals.total ? std::get_if<std::uint64_t>(&totals.total->cells[0]) : nullptr;
    page += "<section id=\"overview\"><h2>" + std::string(words.overview) + "</h2>\n<dl class=\"figures\">\n";
    append_figure(page, words.documents, set.documents.size());
    append_figure(page, words.participants, people.size());
    if (characters > 0) append_figure(page, words.characters, characters);
    append_figure(page, words.codes, static_cast<std::uint64_t>(std::count(is_parent.begin(), is_parent.end(), false)));
    append_figure(page, words.used_codes, static_cast<std::uint64_t>(std::count(used.begin(), used.end(), true)));
    append_figure(page, words.references, references == nullptr ? 0 : *references);
    append_figure(page, words.coders, coders.size());
    append_figure(page, words.undecided, undecided);
    page += "</dl>\n<noscript><p>" + std::string(words.no_script) + "</p></noscript>\n</section>\n";
}

void append_frequencies(std::string& page, const ReportContext& context) {
    const ReportWords& words = context.words;
    const Table table = analysis::tabulate(context.set, specification(context, ""));
    PictureOptions options;
    options.title = words.frequencies;
    options.language = words.tag;
    options.embedded = true;
    options.id_prefix = "bars-";
    options.width = kPictureWidth;
    options.value_label = words.references;
    page += "<section id=\"frequencies\"><h2>" + std::string(words.frequencies) + "</h2>\n<figure>" + code_bars(context.set, specification(context, ""), options).svg + "</figure>\n<details><summary>" + words.table_of + "</summary><div class=\"wide\">\n";
    table::append_html_table(page, table);
    page += "</div></details></section>\n";
}

void append_matrix(std::string& page, const ReportContext& context) {
    const ReportWords& words = context.words;
    constexpr std::size_t kPeopleMaximum = 60;  // more do not fit on a page
    page += "<section id=\"matrix\"><h2>" + std::string(words.matrix) + "</h2>\n<p class=\"quiet\">" + words.matrix_help + "</p>\n";
    Matrix groups(page, context, "group");
    if (context.set.participants.size() <= kPeopleMaximum) {
        Matrix people(page, context, "participant");
        if (!people.empty()) {
            page += "<h3>" + std::string(words.by_participant) + "</h3>\n";
            people.write();
        }
    }
    if (!groups.empty()) {
        page += "<h3>" + std::string(words.by_group) + "</h3>\n";
        groups.write();
    }
    page += "</section>\n";
}

}  // namespace fangtan::report
