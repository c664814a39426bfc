// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <memory>

#include "../command.hpp"
#include "../options/coding_stream.hpp"
#include "../options/output_options.hpp"
#include "fangtan/coding/relocate.hpp"
#include "fangtan/coding/write.hpp"
#include "fangtan/text/utf8.hpp"

namespace fangtan::cli {
namespace {

using coding::Fate;

struct RelocateOptions {
    std::string codings;
    std::vector<std::string> old;
    std::string lost;
    std::string report;
    CorpusOptions corpus;
    OutputOptions output;
};

// A document record is made anew without any code.
class Discard : public CodingSink {
 public:
    explicit Discard(coding::DocumentWriter& writer) : writer_(writer) {}
    void document(const Transcript& transcript, const DocumentCounts& counts) override { writer_.document(transcript, counts); }
    void coding(const Transcript& /*transcript*/, const RuleCoding& /*coding*/) override {}

 private:
    coding::DocumentWriter& writer_;
};

std::string percent_of_one(double share) {
    const auto hundredths = static_cast<unsigned>(share * 100);  // downwards: 1.00 is said of what is equal only
    const std::string digits = std::to_string(hundredths % 100);
    return std::to_string(hundredths / 100) + "." + (digits.size() < 2 ? "0" : "") + digits;
}

class RelocateRun {
 public:
    RelocateRun(const RelocateOptions& options, const Streams& streams) : options_(options), streams_(streams), messages_(streams) {}

    int run() {
        check_outputs();
        auto stream = open_stream(options_.codings, streams_);
        if (!stream) return kBadInput;
        const auto corpus = open_corpus(options_.corpus, streams_);
        if (!corpus) return kBadInput;
        const coding::TranscriptsById transcripts = read_transcripts(*corpus, streams_);
        if (!all_are_there(*stream, transcripts)) return kBadInput;
        const auto old = read_old(*stream);
        if (!old) return kBadInput;
        find_again(*stream, transcripts, *old);
        if (counts_[static_cast<std::size_t>(Fate::lost)] > 0 && options_.lost.empty()) {
            tell();
            throw Error(ErrorKind::usage, "--lost", "some codings are lost, and nothing is dropped without a word: name a file for them");
        }
        renew_documents(*stream, *corpus, transcripts);
        Output out = options_.output.open(streams_);
        write_lists();
        out.write(coding::to_json_lines(*stream));
        out.commit();
        tell();
        return counts_[static_cast<std::size_t>(Fate::lost)] > 0 ? kAnswerIsNo : kDone;
    }

 private:
    void check_outputs() const {
        std::vector<std::string> inputs = options_.corpus.inputs;
        inputs.insert(inputs.end(), options_.old.begin(), options_.old.end());
        inputs.push_back(options_.codings);
        inputs.push_back(options_.corpus.participants);
        const std::array<std::pair<const char*, const std::string*>, 3> outputs = {{{"-o", &options_.output.path}, {"--lost", &options_.lost}, {"--report", &options_.report}}};
        for (const auto& [option, path] : outputs) {
            refuse_input(option, *path, inputs);
            for (const auto& [other, other_path] : outputs) {
                if (other != option && !path->empty() && *path == *other_path) throw Error(ErrorKind::usage, std::string(option) + " " + *path, std::string("is the file of ") + other + " too; name another one");
            }
        }
    }

    bool all_are_there(const coding::CodingStream& stream, const coding::TranscriptsById& transcripts) const {
        Diagnostics diagnostics;
        const auto missing = [&](const std::string& id) { diagnostics.error(options_.codings, {0, 0}, "the document \"" + id + "\" is not among the interviews; name its transcript too (its file name without the ending is its id)"); };
        for (const coding::Record& document : stream.documents) {
            if (!transcripts.contains(document.text("document"))) missing(document.text("document"));
        }
        if (stream.runs.empty()) {
            for (const std::string& id : without_transcript(stream, transcripts)) missing(id);
        }
        messages_.diagnostics(diagnostics);
        return !diagnostics.has_errors();
    }

    // The transcripts as they were coded: their hashes must be those of the stream.
    std::optional<coding::TranscriptsById> read_old(const coding::CodingStream& stream) const {
        if (options_.old.empty()) return coding::TranscriptsById{};
        CorpusOptions options = options_.corpus;
        options.inputs = options_.old;
        options.files_from.clear();
        const auto corpus = open_corpus(options, streams_);
        if (!corpus) return std::nullopt;
        coding::TranscriptsById old = read_transcripts(*corpus, streams_);
        Diagnostics diagnostics;
        for (const coding::Record& document : stream.documents) {
            const auto found = old.find(document.text("document"));
            if (found == old.end() || found->second.sha256 == document.text("sha256")) continue;
            diagnostics.error(found->second.file, {0, 0}, "was given with --old, but \"" + found->first + "\" was coded as another file (SHA-256 " + document.text("sha256").substr(0, 12) + "…, found " +
                                                              found->second.sha256.substr(0, 12) + "…)");
        }
        messages_.diagnostics(diagnostics);
        if (diagnostics.has_errors()) return std::nullopt;
        return old;
    }

    void find_again(coding::CodingStream& stream, const coding::TranscriptsById& transcripts, const coding::TranscriptsById& old_transcripts) {
        std::map<std::string, std::vector<coding::StoredCoding>> by_document;
        std::vector<std::string> order;
        for (coding::StoredCoding& entry : stream.codings) {
            auto& list = by_document[entry.document];
            if (list.empty()) order.push_back(entry.document);
            list.push_back(std::move(entry));
        }
        stream.codings.clear();
        for (const std::string& id : order) {
            const Transcript& now = transcripts.find(id)->second;
            coding::OldDocument old;
            if (const coding::Record* record = stream.document(id)) {
                old.characters = record->number("characters").value_or(0);
                old.same = record->text("sha256") == now.sha256 && old.characters == utf8::count(now.text);
            }
            if (const auto found = old_transcripts.find(id); found != old_transcripts.end()) old.text = found->second.text;
            const std::vector<coding::StoredCoding>& before = by_document[id];
            const std::vector<coding::Relocated> after = coding::relocate(before, old, now);
            for (std::size_t i = 0; i < after.size(); ++i) {
                ++counts_[static_cast<std::size_t>(after[i].fate)];
                note(before[i], after[i]);
                if (after[i].fate == Fate::lost) lost_.push_back(before[i]);
                else stream.codings.push_back(after[i].coding);
            }
        }
    }

    void note(const coding::StoredCoding& before, const coding::Relocated& after) {
        if (after.origin_lost) ++origins_lost_;
        if (after.fate == Fate::moved && after.places > 1) ++chosen_;
        if (after.fate == Fate::unchanged) return;
        const bool lost = after.fate == Fate::lost;
        const auto number = [](const std::optional<std::uint32_t>& value) { return value ? std::to_string(*value) : std::string(); };
        report_ += csv_row({before.document, std::string(name_of(after.fate)), before.participant, before.code, before.coder, number(before.turn), std::to_string(before.start),
                            std::to_string(before.end), lost ? "" : number(after.coding.turn), lost ? "" : std::to_string(after.coding.start), lost ? "" : std::to_string(after.coding.end),
                            lost ? "" : percent_of_one(after.similarity), after.places > 0 ? std::to_string(after.places) : "", before.text.value_or(""), lost ? "" : after.coding.text.value_or("")},
                           options_.output.excel);
    }

    // Hash, length, turns and who speaks are those of the new text; what else a record holds stays.
    void renew_documents(coding::CodingStream& stream, const Corpus& corpus, const coding::TranscriptsById& transcripts) const {
        if (stream.runs.empty()) return;
        const coding::Record run = coding::common_run(stream.runs);
        ApplyOptions applied;
        if (const auto unit = unit_kind_of(run.text("unit"))) applied.unit = *unit;
        const auto is_true = [&](const char* name) { return run.find(name) != nullptr && *run.find(name) == "true"; };
        applied.include_interviewer = is_true("include_interviewer");
        applied.skip_marks = is_true("skip_marks");
        const Codebook none;
        const StreamOptions stream_options;
        const Application application(none, applied, corpus.participants);
        for (coding::Record& document : stream.documents) {
            const Transcript& now = transcripts.find(document.text("document"))->second;
            if (document.text("sha256") == now.sha256 && document.number("characters") == utf8::count(now.text)) continue;
            std::string line;
            coding::DocumentWriter writer(stream_options, none, corpus.participants);
            writer.begin(line, [](std::string& /*buffer*/) {});
            Discard sink(writer);
            Applier(application).apply(now, sink);
            const coding::Record fresh = coding::record_of_line(line);
            document.remove("encoding");
            const std::string file = document.text("file");
            for (const coding::Member& member : fresh.members) document.set(member.name, member.json);
            if (!file.empty()) document.set_text("file", file);
            add_people(stream, now, corpus.participants);
        }
    }

    static void add_people(coding::CodingStream& stream, const Transcript& now, const ParticipantTable& table) {
        for (const std::string& id : now.participants()) {
            if (std::any_of(stream.participants.begin(), stream.participants.end(), [&](const coding::Record& record) { return record.text("participant") == id; })) continue;
            const Participant* known = table.find(id);
            stream.participants.push_back(coding::record_of_line(coding::participant_line({}, known != nullptr ? *known : Participant{id, group_of_id(id), {}, {}})));
        }
    }

    void write_lists() const {
        if (!options_.lost.empty()) {
            std::string text;
            for (const coding::StoredCoding& entry : lost_) text += line_of(entry);
            Output out = Output::to_file(options_.lost);
            out.write(text);
            out.commit();
        }
        if (!options_.report.empty()) {
            const bool excel = options_.output.excel;
            Output out = Output::to_file(options_.report);
            out.write((excel ? "\xEF\xBB\xBF" : "") +
                      csv_row({"document", "fate", "participant", "code", "coder", "old_turn", "old_start", "old_end", "new_turn", "new_start", "new_end", "similarity", "places", "old_text", "new_text"}, excel) + report_);
            out.commit();
        }
    }

    void tell() const {
        std::string text;
        for (const Fate fate : {Fate::unchanged, Fate::moved, Fate::changed, Fate::lost}) {
            const std::string name(name_of(fate));
            text += name + std::string(12 - name.size(), ' ') + std::to_string(counts_[static_cast<std::size_t>(fate)]) + "\n";
        }
        messages_.raw(text);
        if (chosen_ > 0) messages_.note("codings whose text stands in several places: " + std::to_string(chosen_) + "; the nearest was taken, see the column places of --report");
        if (origins_lost_ > 0) messages_.note("moved codings whose first place is gone: " + std::to_string(origins_lost_) + "; they have no member origin any more");
    }

    const RelocateOptions& options_;
    const Streams& streams_;
    Messages messages_;
    std::array<std::size_t, 4> counts_{};
    std::size_t chosen_ = 0;
    std::size_t origins_lost_ = 0;
    std::vector<coding::StoredCoding> lost_;
    std::string report_;
};

}  // namespace

Action setup_relocate(CLI::App& app) {
    const auto options = std::make_shared<RelocateOptions>();
    app.add_option("CODINGS", options->codings, "Codings (JSON Lines), - for standard input")->required();
    app.add_option("--old", options->old, "The transcripts as they were coded; what stood around a passage tells equal ones apart. May be given several times")->type_name("INPUT")->allow_extra_args(false);
    app.add_option("--lost", options->lost, "Write codings that were not found again, as JSON Lines")->type_name("FILE");
    app.add_option("--report", options->report, "Write a row for each coding that is not unchanged, as CSV")->type_name("FILE");
    options->output.add_to(app);
    options->corpus.add_to(app, "The transcripts as they are now: files, folders (walked)");
    for (const char* none : {"--shard", "--keep-going"}) app.remove_option(app.get_option(none));
    app.footer("Example: fangtan relocate codings.jsonl interviews/ --lost lost.jsonl -o relocated.jsonl");
    return [options](const Streams& streams) { return RelocateRun(*options, streams).run(); };
}

}  // namespace fangtan::cli
