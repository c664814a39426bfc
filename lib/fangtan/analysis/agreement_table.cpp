// SPDX-License-Identifier: Apache-2.0
#include "fangtan/analysis/agreement_table.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <map>

#include "fangtan/analysis/agreement_wording.hpp"

namespace fangtan::analysis {
namespace {

using agreement::Metric;
using agreement::Ratings;
using agreement::Undefined;
using agreement::Value;
using Metrics = std::vector<Metric>;

// Beyond this a matrix fits no page; JSON has it.
constexpr std::size_t kCategoriesShown = 30;

const Metric* find_in(const Metrics& metrics, const std::string& name) {
    const auto found = std::find_if(metrics.begin(), metrics.end(), [&](const Metric& metric) { return metric.name == name; });
    return found == metrics.end() ? nullptr : &*found;
}

bool is_count(const std::string& name) {
    static constexpr std::array kEnds = {"agree_a", "agree_b", "agreements", "disagreements", "one_to_one"};
    if (name == "n" || name == "alpha_n_pairable") return true;
    for (const char* beginning : {"both_", "a_only_", "b_only_", "none_"}) {
        if (name.starts_with(beginning)) return true;
    }
    return std::any_of(kEnds.begin(), kEnds.end(), [&](const char* end) { return name.ends_with(std::string("_") + end); });
}

bool is_overlap_share(const std::string& name) {
    const bool overlap = name.starts_with("iou") || (name.size() > 3 && (name.starts_with("min") || name.starts_with("max")) && name[3] >= '0' && name[3] <= '9');
    return overlap && (name.ends_with("_percent") || name.ends_with("_holsti") || name.ends_with("_kappa_rk"));
}

class Tables {
 public:
    explicit Tables(const AgreementReport& report) : report_(report), words_(agreement_wording(report.language)), now_(*report.now) {}

    std::vector<Table> make() {
        std::vector<Table> tables;
        if (!now_.whole.metrics.empty()) tables.push_back(coefficients(words_.title, now_.whole, report_.before ? &report_.before->whole : nullptr));
        add_matrix(tables, now_.whole);
        if (!now_.nominal.metrics.empty()) {
            tables.push_back(coefficients(words_.nominal_title, now_.nominal, report_.before ? &report_.before->nominal : nullptr));
            add_matrix(tables, now_.nominal);
        }
        if (!now_.text.metrics.empty()) tables.push_back(coefficients(words_.text_title, now_.text, report_.before ? &report_.before->text : nullptr));
        if (!now_.codes.empty() && has_levels_without_order()) tables.push_back(by_code());
        if (now_.pairs.size() > 1) tables.push_back(by_pair());
        if (tables.empty()) tables.push_back(empty_table(words_.title));
        Table& last = tables.back();
        last.note_heading = words_.note_heading;
        for (const auto& [reason, names] : undefined_) {
            std::string list;
            for (const std::string& name : names) list += (list.empty() ? "" : words_.comma) + name;
            last.notes.push_back(list + (report_.language == Language::english ? " undefined: " : std::string(words_.undefined) + words_.colon) +
                                 reason_sentence(report_.language, static_cast<Undefined>(reason)) + words_.stop);
        }
        for (const std::string& note : agreement_notes(report_.language, now_, report_.drawing)) last.notes.push_back(note);
        last.notes.insert(last.notes.end(), report_.notes.begin(), report_.notes.end());
        return tables;
    }

 private:
    // Numbers on a scale are not "this category or another".
    [[nodiscard]] bool has_levels_without_order() const { return now_.level == agreement::Level::nominal || now_.level == agreement::Level::ordinal; }

    static Table empty_table(const char* title) {
        Table table;
        table.title = title;
        return table;
    }

    Cell cell(const std::string& name, const Value& value) {
        if (!value.defined()) {
            std::vector<std::string>& names = undefined_[static_cast<int>(value.reason())];
            if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
            return std::string(words_.undefined);
        }
        if (is_count(name)) return static_cast<std::uint64_t>(value.number());
        return Decimal{value.number(), report_.decimals};
    }

    [[nodiscard]] std::vector<std::string> usual(const Metrics& metrics) const {
        const bool two = now_.coders.size() == 2;
        std::vector<std::string> names = {"pa_units", "alpha", two ? "cohen_kappa" : "fleiss", "ac1"};
        if (two) names.emplace_back("wkappa");
        names.insert(names.end(), {"w_fleiss", "w_ac2", two ? "K_12" : "holsti_mean", "composite_R", "jaccard", "dice", "alpha_u1995", "u_alpha", "u_alpha_binary", "cu_alpha", "cu_coverage", "gamma_disorder"});
        for (const Metric& metric : metrics) {
            if (is_overlap_share(metric.name)) names.push_back(metric.name);
        }
        return names;
    }

    Table coefficients(const char* title, const AgreementPart& part, const AgreementPart* before) {
        Table table = empty_table(title);
        table.path_headings = {words_.coefficient};
        table.columns = {words_.value};
        if (report_.before != nullptr) table.columns.insert(table.columns.end(), {words_.before, words_.difference});
        table.columns.insert(table.columns.end(), {words_.low, words_.high, words_.name});
        std::vector<std::string> names = usual(part.metrics);
        if (report_.all) {
            names.clear();
            for (const Metric& metric : part.metrics) names.push_back(metric.name);
        }
        for (const std::string& name : names) {
            const Metric* metric = find_in(part.metrics, name);
            if (metric == nullptr) continue;
            TableRow row{name, {coefficient_name(report_.language, name, now_.level)}, {cell(name, metric->value)}};
            if (report_.before != nullptr) add_before(row, *metric, before);
            add_interval(row, name, part.metrics);
            row.cells.emplace_back(name);
            table.rows.push_back(std::move(row));
        }
        return table;
    }

    void add_before(TableRow& row, const Metric& metric, const AgreementPart* before) {
        const Metric* earlier = before == nullptr ? nullptr : find_in(before->metrics, metric.name);
        if (earlier == nullptr) {
            row.cells.insert(row.cells.end(), 2, std::monostate{});
            return;
        }
        row.cells.push_back(cell(metric.name, earlier->value));
        const Value change = difference(metric.value, earlier->value);
        row.cells.push_back(change.defined() ? Cell(Decimal{change.number(), is_count(metric.name) ? 0 : report_.decimals}) : Cell(std::monostate{}));
    }

    void add_interval(TableRow& row, const std::string& name, const Metrics& metrics) {
        const std::string stem = name == "cohen_kappa" ? "cohen" : name;
        for (const char* end : {"_ci_low", "_ci_high"}) {
            const Metric* bound = find_in(metrics, stem + end);
            row.cells.push_back(bound == nullptr || !bound->value.defined() ? Cell(std::monostate{}) : Cell(Decimal{bound->value.number(), report_.decimals}));
        }
    }

    void add_matrix(std::vector<Table>& tables, const AgreementPart& part) const {
        if (!part.ratings || part.ratings->coders() < 2 || part.ratings->categories() > kCategoriesShown) return;
        const Ratings& ratings = *part.ratings;
        const bool two = ratings.coders() == 2;
        Table table = empty_table(two ? words_.table_title : words_.coincidence_title);
        if (two) table.title += std::string(words_.colon) + now_.coders[0] + " × " + now_.coders[1];
        table.path_headings = {two ? now_.coders[0] + "\\" + now_.coders[1] : words_.category};
        table.columns = ratings.scale().names;
        table.columns.emplace_back(words_.total);
        const agreement::Contingency counts = two ? ratings.contingency(0, 1) : agreement::Contingency(0);
        const std::vector<std::vector<double>> shared = two ? std::vector<std::vector<double>>{} : coincidences(ratings);
        for (std::size_t i = 0; i < ratings.categories(); ++i) {
            TableRow row{ratings.scale().names[i], {ratings.scale().names[i]}, {}};
            double sum = 0;
            for (std::size_t j = 0; j < ratings.categories(); ++j) {
                if (two) {
                    row.cells.emplace_back(counts.at(i, j));
                } else {
                    row.cells.emplace_back(Decimal{shared[i][j], 2});
                    sum += shared[i][j];
                }
            }
            row.cells.push_back(two ? Cell(counts.rows()[i]) : Cell(Decimal{sum, 2}));
            table.rows.push_back(std::move(row));
        }
        if (two) {
            table.total = TableRow{"", {words_.total}, {}};
            for (const std::uint64_t sum : counts.columns()) table.total->cells.emplace_back(sum);
            table.total->cells.emplace_back(counts.total());
        }
        tables.push_back(std::move(table));
    }

    // The columns that rows of several metrics have in common.
    [[nodiscard]] static std::vector<std::string> shown_names(const Metrics& metrics) {
        static constexpr std::array kShown = {"n", "agreement", "K", "alpha", "kappa", "ac1", "jaccard", "dice"};
        std::vector<std::string> names;
        for (const Metric& metric : metrics) {
            if (std::find(kShown.begin(), kShown.end(), metric.name) != kShown.end() || is_overlap_share(metric.name)) names.push_back(metric.name);
        }
        return names;
    }

    // Short, because there are many columns.
    [[nodiscard]] std::string heading(const std::string& name) const {
        if (name == "alpha") return "α";
        if (name == "alpha_ci_low") return words_.low;
        if (name == "alpha_ci_high") return words_.high;
        return is_overlap_share(name) ? name : coefficient_name(report_.language, name, now_.level);
    }

    void add_columns(Table& table, const std::vector<std::string>& names) const {
        for (const std::string& name : names) table.columns.push_back(heading(name));
    }

    void add_cells(TableRow& row, const Metrics& metrics, const std::vector<std::string>& names) {
        for (const std::string& name : names) {
            const Metric* metric = find_in(metrics, name);
            const bool empty = metric == nullptr || (name.starts_with("alpha_ci_") && !metric->value.defined());
            row.cells.push_back(empty ? Cell(std::monostate{}) : cell(name, metric->value));
        }
    }

    Table by_code() {
        const bool codes = now_.kind == AgreementKind::codings || now_.kind == AgreementKind::segments;
        Table table = empty_table(codes ? words_.code_title : words_.category_title);
        table.path_headings = {codes ? words_.code : words_.category};
        const CodeAgreement& first = now_.codes.front();
        std::vector<std::string> names = shown_names(first.metrics);
        std::erase(names, "n");
        // Of one code there is nothing to choose from.
        std::erase_if(names, [](const std::string& name) { return name.ends_with("_kappa_rk"); });
        const auto alpha = std::find(names.begin(), names.end(), "alpha");
        if (alpha != names.end() && find_in(first.metrics, "alpha_ci_low") != nullptr) names.insert(alpha + 1, {"alpha_ci_low", "alpha_ci_high"});
        if (first.counts) {
            table.columns = {words_.both, words_.only + now_.coders[0], words_.only + now_.coders[1], words_.neither};
        } else {
            table.columns = now_.coders;
        }
        add_columns(table, names);
        for (const CodeAgreement& code : now_.codes) {
            std::string path;
            for (const std::string& step : code.path) path += (path.empty() ? "" : " / ") + step;
            TableRow row{code.code, {path}, {}};
            if (first.counts) {
                row.cells = {code.counts->both, code.counts->first_only, code.counts->second_only, code.counts->neither};
            } else {
                for (const std::uint64_t used : code.used) row.cells.emplace_back(used);
            }
            add_cells(row, code.metrics, names);
            table.rows.push_back(std::move(row));
        }
        return table;
    }

    Table by_pair() {
        Table table = empty_table(words_.pair_title);
        table.path_headings = {words_.coder[0], words_.coder[1]};
        const std::vector<std::string> names = shown_names(now_.pairs.front().metrics);
        if (now_.pairs.front().counts) table.columns = {words_.both, words_.only + std::string(words_.coder[0]), words_.only + std::string(words_.coder[1]), words_.neither};
        add_columns(table, names);
        for (const PairAgreement& pair : now_.pairs) {
            TableRow row{"", {now_.coders[pair.coder1], now_.coders[pair.coder2]}, {}};
            if (pair.counts) row.cells = {pair.counts->both, pair.counts->first_only, pair.counts->second_only, pair.counts->neither};
            add_cells(row, pair.metrics, names);
            table.rows.push_back(std::move(row));
        }
        return table;
    }

    const AgreementReport& report_;
    const AgreementWording& words_;
    const AgreementResult& now_;
    std::map<int, std::vector<std::string>> undefined_;  // by reason: names of coefficients
};

std::string full(double number) {
    std::array<char, 32> digits{};
    return {digits.data(), std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr};
}

void add_rows(Table& table, const char* part, const std::string& name, const Metrics& metrics) {
    for (const Metric& metric : metrics) {
        const bool defined = metric.value.defined();
        table.rows.push_back({metric.name, {part, name, metric.name}, {defined ? full(metric.value.number()) : "", defined ? "" : std::string(agreement::reason_name(metric.value.reason()))}});
    }
}

}  // namespace

std::vector<std::vector<double>> coincidences(const Ratings& ratings) {
    std::vector<std::vector<double>> found(ratings.categories(), std::vector<double>(ratings.categories(), 0));
    for (std::size_t i = 0; i < ratings.count_patterns(); ++i) {
        const agreement::UnitCounts unit = ratings.counts(i);
        if (unit.ratings < 2) continue;
        const double share = static_cast<double>(unit.units) / (unit.ratings - 1.0);
        for (const auto& a : unit.entries) {
            for (const auto& b : unit.entries) found[a.category][b.category] += share * a.coders * (a.category == b.category ? b.coders - 1.0 : b.coders);
        }
    }
    return found;
}

Value difference(const Value& now, const Value& before) {
    if (!now.defined()) return now;
    return before.defined() ? Value(now.number() - before.number()) : before;
}

std::vector<Table> agreement_tables(const AgreementReport& report) { return Tables(report).make(); }

Table agreement_rows(const AgreementReport& report) {
    Table table;
    table.path_headings = {"part", "name", "coefficient"};
    table.columns = {"value", "reason"};
    const AgreementResult& now = *report.now;
    add_rows(table, "all", "", now.whole.metrics);
    add_rows(table, "nominal", "", now.nominal.metrics);
    add_rows(table, "text", "", now.text.metrics);
    for (const CodeAgreement& code : now.codes) add_rows(table, "code", code.code, code.metrics);
    for (const PairAgreement& pair : now.pairs) add_rows(table, "pair", now.coders[pair.coder1] + " × " + now.coders[pair.coder2], pair.metrics);
    if (report.before != nullptr) add_rows(table, "before", "", report.before->whole.metrics);
    return table;
}

}  // namespace fangtan::analysis
