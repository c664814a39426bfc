// SPDX-License-Identifier: Apache-2.0
#include "fangtan/coding/noted_codes.hpp"

#include <algorithm>
#include <array>

#include "fangtan/text/boundary.hpp"
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

Note parse_note(std::string_view text, const CodeNames& names) {
    Note note;
    std::string common;
    const auto add_memo = [](std::string& memo, std::string_view more) {
        if (more.empty()) return;
        if (!memo.empty()) memo += '\n';
        memo += more;
    };
    const auto is_known = [&](std::string_view name) { return !names.find(name).nothing(); };
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
        const CodeNames known(result);
        const std::vector<std::string> path = CodeNames::split_path(name);
        if (!known.find(name).nothing() || path.empty()) continue;
        std::vector<Code> codes = copy_of(result.codes());
        std::optional<std::size_t> parent;
        std::size_t begin = 0;
        for (std::size_t length = path.size() - 1; length > 0 && !parent; --length) {
            const CodeNames::Found above = known.find(joined({path.begin(), path.begin() + static_cast<std::ptrdiff_t>(length)}));
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
