// SPDX-License-Identifier: Apache-2.0
#include "fangtan/coding/write.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <memory>
#include <optional>
#include <utility>

#include "fangtan/coding/json_text.hpp"
#include "fangtan/text/code_point_index.hpp"
#include "fangtan/text/csv.hpp"
#include "fangtan/text/fold.hpp"
#include "fangtan/text/utf8.hpp"
#include "fangtan/text/width.hpp"
#include "fangtan/transcript/date.hpp"

namespace fangtan::coding {
namespace {

constexpr const char* kColumns[] = {"document", "turn", "participant", "group", "start", "end", "code", "text", "coder", "rule", "status"};

char separator_of(CodingFormat format) { return format == CodingFormat::tsv ? '\t' : ','; }

std::string joined(const std::vector<std::string>& names, std::string_view between) {
    std::string result;
    for (const std::string& name : names) {
        if (!result.empty()) result += between;
        result += name;
    }
    return result;
}

void append_list(std::string& out, std::string_view name, const std::vector<std::string>& values) {
    out += ",\"";
    out += name;
    out += "\":[";
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (i > 0) out += ',';
        json::append_string(out, values[i]);
    }
    out += ']';
}

std::string run_line(const StreamOptions& options, const ApplyOptions& applied, const Codebook& codebook) {
    std::string line = R"({"record":"run","schema":1)";
    json::append_member(line, "tool", options.tool);
    json::append_member(line, "codebook", codebook.name());
    if (!codebook.version().empty()) json::append_member(line, "codebook_version", codebook.version());
    json::append_member(line, "codebook_sha256", codebook.sha256());
    if (!codebook.language().empty()) json::append_member(line, "language", codebook.language());
    json::append_member(line, "fold_sha256", fold_table_sha256());
    json::append_member(line, "unit", name_of(applied.unit));
    if (applied.include_interviewer) line += ",\"include_interviewer\":true";
    if (applied.skip_marks) line += ",\"skip_marks\":true";
    if (!codebook.levels().empty()) append_list(line, "levels", codebook.levels());
    return line + "}\n";
}

std::string code_line(const Codebook& codebook, const Code& code) {
    std::string line = R"({"record":"code")";
    json::append_member(line, "code", code.id);
    json::append_member(line, "name", code.name);
    append_list(line, "path", code.path);
    if (code.parent) json::append_member(line, "parent", codebook.code(*code.parent).id);
    if (!code.color.empty()) json::append_member(line, "color", code.color);
    return line + "}\n";
}

}  // namespace

std::string opening(const StreamOptions& options, const ApplyOptions& applied, const Codebook& codebook, const ParticipantTable& participants) {
    std::string out;
    if (options.format == CodingFormat::jsonl) {
        out = run_line(options, applied, codebook);
        for (const Code& code : codebook.codes()) out += code_line(codebook, code);
        for (const Participant& participant : participants.all()) out += participant_line(options, participant);
    } else if (options.format != CodingFormat::text) {
        if (options.excel) out += "\xEF\xBB\xBF";
        for (const char* column : kColumns) {
            if (column != kColumns[0]) out += separator_of(options.format);
            out += column;
        }
        out += options.excel ? "\r\n" : "\n";
    }
    return out;
}

std::string participant_line(const StreamOptions& options, const Participant& participant) {
    if (options.format != CodingFormat::jsonl) return {};
    std::string line = R"({"record":"participant")";
    json::append_member(line, "participant", participant.id);
    json::append_member(line, "group", participant.group);
    json::append_member(line, "role", participant.role);
    for (const auto& [name, value] : participant.attributes) {
        line += ',';
        json::append_string(line, name);
        line += ':';
        json::append_string(line, value);
    }
    return line + "}\n";
}

std::string skipped_line(const StreamOptions& options, const std::string& file, const std::string& reason) {
    if (options.format != CodingFormat::jsonl) return {};
    std::string line = R"({"record":"skipped")";
    json::append_member(line, "file", file);
    json::append_member(line, "reason", reason);
    return line + "}\n";
}

std::string closing(const StreamOptions& options, std::size_t documents) {
    if (options.format != CodingFormat::jsonl) return {};
    std::string line = R"({"record":"end")";
    json::append_member(line, "documents", documents);
    return line + "}\n";
}

struct DocumentWriter::State {
    const StreamOptions& options;
    const Codebook& codebook;
    const ParticipantTable& participants;
    std::vector<std::string> code_members;  // `,"code":"…"` and what else is the same for every coding of a code
    std::string* out = nullptr;
    Flush flush;
    std::optional<CodePointIndex> index;
    std::string head;                        // `{"record":"coding","document":"P1"`
    std::vector<std::string> speaker_members;
    std::vector<std::string> speaker_groups;
    std::size_t codings = 0;
    Span prepared_span;           // of the last coding, and what was made of it
    std::uint32_t prepared_turn = 0;
    std::optional<std::uint32_t> prepared_speaker;
    std::uint32_t prepared_start = 0;
    std::string prepared_head;    // the line up to `,"start":…,"end":…`; empty: nothing is prepared
    std::string prepared_text;    // `,"text":"…","evidence":[`

    State(const StreamOptions& stream_options, const Codebook& book, const ParticipantTable& known)
        : options(stream_options), codebook(book), participants(known) {}

    void prepare_unit(const Transcript& transcript, const RuleCoding& coding);
    void write_json(const Transcript& transcript, const RuleCoding& coding);
    void write_row(const Transcript& transcript, const RuleCoding& coding);
    void write_text(const Transcript& transcript, const RuleCoding& coding);
    void write_document(const Transcript& transcript, const DocumentCounts& counts);
};

DocumentWriter::DocumentWriter(const StreamOptions& options, const Codebook& codebook, const ParticipantTable& participants)
    : state_(std::make_unique<State>(options, codebook, participants)) {
    for (const Code& code : codebook.codes()) {
        std::string member;
        json::append_member(member, "code", code.id);
        state_->code_members.push_back(std::move(member));
    }
}

DocumentWriter::~DocumentWriter() = default;
DocumentWriter::DocumentWriter(DocumentWriter&&) noexcept = default;

void DocumentWriter::begin(std::string& buffer, Flush flush) {
    state_->out = &buffer;
    state_->flush = std::move(flush);
}

std::size_t DocumentWriter::codings() const { return state_->codings; }

void DocumentWriter::document(const Transcript& transcript, const DocumentCounts& counts) {
    State& s = *state_;
    s.index.emplace(transcript.text);
    s.prepared_head.clear();
    s.head = R"({"record":"coding")";
    json::append_member(s.head, "document", transcript.id);
    s.speaker_members.clear();
    s.speaker_groups.clear();
    for (const Speaker& speaker : transcript.speakers) {
        std::string member;
        // An interviewer that is coded is a speaker without being a participant of the study.
        const std::string& who = speaker.interviewer && speaker.participant.empty() ? speaker.label : speaker.participant;
        if (who.empty()) {
            member = ",\"participant\":null";
        } else {
            json::append_member(member, "participant", who);
        }
        if (!speaker.label.empty() && speaker.label != who) json::append_member(member, "speaker", speaker.label);
        s.speaker_members.push_back(std::move(member));
        const Participant* known = s.participants.find(speaker.participant);
        s.speaker_groups.push_back(known != nullptr ? known->group : group_of_id(speaker.participant));
    }
    if (s.options.format == CodingFormat::jsonl) s.write_document(transcript, counts);
}

void DocumentWriter::State::write_document(const Transcript& transcript, const DocumentCounts& counts) {
    std::string& line = *out;
    line += R"({"record":"document")";
    json::append_member(line, "document", transcript.id);
    json::append_member(line, "file", transcript.file);
    json::append_member(line, "sha256", transcript.sha256);
    if (transcript.encoding != Encoding::utf8) json::append_member(line, "encoding", name_of(transcript.encoding));
    if (const std::string date = transcript::date_of(transcript); !date.empty()) json::append_member(line, "date", date);
    json::append_member(line, "characters", index->size());
    json::append_member(line, "turns", counts.turns);
    json::append_member(line, "units", counts.units);
    append_list(line, "participants", transcript.participants());
    line += ",\"speech\":[";
    for (const Speech& speech : counts.speech) {
        if (line.back() == '}') line += ',';
        line += '{';
        line += std::string_view(speaker_members[speech.speaker]).substr(1, speaker_members[speech.speaker].find(",\"speaker\":") - 1);
        json::append_member(line, "turns", speech.turns);
        json::append_member(line, "units", speech.units);
        json::append_member(line, "characters", speech.characters);
        line += '}';
    }
    line += "]}\n";
}

void DocumentWriter::coding(const Transcript& transcript, const RuleCoding& coding) {
    State& s = *state_;
    ++s.codings;
    switch (s.options.format) {
        case CodingFormat::jsonl: s.write_json(transcript, coding); break;
        case CodingFormat::csv:
        case CodingFormat::tsv: s.write_row(transcript, coding); break;
        case CodingFormat::text: s.write_text(transcript, coding); break;
    }
    if (s.out->size() >= kFlushAt) s.flush(*s.out);
}

// Codings of one unit follow each other: what depends on the unit alone is made once for all of them.
void DocumentWriter::State::prepare_unit(const Transcript& transcript, const RuleCoding& coding) {
    if (coding.span == prepared_span && coding.turn == prepared_turn && coding.speaker == prepared_speaker && !prepared_head.empty()) return;
    prepared_span = coding.span;
    prepared_turn = coding.turn;
    prepared_speaker = coding.speaker;
    const std::string_view text = coding.span.of(transcript.text);
    prepared_start = index->to_character(coding.span.begin).value;
    prepared_head = head;
    prepared_head += ",\"turn\":";
    if (coding.turn > 0) {
        json::append_number(prepared_head, coding.turn);
    } else {
        prepared_head += "null";
    }
    prepared_head += coding.speaker ? std::string_view(speaker_members[*coding.speaker]) : std::string_view(",\"participant\":null");
    prepared_head += ",\"start\":";
    json::append_number(prepared_head, prepared_start);
    prepared_head += ",\"end\":";
    json::append_number(prepared_head, prepared_start + utf8::count(text));
    prepared_text = ",\"text\":";
    json::append_string(prepared_text, text);
    prepared_text += ",\"evidence\":[";
}

void DocumentWriter::State::write_json(const Transcript& transcript, const RuleCoding& coding) {
    constexpr std::string_view kTail = "],\"coder\":\"rules\",\"rule\":";
    prepare_unit(transcript, coding);
    std::string& line = *out;
    line += prepared_head;
    line += code_members[static_cast<std::size_t>(coding.code)];
    line += prepared_text;
    // The short pieces go into a buffer of their own: appending each to a string costs more than they do.
    constexpr std::size_t kLongestPiece = 64;
    std::array<char, 512> pieces;
    char* at = pieces.data();
    const auto put = [&](std::string_view bytes) { at = std::copy(bytes.begin(), bytes.end(), at); };
    const auto put_number = [&](std::uint64_t number) { at = std::to_chars(at, at + 20, number).ptr; };
    std::uint32_t counted_to = coding.span.begin.value;
    std::uint32_t character = prepared_start;
    for (const Span& span : coding.evidence) {
        if (static_cast<std::size_t>(pieces.data() + pieces.size() - at) < 2 * kLongestPiece) {
            line.append(pieces.data(), at);
            at = pieces.data();
        }
        // Evidence may overlap: count from its own begin, not from the end of the last.
        character += static_cast<std::uint32_t>(utf8::count(std::string_view(transcript.text).substr(counted_to, span.begin.value - counted_to)));
        counted_to = span.begin.value;
        if (&span != coding.evidence.data()) *at++ = ',';
        *at++ = '[';
        put_number(character);
        *at++ = ',';
        put_number(character + utf8::count(span.of(transcript.text)));
        *at++ = ']';
    }
    put(kTail);
    put_number(coding.rule);
    put(",\"status\":\"proposed\"}\n");
    line.append(pieces.data(), at);
}

void DocumentWriter::State::write_row(const Transcript& transcript, const RuleCoding& coding) {
    std::string& line = *out;
    const char separator = separator_of(options.format);
    const auto cell = [&](std::string_view value) {
        if (options.excel) {
            csv::append_cell(line, csv::guarded_for_spreadsheet(value), separator);
        } else {
            csv::append_cell(line, value, separator);
        }
        line += separator;
    };
    const auto number = [&](std::uint64_t value) {
        json::append_number(line, value);
        line += separator;
    };
    const Speaker* speaker = coding.speaker ? &transcript.speakers[*coding.speaker] : nullptr;
    cell(transcript.id);
    if (coding.turn > 0) {
        number(coding.turn);
    } else {
        line += separator;
    }
    cell(speaker == nullptr ? "" : speaker->interviewer && speaker->participant.empty() ? speaker->label : speaker->participant);
    cell(speaker == nullptr ? "" : speaker_groups[*coding.speaker]);
    const std::string_view text = coding.span.of(transcript.text);
    const std::uint32_t start = index->to_character(coding.span.begin).value;
    number(start);
    number(start + utf8::count(text));
    cell(codebook.code(coding.code).id);
    cell(text);
    line += "rules";
    line += separator;
    number(coding.rule);
    line += options.excel ? "proposed\r\n" : "proposed\n";
}

void DocumentWriter::State::write_text(const Transcript& transcript, const RuleCoding& coding) {
    std::string& line = *out;
    const Speaker* speaker = coding.speaker ? &transcript.speakers[*coding.speaker] : nullptr;
    std::string place = transcript.id;
    if (coding.turn > 0) place += ":" + std::to_string(coding.turn);
    line += padded_right(utf8::escaped(place), 10) + "  ";
    line += padded_right(speaker == nullptr ? "" : utf8::escaped(speaker->participant.empty() ? speaker->label : speaker->participant), 6) + "  ";
    line += padded_right(utf8::escaped(joined(codebook.code(coding.code).path, " > ")), 36) + "  ";
    line += utf8::escaped(coding.span.of(transcript.text)) + "\n";
}

}  // namespace fangtan::coding
