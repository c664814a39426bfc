// SPDX-License-Identifier: Apache-2.0
//
// Every transcript in tests/fixtures that has a file NAME.turns beside it is
// read, and must give just what stands there: format, layout, each turn with
// its speaker and words, and what was left out. Then it is written as a dialogue
// file and read again: everybody must still say the same.
#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "fangtan/base/file.hpp"
#include "fangtan/reader/dialogue_file.hpp"
#include "fangtan/reader/read.hpp"

using namespace fangtan;
namespace fs = std::filesystem;

namespace {

std::string shown(std::string_view text) {
    std::string line;
    for (const char c : text) {
        if (c == '\n') {
            line += "⏎";
        } else {
            line += c;
        }
    }
    return line;
}

std::string heading_of(const std::vector<std::string>& path) {
    std::string text;
    for (const std::string& name : path) text += (text.empty() ? "" : " > ") + name;
    return text;
}

std::string picture_of(const Transcript& transcript) {
    std::ostringstream out;
    out << "format " << transcript.format << ", layout " << name_of(transcript.layout) << (transcript.reflowed ? ", reflowed" : "") << "\n";
    const std::vector<std::string>* heading = &transcript.headings[0];
    for (const Turn& turn : transcript.turns) {
        const Speaker& speaker = transcript.speakers[turn.speaker];
        if (transcript.headings[turn.heading] != *heading) out << "# " << heading_of(transcript.headings[turn.heading]) << "\n";
        heading = &transcript.headings[turn.heading];
        out << speaker.label << (speaker.interviewer ? " [interviewer]" : " [" + speaker.participant + "]");
        if (!speaker.role.empty()) out << " (" << speaker.role << ")";
        out << "\t" << shown(turn.body.of(transcript.text)) << "\n";
    }
    for (const LeftOut& left : transcript.left_out) out << "- " << left.what << (left.where.empty() ? "" : ", " + left.where) << "\n";
    return out.str();
}

InputFile input_of(const fs::path& path) {
    InputFile input;
    input.path = path.string();
    input.file = input.below = path.filename().string();
    input.stem = input.id = path.stem().string();
    return input;
}

// Options stand in a file NAME.options: "speakers=顶格=I,缩进=P1", "layout=quotes".
ReadOptions options_of(const fs::path& path) {
    ReadOptions options;
    std::ifstream file(path.string() + ".options");
    for (std::string line; std::getline(file, line);) {
        bool good = true;
        if (line.starts_with("speakers=")) options.dialogue.declared = transcript::parse_declared(line.substr(9), good);
        if (line == "layout=plain") options.layout = Layout::plain;
        if (line == "layout=quotes") options.layout = Layout::quotes;
        REQUIRE(good);
    }
    return options;
}

}  // namespace

TEST_CASE("transcripts of every format and shape") {
    const fs::path folder = fs::path(FANGTAN_SOURCE_FOLDER) / "tests/fixtures";
    std::vector<fs::path> files;
    for (const fs::directory_entry& entry : fs::recursive_directory_iterator(folder)) {
        if (entry.path().extension() == ".turns") files.push_back(entry.path());
    }
    std::sort(files.begin(), files.end());
    REQUIRE(files.size() >= 40);
    for (const fs::path& expected : files) {
        fs::path path = expected;
        path.replace_extension();  // talk.docx.turns -> talk.docx
        CAPTURE(path.string());
        std::vector<std::string> notes;
        const ReadOptions options = options_of(path);
        const Transcript transcript = reader::read(input_of(path), options, notes);
        const std::string picture = picture_of(transcript);
        if (std::getenv("FANGTAN_UPDATE_FIXTURES") != nullptr) std::ofstream(expected) << picture;
        CHECK(picture == read_file(expected.string()));

        InputFile again = input_of(path);
        again.path = "imported/" + again.stem + ".txt";
        CHECK(reader::says_the_same(transcript, reader::read_bytes(reader::to_dialogue(transcript), again, {}, notes)));
    }
}
