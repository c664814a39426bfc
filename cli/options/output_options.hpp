// SPDX-License-Identifier: Apache-2.0
//
// Where results go and in which format: -f decides, else the ending of -o,
// else what suits a terminal or a pipe.
#pragma once

#include <CLI/CLI.hpp>
#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <system_error>

#include "../streams.hpp"
#include "fangtan/base/error.hpp"
#include "fangtan/base/output.hpp"

namespace fangtan::cli {

struct OutputOptions {
    std::string path;    // empty or "-": standard output
    bool excel = false;

    void add_to(CLI::App& app) {
        app.add_option("-o,--output", path, "Write to FILE, whole or not at all [standard output]")->type_name("FILE");
        app.add_flag("--excel", excel, "CSV and TSV for a spreadsheet: byte-order mark, and cells that look like formulas are guarded");
    }
    [[nodiscard]] bool to_file() const { return !path.empty() && path != "-"; }
    [[nodiscard]] Output open(const Streams& streams) const {
        return to_file() ? Output::to_file(path) : Output::to_descriptor(streams.out, "standard output");
    }
    // An input is never written over: what the researcher typed or recorded cannot be made again.
    void refuse(const std::string& input) const {
        std::error_code none;
        if (!to_file() || input.empty() || !std::filesystem::is_regular_file(path, none) || !std::filesystem::equivalent(path, input, none)) return;
        throw Error(ErrorKind::usage, "-o " + path, "is an input of this command and would be written over; name another file");
    }
    // For commands that write one format only: a name that promises another is refused.
    void require_ending(const std::string& ending) const {
        const std::size_t dot = path.rfind('.');
        if (!to_file() || dot == std::string::npos || path.substr(dot + 1) == ending || !promises_a_format(path.substr(dot + 1))) return;
        throw Error(ErrorKind::usage, "-o " + path, "this command writes ." + ending + " only; name a file that ends so");
    }
    // What people would open with another program must not hold something else.
    [[nodiscard]] static bool promises_a_format(const std::string& ending) {
        static const std::set<std::string> known = {"xls", "xlsx", "doc", "docx", "odt", "ods", "rtf", "pdf", "png", "jpg", "sav"};
        return known.contains(ending);
    }
    // `chosen` (from -f) if it is not empty, else the ending of the file, else `terminal` or `pipe`.
    template <class Format>
    [[nodiscard]] Format format(const std::string& chosen, const std::map<std::string, Format>& formats, Format terminal, Format pipe, const Streams& streams) const {
        if (!chosen.empty()) {
            const auto found = formats.find(chosen);
            if (found != formats.end()) return found->second;
            std::string names;
            for (const auto& entry : formats) names += (names.empty() ? "" : ", ") + entry.first;
            throw Error(ErrorKind::usage, "-f " + chosen, "unknown format; known are " + names);
        }
        const std::size_t dot = path.rfind('.');
        if (to_file() && dot != std::string::npos) {
            const auto found = formats.find(path.substr(dot + 1));
            if (found != formats.end()) return found->second;
            if (promises_a_format(path.substr(dot + 1))) {
                std::string names;
                for (const auto& entry : formats) names += (names.empty() ? "" : ", ") + entry.first;
                throw Error(ErrorKind::usage, "-o " + path, "this command does not write ." + path.substr(dot + 1) + "; known are " + names + " (-f says which, whatever the file is called)");
            }
        }
        return !to_file() && streams.out_is_terminal ? terminal : pipe;
    }
};

}  // namespace fangtan::cli
