// SPDX-License-Identifier: Apache-2.0
#include <memory>

#include "../command.hpp"
#include "../options/coding_stream.hpp"
#include "../options/output_options.hpp"
#include "fangtan/base/file.hpp"
#include "fangtan/coding/recode.hpp"

namespace fangtan::cli {
namespace {

struct RecodeOptions {
    std::string codings;
    std::string codebook;
    std::string map;
    std::string codebook_out;
    bool split = false;
    OutputOptions output;
};

int run(const RecodeOptions& options, const Streams& streams) {
    const Messages messages(streams);
    const std::vector<std::string> inputs = {options.codings, options.codebook, options.map};
    refuse_input("-o", options.output.path, inputs);
    refuse_input("--codebook-out", options.codebook_out, inputs);
    if (!options.codebook_out.empty() && options.codebook_out == options.output.path) throw Error(ErrorKind::usage, "--codebook-out " + options.codebook_out, "is the file of -o too; name another one");
    const auto codebook = open_codebook(options.codebook, streams);
    const auto stream = codebook ? open_stream(options.codings, streams) : std::nullopt;
    if (!stream) return kBadInput;
    const DecodedText map = decode(read_file(options.map), options.map);
    note_decoding(map, options.map, streams);
    Diagnostics diagnostics;
    const auto result = coding::recode(*codebook, *stream, map.text, options.map, options.codings == "-" ? "standard input" : options.codings, options.split, diagnostics);
    messages.diagnostics(diagnostics);
    if (!result) return kBadInput;
    Output out = options.output.open(streams);
    if (!options.codebook_out.empty()) {
        Output book = Output::to_file(options.codebook_out);
        book.write(result->yaml);
        book.commit();
    }
    out.write(coding::to_json_lines(result->stream));
    out.commit();
    for (const std::string& path : result->created) messages.note("new code: " + path);
    for (const std::string& note : result->notes) messages.warning(note);
    messages.note("codings recoded: " + std::to_string(result->recoded) + " of " + std::to_string(result->stream.codings.size()));
    if (result->unfitted > 0) messages.warning("codings of a split code that fit no row: " + std::to_string(result->unfitted) + "; they keep their code");
    return kDone;
}

}  // namespace

Action setup_recode(CLI::App& app) {
    const auto options = std::make_shared<RecodeOptions>();
    app.add_option("CODINGS", options->codings, "Codings (JSON Lines), - for standard input")->required();
    app.add_option("-b,--codebook", options->codebook, "The codebook these codings were made with")->type_name("FILE")->required();
    app.add_option("--map", options->map, "What becomes of which code: CSV with the columns from and to")->type_name("FILE")->required();
    app.add_flag("--split", options->split, "Further columns of the map are conditions that divide a code");
    app.add_option("--codebook-out", options->codebook_out, "Write the codebook with the new codes")->type_name("FILE");
    options->output.add_to(app);
    app.remove_option(app.get_option("--excel"));
    app.footer("Example: fangtan recode codings.jsonl -b codebook.yaml --map map.csv --codebook-out new.yaml -o recoded.jsonl");
    return [options](const Streams& streams) { return run(*options, streams); };
}

}  // namespace fangtan::cli
