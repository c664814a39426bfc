// SPDX-License-Identifier: Apache-2.0
//
// Options that take one of a few names. An enumeration never shows its
// numbers: CLI11's own transformer would accept and print them.
#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <utility>
#include <vector>

namespace fangtan::cli {

template <class Value>
using Choices = std::vector<std::pair<std::string, Value>>;  // in the order in which messages name them

// Sets `value` (an enumeration, or an optional of one) when the option is given; any other word is bad usage.
template <class Value, class Target>
CLI::Option* add_choice(CLI::App& app, const std::string& option, Target& value, const Choices<Value>& choices, const std::string& help,
                        const std::string& type_name) {
    const auto set = [&value, choices](const CLI::results_t& words) {
        for (const auto& [name, choice] : choices) {
            if (words.back() == name) {
                value = choice;
                return true;
            }
        }
        return false;
    };
    CLI::Option* added = app.add_option(option, set, help)->type_name(type_name);
    std::string names;
    for (const auto& entry : choices) names += (names.empty() ? "" : ", ") + entry.first;
    return added->check(CLI::Validator(
        [choices, names](std::string& word) {
            for (const auto& entry : choices) {
                if (entry.first == word) return std::string();
            }
            return "expected one of " + names + ", found \"" + word + "\"";
        },
        ""));
}

}  // namespace fangtan::cli
