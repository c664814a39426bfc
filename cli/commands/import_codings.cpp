// SPDX-License-Identifier: Apache-2.0
#include "import_codings.hpp"

#include <algorithm>
#include <cctype>

#include "../options/corpus_options.hpp"
#include "fangtan/base/error.hpp"
#include "fangtan/base/file.hpp"
#include "fangtan/coding/sheet.hpp"
#include "fangtan/transcript/critic_markup.hpp"

namespace fangtan::cli {
namespace {

bool is_sheet(const std::string& kind) {
    std::string ending = kind.size() > 4 ? kind.substr(kind.size() - 4) : std::string();
    std::transform(ending.begin(), ending.end(), ending.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return ending == ".csv" || ending == ".tsv";
}

bool is_by_hand(const std::string& kind) { return kind == "comments" || kind == "marks" || is_sheet(kind); }

bool is_plain_text(const Transcript& transcript) { return transcript.format == "txt" || transcript.format == "md"; }

// By turn of the imported file, which says the same and has no turns without words.
std::vector<std::vector<std::string>> paths_of(const Transcript& transcript) {
    std::vector<std::vector<std::string>> paths;
    for (const Turn& turn : transcript.turns) {
        if (!turn.body.empty()) paths.push_back(transcript.headings[turn.heading]);
    }
    return paths;
}

StreamOptions stream_options() {
    StreamOptions stream;
    stream.tool = std::string("fangtan ") + FANGTAN_VERSION;
    return stream;
}

}  // namespace

void CodingsOptions::add_to(CLI::App& app) {
    app.add_option("--codings", kind,
                   "Also write codings.jsonl: from headings (what a turn stands under is its code), comments (of .docx and .odt), marks ({==passage==}{>>code<<} in .txt and .md), or a sheet (FILE.csv)")
        ->type_name("KIND");
    app.add_option("-b,--codebook", codebook, "The codebook (YAML, see fangtan-codebook(5)) that comments, marks and sheets take their codes from")->type_name("FILE");
    app.add_option("--coder", coder, "Who made the codings for which nobody is named [coder]")->type_name("NAME");
    app.add_option("--new-codes", new_codes, "Add codes that are not in the codebook, and write the codebook that has them to FILE")->type_name("FILE");
}

void check(const CodingsOptions& options) {
    const std::string& kind = options.kind;
    const bool by_hand = is_by_hand(kind);
    if (!kind.empty() && kind != "headings" && !by_hand) {
        throw Error(ErrorKind::usage, "--codings " + kind, "unknown kind of codings; known are headings, comments, marks and a sheet (FILE.csv)");
    }
    if (!by_hand && !options.codebook.empty()) throw Error(ErrorKind::usage, "-b " + options.codebook, "is of use with --codings comments, marks or FILE.csv only");
    if (!by_hand && !options.new_codes.empty()) throw Error(ErrorKind::usage, "--new-codes " + options.new_codes, "is of use with --codings comments, marks or FILE.csv only");
    if (by_hand && options.codebook.empty() && options.new_codes.empty()) {
        throw Error(ErrorKind::usage, "--codings " + kind, "needs the codebook (-b FILE), or --new-codes FILE to begin one");
    }
    if (options.coder.empty()) throw Error(ErrorKind::usage, "--coder", "a coder needs a name");
}

void ImportedCodings::prepare(Transcript& transcript) const {
    if (options_.kind == "comments") {
        std::erase_if(transcript.left_out, [](const LeftOut& left) { return left.what == "comment"; });
        if (is_plain_text(transcript) && !transcript.marks.empty()) Messages(streams_).warning(transcript.file + ": its marks become no codings; --codings marks takes them");
        if (is_plain_text(transcript)) transcript.marks.clear();
    } else if (options_.kind == "marks") {
        if (!is_plain_text(transcript)) {
            if (!transcript.marks.empty()) Messages(streams_).warning(transcript.file + ": its comments become no codings; --codings comments takes them");
            transcript.marks.clear();
            return;
        }
        // A file with half a mark and no whole one is somebody's text to every other command.
        Diagnostics diagnostics;
        const bool is_whole = transcript::without_critic_marks(transcript.text, transcript.file, diagnostics).has_value();
        if (is_whole) return;
        diagnostics.sort();
        Messages(streams_).diagnostics(diagnostics);
        throw Error(ErrorKind::input, transcript.file, "holds marks that do not begin or end");
    }
}

void ImportedCodings::add(Transcript original, Transcript imported) {
    if (options_.kind == "headings") {
        headed_.push_back({std::move(imported), paths_of(original)});
    } else if (!options_.kind.empty()) {
        documents_.push_back({std::move(original), std::move(imported)});
    }
}

std::optional<MadeCodings> ImportedCodings::make(const ParticipantTable& participants) {
    if (options_.kind.empty()) return MadeCodings();
    if (options_.kind != "headings") return made_by_hand(participants);
    const bool any = std::any_of(headed_.begin(), headed_.end(), [](const coding::HeadedDocument& document) {
        return std::any_of(document.paths.begin(), document.paths.end(), [](const auto& path) { return !path.empty(); });
    });
    if (!any) Messages(streams_).note("no turn stands under a heading: no codings");
    return MadeCodings{coding::heading_codings(headed_, stream_options(), participants), {}, !any};
}

std::optional<MadeCodings> ImportedCodings::made_by_hand(const ParticipantTable& participants) {
    const Messages messages(streams_);
    std::optional<Codebook> codebook = options_.codebook.empty() ? Codebook("hand", {}, {}, {}, {}, {}, {}) : open_codebook(options_.codebook, streams_);
    if (!codebook) return std::nullopt;
    std::string sheet;
    if (is_sheet(options_.kind)) {
        DecodedText decoded = decode(read_file(options_.kind), options_.kind);
        note_decoding(decoded, options_.kind, streams_);
        sheet = std::move(decoded.text);
    }
    MadeCodings made;
    if (!options_.new_codes.empty()) {
        const coding::CodeNames names(*codebook);
        const std::vector<std::string> added = is_sheet(options_.kind) ? coding::unknown_names_of_sheet(sheet, options_.kind, names) : coding::unknown_names(documents_, names);
        if (codebook->codes().empty() && added.empty()) {
            messages.note("nothing names a code: no codings and no codebook");
            made.is_missing = true;
            return made;
        }
        made.codebook = coding::yaml_with_codes(*codebook, added);
        Diagnostics diagnostics;
        std::optional<Codebook> extended = codebook::load(made.codebook, options_.new_codes, diagnostics);
        messages.diagnostics(diagnostics);
        if (!extended) return std::nullopt;
        codebook = std::move(extended);
        for (const std::string& name : added) messages.note("new code: " + name);
    }
    const coding::CodeNames names(*codebook);
    Diagnostics diagnostics;
    std::vector<coding::HandCoding> codings;
    if (is_sheet(options_.kind)) {
        std::optional<std::vector<coding::HandCoding>> read = coding::read_sheet(sheet, options_.kind, names, documents_, options_.coder, " (--new-codes adds it)", diagnostics);
        if (read) codings = std::move(*read);
    } else {
        codings = coding::codings_of_marks(documents_, names, options_.coder, diagnostics);
    }
    messages.diagnostics(diagnostics);
    if (diagnostics.has_errors()) return std::nullopt;
    made.is_missing = codings.empty();
    if (made.is_missing) messages.note((is_sheet(options_.kind) ? options_.kind + ": no row" : "no " + options_.kind) + ": no codings");
    std::vector<const Transcript*> transcripts;
    for (const coding::ImportedDocument& document : documents_) transcripts.push_back(&document.imported);
    made.stream = coding::hand_stream(transcripts, std::move(codings), stream_options(), *codebook, participants);
    return made;
}

}  // namespace fangtan::cli
