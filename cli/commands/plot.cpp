// SPDX-License-Identifier: Apache-2.0
#include <memory>

#include "../command.hpp"
#include "../options/choice.hpp"
#include "../options/coded_corpus.hpp"
#include "../options/dimension.hpp"
#include "../options/language.hpp"
#include "../options/output_options.hpp"
#include "../options/refuse_inputs.hpp"
#include "fangtan/report/report_pictures.hpp"
#include "fangtan/report/report_wording.hpp"

namespace fangtan::cli {
namespace {

enum class Picture { bars, heatmap, saturation, network };

struct PlotOptions {
    Picture picture = Picture::bars;
    std::string picture_name;
    CodedCorpusOptions corpus;
    OutputOptions output;
    std::string title;
    std::optional<Language> language;
    std::string by;
    std::optional<analysis::CooccurrenceUnit> within;
    std::optional<std::uint64_t> minimum;
    unsigned level = 0;
    double width = 720;
    std::optional<StatusChoice> status;
};

const char* heading(Picture picture, Language language) {
    static constexpr const char* kHeadings[3][4] = {{"编码频次", "编码矩阵", "编码饱和曲线", "编码共现"}, {"編碼頻次", "編碼矩陣", "編碼飽和曲線", "編碼共現"}, {"Codes by frequency", "Coding matrix", "Saturation of codes", "Co-occurrence of codes"}};
    return kHeadings[static_cast<int>(language)][static_cast<int>(picture)];
}

std::string by_of(const PlotOptions& options) { return options.by.empty() ? "participant" : options.by; }

// An option that a picture would not look at is a mistake.
void check(const PlotOptions& options) {
    if (options.picture != Picture::heatmap && !options.by.empty()) throw Error(ErrorKind::usage, "--by " + options.by, "says what the columns of a heatmap are; this picture has none");
    if (options.picture == Picture::network) {
        if (options.status) throw Error(ErrorKind::usage, "--status", "does not apply to a network, which has all codings but the rejected");
        return;
    }
    if (options.within) throw Error(ErrorKind::usage, "--within", "says where codes of a network meet; this picture has no pairs");
    if (options.minimum) throw Error(ErrorKind::usage, "--min", "leaves pairs of a network out; this picture has no pairs");
}

report::CodingPicture draw(const PlotOptions& options, const CodedCorpus& corpus) {
    const Language language = chosen_language(options.language, corpus);
    report::PictureOptions picture;
    const char* colon = language == Language::english ? ": " : "：";
    picture.title = !options.title.empty() ? options.title : heading(options.picture, language) + (corpus.set.codebook.empty() ? "" : colon + corpus.set.codebook);
    picture.language = report::language_tag(language);
    picture.width = options.width;
    picture.value_label = report::report_words(language).references;
    TabulateSpec spec;
    spec.by = by_of(options);
    spec.language = language;
    spec.status = options.status.value_or(StatusChoice::not_rejected);
    if (options.level > 0) spec.level = options.level;
    switch (options.picture) {
        case Picture::bars: return report::code_bars(corpus.set, spec, picture);
        case Picture::heatmap: return report::code_heat_map(corpus.set, spec, picture);
        case Picture::saturation: {
            analysis::SaturationStudySpec study;
            study.level = spec.level;
            study.status = spec.status;
            return report::saturation_picture(analysis::saturation_study(corpus.set, study), language, picture);
        }
        case Picture::network: break;
    }
    analysis::CooccurrenceSpec together;
    if (options.within) together.within = *options.within;
    together.minimum = options.minimum.value_or(1);
    together.level = spec.level;
    together.language = language;
    picture.value_label = report::report_words(language).together;
    return report::code_network(corpus.set, analysis::cooccurrence(corpus.set, corpus.transcripts, together), picture);
}

int run(const PlotOptions& options, const Streams& streams) {
    const Messages messages(streams);
    check(options);
    options.output.require_ending("svg");
    refuse_inputs(options.output, options.corpus);
    Output out = options.output.open(streams);  // now, so that a folder that cannot be written is found before the work
    const std::optional<CodedCorpus> corpus = open_coded_corpus(options.corpus, streams);
    if (!corpus) return kBadInput;
    if (options.picture == Picture::heatmap) check_dimension(by_of(options), analysis::known_dimensions(corpus->set.participants));
    const report::CodingPicture picture = draw(options, *corpus);
    out.write(picture.svg);
    out.commit();
    if (picture.empty) messages.note("there is nothing to draw");
    if (picture.unlinked && !picture.empty) messages.note("no two codes occur together as asked for: the network has no lines");
    if (corpus->skipped > 0) messages.warning("files set aside: " + std::to_string(corpus->skipped) + "; the picture lacks them");
    return picture.empty || corpus->skipped > 0 ? kAnswerIsNo : kDone;
}

}  // namespace

Action setup_plot(CLI::App& app) {
    const auto options = std::make_shared<PlotOptions>();
    options->corpus.keep_texts = true;  // sentences and turns need the interviews
    add_choice<Picture>(app, "PICTURE", options->picture, {{"bars", Picture::bars}, {"heatmap", Picture::heatmap}, {"saturation", Picture::saturation}, {"network", Picture::network}},
                        "What is drawn: bars (codes by frequency), heatmap (codes by participant), saturation (new codes by interview) or network (codes that occur together)", "PICTURE")
        ->required();
    app.add_option("--by", options->by, "Columns of the heat map: participant, group, role, document, speaker, coder, or an attribute [participant]")->type_name("WHAT");
    add_choice<analysis::CooccurrenceUnit>(app, "--within", options->within,
                                           {{"segment", analysis::CooccurrenceUnit::segment}, {"sentence", analysis::CooccurrenceUnit::sentence}, {"turn", analysis::CooccurrenceUnit::turn},
                                            {"document", analysis::CooccurrenceUnit::document}, {"participant", analysis::CooccurrenceUnit::participant}},
                                           "Where two codes of the network must meet: segment (their segments overlap), sentence, turn, document or participant [segment]", "UNIT");
    app.add_option("--min", options->minimum, "Leave out pairs of the network with a smaller count [1]")->type_name("N")->check(CLI::Range(1, 1'000'000'000));
    app.add_option("--level", options->level, "Roll deeper codes up to level N of the tree")->check(CLI::Range(1, 64))->type_name("N");
    add_choice<StatusChoice>(app, "--status", options->status, {{"proposed", StatusChoice::proposed}, {"accepted", StatusChoice::accepted}, {"all", StatusChoice::all}},
                             "Count only proposed or accepted codings, or all, the rejected too [all but the rejected]; not for a network", "STATUS");
    app.add_option("--title", options->title, "Title of the picture [what it shows, and the codebook's name]")->type_name("TEXT");
    app.add_option("--width", options->width, "Width in pixels [720]; a heat map of many columns becomes wider")->check(CLI::Range(320, 4000))->type_name("N");
    add_language(app, options->language);
    options->output.add_to(app);
    app.remove_option(app.get_option("--excel"));
    options->corpus.add_to(app);
    app.footer("Example: fangtan plot heatmap codings.jsonl -o matrix.svg");
    return [options](const Streams& streams) { return run(*options, streams); };
}

}  // namespace fangtan::cli
