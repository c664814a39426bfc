// SPDX-License-Identifier: Apache-2.0
#include <memory>

#include "../command.hpp"
#include "../options/coding_stream.hpp"
#include "../options/output_options.hpp"
#include "fangtan/coding/merge.hpp"
#include "fangtan/table/render.hpp"

namespace fangtan::cli {
namespace {

struct MergeOptions {
    std::vector<std::string> codings;
    std::string report;
    OutputOptions output;
};

const std::vector<std::string> kColumns = {"document", "turn", "participant", "start", "end", "code", "coder", "what"};

std::vector<std::string> cells_of(const coding::Passage& passage) {
    return {passage.document, passage.turn ? std::to_string(*passage.turn) : "", passage.participant, std::to_string(passage.start), std::to_string(passage.end),
            passage.code, passage.coder, passage.what};
}

class MergeRun {
 public:
    MergeRun(const MergeOptions& options, const Streams& streams) : options_(options), streams_(streams), messages_(streams) {}

    int run() {
        refuse_input("-o", options_.output.path, options_.codings);
        refuse_input("--report", options_.report, options_.codings);
        if (!options_.report.empty() && options_.report == options_.output.path) throw Error(ErrorKind::usage, "--report " + options_.report, "is the file of -o too; name another one");
        std::vector<coding::MergeInput> inputs;
        bool faulty = false;
        for (const std::string& path : options_.codings) {
            auto stream = open_stream(path, streams_);
            faulty = faulty || !stream;
            if (stream) inputs.push_back({path == "-" ? "standard input" : path, std::move(*stream)});
        }
        if (faulty) return kBadInput;
        Diagnostics diagnostics;
        const auto result = coding::merge(inputs, diagnostics);
        messages_.diagnostics(diagnostics);
        if (!result) return kBadInput;
        Output out = options_.output.open(streams_);
        if (!options_.report.empty()) write_report(*result);
        out.write(coding::to_json_lines(result->stream));
        out.commit();
        tell(*result);
        return result->conflicts.empty() ? kDone : kAnswerIsNo;
    }

 private:
    void write_report(const coding::MergeResult& result) const {
        std::vector<std::string> header = kColumns;
        header.insert(header.begin(), "kind");
        const bool excel = options_.output.excel;
        std::string text = (excel ? "\xEF\xBB\xBF" : "") + csv_row(header, excel);
        const auto add = [&](const std::vector<coding::Passage>& passages, const char* kind) {
            for (const coding::Passage& passage : passages) {
                std::vector<std::string> cells = cells_of(passage);
                cells.insert(cells.begin(), kind);
                text += csv_row(cells, excel);
            }
        };
        add(result.conflicts, "conflict");
        add(result.unproposed, "unproposed");
        Output report = Output::to_file(options_.report);
        report.write(text);
        report.commit();
    }

    void show(const std::string& title, const std::vector<coding::Passage>& passages) const {
        if (passages.empty()) return;
        constexpr std::size_t kShown = 20;
        Table table;
        table.title = title + ": " + std::to_string(passages.size());
        table.path_headings = {kColumns.front()};
        table.columns.assign(kColumns.begin() + 1, kColumns.end());
        for (std::size_t i = 0; i < passages.size() && i < kShown; ++i) {
            const std::vector<std::string> cells = cells_of(passages[i]);
            TableRow row{"", {cells.front()}, {}};
            row.cells.assign(cells.begin() + 1, cells.end());
            table.rows.push_back(std::move(row));
        }
        messages_.raw(table::to_text(table));
        if (passages.size() > kShown) messages_.note("the first " + std::to_string(kShown) + " are listed; --report writes all");
    }

    void tell(const coding::MergeResult& result) const {
        if (options_.report.empty()) {
            show("Conflicts, all kept", result.conflicts);
            show("Decisions that no longer fit the rules, all kept", result.unproposed);
        } else if (!result.conflicts.empty() || !result.unproposed.empty()) {
            messages_.note("conflicts: " + std::to_string(result.conflicts.size()) + "; decisions that no longer fit the rules: " + std::to_string(result.unproposed.size()) + "; see " + options_.report);
        }
        if (result.code_order_differs) messages_.note("the inputs list codes unlike each other; the result lists them by path");
        messages_.note("codings read: " + std::to_string(result.read) + " = written: " + std::to_string(result.stream.codings.size()) + " + duplicates: " + std::to_string(result.duplicates) +
                       " + proposals already decided: " + std::to_string(result.settled));
    }

    const MergeOptions& options_;
    const Streams& streams_;
    Messages messages_;
};

}  // namespace

Action setup_merge(CLI::App& app) {
    const auto options = std::make_shared<MergeOptions>();
    app.add_option("CODINGS", options->codings, "Codings (JSON Lines), - for standard input")->required();
    app.add_option("--report", options->report, "Write conflicts, and decisions that no longer fit the rules, as CSV [standard error]")->type_name("FILE");
    options->output.add_to(app);
    app.footer("Example: fangtan merge new-run.jsonl reviewed.jsonl -o codings.jsonl");
    return [options](const Streams& streams) { return MergeRun(*options, streams).run(); };
}

}  // namespace fangtan::cli
