// SPDX-License-Identifier: Apache-2.0
//
// Pictures of a set of codings: what is counted becomes what is drawn. One
// function for each picture, used by the report and by `fangtan plot`.
#pragma once

#include <string>

#include "fangtan/analysis/cooccurrence.hpp"
#include "fangtan/analysis/saturation_study.hpp"
#include "fangtan/analysis/tabulate.hpp"
#include "fangtan/coding/coding_set.hpp"
#include "fangtan/report/picture.hpp"
#include "fangtan/transcript/transcript.hpp"

namespace fangtan::report {

struct CodingPicture {
    std::string svg;
    bool empty = false;     // nothing was counted; the picture says so
    bool unlinked = false;  // of a network: it has no lines
};

// References of each code, with their share. spec.by is not looked at. Codes that never occur have no bar.
[[nodiscard]] CodingPicture code_bars(const CodingSet& set, const TabulateSpec& spec, PictureOptions options);

// Codes × whatever spec.by says; rows and columns of nothing but zeros stay.
[[nodiscard]] CodingPicture code_heat_map(const CodingSet& set, const TabulateSpec& spec, PictureOptions options);

// Codes that occur, and the pairs that occur together.
[[nodiscard]] CodingPicture code_network(const CodingSet& set, const analysis::CooccurrenceTable& result, PictureOptions options);

// Codes interview by interview, those held back left out, with the band of random orders if there is one.
[[nodiscard]] CodingPicture saturation_picture(const analysis::SaturationStudy& study, Language language, PictureOptions options);

// "zh-Hans", "zh-Hant", "en".
[[nodiscard]] std::string language_tag(Language language);

}  // namespace fangtan::report
