// SPDX-License-Identifier: Apache-2.0
#include "segmenter_options.hpp"

#include <algorithm>

#include "choice.hpp"
#include "corpus_options.hpp"
#include "fangtan/base/file.hpp"
#include "fangtan/codebook/terms.hpp"
#include "fangtan/text/boundary.hpp"
#include "fangtan/text/character.hpp"
#include "fangtan/text/decode.hpp"
#include "fangtan/text/utf8.hpp"

namespace fangtan::cli {

std::vector<std::string> read_word_list(const std::string& path, const Streams& streams) {
    const DecodedText decoded = decode(read_file(path), path);
    note_decoding(decoded, path, streams);
    std::vector<std::string> words;
    const std::string& text = decoded.text;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        const Span word = trimmed(text, span_of(static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(end)));
        if (!word.empty() && text[word.begin.value] != '#') words.emplace_back(word.of(text));
        at = end + 1;
    }
    return words;
}

void SegmenterChoice::add_to(CLI::App& app) {
    add_choice<SegmenterKind>(app, "--segmenter", kind, {{"libime", SegmenterKind::libime}, {"jieba", SegmenterKind::jieba}, {"icu", SegmenterKind::icu}},
                              "How text is split into words: libime, jieba or icu [the first that is installed]", "NAME");
    app.add_option("--terms", terms, "Words that are never cut in two: FILE names them, one a line (# begins a comment line)")->type_name("FILE");
    app.add_option("--soft-terms", soft_terms, "Words that are likely, unless the context speaks against them: FILE names them, one a line")->type_name("FILE");
}

Segmenter SegmenterChoice::open(const Codebook* codebook, const ParticipantTable& participants, const Streams& streams,
                                const std::vector<std::string>& more_terms) const {
    SegmenterOptions options;
    options.kind = kind;
    options.hard_terms = more_terms;
    const auto add = [](std::vector<std::string>& list, const std::vector<std::string>& more) { list.insert(list.end(), more.begin(), more.end()); };
    if (codebook != nullptr) {
        for (std::string& term : codebook::plain_terms(*codebook, codebook::TermChoice::all)) {
            if (utf8::count(term) > 1 || !is_han(utf8::at(term, 0))) options.hard_terms.push_back(std::move(term));
        }
    }
    if (!terms.empty()) add(options.hard_terms, read_word_list(terms, streams));
    if (!soft_terms.empty()) add(options.soft_terms, read_word_list(soft_terms, streams));
    for (const Participant& participant : participants.all()) add(options.soft_terms, names_of(participant));
    return Segmenter::open(options);
}

}  // namespace fangtan::cli
