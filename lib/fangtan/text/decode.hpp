// SPDX-License-Identifier: Apache-2.0
//
// From the bytes of a file to its text: find the encoding, decode strictly,
// remove one leading byte-order mark, turn CRLF and CR into LF. Nothing else
// is changed, and nothing that cannot be decoded is ever replaced.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fangtan {

enum class Encoding { utf8, gb18030, big5, utf16le, utf16be };

// "UTF-8", "GB18030", "Big5-HKSCS", "UTF-16LE", "UTF-16BE".
[[nodiscard]] std::string_view name_of(Encoding encoding);
// Understands the usual spellings (gbk, gb2312, cp936, big5, big5hkscs, utf8, utf-16 …), case aside.
[[nodiscard]] std::optional<Encoding> encoding_of(std::string_view name);

struct DecodedText {
    std::string text;                   // valid UTF-8, line ends LF, no leading BOM
    Encoding encoding = Encoding::utf8;
    bool guessed = false;               // neither UTF-8 nor marked by a BOM nor declared
    std::vector<std::string> warnings;  // things that were kept but are worth a look (a second BOM, private-use characters)
};

// `bytes` is consumed; valid UTF-8 without CR is not copied. `name` is for messages.
// Without `declared`: a BOM decides; else strict UTF-8; else strict GB18030 against strict Big5-HKSCS, by the
// share of characters in the everyday plane of each. Throws Error(input) with the byte offset, line and column
// of the first byte that cannot be decoded, for files that are no text (NUL bytes, zip, PDF, pictures) and for UTF-32.
[[nodiscard]] DecodedText decode(std::string bytes, const std::string& name, std::optional<Encoding> declared = std::nullopt);

}  // namespace fangtan
