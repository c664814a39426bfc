// SPDX-License-Identifier: Apache-2.0
#include "fangtan/coding/heading_codings.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "fangtan/base/sha256.hpp"
#include "fangtan/coding/json_text.hpp"
#include "fangtan/text/code_point_index.hpp"
#include "fangtan/text/utf8.hpp"

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

DocumentCounts counts_of(const Transcript& transcript) {
    DocumentCounts counts;
    counts.turns = static_cast<std::uint32_t>(transcript.turns.size());
    std::map<std::string_view, std::size_t> places;
    for (const Turn& turn : transcript.turns) {
        const Speaker& speaker = transcript.speakers[turn.speaker];
        if (speaker.interviewer) continue;
        const auto [place, added] = places.try_emplace(speaker.participant, counts.speech.size());
        if (added) counts.speech.push_back({turn.speaker, 0, 0, 0});
        Speech& speech = counts.speech[place->second];
        ++speech.turns;
        ++speech.units;
        speech.characters += static_cast<std::uint32_t>(utf8::count(turn.body.of(transcript.text)));
        ++counts.units;
    }
    return counts;
}

std::string coding_line(const Transcript& transcript, std::size_t turn, const CodePointIndex& index, const Path& path) {
    const Turn& said = transcript.turns[turn];
    const std::string_view text = said.body.of(transcript.text);
    const std::uint32_t start = index.to_character(said.body.begin).value;
    std::string line = R"({"record":"coding")";
    json::append_member(line, "document", transcript.id);
    json::append_member(line, "turn", turn + 1);
    json::append_member(line, "participant", transcript.speakers[said.speaker].participant);
    json::append_member(line, "start", start);
    json::append_member(line, "end", start + utf8::count(text));
    json::append_member(line, "code", id_of(path));
    json::append_member(line, "text", text);
    return line + ",\"coder\":\"headings\",\"status\":\"accepted\"}\n";
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
    const ApplyOptions applied{.unit = UnitKind::turn};
    std::string out = opening(options, applied, codebook, participants);
    DocumentWriter writer(options, codebook, participants);
    std::set<std::string> known;
    for (const HeadedDocument& document : documents) {
        const Transcript& transcript = document.transcript;
        for (const Speaker& speaker : transcript.speakers) {
            if (speaker.participant.empty() || speaker.interviewer || participants.find(speaker.participant) != nullptr || !known.insert(speaker.participant).second) continue;
            out += participant_line(options, {speaker.participant, group_of_id(speaker.participant), speaker.role, {}});
        }
        std::string buffer;
        writer.begin(buffer, [&](std::string& bytes) {
            out += bytes;
            bytes.clear();
        });
        writer.document(transcript, counts_of(transcript));
        out += buffer;
        const CodePointIndex index(transcript.text);
        for (std::size_t turn = 0; turn < transcript.turns.size(); ++turn) {
            const bool interviewer = transcript.speakers[transcript.turns[turn].speaker].interviewer;
            if (!document.paths[turn].empty() && !interviewer && !transcript.turns[turn].body.empty()) out += coding_line(transcript, turn, index, document.paths[turn]);
        }
    }
    return out + closing(options, documents.size());
}

}  // namespace fangtan::coding
