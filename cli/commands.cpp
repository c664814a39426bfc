// SPDX-License-Identifier: Apache-2.0
#include <array>

#include "command.hpp"

namespace fangtan::cli {

std::span<const Command> commands() {
    static constexpr std::array kCommands = {
        Command{"code", "Apply a codebook to interviews and write codings", &setup_code},
        Command{"tabulate", "Make a coding matrix from codings, or from interviews in one step", &setup_tabulate},
        Command{"import", "Turn transcripts of any format into clean dialogue files", &setup_import},
        Command{"kwic", "List every place of a query with what stands around it", &setup_kwic},
        Command{"words", "Count words: frequencies, keywords of a group, what stands near a term", &setup_words},
        Command{"tokenize", "Split interviews into words", &setup_tokenize},
        Command{"codebook", "Check, show or convert a codebook, and suggest rules", &setup_codebook},
    };
    return kCommands;
}

}  // namespace fangtan::cli
