// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <charconv>
#include <memory>

#include "../command.hpp"
#include "../options/choice.hpp"
#include "../options/corpus_options.hpp"
#include "../options/output_options.hpp"
#include "fangtan/analysis/explanation.hpp"
#include "fangtan/text/boundary.hpp"
#include "fangtan/text/diagnostic_text.hpp"
#include "fangtan/text/utf8.hpp"

namespace fangtan::cli {
namespace {

enum class ExplainFormat { text, json };

struct ExplainOptions {
    CorpusOptions corpus;
    OutputOptions output;
    std::string codebook;
    std::string text;
    std::string code;
    ApplyOptions apply;
    std::string format;
};

struct Place {
    std::string document;
    std::uint32_t turn = 0;
};

// "P3:12". A document's id may hold colons.
Place place_of(const std::string& typed) {
    const std::size_t colon = typed.rfind(':');
    Place place;
    const std::string number = colon == std::string::npos ? "" : typed.substr(colon + 1);
    const char* end = number.data() + number.size();
    const auto [stop, error] = std::from_chars(number.data(), end, place.turn);
    if (number.empty() || error != std::errc() || stop != end || place.turn == 0 || colon == 0) {
        throw Error(ErrorKind::usage, typed, "expected the place of a turn, DOCUMENT:TURN as codings print it, for example P3:12; or a text with --text");
    }
    place.document = typed.substr(0, colon);
    return place;
}

std::optional<CodeId> code_of(const Codebook& codebook, const std::string& typed) {
    if (typed.empty()) return std::nullopt;
    std::vector<std::string> ids;
    std::vector<std::uint32_t> named;
    for (std::uint32_t i = 0; i < codebook.codes().size(); ++i) {
        const Code& code = codebook.codes()[i];
        if (code.id == typed) return CodeId{i};
        if (code.name == typed) named.push_back(i);
        ids.push_back(code.id);
    }
    if (named.size() == 1) return CodeId{named[0]};
    if (named.size() > 1) throw Error(ErrorKind::usage, "--code " + typed, "several codes have this name; give the id, for example " + codebook.codes()[named[0]].id);
    const std::string near = nearest(typed, ids);
    throw Error(ErrorKind::usage, "--code " + typed, "the codebook has no such code" + (near.empty() ? std::string("; fangtan codebook show lists them") : "; did you mean " + near + "?"));
}

Transcript transcript_of_text(const std::string& text) {
    if (utf8::first_fault(text)) throw Error(ErrorKind::usage, "--text", "is not UTF-8");
    Transcript transcript;
    transcript.id = "--text";
    transcript.file = "--text";
    transcript.text = text;
    transcript.speakers.push_back({});
    const Span body = trimmed(transcript.text, span_of(0, static_cast<std::uint32_t>(text.size())));
    transcript.turns.push_back({0, body, 0});
    return transcript;
}

Transcript find_transcript(const Corpus& corpus, const Place& place, const Streams& streams) {
    std::vector<std::string> ids;
    for (std::size_t i = 0; i < corpus.size(); ++i) {
        ids.push_back(corpus.file(i).id);
        if (corpus.file(i).id != place.document) continue;
        std::vector<std::string> notes;
        ReadOptions read = corpus.read;
        read.dialogue.participants = &corpus.participants;
        Transcript transcript = reader::read(corpus.file(i), read, notes);
        for (const std::string& note : notes) Messages(streams).note(note);
        return transcript;
    }
    const std::string near = nearest(place.document, ids);
    throw Error(ErrorKind::usage, place.document + ":" + std::to_string(place.turn), "there is no such document among the inputs" + (near.empty() ? "" : "; did you mean " + near + "?"));
}

int explain(ExplainOptions options, const Streams& streams) {
    const std::map<std::string, ExplainFormat> formats = {{"text", ExplainFormat::text}, {"txt", ExplainFormat::text}, {"json", ExplainFormat::json}};
    const ExplainFormat format = options.output.format(options.format, formats, ExplainFormat::text, ExplainFormat::text, streams);
    Place place{"", 1};
    if (options.text.empty()) {
        if (options.corpus.inputs.empty()) throw Error(ErrorKind::usage, "", "expected the place of a turn, for example P3:12, and interviews; or a text with --text");
        place = place_of(options.corpus.inputs.front());
        options.corpus.inputs.erase(options.corpus.inputs.begin());
    } else if (!options.corpus.inputs.empty()) {
        throw Error(ErrorKind::usage, options.corpus.inputs.front(), "--text is a text of its own and goes without a turn and interviews");
    }
    options.output.refuse(options.codebook);
    const std::optional<Codebook> codebook = open_codebook(options.codebook, streams);
    if (!codebook) return kBadInput;
    const std::optional<CodeId> code = code_of(*codebook, options.code);
    Corpus corpus;
    Transcript transcript;
    if (options.text.empty()) {
        std::optional<Corpus> opened = open_corpus(options.corpus, streams);
        if (!opened) return kBadInput;
        corpus = std::move(*opened);
        for (const InputFile& file : corpus.inputs.files) options.output.refuse(file.path);
        transcript = find_transcript(corpus, place, streams);
    } else {
        transcript = transcript_of_text(options.text);
    }
    const auto speakers = options.text.empty() ? analysis::SingleRules::Speakers::as_written : analysis::SingleRules::Speakers::everybody;
    analysis::Explainer explainer(*codebook, options.apply, corpus.participants, speakers);
    const analysis::Explanation explanation = explainer.explain(transcript, place.turn, code);
    Output out = options.output.open(streams);
    out.write(format == ExplainFormat::json ? analysis::explanation_json(explanation, transcript, *codebook, code) : analysis::explanation_text(explanation, transcript, *codebook, code));
    out.commit();
    const bool fired = std::any_of(explanation.units.begin(), explanation.units.end(), [](const analysis::ExplainedUnit& unit) { return !unit.fired.empty(); });
    return fired ? kDone : kAnswerIsNo;
}

}  // namespace

Action setup_explain(CLI::App& app) {
    const auto options = std::make_shared<ExplainOptions>();
    app.add_option("-b,--codebook", options->codebook, "The codebook (YAML, see fangtan-codebook(5))")->type_name("FILE")->required();
    app.add_option("--code", options->code, "Only this code, by id or name; where it does not fire: what each of its rules lacks")->type_name("CODE");
    app.add_option("--text", options->text, "Explain TEXT instead of a turn, as if anybody had said it")->type_name("TEXT");
    options->corpus.add_to(app, "First the place of a turn, DOCUMENT:TURN as codings have it (P3:12); then interviews: files, folders (walked), - for standard input");
    add_choice<UnitKind>(app, "--unit", options->apply.unit,
                         {{"match", UnitKind::match}, {"clause", UnitKind::clause}, {"sentence", UnitKind::sentence},
                          {"turn", UnitKind::turn}, {"paragraph", UnitKind::paragraph}, {"document", UnitKind::document}},
                         "What a rule is evaluated in, as in fangtan code: match, clause, sentence, turn, paragraph or document [sentence]", "UNIT");
    app.add_flag("--include-interviewer", options->apply.include_interviewer, "The interviewer's turns too");
    app.add_flag("--skip-marks", options->apply.skip_marks, "Match as if marks of what is no speech, such as [停顿] and （笑）, did not stand in the text");
    app.add_option("-f,--format", options->format, "text or json [the ending of -o, else text]")->type_name("FORMAT");
    app.add_option("-o,--output", options->output.path, "Write to FILE, whole or not at all [standard output]")->type_name("FILE");
    app.footer("Examples: fangtan explain -b codebook.yaml P3:12 interviews/ --code 合作\n          fangtan explain -b codebook.yaml --text '社工来了以后纠纷少了。'");
    return [options](const Streams& streams) { return explain(*options, streams); };
}

}  // namespace fangtan::cli
