// SPDX-License-Identifier: Apache-2.0
//
// The parts of the report. Internal to the report.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "fangtan/coding/coding_set.hpp"
#include "fangtan/report/report_page.hpp"
#include "fangtan/report/report_wording.hpp"
#include "fangtan/transcript/transcript.hpp"

namespace fangtan::report {

// A coding as the page's script has it: positions in UTF-16 units of what the turn shows; without a turn or a
// transcript in code points of the document.
struct PageCoding {
    std::uint32_t document = 0;
    std::uint32_t turn = 0;  // 0: the document as a whole
    std::uint32_t start = 0;
    std::uint32_t end = 0;
    std::uint32_t coding = 0;  // index into CodingSet::codings
    bool whole = true;         // the passage lies in the turn; else the turn is the first of several
};

struct ReportContext {
    const CodingSet& set;
    const std::vector<Transcript>& transcripts;
    const ReportOptions& options;
    const ReportWords& words;
    std::vector<const Transcript*> transcript_of;   // by document of the set; null: not given
    std::vector<PageCoding> codings;                // by document, start, end, code; rejected ones too
    std::vector<std::vector<std::uint32_t>> of_document;  // by document: indices into `codings`
};

inline constexpr double kPictureWidth = 960;  // the width of the text, in pixels

void append_text(std::string& page, std::string_view text);  // escaped
[[nodiscard]] std::string escaped_text(std::string_view text);
[[nodiscard]] std::string number_text(std::uint64_t number);  // 12,345

// "P1" or "P1（民警）".
[[nodiscard]] std::string person_text(const Participant& participant, const ReportWords& words);

// UTF-16 units of what the page shows for `text`.
[[nodiscard]] std::uint32_t shown_length(std::string_view text);

// Whether a coding is about its document as a whole: it is not marked in the text.
[[nodiscard]] bool covers_document(const ReportContext& context, const PageCoding& coding);

// Fills transcript_of, codings and of_document.
void prepare(ReportContext& context);

void append_overview(std::string& page, const ReportContext& context);
void append_frequencies(std::string& page, const ReportContext& context);
void append_matrix(std::string& page, const ReportContext& context);
void append_cooccurrence(std::string& page, const ReportContext& context);
void append_saturation(std::string& page, const ReportContext& context);
void append_agreement(std::string& page, const ReportContext& context);
void append_transcripts(std::string& page, const ReportContext& context);

// The colours of codes, as a style sheet: .k3 { --code: #c0392b }.
[[nodiscard]] std::string code_colors(const ReportContext& context);
// What the script works on, as JSON that can stand inside a script element.
[[nodiscard]] std::string report_data(const ReportContext& context);

}  // namespace fangtan::report
