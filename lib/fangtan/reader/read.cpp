// SPDX-License-Identifier: Apache-2.0
#include "fangtan/reader/read.hpp"

#include <unistd.h>

#include <algorithm>
#include <utility>

#include "fangtan/base/error.hpp"
#include "fangtan/base/file.hpp"
#include "fangtan/base/sha256.hpp"
#include "fangtan/reader/dialogue_file.hpp"
#include "fangtan/reader/formats.hpp"
#include "fangtan/reader/teams_text.hpp"
#include "fangtan/transcript/critic_markup.hpp"
#include "fangtan/transcript/label.hpp"
#include "fangtan/transcript/quotes.hpp"
#include "fangtan/transcript/reflow.hpp"
#include "fangtan/transcript/solid_text.hpp"

namespace fangtan::reader {
namespace {

struct Ending {
    std::string_view ending;
    Format format;
};
constexpr Ending kEndings[] = {{"txt", Format::text},  {"md", Format::markdown},  {"markdown", Format::markdown}, {"docx", Format::docx}, {"odt", Format::odt},  {"html", Format::html},
                               {"htm", Format::html},  {"xhtml", Format::html},   {"srt", Format::srt},           {"vtt", Format::vtt},   {"pdf", Format::pdf},  {"csv", Format::table},
                               {"tsv", Format::table}};

std::string_view name_of(Format format) {
    if (format == Format::table) return "table";
    return std::find_if(std::begin(kEndings), std::end(kEndings), [&](const Ending& entry) { return entry.format == format; })->ending;
}

// Subtitles may be called .txt.
bool is_vtt(std::string_view text) { return text.starts_with("WEBVTT"); }
bool is_srt(std::string_view text) {
    const std::size_t first = text.find_first_not_of(" \n");
    if (first == std::string_view::npos || text[first] < '0' || text[first] > '9') return false;
    const std::size_t feed = text.find('\n', first);
    if (feed == std::string_view::npos) return false;
    const std::string_view second = text.substr(feed + 1, text.find('\n', feed + 1) - feed - 1);
    return second.find(" --> ") != std::string_view::npos && second.find(':') != std::string_view::npos;
}

// Whether the full test for hard-broken lines is worth its time: in dialogue nearly every line ends with a mark.
bool lines_stop_in_mid_sentence(std::string_view text) {
    static constexpr std::string_view kEnds[] = {"。", "？", "！", "…", "”", "」", "』", "）", "；", "：", ".", "?", "!", ")", "]", "】", "\"", ":"};
    constexpr std::size_t kSample = 12;
    std::size_t lines = 0;
    std::size_t open = 0;
    for (std::size_t at = text.size() / 4; at < text.size() && lines < kSample;) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        std::string_view line = text.substr(at, end - at);
        while (line.ends_with(' ')) line.remove_suffix(1);
        if (!line.empty() && at > text.size() / 4) {  // the first one may begin anywhere
            ++lines;
            open += std::none_of(std::begin(kEnds), std::end(kEnds), [&](std::string_view mark) { return line.ends_with(mark); }) ? 1 : 0;
        }
        at = end + 1;
    }
    return lines >= 6 && 2 * open > lines;
}

class Reader {
 public:
    Reader(const InputFile& input, const ReadOptions& options, std::vector<std::string>& notes)
        : input_(input), options_(options), notes_(notes), name_(input.path == "-" ? "standard input" : input.file) {}

    Transcript run(std::string bytes) {
        transcript_.id = input_.id;
        transcript_.file = input_.file;
        transcript_.sha256 = sha256_hex(bytes);
        const Format format = format_of(input_.path).value_or(Format::text);
        transcript_.format = name_of(format);
        take_text(format, std::move(bytes));
        join_lines(format);
        find_turns();
        if (transcript_.turns.empty()) notes_.push_back(name_ + ": holds no speech");
        return std::move(transcript_);
    }

 private:
    void take_text(Format format, std::string bytes) {
        switch (format) {
            case Format::docx: return take(extract_docx(bytes, name_));
            case Format::odt: return take(extract_odt(bytes, name_));
            case Format::pdf:
                if (input_.path == "-") throw Error(ErrorKind::input, name_, "a PDF cannot be read from standard input; name the file");
                return take(extract_pdf(input_.path, name_));
            default: break;
        }
        DecodedText decoded = decode(std::move(bytes), name_, options_.encoding);
        transcript_.encoding = decoded.encoding;
        if (decoded.guessed) {
            notes_.push_back(name_ + ": read as " + std::string(fangtan::name_of(decoded.encoding)) + " (found by its bytes; --encoding decides otherwise)");
        }
        for (const std::string& warning : decoded.warnings) notes_.push_back(name_ + ": " + warning);
        std::string& text = decoded.text;
        if (format == Format::text || format == Format::markdown) {
            constexpr std::size_t kHead = 2000;
            if (std::string_view(text).substr(0, kHead).find("<office:document") != std::string_view::npos) {
                throw Error(ErrorKind::input, name_, "is not plain text but a flat OpenDocument file (.fodt); open it and save it as .odt or .docx (or: soffice --headless --convert-to odt FILE)");
            }
            take_marks(text);
        }
        const bool subtitle_wanted = options_.layout == Layout::subtitle;
        const bool layout_open = !options_.layout || subtitle_wanted;
        switch (format) {
            case Format::html: return take(extract_html(text, name_));
            case Format::srt: return take_cues(extract_srt(text, name_));
            case Format::vtt: return take_cues(extract_vtt(text, name_));
            case Format::table: return take(extract_chat_table(text, name_));
            default: break;
        }
        if (layout_open && is_vtt(text)) return take_cues(extract_vtt(text, name_));
        if (layout_open && is_srt(text)) return take_cues(extract_srt(text, name_));
        if (subtitle_wanted && !is_teams_text(text)) throw Error(ErrorKind::input, name_, "holds no subtitles (no line with times and -->); leave --layout to be found");
        transcript_.text = std::move(text);
        take_teams_cues();
    }

    // All faults of the marks go into one message, because this is no file that a person would check first.
    void take_marks(std::string& text) {
        if (!transcript::has_critic_marks(text)) return;
        Diagnostics diagnostics;
        std::optional<transcript::Unmarked> unmarked = transcript::without_critic_marks(text, name_, diagnostics);
        if (!unmarked) {
            diagnostics.sort();
            std::string sentence;
            for (const Diagnostic& fault : diagnostics.entries()) {
                if (!sentence.empty()) sentence += "; " + name_ + place_of(fault.position) + ": ";
                sentence += fault.message;
            }
            throw Error(ErrorKind::input, name_ + place_of(diagnostics.entries()[0].position), sentence);
        }
        text = std::move(unmarked->text);
        transcript_.marks = std::move(unmarked->marks);
    }
    static std::string place_of(const Position& position) { return ":" + std::to_string(position.line) + ":" + std::to_string(position.column); }

    void take(Extracted extracted) {
        transcript_.text = std::move(extracted.text);
        transcript_.metadata = std::move(extracted.metadata);
        transcript_.left_out = std::move(extracted.left_out);
        if (!extracted.marks.empty()) transcript_.marks = std::move(extracted.marks);
        for (std::string& label : extracted.labels) labels_.push_back({transcript::plain_label(label), {}, false, false});
        take_teams_cues();
    }

    void take_cues(Extracted extracted) {
        take(std::move(extracted));
        transcript_.layout = Layout::subtitle;
    }

    // Teams writes cues into Word files, and people paste them into text files.
    void take_teams_cues() {
        const bool open = !options_.layout || options_.layout == Layout::subtitle;
        if (transcript_.layout == Layout::subtitle || !open || !is_teams_text(transcript_.text)) return;
        Extracted extracted = extract_teams_text(transcript_.text);
        for (LeftOut& left : transcript_.left_out) extracted.left_out.push_back(std::move(left));
        for (auto& entry : transcript_.metadata) extracted.metadata.push_back(std::move(entry));
        transcript::move_marks(transcript_.marks, transcript_.text, extracted.text);
        transcript_.layout = Layout::subtitle;
        take(std::move(extracted));
    }

    void join_lines(Format format) {
        if (is_dialogue_file(transcript_.text)) return;
        if (options_.reflow == Reflow::never || transcript_.layout == Layout::subtitle) return;
        const bool is_text = format == Format::text || format == Format::markdown;
        const bool wanted = options_.reflow == Reflow::always || format == Format::pdf ||  // a page knows no paragraphs
                            (is_text && lines_stop_in_mid_sentence(transcript_.text) && transcript::is_hard_broken(transcript_.text));
        if (!wanted) return;
        transcript::Reflowed reflowed = transcript::reflow(transcript_.text);
        transcript::move_marks(transcript_.marks, transcript_.text, reflowed.text);
        transcript_.text = std::move(reflowed.text);
        transcript_.reflowed = true;
        for (LeftOut& left : reflowed.left_out) transcript_.left_out.push_back(std::move(left));
        if (options_.reflow == Reflow::automatic && is_text) notes_.push_back(name_ + ": lines broken hard were joined to paragraphs (--no-reflow leaves them)");
    }

    void find_turns() {
        DialogueOptions dialogue = options_.dialogue;
        dialogue.declared.insert(dialogue.declared.end(), labels_.begin(), labels_.end());
        if (options_.layout == Layout::plain) {
            transcript_.layout = Layout::plain;
            return transcript::find_one_turn(transcript_, input_.stem, dialogue);
        }
        if (options_.layout == Layout::quotes) return find_quotations();
        const auto metadata = transcript_.metadata;
        const auto left_out = transcript_.left_out.size();
        transcript::find_turns(transcript_, input_.stem, dialogue);
        if (options_.layout || transcript_.layout == Layout::subtitle || !labels_.empty() || is_dialogue_file(transcript_.text)) return;
        const std::size_t labelled = labelled_turns();
        constexpr std::size_t kClearlyDialogue = 20;
        if (labelled >= kClearlyDialogue) return;
        const std::size_t quotations = transcript::count_quotations(transcript_.text);
        if (quotations < 2 || quotations <= labelled) return;
        transcript_.speakers.clear();
        transcript_.turns.clear();
        transcript_.metadata = metadata;
        transcript_.left_out.resize(left_out);
        find_quotations();
        notes_.push_back(name_ + ": read as quotations with their sources (" + std::to_string(transcript_.turns.size()) + "; --layout decides otherwise)");
    }

    void find_quotations() {
        transcript_.layout = Layout::quotes;
        transcript::find_quotations(transcript_, options_.dialogue.participants);
    }

    [[nodiscard]] std::size_t labelled_turns() const {
        return static_cast<std::size_t>(std::count_if(transcript_.turns.begin(), transcript_.turns.end(),
                                                      [&](const Turn& turn) { return !transcript_.speakers[turn.speaker].label.empty(); }));
    }

    const InputFile& input_;
    const ReadOptions& options_;
    std::vector<std::string>& notes_;
    std::string name_;  // in messages
    Transcript transcript_;
    std::vector<DeclaredSpeaker> labels_;  // that the format vouches for
};

}  // namespace

std::optional<Format> format_of(std::string_view file_name) {
    const std::size_t dot = file_name.rfind('.');
    if (dot == std::string_view::npos || file_name.find('/', dot) != std::string_view::npos) return std::nullopt;
    std::string ending(file_name.substr(dot + 1));
    std::transform(ending.begin(), ending.end(), ending.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    const auto found = std::find_if(std::begin(kEndings), std::end(kEndings), [&](const Ending& entry) { return entry.ending == ending; });
    return found == std::end(kEndings) ? std::nullopt : std::optional(found->format);
}

Transcript read(const InputFile& input, const ReadOptions& options, std::vector<std::string>& notes) {
    std::string bytes;
    if (input.path == "-") {
        bytes = read_descriptor(STDIN_FILENO, "standard input");
    } else {
        read_file(input.path, bytes);
    }
    return read_bytes(std::move(bytes), input, options, notes);
}

Transcript read_bytes(std::string bytes, const InputFile& input, const ReadOptions& options, std::vector<std::string>& notes) {
    return Reader(input, options, notes).run(std::move(bytes));
}

}  // namespace fangtan::reader
