// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "fangtan/coding/read.hpp"
#include "fangtan/coding/record.hpp"

namespace fangtan::coding {
namespace {

using Json = nlohmann::json;

// Walks an object that is known to be valid JSON and takes its values as they are: numbers that no type of ours can hold
// survive.
class Members {
 public:
    explicit Members(std::string_view line) : line_(line) {}

    std::vector<Member> all() {
        std::vector<Member> members;
        at_ = line_.find('{') + 1;
        for (skip_blanks(); line_[at_] != '}'; skip_blanks()) {
            if (line_[at_] == ',') {
                ++at_;
                continue;
            }
            std::string key = value();
            skip_blanks();
            ++at_;  // the colon
            skip_blanks();
            members.push_back({Json::parse(key).get<std::string>(), value()});
        }
        return members;
    }

 private:
    [[nodiscard]] static bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }
    void skip_blanks() {
        while (is_blank(line_[at_])) ++at_;
    }

    std::string value() {
        std::string raw;
        int depth = 0;
        bool inside = false;
        for (;; ++at_) {
            const char c = line_[at_];
            if (inside) {
                raw += c;
                if (c == '\\') {
                    raw += line_[++at_];
                } else if (c == '"') {
                    inside = false;
                    if (depth == 0) return ++at_, raw;
                }
                continue;
            }
            if (depth == 0 && (c == ',' || c == '}' || c == ']' || c == ':')) return raw;
            if (is_blank(c)) continue;
            raw += c;
            inside = c == '"';
            if (c == '[' || c == '{') ++depth;
            if ((c == ']' || c == '}') && --depth == 0) return ++at_, raw;
        }
    }

    std::string_view line_;
    std::size_t at_ = 0;
};

// Thrown inside this file only.
struct BadMember {
    std::string message;
};

std::string text_in(const Member& member) {
    const Json value = Json::parse(member.json);
    if (value.is_null()) return {};
    if (!value.is_string()) throw BadMember{member.name + " must be a string"};
    return value.get<std::string>();
}

std::uint32_t number_in(const Json& value, const std::string& name) {
    if (!value.is_number_unsigned() || value.get<std::uint64_t>() > 0xFFFFFFFEULL) throw BadMember{name + " must hold whole numbers from 0"};
    return value.get<std::uint32_t>();
}

std::optional<std::uint32_t> number_or_null(const Member& member) {
    const Json value = Json::parse(member.json);
    return value.is_null() ? std::nullopt : std::optional(number_in(value, member.name));
}

Origin origin_in(const Member& member) {
    const Json value = Json::parse(member.json);
    if (!value.is_array() || value.size() < 3 || value.size() > 4 || !value[2].is_string() || (value.size() == 4 && !value[3].is_string())) {
        throw BadMember{"origin must be [start,end,code] or [start,end,code,text]"};
    }
    Origin origin{number_in(value[0], "origin"), number_in(value[1], "origin"), value[2].get<std::string>(), value.size() == 4 ? value[3].get<std::string>() : ""};
    if (origin.start >= origin.end) throw BadMember{"origin must start before it ends"};
    return origin;
}

StoredCoding coding_of(const std::vector<Member>& members) {
    StoredCoding coding;
    for (const Member& member : members) {
        const std::string& name = member.name;
        if (name == "record") continue;
        if (name == "document") coding.document = text_in(member);
        else if (name == "turn") coding.turn = number_or_null(member);
        else if (name == "participant") coding.participant = text_in(member);
        else if (name == "speaker") coding.speaker = text_in(member);
        else if (name == "start") coding.start = number_in(Json::parse(member.json), name);
        else if (name == "end") coding.end = number_in(Json::parse(member.json), name);
        else if (name == "code") coding.code = text_in(member);
        else if (name == "text") coding.text = text_in(member);
        else if (name == "coder") coding.coder = text_in(member);
        else if (name == "rule") coding.rule = number_or_null(member);
        else if (name == "memo") coding.memo = text_in(member);
        else if (name == "reviewer") coding.reviewer = text_in(member);
        else if (name == "origin") coding.origin = origin_in(member);
        else if (name == "status") {
            const std::string status = text_in(member);
            coding.status = status == "accepted" ? CodingStatus::accepted : status == "rejected" ? CodingStatus::rejected : CodingStatus::proposed;
        } else if (name == "evidence") {
            const Json value = Json::parse(member.json);
            if (!value.is_array()) throw BadMember{"evidence must be a list of [start,end]"};
            coding.evidence.emplace();
            for (const Json& pair : value) {
                if (!pair.is_array() || pair.size() != 2) throw BadMember{"evidence must be a list of [start,end]"};
                coding.evidence->emplace_back(number_in(pair[0], name), number_in(pair[1], name));
            }
        } else {
            coding.others.push_back(member);
        }
    }
    std::sort(coding.others.begin(), coding.others.end());
    return coding;
}

Record record_of(std::string kind, std::vector<Member> members) {
    Record record{std::move(kind), {}};
    for (Member& member : members) record.set(member.name, std::move(member.json));
    return record;
}

// The runs a merged stream was made of.
void add_run(std::vector<Record>& runs, Record run) {
    std::vector<Record> parts;
    if (const std::string* list = run.find("runs")) {
        std::size_t at = 1;
        while (at < list->size() && (*list)[at] == '{') {
            // Each is an object of its own: a member reader finds its end.
            int depth = 0;
            bool inside = false;
            std::size_t end = at;
            do {
                const char c = (*list)[end++];
                if (inside && c == '\\') ++end;
                else if (c == '"') inside = !inside;
                else if (!inside && (c == '{' || c == '[')) ++depth;
                else if (!inside && (c == '}' || c == ']')) --depth;
            } while (depth > 0);
            parts.push_back(record_of("run", Members(std::string_view(*list).substr(at, end - at)).all()));
            at = end + 1;
        }
    } else {
        parts.push_back(std::move(run));
    }
    for (Record& part : parts) {
        if (std::find(runs.begin(), runs.end(), part) == runs.end()) runs.push_back(std::move(part));
    }
}

}  // namespace

Record record_of_line(std::string_view line) {
    Record record = record_of({}, Members(line).all());
    record.kind = record.text("record");
    record.remove("record");
    return record;
}

std::optional<CodingStream> read_stream(std::string text, const std::string& file, Diagnostics& diagnostics) {
    if (text.starts_with("\xEF\xBB\xBF")) text.erase(0, 3);
    const std::size_t first = text.find_first_not_of(" \t\r\n");
    if (first == std::string::npos || text[first] != '{') {
        diagnostics.error(file, {1, 1}, first == std::string::npos ? "holds no codings; if a pipeline feeds it, the command before it failed"
                                                                   : "holds no JSON Lines; decisions need the whole record, which tables of rows do not hold: give the stream that fangtan code wrote");
        return std::nullopt;
    }
    text.reserve(text.size() + kPaddingAfter);
    CodingSet set;
    if (!read_json_lines(text, file, set, diagnostics)) return std::nullopt;
    CodingStream stream;
    std::map<std::string, std::set<std::string>> seen;
    std::uint32_t number = 0;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        const std::string_view line = std::string_view(text).substr(at, end - at);
        at = end + 1;
        ++number;
        if (line.find('{') == std::string_view::npos) continue;
        std::vector<Member> members = Members(line).all();
        const auto kind_at = std::find_if(members.begin(), members.end(), [](const Member& member) { return member.name == "record"; });
        const std::string kind = kind_at == members.end() ? "coding" : Json::parse(kind_at->json).get<std::string>();
        try {
            if (kind == "coding") {
                stream.codings.push_back(coding_of(members));
                stream.codings.back().line = number;
                continue;
            }
        } catch (const BadMember& bad) {
            diagnostics.error(file, {number, 1}, bad.message);
            continue;
        }
        std::erase_if(members, [](const Member& member) { return member.name == "record"; });
        Record record = record_of(kind, std::move(members));
        if (kind == "run") {
            add_run(stream.runs, std::move(record));
        } else if (kind == "skipped") {
            if (seen[kind].insert(record.line()).second) stream.skipped.push_back(std::move(record));
        } else if (kind != "end") {
            std::vector<Record>& list = kind == "code" ? stream.codes : kind == "participant" ? stream.participants : stream.documents;
            if (seen[kind].insert(record.text(kind)).second) list.push_back(std::move(record));
        }
    }
    if (diagnostics.has_errors()) return std::nullopt;
    return stream;
}

}  // namespace fangtan::coding
