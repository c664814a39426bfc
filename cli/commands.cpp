// SPDX-License-Identifier: Apache-2.0
#include <array>

#include "command.hpp"

namespace fangtan::cli {

std::span<const Command> commands() {
    static constexpr std::array kCommands = {
        Command{"code", "Apply a codebook to interviews and write codings", &setup_code},
        Command{"tabulate", "Make a coding matrix from codings, or from interviews in one step", &setup_tabulate},
        Command{"compare", "Compare two groups or periods: shares of codes, their difference, keyness", &setup_compare},
        Command{"saturate", "Say whether the interviews were enough: new codes by interview, saturation", &setup_saturate},
        Command{"review", "Put codings into a sheet for decisions, and take the decisions back", &setup_review},
        Command{"merge", "Unite codings of shards, coders and runs; decisions stay", &setup_merge},
        Command{"relocate", "Find codings again after their transcripts were edited", &setup_relocate},
        Command{"recode", "Rename, merge, split or move codes in codebook and codings", &setup_recode},
        Command{"agree", "Compare coders: agreement, Krippendorff's α, κ and others, and where they differ", &setup_agree},
        Command{"evaluate", "Hold the rules against codings by hand: precision, recall, what is missed", &setup_evaluate},
        Command{"explain", "Say which rules fire in a turn and why, or what a rule lacks there", &setup_explain},
        Command{"import", "Turn transcripts of any format into clean dialogue files", &setup_import},
        Command{"kwic", "List every place of a query with what stands around it", &setup_kwic},
        Command{"quotes", "Collect coded passages as quotations with their sources", &setup_quotes},
        Command{"cooccur", "Count which codes occur together, as a table or a network", &setup_cooccur},
        Command{"report", "Put everything about the codings on one page of HTML", &setup_report},
        Command{"plot", "Draw codings as SVG: bars, heat map, saturation, network", &setup_plot},
        Command{"words", "Count words: frequencies, keywords of a group, what stands near a term", &setup_words},
        Command{"tokenize", "Split interviews into words", &setup_tokenize},
        Command{"codebook", "Check, show or convert a codebook, and suggest rules", &setup_codebook},
    };
    return kCommands;
}

}  // namespace fangtan::cli
