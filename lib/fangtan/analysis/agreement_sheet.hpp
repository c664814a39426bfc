// SPDX-License-Identifier: Apache-2.0
//
// The list for the meeting in which coders settle their differences, as CSV.
#pragma once

#include <string>

#include "fangtan/analysis/agreement_files.hpp"
#include "fangtan/analysis/agreement_units.hpp"

namespace fangtan::analysis {

// document, turn, participant, start, end, text, and a column of codes (joined by "; ") for each coder. Texts of documents
// that are units as a whole are left out. `excel`: byte-order mark, CRLF, cells guarded against formulas.
[[nodiscard]] std::string disagreement_sheet(const CodedUnits& units, bool excel);

// unit, and a column for each coder; units on which two ratings differ.
[[nodiscard]] std::string ratings_sheet(const RatingsFile& ratings, bool excel);

}  // namespace fangtan::analysis
