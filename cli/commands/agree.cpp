// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <charconv>
#include <cmath>
#include <memory>

#include "../command.hpp"
#include "../options/choice.hpp"
#include "../options/output_options.hpp"
#include "agree_input.hpp"
#include "fangtan/analysis/agreement_sheet.hpp"
#include "fangtan/analysis/agreement_table.hpp"
#include "fangtan/analysis/agreement_wording.hpp"
#include "fangtan/table/render.hpp"

namespace fangtan::cli {
namespace {

using analysis::AgreementKind;
using analysis::AgreementReport;
using analysis::AgreementResult;
using analysis::AgreementUnit;
using analysis::BootstrapMethod;

enum class AgreeFormat { text, markdown, csv, tsv, json };

struct AgreeOptions {
    AgreeInputOptions input;
    OutputOptions output;
    std::string format;
    std::optional<Language> language;
    bool all = false;
    int decimals = 3;
    std::optional<std::uint64_t> rounds;
    std::uint64_t seed = 1;
    bool kalpha = false;
    bool no_bootstrap = false;
    std::vector<std::string> limits;
    std::vector<std::string> matches;
    std::size_t code_count = 0;
    std::string gamma;
    std::string sheet;
};

// The whole word as a number.
std::optional<double> number_of(const std::string& word) {
    double value = 0;
    const char* end = word.data() + word.size();
    const auto [stop, error] = std::from_chars(word.data(), end, value);
    if (word.empty() || error != std::errc() || stop != end || !std::isfinite(value)) return std::nullopt;
    return value;
}

struct Limit {
    std::string typed;
    std::string name;
    double least = 0;
};

Limit limit_of(const std::string& typed) {
    const std::size_t equals = typed.rfind('=');
    const auto least = equals == std::string::npos ? std::nullopt : number_of(typed.substr(equals + 1));
    if (!least || equals == 0) throw Error(ErrorKind::usage, "--min " + typed, "expected NAME=NUMBER, for example --min alpha=0.8");
    return {typed, typed.substr(0, equals), *least};
}

// "0.5", "iou:0.9", "min:0.5", "max:0.5".
agreement::OverlapRequest match_of(const std::string& typed) {
    const std::size_t colon = typed.find(':');
    const std::string base = colon == std::string::npos ? "iou" : typed.substr(0, colon);
    const auto threshold = number_of(colon == std::string::npos ? typed : typed.substr(colon + 1));
    if (!threshold || *threshold < 0 || *threshold > 1 || (base != "iou" && base != "min" && base != "max")) {
        throw Error(ErrorKind::usage, "--match " + typed, "expected iou:SHARE, min:SHARE or max:SHARE with a share from 0 to 1, for example --match iou:0.9");
    }
    return {*threshold, base == "iou" ? agreement::OverlapBase::unite : base == "min" ? agreement::OverlapBase::shorter : agreement::OverlapBase::longer};
}

agreement::GammaOptions gamma_of(const std::string& typed) {
    std::vector<double> numbers;
    for (const std::string& word : names_in(typed)) {
        const auto number = number_of(word);
        if (!number || *number < 0) throw Error(ErrorKind::usage, "--gamma " + typed, "expected three numbers from 0: the weights of position and code, and the cost of an empty place, for example 1,1,1");
        numbers.push_back(*number);
    }
    if (numbers.size() != 3) throw Error(ErrorKind::usage, "--gamma " + typed, "expected three numbers, for example --gamma 1,1,1");
    agreement::GammaOptions options;
    options.position = numbers[0];
    options.code = numbers[1];
    options.empty = numbers[2];
    return options;
}

class AgreeRun {
 public:
    AgreeRun(const AgreeOptions& options, const Streams& streams) : options_(options), streams_(streams), messages_(streams) {}

    int run() {
        AgreeInputOptions input = options_.input;
        if (input.kind() == AgreementKind::codings && input.codings.empty()) input.codings = {"-"};
        input.check();
        check_own();
        std::vector<Limit> limits;
        for (const std::string& typed : options_.limits) limits.push_back(limit_of(typed));
        const AgreeFormat format = chosen_format();
        const analysis::AgreementRequest request = make_request();
        OutputOptions sheet_options{options_.sheet, options_.output.excel};
        for (const std::string& file : input.files()) {
            options_.output.refuse(file);
            sheet_options.refuse(file);
        }
        Output out = options_.output.open(streams_);  // now, so that a folder that cannot be written is found before the work
        std::optional<Output> sheet;
        if (!options_.sheet.empty()) sheet.emplace(sheet_options.open(streams_));
        const std::vector<std::string> files = files_of(input);
        const auto now = read_round(input, files, request, streams_);
        if (!now) return kBadInput;
        std::optional<AgreeRound> before;
        if (!input.before.empty()) {
            before = read_round(input, input.before, request, streams_);
            if (!before) return kBadInput;
            if (before->result.coders != now->result.coders) messages_.note("the coders of the earlier round are not the same");
        }
        std::vector<const agreement::Metric*> limited;
        for (const Limit& limit : limits) limited.push_back(&metric_of(now->result, limit));
        out.write(rendered(*now, before ? &*before : nullptr, format));
        if (sheet) sheet->write(sheet_of(*now));
        if (sheet) sheet->commit();
        out.commit();
        return verdict(limits, limited);
    }

 private:
    void check_own() const {
        if (options_.no_bootstrap && (options_.kalpha || options_.rounds)) throw Error(ErrorKind::usage, "--no-bootstrap", "stands against --bootstrap and --kalpha; give one of them");
        const AgreementKind kind = options_.input.kind();
        if (!options_.sheet.empty() && (kind == AgreementKind::table || kind == AgreementKind::segments)) {
            throw Error(ErrorKind::usage, "--disagreements", "lists units, and these data have none; it goes with codings and --ratings");
        }
        if (options_.sheet == "-") throw Error(ErrorKind::usage, "--disagreements -", "is a file of its own; standard output is for the coefficients");
        if (!options_.sheet.empty() && options_.output.to_file() && std::filesystem::absolute(options_.sheet).lexically_normal() == std::filesystem::absolute(options_.output.path).lexically_normal()) {
            throw Error(ErrorKind::usage, "--disagreements " + options_.sheet, "is also the file of -o; name two files");
        }
        const bool segments = kind == AgreementKind::segments || (kind == AgreementKind::codings && options_.input.unit == AgreementUnit::segment);
        if (!segments && !options_.matches.empty()) throw Error(ErrorKind::usage, "--match", "compares segments by overlap; it goes with --segments and --unit segment");
        if (!segments && options_.code_count > 0) throw Error(ErrorKind::usage, "--code-count", "is about the κ of segments; it goes with --segments and --unit segment");
        const bool text = kind == AgreementKind::segments || (kind == AgreementKind::codings && options_.input.unit == AgreementUnit::character);
        if (!text && !options_.gamma.empty()) throw Error(ErrorKind::usage, "--gamma", "goes with --segments and --unit character");
    }

    [[nodiscard]] analysis::AgreementRequest make_request() const {
        analysis::AgreementRequest request;
        request.level = options_.input.level;
        request.bootstrap = options_.no_bootstrap ? BootstrapMethod::none : options_.kalpha ? BootstrapMethod::pairs : BootstrapMethod::units;
        request.drawing = drawing();
        if (!options_.matches.empty()) {
            request.overlaps.clear();
            for (const std::string& typed : options_.matches) request.overlaps.push_back(match_of(typed));
        }
        request.code_count = options_.code_count;
        if (!options_.gamma.empty()) request.gamma = gamma_of(options_.gamma);
        return request;
    }

    [[nodiscard]] agreement::BootstrapOptions drawing() const { return {options_.rounds.value_or(1000), options_.seed}; }

    static std::vector<std::string> files_of(const AgreeInputOptions& input) {
        switch (input.kind()) {
            case AgreementKind::ratings: return {input.ratings};
            case AgreementKind::table: return {input.table};
            case AgreementKind::segments: return {input.segments};
            case AgreementKind::codings: break;
        }
        return input.codings;
    }

    static const agreement::Metric& metric_of(const AgreementResult& result, const Limit& limit) {
        if (const agreement::Metric* found = analysis::find_metric(result, limit.name)) return *found;
        std::string names;
        for (const analysis::AgreementPart* part : {&result.whole, &result.text}) {
            for (const agreement::Metric& metric : part->metrics) names += (names.empty() ? "" : ", ") + metric.name;
        }
        throw Error(ErrorKind::usage, "--min " + limit.typed, names.empty() ? "these data have no coefficient over all coders; see the pairs" : "there is no such coefficient here; known are " + names);
    }

    [[nodiscard]] AgreeFormat chosen_format() const {
        const std::map<std::string, AgreeFormat> formats = {{"text", AgreeFormat::text}, {"txt", AgreeFormat::text}, {"markdown", AgreeFormat::markdown}, {"md", AgreeFormat::markdown},
                                                            {"csv", AgreeFormat::csv},   {"tsv", AgreeFormat::tsv},  {"json", AgreeFormat::json}};
        return options_.output.format(options_.format, formats, AgreeFormat::text, AgreeFormat::csv, streams_);
    }

    [[nodiscard]] Language language(const AgreeRound& round) const {
        if (options_.language) return *options_.language;
        const std::string name = round.set ? round.set->language : "";
        return name == "zh-Hant" ? Language::zh_hant : name == "en" ? Language::english : Language::zh_hans;
    }

    [[nodiscard]] std::string rendered(const AgreeRound& now, const AgreeRound* before, AgreeFormat format) const {
        AgreementReport report;
        report.now = &now.result;
        report.before = before == nullptr ? nullptr : &before->result;
        report.all = options_.all;
        report.decimals = options_.decimals;
        report.drawing = drawing();
        report.language = language(now);
        if (now.units) report.notes = analysis::coding_notes(report.language, *now.units);
        const table::ForSpreadsheet excel = options_.output.excel ? table::ForSpreadsheet::yes : table::ForSpreadsheet::no;
        switch (format) {
            case AgreeFormat::csv: return table::to_csv(analysis::agreement_rows(report), excel);
            case AgreeFormat::tsv: return table::to_tsv(analysis::agreement_rows(report), excel);
            case AgreeFormat::json: return analysis::agreement_json(report);
            case AgreeFormat::text:
            case AgreeFormat::markdown: break;
        }
        std::string text;
        for (const Table& table : analysis::agreement_tables(report)) {
            if (!text.empty()) text += "\n";
            text += format == AgreeFormat::markdown ? table::to_markdown(table) : table::to_text(table);
        }
        return text;
    }

    [[nodiscard]] std::string sheet_of(const AgreeRound& now) const {
        if (now.ratings) return analysis::ratings_sheet(*now.ratings, options_.output.excel);
        const bool texts = std::any_of(now.units->documents.begin(), now.units->documents.end(), [](const analysis::AgreementDocument& document) { return !document.text.empty(); });
        if (!texts) messages_.note("the sheet of disagreements has no text: give the transcripts with --transcripts");
        return analysis::disagreement_sheet(*now.units, options_.output.excel);
    }

    int verdict(const std::vector<Limit>& limits, const std::vector<const agreement::Metric*>& metrics) const {
        int status = kDone;
        for (std::size_t i = 0; i < limits.size(); ++i) {
            const agreement::Value& value = metrics[i]->value;
            if (!value.defined()) {
                messages_.note(limits[i].name + " is undefined (" + std::string(agreement::reason_name(value.reason())) + "), which is not " + limits[i].typed.substr(limits[i].name.size() + 1) + " or more");
                status = kAnswerIsNo;
            } else if (value.number() < limits[i].least) {
                char digits[32];
                const auto end = std::to_chars(digits, digits + sizeof digits, value.number(), std::chars_format::general, 4).ptr;
                messages_.note(limits[i].name + " is " + std::string(digits, end) + ", below " + limits[i].typed.substr(limits[i].name.size() + 1));
                status = kAnswerIsNo;
            }
        }
        return status;
    }

    const AgreeOptions& options_;
    const Streams& streams_;
    Messages messages_;
};

}  // namespace

Action setup_agree(CLI::App& app) {
    const auto options = std::make_shared<AgreeOptions>();
    options->input.add_to(app);
    app.add_option("--bootstrap", options->rounds, "Rounds of the bootstrap for the interval of α [1000]")->type_name("N")->check(CLI::Range(1, 1'000'000));
    app.add_option("--seed", options->seed, "Seed of the bootstrap [1]")->type_name("N");
    app.add_flag("--kalpha", options->kalpha, "Draw single pairs, as Krippendorff's KALPHA does, not whole units: much narrower");
    app.add_flag("--no-bootstrap", options->no_bootstrap, "No interval of α");
    app.add_option("--match", options->matches, "Segments agree from this overlap on: iou:0.5 (of the union), min:0.5, max:0.5; repeatable [iou:0.5]")->type_name("SHARE")->allow_extra_args(false);
    app.add_option("--code-count", options->code_count, "Codes to choose from, for the κ of segments [those that occur]")->type_name("N")->check(CLI::Range(1, 1'000'000));
    app.add_option("--gamma", options->gamma, "The disorder of γ's best alignment too: weights of position, code and empty place, 1,1,1")->type_name("LIST");
    app.add_flag("--all", options->all, "Show every coefficient, not only those that are usually reported");
    app.add_option("--decimals", options->decimals, "Decimals of coefficients [3]")->type_name("N")->check(CLI::Range(0, 15));
    app.add_option("--min", options->limits, "End with status 1 if a coefficient (named as in JSON) is undefined or less: alpha=0.8; repeatable")->type_name("LIMIT")->allow_extra_args(false);
    app.add_option("--disagreements", options->sheet, "Write the units on which coders differ to a CSV file, a column for each coder")->type_name("FILE");
    add_choice<Language>(app, "--lang", options->language, {{"zh-Hans", Language::zh_hans}, {"zh-Hant", Language::zh_hant}, {"en", Language::english}},
                         "Language of headings and notes: zh-Hans, zh-Hant, en [the codebook's]", "LANGUAGE");
    app.add_option("-f,--format", options->format, "text, markdown, csv, tsv or json [the ending of -o; text on a terminal, else csv]")->type_name("FORMAT");
    options->output.add_to(app);
    app.footer("Examples: fangtan agree A.jsonl B.jsonl --transcripts interviews/ -f text\n          fangtan agree --ratings ratings.csv --level ordinal --min alpha=0.8");
    return [options](const Streams& streams) { return AgreeRun(*options, streams).run(); };
}

}  // namespace fangtan::cli
