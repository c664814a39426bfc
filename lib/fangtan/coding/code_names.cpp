// SPDX-License-Identifier: Apache-2.0
#include "fangtan/coding/code_names.hpp"

#include <algorithm>
#include <set>

#include "fangtan/text/boundary.hpp"
#include "fangtan/text/diagnostic_text.hpp"
#include "fangtan/text/fold.hpp"
#include "fangtan/text/utf8.hpp"

namespace fangtan::coding {
namespace {

std::string_view trimmed_text(std::string_view text) { return trimmed(text, span_of(0, static_cast<std::uint32_t>(text.size()))).of(text); }

std::string joined(const std::vector<std::string>& names, std::size_t from = 0) {
    std::string path;
    for (std::size_t i = from; i < names.size(); ++i) path += (i > from ? "/" : "") + names[i];
    return path;
}

std::string listed(const std::vector<std::string>& words) {
    std::string list;
    for (const std::string& word : words) list += (list.empty() ? "" : ", ") + word;
    return list;
}

}  // namespace

CodeNames::CodeNames(const Codebook& codebook) {
    for (const Code& code : codebook.codes()) add(code.id, code.name, code.path);
}

void CodeNames::add(const std::string& id, const std::string& name, const std::vector<std::string>& path) {
    const auto number = static_cast<std::uint32_t>(codes_.size());
    codes_.push_back({id, name, joined(path)});
    ids_.emplace(id, number);
    std::set<std::string> ends = {name};
    for (std::size_t from = 0; from < path.size(); ++from) ends.insert(joined(path, from));
    std::set<std::string> folded = {fold(id)};
    for (const std::string& end : ends) {
        names_[end].push_back(number);
        folded.insert(fold(end));
    }
    for (const std::string& spelling : folded) folded_[spelling].push_back(number);
}

std::vector<std::string> CodeNames::split_path(std::string_view path) {
    static const std::vector<std::string_view> separators = {"/", "／", ">", "＞", "→"};
    std::vector<std::string> parts;
    std::size_t from = 0;
    const auto add_part = [&](std::size_t end) {
        const std::string_view part = trimmed_text(path.substr(from, end - from));
        if (!part.empty()) parts.emplace_back(part);
    };
    for (std::size_t at = 0; at < path.size();) {
        const auto separator = std::find_if(separators.begin(), separators.end(), [&](std::string_view one) { return path.substr(at).starts_with(one); });
        if (separator == separators.end()) {
            at += utf8::length(path[at]);
            continue;
        }
        add_part(at);
        from = at += separator->size();
    }
    add_part(path.size());
    return parts;
}

CodeNames::Found CodeNames::among(const Numbers& names, const std::string& name) const {
    const auto found = names.find(name);
    if (found == names.end()) return {};
    const std::vector<std::uint32_t>& codes = found->second;
    if (codes.size() == 1) return {codes[0], {}};
    const auto whole = std::find_if(codes.begin(), codes.end(), [&](std::uint32_t code) { return codes_[code].path == name; });
    if (whole != codes.end()) return {*whole, {}};
    Found result;
    for (const std::uint32_t code : codes) result.candidates.push_back(codes_[code].id);
    return result;
}

CodeNames::Found CodeNames::find(std::string_view name) const {
    const std::string written(trimmed_text(name));
    if (const auto id = ids_.find(written); id != ids_.end()) return {id->second, {}};
    const std::string path = joined(split_path(written));
    Found found = among(names_, path);
    if (!found.nothing()) return found;
    found = among(folded_, fold(written));
    return found.nothing() ? among(folded_, fold(path)) : found;
}

// Names that share pairs of neighbouring characters, most first; else of single ones.
std::vector<std::string> CodeNames::similar(const std::string& name) const {
    const std::u32string wanted = utf8::to_code_points(fold(name));
    for (const std::size_t length : {std::size_t{2}, std::size_t{1}}) {
        std::vector<std::pair<std::size_t, std::string>> ranked;
        for (const Entry& code : codes_) {
            const std::u32string other = utf8::to_code_points(fold(code.name));
            std::set<std::u32string> shared;
            for (std::size_t at = 0; at + length <= wanted.size(); ++at) {
                const std::u32string part = wanted.substr(at, length);
                if (other.find(part) != std::u32string::npos) shared.insert(part);
            }
            if (!shared.empty()) ranked.emplace_back(shared.size(), code.name);
        }
        std::stable_sort(ranked.begin(), ranked.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
        constexpr std::size_t kShown = 5;
        std::vector<std::string> names;
        for (std::size_t i = 0; i < std::min(kShown, ranked.size()); ++i) names.push_back(ranked[i].second);
        if (!names.empty()) return names;
    }
    return {};
}

std::string CodeNames::fault(const std::string& name) const {
    const Found found = find(name);
    if (!found.candidates.empty()) return "several codes are called \"" + name + "\" (" + listed(found.candidates) + "); write the id or more of the path";
    std::vector<std::string> known;
    for (const Entry& code : codes_) {
        for (const std::string& spelling : {code.name, code.id, code.path}) known.push_back(spelling);
    }
    const std::string near = nearest(name, known);
    const std::string message = "no code is called \"" + name + "\"";
    if (!near.empty()) return message + "; did you mean \"" + near + "\"?";
    const std::vector<std::string> alike = similar(name);
    return alike.empty() ? message : message + "; codes with some of its characters: " + listed(alike);
}

}  // namespace fangtan::coding
