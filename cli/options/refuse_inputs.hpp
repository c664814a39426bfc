// SPDX-License-Identifier: Apache-2.0
//
// No command writes over what it reads. For commands whose arguments are told
// apart only later: every argument is refused, and every file in a folder.
#pragma once

#include <filesystem>
#include <system_error>

#include "coded_corpus.hpp"
#include "output_options.hpp"

namespace fangtan::cli {

// Throws Error(usage) if the output is an input.
inline void refuse_inputs(const OutputOptions& output, const CodedCorpusOptions& inputs) {
    output.refuse(inputs.unit.codebook);
    output.refuse(inputs.corpus.participants);
    output.refuse(inputs.corpus.files_from);
    std::error_code none;
    for (const std::string& input : inputs.corpus.inputs) {
        output.refuse(input);
        if (!output.to_file() || !std::filesystem::is_regular_file(output.path, none) || !std::filesystem::is_directory(input, none)) continue;
        const std::filesystem::path folder = std::filesystem::canonical(input, none);
        for (std::filesystem::path inside = std::filesystem::canonical(output.path, none); inside.has_relative_path(); inside = inside.parent_path()) {
            if (inside == folder) output.refuse(output.path);
        }
    }
}

}  // namespace fangtan::cli
