// SPDX-License-Identifier: Apache-2.0
#include "fangtan/analysis/token_writer.hpp"

#include <algorithm>

#include "fangtan/coding/json_text.hpp"
#include "fangtan/coding/unit.hpp"
#include "fangtan/text/character.hpp"
#include "fangtan/text/utf8.hpp"

namespace fangtan::analysis {
namespace {

std::string_view name_of(TokenKind kind) {
    switch (kind) {
        case TokenKind::word: return "word";
        case TokenKind::latin: return "latin";
        case TokenKind::number: return "number";
        case TokenKind::mark: break;
    }
    return "mark";
}

// A token of a line or a cell: a term may hold white space, and nothing may break the line.
void append_in_line(std::string& out, std::string_view token) {
    for (std::size_t i = 0; i < token.size(); i += utf8::length(token[i])) {
        const char32_t c = utf8::at(token, i);
        if (is_white_space(c)) {
            if (!out.empty() && out.back() != ' ') out += ' ';
        } else {
            out.append(token.substr(i, utf8::length(token[i])));
        }
    }
}

}  // namespace

std::string token_opening(const TokenOptions& options, const Segmenter& segmenter) {
    if (options.format == TokenFormat::text) return {};
    if (options.format == TokenFormat::tsv) return "document\tturn\tspeaker\tstart\tend\ttoken\n";
    std::string line = R"({"record":"run","schema":1)";
    json::append_member(line, "tool", options.tool);
    json::append_member(line, "unit", fangtan::name_of(options.unit));
    line += options.include_interviewer ? R"(,"include_interviewer":true)" : R"(,"include_interviewer":false)";
    if (options.script) json::append_member(line, "script", *options.script == Script::simplified ? "simplified" : "traditional");
    const SegmenterIdentity& identity = segmenter.identity();
    json::append_member(line, "segmenter", fangtan::name_of(identity.kind));
    json::append_member(line, "segmenter_data", identity.data);
    json::append_member(line, "segmenter_sha256", identity.data_sha256);
    if (!identity.terms_sha256.empty()) json::append_member(line, "terms_sha256", identity.terms_sha256);
    return line + "}\n";
}

std::string token_closing(const TokenOptions& options, std::size_t documents) {
    if (options.format != TokenFormat::jsonl) return {};
    return R"({"record":"end","documents":)" + std::to_string(documents) + "}\n";
}

std::string token_skipped(const TokenOptions& options, const std::string& file, const std::string& reason) {
    if (options.format != TokenFormat::jsonl) return {};
    std::string line = R"({"record":"skipped")";
    json::append_member(line, "file", file);
    json::append_member(line, "reason", reason);
    return line + "}\n";
}

TokenWriter::TokenWriter(const Segmenter& segmenter, const TokenOptions& options) : options_(options), tokenizer_(segmenter) {
    if (options.script) converter_.emplace(*options.script);
}

std::size_t TokenWriter::character_at(std::string_view text, std::size_t at) {
    characters_ += utf8::count(text.substr(bytes_, at - bytes_));
    bytes_ = at;
    return characters_;
}

void TokenWriter::append_token(const Token& token, std::string_view shown, const Place& place, std::string& out) {
    if (options_.format == TokenFormat::tsv) {
        append_in_line(out, place.document);
        out += '\t';
        json::append_number(out, place.turn);
        out += '\t';
        append_in_line(out, place.speaker);
        out += '\t';
        json::append_number(out, start_);
        out += '\t';
        json::append_number(out, end_);
        out += '\t';
        append_in_line(out, shown);
        out += '\n';
        return;
    }
    out += R"({"record":"token")";
    json::append_member(out, "document", place.document);
    json::append_member(out, "turn", place.turn);
    json::append_member(out, "speaker", place.speaker);
    if (!place.participant.empty()) json::append_member(out, "participant", place.participant);
    json::append_member(out, "start", start_);
    json::append_member(out, "end", end_);
    json::append_member(out, "token", shown);
    json::append_member(out, "kind", name_of(token.kind));
    if (token.term) out += R"(,"term":true)";
    out += "}\n";
}

void TokenWriter::append_unit(std::string_view text, Span unit, const Place& place, std::string& out) {
    tokens_.clear();
    tokenizer_.append_tokens(text, unit, tokens_);
    count_ += tokens_.size();
    std::vector<std::string> converted;
    if (converter_) {
        spans_.clear();
        for (const Token& token : tokens_) spans_.push_back(token.span);
        converted = converter_->convert(text, unit, spans_);
    }
    for (std::size_t i = 0; i < tokens_.size(); ++i) {
        const std::string_view shown = converter_ ? std::string_view(converted[i]) : tokens_[i].span.of(text);
        if (options_.format == TokenFormat::text) {
            if (i > 0) out += ' ';
            append_in_line(out, shown);
            continue;
        }
        start_ = character_at(text, tokens_[i].span.begin.value);
        end_ = character_at(text, tokens_[i].span.end.value);
        append_token(tokens_[i], shown, place, out);
    }
    if (options_.format == TokenFormat::text) out += '\n';
}

void TokenWriter::append(const Transcript& transcript, std::string& out) {
    bytes_ = characters_ = 0;
    for (std::size_t n = 0; n < transcript.turns.size(); ++n) {
        const Turn& turn = transcript.turns[n];
        const Speaker& speaker = transcript.speakers[turn.speaker];
        if (turn.body.empty() || (speaker.interviewer && !options_.include_interviewer)) continue;
        units_.clear();
        coding::append_units(transcript.text, turn.body, options_.unit, units_);
        for (const Span& unit : units_) append_unit(transcript.text, unit, {transcript.id, n + 1, speaker.label, speaker.participant}, out);
    }
}

void TokenWriter::append_lines(std::string_view text, std::string_view document, std::string& out) {
    bytes_ = characters_ = 0;
    std::size_t line = 0;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        ++line;
        append_unit(text, span_of(static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(end)), {document, line, {}, {}}, out);
        at = end + 1;
    }
}

}  // namespace fangtan::analysis
