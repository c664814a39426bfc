// SPDX-License-Identifier: Apache-2.0
#include "agree_input.hpp"

#include <algorithm>
#include <filesystem>
#include <set>

#include "../options/choice.hpp"
#include "fangtan/base/error.hpp"
#include "fangtan/base/file.hpp"
#include "fangtan/coding/read.hpp"
#include "fangtan/text/diagnostic_text.hpp"

namespace fangtan::cli {
namespace {

using analysis::AgreementKind;
using analysis::AgreementUnit;

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

// The text of a table; standard input is "-".
std::string text_of(const std::string& path, std::string& name, const Streams& streams) {
    name = path == "-" ? "standard input" : path;
    std::string bytes;
    if (path == "-") {
        bytes = read_descriptor(streams.in, name);
    } else {
        read_file(path, bytes, kMaximumFileSize, true);
    }
    if (bytes.find_first_not_of(" \t\r\n") == std::string::npos) throw Error(ErrorKind::input, name, "holds nothing; if a pipeline feeds it, the command before it failed");
    DecodedText decoded = decode(std::move(bytes), name);
    note_decoding(decoded, name, streams);
    return std::move(decoded.text);
}

std::string stem_of(const std::string& path) { return path == "-" ? "standard input" : std::filesystem::path(path).stem().string(); }

class RoundReader {
 public:
    RoundReader(const AgreeInputOptions& options, const analysis::AgreementRequest& request, const Streams& streams)
        : options_(options), request_(request), streams_(streams), messages_(streams) {}

    std::optional<AgreeRound> read(const std::vector<std::string>& files) {
        switch (options_.kind()) {
            case AgreementKind::ratings: return ratings(files[0]);
            case AgreementKind::table: return table(files[0]);
            case AgreementKind::segments: return segments(files[0]);
            case AgreementKind::codings: break;
        }
        return codings(files);
    }

 private:
    // True if there is a fault, after all were shown.
    bool faulty() {
        messages_.diagnostics(diagnostics_);
        return diagnostics_.has_errors();
    }

    [[nodiscard]] analysis::ScaleOptions scale_options() const {
        return {names_in(options_.categories), options_.level != agreement::Level::nominal || !options_.weights.empty(), names_in(options_.coders)};
    }

    // Weights need to know the scale. False after diagnostics.
    bool complete(const agreement::Scale& scale) {
        const bool order = options_.level == agreement::Level::ordinal || options_.weights == "linear" || options_.weights == "quadratic";
        if (order && !scale.ordered) {
            throw Error(ErrorKind::usage, options_.level == agreement::Level::ordinal ? "--level ordinal" : "--weights " + options_.weights,
                        "the categories are names and have no order; declare them in order with --categories, for example --categories low,middle,high");
        }
        if (options_.level == agreement::Level::ratio && std::any_of(scale.values.begin(), scale.values.end(), [](double value) { return value < 0; })) {
            throw Error(ErrorKind::usage, "--level ratio", "a ratio scale has no numbers below zero, and these ratings have; use --level interval");
        }
        if (options_.weights.empty()) return true;
        if (options_.weights == "linear") {
            request_.weights = agreement::Weights::linear(scale.size());
        } else if (options_.weights == "quadratic") {
            request_.weights = agreement::Weights::quadratic(scale.size());
        } else {
            std::string name;
            const std::string text = text_of(options_.weights, name, streams_);
            request_.weights = analysis::read_weights(text, name, scale, diagnostics_);
        }
        return request_.weights.has_value();
    }

    std::optional<AgreeRound> ratings(const std::string& path) {
        std::string name;
        AgreeRound round;
        round.ratings = analysis::read_ratings(text_of(path, name, streams_), name, scale_options(), diagnostics_);
        if (!round.ratings || !complete(round.ratings->scale)) {
            faulty();
            return std::nullopt;
        }
        if (std::all_of(round.ratings->cells.begin(), round.ratings->cells.end(), [](std::int32_t cell) { return cell == agreement::kMissing; })) {
            throw Error(ErrorKind::input, name, "holds no rating");
        }
        faulty();
        round.result = analysis::agreement_of_ratings(round.ratings->ratings(), round.ratings->coders, AgreementKind::ratings, request_);
        return round;
    }

    std::optional<AgreeRound> table(const std::string& path) {
        std::string name;
        const auto file = analysis::read_counts(text_of(path, name, streams_), name, scale_options(), diagnostics_);
        if (!file || !complete(file->scale)) {
            faulty();
            return std::nullopt;
        }
        if (file->counts.total() == 0) throw Error(ErrorKind::input, name, "holds no unit: all counts are 0");
        faulty();
        AgreeRound round;
        std::vector<std::string> coders = names_in(options_.coders);
        if (coders.empty()) coders = {"coder1", "coder2"};
        if (coders.size() != 2) throw Error(ErrorKind::usage, "--coders", "a table has two coders; name both, the one of the rows first");
        round.result = analysis::agreement_of_ratings(agreement::Ratings::from_table(file->scale, file->counts), coders, AgreementKind::table, request_);
        return round;
    }

    std::optional<AgreeRound> segments(const std::string& path) {
        std::string name;
        const auto file = analysis::read_segments(text_of(path, name, streams_), name, options_.begin, options_.length.value(), names_in(options_.coders), diagnostics_);
        if (faulty() || !file) return std::nullopt;
        if (file->coders.size() < 2) throw Error(ErrorKind::input, name, "holds " + std::string(file->coders.empty() ? "no coder" : "one coder only") + "; a coder who marked nothing needs a row with an empty code");
        AgreeRound round;
        round.result = analysis::agreement_of_segments(file->continuum, file->coders, request_);
        return round;
    }

    struct CodingFile {
        std::string path;
        std::size_t first = 0;
        std::size_t last = 0;
        [[nodiscard]] bool silent() const { return first == last; }
    };

    void read_codings(const std::string& path, CodingSet& set) {
        const std::string name = path == "-" ? "standard input" : path;
        LineBlocks blocks = path == "-" ? LineBlocks::of_descriptor(streams_.in, name) : LineBlocks::of_file(path);
        std::string block;
        const bool any = blocks.next(block);
        if (!any || block.find_first_not_of(" \t\r\n", block.starts_with(kByteOrderMark) ? kByteOrderMark.size() : 0) == std::string::npos) {
            throw Error(ErrorKind::input, name, "holds nothing; if a pipeline feeds it, the command before it failed");
        }
        const std::size_t mark = block.starts_with(kByteOrderMark) ? kByteOrderMark.size() : 0;
        if (coding::looks_like_json_lines(std::string_view(block).substr(mark))) {
            coding::JsonLinesReader reader(name, set, diagnostics_);
            reader.add(std::string_view(block).substr(mark));
            while (blocks.next(block)) reader.add(block);
            reader.finish();
            return;
        }
        for (std::string more; blocks.next(more);) block += more;
        const DecodedText decoded = decode(std::move(block), name);
        note_decoding(decoded, name, streams_);
        if (set.codes.empty()) codes_from_rows_ = true;
        coding::read_rows(decoded.text, name, codes_from_rows_ ? extended(set, decoded.text, name) : set, diagnostics_);
    }

    // The set with the codes that only this file has: read_rows() refuses codes that are not known once any are.
    CodingSet& extended(CodingSet& set, const std::string& text, const std::string& name) {
        CodingSet alone;
        Diagnostics faults;  // are found again, and shown, when the rows are read in earnest
        coding::read_rows(text, name, alone, faults);
        for (CodeEntry& entry : alone.codes) {
            if (set.code_ids.find(entry.id)) continue;
            set.code_ids.number(entry.id);
            set.codes.push_back(std::move(entry));
        }
        return set;
    }

    void settle_proposals(std::vector<CodingFile>& files, CodingSet& set) {
        const std::vector<bool> compared = analysis::settle_coders(set);
        if (options_.undecided) return;
        std::size_t kept = 0;
        for (CodingFile& file : files) {
            const std::size_t first = kept;
            for (std::size_t k = file.first; k < file.last; ++k) {
                if (compared[k]) set.codings[kept++] = set.codings[k];
            }
            file = {file.path, first, kept};
        }
        const std::size_t left_out = set.codings.size() - kept;
        set.codings.resize(kept);
        if (left_out > 0) messages_.note(std::to_string(left_out) + " proposals of rules that nobody decided about are not compared (--undecided compares them)");
    }

    // Files that all have one coder's name are one coder each, named after their files. In the order in which they appear.
    std::vector<std::string> name_coders(const std::vector<CodingFile>& files, CodingSet& set) {
        std::vector<std::string> known = analysis::coders_of(set);
        std::vector<std::string> names;
        for (const CodingFile& file : files) names.push_back(stem_of(file.path));
        if (std::set<std::string>(names.begin(), names.end()).size() < names.size()) {
            for (std::size_t i = 0; i < files.size(); ++i) names[i] = files[i].path;
        }
        if (files.size() > 1 && known.size() < 2) {
            for (std::size_t i = 0; i < files.size(); ++i) {
                const std::uint32_t label = set.labels.number(names[i]);
                for (std::size_t k = files[i].first; k < files[i].last; ++k) set.codings[k].coder = label;
            }
            messages_.note(known.empty() ? "the files hold no codings: each is taken for a coder and named after the file"
                                         : "all codings are by \"" + known[0] + "\": each file is taken for a coder and named after the file");
            return names;
        }
        for (std::size_t i = 0; i < files.size() && files.size() > 1; ++i) {
            if (!files[i].silent()) continue;
            messages_.note(files[i].path + " holds no coding: it is taken for a coder who coded nothing and named after the file; --coders leaves it out");
            set.labels.number(names[i]);
            known.push_back(names[i]);
        }
        return known;
    }

    [[nodiscard]] std::vector<std::string> chosen_coders(const std::vector<std::string>& known) const {
        const std::vector<std::string> wanted = names_in(options_.coders);
        for (const std::string& name : wanted) {
            if (std::find(known.begin(), known.end(), name) != known.end()) continue;
            std::string list;
            for (const std::string& one : known) list += (list.empty() ? "" : ", ") + one;
            throw Error(ErrorKind::usage, "--coders " + name, "the codings have no coder of this name; they have " + list);
        }
        return wanted.empty() ? known : wanted;
    }

    std::optional<AgreeRound> codings(const std::vector<std::string>& paths) {
        AgreeRound round;
        CodingSet& set = round.set.emplace();
        std::vector<CodingFile> files;
        for (const std::string& path : paths) {
            const std::size_t first = set.codings.size();
            read_codings(path, set);
            files.push_back({path, first, set.codings.size()});
        }
        if (faulty()) return std::nullopt;
        settle_proposals(files, set);
        analysis::CodedUnitsOptions choice{options_.unit.value_or(AgreementUnit::sentence), chosen_coders(name_coders(files, set)), options_.only_shared};
        auto documents = read_documents(set, choice.unit);
        if (!documents) return std::nullopt;
        round.units = analysis::coded_units(set, std::move(*documents), choice);
        round.result = analysis::agreement_of_codings(*round.units, set, choice.unit, request_);
        return round;
    }

    std::optional<std::vector<analysis::AgreementDocument>> read_documents(const CodingSet& set, AgreementUnit unit) {
        if (options_.transcripts.inputs.empty()) {
            if (unit == AgreementUnit::sentence || unit == AgreementUnit::turn) {
                throw Error(ErrorKind::usage, "--unit " + std::string(unit == AgreementUnit::sentence ? "sentence" : "turn"),
                            "the units are those of the transcripts; give them with --transcripts PATH, or compare with --unit character");
            }
            return analysis::agreement_documents(set, unit);
        }
        const std::optional<Corpus> corpus = open_corpus(options_.transcripts, streams_);
        if (!corpus) return std::nullopt;
        ReadOptions read = corpus->read;
        read.dialogue.participants = &corpus->participants;
        std::vector<analysis::AgreementDocument> documents;
        for (std::size_t i = 0; i < corpus->size(); ++i) {
            std::vector<std::string> notes;
            documents.push_back(analysis::agreement_document(reader::read(corpus->file(i), read, notes), unit, options_.include_interviewer));
            for (const std::string& note : notes) messages_.note(note);
        }
        return documents;
    }

    const AgreeInputOptions& options_;
    analysis::AgreementRequest request_;
    const Streams& streams_;
    Messages messages_;
    Diagnostics diagnostics_;
    bool codes_from_rows_ = false;
};

void check_list(const std::string& option, const std::string& list) {
    const std::vector<std::string> names = names_in(list);
    if (std::set<std::string>(names.begin(), names.end()).size() < names.size()) throw Error(ErrorKind::usage, option + " " + list, "names something twice");
    if (!list.empty() && names.empty()) throw Error(ErrorKind::usage, option, "names nothing");
}

}  // namespace

std::vector<std::string> names_in(const std::string& list) {
    static const std::string kWide = "，";
    std::vector<std::string> names;
    std::string name;
    const auto add = [&] {
        const std::size_t begin = name.find_first_not_of(' ');
        if (begin != std::string::npos) names.push_back(name.substr(begin, name.find_last_not_of(' ') - begin + 1));
        name.clear();
    };
    for (std::size_t i = 0; i < list.size();) {
        const bool wide = list.compare(i, kWide.size(), kWide) == 0;
        if (wide || list[i] == ',') {
            add();
            i += wide ? kWide.size() : 1;
        } else {
            name += list[i++];
        }
    }
    add();
    return names;
}

AgreementKind AgreeInputOptions::kind() const {
    return !ratings.empty() ? AgreementKind::ratings : !table.empty() ? AgreementKind::table : !segments.empty() ? AgreementKind::segments : AgreementKind::codings;
}

std::vector<std::string> AgreeInputOptions::files() const {
    std::vector<std::string> all = codings;
    for (const std::string& file : {ratings, table, segments, transcripts.participants}) {
        if (!file.empty()) all.push_back(file);
    }
    if (!weights.empty() && weights != "linear" && weights != "quadratic") all.push_back(weights);
    all.insert(all.end(), before.begin(), before.end());
    all.insert(all.end(), transcripts.inputs.begin(), transcripts.inputs.end());
    return all;
}

void AgreeInputOptions::check() const {
    const int tables = (ratings.empty() ? 0 : 1) + (table.empty() ? 0 : 1) + (segments.empty() ? 0 : 1);
    const auto refuse = [](const std::string& option, const std::string& sentence) { throw Error(ErrorKind::usage, option, sentence); };
    if (tables > 1) refuse("", "--ratings, --table and --segments stand against each other; give one of them");
    if (tables == 1 && !codings.empty()) refuse(codings[0], "codings cannot be compared together with --ratings, --table or --segments");
    const AgreementKind what = kind();
    if (what == AgreementKind::segments && !length) refuse("--segments", "takes --length N, the number of characters of the text");
    if (what != AgreementKind::segments && (length || begin > 0)) refuse(length ? "--length" : "--begin", "belongs to --segments; the length of coded documents is known");
    if (what != AgreementKind::codings) {
        if (unit) refuse("--unit", "belongs to codings; the units of a table are its rows");
        if (only_shared) refuse("--only-shared", "belongs to codings");
        if (undecided) refuse("--undecided", "belongs to codings");
        if (!transcripts.inputs.empty()) refuse("--transcripts", "belongs to codings");
        if (before.size() > 1) refuse("--before", "is one file where a table is compared");
    }
    if (what == AgreementKind::segments && level != agreement::Level::nominal) refuse("--level", "codes of segments have no order; only nominal applies");
    if (what == AgreementKind::segments && !weights.empty()) refuse("--weights", "codes of segments have no order; weights apply to --ratings and --table");
    if ((what == AgreementKind::segments || what == AgreementKind::codings) && !categories.empty()) refuse("--categories", "belongs to --ratings and --table");
    for (const std::vector<std::string>* named : {&codings, &before}) {
        for (auto file = named->begin(); file != named->end(); ++file) {
            if (std::find(named->begin(), file, *file) != file) refuse(*file, "is named twice; a coder cannot be compared with himself");
        }
    }
    check_list("--categories", categories);
    check_list("--coders", coders);
}

std::optional<AgreeRound> read_round(const AgreeInputOptions& options, const std::vector<std::string>& files, const analysis::AgreementRequest& request, const Streams& streams) {
    return RoundReader(options, request, streams).read(files);
}

void AgreeInputOptions::add_to(CLI::App& app) {
    app.add_option("INPUT", codings, "Codings of two or more coders: one file each, or one with a column coder (JSON Lines, CSV; - for standard input)");
    app.add_option("--ratings", ratings, "Compare the ratings of FILE: unit,coder1,coder2…; an empty cell is missing")->type_name("FILE");
    app.add_option("--table", table, "Compare two coders by the counts of FILE: coder 1 in rows, coder 2 in columns")->type_name("FILE");
    app.add_option("--segments", segments, "Compare the segments of FILE: coder,code,start,end; an empty code is a coder without any")->type_name("FILE");
    app.add_option("--length", length, "Characters of the text, for --segments")->type_name("N")->check(CLI::Range(std::uint64_t{1}, std::uint64_t{4'000'000'000}));
    app.add_option("--begin", begin, "Where the text begins, for --segments [0]")->type_name("N")->check(CLI::Range(std::uint64_t{0}, std::uint64_t{4'000'000'000}));
    add_choice<AgreementUnit>(app, "--unit", unit,
                             {{"sentence", AgreementUnit::sentence}, {"turn", AgreementUnit::turn}, {"character", AgreementUnit::character}, {"document", AgreementUnit::document}, {"segment", AgreementUnit::segment}},
                             "What is compared in codings: sentence, turn, character, document or segment (by overlap) [sentence]", "UNIT");
    app.add_option("--transcripts", transcripts.inputs, "The coded interviews: files and folders; sentence and turn need them")->type_name("PATH")->allow_extra_args(false);
    app.add_option("--coders", coders, "Compare these coders only, in this order: A,B [all]")->type_name("LIST");
    app.add_flag("--only-shared", only_shared, "Leave out documents that not all coders coded");
    app.add_flag("--undecided", undecided, "Compare proposals of rules too that nobody decided about [only while nobody decided about any]");
    app.add_flag("--include-interviewer", include_interviewer, "Units of the interviewer's turns count too");
    app.add_option("--before", before, "An earlier round of the same kind: its coefficients are shown beside, with the difference")->type_name("FILE")->allow_extra_args(false);
    add_choice<agreement::Level>(app, "--level", level,
                                 {{"nominal", agreement::Level::nominal}, {"ordinal", agreement::Level::ordinal}, {"interval", agreement::Level::interval}, {"ratio", agreement::Level::ratio}},
                                 "Level of measurement of α: nominal, ordinal, interval or ratio [nominal]", "LEVEL");
    app.add_option("--categories", categories, "The declared scale in its order, used or not: A,B,C [the categories that occur]")->type_name("LIST");
    app.add_option("--weights", weights, "Weighted coefficients too: linear, quadratic (by places on the scale), or a table of weights")->type_name("FILE");
    app.add_option("-p,--participants", transcripts.participants, "Table of participants: id, group, role, attributes [participants.csv beside or above the transcripts]")->type_name("FILE");
    app.add_option("--speakers", transcripts.speakers, "Declare labels of the transcripts: 记者,受访者 or 说话人1=P1,说话人2=I")->type_name("LIST");
    app.add_option("--encoding", transcripts.encoding, "Encoding of the transcripts: UTF-8, GB18030, Big5, UTF-16LE, UTF-16BE [found for each file]")->type_name("NAME");
    app.add_option("--layout", transcripts.layout, "How the transcripts say who speaks: auto, dialogue, subtitle, quotes or plain [auto]")->type_name("LAYOUT");
    app.add_flag("--reflow", transcripts.reflow, "Join lines that are broken hard [where that is beyond doubt]");
    app.add_flag("--no-reflow", transcripts.no_reflow, "Leave all lines as they are");
}

}  // namespace fangtan::cli
