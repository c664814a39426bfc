// SPDX-License-Identifier: Apache-2.0
#include "segmenter_options.hpp"

#include "choice.hpp"

namespace fangtan::cli {

void SegmenterChoice::add_to(CLI::App& app) {
    add_choice<SegmenterKind>(app, "--segmenter", kind, {{"libime", SegmenterKind::libime}, {"jieba", SegmenterKind::jieba}, {"icu", SegmenterKind::icu}},
                              "How text is split into words: libime, jieba or icu [the first that is installed]", "NAME");
    app.add_option("--terms", terms, "Words that are never cut in two: FILE names them, one a line")->type_name("FILE");
    app.add_option("--soft-terms", soft_terms, "Words that are likely, unless the context speaks against them: FILE names them, one a line")->type_name("FILE");
}

Segmenter SegmenterChoice::open(const Codebook*, const ParticipantTable&, const Streams&) const {
    SegmenterOptions options;
    options.kind = kind;
    return Segmenter::open(options);
}

}  // namespace fangtan::cli
