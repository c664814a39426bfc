// SPDX-License-Identifier: Apache-2.0
//
// In which language results are printed: as asked for, else the codebook's.
#pragma once

#include <CLI/CLI.hpp>
#include <optional>

#include "choice.hpp"
#include "coded_corpus.hpp"
#include "fangtan/analysis/tabulate.hpp"

namespace fangtan::cli {

inline void add_language(CLI::App& app, std::optional<Language>& language) {
    add_choice<Language>(app, "--lang", language, {{"zh-Hans", Language::zh_hans}, {"zh-Hant", Language::zh_hant}, {"en", Language::english}},
                         "Language of headings and notes: zh-Hans, zh-Hant, en [the codebook's]", "LANGUAGE");
}

[[nodiscard]] inline Language chosen_language(const std::optional<Language>& typed, const CodedCorpus& corpus) {
    const std::string& name = corpus.codebook ? corpus.codebook->language() : corpus.set.language;
    return typed.value_or(name == "en" ? Language::english : name == "zh-Hant" ? Language::zh_hant : Language::zh_hans);
}

}  // namespace fangtan::cli
