// SPDX-License-Identifier: Apache-2.0
#include <memory>

#include "../app.hpp"
#include "../command.hpp"
#include "../options/choice.hpp"
#include "../options/corpus_options.hpp"
#include "../options/output_options.hpp"
#include "../options/segmenter_options.hpp"
#include "fangtan/analysis/token_writer.hpp"
#include "fangtan/base/file.hpp"
#include "fangtan/coding/run.hpp"

namespace fangtan::cli {
namespace {

struct TokenizeOptions {
    CorpusOptions corpus;
    SegmenterChoice segmenter;
    OutputOptions output;
    TokenOptions token;
    std::string codebook;
    std::string format;
    unsigned threads = 0;
    bool plain = false;
    bool simplify = false;
    bool traditional = false;
};

const std::map<std::string, TokenFormat>& formats() {
    static const std::map<std::string, TokenFormat> names = {{"text", TokenFormat::text}, {"txt", TokenFormat::text}, {"tsv", TokenFormat::tsv}, {"jsonl", TokenFormat::jsonl}};
    return names;
}

class TokenizeRun {
 public:
    TokenizeRun(const TokenizeOptions& options, const Streams& streams, const Corpus& corpus, const Segmenter& segmenter)
        : options_(options), streams_(streams), corpus_(corpus), segmenter_(segmenter), token_(options.token), notes_(corpus.size()), skipped_because_(corpus.size()) {
        token_.format = options.output.format(options.format, formats(), TokenFormat::text, TokenFormat::text, streams);
        if (options.simplify) token_.script = Script::simplified;
        if (options.traditional) token_.script = Script::traditional;
        token_.tool = tool_name();
    }

    int run() {
        for (const InputFile& file : corpus_.inputs.files) options_.output.refuse(file.path);
        for (const std::string& file : {options_.codebook, options_.corpus.participants, options_.segmenter.terms, options_.segmenter.soft_terms}) options_.output.refuse(file);
        // Only JSON Lines show by their end record that they are whole.
        if (token_.format != TokenFormat::jsonl && !options_.output.to_file() && corpus_.size() > 1) read_everything_once();
        Output out = options_.output.open(streams_);
        out.write(analysis::token_opening(token_, segmenter_));
        for (const std::string& file : corpus_.skipped) out.write(skip(file, "this format cannot be read"));
        const unsigned threads = thread_count(options_.threads, corpus_.size());
        for (unsigned i = 0; i < threads; ++i) workers_.push_back(std::make_unique<analysis::TokenWriter>(segmenter_, token_));
        Progress progress(streams_, corpus_.size());
        coding::run_in_order(
            corpus_.size(), threads, [&](unsigned worker, std::size_t i, coding::OrderedSlot& slot) { work(*workers_[worker], i, slot); },
            [&](std::size_t i) {
                progress.show(i);
                for (const std::string& note : notes_[i]) Messages(streams_).note(note);
                return skipped_because_[i].empty() ? std::string() : skip(corpus_.file(i).file, skipped_because_[i]);
            },
            [&](std::string_view bytes) { out.write(bytes); });
        out.write(analysis::token_closing(token_, corpus_.size() + corpus_.skipped.size() - skipped_));
        out.commit();
        return report();
    }

 private:
    void read_everything_once() {
        for (std::size_t i = 0; i < corpus_.size(); ++i) {
            if (corpus_.file(i).path == "-" || options_.corpus.keep_going) continue;
            std::vector<std::string> ignored;
            if (options_.plain) {
                (void)plain_text(i, ignored);
            } else {
                (void)reader::read(corpus_.file(i), corpus_.read, ignored);
            }
        }
    }

    std::string plain_text(std::size_t i, std::vector<std::string>& notes) const {
        const InputFile& file = corpus_.file(i);
        DecodedText decoded = decode(file.path == "-" ? read_descriptor(streams_.in, "standard input") : read_file(file.path), file.file, corpus_.read.encoding);
        if (decoded.guessed) notes.push_back(file.file + ": read as " + std::string(name_of(decoded.encoding)) + " (found by its bytes; save it as UTF-8 to be certain)");
        for (const std::string& warning : decoded.warnings) notes.push_back(file.file + ": " + warning);
        return std::move(decoded.text);
    }

    // On any thread.
    void work(analysis::TokenWriter& writer, std::size_t i, coding::OrderedSlot& slot) {
        std::string buffer;
        try {
            if (options_.plain) {
                writer.append_lines(plain_text(i, notes_[i]), corpus_.file(i).id, buffer);
            } else {
                ReadOptions read = corpus_.read;
                read.dialogue.participants = &corpus_.participants;
                writer.append(reader::read(corpus_.file(i), read, notes_[i]), buffer);
            }
        } catch (const Error& error) {
            if (!options_.corpus.keep_going || error.kind() != ErrorKind::input) throw;
            const InputFile& file = corpus_.file(i);
            skipped_because_[i] = (error.place() == file.path ? file.file : error.place()) + ": " + error.what();  // never an absolute path
            return;
        }
        slot.put(buffer);
    }

    std::string skip(const std::string& file, const std::string& reason) {
        Messages(streams_).warning("set aside: " + file + ": " + reason);
        ++skipped_;
        return analysis::token_skipped(token_, file, reason);
    }

    int report() {
        std::size_t tokens = 0;
        for (const auto& worker : workers_) tokens += worker->tokens();
        if (tokens == 0) Messages(streams_).note(options_.plain || token_.include_interviewer ? "no words" : "no words: nobody but the interviewer speaks (--include-interviewer)");
        if (skipped_ > 0) Messages(streams_).warning("files set aside: " + std::to_string(skipped_));
        return tokens == 0 || skipped_ > 0 ? kAnswerIsNo : kDone;
    }

    const TokenizeOptions& options_;
    const Streams& streams_;
    const Corpus& corpus_;
    const Segmenter& segmenter_;
    TokenOptions token_;
    std::vector<std::vector<std::string>> notes_;
    std::vector<std::string> skipped_because_;
    std::vector<std::unique_ptr<analysis::TokenWriter>> workers_;
    std::size_t skipped_ = 0;
};

int tokenize(const TokenizeOptions& options, const Streams& streams) {
    if (options.simplify && options.traditional) throw Error(ErrorKind::usage, "--simplify", "stands against --traditional; give one of them");
    std::optional<Codebook> codebook;
    if (!options.codebook.empty()) {
        codebook = open_codebook(options.codebook, streams);
        if (!codebook) return kBadInput;
    }
    const std::optional<Corpus> corpus = open_corpus(options.corpus, streams);
    if (!corpus) return kBadInput;
    const Segmenter segmenter = options.segmenter.open(codebook ? &*codebook : nullptr, corpus->participants, streams);
    return TokenizeRun(options, streams, *corpus, segmenter).run();
}

}  // namespace

Action setup_tokenize(CLI::App& app) {
    const auto options = std::make_shared<TokenizeOptions>();
    options->corpus.add_to(app, "Interviews: files, folders (walked), - for standard input");
    app.add_option("-b,--codebook", options->codebook, "Terms of the rules of this codebook are never cut in two")->type_name("FILE");
    options->segmenter.add_to(app);
    add_choice<UnitKind>(app, "--unit", options->token.unit,
                         {{"clause", UnitKind::clause}, {"sentence", UnitKind::sentence}, {"turn", UnitKind::turn}, {"paragraph", UnitKind::paragraph}},
                         "What makes a line: clause, sentence, turn or paragraph [turn]", "UNIT");
    app.add_flag("--include-interviewer", options->token.include_interviewer, "The interviewer's turns too");
    app.add_flag("--plain", options->plain, "Take every line of the input as plain text, whatever it looks like, and write one line for each");
    app.add_flag("--simplify", options->simplify, "Print the words in Simplified characters (positions stay those of the text)");
    app.add_flag("--traditional", options->traditional, "Print the words in Traditional characters");
    app.add_option("-j,--threads", options->threads, "Number of threads [one for each processor]; the result is the same")->type_name("N")->check(CLI::Range(1, 256));
    app.add_option("-f,--format", options->format, "text, tsv or jsonl [the ending of -o, else text]")->type_name("FORMAT");
    options->output.add_to(app);
    app.footer("Example: fangtan tokenize -b codebooks/police-social-work.yaml interviews/ -o words.txt");
    return [options](const Streams& streams) { return tokenize(*options, streams); };
}

}  // namespace fangtan::cli
