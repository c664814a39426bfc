// SPDX-License-Identifier: Apache-2.0
//
// From what stands on the command line to the documents of a corpus, in a
// fixed order: folders are walked bytewise sorted, every document gets an id
// and the name that outputs use.
#pragma once

#include <string>
#include <vector>

namespace fangtan {

struct InputFile {
    std::string path;  // to open; "-" is standard input
    std::string file;  // as outputs name it: never absolute, the same from any working directory
    std::string below; // the path below the folder that was named; of a file that was named, its name
    std::string stem;  // file name without its ending
    std::string id;    // unique among the inputs
};

struct InputList {
    std::vector<InputFile> files;
    std::vector<std::string> passed_over;  // in folders: paths of files that are no transcripts
    std::vector<std::string> unreadable_formats;  // in folders: .doc, .rtf …, which may hold interviews but cannot be read
};

namespace reader {

// `arguments`: files, folders, "-". In folders all formats that can be read are taken (CSV and TSV if they are chat
// tables); hidden files, symbolic links and READMEs are not. Throws Error(input): missing, a folder that cannot be listed, a link loop; Error(usage): one file named twice.
[[nodiscard]] InputList list_inputs(const std::vector<std::string>& arguments);

// Whether a CSV or TSV file is a chat table; it may also hold participants or codings. Reads the file; false if that fails.
[[nodiscard]] bool holds_chat(const std::string& path);

// The participants.csv files that belong to the inputs: for each input the nearest one in its folder or a folder
// above it, up to two above what was named on the command line. Paths, each once, in the order of the inputs.
[[nodiscard]] std::vector<std::string> find_participant_files(const std::vector<std::string>& arguments, const InputList& inputs);

}  // namespace reader
}  // namespace fangtan
