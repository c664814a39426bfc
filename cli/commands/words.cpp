// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <memory>
#include <thread>

#include "../command.hpp"
#include "../options/choice.hpp"
#include "../options/corpus_options.hpp"
#include "../options/output_options.hpp"
#include "../options/segmenter_options.hpp"
#include "../options/table_output.hpp"
#include "fangtan/analysis/word_counts.hpp"
#include "fangtan/analysis/word_table.hpp"
#include "fangtan/base/error.hpp"
#include "fangtan/base/file.hpp"
#include "fangtan/codebook/terms.hpp"
#include "fangtan/coding/run.hpp"
#include "fangtan/text/character.hpp"
#include "fangtan/text/decode.hpp"
#include "fangtan/text/diagnostic_text.hpp"
#include "fangtan/text/fold.hpp"
#include "fangtan/text/utf8.hpp"

namespace fangtan::cli {
namespace {


struct WordsOptions {
    CorpusOptions corpus;
    SegmenterChoice segmenter;
    OutputOptions output;
    std::string codebook;
    std::string format;
    std::string by;
    std::string key;
    std::optional<std::string> node;  // of --collocates
    std::string stop;
    std::optional<std::uint32_t> window;
    std::optional<std::uint32_t> minimum_length;
    std::optional<std::size_t> top;
    std::uint64_t minimum_count = 1;
    std::uint32_t length = 1;
    unsigned threads = 0;
    bool no_stop = false;
    bool numbers = false;
    bool dispersion = false;
    bool include_interviewer = false;
    bool in_codebook = false;
    bool not_in_codebook = false;
    Language language = Language::zh_hans;
};

std::string listed(const std::vector<std::string>& names) {
    std::string text;
    for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
    return text;
}

std::string without_outer_blanks(const std::string& text) {
    const std::u32string all = utf8::to_code_points(text);
    std::size_t begin = 0;
    std::size_t end = all.size();
    while (begin < end && is_white_space(all[begin])) ++begin;
    while (end > begin && is_white_space(all[end - 1])) --end;
    return utf8::from_code_points(std::u32string_view(all).substr(begin, end - begin));
}

class WordsRun {
 public:
    WordsRun(const WordsOptions& options, const Streams& streams) : options_(options), streams_(streams), messages_(streams) {}

    int run() {
        check_options();
        for (const std::string& input : {options_.codebook, options_.corpus.participants, options_.stop, options_.segmenter.terms, options_.segmenter.soft_terms}) {
            options_.output.refuse(input);
        }
        const TableFormat format = chosen_table_format(options_.format, options_.output, streams_);
        std::optional<Codebook> codebook;
        if (!options_.codebook.empty()) {
            codebook = open_codebook(options_.codebook, streams_);
            if (!codebook) return kBadInput;
        }
        const std::optional<Corpus> corpus = open_corpus(options_.corpus, streams_);
        if (!corpus) return kBadInput;
        for (const InputFile& file : corpus->inputs.files) options_.output.refuse(file.path);
        check_dimension(corpus->participants.all());
        complete_specification(codebook ? &*codebook : nullptr);
        Output out = options_.output.open(streams_);  // now, so that a folder that cannot be written is found before the work
        const std::vector<std::string> node = node_.empty() ? std::vector<std::string>() : std::vector<std::string>{node_};
        const Segmenter segmenter = options_.segmenter.open(codebook ? &*codebook : nullptr, corpus->participants, streams_, node);
        spec_.segmenter = segmenter.identity();
        const analysis::WordCounts counts = count(*corpus, segmenter);
        const Table table = make_table(counts, corpus->participants.all());
        out.write(rendered(table, format, options_.output.excel, provenance(codebook ? codebook->name() : "", options_.corpus.inputs)));
        out.commit();
        return report(table, counts);
    }

 private:
    void check_options() {
        const auto refuse = [](bool wrong, const char* option, const char* sentence) {
            if (wrong) throw Error(ErrorKind::usage, option, sentence);
        };
        const bool collocates = options_.node.has_value();
        if (collocates) node_ = without_outer_blanks(*options_.node);
        refuse(!options_.key.empty() && options_.by.empty(), "--key", "names a group; say with --by what the groups are, for example --by group");
        refuse(collocates && node_.empty(), "--collocates", "expected a word or a term");
        refuse(collocates && !options_.by.empty(), "--collocates", "stands against --by; give one of them");
        refuse(collocates && options_.length > 1, "--collocates", "counts words; -n cannot be given with it");
        refuse(options_.window.has_value() && !collocates, "--window", "says how far collocates may stand from a term; name the term with --collocates");
        refuse(options_.dispersion && (collocates || !options_.key.empty()), "--dispersion", "belongs to the list of frequencies; it cannot be given with --key or --collocates");
        refuse(options_.in_codebook && options_.not_in_codebook, "--in-codebook", "stands against --not-in-codebook; give one of them");
        refuse((options_.in_codebook || options_.not_in_codebook) && options_.codebook.empty(), options_.in_codebook ? "--in-codebook" : "--not-in-codebook",
               "which codebook? Give it with -b");
    }

    void check_dimension(const std::vector<Participant>& participants) const {
        const std::string& by = options_.by;
        if (by.empty()) return;
        std::vector<std::string> known = analysis::known_dimensions(participants);
        std::erase(known, "coder");
        if (std::find(known.begin(), known.end(), by) != known.end()) return;
        if (by == "coder") throw Error(ErrorKind::usage, "--by coder", "words have no coder; known are " + listed(known));
        const std::string near = nearest(by, known);
        throw Error(ErrorKind::usage, "--by " + by, "no participant has this attribute; known are " + listed(known) + (near.empty() ? "" : "; did you mean " + near + "?"));
    }

    void complete_specification(const Codebook* codebook) {
        analysis::WordFilter& filter = spec_.filter;
        if (!options_.no_stop) filter.stop_words = StopWords::built_in();
        if (!options_.stop.empty()) {
            const std::size_t before = filter.stop_words.size();
            const DecodedText decoded = decode(read_file(options_.stop), options_.stop);
            note_decoding(decoded, options_.stop, streams_);
            filter.stop_words.add_lines(decoded.text);
            filter.own_stop_words = filter.stop_words.size() - before;
        }
        filter.minimum_length = options_.minimum_length;
        filter.minimum_count = options_.minimum_count;
        filter.top = options_.top;
        if (codebook != nullptr) {
            const std::vector<std::string> terms = codebook::plain_terms(*codebook, codebook::TermChoice::positive);
            filter.codebook.emplace(terms.begin(), terms.end());
        }
        filter.in_codebook = options_.in_codebook      ? analysis::CodebookChoice::inside
                             : options_.not_in_codebook ? analysis::CodebookChoice::outside
                                                        : analysis::CodebookChoice::all;
        spec_.by = options_.by;
        spec_.length = options_.length;
        spec_.numbers = options_.numbers;
        spec_.dispersion = options_.dispersion;
        spec_.node = node_;
        spec_.window = options_.window.value_or(spec_.window);
        spec_.language = options_.language;
    }

    [[nodiscard]] analysis::WordCountOptions count_options() const {
        analysis::WordCountOptions count;
        count.length = options_.length;
        count.numbers = options_.numbers;
        count.include_interviewer = options_.include_interviewer;
        count.parts = options_.by.empty() && options_.dispersion ? analysis::PartKind::document : analysis::part_kind_of(options_.by);
        count.node = fold(node_);
        count.window = spec_.window;
        count.stop_words = &spec_.filter.stop_words;
        return count;
    }

    // One thread's tools.
    struct Worker {
        Tokenizer tokenizer;
        analysis::WordCounter counter;
    };

    analysis::WordCounts count(const Corpus& corpus, const Segmenter& segmenter) {
        spec_.skipped = corpus.skipped;
        for (const std::string& file : corpus.skipped) messages_.warning(file + ": set aside: this format cannot be read");
        const unsigned wanted = options_.threads > 0 ? options_.threads : std::max(1U, std::thread::hardware_concurrency());
        const auto threads = static_cast<unsigned>(std::min<std::size_t>(wanted, std::max<std::size_t>(corpus.size(), 1)));
        std::vector<std::unique_ptr<Worker>> workers;
        for (unsigned i = 0; i < threads; ++i) workers.push_back(std::make_unique<Worker>(Worker{Tokenizer(segmenter), analysis::WordCounter(count_options())}));
        std::vector<std::vector<std::string>> notes(corpus.size());
        std::vector<std::string> set_aside(corpus.size());
        ReadOptions read = corpus.read;
        read.dialogue.participants = &corpus.participants;
        Progress progress(streams_, corpus.size());
        coding::run_in_order(
            corpus.size(), threads,
            [&](unsigned number, std::size_t i, coding::OrderedSlot&) {
                Worker& worker = *workers[number];
                Transcript transcript;
                try {
                    transcript = reader::read(corpus.file(i), read, notes[i]);
                } catch (const Error& error) {
                    if (!options_.corpus.keep_going || error.kind() != ErrorKind::input) throw;
                    const InputFile& file = corpus.file(i);
                    set_aside[i] = (error.place() == file.path ? file.file : error.place()) + ": " + error.what();  // never an absolute path
                    return;
                }
                worker.counter.add(transcript, corpus.first + i, [&](std::string_view text, Span whole, std::vector<Token>& tokens) { worker.tokenizer.append_tokens(text, whole, tokens); });
            },
            [&](std::size_t i) {
                progress.show(i);
                for (const std::string& note : notes[i]) messages_.note(note);
                if (!set_aside[i].empty()) {
                    messages_.warning("set aside: " + set_aside[i]);
                    spec_.skipped.push_back(corpus.file(i).file);
                }
                return std::string();
            },
            [](std::string_view) {});
        for (std::size_t i = 1; i < workers.size(); ++i) workers[0]->counter.merge(workers[i]->counter);
        return workers[0]->counter.result();
    }

    [[nodiscard]] Table make_table(const analysis::WordCounts& counts, const std::vector<Participant>& known) const {
        if (!node_.empty()) return analysis::collocation_table(counts, spec_);
        const analysis::WordColumns columns = analysis::columns_of(counts, options_.by, known);
        if (options_.key.empty()) return analysis::frequency_table(counts, columns, spec_);
        const std::vector<std::string> names = analysis::printed_names(columns, options_.language);
        const auto found = std::find(names.begin(), names.end(), options_.key);
        if (found == names.end()) {
            const std::string near = nearest(options_.key, names);
            throw Error(ErrorKind::usage, "--key " + options_.key,
                        names.empty() ? "nobody of the interviews says anything" : "nobody of this name says anything; --by " + options_.by + " gives " + listed(names) +
                                                                                       (near.empty() ? "" : "; did you mean " + near + "?"));
        }
        if (names.size() == 1) throw Error(ErrorKind::usage, "--key " + options_.key, "all words are of this group; there is nothing to compare it with");
        return analysis::keyness_table(counts, columns, static_cast<std::size_t>(found - names.begin()), spec_);
    }


    [[nodiscard]] int report(const Table& table, const analysis::WordCounts& counts) const {
        if (!spec_.skipped.empty()) messages_.warning("files set aside: " + std::to_string(spec_.skipped.size()) + "; the counts lack them");
        if (table.rows.empty()) {
            if (counts.tokens == 0) {
                messages_.note("nothing is listed: no word was said by those who are counted");
            } else if (!node_.empty() && counts.node == 0) {
                messages_.note("nothing is listed: " + node_ + " does not occur");
            } else {
                messages_.note("nothing is listed: stop list, --minimum-length, --minimum-count or the codebook leave out all of " + std::to_string(counts.tokens) + " tokens");
            }
        }
        return table.rows.empty() || !spec_.skipped.empty() ? kAnswerIsNo : kDone;
    }

    const WordsOptions& options_;
    const Streams& streams_;
    Messages messages_;
    analysis::WordTableSpec spec_;
    std::string node_;  // of --collocates; empty without it
};

}  // namespace

Action setup_words(CLI::App& app) {
    const auto options = std::make_shared<WordsOptions>();
    app.add_option("--by", options->by, "Columns: participant, group, role, document, speaker, or an attribute of participants.csv")->type_name("WHAT");
    app.add_option("--key", options->key, "Words that GROUP, a column of --by, uses more or less often than all others")->type_name("GROUP");
    app.add_option("--collocates", options->node, "Words that stand near TERM")->type_name("TERM");
    app.add_option("--window", options->window, "How many words to either side count as near [5]")->check(CLI::Range(1, 1000))->type_name("N");
    app.add_option("-n,--ngram", options->length, "Count sequences of N words [1]")->check(CLI::Range(1, 10))->type_name("N");
    app.add_flag("--dispersion", options->dispersion, "Add how evenly a word is spread over the documents, or the columns of --by (D, DP)");
    app.add_option("--stop", options->stop, "Further words that are not listed: FILE names them, one a line")->type_name("FILE");
    app.add_flag("--no-stop", options->no_stop, "Do without the built-in list of function words and fillers");
    app.add_option("--minimum-length", options->minimum_length, "Leave out words of less than N characters [2 for Chinese words, 1 for others]")->check(CLI::Range(1, 100))->type_name("N");
    app.add_option("--minimum-count", options->minimum_count, "Leave out words that occur less than N times, of collocates: near the term [1]")
        ->check(CLI::Range(std::uint64_t{1}, std::uint64_t{1'000'000'000}))
        ->type_name("N");
    app.add_option("--top", options->top, "Only the first N words; with --key, N of either kind [all]")->check(CLI::Range(std::size_t{1}, std::size_t{1'000'000'000}))->type_name("N");
    app.add_flag("--numbers", options->numbers, "Numbers are words too");
    app.add_option("-b,--codebook", options->codebook, "A codebook: its terms are never cut in two, and a column says which words it has")->type_name("FILE");
    app.add_flag("--in-codebook", options->in_codebook, "Only words of the codebook");
    app.add_flag("--not-in-codebook", options->not_in_codebook, "Only words that are not in the codebook");
    app.add_flag("--include-interviewer", options->include_interviewer, "Count the interviewer's turns too");
    options->segmenter.add_to(app);
    app.add_option("-j,--threads", options->threads, "Number of threads [one for each processor]; the result is the same")->type_name("N")->check(CLI::Range(1, 256));
    add_choice<Language>(app, "--lang", options->language, {{"zh-Hans", Language::zh_hans}, {"zh-Hant", Language::zh_hant}, {"en", Language::english}},
                         "Language of headings and notes: zh-Hans, zh-Hant, en [zh-Hans]", "LANGUAGE");
    app.add_option("-f,--format", options->format, kTableFormats)->type_name("FORMAT");
    options->output.add_to(app);
    options->corpus.add_to(app, "Interviews: files, folders (walked), - for standard input");
    app.footer("Examples: fangtan words interviews/ --by group --top 50\n          fangtan words interviews/ --by group --key P\n          fangtan words interviews/ --collocates 社区");
    return [options](const Streams& streams) { return WordsRun(*options, streams).run(); };
}

}  // namespace fangtan::cli
