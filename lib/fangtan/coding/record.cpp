// SPDX-License-Identifier: Apache-2.0
#include "fangtan/coding/record.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <nlohmann/json.hpp>

#include "fangtan/coding/json_text.hpp"

namespace fangtan::coding {
namespace {

using Json = nlohmann::json;

// In the order in which records are written; others follow by name.
constexpr std::array kOrder = {"schema",      "tool",  "code",  "name",   "path",      "parent",   "color",      "participant",      "group", "role",
                               "document",    "file",  "sha256", "encoding", "date", "characters", "turns", "units",      "participants",     "speech", "reason",
                               "documents",   "codebook", "codebook_version", "codebook_sha256", "language", "fold_sha256", "unit", "include_interviewer", "skip_marks", "levels", "runs"};

std::size_t place_of(std::string_view name) {
    return static_cast<std::size_t>(std::find(kOrder.begin(), kOrder.end(), name) - kOrder.begin());
}

bool stands_before(const Member& a, const Member& b) { return std::pair(place_of(a.name), std::string_view(a.name)) < std::pair(place_of(b.name), std::string_view(b.name)); }

}  // namespace

const std::string* Record::find(std::string_view name) const {
    const auto found = std::find_if(members.begin(), members.end(), [&](const Member& member) { return member.name == name; });
    return found == members.end() ? nullptr : &found->json;
}

std::string Record::text(std::string_view name) const {
    const std::string* json = find(name);
    if (json == nullptr || !json->starts_with('"')) return {};
    return Json::parse(*json).get<std::string>();
}

std::optional<std::uint32_t> Record::number(std::string_view name) const {
    const std::string* json = find(name);
    if (json == nullptr) return std::nullopt;
    const Json value = Json::parse(*json);
    if (!value.is_number_unsigned() || value.get<std::uint64_t>() > 0xFFFFFFFEULL) return std::nullopt;
    return value.get<std::uint32_t>();
}

void Record::set(std::string_view name, std::string json) {
    for (Member& member : members) {
        if (member.name == name) return void(member.json = std::move(json));
    }
    Member added{std::string(name), std::move(json)};
    members.insert(std::upper_bound(members.begin(), members.end(), added, stands_before), std::move(added));
}

void Record::set_text(std::string_view name, std::string_view text) { set(name, json_of(text)); }

void Record::remove(std::string_view name) {
    std::erase_if(members, [&](const Member& member) { return member.name == name; });
}

std::string Record::line() const {
    std::string line = "{\"record\":" + json_of(kind);
    for (const Member& member : members) line += ',' + json_of(member.name) + ':' + member.json;
    return line + "}\n";
}

std::string_view name_of(CodingStatus status) {
    return status == CodingStatus::accepted ? "accepted" : status == CodingStatus::rejected ? "rejected" : "proposed";
}

std::string line_of(const StoredCoding& coding) {
    std::string line = R"({"record":"coding")";
    json::append_member(line, "document", coding.document);
    line += ",\"turn\":" + (coding.turn ? std::to_string(*coding.turn) : "null");
    line += ",\"participant\":" + (coding.participant.empty() ? "null" : json_of(coding.participant));
    if (!coding.speaker.empty()) json::append_member(line, "speaker", coding.speaker);
    json::append_member(line, "start", coding.start);
    json::append_member(line, "end", coding.end);
    json::append_member(line, "code", coding.code);
    if (coding.text) json::append_member(line, "text", *coding.text);
    if (coding.evidence) {
        line += ",\"evidence\":[";
        for (const auto& [start, end] : *coding.evidence) {
            if (line.back() == ']') line += ',';
            line += '[' + std::to_string(start) + ',' + std::to_string(end) + ']';
        }
        line += ']';
    }
    if (!coding.coder.empty()) json::append_member(line, "coder", coding.coder);
    if (coding.rule) json::append_member(line, "rule", *coding.rule);
    json::append_member(line, "status", name_of(coding.status));
    if (!coding.reviewer.empty()) json::append_member(line, "reviewer", coding.reviewer);
    if (!coding.memo.empty()) json::append_member(line, "memo", coding.memo);
    if (coding.origin) {
        line += ",\"origin\":[" + std::to_string(coding.origin->start) + ',' + std::to_string(coding.origin->end) + ',' + json_of(coding.origin->code);
        if (!coding.origin->text.empty()) line += ',' + json_of(coding.origin->text);
        line += ']';
    }
    for (const Member& member : coding.others) line += ',' + json_of(member.name) + ':' + member.json;
    return line + "}\n";
}

const Record* CodingStream::document(std::string_view id) const {
    const auto found = std::find_if(documents.begin(), documents.end(), [&](const Record& record) { return record.text("document") == id; });
    return found == documents.end() ? nullptr : &*found;
}

const Record* CodingStream::code(std::string_view id) const {
    const auto found = std::find_if(codes.begin(), codes.end(), [&](const Record& record) { return record.text("code") == id; });
    return found == codes.end() ? nullptr : &*found;
}

Record common_run(const std::vector<Record>& runs) {
    Record common = runs.front();
    if (runs.size() == 1) return common;
    std::vector<std::string> lines;
    for (const Record& run : runs) {
        std::erase_if(common.members, [&](const Member& member) {
            const std::string* other = run.find(member.name);
            return other == nullptr || *other != member.json;
        });
        std::string object;
        for (const Member& member : run.members) object += (object.empty() ? "{" : ",") + json_of(member.name) + ':' + member.json;
        lines.push_back(object + '}');
    }
    std::sort(lines.begin(), lines.end());
    std::string list;
    for (const std::string& line : lines) list += (list.empty() ? "[" : ",") + line;
    common.set("runs", list + ']');
    return common;
}

std::string to_json_lines(const CodingStream& stream) {
    std::string out;
    if (stream.runs.empty()) {
        for (const StoredCoding& coding : stream.codings) out += line_of(coding);
        return out;
    }
    out += common_run(stream.runs).line();
    std::map<std::string, std::size_t, std::less<>> places;
    for (const Record& code : stream.codes) {
        places.emplace(code.text("code"), places.size());
        out += code.line();
    }
    for (const Record& participant : stream.participants) out += participant.line();
    struct Entry {
        std::uint32_t start, end;
        std::size_t place;
        std::string line;
        auto operator<=>(const Entry&) const = default;
    };
    std::map<std::string, std::vector<Entry>, std::less<>> by_document;
    for (const StoredCoding& coding : stream.codings) {
        by_document[coding.document].push_back({coding.start, coding.end, places.find(coding.code)->second, line_of(coding)});
    }
    for (const Record& document : stream.documents) {
        out += document.line();
        std::vector<Entry>& entries = by_document[document.text("document")];
        std::sort(entries.begin(), entries.end());
        for (const Entry& entry : entries) out += entry.line;
    }
    for (const Record& skipped : stream.skipped) out += skipped.line();
    return out + R"({"record":"end","documents":)" + std::to_string(stream.documents.size()) + "}\n";
}

Record code_record(const Codebook& codebook, const Code& code) {
    Record record{"code", {{"code", json_of(code.id)}, {"name", json_of(code.name)}, {"path", json_of(code.path)}}};
    if (code.parent) record.members.push_back({"parent", json_of(codebook.code(*code.parent).id)});
    if (!code.color.empty()) record.members.push_back({"color", json_of(code.color)});
    return record;
}

std::string json_of(std::string_view text) {
    std::string out;
    json::append_string(out, text);
    return out;
}

std::string json_of(const std::vector<std::string>& list) {
    std::string out = "[";
    for (const std::string& entry : list) {
        if (out.size() > 1) out += ',';
        json::append_string(out, entry);
    }
    return out + ']';
}

std::vector<std::string> list_of(const std::string* json) {
    return json == nullptr ? std::vector<std::string>{} : Json::parse(*json).get<std::vector<std::string>>();
}

}  // namespace fangtan::coding
