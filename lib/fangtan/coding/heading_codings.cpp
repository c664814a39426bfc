// SPDX-License-Identifier: Apache-2.0
#include "fangtan/coding/heading_codings.hpp"

#include <algorithm>
#include <map>

#include "fangtan/base/sha256.hpp"
#include "fangtan/coding/hand_codings.hpp"

namespace fangtan::coding {
namespace {

using Path = std::vector<std::string>;

std::string id_of(const Path& path) {
    std::string id;
    for (const std::string& name : path) id += (id.empty() ? "" : "/") + name;
    return id;
}

// Every heading with its children in the order of first appearance.
struct Branch {
    std::string name;
    std::vector<Branch> below;
};

void add_path(Branch& root, const Path& path) {
    Branch* at = &root;
    for (const std::string& name : path) {
        auto found = std::find_if(at->below.begin(), at->below.end(), [&](const Branch& branch) { return branch.name == name; });
        if (found == at->below.end()) found = at->below.insert(found, {name, {}});
        at = &*found;
    }
}

void add_codes(const Branch& branch, Path& path, std::optional<CodeId> parent, std::vector<Code>& codes) {
    for (const Branch& child : branch.below) {
        path.push_back(child.name);
        Code code;
        code.id = id_of(path);
        code.name = child.name;
        code.path = path;
        code.parent = parent;
        code.level = static_cast<std::uint32_t>(path.size());
        code.has_children = !child.below.empty();
        const CodeId id{static_cast<std::uint32_t>(codes.size())};
        codes.push_back(std::move(code));
        add_codes(child, path, id, codes);
        path.pop_back();
    }
}

}  // namespace

std::string heading_codings(const std::vector<HeadedDocument>& documents, const StreamOptions& options, const ParticipantTable& participants) {
    Branch root;
    for (const HeadedDocument& document : documents) {
        for (const Path& path : document.paths) add_path(root, path);
    }
    std::vector<Code> codes;
    Path path;
    add_codes(root, path, std::nullopt, codes);
    std::string names;
    for (const Code& code : codes) names += code.id + "\n";
    const std::string name = documents.size() == 1 ? documents[0].transcript.id : "headings";
    const Codebook codebook(name, {}, {}, {}, {}, std::move(codes), sha256_hex(names));
    std::map<std::string, CodeId, std::less<>> ids;
    for (std::size_t i = 0; i < codebook.codes().size(); ++i) ids.emplace(codebook.codes()[i].id, CodeId{static_cast<std::uint32_t>(i)});
    std::vector<const Transcript*> transcripts;
    std::vector<HandCoding> codings;
    for (std::size_t number = 0; number < documents.size(); ++number) {
        const Transcript& transcript = documents[number].transcript;
        transcripts.push_back(&transcript);
        for (std::size_t i = 0; i < transcript.turns.size(); ++i) {
            const Turn& turn = transcript.turns[i];
            const Path& heading = documents[number].paths[i];
            if (heading.empty() || turn.body.empty() || transcript.speakers[turn.speaker].interviewer) continue;
            HandCoding coding;
            coding.document = number;
            coding.turn = static_cast<std::uint32_t>(i + 1);
            coding.speaker = turn.speaker;
            coding.span = turn.body;
            coding.code = ids.at(id_of(heading));
            coding.coder = "headings";
            codings.push_back(std::move(coding));
        }
    }
    return hand_stream(transcripts, std::move(codings), options, codebook, participants);
}

}  // namespace fangtan::coding
