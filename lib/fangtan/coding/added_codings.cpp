// SPDX-License-Identifier: Apache-2.0
#include "fangtan/coding/added_codings.hpp"

#include <set>

#include "fangtan/coding/sheet.hpp"
#include "fangtan/text/code_point_index.hpp"

namespace fangtan::coding {
namespace {

StoredCoding stored(const HandCoding& coding, const Transcript& transcript, const CodePointIndex& index, const CodeNames& names) {
    StoredCoding result;
    result.document = transcript.id;
    result.turn = coding.turn;
    if (coding.speaker) {
        const Speaker& speaker = transcript.speakers[*coding.speaker];
        result.participant = speaker.interviewer && speaker.participant.empty() ? speaker.label : speaker.participant;
        if (speaker.label != result.participant) result.speaker = speaker.label;
    }
    result.start = index.to_character(coding.span.begin).value;
    result.end = index.to_character(coding.span.end).value;
    result.code = names.id(static_cast<std::uint32_t>(coding.code));
    result.text = coding.span.of(transcript.text);
    result.coder = coding.coder;
    result.rule = coding.rule;
    result.status = coding.status;
    result.memo = coding.memo;
    return result;
}

}  // namespace

std::optional<std::vector<StoredCoding>> added_codings(const CsvTable& table, const std::string& file, const CodeNames& names, const CodingStream& stream,
                                                       const TranscriptsById& transcripts, const std::string& coder, Diagnostics& diagnostics) {
    if (transcripts.empty()) {
        const Position at = table.rows.empty() ? Position{1, 1} : table.rows[0][0].position;
        diagnostics.error(file, at, "the text of the interviews is needed to find new codings in; name the interviews behind the codings");
        return std::nullopt;
    }
    std::vector<ImportedDocument> documents;
    std::vector<CodePointIndex> indices;
    for (const Record& record : stream.documents) {
        const auto transcript = transcripts.find(record.text("document"));
        if (transcript == transcripts.end()) continue;
        documents.push_back({transcript->second, transcript->second});
        indices.emplace_back(transcript->second.text);
    }
    const auto codings = read_sheet(table, file, names, documents, coder, "", diagnostics);
    if (!codings) return std::nullopt;
    std::set<std::string> known;
    for (const StoredCoding& coding : stream.codings) known.insert(line_of(coding));
    std::vector<StoredCoding> added;
    for (const HandCoding& coding : *codings) {
        StoredCoding one = stored(coding, documents[coding.document].original, indices[coding.document], names);
        if (known.insert(line_of(one)).second) added.push_back(std::move(one));
    }
    return added;
}

}  // namespace fangtan::coding
