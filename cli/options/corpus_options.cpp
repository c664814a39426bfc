// SPDX-License-Identifier: Apache-2.0
#include "corpus_options.hpp"

#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <thread>

#include "choice.hpp"
#include "fangtan/base/error.hpp"
#include "fangtan/base/file.hpp"
#include "fangtan/codebook/codebook.hpp"
#include "fangtan/text/decode.hpp"

namespace fangtan::cli {
namespace {

double now() { return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count(); }

std::vector<std::string> lines_of(const std::string& path) {
    const std::string text = path == "-" ? read_descriptor(STDIN_FILENO, "standard input") : read_file(path);
    std::vector<std::string> lines;
    std::size_t at = 0;
    while (at < text.size()) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        std::string line = text.substr(at, end - at);
        if (line.ends_with('\r')) line.pop_back();
        if (!line.empty()) lines.push_back(std::move(line));
        at = end + 1;
    }
    return lines;
}

// "2/10": the second of ten parts of the sorted list, as equal as can be.
void choose_shard(const std::string& shard, Corpus& corpus) {
    corpus.last = corpus.inputs.files.size();
    if (shard.empty()) return;
    std::size_t number = 0;
    std::size_t parts = 0;
    const char* end = shard.data() + shard.size();
    const auto first = std::from_chars(shard.data(), end, number);
    const bool slash = first.ec == std::errc() && first.ptr != end && *first.ptr == '/';
    const auto second = slash ? std::from_chars(first.ptr + 1, end, parts) : first;
    if (!slash || second.ec != std::errc() || second.ptr != end || number < 1 || number > parts) {
        throw Error(ErrorKind::usage, "--shard " + shard, "expected I/N with I from 1 to N, for example --shard 2/10");
    }
    const std::size_t count = corpus.inputs.files.size();
    corpus.first = count * (number - 1) / parts;
    corpus.last = count * number / parts;
}

// Tables that were found rather than named have absolute paths; messages show folder and name.
std::string shown_name(const std::string& path) {
    if (!path.starts_with('/')) return path;
    const std::size_t name = path.rfind('/');
    const std::size_t folder = name == 0 ? std::string::npos : path.rfind('/', name - 1);
    return folder == std::string::npos ? path.substr(name + 1) : path.substr(folder + 1);
}

bool read_participant_files(const std::vector<std::string>& paths, Corpus& corpus, const Streams& streams) {
    Diagnostics diagnostics;
    for (const std::string& path : paths) {
        const DecodedText decoded = decode(read_file(path), shown_name(path));
        note_decoding(decoded, shown_name(path), streams);
        read_participants(decoded.text, shown_name(path), corpus.participants, diagnostics);
    }
    Messages(streams).diagnostics(diagnostics);
    return !diagnostics.has_errors();
}

void understand_reading(const CorpusOptions& options, Corpus& corpus) {
    if (!options.encoding.empty()) {
        corpus.read.encoding = encoding_of(options.encoding);
        if (!corpus.read.encoding) {
            throw Error(ErrorKind::usage, "--encoding " + options.encoding, "unknown encoding; known are UTF-8, GB18030 (GBK), Big5, UTF-16LE, UTF-16BE");
        }
    }
    if (!options.layout.empty() && options.layout != "auto") {
        for (const Layout layout : {Layout::dialogue, Layout::subtitle, Layout::quotes, Layout::plain}) {
            if (options.layout == name_of(layout)) corpus.read.layout = layout;
        }
        if (!corpus.read.layout) {
            throw Error(ErrorKind::usage, "--layout " + options.layout, "unknown layout; known are auto, dialogue, subtitle, quotes, plain");
        }
    }
    if (options.reflow && options.no_reflow) throw Error(ErrorKind::usage, "--reflow", "stands against --no-reflow; give one of them");
    corpus.read.reflow = options.reflow ? Reflow::always : options.no_reflow ? Reflow::never : Reflow::automatic;
    if (!options.speakers.empty()) {
        bool good = true;
        corpus.read.dialogue.declared = transcript::parse_declared(options.speakers, good);
        if (!good) {
            throw Error(ErrorKind::usage, "--speakers " + options.speakers, "expected labels like 记者,受访者 or 说话人1=P1,说话人2=I");
        }
    }
}

}  // namespace

void CorpusOptions::add_to(CLI::App& app, const std::string& input_help) {
    app.add_option("INPUT", inputs, input_help);
    app.add_option("--files-from", files_from, "Read the names of further inputs from FILE, one a line (- is standard input)")->type_name("FILE");
    app.add_option("-p,--participants", participants, "Table of participants: id, group, role, attributes [participants.csv beside or above the interviews]")->type_name("FILE");
    app.add_option("--speakers", speakers, "Declare labels: 记者,受访者 or 说话人1=P1,说话人2=I; declared labels also begin turns inside a line")->type_name("LIST");
    app.add_option("--encoding", encoding, "Encoding of the interviews: UTF-8, GB18030, Big5, UTF-16LE, UTF-16BE [found for each file]")->type_name("NAME");
    app.add_option("--layout", layout, "How the interviews say who speaks: auto, dialogue, subtitle, quotes (a paper's quotations with their sources) or plain [auto]")->type_name("LAYOUT");
    app.add_flag("--reflow", reflow, "Join lines that are broken hard, as in text copied from a PDF [where that is beyond doubt]");
    app.add_flag("--no-reflow", no_reflow, "Leave all lines as they are");
    app.add_option("--shard", shard, "Work on part I of N of the sorted inputs only")->type_name("I/N");
    app.add_flag("--keep-going", keep_going, "Set files that cannot be read aside, say so in the output, and end with status 1");
}

std::optional<Corpus> open_corpus(const CorpusOptions& options, const Streams& streams) {
    const Messages messages(streams);
    std::vector<std::string> arguments = options.inputs;
    if (!options.files_from.empty()) {
        if (options.files_from == "-" && std::find(arguments.begin(), arguments.end(), "-") != arguments.end()) {
            throw Error(ErrorKind::usage, "--files-from -", "standard input cannot be the list of inputs and an interview (-) too");
        }
        const std::vector<std::string> more = lines_of(options.files_from);
        arguments.insert(arguments.end(), more.begin(), more.end());
        if (arguments.empty()) throw Error(ErrorKind::input, options.files_from, "names no input");
    } else if (arguments.empty()) {
        if (::isatty(streams.in) == 1) messages.note("no input is named: reading standard input (end with Ctrl-D)");
        arguments = {"-"};
    }
    Corpus corpus;
    understand_reading(options, corpus);
    corpus.inputs = reader::list_inputs(arguments);
    choose_shard(options.shard, corpus);
    for (const std::string& file : corpus.inputs.unreadable_formats) {
        if (!options.keep_going) {
            throw Error(ErrorKind::input, file, "this format cannot be read; open it and save it as .docx (or: soffice --headless --convert-to docx FILE), move it away, or use --keep-going");
        }
        corpus.skipped.push_back(file);
    }
    if (!corpus.inputs.passed_over.empty()) {
        const std::size_t count = corpus.inputs.passed_over.size();
        messages.note("passed over, being no interviews: " + corpus.inputs.passed_over[0] + (count == 1 ? "" : " and " + std::to_string(count - 1) + " more"));
    }
    if (corpus.inputs.files.empty()) throw Error(ErrorKind::input, arguments[0], "holds no interview (.txt, .md, .docx, .odt, .html, .srt, .vtt, .pdf, or a chat table)");
    const std::vector<std::string> tables = options.participants.empty() ? reader::find_participant_files(arguments, corpus.inputs) : std::vector<std::string>{options.participants};
    if (!read_participant_files(tables, corpus, streams)) return std::nullopt;
    for (std::size_t i = 0; i < corpus.size() && !options.keep_going; ++i) {
        if (corpus.file(i).path != "-") check_readable(corpus.file(i).path);
    }
    return corpus;
}

void UnitOptions::add_to(CLI::App& app, bool codebook_required) {
    CLI::Option* option = app.add_option("-b,--codebook", codebook, "The codebook (YAML, see fangtan-codebook(5))")->type_name("FILE");
    if (codebook_required) option->required();
    add_choice<UnitKind>(app, "--unit", unit,
                         {{"match", UnitKind::match}, {"clause", UnitKind::clause}, {"sentence", UnitKind::sentence},
                          {"turn", UnitKind::turn}, {"paragraph", UnitKind::paragraph}, {"document", UnitKind::document}},
                         "What a rule is evaluated in and one coding covers: match, clause, sentence, turn, paragraph or document [sentence]", "UNIT");
    app.add_flag("--include-interviewer", include_interviewer, "Code the interviewer's turns too");
    app.add_flag("--skip-marks", skip_marks, "Match as if marks of what is no speech, such as [停顿] and （笑）, did not stand in the text");
    app.add_option("-j,--threads", threads, "Number of threads [one for each processor]; the result is the same")->type_name("N")->check(CLI::Range(1, 256));
}

unsigned thread_count(unsigned asked, std::size_t documents) {
    const unsigned wanted = asked > 0 ? asked : std::max(1U, std::thread::hardware_concurrency());
    return static_cast<unsigned>(std::min<std::size_t>(wanted, std::max<std::size_t>(documents, 1)));
}

void note_decoding(const DecodedText& decoded, const std::string& file, const Streams& streams) {
    const Messages messages(streams);
    if (decoded.guessed) messages.note(file + ": read as " + std::string(name_of(decoded.encoding)) + " (found by its bytes; save it as UTF-8 to be certain)");
    for (const std::string& warning : decoded.warnings) messages.note(file + ": " + warning);
}

std::optional<Codebook> open_codebook(const std::string& path, const Streams& streams) {
    Diagnostics diagnostics;
    std::optional<Codebook> codebook = codebook::load(read_file(path), path, diagnostics);
    Messages(streams).diagnostics(diagnostics);
    return codebook;
}

Progress::Progress(const Streams& streams, std::size_t total) : streams_(streams), total_(total), started_(now()) {}

void Progress::show(std::size_t done) {
    if (!streams_.err_is_terminal) return;
    const double time = now();
    if (time - started_ < 1.0 || time - shown_ < 0.2) return;
    shown_ = time;
    visible_ = true;
    Messages(streams_).raw("\r\x1b[K" + std::to_string(done) + " of " + std::to_string(total_) + " documents");
}

Progress::~Progress() {
    if (visible_) Messages(streams_).raw("\r\x1b[K");
}

}  // namespace fangtan::cli
