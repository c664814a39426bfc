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
#include "fangtan/text/segmenter.hpp"

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
    std::string text = tool_name() + "\nfold table " + std::string(fold_table_sha256()).substr(0, 16) + " (OpenCC and ICU)\n";
    const Segmenter segmenter = Segmenter::open({});
    const SegmenterIdentity& identity = segmenter.identity();
    text += "segmenter " + std::string(name_of(identity.kind)) + ", " + identity.data + " " + identity.data_sha256.substr(0, 16) + "\n";
    std::string others;
    for (const SegmenterKind kind : {SegmenterKind::libime, SegmenterKind::jieba, SegmenterKind::icu}) {
        if (kind != identity.kind && Segmenter::is_installed(kind)) others += (others.empty() ? "" : ", ") + std::string(name_of(kind));
    }
    return others.empty() ? text : text + "other segmenters: " + others + "\n";
}

const CLI::App& chosen(const CLI::App& app) {
    const CLI::App* at = &app;
    while (!at->get_subcommands().empty()) at = at->get_subcommands().front();
    return *at;
}

// "fangtan tabulatte", "fangtan code --untt": the word that nobody understands, with the nearest that somebody would;
// empty if it is something else that CLI11 complains of.
std::string unknown_word(const CLI::App& app) {
    const std::vector<std::string> words = app.remaining(true);
    if (words.empty()) return {};
    const CLI::App& command = chosen(app);
    const std::string word = words[0].substr(0, words[0].starts_with("--") ? words[0].find('=') : std::string::npos);
    std::vector<std::string> known;
    const bool option = word.starts_with('-');
    if (option) {
        for (const CLI::App* at : {&command, &app}) {
            for (const CLI::Option* each : at->get_options()) {
                for (const std::string& name : each->get_lnames()) known.push_back("--" + name);
            }
        }
    } else {
        for (const CLI::App* each : command.get_subcommands({})) known.push_back(each->get_name());
        if (known.empty()) return "nothing is expected where \"" + word + "\" stands";
    }
    const std::string near = nearest(word, known);
    return "there is no " + std::string(option ? "option" : "command") + " \"" + word + "\"" + (near.empty() ? "" : "; did you mean \"" + near + "\"?");
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
    app.footer("See man fangtan and man fangtan-COMMAND; fangtan-query(7) for rules and queries.");
    std::map<std::string, Action> actions;
    for (const Command& command : commands()) {
        CLI::App* sub = app.add_subcommand(command.name, command.summary);
        sub->set_help_flag("-h,--help", "Show this help and end");
        actions[command.name] = command.setup(*sub);
    }
    const Messages messages(streams);
    if (std::find(arguments.begin(), arguments.end(), "--version") != arguments.end() && (arguments.empty() || arguments[0] == "--version")) {
        print(streams, version_text());
        return kDone;
    }
    try {
        std::vector<std::string> reversed(arguments.rbegin(), arguments.rend());
        app.parse(reversed);
    } catch (const CLI::CallForHelp&) {
        const CLI::App& command = chosen(app);
        const std::string name = typed_command(app);
        print(streams, command.help(&command == &app ? "" : name.substr(0, name.rfind(' ')), CLI::AppFormatMode::Normal));
        return kDone;
    } catch (const CLI::ParseError& error) {
        const std::string unknown = unknown_word(app);
        const std::string sentence = unknown.empty() ? error.what() : unknown;
        messages.error("", sentence + (sentence.ends_with('?') ? "" : ".") + " See " + typed_command(app) + " --help");
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
