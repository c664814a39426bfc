// SPDX-License-Identifier: Apache-2.0
//
// What a subcommand is: a name, a line of help, and a set-up that describes
// its options and returns the work. Set-up opens no file; the work does.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <span>

#include "streams.hpp"

namespace fangtan::cli {

// Exit status, as scripts rely on it (fangtan(1)).
enum ExitStatus : int { kDone = 0, kAnswerIsNo = 1, kBadUsage = 2, kBadInput = 3, kOutputFailed = 4, kInternalFault = 5 };

using Action = std::function<int(const Streams&)>;

struct Command {
    const char* name;
    const char* summary;
    Action (*setup)(CLI::App& app);
};

// In the order of the help.
[[nodiscard]] std::span<const Command> commands();

// Each in commands/<name>.cpp.
Action setup_code(CLI::App& app);
Action setup_tabulate(CLI::App& app);
Action setup_compare(CLI::App& app);
Action setup_saturate(CLI::App& app);
Action setup_review(CLI::App& app);
Action setup_merge(CLI::App& app);
Action setup_relocate(CLI::App& app);
Action setup_recode(CLI::App& app);
Action setup_agree(CLI::App& app);
Action setup_evaluate(CLI::App& app);
Action setup_explain(CLI::App& app);
Action setup_import(CLI::App& app);
Action setup_words(CLI::App& app);
Action setup_tokenize(CLI::App& app);
Action setup_codebook(CLI::App& app);
Action setup_codebook_suggest(CLI::App& app);  // of `codebook`
Action setup_kwic(CLI::App& app);
Action setup_quotes(CLI::App& app);
Action setup_report(CLI::App& app);
Action setup_plot(CLI::App& app);
Action setup_cooccur(CLI::App& app);

}  // namespace fangtan::cli
