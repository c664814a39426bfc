// SPDX-License-Identifier: Apache-2.0
#include "app.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <map>
#include <new>

#include "command.hpp"
#include "options/choice.hpp"
#include "fangtan/base/error.hpp"
#include "fangtan/base/output.hpp"
#include "fangtan/text/diagnostic_text.hpp"
#include "fangtan/text/fold.hpp"

namespace fangtan::cli {
namespace {

int status_of(ErrorKind kind) {
    switch (kind) {
        case ErrorKind::usage: return kBadUsage;
        case ErrorKind::input: return kBadInput;
        case ErrorKind::output: return kOutputFailed;
        case ErrorKind::internal: break;
    }
    return kInternalFault;
}

std::string version_text() {
    return tool_name() + "\nfold table " + std::string(fold_table_sha256()).substr(0, 16) + " (OpenCC and ICU)\n";
}

// "fangtan tabulatte": a word that is no command, before CLI11 complains in its own words.
bool is_unknown_command(const std::vector<std::string>& arguments, std::string& message) {
    const auto first = std::find_if(arguments.begin(), arguments.end(), [](const std::string& word) { return !word.starts_with('-'); });
    if (first == arguments.end()) return false;
    std::vector<std::string> names;
    for (const Command& command : commands()) names.emplace_back(command.name);
    if (std::find(names.begin(), names.end(), *first) != names.end()) return false;
    if (first != arguments.begin() && *(first - 1) == "--color") return false;
    const std::string near = nearest(*first, names);
    message = "there is no command \"" + *first + "\"" + (near.empty() ? "" : "; did you mean \"" + near + "\"?") + " See fangtan --help";
    return true;
}

void print(const Streams& streams, const std::string& text) {
    Output out = Output::to_descriptor(streams.out, "standard output");
    out.write(text);
    out.commit();
}

// The subcommand path that was typed, for the hint at --help.
std::string typed_command(const CLI::App& app) {
    std::string name = "fangtan";
    const CLI::App* at = &app;
    while (true) {
        const auto chosen = at->get_subcommands();
        if (chosen.empty()) return name;
        at = chosen.front();
        name += " " + at->get_name();
    }
}

int run_checked(const std::vector<std::string>& arguments, Streams& streams) {
    CLI::App app("fangtan (访谈): qualitative interview coding on the command line, Chinese first", "fangtan");
    app.set_help_flag("-h,--help", "Show this help and end");
    app.require_subcommand(1);
    app.fallthrough();
    app.get_formatter()->column_width(36);
    bool version = false;
    app.add_flag("--version", version, "Show version and data in use, and end");
    ColorChoice color = ColorChoice::automatic;
    add_choice<ColorChoice>(app, "--color", color, {{"auto", ColorChoice::automatic}, {"always", ColorChoice::always}, {"never", ColorChoice::never}},
                            "Colour in messages: auto, always or never", "WHEN");
    app.footer("See man fangtan, fangtan-code, fangtan-tabulate, fangtan-codebook; fangtan-query(7) for rules.");
    std::map<std::string, Action> actions;
    for (const Command& command : commands()) {
        CLI::App* sub = app.add_subcommand(command.name, command.summary);
        sub->set_help_flag("-h,--help", "Show this help and end");
        actions[command.name] = command.setup(*sub);
    }
    const Messages messages(streams);
    std::string unknown;
    if (std::find(arguments.begin(), arguments.end(), "--version") != arguments.end() && (arguments.empty() || arguments[0] == "--version")) {
        print(streams, version_text());
        return kDone;
    }
    if (is_unknown_command(arguments, unknown)) {
        messages.error("", unknown);
        return kBadUsage;
    }
    try {
        std::vector<std::string> reversed(arguments.rbegin(), arguments.rend());
        app.parse(reversed);
    } catch (const CLI::CallForHelp&) {
        const CLI::App* at = &app;
        while (!at->get_subcommands().empty()) at = at->get_subcommands().front();
        const std::string name = typed_command(app);
        print(streams, at->help(at == &app ? "" : name.substr(0, name.rfind(' ')), CLI::AppFormatMode::Normal));
        return kDone;
    } catch (const CLI::ParseError& error) {
        messages.error("", std::string(error.what()) + ". See " + typed_command(app) + " --help");
        return kBadUsage;
    }
    if (color != ColorChoice::automatic) streams.color = color == ColorChoice::always;
    return actions.at(app.get_subcommands().front()->get_name())(streams);
}

}  // namespace

std::string tool_name() { return std::string("fangtan ") + FANGTAN_VERSION; }

int run(const std::vector<std::string>& arguments, const Streams& given) {
    Streams streams = given;  // --color has its say
    const Messages messages(streams);
    try {
        return run_checked(arguments, streams);
    } catch (const ClosedPipe&) {
        return kDone;
    } catch (const Error& error) {
        messages.error(error.place(), error.what());
        return status_of(error.kind());
    } catch (const std::bad_alloc&) {
        messages.error("", "not enough memory; nothing was written");
        return kInternalFault;
    } catch (const std::exception& error) {
        messages.error("", std::string("a fault of the program: ") + error.what());
        return kInternalFault;
    }
}

}  // namespace fangtan::cli
