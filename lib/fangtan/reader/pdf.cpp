// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "fangtan/base/error.hpp"
#include "fangtan/base/file.hpp"
#include "fangtan/reader/formats.hpp"
#include "fangtan/reader/pdf_pages.hpp"
#include "fangtan/reader/pdf_program.hpp"
#include "fangtan/text/utf8.hpp"

namespace fangtan::reader {
namespace {

// The first line of what pdftotext complains about that is more than a warning.
std::string complaint(const std::string& errors) {
    std::string first;
    for (std::size_t at = 0; at < errors.size();) {
        const std::size_t end = std::min(errors.find('\n', at), errors.size());
        const std::string line = errors.substr(at, end - at);
        at = end + 1;
        if (line.find("Error") != std::string::npos) return line;
        if (first.empty()) first = line;
    }
    return first;
}

std::string safe(const std::string& message) { return utf8::first_fault(message) ? "a message that is no text" : utf8::escaped(message.substr(0, 300)); }

[[noreturn]] void fail(const pdf::ProgramOutput& output, const std::string& name) {
    if (output.errors.find("Incorrect password") != std::string::npos) {
        throw Error(ErrorKind::input, name, "the PDF is encrypted with a password; open it in a viewer and save or print it without one");
    }
    if (output.status >= 128) throw Error(ErrorKind::input, name, "pdftotext crashed on this PDF (signal " + std::to_string(output.status - 128) + "); it may be damaged: print it into a new PDF");
    const std::string found = complaint(output.errors);
    throw Error(ErrorKind::input, name, "pdftotext cannot read this PDF" + (found.empty() ? "" : " (" + safe(found) + ")") + "; it may be damaged: print it into a new PDF, or save its text as .txt");
}

// A path is never read as an option or as an address (fd://0).
std::string safe_path(const std::string& path) { return path.starts_with('/') ? path : "./" + path; }

std::string text_of(const std::string& path, const std::string& name, bool keep_places) {
    std::vector<std::string> command = {"pdftotext", "-enc", "UTF-8", "-eol", "unix"};
    if (keep_places) command.emplace_back("-layout");
    command.push_back(safe_path(path));
    command.emplace_back("-");
    pdf::ProgramOutput output = pdf::run_program(command, kMaximumFileSize);
    if (output.missing) throw Error(ErrorKind::input, name, "reading PDF needs the program pdftotext, which is missing; Debian's package poppler-utils has it");
    if (output.too_long) throw Error(ErrorKind::input, name, "the PDF holds more than 256 MiB of text; split it");
    if (output.status != 0) fail(output, name);
    if (output.errors.find("Missing language pack") != std::string::npos) {
        throw Error(ErrorKind::input, name, "the PDF uses a Chinese encoding that pdftotext does not know here; Debian's package poppler-data has it");
    }
    if (utf8::first_fault(output.out)) throw Error(ErrorKind::input, name, "pdftotext wrote text that is not valid UTF-8; save the PDF's text as .txt");
    return std::move(output.out);
}

}  // namespace

Extracted extract_pdf(const std::string& path, const std::string& name) {
    check_readable(path);
    // Places on the page keep the indentation by which paragraphs are told apart; columns must be read one by one.
    std::string text = text_of(path, name, true);
    if (pdf::stands_in_columns(text)) text = text_of(path, name, false);
    if (text.find_first_not_of(" \t\n\f") == std::string::npos) {
        throw Error(ErrorKind::input, name, "the PDF holds no text, only pictures of pages (it was scanned); run text recognition (OCR) on it first");
    }
    return pdf::join_pages(text);
}

}  // namespace fangtan::reader
