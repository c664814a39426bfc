// SPDX-License-Identifier: Apache-2.0
//
// Tables of a web page (or of any document): those in which people speak
// become lines of a transcript, others lines with tabs. Internal to the HTML
// reader.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "fangtan/reader/extracted.hpp"
#include "fangtan/reader/subtitle_label.hpp"

namespace fangtan::reader::html {

struct Cell {
    std::vector<std::string> lines;
    std::uint32_t line = 0;  // of the source
};
using Row = std::vector<Cell>;

// `label | text` becomes `label：text` where the first column holds labels of speakers; a header row that names the
// columns of a conversation decides alone. `labels` and `extracted.left_out` grow, `extracted.text` does not.
[[nodiscard]] std::vector<std::string> lines_of_table(const std::vector<Row>& rows, SpeakerLabels& labels, Extracted& extracted);

}  // namespace fangtan::reader::html
