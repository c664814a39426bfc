// SPDX-License-Identifier: Apache-2.0
#include "fangtan/reader/inputs.hpp"

#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <system_error>

#include "fangtan/base/error.hpp"
#include "fangtan/base/file.hpp"
#include "fangtan/reader/formats.hpp"
#include "fangtan/reader/read.hpp"
#include "fangtan/text/decode.hpp"
#include "fangtan/text/utf8.hpp"

namespace fangtan::reader {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kDepthMaximum = 256;
constexpr int kFoldersAbove = 2;

std::string ending_of(const std::string& name) {
    const std::size_t dot = name.rfind('.');
    if (dot == std::string::npos || dot == 0) return {};
    std::string ending = name.substr(dot + 1);
    std::transform(ending.begin(), ending.end(), ending.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return ending;
}

bool is_transcript(const std::string& path, const std::string& name) {
    const std::optional<Format> format = format_of(name);
    return format && (*format != Format::table || (name != "participants.csv" && holds_chat(path)));
}

// What explains a folder is nobody's speech.
bool is_readme(const std::string& name) {
    std::string stem = name.substr(0, name.find('.'));
    std::transform(stem.begin(), stem.end(), stem.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return stem == "readme";
}

bool is_other_format(const std::string& name) {
    static constexpr std::array<std::string_view, 4> kEndings = {"doc", "rtf", "wps", "pages"};
    return std::find(kEndings.begin(), kEndings.end(), ending_of(name)) != kEndings.end();
}

std::string name_of(const std::string& path) {
    const std::size_t slash = path.find_last_not_of('/');
    if (slash == std::string::npos) return path;
    const std::string clean = path.substr(0, slash + 1);
    return clean.substr(clean.rfind('/') + 1);
}

std::string without_ending(const std::string& name) {
    const std::size_t slash = name.rfind('/');
    const std::size_t dot = name.rfind('.');
    const std::size_t first = slash == std::string::npos ? 0 : slash + 1;
    return dot == std::string::npos || dot <= first ? name : name.substr(0, dot);
}

// Names of files are bytes, outputs are UTF-8: a byte that is not becomes \xb7, as in messages.
std::string in_utf8(std::string name) {
    while (const auto fault = utf8::first_fault(name)) name.replace(*fault, 1, utf8::escaped(name.substr(*fault, 1)));
    return name;
}

// The folder's own name, also for "." and "..".
std::string folder_name(const std::string& path) {
    std::error_code error;
    const fs::path canonical = fs::canonical(path, error);
    const std::string name = error ? name_of(path) : canonical.filename().string();
    return name.empty() ? "root" : name;
}

class Lister {
 public:
    void add(const std::string& argument) {
        if (argument == "-") return add_file("-", "-", "-", "-");
        struct stat status {};
        if (::stat(argument.c_str(), &status) != 0) {
            throw Error(ErrorKind::input, argument, errno == ENOENT ? "no such file or folder" : std::string("cannot be read: ") + std::strerror(errno));
        }
        if (S_ISDIR(status.st_mode)) return walk(argument, folder_name(argument), "", 0);
        std::error_code error;
        const fs::path canonical = fs::canonical(argument, error);
        const std::string folder = canonical.filename() == name_of(argument) ? canonical.parent_path().string() : canonical.string();
        add_file(argument, name_of(argument), name_of(argument), folder);
    }

    InputList finish() {
        give_ids();
        return std::move(list_);
    }

 private:
    // `canonical`: the folder of the file, resolved once for all its files.
    void add_file(const std::string& path, const std::string& shown, const std::string& below, const std::string& canonical) {
        if (!seen_.insert(canonical + "/" + name_of(path)).second) {
            throw Error(ErrorKind::usage, path, "is named twice; its codings would count twice");
        }
        list_.files.push_back({path, in_utf8(shown), in_utf8(below), path == "-" ? "stdin" : in_utf8(without_ending(name_of(path))), {}});
    }

    void walk(const std::string& folder, const std::string& shown, const std::string& below_top, std::size_t depth) {
        if (depth > kDepthMaximum) throw Error(ErrorKind::input, folder, "folders are nested more than 256 deep");
        std::error_code error;
        const std::string canonical = fs::canonical(folder, error).string();
        std::vector<fs::directory_entry> entries;
        for (fs::directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) entries.push_back(*at);
        if (error) throw Error(ErrorKind::input, folder, "the folder cannot be listed: " + error.message());
        std::sort(entries.begin(), entries.end(), [](const auto& a, const auto& b) { return a.path().native() < b.path().native(); });
        for (const fs::directory_entry& entry : entries) {
            const std::string name = entry.path().filename().string();
            if (name.starts_with('.')) continue;
            const std::string path = folder + (folder.ends_with('/') ? "" : "/") + name;
            const std::string below = shown + "/" + name;
            const std::string relative = below_top + name;
            if (entry.is_symlink(error)) {
                list_.passed_over.push_back(below);
            } else if (entry.is_directory(error)) {
                walk(path, below, relative + "/", depth + 1);
            } else if (!is_readme(name) && entry.is_regular_file(error) && is_transcript(path, name)) {
                add_file(path, below, relative, canonical);
            } else if (is_other_format(name)) {
                list_.unreadable_formats.push_back(below);
            } else if (name != "participants.csv") {
                list_.passed_over.push_back(below);
            }
        }
    }

    // The stem where it is unique, else more and more of what tells the files apart.
    void give_ids() {
        const std::array<std::string (*)(const InputFile&), 5> candidates = {
            [](const InputFile& file) { return file.stem; },
            [](const InputFile& file) { return without_ending(file.below); },
            [](const InputFile& file) { return without_ending(file.file); },
            [](const InputFile& file) { return file.file; },
            [](const InputFile& file) {
                const fs::path path = fs::absolute(file.path).lexically_normal();
                return without_ending((path.parent_path().filename() / path.filename()).string());
            }};
        for (const auto candidate : candidates) {
            std::map<std::string, std::size_t> uses;
            for (const InputFile& file : list_.files) ++uses[file.id.empty() ? candidate(file) : file.id];
            for (InputFile& file : list_.files) {
                if (file.id.empty() && uses[candidate(file)] == 1) file.id = candidate(file);
            }
        }
        std::size_t number = 0;
        for (InputFile& file : list_.files) {
            ++number;
            if (file.id.empty()) file.id = file.stem + "#" + std::to_string(number);
        }
    }

    InputList list_;
    std::set<std::string> seen_;
};

std::optional<std::string> nearest_participants(fs::path folder, const fs::path& top) {
    int above = -1;  // counts once the top is reached
    while (true) {
        std::error_code error;
        const fs::path candidate = folder / "participants.csv";
        if (fs::is_regular_file(candidate, error)) return candidate.string();
        if (folder == top) above = 0;
        if (above >= 0 && above++ == kFoldersAbove) return std::nullopt;
        if (!folder.has_relative_path()) return std::nullopt;
        folder = folder.parent_path();
    }
}

}  // namespace

bool holds_chat(const std::string& path) {
    constexpr std::size_t kWorthALook = std::size_t{64} << 20;
    try {
        return is_chat_table(decode(read_file(path, kWorthALook), path).text);
    } catch (const Error&) {
        return false;
    }
}

InputList list_inputs(const std::vector<std::string>& arguments) {
    Lister lister;
    for (const std::string& argument : arguments) lister.add(argument);
    return lister.finish();
}

std::vector<std::string> find_participant_files(const std::vector<std::string>& arguments, const InputList& inputs) {
    std::set<fs::path> tops;
    std::error_code error;
    for (const std::string& argument : arguments) {
        if (argument == "-") continue;
        const fs::path path = fs::canonical(argument, error);
        if (!error) tops.insert(fs::is_directory(path, error) ? path : path.parent_path());
    }
    std::set<std::string> folders_as_named;
    std::map<fs::path, std::optional<std::string>> by_folder;
    std::vector<std::string> found;
    for (const InputFile& file : inputs.files) {
        if (file.path == "-" || !folders_as_named.insert(file.path.substr(0, file.path.rfind('/') + 1)).second) continue;
        const fs::path folder = fs::canonical(file.path, error).parent_path();
        if (error) continue;
        const auto [entry, added] = by_folder.try_emplace(folder);
        if (!added) continue;
        fs::path top = folder;
        for (fs::path at = folder; at.has_relative_path(); at = at.parent_path()) {
            if (tops.contains(at)) top = at;
        }
        entry->second = nearest_participants(folder, top);
        if (entry->second && std::find(found.begin(), found.end(), *entry->second) == found.end()) found.push_back(*entry->second);
    }
    return found;
}

}  // namespace fangtan::reader
