// SPDX-License-Identifier: Apache-2.0
#include "coding_input.hpp"

#include "corpus_options.hpp"
#include "fangtan/base/error.hpp"
#include "fangtan/base/file.hpp"
#include "fangtan/coding/read.hpp"
#include "fangtan/text/decode.hpp"

namespace fangtan::cli {

bool read_codings(const std::string& path, CodingSet& set, const Streams& streams) {
    constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
    Diagnostics diagnostics;
    LineBlocks blocks = LineBlocks::of_file(path);
    std::string block;
    if (!blocks.next(block)) throw Error(ErrorKind::input, path, "holds no codings");
    const std::size_t mark = block.starts_with(kByteOrderMark) ? kByteOrderMark.size() : 0;
    if (coding::looks_like_json_lines(std::string_view(block).substr(mark))) {
        coding::JsonLinesReader reader(path, set, diagnostics);
        reader.add(std::string_view(block).substr(mark));
        while (blocks.next(block)) reader.add(block);
        reader.finish();
    } else {
        for (std::string more; blocks.next(more);) block += more;
        const DecodedText decoded = decode(std::move(block), path);
        note_decoding(decoded, path, streams);
        coding::read_rows(decoded.text, path, set, diagnostics);
    }
    Messages(streams).diagnostics(diagnostics);
    return !diagnostics.has_errors();
}

}  // namespace fangtan::cli
