// SPDX-License-Identifier: Apache-2.0
#include "fangtan/analysis/tabulate.hpp"

#include <algorithm>
#include <numeric>
#include <set>

#include "fangtan/analysis/tabulate_finish.hpp"
#include "fangtan/analysis/wording.hpp"
#include "fangtan/table/rounding.hpp"
#include "fangtan/text/natural_order.hpp"

namespace fangtan::analysis {

class TableMaker {
 public:
    TableMaker(const std::vector<CodeEntry>& codes, const RowLayout& layout, const Counter& counter, const TableNames& names)
        : codes_(codes), layout_(layout), counter_(counter), names_(names), spec_(counter.spec_), words_(wording(spec_.language)) {}

    Table run() {
        table_.decimals = spec_.decimals;
        table_.note_heading = words_.note;
        table_.language = spec_.language == Language::zh_hans ? "zh-Hans" : spec_.language == Language::zh_hant ? "zh-Hant" : "en";
        table_.title = names_.codebook.empty() ? (spec_.by.empty() ? words_.title : words_.title_by)
                                               : std::string(spec_.by.empty() ? words_.title : words_.title_by) + words_.colon + names_.codebook;
        choose_rows();
        find_columns();
        add_rows();
        add_headings();
        spec_.by.empty() ? add_plain_cells() : add_matrix_cells();
        add_notes();
        const CountGrid grid = counts();
        if (spec_.minimum_cell > 0) withhold_counts(table_, grid, spec_);
        join_shares(table_, grid, spec_);
        if (spec_.test != TestKind::none) add_test(table_, grid, spec_);
        return std::move(table_);
    }

 private:
    [[nodiscard]] std::size_t total_row() const { return layout_.rows.size(); }

    // Counts of a row in a column; an empty optional column means all columns.
    [[nodiscard]] std::uint64_t value(std::size_t row, const std::string* column, CountKind kind) const {
        const Counts& counts = column == nullptr ? counter_.tally_.over_all_columns(row) : counter_.tally_.at(row, *column);
        switch (kind) {
            case CountKind::references: return counts.references;
            case CountKind::documents: return counts.documents;
            case CountKind::participants: return counts.participant_count();
            case CountKind::characters: return counts.characters;
        }
        return 0;
    }

    // Rows in the order asked for; a parent's own row only if it has codings.
    void choose_rows() {
        std::vector<std::vector<std::uint32_t>> children(codes_.size() + 1);
        for (std::uint32_t code = 0; code < codes_.size(); ++code) {
            children[codes_[code].parent ? *codes_[code].parent + std::size_t{1} : 0].push_back(code);
        }
        std::vector<std::vector<std::size_t>> rows_of(codes_.size());
        std::vector<std::uint64_t> weight(codes_.size(), 0);
        for (std::size_t row = 0; row < layout_.rows.size(); ++row) {
            rows_of[layout_.rows[row].code].push_back(row);
            if (layout_.plan.in_total[row]) weight[layout_.rows[row].code] += value(row, nullptr, spec_.count.value_or(CountKind::references));
        }
        for (std::size_t code = codes_.size(); code-- > 0;) {
            if (codes_[code].parent) weight[*codes_[code].parent] += weight[code];
        }
        const auto visit = [&](const auto& self, std::size_t node) -> void {
            std::vector<std::uint32_t>& below = children[node];
            if (spec_.order == RowOrder::count) {
                std::stable_sort(below.begin(), below.end(), [&](std::uint32_t a, std::uint32_t b) { return weight[a] > weight[b]; });
            } else if (spec_.order == RowOrder::name) {
                std::stable_sort(below.begin(), below.end(), [&](std::uint32_t a, std::uint32_t b) { return natural_less(codes_[a].name, codes_[b].name); });
            }
            for (const std::uint32_t code : below) {
                for (const std::size_t row : rows_of[code]) {
                    const bool empty = value(row, nullptr, CountKind::references) == 0;
                    const bool keep = layout_.rows[row].kind == RowLayout::Kind::own ? !empty : spec_.zero_rows || !empty;
                    if (keep) shown_.push_back(row);
                }
                self(self, code + std::size_t{1});
            }
        };
        visit(visit, 0);
    }

    void find_columns() {
        if (spec_.by.empty()) return;
        for (const auto& entry : counter_.columns_) columns_.push_back(entry.first);
        // People who are listed but never speak keep their column.
        if (spec_.by != "document" && spec_.by != "coder" && spec_.by != "speaker") {
            Counter resolver(layout_, spec_, counter_.known_);
            std::set<std::string> silent;
            for (const Participant& participant : counter_.known_) {
                const std::string& column = resolver.column_of(participant.id);
                if (!counter_.filter_.takes_person(participant.id)) continue;
                if (!column.empty() && !counter_.columns_.contains(column)) silent.insert(column);
            }
            columns_.insert(columns_.end(), silent.begin(), silent.end());
        }
        std::sort(columns_.begin(), columns_.end(), [](const std::string& a, const std::string& b) {
            if (a.empty() != b.empty()) return b.empty();
            return natural_less(a, b);
        });
        if (counter_.without_column_ == 0) std::erase(columns_, std::string());
    }

    void add_rows() {
        for (const std::size_t row : shown_) {
            const CodeEntry& code = codes_[layout_.rows[row].code];
            TableRow entry{code.id, code.path, {}};
            if (layout_.rows[row].kind == RowLayout::Kind::own) entry.path.emplace_back(words_.own);
            if (layout_.rows[row].kind == RowLayout::Kind::subtotal) entry.path.emplace_back(words_.subtotal);
            depth_ = std::max(depth_, entry.path.size());
            table_.rows.push_back(std::move(entry));
        }
        if (spec_.totals) table_.total = TableRow{"", {words_.total}, {}};
    }

    void add_headings() {
        if (names_.levels.size() >= depth_) {
            table_.path_headings.assign(names_.levels.begin(), names_.levels.begin() + static_cast<std::ptrdiff_t>(depth_));
        } else if (depth_ <= 2) {
            if (depth_ == 2) table_.path_headings.emplace_back(words_.parent);
            table_.path_headings.emplace_back(words_.code);
        } else {
            for (std::size_t i = 0; i < depth_; ++i) table_.path_headings.emplace_back(i < 5 ? words_.level[i] : words_.code);
        }
    }

    // Rounds the shares of one column so that they are printed as the specification asks.
    [[nodiscard]] std::vector<std::uint64_t> rounded(const std::vector<std::uint64_t>& parts, const std::vector<std::uint64_t>& wholes, bool one_whole) const {
        if (one_whole && spec_.rounding == Rounding::sum && !parts.empty()) return rounded_to_sum(parts, wholes[0], spec_.decimals);
        std::vector<std::uint64_t> units;
        for (std::size_t i = 0; i < parts.size(); ++i) units.push_back(rounded_half_up(parts[i], wholes[i], spec_.decimals));
        return units;
    }

    [[nodiscard]] Percentage share(std::uint64_t part, std::uint64_t whole) const { return {part, whole, rounded_half_up(part, whole, spec_.decimals)}; }

    [[nodiscard]] std::uint64_t hundred() const {
        std::uint64_t value = 100;
        for (int i = 0; i < spec_.decimals; ++i) value *= 10;
        return value;
    }

    // The base of a column as far as it does not come from the counts themselves.
    [[nodiscard]] std::uint64_t base_of(const std::string* column, CountKind kind) const {
        if (kind == CountKind::references) return value(total_row(), column, kind);
        const bool people = spec_.by != "document" && spec_.by != "coder" && spec_.by != "speaker";
        if (kind == CountKind::participants) {
            return static_cast<std::uint64_t>(std::count_if(counter_.column_of_participant_.begin(), counter_.column_of_participant_.end(), [&](const auto& entry) {
                return column == nullptr || !people || entry.second == *column;
            }));
        }
        if (column == nullptr || spec_.by == "coder" || spec_.by == "speaker") {
            return kind == CountKind::documents ? counter_.all_.documents : counter_.all_.characters;
        }
        const auto found = counter_.columns_.find(*column);
        if (found == counter_.columns_.end()) return 0;
        if (kind == CountKind::documents) return found->second.documents;
        return counter_.speech_known_ || spec_.by == "document" ? found->second.characters : 0;
    }

    void add_measure(CountKind kind, PercentKind percent, bool only_one) {
        const auto index = static_cast<std::size_t>(kind);
        const bool with_share = percent != PercentKind::none;
        table_.columns.emplace_back(words_.measure[index]);
        if (with_share) table_.columns.push_back(only_one ? words_.percent : words_.plain_measure[index] + std::string(words_.share));
        const bool adds_up = kind == CountKind::references && percent != PercentKind::row;
        const std::uint64_t whole = base_of(nullptr, kind);
        std::vector<std::uint64_t> parts;
        std::vector<std::uint64_t> wholes;
        std::vector<std::size_t> summed;  // rows that make up the whole
        for (std::size_t i = 0; i < shown_.size(); ++i) {
            if (!layout_.plan.in_total[shown_[i]]) continue;
            summed.push_back(i);
            parts.push_back(value(shown_[i], nullptr, kind));
            wholes.push_back(percent == PercentKind::row ? parts.back() : whole);
        }
        const std::vector<std::uint64_t> units = rounded(parts, wholes, adds_up);
        for (std::size_t i = 0; i < shown_.size(); ++i) {
            const std::uint64_t part = value(shown_[i], nullptr, kind);
            table_.rows[i].cells.emplace_back(part);
            if (with_share) table_.rows[i].cells.emplace_back(share(part, percent == PercentKind::row ? part : whole));
        }
        if (with_share && percent != PercentKind::row) {
            for (std::size_t k = 0; k < summed.size(); ++k) std::get<Percentage>(table_.rows[summed[k]].cells.back()).printed = units[k];
        }
        if (table_.total) {
            const std::uint64_t part = value(total_row(), nullptr, kind);
            table_.total->cells.emplace_back(part);
            if (with_share) table_.total->cells.emplace_back(share(part, percent == PercentKind::row ? part : whole));
        }
        if (!with_share) return;
        table_.notes.push_back(base_note(spec_.language, kind, percent, percent == PercentKind::row, whole));
        if (adds_up) note_unless_hundred(units, whole);
        if (kind == CountKind::documents && !adds_up) table_.notes.push_back(overlap_note(spec_.language));
        if (kind == CountKind::participants && !adds_up) table_.notes.push_back(people_overlap_note(spec_.language));
        note_unless_adjusted(adds_up);
    }

    // Who mentions one code may mention others: such shares are never forced to a sum.
    void note_unless_adjusted(bool adds_up) {
        const std::string note = not_adjusted_note(spec_.language);
        if (spec_.rounding == Rounding::sum && !adds_up && std::find(table_.notes.begin(), table_.notes.end(), note) == table_.notes.end()) table_.notes.push_back(note);
    }

    void note_unless_hundred(const std::vector<std::uint64_t>& units, std::uint64_t whole) {
        if (whole == 0 || std::accumulate(units.begin(), units.end(), std::uint64_t{0}) == hundred()) return;
        const std::string note = not_hundred_note(spec_.language);
        if (std::find(table_.notes.begin(), table_.notes.end(), note) == table_.notes.end()) table_.notes.push_back(note);
    }

    void add_plain_cells() {
        const PercentKind percent = spec_.percent.value_or(PercentKind::total);
        if (spec_.count) return add_measure(*spec_.count, percent, true);
        add_measure(CountKind::references, percent, false);
        add_measure(CountKind::documents, percent, false);
    }

    void add_matrix_cells() {
        const CountKind kind = spec_.count.value_or(CountKind::references);
        const PercentKind percent = spec_.percent.value_or(PercentKind::none);
        for (const std::string& column : columns_) add_matrix_column(&column, column.empty() ? words_.nobody : column, kind, percent);
        if (spec_.totals) add_matrix_column(nullptr, words_.total, kind, percent);
        if (percent == PercentKind::row) {
            for (TableRow& row : table_.rows) round_row(row, kind);
        }
        if (percent == PercentKind::total) round_matrix(kind);
        if (table_.total && (percent == PercentKind::row || percent == PercentKind::total)) round_row(*table_.total, kind);
        if (percent != PercentKind::none) {
            const std::uint64_t base = percent == PercentKind::total ? value(total_row(), nullptr, kind) : 0;
            table_.notes.push_back(base_note(spec_.language, kind, percent, true, base));
            if (kind == CountKind::participants && percent != PercentKind::row) table_.notes.push_back(people_overlap_note(spec_.language));
            if (kind != CountKind::references && percent != PercentKind::row) note_unless_adjusted(false);
        }
    }

    [[nodiscard]] std::uint64_t whole_of(std::size_t row, const std::string* column, CountKind kind, PercentKind percent) const {
        switch (percent) {
            case PercentKind::total: return value(total_row(), nullptr, kind);
            case PercentKind::row: return value(row, nullptr, kind);
            case PercentKind::column: return value(total_row(), column, kind);
            case PercentKind::base: return base_of(column, kind);
            case PercentKind::none: break;
        }
        return 0;
    }

    void add_matrix_column(const std::string* column, const std::string& heading, CountKind kind, PercentKind percent) {
        const bool with_share = percent != PercentKind::none;
        table_.columns.push_back(heading);
        if (with_share) table_.columns.push_back(heading + " %");
        const bool of_whole = percent == PercentKind::column || percent == PercentKind::base || (percent == PercentKind::total && column == nullptr);
        const bool adds_up = kind == CountKind::references && of_whole;
        std::vector<std::uint64_t> parts;
        std::vector<std::uint64_t> wholes;
        std::vector<std::size_t> summed;
        for (std::size_t i = 0; i < shown_.size(); ++i) {
            const std::uint64_t part = value(shown_[i], column, kind);
            const std::uint64_t whole = whole_of(shown_[i], column, kind, percent);
            table_.rows[i].cells.emplace_back(part);
            if (with_share) table_.rows[i].cells.emplace_back(share(part, whole));
            if (!layout_.plan.in_total[shown_[i]]) continue;
            summed.push_back(i);
            parts.push_back(part);
            wholes.push_back(whole);
        }
        if (table_.total) {
            const std::uint64_t part = value(total_row(), column, kind);
            table_.total->cells.emplace_back(part);
            if (with_share) table_.total->cells.emplace_back(share(part, whole_of(total_row(), column, kind, percent)));
        }
        if (!with_share || !adds_up) return;
        const std::vector<std::uint64_t> units = rounded(parts, wholes, true);
        for (std::size_t k = 0; k < summed.size(); ++k) std::get<Percentage>(table_.rows[summed[k]].cells.back()).printed = units[k];
        note_unless_hundred(units, wholes.empty() ? 0 : wholes[0]);
    }

    // Shares of a row that add up to its total: only where columns do not overlap (references by one person each).
    void round_row(TableRow& row, CountKind kind) {
        const std::vector<Percentage*> shares = shares_of(row);
        std::vector<std::uint64_t> parts;
        std::vector<std::uint64_t> units;
        for (const Percentage* entry : shares) {
            parts.push_back(entry->part);
            units.push_back(entry->printed);
        }
        const std::uint64_t sum = std::accumulate(parts.begin(), parts.end(), std::uint64_t{0});
        if (shares.empty() || sum != shares[0]->whole) return;
        if (spec_.rounding == Rounding::sum) units = rounded_to_sum(parts, sum, spec_.decimals);
        for (std::size_t i = 0; i < shares.size(); ++i) shares[i]->printed = units[i];
        if (kind == CountKind::references) note_unless_hundred(units, sum);
    }

    // The shares of the columns proper, without the total column.
    [[nodiscard]] std::vector<Percentage*> shares_of(TableRow& row) const {
        std::vector<Percentage*> shares;
        for (std::size_t i = 0; i < columns_.size(); ++i) shares.push_back(&std::get<Percentage>(row.cells[2 * i + 1]));
        return shares;
    }

    void round_matrix(CountKind kind) {
        if (kind != CountKind::references) return;
        std::vector<Percentage*> all;
        std::vector<std::uint64_t> parts;
        for (std::size_t i = 0; i < shown_.size(); ++i) {
            if (!layout_.plan.in_total[shown_[i]]) continue;
            for (Percentage* entry : shares_of(table_.rows[i])) {
                all.push_back(entry);
                parts.push_back(entry->part);
            }
        }
        if (all.empty() || std::accumulate(parts.begin(), parts.end(), std::uint64_t{0}) != all[0]->whole) return;
        std::vector<std::uint64_t> units;
        if (spec_.rounding == Rounding::sum) {
            units = rounded_to_sum(parts, all[0]->whole, spec_.decimals);
            for (std::size_t i = 0; i < all.size(); ++i) all[i]->printed = units[i];
        } else {
            for (const Percentage* entry : all) units.push_back(entry->printed);
        }
        note_unless_hundred(units, all[0]->whole);
    }

    [[nodiscard]] bool is_below(std::size_t code, std::uint32_t parent) const {
        while (code != parent && codes_[code].parent) code = *codes_[code].parent;
        return code == parent;
    }

    // The counts again, by their places in the table.
    [[nodiscard]] CountGrid counts() const {
        CountGrid grid;
        grid.matrix = !spec_.by.empty();
        grid.kind = spec_.count.value_or(CountKind::references);
        grid.percent = spec_.percent.value_or(grid.matrix ? PercentKind::none : PercentKind::total);
        grid.columns = columns_.size();
        grid.nobody = counter_.without_column_;
        if (!grid.matrix) {
            grid.kinds = spec_.count ? std::vector{*spec_.count} : std::vector{CountKind::references, CountKind::documents};
            grid.columns = grid.kinds.size();
        }
        std::vector<std::size_t> rows = shown_;
        rows.push_back(total_row());
        for (const std::size_t row : rows) {
            grid.counts.emplace_back();
            for (const std::string& column : columns_) grid.counts.back().push_back(value(row, &column, grid.kind));
            if (grid.matrix) grid.counts.back().push_back(value(row, nullptr, grid.kind));
            for (const CountKind kind : grid.kinds) grid.counts.back().push_back(value(row, nullptr, kind));
        }
        for (const std::size_t row : shown_) {
            grid.in_total.push_back(layout_.plan.in_total[row]);
            grid.below.emplace_back();
            for (std::size_t i = 0; i < shown_.size() && !grid.in_total.back(); ++i) {
                if (layout_.plan.in_total[shown_[i]] && is_below(layout_.rows[shown_[i]].code, layout_.rows[row].code)) grid.below.back().push_back(i);
            }
        }
        return grid;
    }

    void add_notes() {
        if (spec_.source_note) {
            table_.notes.push_back(source_note(spec_.language, {base_of(nullptr, CountKind::documents), base_of(nullptr, CountKind::participants), counter_.dated_, counter_.first_date_, counter_.last_date_, spec_.units}));
        }
        if (!spec_.filter.empty()) table_.notes.push_back(filter_note(spec_.language, spec_.filter));
        if (counter_.without_column_ > 0) table_.notes.push_back(no_column_note(spec_.language, counter_.without_column_));
        if (counter_.rejected > 0) table_.notes.push_back(rejected_note(spec_.language, counter_.rejected));
        if (!counter_.skipped.empty()) table_.notes.push_back(skipped_note(spec_.language, counter_.skipped));
    }

    const std::vector<CodeEntry>& codes_;
    const RowLayout& layout_;
    const Counter& counter_;
    const TableNames& names_;
    const TabulateSpec& spec_;
    const Wording& words_;
    Table table_;
    std::vector<std::size_t> shown_;    // rows of the layout, in the order of the table
    std::vector<std::string> columns_;  // "" is the column of codings without one
    std::size_t depth_ = 1;
};

Table make_table(const std::vector<CodeEntry>& codes, const RowLayout& layout, const Counter& counter, const TableNames& names) {
    counter.refuse_unknown_values();
    return TableMaker(codes, layout, counter, names).run();
}

}  // namespace fangtan::analysis
