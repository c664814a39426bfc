// SPDX-License-Identifier: Apache-2.0
//
// Codings in memory with everything a table needs to know about their
// documents, codes, participants and coders. Filled from one or many streams
// (read.hpp); names are kept once, a coding is 40 bytes.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "fangtan/codebook/codebook.hpp"
#include "fangtan/transcript/participant.hpp"

namespace fangtan {

enum class CodingStatus : std::uint8_t { proposed, accepted, rejected };

inline constexpr std::uint32_t kNobody = 0xFFFFFFFFU;

// A code as far as a table needs it.
struct CodeEntry {
    std::string id;
    std::string name;
    std::vector<std::string> path;
    std::optional<std::uint32_t> parent;  // index of the parent's entry; it comes first
    std::string color = {};               // "#rrggbb", or empty

    // Whether they are the same code at the same place; a colour is only looks.
    friend bool operator==(const CodeEntry& a, const CodeEntry& b) { return a.id == b.id && a.name == b.name && a.path == b.path && a.parent == b.parent; }
};

struct SpeechEntry {
    std::uint32_t participant = kNobody;
    std::uint64_t characters = 0;
};

struct DocumentEntry {
    std::string id;
    std::string sha256;  // empty where unknown
    std::string date;    // "2022-03-12"; empty where unknown
    std::uint64_t characters = 0;
    std::vector<std::uint32_t> participants;  // indices into CodingSet::participants
    std::vector<SpeechEntry> speech;
};

struct CodingEntry {
    std::uint32_t document = 0;
    std::uint32_t participant = kNobody;
    std::uint32_t speaker = kNobody;  // index into labels; kNobody: the participant's id
    std::uint32_t code = 0;
    std::uint32_t coder = 0;          // index into labels
    std::uint32_t turn = 0;
    std::uint32_t start = 0;          // code points
    std::uint32_t end = 0;
    std::uint32_t reviewer = kNobody; // who decided about it, index into labels; kNobody: nobody, or it is not said
    CodingStatus status = CodingStatus::proposed;
};

// Names, each kept once, numbered from 0 in order of first use.
class NameList {
 public:
    std::uint32_t number(std::string_view name);
    [[nodiscard]] std::optional<std::uint32_t> find(std::string_view name) const;
    [[nodiscard]] const std::string& name(std::uint32_t number) const { return names_[number]; }
    [[nodiscard]] std::size_t size() const { return names_.size(); }

 private:
    struct Hash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
    };
    std::unordered_map<std::string, std::uint32_t, Hash, std::equal_to<>> numbers_;
    std::vector<std::string> names_;
};

struct CodingSet {
    std::string codebook;            // name; empty where no stream says
    std::string language;            // of the codebook
    std::vector<std::string> units;  // what rules were evaluated in, of all runs, each once ("sentence")
    std::vector<std::string> levels;
    std::vector<CodeEntry> codes;    // parents before children
    NameList code_ids;               // number = index into codes
    std::vector<DocumentEntry> documents;
    NameList document_ids;           // number = index into documents
    std::vector<Participant> participants;
    NameList participant_ids;        // number = index into participants
    NameList labels;                 // coders and speakers
    std::vector<CodingEntry> codings;
    bool keeps_texts = false;        // set before reading: the two below are filled, else they stay empty
    std::vector<std::string> texts;  // of codings, in their order; empty where a record has none
    std::vector<std::string> memos;  // likewise
    std::vector<std::string> skipped;  // files that were set aside

    // Index of the participant; a new one gets the group of its id.
    std::uint32_t participant(std::string_view id);
    void add(const CodingEntry& coding, std::string_view text, std::string_view memo);
};

// The codes of a codebook as entries.
[[nodiscard]] std::vector<CodeEntry> code_entries(const Codebook& codebook);

}  // namespace fangtan
