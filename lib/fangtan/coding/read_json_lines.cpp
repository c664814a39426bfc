// SPDX-License-Identifier: Apache-2.0
#include <simdjson.h>

#include <algorithm>
#include <cstring>
#include <memory>
#include <set>

#include "fangtan/coding/canonical_line.hpp"
#include "fangtan/coding/read.hpp"
#include "fangtan/text/utf8.hpp"

namespace fangtan::coding {
namespace {

namespace od = simdjson::ondemand;

static_assert(kPaddingAfter >= simdjson::SIMDJSON_PADDING);

// Thrown inside this file only: the record is at fault; the message says how.
struct BadRecord {
    std::string message;
    const char* at = nullptr;  // where in the line, if known
};

// The first control character inside a string: the parser does not mind them. Blanks between members are none.
const char* control_character(std::string_view line) {
    if (std::none_of(line.begin(), line.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; })) return nullptr;
    bool inside = false;
    for (const char* at = line.data(); at < line.data() + line.size(); ++at) {
        if (inside && *at == '\\') {
            ++at;
        } else if (*at == '"') {
            inside = !inside;
        } else if (static_cast<unsigned char>(*at) < 0x20 && (inside || *at != '\t')) {
            return at;
        }
    }
    return nullptr;
}

std::string in_quotes(std::string_view text) {
    std::size_t length = std::min<std::size_t>(text.size(), 60);
    while (length < text.size() && utf8::is_continuation(text[length])) --length;
    return "\"" + std::string(text.substr(0, length)) + "\"";
}

std::string_view need_string(od::value value, const char* name) {
    std::string_view text;
    if (value.get_string().get(text) != simdjson::SUCCESS) throw BadRecord{std::string(name) + " must be a string", nullptr};
    return text;
}

// Strings that may be null.
std::string_view string_or_null(od::value value, const char* name) {
    od::json_type type{};
    if (value.type().get(type) != simdjson::SUCCESS) throw BadRecord{std::string(name) + " is not valid JSON", nullptr};
    if (type == od::json_type::null) return {};
    return need_string(value, name);
}

std::uint64_t need_number(od::value value, const char* name) {
    std::uint64_t number = 0;
    const std::string_view raw = value.raw_json_token();
    if (value.get_uint64().get(number) != simdjson::SUCCESS || number > 0xFFFFFFFEULL) {
        throw BadRecord{std::string(name) + " must be a whole number from 0, found " + std::string(raw.substr(0, 30)), raw.data()};
    }
    return number;
}

}  // namespace

struct JsonLinesReader::State {
    State(const std::string& file, CodingSet& set, Diagnostics& diagnostics)
        : file_(file), set_(set), diagnostics_(diagnostics), errors_before_(diagnostics.errors()) {}

    [[nodiscard]] bool goes_on() const { return diagnostics_.errors() - errors_before_ < Diagnostics::kMaximum; }

    void add(std::string_view lines) {
        if (const auto bad = utf8::first_fault(lines)) {
            const auto line = line_number_ + static_cast<std::uint32_t>(std::count(lines.begin(), lines.begin() + static_cast<std::ptrdiff_t>(*bad), '\n')) + 1;
            diagnostics_.error(file_, {line, 0}, "byte " + std::to_string(bytes_before_ + *bad) + " is not valid UTF-8; codings are written in UTF-8");
            broken_ = true;
        }
        if (broken_) return;
        text_ = lines;
        for (std::size_t at = 0; at < text_.size() && goes_on();) {
            ++line_number_;
            const void* feed = std::memchr(text_.data() + at, '\n', text_.size() - at);
            const std::size_t end = feed == nullptr ? text_.size() : static_cast<std::size_t>(static_cast<const char*>(feed) - text_.data());
            line_ = text_.substr(at, end - at);
            if (line_.ends_with('\r')) line_.remove_suffix(1);
            if (!line_.starts_with('{') && line_.find_first_not_of(" \t") == std::string_view::npos) line_ = {};
            if (!line_.empty()) read_line();
            at = end + 1;
        }
        bytes_before_ += lines.size();
    }

    bool finish() {
        line_ = {};
        if (in_run_ && goes_on() && !broken_) {
            fault("the stream breaks off here: its end record is missing; the command that wrote it failed or was stopped, run it again", nullptr);
        }
        return diagnostics_.errors() == errors_before_;
    }

 private:
    void fault(const std::string& message, const char* at) {
        const std::size_t byte = at != nullptr && at >= line_.data() && at <= line_.data() + line_.size() ? static_cast<std::size_t>(at - line_.data()) : 0;
        const Position position{line_number_, static_cast<std::uint32_t>(utf8::count(line_.substr(0, byte))) + 1};
        // The record is named, its text is not shown: messages end up in logs and screenshots.
        diagnostics_.error(file_, position, message);
    }

    void read_line() {
        try {
            if (CodingRecord coding; read_canonical(line_, coding)) return add_coding(coding);
            if (const char* control = control_character(line_)) {
                throw BadRecord{"a string holds a control character as it is; JSON writes it as \\n, \\t or \\u00…", control};
            }
            od::document document;
            const std::size_t room = text_.size() + kPaddingAfter - static_cast<std::size_t>(line_.data() - text_.data());
            auto error = parser_.iterate(line_.data(), line_.size(), room).get(document);
            od::object object;
            if (error == simdjson::SUCCESS) error = document.get_object().get(object);
            if (error != simdjson::SUCCESS) throw BadRecord{"this line is no JSON object (one record a line, from { to })", nullptr};
            read_record(document, object);
        } catch (const BadRecord& bad) {
            fault(bad.message, bad.at);
        } catch (const simdjson::simdjson_error& error) {
            fault(std::string("this record is not valid JSON: ") + simdjson::error_message(error.error()), nullptr);
        }
    }

    void read_record(od::document& document, od::object& object) {
        CodingRecord coding;
        std::string_view kind;
        bool first = true;
        bool is_other = false;
        unknown_members_.clear();
        for (auto field : object) {
            const std::string_view key = field.unescaped_key();
            if (first && key == "record") {
                kind = need_string(field.value(), "record");
                is_other = kind != "coding";
                if (is_other) break;
                coding.seen |= kSeenKind;
            } else {
                read_coding_member(coding, key, field.value());
            }
            first = false;
        }
        if (!is_other) {
            check_end(document);
            if (kind.empty() && (coding.seen & kSeenRecord) != 0) return read_other(last_record_kind_, document);
            return add_coding(coding);
        }
        read_other(std::string(kind), document);
    }

    static void check_end(od::document& document) {
        const char* rest = nullptr;
        if (document.current_location().get(rest) == simdjson::SUCCESS) throw BadRecord{"something follows the record on its line; write one record a line", nullptr};
    }

    // Of a record that is no coding: every member once, and nothing behind it.
    static void check_members(od::document& document) {
        document.rewind();
        std::set<std::string> keys;
        od::object object = document.get_object();
        for (auto field : object) {
            const std::string key(std::string_view(field.unescaped_key()));
            if (!keys.insert(key).second) throw BadRecord{"the member " + in_quotes(key) + " stands twice in this record", nullptr};
        }
        check_end(document);
        document.rewind();
    }

    static constexpr std::uint32_t kSeenRecord = 1U << 31;  // the kind of record stands behind other members, and is none of a coding
    static constexpr std::uint32_t kSeenKind = 1U << 30;

    void once(CodingRecord& coding, unsigned bit, std::string_view key) {
        if ((coding.seen & (1U << bit)) != 0) throw BadRecord{"the member " + in_quotes(key) + " stands twice in this record", key.data()};
        coding.seen |= 1U << bit;
    }

    void read_coding_member(CodingRecord& coding, std::string_view key, od::value value) {
        if (key == "document") {
            once(coding, kSeenDocument, key);
            coding.document = need_string(value, "document");
        } else if (key == "turn") {
            once(coding, 1, key);
            od::json_type type = value.type();
            if (type != od::json_type::null) coding.turn = need_number(value, "turn");
        } else if (key == "participant") {
            once(coding, 2, key);
            coding.participant = string_or_null(value, "participant");
        } else if (key == "speaker") {
            once(coding, 3, key);
            coding.speaker = string_or_null(value, "speaker");
        } else if (key == "start") {
            once(coding, kSeenStart, key);
            coding.start_at = value.raw_json_token().data();
            coding.start = need_number(value, "start");
        } else if (key == "end") {
            once(coding, kSeenEnd, key);
            coding.end = need_number(value, "end");
        } else if (key == "code") {
            once(coding, kSeenCode, key);
            coding.code = need_string(value, "code");
        } else if (key == "text") {
            once(coding, 7, key);
            coding.text = need_string(value, "text");
            coding.has_text = true;
        } else if (key == "coder") {
            once(coding, 8, key);
            coding.coder = need_string(value, "coder");
        } else if (key == "status") {
            once(coding, 9, key);
            coding.status = need_string(value, "status");
        } else if (key == "reviewer") {
            once(coding, 10, key);
            coding.reviewer = need_string(value, "reviewer");
        } else if (key == "memo") {
            once(coding, 11, key);
            coding.memo = string_or_null(value, "memo");
        } else if (key == "record") {
            if ((coding.seen & (kSeenRecord | kSeenKind)) != 0) throw BadRecord{"the member \"record\" stands twice in this record", key.data()};
            coding.seen |= kSeenRecord | kSeenKind;
            last_record_kind_ = std::string(need_string(value, "record"));
            if (last_record_kind_ == "coding") coding.seen &= ~kSeenRecord;
        } else {
            if (std::find(unknown_members_.begin(), unknown_members_.end(), key) != unknown_members_.end()) {
                throw BadRecord{"the member " + in_quotes(key) + " stands twice in this record", nullptr};
            }
            unknown_members_.push_back(key);
            check_value(value, 0);  // somebody else's, but it must be JSON
        }
    }

    static constexpr int kDepthMaximum = 64;

    // Walks a value that is not needed: the parser checks only what it is asked for.
    static void check_value(od::value value, int depth) {
        if (depth > kDepthMaximum) throw BadRecord{"values are nested more than 64 deep", nullptr};
        switch (od::json_type(value.type())) {
            case od::json_type::array:
                for (auto element : value.get_array()) check_value(element.value(), depth + 1);
                return;
            case od::json_type::object:
                for (auto field : value.get_object()) check_value(field.value().value(), depth + 1);
                return;
            case od::json_type::number: (void)double(value.get_double()); return;
            case od::json_type::string: (void)std::string_view(value.get_string()); return;
            case od::json_type::boolean: (void)bool(value.get_bool()); return;
            case od::json_type::null:
                if (!value.is_null()) throw BadRecord{"a value is not valid JSON", nullptr};
                return;
        }
    }

    void read_other(const std::string& kind, od::document& document) {
        check_members(document);
        od::object object = document.get_object();
        if (kind == "run") return read_run(object);
        if (kind == "end") return read_end(object);
        if (kind == "document") return read_document(object);
        if (kind == "code") return read_code(object);
        if (kind == "participant") return read_participant(object);
        if (kind == "skipped") return read_skipped(object);
        throw BadRecord{"unknown kind of record " + in_quotes(kind) + "; known are run, code, participant, document, coding, skipped, end", nullptr};
    }

    static std::vector<std::string> string_list(od::value value, const char* name) {
        std::vector<std::string> list;
        od::array array;
        if (value.get_array().get(array) != simdjson::SUCCESS) throw BadRecord{std::string(name) + " must be a list", nullptr};
        for (auto element : array) {
            std::string_view text;
            if (element.get_string().get(text) != simdjson::SUCCESS) throw BadRecord{std::string(name) + " must be a list of strings", nullptr};
            list.emplace_back(text);
        }
        return list;
    }

    void read_run(od::object& object) {
        if (in_run_) throw BadRecord{"a new run begins here, but the one before it has no end record; the command that wrote it failed or was stopped", nullptr};
        const bool after_bare_codings = !has_runs_ && has_codings_;
        in_run_ = true;
        has_runs_ = true;
        documents_in_run_ = 0;
        if (after_bare_codings) throw BadRecord{"codings without a run stand before this run record; keep them in a file of their own", nullptr};
        std::string name;
        for (auto field : object) {
            const std::string_view key = field.unescaped_key();
            if (key == "schema") {
                if (need_number(field.value(), "schema") != 1) throw BadRecord{"this stream has another schema than 1; a newer fangtan wrote it", nullptr};
            } else if (key == "codebook") {
                name = need_string(field.value(), "codebook");
            } else if (key == "language") {
                set_.language = need_string(field.value(), "language");
            } else if (key == "unit") {
                const std::string unit(string_or_null(field.value(), "unit"));
                if (!unit.empty() && std::find(set_.units.begin(), set_.units.end(), unit) == set_.units.end()) set_.units.push_back(unit);
            } else if (key == "levels") {
                set_.levels = string_list(field.value(), "levels");
            }
        }
        if (set_.codebook.empty()) set_.codebook = name;
    }

    void read_end(od::object& object) {
        if (!in_run_) throw BadRecord{"an end record without its run record before it", nullptr};
        in_run_ = false;
        std::uint64_t documents = 0;
        if (object.find_field_unordered("documents").get_uint64().get(documents) != simdjson::SUCCESS) {
            throw BadRecord{"an end record needs the number of documents", nullptr};
        }
        if (documents != documents_in_run_) {
            throw BadRecord{"the end record counts " + std::to_string(documents) + " documents, but " + std::to_string(documents_in_run_) +
                                " stand before it; lines were lost or added",
                            nullptr};
        }
    }

    void read_code(od::object& object) {
        CodeEntry entry;
        std::string parent;
        for (auto field : object) {
            const std::string_view key = field.unescaped_key();
            if (key == "code") entry.id = need_string(field.value(), "code");
            if (key == "name") entry.name = need_string(field.value(), "name");
            if (key == "parent") parent = string_or_null(field.value(), "parent");
            if (key == "path") entry.path = string_list(field.value(), "path");
            if (key == "color") entry.color = string_or_null(field.value(), "color");
        }
        if (entry.id.empty()) throw BadRecord{"a code record needs the member code", nullptr};
        if (entry.name.empty()) entry.name = entry.id;
        if (entry.path.empty()) entry.path = {entry.name};
        if (!parent.empty()) {
            entry.parent = set_.code_ids.find(parent);
            if (!entry.parent) throw BadRecord{"the parent " + in_quotes(parent) + " of the code " + in_quotes(entry.id) + " must have a record before it", nullptr};
        }
        const std::uint32_t number = set_.code_ids.number(entry.id);
        if (number == set_.codes.size()) {
            set_.codes.push_back(std::move(entry));
        } else if (set_.codes[number] == entry) {
            if (set_.codes[number].color.empty()) set_.codes[number].color = std::move(entry.color);
        } else {
            throw BadRecord{"the code " + in_quotes(entry.id) + " has another name or place than in an earlier record; code all shards with the same codebook", nullptr};
        }
    }

    void read_participant(od::object& object) {
        Participant participant;
        bool has_group = false;
        for (auto field : object) {
            const std::string_view key = field.unescaped_key();
            if (key == "record") continue;
            if (key == "participant") {
                participant.id = need_string(field.value(), "participant");
            } else if (key == "group") {
                participant.group = string_or_null(field.value(), "group");
                has_group = true;
            } else if (key == "role") {
                participant.role = string_or_null(field.value(), "role");
            } else {
                std::string name(key);
                participant.attributes.emplace_back(std::move(name), string_or_null(field.value(), "an attribute"));
            }
        }
        if (participant.id.empty()) throw BadRecord{"a participant record needs the member participant", nullptr};
        if (!has_group) participant.group = group_of_id(participant.id);
        const auto is_bare = [](const Participant& entry) { return entry.role.empty() && entry.attributes.empty() && entry.group == group_of_id(entry.id); };
        const std::uint32_t number = set_.participant_ids.number(participant.id);
        if (number == set_.participants.size()) {
            set_.participants.push_back(std::move(participant));
        } else if (is_bare(set_.participants[number])) {
            set_.participants[number] = std::move(participant);
        } else if (!is_bare(participant) && !(set_.participants[number] == participant)) {
            throw BadRecord{"the participant " + in_quotes(participant.id) + " is described differently in an earlier record", nullptr};
        }
    }

    void read_speech(od::value value, DocumentEntry& entry) {
        od::array list;
        if (value.get_array().get(list) != simdjson::SUCCESS) throw BadRecord{"speech must be a list", nullptr};
        for (auto element : list) {
            od::object object = element.get_object();
            SpeechEntry speech;
            for (auto field : object) {
                const std::string_view key = field.unescaped_key();
                if (key == "participant") {
                    const std::string_view id = string_or_null(field.value(), "participant");
                    if (!id.empty()) speech.participant = set_.participant(id);
                } else if (key == "characters") {
                    speech.characters = need_number(field.value(), "characters");
                }
            }
            entry.speech.push_back(speech);
        }
    }

    void read_document(od::object& object) {
        DocumentEntry entry;
        bool has_characters = false;
        for (auto field : object) {
            const std::string_view key = field.unescaped_key();
            if (key == "document") {
                entry.id = need_string(field.value(), "document");
            } else if (key == "sha256") {
                entry.sha256 = need_string(field.value(), "sha256");
            } else if (key == "date") {
                entry.date = string_or_null(field.value(), "date");
            } else if (key == "characters") {
                entry.characters = need_number(field.value(), "characters");
                has_characters = true;
            } else if (key == "participants") {
                for (const std::string& id : string_list(field.value(), "participants")) entry.participants.push_back(set_.participant(id));
            } else if (key == "speech") {
                read_speech(field.value(), entry);
            }
        }
        if (entry.id.empty() || !has_characters) throw BadRecord{"a document record needs the members document and characters", nullptr};
        ++documents_in_run_;
        const std::uint32_t number = set_.document_ids.number(entry.id);
        if (number == set_.documents.size()) {
            set_.documents.push_back(std::move(entry));
        } else if (set_.documents[number].sha256 != entry.sha256 || set_.documents[number].characters != entry.characters) {
            throw BadRecord{"two different documents are called " + in_quotes(entry.id) + "; if the transcript was edited since it was coded, bring its codings up to date with fangtan relocate; two interviews of one name get different ids when their folders are coded in one run", nullptr};
        }
    }

    void read_skipped(od::object& object) {
        std::string_view file;
        if (object.find_field_unordered("file").get_string().get(file) == simdjson::SUCCESS) set_.skipped.emplace_back(file);
    }

    // Codings of one document and participant follow each other: the number of the name before is the number of the next.
    struct Remembered {
        std::string name;
        std::uint32_t number = kNobody;

        template <typename Find>
        std::uint32_t of(std::string_view wanted, Find find) {
            if (number == kNobody || wanted != name) {
                number = find(wanted);
                name = wanted;
            }
            return number;
        }
    };

    std::uint32_t document_of(const CodingRecord& record) {
        if (const auto number = set_.document_ids.find(record.document)) return *number;
        if (has_runs_) throw BadRecord{"the document " + in_quotes(record.document) + " of this coding has no document record before it", record.document.data()};
        const std::uint32_t number = set_.document_ids.number(record.document);
        set_.documents.push_back({std::string(record.document), {}, {}, 0, {}, {}});
        return number;
    }

    std::uint32_t code_of(const CodingRecord& record) {
        if (const auto number = set_.code_ids.find(record.code)) return *number;
        if (has_runs_ || bare_codes_closed()) {
            throw BadRecord{"the code " + in_quotes(record.code) + " is unknown; it needs a code record before it, or a place in the codebook (-b)", record.code.data()};
        }
        const std::uint32_t number = set_.code_ids.number(record.code);
        set_.codes.push_back({std::string(record.code), std::string(record.code), {std::string(record.code)}, std::nullopt});
        own_codes_ = true;
        return number;
    }
    // A codebook was given (or records came before): what it does not hold is a mistake.
    [[nodiscard]] bool bare_codes_closed() const { return !own_codes_ && !set_.codes.empty(); }

    void check_span(const CodingRecord& record, std::uint32_t document) {
        if (*record.start >= *record.end) {
            throw BadRecord{"start " + std::to_string(*record.start) + " must be before end " + std::to_string(*record.end), record.start_at};
        }
        const DocumentEntry& entry = set_.documents[document];
        const bool known = has_runs_ || entry.characters > 0;
        if (known && *record.end > entry.characters) {
            throw BadRecord{"end " + std::to_string(*record.end) + " lies past the end of document " + in_quotes(entry.id) + " (" +
                                std::to_string(entry.characters) + " characters)",
                            record.start_at};
        }
        if (!record.has_text) return;
        const std::uint64_t length = utf8::count(record.text);
        if (length == *record.end - *record.start) return;
        const auto wide = static_cast<std::uint64_t>(std::count_if(record.text.begin(), record.text.end(), [](char c) { return static_cast<unsigned char>(c) >= 0xF0; }));
        throw BadRecord{"the text has " + std::to_string(length) + " characters, but start and end span " + std::to_string(*record.end - *record.start) +
                            (length + wide == *record.end - *record.start ? " (they seem to count UTF-16 units; positions are code points)" : ""),
                        record.start_at};
    }

    void add_coding(const CodingRecord& record) {
        if ((record.seen & kSeenNeeded) != kSeenNeeded) throw BadRecord{"a coding needs the members document, start, end and code", nullptr};
        if (has_runs_ && !in_run_) throw BadRecord{"this coding stands outside of a run (before its run record or after its end record)", nullptr};
        CodingEntry entry;
        entry.document = last_document_.of(record.document, [&](std::string_view) { return document_of(record); });
        entry.code = code_of(record);
        check_span(record, entry.document);
        entry.turn = static_cast<std::uint32_t>(record.turn.value_or(0));
        entry.start = static_cast<std::uint32_t>(*record.start);
        entry.end = static_cast<std::uint32_t>(*record.end);
        if (!record.participant.empty()) {
            entry.participant = last_participant_.of(record.participant, [&](std::string_view id) { return set_.participant(id); });
        }
        if (!record.speaker.empty()) entry.speaker = set_.labels.number(record.speaker);
        entry.coder = last_coder_.of(record.coder.empty() ? "unknown" : record.coder, [&](std::string_view name) { return set_.labels.number(name); });
        if (!record.reviewer.empty()) entry.reviewer = set_.labels.number(record.reviewer);
        if (record.status == "accepted") {
            entry.status = CodingStatus::accepted;
        } else if (record.status == "rejected") {
            entry.status = CodingStatus::rejected;
        } else if (!record.status.empty() && record.status != "proposed") {
            throw BadRecord{"status must be proposed, accepted or rejected, found " + in_quotes(record.status), record.status.data()};
        }
        set_.add(entry, record.text, record.memo);
        has_codings_ = true;
    }

    std::string_view text_;  // the lines at hand
    const std::string& file_;
    CodingSet& set_;
    Diagnostics& diagnostics_;
    od::parser parser_;
    std::string_view line_;
    std::size_t errors_before_;
    std::size_t bytes_before_ = 0;
    bool broken_ = false;  // not UTF-8: nothing behind that can be trusted
    std::uint32_t line_number_ = 0;
    bool has_runs_ = false;
    bool in_run_ = false;
    bool has_codings_ = false;
    bool own_codes_ = false;
    std::uint64_t documents_in_run_ = 0;
    Remembered last_document_;
    Remembered last_participant_;
    Remembered last_coder_;
    std::string last_record_kind_;
    std::vector<std::string_view> unknown_members_;  // of the coding at hand
};

JsonLinesReader::JsonLinesReader(const std::string& file, CodingSet& set, Diagnostics& diagnostics)
    : state_(std::make_unique<State>(file, set, diagnostics)) {}
JsonLinesReader::~JsonLinesReader() = default;

void JsonLinesReader::add(std::string_view lines) { state_->add(lines); }
bool JsonLinesReader::finish() { return state_->finish(); }

bool looks_like_json_lines(std::string_view text) {
    const std::size_t first = text.find_first_not_of(" \t\r\n");
    return first == std::string_view::npos || text[first] == '{' || text[first] == '[';
}

bool read_json_lines(std::string_view text, const std::string& file, CodingSet& set, Diagnostics& diagnostics) {
    JsonLinesReader reader(file, set, diagnostics);
    reader.add(text);
    return reader.finish();
}

}  // namespace fangtan::coding
