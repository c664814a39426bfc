// SPDX-License-Identifier: Apache-2.0
//
// What every page of HTML needs: text that can harm nothing, and the hash by
// which a page allows its own style sheet and nothing else.
#pragma once

#include <string>
#include <string_view>

namespace fangtan {

// `text` (valid UTF-8) as the content of an element or of a quoted attribute. Line feeds and tabs stay; other
// controls, bidirectional and zero-width characters are shown as \x1b or <U+202E>, so that nothing hides.
void append_escaped_html(std::string& page, std::string_view text);

// RFC 4648 of the SHA-256, as a Content-Security-Policy names what it allows: 'sha256-…'.
[[nodiscard]] std::string base64_of_sha256(std::string_view bytes);

}  // namespace fangtan
