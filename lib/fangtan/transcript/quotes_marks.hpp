// SPDX-License-Identifier: Apache-2.0
//
// Which opening quotation mark goes with which closing one. Internal to the
// transcript module.
#pragma once

#include <string_view>
#include <vector>

#include "fangtan/text/span.hpp"

namespace fangtan::transcript {

struct QuotedPart {
    ByteOffset open;   // of the opening mark
    Span inner;        // between the marks; empty at the opening one if it is not closed
    ByteOffset close;  // behind the closing mark
    bool closed = true;
};

// The outermost quoted parts of `paragraph` (“” "" 「」 『』), ascending; a mark that nothing closes is listed and
// what stands behind it is outermost again. A “ before a bracket is a closing mark typed wrongly. With
// `continues`, a closing mark without an opening one belongs to the beginning of the paragraph. O(n).
[[nodiscard]] std::vector<QuotedPart> quoted_parts(std::string_view text, Span paragraph, bool continues);

// `line` without dashes at its beginning: ——（P1）.
[[nodiscard]] Span without_dashes(std::string_view text, Span line);

}  // namespace fangtan::transcript
