// SPDX-License-Identifier: Apache-2.0
#include <filesystem>
#include <memory>
#include <numeric>

#include "../command.hpp"
#include "../options/coding_stream.hpp"
#include "../options/output_options.hpp"
#include "fangtan/base/file.hpp"
#include "fangtan/coding/dispute.hpp"
#include "fangtan/text/utf8.hpp"

namespace fangtan::cli {
namespace {

struct ReviewOptions {
    std::string codings;
    std::string to;
    std::string from;
    std::string codebook;
    std::string reviewer;
    std::size_t context = 40;
    bool disputed = false;
    CorpusOptions corpus;
    OutputOptions output;
};

class ReviewRun {
 public:
    ReviewRun(const ReviewOptions& options, const Streams& streams) : options_(options), streams_(streams), messages_(streams) {}

    int run() {
        if (options_.to.empty() == options_.from.empty()) throw Error(ErrorKind::usage, "review", "give either --to (make a sheet) or --from (apply one)");
        check_outputs();
        if (!options_.codebook.empty()) {
            codebook_ = open_codebook(options_.codebook, streams_);
            if (!codebook_) return kBadInput;
        }
        auto stream = open_stream(options_.codings, streams_);
        if (!stream || !read_interviews(*stream)) return kBadInput;
        return options_.from.empty() ? make_sheet(*stream) : apply(*stream);
    }

 private:
    void check_outputs() const {
        const std::vector<std::string> inputs = {options_.codings, options_.codebook, options_.from, options_.corpus.participants};
        refuse_input("-o", options_.output.path, inputs);
        refuse_input("-o", options_.output.path, options_.corpus.inputs);
        if (options_.to.empty() && options_.disputed) throw Error(ErrorKind::usage, "--disputed", "belongs to --to: it says which codings become rows");
        if (options_.to.empty()) return;
        if (!options_.output.path.empty()) throw Error(ErrorKind::usage, "-o " + options_.output.path, "belongs to --from; --to names the sheet itself");
        if (!options_.reviewer.empty()) throw Error(ErrorKind::usage, "--reviewer", "belongs to --from: it says who filled in the sheet");
        std::error_code none;
        // Decisions somebody typed cannot be made again.
        if (options_.to != "-" && std::filesystem::exists(options_.to, none)) {
            throw Error(ErrorKind::usage, "--to " + options_.to, "is there already and may hold decisions; name another file, or remove it");
        }
    }

    bool read_interviews(const coding::CodingStream& stream) {
        const CorpusOptions& corpus = options_.corpus;
        if (corpus.inputs.empty() && corpus.files_from.empty()) {
            if (options_.to.empty()) return true;
            throw Error(ErrorKind::usage, "--to " + options_.to, "shows what stands around each coding; name the interviews behind the codings");
        }
        const auto opened = open_corpus(corpus, streams_);
        if (!opened) return false;
        transcripts_ = read_transcripts(*opened, streams_);
        return same_documents(stream, options_.codings, transcripts_, streams_) && spans_fit(stream);
    }

    // Bare codings carry no hash that would have told.
    [[nodiscard]] bool spans_fit(const coding::CodingStream& stream) const {
        std::map<std::string, std::u32string> texts;
        for (const auto& [id, transcript] : transcripts_) texts.emplace(id, utf8::to_code_points(transcript.text));
        Diagnostics diagnostics;
        for (const coding::StoredCoding& coding : stream.codings) {
            const auto text = texts.find(coding.document);
            if (text == texts.end()) continue;
            const std::u32string_view whole = text->second;
            if (coding.end > whole.size()) {
                diagnostics.error(options_.codings, {coding.line, 1}, "end " + std::to_string(coding.end) + " lies past the end of document \"" + coding.document + "\" (" + std::to_string(whole.size()) + " characters)");
            } else if (coding.text && whole.substr(coding.start, coding.end - coding.start) != utf8::to_code_points(*coding.text)) {
                diagnostics.error(options_.codings, {coding.line, 1}, "the text of this coding does not stand at its place in document \"" + coding.document +
                                                                        "\"; if the transcript was edited, or is read with other options, run fangtan relocate first");
            }
        }
        messages_.diagnostics(diagnostics);
        return !diagnostics.has_errors();
    }

    int make_sheet(const coding::CodingStream& stream) const {
        const std::vector<std::string> missing = without_transcript(stream, transcripts_);
        if (!missing.empty()) throw Error(ErrorKind::input, options_.codings, "holds codings of " + missing.front() + ", which is not among the interviews" + others(missing.size()));
        std::vector<std::size_t> rows = coding::disputed(stream);
        if (!options_.disputed) {
            rows.resize(stream.codings.size());
            std::iota(rows.begin(), rows.end(), std::size_t{0});
        }
        Output out = options_.to == "-" ? Output::to_descriptor(streams_.out, "standard output") : Output::to_file(options_.to);
        out.write(coding::to_sheet(stream, transcripts_, codebook_ ? &*codebook_ : nullptr, options_.context, rows));
        out.commit();
        messages_.note("rows: " + std::to_string(rows.size()) + (options_.disputed ? " of " + std::to_string(stream.codings.size()) : "") + "; write accept, reject or move (接受, 拒绝, 移动) into the column decision");
        return kDone;
    }

    static std::string others(std::size_t missing) { return missing > 1 ? " (and " + std::to_string(missing - 1) + " more documents)" : ""; }

    int apply(const coding::CodingStream& stream) {
        const DecodedText decoded = decode(read_file(options_.from), options_.from);
        note_decoding(decoded, options_.from, streams_);
        Diagnostics diagnostics;
        const auto result = coding::apply_sheet(stream, decoded.text, options_.from, codebook_ ? &*codebook_ : nullptr, transcripts_, options_.reviewer, diagnostics);
        messages_.diagnostics(diagnostics);
        if (!result) return kBadInput;
        Output out = options_.output.open(streams_);
        out.write(coding::to_json_lines(result->stream));
        out.commit();
        if (result->added > 0) messages_.note("added: " + std::to_string(result->added));
        messages_.note("accepted: " + std::to_string(result->accepted) + "; rejected: " + std::to_string(result->rejected) + "; moved: " + std::to_string(result->moved) +
                       "; without a decision: " + std::to_string(result->undecided) + "; memos written or changed: " + std::to_string(result->memos));
        if (result->missing > 0) messages_.note("codings without a row in the sheet: " + std::to_string(result->missing) + "; they stay as they are");
        return kDone;
    }

    const ReviewOptions& options_;
    const Streams& streams_;
    Messages messages_;
    std::optional<Codebook> codebook_;
    coding::TranscriptsById transcripts_;
};

}  // namespace

Action setup_review(CLI::App& app) {
    const auto options = std::make_shared<ReviewOptions>();
    app.add_option("CODINGS", options->codings, "Codings (JSON Lines), - for standard input")->required();
    app.add_option("--to", options->to, "Make a review sheet: CSV for a spreadsheet, - for standard output")->type_name("FILE");
    app.add_flag("--disputed", options->disputed, "With --to: only codings about which several coders differ");
    app.add_option("--from", options->from, "Apply a review sheet that was filled in, or add the codings of a sheet of one's own")->type_name("FILE");
    app.add_option("-b,--codebook", options->codebook, "The codebook: which codes a coding may be moved to [those of the codings]")->type_name("FILE");
    app.add_option("--reviewer", options->reviewer, "Who decided; written to each coding with a decision")->type_name("NAME");
    app.add_option("--context", options->context, "Characters on either side of the coding in the sheet [40]")->type_name("N")->check(CLI::Range(0, 10'000));
    options->output.add_to(app);
    options->corpus.add_to(app, "Interviews: files, folders (walked)");
    for (const char* none : {"--excel", "--shard", "--keep-going"}) app.remove_option(app.get_option(none));
    app.footer("Examples: fangtan review codings.jsonl --to sheet.csv interviews/\n          fangtan review codings.jsonl --from sheet.csv -o reviewed.jsonl");
    return [options](const Streams& streams) { return ReviewRun(*options, streams).run(); };
}

}  // namespace fangtan::cli
