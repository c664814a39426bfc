// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <charconv>
#include <nlohmann/json.hpp>

#include "fangtan/analysis/agreement_wording.hpp"
#include "fangtan/analysis/evaluation.hpp"
#include "fangtan/text/csv.hpp"

namespace fangtan::analysis {
namespace {

using agreement::Metric;
using agreement::Undefined;
using agreement::Value;
using Json = nlohmann::ordered_json;

constexpr int kDecimals = 3;

struct Words {
    const char* title;
    const char* rule_title;
    const char* rule;
    const char* hit;          // true positives
    const char* false_alarm;  // false positives
    const char* missed;       // false negatives
    const char* precision;
    const char* recall;
    const char* units;   // in which a rule fires
    const char* right;
    const char* wrong;
    const char* only;
    const char* only_right;
    const char* micro;
    const char* macro;
    const char* macro_note;  // before names of codes without a value
    const char* unit_kinds[6];
    const char* standard;    // before the coders
    const char* counted[3];  // around documents and units
    const char* own_units;
    const char* outside[2];
    const char* rule_note;
};

const Words& words_of(Language language) {
    static constexpr Words kHans = {
        "编码规则评估", "各规则的命中", "规则", "命中", "误报", "漏编", "准确率", "召回率", "单元", "正确", "错误", "唯它命中", "其中正确", "合计（微平均）", "宏平均", "宏平均不计入",
        {"规则所及（按句）", "小句", "句", "话轮", "段落", "文件"}, "标准：人工编码，编码员：", {"文件 ", "，单元 ", ""}, "编码簿为编码自定了单元的，按自定的单元计。", {"有 ", " 处人工编码不在任何单元内（如访谈者的话），未计入。"},
        "单元：该规则会命中的单元，也包括同一编码中靠前的规则已命中的；唯它命中：同一编码的其他规则都不命中的。"};
    static constexpr Words kHant = {
        "編碼規則評估", "各規則的命中", "規則", "命中", "誤報", "漏編", "準確率", "召回率", "單元", "正確", "錯誤", "唯它命中", "其中正確", "合計（微平均）", "宏平均", "宏平均不計入",
        {"規則所及（按句）", "小句", "句", "話輪", "段落", "文件"}, "標準：人工編碼，編碼員：", {"文件 ", "，單元 ", ""}, "編碼簿為編碼自訂了單元的，按自訂的單元計。", {"有 ", " 處人工編碼不在任何單元內（如訪談者的話），未計入。"},
        "單元：該規則會命中的單元，也包括同一編碼中靠前的規則已命中的；唯它命中：同一編碼的其他規則都不命中的。"};
    static constexpr Words kEnglish = {
        "Rules against hand codings", "By rule", "Rule", "Hits", "False alarms", "Missed", "Precision", "Recall", "Units", "Right", "Wrong", "Only it", "Of them right", "All (micro)", "Mean of codes (macro)",
        "not in the macro mean of ", {"match, by sentence", "clause", "sentence", "turn", "paragraph", "document"}, "standard: codings by hand of ", {"documents: ", ", units: ", ""},
        "codes for which the codebook names a unit are counted in it.", {"codings by hand that overlap no unit (the interviewer's turns) and are not counted: ", "."},
        "units in which the rule fires, also where an earlier rule of its code does; only it: where no other rule of the code fires."};
    return language == Language::zh_hans ? kHans : language == Language::zh_hant ? kHant : kEnglish;
}

std::string full(double number) {
    std::array<char, 32> digits{};
    return {digits.data(), std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr};
}

using Named = std::array<std::pair<const char*, Value>, 4>;

Named named(const Quality& quality) { return {{{"precision", quality.precision}, {"recall", quality.recall}, {"f1", quality.f1}, {"kappa", quality.kappa}}}; }

std::string shown_path(const Code& code) {
    std::string path;
    for (const std::string& step : code.path) path += (path.empty() ? "" : " / ") + step;
    return path;
}

std::string rule_precision(const RuleEvaluation& rule) { return rule.units == 0 ? std::string() : full(static_cast<double>(rule.right) / static_cast<double>(rule.units)); }

class Tables {
 public:
    explicit Tables(const EvaluationReport& report)
        : report_(report), evaluation_(report.evaluation), words_(words_of(report.language)), common_(agreement_wording(report.language)), macro_(macro_quality(evaluation_)) {}

    std::vector<Table> make() {
        std::vector<Table> tables = {codes()};
        if (report_.by_rule) tables.push_back(rules());
        Table& last = tables.back();
        last.note_heading = common_.note_heading;
        add_notes(last.notes);
        return tables;
    }

 private:
    [[nodiscard]] const char* measure_name(const std::string& name) const { return name == "precision" ? words_.precision : name == "recall" ? words_.recall : name == "f1" ? "F1" : "κ"; }

    void add_measures(std::vector<Cell>& cells, const Quality& quality) {
        for (const auto& [name, value] : named(quality)) {
            if (value.defined()) {
                cells.emplace_back(Decimal{value.number(), kDecimals});
                continue;
            }
            cells.emplace_back(std::string(common_.undefined));
            std::vector<std::string>& names = undefined_[static_cast<int>(value.reason())];
            if (std::find(names.begin(), names.end(), measure_name(name)) == names.end()) names.emplace_back(measure_name(name));
        }
    }

    Table codes() {
        Table table;
        table.title = words_.title + std::string(common_.colon) + report_.codebook.name();
        table.path_headings = {common_.code};
        table.columns = {words_.hit, words_.false_alarm, words_.missed, words_.precision, words_.recall, "F1", "κ"};
        const auto add = [&](const std::string& id, const std::string& name, const Confusion& counts) {
            TableRow row{id, {name}, {counts.true_positives, counts.false_positives, counts.false_negatives}};
            add_measures(row.cells, quality_of(counts));
            table.rows.push_back(std::move(row));
        };
        for (const CodeEvaluation& code : evaluation_.codes) {
            const Code& entry = report_.codebook.codes()[code.code];
            add(entry.id, shown_path(entry), code.counts);
        }
        TableRow macro{"", {words_.macro}, {std::monostate{}, std::monostate{}, std::monostate{}}};
        add_measures(macro.cells, macro_.mean);
        table.rows.push_back(std::move(macro));
        add("", words_.micro, evaluation_.total());
        table.total = std::move(table.rows.back());
        table.rows.pop_back();
        return table;
    }

    Table rules() const {
        Table table;
        table.title = words_.rule_title;
        table.path_headings = {common_.code, words_.rule};
        table.columns = {words_.units, words_.right, words_.wrong, words_.precision, words_.only, words_.only_right};
        for (const RuleEvaluation& rule : evaluation_.rules) {
            const Code& code = report_.codebook.codes()[rule.rule.code];
            const Value precision = agreement::ratio(static_cast<double>(rule.right), static_cast<double>(rule.units), Undefined::no_data);
            table.rows.push_back({code.id, {shown_path(code), std::to_string(rule.rule.rule) + "  " + code.rules[rule.rule.rule - 1].source.text}, {rule.units, rule.right, rule.wrong()}});
            table.rows.back().cells.push_back(precision.defined() ? Cell(Decimal{precision.number(), kDecimals}) : Cell(std::string(common_.undefined)));
            table.rows.back().cells.emplace_back(rule.only);
            table.rows.back().cells.emplace_back(rule.only_right);
        }
        return table;
    }

    void add_notes(std::vector<std::string>& notes) const {
        const bool english = report_.language == Language::english;
        std::string coders;
        for (const std::string& coder : report_.coders) coders += (coders.empty() ? "" : common_.comma) + coder;
        notes.push_back(words_.standard + coders + common_.stop);
        const std::string kind = words_.unit_kinds[static_cast<std::size_t>(report_.options.unit)];
        notes.push_back(words_.counted[0] + std::to_string(evaluation_.documents) + words_.counted[1] + std::to_string(evaluation_.units) + (english ? " (" + kind + ")" : "（" + kind + "）") + common_.stop);
        const auto& all = report_.codebook.codes();
        if (std::any_of(all.begin(), all.end(), [](const Code& code) { return code.unit.has_value(); })) notes.emplace_back(words_.own_units);
        for (const auto& [reason, names] : undefined_) {
            std::string list;
            for (const std::string& name : names) list += (list.empty() ? "" : common_.comma) + name;
            notes.push_back(list + (english ? " undefined: " : std::string(common_.undefined) + common_.colon) + reason_sentence(report_.language, static_cast<Undefined>(reason)) + common_.stop);
        }
        for (const auto& [name, codes] : macro_.undefined) {
            std::string list;
            for (const std::uint32_t code : codes) list += (list.empty() ? "" : common_.comma) + all[code].name;
            const std::string count = std::to_string(codes.size());
            notes.push_back(english ? count + (codes.size() == 1 ? " code " : " codes ") + words_.macro_note + measure_name(name) + ", where it is undefined: " + list + "."
                                    : measure_name(name) + std::string(words_.macro_note) + " " + count + " 个未定义的编码：" + list + "。");
            if (report_.language == Language::zh_hant) notes.back() = measure_name(name) + std::string(words_.macro_note) + " " + count + " 個未定義的編碼：" + list + "。";
        }
        if (evaluation_.outside > 0) notes.push_back(words_.outside[0] + std::to_string(evaluation_.outside) + words_.outside[1]);
        if (report_.by_rule) notes.emplace_back(words_.rule_note);
    }

    const EvaluationReport& report_;
    const Evaluation& evaluation_;
    const Words& words_;
    const AgreementWording& common_;
    MacroQuality macro_;
    std::map<int, std::vector<std::string>> undefined_;  // by reason: names of measures
};

Json quality_json(const Quality& quality) {
    Json metrics = Json::object();
    Json reasons = Json::object();
    for (const auto& [name, value] : named(quality)) {
        if (value.defined()) {
            metrics[name] = value.number();
        } else {
            metrics[name] = nullptr;
            reasons[name] = std::string(agreement::reason_name(value.reason()));
        }
    }
    return {{"metrics", std::move(metrics)}, {"reasons", std::move(reasons)}};
}

Json counts_json(const Confusion& counts) {
    Json object = {{"true_positives", counts.true_positives}, {"false_positives", counts.false_positives}, {"false_negatives", counts.false_negatives}, {"true_negatives", counts.true_negatives}};
    object.update(quality_json(quality_of(counts)));
    return object;
}

}  // namespace

std::vector<Metric> evaluation_metrics(const Evaluation& evaluation) {
    std::vector<Metric> metrics;
    for (const auto& [name, value] : named(quality_of(evaluation.total()))) metrics.push_back({name, value});
    for (const auto& [name, value] : named(macro_quality(evaluation).mean)) metrics.push_back({std::string("macro_") + name, value});
    return metrics;
}

std::vector<Table> evaluation_tables(const EvaluationReport& report) { return Tables(report).make(); }

Table evaluation_rows(const EvaluationReport& report) {
    Table table;
    table.path_headings = {"part", "code", "rule"};
    table.columns = {"true_positives", "false_positives", "false_negatives", "true_negatives", "precision", "recall", "f1", "kappa", "reasons", "only", "only_right"};
    const auto measures = [](std::vector<Cell>& cells, const Quality& quality) {
        std::string reasons;
        for (const auto& [name, value] : named(quality)) {
            cells.emplace_back(value.defined() ? full(value.number()) : std::string());
            if (!value.defined()) reasons += (reasons.empty() ? "" : "; ") + std::string(name) + "=" + std::string(agreement::reason_name(value.reason()));
        }
        cells.emplace_back(reasons);
        cells.insert(cells.end(), 2, std::monostate{});
    };
    const auto add = [&](const char* part, const std::string& id, const Confusion& counts) {
        TableRow row{id, {part, id, ""}, {counts.true_positives, counts.false_positives, counts.false_negatives, counts.true_negatives}};
        measures(row.cells, quality_of(counts));
        table.rows.push_back(std::move(row));
    };
    for (const CodeEvaluation& code : report.evaluation.codes) add("code", report.codebook.codes()[code.code].id, code.counts);
    add("micro", "", report.evaluation.total());
    TableRow macro{"", {"macro", "", ""}, std::vector<Cell>(4)};
    measures(macro.cells, macro_quality(report.evaluation).mean);
    table.rows.push_back(std::move(macro));
    if (!report.by_rule) return table;
    for (const RuleEvaluation& rule : report.evaluation.rules) {
        const std::string& id = report.codebook.codes()[rule.rule.code].id;
        table.rows.push_back({id, {"rule", id, std::to_string(rule.rule.rule)}, {rule.right, rule.wrong(), std::monostate{}, std::monostate{}, rule_precision(rule), std::monostate{}, std::monostate{}, std::monostate{},
                                                                                 std::string(rule.units == 0 ? "precision=no_data" : ""), rule.only, rule.only_right}});
    }
    return table;
}

std::string evaluation_json(const EvaluationReport& report) {
    const Evaluation& evaluation = report.evaluation;
    Json object = {{"codebook", report.codebook.name()}, {"unit", std::string(name_of(report.options.unit))}, {"coders", report.coders}, {"documents", evaluation.documents},
                   {"units", evaluation.units}, {"hand_codings", evaluation.codings}, {"outside", evaluation.outside}};
    Json codes = Json::array();
    for (const CodeEvaluation& code : evaluation.codes) {
        const Code& entry = report.codebook.codes()[code.code];
        Json row = {{"code", entry.id}, {"path", entry.path}};
        row.update(counts_json(code.counts));
        codes.push_back(std::move(row));
    }
    object["codes"] = std::move(codes);
    object["micro"] = counts_json(evaluation.total());
    const MacroQuality macro = macro_quality(evaluation);
    object["macro"] = quality_json(macro.mean);
    Json left_out = Json::object();
    for (const auto& [name, undefined] : macro.undefined) {
        for (const std::uint32_t code : undefined) left_out[name].push_back(report.codebook.codes()[code].id);
    }
    object["macro"]["left_out"] = std::move(left_out);
    if (report.by_rule) {
        Json rules = Json::array();
        for (const RuleEvaluation& rule : evaluation.rules) {
            const Code& code = report.codebook.codes()[rule.rule.code];
            rules.push_back({{"code", code.id}, {"rule", rule.rule.rule}, {"query", code.rules[rule.rule.rule - 1].source.text}, {"units", rule.units}, {"right", rule.right}, {"wrong", rule.wrong()},
                             {"only", rule.only}, {"only_right", rule.only_right}});
        }
        object["rules"] = std::move(rules);
    }
    return object.dump(2) + "\n";
}

std::string disputed_sheet(const Evaluation& evaluation, const Codebook& codebook, bool excel) {
    std::string sheet = excel ? "\xEF\xBB\xBF" : "";
    const auto add = [&](const std::vector<std::string>& cells) {
        for (std::size_t i = 0; i < cells.size(); ++i) {
            if (i > 0) sheet += ',';
            csv::append_cell(sheet, excel ? csv::guarded_for_spreadsheet(cells[i]) : cells[i]);
        }
        sheet += excel ? "\r\n" : "\n";
    };
    add({"document", "turn", "participant", "start", "end", "code", "kind", "rule", "text"});
    for (const DisputedUnit& unit : evaluation.disputed) {
        std::string rules;
        for (const std::uint32_t rule : unit.rules) rules += (rules.empty() ? "" : " ") + std::to_string(rule);
        add({unit.document, unit.turn == 0 ? "" : std::to_string(unit.turn), unit.participant, std::to_string(unit.start), std::to_string(unit.end), codebook.codes()[unit.code].id,
             unit.missed ? "missed" : "false alarm", rules, unit.text});
    }
    return sheet;
}

}  // namespace fangtan::analysis
