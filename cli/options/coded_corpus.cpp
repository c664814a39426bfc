// SPDX-License-Identifier: Apache-2.0
#include "coded_corpus.hpp"

#include <algorithm>
#include <array>
#include <filesystem>

#include "fangtan/analysis/count_corpus.hpp"
#include "fangtan/base/error.hpp"
#include "fangtan/coding/read.hpp"
#include "fangtan/reader/inputs.hpp"
#include "fangtan/text/code_point_index.hpp"
#include "fangtan/text/decode.hpp"

namespace fangtan::cli {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr std::string_view kBlanks = " \t\r\n";

// Codings by their ending; what comes from standard input is looked at.
bool names_codings(const std::string& argument) {
    std::string name = argument;
    std::transform(name.begin(), name.end(), name.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    static constexpr std::array kEndings = {".jsonl", ".csv", ".tsv", ".json", ".ndjson"};
    return std::any_of(kEndings.begin(), kEndings.end(), [&](const char* ending) { return name.ends_with(ending); });
}

// A table of who said what is an interview, whatever its ending.
bool is_chat(const std::string& argument) {
    return reader::format_of(argument) == reader::Format::table && std::filesystem::is_regular_file(argument) && reader::holds_chat(argument);
}

bool begins_with_record(std::string_view head) {
    if (head.starts_with(kByteOrderMark)) head.remove_prefix(kByteOrderMark.size());
    head.remove_prefix(std::min(head.find_first_not_of(kBlanks), head.size()));
    if (head.empty()) return false;
    if (head.front() == '{') return true;
    if (head.front() != '[') return false;
    const std::size_t next = head.find_first_not_of(kBlanks, 1);
    return next != std::string_view::npos && head[next] == '{';
}

bool begins_with_columns(std::string_view head) {
    std::string line(head.substr(0, head.find('\n')));
    std::erase(line, '\0');  // rows may be in UTF-16
    return line.find("document") != std::string::npos && line.find("code") != std::string::npos;
}

bool begins_like_codings(const std::string& path) {
    LineBlocks blocks = LineBlocks::of_file(path);
    std::string head;
    blocks.next(head);
    return begins_with_record(head) || begins_with_columns(head);
}

// `block` is the first one.
void read_blocks(std::string block, LineBlocks& more, const std::string& name, CodingSet& set, Diagnostics& diagnostics, const Streams& streams) {
    // Rows keep a byte-order mark, which says how to decode them.
    const std::size_t mark = block.starts_with(kByteOrderMark) ? kByteOrderMark.size() : 0;
    if (coding::looks_like_json_lines(std::string_view(block).substr(mark))) {
        coding::JsonLinesReader reader(name, set, diagnostics);
        reader.add(std::string_view(block).substr(mark));
        while (more.next(block)) reader.add(block);
        reader.finish();
        return;
    }
    for (std::string next; more.next(next);) block += next;
    const DecodedText decoded = decode(std::move(block), name);
    note_decoding(decoded, name, streams);
    coding::read_rows(decoded.text, name, set, diagnostics);
}

// The interviews of a corpus, as far as they can be read, added to `corpus`.
class InterviewReader {
 public:
    InterviewReader(CodingSources& sources, const CodedCorpusOptions& options, const Streams& streams, CodedCorpus& into)
        : sources_(sources), options_(options), streams_(streams), messages_(streams), into_(into) {}

    bool read(bool apply_rules) {
        const std::optional<Corpus> corpus = open_corpus(options_.corpus, streams_);
        if (!corpus) return false;
        into_.participants = corpus->participants;
        add_participants(into_.set, into_.participants);
        static const Codebook kNone;
        const Application application(apply_rules ? *into_.codebook : kNone, options_.unit.apply(), into_.participants);
        into_.set.skipped.insert(into_.set.skipped.end(), corpus->skipped.begin(), corpus->skipped.end());
        for (const std::string& file : corpus->skipped) messages_.warning(file + ": set aside: this format cannot be read");
        Progress progress(streams_, corpus->size());
        for (std::size_t i = 0; i < corpus->size(); ++i) {
            add(*corpus, i, application);
            progress.show(i);
        }
        return true;
    }

    static void add_participants(CodingSet& set, const ParticipantTable& participants) {
        for (const Participant& participant : participants.all()) {
            set.participant_ids.number(participant.id);
            set.participants.push_back(participant);
        }
    }

 private:
    void add(const Corpus& corpus, std::size_t i, const Application& application) {
        std::vector<std::string> notes;
        ReadOptions read = corpus.read;
        read.dialogue.participants = &corpus.participants;
        try {
            const InputFile& file = corpus.file(i);
            Transcript transcript = file.path == "-" ? reader::read_bytes(sources_.standard_text(), file, read, notes) : reader::read(file, read, notes);
            analysis::add_document(transcript, application, into_.set);
            if (options_.keep_texts) into_.transcripts.push_back(std::move(transcript));
        } catch (const Error& error) {
            if (!options_.corpus.keep_going || error.kind() != ErrorKind::input) throw;
            messages_.warning("set aside: " + error.place() + ": " + error.what());
            into_.set.skipped.push_back(corpus.file(i).file);
        }
        for (const std::string& note : notes) messages_.note(note);
    }

    CodingSources& sources_;
    const CodedCorpusOptions& options_;
    const Streams& streams_;
    Messages messages_;
    CodedCorpus& into_;
};

// Rows carry no hash of their document: what they quote must stand where they say.
bool passages_stand(const CodedCorpus& corpus, const Streams& streams) {
    Diagnostics diagnostics;
    std::vector<std::optional<CodePointIndex>> indices(corpus.set.documents.size());
    for (std::size_t i = 0; i < corpus.set.codings.size() && i < corpus.set.texts.size(); ++i) {
        const CodingEntry& coding = corpus.set.codings[i];
        const Transcript* transcript = corpus.set.texts[i].empty() ? nullptr : corpus.transcript_of(coding.document);
        if (transcript == nullptr) continue;
        std::optional<CodePointIndex>& index = indices[coding.document];
        if (!index) index.emplace(transcript->text);
        if (coding.end <= index->size()) {
            const Span span{index->to_byte({coding.start}), index->to_byte({coding.end})};
            if (span.of(transcript->text) == corpus.set.texts[i]) continue;
        }
        diagnostics.error(transcript->file, {}, "characters " + std::to_string(coding.start) + " to " + std::to_string(coding.end) +
                                                    " are not the text that was coded there; bring the codings up to date with fangtan relocate");
    }
    Messages(streams).diagnostics(diagnostics);
    return !diagnostics.has_errors();
}

bool add_participants_only(const CodedCorpusOptions& options, CodedCorpus& into, const Streams& streams) {
    if (options.corpus.participants.empty()) return true;
    Diagnostics diagnostics;
    const DecodedText decoded = decode(read_file(options.corpus.participants), options.corpus.participants);
    note_decoding(decoded, options.corpus.participants, streams);
    read_participants(decoded.text, options.corpus.participants, into.participants, diagnostics);
    Messages(streams).diagnostics(diagnostics);
    InterviewReader::add_participants(into.set, into.participants);
    return !diagnostics.has_errors();
}

}  // namespace

void CodingSources::take(std::vector<std::string>& arguments, bool only, bool with_codebook) {
    std::vector<std::string> interviews;
    if (arguments.empty() && only) arguments = {"-"};
    for (const std::string& argument : arguments) {
        std::error_code error;
        if (argument == "-") {
            if (streams_.in == 0 && with_codebook && !standard_input_holds_codings()) {
                interviews.push_back(argument);
            } else {
                add({"standard input", {}, {}, {}}, standard_input_head());
            }
        } else if (names_codings(argument) && !((with_codebook || interviews_ == Interviews::welcome) && is_chat(argument))) {
            add_file(argument, false);
        } else if (with_codebook) {
            interviews.push_back(argument);
        } else if (interviews_ == Interviews::need_codebook) {
            if (std::filesystem::is_directory(argument, error)) {
                throw Error(ErrorKind::usage, argument, "is a folder; to code interviews in the same step, give the codebook with -b");
            }
            add_file(argument, true);
        } else if (!std::filesystem::exists(argument, error) || std::filesystem::is_directory(argument, error)) {
            interviews.push_back(argument);
        } else {
            // A pipe gives its bytes once only; it can be codings, which are read in one go.
            if (std::filesystem::is_regular_file(argument) && !begins_like_codings(argument)) {
                interviews.push_back(argument);
            } else {
                add_file(argument, true);
            }
        }
    }
    arguments = interviews;
}

bool CodingSources::read_into(CodingSet& set) {
    Diagnostics diagnostics;
    for (Source& source : sources_) read(source, set, diagnostics);
    messages_.diagnostics(diagnostics);
    return !diagnostics.has_errors();
}

const std::string& CodingSources::standard_text() {
    if (!standard_text_) {
        standard_text_ = standard_input_head();
        for (std::string block; standard_input_->next(block);) *standard_text_ += block;
    }
    return *standard_text_;
}

// The first lines; they stay to be read.
const std::string& CodingSources::standard_input_head() {
    if (!standard_input_) {
        standard_input_.emplace(LineBlocks::of_descriptor(streams_.in, "standard input"));
        standard_input_->next(standard_head_);
    }
    return standard_head_;
}

bool CodingSources::standard_input_holds_codings() {
    const std::string& head = standard_input_head();
    const std::size_t mark = head.starts_with(kByteOrderMark) ? kByteOrderMark.size() : 0;
    if (head.find_first_not_of(kBlanks, mark) == std::string::npos) return true;  // add() refuses it: never zeros because a pipeline failed
    return begins_with_record(head) || begins_with_columns(head);
}

void CodingSources::add_file(const std::string& path, bool any_name) {
    Source source{path, path, {}, {}};
    LineBlocks blocks = LineBlocks::of_file(path);
    std::string head;
    blocks.next(head);
    if (any_name && !coding::looks_like_json_lines(head) && head.find("document") == std::string::npos) {
        throw Error(ErrorKind::usage, path, "holds no codings; to code interviews in the same step, give the codebook with -b");
    }
    if (!std::filesystem::is_regular_file(path)) {
        source.open = std::make_unique<LineBlocks>(std::move(blocks));
        source.head = head;
    }
    add(std::move(source), head);
}

void CodingSources::add(Source source, std::string_view head) {
    const bool marked = head.starts_with(kByteOrderMark);
    if (head.find_first_not_of(kBlanks, marked ? kByteOrderMark.size() : 0) == std::string::npos) {
        throw Error(ErrorKind::input, source.name, "holds nothing; if a pipeline feeds it, the command before it failed");
    }
    sources_.push_back(std::move(source));
}

void CodingSources::read(Source& source, CodingSet& set, Diagnostics& diagnostics) {
    std::optional<LineBlocks> file;
    if (!source.path.empty() && !source.open) file.emplace(LineBlocks::of_file(source.path));
    LineBlocks& blocks = file ? *file : source.open ? *source.open : *standard_input_;
    std::string block;
    if (file) {
        blocks.next(block);
    } else {
        block = std::move(source.open ? source.head : standard_head_);
        block.reserve(block.size() + coding::kPaddingAfter);
    }
    read_blocks(std::move(block), blocks, source.name, set, diagnostics, streams_);
}

bool read_codings(const std::string& path, CodingSet& set, const Streams& streams) {
    Diagnostics diagnostics;
    LineBlocks blocks = LineBlocks::of_file(path);
    std::string block;
    if (!blocks.next(block)) throw Error(ErrorKind::input, path, "holds no codings");
    read_blocks(std::move(block), blocks, path, set, diagnostics, streams);
    Messages(streams).diagnostics(diagnostics);
    return !diagnostics.has_errors();
}

void CodedCorpusOptions::add_to(CLI::App& app) {
    unit.add_to(app, false);
    corpus.add_to(app, "Codings (.jsonl, .csv, .tsv, - for standard input) and the interviews they were made from; with -b interviews alone");
}

const Transcript* CodedCorpus::transcript_of(std::uint32_t document) const {
    // Interviews are read before codings: those that are there have the first numbers.
    if (document < transcripts.size() && transcripts[document].id == set.documents[document].id) return &transcripts[document];
    for (const Transcript& transcript : transcripts) {
        if (transcript.id == set.documents[document].id) return &transcript;
    }
    return nullptr;
}

std::optional<CodedCorpus> open_coded_corpus(const CodedCorpusOptions& given, const Streams& streams) {
    CodedCorpusOptions options = given;
    std::optional<Codebook> codebook;
    if (!options.unit.codebook.empty()) {
        codebook = open_codebook(options.unit.codebook, streams);
        if (!codebook) return std::nullopt;
    }
    CodingSources sources(streams, CodingSources::Interviews::welcome);
    sources.take(options.corpus.inputs, options.corpus.files_from.empty(), codebook.has_value());
    if (sources.empty() && !codebook) {
        throw Error(ErrorKind::usage, options.corpus.inputs.empty() ? options.corpus.files_from : options.corpus.inputs[0],
                    "these are interviews only; give their codings too, or the codebook with -b to code them in the same step");
    }
    return read_coded_corpus(sources, options, std::move(codebook), streams);
}

std::optional<CodedCorpus> read_coded_corpus(CodingSources& sources, const CodedCorpusOptions& options, std::optional<Codebook> codebook, const Streams& streams) {
    CodedCorpus result;
    result.codebook = std::move(codebook);
    CodingSet& set = result.set;
    set.keeps_texts = options.keep_texts;
    if (result.codebook) {
        set.codebook = result.codebook->name();
        set.language = result.codebook->language();
        set.levels = result.codebook->levels();
        for (CodeEntry& entry : code_entries(*result.codebook)) {
            set.code_ids.number(entry.id);
            set.codes.push_back(std::move(entry));
        }
    }
    if (result.codebook && sources.empty()) set.units = {std::string(name_of(options.unit.unit))};
    const bool has_interviews = !options.corpus.inputs.empty() || !options.corpus.files_from.empty();
    if (!(has_interviews ? InterviewReader(sources, options, streams, result).read(sources.empty()) : add_participants_only(options, result, streams))) return std::nullopt;
    if (!sources.read_into(set)) return std::nullopt;
    if (!passages_stand(result, streams)) return std::nullopt;
    result.skipped = set.skipped.size();
    return result;
}

}  // namespace fangtan::cli
