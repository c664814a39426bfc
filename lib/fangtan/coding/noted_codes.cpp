// SPDX-License-Identifier: Apache-2.0
#include "fangtan/coding/noted_codes.hpp"

#include <algorithm>
#include <array>

#include "fangtan/text/boundary.hpp"
#include "fangtan/text/diagnostic_text.hpp"
#include "fangtan/text/fold.hpp"
#include "fangtan/text/utf8.hpp"

namespace fangtan::coding {
namespace {

std::string_view trimmed_text(std::string_view text) { return trimmed(text, span_of(0, static_cast<std::uint32_t>(text.size()))).of(text); }

using Separators = std::vector<std::string_view>;

// Trimmed, without the empty ones.
std::vector<std::string> split(std::string_view text, const Separators& separators) {
    std::vector<std::string> parts;
    std::size_t from = 0;
    const auto add = [&](std::size_t end) {
        const std::string_view part = trimmed_text(text.substr(from, end - from));
        if (!part.empty()) parts.emplace_back(part);
    };
    for (std::size_t at = 0; at < text.size();) {
        const auto separator = std::find_if(separators.begin(), separators.end(), [&](std::string_view one) { return text.substr(at).starts_with(one); });
        if (separator == separators.end()) {
            at += utf8::length(text[at]);
            continue;
        }
        add(at);
        from = at += separator->size();
    }
    add(text.size());
    return parts;
}

// Full-width solidus and arrows too.
const Separators& path_separators() {
    static const Separators separators = {"/", "／", ">", "＞", "→"};
    return separators;
}

std::string joined(const std::vector<std::string>& names, std::size_t from = 0) {
    std::string path;
    for (std::size_t i = from; i < names.size(); ++i) path += (i > from ? "/" : "") + names[i];
    return path;
}

// Of codes in pre-order, the place behind the subtree of `parent`.
std::size_t end_of_subtree(const std::vector<Code>& codes, std::size_t parent) {
    std::size_t at = parent + 1;
    while (at < codes.size() && codes[at].level > codes[parent].level) ++at;
    return at;
}

std::size_t insert(std::vector<Code>& codes, const std::string& name, std::optional<std::size_t> parent) {
    const std::size_t at = parent ? end_of_subtree(codes, *parent) : codes.size();
    Code code;
    code.name = name;
    if (parent) code.path = codes[*parent].path;
    code.path.push_back(name);
    code.id = joined(code.path);
    code.level = static_cast<std::uint32_t>(code.path.size());
    if (parent) {
        code.parent = CodeId{static_cast<std::uint32_t>(*parent)};
        codes[*parent].has_children = true;
    }
    for (Code& other : codes) {
        if (other.parent && static_cast<std::size_t>(*other.parent) >= at) other.parent = CodeId{static_cast<std::uint32_t>(*other.parent) + 1};
    }
    codes.insert(codes.begin() + static_cast<std::ptrdiff_t>(at), std::move(code));
    return at;
}

// Without what rules mean, which a codebook cannot copy; what is written in them stays.
std::vector<Code> copy_of(const std::vector<Code>& codes) {
    std::vector<Code> copies;
    for (const Code& code : codes) {
        Code copy;
        copy.id = code.id;
        copy.name = code.name;
        copy.path = code.path;
        copy.parent = code.parent;
        copy.level = code.level;
        copy.has_children = code.has_children;
        copy.definition = code.definition;
        copy.include = code.include;
        copy.exclude = code.exclude;
        copy.color = code.color;
        copy.examples = code.examples;
        copy.counterexamples = code.counterexamples;
        copy.unit = code.unit;
        copy.speakers = code.speakers;
        for (const Rule& rule : code.rules) {
            copy.rules.emplace_back();
            copy.rules.back().source = rule.source;
        }
        copies.push_back(std::move(copy));
    }
    return copies;
}

Codebook with(const Codebook& codebook, std::vector<Code> codes) {
    return {codebook.name(), codebook.version(), codebook.language(), codebook.source(), codebook.levels(), std::move(codes), {}};
}

}  // namespace

CodebookNames::CodebookNames(const Codebook& codebook) : codebook_(codebook) {
    for (std::size_t i = 0; i < codebook.codes().size(); ++i) {
        const Code& code = codebook.codes()[i];
        const CodeId id{static_cast<std::uint32_t>(i)};
        ids_.emplace(code.id, id);
        std::vector<std::string> spellings = {code.id};
        for (std::size_t from = 0; from < code.path.size(); ++from) {
            spellings.push_back(joined(code.path, from));
            names_[spellings.back()].push_back(id);
        }
        std::vector<std::string> folded;
        for (const std::string& spelling : spellings) folded.push_back(fold(spelling));
        std::sort(folded.begin(), folded.end());
        folded.erase(std::unique(folded.begin(), folded.end()), folded.end());
        for (const std::string& spelling : folded) folded_[spelling].push_back(id);
    }
}

CodebookNames::Found CodebookNames::among(const std::map<std::string, std::vector<CodeId>, std::less<>>& names, const std::string& name) const {
    const auto found = names.find(name);
    if (found == names.end()) return {};
    std::vector<CodeId> codes = found->second;
    // The whole path of one is not the end of another's.
    const auto whole = std::find_if(codes.begin(), codes.end(), [&](CodeId id) { return joined(codebook_.code(id).path) == name; });
    if (codes.size() > 1 && whole != codes.end()) codes = {*whole};
    if (codes.size() == 1) return {codes[0], {}};
    Found result;
    for (const CodeId id : codes) result.candidates.push_back(codebook_.code(id).id);
    return result;
}

CodebookNames::Found CodebookNames::find(std::string_view name) const {
    const std::string written(trimmed_text(name));
    if (const auto id = ids_.find(written); id != ids_.end()) return {id->second, {}};
    const std::string path = joined(split(written, path_separators()));
    Found found = among(names_, path);
    if (found.code || !found.candidates.empty()) return found;
    found = among(folded_, fold(written));
    return found.code || !found.candidates.empty() ? found : among(folded_, fold(path));
}

std::string CodebookNames::fault(const std::string& name) const {
    const Found found = find(name);
    if (!found.candidates.empty()) {
        std::string listed;
        for (const std::string& id : found.candidates) listed += (listed.empty() ? "" : ", ") + id;
        return "\"" + name + "\" is the name of several codes (" + listed + "); write the id or more of the path";
    }
    std::vector<std::string> known;
    for (const Code& code : codebook_.codes()) {
        known.push_back(code.name);
        known.push_back(code.id);
    }
    const std::string near = nearest(name, known);
    return "the code \"" + name + "\" is not in the codebook" + (near.empty() ? "" : "; did you mean \"" + near + "\"?");
}

Note parse_note(std::string_view text, const CodebookNames& names) {
    Note note;
    std::string common;
    const auto add_memo = [](std::string& memo, std::string_view more) {
        if (more.empty()) return;
        if (!memo.empty()) memo += '\n';
        memo += more;
    };
    const auto is_known = [&](std::string_view name) {
        const CodebookNames::Found found = names.find(name);
        return found.code || !found.candidates.empty();
    };
    for (std::size_t at = 0; at <= text.size();) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        const std::string_view line = text.substr(at, end - at);
        at = end + 1;
        const std::size_t slashes = std::min(line.find("//"), line.find("／／"));
        const std::string_view memo = slashes == std::string_view::npos ? std::string_view() : trimmed_text(line.substr(line[slashes] == '/' ? slashes + 2 : slashes + 6));
        std::vector<std::string> written;
        for (std::string& part : split(line.substr(0, slashes), {";", "；"})) {
            if (is_known(part)) {
                written.push_back(std::move(part));
            } else {
                for (std::string& piece : split(part, {"、"})) written.push_back(std::move(piece));
            }
        }
        if (written.empty()) add_memo(common, memo);
        for (std::string& name : written) {
            auto noted = std::find_if(note.codes.begin(), note.codes.end(), [&](const NotedCode& code) { return code.name == name; });
            if (noted == note.codes.end()) noted = note.codes.insert(noted, {std::move(name), {}});
            add_memo(noted->memo, memo);
        }
    }
    for (NotedCode& code : note.codes) add_memo(code.memo, common);
    if (note.codes.empty()) note.memo = common;
    return note;
}

std::string yaml_with_codes(const Codebook& codebook, const std::vector<std::string>& names) {
    Codebook result = with(codebook, copy_of(codebook.codes()));
    for (const std::string& name : names) {
        const CodebookNames known(result);
        const CodebookNames::Found there = known.find(name);
        const std::vector<std::string> path = split(name, path_separators());
        if (there.code || !there.candidates.empty() || path.empty()) continue;
        std::vector<Code> codes = copy_of(result.codes());
        std::optional<std::size_t> parent;
        std::size_t begin = 0;
        for (std::size_t length = path.size() - 1; length > 0 && !parent; --length) {
            const CodebookNames::Found above = known.find(joined({path.begin(), path.begin() + static_cast<std::ptrdiff_t>(length)}));
            if (!above.code) continue;
            parent = static_cast<std::size_t>(*above.code);
            begin = length;
        }
        for (std::size_t i = begin; i < path.size(); ++i) parent = insert(codes, path[i], parent);
        result = with(codebook, std::move(codes));
    }
    return codebook::to_yaml(result);
}

}  // namespace fangtan::coding
