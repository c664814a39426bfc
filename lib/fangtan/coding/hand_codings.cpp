// SPDX-License-Identifier: Apache-2.0
#include "fangtan/coding/hand_codings.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "fangtan/coding/json_text.hpp"
#include "fangtan/text/boundary.hpp"
#include "fangtan/text/code_point_index.hpp"
#include "fangtan/text/utf8.hpp"

namespace fangtan::coding {
namespace {

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

const char* name_of_status(CodingStatus status) {
    switch (status) {
        case CodingStatus::proposed: return "proposed";
        case CodingStatus::rejected: return "rejected";
        case CodingStatus::accepted: break;
    }
    return "accepted";
}

void append_null(std::string& line, std::string_view name) {
    line += ",\"";
    line += name;
    line += "\":null";
}

std::string coding_line(const Transcript& transcript, const HandCoding& coding, const CodePointIndex& index, const Codebook& codebook) {
    std::string line = R"({"record":"coding")";
    json::append_member(line, "document", transcript.id);
    if (coding.turn > 0) {
        json::append_member(line, "turn", coding.turn);
    } else {
        append_null(line, "turn");
    }
    const Speaker* speaker = coding.speaker ? &transcript.speakers[*coding.speaker] : nullptr;
    // An interviewer that is coded is a speaker without being a participant of the study.
    const std::string who = speaker == nullptr ? std::string() : speaker->interviewer && speaker->participant.empty() ? speaker->label : speaker->participant;
    if (who.empty()) {
        append_null(line, "participant");
    } else {
        json::append_member(line, "participant", who);
    }
    const std::uint32_t start = index.to_character(coding.span.begin).value;
    const std::string_view text = coding.span.of(transcript.text);
    json::append_member(line, "start", start);
    json::append_member(line, "end", start + utf8::count(text));
    json::append_member(line, "code", codebook.code(coding.code).id);
    json::append_member(line, "text", text);
    json::append_member(line, "coder", coding.coder);
    if (coding.rule) json::append_member(line, "rule", *coding.rule);
    json::append_member(line, "status", name_of_status(coding.status));
    if (!coding.memo.empty()) json::append_member(line, "memo", coding.memo);
    return line + "}\n";
}

// "P1.docx", "comment 2 (paragraph 7): …"
void complain(const Transcript& transcript, const Mark& mark, const std::string& message, bool is_error, Diagnostics& diagnostics) {
    const std::string sentence = mark.where.empty() ? message : mark.where + ": " + message;
    if (is_error) {
        diagnostics.error(transcript.file, mark.position, sentence);
    } else {
        diagnostics.warning(transcript.file, mark.position, sentence);
    }
}

void add_codings(const ImportedDocument& document, std::size_t number, const Mark& mark, const CodeNames& names, const std::string& coder, std::vector<HandCoding>& codings,
                 Diagnostics& diagnostics) {
    const Note note = parse_note(mark.note, names);
    if (note.codes.empty()) return complain(document.original, mark, "names no code; nothing is coded", false, diagnostics);
    std::vector<SpokenPiece> pieces = mark.span.empty() ? std::vector<SpokenPiece>() : spoken_pieces(document, mark.span);
    const bool all_ask = std::all_of(pieces.begin(), pieces.end(), [](const SpokenPiece& piece) { return piece.interviewer; });
    if (!all_ask) std::erase_if(pieces, [](const SpokenPiece& piece) { return piece.interviewer; });
    if (pieces.empty()) {
        complain(document.original, mark, mark.span.empty() ? "stands on nothing that is read (deleted or hidden text, a footnote, an empty paragraph); move it to what was said, or begin it with //"
                                                            : "stands on nobody's speech (a label, a heading, the lines before the talk); move it to what was said, or begin it with //",
                 true, diagnostics);
    }
    for (const NotedCode& noted : note.codes) {
        const CodeNames::Found found = names.find(noted.name);
        if (!found.code) {
            complain(document.original, mark, names.fault(noted.name) + (found.candidates.empty() ? " (--new-codes adds it; // begins a memo)" : ""), true, diagnostics);
            continue;
        }
        std::string memo = noted.memo;
        if (!mark.discussion.empty()) memo += (memo.empty() ? "" : "\n") + mark.discussion;
        for (const SpokenPiece& piece : pieces) {
            codings.push_back({number, piece.turn, piece.speaker, piece.span, CodeId{*found.code}, mark.author.empty() ? coder : mark.author, std::nullopt, CodingStatus::accepted, memo});
        }
    }
}

}  // namespace

std::vector<SpokenPiece> spoken_pieces(const ImportedDocument& document, Span span) {
    std::vector<SpokenPiece> pieces;
    std::size_t imported = 0;
    for (const Turn& turn : document.original.turns) {
        if (turn.body.empty()) continue;
        while (imported < document.imported.turns.size() && document.imported.turns[imported].body.empty()) ++imported;
        if (imported == document.imported.turns.size()) break;
        const Turn& copy = document.imported.turns[imported++];
        const std::uint32_t begin = std::max(span.begin, turn.body.begin).value;
        const std::uint32_t end = std::min(span.end, turn.body.end).value;
        if (begin >= end) continue;
        const Span part = trimmed(document.original.text, span_of(begin, end));
        if (part.empty()) continue;
        const std::uint32_t moved = copy.body.begin.value + part.begin.value - turn.body.begin.value;
        pieces.push_back({static_cast<std::uint32_t>(imported), copy.speaker, span_of(moved, moved + part.size()), document.imported.speakers[copy.speaker].interviewer});
    }
    return pieces;
}

std::vector<HandCoding> codings_of_marks(const std::vector<ImportedDocument>& documents, const CodeNames& names, const std::string& coder, Diagnostics& diagnostics) {
    std::vector<HandCoding> codings;
    for (std::size_t i = 0; i < documents.size(); ++i) {
        for (const Mark& mark : documents[i].original.marks) add_codings(documents[i], i, mark, names, coder, codings, diagnostics);
    }
    return codings;
}

std::vector<std::string> unknown_names(const std::vector<ImportedDocument>& documents, const CodeNames& names) {
    std::vector<std::string> unknown;
    for (const ImportedDocument& document : documents) {
        for (const Mark& mark : document.original.marks) {
            for (const NotedCode& noted : parse_note(mark.note, names).codes) {
                const CodeNames::Found found = names.find(noted.name);
                if (found.nothing() && std::find(unknown.begin(), unknown.end(), noted.name) == unknown.end()) unknown.push_back(noted.name);
            }
        }
    }
    return unknown;
}

std::string hand_stream(const std::vector<const Transcript*>& transcripts, std::vector<HandCoding> codings, const StreamOptions& options, const Codebook& codebook,
                        const ParticipantTable& participants) {
    const auto key = [](const HandCoding& coding) { return std::tuple(coding.document, coding.span.begin, coding.span.end, coding.code); };
    std::stable_sort(codings.begin(), codings.end(), [&](const HandCoding& a, const HandCoding& b) { return key(a) < key(b); });
    const ApplyOptions applied{.unit = UnitKind::turn};
    std::string out = opening(options, applied, codebook, participants);
    DocumentWriter writer(options, codebook, participants);
    std::set<std::string> known;
    std::size_t next = 0;
    for (std::size_t i = 0; i < transcripts.size(); ++i) {
        const Transcript& transcript = *transcripts[i];
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
        for (; next < codings.size() && codings[next].document == i; ++next) out += coding_line(transcript, codings[next], index, codebook);
    }
    return out + closing(options, transcripts.size());
}

}  // namespace fangtan::coding
