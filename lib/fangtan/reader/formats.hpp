// SPDX-License-Identifier: Apache-2.0
//
// One function a file format: from the bytes to the text of a transcript.
// `name` is for messages. All throw Error(input) for a file that is damaged,
// not of that format, encrypted or beyond the limits, with what was found, what
// was expected and what to do. Internal to the reader module.
#pragma once

#include <string>
#include <string_view>

#include "fangtan/reader/extracted.hpp"

namespace fangtan::reader {

[[nodiscard]] Extracted extract_docx(std::string_view bytes, const std::string& name);
[[nodiscard]] Extracted extract_odt(std::string_view bytes, const std::string& name);
[[nodiscard]] Extracted extract_html(std::string_view text, const std::string& name);  // text: decoded, valid UTF-8, LF
[[nodiscard]] Extracted extract_pdf(const std::string& path, const std::string& name); // runs pdftotext if it is installed

// The following take decoded text: valid UTF-8, line ends LF.
[[nodiscard]] Extracted extract_srt(std::string_view text, const std::string& name);
[[nodiscard]] Extracted extract_vtt(std::string_view text, const std::string& name);
[[nodiscard]] Extracted extract_chat_table(std::string_view text, const std::string& name);  // CSV or TSV: speaker, time, text

// Whether a CSV or TSV file has the columns of a chat table (and is not, say, a participants.csv or a codings file).
[[nodiscard]] bool is_chat_table(std::string_view text);

}  // namespace fangtan::reader
